"""How many citizens one caseworker is meant to have, by the citizens' age: dated rows of data, with presets.

A mixed caseload has a norm in between: of n citizens each takes 1 / norm of a caseworker, so that the norm of the mix
is n divided by the sum of those parts (the harmonic mean).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from progression.casework import periods
from progression.errors import Fault, KnownError
from progression.scales.model import Texts

OLDEST = 130
MOST = 1000
_FILE = Path(__file__).resolve().parent / "norms.toml"


@dataclass(frozen=True, slots=True)
class Norm:
    """`low` to `high` citizens of this age for one caseworker; ages inclusive, None = open. Holds from `valid_from` to
    `valid_to`, both inclusive, None = open."""

    code: str
    name: Texts
    low: int
    high: int
    from_age: int | None = None
    to_age: int | None = None
    source: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def fits(self, age: int) -> bool:
        """Say whether it is about citizens of this age."""
        return (self.from_age is None or self.from_age <= age) and (self.to_age is None or age <= self.to_age)


@lru_cache(maxsize=1)
def shipped() -> tuple[Norm, ...]:
    """Return the presets, in the order of the file."""
    return parse(tomllib.loads(_FILE.read_text(encoding="utf-8"))["norms"])


def parse(rows: Any) -> tuple[Norm, ...]:
    """Read rows as TOML or JSON give them; days as dates or ISO texts. Raises KnownError("norms.invalid", faults)."""
    faults: list[Fault] = []
    found = [_norm(row, f"norms[{n}]", faults) for n, row in enumerate(rows, 1)] if isinstance(rows, list) else []
    if not isinstance(rows, list) or not found:
        faults.append(Fault("norms", "fault.missing"))
    if faults:
        raise KnownError("norms.invalid", faults=tuple(faults))
    return tuple(one for one in found if one is not None)


def as_rows(norms: Iterable[Norm]) -> list[dict[str, Any]]:
    """Return rows that `parse` reads and JSON can hold."""
    rows = []
    for one in norms:
        row: dict[str, Any] = {"code": one.code, "name": dict(one.name), "low": one.low, "high": one.high}
        given = {key: getattr(one, key) for key in ("from_age", "to_age", "source")}
        row |= {key: value for key, value in given.items() if value not in (None, "")}
        row |= {key: day.isoformat() for key in ("valid_from", "valid_to") if (day := getattr(one, key)) is not None}
        rows.append(row)
    return rows


def _norm(row: Any, key: str, faults: list[Fault]) -> Norm | None:
    if not isinstance(row, Mapping) or not isinstance(row.get("code"), str):
        faults.append(Fault(f"{key}.code", "fault.missing"))
        return None
    limits = {"low": MOST, "high": MOST} | {name: OLDEST for name in ("from_age", "to_age") if name in row}
    count = len(faults)
    for name, maximum in limits.items():
        value, least = row.get(name), 1 if name in ("low", "high") else 0
        if type(value) is not int or not least <= value <= maximum:
            faults.append(Fault(f"{key}.{name}", "fault.range", value, {"minimum": least, "maximum": maximum}))
    if len(faults) == count and row["low"] > row["high"]:
        faults.append(Fault(f"{key}.high", "fault.range", row["high"], {"minimum": row["low"], "maximum": MOST}))
    days = [_day(row.get(name), f"{key}.{name}", faults) for name in ("valid_from", "valid_to")]
    if len(faults) > count:
        return None
    texts = row.get("name") or {"da": row["code"], "en": row["code"]}
    ages = row.get("from_age"), row.get("to_age")
    return Norm(row["code"], texts, row["low"], row["high"], *ages, str(row.get("source", "")), *days)


def _day(value: Any, key: str, faults: list[Fault]) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        faults.append(Fault(key, "fault.type", value, {"type": "date"}))
        return None


def for_age(norms: Sequence[Norm], age: int | None, day: dt.date) -> Norm | None:
    """Return the norm of a citizen's age on the day; where the age is not known, that of the oldest."""
    held = [one for one in norms if periods.holds(one, day)]
    if age is None:
        return max(held, key=lambda one: one.to_age if one.to_age is not None else OLDEST, default=None)
    return next((one for one in held if one.fits(age)), None)


def mixed(norms: Sequence[Norm], ages: Iterable[int | None], day: dt.date) -> tuple[int, int] | None:
    """Return the norm of a caseload, low and high, from the age of each citizen; None for an empty one."""
    found = [one for age in ages if (one := for_age(norms, age, day)) is not None]
    if not found:
        return None
    low, high = (len(found) / sum(1 / getattr(one, name) for one in found) for name in ("low", "high"))
    return round(low), round(high)
