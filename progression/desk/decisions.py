"""Decisions: what a person decided about a flag, an intervention or a course, and what came of it. The product never
decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from progression.analysis.values import Flag
from progression.casework import checks
from progression.casework.values import Choice, Course, Decision, Intervention
from progression.desk import closing
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError

if TYPE_CHECKING:
    from progression.store.journal import NewEvent

_KINDS = frozenset({"decision", "flag"})


def decide(
    session: Session,
    flag: Flag,
    choice: Choice,
    reason: str = "",
    follow_up: dt.date | None = None,
    *,
    stops: Collection[str] = (),
) -> Changes:
    """Record what was decided about a flag; the flag is silent until `follow_up` (for good without one)."""
    return record(session, flag.citizen, f"flag:{flag.id}", choice, reason, follow_up, stops=stops)


def record(
    session: Session,
    citizen: str,
    about: str,
    choice: Choice,
    reason: str = "",
    follow_up: dt.date | None = None,
    *,
    day: dt.date | None = None,
    stops: Collection[str] = (),
    last: dt.date | None = None,
) -> Changes:
    """Record a decision about "flag:ID", "intervention:ID" or "citizen", dated `day` (default today).

    Choosing "stop" about an intervention ends it by the same act, on `last` (default: that day), and so it does the
    interventions `stops` names, whatever the decision is about. Raises KnownError "decision.follow_up_past" when the
    follow-up lies before today, "decision.invalid" (faults) for an impossible date or intervention, "case.closed_then".
    """
    from progression.store import queries

    course = queries.course(session.vault, citizen)
    when = day or session.today()
    decision = Decision(citizen, when, about, choice, reason.strip(), follow_up, session.vault.account.id)
    events = _new(session, course, decision, stops, last)
    return _write(session, course, events)


def came_of(session: Session, decision: Decision, text: str, day: dt.date | None = None) -> Changes:
    """Say what came of a decision, on `day` (default today); an earlier answer is replaced.

    Raises KnownError("decision.invalid", faults=...) for an empty text or an impossible date.
    """
    from progression.store import queries

    course = queries.course(session.vault, decision.citizen)
    return _write(session, course, [_came(session, decision, text, day)])


def follow_up(
    session: Session,
    decision: Decision,
    choice: Choice,
    reason: str = "",
    day: dt.date | None = None,
    came: str = "",
    *,
    last: dt.date | None = None,
) -> Changes:
    """Decide again about the same thing, and say what came of it the last time (unless `came` is empty): one act.

    Raises as `record`.
    """
    from progression.store import queries

    course = queries.course(session.vault, decision.citizen)
    new = Decision(
        decision.citizen, session.today(), decision.about, choice, reason.strip(), day, session.vault.account.id
    )
    events = _new(session, course, new, (), last)
    if came.strip() and decision.event not in {event for new_one in events for event in new_one.replaces}:
        events.append(_came(session, decision, came, None))
    return _write(session, course, events)


def _new(
    session: Session, course: Course, decision: Decision, stops: Collection[str], last: dt.date | None
) -> list[NewEvent]:
    from progression.store import kinds

    today = session.today()
    closing.refuse_closed(course.citizen, decision.date, "date")
    if decision.follow_up is not None and decision.follow_up < today:
        raise KnownError("decision.follow_up_past", day=decision.follow_up)
    faults = list(checks.blocking(checks.decision(decision, today)))
    stopped = {*stops} if decision.choice == "stop" else set()
    if decision.about.startswith("intervention:"):
        named = decision.about.removeprefix("intervention:")
        if all(one.id != named for one in course.interventions):
            faults.append(Fault("about", "fault.gone", named))
        if decision.choice == "stop":
            stopped.add(named)
    ending = [one for one in course.interventions if one.id in stopped]
    end = last or decision.date
    faults += [fault for one in ending for fault in _ending_faults(one, end)]
    if faults:
        raise KnownError("decision.invalid", faults=faults)
    # a decision about one thing, taken twice on a day, is one decision; of those about the course there may be several
    same = [
        one.event
        for one in course.decisions
        if (one.date, one.about, one.choice) == (decision.date, decision.about, decision.choice)
        and decision.about != "citizen"
    ]
    events = [kinds.to_event(decision, tuple(same))]
    events += [
        kinds.to_event(replace(one, end=end, ended_because=decision.reason or one.ended_because))
        for one in ending
        if one.end is None or one.end > end
    ]
    return events


def _ending_faults(one: Intervention, end: dt.date) -> list[Fault]:
    if end < one.start:
        return [Fault("end", "fault.before", end, {"field": "start", "date": one.start})]
    return []


def _came(session: Session, decision: Decision, text: str, day: dt.date | None) -> NewEvent:
    from progression.store import kinds

    said = replace(decision, outcome=text.strip(), outcome_date=day or session.today())
    faults = [f for f in checks.decision(said, session.today()) if f.key == "outcome_date"]
    if not said.outcome:
        faults.append(Fault("outcome", "fault.empty"))
    if faults:
        raise KnownError("decision.invalid", faults=faults)
    return kinds.to_event(said)


def _write(session: Session, course: Course, events: Sequence[NewEvent]) -> Changes:
    from progression.store.access import Act

    citizen = course.citizen.citizen
    written = session.vault.append(events, Act("add", citizen))
    ended = {"intervention"} if any(event.kind == "intervention.set" for event in events) else set()
    return Changes.of(_KINDS | ended, citizen, written)
