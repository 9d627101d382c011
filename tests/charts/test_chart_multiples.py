"""Small multiples: every indicator, what is apart, what the citizen is not shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import karsten
import pytest

from progression.charts.builder import citizen_chart
from progression.charts.multiples import indicator_charts
from progression.words import Words


def charts(course=karsten.COURSE, language="da", **more):
    return indicator_charts(course, karsten.BIP, karsten.trajectory(), karsten.TODAY, Words(language), **more)


def with_last(caseworker, citizen, day=karsten.DAYS[-1]):
    kept = tuple(a for a in karsten.COURSE.assessments if a.date != karsten.DAYS[-1])
    base = karsten.COURSE.assessments[-1]
    rows = (
        replace(base, rater="caseworker", answers={"hverdagsmestring": caseworker}),
        replace(base, rater="citizen", date=day, answers={"hverdagsmestring": citizen}),
    )
    return replace(karsten.COURSE, assessments=(*kept, *rows))


def test_there_is_one_for_each_indicator_on_the_axis_of_the_whole_chart():
    found = charts()
    assert [one.key for one in found] == [i.code for i in karsten.BIP.indicators]
    whole = citizen_chart(
        karsten.COURSE,
        karsten.BIP,
        karsten.trajectory(),
        karsten.TYPES,
        karsten.NAMES,
        karsten.TODAY,
        Words("da"),
    )
    assert {(one.start, one.end, one.shades) for one in found} == {(whole.start, whole.end, whole.shades)}
    assert all(line.steps and line.end_text.isdigit() for one in found for line in one.series)


def test_what_the_citizen_is_not_shown_is_locked_or_left_out():
    locked = [one.key for one in charts() if one.locked]
    assert locked == [i.code for i in karsten.BIP.indicators if not i.shown_to_citizen]
    shown = charts(for_citizen=True)
    assert len(shown) == len(karsten.BIP.indicators) - len(locked) and not any(one.locked for one in shown)


@pytest.mark.parametrize(
    ("course", "said"),
    [
        (with_last(2, 4), "Sagsbehandler 2, Borger 4"),
        (with_last(2, 3), ""),
        (with_last(2, "declined"), ""),
        (with_last(2, 4, date(2026, 10, 1)), ""),  # not the same round
    ],
)
def test_two_steps_apart_in_the_latest_round_is_a_topic(course, said):
    found = {one.key: one.apart for one in charts(course)}
    assert found["hverdagsmestring"] == said


def test_each_says_in_words_what_it_shows():
    found = {one.key: one for one in charts(language="en")}
    assert found["helbredsmestring"].alt == (
        "Coping with health: Caseworker from 3 to 2 on 19 November 2026; Citizen from 3 to 3 on 19 November 2026"
    )
    none = charts(replace(karsten.COURSE, assessments=()))
    assert none[0].alt == "Helbredsmestring: ikke besvaret" and none[0].series == ()
    one = charts(replace(karsten.COURSE, assessments=karsten.COURSE.assessments[:1]))
    assert one[0].alt == "Helbredsmestring: Sagsbehandler 3 den 26. august 2024"
