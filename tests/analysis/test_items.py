"""What one assessment's answers say, against brute-force integration of the same likelihood over a fine grid."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, START, answers, assessed, course, look, rounds, uneven
from scipy import stats

from progression.analysis.cohort import Cohort
from progression.analysis.estimates import prior_estimates
from progression.analysis.items import TICKED, Items, offsets
from progression.analysis.priors import Variances, mean_key, sharing
from progression.analysis.steps import observe
from progression.casework.types import intervention_types
from progression.casework.values import NOT_RATED

EVER = 10**6
SUM = HAMILTON.indicators[0].code
PRIOR = prior_estimates(BIP).parameters
WHOLE = [i.code for i in BIP.indicators if i.in_whole]


def prepared(assessments, scale=BIP, parameters=None) -> Items:
    parameters = parameters or prior_estimates(scale).parameters
    cohort = Cohort.from_courses([course(assessments)], scale, intervention_types())
    sizes = Variances.of(parameters)
    return Items.of(cohort, observe(cohort, sizes, parameters, np.array([EVER])), sizes, parameters)


def read(given, mean: float, var: float, rater="caseworker", scale=BIP, parameters=None):
    items = prepared([assessed(1, given, rater, scale=scale.id)], scale, parameters)
    side = ("caseworker", "citizen").index(rater)
    return items.read(np.array([0]), side, np.array([mean]), np.array([var]))


class Exact:
    """The posterior by summing over a grid of 20,001 levels, nothing taken from the code but the model's sizes."""

    def __init__(self, given, mean, var, side=0, scale=BIP, parameters=None, again=False) -> None:
        parameters = parameters or prior_estimates(scale).parameters
        sizes, wide = Variances.of(parameters), 14 * var**0.5
        self.grid = np.linspace(min(mean - wide, scale.minimum - 6), max(mean + wide, scale.maximum + 6), 20_001)
        self.scale, self.step = scale, self.grid[1] - self.grid[0]
        prior = stats.norm.pdf(self.grid, mean, var**0.5)
        several = sum(i.in_whole for i in scale.indicators) > 1
        noise = (max(sizes.item_sd**2 - 1 / 12, 0.01) + (sizes.spread_sd**2 if several else 0)) ** 0.5
        place = dict(zip([i.code for i in scale.indicators], offsets(scale, parameters)[side], strict=True))
        told = {c: a for c, a in given.items() if isinstance(a, int) and scale.indicator(c).in_whole}
        log = sum(np.log(self.chance(a, self.grid + place[c], noise)) for c, a in told.items())
        attentive = self.moments(prior * np.exp(log))
        careless, stale = sharing(parameters)
        if not several or len(set(told.values())) > 1 or len(told) < 5:
            _, self.mean, self.var = attentive
            return
        ticked = self.moments(prior * self.chance(next(iter(told.values())), self.grid, TICKED))
        parts = (attentive, ticked, (1.0, mean, var))
        weight = np.array([(1 - careless) * attentive[0], careless * (1 - stale) * ticked[0], careless * stale * again])
        self.weight = weight / weight.sum()
        self.mean = sum(w * p[1] for w, p in zip(self.weight, parts, strict=True))
        self.var = sum(w * (p[2] + (p[1] - self.mean) ** 2) for w, p in zip(self.weight, parts, strict=True))

    def chance(self, step, at, sd):
        above = np.inf if step == self.scale.maximum else step + 0.5
        below = -np.inf if step == self.scale.minimum else step - 0.5
        high = stats.norm.cdf((above - at) / sd) - stats.norm.cdf((below - at) / sd)
        low = stats.norm.sf((below - at) / sd) - stats.norm.sf((above - at) / sd)
        return np.maximum(np.where(below > at, low, high), 1e-300)

    def moments(self, weight):
        mass = weight.sum() * self.step
        mean = (weight * self.grid).sum() * self.step / mass
        return mass, mean, (weight * (self.grid - mean) ** 2).sum() * self.step / mass


def near(found, exact: Exact, sds: float, share: float) -> None:
    """Within so many posterior standard deviations, and the variance within a share."""
    assert abs(found.mean[0] - exact.mean) <= sds * exact.var**0.5
    assert found.var[0] == pytest.approx(exact.var, rel=share)


SHAPES = {
    "middle": uneven(3),
    "spread": {code: 1 + k % 5 for k, code in enumerate(WHOLE)},
    "near the floor": answers(1, netvaerk=2),
    "near the ceiling": answers(5, netvaerk=4),
    "skipped": {**dict.fromkeys(WHOLE[:7], NOT_RATED), WHOLE[7]: 4, WHOLE[8]: 3, WHOLE[9]: 4},
    "one item": {WHOLE[3]: 4},
    "one item at the floor": {WHOLE[3]: 1},
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(("mean", "var"), [(3.0, 0.1), (2.2, 0.3), (4.4, 0.3), (3.0, 0.9)])
def test_answers_say_what_integration_says(name, mean, var) -> None:
    # mode and curvature for mean and variance, read from a table a four hundredth of the scale apart
    near(read(SHAPES[name], mean, var), Exact(SHAPES[name], mean, var), 0.15, 0.12)


@pytest.mark.parametrize("name", ["middle", "spread"])
def test_in_the_middle_of_the_scale_the_approximation_is_close(name) -> None:
    near(read(SHAPES[name], 3.0, 0.3), Exact(SHAPES[name], 3.0, 0.3), 0.02, 0.01)


@pytest.mark.parametrize("step", range(1, 6))
@pytest.mark.parametrize(("mean", "var"), [(3.0, 0.3), (2.0, 0.15), (4.0, 0.15), (3.0, 0.9), (1.0, 0.4), (5.0, 0.4)])
def test_one_step_on_every_row_is_a_mixture(step, mean, var) -> None:
    near(read(answers(step), mean, var), Exact(answers(step), mean, var), 0.2, 0.25)


@pytest.mark.parametrize(("mean", "step"), [(1.0, 5), (5.0, 1), (0.2, 4), (4.7, 2), (-2.0, 3), (8.0, 3)])
@pytest.mark.parametrize("var", [0.02, 0.1, 0.2])
def test_a_leap_of_several_steps_is_read_where_it_lies(mean, step, var) -> None:
    # the chance of either explanation may be far below what a float can hold
    found = read(answers(step), mean, var)
    assert min(mean, step - 0.5) <= found.mean[0] <= max(mean, step + 0.5)
    assert abs(found.mean[0] - mean) > var**0.5
    assert 0 < found.var[0] < 2
    exact = Exact(answers(step), mean, var)
    assert abs(found.mean[0] - exact.mean) < max(0.35, 3 * exact.var**0.5)


def test_all_fives_after_years_of_ones_are_a_rise_to_the_top() -> None:
    rows = list(look(course(rounds([1] * 16 + [5] * 2)), as_of=54).rows())
    assert rows[-3].level < 1.1
    assert rows[-2].level > 4.5
    assert [f.kind for f in look(course(rounds([1] * 16 + [5] * 2)), as_of=54).history()][-1] == "progression"


def test_a_step_repeated_says_less_than_one_ticked_the_first_time() -> None:
    first, second = assessed(1, answers(2)), assessed(4, answers(2))
    items = prepared([first, second])
    assert items.again.tolist() == [False, True]
    mean, var = np.array([4.0, 4.0]), np.array([0.25, 0.25])
    found = items.read(np.array([0, 1]), 0, mean, var)
    assert found.again[0] == 0
    assert found.again[1] > 0.05
    assert found.mean[0] < found.mean[1] < 4.0
    # neither another step, nor another rater, nor something attentive in between
    other = prepared([assessed(1, answers(2)), assessed(4, answers(3))])
    assert not other.again.any()
    assert not prepared([assessed(1, answers(2)), assessed(4, answers(2, "citizen"), "citizen")]).again.any()
    assert not prepared([assessed(1, answers(2)), assessed(2, uneven(3)), assessed(4, answers(2))]).again.any()


def test_shares_of_the_mixture_are_as_integrated() -> None:
    found, exact = read(answers(4), 3.2, 0.3), Exact(answers(4), 3.2, 0.3)
    assert found.ticked[0] == pytest.approx(exact.weight[1], abs=0.02)
    assert found.again[0] == 0


def test_where_nobody_ticks_throughout_there_is_no_mixture() -> None:
    found = read(answers(4), 3.2, 0.3, parameters=PRIOR | {"careless": 0.0})
    assert found.ticked[0] == 0
    always = read(answers(4), 3.2, 0.3, parameters=PRIOR | {"careless": 0.9, "stale": 0.0})
    assert always.ticked[0] > 0.9
    assert np.isfinite([always.mean[0], always.var[0]]).all()


@pytest.mark.parametrize("step", [0, 1, 17, 26, 51, 52])
@pytest.mark.parametrize(
    ("mean", "var"), [(26.0, 243.0), (5.0, 9.0), (50.0, 30.0), (-8.0, 60.0), (60.0, 60.0), (0.0, 400.0)]
)
def test_a_sum_score_is_read_exactly(step, mean, var) -> None:
    given = {SUM: step}
    near(read(given, mean, var, scale=HAMILTON), Exact(given, mean, var, scale=HAMILTON), 1e-4, 1e-4)


def test_item_means_move_the_value() -> None:
    moved = PRIOR | {mean_key(r, WHOLE[0]): 2.0 for r in ("caseworker", "citizen")}
    given = {WHOLE[0]: 3, WHOLE[1]: 3, WHOLE[2]: 4}
    near(read(given, 3.0, 0.3, parameters=moved), Exact(given, 3.0, 0.3, parameters=moved), 0.05, 0.03)
    assert read(given, 3.0, 0.3, parameters=moved).mean[0] > read(given, 3.0, 0.3).mean[0]


# what a skipped item would have said


def profiled(step: int, high: str, **more) -> dict:
    return uneven(step) | {high: step + 2} | more


def test_skipping_an_item_the_person_always_scores_high_does_not_move_the_value() -> None:
    always = [assessed(3 * k, profiled(3, WHOLE[5])) for k in range(12)]
    given = [*always, assessed(36, profiled(3, WHOLE[5]))]
    skipped = [*always, assessed(36, profiled(3, WHOLE[5], **{WHOLE[5]: NOT_RATED}))]
    whole, less = (prepared(rows) for rows in (given, skipped))
    assert not whole.shift.any()
    assert less.shift[:-1].tolist() == [0.0] * 12
    assert less.shift[-1] < -0.1
    mean, var = np.array([3.0]), np.array([0.5])
    with_it, without = (items.read(np.array([12]), 0, mean, var).mean[0] for items in (whole, less))
    unknown = replace(less, shift=np.zeros_like(less.shift)).read(np.array([12]), 0, mean, var).mean[0]
    assert abs(without - with_it) < 0.05
    assert abs(unknown - with_it) > 3 * abs(without - with_it)


def test_shifts_know_nothing_of_what_comes_later() -> None:
    rng = np.random.default_rng(4)
    rows = []
    for k in range(14):
        given = {c: int(np.clip(3 + (j % 3) - 1 + rng.integers(-1, 2), 1, 5)) for j, c in enumerate(WHOLE)}
        rows.append(assessed(2 * k, {c: a for c, a in given.items() if rng.random() > 0.3}))
    everything = prepared(rows).shift
    assert np.count_nonzero(everything) > 8
    for until in range(1, 14):
        assert prepared(rows[:until]).shift.tolist() == everything[:until].tolist()


def test_one_step_on_every_row_shows_nothing_about_a_person() -> None:
    ticked = [assessed(3 * k, answers(3)) for k in range(6)]
    assert not prepared([*ticked, assessed(30, {WHOLE[0]: 4, WHOLE[1]: 2})]).shift.any()


def test_the_same_answers_give_the_same_bits_alone_and_among_others() -> None:
    rng = np.random.default_rng(9)
    people = []
    for who in range(60):
        rows = []
        for k in range(int(rng.integers(1, 9))):
            base, lazy = int(rng.integers(1, 6)), rng.random() < 0.3
            given = {c: base if lazy else int(np.clip(base + rng.integers(-1, 2), 1, 5)) for c in WHOLE}
            kept = {c: a for c, a in given.items() if rng.random() > 0.1}
            rows.append(replace(assessed(0, kept), date=START + timedelta(days=90 * k)))
        people.append(course(rows, number=f"H{who}", citizen=f"c{who}"))
    together = look(*people, as_of=36)
    alone = [row for one in people for row in look(one, as_of=36).rows()]
    assert list(together.rows()) == alone
