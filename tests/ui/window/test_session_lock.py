"""The vault locks with the computer: real signals on a bus of our own, and the messages of Windows simulated."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from ctypes import wintypes
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtDBus import QDBusConnection

from progression.ui.window import session_lock
from progression.ui.window.session_lock import SessionLock


def test_it_locks_with_what_a_real_bus_tells():
    """In a process of its own, which connects once (see there)."""
    tests = Path(__file__).with_name("locking_on_a_bus.py")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "4 passed" in ran.stdout


def test_without_a_bus_nothing_is_listened_for(qapp):
    lock = SessionLock(0, platform="darwin")
    none = QDBusConnection("not connected")
    assert lock.listen(none, none) == 0


def test_windows_tells_by_messages(qapp, monkeypatch):
    calls = []
    monkeypatch.setattr(session_lock.sessions, "ask_windows", lambda window: calls.append(("on", window)) or True)
    monkeypatch.setattr(session_lock.sessions, "ask_windows_no_more", lambda window: calls.append(("off", window)))
    lock = SessionLock(7, platform="win32")
    heard = []
    lock.locked.connect(lambda: heard.append(True))
    messages = lock._messages
    for number, parameter in ((0x02B1, 8), (0x0100, 7), (0x02B1, 7)):
        made = wintypes.MSG(message=number, wParam=parameter)
        assert messages.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(made)) == (False, 0)
    made = wintypes.MSG(message=0x02B1, wParam=7)
    messages.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), ctypes.addressof(made))
    assert heard == [True]
    lock.end()
    lock.end()
    assert calls == [("on", 7), ("off", 7)]


def test_the_window_says_why_it_is_locked_and_returns_to_the_place(unlocked, settled):
    window = unlocked(language="da")
    window.context.go("team")
    settled(window)
    window.lock_with_system()
    settled(window)
    assert window.stack.currentWidget() is window.unlock
    assert "sammen med computeren" in window.unlock._line.text()
    window.lock_with_system()  # the machine sleeps as well: locked once is enough
    from caseload import PASSPHRASE

    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.shell.where[0] == "team"
