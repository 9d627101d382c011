"""The vault locks with the computer: real signals on a bus of our own, and the messages of Windows simulated."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from ctypes import wintypes

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QByteArray
from PySide6.QtDBus import QDBusConnection

from progression.platform import sessions
from progression.ui import session_lock
from progression.ui.session_lock import SessionLock

SESSION = "/org/freedesktop/login1/session/_32"
SLEEP = (sessions.LOGIND_PATH, sessions.LOGIND_MANAGER, "PrepareForSleep")
GNOME = ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged")
DESKTOP = """
import sys
from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection

bus = open_dbus_connection(sys.argv[1])
for name in ("org.freedesktop.login1", "org.gnome.ScreenSaver"):
    bus.send_and_get_reply(message_bus.RequestName(name))
print("here", flush=True)
while True:
    asked = bus.receive()
    fields = asked.header.fields
    if asked.header.message_type != MessageType.method_call:
        continue
    if fields[HeaderFields.member] == "GetSession":
        bus.send(new_method_return(asked, "o", ("/org/freedesktop/login1/session/_32",)))
    elif fields[HeaderFields.member] == "Say":  # the test asks for a signal
        path, interface, member, values = asked.body
        source = DBusAddress(path, interface=interface)
        bus.send(new_signal(source, member, "b" if values else None, tuple(values)))
"""


@pytest.fixture(scope="module")
def address():
    """A bus with a desktop on it that sleeps and locks when it is told to."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    at = daemon.stdout.readline().strip()
    desktop = subprocess.Popen([sys.executable, "-c", DESKTOP, at], stdout=subprocess.PIPE, text=True)
    assert desktop.stdout.readline() == "here\n"
    yield at
    for one in (desktop, daemon):
        one.terminate()
        one.wait()
        one.stdout.close()


@pytest.fixture
def bus(address, qapp):
    yield QDBusConnection.connectToBus(address, "the window")
    QDBusConnection.disconnectFromBus("the window")


@pytest.fixture
def say(address):
    """Have the desktop say something: say(SLEEP, True)."""
    speaking = open_dbus_connection(address)

    def send(where, *values):
        path, interface, member = where
        to = DBusAddress("/", sessions.LOGIND, "test.Desktop")
        speaking.send(new_method_call(to, "Say", "sssab", (path, interface, member, list(values))))

    yield send
    speaking.close()


@pytest.fixture
def lock(qapp, bus):
    made = SessionLock(0, platform="darwin")  # listens to nothing by itself
    assert made.listen(bus, bus) >= 4
    made.heard = []
    made.locked.connect(lambda: made.heard.append(True))
    yield made
    made.end()
    made.deleteLater()


@pytest.mark.parametrize(
    ("quiet", "loud"),
    [
        ((SLEEP, False), (SLEEP, True)),  # awake again, and going to sleep
        ((GNOME, False), (GNOME, True)),
        (
            (("/org/freedesktop/login1/session/_39", sessions.LOGIND_SESSION, "Lock"),),  # somebody else's
            ((SESSION, sessions.LOGIND_SESSION, "Lock"),),
        ),
        (((SESSION, sessions.LOGIND_SESSION, "Unlock"),), ((SESSION, sessions.LOGIND_SESSION, "Lock"),)),
    ],
)
def test_it_locks_with_the_computer_and_at_nothing_else(lock, say, qtbot, quiet, loud):
    say(*quiet)
    say(*loud)  # signals keep their order: when this one is here the other was
    qtbot.waitUntil(lambda: bool(lock.heard))
    assert lock.heard == [True]


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
