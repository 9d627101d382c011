"""Waiting: for what, since when, and how long others wait or have waited for the same.

A wait is a row whose type makes the state "waiting". Two are for the same where their texts differ in nothing but
spaces and capitals. The figures are about others only: a citizen's own waits are never part of what they are held
against. One that still runs counts with its days so far, so a median with running ones in it is the least it can be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from progression.casework.values import Intervention, InterventionType

LEAST = 5  # citizens: a figure about fewer is withheld


@dataclass(frozen=True, slots=True)
class Wait:
    """One row of waiting. `what`: as written. `end` None = still waiting; `days` then counts to the as-of date, that
    day included. `late`: days past the day on which it was expected to begin, None where nobody said or it is not."""

    citizen: str
    id: str
    what: str
    start: date
    end: date | None
    days: int
    expected: date | None = None
    late: int | None = None

    @property
    def same(self) -> str:
        """What tells whether two wait for the same."""
        return same(self.what)


@dataclass(frozen=True, slots=True)
class Others:
    """How long others wait, or have waited, for the same. `citizens`: how many others, `waits`: their rows, `running`:
    of which still; `median_days`: None where fewer than LEAST citizens stand behind it."""

    citizens: int
    waits: int
    running: int
    median_days: float | None


@dataclass(frozen=True, slots=True)
class Queue:
    """Everybody who waits or has waited for one thing. `what`: as most often written. `waiting`: citizens who still do;
    `longest`: days of the longest of these; `median_waited`: of waits that are over; None where fewer than LEAST
    citizens stand behind a figure."""

    what: str
    citizens: int
    waiting: int
    waited: int
    median_days: float | None
    median_waited: float | None
    longest: int | None


def same(what: str) -> str:
    """Fold what is waited for, so that two ways of writing it are one."""
    return " ".join(what.casefold().split())


def waits(
    interventions: Iterable[Intervention], types: Mapping[str, InterventionType], as_of: date
) -> tuple[Wait, ...]:
    """Return the waits that had begun by a day, longest since first; an end that has not come is none yet."""
    found = []
    for row in interventions:
        kind = types.get(row.type)
        if kind is None or kind.state != "waiting" or row.start > as_of:
            continue
        if row.end is not None and row.end < row.start:
            continue
        end = row.end if row.end is not None and row.end < as_of else None
        days = ((end or as_of) - row.start).days + 1
        over = (as_of - row.expected_start).days if end is None and row.expected_start else 0
        late = over if over > 0 else None
        found.append(Wait(row.citizen, row.id, row.waiting_for, row.start, end, days, row.expected_start, late))
    return tuple(sorted(found, key=lambda wait: (wait.start, wait.citizen, wait.id)))


def others(wait: Wait, everybody: Iterable[Wait]) -> Others:
    """Return how long other citizens wait, or have waited, for the same as this one."""
    rest = [one for one in everybody if one.same == wait.same and one.citizen != wait.citizen]
    who = {one.citizen for one in rest}
    return Others(len(who), len(rest), sum(one.end is None for one in rest), _median(rest))


def compared(everybody: Iterable[Wait]) -> list[tuple[Wait, Others]]:
    """Return every wait that runs beside what `others` says of it, in the order given; quick for a municipality."""
    waits_ = list(everybody)
    grouped: dict[str, list[Wait]] = defaultdict(list)
    for wait in waits_:
        grouped[wait.same].append(wait)
    groups = {key: _Group(rows) for key, rows in grouped.items()}
    return [(wait, groups[wait.same].without(wait.citizen)) for wait in waits_ if wait.end is None]


class _Group:
    """All waits for one thing, counted once; what is one citizen's own is taken out again when asked for."""

    def __init__(self, rows: list[Wait]) -> None:
        self.days = sorted(wait.days for wait in rows)
        self.running = sum(wait.end is None for wait in rows)
        self.own: dict[str, list[Wait]] = defaultdict(list)
        for wait in rows:
            self.own[wait.citizen].append(wait)

    def without(self, citizen: str) -> Others:
        days, own = self.days.copy(), self.own[citizen]
        for wait in own:
            del days[bisect_left(days, wait.days)]
        citizens = len(self.own) - 1
        middle = len(days) // 2
        half = (days[middle] + days[-1 - middle]) / 2 if citizens >= LEAST else None
        return Others(citizens, len(days), self.running - sum(wait.end is None for wait in own), half)


def queues(everybody: Iterable[Wait]) -> tuple[Queue, ...]:
    """Return one line for each thing that is waited for, in the order of the alphabet."""
    grouped: dict[str, list[Wait]] = defaultdict(list)
    for wait in everybody:
        grouped[wait.same].append(wait)
    made = [_queue(rows) for rows in grouped.values()]
    return tuple(sorted(made, key=lambda queue: (same(queue.what), queue.what)))


def _queue(rows: list[Wait]) -> Queue:
    spelled: dict[str, int] = defaultdict(int)
    for wait in rows:
        spelled[wait.what.strip()] += 1
    still = [wait for wait in rows if wait.end is None]
    over = [wait for wait in rows if wait.end is not None]
    waiting = {wait.citizen for wait in still}
    return Queue(
        what=min(spelled, key=lambda text: (-spelled[text], text)),
        citizens=len({wait.citizen for wait in rows}),
        waiting=len(waiting),
        waited=len({wait.citizen for wait in over}),
        median_days=_median(rows),
        median_waited=_median(over),
        longest=max(wait.days for wait in still) if len(waiting) >= LEAST else None,
    )


def _median(rows: list[Wait]) -> float | None:
    if len({wait.citizen for wait in rows}) < LEAST:
        return None
    return float(median(wait.days for wait in rows))
