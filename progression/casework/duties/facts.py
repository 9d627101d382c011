"""What the rules ask about, of one citizen, as ordinals: made of a course or of a municipality's columns.

Days are `date.toordinal()`, 0 where there is none; FOREVER stands for an end that is not known. Facts dated after the
as-of date are not in it, except what is planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from progression.casework import reopened, timeline
from progression.casework.rounds import ROUND_DAYS
from progression.casework.values import Course, InterventionType

FOREVER = date.max.toordinal()
MENTOR_ONLY = "mentor"  # exempt from a mentor leaves everything else due; "", "activation", "both", free text do not


@dataclass(slots=True)
class Row:
    """One intervention; `end` FOREVER = running."""

    start: int
    end: int
    type: str
    id: str
    planned_end: int = 0
    review: int = 0
    exempt_from: str = ""


@dataclass(slots=True)
class Facts:
    """`start`: first day of the case, 0 where it has not begun; `closed`: the day it closed by the as-of date, else 0.

    `talks`: days of conversations held, ascending, with the facts they are known from beside them in `talk_facts`; that
    the citizen was asked a scale by somebody is a conversation too, whether or not it was registered as one. `planned`:
    days of planned ones from the as-of date on. `rows`: interventions begun by then, by start; `ahead` those that begin
    later. `stays`: (first day, last day, category), apart and ascending. `assignments`: (start, end, role, person).
    `consents`: (start, until, withdrawn, whom, id). `decisions`: (day, about, follow-up, outcome day, event) in the
    order they were made. `rounds`: first days of the rounds of assessments. `reviews`: (day, id). `put_off`: (day, day
    it was put off to, why) of conversations that were to be held and were not, ascending.

    A case that was opened again begins on that day: what was due before it closed is over, and done (`settle`).
    """

    citizen: str
    as_of: int
    start: int = 0
    closed: int = 0
    talks: Sequence[int] = ()
    talk_facts: Sequence[tuple[str, str]] = ()
    planned: Sequence[int] = ()
    rows: Sequence[Row] = ()
    ahead: Sequence[Row] = ()
    stays: Sequence[tuple[int, int, str]] = ()
    assignments: Sequence[tuple[int, int, str, str]] = ()
    consents: Sequence[tuple[int, int, int, str, str]] = ()
    decisions: Sequence[tuple[int, str, int, int, str]] = ()
    rounds: Sequence[int] = ()
    reviews: Sequence[tuple[int, str]] = ()
    put_off: Sequence[tuple[int, int, str]] = ()
    exempt: Sequence[tuple[int, int]] = field(default_factory=list)  # these three by `settle`
    waiting: Sequence[tuple[int, int]] = field(default_factory=list)
    active: Sequence[Row] = field(default_factory=list)
    standing: bool = False  # only what still stands is asked for (`evaluate`), so that what was met need not be judged
    first: int = 0  # of a case that was opened again: the first day of all, and below the rows of when it was closed
    shut: Sequence[Row] = ()

    def settle(self, types: Mapping[str, InterventionType]) -> Facts:
        """Sort the interventions by what they make of their days; call once the facts are there."""
        exempt, waiting, active = [], [], []
        if any(reopened.is_closing(row.id) for row in self.rows):
            self._begin_again()
        for row in self.rows:
            kind = types.get(row.type)
            if kind is None or row.end < row.start:
                continue
            if kind.active:
                active.append(row)
            elif kind.state == "exempt" and row.exempt_from.strip().casefold() != MENTOR_ONLY:
                exempt.append((row.start, row.end))
            elif kind.state == "waiting":
                waiting.append((row.start, row.end))
        self.exempt, self.waiting, self.active = exempt, waiting, active
        return self

    def _begin_again(self) -> None:
        shut = [row for row in self.rows if reopened.is_closing(row.id) and row.start <= row.end < FOREVER]
        self.rows = [row for row in self.rows if not reopened.is_closing(row.id)]
        self.first, self.shut = self.start, shut
        last = max((row.end for row in shut), default=0)
        if not self.start or last < self.start:
            return
        if last >= self.as_of:  # looked back upon from a day on which it was closed
            self.closed = self.closed or max(row.start for row in shut) - 1
            self.start = 0
            return
        self.start = last + 1
        self.rounds = [day for day in self.rounds if day >= self.start]


def course_facts(course: Course, types: Mapping[str, InterventionType], as_of: date, scale: str | None = None) -> Facts:
    """Return the facts of one course. `scale`: whose assessments count, None = that of the last one."""
    today, closed = as_of.toordinal(), course.citizen.case_closed
    span = timeline.span(course, None, as_of)
    held = [(c.date.toordinal(), c.id) for c in course.conversations if c.status == "held" and c.date <= as_of]
    asked = (a.date.toordinal() for a in course.assessments if asked_by_somebody(a.rater, a.mode) and a.date <= as_of)
    days, known_from = talks(held, asked)
    rows = [
        Row(
            i.start.toordinal(), _day(i.end, FOREVER), i.type, i.id, _day(i.planned_end), _day(i.review_date),
            i.exempt_from,
        )
        for i in course.interventions
    ]  # fmt: skip
    rows.sort(key=by_start)
    if scale is None:
        scale = course.assessments[-1].scale if course.assessments else ""
    return Facts(
        citizen=course.citizen.citizen,
        as_of=today,
        start=span.start.toordinal() if span else 0,
        closed=closed.toordinal() if closed and closed <= as_of else 0,
        talks=days,
        talk_facts=known_from,
        planned=sorted(c.date.toordinal() for c in course.conversations if c.status == "planned" and c.date >= as_of),
        rows=[row for row in rows if row.start <= today],
        ahead=[row for row in rows if row.start > today],
        stays=stays((c.start.toordinal(), _day(c.end, FOREVER), c.category) for c in course.categories),
        assignments=sorted(
            (a.start.toordinal(), _day(a.end, FOREVER), a.role, a.caseworker)
            for a in course.assignments
            if a.start <= as_of
        ),
        consents=[
            (c.start.toordinal(), _day(c.until), _day(c.withdrawn), c.whom, c.id)
            for c in course.consents
            if c.start <= as_of
        ],
        decisions=[
            (d.date.toordinal(), d.about, _day(d.follow_up), _day(d.outcome_date), d.event)
            for d in sorted(course.decisions, key=lambda d: (d.date, d.event))
            if d.date <= as_of
        ],
        rounds=round_days(a.date.toordinal() for a in course.assessments if a.scale == scale and a.date <= as_of),
        reviews=sorted((r.date.toordinal(), r.id) for r in course.reviews if r.date <= as_of),
        put_off=sorted(
            (c.date.toordinal(), c.put_off_to.toordinal(), c.outcome)
            for c in course.conversations
            if c.put_off_to is not None and c.status == "cancelled" and c.date <= as_of
        ),
    ).settle(types)


def by_start(row: Row) -> tuple[int, str]:
    """The order of interventions."""
    return row.start, row.id


def asked_by_somebody(rater: str, mode: str) -> bool:
    """Say whether an assessment shows that the citizen was talked to: their own answers, not given alone."""
    return rater == "citizen" and mode != "self"


def talks(held: Iterable[tuple[int, str]], asked: Iterable[int]) -> tuple[list[int], list[tuple[str, str]]]:
    """Return the days of conversations and the facts they are known from. `held`: (day, id); `asked`: days of
    assessments, which count where no conversation of that day is registered."""
    found = [(day, ("conversation", identity)) for day, identity in sorted(held)]
    alone = set(asked).difference(day for day, _ in found)
    if alone:
        found += [(day, ("assessment", "")) for day in alone]
        found.sort()
    return [day for day, _ in found], [fact for _, fact in found]


def stays(memberships: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the categories one after the other: who enters a new one has left the one before, ended or not.

    Of two that begin on one day the one given later counts; the same category again without a day between is one stay.
    """
    out: list[tuple[int, int, str]] = []
    for start, end, category in sorted(memberships, key=lambda one: one[0]):
        if end < start:
            continue
        if out and out[-1][0] == start:
            out.pop()
        elif out and out[-1][1] >= start:
            out[-1] = (out[-1][0], start - 1, out[-1][2])
        if out and out[-1][2] == category and out[-1][1] + 1 == start:
            out[-1] = (out[-1][0], end, category)
        else:
            out.append((start, end, category))
    return out


def round_days(days: Iterable[int]) -> list[int]:
    """Return the first day of each round (see `casework.rounds`)."""
    out: list[int] = []
    for day in sorted(days):
        if not out or day - out[-1] > ROUND_DAYS:
            out.append(day)
    return out


def _day(day: date | None, otherwise: int = 0) -> int:
    return day.toordinal() if day else otherwise
