"""The parts of the citizen's side: large choices with growing bars, the dots, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import theme
from progression.ui.kit import button, label, picture, rule, wrapped
from progression.words import Words

HOLD = 800  # ms
_WRAP = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


class ChoiceButton(QAbstractButton):
    """A choice: a word or two and, for a step, bars that grow. Chosen = tint, 3 px border and a check."""

    def __init__(self, filled: int = 0, bars: int = 0) -> None:
        super().__init__()
        self._filled, self._bars = filled, bars
        self._peers: tuple[str, ...] = ("",)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(theme.current().px(300))

    def say(self, text: str, peers: Sequence[str] = ()) -> None:
        """Set the words. `peers`: the words of all choices in the row, which are written equally large."""
        self._peers = tuple(peers) or (text,)
        self.setText(text)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(200), look.px(200 if self._bars else 140))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(96), look.px(92))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        width = 3.0 if chosen else 1.0
        painter.setPen(QPen(look.colour("accent" if chosen else "line-2"), width))
        painter.setBrush(look.colour("accent-tint" if chosen else "bg-3" if self.isDown() else "bg"))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        words, below, tall = self._that_fits()
        painter.setFont(words)
        gap = look.px(24) if tall else 0
        top = (self.height() - (tall + gap + below)) / 2
        if tall:
            self._paint_bars(painter, top, tall)
            top += tall + gap
        painter.setPen(look.colour("text"))
        painter.drawText(QRect(12, round(top), self.width() - 24, below), _WRAP, self.text())
        if chosen:
            size = look.px(24)
            tight = bool(tall) and self.height() < look.px(180)  # above the lowest bar there is always room
            place = QRect(8 if tight else self.width() - size - 12, 6 if tight else 14, size, size)
            painter.drawPixmap(place, picture("check", "accent", 24))
        painter.end()

    def _that_fits(self) -> tuple[QFont, int, int]:
        """Font, height of the words and height of the bars: as large as the design has them, smaller where there is no
        room, so that neither a word nor a bar is cut."""
        look = theme.current()
        width = self.width() - 24
        for kind in ("choice", "example", "h2", "body", "small"):
            font = look.font(kind)
            metrics = QFontMetrics(font)
            below = max(
                metrics.boundingRect(QRect(0, 0, width, 1000), _WRAP, text).height() for text in self._peers
            )
            tall = min(look.px(60), self.height() - 16 - below - look.px(24)) if self._bars else 0
            longest = max(
                metrics.horizontalAdvance(word) for text in self._peers for word in text.split() or [""]
            )
            if longest <= width and below <= self.height() - 16 and (not self._bars or tall >= 24):
                break
        return font, below, max(0, tall)

    def _paint_bars(self, painter: QPainter, top: float, tall: float) -> None:
        look = theme.current()
        gap = look.px(5)
        width = min(look.px(22), (self.width() - 24 - (self._bars - 1) * gap) / self._bars)
        left = (self.width() - self._bars * width - (self._bars - 1) * gap) / 2
        for index in range(self._bars):
            height = tall * (0.3 + 0.7 * index / max(1, self._bars - 1))
            box = QRectF(left + index * (width + gap), top + tall - height, width, height)
            on = index < self._filled
            painter.setPen(QPen(look.colour("accent" if on else "line-2"), 1.5))
            painter.setBrush(look.colour("accent" if on else "bg"))
            painter.drawRoundedRect(box, 2, 2)


class Dots(QWidget):
    """How far one is: a dot for each question, filled when answered, ringed where one is. `held`: pressed for a while,
    which is the caseworker's way back on a screen without keys."""

    held = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._press = QTimer(self)
        self._press.setSingleShot(True)
        self._press.setInterval(HOLD)
        self._press.timeout.connect(self.held)
        self._row = 0
        self._answered: Sequence[bool] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press.stop()

    def show_for(self, row: int, answered: Sequence[bool]) -> None:
        """Show another moment."""
        self._row, self._answered = row, answered
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(max(1, len(self._answered)) * look.px(28), look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, answered in enumerate(self._answered):
            here = index == self._row
            at = QPointF(index * look.px(28) + look.px(10), self.height() / 2)
            token = "accent" if answered or here else "line-2"
            painter.setPen(QPen(look.colour(token), look.px(4) if here else 1.75))
            painter.setBrush(look.colour("accent" if answered and not here else "bg"))
            radius = look.px(7)
            painter.drawEllipse(at, radius, radius)
        painter.end()


class WayBack(QWidget):
    """Asks the caseworker for the passphrase. `given(text)`, or `dropped` to stay with the citizen."""

    given = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.caption = wrapped("", "body", "text-2")
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMinimumWidth(theme.current().px(260))
        self.fault = label("", "body", "error")
        self.open_button, self.stay = button("", "primary"), button("", "quiet")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 16, 0, 0)
        box.setSpacing(8)
        box.addWidget(rule(strong=True))
        box.addWidget(self.caption)
        line = QHBoxLayout()
        line.setSpacing(12)
        for part in (self.field, self.open_button, self.stay):
            line.addWidget(part)
        line.addWidget(self.fault, 1)
        box.addLayout(line)
        self.field.returnPressed.connect(self._give)
        self.open_button.clicked.connect(self._give)
        self.stay.clicked.connect(self.dropped)

    def translate(self, w: Words) -> None:
        """Set the texts."""
        self.caption.setText(w.t("For the caseworker: the passphrase leads back."))
        self.field.setAccessibleName(w.t("Passphrase"))
        self.field.setPlaceholderText(w.t("Passphrase"))
        for made, text in ((self.open_button, w.t("Back to the program")), (self.stay, w.t("Stay here"))):
            made.setText(text)
            made.setAccessibleName(text)

    def ask(self) -> None:
        """Open with an empty field."""
        self.field.clear()
        self.fault.setText("")
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, text: str) -> None:
        """Say why it does not open; the field is empty again."""
        self.field.clear()
        self.fault.setText(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return
        event.accept()  # nothing typed here reaches the questions

    def _give(self) -> None:
        if self.field.text():
            self.given.emit(self.field.text())
