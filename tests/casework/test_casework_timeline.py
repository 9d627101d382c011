"""The timeline against its definition: properties, a day-by-day reference, causality, speed."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progression.casework.timeline import (
    ACTIVE,
    BRIDGE_DAYS,
    EXEMPT,
    PASSIVE,
    STATES,
    WAITING,
    combination_on,
    course_phases,
    first_fact,
    in_force,
    kind_of,
    phase_on,
    phases,
    phases_ordinal,
    span,
)
from progression.casework.types import intervention_types
from progression.casework.values import (
    Assessment,
    Assignment,
    Citizen,
    Conversation,
    Course,
    Decision,
    Intervention,
    Note,
    Phase,
)

TYPES = intervention_types()
START = date(2025, 1, 1)
KINDS = {ACTIVE: "mentor", PASSIVE: "bostoette", WAITING: "venter", EXEMPT: "fritaget"}


def day(number: int) -> date:
    return START + timedelta(days=number)


def row(type_: str, start: int, end: int | None = None, id_: str = "") -> Intervention:
    return Intervention("c", id_ or f"{type_}-{start}", type_, day(start), end=None if end is None else day(end))


def said(found: Sequence[Phase]) -> list[tuple[str, int, int | None]]:
    return [(p.state, (p.start - START).days, None if p.end is None else (p.end - START).days) for p in found]


def by_the_day(rows: Sequence[tuple[int, int, int]], start: int, end: int, bridge: int, running: bool) -> list[int]:
    """The state of each day, straight from the words of the contract, one day at a time."""

    def covered(at: int, kind: int) -> bool:
        return start <= at <= end and any(a <= at <= b and k == kind for a, b, k in rows)

    states = []
    for at in range(start, end + 1):
        before = next((back for back in range(at, start - 1, -1) if covered(back, ACTIVE)), None)
        after = next((on for on in range(at, end + 1) if covered(on, ACTIVE)), None)
        bridged = before is not None and after is not None and after - before - 1 <= bridge
        awaited = running and before is not None and after is None and end - before <= bridge
        if covered(at, ACTIVE) or bridged or awaited:
            states.append(ACTIVE)
        elif covered(at, EXEMPT):
            states.append(EXEMPT)
        else:
            states.append(WAITING if covered(at, WAITING) else PASSIVE)
    return states


rows_strategy = st.lists(
    st.tuples(
        st.integers(-30, 150),
        st.integers(-5, 70),
        st.sampled_from([ACTIVE, ACTIVE, WAITING, EXEMPT, PASSIVE]),
    ).map(lambda r: (r[0], r[0] + r[1], r[2])),
    max_size=7,
)


@settings(max_examples=300)
@given(rows_strategy, st.integers(0, 20), st.integers(0, 140), st.integers(0, 20), st.booleans())
def test_phases_are_the_days_grouped_into_maximal_runs(
    rows: list[tuple[int, int, int]], start: int, length: int, bridge: int, running: bool
) -> None:
    end = start + length
    found = phases_ordinal(rows, start, end, bridge, running)
    assert (found[0][1], found[-1][2]) == (start, end)  # the union is the span
    for (state, _, last), (next_state, first, _) in itertools.pairwise(found):
        assert first == last + 1  # no gap, no overlap
        assert state != next_state  # maximal
    assert all(first <= last for _, first, last in found)
    days = [state for state, first, last in found for _ in range(first, last + 1)]
    assert days == by_the_day(rows, start, end, bridge, running)


@given(st.randoms(use_true_random=False), rows_strategy)
def test_the_order_of_the_rows_does_not_matter(shuffle: random.Random, rows: list[tuple[int, int, int]]) -> None:
    shuffled = list(rows)
    shuffle.shuffle(shuffled)
    assert phases_ordinal(shuffled, 0, 100) == phases_ordinal(rows, 0, 100)


def interventions_of(rows: Sequence[tuple[int, int, int]]) -> list[Intervention]:
    return [row(KINDS[kind], first, last, str(number)) for number, (first, last, kind) in enumerate(rows)]


def known_on(found: Sequence[Intervention], at: date) -> list[Intervention]:
    """What was known on a day: what had started, and its end only once it had come."""
    return [
        Intervention("c", i.id, i.type, i.start, end=i.end if i.end and i.end < at else None)
        for i in found
        if i.start <= at
    ]


@settings(max_examples=200)
@given(rows_strategy, st.integers(0, 120), st.data())
def test_a_causal_judgement_uses_only_what_was_known_that_day(
    rows: list[tuple[int, int, int]], length: int, data: st.DataObject
) -> None:
    found = interventions_of([r for r in rows if r[0] <= r[1]])
    whole = phases(found, TYPES, START, day(length))
    at = day(data.draw(st.integers(0, length)))
    then = phases(known_on(found, at), TYPES, START, at)[-1]
    judged = phase_on(whole, at)
    assert judged is not None
    assert (judged.state, judged.start, judged.end) == (then.state, then.start, None)
    assert set(then.interventions) <= set(judged.interventions)


@given(rows_strategy, st.integers(0, 120), st.integers(0, 120))
def test_looking_back_the_phase_of_a_day_covers_it(rows: list[tuple[int, int, int]], length: int, at: int) -> None:
    whole = phases(interventions_of(rows), TYPES, START, day(length))
    phase = phase_on(whole, day(at), causal=False)
    if at > length and whole[-1].end is not None:
        assert phase is None
    else:
        assert phase in whole and phase.start <= day(at) and (phase.end is None or day(at) <= phase.end)


@given(rows_strategy)
def test_an_active_phase_names_the_rows_that_make_it(rows: list[tuple[int, int, int]]) -> None:
    found = interventions_of(rows)
    for phase in phases(found, TYPES, START, day(120), running=False):
        named = [i for i in found if i.id in phase.interventions]
        assert all(STATES[kind_of(TYPES[i.type])] == phase.state for i in named)
        assert bool(named) == (phase.state != "passive")
        starts = [next(i.start for i in found if i.id == id_) for id_ in phase.interventions]
        assert starts == sorted(starts)


@pytest.mark.parametrize(("gap", "bridged"), [(13, True), (14, True), (15, False)])
def test_a_gap_of_up_to_fourteen_days_is_bridged(gap: int, bridged: bool) -> None:
    found = phases([row("mentor", 0, 9), row("ips", 10 + gap, 60)], TYPES, START, day(60))
    if bridged:
        assert said(found) == [("active", 0, None)]
        assert found[0].interventions == ("mentor-0", f"ips-{10 + gap}")
    else:
        assert said(found) == [("active", 0, 9), ("passive", 10, 9 + gap), ("active", 10 + gap, None)]


def test_for_fourteen_days_after_an_end_it_is_still_active_then_passive_from_the_day_after() -> None:
    found = [row("mentor", 0, 9)]
    assert said(phases(found, TYPES, START, day(9 + 14))) == [("active", 0, None)]
    assert said(phases(found, TYPES, START, day(9 + 15))) == [("active", 0, 9), ("passive", 10, None)]
    whole = phases(found, TYPES, START, day(200))
    assert said([p for p in (phase_on(whole, day(23)), phase_on(whole, day(24))) if p]) == [
        ("active", 0, None),
        ("passive", 10, None),
    ]


def test_waiting_and_exempt_within_the_bridge_are_judged_active_until_it_is_over() -> None:
    found = [row("mentor", 0, 9), row("venter", 10, 14), row("fritaget", 15, 80)]
    whole = phases(found, TYPES, START, day(100))
    assert said(whole) == [("active", 0, 9), ("waiting", 10, 14), ("exempt", 15, 80), ("passive", 81, None)]
    judged = [phase_on(whole, day(at)) for at in (12, 23, 24, 81)]
    assert said([p for p in judged if p]) == [
        ("active", 0, None),
        ("active", 0, None),
        ("exempt", 15, None),
        ("passive", 81, None),
    ]


def test_a_waiting_row_inside_a_bridged_gap_stays_active() -> None:
    found = [row("mentor", 0, 9), row("venter", 10, 15), row("ips", 16)]
    assert said(phases(found, TYPES, START, day(30))) == [("active", 0, None)]


def test_exempt_comes_before_waiting_and_active_before_both() -> None:
    found = [row("venter", 0, 50), row("fritaget", 20, 30), row("mentor", 40, 44)]
    assert said(phases(found, TYPES, START, day(80), running=False)) == [
        ("waiting", 0, 19), ("exempt", 20, 30), ("waiting", 31, 39), ("active", 40, 44), ("waiting", 45, 50),
        ("passive", 51, 80),
    ]  # fmt: skip


def test_a_planned_end_counts_as_running_whether_it_has_come_or_not() -> None:
    for planned in (day(20), day(400)):
        running = Intervention("c", "1", "mentor", START, planned_end=planned)
        assert said(phases([running], TYPES, START, day(90))) == [("active", 0, None)]


def test_an_end_that_is_written_down_but_has_not_come_is_running() -> None:
    assert said(phases([row("mentor", 0, 50)], TYPES, START, day(40))) == [("active", 0, None)]


def test_what_has_not_started_is_not_known() -> None:
    assert said(phases([row("mentor", 50)], TYPES, START, day(40))) == [("passive", 0, None)]


def test_a_closed_case_ends_with_its_last_day_and_waits_for_nothing() -> None:
    found = phases([row("mentor", 0, 30)], TYPES, START, day(40), running=False)
    assert said(found) == [("active", 0, 30), ("passive", 31, 40)]


def test_settings_types_unknown_types_and_impossible_rows_make_nothing_active() -> None:
    odd = [row("bostoette", 0), row("findes_ikke", 0), Intervention("c", "x", "mentor", day(9), end=day(3))]
    assert said(phases(odd, TYPES, START, day(40))) == [("passive", 0, None)]


def test_one_day_and_no_day() -> None:
    assert said(phases([], TYPES, START, START)) == [("passive", 0, None)]
    assert phases([], TYPES, START, day(-1)) == ()


def test_no_phase_outside_the_span() -> None:
    closed = phases([], TYPES, START, day(10), running=False)
    assert phase_on(closed, day(-1)) is None
    assert phase_on(closed, day(11)) is None
    assert phase_on((), START) is None


# the span


def test_the_span_runs_from_benefit_start_else_the_first_fact_to_closing_or_as_of() -> None:
    as_of = day(100)
    fact = (Assessment("c", "citizen", "bip", day(7), {}),)
    benefit = Citizen("c", "1", benefit_start=day(3))
    assert span(Course(benefit, assessments=fact), None, as_of) == (day(3), as_of, True)
    assert span(Course(Citizen("c", "1"), assessments=fact), None, as_of) == (day(7), as_of, True)
    assert span(Citizen("c", "1"), day(7), as_of) == (day(7), as_of, True)
    closed = Citizen("c", "1", benefit_start=day(3), case_closed=day(60))
    assert span(closed, None, as_of) == (day(3), day(60), False)
    assert span(closed, None, day(60)) == (day(3), day(60), False)
    assert span(closed, None, day(59)) == (day(3), day(59), True)


def test_no_span_without_a_fact_or_before_it() -> None:
    assert span(Course(Citizen("c", "1")), None, day(9)) is None
    assert span(Citizen("c", "1", benefit_start=day(10)), None, day(9)) is None
    assert course_phases(Course(Citizen("c", "1")), TYPES, day(9)) == ()


def test_the_first_fact_is_the_earliest_that_has_happened() -> None:
    course = Course(
        Citizen("c", "1"),
        assignments=(Assignment("c", "p", day(30)),),
        conversations=(
            Conversation("c", day(2), status="planned"),
            Conversation("c", day(12), status="missed"),
        ),
        interventions=(row("mentor", 20),),
        notes=(Note("c", day(25), "contact"),),
        decisions=(Decision("c", day(26), "citizen", "continue"),),
    )
    assert first_fact(course) == day(12)
    assert said(course_phases(course, TYPES, day(50))) == [("passive", 12, 19), ("active", 20, None)]


# what is in force


def test_the_combination_is_what_active_rows_in_force_add_up_to() -> None:
    found = [row("mentor", 0, 30), row("virksomhedspraktik", 20), row("bostoette", 0), row("venter", 0)]
    assert combination_on(found, TYPES, day(5)) == {"social"}
    assert combination_on(found, TYPES, day(30)) == {"social", "job"}
    assert combination_on(found, TYPES, day(31)) == {"job"}
    assert combination_on(found[2:], TYPES, day(5)) == frozenset()
    assert [i.type for i in in_force(found, day(31))] == ["virksomhedspraktik", "bostoette", "venter"]


@given(rows_strategy, st.integers(0, 120))
def test_the_combination_is_empty_exactly_without_an_active_row(rows: list[tuple[int, int, int]], at: int) -> None:
    active = any(first <= at <= last for first, last, kind in rows if kind == ACTIVE)
    assert bool(combination_on(interventions_of(rows), TYPES, day(at))) == active


def test_a_municipality_takes_a_moment() -> None:
    draw = random.Random(20261122)
    cohort = []
    for _ in range(10_000):
        starts = [draw.randrange(0, 900) for _ in range(4)]
        cohort.append([(s, s + draw.randrange(300), draw.choice((ACTIVE, ACTIVE, WAITING, EXEMPT))) for s in starts])
    # processor time of this process: what others do on the machine does not count
    before = time.process_time()
    for rows in cohort:
        phases_ordinal(rows, 0, 1000, BRIDGE_DAYS)
    assert time.process_time() - before < 0.3
