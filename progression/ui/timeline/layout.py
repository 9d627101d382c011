"""Where everything on a timeline stands, in pixels: pure arithmetic on a chart and the sizes of its texts.

Reading order from the top: caseworker lane, plot, date axis, strips. The plot lies between a left gutter (step words,
names of strips) and a right gutter (labels at line ends, notes of strips). x is linear in days, y linear in steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from progression.charts.layout import Measure, value_range
from progression.charts.model import Chart
from progression.ui.timeline.window import cut
from progression.words import Words

INSET = 8.0  # between the plot's left edge and its first day, so that no marker is cut
MIN_PLOT, PLOT, STRETCH = 170.0, 256.0, 140.0  # height of the plot at 100 % text: least, wanted, at most so much more


@dataclass(frozen=True, slots=True)
class Row:
    """One strip: its top and height, and the height of one of its lanes."""

    top: float
    height: float
    lane: float

    def lane_top(self, index: int) -> float:
        """The top of a bar in this lane (the bar is `lane` - 2 high)."""
        return self.top + 2 + index * self.lane


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's rectangle and the strips' rows. `first`..`last` are the days shown, as ordinals."""

    left: float
    right: float
    top: float
    bottom: float
    width: float
    height: float
    scale: float
    lane_text: float
    lane_line: float
    axis_text: float
    rows: tuple[Row, ...]
    first: int
    last: int
    low: float
    high: float

    @property
    def days_width(self) -> float:
        """Pixels from the first to the last day."""
        return self.right - self.left - INSET

    def along(self, fraction: float) -> float:
        """Pixels from the left for a share of the days shown."""
        return self.left + INSET + fraction * self.days_width

    @property
    def per_day(self) -> float:
        """Pixels for one day."""
        return self.days_width / max(1, self.last - self.first)

    def x(self, day: date) -> float:
        """Pixels from the left for a date (dates outside the shown days give positions outside the plot)."""
        return self.left + INSET + (day.toordinal() - self.first) * self.per_day

    def y(self, value: float) -> float:
        """Pixels from the top for a step."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def shows(self, day: date) -> bool:
        """Whether the date lies within the shown days."""
        return self.first <= day.toordinal() <= self.last

    def clip(self, start: date, end: date) -> tuple[float, float] | None:
        """The pixels from the start of one day to the end of another, cut to the plot; None when outside."""
        low = max(self.x(start), self.left + INSET)
        high = min(self.x(end) + self.per_day, self.right)
        return (low, high) if high > low else None

    def day_range(self) -> tuple[float, float]:
        """The ordinals at the plot's left and right edges, for a linear view."""
        return self.first - INSET / self.per_day, float(self.last)


def last_year(chart: Chart, words: Words) -> Chart:
    """The same chart from a year before today on, with months on its axis; the chart itself when it is shorter."""
    start = chart.today - timedelta(days=366)
    return cut(chart, start, chart.end, words) if start > chart.start else chart


def frame(chart: Chart, width: float, height: float, line: float, measure: Measure) -> Frame:
    """Lay a chart out over a width and height in pixels; `line` is the height of one line of small text.

    The plot takes what height is left after lane, axis and strips, but never less than MIN_PLOT at this text size.
    """
    scale = line / 16
    left = gutter_left(chart, width, scale, measure)
    right = width - gutter_right(chart, width, scale, measure)
    top = 28 * scale
    rows_height = sum(row_height(strip.lanes, scale) for strip in chart.strips)
    bottom = max(top + MIN_PLOT * scale, height - rows_height - 28 * scale)
    rows, at = [], bottom + 26 * scale
    for strip in chart.strips:
        rows.append(Row(at, row_height(strip.lanes, scale), 18 * scale))
        at += rows[-1].height
    low, high = value_range(chart)
    return Frame(
        left,
        right,
        top,
        bottom,
        width,
        at + 2 * scale,
        scale,
        13 * scale,
        18 * scale,
        bottom + 18 * scale,
        tuple(rows),
        chart.start.toordinal(),
        max(chart.end.toordinal(), chart.start.toordinal() + 1),
        low,
        high,
    )


def row_height(lanes: int, scale: float) -> float:
    """The height of a strip with this many lanes."""
    return (4 + 18 * max(1, lanes)) * scale


def wanted_height(chart: Chart, line: float) -> float:
    """The height at which the plot is as tall as it wants to be."""
    scale = line / 16
    return (28 + PLOT + 28) * scale + sum(row_height(strip.lanes, scale) for strip in chart.strips)


def least_height(chart: Chart, line: float) -> float:
    """The smallest height in which nothing overlaps."""
    return wanted_height(chart, line) - (PLOT - MIN_PLOT) * line / 16


def gutter_left(chart: Chart, width: float, scale: float, measure: Measure) -> float:
    """Room for the step words and the strips' names: as wide as the widest, at most a third of the width."""
    texts = (
        [f"{s.word}  {s.number}" for s in chart.step_labels]
        + [s.label for s in chart.strips]
        + [chart.lane_label, chart.axis_note]
    )
    return min(max([measure(text) for text in texts] + [72 * scale]) + 16 * scale, width / 3)


def gutter_right(chart: Chart, width: float, scale: float, measure: Measure) -> float:
    """Room for the labels at line ends and the strips' notes, at most a quarter of the width."""
    texts = [s.label for s in chart.series] + [s.end_text for s in chart.series] + [s.note for s in chart.strips]
    return min(max([measure(text) for text in texts if text] + [24 * scale]) + 16 * scale, width / 4)
