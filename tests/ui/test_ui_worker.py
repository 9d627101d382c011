"""One database thread; the window never waits for it."""

from __future__ import annotations

import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from progression.errors import KnownError
from progression.ui.worker import Cancelled, Worker


class Vaultless:
    """Stands for a session; nothing here opens a vault."""


@pytest.fixture
def worker(qtbot):
    made = Worker()
    yield made
    made.end(lambda _session, _jobs: None)


def test_results_come_back_in_the_windows_thread(worker, qtbot):
    seen = []
    worker.run(
        lambda: threading.current_thread().name, done=lambda name: seen.append((name, threading.current_thread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("database")
    assert seen[0][1] is threading.main_thread()


def test_operations_keep_their_order_and_their_thread(worker, qtbot):
    seen = []
    for number in range(20):
        worker.run(lambda n: (n, threading.get_ident()), number, done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert [number for number, _thread in seen] == list(range(20))
    assert len({thread for _number, thread in seen}) == 1


def test_the_window_does_not_wait(worker, qtbot):
    gate = threading.Event()
    seen = []
    worker.run(gate.wait, 20, done=seen.append)
    assert worker.busy  # asking returned while the thread still works
    gate.set()
    qtbot.waitUntil(lambda: seen == [True])
    assert not worker.busy


def test_busy_is_told(worker, qtbot):
    told = []
    worker.busy_changed.connect(told.append)
    worker.run(lambda: None)
    worker.run(lambda: None)
    qtbot.waitUntil(lambda: not worker.busy)
    assert told == [True, False]


def test_who_asked_is_never_held_by_the_database_thread(worker, qtbot):
    """What it held last would be destroyed there, and widgets must not be."""

    class Asking:
        def __init__(self):
            weakref.finalize(self, lambda: gone.append(threading.get_ident()))

        def done(self, value):
            seen.append(value)

    gone, seen, told, go = [], [], threading.Event(), threading.Event()

    def slow(progress):
        progress(0.5)
        told.set()
        go.wait(20)
        return 1

    asking = Asking()
    worker.run(slow, done=asking.done, failed=lambda _error, _a=asking: None, progress=lambda _part, _a=asking: None)
    assert told.wait(20)
    worker.forget()  # the window is locked meanwhile
    del asking
    assert gone == [threading.get_ident()]
    go.set()
    worker.wait()
    assert not seen


def test_a_known_error_goes_to_whoever_asked(worker, qtbot):
    def fail():
        raise KnownError("disk.full")

    seen = []
    worker.run(fail, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].code == "disk.full"


def test_an_error_nobody_takes_is_not_hidden(worker, qtbot):
    def fail():
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        worker.run(fail)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_progress_arrives_and_cancel_stops(worker, qtbot):
    steps, errors = [], []
    gate = threading.Event()

    def long(*, progress):
        progress("read", 1, 2)
        gate.wait(20)
        progress("read", 2, 2)
        return "never"

    job = worker.run(long, progress=lambda *values: steps.append(values), done=steps.append, failed=errors.append)
    qtbot.waitUntil(lambda: steps == [("read", 1, 2)])
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)
    assert "never" not in steps


def test_locking_closes_after_what_was_asked_and_delivers_nothing_more(worker, qtbot):
    order, delivered, closed = [], [], []
    gate = threading.Event()
    worker.session = Vaultless()
    worker.run(gate.wait, 20, done=delivered.append)
    worker.run(lambda: order.append("draft"), done=delivered.append)
    worker.lock(lambda _session, _waiting: order.append("closed"), done=closed.append)
    assert worker.session is None
    gate.set()
    qtbot.waitUntil(lambda: bool(closed))
    assert order == ["draft", "closed"]  # a draft being kept is kept
    assert delivered == []


def test_a_page_that_is_gone_is_not_called(worker, qtbot):
    class Listener(QObject):
        def take(self, _value):
            raise AssertionError

    listener = Listener()
    gate = threading.Event()
    worker.run(gate.wait, 20, done=listener.take)
    import shiboken6

    shiboken6.delete(listener)
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)


def test_ending_closes_on_the_thread_that_opened(qtbot):
    made = Worker()
    made.session = Vaultless()
    where = []
    made.run(lambda: where.append(threading.get_ident()))
    made.end(lambda _session, _jobs: where.append(threading.get_ident()))
    assert len(set(where)) == 1
    assert where[0] != threading.get_ident()


def test_what_closing_raises_is_raised(qtbot):
    made = Worker()
    made.session = Vaultless()

    def fail(_session, _jobs):
        raise KnownError("disk.full")

    with pytest.raises(KnownError):
        made.end(fail)
