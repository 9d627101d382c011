"""Who is working, on which vault, on which day: handed to every operation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progression.analysis.settings import Method
    from progression.store.journal import Event
    from progression.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Session:
    """An unlocked vault, the day that counts as today (None = the vault's clock), and the method flags are made with
    for this listing ("trajectory", "rules"; None = the municipality's)."""

    vault: Vault
    language: str = "da"
    day: date | None = None
    entered_by: date | None = None
    method: Method | None = None

    def today(self) -> date:
        """The as-of date of everything this session computes."""
        return self.day or self.vault.clock.now().date()

    def in_language(self, language: str) -> Session:
        """The same session speaking another language."""
        return replace(self, language=language)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation changed: kinds of things and whose. Views that show them ask again.

    `events`: the ids of the events of one act, where it can be undone as one (`desk.undo.take_back`); () else.
    """

    kinds: frozenset[str] = frozenset()
    citizens: frozenset[str] = frozenset()
    events: tuple[str, ...] = field(default=(), compare=False)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.kinds | other.kinds, self.citizens | other.citizens, self.events + other.events)

    @classmethod
    def of(cls, kinds: Iterable[str], citizen: str, written: Iterable[Event]) -> Changes:
        """Return what one act about a citizen changed; `written` are its events."""
        return cls(frozenset(kinds), frozenset({citizen}), tuple(event.id for event in written))
