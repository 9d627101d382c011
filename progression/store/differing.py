"""What a copy of a database lacks of the one that is here: counted before it is put in its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from progression.store import engine, opening
from progression.store.clock import unstamp

_NO_CITIZEN = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """`facts` (events) of the present database are not in the copy; they are about `citizens` citizens, and the latest
    was written at `latest` (None where nothing is lacking)."""

    facts: int
    citizens: int
    latest: dt.datetime | None


def lacking(folder: Path, key: bytes, copy: Path) -> Lacking | None:
    """Compare the database in `folder` with the one in the file `copy`, which has this key. Nothing is changed.

    None where there is no database in the folder, or where this key does not open it: it is damaged, or another one.
    The caller holds the lock of the folder.
    """
    here = folder / opening.DATABASE
    if not here.exists():
        return None
    try:
        with engine.guarded(folder):
            return _compare(_events(here, key), set(_events(copy, key)))
    except engine.Damaged:
        return None


def _events(path: Path, key: bytes) -> dict[str, tuple[str, str]]:
    """Event -> (whom it is about, when it was written)."""
    db = engine.connect(path, key)
    try:
        if "event" not in db.table_names():  # an empty file opens with any key
            raise engine.Damaged("no journal")
        rows = db.conn.execute("SELECT id, coalesce(citizen, ''), time FROM event").fetchall()
    finally:
        db.close()
    return {event: (citizen, time) for event, citizen, time in rows}


def _compare(present: dict[str, tuple[str, str]], held: set[str]) -> Lacking:
    gone = [present[event] for event in present.keys() - held]
    latest = max((time for _who, time in gone), default=None)
    whose = {who for who, _time in gone} - {_NO_CITIZEN}
    return Lacking(len(gone), len(whose), unstamp(latest) if latest is not None else None)
