"""The chart description as vector graphics: lane, plot, axis, strips. Knows the same places as the window does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

from progression.charts import layout
from progression.charts.model import Bracket, Chart, Series
from progression.reports import flow, strips
from progression.reports.ink import Box, Ink, Point, measure
from progression.reports.styles import WIDTH

LANE, AXIS, ROW = 19.0, 16.0, 14.0  # heights of caseworker lane, axis labels, one row of a strip
PLOT = 142.0
BAND_OVER_SHADE = 0.88
LINE_HEIGHT = 9.6
MARKER = 4.0  # room a marker takes round its point
BESIDE = 16.0  # an arrow this long has room for its figure beside it; a shorter one carries it beyond its tip


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's rectangle in points, from the figure's lower left corner."""

    chart: Chart
    left: float
    right: float
    bottom: float
    top: float

    def x(self, day: date) -> float:
        """Points from the left for a day, kept within the plot."""
        share = layout.fraction(day, self.chart.start, self.chart.end)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Points from the bottom for a step."""
        low, high = layout.value_range(self.chart)
        return self.bottom + (value - low) / (high - low) * (self.top - self.bottom)

    def value(self, y: float) -> float:
        """The step at a height: the inverse of `y`."""
        low, high = layout.value_range(self.chart)
        return low + (y - self.bottom) / (self.top - self.bottom) * (high - low)

    def shows(self, day: date) -> bool:
        """Whether a day lies on the axis."""
        return self.chart.start <= day <= self.chart.end


def rows_height(chart: Chart) -> float:
    """The height of all strips."""
    return sum(lanes for _, lanes in layout.strip_rows(chart)) * ROW


class ChartFigure(flow.Figure):
    """A chart over the full width of the page, with its alternative text."""

    def __init__(self, chart: Chart, width: float = WIDTH) -> None:
        super().__init__(chart.alt, width, LANE + PLOT + AXIS + rows_height(chart) + 2)
        self.chart = chart

    def frame(self) -> Frame:
        """Where the plot lies: between the step words and the labels at line ends."""
        words = [self.chart.axis_note, *(strip.label for strip in self.chart.strips)]
        words += [f"{step.word} {step.number}" for step in self.chart.step_labels]
        ends = [text for one in self.chart.series for text in (one.label, one.end_text)]
        left = min(max((measure(t, strong=True) for t in words), default=0.0) + 9, self.width / 4)
        notes = [strip.note for strip in self.chart.strips]
        right = min(max((measure(t, strong=True) for t in [*ends, *notes]), default=0.0) + 15, self.width / 4)
        bottom = rows_height(self.chart) + AXIS + 2
        return Frame(self.chart, left, self.width - right, bottom, bottom + PLOT)

    def draw(self) -> None:
        """Draw from back to front."""
        ink, frame = Ink(self.canv), self.frame()
        _shades(ink, frame)
        _grid(ink, frame)
        _band(ink, frame)
        _changes(ink, frame)
        for one in self.chart.series:
            _line(ink, frame, one)
        if self.chart.bracket is not None:
            _bracket(ink, frame, self.chart.bracket)
        _shade_names(ink, frame)
        _band_note(ink, frame)
        _today(ink, frame)
        _lane(ink, frame)
        _axis(ink, frame)
        _ends(ink, frame)
        strips.draw(ink, frame, AXIS, ROW)


def _shades(ink: Ink, frame: Frame) -> None:
    for shade in frame.chart.shades:
        left, right = frame.x(shade.start), frame.x(shade.end)
        box = (left, frame.bottom, max(right - left, 0.6), frame.top - frame.bottom)
        ink.box(box, shade.token, "", shade.pattern, f"{shade.token}-line", quiet=True)
        ink.line([(left, frame.bottom + 0.7), (right, frame.bottom + 0.7)], f"{shade.token}-solid", 1.4)


def _grid(ink: Ink, frame: Frame) -> None:
    for label in frame.chart.step_labels:
        y = frame.y(label.value)
        ink.line([(frame.left - 4, y), (frame.right, y)], "line")
        number_left = frame.left - 7 - measure(label.number, strong=True)
        ink.text((frame.left - 7, y - 2.8), label.number, "text-2", align="right", strong=True)
        ink.text((number_left - 3, y - 2.8), label.word, align="right")
    if frame.chart.axis_note:
        ink.text((frame.left - 7, frame.top - 6), frame.chart.axis_note, align="right")
    for day in layout.gridlines(frame.chart.ticks):
        ink.line([(frame.x(day), 2), (frame.x(day), frame.top)], "line")


def _band(ink: Ink, frame: Frame) -> None:
    band = frame.chart.band
    if band is None or len(band.days) < 2:
        return
    upper = [(frame.x(d), frame.y(v)) for d, v in zip(band.days, band.upper, strict=True)]
    lower = [(frame.x(d), frame.y(v)) for d, v in zip(band.days, band.lower, strict=True)]
    middle = [(frame.x(d), frame.y(v)) for d, v in zip(band.days, band.middle, strict=True)]
    ink.area([*upper, *reversed(lower)], "band", BAND_OVER_SHADE)
    ink.line(upper, "band-edge", 0.5)
    ink.line(lower, "band-edge", 0.5)
    ink.line(middle, "band-edge", 0.6, "dotted")


def _changes(ink: Ink, frame: Frame) -> None:
    """A change of caseworker: a dotted line through lane and plot."""
    for before, after in pairwise(frame.chart.lane):
        if before.label != after.label:
            x = frame.x(after.start)
            ink.line([(x, frame.bottom), (x, frame.top + 8)], "text-2", 0.6, "dotted")


def _line(ink: Ink, frame: Frame, one: Series) -> None:
    points = [(frame.x(s.day), frame.y(s.value)) for s in one.samples]
    path = points
    if one.steps:
        corners: list[Point] = []
        for (x, y), (next_x, _) in pairwise(points):
            corners += [(x, y), (next_x, y)]
        path = [*corners, *points[-1:]]
    ink.line(path, one.token, 1.4, one.dash)
    apart = min((right[0] - left[0] for left, right in pairwise(points)), default=99.0)
    for point in points:
        ink.marker(point, one.marker, one.token, filled=one.filled, radius=min(max(apart * 0.3, 1.5), 2.9))


def _bracket(ink: Ink, frame: Frame, bracket: Bracket) -> None:
    """The flag's numbers on the curve: dotted at the level it began from, an arrow to the level it has."""
    left, x = frame.x(bracket.start), frame.x(bracket.end) - 8
    base, level = frame.y(bracket.baseline), frame.y(bracket.level)
    ink.line([(min(left, x - 12), base), (x + 8, base)], bracket.token, 0.9, "dotted")
    ink.line([(x, base), (x, level)], bracket.token, 0.9)
    tip = 2.4 if level < base else -2.4
    ink.line([(x - 2.2, level + tip), (x, level), (x + 2.2, level + tip)], bracket.token, 0.9)
    token, width = f"{bracket.token}-text", measure(bracket.label, strong=True)
    at = _bracket_place(frame, x, base, level, width)
    ink.text(at, bracket.label, token, align="right", strong=True)
    near = at[1] + (LINE_HEIGHT if at[1] < level else -3)
    if at[0] > x and abs(near - level) > LINE_HEIGHT:  # too far from its arrow to be read as its figure
        ink.line([(x, level), (x, near)], bracket.token, 0.5, "dotted")


def _bracket_place(frame: Frame, x: float, base: float, level: float, width: float) -> Point:
    """The right end of the figure: beside a long arrow, else the nearest free place beyond its tip or its start."""
    up = 1 if level > base else -1
    beside = [(x - 4, (base + level) / 2 - 2.8)] if abs(base - level) >= BESIDE else []
    beyond = [(x + 4, level + up * away - 2.8) for away in (9, 14, 20, 28, 36, 46)]
    before = [(x + 4, base - up * away - 2.8) for away in (8, 14, 20, 28)]
    places = [*beside, *beyond, *before]
    free = (p for p in places if _clear(frame, (p[0] - width - 1, p[1] - 2, width + 2, LINE_HEIGHT)))
    return next(free, places[0])


def _clear(frame: Frame, box: Box) -> bool:
    """Whether a box lies within the plot and no rater's line or marker passes through it."""
    left, bottom, width, height = box
    if bottom < frame.bottom + 2 or bottom + height > frame.top - LINE_HEIGHT:
        return False
    per_day = (frame.right - frame.left) / max((frame.chart.end - frame.chart.start).days, 1)
    first = frame.chart.start.toordinal() + (left - MARKER - frame.left) / per_day
    last = first + (width + 2 * MARKER) / per_day
    low, high = frame.value(bottom - MARKER), frame.value(bottom + height + MARKER)
    return layout.clear(frame.chart.series, first, last, low, high)


def _shade_names(ink: Ink, frame: Frame) -> None:
    for shade in frame.chart.shades:
        left, room = frame.x(shade.start), frame.x(shade.end) - frame.x(shade.start) - 6
        text = layout.shade_label(shade, room, partial(measure, strong=shade.strong))
        token = "text" if shade.strong else "text-2"
        ink.text((left + 3, frame.top - 8.6), text, token, strong=shade.strong, ground=shade.token)


def _band_note(ink: Ink, frame: Frame) -> None:
    band, low_high = frame.chart.band, layout.value_range(frame.chart)
    if band is None:
        return
    per_point = (low_high[1] - low_high[0]) / (frame.top - frame.bottom)
    width = measure(band.label) + 2 * MARKER  # what clears the ground behind it must not cut a marker
    place = layout.band_note(frame.chart, width / (frame.right - frame.left), (11 + MARKER) * per_point)
    if place is None:
        return
    x = frame.left + place.x * (frame.right - frame.left)
    y, anchor = frame.y(place.y), frame.y(place.anchor)
    ink.line([(x, anchor), (x, y)], "text-3", 0.6)
    ink.text((x, y - 2.8), band.label, "text-2", align="middle", ground="bg")


def _today(ink: Ink, frame: Frame) -> None:
    if frame.shows(frame.chart.today):
        x = frame.x(frame.chart.today)
        ink.line([(x, 2), (x, frame.top + 8)], "text-2", 0.9)
    if frame.chart.empty:
        middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
        ink.text(middle, frame.chart.empty, "text-2", align="middle", ground="bg")


def _lane(ink: Ink, frame: Frame) -> None:
    if not frame.chart.lane:
        return
    y = frame.top + 8
    ink.text((frame.left - 7, y + 2.6), frame.chart.lane_label, align="right")
    for n, span in enumerate(frame.chart.lane):
        left, right = frame.x(span.start), frame.x(span.end)
        follower = frame.chart.lane[n + 1 : n + 2]
        room = (frame.x(follower[0].start) if follower else frame.right) - left - 5
        name = layout.shorten(span.label, room, partial(measure, strong=span.current))
        ink.line([(left, y + 4), (left, y), (right, y)], "line-2", 0.7)
        ink.text((left + 3, y + 2.8), name, "text" if span.current else "text-2", strong=span.current)


def _axis(ink: Ink, frame: Frame) -> None:
    ink.line([(frame.left - 4, frame.bottom), (frame.right, frame.bottom)], "line-2", 0.7)
    for tick in frame.chart.ticks:
        x = frame.x(tick.day)
        ink.line([(x, frame.bottom), (x, frame.bottom - 2.4)], "line-2", 0.7)
    for placed in layout.axis_labels(frame.chart, frame.right - frame.left, measure):
        token = "text" if placed.strong else "text-3"
        at = (frame.left + placed.x, frame.bottom - 10.4)
        ink.text(at, placed.text, token, align="middle", strong=placed.strong, ground="bg")


def _ends(ink: Ink, frame: Frame) -> None:
    """Direct labels at the line ends, nudged apart, each tied to its line by a thin leader."""
    drawn = [one for one in frame.chart.series if one.samples]
    places = layout.end_labels(
        frame.chart, 2 * LINE_HEIGHT + 3, frame.bottom + LINE_HEIGHT, frame.top - LINE_HEIGHT, frame.y
    )
    for one, place in zip(drawn, places, strict=True):
        last = one.samples[-1]
        ink.line([(frame.x(last.day) + 4, frame.y(last.value)), (frame.right + 3, place)], one.token, 0.6, "dotted")
        ink.text((frame.right + 5, place + 1.6), one.label, one.text_token, strong=True)
        ink.text((frame.right + 5, place + 1.6 - LINE_HEIGHT), one.end_text, one.text_token)
