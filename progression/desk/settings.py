"""Settings that numbers depend on, kept in the journal so that every device uses the same."""

from __future__ import annotations

from typing import Any

from progression.desk.session import Changes, Session


def get(session: Session, key: str, default: Any = None) -> Any:
    """Return the setting in force, or the default."""
    from progression.store import queries

    return queries.setting(session.vault, key, default)


def put(session: Session, key: str, value: Any) -> Changes:
    """Adopt a new value; the earlier one stays in the journal."""
    from progression.store import kinds
    from progression.store.access import Act

    written = session.vault.append([kinds.setting(session.vault, key, value)], Act("change", detail=f"setting {key}"))
    return Changes(frozenset({"setting", "flag"}), frozenset(), tuple(event.id for event in written))
