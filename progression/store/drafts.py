"""Unfinished conversations: a local table outside the journal, saved at every keystroke, not exchanged, gone at finish.

A draft that nobody touched for 30 days is removed when the vault is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from progression.store.clock import stamp, unstamp
from progression.store.engine import Database
from progression.store.journal import canonical

if TYPE_CHECKING:
    from progression.store.vault import Vault

KEPT = timedelta(days=30)
DraftKey = tuple[str, str, str]  # citizen, rater, scale


@dataclass(frozen=True, slots=True)
class Draft:
    """`saved`: when the last key was pressed, in UTC."""

    citizen: str
    rater: str
    scale: str
    payload: dict[str, Any]
    saved: datetime


def save(v: Vault, citizen: str, rater: str, scale: str, payload: dict[str, Any]) -> datetime:
    """Keep a draft durably in place of the earlier one; return when. Raises KnownError("disk.full") and the like."""
    now = v.clock.now()
    with v.writing():
        v.db.conn.execute(
            "INSERT INTO draft (citizen, rater, scale, payload, time) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET payload = excluded.payload, time = excluded.time",
            (citizen, rater, scale, canonical(payload), stamp(now)),
        )
    return now


def load(v: Vault, citizen: str, rater: str, scale: str) -> Draft | None:
    """The draft, None where there is none."""
    found = v.rows(f"{_SELECT} WHERE citizen = ? AND rater = ? AND scale = ?", (citizen, rater, scale))
    return _draft(found[0]) if found else None


def all(v: Vault) -> tuple[Draft, ...]:
    """Every draft, the latest first."""
    return tuple(_draft(row) for row in v.rows(f"{_SELECT} ORDER BY time DESC, citizen, rater, scale"))


def discard(v: Vault, citizen: str, rater: str, scale: str) -> bool:
    """Remove a draft; False where there was none. `Vault.append(finished=...)` does it together with the event."""
    with v.writing():
        return remove(v.db, [(citizen, rater, scale)]) > 0


def remove(db: Database, keys: Iterable[DraftKey]) -> int:
    """Remove drafts inside the caller's transaction; return how many."""
    count = 0
    for key in keys:
        count += db.conn.execute("DELETE FROM draft WHERE citizen = ? AND rater = ? AND scale = ?", key).rowcount
    return count


def expire(db: Database, now: datetime) -> int:
    """Remove drafts that are too old, inside the caller's transaction; return how many."""
    return int(db.conn.execute("DELETE FROM draft WHERE time < ?", (stamp(now - KEPT),)).rowcount)


_SELECT = "SELECT citizen, rater, scale, payload, time FROM draft"


def _draft(row: tuple[Any, ...]) -> Draft:
    return Draft(row[0], row[1], row[2], json.loads(row[3]), unstamp(row[4]))
