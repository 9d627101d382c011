"""Where the picture of combinations goes at a width: a row each with its name, mean and interval, and what they rest
on. Nothing of widgets."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from progression.ui.team.canvas import GAP, NARROW, Drawing
from progression.ui.timeline.ink import marker_colors, marker_path

if TYPE_CHECKING:
    from progression.charts.combinations import Interval, Intervals

NAMES = 0.34  # of the width, at most, for the names of rows
ROW = 29  # px at 100 %


class _Columns:
    """Where the columns are: names up to `left`, the axis up to `right`, then the numbers."""

    def __init__(self, d: Drawing, chart: Intervals) -> None:
        self.d, self.chart = d, chart
        self.numbers = [
            max([d.wide(head), *(d.wide(row.numbers[n]) for row in chart.rows)]) + d.px(16)
            for n, head in enumerate(chart.heads)
        ]
        self.narrow = d.width < d.px(NARROW)
        names = max(d.wide(row.label) for row in chart.rows) + d.px(14)
        pad = max((d.wide(label) for _value, label in chart.ticks), default=0.0) / 2
        self.left = pad if self.narrow else min(names, NAMES * d.width) + pad
        self.right = d.width - (pad if self.narrow else sum(self.numbers) + pad)
        self.names = d.width - sum(self.numbers) - d.px(GAP) if self.narrow else self.left - pad - d.px(GAP)

    def x(self, value: float) -> float:
        """Where a value is."""
        return self.left + self.chart.share(value) * (self.right - self.left)

    def reason(self, row: Interval) -> float:
        """How high the words are that say why there is no figure: they have the axis and what is right of it."""
        return self.d.high(row.figure, self.d.width - self.left)

    def ticks(self) -> list[tuple[float, str]]:
        """The ticks whose labels have room; 0 always has."""
        ticks = list(self.chart.ticks)
        apart = min((self.x(b[0]) - self.x(a[0]) for a, b in pairwise(ticks)), default=self.d.width)
        wide = max((self.d.wide(label) for _value, label in ticks), default=0.0) + self.d.px(8)
        stride = next((n for n in (1, 2, 3) if n * apart >= wide), 4)
        zero = next((n for n, (value, _label) in enumerate(ticks) if not value), 0)
        return [tick for n, tick in enumerate(ticks) if (n - zero) % stride == 0]


def lay(d: Drawing, chart: Intervals) -> None:
    """Lay out the whole picture."""
    line = d.ink.line
    if not chart.rows:
        d.height = line
        return
    at = _Columns(d, chart)
    heights = [_high(d, at, row) for row in chart.rows]
    top = line + d.px(6) if not at.narrow else 2 * line + d.px(8)
    bottom = top + sum(heights)
    for value, label in at.ticks():
        d.line(at.x(value), top, at.x(value), bottom, "line" if value else "text-3")
        wide = d.wide(label)
        d.write(
            QRectF(at.x(value) - wide / 2 - 1, 0 if not at.narrow else line, wide + 2, line),
            label,
            "text-3",
            centre=True,
        )
    x = d.width - sum(at.numbers)
    for head, wide in zip(chart.heads, at.numbers, strict=True):
        d.write(QRectF(x, 0, wide, line), head, "text-3", right=True)
        x += wide
    y = top
    for n, (row, high) in enumerate(zip(chart.rows, heights, strict=True)):
        _row(d, at, n, row, QRectF(0, y, d.width, high))
        y += high
    d.height = bottom + 2


def _high(d: Drawing, at: _Columns, row: Interval) -> float:
    name = d.high(row.label, at.names)
    told = at.reason(row) if row.value is None else d.ink.line
    if at.narrow:
        return name + told + d.px(16)
    return max(name + d.px(10), told + d.px(10), d.px(ROW))


def _row(d: Drawing, at: _Columns, n: int, row: Interval, room: QRectF) -> None:
    """A row; where it is narrow the axis is below the name and its numbers."""
    name = d.high(row.label, at.names)
    words = (
        QRectF(0, room.top() + d.px(5), at.names, name) if at.narrow else QRectF(0, room.top(), at.names, room.height())
    )
    if at.narrow:
        above = 1 if n else -d.px(6)
        # no line of the axis runs through the words
        d.fill(QRectF(0, room.top() + above, d.width, name + d.px(7) - above), "bg")
    d.write(words, row.label, "text", wrap=True)
    told = at.reason(row) if row.value is None else d.ink.line
    middle = room.bottom() - d.px(6) - told / 2 if at.narrow else room.center().y()
    if row.value is None or row.low is None or row.high is None:
        _withheld(d, at, n, row, middle)
    else:
        _interval(d, at, n, row, middle)
        x = d.width - sum(at.numbers)
        for number, wide in zip(row.numbers, at.numbers, strict=True):
            d.write(QRectF(x, words.top(), wide, words.height()), number, "text", right=True)
            x += wide
    d.areas[n, 0] = room
    d.line(0, room.bottom(), d.width, room.bottom())


def _withheld(d: Drawing, at: _Columns, n: int, row: Interval, middle: float) -> None:
    """Why there is no figure, between hatched pieces: nothing of it is in the picture."""
    wide, line, high = min(d.wide(row.figure) + 2, d.width - at.left), d.ink.line, at.reason(row)
    centre = (at.left + at.right) / 2
    start = min(max(centre - wide / 2, at.left), d.width - wide)
    for first, last in ((at.left, start - d.px(8)), (start + wide + d.px(8), at.right)):
        if last - first > d.px(6):
            d.fill(QRectF(first, middle - line / 2, last - first, line), "passive", "", "hatch")
    box = QRectF(start, middle - high / 2, wide, high)
    d.fill(box.adjusted(-2, 0, 2, 0), "bg")
    d.write(box, row.figure, "text-2", wrap=True)
    d.boxes[n, 0] = box


def _interval(d: Drawing, at: _Columns, n: int, row: Interval, middle: float) -> None:
    assert row.value is not None and row.low is not None and row.high is not None
    low, high, cap = at.x(row.low), at.x(row.high), d.px(5)
    for x1, y1, x2, y2 in (
        (low, middle, high, middle),
        (low, middle - cap, low, middle + cap),
        (high, middle - cap, high, middle + cap),
    ):
        d.line(x1, y1, x2, y2, "text-2")
    value = at.x(row.value)

    def mark(p: QPainter) -> None:
        pen, brush = marker_colors(d.ink, "cw", row.filled)
        p.setPen(pen)
        p.setBrush(brush)
        p.drawPath(marker_path("circle", d.px(5.5)).translated(value, middle))

    d.act(mark)
    d.boxes[n, 0] = QRectF(low - 2, middle - d.px(7), high - low + 4, d.px(14))
