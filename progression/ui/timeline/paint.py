"""Draw what stands round and behind the curves of a timeline: shading, grid, words, lane, bracket and cursor.

Everything is painted in pixels over a Frame. The curves themselves are pyqtgraph's, between back and front.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPolygonF

from progression.charts.layout import axis_labels, band_note, gridlines, shade_label, spread
from progression.charts.model import Band, Bracket, Chart, Series
from progression.ui.timeline.ink import Ink
from progression.ui.timeline.layout import INSET, Frame
from progression.ui.timeline.strips import paint_strips

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


def sharp(value: float) -> float:
    """The pixel centre, where a 1 px line is crisp."""
    return int(value) + 0.5


def paint_back(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    """Shading of passive, waiting and exempt time, and the grid: what lies behind band and curves."""
    for shade in chart.shades:
        box = at.clip(shade.start, shade.end)
        if box is None:
            continue
        area = QRectF(box[0], at.top, box[1] - box[0], at.bottom - at.top)
        p.fillRect(area, ink.fill(shade.token, shade.pattern, quiet=True))
        p.fillRect(QRectF(box[0], at.bottom - 2, box[1] - box[0], 2), ink.color(ink.solid(shade.token)))
    p.setPen(ink.pen("line"))
    for label in chart.step_labels:
        y = sharp(at.y(label.value))
        p.drawLine(QPointF(at.left, y), QPointF(at.right, y))
    bottom = at.rows[-1].top + at.rows[-1].height if at.rows else at.bottom
    for day in gridlines(chart.ticks):
        if at.shows(day):
            x = sharp(at.x(day))
            p.drawLine(QPointF(x, at.top), QPointF(x, at.bottom))
            p.drawLine(QPointF(x, at.bottom + 22 * at.scale), QPointF(x, bottom))


def paint_front(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    """Everything that lies over the curves."""
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    _step_words(p, chart, at, ink)
    _notes(p, chart, at, ink)
    _lane(p, chart, at, ink)
    _shade_words(p, chart, at, ink)
    _band_words(p, chart, at, ink)
    if chart.bracket:
        _bracket(p, chart.bracket, at, ink)
    _axis(p, chart, at, ink)
    paint_strips(p, chart, at, ink)
    _today(p, chart, at, ink)
    _line_ends(p, chart, at, ink)


def write(
    p: QPainter, ink: Ink, box: QRectF, text: str, token: str, font: QFont, flags: Qt.AlignmentFlag = LEFT
) -> None:
    """Write one line of text into a box, shortened with … where it does not fit."""
    p.setFont(font)
    p.setPen(ink.color(token))
    metrics = p.fontMetrics()
    if metrics.horizontalAdvance(text) > box.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    p.drawText(box, flags | Qt.TextFlag.TextSingleLine, text)


def _step_words(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    edge = at.left - 12 * at.scale
    last = None
    for label in sorted(chart.step_labels, key=lambda s: s.value):
        y = at.y(label.value)
        if last is not None and abs(last - y) < ink.line * 0.9:
            continue
        last = y
        number = ink.bold_metrics.horizontalAdvance(label.number)
        tall = 20 * at.scale
        write(p, ink, QRectF(0, y - tall / 2, edge, tall), label.number, "text-2", ink.bold, RIGHT)
        room = QRectF(0, y - tall / 2, edge - number - 6 * at.scale, tall)
        write(p, ink, room, label.word, "text-3", ink.small, RIGHT)


def _notes(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    """What is said in the plot itself: that lower is better, that there is nothing to draw yet."""
    if chart.axis_note:
        box = QRectF(0, at.top - 2 * at.scale, at.left - 12 * at.scale, ink.line)
        write(p, ink, box, chart.axis_note, "text-3", ink.small, RIGHT)
    if chart.empty:
        wide = ink.metrics.horizontalAdvance(chart.empty) + 16
        middle = QPointF((at.left + at.right) / 2, (at.top + at.bottom) / 2)
        box = QRectF(middle.x() - wide / 2, middle.y() - ink.line, wide, 2 * ink.line)
        p.fillRect(box, ink.color("bg"))
        write(p, ink, box, chart.empty, "text-2", ink.small, CENTRE)


def _lane(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    line = sharp(at.lane_line)
    label = QRectF(0, 0, at.left - 12 * at.scale, at.lane_line)
    write(p, ink, label, chart.lane_label, "text-3", ink.small, RIGHT)
    for n, span in enumerate(chart.lane):
        box = at.clip(span.start, span.end)
        if box is None:
            continue
        low, high = sharp(box[0]), sharp(box[1])
        p.setPen(ink.pen("line-2"))
        p.drawLine(QPointF(low, line), QPointF(high - 2, line))
        p.drawLine(QPointF(low, line), QPointF(low, line - 6 * at.scale))
        if n and at.shows(span.start):
            p.setPen(ink.pen("text-2", 1, [2.0, 3.0]))
            p.drawLine(QPointF(low, line), QPointF(low, at.bottom))
        room = QRectF(low + 6, 0, high - low - 10, at.lane_line - 2)
        if room.width() > 40 * at.scale:
            font, token = (ink.medium, "text") if span.current else (ink.small, "text-2")
            write(p, ink, room, span.label, token, font)


def _shade_words(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    for shade in chart.shades:
        box = at.clip(shade.start, shade.end)
        if box is None:
            continue
        low, high = box
        font, metrics = (ink.bold, ink.bold_metrics) if shade.strong else (ink.small, ink.metrics)
        text = shade_label(shade, high - low - 6, metrics.horizontalAdvance)
        if text:
            width = metrics.horizontalAdvance(text)
            room = QRectF(low + min(3.0, (high - low - width) / 2), at.top + 4, width + 6, ink.line)
            p.fillRect(room.intersected(QRectF(low, at.top, high - low, 99)), ink.ground(shade.token))
            write(p, ink, room.adjusted(3, 0, 3, 0), text, "text" if shade.strong else "text-2", font)


def _band_words(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    if chart.band is None or not chart.band.label:
        return
    width = ink.metrics.horizontalAdvance(chart.band.label) + 12
    tall = 1.4 * ink.line * (at.high - at.low) / (at.bottom - at.top)
    place = band_note(replace(chart, band=_thinned(chart.band)), width / at.days_width, tall)
    if place is None:
        return
    x, y = sharp(at.along(place.x)), at.y(place.y)
    limit = chart.band.lower if place.y < place.anchor else chart.band.upper
    end = at.y(between(chart.band.days, limit, at.first + place.x * (at.last - at.first)))
    end += 5 if y < end else -5  # a little inside the band, so that the pointer clearly touches it
    p.setPen(ink.pen("text-3"))
    p.drawLine(QPointF(x, end), QPointF(x, y))
    p.setBrush(ink.color("text-3"))
    p.setPen(Qt.PenStyle.NoPen)
    p.drawEllipse(QPointF(x, end), 2.2, 2.2)
    box = QRectF(x - width / 2 + 3, y - ink.line / 2, width - 6, ink.line)
    p.fillRect(box, ink.color("bg"))
    write(p, ink, box, chart.band.label, "text-2", ink.small, CENTRE)


def _thinned(band: Band) -> Band:
    """The band at about forty days: enough to find a free place, and found much faster on a long course."""
    step = max(1, len(band.days) // 40)
    return Band(band.label, band.days[::step], band.lower[::step], band.middle[::step], band.upper[::step])


def _bracket(p: QPainter, bracket: Bracket, at: Frame, ink: Ink) -> None:
    low, high = max(at.x(bracket.start), at.left + 8), min(at.x(bracket.end), at.right - 12)
    base, level = at.y(bracket.baseline), at.y(bracket.level)
    if high <= low:
        return
    x = high - 14 * at.scale
    p.setPen(ink.pen(bracket.token, 1.25, [2.0, 3.0]))
    p.drawLine(QPointF(low, sharp(base)), QPointF(high, sharp(base)))
    p.setPen(ink.pen(bracket.token, 1.5))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawLine(QPointF(x, base), QPointF(x, level))
    tip = -5.0 if level > base else 5.0
    p.drawPolyline(QPolygonF([QPointF(x - 3.5, level + tip), QPointF(x, level), QPointF(x + 3.5, level + tip)]))
    width = ink.bold_metrics.horizontalAdvance(bracket.label) + 2
    middle = base + (level - base) * 0.32
    box = QRectF(x - 6 - width, middle - ink.line / 2, width, ink.line)
    patch = QColor(ink.color("bg"))
    patch.setAlphaF(0.75)
    p.fillRect(box.adjusted(-1, 1, 1, -1), patch)
    write(p, ink, box, bracket.label, ink.text(bracket.token), ink.bold, RIGHT)


def _axis(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    p.setPen(ink.pen("line-2"))
    y = sharp(at.bottom)
    p.drawLine(QPointF(at.left, y), QPointF(at.right, y))
    for tick in chart.ticks:
        if at.shows(tick.day):
            x = sharp(at.x(tick.day))
            p.drawLine(QPointF(x, y), QPointF(x, y + 4))
    for placed in axis_labels(chart, at.days_width, ink.bold_metrics.horizontalAdvance):
        box = QRectF(
            at.left + INSET + placed.x - 60 * at.scale,
            at.axis_text - 12 * at.scale,
            120 * at.scale,
            20 * at.scale,
        )
        today = placed.strong and placed.text == chart.today_label
        token = "text" if today else "text-2" if placed.strong else "text-3"
        write(p, ink, box, placed.text, token, ink.bold if placed.strong else ink.small, CENTRE)


def _today(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    if not at.shows(chart.today):
        return
    x = sharp(at.x(chart.today))
    bottom = at.rows[-1].top + at.rows[-1].height if at.rows else at.bottom
    width = ink.bold_metrics.horizontalAdvance(chart.today_label) + 6
    box = QRectF(x - width / 2, at.axis_text - 10 * at.scale, width, 16 * at.scale)
    p.setPen(ink.pen("text"))
    p.drawLine(QPointF(x, at.lane_line), QPointF(x, box.top()))
    p.drawLine(QPointF(x, box.bottom()), QPointF(x, bottom))


def _line_ends(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    """The name and last value of each series in the right gutter, each tied to its line by a thin leader."""
    ends: list[tuple[Series, float, float]] = []
    for series in chart.series:
        if series.samples and at.first <= series.samples[-1].day.toordinal():
            last = series.samples[-1]
            ends.append((series, at.x(last.day), at.y(last.value)))
    tall = 2 * ink.line * 0.92
    centres = spread([y for _s, _x, y in ends], tall + 2, at.top + tall / 2, at.bottom - tall / 2)
    edge = at.right + 8 * at.scale
    for (series, x, y), centre in zip(ends, centres, strict=True):
        p.setPen(ink.pen(series.token, 1, "dotted"))
        p.drawLine(QPointF(min(x + 9, at.right), y), QPointF(edge - 4, centre))
        room = at.width - edge
        top = QRectF(edge, centre - tall / 2, room, tall / 2)
        write(p, ink, top, series.label, series.text_token, ink.bold)
        write(p, ink, top.translated(0, tall / 2), series.end_text, series.text_token, ink.small)


def paint_cursor(p: QPainter, chart: Chart, at: Frame, ink: Ink, day: date) -> None:
    """The cursor: a dashed line through the plot, a ring on the first series' point of that day."""
    if not at.shows(day):
        return
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    x = sharp(at.x(day))
    p.setPen(ink.pen("accent", 1, [4.0, 2.0]))
    p.drawLine(QPointF(x, at.top), QPointF(x, at.bottom))
    value = value_at(chart, day)
    if value is not None:
        p.setPen(ink.pen("accent", 3))
        p.setBrush(QBrush(Qt.BrushStyle.NoBrush))
        p.drawEllipse(QPointF(x, at.y(value)), 8.5, 8.5)


def value_at(chart: Chart, day: date) -> float | None:
    """The value the cursor's ring stands on: the first series with a point that day, else the band's middle."""
    for series in chart.series:
        for sample in series.samples:
            if sample.day == day:
                return sample.value
    band = chart.band
    if band and band.days and band.days[0] <= day <= band.days[-1]:
        return between(band.days, band.middle, day.toordinal())
    return None


def between(days: Sequence[date], values: Sequence[float], ordinal: float) -> float:
    """The value on a day (an ordinal, fractions allowed), straight between its neighbours; the end values beyond."""
    for n, (a, b) in enumerate(pairwise(days)):
        if ordinal <= b.toordinal():
            share = (ordinal - a.toordinal()) / max(1, (b - a).days)
            return values[n] + min(max(share, 0.0), 1.0) * (values[n + 1] - values[n])
    return values[-1]
