"""Draw the strips under the curve: interventions, time without, conversations, decisions; find what lies at a point."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from progression.charts.layout import mark_labels
from progression.charts.model import Bar, Chart, Mark, Strip
from progression.ui.timeline.ink import Ink
from progression.ui.timeline.layout import Frame, Row

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_RADIUS = 4.0


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a point of the strips: its text, and the key of a bar ("" for a mark)."""

    text: str
    key: str


def paint_strips(p: QPainter, chart: Chart, at: Frame, ink: Ink) -> None:
    """All strips, each with its name at the left and its note in the right gutter."""
    for strip, row in zip(chart.strips, at.rows, strict=True):
        middle = QRectF(0, row.top, at.left - 12 * at.scale, 20 * at.scale)
        _text(p, ink, middle, strip.label, "text-3", RIGHT)
        p.setPen(ink.pen("line"))
        if strip is not chart.strips[-1]:
            y = int(row.top + row.height - 2 * at.scale) + 0.5
            p.drawLine(QPointF(at.left, y), QPointF(at.right, y))
        # what ran beside what repeats the bars below (which have keys): no second box for it
        told = bool(strip.bars) and not any(bar.key for bar in strip.bars) and any(b.token == "bar" for b in strip.bars)
        for bar in strip.bars:
            (_run if told else _bar)(p, bar, row, at, ink)
        _marks(p, strip, row, at, ink)
        if strip.note:
            _note(p, chart, strip, row, at, ink)


def _text(p: QPainter, ink: Ink, box: QRectF, text: str, token: str, flags: Qt.AlignmentFlag = LEFT) -> float:
    p.setFont(ink.small)
    p.setPen(ink.color(token))
    if ink.metrics.horizontalAdvance(text) > box.width():
        text = ink.metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    p.drawText(box, flags | Qt.TextFlag.TextSingleLine, text)
    return ink.metrics.horizontalAdvance(text)


def bar_box(bar: Bar, row: Row, at: Frame) -> QRectF | None:
    """The rectangle of a bar, on whole pixels; None outside the shown days."""
    box = at.clip(bar.start, bar.end)
    if box is None:
        return None
    low, high = int(box[0]) + 0.5, int(box[1]) - 0.5
    return QRectF(low, int(row.lane_top(bar.lane)) + 0.5, max(high - low, 3.0), round(16 * at.scale))


def _bar(p: QPainter, bar: Bar, row: Row, at: Frame, ink: Ink) -> None:
    box = bar_box(bar, row, at)
    if box is None:
        return
    p.setPen(ink.pen(ink.solid(bar.token)))
    p.setBrush(ink.fill(bar.token, bar.pattern))
    cut = bar.open_start or bar.start.toordinal() < at.first
    p.drawPath(_outline(box, cut, bar.open_end))
    inside = box.adjusted(6, 0, -9 if bar.open_end else -4, 0)
    wide = ink.metrics.horizontalAdvance(bar.label)
    least = 60 * at.scale if bar.pattern == "none" else inside.width() + 1  # a pattern says it, half a word does not
    if not bar.label or (wide > inside.width() and inside.width() < least):
        return
    width = min(wide, inside.width())
    if bar.pattern != "none":
        p.fillRect(QRectF(inside.left() - 2, box.top() + 1.5, width + 4, box.height() - 3), ink.color(bar.token))
    _text(p, ink, inside, bar.label, "bar-text" if bar.token == "bar" else "text")


def _run(p: QPainter, bar: Bar, row: Row, at: Frame, ink: Ink) -> None:
    """A stretch of one combination: its words over a line that begins with a tick; a thin line where nothing ran."""
    box = bar_box(bar, row, at)
    if box is None:
        return
    ran = bar.pattern == "none"
    foot = box.bottom()
    p.setPen(ink.pen(ink.solid("bar") if ran else "line-2", 2 if ran else 1))
    p.drawLine(QPointF(box.left() + 1, foot), QPointF(box.right() - 1, foot))
    if not ran:
        return
    if not bar.open_start and bar.start.toordinal() >= at.first:
        p.drawLine(QPointF(box.left() + 1, foot), QPointF(box.left() + 1, foot - 6 * at.scale))
    room = box.adjusted(6, -1, -2, -1)
    fitting = (text for text in (bar.label, bar.short) if ink.metrics.horizontalAdvance(text) <= room.width())
    text = next(fitting, "")
    _ground(p, ink, room.adjusted(0, 2, 0, -2), text)
    _text(p, ink, room, text, "text-2")


def _ground(p: QPainter, ink: Ink, box: QRectF, text: str) -> None:
    """The ground again where words will stand: the line of a new year does not go through them."""
    if text:
        wide = min(ink.metrics.horizontalAdvance(text), box.width())
        p.fillRect(QRectF(box.left() - 1, box.top(), wide + 2, box.height()), ink.color("bg"))


def _outline(box: QRectF, torn: bool, arrow: bool) -> QPainterPath:
    """A bar: rounded, torn at the left where it began before the axis, pointed at the right while it runs."""
    path = QPainterPath()
    if not torn and not arrow:
        path.addRoundedRect(box, 2, 2)
        return path
    left, right, top, bottom = box.left(), box.right(), box.top(), box.bottom()
    point = min(5.0, box.width() / 2) if arrow else 0.0
    edge = [QPointF(left, top), QPointF(right - point, top)]
    edge += [QPointF(right, box.center().y())] if arrow else []
    edge += [QPointF(right - point, bottom), QPointF(left, bottom)]
    if torn:
        step = box.height() / 4
        edge += [QPointF(left + (3 if n % 2 else 0), bottom - n * step) for n in range(1, 4)]
    path.addPolygon(QPolygonF(edge))
    path.closeSubpath()
    return path


def _marks(p: QPainter, strip: Strip, row: Row, at: Frame, ink: Ink) -> None:
    shown = [mark for mark in strip.marks if at.shows(mark.day)]
    if not shown:
        return
    y = row.top + row.height / 2 - at.scale
    beside = 9 * at.scale
    edges = [at.x(mark.day) + beside for mark in shown]
    labels = mark_labels(shown, edges, at.right + beside, lambda text: ink.metrics.horizontalAdvance(text) + 2 * beside)
    for mark, edge, text in zip(shown, edges, labels, strict=True):
        _symbol(p, mark, edge - beside, y, ink)
        if text:
            box = QRectF(edge, y - 10 * at.scale, at.width, 20 * at.scale)
            _ground(p, ink, box.adjusted(0, 3 * at.scale, 0, -3 * at.scale), text)
            _text(p, ink, box, text, "text-2")


def _symbol(p: QPainter, mark: Mark, x: float, y: float, ink: Ink) -> None:
    r = _RADIUS * min(ink.scale, 1.5)
    if mark.symbol == "cross":
        p.setPen(ink.pen("text-2", 1.5))
        p.drawLine(QPointF(x - r * 0.9, y - r * 0.9), QPointF(x + r * 0.9, y + r * 0.9))
        p.drawLine(QPointF(x - r * 0.9, y + r * 0.9), QPointF(x + r * 0.9, y - r * 0.9))
    elif mark.symbol == "diamond":
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(ink.color("text"))
        d = r * 1.25
        p.drawPolygon(QPolygonF([QPointF(x, y - d), QPointF(x + d, y), QPointF(x, y + d), QPointF(x - d, y)]))
    else:
        ring = mark.symbol == "ring"
        p.setPen(ink.pen("text-2", 1.5) if ring else Qt.PenStyle.NoPen)
        p.setBrush(ink.color("bg" if ring else "text-2"))
        p.drawEllipse(QPointF(x, y), r, r)


def _note(p: QPainter, chart: Chart, strip: Strip, row: Row, at: Frame, ink: Ink) -> None:
    edge = at.right + 8 * at.scale
    y = row.top + row.height / 2 - at.scale
    box = QRectF(edge, y - 10 * at.scale, at.width - edge, 20 * at.scale)
    decided = not strip.marks or any(mark.symbol == "diamond" for mark in strip.marks)
    if strip is not chart.strips[-1] or not decided:  # only the strip of decisions tells of an open attention point
        _text(p, ink, box, strip.note, "text-3")
        return
    token = ink.text(chart.bracket.token) if chart.bracket else "text-2"
    p.setPen(ink.pen(token, 1.6))
    p.setBrush(Qt.BrushStyle.NoBrush)
    s = at.scale
    flag = [(3.0, -6.0), (11.0, -6.0), (9.0, -3.0), (11.0, 0.0), (3.0, 0.0)]
    p.drawLine(QPointF(edge + 3 * s, y - 6 * s), QPointF(edge + 3 * s, y + 6 * s))
    p.drawPolyline(QPolygonF([QPointF(edge + dx * s, y + dy * s) for dx, dy in flag]))
    p.setFont(ink.bold)
    p.setPen(ink.color(token))
    p.drawText(box.adjusted(16 * s, 0, 0, 0), LEFT | Qt.TextFlag.TextSingleLine, strip.note)


def hit(chart: Chart, at: Frame, x: float, y: float) -> Hit | None:
    """What bar or mark lies under a point, marks with a tolerance of a finger's width (12 px)."""
    for strip, row in zip(chart.strips, at.rows, strict=True):
        if not row.top <= y < row.top + row.height:
            continue
        marks = [(abs(at.x(mark.day) - x), mark) for mark in strip.marks if at.shows(mark.day)]
        near = min(marks, key=lambda m: m[0], default=None)
        if near and near[0] <= 12:
            return Hit(near[1].text, "")
        for bar in strip.bars:
            box = bar_box(bar, row, at)
            if box and box.adjusted(0, -2, 0, 2).contains(QPointF(x, y)):
                return Hit(bar.text or bar.label, bar.key)
    return None
