"""Who has been the caseworker, and when it changed."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from progression.casework.caseworkers import Change, Period, caseworker_on, changes, periods
from progression.casework.values import Assessment, Assignment, Citizen, Course

START = date(2025, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def has(
    person: str, start: int, end: int | None = None, role: str = "coordinating", event: str = ""
) -> Assignment:
    return Assignment("c", person, day(start), None if end is None else day(end), role, event=event)


def rated(person: str, at: int) -> Assessment:
    return Assessment("c", "caseworker", "bip", day(at), {}, assessor=person)


def test_a_change_is_on_the_day_the_next_one_starts() -> None:
    assert changes([has("anna", 0, 99), has("bo", 100)]) == (Change(day(100), "anna", "bo"),)


def test_only_the_coordinating_caseworker_counts() -> None:
    assert changes([has("anna", 0), has("bo", 50, role="mentor"), has("carl", 60, role="job")]) == ()


def test_who_starts_takes_over_even_where_the_former_was_never_ended() -> None:
    assert periods([has("anna", 0), has("bo", 100)]) == (
        Period("anna", START, day(99)),
        Period("bo", day(100), None),
    )


def test_the_same_person_again_is_no_change_but_back_again_is_two() -> None:
    assert periods([has("anna", 0, 20), has("anna", 30, 90)]) == (Period("anna", START, day(90)),)
    assert [c.after for c in changes([has("anna", 0, 9), has("bo", 10, 19), has("anna", 20)])] == [
        "bo",
        "anna",
    ]


def test_two_on_one_day_the_later_entry_counts() -> None:
    rows = [has("bo", 10, event="2"), has("carl", 10, event="1"), has("anna", 0)]
    assert [p.caseworker for p in periods(rows)] == ["anna", "bo"]
    back = [has("anna", 0), has("bo", 10, event="1"), has("anna", 10, event="2")]
    assert periods(back) == (Period("anna", START, None),)


def test_without_assignments_those_who_rated_tell() -> None:
    ratings = [rated("anna", 0), rated("", 30), rated("anna", 90), rated("bo", 180)]
    ratings.append(Assessment("c", "citizen", "bip", day(200), {}, assessor="carl"))
    assert changes([has("dorte", 0, role="job")], ratings) == (Change(day(180), "anna", "bo"),)
    assert changes([has("anna", 0)], ratings) == ()


def test_who_is_it_on_a_day() -> None:
    course = Course(Citizen("c", "1"), assignments=(has("anna", 0, 9), has("bo", 20)))
    assert [caseworker_on(course, day(at)) for at in (-1, 0, 9, 10, 20, 999)] == [
        "",
        "anna",
        "anna",
        "",
        "bo",
        "bo",
    ]
    assert caseworker_on(Course(Citizen("c", "1")), START) == ""


@given(st.lists(st.builds(has, st.sampled_from("abc"), st.integers(0, 60), st.none() | st.integers(0, 90),
                          event=st.text("xyz", min_size=1, max_size=2)), max_size=7))  # fmt: skip
def test_periods_are_in_order_without_overlap_and_each_is_somebody_else(rows: list[Assignment]) -> None:
    found = periods(rows)
    for period in found:
        assert period.end is None or period.start <= period.end
    for before, after in itertools.pairwise(found):
        assert before.end is not None and before.end < after.start
        assert before.caseworker != after.caseworker
    valid = [a for a in rows if a.end is None or a.start <= a.end]
    assert {p.start for p in found} <= {a.start for a in valid}
    assert bool(found) == bool(valid)
