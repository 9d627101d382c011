"""The citizen's curve, painted large: what the paper *Til borgeren* draws, on the screen that is turned round.

One line for the level both raters share, what the measurement can say round it, words for the steps, what ran above it
and the periods without anything as shadings with their name. No figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.charts import layout
from progression.charts.model import Band
from progression.charts.readouts import band_at
from progression.desk.shown import Curve
from progression.ui import theme
from progression.ui.kit.accessible import graphic
from progression.ui.timeline.ink import Ink, marker_colors, marker_path

LEAST = 240  # px at 100 % of height
SMALL, LARGE = 15, 20  # px at 100 % of its text: it grows with the picture
PER_LINE = 22  # the height of the picture over that of its text
LINE, RING, DISC = 4.0, 5.0, 9.0  # px: the line, the answers along it, the last one
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@graphic
class TurnedCurve(QWidget):
    """The picture; its description is the curve in words."""

    def __init__(self) -> None:
        super().__init__()
        self.curve: Curve | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_curve(self, curve: Curve, name: str) -> None:
        """Paint another one; `name`: what a screen reader calls it."""
        self.curve = curve
        self.setAccessibleName(name)
        self.setAccessibleDescription(curve.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(600), look.px(LEAST))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(280), look.px(LEAST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.curve is None:
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        _Drawing(p, self.curve, QRectF(self.rect())).draw()
        p.end()


class _Drawing:
    """One painting of a curve in a box."""

    def __init__(self, p: QPainter, curve: Curve, box: QRectF) -> None:
        look = theme.current()
        self.p, self.curve, self.box, self.chart = p, curve, box, curve.chart
        self.ink = Ink(look)
        size = min(max(box.height() / PER_LINE, look.px(SMALL)), look.px(LARGE))
        self.font, self.bold = QFont(look.font("body")), QFont(look.font("body"))
        self.font.setPixelSize(round(size))
        self.bold.setPixelSize(round(size))
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.high = QFontMetricsF(self.font).height()
        self.plot = self._plot()

    def _wide(self, text: str, font: QFont | None = None) -> float:
        return QFontMetricsF(font or self.font).horizontalAdvance(text)

    def _plot(self) -> QRectF:
        """Between the words of the steps, what stands at the end of the line, what ran, and the years."""
        words = max((self._wide(one.word or one.number) for one in self.chart.step_labels), default=0.0)
        ends = max(self._wide(self.curve.end[0], self.bold), self._wide(self.curve.end[1]))
        left = min(words + self.high, self.box.width() / 3)
        right = min(ends + DISC + self.high, self.box.width() / 4)
        above = self.high * 1.9 if self.curve.ran else self.high * 0.4
        return self.box.adjusted(left, above, -right, -self.high * 1.7)

    def x(self, day: date) -> float:
        share = layout.fraction(day, self.chart.start, self.chart.end)
        return self.plot.left() + min(max(share, 0.0), 1.0) * self.plot.width()

    def y(self, value: float) -> float:
        low, high = layout.value_range(self.chart)
        return self.plot.bottom() - (value - low) / (high - low) * self.plot.height()

    def draw(self) -> None:
        """From back to front."""
        self._shades()
        self._steps()
        if self.chart.band is not None and self.chart.band.days:
            self._level(self.chart.band)
        self._shade_names()
        self._ran()
        self._years()

    def write(self, box: QRectF, text: str, token: str, align: int, font: QFont | None = None) -> None:
        """A line of text, shortened where the box is narrower."""
        self.p.setFont(font or self.font)
        self.p.setPen(self.ink.color(token))
        said = layout.shorten(text, box.width() + 1, lambda part: self._wide(part, font))
        self.p.drawText(box, align | Qt.TextFlag.TextSingleLine, said)

    def _shades(self) -> None:
        for shade in self.chart.shades:
            left, right = self.x(shade.start), self.x(min(shade.end, self.chart.today))
            if right - left >= 1:
                self.p.fillRect(QRectF(left, self.plot.top(), right - left, self.plot.height()), self.ink.color("bg-3"))

    def _named(self) -> Iterator[tuple[QRectF, str]]:
        """Where the name of each shading stands: at its foot, where it fits."""
        for shade in self.chart.shades:
            left, right = self.x(shade.start), self.x(min(shade.end, self.chart.today))
            called = self.curve.shadings.get(shade.token, "")
            if called and (wide := self._wide(called) + 8) <= right - left:
                top = self.plot.bottom() - self.high * 1.3
                yield QRectF((left + right - wide) / 2, top, wide, self.high * 1.2), called

    def _shade_names(self) -> None:
        for foot, called in self._named():
            self.write(foot, called, "text-2", _CENTRE)

    def _steps(self) -> None:
        for step in self.chart.step_labels:
            y = round(self.y(step.value)) + 0.5
            self.p.setPen(self.ink.pen("line"))
            self.p.drawLine(QPointF(self.plot.left() - 6, y), QPointF(self.plot.right(), y))
            room = QRectF(0, y - self.high / 2, self.plot.left() - self.high * 0.7, self.high)
            self.write(room, step.word or step.number, "text-2", _RIGHT)
        for foot, _called in self._named():  # the line of the lowest step would go through the word
            self.p.fillRect(foot, self.ink.color("bg-3"))

    def _level(self, band: Band) -> None:
        upper = [QPointF(self.x(d), self.y(v)) for d, v in zip(band.days, band.upper, strict=True)]
        lower = [QPointF(self.x(d), self.y(v)) for d, v in zip(band.days, band.lower, strict=True)]
        if len(upper) > 1:
            self.p.setPen(Qt.PenStyle.NoPen)
            self.p.setBrush(self.ink.color("band"))
            self.p.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
            self.p.setBrush(Qt.BrushStyle.NoBrush)
            self.p.setPen(self.ink.pen("band-edge", 1.2))
            self.p.drawPolyline(QPolygonF(upper))
            self.p.drawPolyline(QPolygonF(lower))
        else:
            self._one(upper[0], lower[0])
        self._line(band)

    def _one(self, top: QPointF, foot: QPointF) -> None:
        """A single measurement: an upright bar with ends for how sure one can be."""
        self.p.setPen(self.ink.pen("cw", 2))
        self.p.drawLine(top, foot)
        for end in (top, foot):
            self.p.drawLine(QPointF(end.x() - 8, end.y()), QPointF(end.x() + 8, end.y()))

    def _line(self, band: Band) -> None:
        last = self.curve.answered[-1] if self.curve.answered else band.days[-1]
        path = [QPointF(self.x(d), self.y(v)) for d, v in zip(band.days, band.middle, strict=True) if d <= last]
        answers = [(day, held[1]) for day in self.curve.answered if (held := band_at(band, day))]
        points = [QPointF(self.x(day), self.y(value)) for day, value in answers]
        pen = self.ink.pen("cw", LINE)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self.p.setPen(pen)
        self.p.setBrush(Qt.BrushStyle.NoBrush)
        self.p.drawPolyline(QPolygonF([*path, *points[-1:]]))
        apart = min((right.x() - left.x() for left, right in pairwise(points)), default=99.0)
        for point in points[:-1] if apart > 3 * RING else ():
            self._dot(point, RING, filled=False)
        for point in points[-1:]:
            self._dot(point, DISC, filled=True)
            self._end(point, band, last)

    def _dot(self, at: QPointF, radius: float, *, filled: bool) -> None:
        pen, brush = marker_colors(self.ink, "cw", filled)
        self.p.setPen(pen)
        self.p.setBrush(brush)
        self.p.drawPath(marker_path("circle", radius).translated(at))

    def _end(self, at: QPointF, band: Band, last: date) -> None:
        """When, and the word of the step it is nearest: beside the last answer, over the band where that goes on."""
        left = at.x() + DISC + self.high * 0.5
        later = [v for d, v in zip(band.days, band.upper, strict=True) if d > last and self.x(d) > left]
        middle = min(at.y(), self.y(max(later)) - self.high * 1.2) if later else at.y()
        middle = min(max(middle, self.plot.top() + self.high), self.plot.bottom() - self.high)
        for line, (text, token, font) in enumerate(
            ((self.curve.end[0], "text", self.bold), (self.curve.end[1], "text-2", self.font))
        ):
            box = QRectF(left, middle - self.high * (1 - line), self.box.right() - left, self.high)
            self.write(box, text, token, _LEFT, font)

    def _ran(self) -> None:
        """What ran, above the plot: a bracket over its days, and its names where they fit."""
        taken, y = self.box.left(), self.plot.top() - self.high * 0.3
        for one in self.curve.ran:
            left, right = self.x(one.start) + 1, self.x(one.end) - 1
            if right - left < 4:
                continue
            self.p.setPen(self.ink.pen("line-2", 1.2))
            self.p.setBrush(Qt.BrushStyle.NoBrush)
            ends = (QPointF(left, y + 6), QPointF(left, y), QPointF(right, y), QPointF(right, y + 6))
            self.p.drawPolyline(QPolygonF(ends))
            room = min(right - left + self.high * 5, self.box.right() - left)
            name = next((text for text in one.names if self._wide(text) <= room), "")
            width = self._wide(name) + 2
            middle = min(max((left + right) / 2, width / 2), self.box.right() - width / 2)
            if name and middle - width / 2 >= taken:
                self.write(
                    QRectF(middle - width / 2, y - self.high * 1.25, width, self.high * 1.2), name, "text", _CENTRE
                )
                taken = middle + width / 2 + self.high * 0.6

    def _years(self) -> None:
        y = round(self.plot.bottom()) + 0.5
        self.p.setPen(self.ink.pen("line-2", 1.2))
        self.p.drawLine(QPointF(self.plot.left() - 6, y), QPointF(self.plot.right(), y))
        for tick in self.chart.ticks:
            if tick.strong:
                self.p.drawLine(QPointF(self.x(tick.day), y), QPointF(self.x(tick.day), y + 6))
        for placed in layout.axis_labels(self.chart, self.plot.width(), self._wide, gap=self.high):
            width = self._wide(placed.text, self.bold) + 4
            box = QRectF(self.plot.left() + placed.x - width / 2, y + self.high * 0.4, width, self.high)
            strong = placed.strong
            self.write(box, placed.text, "text" if strong else "text-2", _CENTRE, self.bold if strong else None)
