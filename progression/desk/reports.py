"""Reports: files a person asked for. They leave the vault, so each one is logged."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from progression.desk import citizens, settings
from progression.desk.session import Session
from progression.words import Words


def case(session: Session, citizen: str, out: Path, language: str | None = None) -> Path:
    """Write *Til sagen* of one citizen to `out` and return the path. Raises KnownError("file.unwritable")."""
    write_case(session, citizen, out, language)
    return out


def write_case(session: Session, citizen: str, out: Path | BinaryIO, language: str | None = None) -> None:
    """Write *Til sagen* of one citizen to a path or an open file, and say so in the access log.

    The report is made in memory and written at once: never half a report, and no temporary file with a name in it.
    """
    from progression.reports.case import case_report
    from progression.store.access import Act

    speaking = session.in_language(language or session.language)
    case_report(
        citizens.page(speaking, citizen, log=False),
        Words(speaking.language),
        author=session.vault.account.name,
        municipality=settings.get(session, "municipality", ""),
        made_on=session.today(),
        out=out,
    )
    session.vault.log(Act("export", citizen, purpose="report case"))
