"""Combination, passive periods, shares and waiting against slow, obvious references that look at one day at a time."""

from __future__ import annotations

import itertools
import statistics
from calendar import monthrange
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progression.casework import combination, passive, waiting
from progression.casework.timeline import BRIDGE_DAYS, kind_of, phases
from progression.casework.types import intervention_types
from progression.casework.values import Citizen, Course, Intervention

TYPES = intervention_types()
START = date(2024, 11, 1)
LENGTH = 150
CODES = ("mentor", "virksomhedspraktik", "mestring", "vejledning_opkvalificering", "bostoette", "venter", "fritaget")


def day(number: int) -> date:
    return START + timedelta(days=number)


@st.composite
def a_row(draw, citizen="c"):
    first = draw(st.integers(-20, LENGTH + 10))
    length = draw(st.none() | st.integers(-2, 80))
    expected = draw(st.none() | st.integers(first, first + 90))
    return Intervention(
        citizen, f"{draw(st.integers(0, 10**9))}", draw(st.sampled_from(CODES)), day(first),
        end=None if length is None else day(first + length),
        waiting_for=draw(st.sampled_from(["Mentor", " mentor", "Smerteklinik", ""])),
        expected_start=None if expected is None else day(expected),
    )  # fmt: skip


rows_strategy = st.lists(a_row(), max_size=6)


# the reference: one day at a time


def states_by_day(rows, last, running, first=0):
    """The state of each day, by the words of the contract and nothing else."""
    active = {n: any(r.start <= day(n) and (r.end is None or day(n) <= r.end) and TYPES[r.type].active for r in rows)
              for n in range(first, last + 1)}  # fmt: skip
    days = [n for n in range(first, last + 1) if active[n]]
    for one, other in itertools.pairwise(days):
        if other - one - 1 <= BRIDGE_DAYS:
            active |= dict.fromkeys(range(one, other), True)
    if running and days and last - days[-1] <= BRIDGE_DAYS:
        active |= dict.fromkeys(range(days[-1], last + 1), True)
    found = []
    for n in range(first, last + 1):
        covering = {TYPES[r.type].state for r in rows if r.start <= day(n) and (r.end is None or day(n) <= r.end)}
        found.append("active" if active[n] else next((s for s in ("exempt", "waiting") if s in covering), "passive"))
    return found


def keys_by_day(rows, last, running):
    """The state and combination of each day: what is in force, and over a bridged day what was in force before it."""
    found, before = [], frozenset()
    for n, state in enumerate(states_by_day(rows, last, running)):
        runs = [TYPES[r.type] for r in rows if r.start <= day(n) and (r.end is None or day(n) <= r.end)]
        now = {kind.bip_type for kind in runs if kind.active}
        before = (now or before) if state == "active" else set()
        order = [kind for kind in ("job", "upskilling", "health", "social") if kind in before]
        found.append((state, "+".join(order) or "none"))
    return found


@given(rows_strategy, st.integers(0, LENGTH), st.booleans())
def test_combination_runs_are_what_each_day_says(rows, last, running) -> None:
    runs = combination.runs(rows, TYPES, START, day(last), running=running)
    by_day = []
    for run in runs:
        until = run.end or day(last)
        by_day += [(run.state, run.key)] * ((until - run.start).days + 1)
    assert by_day == keys_by_day(rows, last, running)
    for one, other in itertools.pairwise(runs):
        assert one.end is not None and other.start - one.end == timedelta(days=1)
        assert (one.state, one.types) != (other.state, other.types)
    assert [run.end for run in runs].count(None) == (1 if running else 0)
    assert all(bool(run.types) == (run.state == "active") for run in runs)


@given(rows_strategy, st.integers(0, LENGTH))
def test_runs_lie_within_the_phases_of_the_timeline(rows, last) -> None:
    whole = phases(rows, TYPES, START, day(last))
    for run in combination.runs(rows, TYPES, START, day(last)):
        phase = next(p for p in whole if p.start <= run.start and (p.end is None or run.start <= p.end))
        assert (phase.state, phase.end is None or (run.end is not None and run.end <= phase.end)) == (run.state, True)
        assert set(run.interventions) <= set(phase.interventions)
        assert combination.run_on(combination.runs(rows, TYPES, START, day(last)), run.start) == run


@given(rows_strategy, st.integers(0, LENGTH), st.booleans())
def test_runs_of_phases_that_are_known_are_the_same(rows, last, running) -> None:
    whole = phases(rows, TYPES, START, day(last), running=running)
    found = combination.of_phases(whole, rows, TYPES, day(last))
    assert found == combination.runs(rows, TYPES, START, day(last), running=running)


@given(rows_strategy, st.integers(0, LENGTH))
def test_passive_periods_are_the_stretches_of_days_that_are_not_active(rows, last) -> None:
    course = Course(Citizen("c", "1", benefit_start=START), interventions=tuple(rows))
    found = passive.course_periods(course, TYPES, day(last))
    by_day = states_by_day(rows, last, True)
    expected = []
    for n, state in enumerate(by_day):
        if state != "active" and (n == 0 or by_day[n - 1] != state):
            expected.append([state, n, 0])
        if state != "active":
            expected[-1][2] += 1
    assert [[p.kind, (p.start - START).days, p.days] for p in found] == expected
    for p in found:
        assert p.weeks == p.days // 7
        assert p.running == (by_day[-1] != "active" and p is found[-1])
        assert (p.before is None) == (p.start == START)
        assert (p.after is None) == p.running


def plus_months(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, min(first.day, monthrange(place // 12, place % 12 + 1)[1]))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-5, 1500))
def test_whole_months_are_counted_one_by_one(first, days) -> None:
    last = first + timedelta(days=days)
    months = 0
    while plus_months(first, months + 1) <= last + timedelta(days=1):
        months += 1
    assert passive.whole_months(first, last) == months


@given(rows_strategy, st.integers(0, LENGTH))
def test_without_is_the_tail_of_days_with_neither_active_nor_mentor(rows, last) -> None:
    course = Course(Citizen("c", "1", benefit_start=START), interventions=tuple(rows))
    found = passive.without(course, TYPES, day(last))
    by_day = states_by_day(rows, last, True)  # a mentor is active in the shipped catalogue
    tail = 0
    while tail <= last and by_day[last - tail] != "active":
        tail += 1
    if tail == 0:
        assert found is None
        return
    assert found is not None
    assert (found.days, found.since, found.state) == (tail, day(last - tail + 1), by_day[-1])
    assert bool(found.before) == (tail <= last)


def test_a_mentor_counts_even_where_the_catalogue_says_it_is_not_active() -> None:
    from dataclasses import replace

    quiet = {**TYPES, "mentor": replace(TYPES["mentor"], active=False)}
    course = Course(Citizen("c", "1", benefit_start=START), interventions=(Intervention("c", "1", "mentor", day(0)),))
    assert passive.without(course, quiet, day(90)) is None
    assert passive.course_periods(course, quiet, day(90))[0].running
    closed = Course(Citizen("c", "1", benefit_start=START, case_closed=day(40)))
    assert passive.without(closed, TYPES, day(90)) is None


def test_a_case_that_was_closed_and_opened_again_begins_anew_and_is_without_nothing_meanwhile() -> None:
    shut = Intervention("c", "closed-2025-03-31", "fritaget", date(2025, 4, 1), end=date(2025, 6, 30))
    course = Course(Citizen("c", "1", benefit_start=date(2025, 1, 1)), interventions=(shut,))
    found = {on: passive.without(course, TYPES, on) for on in (date(2025, 3, 31), date(2025, 5, 1), date(2025, 7, 31))}
    assert [one and (one.since, one.days) for one in found.values()] == [
        (date(2025, 1, 1), 90), None, (date(2025, 7, 1), 31),
    ]  # fmt: skip
    periods = passive.course_periods(course, TYPES, date(2025, 7, 31))
    assert [(p.kind, p.days) for p in periods] == [("passive", 90), ("passive", 31)]


def test_twelve_months_are_over_the_day_before_the_same_day() -> None:
    course = Course(Citizen("c", "1", benefit_start=date(2025, 5, 2)))
    assert [passive.without(course, TYPES, on).months for on in (date(2026, 4, 30), date(2026, 5, 1))] == [11, 12]


# shares by month


@st.composite
def a_case(draw):
    opened = draw(st.integers(-40, LENGTH))
    closed = draw(st.none() | st.integers(opened, LENGTH))
    shut = draw(st.integers(opened, LENGTH))  # closed from here, and opened again
    again = draw(st.integers(shut - 1, shut + 60))
    return draw(rows_strategy), opened, closed, (shut, again)


@settings(deadline=None)
@given(st.lists(a_case(), max_size=7), st.integers(1, 7))
def test_shares_by_month_are_counted_day_by_day(cases, months) -> None:
    as_of = day(LENGTH)
    made, days = [], []
    for rows, opened, closed, (shut, again) in cases:
        last = LENGTH if closed is None else closed
        marked = [(r.start.toordinal(), r.end.toordinal() if r.end else 10**7, kind_of(TYPES[r.type])) for r in rows]
        stretch = [(day(shut).toordinal(), day(again).toordinal())] if again >= shut else []
        made.append(passive.Case(marked, day(opened).toordinal(), day(last).toordinal(), closed is None, stretch))
        for n, state in enumerate(states_by_day(rows, last, closed is None, opened), opened):
            if state == "active" or not shut <= n <= again:
                days.append((len(made), day(n), state))
    found = passive.shares(made, as_of, months)
    assert len(found) == months
    assert found[-1].last_day == as_of
    for month in found:
        inside = [(who, d, s) for who, d, s in days if month.month <= d <= month.last_day]
        kinds = Counter(s for _, _, s in inside)
        ends = [s for _, d, s in inside if d == month.last_day]
        assert (month.days, month.citizens) == (len(inside), len({who for who, _, _ in inside}))
        assert (month.passive, month.waiting, month.exempt) == (kinds["passive"], kinds["waiting"], kinds["exempt"])
        assert (month.there, month.without) == (len(ends), sum(s != "active" for s in ends))
        assert (month.share is None) == (month.citizens < 5)
        assert (month.share_last_day is None) == (month.there < 5)


def test_ten_thousand_citizens_take_a_moment() -> None:
    import random
    import time

    draw = random.Random(4)
    cases = []
    for _ in range(10_000):
        starts = [739_000 + draw.randrange(0, 900) for _ in range(4)]
        rows = [(s, s + draw.randrange(300), draw.randrange(4)) for s in starts]
        cases.append(passive.Case(rows, 739_000, 740_000, True))
    before = time.process_time()
    passive.shares(cases, date.fromordinal(740_000), 24)
    assert time.process_time() - before < 1.5


# waiting


@settings(deadline=None)
@given(st.lists(st.integers(0, 9).flatmap(lambda n: a_row(f"c{n}")), max_size=25), st.integers(0, LENGTH))
def test_others_and_queues_are_counted_row_by_row(rows, last) -> None:
    as_of = day(last)
    found = waiting.waits(rows, TYPES, as_of)
    begun = [r for r in rows if r.type == "venter" and r.start <= as_of and not (r.end and r.end < r.start)]
    assert Counter(w.id for w in found) == Counter(r.id for r in begun)
    assert [w.start for w in found] == sorted(w.start for w in found)
    days = {}
    for r in begun:
        days[r.id] = sum(r.start <= day(n) <= (r.end or as_of) for n in range(-20, last + 1))
    for wait in found:
        if [w.id for w in found].count(wait.id) == 1:
            assert wait.days == days[wait.id]
        told = waiting.others(wait, found)
        rest = [w for w in found if w.citizen != wait.citizen and w.what.strip().lower() == wait.what.strip().lower()]
        assert (told.waits, told.citizens) == (len(rest), len({w.citizen for w in rest}))
        assert told.running == sum(w.end is None for w in rest)
        enough = len({w.citizen for w in rest}) >= 5
        assert told.median_days == (statistics.median([w.days for w in rest]) if enough else None)
    assert waiting.compared(found) == [(w, waiting.others(w, found)) for w in found if w.end is None]
    lines = waiting.queues(found)
    assert sum(line.waiting for line in lines) >= len({w.citizen for w in found if w.end is None})
    for line in lines:
        mine = [w for w in found if w.what.strip().lower() == line.what.strip().lower()]
        assert line.citizens == len({w.citizen for w in mine})
        assert (line.longest is None) == (line.waiting < 5)
        assert (line.median_days is None) == (line.citizens < 5)


def test_a_wait_that_should_have_ended_is_late() -> None:
    row = Intervention("c", "1", "venter", day(0), waiting_for="Mentor", expected_start=day(20))
    assert [w.late for on in (10, 20, 23) for w in waiting.waits([row], TYPES, day(on))] == [None, None, 3]


# the small things


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("job+social", "job+social"), (" Social + JOB ", "job+social"),
        ("health+job+upskilling", "job+upskilling+health"),
        ("none", "none"), ("other", "other"), ("", None), ("job+none", None), ("work", None),
    ],
)  # fmt: skip
def test_a_combination_is_read_in_any_order(text, key) -> None:
    assert combination.read_key(text) == key


def test_earlier_ones_of_the_kind_are_those_begun_before() -> None:
    rows = [Intervention("c", str(n), "mentor", day(n * 10)) for n in range(3)]
    rows += [Intervention("c", "p", "ips", day(0)), Intervention("d", "x", "mentor", day(0))]
    assert [combination.earlier(rows, row) for row in rows] == [0, 1, 2, 0, 0]
