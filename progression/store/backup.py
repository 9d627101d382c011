"""Backups: one file with the header and a consistent, still encrypted snapshot of the database.

A zip file without compression, so that anything can look at its parts: manifest.json (no names), header.json,
journal.db. Nothing in it is readable without a passphrase or the recovery key of its day.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progression.errors import KnownError
from progression.platform import files, folders
from progression.store import device, engine, header, opening
from progression.store.access import Act
from progression.store.clock import Clock, SystemClock, stamp, unstamp
from progression.store.differing import Lacking, lacking
from progression.store.header import Header
from progression.store.notices import Notice

if TYPE_CHECKING:
    from progression.store.vault import Vault

FOLDER = "backups"
ASIDE = "replaced-"  # and when: what a restore found in the folder
KEPT_LAST, KEPT_MONTHS = 10, 12
_FORMAT, _VERSION = "progression-backup", 1
_PARTS = ("manifest.json", "header.json", "journal.db")
_NAME = re.compile(r"progression-(\d{8}T\d{6}\d{6}Z)\.backup")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A file in the vault's folder of backups. `made` is UTC, as the name says."""

    path: Path
    made: dt.datetime
    size: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A backup that verified and opens: when it was made (UTC), how many facts (events) it holds, and what it lacks of
    the database in the folder. `present`: there is one. `lacking` None: it cannot be read with this key, or there is
    none. `same`: both are copies of one database; None where that cannot be told."""

    made: dt.datetime
    facts: int
    present: bool
    same: bool | None
    lacking: Lacking | None


class Bad(Exception):  # noqa: N818 - says what it is
    """This file is no whole backup."""


def backups(folder: Path) -> list[Backup]:
    """The backups beside a vault, the newest first. Their contents are not looked at."""
    found = []
    for path in (folder / FOLDER).glob("*.backup"):
        name = _NAME.fullmatch(path.name)
        if name:
            made = dt.datetime.strptime(name[1], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=dt.UTC)
            found.append(Backup(path, made, path.stat().st_size))
    return sorted(found, key=lambda one: (one.made, one.path.name), reverse=True)


def is_due(v: Vault) -> bool:
    """True where the newest backup lacks events of this vault, or there is none."""
    with v.reading():
        return not backups(v.folder) or opening.local(v.db, "backed_up") != _events(v)


def _events(v: Vault) -> str:
    return str(v.db.conn.execute("SELECT count(*) FROM event").fetchone()[0])


def backup(v: Vault, path: Path | None = None) -> Path:
    """Write a backup to a path, or beside the vault, and return where. An existing file at `path` is replaced whole.

    Raises KnownError "disk.full", "folder.read_only", "disk.failed", and "file.unwritable" (file) where `path` names a
    folder or lies in none (the vault itself is untouched).
    """
    made = v.clock.now().astimezone(dt.UTC)
    own = path is None
    target = path or _own_path(v.folder, made)
    if not own and (target.is_dir() or not target.parent.is_dir()):
        raise KnownError("file.unwritable", file=str(target))
    with engine.guarded_files(target.parent):
        if own:
            files.make_private_folder(target.parent)
        snapshot, whole = files.temporary_beside(target), files.temporary_beside(target)
        try:
            held = _events(v)
            _snapshot(v, snapshot)
            _pack(v, snapshot, whole, made)
            files.sync_file(whole)
            files.replace(whole, target)
            if own:  # not before: a backup that failed has to be made up for at the next close
                _note(v, held)
        finally:
            for leftover in (snapshot, whole):
                with contextlib.suppress(OSError):
                    leftover.unlink(missing_ok=True)
    if own:
        v.changed = False
    else:
        v.log(Act("backup"))  # a copy that leaves the folder
    return target


def _own_path(folder: Path, made: dt.datetime) -> Path:
    while (path := folder / FOLDER / f"progression-{made:%Y%m%dT%H%M%S%f}Z.backup").exists():
        made += dt.timedelta(microseconds=1)
    return path


def _note(v: Vault, events: str) -> None:
    """Remember how many events the newest backup holds (see `is_due`)."""
    with v.writing(changes=False):
        opening.set_local(v.db, "backed_up", events)


def _snapshot(v: Vault, target: Path) -> None:
    """VACUUM INTO writes a consistent copy under the same key, without the remains of erased rows."""
    os.close(files.open_private(target))
    with v.reading(), engine.guarded(target.parent):
        v.db.conn.execute("VACUUM INTO ?", (str(target),))


def _pack(v: Vault, snapshot: Path, target: Path, made: dt.datetime) -> None:
    head = header.to_bytes(v.header)
    manifest = {
        "format": _FORMAT,
        "version": _VERSION,
        "vault": v.id,
        "made": stamp(made),
        "events": int(_events(v)),
        "sha256": _digest(snapshot),
    }
    descriptor = files.open_private(target)
    with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_PARTS[0], json.dumps(manifest, indent=1))
        archive.writestr(_PARTS[1], head)
        archive.write(snapshot, _PARTS[2])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rotate(folder: Path) -> list[Path]:
    """Keep the last ten backups and the newest of each of the last twelve months; remove and return the others."""
    kept: set[Path] = set()
    months: dict[str, Path] = {}
    for place, one in enumerate(backups(folder)):
        if place < KEPT_LAST:
            kept.add(one.path)
        months.setdefault(f"{one.made:%Y-%m}", one.path)
    kept |= set(list(months.values())[:KEPT_MONTHS])
    gone = [one.path for one in backups(folder) if one.path not in kept]
    with engine.guarded_files(folder):
        for path in gone:
            path.unlink()
    return gone


# reading one


def _read(file: Path) -> tuple[dict[str, Any], Header]:
    """The manifest and the header of a backup. Raises Bad, KnownError("vault.newer")."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_PARTS[0]))
            if manifest["format"] != _FORMAT:
                raise Bad("format")
            if manifest["version"] > _VERSION:
                raise KnownError("vault.newer", version=manifest["version"], known=_VERSION)
            return manifest, header.from_bytes(archive.read(_PARTS[1]))
    except OSError as error:
        raise Bad(error.strerror or type(error).__name__) from error
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, NotImplementedError, header.Unreadable) as error:
        raise Bad(type(error).__name__) from error


def _unpack(file: Path, manifest: dict[str, Any], target: Path) -> None:
    """Write the database of a backup to a new private file. Raises Bad where it is not what was packed."""
    digest = hashlib.sha256()
    try:
        with (
            zipfile.ZipFile(file) as archive,
            archive.open(_PARTS[2]) as source,
            os.fdopen(files.open_private(target), "wb") as out,
        ):
            while block := source.read(_BLOCK):
                digest.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError) as error:
        raise Bad(type(error).__name__) from error
    if digest.hexdigest() != manifest.get("sha256"):
        raise Bad("sha256")


@contextlib.contextmanager
def _checked_database(file: Path, manifest: dict[str, Any], key: bytes, beside: Path) -> Iterator[Path]:
    """The database of a backup in a temporary file that verified page by page. Raises Bad."""
    target = files.temporary_beside(beside)
    try:
        _unpack(file, manifest, target)
        try:
            with engine.guarded(beside.parent):
                db = engine.connect(target, key)
                try:
                    opening.verify_pages(db)
                    if db.conn.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                        raise Bad("quick_check")
                finally:
                    db.close()
        except engine.Damaged as error:
            raise Bad(str(error)) from error
        yield target
    finally:
        target.unlink(missing_ok=True)


def newest_good(folder: Path, key: bytes | None = None) -> Path | None:
    """The newest backup beside a vault that verifies; with the data key its database page by page, else what can be
    seen.
    """
    for one in backups(folder):
        try:
            manifest, _ = _read(one.path)
            if key is not None:
                with _checked_database(one.path, manifest, key, one.path):
                    return one.path
            with zipfile.ZipFile(one.path) as archive:
                if archive.testzip() is None:
                    return one.path
        except (Bad, KnownError, OSError, zipfile.BadZipFile):
            continue  # this one is no help; the next may be
    return None


def damage(folder: Path, key: bytes, what: str) -> KnownError:
    """The error for a damaged database, naming the newest good backup ("" where there is none)."""
    good = newest_good(folder, key)
    return KnownError("vault.damaged", folder=str(folder), newest_backup=str(good) if good else "", what=what)


def weigh(
    file: Path, folder: Path, passphrase: str, *, holder: str = "window", wait: float = 0.0, clock: Clock | None = None
) -> Weighed:
    """Look at a backup before it is put in place: does it verify and open, and what does it lack? Nothing is changed.

    Raises KnownError "backup.unreadable" (file, reason), "vault.wrong_passphrase", "vault.in_use", "vault.network".
    """
    opening.refuse_network(folder)
    try:
        manifest, head = _read(file)
        key, _ = header.unwrap(head, passphrase)
        if not opening.exists(folder):
            return _weighed(manifest, folder, None)
        with (
            opening.take_lock(folder, holder, wait, clock or SystemClock()),
            _checked_database(file, manifest, key, folder / opening.DATABASE) as database,
        ):
            return _weighed(manifest, folder, lacking(folder, key, database))
    except Bad as error:
        raise KnownError("backup.unreadable", file=str(file), reason=str(error)) from error


def _weighed(manifest: dict[str, Any], folder: Path, found: Lacking | None) -> Weighed:
    try:
        here: str | None = header.read(folder, repair=False).header.vault
    except (header.Unreadable, KnownError, OSError):
        here = None  # damaged: it cannot be told which database it is
    try:
        made, facts = unstamp(manifest["made"]), int(manifest["events"])
    except (KeyError, ValueError, TypeError) as error:
        raise Bad(type(error).__name__) from error
    same = None if here is None else here == manifest.get("vault")
    return Weighed(made, facts, opening.exists(folder), same, found)


def restore(
    file: Path,
    folder: Path,
    passphrase: str,
    *,
    holder: str = "window",
    wait: float = 0.0,
    clock: Clock | None = None,
    state: Path | None = None,
) -> Vault:
    """Put a backup in place and open it, as a new device incarnation. A vault that was there is set aside, never
    deleted.

    Raises KnownError "backup.unreadable" (file, reason), "vault.wrong_passphrase", "vault.in_use" after `wait` seconds,
    "vault.exists" where the folder holds no vault but somebody's other files, "disk.full" ...: then what was in the
    folder is as it was.
    """
    from progression.store.vault import unlock

    clock = clock or SystemClock()
    opening.refuse_network(folder)
    try:
        manifest, head = _read(file)
        key, _ = header.unwrap(head, passphrase)
        if not opening.exists(folder):
            opening.refuse_strangers(folder)
        with engine.guarded_files(folder):
            files.make_private_folder(folder)
        with (
            opening.take_lock(folder, holder, wait, clock),
            engine.guarded_files(folder),
            _checked_database(file, manifest, key, folder / opening.DATABASE) as database,
        ):
            found = _weighed(manifest, folder, lacking(folder, key, database))
            aside = _set_aside(folder, clock)
            try:
                device.forget(device.state_file(state or folders.state_folder(), folder))
                files.replace(database, folder / opening.DATABASE)
                header.write(folder, head)
            except BaseException:
                _put_back(folder, aside)
                raise
    except Bad as error:
        raise KnownError("backup.unreadable", file=str(file), reason=str(error)) from error
    vault = unlock(folder, passphrase, holder=holder, clock=clock, state=state)
    vault.log(Act("restore"))
    vault.notices.insert(0, _told(found))
    if aside:
        vault.notices.append(Notice("notice.set_aside", {"folder": str(aside)}))
    return vault


def _told(found: Weighed) -> Notice:
    """What is in place now, and what is known not to be in it."""
    if found.lacking is not None and found.lacking.facts:
        fields = {"made": found.made, "facts": found.lacking.facts, "latest": found.lacking.latest}
        return Notice("notice.restored_without", fields)
    whole = found.lacking is not None or not found.present
    return Notice("notice.restored" if whole else "notice.restored_unknown", {"made": found.made})


_PARTS_OF_A_VAULT = (*header.NAMES, *(opening.DATABASE + end for end in opening.SIDE_FILES))


def _set_aside(folder: Path, clock: Clock) -> Path | None:
    """Move what a vault consists of into a subfolder of its own."""
    present = [name for name in _PARTS_OF_A_VAULT if (folder / name).exists()]
    if not present:
        return None
    aside = folder / f"{ASIDE}{clock.now().astimezone(dt.UTC):%Y%m%dT%H%M%S%f}Z"
    files.make_private_folder(aside)
    for name in present:
        shutil.move(folder / name, aside / name)
    files.sync_folder(aside)
    files.sync_folder(folder)
    return aside


def _put_back(folder: Path, aside: Path | None) -> None:
    """Undo a restore that did not come to its end: what it wrote goes, what it set aside returns."""
    for name in _PARTS_OF_A_VAULT:
        (folder / name).unlink(missing_ok=True)
    if aside is None:
        return
    for path in sorted(aside.iterdir()):
        shutil.move(path, folder / path.name)
    aside.rmdir()
    files.sync_folder(folder)
