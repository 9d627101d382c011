"""A list to choose from whose field may be narrower than what is chosen: it then ends in an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

_AROUND = 4  # px at both sides that Qt keeps free beside the text


class Chooser(QComboBox):
    """A combo box that may become narrow. The whole text is its tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.currentTextChanged.connect(self.setToolTip)

    def widest(self) -> int:
        """How wide the field is that shows every entry whole, px."""
        texts = (self.itemText(n) for n in range(self.count()))
        longest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        return longest + self._taken() + 2

    def _field(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _taken(self) -> int:
        """What of the width is no text: frame, padding and arrow, px."""
        part = QStyle.SubControl.SC_ComboBoxEditField
        inside = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, self._field(), part, self)
        return max(self.width() - inside.width(), 0) + _AROUND

    @property
    def shown(self) -> str:
        """What of the chosen text there is room for."""
        room = self.width() - self._taken()
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), self._field()
        option.currentText = self.shown
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
