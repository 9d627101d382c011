"""The documents a person can ask for: one list (`KINDS`) that the page *Rapporter*, the batch and the shell read.

A new kind of document joins with one entry: what it is called, what it is about, how its content is read (on the
database thread) and how the file is made of that (on any thread: no vault, no clock). Nothing heavy is imported here:
the shell reads the list for its help.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from progression import __version__
from progression.casework import cpr
from progression.desk.session import Session
from progression.errors import KnownError
from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.reports.letterhead import Letterhead

About = Literal["citizen", "team"]
Way = Literal["save", "print", "copy", "batch"]  # how a document leaves the vault
_NO_NAME = frozenset('<>:"/\\|?*')  # a system takes these in no file's name


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands around every document: who made it, in which municipality, on which day, on whose paper."""

    author: str
    municipality: str
    made_on: date
    letterhead: Letterhead


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. `name` and `says` are marked texts; `about`: a citizen, or a team.

    `read(session, subject)` returns the content (raises KnownError); `make(content, stamp, words)` the file's bytes.
    `suffix` "pdf" or "txt". `purpose`: what the access log calls it.
    """

    key: str
    name: str
    says: str
    purpose: str
    read: Callable[[Session, str], Any]
    make: Callable[[Any, Stamp, Words], bytes]
    about: About = "citizen"
    suffix: Literal["pdf", "txt"] = "pdf"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document's content, read and not yet made: values only, so that it can be made on any thread.

    `name`: of the citizen or team it is about, for the screen.
    """

    kind: Kind
    subject: str
    name: str
    language: str
    stamp: Stamp
    content: Any

    def made(self) -> Made:
        """Make the file. The same bytes for the same content, language and day."""
        from progression.desk.reports import missing_letters

        with missing_letters() as missing:
            data = self.kind.make(self.content, self.stamp, Words(self.language))
        return Made(self.kind, self.subject, self.name, self.language, self.stamp.made_on, data, tuple(sorted(missing)))


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document in memory. `data`: PDF, or text in UTF-8; `missing`: letters the font has no sign for."""

    kind: Kind
    subject: str
    name: str
    language: str
    day: date
    data: bytes
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What a document of text says."""
        return self.data.decode("utf-8") if self.kind.suffix == "txt" else ""

    def suggested(self) -> str:
        """Return a file name without a citizen's name or number: it may be seen where the document may not. That of a
        team has the team's name."""
        w = Words(self.language)
        team = (self.name or w.t("All teams")) if self.kind.about == "team" else ""
        parts = (w.t(self.kind.name), "".join(" " if letter in _NO_NAME else letter for letter in team))
        told = " - ".join(" ".join(part.split()) for part in parts if part)
        return f"{told} {self.day.isoformat()}.{self.kind.suffix}"


def kind(key: str) -> Kind:
    """Return a kind by its key. Raises KnownError("report.unknown_kind", kind, choices)."""
    found = next((one for one in KINDS if one.key == key), None)
    if found is None:
        raise KnownError("report.unknown_kind", kind=key, choices=", ".join(one.key for one in KINDS), exit_code=2)
    return found


def read(session: Session, key: str, subject: str, language: str | None = None) -> Draft:
    """Read what a document is made of. Nothing is logged: `preview` and `leaving` do. Raises as `preview`."""
    from progression.desk import letterhead as heads
    from progression.desk import team_subject

    chosen, speaking = kind(key), session.in_language(language or session.language)
    head = heads.in_force(session)
    stamp = Stamp(session.vault.account.name, heads.sender(session, head), session.today(), head)
    name = _name(session, subject) if chosen.about == "citizen" else team_subject.team_of(subject)
    return Draft(chosen, subject, name, speaking.language, stamp, chosen.read(speaking, subject))


def preview(session: Session, key: str, subject: str, language: str | None = None) -> Made:
    """Return a document to look at; one line in the access log. Raises KnownError "citizen.gone", "journal.nothing"."""
    from progression.store.access import Act

    draft = read(session, key, subject, language)
    session.vault.log(Act("view", _citizen(draft.kind, subject), purpose=draft.kind.purpose, detail="preview"))
    return draft.made()


def locked(made: Made, password: str) -> Made:
    """Return a document that opens with a password only; PDF/UA, no longer PDF/A. Any thread.

    Raises KnownError "password.too_short" (least), "password.too_long" (most), "password.not_pdf".
    """
    from progression.reports import protect

    usable(made.kind, password)
    return replace(made, data=protect.locked(made.data, password))


def usable(of: Kind, password: str) -> None:
    """Say whether a kind of document can have a password. Raises as `locked`."""
    from progression.reports import protect

    if of.suffix != "pdf":
        raise KnownError("password.not_pdf")
    protect.checked(password)


def opens(data: bytes, password: str) -> bool:
    """Return whether a PDF opens with this very password, and only with one."""
    from progression.reports import protect

    return protect.opens(data, password)


def leaving(session: Session, made: Made | Draft, way: Way) -> None:
    """Say in the access log that a document leaves the vault, and how: before it does, never after."""
    from progression.store.access import Act

    session.vault.log(Act("export", _citizen(made.kind, made.subject), purpose=made.kind.purpose, detail=way))


def save(session: Session, made: Made, path: Path, password: str = "") -> Path:
    """Write a document as it was shown, complete or not at all; the export is logged first.

    `password`: what it opens with, "" for none. Raises KnownError("file.unwritable", file), and as `locked`.
    """
    from progression.reports import document

    if password:
        made = locked(made, password)
    leaving(session, made, "save")
    document.write(made.data, path)
    return path


def basis(session: Session, key: str, subject: str, language: str) -> str:
    """Return a mark of all that a document rests on: another one when it would no longer come out the same."""
    from progression.store import marks

    v = session.vault
    parts = (
        __version__, key, language, session.today().isoformat(), str(session.entered_by), str(session.method),
        v.account.name, marks.of_everybody(v), marks.of_citizen(v, subject),
    )  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def number_in_name(number: str, identity: str) -> str:
    """Return what tells a citizen's file from the others': the number, or the internal id where that is a CPR number.

    Only letters, digits, hyphen and underscore remain.
    """
    hidden = cpr.parse(number) is not None or re.search(r"\d{6}[\s-]?\d{4}", number) is not None
    return re.sub(r"[^\w-]", "_", identity[:8] if hidden or not number.strip() else number.strip())


def _name(session: Session, citizen: str) -> str:
    from progression.store import queries
    from progression.words.naming import called

    found = queries.citizen(session.vault, citizen)
    if found is None:
        raise KnownError("citizen.gone")
    return called(Words(session.language), found.name, found.number)


def _citizen(of: Kind, subject: str) -> str | None:
    return subject if of.about == "citizen" else None


# how each is read and made


def _page(session: Session, citizen: str) -> Any:
    from progression.desk import citizens

    return citizens.page(session, citizen, log=False)


def _case_content(session: Session, citizen: str) -> Any:
    from progression.desk import corrections

    return _page(session, citizen), corrections.of_citizen(session, citizen, log=False)


def _case(content: Any, stamp: Stamp, w: Words) -> bytes:
    from progression.reports.case import case_pdf

    page, corrected = content
    return case_pdf(page, w, corrections=corrected, **_around(stamp))


def _around(stamp: Stamp) -> dict[str, Any]:
    return {name: getattr(stamp, name) for name in ("author", "municipality", "made_on", "letterhead")}


def _handover_content(session: Session, citizen: str) -> Any:
    from progression.desk import duties
    from progression.store import queries

    page = _page(session, citizen)
    kept = queries.handovers(session.vault, citizen)
    return page, max(kept, key=lambda h: (h.date, h.event), default=None), duties.of(session, page.course)


def _handover(content: Any, stamp: Stamp, w: Words) -> bytes:
    from progression.reports.handover import handover_pdf

    page, kept, due = content
    return handover_pdf(page, w, handover=kept, duties=due, **_around(stamp))


def _citizen_content(session: Session, citizen: str) -> Any:
    from progression.casework.caseworkers import caseworker_on
    from progression.reports.citizen_page import Contact
    from progression.store import queries

    page = _page(session, citizen)
    who = caseworker_on(page.course, page.today)
    found = next((one for one in queries.people(session.vault) if who and one.person == who), None)
    return page, Contact(found.name or who, found.phone, found.email) if found else Contact(who)


def _citizen_page(content: Any, stamp: Stamp, w: Words) -> bytes:
    from progression.reports.citizen_page import citizen_pdf

    page, contact = content
    return citizen_pdf(page, w, contact=contact, **_around(stamp))


def _note_content(session: Session, citizen: str) -> Any:
    from progression.desk import reports

    return reports.note_text(session, citizen)


def _note(text: Any, _stamp: Stamp, _w: Words) -> bytes:
    return f"{text}\n".encode()


def _letter_content(session: Session, citizen: str) -> Any:
    from progression.desk import callin

    return callin.letter(session, citizen)


def _letter(letter: Any, stamp: Stamp, w: Words) -> bytes:
    from progression.reports.callin import callin_pdf

    return callin_pdf(letter, w, stamp.letterhead)


def _team_content(session: Session, subject: str) -> Any:
    from progression.desk import team_report

    return team_report.figures_of(session, subject)


def _team(figures: Any, stamp: Stamp, w: Words) -> bytes:
    from progression.reports.team import team_pdf

    return team_pdf(figures, w, **_around(stamp))


KINDS: tuple[Kind, ...] = (
    Kind("citizen", N_("To the citizen"),
         N_("One page to take home: the curve, what moved, what we agreed, whom to call."),
         "report citizen", _citizen_content, _citizen_page),
    Kind("case", N_("To the case"), N_("The whole course, every attention point and every decision."),
         "report case", _case_content, _case),
    Kind("handover", N_("Hand-over"), N_("Two pages for the next caseworker."),
         "report handover", _handover_content, _handover),
    Kind("note", N_("Journal note"), N_("The last conversation as text for the case system."),
         "journal note", _note_content, _note, suffix="txt"),
    Kind("callin", N_("Call-in letter"), N_("One page that asks the citizen to a conversation."),
         "call-in letter", _letter_content, _letter),
    Kind("team", N_("To the team"),
         N_("How a team's work stands over a period, readable by a committee. Nobody is named."),
         "report team", _team_content, _team, about="team"),
)  # fmt: skip
