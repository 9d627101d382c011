"""The one place that meets SQLCipher: opens connections, and turns its errors into known ones.

sqlite-utils looks for `pysqlite3` and falls back to `sqlite3`; it has to find sqlcipher3 there before its first
import, or it would miss sqlcipher3's exceptions, which are not sqlite3's. It also imports numpy and pandas when
present, which costs up to half a second and is never used here.
"""

from __future__ import annotations

import errno
import importlib
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3
import sqlcipher3.dbapi2

from progression.errors import KnownError

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """Let sqlite-utils find that numpy and pandas are not there.

    It asks `importlib.import_module`; hiding them in `sys.modules` would also hide them from a window that imports its
    chart library in another thread at this moment.
    """
    real, me = importlib.import_module, threading.get_ident()

    def import_module(name: str, package: str | None = None) -> Any:
        if name in names and threading.get_ident() == me:
            raise ImportError(name)
        return real(name, package)

    importlib.import_module = import_module
    try:
        yield
    finally:
        importlib.import_module = real


with _without("numpy", "pandas"):
    import sqlite_utils
    import sqlite_utils.db
    import sqlite_utils.migrations

if TYPE_CHECKING:
    Database = Any
    Connection = Any
else:
    Database = sqlite_utils.Database
    Connection = sqlcipher3.Connection
Migrations = sqlite_utils.migrations.Migrations
DatabaseError = sqlcipher3.DatabaseError

KEY_BYTES = 32
_DAMAGE = (11, 26)  # SQLITE_CORRUPT, SQLITE_NOTADB
_FULL, _READ_ONLY, _INPUT_OUTPUT, _CANNOT_OPEN = 13, 8, 10, 14
_LITTLE = 1 << 20  # bytes; below this a failed write is taken for a full disk


class Damaged(Exception):  # noqa: N818 - says what it is
    """The database's pages do not verify. Whoever knows the backups turns it into KnownError("vault.damaged")."""


def connect(path: Path, key: bytes) -> Database:
    """Open or create an encrypted database with its raw 32-byte key; transactions are begun explicitly.

    The connection belongs to the thread that opened it. Nothing is read yet, so a wrong key or damage shows later.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the data key has 32 bytes")
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    try:
        # a failed page would otherwise be reported on stderr
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in (
            "temp_store = MEMORY",  # a sort or an index build leaves no plaintext file
            "foreign_keys = ON",
            "secure_delete = ON",
            "synchronous = FULL",  # NORMAL would lose the last answers in a power cut
            "busy_timeout = 0",  # the vault's own lock decides who waits
        ):
            connection.execute(f"PRAGMA {setting}")
        # recursive triggers: otherwise INSERT OR REPLACE deletes past the guards
        return sqlite_utils.Database(connection, recursive_triggers=True, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def use_write_ahead_log(db: Database) -> None:
    """Switch to WAL (one sync per transaction), and move a log that is there into the database."""
    mode = db.conn.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise ValueError(f"journal mode {mode}")
    # a power cut while the log was being moved may have torn pages that the log still holds whole
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """Turn the database's errors into known ones, or into Damaged; anything else stays a bug.

    Raises KnownError: "disk.full", "folder.read_only", "disk.failed" (each with folder); Damaged.
    """
    try:
        yield
    except DatabaseError as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code == _FULL or (code == _INPUT_OUTPUT and _nearly_full(folder)):
            raise KnownError("disk.full", folder=str(folder)) from error
        if code == _READ_ONLY or (code == _CANNOT_OPEN and not os.access(folder, os.W_OK)):
            raise KnownError("folder.read_only", folder=str(folder)) from error
        if code in _DAMAGE:
            raise Damaged(str(error)) from error
        if code in (_INPUT_OUTPUT, _CANNOT_OPEN):
            raise KnownError("disk.failed", folder=str(folder), reason=str(error)) from error
        raise


@contextmanager
def guarded_files(folder: Path) -> Iterator[None]:
    """The same for what the file system raises: KnownError "folder.read_only", "folder.unusable" (a file in its place,
    a name that no folder can have), "disk.full", "disk.failed".
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise KnownError("folder.read_only", folder=str(folder)) from error
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise KnownError("disk.full", folder=str(folder)) from error
        if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL):
            raise KnownError("folder.unusable", folder=str(folder)) from error
        raise KnownError("disk.failed", folder=str(folder), reason=error.strerror or "") from error


def _nearly_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE
    except OSError:
        return False


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """BEGIN IMMEDIATE … COMMIT; rolled back on any error. A full disk may have rolled back by itself already."""
    connection = db.conn
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
