"""How everybody stood on chosen days: with an active intervention, passive, waiting or exempt.

A day is that of `timeline`, looked back upon: a gap that turned out to be bridged was active. So of the last day of
every month one can say which share of the citizens had no active intervention, kind by kind, and who they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from progression.casework.passive import Case, month_starts, months_back
from progression.casework.timeline import ACTIVE, BRIDGE_DAYS, EXEMPT, PASSIVE, WAITING, phases_ordinal

ABSENT = 255  # of a day outside the case


@dataclass(frozen=True, slots=True)
class DayShare:
    """One day: `there` citizens whose case covers it, of whom so many were `passive`, `waiting`, `exempt`. `hidden`: of
    `counts`, what a document withholds though it is not about few (`withheld.alone`); empty: nothing."""

    day: date
    there: int
    passive: int
    waiting: int
    exempt: int
    hidden: tuple[bool, ...] = ()

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Passive, waiting, exempt and active: all who are there."""
        return self.passive, self.waiting, self.exempt, self.active

    @property
    def without(self) -> int:
        """Citizens without an active intervention."""
        return self.passive + self.waiting + self.exempt

    @property
    def active(self) -> int:
        """Citizens with one."""
        return self.there - self.without


def month_days(as_of: date, months: int) -> tuple[date, ...]:
    """Return the last day of each of the latest `months` calendar months; of the month of `as_of` that day itself."""
    starts = [one.toordinal() for one in month_starts(months_back(as_of, months), as_of)]
    return (*(date.fromordinal(one - 1) for one in starts[1:]), as_of)


def states(case: Case, days: Sequence[int], bridge_days: int = BRIDGE_DAYS) -> bytes:
    """Return the state of a case on each of some days (ordinals, ascending): `timeline`'s numbers, or ABSENT."""
    out = bytearray([ABSENT]) * len(days)
    found = phases_ordinal(case.rows, case.start, case.end, bridge_days, case.running)
    place = 0
    for n, day in enumerate(days):
        while place < len(found) and found[place][2] < day:
            place += 1
        if place < len(found) and found[place][1] <= day:
            out[n] = found[place][0]
    return bytes(out)


def shares(cases: Iterable[bytes], days: Sequence[date]) -> tuple[DayShare, ...]:
    """Return how the citizens stood on each day, from what `states` said of each."""
    columns = [[0] * (ABSENT + 1) for _ in days]
    for case in cases:
        for column, state in zip(columns, case, strict=True):
            column[state] += 1
    found = []
    for day, column in zip(days, columns, strict=True):
        active, passive, waiting, exempt = (column[state] for state in (ACTIVE, PASSIVE, WAITING, EXEMPT))
        found.append(DayShare(day, active + passive + waiting + exempt, passive, waiting, exempt))
    return tuple(found)
