"""A way to go on, as a card: an icon, what it is called, what it means, and an arrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from progression.ui import theme
from progression.ui.kit.accessible import pressed
from progression.ui.kit.icons import picture
from progression.ui.kit.painted import PaintedButton

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
ROUND = 36  # px at 100 %: the ground of the icon


@pressed
class OptionCard(PaintedButton):
    """`invented`: on the ground that marks the demo everywhere."""

    def __init__(self, icon: str, *, invented: bool = False) -> None:
        super().__init__()
        self._icon, self._invented = icon, invented
        self.title, self.below = "", ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, title: str, below: str) -> None:
        """Set what it is called and what it means."""
        self.title, self.below = title, below
        self.setAccessibleName(f"{title}. {below}" if below else title)
        self.updateGeometry()
        self.update()

    def _sides(self) -> tuple[int, int]:
        look = theme.current()
        return 16 + look.px(ROUND) + 16, 16 + look.px(20) + 16

    def _heights(self, width: int) -> tuple[int, int]:
        look, (left, right) = theme.current(), self._sides()
        room = QRect(0, 0, max(80, width - left - right), 4000)
        first, second = (
            max(look.line(kind), QFontMetrics(look.font(kind)).boundingRect(room, _WRAP, text).height())
            for kind, text in (("h3", self.title), ("dense", self.below))
        )
        return first, second

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(sum(self._heights(width)), theme.current().px(ROUND)) + 28

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        (left, right), (first, second) = self._sides(), self._heights(self.width())
        on = self.isEnabled()
        sign = "accent" if on else "text-3"
        side, mark = look.px(ROUND), look.px(20)
        centre = (self.height() - mark) // 2
        painter.drawPixmap(QRect(16 + (side - mark) // 2, centre, mark, mark), picture(self._icon, sign))
        painter.drawPixmap(QRect(self.width() - 16 - mark, centre, mark, mark), picture("arrow-right", sign))
        top = (self.height() - first - second) // 2
        room = self.width() - left - right
        for kind, tone, text, high in (("h3", "text", self.title, first), ("dense", "text-2", self.below, second)):
            painter.setFont(look.font(kind))
            painter.setPen(look.colour(tone if on else "text-3"))
            painter.drawText(QRect(left, top, room, high), _WRAP, text)
            top += high
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        look, on = theme.current(), self.isEnabled()
        lit, invented = on and (self._hovered or self.isDown()), on and self._invented
        ground = "accent-tint" if lit else "wait" if invented else "bg" if on else "bg-2"
        painter.setPen(QPen(look.colour("accent" if lit else "wait-solid" if invented else "line-2"), 1))
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = look.px(ROUND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("bg" if lit or invented else "accent-tint" if on else "bg-3"))
        painter.drawEllipse(QRect(16, (self.height() - side) // 2, side, side))
