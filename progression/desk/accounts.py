"""Accounts: who can open this database, and which colleague each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from progression.desk import people, settings
from progression.desk.session import Changes, Session
from progression.errors import KnownError

TIED = "account_person"  # the setting: account id -> person key


@dataclass(frozen=True, slots=True)
class Account:
    """`person`: the colleague it is tied to, "" = nobody. `own`: it is the one in use. `opens`: it has a passphrase on
    this device."""

    id: str
    name: str
    role: str
    person: str
    own: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Accounts:
    """Those known, one's own first, then by name; and whom they can be tied to (person key -> name)."""

    rows: tuple[Account, ...]
    colleagues: Mapping[str, str]

    @property
    def own(self) -> Account:
        """The account in use."""
        return self.rows[0]


def page(session: Session) -> Accounts:
    """Return the accounts of the database. Nothing about a citizen, so nothing is logged."""
    from progression.store import queries

    vault = session.vault
    tied: Mapping[str, str] = settings.get(session, TIED, {})
    opens = {wrap.user for wrap in vault.header.wraps}
    known = {**queries.accounts(vault), vault.account.id: (vault.account.name, vault.account.role)}
    rows = [
        Account(identity, name, role, tied.get(identity, ""), identity == vault.account.id, identity in opens)
        for identity, (name, role) in known.items()
    ]
    return Accounts(
        tuple(sorted(rows, key=lambda one: (not one.own, one.name.casefold(), one.id))), dict(people.names(session))
    )


def tie(session: Session, account: str, person: str) -> Changes:
    """Say which colleague an account is ("" = none of them): whose caseload is "mine", and what the status bar says.

    Raises KnownError("person.unknown", person, choices) for nobody in the list.
    """
    known = people.names(session)
    if person and person not in known:
        raise KnownError("person.unknown", person=person, choices=tuple(sorted(known)))
    tied = {**settings.get(session, TIED, {}), account: person}
    changes = settings.put(session, TIED, {key: value for key, value in sorted(tied.items()) if value})
    return changes | Changes(frozenset({"person"}))
