"""The parts of the citizen's side: large choices with growing bars, the dots, the ways on, and lines that balance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMargins, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from progression.ui import theme
from progression.ui.kit import picture
from progression.ui.kit.accessible import choice
from progression.ui.kit.buttons import pressed_by_enter
from progression.ui.kit.painted import PaintedButton

HOLD = 800  # ms
LETTERS = 66  # of a line, at most
_BELOW = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)  # an icon
_WRAP = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


@choice
class ChoiceButton(QAbstractButton):
    """A choice: a word or two and, for a step, bars that grow, or an icon. Chosen = tint, 3 px border and a check.

    In a language written from the right the bars grow from the right too.
    """

    def __init__(self, filled: int = 0, bars: int = 0, icon: str = "") -> None:
        super().__init__()
        self._filled, self._bars, self._icon = filled, bars, icon
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
        return QSize(look.px(200), look.px(200 if self._bars or self._icon else 140))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(96), look.px(92))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.click()
        elif not pressed_by_enter(self, event):
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
        words, below, tall = self.that_fits()
        painter.setFont(words)
        gap = self._gap() if tall else 0
        top = (self.height() - (tall + gap + below)) / 2
        bars = self.bar_boxes(top, tall) if tall and self._bars else []
        self._paint_bars(painter, bars)
        if self._icon and tall:
            at = QRect((self.width() - tall) // 2, round(top), tall, tall)
            painter.drawPixmap(at, picture(self._icon, "accent", round(tall * 100 / look.percent)))
        place = self.words_box(QFontMetrics(words), round(top + tall + gap), below)
        painter.setPen(look.colour("text"))
        painter.drawText(place, _BELOW if self._icon and tall else _WRAP, self.text())
        if chosen:
            at = self.check_place([*(bar.toRect() for bar in bars), place])
            painter.drawPixmap(at, picture("check", "accent", 24))
        painter.end()

    def words_box(self, metrics: QFontMetrics, top: int, high: int) -> QRect:
        """Where the words stand: as narrow as their lines let them, so that no word stands alone."""
        wide = narrowest(metrics, self.text(), self.width() - 24)
        return QRect((self.width() - wide) // 2, top, wide, high)

    def that_fits(self) -> tuple[QFont, int, int]:
        """Font, height of the words and height of the bars: as large as the design has them, smaller where there is no
        room, so that neither a word nor a bar is cut."""
        look = theme.current()
        width = self.width() - 24
        for kind in ("choice", "example", "h2", "body", "small"):
            font = look.font(kind)
            metrics = QFontMetrics(font)
            below = max(metrics.boundingRect(QRect(0, 0, width, 1000), _WRAP, text).height() for text in self._peers)
            room = self.height() - 16 - below - self._gap()
            tall = min(look.px(60), room) if self._bars else min(look.px(40), room) if self._icon else 0
            longest = max(metrics.horizontalAdvance(word) for text in self._peers for word in text.split() or [""])
            if longest <= width and below <= self.height() - 16 and (not self._bars or tall >= look.px(28)):
                break
        return font, below, tall if tall >= look.px(20) else 0

    def _gap(self) -> int:
        """Between the bars and the words."""
        look = theme.current()
        return look.px(24 if self.height() >= look.px(160) else 10)

    def check_place(self, taken: Sequence[QRect]) -> QRect:
        """Where the check stands: in the upper corner at the end of the line, or above the lowest bar where the
        highest one reaches into that corner; as large as it can be without lying on a bar or a word."""
        look = theme.current()
        right = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        for size in (look.px(24), 24, 20, 16):
            for inset, at_right in ((14, right), (14, not right), (7, right), (7, not right)):
                left = self.width() - inset - size if at_right else inset
                place = QRect(left, inset, size, size)
                if not any(place.intersects(other.adjusted(-4, -4, 4, 4)) for other in taken):
                    return place
        return QRect(self.width() - 23 if right else 7, 7, 16, 16)

    def bar_boxes(self, top: float, tall: float) -> list[QRectF]:
        """Where the bars stand, the lowest first."""
        look = theme.current()
        gap = look.px(5)
        width = min(look.px(22), (self.width() - 24 - (self._bars - 1) * gap) / self._bars)
        left = (self.width() - self._bars * width - (self._bars - 1) * gap) / 2
        boxes = []
        for index in range(self._bars):
            height = tall * (0.3 + 0.7 * index / max(1, self._bars - 1))
            x = left + index * (width + gap)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                x = self.width() - x - width
            boxes.append(QRectF(x, top + tall - height, width, height))
        return boxes

    def _paint_bars(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        look = theme.current()
        for index, box in enumerate(boxes):
            on = index < self._filled
            painter.setPen(QPen(look.colour("accent" if on else "line-2"), 1.5))
            painter.setBrush(look.colour("accent" if on else "bg"))
            painter.drawRoundedRect(box, 2, 2)


class Kept(QWidget):
    """A check in a circle, beside words that say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().px(64)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, side = theme.current(), self.width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent-tint"))
        painter.drawEllipse(self.rect())
        mark = look.px(32)
        painter.drawPixmap(QRect((side - mark) // 2, (side - mark) // 2, mark, mark), picture("check", "accent", 32))
        painter.end()


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

    def middle(self, index: int) -> QPointF:
        """Where the dot of a question stands; the first is at the right where one reads from the right."""
        look = theme.current()
        x = index * look.px(28) + look.px(10)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return QPointF(self.width() - x if right else x, self.height() / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, answered in enumerate(self._answered):
            here = index == self._row
            token = "accent" if answered or here else "line-2"
            painter.setPen(QPen(look.colour(token), look.px(4) if here else 1.75))
            painter.setBrush(look.colour("accent" if answered and not here else "bg"))
            radius = look.px(7)
            painter.drawEllipse(self.middle(index), radius, radius)
        painter.end()


class Way(PaintedButton):
    """Forrige or Spring over: an arrow and a word in calm grey, the arrow on the side it points to."""

    def __init__(self, forward: bool) -> None:
        super().__init__()
        self._forward = forward
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Set the word."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    @staticmethod
    def _font() -> QFont:
        font = QFont(theme.current().font("example"))
        font.setPixelSize(theme.current().px(20))
        return font

    def sizeHint(self) -> QSize:
        look = theme.current()
        words = QFontMetrics(self._font()).horizontalAdvance(self.text())
        return QSize(words + look.px(20 + 12) + 12, look.px(48))

    @property
    def points_right(self) -> bool:
        """Whether the arrow points to the right: forward where one reads from the left, back where from the right."""
        return self._forward == (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self.tint(painter)
        tone = "text-2" if self.isEnabled() else "text-3"
        size, right = look.px(20), self.points_right
        at = QRect(self.width() - size - 4 if right else 4, (self.height() - size) // 2, size, size)
        painter.drawPixmap(at, picture("arrow-right" if right else "arrow-left", tone, 20))
        apart = size + look.px(12) + 4
        words = self.rect().adjusted(4, 0, -apart, 0) if right else self.rect().adjusted(apart, 0, -4, 0)
        painter.setFont(self._font())
        painter.setPen(look.colour(tone))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()


class Balanced(QLabel):
    """Text that breaks into lines of about the same length, none longer than LETTERS, so that no word stands alone."""

    def __init__(self, kind: str, tone: str = "text") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)

    def setText(self, text: str) -> None:
        if text != self.text():
            super().setText(text)
            self._balance()

    def minimumSizeHint(self) -> QSize:
        """What is left free beside the lines is not needed."""
        margins = self.contentsMargins()
        hint = super().minimumSizeHint()
        return QSize(hint.width() - margins.left() - margins.right(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._balance()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._balance()

    def _balance(self) -> None:
        spare = max(0, self.width() - narrowest(self.fontMetrics(), self.text(), self.width()))
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        # letters of other scripts reach above and below what the Latin ones measure
        over = self.fontMetrics().height() // 6 if right else 0
        wanted = QMargins(spare, over, 0, over) if right else QMargins(0, 0, spare, 0)
        if self.contentsMargins() != wanted:
            self.setContentsMargins(wanted)


def narrowest(metrics: QFontMetrics, text: str, room: int) -> int:
    """Return the smallest width at which a text takes no more lines than at `room` px (or at LETTERS letters, where
    that is less)."""

    def height(width: int) -> int:
        return metrics.boundingRect(QRect(0, 0, width, 100_000), int(Qt.TextFlag.TextWordWrap), text).height()

    most = max(1, min(room, metrics.averageCharWidth() * LETTERS))
    lines = height(most)
    longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=1)
    least, enough = min(longest, most), most
    while least < enough:
        middle = (least + enough) // 2
        if height(middle) <= lines:
            enough = middle
        else:
            least = middle + 1
    return min(room, enough + 2)  # a label lays out a little wider than it measures
