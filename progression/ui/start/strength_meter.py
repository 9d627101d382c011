"""How good a passphrase is: four bars that fill, and the same in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.kit.accessible import graphic
from progression.ui.start.strength import judge
from progression.words import Words

LEVELS = 4
_TONES = ("text-2", "warn-text", "warn-text", "up-text", "up-text")  # of the words, by level


@graphic
class Bars(QWidget):
    """`level` of LEVELS bars filled; its accessible name is what the words say."""

    def __init__(self) -> None:
        super().__init__()
        self.level = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, theme.current().px(6) + 2)

    def show_level(self, level: int) -> None:
        """0-4."""
        self.level = level
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, gap = theme.current(), 4
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each = (self.width() - gap * (LEVELS - 1)) / LEVELS
        for place in range(LEVELS):
            full = place < self.level
            painter.setPen(QPen(look.colour("accent"), 1) if full else QPen(look.colour("line-2"), 1))
            painter.setBrush(look.colour("accent") if full else Qt.BrushStyle.NoBrush)
            box = QRectF(place * (each + gap) + 0.5, 0.5, each - 1, self.height() - 1)
            painter.drawRoundedRect(box, 2, 2)
        painter.end()


class StrengthMeter(QWidget):
    """Bars with their words below."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 0)
        box.setSpacing(4)
        self.bars = Bars()
        self.words = kit.wrapped("", "small", "text-2")
        box.addWidget(self.bars)
        box.addWidget(self.words)

    def judge(self, w: Words, passphrase: str) -> str:
        """Show how good it is, and return what the words say."""
        level, text = judge(w, passphrase)
        self.bars.show_level(level)
        self.bars.setAccessibleName(text)
        kit.set_tone(self.words, _TONES[level])
        self.words.setText(text)
        return text
