"""What the window asks of the vault for itself: the status bar's facts, and the index of the search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progression.desk.session import Session
    from progression.desk.vaults import Status


@dataclass(frozen=True, slots=True)
class Facts:
    """What the status bar and the rail show. `team`: whom the person who works here belongs to, "" where nobody said;
    `municipality`: whose database it is; `invented`: everybody in it is (the demo)."""

    status: Status
    team: str
    municipality: str
    invented: bool


def prepare_search(session: Session) -> bool:
    """Make a part of the index; return whether more is left."""
    from progression.desk import search

    return search.prepare(session)


def facts(session: Session) -> Facts:
    """Return what the status bar and the rail show."""
    from progression.desk import people, settings, vaults

    status, who = vaults.status(session), people.me(session)
    mine = next((person for person in people.listing(session) if who and person.person == who), None)
    if mine is not None and mine.role:
        status = replace(status, role=mine.role)  # what one is in the register, not what the account was made as
    return Facts(
        status,
        mine.team if mine is not None else "",
        str(settings.get(session, "municipality", "")),
        settings.get(session, "demo", False) is True,
    )
