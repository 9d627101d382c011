"""Is everything as it was written? And making every projection again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.errors import KnownError
from progression.store import backup, engine, header, journal, migrations, opening, tables
from progression.store.access import Act
from progression.store.engine import Database

if TYPE_CHECKING:
    from progression.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that does not verify. `code` is a stable dotted word with a sentence in `words.errors`:

    "damage.page", "damage.structure", "damage.body", "damage.hash", "damage.chain", "damage.gap", "damage.author",
    "damage.projection", "damage.guard", "damage.header". `where` names it: a page, a stream and number, a table, a
    file.
    `newest_backup` is the newest backup that verifies, "" where there is none.
    """

    code: str
    where: str
    newest_backup: str = ""


def check(v: Vault, deep: bool = False) -> list[Damage]:
    """Verify every page, the structure, every hash and chain, and the header; deep: the projections against a
    rebuild too.

    Returns what is damaged, empty where everything verified. Changes nothing but the access log.
    """
    found = list(_header(v))
    try:
        v.log(Act("check", detail="deep" if deep else ""))
        with engine.guarded(v.folder):
            found += [*_guards(v.db), *_pages(v.db)]
            if not found:
                found += _structure(v.db)
                found += _journal(v.db)
                if deep:
                    found += _projections(v)
    except engine.Damaged as error:
        found.append(Damage("damage.structure", str(error)))
    except KnownError as error:  # the log could not be written: damage is what was asked for, the rest is not
        if error.code != "vault.damaged":
            raise
        found.append(Damage("damage.structure", error.fields["what"]))
    if not found:
        return []
    good = backup.newest_good(v.folder, v.key)
    return [Damage(one.code, one.where, str(good) if good else "") for one in found]


def rebuild(v: Vault) -> dict[str, int]:
    """Drop every projection and make it again from the journal; return the number of rows of each table."""
    with v.writing(changes=False):
        counts = v.projector.rebuild()
        opening.note_projections(v.db)
    v.log(Act("rebuild"))
    return counts


def _header(v: Vault) -> Iterator[Damage]:
    for name in header.NAMES:
        try:
            header.from_bytes((v.folder / name).read_bytes())
        except (header.Unreadable, OSError):
            yield Damage("damage.header", name)


def _guards(db: Database) -> Iterator[Damage]:
    for name in migrations.missing_guards(db):
        yield Damage("damage.guard", name)


def _pages(db: Database) -> Iterator[Damage]:
    for (fault,) in db.conn.execute("PRAGMA cipher_integrity_check").fetchall():
        yield Damage("damage.page", fault)


def _structure(db: Database) -> Iterator[Damage]:
    for (fault,) in db.conn.execute("PRAGMA integrity_check").fetchall():
        if fault != "ok":
            yield Damage("damage.structure", fault)


def _journal(db: Database) -> Iterator[Damage]:
    """Every row's hashes, and each row's link to the one before it in its stream."""
    own = set(opening.own_streams(db))
    forked = set(db.conn.execute("SELECT stream, seq FROM quarantine"))
    before: tuple[str, int, str] = ("", 0, journal.START)
    for row in db.conn.execute(f"{journal.SELECT} ORDER BY stream, seq"):
        stream, seq, where = row[1], row[2], f"{row[1]}/{row[2]}"
        for fault in journal.faults(row):
            yield Damage(f"damage.{fault}", where)
        if stream != before[0]:
            before = (stream, 0, journal.START)
        if seq == before[1] + 1:
            if row[12] != before[2] and not {(stream, seq - 1), (stream, seq)} & forked:
                yield Damage("damage.chain", where)
        elif stream in own:
            yield Damage("damage.gap", where)
        before = (stream, seq, row[13])


class _Undo(Exception):  # noqa: N818 - carries nothing, takes the transaction back
    pass


def _projections(v: Vault) -> list[Damage]:
    """Rebuild inside a transaction, compare, and take it back."""
    found: list[Damage] = []
    kept = _digests(v.db)
    try:
        with engine.transaction(v.db):
            v.projector.rebuild()
            fresh = _digests(v.db)
            found = [Damage("damage.projection", table) for table in tables.ALL if kept[table] != fresh[table]]
            raise _Undo
    except _Undo:
        pass
    finally:
        v.projector.forget()  # whatever ended it, the tables are the old ones again
    return found


def _digests(db: Database) -> dict[str, str]:
    """A digest of each projection table, its rows in the order of their columns."""
    return {table: _digest(db.conn, table) for table in tables.ALL}


def _digest(connection: Any, table: str) -> str:
    digest = hashlib.sha256()
    names = ", ".join(f'"{name}"' for name in tables.columns(table))
    for row in connection.execute(f"SELECT {names} FROM {table} ORDER BY {names}"):  # noqa: S608 - own words
        digest.update(repr(row).encode())
    return digest.hexdigest()
