"""What is due for a citizen and by when: the next assessment, and the follow-up of decisions.

The months are an argument with BIP's rhythm as default (domain.md: every third month, not law), because they are a
municipality's to set.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from progression.casework.rounds import rounds
from progression.casework.timeline import span
from progression.casework.values import Assessment, Course, Decision

ASSESSMENT_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done on `due` at the latest. `about` is what a decision was about, "" for an assessment."""

    kind: Literal["assessment", "follow_up"]
    due: date
    about: str = ""

    @property
    def lapsed(self) -> date:
        """The first day on which it is overdue: a "missing" flag is dated this day."""
        return self.due + timedelta(days=1)

    def overdue(self, day: date) -> bool:
        """Say whether it is overdue on the day."""
        return day > self.due


def add_months(day: date, months: int) -> date:
    """Return the same day of a later calendar month, or that month's last day where it is shorter."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def assessment_due(
    assessments: Iterable[Assessment],
    start: date,
    as_of: date,
    months: int = ASSESSMENT_MONTHS,
    scale: str | None = None,
) -> Due:
    """Return when the next assessment is due, from what had happened on the as-of date.

    `months` calendar months after the first date of the last round, or after `start` (of the span) before any.
    """
    done = rounds((a for a in assessments if a.date <= as_of), scale)
    return Due("assessment", add_months(done[-1].start if done else start, months))


def follow_ups(decisions: Iterable[Decision], as_of: date) -> tuple[Due, ...]:
    """Return the follow-ups that stand on the as-of date, oldest first.

    A later decision about the same thing is the follow-up of the earlier one, with or without a new date.
    """
    latest: dict[str, Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.date, d.event)):
        if decision.date <= as_of:
            latest[decision.about] = decision
    found = [Due("follow_up", d.follow_up, d.about) for d in latest.values() if d.follow_up]
    return tuple(sorted(found, key=lambda d: (d.due, d.about)))


def duties(course: Course, as_of: date, months: int = ASSESSMENT_MONTHS, scale: str | None = None) -> tuple[Due, ...]:
    """Return what is due for a citizen, oldest first; () when the case is closed or has not begun."""
    days = span(course, None, as_of)
    if days is None or not days.running:
        return ()
    found = (
        assessment_due(course.assessments, days.start, as_of, months, scale),
        *follow_ups(course.decisions, as_of),
    )
    return tuple(sorted(found, key=lambda d: (d.due, d.kind, d.about)))
