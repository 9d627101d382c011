"""What stands unsaved in forms when the window locks: kept in the vault's drafts, one for each account.

It never leaves the vault: not to other devices, not to a file. It goes once it stands in the window again,
and after 30 days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from progression.desk.session import Session

_TYPED = "typed"  # stands where other drafts have their rater; the account where they have their scale


def keep(session: Session, citizen: str, payload: dict[str, Any]) -> None:
    """Keep what is typed, in place of what was kept before; an empty `payload` keeps nothing.

    `citizen`: whom it is about, "" for nobody in particular. Raises KnownError("disk.full") and the like.
    """
    from progression.store import drafts

    forget(session)
    if payload:
        drafts.save(session.vault, citizen, _TYPED, session.vault.account.id, payload)


def kept(session: Session) -> dict[str, Any]:
    """Return what this account left, {} where there is nothing."""
    from progression.store import drafts

    found = [one for one in drafts.all(session.vault) if _mine(session, one.rater, one.scale)]
    return found[0].payload if found else {}


def forget(session: Session) -> None:
    """Keep nothing of this account."""
    from progression.store import drafts

    for one in drafts.all(session.vault):
        if _mine(session, one.rater, one.scale):
            drafts.discard(session.vault, one.citizen, one.rater, one.scale)


def _mine(session: Session, rater: str, scale: str) -> bool:
    return (rater, scale) == (_TYPED, session.vault.account.id)
