"""Periods without an active intervention, as data: how long, of which kind, what came before and after.

Days are those of `timeline`: a passive period is a phase that is not active, and its kind the phase's state. Two that
follow each other (waiting, then exempt) are two periods of one stretch without an intervention.

"Without active intervention or mentor" is the official measure (domain.md). It counts whole calendar months from the
first day without; a mentor counts even where a municipality's own catalogue says that the type is not active.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from progression.casework import combination, reopened
from progression.casework.combination import Run
from progression.casework.timeline import (
    ACTIVE,
    BRIDGE_DAYS,
    EXEMPT,
    PASSIVE,
    WAITING,
    Row,
    Stretch,
    phases_ordinal,
    span,
)
from progression.casework.values import BipType, Course, InterventionType, State

MENTORS: tuple[str, ...] = ("mentor", "virksomhedsmentor")
PRESETS: tuple[int, ...] = (3, 6, 12)  # months; 12 is the official measure, the others are seen locally
LEAST = 5  # citizens: a figure about fewer is withheld
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Passive:
    """One period. `end` None = it runs; `days` then counts to the as-of date. `weeks`: whole ones. `before` and
    `after`: the run on either side, None at the ends of the case (or where the period still runs)."""

    citizen: str
    kind: State
    start: date
    end: date | None
    days: int
    before: Run | None = None
    after: Run | None = None

    @property
    def weeks(self) -> int:
        """Whole weeks."""
        return self.days // 7

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.end is None


@dataclass(frozen=True, slots=True)
class Without:
    """A citizen without an active intervention or mentor. `since`: the first day without; `months`: whole ones since;
    `state`: of today; `before`: the kinds that ran until then, () where nothing ever did."""

    citizen: str
    since: date
    days: int
    months: int
    state: State
    before: tuple[BipType, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthShare:
    """One calendar month. `days`: citizen-days, of which `passive`, `waiting` and `exempt` were without an active
    intervention. `citizens`: with at least one day in it. `last_day`: the last day counted; on it `there` citizens, of
    whom `without` had no active intervention."""

    month: date
    last_day: date
    citizens: int
    days: int
    passive: int
    waiting: int
    exempt: int
    there: int
    without: int

    @property
    def share(self) -> float | None:
        """The share of citizen-days without an active intervention (0 to 1); None for fewer than LEAST citizens."""
        return (self.passive + self.waiting + self.exempt) / self.days if self.citizens >= LEAST else None

    @property
    def share_last_day(self) -> float | None:
        """The share of the citizens of the last day (0 to 1); None for fewer than LEAST."""
        return self.without / self.there if self.there >= LEAST else None


def periods(citizen: str, runs: Sequence[Run], as_of: date) -> tuple[Passive, ...]:
    """Return the periods of one citizen, oldest first, from the runs of `combination`."""
    found = []
    for place, run in enumerate(runs):
        if run.state == "active":
            continue
        last = run.end or as_of
        before = runs[place - 1] if place else None
        after = runs[place + 1] if place + 1 < len(runs) else None
        found.append(Passive(citizen, run.state, run.start, run.end, (last - run.start).days + 1, before, after))
    return tuple(found)


def course_periods(
    course: Course, types: Mapping[str, InterventionType], as_of: date, bridge_days: int = BRIDGE_DAYS
) -> tuple[Passive, ...]:
    """Return a course's periods as of a day; days on which the case was closed are in none."""
    runs = combination.course_runs(course, types, as_of, bridge_days)
    return periods(course.citizen.citizen, reopened.open_runs(runs, reopened.stretches(course.interventions)), as_of)


def without(
    course: Course,
    types: Mapping[str, InterventionType],
    as_of: date,
    bridge_days: int = BRIDGE_DAYS,
    mentors: Sequence[str] = MENTORS,
) -> Without | None:
    """Return since when a citizen has been without an active intervention or mentor; None while one runs, for the
    bridge after one, and for a case that is closed or has not begun. A case that was opened again begins anew."""
    days = span(course, None, as_of)
    if days is None or not days.running or reopened.shut(course.interventions, as_of):
        return None
    again = reopened.since(course, as_of)
    counted = {code: replace(one, active=True, state="") if code in mentors else one for code, one in types.items()}
    runs = combination.runs(course.interventions, counted, days.start, days.end, bridge_days)
    if not runs or runs[-1].state == "active":
        return None
    place = next((n for n in range(len(runs) - 1, -1, -1) if runs[n].state == "active"), -1)
    since = max(runs[place + 1].start, again or date.min)
    return Without(
        citizen=course.citizen.citizen,
        since=since,
        days=(as_of - since).days + 1,
        months=whole_months(since, as_of),
        state=runs[-1].state,
        before=runs[place].types if place >= 0 else (),
    )


def whole_months(first: date, last: date) -> int:
    """Return how many whole calendar months lie from `first` to `last`, both inclusive; 0 where `last` is earlier.

    A month from a day is over the day before the same day of the next month, or before its last where it is shorter.
    """
    after = last + _DAY
    months = (after.year - first.year) * 12 + after.month - first.month
    there = min(first.day, monthrange(after.year, after.month)[1])
    return max(0, months - (after.day < there))


def month_starts(first: date, last: date) -> list[date]:
    """Return the first day of every calendar month from that of `first` to that of `last`."""
    place, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(place, end + 1)]


def months_back(as_of: date, months: int) -> date:
    """Return the first day of the earliest of the latest `months` calendar months; that of `as_of` is the last."""
    place = max(12, as_of.year * 12 + as_of.month - months)
    return date(place // 12, place % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen's rows for a count over everybody: ordinals, the span both inclusive. `running`: not closed.
    `closed`: first and last days on which the case was closed before it was opened again; they count for nothing."""

    rows: Sequence[Row]
    start: int
    end: int
    running: bool
    closed: Sequence[tuple[int, int]] = ()


def _counted(case: Case, last: int, bridge_days: int) -> list[Stretch]:
    found = phases_ordinal(case.rows, case.start, last, bridge_days, case.running)
    for low, high in case.closed:
        cut: list[Stretch] = []
        for state, first, until in found:
            if state == ACTIVE or until < low or first > high:
                cut.append((state, first, until))
                continue
            if first < low:
                cut.append((state, first, low - 1))
            if until > high:
                cut.append((state, high + 1, until))
        found = cut
    return found


def shares(cases: Iterable[Case], as_of: date, months: int, bridge_days: int = BRIDGE_DAYS) -> tuple[MonthShare, ...]:
    """Return the latest `months` calendar months, the one of `as_of` last and counted to that day.

    Looked back upon: a period that turned out to be bridged is active in every month it touches.
    """
    starts = [day.toordinal() for day in month_starts(months_back(as_of, months), as_of)]
    today = as_of.toordinal()
    ends = [*(day - 1 for day in starts[1:]), today]
    counts = [[0] * 7 for _ in starts]  # citizens, days, passive, waiting, exempt, there, without
    column = {PASSIVE: 2, WAITING: 3, EXEMPT: 4}
    for case in cases:
        last = min(case.end, today)
        place = 0
        seen = -1
        for state, first, until in _counted(case, last, bridge_days):
            while place < len(ends) - 1 and ends[place] < first:
                place += 1
            month = place
            while month < len(starts) and starts[month] <= until:
                low, high = max(first, starts[month]), min(until, ends[month])
                if low <= high:
                    cell = counts[month]
                    if month > seen:
                        cell[0] += 1
                        seen = month
                    cell[1] += high - low + 1
                    if state != ACTIVE:
                        cell[column[state]] += high - low + 1
                    if high == ends[month]:
                        cell[5] += 1
                        cell[6] += state != ACTIVE
                month += 1
    return tuple(
        MonthShare(date.fromordinal(first), date.fromordinal(last), *cell)
        for first, last, cell in zip(starts, ends, counts, strict=True)
    )
