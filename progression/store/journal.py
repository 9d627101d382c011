"""Events: how one is made, hashed, written, read and verified. Nothing here may ever change for events already written.

    body_hash = SHA-256(salt + body)         body: canonical JSON bytes; salt: 16 random bytes
    hash      = SHA-256(canonical JSON of ["progression-event-1", id, stream, seq, time, author, kind, version,
                                           citizen, replaces, body_hash, prev_hash])
    prev_hash = hash of seq - 1 in the same stream, 64 zeros for seq 1

Erasing a body with its salt leaves `body_hash`, from which nothing can be guessed back, and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from progression.store.clock import Clock, stamp, unstamp

COLUMNS = (
    "id", "stream", "seq", "time", "author", "kind", "version", "citizen", "replaces", "body", "salt",
    "body_hash", "prev_hash", "hash",
)  # fmt: skip
SELECT = f"SELECT {', '.join(COLUMNS)} FROM event"  # noqa: S608 - fixed words
INSERT = f"INSERT INTO event ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
START = "0" * 64
SALT_BYTES = 16
_FORMAT = "progression-event-1"
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is to be recorded. `time` None = now; given only where the act itself lies in the past (the demo)."""

    kind: str
    body: dict[str, Any]
    citizen: str | None = None
    replaces: tuple[str, ...] = ()
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the journal. `time` is UTC. `body` and `salt` are None after erasure."""

    id: str
    stream: str
    seq: int
    time: datetime
    author: str
    kind: str
    version: int
    citizen: str | None
    replaces: tuple[str, ...]
    body: dict[str, Any] | None
    salt: bytes | None
    body_hash: str
    prev_hash: str
    hash: str


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, letters as they are, no NaN. Raises ValueError, TypeError."""
    return _ENCODER.encode(value)


def random_id() -> str:
    """A random id of 128 bits: citizens, accounts, vaults, teams, incarnations."""
    return secrets.token_hex(16)


class Ids:
    """UUIDv7 ids that grow within this process, also within one millisecond and when the clock is set back."""

    def __init__(self) -> None:
        self._milliseconds = -1
        self._tail = 0  # the 74 bits behind the time

    def new(self, now: datetime) -> str:
        milliseconds = int(now.timestamp() * 1000)
        if milliseconds > self._milliseconds:
            self._milliseconds = milliseconds
            self._tail = int.from_bytes(os.urandom(10), "big") >> 7  # 73 bits: room to count upwards
        else:
            self._tail += 1 + int.from_bytes(os.urandom(4), "big")
        return _uuid7(self._milliseconds, self._tail)


def _uuid7(milliseconds: int, tail: int) -> str:
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    number = milliseconds << 80 | 7 << 76 | (high & 0xFFF) << 64 | 2 << 62 | low
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def event_hash(row: Sequence[Any]) -> str:
    """The hash over an event's header, given its columns in the order of COLUMNS (body, salt and hash are not read)."""
    replaces = [] if row[8] == "[]" else json.loads(row[8])
    head = [_FORMAT, *row[:8], replaces, row[11], row[12]]
    return hashlib.sha256(_ENCODER.encode(head).encode()).hexdigest()


def body_hash(body: str, salt: bytes) -> str:
    """The hash that stays when body and salt are erased."""
    return hashlib.sha256(salt + body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and where in the stream."""

    stream: str
    author: str
    seq: int  # of the last event written, 0 before the first
    prev_hash: str


def rows(
    events: Iterable[NewEvent], versions: dict[str, int], writer: Writer, ids: Ids, now: datetime
) -> Iterator[tuple[Any, ...]]:
    """Turn new events into journal rows (order of COLUMNS), chained after the writer's last one.

    Raises KeyError for an unknown kind, ValueError or TypeError for a body that is not JSON.
    """
    seq, previous, written = writer.seq, writer.prev_hash, stamp(now)
    for event in events:
        seq += 1
        body = _ENCODER.encode(event.body)
        salt = os.urandom(SALT_BYTES)
        time = written if event.time is None else stamp(event.time)
        row = [
            ids.new(now), writer.stream, seq, time, writer.author, event.kind, versions[event.kind],
            event.citizen, _ENCODER.encode(event.replaces), body, salt, body_hash(body, salt), previous, "",
        ]  # fmt: skip
        row[13] = previous = event_hash(row)
        yield tuple(row)


def from_row(row: Sequence[Any]) -> Event:
    """Read a journal row."""
    id_, stream, seq, time, author, kind, version, citizen, replaces, body, salt, body_hash_, prev_hash, hash_ = row
    return Event(
        id_, stream, seq, unstamp(time), author, kind, version, citizen, tuple(json.loads(replaces)),
        None if body is None else json.loads(body), salt, body_hash_, prev_hash, hash_,
    )  # fmt: skip


def to_row(event: Event) -> tuple[Any, ...]:
    """Write an event as a journal row."""
    return (
        event.id, event.stream, event.seq, stamp(event.time), event.author, event.kind, event.version,
        event.citizen, canonical(event.replaces), None if event.body is None else canonical(event.body),
        event.salt, event.body_hash, event.prev_hash, event.hash,
    )  # fmt: skip


def faults(row: Sequence[Any]) -> list[str]:
    """What does not verify in one row: "body", "hash", or nothing. An erased body verifies."""
    found = []
    body, salt = row[9], row[10]
    if (body is None) != (salt is None) or (body is not None and body_hash(body, salt) != row[11]):
        found.append("body")
    if event_hash(row) != row[13]:
        found.append("hash")
    return found


_IDS = Ids()


def new_id(clock: Clock) -> str:
    """A UUIDv7 for something that is no event (an intervention, a conversation)."""
    return _IDS.new(clock.now())
