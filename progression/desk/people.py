"""Colleagues: who they are and whom they are responsible for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from progression.casework.values import Assignment, Course, Person
from progression.desk.session import Changes, Session


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


def me(session: Session) -> str:
    """Return the person key of whoever is logged in, "" where the account is tied to nobody."""
    from progression.store import queries

    linked: Mapping[str, str] = queries.setting(session.vault, "account_person", {})
    return linked.get(session.vault.account.id, "")


def assessor(session: Session, course: Course, day: dt.date) -> str:
    """Return the person key of who held the conversation: the colleague the account is tied to, else the one with its
    name, else the citizen's caseworker that day, else the account itself. (Who typed it in is the author of the event.)
    """
    from progression.casework.caseworkers import caseworker_on

    account = session.vault.account
    if linked := me(session):
        return linked
    wanted = account.name.strip().casefold()
    for person in listing(session):
        if wanted and person.name.strip().casefold() == wanted:
            return person.person
    return caseworker_on(course, day) or account.id


def save(session: Session, person: Person) -> Changes:
    """Add a colleague, or change one."""
    return _save(session, person, "person")


def assign(session: Session, assignment: Assignment) -> Changes:
    """Make a colleague responsible for a citizen from a date."""
    return _save(session, assignment, "assignment", assignment.citizen)


def _save(session: Session, value: Person | Assignment, kind: str, citizen: str = "") -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    replaces = (value.event,) if value.event else ()
    session.vault.append([kinds.to_event(value, replaces)], Act("change" if replaces else "add", citizen or None))
    return Changes(frozenset({kind}), frozenset({citizen} if citizen else ()))
