"""What every painted row that opens something has in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractButton

from progression.ui import theme
from progression.ui.kit.buttons import pressed_by_enter


class PaintedButton(QAbstractButton):
    """A button that paints itself: Tab reaches it, Enter presses it as Space does, and it is tinted under the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self._hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def tint(self, painter: QPainter) -> None:
        """Paint the ground while the mouse is over it or it is held down."""
        if self._hovered or self.isDown():
            painter.fillRect(self.rect(), theme.current().colour("accent-tint"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)
