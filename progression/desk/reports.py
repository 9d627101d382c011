"""Reports: files a person asked for. They leave the vault, so each one is logged."""

from __future__ import annotations

from pathlib import Path

from progression.desk import citizens, settings
from progression.desk.session import Session
from progression.words import Words


def case(session: Session, citizen: str, out: Path, language: str | None = None) -> Path:
    """Write *Til sagen* of one citizen to `out` and return the path. Raises KnownError when it cannot be written."""
    from progression.reports.case import case_report
    from progression.store.access import Act

    page = citizens.page(session, citizen, log=False)
    case_report(
        page,
        Words(language or session.language),
        author=session.vault.account.name,
        municipality=settings.get(session, "municipality", ""),
        made_on=session.today(),
        out=out,
    )
    session.vault.log(Act("export", citizen, purpose="report case"))
    return out
