"""Reports: files a person asked for. They leave the vault, so each one is logged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from progression.desk import citizens
from progression.desk import letterhead as heads
from progression.desk.session import Session
from progression.errors import KnownError
from progression.words import Words


def case(session: Session, citizen: str, out: Path, language: str | None = None) -> Path:
    """Write *Til sagen* of one citizen to `out` and return the path. Raises KnownError("file.unwritable")."""
    write_case(session, citizen, out, language)
    return out


@contextmanager
def missing_letters() -> Iterator[set[str]]:
    """Collect the letters that reports made inside, on this thread, show as a sign because the font lacks them."""
    from progression.reports.tagged import missing

    with missing() as found:
        yield found


def note(session: Session, citizen: str, language: str | None = None) -> str:
    """Return the journal note of the last conversation: the text a caseworker pastes into the case system.

    One where nothing was scored has a note too: what it was about, what changed in the plan, what was agreed. Raises
    KnownError("journal.nothing") where there is neither a conversation, nor an assessment, nor anything in the plan.
    """
    from progression.store.access import Act

    text = note_text(session, citizen, language)
    session.vault.log(Act("export", citizen, purpose="journal note"))
    return text


def note_text(session: Session, citizen: str, language: str | None = None) -> str:
    """Return the journal note without saying so in the access log: whoever shows or sends it does. Raises as `note`."""
    from progression.desk import conversations
    from progression.desk.journalnote import journal_note, talk_note
    from progression.store import queries

    speaking = session.in_language(language or session.language)
    course = queries.course(session.vault, citizen)
    scale = citizens.scale_of(course)
    today, words = session.today(), Words(speaking.language)
    scored = max((a.date for a in course.assessments if a.scale == scale and a.date <= today), default=None)
    held = max((c.date for c in course.conversations if c.status == "held" and c.date <= today), default=None)
    if scored is not None and (held is None or held <= scored):
        text = journal_note(conversations.finished(speaking, citizen, scored, scale), words, course, today)
    else:
        text = talk_note(course, held, today, words)
        if not text:
            raise KnownError("journal.nothing")
    return text


def write_case(session: Session, citizen: str, out: Path | BinaryIO, language: str | None = None) -> None:
    """Write *Til sagen* of one citizen to a path or an open file, and say so in the access log.

    The report is made in memory and written at once: never half a report, and no temporary file with a name in it.
    """
    from progression.desk import corrections
    from progression.reports.case import case_report
    from progression.store.access import Act

    speaking = session.in_language(language or session.language)
    page = citizens.page(speaking, citizen, log=False)
    corrected = corrections.of_citizen(session, citizen, log=False)
    # before the first byte: a report that nobody can find in the log must not exist
    session.vault.log(Act("export", citizen, purpose="report case"))
    case_report(
        page,
        Words(speaking.language),
        author=session.vault.account.name,
        municipality=heads.sender(session),
        letterhead=heads.in_force(session),
        made_on=session.today(),
        out=out,
        corrections=corrected,
    )


def handover(session: Session, citizen: str, out: Path | BinaryIO, language: str | None = None) -> Path | None:
    """Write *Overdragelse* of one citizen, the hand-over sheet, to a path or an open file, and say so in the log.

    Returns the path where one was given. Raises KnownError("file.unwritable").
    """
    from progression.desk import duties
    from progression.reports.handover import handover_report
    from progression.store import queries
    from progression.store.access import Act

    speaking = session.in_language(language or session.language)
    page = citizens.page(speaking, citizen, log=False)
    kept = queries.handovers(session.vault, citizen)
    session.vault.log(Act("export", citizen, purpose="report handover"))
    handover_report(
        page,
        Words(speaking.language),
        handover=max(kept, key=lambda h: (h.date, h.event), default=None),
        duties=duties.of(speaking, page.course),
        author=session.vault.account.name,
        municipality=heads.sender(session),
        letterhead=heads.in_force(session),
        made_on=session.today(),
        out=out,
    )
    return out if isinstance(out, Path) else None
