"""The access log: who looked at or did what, when, about whom. One line per act, in its own local table.

A search is logged without its text. The app never edits a line (a trigger refuses).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from progression.store.clock import stamp, unstamp
from progression.store.engine import Database

if TYPE_CHECKING:
    from progression.store.vault import Vault

ACTS = frozenset(
    {"view", "search", "add", "change", "export", "delete", "unlock", "import", "create", "restore", "backup",
     "check", "rebuild", "receive", "report", "settings"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """What is being done. `detail` never holds what was searched for, nor a name, a score or a note.

    Raises ValueError for an act that is none of ACTS.
    """

    act: str
    citizen: str | None = None
    purpose: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        if self.act not in ACTS:
            raise ValueError(self.act)


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One line of the log. `time` is UTC; `account` is the id of the one who acted."""

    time: datetime
    account: str
    act: str
    citizen: str | None
    purpose: str
    detail: str


def write(db: Database, account: str, act: Act, now: datetime) -> None:
    """Add a line; the caller holds the transaction."""
    db.conn.execute(
        "INSERT INTO access (time, account, act, citizen, purpose, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (stamp(now), account, act.act, act.citizen, act.purpose, act.detail),
    )


def lines(v: Vault, citizen: str | None = None) -> tuple[AccessLine, ...]:
    """The log in order, of one citizen or all."""
    sql = "SELECT time, account, act, citizen, purpose, detail FROM access"
    rows = (
        v.rows(f"{sql} ORDER BY id") if citizen is None else v.rows(f"{sql} WHERE citizen = ? ORDER BY id", (citizen,))
    )
    return tuple(AccessLine(unstamp(row[0]), *row[1:]) for row in rows)
