"""CPR numbers: dates, centuries, the check digit, and never the last four on screen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework.cpr import age, check, mask, parse, plain

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("140680-1234", date(1980, 6, 14)),
        ("1406801234", date(1980, 6, 14)),
        (" 140680 3999 ", date(1980, 6, 14)),
        ("140636-4001", date(2036, 6, 14)),
        ("140637-4001", date(1937, 6, 14)),
        ("140600-4001", date(2000, 6, 14)),
        ("140636-9001", date(2036, 6, 14)),
        ("140637-9001", date(1937, 6, 14)),
        ("140605-5001", date(2005, 6, 14)),
        ("140657-8001", date(2057, 6, 14)),
        ("140658-8001", date(1858, 6, 14)),
        ("290200-5001", date(2000, 2, 29)),
        ("740680-1234", date(1980, 6, 14)),
    ],
)
def test_the_century_comes_from_the_seventh_digit(text: str, born: date) -> None:
    cpr = parse(text)
    assert cpr is not None and cpr.born == born
    assert cpr.invented == text.startswith("7")


@pytest.mark.parametrize(
    "text",
    ["", "14068O-1234", "140680-123", "140680-12345", "140680--1234", "311180-1234", "001180-1234", "320180-1234",
     "290201-1234", "141380-1234", "140680/1234", "١٤٠٦٨٠١٢٣٤"],
)  # fmt: skip
def test_what_is_no_cpr_number_is_not_read(text: str) -> None:
    assert parse(text) is None
    assert [f.what for f in check(text, TODAY)] == (["fault.cpr"] if text else [])


def test_modulus_11_is_a_warning_never_a_refusal() -> None:
    # 0+21+0+49+36+5+16+6+16+5 = 154 = 14 x 11
    meets = "070761-4285"
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    assert sum(w * int(d) for w, d in zip(weights, plain(meets), strict=True)) % 11 == 0
    assert check(meets, TODAY) == ()
    (fault,) = check("070761-4286", TODAY)
    assert (fault.what, fault.warning) == ("fault.cpr_modulus", True)


def test_invented_numbers_are_not_warned_about() -> None:
    assert check("740680-1234", TODAY) == ()


def test_a_date_to_come_is_a_fault_and_another_birthday_a_warning() -> None:
    assert "fault.cpr_future" in [f.what for f in check("140636-4001", TODAY) if not f.warning]
    (fault,) = check("070761-4285", TODAY, born=date(1961, 7, 8))
    assert (fault.what, fault.warning, fault.key) == ("fault.cpr_born", True, "born")


@given(st.from_regex(r"\A[0-9]{6}-?[0-9]{4}\Z") | st.text(max_size=14))
def test_no_mask_and_no_fault_repeats_the_last_four(text: str) -> None:
    if parse(text):
        assert mask(text) == f"{plain(text)[:6]}-••••"
    assert all(fault.value is None for fault in check(text, TODAY))


def test_masks() -> None:
    assert mask("1406801234") == "140680-••••"
    assert mask("hemmeligt") == "••••"
    assert mask(" ") == ""
    assert (plain("140680-1234"), plain(" x ")) == ("1406801234", "x")


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(1980, 6, 14), date(2026, 6, 13), 45),
        (date(1980, 6, 14), date(2026, 6, 14), 46),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
    ],
)
def test_age_in_whole_years(born: date, day: date, years: int) -> None:
    assert age(born, day) == years
