"""The projection tables: one per noun, with the value's fields as columns, good for SQL.

Each row is made from one event (and, for the cells of an assessment, the scale in force). No row numbers, no order
of arrival.
"""

from __future__ import annotations

import hashlib

from progression.scales import library
from progression.store.engine import Database
from progression.store.kinds import FIELDS, VALUES, VERSIONS, WITHOUT_CITIZEN

FORMAT = 1  # raise it when rows are made in another way: the next opening rebuilds them
TABLE_OF: dict[str, str] = {
    "account.added": "account", "scale.installed": "scale", "types.installed": "intervention_type",
    "setting.set": "setting", "estimates.adopted": "estimate", "flag.shown": "flag",
    "categories.installed": "category_set", "rules.installed": "ruleset",
} | {kind: kind.removesuffix(".set") for kind in VALUES}  # fmt: skip


def _value_columns(kind: str) -> dict[str, type]:
    names: dict[str, type] = {"event": str} if kind in WITHOUT_CITIZEN else {"event": str, "citizen": str}
    return names | {f.name: f.column for f in FIELDS[kind]}


COLUMNS: dict[str, dict[str, type]] = {
    "account": {"event": str, "id": str, "name": str, "role": str},
    "scale": {"event": str, "id": str, "version": int, "toml": str},
    "intervention_type": {
        "event": str, "place": int, "code": str, "name": str, "bip_type": str, "active": int, "state": str,
        "retired": int,
    },
    "setting": {"event": str, "key": str, "value": str},
    "estimate": {"event": str, "scale": str, "adopted": str, "body": str},
    "flag": {"event": str, "citizen": str, "flag": str, "body": str},
    "category_set": {"event": str, "id": str, "toml": str},
    "ruleset": {"event": str, "id": str, "toml": str},
    **{TABLE_OF[kind]: _value_columns(kind) for kind in VALUES},
}  # fmt: skip
COLUMNS["decision"]["author"] = str
# `cells`: see scales.cells; `loose`: answers that the scale in force has no cell for, as JSON ('' = none)
COLUMNS["assessment"] |= {"entered": str, "notes": str, "cells": str, "loose": str}
_KEYS: dict[str, tuple[str, ...]] = {"intervention_type": ("event", "code")}
_INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "citizen": (("citizen",), ("number",)),
    "setting": (("key",),),
    "flag": (("citizen",), ("flag",)),
    **dict.fromkeys(
        tuple(TABLE_OF[kind] for kind in VALUES if kind not in WITHOUT_CITIZEN | {"citizen.set", "assessment.set"}),
        (("citizen",),),
    ),
}
# the state of the set of events itself: who replaces whom, and what an event still waits for ('' = see reason)
_STATE: dict[str, dict[str, type]] = {
    "replaced": {"event": str, "by": str},
    "waiting": {"event": str, "needs": str, "reason": str},
}
ALL: tuple[str, ...] = (*COLUMNS, *_STATE)


def columns(table: str) -> tuple[str, ...]:
    """The columns of a projection table, in order."""
    return tuple((COLUMNS | _STATE)[table])


def insert(table: str) -> str:
    """The statement that adds a row."""
    names = columns(table)
    listed = ", ".join(f'"{name}"' for name in names)  # "end" and "by" are words of SQL
    return f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608


def create(db: Database) -> None:
    """Make every projection anew and empty, inside the caller's transaction."""
    for table in ALL:
        db.conn.execute(f"DROP TABLE IF EXISTS {table}")
    for table, kinds in COLUMNS.items():
        if table == "assessment":
            continue
        db[table].create(kinds, pk=_KEYS.get(table, "event"), strict=True)
        for names in _INDEXES.get(table, ()):
            db[table].create_index(list(names))
    _create_assessment(db)
    db["replaced"].create(_STATE["replaced"], pk=("event", "by"), strict=True)
    db["waiting"].create(_STATE["waiting"], pk=("event", "needs"), strict=True)
    db["waiting"].create_index(["needs"])


def _create_assessment(db: Database) -> None:
    """The largest table lies sorted by scale and citizen, so that a cohort and a course are each read in one sweep.

    sqlite-utils cannot say WITHOUT ROWID.
    """
    words = {str: "TEXT", int: "INTEGER", float: "REAL"}
    listed = ", ".join(f'"{name}" {words[kind]} NOT NULL' for name, kind in COLUMNS["assessment"].items())
    db.conn.execute(
        f"CREATE TABLE assessment ({listed}, PRIMARY KEY (citizen, scale, date, rater, event)) STRICT, WITHOUT ROWID"
    )
    db["assessment"].create_index(["event"], unique=True)


def fingerprint() -> str:
    """Changes when rows would be made differently: another shape, or kinds that this program can newly read."""
    said = repr((FORMAT, library.FORMAT, COLUMNS, _KEYS, _INDEXES, _STATE, sorted(VERSIONS.items())))
    return hashlib.sha256(said.encode()).hexdigest()
