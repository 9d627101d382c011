"""Who is working, on which vault, on which day: handed to every operation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progression.analysis.settings import Method
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
    """What an operation changed: kinds of things and whose. Views that show them ask again."""

    kinds: frozenset[str] = frozenset()
    citizens: frozenset[str] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.kinds | other.kinds, self.citizens | other.citizens)
