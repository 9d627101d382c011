"""Whether anything is new since a document was made: one short mark for everything a citizen's documents rest on.

A fact's event is replaced by another when the fact is corrected and its row is gone when it is withdrawn, so the events
that are in force now are enough to tell.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from progression.store.tables import COLUMNS

if TYPE_CHECKING:
    from progression.store.vault import Vault


def of_citizen(v: Vault, citizen: str) -> str:
    """Return a mark (64 hex digits) of the facts about a citizen: another one as soon as one is new, other or gone."""
    tables = sorted(table for table, columns in COLUMNS.items() if "citizen" in columns)
    made = hashlib.sha256()
    for table in tables:  # the names are our own
        for (event,) in v.rows(f"SELECT event FROM {table} WHERE citizen = ? ORDER BY event", (citizen,)):  # noqa: S608
            made.update(event.encode())
    return made.hexdigest()


def of_everybody(v: Vault) -> str:
    """Return a mark of the facts about no citizen: settings, scales, rules, types, colleagues, adopted estimates."""
    tables = sorted(table for table, columns in COLUMNS.items() if "citizen" not in columns)
    made = hashlib.sha256()
    for table in tables:
        for (event,) in v.rows(f"SELECT event FROM {table} ORDER BY event"):  # noqa: S608
            made.update(event.encode())
    return made.hexdigest()
