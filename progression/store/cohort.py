"""A whole cohort as columns, read at nearly the cost of the bare rows: for the analysis, which turns them into arrays.

Nothing here imports numpy; `numpy.frombuffer(column, dtype=column.typecode)` reads a column without copying.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    rows = v.rows(
        "SELECT citizen, date, rater, assessor, mode, cells FROM assessment WHERE scale = ? "
        "AND citizen IN (SELECT citizen FROM citizen) ORDER BY citizen, date, rater, event",
        (scale,),
    )
    who, days, raters, assessors, modes, scores = zip(*rows, strict=True) if rows else ((),) * 6
    citizens = _citizens(v)
    kinds, assessor = _indexed(assessors)
    ways, mode = _indexed(modes)
    return ScoreColumns(
        citizens=citizens,
        citizen=_places(who, citizens),
        day=ordinals(days),
        rater=bytes(map({name: place for place, name in enumerate(RATERS)}.__getitem__, raters)),
        assessors=kinds,
        assessor=assessor,
        modes=ways,
        mode=mode,
        scores="".join(scores).encode("ascii"),
        width=cells.width(installed),
        indicators=tuple(indicator.code for indicator in installed.indicators),
    )


def intervention_columns(v: Vault) -> InterventionColumns:
    """Every intervention of a known citizen."""
    rows = v.rows(
        'SELECT citizen, type, start, "end", planned_end, id FROM intervention '
        "WHERE citizen IN (SELECT citizen FROM citizen) ORDER BY citizen, start, event"
    )
    who, types, start, end, planned, ids = zip(*rows, strict=True) if rows else ((),) * 6
    citizens = _citizens(v)
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


def _citizens(v: Vault) -> tuple[str, ...]:
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
