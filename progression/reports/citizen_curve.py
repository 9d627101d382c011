"""The curve on the page to the citizen: the same chart description as everywhere, drawn large, with only the level both
raters share, what the measurement can say, and what ran meanwhile. No figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

from progression.charts import layout
from progression.charts.model import Band, Bar, Chart
from progression.charts.readouts import band_at
from progression.reports import flow
from progression.reports.citizen_words import quiet
from progression.reports.drawing import Frame
from progression.reports.ink import Ink, Point, measure
from progression.reports.styles import WIDTH
from progression.reports.summary import listed
from progression.words import Words

SIZE = 11.0  # points, of every text in the curve
ABOVE, ROOM, AXIS = 26.0, 8.0, 20.0  # above the plot with and without names there, and of the years below
LINE = 2.6
_text = partial(measure, size=SIZE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch with something running. `bars`: what, the longest share of it first."""

    start: date
    end: date
    bars: tuple[Bar, ...]


def stretches(chart: Chart) -> list[Stretch]:
    """Return the days between the shadings on which something ran, up to today."""
    last = min(chart.today, chart.end)
    edges = sorted((shade.start, shade.end) for shade in chart.shades)
    free, begun = [], chart.start
    for start, end in edges:
        if start > begun:
            free.append((begun, start))
        begun = max(begun, end)
    free += [(begun, last)] if begun < last else []
    bars = [bar for strip in chart.strips for bar in strip.bars if bar.key and bar.token == "bar"]
    found = []
    for start, end in free:
        shares = [((min(bar.end, end) - max(bar.start, start)).days, bar) for bar in bars]
        held = sorted(((days, bar) for days, bar in shares if days > 0), key=lambda one: (-one[0], one[1].start))
        if held:
            first = max(start, min(bar.start for _, bar in held))
            found.append(Stretch(first, end, tuple(bar for _, bar in held)))
    return found


class CitizenCurve(flow.Figure):
    """The curve over the whole width. `answered`: the days with answers; `shown`: what the shadings are called, by
    token; `end`: the two lines at the end of the line; `plot`: the height of the plot in points."""

    def __init__(
        self,
        chart: Chart,
        alt: str,
        answered: tuple[date, ...],
        shown: Mapping[str, str],
        end: tuple[str, str],
        plot: float,
        w: Words,
    ) -> None:
        super().__init__(alt, WIDTH, (ABOVE if stretches(chart) else ROOM) + plot + AXIS)
        self.plot = plot
        self.chart, self.answered, self.shown, self.end, self.words = chart, answered, shown, end, w

    def frame(self) -> Frame:
        """Where the plot lies: between the words of the steps and what stands at the end of the line."""
        left = max((_text(label.word or label.number) for label in self.chart.step_labels), default=0.0) + 14
        right = max(measure(self.end[0], strong=True, size=SIZE), _text(self.end[1])) + 14
        return Frame(self.chart, min(left, WIDTH / 3), WIDTH - min(right, WIDTH / 4), AXIS, AXIS + self.plot)

    def draw(self) -> None:
        """Draw from back to front."""
        ink, frame = Ink(self.canv), self.frame()
        self._shades(ink, frame)
        self._steps(ink, frame)
        if self.chart.band is not None:
            self._level(ink, frame, self.chart.band)
        self._shade_names(ink, frame)
        self._names(ink, frame)
        self._years(ink, frame)

    def _shades(self, ink: Ink, frame: Frame) -> None:
        for shade in self.chart.shades:
            left, right = frame.x(shade.start), frame.x(min(shade.end, self.chart.today))
            if right - left < 0.5:
                continue
            ink.box((left, frame.bottom, right - left, self.plot), "bg-3")

    def _shade_names(self, ink: Ink, frame: Frame) -> None:
        """At the foot of each, where it fits and the line leaves room."""
        for shade in self.chart.shades:
            left, right = frame.x(shade.start), frame.x(min(shade.end, self.chart.today))
            called = self.shown.get(shade.token, "")
            if called and _text(called) + 8 <= right - left:
                at = ((left + right) / 2, frame.bottom + 6)
                ink.text(at, called, "text-2", align="middle", size=SIZE, ground="bg-3")

    def _steps(self, ink: Ink, frame: Frame) -> None:
        for label in self.chart.step_labels:
            y = frame.y(label.value)
            ink.line([(frame.left - 4, y), (frame.right, y)], "line", 0.7)
            word = layout.shorten(label.word or label.number, frame.left - 10, _text)
            ink.text((frame.left - 9, y - 3.8), word, "text-2", align="right", size=SIZE)

    def _level(self, ink: Ink, frame: Frame, band: Band) -> None:
        upper = [(frame.x(d), frame.y(v)) for d, v in zip(band.days, band.upper, strict=True)]
        lower = [(frame.x(d), frame.y(v)) for d, v in zip(band.days, band.lower, strict=True)]
        if len(upper) > 1:
            ink.area([*upper, *reversed(lower)], "band")
            ink.line(upper, "band-edge", 0.8)
            ink.line(lower, "band-edge", 0.8)
        else:
            ink.line([lower[0], upper[0]], "cw", 1.4)
            for x, y in (lower[0], upper[0]):
                ink.line([(x - 5, y), (x + 5, y)], "cw", 1.4)
        last = self.answered[-1] if self.answered else band.days[-1]
        path: list[Point] = [(frame.x(d), frame.y(v)) for d, v in zip(band.days, band.middle, strict=True) if d <= last]
        points = [(frame.x(day), frame.y(held[1])) for day in self.answered if (held := band_at(band, day))]
        ink.line([*path, *points[-1:]], "cw", LINE)
        apart = min((right[0] - left[0] for left, right in pairwise(points)), default=99.0)
        for point in points[:-1] if apart > 5 else ():
            ink.marker(point, "circle", "cw", filled=False, radius=3.6)
        for x, y in points[-1:]:
            ink.marker((x, y), "circle", "cw", filled=True, radius=6.0)
            place = min(max(self._beside(frame, band, last, x, y), frame.bottom + 14), frame.top - 12)
            ink.text((x + 13, place + 2), self.end[0], "text", strong=True, size=SIZE)
            ink.text((x + 13, place - 11), self.end[1], "text-2", size=SIZE)

    def _beside(self, frame: Frame, band: Band, last: date, x: float, y: float) -> float:
        """The height of what stands at the end of the line: above the band where that goes on below the words."""
        width = max(measure(self.end[0], strong=True, size=SIZE), _text(self.end[1]))
        later = [v for d, v in zip(band.days, band.upper, strict=True) if d > last and frame.x(d) < x + 13 + width]
        return max(frame.y(max(later)) + 15, y) if later and frame.x(band.days[-1]) > x + 15 else y

    def _names(self, ink: Ink, frame: Frame) -> None:
        """What ran, above the plot: a bracket over its days, and its names where they fit."""
        taken = 0.0
        y = frame.top + 6
        for one in stretches(self.chart):
            left, right = frame.x(one.start) + 1, frame.x(one.end) - 1
            if right - left < 3:
                continue
            ink.line([(left, y - 4), (left, y), (right, y), (right, y - 4)], "text-3", 0.8)
            room = min(right - left + 60, self.width - max(left, 0.0))
            name = _fitting(one, room, _text, self.words)
            width = _text(name)
            middle = min(max((left + right) / 2, width / 2), self.width - width / 2)
            if name and middle - width / 2 >= taken:
                ink.text((middle, y + 5), name, "text", align="middle", size=SIZE)
                taken = middle + width / 2 + 8

    def _years(self, ink: Ink, frame: Frame) -> None:
        ink.line([(frame.left - 4, frame.bottom), (frame.right, frame.bottom)], "line-2", 0.9)
        for tick in self.chart.ticks:
            if tick.strong:
                ink.line([(frame.x(tick.day), frame.bottom), (frame.x(tick.day), frame.bottom - 4)], "line-2", 0.9)
        for placed in layout.axis_labels(self.chart, frame.right - frame.left, _text, gap=10.0):
            token = "text" if placed.strong else "text-2"
            at = (frame.left + placed.x, frame.bottom - 15)
            ink.text(at, placed.text, token, align="middle", strong=placed.strong, size=SIZE)


def _fitting(one: Stretch, room: float, width: Callable[[str], float], w: Words) -> str:
    """As many of the names as there is room for, "" where there is none for the first."""
    return next((text for text in names(one, w) if width(text) <= room), "")


def names(one: Stretch, w: Words) -> tuple[str, ...]:
    """Return what ran in a stretch as it can be told: three of the names, two, and the first alone."""
    called = list(dict.fromkeys(bar.short or bar.label for bar in one.bars))
    return tuple(listed([called[0], *(quiet(name) for name in called[1:many])], w) for many in (3, 2, 1))
