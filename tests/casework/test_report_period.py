"""The period of a report, as people write it: whole months that are over, and nothing shorter than a quarter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework.report_period import MOST_MONTHS, ReportPeriod, offered, read

TODAY = date(2026, 5, 20)
APRIL = date(2026, 4, 30)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12", date(2025, 5, 1), APRIL),
        ("", date(2025, 5, 1), APRIL),
        ("3", date(2026, 2, 1), APRIL),
        ("36", date(2023, 5, 1), APRIL),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025-h1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        (" 2026-Q1 ", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_what_people_write(text, first, last):
    assert read(text, TODAY) == ReportPeriod(first, last)


@pytest.mark.parametrize(
    "text",
    ["0", "1", "2", "11", "37", "2027", "2026-Q2", "2026-13", "2026-H3", "2026-Q0", "9999", "0000", "spring", "..",
     "-3", "１２", "２０２５", "2026-03", "2026-01-15..2026-03-02", "2026-01-01.."],
)  # fmt: skip
def test_what_is_none(text):
    assert read(text, TODAY) is None


def test_the_beginning_and_the_end_of_the_calendar():
    assert read("12", date(1, 3, 4)) is None and read("0001-Q1", date(1, 3, 4)) is None
    assert read("9999", date(9999, 12, 31)) == ReportPeriod(date(9999, 1, 1), date(9999, 9, 30))


def test_months_it_touches_and_days_it_holds():
    one = ReportPeriod(date(2025, 12, 31), date(2026, 2, 1))
    assert one.months == 3
    assert [one.holds(day) for day in (None, date(2025, 12, 30), one.first, one.last, date(2026, 2, 2))] == [
        False, False, True, True, False,
    ]  # fmt: skip


def test_what_is_offered_can_be_read_and_is_told_once():
    assert offered(TODAY) == (
        "12", "6", "3", "2026", "2025", "2025-H2", "2025-H1", "2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2",
    )  # fmt: skip
    assert "2026" not in offered(date(2026, 2, 1))  # nothing of it is over


@given(st.text(max_size=24), st.dates())
def test_anything_is_a_period_that_is_over_or_none(text, today):
    found = read(text, today)
    assert found is None or (found.first <= found.last < today and 1 <= found.months <= MOST_MONTHS)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.data())
def test_two_periods_never_differ_by_less_than_a_month_at_either_end(today, data):
    texts = st.sampled_from(["3", "6", "12", "24", "36", *offered(today)])
    one, other = read(data.draw(texts), today), read(data.draw(texts), today + timedelta(data.draw(st.integers(0, 90))))
    assert one is not None and other is not None
    for mine, theirs in ((one.first, other.first), (one.last, other.last)):
        assert mine == theirs or abs((mine - theirs).days) >= 28


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_tomorrow_in_the_same_month_it_is_the_same_report(today):
    tomorrow = today + timedelta(1)
    if tomorrow.month == today.month:
        assert [read(one, today) for one in offered(today)] == [read(one, tomorrow) for one in offered(today)]
