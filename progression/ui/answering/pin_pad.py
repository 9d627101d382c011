"""Six digits, typed or touched: fields that fill without showing what is in them, and the keys below."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from progression.desk.pin import DIGITS
from progression.ui import theme
from progression.ui.kit import button
from progression.words import Words


class Fields(QWidget):
    """A field for every digit, with a dot in those that are typed."""

    def __init__(self) -> None:
        super().__init__()
        self.filled, self.lit, self.wrong = 0, False, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(DIGITS * look.px(36) + (DIGITS - 1) * look.px(8) + 4, look.px(44) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(DIGITS):
            left = 2 + index * look.px(44)
            box = QRectF(left, 2, look.px(36), look.px(44))
            here = self.lit and index == self.filled
            token = "error" if self.wrong else "accent" if here else "line-2"
            painter.setPen(QPen(look.colour(token), 3 if here or self.wrong else 1))
            painter.setBrush(look.colour("bg"))
            painter.drawRoundedRect(box, 4, 4)
            if index < self.filled:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("text"))
                painter.drawEllipse(QPointF(box.center()), look.px(6), look.px(6))
        painter.end()


class PinPad(QWidget):
    """`entered(code)` when the sixth digit is there. The digits stand nowhere on the screen and are not read aloud."""

    entered = Signal(str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self._words = Words()
        self.fields = Fields()
        self.keys: dict[str, QPushButton] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)  # the field to be filled next is its own ring
        grid = QGridLayout()
        grid.setSpacing(theme.current().px(8))
        for place, digit in enumerate("123456789 0-"):
            if digit == " ":
                continue
            made = button("" if digit == "-" else digit)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the pad is one stop; its keys are typed or touched
            made.setMinimumSize(theme.current().px(72), 44)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            made.clicked.connect(lambda _on=False, d=digit: self._press(d))
            grid.addWidget(made, place // 3, place % 3)
            grid.setColumnStretch(place % 3, 1)  # equally wide, whatever the word on the last key
            self.keys[digit] = made
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.current().px(16))
        box.addWidget(self.fields, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addLayout(grid, 1)
        self.fit(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def translate(self, w: Words) -> None:
        """Set the texts."""
        self._words = w
        self.setAccessibleName(w.t("Code of six digits"))
        self.keys["-"].setText(w.t("Delete"))
        self.keys["-"].setAccessibleName(w.t("Delete the last digit"))
        self._describe()

    def fit(self, low: bool) -> None:
        """Choose the height of the keys for a low or a usual screen."""
        look = theme.current()
        high = 42 if low else look.px(62)
        for digit, made in self.keys.items():
            made.setStyleSheet(f"font-size: {look.px(15 if digit == '-' else 22)}px; min-height: {high}px;")

    @property
    def typed(self) -> int:
        """How many digits are typed."""
        return len(self._typed)

    def clear(self, *, wrong: bool = False) -> None:
        """Empty the fields; `wrong`: mark them, since what was typed was not the code."""
        self._typed = ""
        self.fields.wrong = wrong
        self._describe()

    def take_focus(self) -> None:
        """Put the keys here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and not event.isAutoRepeat():
            self._press(str(int(key) - int(Qt.Key.Key_0)))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._press("-")
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.take_focus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._describe()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._describe()

    def _press(self, digit: str) -> None:
        if not self.isEnabled():
            return
        self.fields.wrong = False
        self._typed = self._typed[:-1] if digit == "-" else (self._typed + digit)[:DIGITS]
        self._describe()
        self.changed.emit()
        if len(self._typed) == DIGITS:
            code, self._typed = self._typed, ""
            self.entered.emit(code)

    def _describe(self) -> None:
        count = len(self._typed)
        self.setAccessibleDescription(self._words.t("{n} of {total} digits", n=count, total=DIGITS))
        self.fields.filled, self.fields.lit = count, self.hasFocus()
        self.fields.update()
