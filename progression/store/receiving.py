"""Taking in events of other devices: a set union. Order, batching and repetition make no difference.

The same (stream, seq), or the same id, with another hash is a fork: two copies of one device wrote. Neither side is
believed: the later arrival goes to `quarantine`, both wait, and the user is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from progression.errors import KnownError
from progression.store import journal
from progression.store.engine import Database
from progression.store.journal import Event
from progression.store.projections import Projector
from progression.store.rows import fact

_ADD = journal.INSERT.replace("INTO event", "INTO quarantine", 1)


@dataclass(frozen=True, slots=True)
class Received:
    """How many events were new, how many were known already, which (stream, seq) forked, and the streams that grew."""

    new: int
    known: int
    forks: tuple[tuple[str, int], ...]
    streams: frozenset[str]


def verified(events: Iterable[Event]) -> list[tuple[Any, ...]]:
    """The journal rows of events whose body and header both verify.

    An event without its body is refused: erasure travels as a decision of its own, never as a gap.
    Raises KnownError("exchange.event_damaged", stream, seq).
    """
    rows = []
    for event in events:
        row = journal.to_row(event)
        if event.body is None or event.seq < 1 or journal.faults(row):
            raise KnownError("exchange.event_damaged", stream=event.stream, seq=event.seq)
        rows.append(row)
    return rows


def take_in(db: Database, projector: Projector, rows: Sequence[tuple[Any, ...]]) -> Received:
    """Add verified rows to the journal and the projections, inside the caller's transaction."""
    fresh: list[tuple[Any, ...]] = []
    forks: list[tuple[str, int]] = []
    again = False
    for row in rows:
        found = _same_place(db, row)
        if row[13] in {hash_ for hash_, _ in found}:
            continue
        again = again or bool(found)
        if any(table == "event" for _, table in found):
            db.conn.execute(_ADD, row)
            forks.append((row[1], row[2]))
        else:
            db.conn.execute(journal.INSERT, row)
            fresh.append(row)
    if again:
        projector.rebuild()
    elif fresh:
        projector.add([_fact(row) for row in fresh], own=False)
    known = len(rows) - len(fresh) - len(forks)
    return Received(len(fresh), known, tuple(forks), frozenset(row[1] for row in fresh) | {s for s, _ in forks})


def _same_place(db: Database, row: tuple[Any, ...]) -> list[tuple[str, str]]:
    """(hash, table) of what already stands under this id or at this place of the stream."""
    where = "WHERE id = ? OR (stream = ? AND seq = ?)"
    sql = (
        f"SELECT hash, 'event' FROM event {where} "  # noqa: S608 - own words
        f"UNION ALL SELECT hash, 'quarantine' FROM quarantine {where}"
    )
    place = (row[0], row[1], row[2])
    return db.conn.execute(sql, place + place).fetchall()


def _fact(row: tuple[Any, ...]) -> Any:
    return fact((row[0], row[5], row[6], row[7], row[8], row[9], row[3], row[4]))
