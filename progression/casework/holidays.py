"""Days on which a Danish office is closed: weekends, public holidays, and the three days a deadline also skips.

Computed, never looked up. Great Prayer Day (store bededag, the fourth Friday after Easter) was a holiday until 2023
(act no. 214 of 6 March 2023). Constitution Day, Christmas Eve and New Year's Eve are no public holidays, but a deadline
that falls on one of them is put off as on a Sunday (retsplejeloven § 148 a).
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Literal

Moves = Literal["after", "before", "stay"]
LAST_PRAYER_DAY = 2023
_AFTER_EASTER = {
    "maundy_thursday": -3,
    "good_friday": -2,
    "easter": 0,
    "easter_monday": 1,
    "prayer_day": 26,
    "ascension": 39,
    "whit_sunday": 49,
    "whit_monday": 50,
}
_FIXED = {
    "new_year": (1, 1),
    "constitution": (6, 5),
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "boxing_day": (12, 26),
    "new_years_eve": (12, 31),
}


def easter(year: int) -> dt.date:
    """Return Easter Sunday of a year of the Gregorian calendar (Meeus/Jones/Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, over = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    fourth, tail = divmod(rest, 4)
    weekday = (32 + 2 * over + 2 * fourth - epact - tail) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=256)
def holidays(year: int) -> dict[dt.date, str]:
    """Return the days of a year on which offices are closed, beside weekends, each with its key."""
    sunday = easter(year)
    found = {dt.date(year, *day): key for key, day in _FIXED.items()}
    for key, after in _AFTER_EASTER.items():
        if key != "prayer_day" or year <= LAST_PRAYER_DAY:
            found[sunday + dt.timedelta(days=after)] = key
    return dict(sorted(found.items()))


def working(day: dt.date) -> bool:
    """Say whether an office is open on the day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def moved(day: dt.date, moves: Moves) -> dt.date:
    """Return the day itself where an office is open, else the next such day after or before it; "stay" never moves."""
    return dt.date.fromordinal(moved_ordinal(day.toordinal(), moves))


@lru_cache(maxsize=1 << 16)
def moved_ordinal(day: int, moves: Moves) -> int:
    """The same for an ordinal. A municipality has few different days, so each is worked out once."""
    if moves == "stay":
        return day
    step, limit = (1, dt.date.max.toordinal()) if moves == "after" else (-1, 1)
    while day != limit and not working(dt.date.fromordinal(day)):
        day += step
    return day
