"""Call-in letters: made when a person asks for them, one for each citizen, and logged as they leave the vault."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from progression.desk import letterhead as heads
from progression.desk.session import Session
from progression.errors import KnownError
from progression.words import Words, callin
from progression.words.callin import CallInLetter

if TYPE_CHECKING:
    from progression.desk.duties import CallIn


@dataclass(frozen=True, slots=True)
class CallInPage:
    """Whom to call in, the oldest first. `names`: person key -> name; `me`: person key, "" where not known."""

    today: dt.date
    rows: tuple[CallIn, ...]
    names: Mapping[str, str]
    me: str


def page(session: Session) -> CallInPage:
    """Return everybody whose conversation is overdue and not planned; one look, one line in the access log."""
    from progression.desk import duties, people
    from progression.store.access import Act

    rows = duties.call_in(session)
    session.vault.log(Act("view", purpose="call-in list"))
    return CallInPage(session.today(), rows, dict(people.names(session)), people.me(session))


def preview(session: Session, citizen: str) -> CallInLetter:
    """Return what the letter says, for a person to look at; a line in the access log. Raises as `letter`."""
    from progression.store.access import Act

    found = letter(session, citizen)
    session.vault.log(Act("view", citizen, purpose="call-in letter"))
    return found


def save(session: Session, citizen: str, found: CallInLetter, path: Path, language: str | None = None) -> Path:
    """Write a letter as it was shown, as text where the file is called .txt, else as PDF; the export is logged first.

    Raises KnownError("file.unwritable", file).
    """
    from progression.reports import document
    from progression.reports.callin import callin_pdf

    w = Words(language or session.language)
    as_text = path.suffix.lower() == ".txt"
    content = callin.text(w, found).encode("utf-8") if as_text else callin_pdf(found, w, heads.in_force(session))
    _logged(session, citizen)
    document.write(content, path)
    return path


def letter(
    session: Session, citizen: str, *, when: dt.date | None = None, time: str = "", place: str = ""
) -> CallInLetter:
    """Return what the letter to a citizen says; nothing is logged. `when` None: the citizen is asked to ring.

    A conversation that is planned already gives its day and time. Raises KnownError("citizen.gone").
    """
    from progression.casework.caseworkers import caseworker_on
    from progression.store import queries

    course = queries.courses(session.vault, [citizen]).get(citizen)
    if course is None:
        raise KnownError("citizen.gone")
    today, one = session.today(), course.citizen
    if when is None:
        planned = min(
            (c for c in course.conversations if c.status == "planned" and c.date >= today),
            key=lambda c: (c.date, c.time),
            default=None,
        )
        when, time = (planned.date, planned.time) if planned is not None else (None, "")
    colleagues = {person.person: person for person in queries.people(session.vault)}
    sender = colleagues.get(caseworker_on(course, today))
    return CallInLetter(
        name=one.name,
        day=today,
        sender=(sender.name if sender is not None else "") or session.vault.account.name,
        phone=sender.phone if sender is not None else "",
        municipality=heads.sender(session),
        when=when,
        time=time.replace(":", "."),
        place=place,
        interpreter=one.interpreter,
    )


def text(session: Session, citizen: str, language: str | None = None) -> str:
    """Return the letter as text, and say in the access log that it was asked for. Raises KnownError("citizen.gone")."""
    found = letter(session, citizen)
    _logged(session, citizen)
    return callin.text(Words(language or session.language), found)


def pdf(session: Session, citizen: str, language: str | None = None) -> bytes:
    """Return the letter as PDF, logged likewise. Raises KnownError("citizen.gone")."""
    from progression.reports.callin import callin_pdf

    found = letter(session, citizen)
    _logged(session, citizen)
    return callin_pdf(found, Words(language or session.language), heads.in_force(session))


def write_letters(
    session: Session,
    called: Sequence[CallIn],
    folder: Path,
    language: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Write a PDF and a text for each citizen into a folder, named by number, and return their paths.

    `progress(done, total)` after each citizen; what it raises stops the writing, and what is written stays. Raises
    KnownError("file.unwritable", file).
    """
    from progression.reports import document
    from progression.reports.callin import callin_pdf

    w, written, head = Words(language or session.language), [], heads.in_force(session)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError("file.unwritable", file=str(folder)) from error
    for done, one in enumerate(called, 1):
        found = letter(session, one.citizen)
        _logged(session, one.citizen)
        name = re.sub(r"[^\w-]", "_", one.number)
        for path, content in (
            (folder / f"{name}.pdf", callin_pdf(found, w, head)),
            (folder / f"{name}.txt", callin.text(w, found).encode("utf-8")),
        ):
            document.write(content, path)  # complete or not at all
            written.append(path)
        if progress is not None:
            progress(done, len(called))
    return tuple(written)


def _logged(session: Session, citizen: str) -> None:
    from progression.store.access import Act

    # before the letter leaves: one that nobody can find in the log must not exist
    session.vault.log(Act("export", citizen, purpose="call-in letter"))
