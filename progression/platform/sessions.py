"""When the operating system locks its own session, or goes to sleep: how each system tells of it.

Linux tells on D-Bus, Windows by messages to a window that has asked for them. Here is what to listen for; the window
does the listening. macOS tells only through its own frameworks and is not listened to: there the time without activity
locks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

LOGIND = "org.freedesktop.login1"
LOGIND_PATH = "/org/freedesktop/login1"
LOGIND_MANAGER = "org.freedesktop.login1.Manager"
LOGIND_SESSION = "org.freedesktop.login1.Session"


@dataclass(frozen=True, slots=True)
class BusSignal:
    """A signal on D-Bus that means: lock. `carries`: it has a boolean that must be true."""

    bus: Literal["system", "session"]
    service: str
    path: str
    interface: str
    member: str
    carries: bool


def bus_signals(session_path: str) -> tuple[BusSignal, ...]:
    """What Linux desktops say when they lock or sleep. `session_path`: the user's session as logind names it, "" where
    it is not known."""
    savers = (
        ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
        ("org.freedesktop.ScreenSaver", "/ScreenSaver"),  # KDE
        ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
        ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
        ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    )
    found = [BusSignal("system", LOGIND, LOGIND_PATH, LOGIND_MANAGER, "PrepareForSleep", True)]
    if session_path:
        found.append(BusSignal("system", LOGIND, session_path, LOGIND_SESSION, "Lock", False))
    return (*found, *(BusSignal("session", name, path, name, "ActiveChanged", True) for name, path in savers))


def session_name(environment: Mapping[str, str] = os.environ) -> str:
    """What logind is asked for: the session by its id, else the one this process belongs to."""
    return environment.get("XDG_SESSION_ID") or "auto"


def buses(environment: Mapping[str, str] = os.environ, there: Callable[[str], bool] = os.path.exists) -> frozenset[str]:
    """Which buses there are, "system" and "session". Where there is none Qt would start one, or wait for it."""
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    found = {
        "system": bool(environment.get("DBUS_SYSTEM_BUS_ADDRESS")) or there("/run/dbus/system_bus_socket"),
        "session": bool(environment.get("DBUS_SESSION_BUS_ADDRESS")) or (bool(runtime) and there(f"{runtime}/bus")),
    }
    return frozenset(name for name, is_there in found.items() if is_there)


# Windows

_THIS_SESSION = 0  # NOTIFY_FOR_THIS_SESSION
_SESSION_CHANGE, _POWER = 0x02B1, 0x0218  # WM_WTSSESSION_CHANGE, WM_POWERBROADCAST
_LOCKS = {
    (_SESSION_CHANGE, 0x2),  # WTS_CONSOLE_DISCONNECT: somebody else is switched to
    (_SESSION_CHANGE, 0x4),  # WTS_REMOTE_DISCONNECT
    (_SESSION_CHANGE, 0x7),  # WTS_SESSION_LOCK
    (_POWER, 0x4),  # PBT_APMSUSPEND
}


def _wtsapi() -> Any:
    import ctypes

    return ctypes.WinDLL("wtsapi32")  # type: ignore[attr-defined]


def ask_windows(window: int, load: Callable[[], Any] = _wtsapi) -> bool:
    """Have Windows send a window (its handle) messages about the session. False where it refuses."""
    import ctypes

    return bool(load().WTSRegisterSessionNotification(ctypes.c_void_p(window), _THIS_SESSION))


def ask_windows_no_more(window: int, load: Callable[[], Any] = _wtsapi) -> None:
    """End what `ask_windows` began."""
    import ctypes

    load().WTSUnRegisterSessionNotification(ctypes.c_void_p(window))


def windows_message(address: int) -> tuple[int, int]:
    """The message and its first parameter, of a MSG at an address."""
    import ctypes
    from ctypes import wintypes

    found = ctypes.cast(ctypes.c_void_p(address), ctypes.POINTER(wintypes.MSG)).contents
    return int(found.message), int(found.wParam)


def means_lock(message: int, parameter: int) -> bool:
    """True for a message of Windows that says: the session is locked, left or put to sleep."""
    return (message, parameter) in _LOCKS
