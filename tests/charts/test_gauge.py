"""The small picture of what the measurement can tell: what it shows of every kind, and where it all stands."""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import karsten
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "words"))
from why_flags import ESTIMATES, KINDS, SCALES, STATUSES, flag_of, grounds_for

from progression.analysis.values import Shown
from progression.charts.gauge import Gauge, GaugeTick, Row, steps_of, text_places, tick_places
from progression.charts.gauge_builder import flag_gauge, standing_gauge
from progression.charts.grounds import Grounds, beginning, grounds_of
from progression.charts.tokens import THEMES
from progression.charts.why import why_flag, why_standing
from progression.words import LANGUAGES, Words

DA, EN = Words("da"), Words("en")
EVERY = list(itertools.product(KINDS, STATUSES, ("trajectory", "rules"), ("bip", "hamd")))


def picture(flag, w=EN, least=1):
    return flag_gauge(w, flag, SCALES[flag.scale], grounds_for(flag), least=least)


def measure(text, bold):
    return len(text) * (7.0 if bold else 6.2)


@pytest.mark.parametrize(("kind", "status", "method", "scale"), EVERY)
def test_every_kind_has_a_picture_within_its_line(kind, status, method, scale):
    flag = flag_of(kind, status=status, method=method, scale=scale, baseline=3.44 if scale == "bip" else 14.2)
    for language in LANGUAGES:
        gauge = picture(flag, Words(language))
        assert gauge.low < gauge.high
        shown = [row.at for row in gauge.rows] + [end for row in gauge.rows for end in row.reach or ()]
        shown += [end for zone in gauge.zones for end in (zone.low, zone.high)] + [u.at for u in gauge.uprights]
        assert all(gauge.low - 1e-9 <= at <= gauge.high + 1e-9 for at in shown)
        assert all(gauge.low <= tick.at <= gauge.high for tick in gauge.ticks)
        assert 2 <= len(gauge.ticks) <= 6 or kind == "missing"
        assert gauge.title and gauge.alt.endswith(".") and "{" not in gauge.alt
        assert all(row.figure in gauge.alt for row in gauge.rows) or kind == "missing"
        tokens = {row.token for row in gauge.rows} | {zone.token for zone in gauge.zones}
        assert tokens <= set(THEMES["light"])


@pytest.mark.parametrize(("kind", "status", "method", "scale"), EVERY)
def test_no_two_marks_are_told_apart_by_colour_alone(kind, status, method, scale):
    gauge = picture(flag_of(kind, status=status, method=method, scale=scale))
    marks = [(row.marker, row.filled) for row in gauge.rows if row.marker != "none"]
    assert len(set(marks)) == len(marks)
    assert all(row.text for row in gauge.rows)


def test_the_zone_is_the_margin_round_where_the_period_began():
    flag = flag_of()
    gauge = picture(flag)
    (zone,) = gauge.zones
    assert (zone.low, zone.high) == pytest.approx((flag.baseline - flag.margin, flag.baseline + flag.margin))
    begun, now = gauge.rows
    assert (begun.at, now.at) == (flag.baseline, flag.level)
    assert not zone.low <= now.at <= zone.high  # what is pointed out lies outside, as it does in words
    half = 1.645 * flag.change_sd
    assert now.reach == pytest.approx((flag.level - half, flag.level + half))


def test_better_lies_to_the_right_only_where_more_is_better():
    assert picture(flag_of()).ends == ("← worse", "better →")
    assert picture(flag_of(scale="hamd", baseline=14.0)).ends == ("← better", "worse →")


def test_nothing_is_drawn_beyond_the_end_of_the_scale():
    gauge = picture(flag_of(baseline=1.15, change=0.1, sd=0.3))
    assert min(row.reach[0] for row in gauge.rows if row.reach) == 1
    assert gauge.zones[0].low == 1
    assert gauge.low > 0.9


def test_stagnation_lies_below_what_is_worth_having():
    flag = flag_of("stagnation")
    gauge = picture(flag)
    best, most, worth = gauge.rows
    assert best.at < most.at == flag.rate_limit < worth.at == 0.3
    assert gauge.uprights[0].at == gauge.zones[0].high == 0.3
    assert most.reach == (best.at, most.at)
    assert picture(flag_of("stagnation", scale="hamd")).ends == ("← worse", "better →")  # progression, not steps


def test_a_gap_lies_outside_where_the_caseworker_usually_is():
    flag = flag_of("disagreement")
    gauge = picture(flag)
    citizen, caseworker = gauge.rows
    assert (citizen.token, caseworker.token) == ("ci", "cw")
    assert not gauge.zones[0].low <= caseworker.at <= gauge.zones[0].high
    assert "Beside such answers" in gauge.alt


def test_a_missing_assessment_is_a_line_of_days():
    flag = flag_of("missing")
    gauge = picture(flag)
    days = [date.fromordinal(int(row.at)) for row in gauge.rows]
    assert days == [date(2026, 8, 6), flag.due, date(2026, 11, 19)]
    assert gauge.zones[0].pattern == "hatch"
    bare = flag_gauge(EN, flag, SCALES["bip"], Grounds(date(2026, 11, 19)))
    assert len(bare.rows) == 2


def test_the_rules_show_from_where_a_change_counts():
    flag = flag_of(method="rules")
    gauge = picture(flag)
    assert gauge.uprights[0].at == pytest.approx(flag.baseline - flag.margin)
    assert gauge.zones == ()
    assert gauge.rows[1].at < gauge.uprights[0].at


def test_a_flag_without_figures_has_no_picture():
    flag = replace(flag_of(), baseline=None, level=None, change=None)
    assert picture(flag) is None
    assert picture(replace(flag_of("disagreement"), baseline=None)) is None
    assert picture(replace(flag_of("disagreement"), numbers=())).zones == ()


@pytest.mark.parametrize("width", [150.0, 240.0, 500.0])
@pytest.mark.parametrize("kind", KINDS)
def test_texts_lie_within_the_picture_and_ticks_never_meet(kind, width):
    gauge = picture(flag_of(kind), DA)
    for placed in text_places(gauge, width, 4.0, measure):
        end = placed.text_left + measure(placed.row.text, False)
        assert placed.left >= 0
        assert end <= width + 1e-6 or measure(placed.row.figure + placed.row.text, False) > width - 20
        assert placed.text_left >= placed.left + measure(placed.row.figure, True)
    ticks = tick_places(gauge, width, 8.0, measure)
    for (one, left), (_, after) in itertools.pairwise(ticks):
        assert left + measure(one.label, False) + 8.0 <= after + 1e-9


@pytest.mark.parametrize(("low", "high"), [(1.9, 4.1), (3.38, 3.47), (0.0, 52.0), (-0.2, 0.35), (2.0, 2.0)])
def test_ticks_are_round_and_few(low, high):
    values, decimals = steps_of(low, high)
    assert len(values) <= 6
    assert all(low - 1e-9 <= v <= high + 1e-9 for v in values)
    assert [round(v, decimals) for v in values] == pytest.approx(values)
    assert len(values) >= 2 or low == high


def test_a_value_beyond_the_line_stands_at_its_end():
    gauge = Gauge("t", "a.", "", 0.0, 1.0, (GaugeTick(0.0, "0"),), (Row("9", "far", 9.0),))
    assert gauge.share(9.0) == 1.0
    assert Gauge("t", "a.", "", 1.0, 1.0, (), ()).share(1.0) == 0.0


# where things stand


@pytest.mark.parametrize("better", ["bip", "hamd"])
def test_where_things_stand_is_drawn_when_a_change_is_known(better):
    trajectory = replace(karsten.trajectory(), standing="unclear", change=-0.1, change_sd=0.24)
    gauge = standing_gauge(EN, trajectory, SCALES[better], ESTIMATES)
    assert gauge.zones[0].low < gauge.rows[1].at < gauge.zones[0].high
    assert gauge.rows[1].at == trajectory.level


@pytest.mark.parametrize(
    "more", [{"standing": "too_few"}, {"standing": "unknown_since"}, {"change": None}, {"observations": ()}]
)
def test_and_not_when_none_is(more):
    found = replace(karsten.trajectory(), **{"standing": "unclear", **more})
    assert standing_gauge(EN, found, karsten.BIP, ESTIMATES) is None
    assert why_standing(EN, found, karsten.BIP, ESTIMATES).reason


# what it rests on


def test_the_answers_of_the_period_begin_with_the_round_nearest_its_start():
    found = grounds_of(
        karsten.FLAG, karsten.trajectory(), karsten.TODAY, course=karsten.COURSE, names=karsten.NAMES,
        first=Shown(karsten.TODAY, karsten.FLAG),
    )  # fmt: skip
    days = [seen.day for seen in found.answers]
    near = min(
        (o.day for o in karsten.trajectory().observations), key=lambda d: abs((d - karsten.FLAG.phase.start).days)
    )
    assert days[0] == near
    assert days == sorted(days)
    assert {seen.rater for seen in found.answers} == {"caseworker", "citizen"}
    assert {seen.who for seen in found.of("caseworker")} <= set(karsten.NAMES.values())
    assert all(seen.who == "" for seen in found.of("citizen"))
    assert found.last == max(o.day for o in karsten.trajectory().observations)


def test_nothing_after_the_day_it_was_measured_counts():
    flag = replace(karsten.FLAG, measured_on=date(2026, 5, 30))
    found = grounds_of(flag, karsten.trajectory(), karsten.TODAY)
    assert max(seen.day for seen in found.answers) <= date(2026, 5, 30)


def test_an_indicators_own_answers_and_only_steps_count():
    flag = replace(karsten.FLAG, indicator="netvaerk", phase=replace(karsten.FLAG.phase, start=date(2025, 5, 1)))
    found = grounds_of(flag, karsten.trajectory(), karsten.TODAY, course=karsten.COURSE)
    given = {(a.date, a.rater): a.answers.get("netvaerk") for a in karsten.COURSE.assessments}
    assert found.answers
    assert all(given[seen.day, seen.rater] == seen.value for seen in found.answers)
    declined = [key for key, answer in given.items() if answer == "declined"]
    assert declined and not {(s.day, s.rater) for s in found.answers} & set(declined)
    assert grounds_of(flag, karsten.trajectory(), karsten.TODAY).answers == ()  # without the course nothing is known


def test_another_scales_curve_is_not_read():
    other = replace(karsten.trajectory(), scale="hamd")
    assert grounds_of(karsten.FLAG, other, karsten.TODAY).answers == ()
    assert grounds_of(karsten.FLAG, None, karsten.TODAY).last is None


def test_only_decisions_about_this_point_and_taken_by_now():
    flag = karsten.EARLIER[0]
    found = grounds_of(flag, karsten.trajectory(), karsten.TODAY, course=karsten.COURSE)
    assert [d.about for d in found.decisions] == ["flag:f2"]
    assert grounds_of(flag, karsten.trajectory(), date(2026, 5, 1), course=karsten.COURSE).decisions == ()


def test_the_nearest_round_is_the_earlier_of_two_as_near():
    start = date(2026, 3, 1)
    before, after = date(2026, 2, 9), date(2026, 3, 21)
    assert beginning([before, after], start) == before
    assert beginning([date(2026, 2, 20), date(2026, 3, 3)], start) == date(2026, 2, 20)  # one round
    assert beginning([], start) == start


@pytest.mark.parametrize("kind", KINDS)
def test_why_holds_what_the_card_says_and_all_the_rest(kind):
    flag = flag_of(kind)
    why = why_flag(DA, flag, SCALES["bip"], ESTIMATES, grounds_for(flag), {})
    assert why.headline.endswith(".") and why.reason.endswith(".")
    assert why.gauge is not None and len(why.parts) >= 3
