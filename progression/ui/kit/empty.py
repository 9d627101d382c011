"""What a page shows where there is nothing to show yet: what it is, in one sentence, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import theme
from progression.ui.kit.icons import set_icon
from progression.ui.kit.texts import heading, set_text, wrapped

WIDEST = 440  # px at 100 % text: about sixty letters


class Empty(QWidget):
    """An icon, a heading, a sentence and its buttons, in the middle of the room there is."""

    def __init__(self, icon: str, *buttons: QPushButton) -> None:
        super().__init__()
        self._icon = icon
        self.mark = QLabel()
        self.head, self.text = heading(2), wrapped("", "body", "text-2")
        self._inside = QWidget()
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self.head, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            part.setWordWrap(True)
            box.addWidget(part)
        doors = QHBoxLayout()
        doors.setSpacing(12)
        doors.addStretch(1)
        for one in buttons:
            doors.addWidget(one)
        doors.addStretch(1)
        box.addSpacing(4)
        box.addLayout(doors)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 0)
        line.addStretch(1)
        line.addWidget(self._inside)
        line.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 24, 0, 24)
        whole.addStretch(2)
        whole.addLayout(line)
        whole.addStretch(3)  # the eye takes a little above the middle for the middle
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._place()

    def say(self, head: str, text: str) -> None:
        """Set the heading and the sentence."""
        set_text(self.head, head)
        set_text(self.text, text)

    def _place(self) -> None:
        look = theme.current()
        set_icon(self.mark, self._icon, "text-3", 40)
        self._inside.setFixedWidth(min(look.px(WIDEST), max(240, self.width() - 32)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place()
