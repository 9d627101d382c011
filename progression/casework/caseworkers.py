"""Who is responsible for a citizen on which day, when it changed, and the days on which nobody was.

The one definition, used wherever somebody asks: the coordinating assignment that began last decides. Who starts takes
over, even where the former assignment was never ended, and nobody gets a citizen back because a successor's ended: from
that day on nobody is responsible, until an assignment says who. Of two that begin on the same day the later entry
counts. Several rows of one person, with nobody else beginning between them, hold together: a day is that person's where
any of them covers it. Where a citizen has no coordinating assignment at all, who has rated as caseworker tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from progression.casework.values import Assessment, Assignment, Course, Planned

COORDINATING = "coordinating"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which one caseworker was responsible. `end` None = still. `planned` and `reason`: of the row it began
    with."""

    caseworker: str
    start: date
    end: date | None
    planned: Planned = ""
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Say whether the day is one of them."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Change:
    """A caseworker change: `after` took over from `before` on `day`. `planned`: "" where nobody said.

    `without`: days between the two on which nobody was responsible.
    """

    day: date
    before: str
    after: str
    planned: Planned = ""
    reason: str = ""
    without: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody was responsible, both inclusive."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class _Row:
    start: date
    event: str
    caseworker: str
    end: date | None
    planned: Planned = ""
    reason: str = ""


def periods(
    assignments: Iterable[Assignment], assessments: Iterable[Assessment] = (), until: date | None = None
) -> tuple[Period, ...]:
    """Return the caseworkers so far, in order and without overlap; days between two periods are nobody's.

    `until`: as it stood on that day, without what begins later.
    """
    out: list[Period] = []
    for row in _counting(_rows(assignments, assessments), until):
        last = out[-1] if out else None
        same = last is not None and last.caseworker == row.caseworker
        if last is None:
            out.append(_period(row))
        elif same and (last.end is None or row.start <= last.end + _DAY):
            out[-1] = Period(last.caseworker, last.start, _later(last.end, row.end), last.planned, last.reason)
        else:
            if last.end is None or last.end >= row.start:
                out[-1] = Period(last.caseworker, last.start, row.start - _DAY, last.planned, last.reason)
            out.append(_period(row))
    return tuple(out)


def _rows(assignments: Iterable[Assignment], assessments: Iterable[Assessment]) -> list[_Row]:
    rows = [
        _Row(a.start, a.event, a.caseworker, a.end, a.planned, a.reason)
        for a in assignments
        if a.role == COORDINATING and (a.end is None or a.start <= a.end)
    ]
    if rows:
        return rows
    return [_Row(a.date, a.event, a.assessor, None) for a in assessments if a.rater == "caseworker" and a.assessor]


def _counting(rows: list[_Row], until: date | None) -> list[_Row]:
    """In order, without what begins after the day, and without who came second to another on the same day."""
    ordered = sorted(rows, key=lambda row: (row.start, row.event))
    first_in = {row.start: row.caseworker for row in ordered}  # the last entry of each day stays
    return [r for r in ordered if first_in[r.start] == r.caseworker and (until is None or r.start <= until)]


def _period(row: _Row) -> Period:
    return Period(row.caseworker, row.start, row.end, row.planned, row.reason)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def changes(
    assignments: Iterable[Assignment], assessments: Iterable[Assessment] = (), until: date | None = None
) -> tuple[Change, ...]:
    """Return the caseworker changes, oldest first; the same person again after days without is no change."""
    return changes_in(periods(assignments, assessments, until))


def changes_in(found: Sequence[Period]) -> tuple[Change, ...]:
    """Return the changes between periods as `periods` gives them."""
    return tuple(
        Change(
            after.start,
            before.caseworker,
            after.caseworker,
            after.planned,
            after.reason,
            (after.start - before.end).days - 1 if before.end is not None else 0,
        )
        for before, after in pairwise(found)
        if before.caseworker != after.caseworker
    )


def responsible(found: Sequence[Period], day: date) -> str:
    """Return who was responsible on a day, "" where nobody was."""
    return next((one.caseworker for one in reversed(found) if one.covers(day)), "")


def responsible_on(rows: Iterable[tuple[int, int, str, int]], day: int) -> str:
    """Return who is responsible on a day, "" where nobody is: the same answer, for a whole municipality at once.

    `rows`: one citizen's coordinating assignments as (start, place in the order of events, person, end), ordinal days,
    a late day for no end.
    """
    begun = sorted((row for row in rows if row[0] <= day and row[0] <= row[3]), reverse=True)
    who, counts = "", dict[int, str]()
    for start, _place, person, end in begun:
        if counts.setdefault(start, person) != person:  # second to another on the same day
            continue
        who = who or person
        if person != who:
            return ""
        if end >= day:
            return who
    return ""


def caseworker_on(course: Course, day: date) -> str:
    """Return the person key of the citizen's caseworker on a day, "" when there is none."""
    return responsible(periods(course.assignments, course.assessments), day)


def gaps(found: Sequence[Period], first: date, last: date) -> tuple[Gap, ...]:
    """Return the days from `first` to `last`, both inclusive, on which nobody was responsible; oldest first."""
    out: list[Gap] = []
    free = first
    for one in found:
        if one.start > last:
            break
        if one.start > free:
            out.append(Gap(free, one.start - _DAY))
        if one.end is None:
            return tuple(out)
        free = max(free, one.end + _DAY)
    if free <= last:
        out.append(Gap(free, last))
    return tuple(out)


def open_gaps(found: Iterable[Gap], closed: Iterable[tuple[date, date]]) -> tuple[Gap, ...]:
    """Return the gaps without the days on which the case was closed, given as first and last days: nobody need be
    responsible then."""
    out = list(found)
    for first, last in closed:
        out = [part for gap in out for part in _without(gap, first, last)]
    return tuple(out)


def _without(gap: Gap, first: date, last: date) -> list[Gap]:
    if gap.start > last or gap.end < first:
        return [gap]
    before = [Gap(gap.start, first - _DAY)] if gap.start < first else []
    return before + ([Gap(last + _DAY, gap.end)] if gap.end > last else [])


def days_without(found: Sequence[Period], first: date, last: date) -> int:
    """Return how many days from `first` to `last`, both inclusive, nobody was responsible."""
    return sum(gap.days for gap in gaps(found, first, last))


def shared(value: Assignment, others: Iterable[Assignment]) -> Period | None:
    """Return whose days a coordinating assignment would take part of, None where it is free.

    `others`: the citizen's; the row that `value` corrects does not count, nor do other roles.
    """
    if value.role != COORDINATING:
        return None
    rest = [one for one in others if not value.event or one.event != value.event]
    for one in periods(rest):
        apart = (one.end is not None and one.end < value.start) or (value.end is not None and value.end < one.start)
        if one.caseworker != value.caseworker and not apart:
            return one
    return None
