"""Dated notes on a citizen's timeline: small steps, and what a psychologist, physiotherapist or nurse found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from progression.casework import checks
from progression.casework.values import Note
from progression.desk import closing, people
from progression.desk.session import Changes, Session
from progression.errors import KnownError

PROFESSIONS = ("psychologist", "physiotherapist", "nurse")  # who screens (Hjørring); any other word is kept as it is


def add(session: Session, note: Note) -> Changes:
    """Save a note, signed by whoever is logged in unless it says who. Raises KnownError("note.invalid", faults=...)
    and "case.closed" for a note dated after the case closed.
    """
    signed = note.signed.strip() or people.me(session) or session.vault.account.name
    return _save(session, replace(note, signed=signed, event=""), "add")


def change(session: Session, note: Note) -> Changes:
    """Correct a note; the event it was read from is replaced. Raises as `add`."""
    return _save(session, note, "change")


def withdraw(session: Session, note: Note) -> Changes:
    """Take a note back."""
    from progression.store import kinds
    from progression.store.access import Act

    written = session.vault.append([kinds.withdraw(note)], Act("change", note.citizen))
    return Changes.of({"note", "citizen"}, note.citizen, written)


def of(notes: Iterable[Note], kind: str, day: dt.date) -> list[Note]:
    """Return the notes of a kind up to a day, the latest first."""
    found = [note for note in notes if note.kind == kind and note.date <= day]
    return sorted(found, key=lambda note: (note.date, note.event), reverse=True)


def _save(session: Session, note: Note, act: str) -> Changes:
    from progression.store import kinds, queries
    from progression.store.access import Act

    clean = replace(
        note, text=note.text.strip(), limitation=note.limitation.strip(), suggestion=note.suggestion.strip()
    )
    faults = checks.blocking(checks.note(clean, session.today()))
    if faults:
        raise KnownError("note.invalid", faults=faults)
    closing.refuse_closed(queries.citizen(session.vault, note.citizen), note.date, "date")
    written = session.vault.append([kinds.to_event(clean)], Act(act, note.citizen))
    return Changes.of({"note", "citizen"}, note.citizen, written)
