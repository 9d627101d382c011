"""What the window asks of the vault for itself: the status bar's facts, and the index of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progression.desk.session import Session
    from progression.desk.vaults import Status


def prepare_search(session: Session) -> bool:
    """Make a part of the index; return whether more is left."""
    from progression.desk import search

    return search.prepare(session)


def facts(session: Session) -> tuple[Status, str, bool]:
    """Return the vault's status, the municipality, and whether everybody in it is invented."""
    from progression.desk import settings, vaults

    invented = bool(settings.get(session, "demo", False))
    return vaults.status(session), str(settings.get(session, "municipality", "")), invented
