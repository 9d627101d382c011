"""Undo: one act taken back by events that put in force again what was there before."""

from __future__ import annotations

from collections.abc import Sequence

from progression.desk.session import Changes, Session


def take_back(session: Session, events: Sequence[str]) -> Changes:
    """Take back the events of one act (`Changes.events`), all or nothing, as one act that can be taken back too.

    What an event replaced comes back as it was; what was new is withdrawn. Raises KnownError as
    `store.undoing.restoring` once somebody has changed one of the facts since.
    """
    from progression.store import undoing
    from progression.store.access import Act

    new = undoing.restoring(session.vault, events)
    owners = {event.citizen for event in new if event.citizen}
    owner = next(iter(owners)) if len(owners) == 1 else None
    written = session.vault.append(new, Act("change", owner, purpose="undo"))
    nouns = {event.kind.removesuffix(".set") for event in new}
    if nouns & {"plan", "note", "category"}:
        nouns.add("citizen")  # whoever shows a citizen shows these
    if nouns & {"decision", "citizen", "plan"}:
        nouns.add("flag")
    return Changes(frozenset(nouns), frozenset(owners), tuple(event.id for event in written))
