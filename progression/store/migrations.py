"""The tables that cannot be computed again, step by step. A step, once released, is never edited.

Projections are not here: they are dropped and rebuilt whenever their shape changes (`projections.fingerprint`).
"""

from __future__ import annotations

from collections.abc import Callable

from progression.errors import KnownError
from progression.store.engine import Database, Migrations

SET = "progression"
_UNCHANGED = (
    "id", "stream", "seq", "time", "author", "kind", "version", "citizen", "replaces",
    "body_hash", "prev_hash", "hash",
)  # fmt: skip
GUARDS = {
    "event_never_deleted": "BEFORE DELETE ON event",
    "event_only_erased": "BEFORE UPDATE ON event WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL AND "
    + " AND ".join(f"NEW.{c} IS OLD.{c}" for c in _UNCHANGED)
    + ")",
    "quarantine_never_deleted": "BEFORE DELETE ON quarantine",
    "quarantine_never_changed": "BEFORE UPDATE ON quarantine",
    "access_never_changed": "BEFORE UPDATE ON access",
}
_steps = Migrations(SET)


def with_guards(change: Callable[[Database], None]) -> Callable[[Database], None]:
    """The same change, after which the guards are made again: `transform` drops a table's triggers silently."""

    def run(db: Database) -> None:
        change(db)
        make_guards(db)

    run.__name__ = change.__name__
    return run


def _step(change: Callable[[Database], None]) -> None:
    """Register a step; sqlite-utils runs it, its guards and the record of it in one transaction."""
    _steps()(with_guards(change))


def make_guards(db: Database) -> None:
    """Create the append-only triggers anew."""
    for name, when in GUARDS.items():
        table = name.split("_")[0]
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")


def missing_guards(db: Database) -> list[str]:
    """Names of the triggers that are not there."""
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    return [name for name in GUARDS if name not in there]


@_step
def m001_journal(db: Database) -> None:
    """The journal and what is local to this device."""
    event = {
        "id": str, "stream": str, "seq": int, "time": str, "author": str, "kind": str, "version": int,
        "citizen": str, "replaces": str, "body": str, "salt": bytes,
        "body_hash": str, "prev_hash": str, "hash": str,
    }  # fmt: skip
    needed = set(event) - {"citizen", "body", "salt"}
    db["event"].create(event, pk="id", not_null=needed, strict=True)
    db["event"].create_index(["stream", "seq"], unique=True)
    # the other side of a fork: the same (stream, seq), or the same id, with another hash
    db["quarantine"].create(event, pk=("stream", "seq", "hash"), not_null=needed, strict=True)
    db["access"].create(
        {"id": int, "time": str, "account": str, "act": str, "citizen": str, "purpose": str, "detail": str},
        pk="id",
        not_null={"time", "account", "act", "purpose", "detail"},
        strict=True,
    )
    db["draft"].create(
        {"citizen": str, "rater": str, "scale": str, "payload": str, "time": str},
        pk=("citizen", "rater", "scale"),
        not_null={"payload", "time"},
        strict=True,
    )
    db["local"].create({"key": str, "value": str}, pk="key", not_null={"value"}, strict=True)


def names() -> list[str]:
    """The steps this program knows, in order."""
    return [step.name for step in _steps._migrations]


def started(db: Database) -> bool:
    """True where a vault's tables were ever made in this database."""
    return bool(_steps.applied(db))


def apply(db: Database) -> None:
    """Bring a database up to date. Raises KnownError("vault.newer", version, known) for one from a later program."""
    known = names()
    foreign = [done.name for done in _steps.applied(db) if done.name not in known]
    if foreign:
        raise KnownError("vault.newer", version=len(known) + len(foreign), known=len(known))
    if _steps.pending(db):
        _steps.apply(db)
