"""Instruments: those installed in the vault, and files to check before installing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from progression.desk.session import Changes, Session
from progression.errors import KnownError
from progression.scales.model import Scale


def listing(session: Session) -> Mapping[str, Scale]:
    """Return the scales in force, by id."""
    from progression.store import queries

    return queries.scales(session.vault)


def validate(path: Path) -> Scale:
    """Read a scale file. Raises KnownError("scale.invalid", file, faults) naming every key and fault, "file.unreadable"
    when there is no such file."""
    from progression.scales import library

    return library.parse(_text(path), path.name)


def install(session: Session, path: Path) -> Changes:
    """Adopt a scale from a file; a scale already in force under this id is replaced by the new version."""
    from progression.store import kinds
    from progression.store.access import Act

    scale = validate(path)
    new = [kinds.scale(session.vault, scale.id, _text(path))]
    written = session.vault.append(new, Act("change", detail=f"scale {scale.id}"))
    return Changes(frozenset({"scale", "flag"}), frozenset(), tuple(event.id for event in written))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("file.unreadable", file=str(path)) from error
