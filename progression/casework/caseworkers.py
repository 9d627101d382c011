"""Who has been the citizen's caseworker, and when it changed.

From the coordinating assignments; where there are none, from who has rated as caseworker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from progression.casework.values import Assessment, Assignment, Course


@dataclass(frozen=True, slots=True)
class Period:
    """One caseworker's time with a citizen. `end` None = still."""

    caseworker: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """A caseworker change: `after` took over from `before` on `day`."""

    day: date
    before: str
    after: str


def periods(assignments: Iterable[Assignment], assessments: Iterable[Assessment] = ()) -> tuple[Period, ...]:
    """Return the caseworkers so far, in order and without overlap; the same person twice in a row is one period.

    Who starts takes over, even where the former assignment was never ended. Days between two are nobody's.
    """
    coordinating = [
        a for a in assignments if a.role == "coordinating" and (a.end is None or a.start <= a.end)
    ]
    if coordinating:
        rows = [(a.start, a.event, a.caseworker, a.end) for a in coordinating]
    else:
        rows = [
            (a.date, a.event, a.assessor, None) for a in assessments if a.rater == "caseworker" and a.assessor
        ]
    out: list[Period] = []
    for start, _event, caseworker, end in sorted(rows, key=lambda row: row[:3]):
        last = out[-1] if out else None
        if last and last.caseworker == caseworker:
            out[-1] = Period(caseworker, last.start, _later(last.end, end))
            continue
        if last and last.start == start:  # two on one day: the later entry counts
            out.pop()
        elif last and (last.end is None or last.end >= start):
            out[-1] = Period(last.caseworker, last.start, start - timedelta(days=1))
        if out and out[-1].caseworker == caseworker:
            out[-1] = Period(caseworker, out[-1].start, end)
        else:
            out.append(Period(caseworker, start, end))
    return tuple(out)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def changes(assignments: Iterable[Assignment], assessments: Iterable[Assessment] = ()) -> tuple[Change, ...]:
    """Return the caseworker changes, oldest first."""
    found = periods(assignments, assessments)
    return tuple(
        Change(after.start, before.caseworker, after.caseworker) for before, after in pairwise(found)
    )


def caseworker_on(course: Course, day: date) -> str:
    """Return the person key of the citizen's caseworker on a day, "" when there is none."""
    for period in reversed(periods(course.assignments, course.assessments)):
        if period.start <= day:
            return period.caseworker if period.end is None or day <= period.end else ""
    return ""
