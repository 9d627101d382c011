"""The recovery key on paper: it leaves the vault when a person asks for it, and the access log says so first.

The key is known only while the vault is new; it is handed in and kept nowhere.
"""

from __future__ import annotations

from pathlib import Path

from progression.desk.session import Session
from progression.words import Words


def page(session: Session, key: str, language: str | None = None) -> bytes:
    """Return the page with the key as PDF, to be printed or looked at. The log says that it left."""
    from progression.reports.recovery import RecoveryPage, recovery_pdf
    from progression.store.access import Act

    vault = session.vault
    made = RecoveryPage(key, vault.account.name, str(vault.folder), session.today())
    pdf = recovery_pdf(made, Words(language or session.language))
    vault.log(Act("export", purpose="recovery key"))
    return pdf


def save(session: Session, key: str, path: Path, language: str | None = None) -> Path:
    """Write the page to where a person asked for it. Raises KnownError("file.unwritable", file)."""
    from progression.reports import document

    document.write(page(session, key, language), path)
    return path
