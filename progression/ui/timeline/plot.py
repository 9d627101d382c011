"""The curves of a timeline: a pyqtgraph plot between a painted back and front, in one scene.

The only module here that imports pyqtgraph (0.7 s), so it is imported when a timeline is first shown.
Scene coordinates are widget pixels; the plot's view is set to exactly the days and steps of the Frame, so that what is
painted over it with `Frame.x` and `Frame.y` meets it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from progression.charts.model import Band, Chart, Series
from progression.ui.timeline.ink import Ink, marker_colors, marker_path
from progression.ui.timeline.layout import Frame
from progression.ui.timeline.paint import paint_back, paint_cursor, paint_front

_RADII = {"circle": 4.6, "diamond": 5.2}


class _Layer(QGraphicsObject):
    """A picture of the scene's size.

    It is drawn when the chart is laid out, not inside the scene's own painting: there an error would end the process,
    and a moving cursor would draw every word again.
    """

    def __init__(self, z: float) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def draw(self, width: float, height: float, ratio: float, work: Callable[[QPainter], None]) -> None:
        """Draw the layer anew."""
        self.prepareGeometryChange()
        self._picture = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._picture)
        try:
            work(painter)
        finally:
            painter.end()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), self._picture.deviceIndependentSize())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.drawPixmap(0, 0, self._picture)


class Canvas(pg.GraphicsView):
    """Draws one Chart. `lay` gives it everything; `set_cursor` moves the cursor without redrawing the curves' data."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, useOpenGL=False)
        self._chart: Chart | None = None
        self._frame: Frame | None = None
        self._ink: Ink | None = None
        self._drawn_cursor: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.enableMouse(False)
        self.setMouseTracking(True)
        self._plot = pg.PlotItem(enableMenu=False)
        self._plot.hideButtons()
        for side in ("left", "bottom", "right", "top"):
            self._plot.hideAxis(side)
        view = self._plot.getViewBox()
        view.setMouseEnabled(False, False)
        view.disableAutoRange()
        view.setDefaultPadding(0.0)
        view.setBorder(None)
        self._plot.layout.setContentsMargins(0, 0, 0, 0)
        self._plot.layout.setSpacing(0)
        self._plot.setZValue(0)
        self.addItem(self._plot)
        self._back, self._front, self._over = _Layer(-10), _Layer(10), _Layer(20)
        for layer in (self._back, self._front, self._over):
            self.scene().addItem(layer)
        self._band = _BandItems(self._plot)
        self._lines: list[_LineItems] = []

    @property
    def plot(self) -> Any:
        """The pyqtgraph PlotItem (for tests that compare its mapping with the Frame's)."""
        return self._plot

    def lay(self, chart: Chart, frame: Frame, ink: Ink, cursor: date | None = None) -> None:
        """Show a chart laid out in a frame, the cursor on a day."""
        self._chart, self._frame, self._ink = chart, frame, ink
        self.setBackground(ink.color("bg"))
        self._plot.setGeometry(QRectF(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top))
        self._plot.getViewBox().setRange(
            xRange=frame.day_range(),
            yRange=(frame.low, frame.high),
            padding=0,
            update=True,
            disableAutoRange=True,
        )
        self._band.show(chart.band, ink)
        while len(self._lines) < len(chart.series):
            self._lines.append(_LineItems(self._plot, 10 + len(self._lines)))
        for n, items in enumerate(self._lines):
            items.show(chart.series[n] if n < len(chart.series) else None, ink, frame)
        self._draw(self._back, lambda p: paint_back(p, chart, frame, ink))
        self._draw(self._front, lambda p: paint_front(p, chart, frame, ink))
        self._drawn_cursor = None
        self.set_cursor(cursor)
        # what the scene would find out while it is painted, and then be painted again for
        self.scene().prepareForPaint()
        QCoreApplication.sendPostedEvents(self.scene(), QEvent.Type.MetaCall.value)

    def set_cursor(self, day: date | None) -> None:
        """Move the cursor to a day, or take it away."""
        if day is not None and day == self._drawn_cursor:
            return
        self._drawn_cursor = day
        chart, frame, ink = self._chart, self._frame, self._ink
        if chart is None or frame is None or ink is None:
            return
        self._over.setVisible(day is not None)
        if day is not None:
            self._draw(self._over, lambda p: paint_cursor(p, chart, frame, ink, day))

    def _draw(self, layer: _Layer, work: Callable[[QPainter], None]) -> None:
        layer.draw(self.width(), self.height(), self.devicePixelRatioF(), work)

    # the wheel scrolls the page, and nothing zooms or drags
    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def mousePressEvent(self, event: Any) -> None:
        event.ignore()

    def mouseReleaseEvent(self, event: Any) -> None:
        event.ignore()

    def mouseDoubleClickEvent(self, event: Any) -> None:
        event.ignore()

    def mouseMoveEvent(self, event: Any) -> None:
        event.ignore()


class _BandItems:
    """The band: its fill, its two edges and its dotted middle."""

    def __init__(self, plot: Any) -> None:
        self._lower, self._upper, self._middle = (pg.PlotCurveItem(antialias=True) for _ in range(3))
        self._fill = pg.FillBetweenItem(self._lower, self._upper)
        self._fill.setZValue(1)
        plot.addItem(self._fill)
        for curve in (self._lower, self._upper, self._middle):
            curve.setZValue(2)
            plot.addItem(curve)

    def show(self, band: Band | None, ink: Ink) -> None:
        shown = band is not None and len(band.days) > 1
        for item in (self._fill, self._lower, self._upper, self._middle):
            item.setVisible(shown)
        if band is None or not shown:
            return
        days = [day.toordinal() for day in band.days]
        for curve, values in (
            (self._lower, band.lower),
            (self._upper, band.upper),
            (self._middle, band.middle),
        ):
            curve.setData(days, list(values))
        edge = ink.pen("band-edge", 1)
        self._lower.setPen(edge)
        self._upper.setPen(edge)
        self._middle.setPen(ink.pen("band-edge", 1, "dotted"))
        fill = ink.color("band")
        fill.setAlphaF(0.88)  # the hatch of a passive period stays visible through the band
        self._fill.setBrush(fill)


class _LineItems:
    """One series: its line (or steps) and its markers."""

    def __init__(self, plot: Any, z: float) -> None:
        self._line = pg.PlotCurveItem(antialias=True)
        self._dots = pg.ScatterPlotItem(antialias=True, pxMode=True)
        self._line.setZValue(z)
        self._dots.setZValue(z + 20)  # every marker lies over every line
        plot.addItem(self._line)
        plot.addItem(self._dots)

    def show(self, series: Series | None, ink: Ink, frame: Frame) -> None:
        self._line.setVisible(series is not None and len(series.samples) > 1)
        self._dots.setVisible(series is not None and bool(series.samples))
        if series is None or not series.samples:
            return
        days = [sample.day.toordinal() for sample in series.samples]
        values = [sample.value for sample in series.samples]
        xs, ys = _stepped(days, values) if series.steps else (days, values)
        self._line.setData(xs, ys, pen=ink.pen(series.token, 2.25, series.dash))
        pen, brush = marker_colors(ink, series.token, series.filled)
        radius = _RADII.get(series.marker, 4.8) * min(ink.scale, 1.5)
        path = QTransform().scale(1 / (2 * radius), 1 / (2 * radius)).map(marker_path(series.marker, radius))
        if series.marker == "none":
            self._dots.setVisible(False)
            return
        shown = [(day, value) for day, value in zip(days, values, strict=True) if frame.first <= day <= frame.last]
        xs, ys = [day for day, _value in shown], [value for _day, value in shown]  # no half marker at the edge
        self._dots.setData(xs, ys, symbol=path, size=2 * radius, pen=pen, brush=brush)


def _stepped(days: list[int], values: list[float]) -> tuple[list[int], list[float]]:
    """Each value holds until the next answer."""
    xs, ys = [days[0]], [values[0]]
    for n in range(1, len(days)):
        xs += [days[n], days[n]]
        ys += [values[n - 1], values[n]]
    return xs, ys


def view_point(canvas: Canvas, day: date, value: float) -> QPointF:
    """Where pyqtgraph puts a point, in pixels (for tests)."""
    return canvas.plot.getViewBox().mapViewToScene(QPointF(day.toordinal(), value))
