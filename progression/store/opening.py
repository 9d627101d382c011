"""What happens before a vault is open: the folder, the lock, the header, the database, and which device this is."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from progression.errors import KnownError
from progression.platform import files, folders, locks, network
from progression.store import backup, device, engine, header, journal, migrations, recovery, tables
from progression.store.clock import Clock, stamp
from progression.store.device import Mark, Marker
from progression.store.header import Header, KdfCost
from progression.store.notices import Notice

DATABASE, LOCK = "journal.db", "lock"
_UNFINISHED = ".creating.part"  # beside a database that no header opens yet
SIDE_FILES = ("", "-wal", "-shm", "-journal")
_OURS = frozenset({LOCK, _UNFINISHED, *header.NAMES, *(DATABASE + end for end in SIDE_FILES)})
_OF_THE_SYSTEM = frozenset({".DS_Store", "desktop.ini", "Thumbs.db", ".directory", "lost+found"})


@dataclass(frozen=True, slots=True)
class Made:
    """A database nobody can open yet: `finish_making` writes its header."""

    header: Header
    key: bytes
    db: engine.Database
    lock: locks.Lock
    recovery_key: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An open database and whose secret opened it."""

    header: Header
    key: bytes
    user: str
    db: engine.Database
    lock: locks.Lock
    notices: tuple[Notice, ...]


def take_lock(folder: Path, holder: str, wait: float, clock: Clock) -> locks.Lock:
    """Take the vault's lock. Raises KnownError "vault.in_use" (holder, pid, since), "folder.read_only", "disk.full"."""
    me = locks.Holder(os.getpid(), holder, stamp(clock.now()))
    try:
        with engine.guarded_files(folder):
            return locks.acquire(folder / LOCK, me, wait=wait)
    except locks.Busy as busy:
        who = busy.holder
        raise KnownError("vault.in_use", holder=who.program, pid=who.pid, since=who.since) from busy


def refuse_network(folder: Path) -> None:
    """Raises KnownError("vault.network", folder)."""
    if network.is_network_path(folder):
        raise KnownError("vault.network", folder=str(folder))


def exists(folder: Path) -> bool:
    """True where there is a vault, whole or damaged."""
    return any((folder / name).is_file() for name in (*header.NAMES, DATABASE))


def refuse_strangers(folder: Path) -> None:
    """Raises KnownError("vault.exists", folder) where a new vault would lie among somebody's other files: the folder is
    closed to others and belongs to the vault alone."""
    if folder.exists() and not folder.is_dir():
        raise KnownError("vault.exists", folder=str(folder))
    with engine.guarded_files(folder):
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    if not all(map(_may_stand_there, names)):
        raise KnownError("vault.exists", folder=str(folder))


def _may_stand_there(name: str) -> bool:
    """True for what the system puts into every folder, and for what an interrupted making or a restore left."""
    known = name in _OURS or name in _OF_THE_SYSTEM or name == backup.FOLDER
    return known or name.startswith(backup.ASIDE) or files.is_temporary(name)


def make(folder: Path, passphrase: str, clock: Clock, holder: str, kdf: KdfCost) -> Made:
    """Make the folder and an empty database with a new key, wrapped for the first account and as a recovery key."""
    refuse_network(folder)
    vault, user, key = journal.random_id(), journal.random_id(), secrets.token_bytes(engine.KEY_BYTES)
    printed = recovery.new_key()
    wraps = (
        header.wrap(key, passphrase, vault=vault, user=user, kind="passphrase", cost=kdf),
        header.wrap(key, printed, vault=vault, user=user, kind="recovery", cost=kdf),
    )
    head = Header(vault, journal.random_id(), stamp(clock.now()), 1, wraps)
    refuse_strangers(folder)
    with engine.guarded_files(folder):
        files.make_private_folder(folder)
    lock = take_lock(folder, holder, 0.0, clock)
    try:
        with engine.guarded_files(folder):
            clear_unfinished(folder)
            if exists(folder):
                raise KnownError("vault.exists", folder=str(folder))
            os.close(files.open_private(folder / _UNFINISHED))
            os.close(files.open_private(folder / DATABASE))
        try:
            db = _database(folder, key, new=True)
        except BaseException:
            clear_unfinished(folder)
            raise
    except BaseException:
        lock.release()
        raise
    return Made(head, key, db, lock, printed)


def finish_making(folder: Path, head: Header) -> None:
    """Write the header, after which there is a vault."""
    with engine.guarded_files(folder):
        header.write(folder, head)
        (folder / _UNFINISHED).unlink()


def clear_unfinished(folder: Path, *, headers: bool = False) -> None:
    """Remove what an interrupted `make` left: a database that no header ever opened.

    `headers`: also where a header was written by the very call that failed, whose recovery key nobody has seen.
    """
    if headers and (folder / _UNFINISHED).exists():
        for name in header.NAMES:
            (folder / name).unlink(missing_ok=True)
    if (folder / _UNFINISHED).exists() and not any((folder / name).exists() for name in header.NAMES):
        for suffix in SIDE_FILES:
            (folder / f"{DATABASE}{suffix}").unlink(missing_ok=True)
        (folder / _UNFINISHED).unlink()


def open_existing(
    folder: Path,
    secret: str,
    kind: Literal["passphrase", "recovery"],
    clock: Clock,
    holder: str,
    wait: float,
) -> Opened:
    """Open a vault's database; errors as `vault.unlock`."""
    if not folder.is_dir() or not exists(folder):
        raise KnownError("vault.not_a_vault", folder=str(folder))
    refuse_network(folder)
    _header(folder, repair=False)  # "not a vault" before a lock file is left in somebody's folder
    lock = take_lock(folder, holder, wait, clock)
    try:
        with engine.guarded_files(folder):
            for swept in (folder, folder / backup.FOLDER):
                files.sweep(swept)
            found = _header(folder, repair=True)
            (folder / _UNFINISHED).unlink(missing_ok=True)  # there is a header: the making was finished
        key, user = header.unwrap(found.header, secret, kind)
        if not (folder / DATABASE).is_file():
            raise backup.damage(folder, key, f"{DATABASE} is missing")
        db = _database(folder, key, new=False)
    except BaseException:
        lock.release()
        raise
    return Opened(found.header, key, user, db, lock, found.notices)


def _header(folder: Path, *, repair: bool) -> header.Found:
    """Read the header. Raises KnownError("vault.header_damaged", folder, newest_backup) too: a backup holds one."""
    try:
        return header.read(folder, repair=repair)
    except header.Unreadable as error:
        good = backup.newest_good(folder)
        raise KnownError("vault.header_damaged", folder=str(folder), newest_backup=str(good) if good else "") from error


def _database(folder: Path, key: bytes, *, new: bool) -> engine.Database:
    """Open the database, verify every page, and bring its tables up to date."""
    try:
        with engine.guarded(folder):
            db = engine.connect(folder / DATABASE, key)
            try:
                engine.use_write_ahead_log(db)
                verify_pages(db)
                if not new and not migrations.started(db):  # an emptied file is a valid empty database
                    raise engine.Damaged("no tables")
                migrations.apply(db)
            except BaseException:
                db.close()
                raise
    except engine.Damaged as error:
        raise backup.damage(folder, key, str(error)) from error
    return db


def verify_pages(db: engine.Database) -> None:
    """Raise Damaged where a page of the file is not what was written, free pages included (half a second per 100
    MB).
    """
    faults = db.conn.execute("PRAGMA cipher_integrity_check").fetchall()
    if faults:
        raise engine.Damaged(f"{len(faults)}: {faults[0][0]}")


# projections


def projections_are_old(db: engine.Database) -> bool:
    """True where the rows were made by a program that makes them differently, or never."""
    return local(db, "projections") != tables.fingerprint()


def note_projections(db: engine.Database) -> None:
    """Remember how the rows were made."""
    set_local(db, "projections", tables.fingerprint())


# which device this is


class Incarnation:
    """This device's present life, and the mark it keeps outside the vault's folder."""

    def __init__(self, identity: str, vault: str, marker: Marker) -> None:
        self.id = identity
        self.marker = marker
        self._vault = vault

    def move(self, seq: int, hash_: str) -> None:
        """Keep how far the stream has come. OSError where it cannot."""
        self.marker.move(Mark(self._vault, self.id, seq, hash_))

    def renew(self, db: engine.Database, team: str) -> None:
        """Become another incarnation, inside the caller's transaction."""
        self.id = _new_incarnation(db, team)
        self.move(0, "")


def find_incarnation(
    db: engine.Database, vault: str, team: str, folder: Path, state: Path | None
) -> tuple[Incarnation, str]:
    """Return this device's incarnation, inside the caller's transaction, and why it is a new one.

    Reasons: "" (the same as before, or a new vault), "missing", "different", "behind".
    """
    path = device.state_file(state or folders.state_folder(), folder)
    with engine.guarded_files(path.parent):
        mark = device.read(path)
    known = local(db, "incarnation")
    reason = "" if known is None else _disagreement(db, vault, team, known, mark)
    if known is None or reason:
        known = _new_incarnation(db, team)
    seq, hash_ = head_of(db, stream_of(known, team))
    with engine.guarded_files(path.parent):
        marker = Marker(path, Mark(vault, known, seq, hash_ if seq else ""))
    return Incarnation(known, vault, marker), reason


def _disagreement(db: engine.Database, vault: str, team: str, known: str, mark: Mark | None) -> str:
    if mark is None:
        return "missing"
    if (mark.vault, mark.incarnation) != (vault, known):
        return "different"
    if mark.seq == 0:
        return ""
    sql = "SELECT hash FROM event WHERE stream = ? AND seq = ?"
    there = db.conn.execute(sql, (stream_of(known, team), mark.seq)).fetchone()
    return "" if there == (mark.hash,) else "behind"


def _new_incarnation(db: engine.Database, team: str) -> str:
    identity = journal.random_id()
    set_local(db, "incarnation", identity)
    set_local(db, "streams", journal.canonical([*own_streams(db), stream_of(identity, team)]))
    return identity


def own_streams(db: engine.Database) -> list[str]:
    """Every stream this vault itself has written: these have no gaps."""
    text = local(db, "streams")
    return [] if text is None else list(json.loads(text))


def stream_of(incarnation: str, team: str) -> str:
    """The name of a stream."""
    return f"{incarnation}.{team}"


def head_of(db: engine.Database, stream: str) -> tuple[int, str]:
    """(seq, hash) of a stream's last event; (0, START) before the first."""
    sql = "SELECT seq, hash FROM event WHERE stream = ? ORDER BY seq DESC LIMIT 1"
    found = db.conn.execute(sql, (stream,)).fetchone()
    return found or (0, journal.START)


def local(db: engine.Database, key: str) -> str | None:
    """A value that belongs to this copy of the vault."""
    found = db.conn.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
    return None if found is None else str(found[0])


def set_local(db: engine.Database, key: str, value: str) -> None:
    """Keep such a value, inside the caller's transaction."""
    sql = "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
    db.conn.execute(sql, (key, value))
