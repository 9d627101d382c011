"""What a pseudonymised export keeps, table by table, as `tables.Column.privacy` says."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from progression.exchange.tables import Column

_BYTES = 5


class Pseudonyms:
    """Random ids in place of those that lead to a person: the same for equal ids within one export, kept nowhere."""

    def __init__(self, token: Callable[[int], str] = secrets.token_hex) -> None:
        self._token = token
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def cell(self, column: Column, value: Any) -> Any:
        """The value as it leaves the vault."""
        match column.privacy:
            case "keep":
                return value
            case "drop":
                return None
            case "year":
                return date(value.year, 1, 1) if value else None
            case "about":
                return self._about(value)
            case sort:
                return self._id(sort, value)

    def _about(self, about: str) -> str:
        sort, colon, what = about.partition(":")
        return f"{sort}:{self._id(sort, what)}" if colon else about

    def _id(self, sort: str, value: str) -> str:
        if not value:
            return value
        known = self._given.get((sort, value))
        if known is None:
            known = self._new(sort)
            while known in self._taken:
                known = self._new(sort)
            self._taken.add(known)
            self._given[sort, value] = known
        return known

    def _new(self, sort: str) -> str:
        """A letter first, so that no spreadsheet takes an id for a number."""
        return sort[0] + self._token(_BYTES)


def shuffled(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in the order of their new cells: the order of the old numbers would give them away."""
    return sorted(rows, key=lambda row: tuple(str(cell) for cell in row))
