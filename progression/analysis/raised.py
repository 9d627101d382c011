"""Which flags could be raised, when each was first shown, and which still hold: columns and small tuples, no Flags.

Per citizen and round at most one new flag is shown: regression before stagnation before progression before
disagreement, the whole scale before an indicator of the same kind; missing only when that round showed nothing else
(contracts.md). The same kind of the same subject in the same phase is one flag, shown once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from progression.analysis.cohort import NEVER, Bools, Ints
from progression.analysis.disagreement import Openings
from progression.analysis.indicators import FALL, Singles
from progression.analysis.looks import Basis, Looks
from progression.analysis.moves import known_phases
from progression.analysis.phasing import DAY_RANGE, keys
from progression.analysis.settings import Settings
from progression.analysis.steps import rounds
from progression.analysis.values import FlagKind

# in order of priority
KINDS: tuple[FlagKind, ...] = ("regression", "stagnation", "progression", "disagreement", "missing")
REGRESSION, STAGNATION, PROGRESSION, DISAGREEMENT, MISSING = range(len(KINDS))
COLUMNS = 10
WHOLE = -1  # in place of an indicator: the whole scale


class Event(NamedTuple):
    """A flag that could be raised: for whom, by which step's look, in which phase (index), on which ordinal day.

    `due`: the lapsed day of a missing assessment, else 0. `round`: the citizen's round it belongs to. `latest`: nothing
    has been answered since. `item`: place of the indicator it is about, WHOLE = the whole scale.
    """

    who: int
    day: int
    kind: int
    step: int
    phase: int
    start: int
    round: int
    due: int
    latest: int
    item: int

    @property
    def flag(self) -> tuple[int, int, int]:
        """Kind, indicator and phase start: within a citizen the same flag."""
        return self.kind, self.item, self.start


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Last occasion of each round of the cohort, whether or not it holds a number: whose, the day the next round is
    due, the first day of that next round (NEVER = none yet), and the last step at or before (-1 = none)."""

    who: Ints
    due: Ints
    following: Ints
    step: Ints


@dataclass(frozen=True, slots=True)
class Events:
    """All events of a cohort, sorted by citizen, day and priority; `bounds` (citizens + 1) cuts them by citizen.

    `singles`, `openings`: what is behind those about an indicator and about a gap that opened; None where nobody asked.
    """

    table: Ints
    bounds: Ints
    rhythm: Rhythm
    singles: Singles | None = None
    openings: Openings | None = None

    def of(self, citizen: int) -> Iterator[Event]:
        """Yield one citizen's events in order."""
        for row in self.table[self.bounds[citizen] : self.bounds[citizen + 1]].tolist():
            yield Event(*row)


def nothing_raised(citizens: int) -> Events:
    """Return no events for so many citizens."""
    none = np.zeros(0, dtype=np.int64)
    empty = Rhythm(none, none, none, none)
    return Events(np.zeros((0, COLUMNS), dtype=np.int64), np.zeros(citizens + 1, dtype=np.int64), empty)


def months_later(days: Ints, months: int) -> Ints:
    """Return ordinal days so many months later, the 31st falling on a shorter month's last day."""
    stamp = (days - _EPOCH).astype("datetime64[D]")
    month = stamp.astype("datetime64[M]")
    into = stamp - month.astype("datetime64[D]")
    later = month + np.timedelta64(months, "M")
    last = (later + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    moved = np.minimum(later.astype("datetime64[D]") + into, last)
    result: Ints = moved.astype(np.int64) + _EPOCH
    return result


_EPOCH = 719_163  # date(1970, 1, 1).toordinal()


def rhythm(basis: Basis, months: int) -> Rhythm:
    """Return when each next round was due: `months` after the first day of the round before (`casework.duties`)."""
    step, blank = basis.step, basis.seen.blank
    who, day, bounds = step.who, step.day, step.bounds
    if len(blank):
        both = np.unique(np.concatenate([keys(who, day), keys(blank[:, 0], blank[:, 1])]))
        who, day = both // DAY_RANGE, both % DAY_RANGE
        bounds = np.searchsorted(who, np.arange(len(bounds)))
    number, opening = rounds(day, bounds)
    other = np.append(who[1:] != who[:-1], True)[: len(who)]
    ends = np.flatnonzero(other | np.append(number[1:] != number[:-1], True)[: len(who)])
    following = np.where(other[ends], NEVER, np.append(day[1:], NEVER)[ends])
    at = np.searchsorted(keys(step.who, step.day), keys(who[ends], day[ends]), side="right") - 1
    own = (at >= 0) & (np.append(step.who, -1)[at] == who[ends])
    return Rhythm(who[ends], months_later(opening[ends], months), following, np.where(own, at, -1))


def events(
    basis: Basis,
    looks: Looks,
    settings: Settings,
    singles: Singles | None = None,
    openings: Openings | None = None,
) -> Events:
    """Return everything that could be raised; about indicators and gaps only what is handed in."""
    beat = rhythm(basis, settings.months)
    still = looks.flat.copy()
    parts = [(REGRESSION, np.flatnonzero(looks.fall), WHOLE), (PROGRESSION, np.flatnonzero(looks.rise), WHOLE)]
    if singles is not None:
        down = singles.sign == FALL
        still[singles.step[down]] = False  # one indicator's fall asks the same question, and says where
        for kind, rows in ((REGRESSION, down), (PROGRESSION, ~down)):
            parts.append((kind, singles.step[rows], singles.item[rows]))
    parts.append((STAGNATION, np.flatnonzero(still), WHOLE))
    if openings is not None:
        parts.append((DISAGREEMENT, openings.step, WHOLE))
    tables = [_looked(basis, at, kind, item) for kind, at, item in parts if KINDS[kind] not in settings.off]
    if "missing" not in settings.off:
        tables.append(_missing(basis, beat))
    table = np.concatenate([np.zeros((0, COLUMNS), dtype=np.int64), *tables])
    priority = (keys(table[:, 0], table[:, 1]) * len(KINDS) + table[:, 2]) * 2 + (table[:, 9] != WHOLE)
    table = table[np.argsort(priority, kind="stable")]
    bounds = np.searchsorted(table[:, 0], np.arange(len(basis.cohort.citizens) + 1))
    return Events(table, bounds.astype(np.int64), beat, singles, openings)


def _looked(basis: Basis, at: Ints, kind: int, item: Ints | int) -> Ints:
    """Rows of what some looks could raise."""
    step = basis.step
    latest = at == step.bounds[step.who[at] + 1] - 1
    return _rows(basis, at, step.day[at], kind, basis.known.phase[at], np.zeros_like(at), latest, item)


def _rows(
    basis: Basis, at: Ints, day: Ints, kind: int, phase: Ints, due: Ints, latest: Bools, item: Ints | int = WHOLE
) -> Ints:
    step = basis.step
    start = np.append(basis.phases.start, 0)[phase]
    about = np.broadcast_to(item, at.shape)
    columns = [step.who[at], day, np.full(len(at), kind), at, phase, start, step.round[at], due, latest, about]
    return np.stack(columns, axis=1).astype(np.int64)


def _missing(basis: Basis, beat: Rhythm) -> Ints:
    """Rounds after which none came in time, within the span; dated the day after the next was due."""
    day = beat.due + 1
    # answered on the very day it lapsed: nobody was ever shown that it was missing
    lapsed = (beat.following > day) & (day <= basis.last[beat.who]) & (day >= basis.opened[beat.who])
    at = np.flatnonzero(lapsed & (beat.step >= 0))
    phase = known_phases(beat.who[at], day[at], basis.phases, basis.bridge_days).phase
    latest = beat.following[at] == NEVER
    return _rows(basis, beat.step[at], day[at], MISSING, phase, beat.due[at], latest)


def shown(found: Iterable[Event]) -> Iterator[Event]:
    """Yield the events that would have been shown, with no decision taken: each flag once, one new flag per round."""
    before: set[tuple[int, int, int]] = set()
    spent = -1
    for event in found:
        if event.flag in before or event.round == spent:
            continue
        before.add(event.flag)
        spent = event.round
        yield event


def first_raised(found: Iterable[Event]) -> Iterator[Event]:
    """Yield every flag that could be raised, on the first day it could."""
    before: set[tuple[int, int, int]] = set()
    for event in found:
        if event.flag not in before:
            before.add(event.flag)
            yield event
