"""Nothing goes wrong unseen: what escapes in any thread, and what Qt complains of, ends in the report a user can send.

The report says where, never what: no message of an error or of Qt is in it, since these may hold a name or a path.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

_LOUD = ("QT_LOGGING_RULES", "QT_FORCE_STDERR_LOGGING")  # whoever sets one of these wants to read Qt's log
_GRAVE = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class QtFault(Exception):  # noqa: N818 - named as the report names it
    """Qt said that something is badly wrong. `category`: which part of Qt said so."""

    def __init__(self, category: str) -> None:
        super().__init__(category)
        self.category = category


class Watch(QObject):
    """Hands every error nobody caught to `tell(error)`, in the window's thread. One per program; `end` stops it."""

    _found = Signal(object)

    def __init__(self, tell: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self.complaints: Counter[str] = Counter()  # of Qt, by its own categories
        self._telling = False
        # a thread may not touch a window, and whatever paints must be done before a dialog can come
        self._found.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._escaped
        threading.excepthook = self._thread_ended
        self._watches_qt = not any(os.environ.get(name) for name in _LOUD)
        self._qt_before = qInstallMessageHandler(self._qt_said) if self._watches_qt else None

    def end(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook = self._before
        if self._watches_qt:
            qInstallMessageHandler(self._qt_before)
            self._watches_qt = False

    def _escaped(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):  # Ctrl+C in the terminal is no fault
            self._before[0](kind, error, trace)
            return
        self._note(error)

    def _thread_ended(self, ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is not None:
            self._note(ended.exc_value)

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, _text: str | None) -> None:
        category = context.category or "default"
        if kind in _GRAVE:
            self._note(QtFault(category))
        elif kind is QtMsgType.QtWarningMsg:
            self.complaints[category] += 1

    def _note(self, error: BaseException) -> None:
        if not self._telling:  # when telling fails too, once is enough
            self._found.emit(error)

    def _take(self, error: BaseException) -> None:
        self._telling = True
        try:
            self._tell(error)
        finally:
            self._telling = False
