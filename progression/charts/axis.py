"""The two axes of a citizen's chart: which days it spans, which months and steps are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from progression.analysis.values import Trajectory
from progression.casework.values import Course
from progression.charts.model import StepLabel, Tick
from progression.scales.model import Scale
from progression.words import Words

LEAD_DAYS = 92  # years on benefit before anything happened would squeeze what did
SHORTEST = 30  # days: a course that began yesterday is not drawn across the page
PLANNED_DAYS = 60  # agreed conversations further ahead are not drawn
_WEEKS_UP_TO = 75  # days: Mondays are named instead of months
_MONTH_STEPS = (
    (10, 1),
    (40, 3),
    (72, 6),
    (170, 12),
    (340, 24),
    (900, 60),
)  # months on the axis -> months a tick


def shift(day: date, days: int) -> date:
    """Return the day so many days later, kept within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def span(course: Course, trajectory: Trajectory, today: date) -> tuple[date, date]:
    """Return first and last day of the whole course with a little room at both ends; always at least 30 days apart.

    It begins with the citizen's span, but at most three months before the first fact. It ends today (or when the case
    closed, or with the last fact), with room for conversations agreed within the next two months.
    """
    firsts = [a.date for a in course.assessments] + [c.date for c in course.conversations]
    firsts += [i.start for i in course.interventions]
    first = min(firsts, default=None)
    begun = course.citizen.benefit_start or min((p.start for p in trajectory.phases), default=None)
    if first is None:
        start = max(begun or today, shift(today, -365))
    else:
        start = max(min(begun or first, first), shift(first, -LEAD_DAYS))
    start = min(start, today)
    closed = course.citizen.case_closed
    lasts = [a.date for a in course.assessments if a.date <= today]
    end = max([min(closed or today, today), start, *lasts])
    ahead = [c.date for c in course.conversations if end < c.date <= shift(today, PLANNED_DAYS)]
    end = max([end, *ahead])
    start = min(start, shift(end, -SHORTEST))
    room = max((end - start).days // 60, 3)
    return shift(start, -room), shift(end, room)


def _months(start: date, end: date, step: int) -> Iterator[date]:
    index = -(-(start.year * 12 + start.month - 1) // step) * step
    while True:
        year, month = divmod(index, 12)
        if not 1 <= year <= 9999:
            return
        day = date(year, month + 1, 1)
        if day > end:
            return
        if day >= start:
            yield day
        index += step


def _weeks(start: date, end: date, w: Words) -> tuple[Tick, ...]:
    every = 7 if (end - start).days <= _WEEKS_UP_TO // 2 else 14
    days = range(start.toordinal() + (-start.weekday()) % 7, end.toordinal() + 1, every)
    found = [date.fromordinal(day) for day in days]
    return tuple(Tick(day, w.short_day_month(day) if n else w.short_date(day)) for n, day in enumerate(found))


def ticks(start: date, end: date, w: Words) -> tuple[Tick, ...]:
    """Return the first of each month, quarter, half year or year, so that about a dozen are named; years are strong.

    Where no January lies on the axis, the first tick carries its year. On an axis of a few weeks Mondays are named.
    """
    if (end - start).days <= _WEEKS_UP_TO:
        return _weeks(start, end, w)
    months = (end - start).days / 30.4
    step = next((every for most, every in _MONTH_STEPS if months <= most), 120)
    found = [
        Tick(day, str(day.year), strong=True) if day.month == 1 else Tick(day, w.month(day))
        for day in _months(start, end, step)
    ]
    if found and not any(tick.strong for tick in found):
        first = found[0].day
        found[0] = Tick(first, w.t("{month} {year}", month=w.month(first), year=first.year))
    return tuple(found)


def step_labels(scale: Scale, w: Words) -> tuple[StepLabel, ...]:
    """Return the named steps of the value axis: every step with its word, or round figures on a sum score."""
    if scale.step_words:
        return tuple(
            StepLabel(value, w.pick(scale.step_words[value]) if value in scale.step_words else "", str(value))
            for value in range(scale.minimum, scale.maximum + 1)
        )
    length = max(scale.maximum - scale.minimum, 1)
    every = next((n for n in (1, 2, 5, 10, 20, 25, 50, 100) if length / n <= 6), max(length // 5, 1))
    first = -(-scale.minimum // every) * every
    return tuple(StepLabel(value, "", w.number(value, 0)) for value in range(first, scale.maximum + 1, every))
