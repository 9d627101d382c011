"""The likelihood the estimates climb, against the density of one big Gaussian vector."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from analysis_cases import BIP, active, assessed, course, day, uneven
from dense_reference import Dense
from scipy import stats

from progression.analysis.cohort import Cohort
from progression.analysis.estimates import prior_estimates
from progression.analysis.filter import Start
from progression.analysis.likelihood import Seen, Sizes, log_likelihood
from progression.analysis.looks import prepare
from progression.casework.timeline import STATES
from progression.casework.types import intervention_types

SIZES = Sizes(2.8, 0.7, 0.6, 0.3, 0.35, 0.25, 0.15, (0.0,) * len(STATES))


def walked(rng: np.random.Generator, who: int):
    """A course with irregular dates, absent raters, changing caseworkers and two spells of an intervention."""
    rows, month = [], 0.3
    for _ in range(int(rng.integers(1, 9))):
        month += float(rng.uniform(0.3, 5))
        caseworker, both = str(rng.choice(["anna", "bo"])), rng.random()
        if both < 0.8:
            rows.append(assessed(month, uneven(int(rng.integers(2, 5))), assessor=caseworker))
        if both > 0.3:
            rows.append(assessed(month, uneven(int(rng.integers(2, 5)), "citizen"), "citizen"))
    spells = [active(5, 9), active(14, 19, name="i2")]
    return course(rows, spells, number=f"H{who}", citizen=f"c{who}")


def seen_of(*courses, as_of=70):
    cohort = Cohort.from_courses(courses, BIP, intervention_types())
    basis = prepare(cohort, prior_estimates(BIP), day(as_of).toordinal())
    rng = np.random.default_rng(8)
    there = basis.step.row >= 0
    value = np.where(there, rng.normal(3, 0.8, there.shape), 0.0)
    noise = np.where(there, rng.uniform(0.02, 0.4, there.shape), np.inf)
    state = np.append(basis.phases.state, 0)[basis.known.phase]
    return basis, Seen.of(basis.step, basis.move, state, value, noise)


def dense(basis, seen, sizes: Sizes) -> float:
    """The same by one covariance matrix per citizen."""
    start = Start(
        sizes.level_mean, sizes.level**2, sizes.drift**2, sizes.caseworker**2, sizes.citizen**2, sizes.wander**2
    )
    total = 0.0
    for who in range(len(basis.cohort.citizens)):
        mine = range(*basis.step.bounds[who : who + 2].tolist())
        starts = basis.phases.start[basis.phases.who == who].tolist()
        states = basis.phases.state[basis.phases.who == who].tolist()
        observed, regime = [], [0, 0]
        for k in mine:
            for side in range(2):
                regime[side] += bool(basis.step.redraw[k, side])
                if np.isfinite(seen.noise[k, side]):
                    told = seen.noise[k, side] + sizes.day**2
                    observed.append((int(basis.step.day[k]), side, regime[side], seen.value[k, side], told))
        if not observed:
            continue
        model = Dense(start, starts, observed)
        design = np.array([model._seen(o) for o in model.observed])
        mean = np.full(len(design), sizes.level_mean)
        for p, state in enumerate(states):
            mean += design[:, model.place["drift", p]] * sizes.means[state]
        cov = design * model.var @ design.T + np.diag([o[4] for o in model.observed])
        values = np.array([o[3] for o in model.observed])
        total += stats.multivariate_normal(mean, cov).logpdf(values) + 0.5 * len(values) * np.log(2 * np.pi)
    return total


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_density_of_one_big_gaussian(seed) -> None:
    rng = np.random.default_rng(seed)
    basis, seen = seen_of(*[walked(rng, who) for who in range(7)])
    for sizes in (SIZES, replace(SIZES, drift=1.4, wander=0.05, day=0.6), replace(SIZES, caseworker=2.0, level=0.05)):
        assert log_likelihood(seen, sizes) == pytest.approx(dense(basis, seen, sizes), rel=1e-9)


def test_mean_drifts_of_phases_that_were_answered_in_count_in_full() -> None:
    rows = [assessed(1 + 1.5 * k, uneven(3)) for k in range(14)]
    basis, seen = seen_of(course(rows, [active(5, 9), active(14, 19, name="i2")]))
    sizes = replace(SIZES, means=(0.4, -0.5, 0.2, 0.1))
    assert log_likelihood(seen, sizes) == pytest.approx(dense(basis, seen, sizes), rel=1e-9)


def test_mean_drifts_of_phases_nobody_answered_in_are_left_out_and_that_is_little() -> None:
    # two whole phases between two answers: what their kinds have in common does not move the level
    rows = [assessed(1, uneven(3)), assessed(3, uneven(3)), assessed(25, uneven(3)), assessed(28, uneven(4))]
    basis, seen = seen_of(course(rows, [active(5, 9), active(14, 19, name="i2")]))
    sizes = replace(SIZES, means=(0.4, -0.5, 0.2, 0.1))
    assert log_likelihood(seen, sizes) == pytest.approx(dense(basis, seen, sizes), abs=0.1)


def test_nobody_and_nothing_seen_is_no_evidence() -> None:
    _, seen = seen_of(course([]))
    assert log_likelihood(seen, SIZES) == 0.0
