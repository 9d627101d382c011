"""Everything that happened to one citizen in the order of its dates: the timeline as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from progression.casework import caseworkers, combination, passive, plan, reopened
from progression.casework.timeline import BRIDGE_DAYS, course_phases
from progression.casework.values import Course, InterventionType

What = Literal[
    "phase",
    "combination",
    "passive",
    "intervention",
    "caseworker_change",
    "conversation",
    "small_step",
    "screening",
    "plan",
    "decision",
    "outcome",
]
WHATS: tuple[What, ...] = (
    "phase", "combination", "passive", "intervention", "caseworker_change", "conversation", "small_step", "screening",
    "plan", "decision", "outcome",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `kind`: the state of a phase or a passive period, the key of a combination, the type of an intervention,
    the status of a conversation, the profession of a screening, what became of a part of the plan ("new", "changed",
    "done", "dropped"), the choice of a decision and of one that something came of. `text`: what
    a person wrote. `before` and `after`: of a
    caseworker change the person keys, of a passive period the combinations on either side. `end` None = still."""

    what: What
    start: date
    end: date | None
    days: int | None = None
    kind: str = ""
    text: str = ""
    before: str = ""
    after: str = ""
    interventions: tuple[str, ...] = ()


def entries(
    course: Course, types: Mapping[str, InterventionType], as_of: date, bridge_days: int = BRIDGE_DAYS
) -> tuple[Entry, ...]:
    """Return what is known of a course on a day, by date, and on one date in the order of WHATS.

    What is dated later is left out, but for conversations that are planned: they are agreed already.
    """
    found = [*_periods(course, types, as_of, bridge_days), *_rows(course, as_of), *_marks(course, as_of)]
    return tuple(sorted(found, key=_place))


def _place(entry: Entry) -> tuple[date, int, tuple[str, ...], str, str]:
    """The same order whoever wrote the facts down first."""
    return entry.start, WHATS.index(entry.what), entry.interventions, entry.kind, entry.text


def _periods(course: Course, types: Mapping[str, InterventionType], as_of: date, bridge_days: int) -> list[Entry]:
    def days(start: date, end: date | None) -> int:
        return ((end or as_of) - start).days + 1

    runs = combination.course_runs(course, types, as_of, bridge_days)
    found = [
        Entry("phase", one.start, one.end, days(one.start, one.end), one.state, interventions=one.interventions)
        for one in course_phases(course, types, as_of, bridge_days)
    ]
    found += [
        Entry("combination", one.start, one.end, days(one.start, one.end), one.key, interventions=one.interventions)
        for one in runs
    ]
    for one in passive.periods(
        course.citizen.citizen, reopened.open_runs(runs, reopened.stretches(course.interventions)), as_of
    ):
        before, after = (_told(side) for side in (one.before, one.after))
        found.append(Entry("passive", one.start, one.end, one.days, one.kind, before=before, after=after))
    return found


def _told(run: combination.Run | None) -> str:
    """The combination beside a passive period, or the state of another one; "" at the ends of the case."""
    return "" if run is None else run.key if run.state == "active" else run.state


def _rows(course: Course, as_of: date) -> list[Entry]:
    found = []
    for row in course.interventions:
        if row.start > as_of:
            continue
        end = row.end if row.end is not None and row.end <= as_of else None
        days = ((end or as_of) - row.start).days + 1
        text = "; ".join(part for part in (row.title or row.waiting_for, row.provider) if part)
        found.append(Entry("intervention", row.start, end, days, row.type, text, interventions=(row.id,)))
    return found


def _marks(course: Course, as_of: date) -> list[Entry]:
    changes = caseworkers.changes(course.assignments, course.assessments)
    found = [
        Entry("caseworker_change", one.day, one.day, before=one.before, after=one.after)
        for one in changes
        if one.day <= as_of
    ]
    found += [
        Entry("conversation", one.date, one.date, kind=one.status, text=one.topic)
        for one in course.conversations
        if one.date <= as_of or one.status == "planned"
    ]
    found += [
        Entry("small_step", one.date, one.date, text=one.text)
        for one in course.notes
        if one.kind == "small_step" and one.date <= as_of
    ]
    found += [
        Entry(
            "screening",
            one.date,
            one.date,
            kind=one.profession,
            text=_joined(one.limitation, one.suggestion, one.text),
        )
        for one in course.notes
        if one.kind == "screening" and one.date <= as_of
    ]
    found += [
        Entry("plan", one.day, one.day, kind=one.what, text=plan.text_of(one.item))
        for one in plan.changes(course.plan, None, as_of)
    ]
    found += [
        Entry("outcome", one.outcome_date, one.outcome_date, kind=one.choice, text=one.outcome)
        for one in course.decisions
        if one.outcome and one.outcome_date is not None and one.outcome_date <= as_of
    ]
    found += [
        Entry("decision", one.date, one.date, kind=one.choice, text=one.reason)
        for one in course.decisions
        if one.date <= as_of
    ]
    return found


def _joined(*texts: str) -> str:
    return "; ".join(text for text in texts if text)
