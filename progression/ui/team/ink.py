"""Where everything of a picture of *Team* goes at a width: bars, upright or lying, and dots. Nothing of widgets."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from progression.charts.bars import Bar, Bars, Dot, Dots, spread
from progression.ui.team import intervals as team_intervals
from progression.ui.team.canvas import GAP, NARROW, Drawing
from progression.ui.timeline.ink import Ink

if TYPE_CHECKING:
    from progression.charts.combinations import Intervals

PLOT = 250  # px at 100 %: height of upright bars


def drawing(chart: Bars | Dots | Intervals, ink: Ink, width: float) -> Drawing:
    """Lay out a picture at a width."""
    made = Drawing(ink, width)
    if isinstance(chart, Dots):
        _dots(made, chart)
    elif not isinstance(chart, Bars):
        team_intervals.lay(made, chart)
    elif chart.upright:
        _upright(made, chart)
    else:
        _lying(made, chart)
    return made


# upright


def _upright(d: Drawing, chart: Bars) -> None:
    """Bars over the months: axis at the left, names of the layers at the right of the last one."""
    line, plot = d.ink.line, d.px(PLOT)
    top = line + d.px(6)
    left = max((d.wide(label) for _value, label in chart.ticks), default=0.0) + d.px(GAP)
    gutter = max((d.wide(layer.end) for layer in chart.layers), default=0.0) + d.px(14)
    beside = gutter <= 0.4 * d.width  # else the names stand below, each with its pattern
    right = d.width - (gutter if beside else 1.0)
    bottom = top + plot

    def y(value: float) -> float:
        return bottom - plot * value / chart.top

    for value, label in chart.ticks:
        d.line(left, y(value), right, y(value), "line-2" if value == 0 else "line")
        box = QRectF(0, y(value) - line / 2, left - d.px(GAP), line)
        d.write(box, label, "text-3", right=True)
    slot = (right - left) / max(len(chart.bars), 1)
    wide = min(slot * 0.76, d.px(64))
    widest = max((d.wide(bar.label) for bar in chart.bars), default=0.0) + d.px(6)
    stride = next((n for n in (1, 2, 3, 4, 6) if n * slot >= widest), 12)
    for n, bar in enumerate(chart.bars):
        x = left + n * slot + slot * 0.12
        _column(d, chart, n, QRectF(x, top, wide, plot), y)
        if (len(chart.bars) - 1 - n) % stride == 0:  # counted from the latest month, which always has its name
            name, centre = d.wide(bar.label), x + wide / 2
            d.write(QRectF(centre - name / 2 - 1, bottom + d.px(4), name + 2, line), bar.label, "text-3", centre=True)
    d.height = bottom + d.px(4) + line + 2
    if beside:
        _ends(d, chart, right + d.px(8), y, bottom)
    else:
        _below(d, chart)


def _column(d: Drawing, chart: Bars, n: int, room: QRectF, y: Callable[[float], float]) -> None:
    bar, at = chart.bars[n], 0.0
    for k, part in enumerate(bar.parts):
        layer, value = chart.layer(part.layer), part.value or 0.0
        box = QRectF(room.left(), y(at + value), room.width(), y(at) - y(at + value))
        if value:
            d.fill(box, layer.token, layer.edge, layer.pattern)
        d.boxes[n, k] = box
        d.areas[n, k] = QRectF(room.left(), box.top() - 4, room.width(), box.height() + 8)
        at += value
    if bar.figure:
        wide = d.wide(bar.figure, d.ink.bold)
        box = QRectF(room.center().x() - wide / 2 - 1, y(at) - d.ink.line - 2, wide + 2, d.ink.line)
        d.write(box, bar.figure, "text", font=d.ink.bold, centre=True)


def _below(d: Drawing, chart: Bars) -> None:
    for layer in chart.layers:
        room = d.width - d.px(20)
        high = d.high(layer.end, room)
        d.fill(QRectF(0, d.height + d.px(3), d.px(10), d.px(10)), layer.token, layer.edge, layer.pattern)
        d.write(QRectF(d.px(18), d.height, room, high), layer.end, "text", wrap=True)
        d.height += high + d.px(2)


def _ends(d: Drawing, chart: Bars, x: float, y: Callable[[float], float], bottom: float) -> None:
    """The names of the layers beside the last bar, apart from each other, the lowest first."""
    if not chart.bars:
        return
    at, middles = 0.0, []
    for part in chart.bars[-1].parts:
        value = part.value or 0.0
        middles.append(y(at + value / 2))
        at += value
    half = d.ink.line / 2
    for layer, place in zip(chart.layers, spread(middles, d.ink.line + 1, half, bottom - half + 4), strict=True):
        d.write(QRectF(x, place - half, d.width - x, d.ink.line), layer.end, "text")


# lying


def _lying(d: Drawing, chart: Bars) -> None:
    """A bar a row: its name, the bar, and a number for each layer under the layer's name."""
    if not chart.bars:
        d.height = d.ink.line
        return
    line = d.ink.line
    numbers = [
        max([d.wide(layer.name) + d.px(18), *(d.wide(bar.numbers[n], d.ink.bold) for bar in chart.bars)]) + d.px(14)
        for n, layer in enumerate(chart.layers)
    ]
    narrow = d.width < d.px(NARROW)
    names = ceil(max(d.wide(bar.label) for bar in chart.bars)) + 1 + d.px(GAP)  # a fraction less, and it would wrap
    left = 0.0 if narrow else min(names, 0.34 * d.width)
    right = d.width - sum(numbers)
    if right - left < d.px(60):  # no room beside the bar: the numbers stand in the row of the name
        right = d.width
    x = d.width - sum(numbers)
    for layer, wide in zip(chart.layers, numbers, strict=True):
        name = d.wide(layer.name)
        d.fill(QRectF(x + wide - name - d.px(16), 3, d.px(10), d.px(10)), layer.token, layer.edge, layer.pattern)
        d.write(QRectF(x + wide - name - 1, 0, name + 1, line), layer.name, "text-3", right=True)
        x += wide
    top = line + d.px(4)
    for n, bar in enumerate(chart.bars):
        top = _row(d, chart, n, bar, top, left, right, numbers)
    d.height = top + 2


def _row(
    d: Drawing, chart: Bars, n: int, bar: Bar, top: float, left: float, right: float, numbers: list[float]
) -> float:
    """One row; returns where the next begins."""
    line = d.ink.line
    room = left - d.px(GAP) if left else d.width - sum(numbers) - d.px(GAP)
    name = d.high(bar.label, room)
    d.write(QRectF(0, top + d.px(7), room, name), bar.label, "text", wrap=True)
    above = right >= d.width  # the numbers stand with the name, over the bar
    start = top + d.px(7) + (name + d.px(4) if not left else max(0.0, (name - line) / 2))
    level = top + d.px(7) + (name - line) / 2 if above or not left else start
    strip = QRectF(left, start - d.px(2), right - left, line + d.px(4))
    at = 0.0
    for k, part in enumerate(bar.parts):
        layer, value = chart.layer(part.layer), part.value or 0.0
        box = QRectF(strip.left() + strip.width() * at, strip.top(), strip.width() * value, strip.height())
        if value:
            d.fill(box, layer.token, layer.edge, layer.pattern)
        d.boxes[n, k] = box
        at += value
    if bar.figure and d.wide(bar.figure) + d.px(12) <= strip.width() * (bar.parts[0].value or 0.0):
        d.write(strip.adjusted(d.px(7), 0, 0, 0), bar.figure, "bar-text")
    x = d.width - sum(numbers)
    for k, (number, wide) in enumerate(zip(bar.numbers, numbers, strict=True)):
        strong = k > 0 and number not in ("0", "–")
        cell = QRectF(x, level, wide, line)
        d.write(cell, number, "text" if strong else "text-2", font=d.ink.medium if strong else None, right=True)
        d.areas[n, k] = cell
        x += wide
    bottom = max(strip.bottom(), top + d.px(7) + name) + d.px(5)
    d.line(0, bottom, d.width, bottom)
    return bottom


# dots


def _dots(d: Drawing, chart: Dots) -> None:
    """A row each: its name, and a mark on the axis with its figure, before the norm."""
    if not chart.rows:
        d.height = d.ink.line
        return
    line = d.ink.line
    names = max(d.wide(row.label) for row in chart.rows) + d.px(12)
    left = min(names, 0.4 * d.width)
    tail = max(d.wide(row.figure, d.ink.medium) for row in chart.rows) + d.px(14)
    right = max(d.width - min(tail, 0.3 * d.width) * 0.5, left + d.px(40))

    def x(value: float) -> float:
        return left + chart.share(value) * (right - left - d.px(10)) + d.px(5)

    rows, top = [], line + d.px(4)
    for row in chart.rows:
        high = max(d.high(row.label, left - d.px(10)) + d.px(10), d.px(26))
        rows.append((row, top, high))
        top += high
    for row, start, high in rows:
        if row.low is not None and row.high is not None:
            pad = d.px(4) if row.low == row.high else 0.0
            d.fill(QRectF(x(row.low) - pad, start, x(row.high) - x(row.low) + 2 * pad, high), "bg-3")
            for end in {row.low, row.high}:
                d.line(x(end), start, x(end), start + high, "line-2")
    _axis(d, chart, x, top)
    for n, (row, start, high) in enumerate(rows):
        _mark(d, n, row, start, high, left, x)
    d.height = top + 2


def _axis(d: Drawing, chart: Dots, x: Callable[[float], float], bottom: float) -> None:
    line, free = d.ink.line, -1.0
    shown: list[tuple[float, float]] = []
    for value, label in chart.ticks:
        d.line(x(value), line + d.px(4), x(value), bottom)
        wide = d.wide(label)
        at = min(x(value) - wide / 2, d.width - wide)
        if at >= free:
            d.write(QRectF(at - 1, 0, wide + 2, line), label, "text-3", centre=True)
            shown.append((at, at + wide))
            free = at + wide + d.px(6)
    normed = [(row.low, row.high) for row in chart.rows if row.low is not None and row.high is not None]
    if chart.band and normed and len(set(normed)) == 1:
        centre, wide = (x(normed[0][0]) + x(normed[0][1])) / 2, d.wide(chart.band)
        box = QRectF(centre - wide / 2, 0, wide, line)
        if all(box.right() + 3 < first or last + 3 < box.left() for first, last in shown):
            d.write(box.adjusted(-1, 0, 1, 0), chart.band, "text-3", centre=True)


def _mark(d: Drawing, n: int, row: Dot, top: float, high: float, left: float, x: Callable[[float], float]) -> None:
    middle = top + high / 2
    d.write(QRectF(0, top, left - d.px(10), high), row.label, "text", wrap=True)
    font = d.ink.medium if row.strong else d.ink.small
    wide = d.wide(row.figure, font)
    place = x(row.value) if row.value is not None else left
    start = place + d.px(10)
    if start + wide > d.width:
        start = max(place - d.px(10) - wide, left - d.px(8))
    words = QRectF(start - 2, middle - d.ink.line / 2, wide + 4, d.ink.line)
    d.fill(words, "bg")  # no line runs through the words
    if row.low is not None and row.high is not None:
        norm = QRectF(x(row.low), top, x(row.high) - x(row.low), high)
        d.fill(words.intersected(norm), "bg-3")  # and the norm goes on behind them
    d.write(QRectF(start, top, wide + 2, high), row.figure, "text", font=font)
    if row.value is not None:
        d.dot(row, place, middle)
    size = d.px(6)
    d.boxes[n, 0] = QRectF(place - size, middle - size, 2 * size, 2 * size)
    d.areas[n, 0] = QRectF(0, top, d.width, high)
    d.line(0, top + high, d.width, top + high)
