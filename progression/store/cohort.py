"""A whole cohort as columns, read at nearly the cost of the bare rows: for the analysis, which turns them into arrays.

Nothing here imports numpy; `numpy.frombuffer(column, dtype=column.typecode)` reads a column without copying.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from progression.scales import cells
from progression.scales.model import RATERS

if TYPE_CHECKING:
    from progression.store.vault import Vault


@dataclass(frozen=True, slots=True)
class ScoreColumns:
    """The assessments of one scale, one place per assessment, sorted by citizen, date, rater and event.

    `citizens`: internal ids, sorted, the same in every result of one vault's state; `citizen`: index into it ("i").
    `day`: proleptic ordinal ("i"). `rater`: 0 caseworker, 1 citizen (bytes). `assessor`, `mode`: indexes into
    `assessors` and
    `modes` ("i"). `scores`: ASCII cells of all assessments after another, `width * indicators` bytes each (see
    `scales.cells`).
    """

    citizens: tuple[str, ...]
    citizen: array[int]
    day: array[int]
    rater: bytes
    assessors: tuple[str, ...]
    assessor: array[int]
    modes: tuple[str, ...]
    mode: array[int]
    scores: bytes
    width: int
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InterventionColumns:
    """All interventions, sorted by citizen, start and event. `end`, `planned_end`: 0 where there is none (running)."""

    citizens: tuple[str, ...]
    citizen: array[int]
    types: tuple[str, ...]
    type: array[int]
    start: array[int]
    end: array[int]
    planned_end: array[int]
    id: tuple[str, ...]


def columns(v: Vault, scale: str) -> ScoreColumns:
    """Every assessment of a scale by a known citizen. Raises KeyError for a scale that is not installed.

    Of two versions in conflict both are there, next to each other.
    """
    with v.reading():
        installed = v.projector.scales()[scale]
    citizens = known_citizens(v)
    place = {name: i for i, name in enumerate(citizens)}
    who, day, rater, scores = array("i"), array("i"), bytearray(), bytearray()
    ordinal = _Ordinals()
    assessors, modes = _Indexed(), _Indexed()
    for rows in _batches(v.rows(_GROUPED, (scale,))):
        known = [row for row in rows if row[0] in place]
        if not known:
            continue
        names, counts, days, raters, cells_, assessor, mode = zip(*known, strict=True)
        who.extend(chain.from_iterable(map(repeat, map(place.__getitem__, names), counts)))
        day.extend(map(ordinal.__getitem__, ",".join(days).split(",")))
        rater += "".join(raters).encode("ascii").translate(_SIDES)
        scores += "".join(cells_).encode("ascii")
        assessors.add(_SEPARATOR.join(assessor))
        modes.add(_SEPARATOR.join(mode))
    if len(assessors.codes) != len(who) or len(modes.codes) != len(who):  # somebody's name has the separator in it
        assessors, modes = _one_by_one(v, scale, place)
    kinds, assessor_codes = assessors.sorted()
    ways, mode_codes = modes.sorted()
    return ScoreColumns(
        citizens=citizens,
        citizen=who,
        day=day,
        rater=bytes(rater),
        assessors=kinds,
        assessor=assessor_codes,
        modes=ways,
        mode=mode_codes,
        scores=bytes(scores),
        width=cells.width(installed),
        indicators=tuple(indicator.code for indicator in installed.indicators),
    )


# A row per citizen and not per assessment: one text for twenty dates is made faster than twenty. The groups are walked
# along the primary key, so that within one the rows come by date, rater and event; a test holds SQLite to it.
_SEPARATOR = "\x1f"
_GROUPED = (
    f"SELECT citizen, count(*), group_concat(date, ','), group_concat(rater = '{RATERS[1]}', ''), "  # noqa: S608
    "group_concat(cells, ''), group_concat(assessor, char(31)), group_concat(mode, char(31)) "
    "FROM assessment WHERE scale = ? GROUP BY citizen"
)
_SIDES = bytes.maketrans(b"01", b"\0\1")
_BATCH = 1000  # citizens


class _Ordinals(dict[str, int]):
    """ISO days as ordinals. A cohort has few different days: each is read once."""

    def __missing__(self, day: str) -> int:
        found = self[day] = dt.date.fromisoformat(day).toordinal()
        return found


class _Indexed:
    """Texts as numbers in the order they come."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.codes = array("i")

    def add(self, joined: str) -> None:
        found, names = joined.split(_SEPARATOR), self.names
        for name in set(found) - names.keys():
            names[name] = len(names)
        self.codes.extend(map(names.__getitem__, found))

    def sorted(self) -> tuple[tuple[str, ...], array[int]]:
        """The names in order, and each text as its place among them."""
        names = tuple(sorted(self.names))
        place = {name: i for i, name in enumerate(names)}
        order = [place[name] for name in self.names]
        return names, array("i", map(order.__getitem__, self.codes))


def _one_by_one(v: Vault, scale: str, known: Collection[str]) -> tuple[_Indexed, _Indexed]:
    """Assessors and modes of the same rows, whatever stands in them."""
    rows = v.rows(
        "SELECT citizen, assessor, mode FROM assessment WHERE scale = ? ORDER BY citizen, date, rater, event", (scale,)
    )
    found = _Indexed(), _Indexed()
    for place, indexed in enumerate(found, start=1):
        for row in rows:
            if row[0] in known:
                indexed.codes.append(indexed.names.setdefault(row[place], len(indexed.names)))
    return found


def _batches(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    return (rows[first : first + _BATCH] for first in range(0, len(rows), _BATCH))


def intervention_columns(v: Vault) -> InterventionColumns:
    """Every intervention of a known citizen."""
    # "+": the whole table in one sweep and sorted, since the way by the index would fetch each row from another page
    rows = v.rows(
        'SELECT citizen, type, start, "end", planned_end, id FROM intervention '
        "WHERE +citizen IN (SELECT citizen FROM citizen) ORDER BY +citizen, start, event"
    )
    who, types, start, end, planned, ids = zip(*rows, strict=True) if rows else ((),) * 6
    citizens = known_citizens(v)
    names, kind = _indexed(types)
    return InterventionColumns(
        citizens,
        _places(who, citizens),
        names,
        kind,
        ordinals(start),
        ordinals(end),
        ordinals(planned),
        ids,
    )


def known_citizens(v: Vault) -> tuple[str, ...]:
    """The internal ids of every citizen, sorted: what `citizen` of all columns is an index into."""
    return tuple(row[0] for row in v.rows("SELECT DISTINCT citizen FROM citizen ORDER BY citizen"))


def _places(values: Iterable[str], names: Iterable[str]) -> array[int]:
    return array("i", map({name: place for place, name in enumerate(names)}.__getitem__, values))


def _indexed(values: Iterable[str]) -> tuple[tuple[str, ...], array[int]]:
    names = tuple(sorted(set(values)))
    return names, _places(values, names)


def ordinals(days: Collection[str | None]) -> array[int]:
    """ISO days as ordinals, 0 for none. A cohort has few different days: each is read once."""
    ordinal = {day: 0 if day is None else dt.date.fromisoformat(day).toordinal() for day in set(days)}
    return array("i", map(ordinal.__getitem__, days))
