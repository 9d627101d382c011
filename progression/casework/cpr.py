"""CPR numbers: optional, checked, masked on screen.

Source: CPR-kontoret, "Personnummeret i CPR": the date part DDMMYY, the century from the seventh digit and the year,
and modulus 11, which numbers given since 2007 need not meet: a failing check digit is a warning, never a refusal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from progression.errors import Fault

_SHAPE = re.compile(r"([0-9]{6})[\s-]?([0-9]{4})")
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_INVENTED_DAYS = 60  # the CPR office adds 60 to the day of numbers for invented persons, so that they meet nobody's


@dataclass(frozen=True, slots=True)
class Cpr:
    """A CPR number that can be read. `digits` are its ten digits. `modulus` says whether it meets modulus 11."""

    digits: str
    born: date
    modulus: bool
    invented: bool


def parse(text: str) -> Cpr | None:
    """Read ten digits, with or without hyphen or space; None where the shape or the date part is not possible."""
    shape = _SHAPE.fullmatch(text.strip())
    if not shape:
        return None
    digits = shape[1] + shape[2]
    day, month, year = int(digits[:2]), int(digits[2:4]), _year(int(digits[4:6]), int(digits[6]))
    invented = day > _INVENTED_DAYS
    try:
        born = date(year, month, day - _INVENTED_DAYS if invented else day)
    except ValueError:
        return None
    modulus = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
    return Cpr(digits, born, modulus, invented)


def _year(year: int, seventh: int) -> int:
    """Return the full year from its last two digits and the seventh digit of the number."""
    if seventh <= 3:
        return 1900 + year
    if seventh in (4, 9):
        return 2000 + year if year <= 36 else 1900 + year
    return 2000 + year if year <= 57 else 1800 + year


def check(text: str, today: date, born: date | None = None) -> tuple[Fault, ...]:
    """Return what is wrong with a CPR number; () when it is fine or not given.

    Faults never repeat the number. Warnings: "fault.cpr_modulus", and "fault.cpr_born" where a known date of birth
    differs.
    """
    if not text.strip():
        return ()
    cpr = parse(text)
    if cpr is None:
        return (Fault("cpr", "fault.cpr"),)
    found: list[Fault] = []
    if cpr.born > today:
        found.append(Fault("cpr", "fault.cpr_future"))
    if not cpr.modulus and not cpr.invented:
        found.append(Fault("cpr", "fault.cpr_modulus", warning=True))
    if born is not None and born != cpr.born:
        found.append(Fault("born", "fault.cpr_born", warning=True))
    return tuple(found)


def mask(text: str) -> str:
    """Return the number as it stands on screen, "140680-••••"; what cannot be read is hidden whole."""
    shape = _SHAPE.fullmatch(text.strip())
    if shape:
        return f"{shape[1]}-••••"
    return "••••" if text.strip() else ""


def plain(text: str) -> str:
    """Return the ten digits as they are kept and searched; the text itself, stripped, where it cannot be read."""
    shape = _SHAPE.fullmatch(text.strip())
    return shape[1] + shape[2] if shape else text.strip()


def age(born: date, day: date) -> int:
    """Return the age in whole years on a day; 29 February counts from 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
