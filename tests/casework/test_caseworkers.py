"""Who has been the caseworker, and when it changed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from progression.casework.caseworkers import (
    Change,
    Gap,
    Period,
    caseworker_on,
    changes,
    days_without,
    gaps,
    periods,
    responsible,
    responsible_on,
    shared,
)
from progression.casework.values import Assessment, Assignment, Citizen, Course

START = date(2025, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def has(person: str, start: int, end: int | None = None, role: str = "coordinating", event: str = "") -> Assignment:
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
    apart = [has("anna", 0, 20), has("anna", 30, 90)]
    assert periods(apart) == (Period("anna", START, day(20)), Period("anna", day(30), day(90)))
    assert changes(apart) == ()
    assert periods([has("anna", 0, 20), has("anna", 21, 90)]) == (Period("anna", START, day(90)),)
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


def test_nobody_gets_a_citizen_back_because_a_successor_s_assignment_ended() -> None:
    rows = [has("anna", 0), has("bo", 100, 199)]
    assert periods(rows) == (Period("anna", START, day(99)), Period("bo", day(100), day(199)))
    assert responsible(periods(rows), day(200)) == ""
    assert gaps(periods(rows), START, day(209)) == (Gap(day(200), day(209)),)


def test_days_without_begin_with_the_case_and_end_with_it() -> None:
    found = periods([has("anna", 10, 19), has("bo", 30)])
    assert gaps(found, day(0), day(40)) == (Gap(day(0), day(9)), Gap(day(20), day(29)))
    assert days_without(found, day(0), day(40)) == 20
    assert days_without(found, day(15), day(22)) == 3
    assert days_without((), day(0), day(4)) == 5
    assert changes([has("anna", 10, 19), has("bo", 30)])[0].without == 10


def test_a_change_says_whether_it_was_planned_and_why() -> None:
    later = replace(has("bo", 30), planned="unplanned", reason="Sygdom")
    assert changes([has("anna", 0, 29), later]) == (Change(day(30), "anna", "bo", "unplanned", "Sygdom"),)


def test_what_begins_later_is_not_there_yet() -> None:
    rows = [has("anna", 0), has("bo", 100)]
    assert periods(rows, until=day(99)) == (Period("anna", START, None),)
    assert changes(rows, until=day(99)) == ()


def test_two_cannot_be_responsible_the_same_day() -> None:
    rows = [has("anna", 0, 50, event="1"), has("carl", 20, role="job", event="2")]
    assert shared(has("bo", 51), rows) is None
    taken = shared(has("bo", 50), rows)
    assert taken is not None and taken.caseworker == "anna"
    assert shared(has("bo", 10, role="mentor"), rows) is None
    assert shared(has("anna", 10), rows) is None
    assert shared(has("bo", 0, 40, event="1"), rows) is None  # a correction of the row itself
    superseded = [*rows, has("bo", 30, 60, event="3"), has("anna", 0, event="0")]
    assert shared(has("dorte", 61), superseded) is None  # anna's open row ended when bo took over


ROWS = st.lists(
    st.builds(
        has, st.sampled_from("abc"), st.integers(0, 40), st.none() | st.integers(0, 60),
        st.sampled_from(["coordinating", "coordinating", "coordinating", "mentor"]),
        event=st.text("xyz", min_size=1, max_size=3),
    ),
    max_size=7,
    unique_by=lambda row: row.event,
)  # fmt: skip


def slow_responsible(rows: list[Assignment], when: date) -> str:
    """Day by day, as the definition is told: nothing is merged, cut or sorted into periods."""
    valid = [a for a in rows if a.role == "coordinating" and (a.end is None or a.start <= a.end)]
    begun: list[Assignment] = []
    for a in valid:
        same_day = [b for b in valid if b.start == a.start]
        if a.start <= when and max(same_day, key=lambda b: b.event).caseworker == a.caseworker:
            begun.append(a)
    if not begun:
        return ""
    who = max(begun, key=lambda a: (a.start, a.event)).caseworker
    others = [a.start for a in begun if a.caseworker != who]
    since = [a for a in begun if a.caseworker == who and all(a.start > start for start in others)]
    return who if any(a.end is None or when <= a.end for a in since) else ""


@given(ROWS)
def test_periods_days_without_and_changes_agree_with_a_day_by_day_reference(rows: list[Assignment]) -> None:
    found = periods(rows)
    days = [day(n) for n in range(-2, 70)]
    each = [slow_responsible(rows, when) for when in days]
    assert [responsible(found, when) for when in days] == each
    coordinating = sorted((a for a in rows if a.role == "coordinating"), key=lambda a: (a.start, a.event))
    late = date.max.toordinal()
    quick = [
        (a.start.toordinal(), n, a.caseworker, a.end.toordinal() if a.end else late) for n, a in enumerate(coordinating)
    ]
    assert [responsible_on(quick, when.toordinal()) for when in days] == each
    assert days_without(found, days[0], days[-1]) == each.count("")
    assert sum(gap.days for gap in gaps(found, days[20], days[40])) == each[20:41].count("")
    told = [(days[n], who) for n, who in enumerate(each) if who and (n == 0 or each[n - 1] != who)]
    seen = [who for _, who in told]
    expected = [(when, before, who) for (when, who), before in zip(told[1:], seen, strict=False) if who != before]
    assert [(c.day, c.before, c.after) for c in changes(rows)] == expected
    for change in changes(rows):
        before = [n for n, when in enumerate(days) if when < change.day and each[n]]
        assert change.without == (change.day - days[before[-1]]).days - 1


@given(st.lists(st.builds(has, st.sampled_from("abc"), st.integers(0, 60), st.none() | st.integers(0, 90),
                          event=st.text("xyz", min_size=1, max_size=2)), max_size=7))  # fmt: skip
def test_periods_are_in_order_without_overlap_and_each_is_somebody_else(rows: list[Assignment]) -> None:
    found = periods(rows)
    for period in found:
        assert period.end is None or period.start <= period.end
    for before, after in itertools.pairwise(found):
        assert before.end is not None and before.end < after.start
        if before.caseworker == after.caseworker:
            assert after.start - before.end > timedelta(days=1)
    valid = [a for a in rows if a.end is None or a.start <= a.end]
    assert {p.start for p in found} <= {a.start for a in valid}
    assert bool(found) == bool(valid)
