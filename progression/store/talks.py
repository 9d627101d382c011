"""What a calendar asks of the vault: conversations of some days, a citizen's own, and when the last contact was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from progression.casework.values import Conversation, Note
from progression.store.caseload import among
from progression.store.facts import in_order, read_day, values

if TYPE_CHECKING:
    from progression.store.vault import Vault

_EVER = "9999-12-31"


def between(v: Vault, first: dt.date | None = None, last: dt.date | None = None) -> tuple[Conversation, ...]:
    """Every conversation of these days, both inclusive (None = no limit), sorted by citizen and date."""
    limits = first.isoformat() if first else "", last.isoformat() if last else _EVER
    return in_order(values(v, "conversation.set", "WHERE date BETWEEN ? AND ?", limits))


def conversations_of(v: Vault, citizen: str) -> tuple[Conversation, ...]:
    """One citizen's conversations, sorted by date."""
    return in_order(values(v, "conversation.set", "WHERE citizen = ?", (citizen,)))


def contacts_of(v: Vault, citizen: str) -> tuple[Note, ...]:
    """One citizen's other contacts, sorted by date."""
    return in_order(values(v, "note.set", "WHERE citizen = ? AND kind = 'contact'", (citizen,)))


def last_contacts(v: Vault, day: dt.date, of: Collection[str] | None = None) -> dict[str, dt.date]:
    """citizen -> the latest day up to `day` of a held conversation or another contact; what
    `casework.talks.last_contact` says, for everybody at once; `of`: at least for these."""
    held, named = among(of, "status = 'held' AND date <= ?")
    other, _ = among(of, "kind = 'contact' AND date <= ?")
    rows = v.rows(
        "SELECT citizen, max(date) FROM ("  # noqa: S608 - own words
        f"SELECT citizen, date FROM conversation {held} UNION ALL SELECT citizen, date FROM note {other}) "
        "GROUP BY citizen",
        (*named, day.isoformat()) * 2,
    )
    return {citizen: read_day(latest) for citizen, latest in rows}
