"""Two vaults that hand each other their events, as an exchange does: the union of both."""

from __future__ import annotations

from progression.desk.session import Session
from progression.store import journal


def events(session: Session) -> list[journal.Event]:
    names = ", ".join(journal.COLUMNS)
    return [journal.from_row(row) for row in session.vault.rows(f"SELECT {names} FROM event ORDER BY stream, seq")]


def exchange(one: Session, other: Session) -> None:
    mine, theirs = events(one), events(other)
    one.vault.receive(theirs)
    other.vault.receive(mine)
