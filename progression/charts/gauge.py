"""A small picture of what the measurement can tell: figures on one line, drawn by the window and by the PDF alike.

A pure description, as `charts.model` is for the timeline: colours are token names, texts are in the reader's language,
places on the line are numbers (steps, or days counted as ordinals). Here too is where it all goes, so that both
renderers place it alike; their units are pixels and points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from progression.charts.model import Dash, Marker, Pattern

Measure = Callable[[str, bool], float]  # a text, and whether it is bold


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch behind all rows, between two edges: what the measurement usually swings."""

    low: float
    high: float
    token: str = "band"
    edge: str = "band-edge"
    pattern: Pattern = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its text stands above its mark. `figure` is bold, `text` follows it.

    `at` is where the mark is, `reach` the stretch it may lie in (a 90 % interval), drawn as a line with ends.
    """

    figure: str
    text: str
    at: float
    marker: Marker = "circle"
    filled: bool = True
    token: str = "flat"
    reach: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Upright:
    """A line through all rows: the least change worth having, or today."""

    at: float
    dash: Dash = "solid"


@dataclass(frozen=True, slots=True)
class GaugeTick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """A whole picture. `alt` says what it shows, the same on screen and in print; `caption` how to read it.

    `ends` are the words at the line's two ends, with an arrow: which way is worse and which better.
    """

    title: str
    alt: str
    caption: str
    low: float
    high: float
    ticks: tuple[GaugeTick, ...]
    rows: tuple[Row, ...]
    zones: tuple[Zone, ...] = ()
    uprights: tuple[Upright, ...] = ()
    ends: tuple[str, str] = ("", "")

    def share(self, at: float) -> float:
        """Return where a value lies between the line's ends, 0 to 1."""
        return min(max((at - self.low) / max(self.high - self.low, 1e-9), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and the left end of its figure; `text_left` is where the plain part begins."""

    row: Row
    left: float
    text_left: float


def text_places(gauge: Gauge, width: float, gap: float, measure: Measure) -> tuple[Placed, ...]:
    """Return where each row's text stands: round its mark, but within the picture."""
    out = []
    for row in gauge.rows:
        figure = measure(row.figure, True)
        text = measure(row.text, False)
        whole = figure + (gap if row.figure and row.text else 0.0) + text
        left = min(max(gauge.share(row.at) * width - whole / 2, 0.0), max(width - whole, 0.0))
        out.append(Placed(row, left, left + whole - text))
    return tuple(out)


def tick_places(gauge: Gauge, width: float, gap: float, measure: Measure) -> tuple[tuple[GaugeTick, float], ...]:
    """Return the ticks that have room for their label, each with the left end of it."""
    out: list[tuple[GaugeTick, float]] = []
    free = 0.0
    for tick in gauge.ticks:
        wide = measure(tick.label, False)
        left = min(max(gauge.share(tick.at) * width - wide / 2, 0.0), max(width - wide, 0.0))
        if out and left < free:
            continue
        out.append((tick, left))
        free = left + wide + gap
    return tuple(out)


def steps_of(low: float, high: float, most: int = 6) -> tuple[list[float], int]:
    """Return round values within low..high, at most so many, and the decimals they are written with."""
    span = max(high - low, 1e-9)
    for exponent in range(-3, 4):
        for factor in (1, 2, 5):
            step = factor * 10.0**exponent
            if span / step <= most - 1:
                first = round(low / step + 0.499999)
                values = [n * step for n in range(first, first + most) if low - 1e-9 <= n * step <= high + 1e-9]
                if len(values) >= 2:
                    return values, max(-exponent, 0)
    return [], 0
