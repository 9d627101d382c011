"""Which flags could be raised, when each was first shown, and which still hold: columns and small tuples, no Flags.

Per citizen and round at most one new flag is shown: regression before stagnation before progression; missing only when
that round showed nothing else (contracts.md). The same kind in the same phase is one flag, shown once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from progression.analysis.cohort import NEVER, Ints
from progression.analysis.looks import Basis, Looks
from progression.analysis.moves import known_phases
from progression.analysis.phasing import keys
from progression.analysis.settings import Settings
from progression.analysis.values import FlagKind

KINDS: tuple[FlagKind, ...] = ("regression", "stagnation", "progression", "missing")  # in order of priority
MISSING = 3


class Event(NamedTuple):
    """A flag that could be raised: for whom, by which step's look, in which phase (index), on which ordinal day.

    `due`: the lapsed day of a missing assessment, else 0. `round`: the citizen's round it belongs to.
    """

    who: int
    day: int
    kind: int
    step: int
    phase: int
    start: int
    round: int
    due: int


@dataclass(frozen=True, slots=True)
class Events:
    """All events of a cohort, sorted by citizen, day and priority; `bounds` (citizens + 1) cuts them by citizen."""

    table: Ints
    bounds: Ints

    def of(self, citizen: int) -> Iterator[Event]:
        """Yield one citizen's events in order."""
        for row in self.table[self.bounds[citizen] : self.bounds[citizen + 1]].tolist():
            yield Event(*row)


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


def due_days(basis: Basis, months: int) -> Ints:
    """Return per step the day by which the next assessment is due."""
    return months_later(basis.step.day, months)


def events(basis: Basis, looks: Looks, settings: Settings) -> Events:
    """Return everything that could be raised."""
    step, known = basis.step, basis.known
    parts = []
    for kind, mask in enumerate((looks.fall, looks.flat, looks.rise)):
        if KINDS[kind] not in settings.off:
            at = np.flatnonzero(mask)
            parts.append(_rows(basis, at, step.day[at], kind, known.phase[at], np.zeros_like(at)))
    if "missing" not in settings.off:
        parts.append(_missing(basis, settings.months))
    table = np.concatenate(parts) if parts else np.zeros((0, 8), dtype=np.int64)
    table = table[np.argsort(keys(table[:, 0], table[:, 1]) * len(KINDS) + table[:, 2], kind="stable")]
    bounds = np.searchsorted(table[:, 0], np.arange(len(basis.cohort.citizens) + 1))
    return Events(table, bounds.astype(np.int64))


def _rows(basis: Basis, at: Ints, day: Ints, kind: int, phase: Ints, due: Ints) -> Ints:
    step = basis.step
    start = np.append(basis.phases.start, 0)[phase]
    return np.stack(
        [step.who[at], day, np.full(len(at), kind), at, phase, start, step.round[at], due], axis=1
    )


def _missing(basis: Basis, months: int) -> Ints:
    """An assessment of the span after which none came in time; dated the day after it was due."""
    step = basis.step
    if not len(step.who):
        return np.zeros((0, 8), dtype=np.int64)
    due = due_days(basis, months)
    following = np.append(step.day[1:], NEVER)
    following[np.append(step.who[1:] != step.who[:-1], True)] = NEVER
    lapsed = (following > due) & (due + 1 <= basis.last[step.who]) & (due + 1 >= basis.opened[step.who])
    at = np.flatnonzero(lapsed)
    day = due[at] + 1
    phase = known_phases(step.who[at], day, basis.phases, basis.bridge_days).phase
    return _rows(basis, at, day, MISSING, phase, due[at])


def shown(found: Iterable[Event]) -> Iterator[Event]:
    """Yield the events that would have been shown, with no decision taken: each flag once, one new flag per round."""
    before: set[tuple[int, int]] = set()
    spent = -1
    for event in found:
        flag = (event.kind, event.start)
        if flag in before or event.round == spent:
            continue
        before.add(flag)
        spent = event.round
        yield event


def first_raised(found: Iterable[Event]) -> Iterator[Event]:
    """Yield every flag that could be raised, on the first day it could."""
    before: set[tuple[int, int]] = set()
    for event in found:
        flag = (event.kind, event.start)
        if flag not in before:
            before.add(flag)
            yield event
