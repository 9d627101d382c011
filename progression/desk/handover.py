"""Handing over: one citizen or a whole caseload to another caseworker, as one act that is undone as one.

The act ends the former assignment the day before, begins the new one, moves the planned conversations of the former
caseworker, and keeps a `Handover` of each citizen with the same `id`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from progression.casework import caseworkers, checklists, checks
from progression.casework.caseworkers import COORDINATING
from progression.casework.values import Assignment, Conversation, Course, Handover, Planned
from progression.desk import people
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError

if TYPE_CHECKING:
    from progression.store.undoing import Written

_DAY = dt.timedelta(days=1)
CHECKED_DAYS = 365  # a hand-over older than this is no longer asked about
_WRITTEN = ("assignment.set", "conversation.set")
KINDS = frozenset({"assignment", "conversation", "handover", "person"})


@dataclass(frozen=True, slots=True)
class Handing:
    """What is asked for. `date`: the first day of `to_person`, a person key. `checklist`: codes of what is done."""

    to_person: str
    date: dt.date
    planned: Planned = "planned"
    reason: str = ""
    checklist: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What came of it: `id` names the act (`take_back`), `talks` are the planned conversations that went along."""

    id: str
    citizens: tuple[str, ...]
    talks: int
    changes: Changes

    @property
    def events(self) -> tuple[str, ...]:
        """The events of the act, for `desk.undo`."""
        return self.changes.events


def one(session: Session, citizen: str, handing: Handing) -> HandedOver:
    """Hand over one citizen. Raises what `several` does."""
    return several(session, [citizen], handing)


def all_of(session: Session, person: str, handing: Handing, elsewhere: Mapping[str, str] | None = None) -> HandedOver:
    """Hand over everybody a colleague is responsible for when the new one begins, as one act.

    `elsewhere`: citizen -> the person key that takes over instead of `handing.to_person`, "" for who stays.

    Raises KnownError "handover.nobody" (person, date) where that is nobody, "handover.all_stay" (person),
    "person.unknown" (person), and what `several` does.
    """
    names = people.everybody(session)
    if person not in names:
        raise KnownError("person.unknown", person=person, choices=tuple(people.names(session)))
    found = whose(session, person, handing.date)
    if not found:
        raise KnownError("handover.nobody", person=names[person], date=handing.date)
    shares: dict[str, list[str]] = {}
    for course in found:
        citizen = course.citizen.citizen
        who = (elsewhere or {}).get(citizen)
        if who != "":
            shares.setdefault(who or handing.to_person, []).append(citizen)
    if not shares:
        raise KnownError("handover.all_stay", person=names[person])
    return _shared(session, [(replace(handing, to_person=who), mine) for who, mine in shares.items()])


def whose(session: Session, person: str, day: dt.date) -> list[Course]:
    """Return the open cases that are a colleague's on the day, or were the day before and are nobody's on it."""
    from progression.store import queries

    found = []
    for course in queries.courses(session.vault).values():
        rows = caseworkers.periods(course.assignments, course.assessments)
        now = caseworkers.responsible(rows, day)
        mine = person in (now, caseworkers.responsible(rows, day - _DAY) if not now else "")
        if mine and not _closed(course, day):
            found.append(course)
    return found


def several(session: Session, citizens: Iterable[str], handing: Handing) -> HandedOver:
    """Hand over these citizens: all of them or none.

    Raises KnownError "handover.invalid" (faults), "handover.closed" (numbers), "handover.two_responsible" (person,
    date, numbers: who would be responsible on the same day, from when, and for whom), and "handover.same_day" likewise.
    """
    return _shared(session, [(handing, list(citizens))])


def _shared(session: Session, shares: Sequence[tuple[Handing, list[str]]]) -> HandedOver:
    """Hand each share of citizens over: all of them or none, as one act."""
    from progression.store import kinds, queries
    from progression.store.access import Act
    from progression.store.journal import new_id

    read = [(handing, list(queries.courses(session.vault, mine).values())) for handing, mine in shares]
    for handing, courses in read:
        _check(session, handing, courses)
    identity = new_id(session.vault.clock)
    values = [value for handing, courses in read for course in courses for value in _writes(course, handing, identity)]
    talks = sum(isinstance(value, Conversation) for value in values)
    events = [kinds.to_event(value) for value in values]
    who = tuple(course.citizen.citizen for _handing, courses in read for course in courses)
    written = session.vault.append(events, Act("change", who[0], purpose="handover"))
    for citizen in who[1:]:  # whoever asks for the log about one citizen finds it there
        session.vault.log(Act("change", citizen, purpose="handover"))
    changes = Changes(KINDS, frozenset(who), tuple(event.id for event in written))
    return HandedOver(identity, who, talks, changes)


def take_back(session: Session, identity: str) -> Changes:
    """Undo a hand-over as one act: everything stands as it did before it.

    Raises KnownError "handover.unknown", and "undo.changed_since" (who, time) once a part of it has been changed.
    """
    from progression.store import queries, undoing
    from progression.store.access import Act

    found = [row for row in queries.handovers(session.vault) if row.id == identity]
    if not found:
        raise KnownError("handover.unknown")
    events: list[str] = []
    for row in found:
        before = undoing.written_before(session.vault, row.event, _WRITTEN)
        events += [one.id for one in before if _belongs(row, one)]
        events.append(row.event)
    back = undoing.restoring(session.vault, events)
    written = session.vault.append(back, Act("change", found[0].citizen, purpose="handover taken back"))
    for row in found[1:]:
        session.vault.log(Act("change", row.citizen, purpose="handover taken back"))
    return Changes(KINDS, frozenset(row.citizen for row in found), tuple(event.id for event in written))


def listing(session: Session, citizen: str | None = None) -> list[Handover]:
    """Return the hand-overs of one citizen or of all, the newest first."""
    from progression.store import queries

    return sorted(queries.handovers(session.vault, citizen), key=lambda h: (h.date, h.event), reverse=True)


@dataclass(frozen=True, slots=True)
class Ticking:
    """A hand-over with what of its checklist is done. `name`, `number`: of the citizen."""

    handover: Handover
    name: str
    number: str

    @property
    def done(self) -> tuple[str, ...]:
        """The codes that are done."""
        return checklists.read(self.handover.checklist)

    @property
    def left(self) -> int:
        """How many things of the checklist are not done."""
        return len(set(checklists.HANDOVER) - set(self.done))


def checklists_of(session: Session) -> tuple[Ticking, ...]:
    """Return the latest hand-over of every open case within a year back, the newest first: those with something left,
    then those that are done; those of one day by name. Later ones stand in the place of earlier ones."""
    from progression.store import queries

    today = session.today()
    open_cases = {
        one.citizen: one for one in queries.citizens(session.vault) if not one.case_closed or one.case_closed >= today
    }
    newest: dict[str, Handover] = {}
    for row in reversed(listing(session)):
        if row.citizen in open_cases and (today - row.date).days <= CHECKED_DAYS:
            newest[row.citizen] = row
    found = [Ticking(row, open_cases[who].name, open_cases[who].number) for who, row in newest.items()]
    return tuple(sorted(found, key=_in_order))


def _in_order(one: Ticking) -> tuple[bool, int, str, str]:
    return one.left == 0, -one.handover.date.toordinal(), one.name.casefold(), one.number


def tick(session: Session, handover: Handover, done: Iterable[str]) -> Changes:
    """Keep what of the checklist is done."""
    from progression.store import kinds
    from progression.store.access import Act

    changed = replace(handover, checklist=checklists.written(done, checklists.HANDOVER))
    written = session.vault.append([kinds.to_event(changed)], Act("change", handover.citizen))
    return Changes.of({"handover"}, handover.citizen, written)


def _belongs(row: Handover, written: Written) -> bool:
    """Whether an event written right before a hand-over is a part of it: its own marks, whatever else came with it."""
    body = written.body
    if written.kind == "conversation.set":
        return written.corrects and body.get("caseworker") == row.to_person
    if written.corrects:
        return body.get("end") == (row.date - _DAY).isoformat() and body.get("caseworker") != row.to_person
    return body.get("start") == row.date.isoformat() and body.get("caseworker") == row.to_person


def _closed(course: Course, day: dt.date) -> bool:
    closed = course.citizen.case_closed
    return closed is not None and closed <= day


def _check(session: Session, handing: Handing, courses: Sequence[Course]) -> None:
    """Raise for whatever stands against it, before anything is written."""
    if not courses:
        raise KnownError("citizen.gone")
    names = people.names(session)
    sample = Handover(courses[0].citizen.citizen, "", handing.date, "", handing.to_person, planned=handing.planned)
    faults = list(checks.blocking(checks.handover(sample, session.today())))
    if handing.to_person.strip() and handing.to_person not in names:
        faults.append(Fault("to_person", "fault.person_unknown", handing.to_person, {"choices": tuple(names)}))
    if any(_from(course, handing.date) == handing.to_person for course in courses) and handing.to_person:
        faults.append(Fault("to_person", "fault.same_person", handing.to_person))
    if faults:
        raise KnownError("handover.invalid", faults=tuple(faults))
    closed = [course.citizen.number for course in courses if _closed(course, handing.date)]
    if closed:
        raise KnownError("handover.closed", numbers=tuple(closed))
    _check_free(names, handing, courses)


def _check_free(names: Mapping[str, str], handing: Handing, courses: Sequence[Course]) -> None:
    """Nobody else may begin on the day or after it: two would be responsible on the same day."""
    taken = [
        (course, row)
        for course in courses
        for row in course.assignments
        if row.role == COORDINATING and row.start >= handing.date and (row.end is None or row.start <= row.end)
    ]
    if taken:
        first = min((row for _, row in taken), key=lambda row: (row.start, row.event))
        same = [c.citizen.number for c, r in taken if (r.caseworker, r.start) == (first.caseworker, first.start)]
        raise KnownError(
            "handover.same_day" if first.start == handing.date else "handover.two_responsible",
            person=names.get(first.caseworker, first.caseworker),
            date=first.start,
            numbers=tuple(dict.fromkeys(same)),
        )


def _from(course: Course, day: dt.date) -> str:
    return caseworkers.responsible(caseworkers.periods(course.assignments, course.assessments), day)


def _writes(course: Course, handing: Handing, identity: str) -> Iterable[Assignment | Conversation | Handover]:
    citizen, reason = course.citizen.citizen, handing.reason.strip()
    rows = caseworkers.periods(course.assignments, course.assessments)
    before = caseworkers.responsible(rows, handing.date)
    for row in course.assignments:
        running = row.start < handing.date and (row.end is None or row.end >= handing.date)
        if row.role == COORDINATING and row.caseworker == before and running:
            yield replace(row, end=handing.date - _DAY)
    yield Assignment(citizen, handing.to_person, handing.date, reason=reason, planned=handing.planned)
    last = before or next((p.caseworker for p in reversed(rows) if p.start < handing.date), "")
    former = last if last != handing.to_person else ""
    for talk in course.conversations:
        if talk.status == "planned" and talk.date >= handing.date and former and talk.caseworker == former:
            yield replace(talk, caseworker=handing.to_person)
    yield Handover(
        citizen, identity, handing.date, former, handing.to_person, reason, handing.planned,
        checklists.written(handing.checklist, checklists.HANDOVER), handing.note.strip(),
    )  # fmt: skip
