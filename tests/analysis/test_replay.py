"""A cohort's course lived again: what must stay as it was, and a truth that is what the flags are judged by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, active, assessed, course, day, rounds, uneven

from progression.analysis.cohort import Cohort
from progression.analysis.estimates import prior_estimates
from progression.analysis.looks import judge, prepare
from progression.analysis.part import part_of
from progression.analysis.replay import Replay, live
from progression.analysis.simulate import simulate
from progression.analysis.worlds import base_world, worlds
from progression.casework.types import intervention_types
from progression.casework.values import NOT_RATED

COURSES = ("estimated", "still", "improving")


def basis_of(scale=BIP, world="missing items", citizens=60, seed=3):
    drawn = simulate(scale, worlds(scale)[world], citizens, seed)
    return prepare(drawn.cohort, prior_estimates(scale), drawn.as_of)


def lived(basis, kind="estimated", seed=1):
    return live(basis, basis.estimates.parameters, np.random.default_rng(seed), kind)


def again(basis, kind="estimated", seed=1) -> Replay:
    life = lived(basis, kind, seed)
    seen = prepare(life.cohort, basis.estimates, basis.as_of)
    return Replay(life, seen, judge(seen))


@pytest.mark.parametrize("kind", COURSES)
@pytest.mark.parametrize("scale", [BIP, HAMILTON], ids=["bip", "hamd"])
def test_days_raters_and_skipped_answers_stay(scale, kind) -> None:
    basis = basis_of(scale)
    before, after = basis.cohort, lived(basis, kind).cohort
    for name in ("who", "day", "rater", "assessor", "mode", "opened", "closed"):
        assert (getattr(before, name) == getattr(after, name)).all()
    whole = np.array([i.in_whole for i in scale.indicators])
    assert (np.isnan(before.scores) == np.isnan(after.scores))[:, whole].all()
    told = after.scores[~np.isnan(after.scores)]
    assert ((told >= scale.minimum) & (told <= scale.maximum) & (told == np.rint(told))).all()
    assert after.interventions is before.interventions


@pytest.mark.parametrize("kind", COURSES)
def test_the_same_seed_lives_the_same_lives_and_another_others(kind) -> None:
    basis = basis_of()
    first, second, other = lived(basis, kind), lived(basis, kind), lived(basis, kind, seed=2)
    assert np.array_equal(first.cohort.scores, second.cohort.scores, equal_nan=True)
    assert np.array_equal(first.level, second.level)
    assert not np.array_equal(first.cohort.scores, other.cohort.scores, equal_nan=True)


def test_who_stands_still_stands_still() -> None:
    basis = basis_of()
    life = lived(basis, "still")
    assert not life.fell.any()
    assert not life.rose.any()
    for who in range(len(basis.cohort.citizens)):
        mine = life.level[slice(*basis.step.bounds[who : who + 2])]
        assert len(np.unique(mine)) <= 1
        phases = life.start[basis.phases.who == who]
        assert len(np.unique(phases[~np.isnan(phases)])) <= 1
    assert not again(basis, "still").moved.any()


def test_who_improves_improves_in_every_phase() -> None:
    basis = basis_of()
    found = again(basis, "improving")
    assert not found.simulated.fell.all()
    steps = found.basis.step
    first = steps.bounds[:-1][np.diff(steps.bounds) > 0]
    last = steps.bounds[1:][np.diff(steps.bounds) > 0] - 1
    gained = found.simulated.level[last] - found.simulated.level[first]
    assert np.mean(gained > 0) > 0.9


@pytest.mark.parametrize("scale", [BIP, HAMILTON], ids=["bip", "hamd"])
@pytest.mark.parametrize("kind", COURSES)
def test_levels_stay_on_the_scale(scale, kind) -> None:
    life = lived(basis_of(scale), kind)
    for values in (life.level, life.start[~np.isnan(life.start)]):
        assert ((values >= scale.minimum) & (values <= scale.maximum)).all()


def test_truth_is_what_the_flags_are_judged_by() -> None:
    # a fall at a look, by level and by the phase as known that day, is a fall of the person
    basis = basis_of(world="late ends", citizens=150)
    found = again(basis)
    mic = BIP.minimal_important_change
    whose = found.basis.step.who
    looks = found.judged & ~found.basis.known.late
    assert found.simulated.fell[whose[looks & (found.moved <= -mic)]].all()
    assert found.simulated.rose[whose[looks & (found.moved >= mic)]].all()
    assert np.isfinite(found.moved[found.judged]).all()
    # and answers follow the level they were drawn from
    said = [np.corrcoef(found.basis.seen.value, _level(found))[0, 1]]
    assert min(said) > 0.8


def _level(found: Replay):
    step, seen = found.basis.step, found.basis.seen
    level = np.full(len(found.simulated.cohort.who), np.nan)
    for side in range(2):
        there = step.row[:, side] >= 0
        level[step.row[there, side]] = found.simulated.level[there]
    return level[seen.row]


def test_on_a_scale_where_less_is_better_better_is_less() -> None:
    basis = basis_of(HAMILTON, "base")
    found = again(basis, "improving")
    step = found.basis.step
    full = np.diff(step.bounds) > 1
    first, last = step.bounds[:-1][full], step.bounds[1:][full] - 1
    assert np.mean(found.simulated.level[last] < found.simulated.level[first]) > 0.9
    assert np.mean(found.moved[last]) > 0


def test_the_strongest_evidence_is_that_of_false_alarms() -> None:
    mic = BIP.minimal_important_change
    for kind in ("still", "estimated"):
        found = again(basis_of(), kind)
        for sign in (-1, 1):
            untrue = sign * found.moved < mic / 2
            shown = found.judged & (sign * found.looks.change >= mic / 3)
            assert found.strongest(sign).max() == found.looks.evidence[shown & untrue].max()
            assert (found.strongest(sign) >= 0).all()
    # nothing that truly happened is called a false alarm
    assert found.looks.evidence[shown].max() > found.looks.evidence[shown & untrue].max()


def test_years_are_those_in_which_something_could_be_said() -> None:
    rows = rounds([3, 3, 4, 4], given=uneven)  # from half a month to nine and a half
    people = [
        course(rows),
        course(rows, number="H2", citizen="d", closed=day(6)),
        course(rows, number="H3", citizen="e", closed=day(-30)),
        course(rows, number="H4", citizen="f", opened=day(-180)),
        course([], number="H5", citizen="g"),
        course(rows, number="H6", citizen="h", opened=day(6.4)),
    ]
    basis = prepare(Cohort.from_courses(people, BIP, intervention_types()), prior_estimates(BIP), day(240).toordinal())
    whole = 9 / 12 + 0.5
    np.testing.assert_allclose(lived(basis).years, [whole, 5.5 / 12, 0, whole, 0, 3 / 12 + 0.5], atol=0.01)


@pytest.mark.parametrize("kind", COURSES)
@pytest.mark.parametrize(
    "rows",
    [
        [],
        [assessed(1, uneven(3))],
        [assessed(1, dict.fromkeys(uneven(3), NOT_RATED))] * 2,
        [assessed(1, uneven(3)), assessed(1, uneven(4)), assessed(1, uneven(2, "citizen"), "citizen")],
        [assessed(-5, uneven(3)), assessed(300, uneven(2))],
    ],
    ids=["nobody", "one", "blank", "one day", "before and much later"],
)
def test_the_smallest_courses_can_be_lived(kind, rows) -> None:
    cohort = Cohort.from_courses([course(rows, [active(3, 4)])], BIP, intervention_types())
    basis = prepare(cohort, prior_estimates(BIP), day(301).toordinal())
    found = again(basis, kind)
    assert np.isfinite(found.simulated.level).all()
    assert (
        np.isfinite(found.simulated.cohort.scores).sum()
        == np.isfinite(cohort.scores[:, [i.in_whole for i in BIP.indicators]]).sum()
    )


def test_whoever_repeats_repeats_the_step_before() -> None:
    # everybody ticks one step throughout, and always the last one again
    drawn = simulate(BIP, base_world(BIP), 40, 6)
    sure = prior_estimates(BIP).parameters | {"careless": 1.0, "stale": 1.0}
    basis = prepare(drawn.cohort, replace(prior_estimates(BIP), parameters=sure), drawn.as_of)
    scores = live(basis, sure, np.random.default_rng(1)).cohort.scores
    for who in range(40):
        for side in range(2):
            mine = scores[(drawn.cohort.who == who) & (drawn.cohort.rater == side)]
            assert len(np.unique(mine[~np.isnan(mine)])) <= 1


def test_a_part_is_those_people_and_copies_are_people_of_their_own() -> None:
    basis = basis_of(citizens=12)
    cohort = basis.cohort
    some = part_of(cohort, np.array([7, 2]))
    assert some.citizens == ("c7", "c2")
    assert np.array_equal(some.scores[some.who == 1], cohort.scores[cohort.who == 2], equal_nan=True)
    three = part_of(cohort, np.array([7, 2]), 3)
    assert len(set(three.citizens)) == 6
    assert len(three.who) == 3 * len(some.who)
    seen = prepare(three, basis.estimates, basis.as_of)
    assert len(seen.step.who) == 3 * len(prepare(some, basis.estimates, basis.as_of).step.who)
    nobody = part_of(cohort, np.array([], dtype=np.int64))
    assert nobody.citizens == ()
    assert len(nobody.who) == 0
