"""What an attention point rests on beyond its own figures: the answers of its period, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from progression.analysis.values import Flag, Shown, Trajectory
from progression.casework.rounds import ROUND_DAYS
from progression.casework.values import Course, Decision
from progression.scales.model import RATERS, Rater


@dataclass(frozen=True, slots=True)
class Seen:
    """One rater's value on one day (steps): of the whole scale, or of the indicator the point is about. `who`: the name
    of the one who rated, "" where it is not known."""

    day: date
    rater: str
    value: float
    who: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """`answers`: since and including the round nearest the period's start, up to the day it was measured, by day; of a
    disagreement since the one who rated last began to rate, whatever the period: that pair is compared with itself.

    `last`: the last day of any answer by then. `decisions`: those about this point, oldest first. `first`: the point as
    it was first shown to a person. `informed`: the mean drift of each kind of period was used (a setting).
    """

    today: date
    answers: tuple[Seen, ...] = ()
    last: date | None = None
    decisions: tuple[Decision, ...] = ()
    first: Shown | None = None
    informed: bool = False

    def of(self, rater: Rater) -> tuple[Seen, ...]:
        """One rater's answers."""
        return tuple(seen for seen in self.answers if seen.rater == rater)

    def gaps(self) -> tuple[tuple[date, float], ...]:
        """The caseworker's value less the citizen's (steps) of every round in which both answered, by day."""
        found: list[tuple[date, float]] = []
        for begun in round_starts([row.day for row in self.answers]):
            here = [row for row in self.answers if 0 <= (row.day - begun).days <= ROUND_DAYS]
            pair = [next((row for row in here if row.rater == rater), None) for rater in ("caseworker", "citizen")]
            if pair[0] is not None and pair[1] is not None:
                found.append((max(pair[0].day, pair[1].day), pair[0].value - pair[1].value))
        return tuple(found)

    def moved(self) -> dict[str, tuple[Seen, Seen]]:
        """Per rater with two answers or more the first and the last of them."""
        own = {rater: self.of(rater) for rater in RATERS}
        return {rater: (seen[0], seen[-1]) for rater, seen in own.items() if len(seen) > 1}


class Page(Protocol):
    """What is read of a citizen's page (`desk.pages.CitizenPage` has it, a report's `Case` too)."""

    @property
    def today(self) -> date: ...
    @property
    def course(self) -> Course: ...
    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def trajectory(self) -> Trajectory: ...
    @property
    def first(self) -> Mapping[str, Shown]: ...
    @property
    def informed(self) -> bool: ...


def page_grounds(flag: Flag, page: Page) -> Grounds:
    """Gather what a flag on a citizen's page rests on."""
    return grounds_of(
        flag,
        page.trajectory,
        page.today,
        course=page.course,
        names=page.names,
        first=page.first.get(flag.id),
        informed=page.informed,
    )


def grounds_of(
    flag: Flag,
    trajectory: Trajectory | None,
    today: date,
    *,
    course: Course | None = None,
    names: Mapping[str, str] | None = None,
    first: Shown | None = None,
    informed: bool = False,
) -> Grounds:
    """Gather what a flag rests on. `trajectory` is that of the flag's scale, None where another scale is looked at.

    `names`: person key to name. Answers of a single indicator are in the `course` only.
    """
    until = flag.measured_on or flag.raised_on
    rows = _indicator_rows(flag, course) if flag.indicator else _whole_rows(flag, trajectory)
    rows = sorted((row for row in rows if row.day <= until), key=lambda row: (row.day, row.rater))
    known = names or {}
    since = beginning([r.day for r in rows], flag.phase.start)
    if flag.kind == "disagreement":
        since = min(since, _pair_begins(rows))
    named = tuple(Seen(row.day, row.rater, row.value, known.get(row.who, "")) for row in rows)
    decided = course.decisions if course is not None else ()
    return Grounds(
        today=today,
        answers=tuple(row for row in named if row.day >= since),
        last=max((row.day for row in rows), default=None),
        decisions=tuple(d for d in decided if d.about == f"flag:{flag.id}" and d.date <= today),
        first=first,
        informed=informed,
    )


def beginning(days: Sequence[date], start: date) -> date:
    """Return the first day of the round nearest a period's start; the earlier where two are as near."""
    return min(round_starts(days), key=lambda day: (abs((day - start).days), day), default=start)


def round_starts(days: Sequence[date]) -> list[date]:
    """Return the first day of every round."""
    rounds: list[date] = []
    for day in sorted(set(days)):
        if not rounds or (day - rounds[-1]).days > ROUND_DAYS:
            rounds.append(day)
    return rounds


def _pair_begins(rows: Sequence[Seen]) -> date:
    """The first day on which whoever rated last rated, without another in between."""
    rated = [row for row in rows if row.rater == "caseworker"]
    begun = date.max
    for row in reversed(rated):
        if row.who != rated[-1].who:
            break
        begun = row.day
    return begun


def _whole_rows(flag: Flag, trajectory: Trajectory | None) -> list[Seen]:
    if trajectory is None or trajectory.scale != flag.scale:
        return []
    return [Seen(o.day, o.rater, o.value, o.assessor) for o in trajectory.observations]


def _indicator_rows(flag: Flag, course: Course | None) -> list[Seen]:
    rows = course.assessments if course is not None else ()
    found = [(a, a.answers.get(flag.indicator or "")) for a in rows if a.scale == flag.scale]
    return [Seen(a.date, a.rater, float(answer), a.assessor) for a, answer in found if isinstance(answer, int)]
