"""The period a report about a team looks back on: written as people write it, always over and never ahead.

"12" (or 3, 6, 24, 36): the latest whole months, up to the last day of the month before this one; "2026": a year;
"2026-H1": a half; "2026-Q3": a quarter. A year or a half that runs ends with its last finished quarter.

There is nothing shorter than a quarter and no day to choose: of two reports whose periods differ by a few days the
difference would be about a few citizens, however well each of them withholds what is small. The same goes for a period
that ends today, beside the one that ended yesterday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (3, 6, 12, 24, 36)
MOST_MONTHS = max(MONTHS)
DEFAULT = "12"
_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])))?", re.IGNORECASE | re.ASCII)
_QUARTERS = 4  # how many finished ones are offered


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """From one day to another, both inclusive."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How many calendar months it touches, at least 1."""
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    def holds(self, day: date | None) -> bool:
        """Say whether a day lies in it; no day does not."""
        return day is not None and self.first <= day <= self.last


def read(text: str, today: date) -> ReportPeriod | None:
    """Read a period; None for what is none, or of which nothing is over yet."""
    text = text.strip() or DEFAULT
    try:
        if text in {str(n) for n in MONTHS}:
            return ReportPeriod(back(today, int(text)), _day_before(back(today, 0)))
        found = _WRITTEN.fullmatch(text)
        return (
            _calendar({key: int(value) for key, value in found.groupdict().items() if value}, today) if found else None
        )
    except (ValueError, OverflowError):  # outside the calendar
        return None


def offered(today: date) -> tuple[str, ...]:
    """Return what to offer for a choice: the latest months, two years, two halves and the latest quarters."""
    over = _quarter_begins(today)  # the first day that is not of a finished quarter
    quarters = []
    for _ in range(_QUARTERS):
        over = back(over, 3)
        quarters.append((over.year, (over.month + 2) // 3))
    halves = [f"{year}-H{quarter // 2}" for year, quarter in quarters if quarter in (2, 4)]
    told = ["12", "6", "3", str(today.year), str(today.year - 1), *halves, *(f"{y}-Q{q}" for y, q in quarters)]
    return tuple(one for one in told if read(one, today) is not None)


def back(day: date, months: int) -> date:
    """Return the first of the month so many months before that of a day. Raises ValueError outside the calendar."""
    place = 12 * day.year + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def _calendar(told: dict[str, int], today: date) -> ReportPeriod | None:
    """A year or a part of it, up to the last finished quarter. Raises ValueError for one not in the calendar."""
    first, months = 1, 12
    if "half" in told:
        first, months = 6 * told["half"] - 5, 6
    elif "quarter" in told:
        first, months = 3 * told["quarter"] - 2, 3
    begins = date(told["year"], first, 1)
    over = _quarter_begins(today)
    after = back(begins, -months) if begins.year < date.max.year else over  # the calendar itself ends
    last = min(after, over)
    return ReportPeriod(begins, _day_before(last)) if begins < last else None


def _quarter_begins(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)
