"""What came of a decision: what a person said of it, and where the level went since. Never that one made the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from progression.analysis.values import Trajectory
from progression.casework.values import Course, Decision
from progression.charts.model import Mark
from progression.words import Words

Line = tuple[date, str]


def level_on(trajectory: Trajectory, day: date) -> float | None:
    """Return the level of the smoothed curve on a day, None before it begins and where nobody ever answered."""
    points = trajectory.curve
    if not points or not trajectory.observations or day < points[0].day:
        return None
    before = [p for p in points if p.day <= day]
    after = [p for p in points if p.day > day]
    if not after:
        return before[-1].level
    one, other = before[-1], after[0]
    return one.level + (other.level - one.level) * (day - one.day).days / max(1, (other.day - one.day).days)


def change_since(trajectory: Trajectory, decided: date, until: date) -> float | None:
    """Return how far the level moved (as the scale counts) from a decision until a day; None where nothing was measured
    since."""
    if not any(decided < o.day <= until for o in trajectory.observations):
        return None
    before, after = level_on(trajectory, decided), level_on(trajectory, until)
    return None if before is None or after is None else after - before


def since(trajectory: Trajectory, decided: date, until: date, w: Words) -> str:
    """Return where the level went after a decision, and that it need not be the decision's doing; "" where nothing was
    measured since."""
    change = change_since(trajectory, decided, until)
    if change is None:
        return ""
    figure = w.number(abs(change))
    if not any(digit in "123456789" for digit in figure):
        return w.t("The level is where it was then.")
    if change > 0:
        return w.t("The level is {change} higher since; the two do not necessarily hang together.", change=figure)
    return w.t("The level is {change} lower since; the two do not necessarily hang together.", change=figure)


def until(decisions: Iterable[Decision], one: Decision, today: date) -> date:
    """Return the day up to which the course since a decision is told: the next decision about the same, else today."""
    later = [d.date for d in decisions if d.about == one.about and d.date > one.date]
    return min(later, default=today)


def told(decision: Decision, w: Words, *, dated: bool = True) -> str:
    """Return what a person said came of a decision, with the day unless that stands before it already; "" where nobody
    said."""
    if not decision.outcome:
        return ""
    said = decision.outcome.rstrip(".")
    if decision.outcome_date is None or not dated:
        return w.t("What came of it: {said}.", said=said)
    return w.t("What came of it, {day}: {said}.", day=w.date(decision.outcome_date), said=said)


def sentences(course: Course, decision: Decision, trajectory: Trajectory, today: date, w: Words) -> str:
    """Return what came of a decision as running text: what was said, then where the level went."""
    then = until(course.decisions, decision, today)
    return " ".join(text for text in (told(decision, w), since(trajectory, decision.date, then, w)) if text)


def marks(course: Course, trajectory: Trajectory, today: date, w: Words) -> tuple[Mark, ...]:
    """Return a mark for each decision of which somebody said what came of it, on the day it was said."""
    found = []
    for one in course.decisions:
        if one.outcome and one.outcome_date is not None and one.outcome_date <= today:
            text = sentences(course, one, trajectory, today, w)
            found.append(Mark(one.outcome_date, "ring", w.tc("of a decision", "Outcome"), text))
    return tuple(found)


def with_decisions(lines: Sequence[Line], decided: Sequence[Line], w: Words) -> tuple[Line, ...]:
    """Return readouts with what was decided among them: after what was answered where both are of one day."""
    found: dict[date, list[str]] = {day: [text] for day, text in lines}
    for day, text in decided:
        before = found.get(day)
        found[day] = [*before, text] if before else [w.t("{day}: {what}", day=w.date(day), what=text)]
    return tuple((day, ". ".join(_sentence(part) for part in found[day])) for day in sorted(found))


def _sentence(text: str) -> str:
    """A sentence among others: it begins with a capital, and its stop is put by whoever joins them."""
    return text[:1].upper() + text[1:].rstrip(".")


def table_with_decisions(
    table: Sequence[tuple[str, ...]], days: Sequence[date], decided: Sequence[Line], w: Words, none: str
) -> tuple[tuple[str, ...], ...]:
    """Return a table (first row = head, then one for each of `days`) with a last column for what was decided, and a row
    of its own where nobody answered that day. The same table where nothing was decided."""
    if not decided or not table:
        return tuple(table)
    told_on: dict[date, list[str]] = {}
    for day, text in decided:
        told_on.setdefault(day, []).append(text)
    rows = dict(zip(days, table[1:], strict=True))
    out = [(*table[0], w.t("Decision"))]
    for day in sorted({*rows, *told_on}):
        row = rows.get(day) or (w.short_date(day), *([none] * (len(table[0]) - 1)))
        out.append((*row, "; ".join(told_on.get(day, [])) or none))
    return tuple(out)
