"""Draws the small picture of what the measurement can tell: the same description the PDF draws."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.charts.gauge import Gauge, Row, text_places, tick_places
from progression.ui import theme
from progression.ui.kit.accessible import graphic
from progression.ui.timeline.ink import Ink, marker_colors, marker_path

TEXT, MARK, TICKS, ENDS = 17, 17, 20, 17  # px at 100 % text: a row's text, its mark, tick labels, words at the ends
SIDE = 8  # px left and right, so that a mark at the end is whole
GAP = 4  # px between a figure and its text
MARKER = 6.0  # px


@graphic
class GaugeView(QWidget):
    """One Gauge. Its name and description are the picture's title and sentences."""

    def __init__(self, gauge: Gauge) -> None:
        super().__init__()
        self.gauge = gauge
        self.setAccessibleName(gauge.title)
        self.setAccessibleDescription(gauge.alt)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        ends = px(ENDS) if any(self.gauge.ends) else 0
        return QSize(px(260), len(self.gauge.rows) * px(TEXT + MARK) + px(TICKS) + ends + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(180), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink = Ink(theme.current(), self.devicePixelRatioF())
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        _Picture(p, ink, self.gauge, self.width()).paint()
        p.end()


class _Picture:
    """One painting of a gauge."""

    def __init__(self, p: QPainter, ink: Ink, gauge: Gauge, width: float) -> None:
        self.p, self.ink, self.gauge = p, ink, gauge
        s = ink.scale
        self.left, self.width = SIDE * s, width - 2 * SIDE * s
        self.text, self.mark = TEXT * s, MARK * s
        self.bottom = floor(len(gauge.rows) * (self.text + self.mark)) + 0.5

    def x(self, at: float) -> float:
        """Pixels from the left for a value."""
        return self.left + self.gauge.share(at) * self.width

    def measure(self, text: str, bold: bool) -> float:
        """Width of a text in pixels."""
        return (self.ink.bold_metrics if bold else self.ink.metrics).horizontalAdvance(text)

    def paint(self) -> None:
        """From back to front."""
        self._zones()
        self._axis()
        for n, placed in enumerate(text_places(self.gauge, self.width, GAP * self.ink.scale, self.measure)):
            top = n * (self.text + self.mark)
            if any(zone.pattern != "none" for zone in self.gauge.zones):  # no text on a hatch
                wide = placed.text_left - placed.left + self.measure(placed.row.text, False)
                self.p.fillRect(QRectF(self.left + placed.left - 2, top, wide + 4, self.text), self.ink.color("bg"))
            self._write(self.left + placed.left, top, placed.row.figure, "text", bold=True)
            self._write(self.left + placed.text_left, top, placed.row.text, "text-2")
            self._mark(placed.row, top + self.text + self.mark / 2)

    def _zones(self) -> None:
        """Fills behind everything; edges and uprights beside the marks only, so that no line runs through a text."""
        for zone in self.gauge.zones:
            left, right = self.x(zone.low), self.x(zone.high)
            self.p.fillRect(QRectF(left, 0, right - left, self.bottom), self.ink.fill(zone.token, zone.pattern))
            self.p.setPen(self.ink.pen(zone.edge))
            self._down(left)
            self._down(right)
        for line in self.gauge.uprights:
            self.p.setPen(self.ink.pen("text-2", 1.5, line.dash))
            self._down(self.x(line.at))

    def _down(self, x: float) -> None:
        x = floor(x) + 0.5  # on a pixel, so that a thin line is as dark as it should be
        for n in range(len(self.gauge.rows)):
            top = n * (self.text + self.mark) + self.text
            self.p.drawLine(QPointF(x, top), QPointF(x, top + self.mark))

    def _axis(self) -> None:
        ink, y = self.ink, self.bottom
        self.p.setPen(ink.pen("line-2"))
        self.p.drawLine(QPointF(self.left, y), QPointF(self.left + self.width, y))
        for tick, at in tick_places(self.gauge, self.width, 10 * ink.scale, self.measure):
            self.p.setPen(ink.pen("line-2"))
            x = self.x(tick.at)
            self.p.drawLine(QPointF(x, y), QPointF(x, y + 4 * ink.scale))
            self._write(self.left + at, y + 3 * ink.scale, tick.label, "text-3")
        below = y + TICKS * ink.scale
        self._write(self.left, below, self.gauge.ends[0], "text-3")
        wide = self.measure(self.gauge.ends[1], False)
        self._write(self.left + self.width - wide, below, self.gauge.ends[1], "text-3")

    def _write(self, left: float, top: float, text: str, token: str, *, bold: bool = False) -> None:
        if not text:
            return
        self.p.setFont(self.ink.bold if bold else self.ink.small)
        self.p.setPen(self.ink.color(token))
        box = QRectF(left, top, self.measure(text, bold) + 2, self.text)
        self.p.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _mark(self, row: Row, y: float) -> None:
        ink, s = self.ink, self.ink.scale
        if row.reach is not None:
            low, high = (self.x(end) for end in row.reach)
            self.p.setPen(ink.pen(row.token, 2.0 * s))
            self.p.drawLine(QPointF(low, y), QPointF(high, y))
            for end in (low, high):
                self.p.drawLine(QPointF(end, y - 4 * s), QPointF(end, y + 4 * s))
        if row.marker == "none":
            return
        pen, brush = marker_colors(ink, row.token, row.filled and row.marker != "cross")
        if row.marker == "cross":
            pen = ink.pen(row.token, 2.0 * s)
        self.p.setPen(pen)
        self.p.setBrush(brush)
        self.p.drawPath(marker_path(row.marker, MARKER * s).translated(self.x(row.at), y))
