"""Undoing an act: new events that put back what its events replaced, and take back what they added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.errors import KnownError
from progression.store.clock import unstamp
from progression.store.journal import NewEvent
from progression.store.kinds import WITHDRAWN

if TYPE_CHECKING:
    from progression.store.vault import Vault

_ONE = "SELECT kind, citizen, replaces, body FROM event WHERE id = ?"
_LATER = (
    'SELECT e.id, e.author, e.time FROM replaced r JOIN event e ON e.id = r."by" WHERE r.event = ? '
    "ORDER BY e.time, e.id"
)


def restoring(v: Vault, events: Iterable[str]) -> list[NewEvent]:
    """Return the events that undo these, in their order.

    Raises KnownError("undo.changed_since", who, time) once one of them has been replaced, and "undo.erased" where what
    stood before is erased.
    """
    return [_restored(v, event) for event in events]


def _restored(v: Vault, event: str) -> NewEvent:
    rows = v.rows(_ONE, (event,))
    if not rows or rows[0][3] is None:
        raise KnownError("undo.erased")
    kind, citizen, replaces, body = rows[0]
    standing = _standing(v, event, body)
    before = sorted(json.loads(replaces or "[]"))
    if not before:
        return NewEvent(kind, dict(WITHDRAWN), citizen, (standing,))
    kept = v.rows(_ONE, (before[-1],))
    if not kept or kept[0][3] is None:
        raise KnownError("undo.erased")
    return NewEvent(kind, json.loads(kept[0][3]), citizen, (standing,))


def _standing(v: Vault, event: str, body: str) -> str:
    """The event that now says what this one said: itself, or what later changes that were undone came back to.

    Raises KnownError("undo.changed_since") with who wrote the first of the later ones, where something else stands now.
    """
    first: tuple[str, str] | None = None
    while later := v.rows(_LATER, (event,)):
        first = first or later[0][1:3]
        if len(later) > 1:  # two have changed it apart from each other
            break
        event = later[0][0]
    else:
        now = v.rows(_ONE, (event,))
        if first is None or (now and now[0][3] == body):
            return event
    assert first is not None
    names = dict(v.rows("SELECT id, name FROM account ORDER BY event"))
    author, time = first
    raise KnownError("undo.changed_since", who=names.get(author, author), time=unstamp(time))


@dataclass(frozen=True, slots=True)
class Written:
    """An event as it stands in the journal; `corrects`: it replaced another one."""

    id: str
    kind: str
    body: dict[str, Any]
    corrects: bool


def written_before(v: Vault, event: str, kinds: Sequence[str]) -> list[Written]:
    """Return the events of these kinds that stand right before one in its stream, about the same
    citizen and of the same moment: what one act wrote together. In the order of writing."""
    found = v.rows("SELECT stream, seq, citizen, time FROM event WHERE id = ?", (event,))
    if not found:
        return []
    stream, seq, citizen, time = found[0]
    sql = "SELECT id, kind, body, citizen, time, replaces FROM event WHERE stream = ? AND seq = ?"
    out: list[Written] = []
    while seq := seq - 1:
        row = v.rows(sql, (stream, seq))
        if not row or row[0][3] != citizen or row[0][4] != time or row[0][1] not in kinds or row[0][2] is None:
            break
        out.append(Written(row[0][0], row[0][1], json.loads(row[0][2]), bool(json.loads(row[0][5]))))
    return out[::-1]
