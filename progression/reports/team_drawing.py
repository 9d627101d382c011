"""The pictures of a team as vectors: stacked bars, upright or lying, and intervals beside combinations.

The same descriptions the window draws; each figure carries the description's words as its alternative text.
"""

from __future__ import annotations

from itertools import pairwise

from progression.charts.bars import Bar, Bars, spread
from progression.charts.combinations import Interval, Intervals
from progression.charts.layout import shorten
from progression.reports import flow
from progression.reports.ink import Ink, measure
from progression.reports.styles import WIDTH

LINE = 10.0  # a line of chart text
PLOT = 118.0  # height of upright bars
ROW = 17.0  # a lying bar, or an interval
HEAD = 15.0  # names of layers, or the axis, over the rows
SWATCH = 6.5
NAMES = 0.36  # of the width, at most, for the names of rows


class UprightFigure(flow.Figure):
    """Bars over the months; the names of the layers stand beside the last one."""

    def __init__(self, chart: Bars, width: float = WIDTH) -> None:
        super().__init__(chart.alt, width, PLOT + 2 * LINE + 8)
        self.chart = chart

    def draw(self) -> None:
        """Draw from back to front."""
        ink, chart = Ink(self.canv), self.chart
        self._left = max((measure(label) for _, label in chart.ticks), default=0.0) + 7
        self._right = self.width - max((measure(layer.end) for layer in chart.layers), default=0.0) - 9
        for value, label in chart.ticks:
            y = self._y(value)
            ink.line([(self._left, y), (self._right, y)], "line-2" if value == 0 else "line")
            ink.text((self._left - 5, y - 2.8), label, align="right")
        slot = (self._right - self._left) / max(len(chart.bars), 1)
        widest = max((measure(bar.label) for bar in chart.bars), default=0.0) + 4
        stride = next((n for n in (1, 2, 3, 4, 6) if n * slot >= widest), 12)
        for n, bar in enumerate(chart.bars):
            middle = self._left + (n + 0.5) * slot
            self._column(ink, bar, middle, min(slot * 0.76, 26.0))
            if (len(chart.bars) - 1 - n) % stride == 0:  # counted from the latest month, which always has its name
                ink.text((middle, 1.5), bar.label, align="middle")
        self._ends(ink)

    def _y(self, value: float) -> float:
        return LINE + 3 + PLOT * value / self.chart.top

    def _column(self, ink: Ink, bar: Bar, middle: float, wide: float) -> None:
        at = 0.0
        for part in bar.parts:
            layer, value = self.chart.layer(part.layer), part.value or 0.0
            if value:
                box = (middle - wide / 2, self._y(at), wide, self._y(at + value) - self._y(at))
                ink.box(box, layer.token, layer.edge, layer.pattern, f"{layer.token}-line")
            at += value
        ink.text((middle, self._y(at) + 3), bar.figure, "text", align="middle", strong=True, ground="bg")

    def _ends(self, ink: Ink) -> None:
        """The names beside the last bar, apart from each other, the lowest first."""
        if not self.chart.bars:
            return
        at, middles, ends = 0.0, list[float](), list[str]()
        for part in self.chart.bars[-1].parts:
            value = part.value or 0.0
            ends.append(self.chart.layer(part.layer).end)
            middles.append(self._y(at + value / 2))
            at += value
        # `spread` counts from the greatest down; the lowest layer comes first here
        places = spread([-y for y in middles], LINE, -(LINE + PLOT), -(LINE + 4.0))
        for end, place in zip(ends, places, strict=True):
            ink.text((self._right + 6, -place - 2.8), end, "text")


class LyingFigure(flow.Figure):
    """A bar a row: its name, the bar, and a number for each layer under the layer's name."""

    def __init__(self, chart: Bars, width: float = WIDTH) -> None:
        super().__init__(chart.alt, width, HEAD + len(chart.bars) * ROW + 1)
        self.chart = chart

    def draw(self) -> None:
        """Draw from back to front."""
        ink, chart = Ink(self.canv), self.chart
        columns = [
            max([measure(layer.name) + SWATCH + 5, *(measure(bar.numbers[n], strong=True) for bar in chart.bars)]) + 12
            for n, layer in enumerate(chart.layers)
        ]
        names = max((measure(bar.label) for bar in chart.bars), default=0.0) + 8
        left, right = min(names, NAMES * self.width), self.width - sum(columns)
        x = right
        for layer, wide in zip(chart.layers, columns, strict=True):
            x += wide
            name = x - measure(layer.name)
            box = (name - SWATCH - 3.5, self.height - 9.4, SWATCH, SWATCH)
            ink.box(box, layer.token, layer.edge, layer.pattern, f"{layer.token}-line")
            ink.text((x, self.height - 9), layer.name, align="right")
        for n, bar in enumerate(chart.bars):
            self._row(ink, bar, self.height - HEAD - (n + 1) * ROW, (left, right), columns)

    def _row(self, ink: Ink, bar: Bar, bottom: float, ends: tuple[float, float], columns: list[float]) -> None:
        (left, right), base = ends, bottom + 5.4
        ink.line([(0, bottom), (self.width, bottom)], "line")
        ink.text((0, base), shorten(bar.label, left - 8, measure), "text")
        at = 0.0
        for part in bar.parts:
            layer, value = self.chart.layer(part.layer), part.value or 0.0
            if value:
                box = (left + (right - left) * at, bottom + 2.6, (right - left) * value, ROW - 5.2)
                ink.box(box, layer.token, layer.edge, layer.pattern, f"{layer.token}-line")
            at += value
        first = (bar.parts[0].value or 0.0) * (right - left)
        if bar.figure and measure(bar.figure) + 8 <= first:
            ink.text((left + 4, base), bar.figure, "bar-text")
        x = right
        for k, (number, wide) in enumerate(zip(bar.numbers, columns, strict=True)):
            x += wide
            strong = k > 0 and number not in ("0", "–")
            ink.text((x, base), number, "text" if strong else "text-2", align="right", strong=strong)


class IntervalsFigure(flow.Figure):
    """A row for each combination: its name, mean and interval on the axis, and the figures they stand on."""

    def __init__(self, chart: Intervals, width: float = WIDTH) -> None:
        super().__init__(chart.alt, width, HEAD + len(chart.rows) * ROW + 1)
        self.chart = chart

    def draw(self) -> None:
        """Draw from back to front."""
        ink, chart = Ink(self.canv), self.chart
        figures = [row.figure for row in chart.rows if row.value is not None]
        columns = [max([measure(text) for text in figures], default=0.0) + 8]
        columns += [
            max([measure(head), *(measure(row.numbers[n]) for row in chart.rows)]) + 10
            for n, head in enumerate(chart.heads)
        ]
        names = max((measure(row.label) for row in chart.rows), default=0.0) + 12
        self._left = min(names, NAMES * self.width)
        self._right = self.width - sum(columns) - 8
        bottom = self.height - HEAD - len(chart.rows) * ROW
        for value, label in self._ticks():
            ink.line(
                [(self._x(value), bottom), (self._x(value), self.height - HEAD)], "line-2" if not value else "line"
            )
            ink.text((self._x(value), self.height - 9), label, align="middle")
        x = self._right + 8 + columns[0]
        for head, wide in zip(chart.heads, columns[1:], strict=True):
            x += wide
            ink.text((x, self.height - 9), head, align="right")
        for n, row in enumerate(chart.rows):
            self._row(ink, row, self.height - HEAD - (n + 1) * ROW, columns)

    def _ticks(self) -> list[tuple[float, str]]:
        """The ticks whose labels have room; 0 always has."""
        ticks = list(self.chart.ticks)
        apart = min((self._x(b[0]) - self._x(a[0]) for a, b in pairwise(ticks)), default=99.0)
        wide = max((measure(label) for _, label in ticks), default=0.0) + 5
        stride = next((n for n in (1, 2, 3) if n * apart >= wide), 4)
        zero = next((n for n, (value, _) in enumerate(ticks) if not value), 0)
        return [tick for n, tick in enumerate(ticks) if (n - zero) % stride == 0]

    def _x(self, value: float) -> float:
        return self._left + self.chart.share(value) * (self._right - self._left)

    def _row(self, ink: Ink, row: Interval, bottom: float, columns: list[float]) -> None:
        base, middle = bottom + 5.4, bottom + ROW / 2
        ink.line([(0, bottom), (self.width, bottom)], "line")
        ink.text((0, base), shorten(row.label, self._left - 8, measure), "text")
        if row.value is None or row.low is None or row.high is None:
            wide = measure(row.figure) + 10
            centre = (self._left + self._right) / 2
            for left, right in ((self._left, centre - wide / 2), (centre + wide / 2, self._right)):
                if right - left > 4:
                    ink.box((left, bottom + 3.5, right - left, ROW - 7), "passive", "", "hatch", "passive-line")
            ink.text((centre, base), row.figure, "text-2", align="middle", ground="bg")
            return
        low, high = self._x(row.low), self._x(row.high)
        ink.line([(low, middle), (high, middle)], "text-2", 0.9)
        for end in (low, high):
            ink.line([(end, middle - 2.6), (end, middle + 2.6)], "text-2", 0.9)
        ink.marker((self._x(row.value), middle), "circle", "cw", filled=row.filled, radius=3.2)
        ink.text((self._right + 8, base), row.figure, "text")
        x = self._right + 8 + columns[0]
        for number, wide in zip(row.numbers, columns[1:], strict=True):
            x += wide
            ink.text((x, base), number, "text-2", align="right")
