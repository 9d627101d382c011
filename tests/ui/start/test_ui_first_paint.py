"""The first picture is on the screen before anything heavy is imported."""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys

import pytest
from caseload import PASSPHRASE

HEAVY = [
    "numpy",
    "scipy",
    "pyqtgraph",
    "reportlab",
    "statsmodels",
    "sqlcipher3",
    "sqlite_utils",
    "pandas",
    "argon2",
    "cryptography",
    "babel.dates",
    "progression.store.vault",
    "progression.store.queries",
    "progression.exchange",
    "progression.reports",
    "progression.analysis.filter",
    "progression.ui.window.find",
    "progression.ui.window.shell",
    "progression.words.flags",
    "progression.desk.vaults",
    "progression.desk.session",
    "progression.ui.forms",
    "babel",
    "secrets",
    "platform",
    "PySide6.QtNetwork",
    "PySide6.QtDBus",
    "PySide6.QtPrintSupport",
]
PROGRAM = """
import builtins
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from progression import app

heavy = {heavy!r}

def painted():
    loaded = [name for name in heavy if name in sys.modules]
    print("LOADED", loaded)
    print("READING", builtins.__import__.__name__ == "__feature_import__")
    from PySide6.QtWidgets import QApplication
    QTimer.singleShot(0, QApplication.instance().quit)

sys.exit(app.main(Path({folder!r}), config=Path({config!r}), painted=painted))
"""


def run(folder, config):
    program = PROGRAM.format(heavy=list(HEAVY), folder=str(folder), config=str(config))
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)


def test_first_start_paints_before_anything_heavy(tmp_path):
    result = run(tmp_path / "none", tmp_path / "window.json")
    assert "LOADED []" in result.stdout, result.stdout + result.stderr


def test_no_module_is_read_twice_when_it_is_imported(tmp_path):
    """PySide6 reads the source of whatever is imported after it, unless Python's own import is put back."""
    result = run(tmp_path / "none", tmp_path / "window.json")
    assert "READING False" in result.stdout, result.stdout + result.stderr


def test_nothing_is_looked_through_for_what_may_go_until_the_first_picture(monkeypatch):
    from progression import app
    from progression.commands import window
    from progression.commands.base import Context
    from progression.words import Words

    collecting = []

    def main(**_given):
        collecting.append(gc.isenabled())
        raise KeyError("whatever happens")

    monkeypatch.setattr(app, "main", main)
    with pytest.raises(KeyError):
        window.app(Context(Words("en"), argparse.Namespace(db=None, language="")))
    assert collecting == [False]
    assert gc.isenabled()


def test_the_door_paints_before_anything_heavy(demo_vault, tmp_path):
    result = run(demo_vault, tmp_path / "window.json")
    assert "LOADED []" in result.stdout, result.stdout + result.stderr


UNLOCKED = """
import gc, os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from progression import app
from progression.ui.window.collecting import Collecting
from progression.ui.window.main import MainWindow

def look():
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    if window.shell is None or window.context.worker.busy:
        QTimer.singleShot(20, look)
        return
    print("WHERE", window.shell.where[0], window.context.words.language)
    print("COLLECTS", gc.isenabled(), len(window.findChildren(Collecting)))
    window.close()

gc.disable()
sys.exit(app.main(Path({folder!r}), passphrase={passphrase!r}, language="en", config=Path({config!r}), painted=look))
"""


def test_the_demo_opens_without_being_asked(demo_vault, tmp_path):
    program = UNLOCKED.format(folder=str(demo_vault), passphrase=PASSPHRASE, config=str(tmp_path / "window.json"))
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert "WHERE today en" in result.stdout, result.stdout + result.stderr
    assert "COLLECTS False 1" in result.stdout, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert (tmp_path / "window.json").exists()
