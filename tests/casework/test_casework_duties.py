"""Rounds, and what is due."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework.duties import add_months, assessment_due, duties, follow_ups
from progression.casework.rounds import ROUND_DAYS, rounds
from progression.casework.values import Assessment, Choice, Citizen, Course, Decision
from progression.scales.model import Rater

START = date(2026, 1, 15)


def assessed(day: date, rater: Rater = "caseworker", scale: str = "bip") -> Assessment:
    return Assessment("c", rater, scale, day, {})


def decided(day: date, about: str, follow_up: date | None, choice: Choice = "adjust", event: str = "") -> Decision:
    return Decision("c", day, about, choice, follow_up=follow_up, event=event)


@given(st.lists(st.integers(0, 400), max_size=25))
def test_rounds_hold_every_assessment_once_within_thirty_days_of_the_first(numbers: list[int]) -> None:
    given_ = [assessed(START + timedelta(days=n)) for n in numbers]
    found = rounds(given_)
    assert sorted(a.date for r in found for a in r.assessments) == sorted(a.date for a in given_)
    for one in found:
        assert one.start == one.assessments[0].date and one.end == one.assessments[-1].date
        assert (one.end - one.start).days <= ROUND_DAYS
    for one, after in itertools.pairwise(found):
        assert (after.start - one.start).days > ROUND_DAYS


def test_the_thirtieth_day_is_in_the_round_the_next_is_not() -> None:
    days = [START, START + timedelta(days=30), START + timedelta(days=31)]
    assert [len(r.assessments) for r in rounds(map(assessed, days))] == [2, 1]


def test_a_round_is_counted_from_its_first_day_not_from_the_one_before() -> None:
    days = [START + timedelta(days=20 * n) for n in range(4)]
    assert [r.start for r in rounds(map(assessed, days))] == [days[0], days[2]]


def test_a_round_gives_each_raters_last_answer_and_can_be_of_one_scale() -> None:
    early, late = assessed(START), assessed(START + timedelta(days=9))
    other = assessed(START, "citizen", "hamd")
    (one,) = rounds([late, other, early])
    assert one.latest("caseworker") is late and one.latest("citizen") is other
    (bip,) = rounds([late, other, early], "bip")
    assert bip.latest("citizen") is None
    assert rounds([other], "bip") == ()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 9, 30), 12, date(2027, 9, 30)),
    ],
)
def test_calendar_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(0, 36))
def test_months_land_in_the_month_counted_to(day: date, months: int) -> None:
    then = add_months(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(days=1)).day == 1)


def test_an_assessment_is_due_three_months_after_the_first_day_of_the_last_round() -> None:
    done = [assessed(START), assessed(START + timedelta(days=12), "citizen")]
    due = assessment_due(done, date(2025, 1, 1), date(2026, 3, 1))
    assert (due.kind, due.due, due.lapsed) == ("assessment", date(2026, 4, 15), date(2026, 4, 16))
    assert not due.overdue(date(2026, 4, 15)) and due.overdue(date(2026, 4, 16))


def test_before_any_assessment_it_is_due_three_months_after_the_start() -> None:
    assert assessment_due([], START, START).due == date(2026, 4, 15)
    assert assessment_due([assessed(START, scale="hamd")], START, START, scale="bip").due == date(2026, 4, 15)


def test_what_has_not_happened_yet_moves_nothing() -> None:
    later = assessed(date(2026, 6, 1))
    assert assessment_due([assessed(START), later], START, date(2026, 5, 1)).due == date(2026, 4, 15)
    assert assessment_due([assessed(START), later], START, date(2026, 6, 1), months=2).due == date(2026, 8, 1)


def test_a_later_decision_about_the_same_is_the_follow_up() -> None:
    first = decided(START, "flag:a", date(2026, 3, 1))
    again = decided(date(2026, 2, 20), "flag:a", date(2026, 5, 1))
    other = decided(START, "citizen", date(2026, 2, 1))
    assert [(d.about, d.due) for d in follow_ups([again, first, other], date(2026, 2, 25))] == [
        ("citizen", date(2026, 2, 1)),
        ("flag:a", date(2026, 5, 1)),
    ]
    assert [d.due for d in follow_ups([again, first], date(2026, 2, 19))] == [date(2026, 3, 1)]
    done = decided(date(2026, 3, 2), "flag:a", None, "stop")
    assert follow_ups([first, done], date(2026, 4, 1)) == ()


def test_of_two_decisions_on_one_day_the_later_event_counts() -> None:
    one, two = (
        decided(START, "flag:a", date(2026, 3, 1), event="1"),
        decided(START, "flag:a", None, event="2"),
    )
    assert follow_ups([two, one], START) == ()


def test_duties_of_a_citizen_oldest_first_and_none_when_closed() -> None:
    citizen = Citizen("c", "1", benefit_start=START)
    course = Course(citizen, decisions=(decided(START, "flag:a", date(2026, 3, 1)),))
    assert [d.kind for d in duties(course, date(2026, 2, 1))] == ["follow_up", "assessment"]
    assert duties(course, date(2026, 1, 1)) == ()
    closed = Citizen("c", "1", benefit_start=START, case_closed=date(2026, 2, 1))
    assert duties(Course(closed), date(2026, 2, 1)) == ()
    assert len(duties(Course(closed), date(2026, 1, 31))) == 1
