"""The letterhead of every document: read from a file a person made, kept in the vault as a setting, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from progression.desk.session import Changes, Session
from progression.errors import KnownError
from progression.reports.letterhead import (
    LEAST_CONTRAST,
    MOST_LINES,
    PLAIN,
    Letterhead,
    Written,
    checked,
    contrast,
    from_body,
    parse,
)

__all__ = [
    "KEY", "LEAST_CONTRAST", "MOST_LINES", "PLAIN", "complete", "contrast", "in_force", "install", "preview",
    "preview_typed", "put", "read", "remove", "save", "sender", "typed", "write_preview",
]  # fmt: skip

KEY = "letterhead"
_LONGEST_FILE = 100_000  # bytes of the TOML file


def in_force(session: Session) -> Letterhead:
    """Return the letterhead in force, PLAIN without one."""
    from progression.desk import settings

    return from_body(settings.get(session, KEY))


def sender(session: Session, kept: Letterhead | None = None) -> str:
    """Return who documents come from: as the letterhead says, else the municipality of the settings."""
    from progression.desk import settings

    return (in_force(session) if kept is None else kept).sender or str(settings.get(session, "municipality", "") or "")


def read(file: Path) -> Letterhead:
    """Read and check a letterhead with its logo; nothing is changed.

    Raises KnownError "file.unreadable" (file), "letterhead.invalid" (file, faults), and of the logo
    "letterhead.logo_missing", "letterhead.logo_not_image" or "letterhead.logo_large" (file, most).
    """
    try:
        if file.stat().st_size > _LONGEST_FILE:
            raise KnownError("file.unreadable", file=file.name)
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("file.unreadable", file=file.name) from error
    return complete(parse(text, file.name), file.parent)


def complete(written: Written, folder: Path) -> Letterhead:
    """Return a letterhead with the logo its file names, looked for in a folder. Raises as `read`."""
    if not written.logo:
        return written.letterhead
    return replace(written.letterhead, logo=_logo(folder / written.logo))


def _logo(path: Path) -> bytes:
    from progression.reports import letterhead_logo

    try:
        if path.stat().st_size > letterhead_logo.MOST_BYTES:  # before it is read into memory
            raise KnownError("letterhead.logo_large", file=path.name, most=letterhead_logo.MOST_PIXELS // 1_000_000)
        content = path.read_bytes()
    except OSError as error:
        raise KnownError("letterhead.logo_missing", file=path.name) from error
    return letterhead_logo.prepared(content, path.name)


def typed(entered: Mapping[str, object], logo: bytes | Path) -> Letterhead:
    """Return a letterhead from values a person typed, as `reports.letterhead.checked` takes them.

    `logo`: the one kept already (b"" for none), or a picture file. Raises as `checked`, and of the logo as `read`.
    """
    made = checked(entered)
    return replace(made, logo=_logo(logo) if isinstance(logo, Path) else logo)


def save(session: Session, entered: Mapping[str, object], logo: bytes | Path) -> Changes:
    """Take what a person typed into force. Raises as `typed`; then nothing changed."""
    return put(session, typed(entered, logo))


def preview_typed(session: Session, entered: Mapping[str, object], logo: bytes | Path) -> bytes:
    """Return the page of `preview` as it would be with what a person typed. Raises as `typed`; nothing is changed."""
    return preview(session, typed(entered, logo))


def install(session: Session, file: Path) -> Changes:
    """Install a letterhead from a file: every document from now on has it. Raises as `read`; then nothing changed."""
    return put(session, read(file))


def put(session: Session, letterhead: Letterhead) -> Changes:
    """Take a letterhead into force, e.g. one changed on a page; the earlier one stays in the journal."""
    from progression.desk import settings

    return settings.put(session, KEY, letterhead.body() if letterhead != PLAIN else None)


def remove(session: Session) -> Changes:
    """Take the letterhead away: documents have the plain one again."""
    return put(session, PLAIN)


def preview(session: Session, letterhead: Letterhead | None = None) -> bytes:
    """Return a page with a letterhead (the one in force by default) and nobody's data, as PDF."""
    from progression.reports.letterhead_sample import sample_pdf
    from progression.words import Words

    kept = in_force(session) if letterhead is None else letterhead
    return sample_pdf(kept, sender(session, kept), Words(session.language), made_on=session.today())


def write_preview(session: Session, path: Path) -> None:
    """Write the page of `preview` to where a person asked for it. Raises KnownError("file.unwritable", file)."""
    from progression.reports import document

    document.write(preview(session), path)
