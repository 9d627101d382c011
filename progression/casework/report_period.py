"""The period a report about a team looks back on: written as people write it, always whole and never ahead.

"12": the latest twelve calendar months, this one included up to today; "2026": a year; "2026-H1": a half; "2026-Q3": a
quarter; "2026-05": a month; "2026-01-15..2026-05-31": from one day to another. A period that runs ends today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MOST_MONTHS = 36
DEFAULT = "12"
_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d{2})))?", re.IGNORECASE)


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
    """Read a period; None for what is none, begins after today, ends before it begins or is over MOST_MONTHS months."""
    found = _days(text.strip() or DEFAULT, today)
    if found is None:
        return None
    period = ReportPeriod(found[0], min(found[1], today))
    return period if period.first <= period.last and period.months <= MOST_MONTHS else None


def _days(text: str, today: date) -> tuple[date, date] | None:
    if text.isascii() and text.isdigit() and 0 < len(text) <= 2:
        months = int(text)
        return (_month(today, 1 - months), today) if 0 < months <= MOST_MONTHS else None
    if ".." in text:
        first, _, last = text.partition("..")
        try:
            return date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
        except ValueError:
            return None
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    try:
        return _calendar({key: int(value) for key, value in found.groupdict().items() if value})
    except ValueError:
        return None


def _calendar(told: dict[str, int]) -> tuple[date, date]:
    """First and last day of a year or a part of it. Raises ValueError for one that is not in the calendar."""
    first, months = 1, 12
    if "half" in told:
        first, months = 6 * told["half"] - 5, 6
    elif "quarter" in told:
        first, months = 3 * told["quarter"] - 2, 3
    elif "month" in told:
        first, months = told["month"], 1
    begins = date(told["year"], first, 1)
    end = _month(begins, months - 1) if begins.year < date.max.year else begins
    return begins, end.replace(day=monthrange(end.year, end.month)[1])


def _month(day: date, ahead: int) -> date:
    """The first of a month so many ahead. Raises ValueError outside the calendar."""
    place = 12 * day.year + day.month - 1 + ahead
    return date(place // 12, place % 12 + 1, 1)
