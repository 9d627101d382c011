"""Colleagues: who they are and whom they are responsible for."""

from __future__ import annotations

from collections.abc import Mapping

from progression.casework.values import Assignment, Person
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
