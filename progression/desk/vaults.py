"""The vault itself: create, unlock, lock, back up, restore, check, rebuild, and who looked at what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progression.desk.places import exists as exists
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.store.backup import Backup, Weighed
    from progression.store.check import Damage


@dataclass(frozen=True, slots=True)
class Opened:
    """A session on an open vault, what the user should be told, and the recovery key when the vault is new.

    `recovered`: the recovery key opened it, so that the passphrase is most likely forgotten. `restored`: it is a backup
    that was just put in place, and not what was in view before.
    """

    session: Session
    notices: tuple[Any, ...]
    recovery_key: str = ""
    recovered: bool = False
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """What the status bar shows: who, and when the last backup was made (None = never)."""

    account: str
    role: str
    backup: dt.datetime | None
    folder: Path


def default_folder() -> Path:
    """The user's own vault, in the platform's folder for user data."""
    from progression.platform.folders import data_folder

    return data_folder() / "vault"


def create(folder: Path, passphrase: str, *, account_name: str, language: str = "da", **options: Any) -> Opened:
    """Make a vault and its first account. Raises KnownError when the folder is not empty or cannot be written."""
    from progression.store import vault

    created = vault.create(folder, passphrase, account_name=account_name, language=language, **options)
    return Opened(Session(created.vault, language), tuple(created.vault.notices), created.recovery_key)


def unlock(folder: Path, passphrase: str, *, language: str = "da", **options: Any) -> Opened:
    """Open a vault. Raises KnownError: wrong passphrase, not a vault, newer version, in use, damaged."""
    from progression.store import vault

    opened = vault.unlock(folder, passphrase, **options)
    return Opened(Session(opened, language), tuple(opened.notices))


def unlock_with_recovery(folder: Path, key: str, *, language: str = "da", **options: Any) -> Opened:
    """Open a vault with its printed recovery key."""
    from progression.store import vault

    opened = vault.unlock_with_recovery(folder, key, **options)
    return Opened(Session(opened, language), tuple(opened.notices), recovered=True)


def confirm_passphrase(session: Session, passphrase: str) -> bool:
    """True when this is the passphrase of the account that opened the vault. Nothing is opened or closed."""
    from progression.errors import KnownError
    from progression.store import header

    vault = session.vault
    own = tuple(wrap for wrap in vault.header.wraps if wrap.user == vault.account.id)
    try:
        header.unwrap(replace(vault.header, wraps=own), passphrase)
    except KnownError as error:
        if error.code == "vault.wrong_passphrase":
            return False
        raise
    return True


def set_passphrase(session: Session, passphrase: str, current: str | None = None, **options: Any) -> None:
    """Give the account that is working another passphrase; the recovery key stays valid.

    `current` is the passphrase in use; None after the recovery key has opened the vault. Raises
    KnownError("vault.wrong_passphrase") when it does not fit, and what writing the header raises.
    """
    from progression.errors import KnownError
    from progression.store.access import Act

    if current is not None and not confirm_passphrase(session, current):
        raise KnownError("vault.wrong_passphrase")
    session.vault.set_passphrase(passphrase, **options)
    session.vault.log(Act("settings", detail="passphrase"))


def close(session: Session, *, backup: bool = True) -> None:
    """Close the vault and keep a backup of it."""
    from progression.desk import pin

    pin.forget(session)
    session.vault.close(backup=backup)


def back_up(session: Session, path: Path | None = None) -> Path:
    """Write a backup, still encrypted, beside the vault or to a path a person chose."""
    from progression.store import backup

    return backup.backup(session.vault, path)


def restore(file: Path, folder: Path, passphrase: str, *, language: str = "da", **options: Any) -> Opened:
    """Put a backup into an empty folder and open it, as a new device incarnation."""
    from progression.store import backup

    opened = backup.restore(file, folder, passphrase, **options)
    return Opened(Session(opened, language), tuple(opened.notices), restored=True)


def copies(folder: Path) -> tuple[Backup, ...]:
    """Return the backups beside the vault in this folder, the newest first, by what their names say. No passphrase is
    needed, and their contents are not looked at."""
    from progression.store import backup

    return tuple(backup.backups(folder))


def weigh(file: Path, folder: Path, passphrase: str, **options: Any) -> Weighed:
    """Look at a backup before it is restored: that it is whole and opens, and what of the vault here is not in it.

    Raises KnownError "backup.unreadable", "vault.wrong_passphrase" (the copy has the passphrase of its day),
    "vault.in_use".
    """
    from progression.store import backup

    return backup.weigh(file, folder, passphrase, **options)


def check(session: Session, *, deep: bool = False) -> list[Damage]:
    """Look for damage; an empty list means that everything verified."""
    from progression.store import check as checking

    return checking.check(session.vault, deep=deep)


def rebuild(session: Session) -> dict[str, int]:
    """Make every projection again from the journal and return the number of rows of each."""
    from progression.store import check as checking

    return checking.rebuild(session.vault)


def status(session: Session) -> Status:
    """Return who works here and when the last backup was made."""
    from progression.store import backup

    kept = backup.backups(session.vault.folder)
    latest = max((item.made for item in kept), default=None)
    account = session.vault.account
    return Status(account.name, account.role, latest, session.vault.folder)


def log_view(session: Session, purpose: str) -> None:
    """Write in the access log that a list of everybody was looked at."""
    from progression.store.access import Act

    session.vault.log(Act("view", purpose=purpose))


def accounts(session: Session) -> dict[str, str]:
    """Return account id -> name."""
    from progression.store import queries

    return {account: name for account, (name, _role) in queries.accounts(session.vault).items()}


def access_log(session: Session, citizen: str | None = None) -> list[Any]:
    """Return the access log, newest first: time, account (id), act, citizen, purpose, detail."""
    from progression.store import queries

    return list(queries.access_log(session.vault, citizen))
