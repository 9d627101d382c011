"""Rows with dates in a catalogue: what holds from when to when, and that one row follows the other without a hole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from progression.scales.reading import Table

_DAY = dt.timedelta(days=1)


class Dated(Protocol):
    """A row that holds from one day to another, both inclusive; None = always, and until further notice."""

    @property
    def valid_from(self) -> dt.date | None:
        """The first day."""

    @property
    def valid_to(self) -> dt.date | None:
        """The last day."""


D = TypeVar("D", bound=Dated)


def holds(row: Dated, day: dt.date) -> bool:
    """Say whether a row holds on the day."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def read(table: Table) -> tuple[dt.date | None, dt.date | None]:
    """Read valid_from and valid_to, either of which may be left out; a fault where the last day is before the first."""
    first = table.day("valid_from") if table.has("valid_from") else None
    last = table.day("valid_to") if table.has("valid_to") else None
    if first is not None and last is not None and last < first:
        table.fault("valid_to", "fault.before", last, field="valid_from", date=first)
    return first, last


def follow(rows: Sequence[tuple[D, Table]]) -> None:
    """Add a fault wherever a row of one rule begins before the one before it has ended, or later than the day after.

    `rows`: all rows of the same rule, each with the table it was read from, in any order.
    """
    ordered = sorted(rows, key=lambda row: row[0].valid_from or dt.date.min)
    for (before, _), (after, table) in pairwise(ordered):
        begins, ended = after.valid_from, before.valid_to
        if begins is None or ended is None or begins <= ended:
            table.fault("valid_from", "fault.overlap", begins, date=ended)
        elif begins > ended + _DAY:
            table.fault("valid_from", "fault.gap", begins, date=ended + _DAY)
