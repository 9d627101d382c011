"""What is written about citizens in words, for searching: one text per citizen, read a part of the vault at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progression.store.vault import Vault

_TEXTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("note", ("text", "limitation", "suggestion")),
    ("conversation", ("topic", "outcome")),
    ("plan", ("goal", "agreement", "words")),
)
_CITIZEN = "SELECT citizen, number, name, cpr, phone, note FROM citizen"


def heads(v: Vault, ids: Sequence[str] | None = None) -> dict[str, tuple[str, str, str, str, str]]:
    """citizen -> (number, name, CPR number, phone, note), of these citizens or all; the newest of versions in conflict.

    At most a few hundred ids at a time.
    """
    rows = (
        v.rows(f"{_CITIZEN} ORDER BY event")
        if ids is None
        else v.rows(f"{_CITIZEN} WHERE citizen IN ({_marks(ids)}) ORDER BY event", tuple(ids))
    )
    return {row[0]: row[1:] for row in rows}


def notes(v: Vault, ids: Sequence[str]) -> dict[str, list[str]]:
    """citizen -> everything written in notes, conversations, plans and beside answers. At most a few hundred ids."""
    found: dict[str, list[str]] = defaultdict(list)
    for table, columns in _TEXTS:
        listed = ", ".join(f'"{name}"' for name in columns)
        sql = f"SELECT citizen, {listed} FROM {table} WHERE citizen IN ({_marks(ids)})"  # noqa: S608 - own words
        for who, *texts in v.rows(sql, tuple(ids)):
            found[who] += [text for text in texts if text]
    sql = (
        "SELECT citizen, note, notes FROM assessment "  # noqa: S608 - own words
        f"WHERE citizen IN ({_marks(ids)}) AND (note <> '' OR notes <> '')"
    )
    for who, note, beside in v.rows(sql, tuple(ids)):
        found[who] += [note] if note else []
        found[who] += [str(text) for text in json.loads(beside).values()] if beside else []
    return found


def _marks(ids: Sequence[str]) -> str:
    return ", ".join("?" * len(ids))
