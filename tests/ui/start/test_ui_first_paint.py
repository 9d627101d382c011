"""The first picture is on the screen before anything heavy is imported."""

from __future__ import annotations

import subprocess
import sys

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
]
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from progression import app

heavy = {heavy!r}

def painted():
    loaded = [name for name in heavy if name in sys.modules]
    print("LOADED", loaded)
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


def test_the_door_paints_before_anything_heavy(demo_vault, tmp_path):
    result = run(demo_vault, tmp_path / "window.json")
    assert "LOADED []" in result.stdout, result.stdout + result.stderr


UNLOCKED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from progression import app
from progression.ui.window.main import MainWindow

def look():
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    if window.shell is None or window.context.worker.busy:
        QTimer.singleShot(20, look)
        return
    print("WHERE", window.shell.where[0], window.context.words.language)
    window.close()

sys.exit(app.main(Path({folder!r}), passphrase={passphrase!r}, language="en", config=Path({config!r}), painted=look))
"""


def test_the_demo_opens_without_being_asked(demo_vault, tmp_path):
    program = UNLOCKED.format(folder=str(demo_vault), passphrase=PASSPHRASE, config=str(tmp_path / "window.json"))
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert "WHERE today en" in result.stdout, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert (tmp_path / "window.json").exists()
