"""What the first click needs is fetched in small steps, after the rows are shown, and never in a locked window."""

from __future__ import annotations

import subprocess
import sys

import pytest
from caseload import PASSPHRASE

from progression.ui.window import warming
from progression.ui.window.warming import Warming

ASKED = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import progression.store.vault, progression.desk.today  # a vault is open
from progression.ui.window import shell, warming
progression.desk.today.warm()
seen = set()
parts = [one for name in ("citizen", "team") for one in warming.modules(
    next(place.module for place in shell.PLACES if place.name == name), seen)]
made = [one for one in parts if one]
print("FIRST", made.index("progression.ui.citizen.header") < made.index("progression.ui.citizen.page"))
print("ONCE", len(made) == len(set(made)))
before = {name for name in sys.modules if name.startswith("progression.")}
import progression.ui.citizen.page, progression.ui.team.page
print("MORE", sorted({name for name in sys.modules if name.startswith("progression.")} - before))
print("AGAIN", [one for one in warming.modules("progression.ui.citizen.page", set())])
"""


def test_a_page_is_imported_module_by_module_and_whole():
    result = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    for line in ("FIRST True", "ONCE True", "MORE []", "AGAIN []"):
        assert line in result.stdout, result.stdout


@pytest.fixture
def window(open_window, demo_vault):
    return open_window(demo_vault, language="da")


def enter(window, settled):
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)


def test_the_page_of_a_citizen_is_there_before_anybody_asks(window, settled, qtbot):
    warm = Warming(window)
    assert warm.done, "nothing before a vault is open"
    enter(window, settled)
    assert window.shell.where[0] == "today"
    qtbot.waitUntil(lambda: warm.done, timeout=30_000)
    assert "citizen" in window.shell.pages
    assert window.shell.current() is window.shell.pages["today"], "what is in view stays"
    assert window.shell.pages["citizen"].value is None, "nobody is in it"
    who = window.shell.pages["today"].value.rows[0].citizen
    window.context.go("citizen", who)
    settled(window)
    assert window.shell.pages["citizen"].value.course.citizen.citizen == who


def test_a_locked_window_fetches_nothing_and_begins_again(window, settled, qtbot):
    warm = Warming(window)
    enter(window, settled)
    window.lock()
    settled(window)
    qtbot.waitUntil(lambda: warm.done, timeout=30_000)
    assert not window.shell.pages
    enter(window, settled)
    qtbot.waitUntil(lambda: warm.done, timeout=30_000)
    assert "citizen" in window.shell.pages


def test_it_waits_while_the_database_is_asked(window, settled, monkeypatch):
    warm = Warming(window)
    enter(window, settled)
    monkeypatch.setattr(type(window.context.worker), "busy", property(lambda _self: True))
    warm._timer.stop()
    done: list[object] = []
    warm._steps = iter([done.append(1)])
    done.clear()
    warm.step()
    assert not warm.done and next(warm._steps, "left") is None


def test_what_is_not_installed_is_left_to_whoever_needs_it(monkeypatch):
    monkeypatch.setattr(warming, "APART", ("there_is_no_such_package",))
    warming._import_apart()
