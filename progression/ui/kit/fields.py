"""Fields that Qt leaves half said."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from progression.ui import theme
from progression.ui.kit.icons import picture

_CLEARS = "_q_qlineeditclearaction"  # what Qt calls the action behind the cross in a field


def name_clear_button(field: QLineEdit, text: str) -> None:
    """Say what the cross in a field does: Qt gives it neither a name nor a tool tip. An icon before the text, which Qt
    takes for a button too, is called what the field is called."""
    for made in field.findChildren(QToolButton):
        action = made.defaultAction()
        clears = action is not None and action.objectName() == _CLEARS
        made.setAccessibleName(text if clears else field.accessibleName() or field.placeholderText())
        if clears:
            made.setToolTip(text)


class SearchField(QLineEdit):
    """A field with a magnifier before its text, which grows with it: an icon Qt puts there stays 16 px."""

    def __init__(self) -> None:
        super().__init__()
        self.setClearButtonEnabled(True)
        self.restyle()

    def restyle(self) -> None:
        """Leave room for the magnifier."""
        self.setTextMargins(theme.current().px(22), 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = theme.current().px(16)
        painter = QPainter(self)
        painter.drawPixmap(QRect(10, (self.height() - size) // 2, size, size), picture("search", "text-3", 16))
        painter.end()
