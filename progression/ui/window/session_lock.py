"""Locking with the operating system: when the screen is locked, the user is switched or the machine goes to sleep.

What each system says is in `platform.sessions`; here is who listens.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, Signal, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

from progression.platform import sessions

_PATIENCE = 300  # ms for logind to say which session this is

_TOLD, _SAID = SLOT("_told(bool)"), SLOT("_said()")


class SessionLock(QObject):
    """`locked` when the system locks or sleeps. Nothing happens where the system does not tell."""

    locked = Signal()

    def __init__(self, window: int, parent: QObject | None = None, *, platform: str = sys.platform) -> None:
        """`window`: the window's handle, which Windows sends its messages to."""
        super().__init__(parent)
        self._messages: WindowsMessages | None = None
        if platform == "win32":
            self._messages = WindowsMessages(window, self.locked.emit)
        elif platform != "darwin":
            there, none = sessions.buses(), QDBusConnection("none")
            self.listen(
                QDBusConnection.systemBus() if "system" in there else none,
                QDBusConnection.sessionBus() if "session" in there else none,
            )

    def listen(self, system: QDBusConnection, session: QDBusConnection) -> int:
        """Listen on these buses; how many signals are listened for."""
        buses = {"system": system, "session": session}
        wanted = sessions.bus_signals(_session_path(system))
        return sum(self._listen(buses[one.bus], one) for one in wanted)

    def _listen(self, bus: QDBusConnection, one: sessions.BusSignal) -> bool:
        slot = _TOLD if one.carries else _SAID
        if not bus.isConnected():
            return False
        # PySide says that it wants bytes, and takes only text
        return bus.connect(one.service, one.path, one.interface, one.member, self, slot)  # type: ignore[call-overload]

    @Slot(bool)
    def _told(self, on: bool) -> None:
        if on:
            self.locked.emit()

    @Slot()
    def _said(self) -> None:
        self.locked.emit()

    def end(self) -> None:
        """Listen no more."""
        if self._messages is not None:
            self._messages.end()
            self._messages = None


def _session_path(system: QDBusConnection) -> str:
    if not system.isConnected():
        return ""
    asked = QDBusMessage.createMethodCall(sessions.LOGIND, sessions.LOGIND_PATH, sessions.LOGIND_MANAGER, "GetSession")
    asked.setArguments([sessions.session_name()])
    told = system.call(asked, QDBus.CallMode.Block, _PATIENCE)
    found = told.arguments()
    if told.type() != QDBusMessage.MessageType.ReplyMessage or not found:
        return ""
    return str(found[0].path() if hasattr(found[0], "path") else found[0])


class WindowsMessages(QAbstractNativeEventFilter):
    """The messages Windows sends to a window about its session."""

    def __init__(self, window: int, told: Any) -> None:
        super().__init__()
        self._window, self._told = window, told
        self._asked = sessions.ask_windows(window)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    def nativeEventFilter(self, kind: Any, message: Any) -> object:
        if bytes(kind) == b"windows_generic_MSG" and sessions.means_lock(*sessions.windows_message(int(message))):
            self._told()
        return False, 0

    def end(self) -> None:
        """Let Windows send no more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)
        if self._asked:
            sessions.ask_windows_no_more(self._window)
