"""One pure description of a chart, drawn twice: by pyqtgraph on screen and as vectors in the PDF.

Colours are token names of the theme ("cw", "ci", "passive"), never values. x is a date, y a step of the scale.
Every text is already in the reader's language. `alt` is the alternative text, the same on screen
and in print.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Marker = Literal["circle", "diamond", "triangle", "square", "cross", "none"]
Dash = Literal["solid", "dashed", "dotted"]
Pattern = Literal["none", "hatch", "dots", "lines"]  # passive, waiting, exempt
Symbol = Literal["disc", "ring", "cross", "diamond"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A point of a series. `text` is what is read aloud at this point."""

    day: date
    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A line. `token` colours line and markers, `text_token` its label; `steps` draws it as steps; `label` and
    `end_text` stand at its right end instead of a legend."""

    key: str
    label: str
    end_text: str
    samples: tuple[Sample, ...]
    token: str
    text_token: str
    marker: Marker
    dash: Dash = "solid"
    filled: bool = True
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What the measurement can say: lower and upper limit at each day."""

    label: str
    days: tuple[date, ...]
    lower: tuple[float, ...]
    middle: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """A vertical shading behind the curves (a passive, waiting or exempt phase).

    `label` stands at its top where it fits, else `short`, else nothing. `strong`: it still runs.
    """

    start: date
    end: date
    token: str
    pattern: Pattern
    label: str = ""
    short: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a strip. `label` stands in it where it fits, else `short`, else as much of it as fits.

    `open_end`: still running; `open_start`: began before the axis.
    """

    start: date
    end: date
    label: str
    text: str
    token: str = "bar"
    pattern: Pattern = "none"
    lane: int = 0
    open_end: bool = False
    key: str = ""
    open_start: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol in a strip: a conversation, a decision, a small step."""

    day: date
    symbol: Symbol
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One named row below the curve."""

    label: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    lanes: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the caseworker lane above the plot."""

    start: date
    end: date
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Bracket:
    """Ties the curve to a flag's numbers: dotted from the baseline at `start`, an arrow down or up at `end`."""

    start: date
    end: date
    baseline: float
    level: float
    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Tick:
    day: date
    label: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class StepLabel:
    value: float
    word: str
    number: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole chart. `table` is the same data as rows of text (first row = head); `readouts` one line of text for each
    day a cursor can stop at. `axis_note` stands above the step labels where a lower value is better. `empty` is what
    the plot says when there is no answer to draw."""

    title: str
    alt: str
    start: date
    end: date
    today: date
    minimum: float
    maximum: float
    step_labels: tuple[StepLabel, ...]
    ticks: tuple[Tick, ...]
    today_label: str
    lane_label: str
    lane: tuple[Span, ...]
    band: Band | None
    series: tuple[Series, ...]
    shades: tuple[Shade, ...]
    strips: tuple[Strip, ...]
    bracket: Bracket | None
    readouts: tuple[tuple[date, str], ...]
    table: tuple[tuple[str, ...], ...]
    axis_note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Multiple:
    """One indicator as a small chart: raw steps of each rater (`Series.steps`), no band.

    Axes are those of the chart it stands under: `start`, `end`, `minimum`, `maximum`. `Series.end_text` is the latest
    answer. `apart` is the sentence for the pair mark ("" when the raters are less than two steps apart in the latest
    round), `locked` the sentence for the lock ("" when the citizen may see it).
    """

    key: str
    name: str
    alt: str
    start: date
    end: date
    minimum: float
    maximum: float
    series: tuple[Series, ...]
    shades: tuple[Shade, ...]
    apart: str = ""
    locked: str = ""
