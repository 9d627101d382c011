"""What the rooms above keep in memory while a vault is open, and whose facts have changed since.

A vault is open in one process at a time, so every new event passes `Vault.append` or `Vault.receive`, which mark whom
it is about. Whoever keeps something made from facts asks `since` and makes again only what changed. Nothing here is
written to disk, and closing the vault empties it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Memory:
    """Belongs to one open vault, as its connection does."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self._changes = 0
        self._citizens: dict[str, int] = {}  # citizen -> number of the latest change
        self._common = 0  # the latest change of what concerns everybody: settings, catalogues, colleagues

    @property
    def mark(self) -> int:
        """The present moment, to ask `since` with later."""
        return self._changes

    def touch(self, citizens: Iterable[str | None]) -> None:
        """Note a change of these citizens' facts; None stands for what belongs to no single citizen."""
        self._changes += 1
        for citizen in set(citizens):
            if citizen is None:
                self._common = self._changes
            else:
                self._citizens[citizen] = self._changes

    def since(self, mark: int) -> tuple[bool, frozenset[str]]:
        """Whether something that concerns everybody changed after the mark, and whose own facts did."""
        own = frozenset(one for one, number in self._citizens.items() if number > mark) if mark < self._changes else ()
        return self._common > mark, frozenset(own)

    def empty(self) -> None:
        """Forget everything (the vault is closed)."""
        self.kept.clear()
        self._citizens.clear()
