"""What a calendar asks of the vault: conversations of some days, a citizen's own, and when the last contact was."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from progression.casework.values import Conversation, Note
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


def last_contacts(v: Vault, day: dt.date) -> dict[str, dt.date]:
    """citizen -> the latest day up to `day` of a held conversation or another contact; what
    `casework.talks.last_contact` says, for everybody at once."""
    rows = v.rows(
        "SELECT citizen, max(date) FROM ("
        "SELECT citizen, date FROM conversation WHERE status = 'held' AND date <= ? UNION ALL "
        "SELECT citizen, date FROM note WHERE kind = 'contact' AND date <= ?) GROUP BY citizen",
        (day.isoformat(), day.isoformat()),
    )
    return {citizen: read_day(latest) for citizen, latest in rows}
