"""One quiet line under the head of a page: what has to be known, and at most one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from progression.ui.kit import button, label, set_icon, set_tone, wrapped


class NoticeBar(QWidget):
    """Hidden while there is nothing to say. `acted` when its button is pressed; `fault` while it tells of one."""

    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")  # the tint of the side areas
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.fault = False
        self._sign = label("")
        self.text = wrapped("", "dense", "text")
        self.action = button("", "link")
        self.action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.action.clicked.connect(self.acted)
        box = QHBoxLayout(self)
        box.setContentsMargins(24, 5, 24, 5)
        box.setSpacing(10)
        box.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.text, 1)
        box.addWidget(self.action)
        self.hide()

    def say(self, text: str, action: str, *, fault: bool = False) -> None:
        """Show a sentence; `action` is the button's text, "" for none."""
        self.fault = fault
        self.text.setText(text)
        self.text.setAccessibleName(text)
        set_tone(self.text, "error" if fault else "text-2")
        set_icon(self._sign, "circle-alert" if fault else "info", "error" if fault else "text-3", 18)
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(bool(action))
        self.show()

    def clear(self) -> None:
        """Nothing to say any more."""
        self.fault = False
        self.text.setText("")
        self.hide()
