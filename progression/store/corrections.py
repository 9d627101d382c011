"""What an assessment said before it was corrected: the journal read backwards, everything that was ever replaced."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from progression.store.clock import unstamp

if TYPE_CHECKING:
    from progression.store.vault import Vault

# replaced is short where the journal is long: corrections are few
_REPLACING = (
    'SELECT DISTINCT e.id, e.replaces, e.body, e.time, e.author FROM replaced r JOIN event e ON e.id = r."by" '
    "WHERE e.citizen = ? AND e.kind = 'assessment.set' ORDER BY e.time, e.id"
)
_ONE = "SELECT replaces, body FROM event WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Replaced:
    """One replacing of an assessment. `before`, `after`: bodies as written, None where it was erased; `after` may be
    {"withdrawn": true}. `came_back`: what stands now stood before already, so that something was undone."""

    event: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    came_back: bool
    who: str
    when: datetime


def of_assessments(v: Vault, citizen: str) -> list[Replaced]:
    """Return every replacing of a citizen's assessments in the order they were made. `who` is the account's name, its
    id where it has none. An assessment that replaces two (a conflict that was settled) is there once for each."""
    names = dict(v.rows("SELECT id, name FROM account ORDER BY event"))
    found = []
    for event, replaces, body, time, author in v.rows(_REPLACING, (citizen,)):
        for old in json.loads(replaces or "[]"):
            earlier = _ancestors(v, old)
            if earlier:
                again = body is not None and body in earlier[1:]
                found.append(
                    Replaced(event, _read(earlier[0]), _read(body), again, names.get(author, author), unstamp(time))
                )
    return found


def _read(body: str | None) -> dict[str, Any] | None:
    return None if body is None else json.loads(body)


def _ancestors(v: Vault, event: str) -> list[str | None]:
    """The bodies of an event and of what it replaced, the nearest first; [] where it is not here."""
    found: list[str | None] = []
    waiting, seen = [event], set()
    while waiting:
        one = waiting.pop(0)
        rows = v.rows(_ONE, (one,)) if one not in seen else []
        seen.add(one)
        if rows:
            found.append(rows[0][1])
            waiting += json.loads(rows[0][0] or "[]")
    return found
