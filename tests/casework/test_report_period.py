"""The period of a report, as people write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework.report_period import MOST_MONTHS, ReportPeriod, read

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12", date(2025, 6, 1), TODAY),
        ("", date(2025, 6, 1), TODAY),
        ("1", date(2026, 5, 1), TODAY),
        ("36", date(2023, 6, 1), TODAY),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), TODAY),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025-h1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (" 2026-05 ", date(2026, 5, 1), TODAY),
        ("2026-01-15..2026-03-02", date(2026, 1, 15), date(2026, 3, 2)),
        ("2026-05-20..2099-01-01", TODAY, TODAY),
    ],
)
def test_what_people_write(text, first, last):
    assert read(text, TODAY) == ReportPeriod(first, last)


@pytest.mark.parametrize(
    "text",
    ["0", "37", "2027", "2026-06", "2026-13", "2026-H3", "2026-Q0", "9999", "0000", "spring", "2026-05-21..2026-06-01",
     "2026-03-02..2026-01-15", "2020-01-01..2026-01-01", "2026-02-30..2026-03-01", "..", "-3", "１２", "2026-01-01.."],
)  # fmt: skip
def test_what_is_none(text):
    assert read(text, TODAY) is None


def test_months_it_touches_and_days_it_holds():
    one = ReportPeriod(date(2025, 12, 31), date(2026, 2, 1))
    assert one.months == 3
    assert [one.holds(day) for day in (None, date(2025, 12, 30), one.first, one.last, date(2026, 2, 2))] == [
        False, False, True, True, False,
    ]  # fmt: skip


@given(st.text(max_size=24), st.dates())
def test_anything_is_a_period_that_has_been_or_none(text, today):
    found = read(text, today)
    assert found is None or (found.first <= found.last <= today and 1 <= found.months <= MOST_MONTHS)
