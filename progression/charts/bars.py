"""Stacked bars, upright or lying, and dots against a norm: pure descriptions, drawn by the window and by the PDF alike.

Colours are token names, texts in the reader's language, places on the axis numbers. Every part says by itself what it
shows (`text`, read aloud), and the whole picture is there as a `Table` too.

A part about fewer than five citizens is `withheld` (`casework.withheld`): the window, where a team lead sees the team's
own citizens, shows it; a picture made for a document (`value` None there) says "Not shown" and tells it nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from progression.charts.model import Marker, Pattern


@dataclass(frozen=True, slots=True)
class Table:
    """The same data in rows. `heads`: of the columns; each row: its head and its cells, as many as `heads`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """What the parts of one colour and pattern are; `end` stands beside the last bar instead of in a legend."""

    key: str
    name: str
    token: str
    edge: str
    pattern: Pattern = "none"
    end: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, as long as `value` (of the axis); None = withheld in this picture. `opens`: the key of the list
    behind it, "" without one."""

    layer: str
    value: float | None
    text: str
    opens: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `label` on the axis; `figure` above an upright bar, in a lying one; `numbers`: beside a lying one, as
    many as there are layers."""

    label: str
    parts: tuple[Part, ...]
    figure: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def length(self) -> float:
        """All parts that are shown."""
        return sum(part.value or 0.0 for part in self.parts)


@dataclass(frozen=True, slots=True)
class Bars:
    """A whole picture from 0 to `top`. `note` stands at the right of the title, `caption` below the picture. `ticks`:
    (value, label)."""

    title: str
    note: str
    alt: str
    caption: str
    upright: bool
    layers: tuple[Layer, ...]
    bars: tuple[Bar, ...]
    top: float
    ticks: tuple[tuple[float, str], ...]
    table: Table

    def layer(self, key: str) -> Layer:
        """Return a layer. Raises KeyError for one that is not there."""
        found = next((one for one in self.layers if one.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


@dataclass(frozen=True, slots=True)
class Dot:
    """One row: a mark at `value`, its words beside it, and the norm it stands against (`low` to `high`)."""

    label: str
    value: float | None
    figure: str
    text: str
    marker: Marker
    filled: bool
    token: str
    low: float | None = None
    high: float | None = None
    strong: bool = False
    opens: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Dots:
    """A whole picture from `low` to `high`. `ticks`: (value, label); `band`: the word for the norm."""

    title: str
    note: str
    alt: str
    caption: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    band: str
    rows: tuple[Dot, ...]
    table: Table

    def share(self, value: float) -> float:
        """Return where a value lies between the ends, 0 to 1."""
        return min(max((value - self.low) / max(self.high - self.low, 1e-9), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a keyboard cursor can stand: bar and part (or row and 0), what is said there, and the list it opens."""

    place: tuple[int, int]
    text: str
    opens: str


class _Row(Protocol):
    """A row with one place of a cursor."""

    @property
    def text(self) -> str: ...

    @property
    def opens(self) -> str: ...


class Rows(Protocol):
    """A picture of rows: `Dots`, or the intervals of combinations."""

    @property
    def rows(self) -> Sequence[_Row]: ...


def stops(chart: Bars | Rows) -> tuple[tuple[Stop, ...], ...]:
    """Return the places of a cursor: for each bar those of its parts, for each row one."""
    if not isinstance(chart, Bars):
        return tuple((Stop((n, 0), row.text, row.opens),) for n, row in enumerate(chart.rows))
    return tuple(
        tuple(Stop((n, k), part.text, part.opens) for k, part in enumerate(bar.parts))
        for n, bar in enumerate(chart.bars)
    )


def spread(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Return places as near to the wanted ones (descending) as labels `least` apart can stand between low and high.

    The first is the lowest on the page (the greatest). Where there is no room for all they stand as close as it takes.
    """
    if not wanted:
        return []
    gap = min(least, (high - low) / max(len(wanted) - 1, 1))
    places = list(wanted)
    places[0] = min(places[0], high)
    for n in range(1, len(places)):
        places[n] = min(places[n], places[n - 1] - gap)
    if places[-1] < low:
        places[-1] = low
        for n in range(len(places) - 2, -1, -1):
            places[n] = max(places[n], places[n + 1] + gap)
    return places
