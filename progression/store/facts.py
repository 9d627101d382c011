"""Rows of the projection tables as casework values: what every query of values rests on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from progression.store import kinds, tables

if TYPE_CHECKING:
    from progression.store.vault import Vault

T = TypeVar("T")
read_day = lru_cache(maxsize=1 << 14)(dt.date.fromisoformat)  # a cohort has few different days


def values(v: Vault, kind: str, where: str = "", parameters: Sequence[Any] = ()) -> list[Any]:
    """The current values of a kind, by event id; `where` is a clause of SQL, its parameters beside it."""
    make, (listed, places) = kinds.VALUES[kind], _columns(kind)
    found = []
    for row in v.rows(f"SELECT {listed} FROM {table(kind)} {where} ORDER BY event", parameters):  # noqa: S608
        read = list(row)
        for place in places:
            if read[place] is not None:
                read[place] = read_day(read[place])
        found.append(make(*read))
    return found


@lru_cache(maxsize=64)
def _columns(kind: str) -> tuple[str, tuple[int, ...]]:
    """The columns in the order of the value's fields, so that a row makes a value as it is; which of them are days."""
    days = {f.name for f in kinds.FIELDS[kind] if f.is_day}
    names = [f.name for f in dataclasses.fields(kinds.VALUES[kind])]
    places = tuple(place for place, name in enumerate(names) if name in days)
    return ", ".join(f'"{name}"' for name in names), places


def table(kind: str) -> str:
    """The projection table of a kind of event."""
    return tables.TABLE_OF[kind]


def grouped(found: Sequence[Any]) -> dict[str, tuple[Any, ...]]:
    """Values by citizen, each group sorted."""
    by_citizen = defaultdict(list)
    for value in found:
        by_citizen[value.citizen].append(value)
    return {who: in_order(listed) for who, listed in by_citizen.items()}


def in_order(found: Sequence[T]) -> tuple[T, ...]:
    """Sorted by citizen, date of the fact (one without a date first), rater and scale, then event."""
    return tuple(sorted(found, key=_order))


def _order(value: Any) -> tuple[Any, ...]:
    day = value.start if hasattr(value, "start") else value.date
    return value.citizen, day or dt.date.min, getattr(value, "rater", ""), getattr(value, "scale", ""), value.event
