"""Dates, numbers and plurals as they are written in Danish and in English."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from babel.numbers import format_decimal

from progression.words import LANGUAGES, N_, Words, plain

DAY = dt.date(2026, 3, 7)
DA, EN = Words("da"), Words("en")


@pytest.mark.parametrize(
    ("form", "danish", "english"),
    [
        ("date", "7. marts 2026", "7 March 2026"),
        ("short_date", "7. mar. 2026", "7 Mar 2026"),
        ("day_month", "7. marts", "7 March"),
        ("short_day_month", "7. mar.", "7 Mar"),
        ("month", "mar.", "Mar"),
        ("month_year", "marts 2026", "March 2026"),
        ("weekday_date", "lørdag 7. marts 2026", "Saturday 7 March 2026"),
    ],
)
def test_dates(form, danish, english):
    assert getattr(DA, form)(DAY) == danish
    assert getattr(EN, form)(DAY) == english


def test_every_month_is_named_in_both_languages():
    days = [dt.date(2026, month, 1) for month in range(1, 13)]
    assert [DA.date(day).split()[1] for day in days] == [
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
        "december",
    ]  # fmt: skip
    assert len({EN.month(day) for day in days}) == 12


@pytest.mark.parametrize("decimals", range(5))
def test_numbers_are_written_as_cldr_writes_them(decimals):
    draw = random.Random(7)
    drawn = [draw.choice((1, 10, 1e3, 1e6, 1e12)) * draw.random() for _ in range(500)]
    halves = [n / 2 + m / 20 + k / 200 for n in range(40) for m in range(3) for k in range(3)]
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    for value in (*drawn, *halves, 0, 7, 999, 1000, 999_999, 1_000_000, 0.05, 0.15, 0.25, 0.35, 1e-7, 999.995, 1e22):
        for words, locale in ((DA, "da_DK"), (EN, "en_GB")):
            assert words.number(value, decimals) == format_decimal(value, format=pattern, locale=locale)


def test_clock():
    moment = dt.datetime(2026, 3, 7, 9, 5)
    assert (DA.clock(moment), EN.clock(moment)) == ("09.05", "09:05")


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (3.4, 1, "3,4", "3.4"),
        (-0.7, 1, "−0,7", "−0.7"),
        (0.0, 1, "0,0", "0.0"),
        (-0.04, 1, "0,0", "0.0"),  # what rounds to nothing has no sign
        (12345.678, 2, "12.345,68", "12,345.68"),
        (-1234567, 0, "−1.234.567", "−1,234,567"),
        (2, 0, "2", "2"),
    ],
)
def test_numbers(value, decimals, danish, english):
    assert DA.number(value, decimals) == danish
    assert EN.number(value, decimals) == english


@pytest.mark.parametrize(
    ("value", "danish"), [(0.4, "+0,4"), (-0.7, "−0,7"), (0.0, "0,0"), (0.04, "0,0"), (-0.04, "0,0")]
)
def test_signed_numbers(value, danish):
    assert DA.signed(value) == danish
    assert EN.signed(value) == danish.replace(",", ".")


@pytest.mark.parametrize("n", [0, 2, 21, 101])
def test_plurals(n):
    forms = ("{n} new citizen has only a number.", "{n} new citizens have only a number.")
    assert EN.tn(*forms, n) == f"{n} new citizens have only a number."
    assert DA.tn(*forms, n) == DA.tn(*forms, 2).replace("2", str(n), 1)
    assert DA.tn(*forms, 1) != DA.tn(*forms, 2).replace("2", "1", 1)


def test_a_text_that_is_not_in_the_catalogue_is_said_in_english():
    assert DA.t("No such text stands in the catalogue {n}", n=1) == "No such text stands in the catalogue 1"


def test_braces_in_a_field_are_left_alone():
    assert EN.t("Not understood: {detail}", detail="{name}") == "Not understood: {name}"


def test_a_context_tells_two_equal_words_apart():
    assert DA.tc("nobody says this", "Start") == "Start"


def test_marking_returns_the_text_unchanged():
    assert N_("Start") == "Start"


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="sv"):
        Words("sv")
    assert LANGUAGES == ("da", "en")


def test_data_without_this_language_falls_back_on_danish_then_on_anything():
    assert EN.pick({"da": "Bolig"}) == "Bolig"
    assert DA.pick({"en": "Housing"}) == "Housing"
    assert DA.pick({}) == ""


ARABIC = "\u0644\u064a\u0644\u0649 \u0627\u0644\u062d\u0633\u0646"  # read from right to left


def test_a_name_from_right_to_left_keeps_to_itself():
    """Unicode Standard Annex 9, 2.7: FIRST STRONG ISOLATE before, POP DIRECTIONAL ISOLATE after."""
    assert DA.t("{citizen}, {day}.", citizen=ARABIC, day="23. november") == f"\u2068{ARABIC}\u2069, 23. november."
    assert DA.tn("{n} day, {name}", "{n} days, {name}", 2, name=ARABIC).endswith(f"\u2068{ARABIC}\u2069")
    assert DA.t("{citizen}, {day}.", citizen="Søren", day="23. november") == "Søren, 23. november."


def test_a_system_that_knows_no_marks_gets_none():
    assert plain(DA.t("{citizen}, {day}.", citizen=ARABIC, day="1. maj")) == f"{ARABIC}, 1. maj."


def test_a_shell_writes_no_marks():
    assert Words("da", marks=False).t("{citizen}, {day}.", citizen=ARABIC, day="1. maj") == f"{ARABIC}, 1. maj."
