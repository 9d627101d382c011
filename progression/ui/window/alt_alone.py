"""Alt, pressed and let go with nothing in between, opens the menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

# a control keeps the arrow of Alt+arrow to itself; that it was pressed is told to everybody above it beforehand
_PRESSED = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)


class AltAlone(QObject):
    """Watches the keys that come to `window` and calls `act`."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act, self._alone = act, False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            alt = event.key() == Qt.Key.Key_Alt
            if event.type() in _PRESSED:
                self._alone = alt and not event.isAutoRepeat()
            elif event.type() == QEvent.Type.KeyRelease and alt and self._alone:
                self._alone = False
                self._act()
        return False
