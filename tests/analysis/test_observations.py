"""From answers to values, steps, rounds and phases."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, START, active, answers, assessed, course, day, look
from hypothesis import given, settings
from hypothesis import strategies as st

from progression.analysis.analyse import analyse
from progression.analysis.cohort import AssignmentColumns, Cohort, decode, intervention_columns
from progression.analysis.estimates import fitted_means, prior_estimates
from progression.analysis.looks import prepare
from progression.analysis.moves import known_phases
from progression.analysis.phasing import phases
from progression.analysis.priors import Variances, mean_key, prior_variances
from progression.analysis.raised import months_later
from progression.casework import duties, rounds
from progression.casework.timeline import course_phases, phase_on
from progression.casework.types import intervention_types
from progression.casework.values import Assignment, Course, Intervention, PlanItem
from progression.scales.cells import encode

TYPES = intervention_types()


def _observations(*assessments, means=None, **more):
    cohort = Cohort.from_courses([course(assessments)], BIP, TYPES)
    analysis = analyse(cohort, prior_estimates(BIP, means=means), day(60), **more)
    return analysis.trajectory("c").observations


def test_the_value_is_the_mean_of_the_items_of_the_whole_scale() -> None:
    with_belief = answers(3) | {"sagsbehandlers_tro": 1}
    (seen,) = _observations(assessed(1, with_belief))
    assert seen.value == pytest.approx(3.0)
    assert (seen.items, seen.rater, seen.day) == (10, "caseworker", day(1))


def test_a_skipped_item_does_not_move_the_value() -> None:
    means = {mean_key("caseworker", i.code): 2.0 + 0.2 * k for k, i in enumerate(BIP.rated_by("caseworker"))}
    usual = {i.code: 3 for i in BIP.rated_by("caseworker")}
    # this person answers one step above each mean, exactly, wherever asked: fractions cannot be scored, so compare
    full = [assessed(1, usual)]
    (seen,) = _observations(*full, means=means)
    whole = [means[mean_key("caseworker", i.code)] for i in BIP.indicators if i.in_whole]
    by_hand = np.mean([3 - m for m in whole])
    overall = [
        means.get(mean_key(r, i.code), 3.0) for r in ("caseworker", "citizen") for i in BIP.rated_by(r) if i.in_whole
    ]
    assert seen.value == pytest.approx(by_hand + np.mean(overall))
    # leave out the item with the lowest mean: what is left lies as far above its means as those items say
    lowest = min((i.code for i in BIP.indicators if i.in_whole), key=lambda c: means[mean_key("caseworker", c)])
    (less,) = _observations(assessed(1, usual | {lowest: "not_rated"}), means=means)
    rest = [means[mean_key("caseworker", i.code)] for i in BIP.indicators if i.in_whole and i.code != lowest]
    assert less.value == pytest.approx(np.mean([3 - m for m in rest]) + np.mean(overall))
    assert less.items == 9


def test_not_rated_and_declined_are_never_low() -> None:
    some = dict.fromkeys(answers(4), 4) | {"netvaerk": "not_rated", "koncentration": "declined"}
    (seen,) = _observations(assessed(1, some))
    assert seen.value == pytest.approx(4.0)
    assert seen.items == 8


def test_an_assessment_without_any_number_is_no_observation() -> None:
    nothing = dict.fromkeys(answers(1), "not_rated")
    assert _observations(assessed(1, nothing)) == ()
    assert _observations(assessed(1, {})) == ()


def test_fewer_items_mean_more_noise() -> None:
    few = {"netvaerk": 3, "koncentration": 3}
    full = look(course([assessed(1, 3)]), as_of=2).trajectory("c").curve[-1].sd
    short = look(course([assessed(1, few)]), as_of=2).trajectory("c").curve[-1].sd
    assert short > full


def test_wide_cells_are_read() -> None:
    code = HAMILTON.indicators[0].code
    text = "".join(encode(HAMILTON, {code: value}) for value in (0, 7, 52, "not_rated", "declined"))
    text += encode(HAMILTON, {})
    got = decode(text.encode("ascii"), HAMILTON, 6)[:, 0]
    np.testing.assert_array_equal(got, [0, 7, 52, np.nan, np.nan, np.nan])
    with pytest.raises(ValueError, match="bytes"):
        decode(b"123", HAMILTON, 1)


def test_columns_and_courses_say_the_same() -> None:
    rows = [assessed(m, 3, r, assessor="anna") for m in (1, 4, 7, 10) for r in ("caseworker", "citizen")]
    rows[4:6] = [assessed(7, 2, "caseworker", assessor="bo"), assessed(7, 2, "citizen", mode="phone")]
    whole = course(rows, [active(2, 6), active(8, code="venter")])
    one = Cohort.from_courses([whole], BIP, TYPES)
    modes = {"": -1, "phone": 0}
    people = {"": -1, "anna": 0, "bo": 1}
    two = Cohort.from_columns(
        BIP,
        citizens=["c"],
        numbers=["H1"],
        who=[0] * 8,
        day=[a.date.toordinal() for a in whole.assessments],
        rater=[a.rater for a in whole.assessments],
        assessor=[people[a.assessor] for a in whole.assessments],
        mode=[modes[a.mode] for a in whole.assessments],
        cells="".join(encode(BIP, a.answers) for a in whole.assessments).encode(),
        opened=[START.toordinal()],
        closed=[0],
        assessors=["anna", "bo"],
        interventions=intervention_columns(
            [0, 0],
            [i.type for i in whole.interventions],
            [i.start.toordinal() for i in whole.interventions],
            [i.end.toordinal() if i.end else 0 for i in whole.interventions],
            TYPES,
            [i.id for i in whole.interventions],
        ),
    )
    estimates = prior_estimates(BIP)
    results = [analyse(c, estimates, day(12)) for c in (one, two)]
    assert results[0].trajectory("c") == results[1].trajectory("c")
    assert results[0].history(everything=True) == results[1].history(everything=True)


def test_intervention_rows_of_mixed_order_are_sorted_with_their_ids() -> None:
    got = intervention_columns([1, 0], ["mentor", "unheard_of"], [5, 3], [0, 9], TYPES, ["b", "a"])
    assert got.who.tolist() == [0, 1]
    assert list(got.ids) == ["a", "b"]
    assert got.of(1) == range(1, 2)
    assert got.kind.tolist() == [1, 0]  # passive: counts for nothing; active


def test_a_scale_asked_for_by_the_wrong_estimates_is_refused() -> None:
    cohort = Cohort.from_courses([course([assessed(1, 3)])], BIP, TYPES)
    with pytest.raises(ValueError, match="estimates"):
        analyse(cohort, prior_estimates(HAMILTON), day(2))
    with pytest.raises(ValueError, match="threshold"):
        prior_estimates(BIP, 7.0)


def test_sizes_go_through_parameters_and_back() -> None:
    sizes = prior_variances(BIP)
    assert Variances.of(sizes.as_parameters()) == sizes
    with pytest.raises(KeyError, match="walk_sd"):
        Variances.of({k: v for k, v in sizes.as_parameters().items() if k != "walk_sd"})


def test_item_means_are_drawn_to_the_middle_while_answers_are_few() -> None:
    high = Cohort.from_courses([course([assessed(1, 5)])], BIP, TYPES)
    means = fitted_means(high)
    assert means[mean_key("caseworker", "netvaerk")] == pytest.approx(3 + 2 / 41, abs=1e-3)
    assert means[mean_key("citizen", "netvaerk")] == 3.0
    assert mean_key("citizen", "arbejdsidentitet") not in means


def test_the_plan_says_whether_the_level_is_to_be_held() -> None:
    def goal(text: str, months: float, **more) -> PlanItem:
        return PlanItem("c", day(months), goal=text, **more)

    def held(*plan: PlanItem, months: tuple[float, ...] = (0, 1, 5, 9)) -> list[bool]:
        cohort = Cohort.from_courses([course([]), course([], plan=plan)], BIP, TYPES)
        days = np.array([day(m).toordinal() for m in months])
        assert not cohort.holds.on(np.zeros(len(days), dtype=np.int64), days).any()
        return cohort.holds.on(np.ones(len(days), dtype=np.int64), days).tolist()

    assert held(goal("At fastholde sit niveau", 1)) == [False, True, True, True]
    assert held(goal("Fastholde", 1), goal("15 timer om ugen", 5)) == [False, True, False, False]
    assert held(goal("15 timer om ugen", 1), goal("Fastholde", 5, status="done")) == [False] * 4
    assert held(goal("Ro på", 1, aim="hold")) == [False, True, True, True]
    assert held(goal("Ikke fastholde, men videre", 1, aim="move")) == [False] * 4
    stopped = goal("Fastholde", 5, kind="goal", id="g", status="dropped")
    assert held(goal("Fastholde", 1, kind="goal", id="g"), stopped) == [False, True, False, False]
    assert held() == [False] * 4


def test_who_rates_is_taken_from_the_assignments_where_an_assessment_does_not_say() -> None:
    rows = [assessed(m, 3) for m in (1, 4, 7)]
    who = (Assignment("c", "anna", START, day(3)), Assignment("c", "bo", day(5)))
    whole = course(rows, assignments=who)
    cohort = Cohort.from_courses([whole], BIP, TYPES)
    seen = prepare(cohort, prior_estimates(BIP), day(8).toordinal()).seen
    # the second lies between two assignments: nobody's, so it neither is nor makes a change
    assert [cohort.assessors[i] if i >= 0 else "" for i in seen.assessor] == ["anna", "", "bo"]
    assert seen.changed.tolist() == [False, False, True]
    assert isinstance(cohort.assignments, AssignmentColumns)


def test_a_change_of_mode_redraws_that_raters_bias() -> None:
    rows = [assessed(m, 3, "citizen", mode=mode) for m, mode in ((1, "self"), (4, ""), (7, "self"), (10, "phone"))]
    cohort = Cohort.from_courses([course(rows)], BIP, TYPES)
    seen = prepare(cohort, prior_estimates(BIP), day(11).toordinal()).seen
    assert seen.redrawn.tolist() == [False, False, False, True]
    assert not seen.changed.any()


def test_months_fall_on_the_last_day_of_a_shorter_month() -> None:
    days = [date(2024, 1, 31), date(2023, 11, 30), date(2024, 5, 15), date(1969, 11, 30)]
    got = months_later(np.array([d.toordinal() for d in days]), 3)
    assert [date.fromordinal(int(d)) for d in got] == [duties.add_months(d, 3) for d in days]


@given(st.lists(st.integers(0, 300), min_size=1, max_size=12))
@settings(deadline=None, max_examples=60)
def test_rounds_are_those_of_the_casework(offsets: list[int]) -> None:
    rows = [assessed(0, 3, "citizen", note=str(i)) for i, _ in enumerate(offsets)]
    from dataclasses import replace

    rows = [replace(a, date=START + timedelta(days=d)) for a, d in zip(rows, offsets, strict=True)]
    cohort = Cohort.from_courses([course(rows)], BIP, TYPES)
    step = prepare(cohort, prior_estimates(BIP), (START + timedelta(days=400)).toordinal()).step
    want = rounds.rounds(rows)
    assert int(step.round[-1]) == len(want)
    for when, number in zip(step.day.tolist(), step.round.tolist(), strict=True):
        place = want[number - 1]
        assert place.start.toordinal() <= when <= place.end.toordinal()


_spell = st.tuples(
    st.integers(-60, 300),
    st.integers(0, 120),
    st.booleans(),
    st.sampled_from(["mentor", "venter", "fritaget", "bostoette"]),
)


@given(st.lists(_spell, max_size=5), st.integers(60, 400), st.integers(0, 1))
@settings(deadline=None, max_examples=150)
def test_phases_are_those_of_the_timeline_on_every_day(spells, horizon: int, closes: int) -> None:
    """The same phases as `course_phases`, and the same judgement of each day as it was known that day."""
    rows = tuple(
        Intervention(
            "c",
            f"i{k}",
            code,
            START + timedelta(days=a),
            end=None if runs else START + timedelta(days=a + length),
        )
        for k, (a, length, runs, code) in enumerate(spells)
    )
    closed = START + timedelta(days=horizon - 20) if closes else None
    whole: Course = course([], rows, closed=closed)
    as_of = START + timedelta(days=horizon)
    want = course_phases(whole, TYPES, as_of)
    cohort = Cohort.from_courses([whole], BIP, TYPES)
    got = phases(cohort, as_of.toordinal())
    assert got.start.tolist() == [p.start.toordinal() for p in want]
    assert got.end.tolist() == [p.end.toordinal() if p.end else 4_000_000 for p in want]
    span = np.arange(START.toordinal(), (closed or as_of).toordinal() + 1)
    known = known_phases(np.zeros(len(span), dtype=np.int64), span, got)
    for when, index in zip(span.tolist(), known.phase.tolist(), strict=True):
        judged = phase_on(want, date.fromordinal(when))
        assert judged is not None
        assert judged.start.toordinal() == got.start[index]
