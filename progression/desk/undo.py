"""Undo: one act taken back by events that put in force again what was there before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from progression.casework.categories import NONE
from progression.casework.categories import source as example
from progression.desk.session import Changes, Session

if TYPE_CHECKING:
    from progression.store.journal import NewEvent

# what the pages call what an event is about, where its kind does not say so
_NOUNS = {
    "provider.set": ("offer",),
    "types.installed": ("intervention", "setting", "flag"),
    "categories.installed": ("category", "setting"),
    "rules.installed": ("rules", "setting"),
    "scale.installed": ("scale", "flag"),
    "estimates.adopted": ("estimates", "flag"),
    "setting.set": ("setting", "flag"),
}


def take_back(session: Session, events: Sequence[str]) -> Changes:
    """Take back the events of one act (`Changes.events`), all or nothing, as one act that can be taken back too.

    What an event replaced comes back as it was; what was new is withdrawn. Raises KnownError as
    `store.undoing.restoring` once somebody has changed one of the facts since.
    """
    from progression.store import undoing
    from progression.store.access import Act

    new = undoing.restoring(session.vault, events)
    for event in new:
        _refuse_used(session, event)
    owners = {event.citizen for event in new if event.citizen}
    owner = next(iter(owners)) if len(owners) == 1 else None
    written = session.vault.append(new, Act("change", owner, purpose="undo"))
    nouns = {noun for event in new for noun in _NOUNS.get(event.kind, (event.kind.removesuffix(".set"),))}
    if nouns & {"plan", "note", "category"}:
        nouns.add("citizen")  # whoever shows a citizen shows these
    if nouns & {"decision", "citizen", "plan"}:
        nouns.add("flag")
    return Changes(frozenset(nouns), frozenset(owners), tuple(event.id for event in written))


def _refuse_used(session: Session, event: NewEvent) -> None:
    """Raise, as deleting does, where undoing would take away what something has come to stand on since.

    KnownError "type.in_use", "category.in_use", "offer.in_use", "provider.in_use" (name, uses).
    """
    from progression.desk import categories, offers, types
    from progression.store import kinds, queries

    gone = kinds.withdrawn(event.body)
    if event.kind == "types.installed":
        types.refuse_used(session, {row["code"] for row in event.body.get("types", ())})
    elif event.kind == "categories.installed":
        categories.refuse_used(session, categories.codes_of(example(NONE) if gone else event.body["toml"]))
    elif gone and event.kind == "offer.set":
        for offer in (one for one in queries.offers(session.vault) if one.event in event.replaces):
            offers.refuse_used_offer(session, offer)
    elif gone and event.kind == "provider.set":
        for provider in (one for one in queries.providers(session.vault) if one.event in event.replaces):
            offers.refuse_used_provider(session, provider)
