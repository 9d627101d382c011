"""Closing a case and opening it again: one act each, with what runs asked about in the same breath."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from progression.casework import checks, reopened, timeline
from progression.casework.values import Citizen, Conversation, Course, Intervention, Outcome
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError
from progression.words import N_, Words

DAY = dt.timedelta(days=1)
AHEAD = dt.timedelta(days=366)  # a case may be closed from a day that is known already, not years ahead
OUTCOMES: dict[Outcome, str] = {
    "job": N_("Job"),
    "education": N_("Education"),
    "moved": N_("Moved"),
    "recovered": N_("Recovered"),
    "pension": N_("Pension"),
    "flexjob": N_("Flexjob"),
    "died": N_("Died"),
    "other": N_("Other reason"),
}
_EXEMPT = "fritaget"  # the type of the row that stands for the days a case was closed, see `casework.reopened`


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a closing on a day would leave behind: interventions that run or have yet to begin, conversations planned
    after it, those planned on that very day (which may still be held), and how many assessments are dated after it."""

    running: tuple[Intervention, ...]
    planned: tuple[Conversation, ...]
    last_day: tuple[Conversation, ...]
    assessed: int


def waiting(course: Course, day: dt.date) -> Waiting:
    """Return what is to be asked about before a case is closed on a day."""
    return Waiting(
        tuple(one for one in course.interventions if one.end is None or one.end > day),
        tuple(one for one in course.conversations if one.status == "planned" and one.date > day),
        tuple(one for one in course.conversations if one.status == "planned" and one.date == day),
        sum(one.date > day for one in course.assessments),
    )


def close(
    session: Session,
    citizen: str,
    day: dt.date,
    outcome: Outcome,
    reason: str = "",
    *,
    ending: Collection[str] = (),
    cancelling: Collection[str] = (),
) -> Changes:
    """Close a case: `day` is its last. From it on there are no flags and nothing is due.

    `ending`: ids of interventions that end with it (one that has not begun by then is taken back); `cancelling`: events
    of planned conversations that are cancelled. Raises KnownError("closing.invalid", faults=...) and "case.closed"
    where it is closed already.
    """
    from progression.store import kinds, queries
    from progression.store.access import Act

    course = queries.course(session.vault, citizen)
    if course.citizen.case_closed is not None:
        raise KnownError("case.closed", day=course.citizen.case_closed)
    faults = _faults(course, day, outcome, session.today())
    if faults:
        raise KnownError("closing.invalid", faults=faults)
    because = ended_because(Words(session.language), outcome)
    events = [kinds.to_event(replace(course.citizen, case_closed=day, closed_reason=reason.strip(), outcome=outcome))]
    for one in waiting(course, day).running:
        if one.id in ending:
            ended = replace(one, end=day, ended_because=one.ended_because or because)
            events.append(kinds.withdraw(one) if one.start > day else kinds.to_event(ended))
    left = waiting(course, day)
    events += [kinds.to_event(replace(one, status="cancelled")) for one in (*left.last_day, *left.planned)
               if one.event in cancelling]  # fmt: skip
    written = session.vault.append(events, Act("change", citizen, purpose="case closed"))
    return Changes.of({"citizen", "intervention", "conversation", "flag"}, citizen, written)


def ended_because(w: Words, outcome: Outcome) -> str:
    """Return why an intervention ended that ended with its case."""
    return w.t("The case was closed: {outcome}", outcome=w.t(OUTCOMES.get(outcome, OUTCOMES["other"])).lower())


def _faults(course: Course, day: dt.date, outcome: str, today: dt.date) -> list[Fault]:
    found: list[Fault] = []
    if not outcome:
        found.append(Fault("outcome", "fault.empty"))
    elif outcome not in OUTCOMES:
        found.append(Fault("outcome", "fault.choice", outcome, {"choices": tuple(OUTCOMES)}))
    first = course.citizen.benefit_start or timeline.first_fact(course)
    if first is not None and day < first:
        field = "benefit_start" if course.citizen.benefit_start else "first_fact"
        found.append(Fault("case_closed", "fault.before", day, {"field": field, "date": first}))
    elif day < checks.EARLIEST:
        found.append(Fault("case_closed", "fault.too_early", day, {"date": checks.EARLIEST}))
    elif day > today + AHEAD:
        found.append(Fault("case_closed", "fault.too_late", day, {"date": today + AHEAD}))
    return found


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended with a case and may begin again with it: interventions, and cancelled conversations still to come."""

    interventions: tuple[Intervention, ...]
    talks: tuple[Conversation, ...]


def ended_with(course: Course, today: dt.date) -> Ended:
    """Return what to ask about before a closed case is opened again: what ended on its last day, and the conversations
    after that day that are cancelled and have not passed yet."""
    closed = course.citizen.case_closed
    if closed is None:
        return Ended((), ())
    return Ended(
        tuple(one for one in course.interventions if one.end == closed and not reopened.is_closing(one.id)),
        tuple(
            one
            for one in course.conversations
            if one.status == "cancelled" and one.date >= max(closed, today) and one.put_off_to is None
        ),
    )


def reopen(
    session: Session,
    citizen: str,
    day: dt.date,
    reason: str = "",
    *,
    beginning: Collection[str] = (),
    planning: Collection[str] = (),
) -> Changes:
    """Open a closed case again from a day. What was closed in between is kept as a row of its own: neither passive nor
    waiting, with what the case had ended in.

    `beginning`: ids of interventions of `ended_with` that begin again: a new stretch of the same from `day`, or, where
    no day lies between, the old one without its end. `planning`: events of its conversations that are planned again.
    Where no day lies between, the closing was a mistake and nothing is kept but in the journal. Raises
    KnownError("case.open") for a case that is not closed, "closing.invalid" for an impossible day.
    """
    from progression.store import kinds, queries
    from progression.store.access import Act

    course = queries.course(session.vault, citizen)
    closed = course.citizen.case_closed
    if closed is None:
        raise KnownError("case.open")
    ahead = closed > session.today()  # it has not come to it: the closing is called off
    if not ahead and not closed <= day <= session.today():
        late = Fault("reopened", "fault.future", day, {"today": session.today()})
        early = Fault("reopened", "fault.before", day, {"field": "case_closed", "date": closed})
        raise KnownError("closing.invalid", faults=[early if day < closed else late])
    opened = replace(course.citizen, case_closed=None, closed_reason="", outcome="")
    events = [kinds.to_event(opened)]
    again = day if apart(closed, day, session.today()) else None
    if again is not None:
        events.append(kinds.to_event(_gap(course.citizen, closed, day, reason, Words(session.language))))
    left = ended_with(course, session.today())
    events += [kinds.to_event(_again(one, again)) for one in left.interventions if one.id in beginning]
    events += [kinds.to_event(replace(one, status="planned")) for one in left.talks if one.event in planning]
    written = session.vault.append(events, Act("change", citizen, purpose="case reopened"))
    return Changes.of({"citizen", "intervention", "conversation", "flag"}, citizen, written)


def apart(closed: dt.date, opened: dt.date, today: dt.date) -> bool:
    """Whether a case that closed lay closed for a day or more before it was opened again; else it was a mistake."""
    return closed <= today and opened - closed > DAY


def _again(one: Intervention, day: dt.date | None) -> Intervention:
    """An intervention that ended with its case: a new stretch from a day, or (None) the same as if it had run on."""
    from progression.store.journal import random_id

    if day is None:
        return replace(one, end=None, ended_because="")
    planned = one.planned_end if one.planned_end is not None and one.planned_end > day else None
    return replace(one, id=random_id(), start=day, end=None, planned_end=planned, ended_because="", event="")


def _gap(citizen: Citizen, closed: dt.date, opened: dt.date, reason: str, w: Words) -> Intervention:
    what = ended_because(w, citizen.outcome) if citizen.outcome else w.t("The case was closed")
    return Intervention(
        citizen.citizen,
        reopened.identity(closed),
        _EXEMPT,
        closed + DAY,
        title=w.t("The case was closed"),
        end=opened - DAY,
        ended_because=reason.strip(),
        reason=". ".join(part for part in (what, citizen.closed_reason) if part),
    )


def earlier(course: Course) -> tuple[Intervention, ...]:
    """Return the stretches on which the case was closed before it was opened again, oldest first."""
    return tuple(one for one in course.interventions if reopened.is_closing(one.id))


def refuse_closed(citizen: Citizen | None, day: dt.date, key: str) -> None:
    """Raise KnownError("case.closed_then", day, faults) where a new fact is dated after the case closed."""
    closed = citizen.case_closed if citizen is not None else None
    if closed is not None and day > closed:
        fault = Fault(key, "fault.after_closing", day, {"date": closed})
        raise KnownError("case.closed_then", day=closed, faults=[fault])
