"""What holds each other is cleared away in the window's thread and between events, whoever makes the next value."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from progression.ui.window import collecting
from progression.ui.window.collecting import Collecting


class Held:
    """Two of these hold each other; where they are cleared away is noted."""

    gone: list[int] = []

    def __init__(self):
        self.other = None

    def __del__(self):
        self.gone.append(threading.get_ident())


def leave_behind():
    one, two = Held(), Held()
    one.other, two.other = two, one


def make_values(n):
    return [[value] for value in range(n)]


@pytest.fixture
def collects(dressed, monkeypatch):
    """Collecting as in the window, with thresholds that are soon passed; Python's own for a moment in `automatic`."""
    was = gc.get_threshold()
    gc.collect()
    gc.set_threshold(700, 10, 10)
    monkeypatch.setattr(Held, "gone", [])
    owner = QObject()
    made = Collecting(owner)
    yield made
    made._timer.stop()
    gc.set_threshold(*was)
    gc.disable()  # as `dressed` has it


def test_python_itself_would_do_it_on_any_thread(collects):
    gc.enable()
    leave_behind()
    with ThreadPoolExecutor(1) as threads:
        threads.submit(make_values, 5000).result()
    assert Held.gone and threading.get_ident() not in Held.gone


def test_no_other_thread_clears_anything_away(collects, qtbot):
    leave_behind()
    with ThreadPoolExecutor(1) as threads:
        threads.submit(make_values, 5000).result()
    assert not Held.gone
    kept = make_values(5000)
    with qtbot.waitSignal(collects._timer.timeout):
        pass
    assert Held.gone == [threading.get_ident()] * 2 and len(kept) == 5000


def test_nothing_goes_while_a_theme_is_put_on(collects, look):
    class Busy(QLabel):
        def changeEvent(self, event):
            make_values(5000)
            super().changeEvent(event)

    shown = Busy("x")
    leave_behind()
    look("dark")
    look("light")
    assert not Held.gone
    shown.deleteLater()


def test_the_older_take_the_younger_with_them(collects):
    asked = []
    counts = iter([(0, 0, 11), (0, 11, 0), (701, 0, 0), (700, 10, 10)])
    for _ in range(4):
        now = next(counts)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(collecting.gc, "get_count", lambda now=now: now)
            patch.setattr(collecting.gc, "collect", asked.append)
            collecting.collect_full()
    assert asked == [2, 1, 0]


def test_after_its_end_python_does_it_again(collects):
    assert not gc.isenabled()
    collects.end()
    assert gc.isenabled()
