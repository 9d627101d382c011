"""What the program is about, in one quiet picture: measurements over time, how sure they are, and what ran below.

It shows nobody and says nothing that the words beside it do not say: an ornament, which a screen reader passes over.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.ui import theme

# shares of the picture's width and height, from the upper left corner
CURVE = ((0.03, 0.58), (0.17, 0.60), (0.31, 0.52), (0.45, 0.55), (0.59, 0.40), (0.73, 0.36), (0.87, 0.22))
BAND = (0.15, 0.13, 0.11, 0.10, 0.09, 0.08, 0.075)  # half the band's height at each measurement
OTHER = ((0.03, 0.42), (0.31, 0.44), (0.59, 0.31), (0.87, 0.17))  # the other view of the same things
IDLE = (0.03, 0.31)  # time in which nothing ran
STRIPS = ((0.31, 0.87, 0.835), (0.52, 0.80, 0.925))  # from, to, and how far down
FLOOR = 0.78


class Picture(QWidget):
    """As wide as its place, `WIDE` to one."""

    WIDE = 1.75

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width / self.WIDE)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def _at(self, share: tuple[float, float]) -> QPointF:
        return QPointF(share[0] * self.width(), share[1] * self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        self._strips(painter)
        self._curves(painter)
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        look, foot = theme.current(), FLOOR * self.height()
        left, right = (share * self.width() for share in IDLE)
        # a brush: `fillRect` with a colour has PySide6 make an enum of 180 named gradients first, which takes 4 ms
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("bg-3"))
        painter.drawRect(QRectF(left, 0.02 * self.height(), right - left, foot))
        painter.setPen(QPen(look.colour("line"), 1))
        for level in range(4):
            y = round(foot * (level + 1) / 4) + 0.5
            painter.drawLine(QPointF(left, y), QPointF(0.97 * self.width(), y))

    def _strips(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setPen(QPen(look.colour("bar-edge"), 1))
        painter.setBrush(look.colour("bar"))
        high = 0.05 * self.height()
        for left, right, top in STRIPS:
            corner = self._at((left, top))
            painter.drawRoundedRect(QRectF(corner.x(), corner.y(), (right - left) * self.width(), high), 2, 2)

    def _curves(self, painter: QPainter) -> None:
        look, scale = theme.current(), self.width() / 272
        above = [self._at((x, y - half)) for (x, y), half in zip(CURVE, BAND, strict=True)]
        below = [self._at((x, y + half)) for (x, y), half in zip(CURVE, BAND, strict=True)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("band"))
        painter.drawPolygon(QPolygonF([*above, *reversed(below)]))
        for shares, token, dash in ((OTHER, "ci", Qt.PenStyle.DashLine), (CURVE, "cw", Qt.PenStyle.SolidLine)):
            points = [self._at(one) for one in shares]
            painter.setPen(QPen(look.colour(token), 2 * scale, dash))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(token))
            for point in points:
                painter.drawEllipse(point, 3 * scale, 3 * scale)
