"""What each system says when it locks, simulated where it cannot be run here."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

import pytest

from progression.platform import sessions


def test_linux_is_listened_to_for_sleep_lock_and_screen_savers():
    found = sessions.bus_signals("/org/freedesktop/login1/session/_32")
    assert {(s.bus, s.member) for s in found} == {
        ("system", "PrepareForSleep"), ("system", "Lock"), ("session", "ActiveChanged"),
    }  # fmt: skip
    assert [s.path for s in found if s.member == "Lock"] == ["/org/freedesktop/login1/session/_32"]


def test_without_a_session_of_ones_own_no_other_persons_lock_is_heard():
    assert all(s.member != "Lock" for s in sessions.bus_signals(""))


def test_the_session_is_named_or_found_by_logind():
    assert sessions.session_name({"XDG_SESSION_ID": "c2"}) == "c2"
    assert sessions.session_name({}) == "auto"


class Wtsapi:
    def __init__(self, answer=1):
        self.calls, self.answer = [], answer

    def WTSRegisterSessionNotification(self, window, flags):
        self.calls.append(("on", window.value, flags))
        return self.answer

    def WTSUnRegisterSessionNotification(self, window):
        self.calls.append(("off", window.value))
        return 1


def test_windows_is_asked_for_this_session_only_and_told_when_it_ends():
    system = Wtsapi()
    assert sessions.ask_windows(0x1234, lambda: system)
    sessions.ask_windows_no_more(0x1234, lambda: system)
    assert system.calls == [("on", 0x1234, 0), ("off", 0x1234)]
    assert not sessions.ask_windows(1, lambda: Wtsapi(0))


@pytest.mark.parametrize(
    ("message", "parameter", "locks"),
    [
        (0x02B1, 7, True),  # locked
        (0x02B1, 8, False),  # unlocked
        (0x02B1, 2, True),  # another user
        (0x02B1, 1, False),
        (0x0218, 4, True),  # going to sleep
        (0x0218, 18, False),  # awake again
        (0x0100, 7, False),  # a key
    ],
)
def test_a_message_of_windows_is_read_where_it_lies(message, parameter, locks):
    made = wintypes.MSG(message=message, wParam=parameter)
    read = sessions.windows_message(ctypes.addressof(made))
    assert read == (message, parameter)
    assert sessions.means_lock(*read) is locks


def test_only_a_bus_that_is_there_is_asked_for():
    assert sessions.buses({}, lambda _path: False) == frozenset()
    assert sessions.buses({}, "/run/dbus/system_bus_socket".__eq__) == {"system"}
    assert sessions.buses({"XDG_RUNTIME_DIR": "/run/user/7"}, "/run/user/7/bus".__eq__) == {"session"}
    both = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/a", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/b"}
    assert sessions.buses(both, lambda _path: False) == {"system", "session"}
