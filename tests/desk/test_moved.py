"""The rule for what can be measured on one indicator, and the comparison it rests on."""

from __future__ import annotations

import datetime as dt

import pytest

from progression.analysis.values import Estimates, Point, Trajectory
from progression.casework.values import DECLINED, NOT_RATED, Assessment, Citizen, Course
from progression.desk import moved
from progression.scales import library

BIP, HAMD = (library.builtin()[name] for name in ("bip", "hamd"))
THEN, NOW = dt.date(2026, 2, 2), dt.date(2026, 5, 1)
CODE = "netvaerk"
ESTIMATES = Estimates("bip", None, 0, "prior", 10.0, 1.2, 1.3)


def one(rater, day, answers, assessor="kk", mode="self", scale="bip"):
    return Assessment("c", rater, scale, day, answers, assessor, mode if rater == "citizen" else "")


def rows(then, now, *, later_assessor="kk", later_mode="self", scale=BIP, points=()):
    """The rows for answers (caseworker, citizen) then and now."""
    both = []
    for day, pair, assessor, mode in ((THEN, then, "kk", "self"), (NOW, now, later_assessor, later_mode)):
        for rater, step in zip(("caseworker", "citizen"), pair, strict=True):
            if step is not None:
                both.append(one(rater, day, {CODE: step}, assessor, mode))
    course = Course(Citizen("c", "1"), assessments=tuple(both))
    found = moved.pairs(course, scale, NOW)
    trajectory = Trajectory("c", "bip", NOW, (), tuple(points), (), (), "unclear", None, None, None, None, 2)
    return moved.moved_rows(scale, found, trajectory, ESTIMATES), found


def row(then, now, **more):
    made, _found = rows(then, now, **more)
    return next(r for r in made if r.indicator == CODE)


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ((2, 2), (4, 4), True),
        ((4, 5), (2, 3), True),
        ((2, 3), (4, 4), False),  # one of them by a single step
        ((2, 4), (4, 2), False),  # against each other
        ((1, None), (5, None), False),  # one rater alone
        ((None, 1), (None, 5), False),
        ((3, 3), (3, 3), False),
        ((NOT_RATED, DECLINED), (5, 5), None),
        ((1, 1), (NOT_RATED, DECLINED), None),
    ],
)
def test_measured_only_when_both_moved_clearly_the_same_way(then, now, expected):
    assert row(then, now).measurable is expected


def test_a_new_caseworker_may_rate_differently():
    assert row((2, 2), (4, 4), later_assessor="bb").measurable is False


def test_a_new_way_of_asking_may_change_the_answer():
    assert row((2, 2), (4, 4), later_mode="phone").measurable is False


def test_change_is_the_mean_of_the_raters():
    assert row((2, 3), (4, 4)).change == 1.5
    assert row((2, NOT_RATED), (3, 4)).change == 1.0
    assert row((NOT_RATED, NOT_RATED), (3, 4)).change is None


def test_rows_come_with_what_can_be_measured_first():
    made, _found = rows((2, 2), (4, 4))
    assert [r.indicator for r in made[:2]] == [None, CODE]


def test_who_did_not_answer_this_time_has_no_row():
    one_row = row((2, 2), (4, None))
    assert (one_row.citizen_before, one_row.citizen_now) == (None, None)
    assert one_row.measurable is False


def test_the_other_rater_is_found_within_the_round():
    early, late = dt.date(2026, 4, 20), dt.date(2026, 5, 1)
    course = Course(
        Citizen("c", "1"),
        assessments=(
            one("caseworker", THEN, {CODE: 1}),
            one("citizen", early, {CODE: 2}),
            one("caseworker", late, {CODE: 3}),
        ),
    )
    found = moved.pairs(course, BIP, late)
    assert found["citizen"].now.date == early and found["citizen"].before is None
    assert found["caseworker"].before.date == THEN and moved.before_day(found) == THEN


def test_another_scale_is_not_compared():
    course = Course(Citizen("c", "1"), assessments=(one("caseworker", NOW, {"total": 20}, scale="hamd"),))
    found = moved.pairs(course, BIP, NOW)
    assert found["caseworker"].now is None and moved.answered(BIP, found) == {}


def test_half_the_range_of_the_scale_is_clear():
    assert moved.clear_change(BIP) == 2
    assert moved.clear_change(HAMD) == 26


def test_the_whole_scale_has_the_margin_of_the_flags():
    points = (Point(THEN, 2.4, 0.3), Point(NOW, 3.4, 0.4))
    made, _found = rows((2, 2), (3, 3), points=points)
    whole = made[0]
    assert whole.change == pytest.approx(1.0)
    assert whole.margin == pytest.approx(1.3 * 0.5)  # progression: c 1.3, sd of two levels 0.5
    assert whole.measurable is True
    falling, _found = rows((3, 3), (2, 2), points=(Point(THEN, 3.0, 0.3), Point(NOW, 2.5, 0.4)))
    assert falling[0].margin == pytest.approx(1.2 * 0.5) and falling[0].measurable is False


def test_a_sure_measurement_still_has_to_move_a_third_of_what_matters():
    points = (Point(THEN, 3.0, 0.001), Point(NOW, 3.05, 0.001))
    made, _found = rows((3, 3), (3, 3), points=points)
    assert made[0].margin == pytest.approx(BIP.minimal_important_change / 3) and made[0].measurable is False


def test_topics_come_widest_first():
    answers = {"netvaerk": 1, "koncentration": 2, "samarbejdsevne": 3}
    theirs = {"netvaerk": 5, "koncentration": 4, "samarbejdsevne": 4}
    course = Course(Citizen("c", "1"), assessments=(one("caseworker", NOW, answers), one("citizen", NOW, theirs)))
    found = moved.pairs(course, BIP, NOW)
    assert moved.apart(BIP, found) == (("netvaerk", 1, 5), ("koncentration", 2, 4))


def test_the_conversation_before_is_not_this_one_even_within_thirty_days():
    earlier = dt.date(2026, 4, 10)
    made = [one(rater, earlier, {CODE: 2}) for rater in ("caseworker", "citizen")]
    course = Course(Citizen("c", "1"), assessments=(*made, one("caseworker", NOW, {CODE: 3})))
    found = moved.pairs(course, BIP, NOW)
    assert found["citizen"].now is None and moved.before_day(found) == earlier
