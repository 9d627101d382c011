"""What a command is, and what it is handed."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from progression.commands.working import working
from progression.errors import KnownError
from progression.words import Words

if TYPE_CHECKING:
    from progression.desk.session import Session

PASSPHRASE_VARIABLE = "PROGRESSION_PASSPHRASE"
WAIT_FOR_VAULT = 5.0  # seconds a command waits for the window or another command


@dataclass(frozen=True, slots=True)
class Context:
    """Language and arguments of one run."""

    w: Words
    arguments: argparse.Namespace

    @property
    def folder(self) -> Path:
        """The vault's folder: --db, else the user's own."""
        from progression.desk import vaults

        return Path(self.arguments.db) if self.arguments.db else vaults.default_folder()

    def passphrase(self, *, new: bool = False) -> str:
        """The passphrase from --passphrase-file, the environment or a prompt (asked twice for a new vault).

        Raises KnownError("passphrase.missing") where nothing was given and nobody can be asked.
        """
        given = given_passphrase(self.arguments)
        if given is not None:
            return given
        if sys.stdin is None or not sys.stdin.isatty():
            raise KnownError("passphrase.missing", variable=PASSPHRASE_VARIABLE)
        typed = getpass.getpass(self.w.t("Passphrase: "))
        if new and typed != getpass.getpass(self.w.t("The same passphrase again: ")):
            raise KnownError("passphrase.differs")
        return typed

    @contextlib.contextmanager
    def session(self, looking_at: str = "") -> Iterator[Session]:
        """Open the vault for this command and close it afterwards; notices go to stderr.

        `looking_at`: what of everybody is about to be shown, for the access log; "" where the operation logs by itself.
        """
        from progression.desk import vaults

        if not vaults.exists(self.folder):
            raise KnownError("vault.none", folder=str(self.folder))
        opened = vaults.unlock(
            self.folder, self.passphrase(), language=self.w.language, holder="command", wait=WAIT_FOR_VAULT
        )
        self.tell(opened.notices)
        try:
            with working(self.w):
                if looking_at:
                    vaults.log_view(opened.session, looking_at)
                yield replace(opened.session, day=self.arguments.as_of, entered_by=self.arguments.entered_by)
        except BaseException:
            with contextlib.suppress(KnownError):  # what went wrong first is what has to be said
                vaults.close(opened.session)
            raise
        self._close(opened.session)

    def _close(self, session: Session) -> None:
        """Close the vault; where only its backup could not be kept, the command is done all the same and says so."""
        from progression.desk import vaults
        from progression.words import errors

        try:
            vaults.close(session)
        except KnownError as error:
            if error.code != "backup.not_kept":
                raise
            print(errors.sentence(self.w, error), file=sys.stderr)

    def tell(self, notices: tuple) -> None:
        """Say on stderr what the user should know, such as that the second copy of the header was used."""
        from progression.words import errors

        for notice in notices:
            print(errors.notice(self.w, notice), file=sys.stderr)


def given_passphrase(arguments: argparse.Namespace) -> str | None:
    """The passphrase that was given with the command, None when it has to be asked for.

    Raises KnownError "file.unreadable" (file), "passphrase.file_empty" (file).
    """
    if not arguments.passphrase_file:
        return os.environ.get(PASSPHRASE_VARIABLE) or None
    try:  # an editor on Windows puts a mark before the first letter, and CR LF after the last
        first = Path(arguments.passphrase_file).read_text("utf-8-sig").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("file.unreadable", file=arguments.passphrase_file) from error
    if not first.strip():
        raise KnownError("passphrase.file_empty", file=arguments.passphrase_file)
    return first


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `summary` is marked with N_; `examples` are command lines without the word `progression`."""

    name: str
    summary: str
    examples: tuple[str, ...]
    run: Callable[[Context], int]
    arguments: Callable[[argparse.ArgumentParser, Words], None] | None = None
    rows: bool = False  # prints rows, so it takes --format
    dated: bool = False  # describes a day, so it takes --as-of
    assessed: bool = False  # rests on assessments, so it takes --entered-by
    # what argparse cannot see: which options do not go together, in words, or "" where all is well
    misused: Callable[[argparse.Namespace, Words], str] | None = None


def a_date(w: Words) -> Callable[[str], date]:
    """Return what reads an ISO date for argparse."""

    def read(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(w.t("{value} is not a date like 2026-05-01", value=text)) from error

    return read


def a_count(w: Words) -> Callable[[str], int]:
    """Return what reads a whole number from 1 for argparse."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) < 1:
            raise argparse.ArgumentTypeError(w.t("{value} is not a whole number from 1", value=text))
        return int(text)

    return read


def find_citizen(session: Session, number: str) -> str:
    """Return the internal id for a municipality's number. Raises KnownError("citizen.unknown", number)."""
    from progression.desk import citizens

    found = citizens.by_number(session, number)
    if found is None:
        raise KnownError("citizen.unknown", number=number)
    return found.citizen
