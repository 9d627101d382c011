"""Locking after a while without a key or a click."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin)


class IdleLock(QObject):
    """`over` once nothing has been done in any of our windows for the given time. Runs from `start` to `stop`.

    Keys and clicks reach the native window first: watching the one that has the focus costs nothing for every other
    event.
    """

    over = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._minutes = 10
        self._watched: QWindow | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.over)
        app.focusWindowChanged.connect(self.watch)

    def start(self, minutes: int) -> None:
        """Begin to count, from now."""
        self._minutes = minutes
        self.timer.start(minutes * 60_000)
        self.watch(self._app.focusWindow())

    def stop(self) -> None:
        """Do not count (the vault is locked)."""
        self.timer.stop()

    def end(self) -> None:
        """Let go of every window (ours is closing)."""
        self.stop()
        self.watch(None)
        self._app.focusWindowChanged.disconnect(self.watch)

    def watch(self, window: QWindow | None) -> None:
        """Watch this window instead of the one before."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY and self.timer.isActive():
            self.timer.start(self._minutes * 60_000)
        return False
