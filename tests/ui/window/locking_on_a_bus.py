"""Run by `test_session_lock` in a process of its own: real signals on a bus of our own."""

from __future__ import annotations

import subprocess
import sys

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtDBus import QDBusConnection

from progression.platform import sessions
from progression.ui.window.session_lock import SessionLock

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


@pytest.fixture(scope="module")
def bus(address, qapp):
    """Connected to once and never let go of: PySide keeps Python locked while it connects, and Qt's thread for the bus
    waits for Python while it lets go of a connection."""
    return QDBusConnection.connectToBus(address, "the window")


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
