"""A vault: a folder with an encrypted journal, opened by one process at a time.

header.json, header-2.json   who may open it, twice          lock      who has it open
journal.db                   SQLCipher                       backups/  one file per backup
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from progression.errors import KnownError
from progression.platform.locks import Lock
from progression.store import access, backup, drafts, engine, header, journal, opening, receiving
from progression.store.access import Act
from progression.store.clock import Clock, SystemClock
from progression.store.drafts import DraftKey
from progression.store.header import Header, KdfCost
from progression.store.journal import Event, Ids, NewEvent, Writer
from progression.store.kinds import VERSIONS, builtin
from progression.store.kinds import account as account_event
from progression.store.memory import Memory
from progression.store.notices import Notice
from progression.store.projections import Projector
from progression.store.recovery import normalise
from progression.store.rows import Fact

__all__ = ["Account", "Created", "KdfCost", "Vault", "create", "unlock", "unlock_with_recovery"]

_ROUNDS = 3  # an event is made, written, and shown in the projections
_TOLD_EVERY = 256


@dataclass(frozen=True, slots=True)
class Account:
    """Who works in the vault. `id` is the author of events."""

    id: str
    name: str
    role: str


class Vault:
    """An open vault. It belongs to the thread that opened it; close it, or use it as a context manager.

    `notices`: what the user should be told about the opening. `stream`: "incarnation.team", where this device writes.
    """

    def __init__(
        self, folder: Path, head: Header, key: bytes, user: str, db: engine.Database, lock: Lock, clock: Clock
    ) -> None:
        """Use `create`, `unlock` or `unlock_with_recovery`."""
        self.folder = folder
        self.id = head.vault
        self.team = head.team
        self.clock = clock
        self.db = db
        self.key = key
        self.notices: list[Notice] = []
        self.account = Account(user, "", "")
        self.projector = Projector(db)
        self.ids = Ids()
        self.changed = False  # something was written that no backup holds yet
        self.memory = Memory()
        self.header = head
        self._lock = lock
        self._incarnation: opening.Incarnation | None = None
        self._writer = Writer("", user, 0, journal.START)
        self._closed = False

    @property
    def incarnation(self) -> str:
        """The random id of this device's present life."""
        return self._writer.stream.split(".")[0]

    @property
    def stream(self) -> str:
        """Where this device writes its events."""
        return self._writer.stream

    # writing

    def append(
        self,
        events: Sequence[NewEvent],
        act: Act,
        *,
        finished: Sequence[DraftKey] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[Event, ...]:
        """Record events: one transaction for them, their projections, the access log and the drafts they finish.

        `progress(done, total)` is called now and then; what it raises stops the writing, and nothing was recorded.

        Raises KnownError "disk.full", "folder.read_only", "disk.failed", "vault.damaged": then nothing was recorded.
        Raises projections.Refused (a ValueError) for an event that this vault could not read back.
        """
        now = self.clock.now()
        steps = _Steps(_ROUNDS * len(events), progress)
        rows = list(steps.through(journal.rows(events, VERSIONS, self._writer, self.ids, now)))
        with self.writing():
            self.db.conn.executemany(journal.INSERT, steps.through(rows))
            self.projector.add(_facts(events, rows), own=True, each=steps.through)
            access.write(self.db, self.account.id, act, now)
            drafts.remove(self.db, finished)
        self.memory.touch(new.citizen for new in events)
        if rows:
            self._go_on_from(rows[-1][2], rows[-1][13])
        return tuple(_event(new, row, now) for new, row in zip(events, rows, strict=True))

    def receive(self, events: Sequence[Event], act: Act | None = None) -> receiving.Received:
        """Take in events of other devices: a set union, in any order and batching.

        Raises KnownError("exchange.event_damaged", stream, seq) where one does not verify: then none was taken in.
        """
        rows = receiving.verified(events)
        with self.writing():
            received = receiving.take_in(self.db, self.projector, rows)
            access.write(self.db, self.account.id, act or Act("receive"), self.clock.now())
        self.memory.touch([None, *(event.citizen for event in events)])
        self.notices += [Notice("notice.fork", {"stream": s, "seq": n}) for s, n in received.forks]
        if self.stream in received.streams:  # a copy of this vault writes in the same stream
            self.begin_incarnation("copied")
        return received

    def log(self, act: Act) -> None:
        """Write one line in the access log: something was looked at."""
        with self.writing(changes=False):
            access.write(self.db, self.account.id, act, self.clock.now())

    @contextmanager
    def writing(self, *, changes: bool = True) -> Iterator[None]:
        """One transaction of this vault, with its errors made known; rolled back on any error."""
        with self.reading():
            try:
                with engine.transaction(self.db):
                    yield
            except BaseException:
                self.projector.forget()
                raise
        self.changed = self.changed or changes

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn what the database raises into known errors; damage names the newest good backup."""
        try:
            with engine.guarded(self.folder):
                yield
        except engine.Damaged as error:
            raise backup.damage(self.folder, self.key, str(error)) from error

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Read rows."""
        with self.reading():
            return self.db.conn.execute(sql, parameters).fetchall()

    # who and where

    def set_passphrase(self, passphrase: str, *, kdf: KdfCost | None = None) -> None:
        """Give the account that is working another passphrase; the recovery key stays valid."""
        new = header.wrap(
            self.key,
            passphrase,
            vault=self.id,
            user=self.account.id,
            kind="passphrase",
            cost=kdf or KdfCost(),
        )
        with engine.guarded_files(self.folder):
            header.write(self.folder, changed := header.with_wrap(self.header, new))
        self.header = changed

    def close(self, backup: bool = True) -> None:
        """Keep a backup if anything was written since the last one, and give the vault free. A second call does
        nothing.

        Raises KnownError("backup.not_kept", folder) where the backup could not be written, "vault.damaged" where that
        showed damage; the vault is closed and whatever was acknowledged is in it all the same.
        """
        if self._closed:
            return
        self._closed = True
        self.memory.empty()
        try:
            if backup:
                self._keep_backup()
        finally:
            self._release()

    def _keep_backup(self) -> None:
        try:
            if self.changed or backup.is_due(self):
                backup.backup(self)
                backup.rotate(self.folder)
        except KnownError as error:
            if error.code == "vault.damaged":
                raise
            raise KnownError("backup.not_kept", folder=str(self.folder)) from error  # the answers are safe: say that

    def _release(self) -> None:
        # closing the last connection moves the write-ahead log into the database; where it cannot (a full disk), the
        # log stays and is read at the next opening
        try:
            self.db.close()
            if self._incarnation is not None:
                with contextlib.suppress(OSError):  # an older mark is harmless, see `device`
                    self._incarnation.marker.close()
        finally:
            self._lock.release()

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.close(backup=kind is None)

    # opening

    def begin(self, state: Path | None) -> None:
        """Find out which device this is, and whose account; used while opening."""
        with self.writing(changes=False):
            if opening.projections_are_old(self.db):
                self.projector.rebuild()
                opening.note_projections(self.db)
            expired = drafts.expire(self.db, self.clock.now())
        if expired:
            self.notices.append(Notice("notice.drafts_expired", {"count": expired}))
        found = self.rows("SELECT name, role FROM account WHERE id = ? ORDER BY event LIMIT 1", (self.account.id,))
        if found:
            self.account = Account(self.account.id, *found[0])
        with engine.guarded_files(self.folder), self.writing(changes=False):
            self._incarnation, reason = opening.find_incarnation(self.db, self.id, self.team, self.folder, state)
        if reason:
            self.notices.append(Notice("notice.new_incarnation", {"reason": reason}))
        self._read_writer()

    def begin_incarnation(self, reason: str) -> None:
        """Go on as another device life, in a new stream, and say why ("copied", "restored" ...)."""
        assert self._incarnation is not None
        with engine.guarded_files(self.folder), self.writing(changes=False):
            self._incarnation.renew(self.db, self.team)
        self.notices.append(Notice("notice.new_incarnation", {"reason": reason}))
        self._read_writer()

    def _read_writer(self) -> None:
        assert self._incarnation is not None
        stream = opening.stream_of(self._incarnation.id, self.team)
        self._writer = Writer(stream, self.account.id, *opening.head_of(self.db, stream))

    def _go_on_from(self, seq: int, hash_: str) -> None:
        self._writer = Writer(self._writer.stream, self._writer.author, seq, hash_)
        assert self._incarnation is not None
        # the events are safe in the vault by now, and an older mark is harmless, see `device`
        with contextlib.suppress(OSError):
            self._incarnation.move(seq, hash_)


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, open, and its recovery key, which is shown once and kept nowhere."""

    vault: Vault
    recovery_key: str


def create(
    folder: Path,
    passphrase: str,
    *,
    account_name: str,
    role: str = "",
    language: str = "da",
    clock: Clock | None = None,
    seed_events: Sequence[NewEvent] | None = None,
    holder: str = "window",
    kdf: KdfCost | None = None,
    state: Path | None = None,
) -> Created:
    """Make a vault and its first account, the author of everything from the first event.

    `seed_events` None: the shipped scales, intervention types and settings. `kdf`, `state`: for tests.
    Raises KnownError "vault.exists", "vault.network", "vault.passphrase_empty", "vault.in_use", "folder.read_only",
    "disk.full".
    """
    clock = clock or SystemClock()
    made = opening.make(folder, passphrase, clock, holder, kdf or KdfCost())
    user = made.header.wraps[0].user
    vault = Vault(folder, made.header, made.key, user, made.db, made.lock, clock)
    try:
        vault.account = Account(user, account_name, role)
        vault.begin(state)
        first = account_event(user, account_name, role)
        seeds = builtin(language) if seed_events is None else seed_events
        vault.append([first, *seeds], Act("create"))
        opening.finish_making(folder, made.header)
    except BaseException:
        vault.close(backup=False)
        opening.clear_unfinished(folder, headers=True)
        raise
    return Created(vault, made.recovery_key)


def unlock(
    folder: Path,
    passphrase: str,
    *,
    holder: str = "window",
    wait: float = 5.0,
    clock: Clock | None = None,
    state: Path | None = None,
) -> Vault:
    """Open a vault with a passphrase, waiting `wait` seconds where another process has it.

    Raises KnownError: "vault.not_a_vault", "vault.network", "folder.read_only" (folder); "vault.in_use" (holder, pid,
    since); "vault.header_damaged" (folder); "vault.newer" (version, known); "vault.wrong_passphrase";
    "vault.damaged" (folder, newest_backup, what); "disk.full".
    """
    return _open(folder, passphrase, "passphrase", holder, wait, clock or SystemClock(), state)


def unlock_with_recovery(
    folder: Path,
    key: str,
    *,
    holder: str = "window",
    wait: float = 5.0,
    clock: Clock | None = None,
    state: Path | None = None,
) -> Vault:
    """Open a vault with its printed recovery key; give the account a new passphrase then (`Vault.set_passphrase`).

    Raises as `unlock`, but "vault.recovery_key_mistyped" (group) and "vault.wrong_recovery_key".
    """
    return _open(folder, normalise(key), "recovery", holder, wait, clock or SystemClock(), state)


def _open(
    folder: Path,
    secret: str,
    kind: Literal["passphrase", "recovery"],
    holder: str,
    wait: float,
    clock: Clock,
    state: Path | None,
) -> Vault:
    opened = opening.open_existing(folder, secret, kind, clock, holder, wait)
    vault = Vault(folder, opened.header, opened.key, opened.user, opened.db, opened.lock, clock)
    try:
        vault.notices += opened.notices
        vault.begin(state)
        vault.log(Act("unlock", detail=kind))
    except BaseException:
        vault.close(backup=False)
        raise
    return vault


class _Steps:
    """Counts what passes, and tells of it now and then."""

    def __init__(self, total: int, tell: Callable[[int, int], None] | None) -> None:
        self._done, self._total, self._tell = 0, total, tell

    def through(self, items: Iterable[Any]) -> Iterable[Any]:
        """The items, counted as they are taken."""
        return items if self._tell is None else self._counted(items, self._tell)

    def _counted(self, items: Iterable[Any], tell: Callable[[int, int], None]) -> Iterator[Any]:
        for item in items:
            if self._done % _TOLD_EVERY == 0:
                tell(self._done, self._total)
            self._done += 1
            yield item


def _facts(events: Sequence[NewEvent], rows: Sequence[tuple[Any, ...]]) -> list[Fact]:
    return [
        Fact(row[0], row[5], row[6], row[7], tuple(new.replaces), new.body, row[3], row[4])
        for new, row in zip(events, rows, strict=True)
    ]


def _event(new: NewEvent, row: tuple[Any, ...], now: datetime) -> Event:
    id_, stream, seq, _, author, kind, version, citizen, _, _, salt, body_hash, prev_hash, hash_ = row
    time = (new.time or now).astimezone(UTC)
    return Event(
        id_, stream, seq, time, author, kind, version, citizen, tuple(new.replaces), new.body, salt,
        body_hash, prev_hash, hash_,
    )  # fmt: skip
