"""Colleagues: who they are and whom they are responsible for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from progression.casework import checks
from progression.casework.caseworkers import caseworker_on, shared
from progression.casework.norms import MOST
from progression.casework.values import Assignment, Course, Person
from progression.desk import closing
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError


def listing(session: Session) -> list[Person]:
    """Return the colleagues, sorted by key."""
    from progression.store import queries

    return list(queries.people(session.vault))


def names(session: Session) -> Mapping[str, str]:
    """Return key -> name (the key itself where no name is known)."""
    return {person.person: person.name or person.person for person in listing(session)}


def everybody(session: Session) -> Mapping[str, str]:
    """Return key -> name of colleagues and of accounts: who assessed may be known by an account only."""
    from progression.store import queries

    return {account: name for account, (name, _role) in queries.accounts(session.vault).items()} | dict(names(session))


def team_of(teams: Mapping[str, str], caseworker: str, own: str) -> str:
    """Return the team a case belongs to: that of the colleague who is responsible, else the one the citizen has.

    The one definition, for duties and caseloads alike. `teams`: person key -> team; `own`: the citizen's.
    """
    return teams.get(caseworker, "") or own


def teams(session: Session) -> Mapping[str, str]:
    """Return key -> team, "" where nobody said."""
    return {person.person: person.team for person in listing(session)}


def me(session: Session) -> str:
    """Return the person key of whoever is logged in, "" where the account is tied to nobody."""
    from progression.store import queries

    linked: Mapping[str, str] = queries.setting(session.vault, "account_person", {})
    return linked.get(session.vault.account.id, "")


def assessor(session: Session, course: Course, day: dt.date) -> str:
    """Return the person key of who held the conversation: the colleague the account is tied to, else the one with its
    name, else the citizen's caseworker that day, else the account itself. (Who typed it in is the author of the event.)
    """
    account = session.vault.account
    if linked := me(session):
        return linked
    wanted = account.name.strip().casefold()
    for person in listing(session):
        if wanted and person.name.strip().casefold() == wanted:
            return person.person
    return caseworker_on(course, day) or account.id


def save(session: Session, person: Person) -> Changes:
    """Add a colleague, or change one. Raises KnownError("person.invalid", faults)."""
    given = replace(person, person=person.person.strip())
    faults: list[Fault] = []
    if not given.person:
        faults.append(Fault("person", "fault.empty"))
    elif not given.event and given.person in {one.person for one in listing(session)}:
        faults.append(Fault("person", "fault.person_taken", given.person))
    if given.norm is not None and not 1 <= given.norm <= MOST:
        faults.append(Fault("norm", "fault.range", given.norm, {"minimum": 1, "maximum": MOST}))
    if faults:
        raise KnownError("person.invalid", faults=tuple(faults))
    return _save(session, given, "person")


def remove(session: Session, person: Person) -> Changes:
    """Take a colleague out of the list. Raises KnownError("person.in_use", person, n) while facts name them."""
    from progression.store import kinds, queries
    from progression.store.access import Act

    used = queries.uses_of(session.vault, "person", person.person)
    if used:
        raise KnownError("person.in_use", person=person.name or person.person, n=used)
    written = session.vault.append([kinds.withdraw(person)], Act("change"))
    return Changes(frozenset({"person"}), frozenset(), tuple(event.id for event in written))


def assign(session: Session, assignment: Assignment) -> Changes:
    """Make a colleague responsible for a citizen from a date, or correct such a row.

    Raises KnownError("assignment.invalid", faults): among them one for days on which somebody else is responsible; and
    "case.closed_then" for a new one that begins after the case closed.
    """
    from progression.store import queries

    faults = list(checks.blocking(checks.assignment(assignment, session.today())))
    known = names(session)
    if assignment.caseworker.strip() and assignment.caseworker not in known:
        faults.append(Fault("caseworker", "fault.person_unknown", assignment.caseworker, {"choices": tuple(known)}))
    course = queries.course(session.vault, assignment.citizen)
    rows = course.assignments
    taken = None if faults else shared(assignment, rows)
    if taken is not None:
        fields = {"caseworker": known.get(taken.caseworker, taken.caseworker), "date": taken.start}
        faults.append(Fault("start", "fault.two_responsible", assignment.start, fields))
    if faults:
        raise KnownError("assignment.invalid", faults=tuple(faults))
    if not assignment.event:
        closing.refuse_closed(course.citizen, assignment.start, "start")
    return _save(session, assignment, "assignment", assignment.citizen)


def end(session: Session, assignment: Assignment, day: dt.date, reason: str = "") -> Changes:
    """End an assignment on `day`, its last one. From then on nobody has the role, until somebody is assigned."""
    return assign(session, replace(assignment, end=day, reason=reason.strip() or assignment.reason))


def _save(session: Session, value: Person | Assignment, kind: str, citizen: str = "") -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    replaces = (value.event,) if value.event else ()
    act = Act("change" if replaces else "add", citizen or None)
    written = session.vault.append([kinds.to_event(value, replaces)], act)
    return Changes(frozenset({kind}), frozenset({citizen} if citizen else ()), tuple(event.id for event in written))
