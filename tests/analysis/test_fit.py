"""Estimates from a cohort's own answers: found where they are known, the same in any order, and stopped at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, START, assessed, course, day, look, rounds, uneven

from progression.analysis import calibration
from progression.analysis import fit as fitting
from progression.analysis.analyse import analyse
from progression.analysis.cohort import Cohort
from progression.analysis.estimates import RATES, prior_estimates
from progression.analysis.fit import Cancelled, fit
from progression.analysis.part import part_of
from progression.analysis.priors import mean_key
from progression.analysis.simulate import simulate
from progression.analysis.worlds import base_world, worlds
from progression.casework.types import intervention_types
from progression.casework.values import NOT_RATED

TODAY = date(2027, 1, 4)
FEW = 400.0  # citizen-years of lives: enough to go all the way, too few to be exact
ITEM = [i.code for i in BIP.indicators if i.in_whole]


@pytest.fixture
def brief(monkeypatch):
    """Calibrate on few lives: these tests are not about the thresholds."""
    whole = calibration.calibrated
    monkeypatch.setattr(fitting.calibration, "calibrated", lambda part, found, tell: whole(part, found, tell, FEW))


def drawn(world, citizens=1_000, seed=11, scale=BIP):
    return simulate(scale, world, citizens, seed)


@cache
def sizes_found(name: str, of: str = "bip"):
    """Sizes estimated in a world, thresholds left as they were; and the world's true sizes."""
    simulated = drawn(_WORLDS[of][name], scale=BIP if of == "bip" else HAMILTON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting.calibration, "calibrated", lambda part, found, tell: found)
        return fit(simulated.cohort, rate=10.0, today=TODAY).parameters, simulated.sizes


_BASE = base_world(BIP)
_WORLDS = {
    "bip": worlds(BIP)
    | {
        "steady": replace(
            _BASE, drops=0.0, active=(0.0, 0.25), passive=(0.0, 0.25), sizes=replace(_BASE.sizes, walk_sd=0.1)
        ),
        "phase means": replace(_BASE, active=(0.5, 0.3), passive=(-0.4, 0.3)),
        "item means": replace(_BASE, offset_sd=0.5),
    },
    "hamd": {"base": base_world(HAMILTON)},
}

# stated tolerances: shares of the true size
TOLERANCE = {
    "level_sd": 0.12,
    "drift_sd": 0.2,
    "caseworker_sd": 0.2,
    "citizen_sd": 0.2,
    "item_sd": 0.12,
    "spread_sd": 0.12,
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "world",
    ["base", "noisy raters", "caseworker change", "missing items", "monthly", "steady", "phase means", "item means"],
)
def test_known_sizes_are_found(world) -> None:
    found, true = sizes_found(world)
    for name, share in TOLERANCE.items():
        assert found[name] == pytest.approx(getattr(true, name), rel=share), name
    wander = (found["walk_sd"] ** 2 + found["drop_sd"] ** 2) ** 0.5
    assert wander == pytest.approx(true.wander**0.5, rel=0.35)
    assert found["day_sd"] < 0.25
    assert found["careless"] < 0.01


@pytest.mark.slow
def test_sizes_of_a_sum_score_are_found() -> None:
    found, true = sizes_found("base", "hamd")
    for name in ("level_sd", "drift_sd", "caseworker_sd"):
        assert found[name] == pytest.approx(getattr(true, name), rel=0.2), name
    # one answer's noise and the day's mood are the same thing: together they are as large as they are
    assert found["item_sd"] ** 2 + found["day_sd"] ** 2 == pytest.approx(true.item_sd**2 + true.day_sd**2, rel=0.2)
    assert found["spread_sd"] == 0.0


@pytest.mark.slow
def test_careless_raters_are_seen_and_the_others_not_taken_for_more_exact() -> None:
    found, true = sizes_found("careless raters")
    assert found["careless"] == pytest.approx(0.35, abs=0.03)
    attentive = _WORLDS["bip"]["careless raters"].sizes
    assert found["item_sd"] == pytest.approx(attentive.item_sd, rel=0.1)
    assert found["caseworker_sd"] == pytest.approx(true.caseworker_sd, rel=0.2)


@pytest.mark.slow
def test_mean_drifts_of_kinds_of_phase_are_found() -> None:
    found, _ = sizes_found("phase means")
    assert found["mean_drift.active"] == pytest.approx(0.5, abs=0.15)
    assert found["mean_drift.passive"] == pytest.approx(-0.4, abs=0.15)
    assert found["drift_own_sd"] == pytest.approx(0.3, rel=0.25)
    assert found["drift_own_sd"] < found["drift_sd"]


@pytest.mark.slow
def test_item_means_are_found() -> None:
    simulated = drawn(_WORLDS["bip"]["item means"])
    found, _ = sizes_found("item means")
    scores = simulated.cohort.scores[simulated.cohort.rater == 0]
    for place, indicator in enumerate(BIP.indicators):
        if indicator.in_whole:
            mean = np.nanmean(scores[:, place])
            assert found[mean_key("caseworker", indicator.code)] == pytest.approx(mean, abs=0.03)


# few, and nobody


def people(count: int, rows, **more):
    """So many citizens, `rows(k)` the assessments of the k-th."""
    return [course(rows(k), number=f"N{k:03d}", citizen=f"c{k}", **more) for k in range(count)]


def cohort(courses, scale=BIP) -> Cohort:
    return Cohort.from_courses(courses, scale, intervention_types())


def test_few_citizens_stay_near_the_priors_and_keep_their_thresholds() -> None:
    found, prior = fit(drawn(worlds(BIP)["base"], 5).cohort, rate=10.0, today=TODAY), prior_estimates(BIP)
    assert found.citizens == 5
    assert found.rates == prior.rates
    assert (found.c_regression, found.c_progression) == (prior.c_regression, prior.c_progression)
    for name in ("drift_sd", "walk_sd", "caseworker_sd", "citizen_sd", "item_sd", "spread_sd"):
        assert found.parameters[name] == pytest.approx(prior.parameters[name], rel=0.5), name
    assert all(found.parameters[mean_key("caseworker", c)] == pytest.approx(3.0, abs=0.6) for c in ITEM)


@pytest.mark.parametrize(
    "courses",
    [
        [],
        people(40, lambda k: []),
        people(40, lambda k: rounds([3])),
        people(40, lambda k: [assessed(1 + 3 * i, dict.fromkeys(ITEM, NOT_RATED)) for i in range(5)]),
        people(40, lambda k: [assessed(1, uneven(3)), assessed(1, uneven(4, "citizen"), "citizen")]),
    ],
    ids=["nobody", "no assessments", "one each", "all missing", "one day each"],
)
def test_where_nobody_was_assessed_twice_the_priors_serve(courses) -> None:
    found, prior = fit(cohort(courses), rate=5.0, today=TODAY), prior_estimates(BIP, 5.0)
    assert (found.citizens, found.source, found.adopted) == (0, "fitted", TODAY)
    assert replace(found, adopted=None, source="prior") == prior


def test_a_cohort_that_has_just_begun_keeps_the_priors_thresholds() -> None:
    # two rounds each: no flag can be raised yet, and lives like these say nothing about thresholds
    rng = np.random.default_rng(3)
    courses = people(60, lambda k: rounds([int(s) for s in rng.integers(2, 5, 2)], given=uneven))
    found, prior = fit(cohort(courses), rate=10.0, today=day(5)), prior_estimates(BIP)
    assert found.citizens == 60
    assert found.rates == prior.rates
    assert found.c_regression == prior.c_regression
    assert found.parameters["band.change"] == prior.parameters["band.change"]


def _given(levels, rater="caseworker", **more):
    return [assessed(0.5 + 3 * k, uneven(int(level), rater), rater, **more) for k, level in enumerate(levels)]


def _random(k: int, low=2, high=5, count=6):
    return np.random.default_rng(k).integers(low, high, count)


ODD = {
    "everybody ticks 3": lambda k: rounds([3] * 6),
    "everybody ticks 1": lambda k: rounds([1] * 6),
    "everybody ticks 5": lambda k: rounds([5] * 6),
    "only citizens answer": lambda k: _given(_random(k), "citizen"),
    "only caseworkers rate": lambda k: _given(_random(k)),
    "twice a day": lambda k: [*_given(_random(k)), *_given(_random(k + 99))],
    "another caseworker every time": lambda k: [replace(a, assessor=f"p{i}") for i, a in enumerate(_given(_random(k)))],
    "gaps of twenty years": lambda k: [
        *_given(_random(k, count=4)),
        assessed(280, uneven(2)),
        assessed(520, uneven(4)),
    ],
    "an assessment every week": lambda k: [
        assessed(0.2 * i, uneven(int(s))) for i, s in enumerate(_random(k, count=200))
    ],
}


@pytest.mark.parametrize("name", ODD)
def test_odd_cohorts_give_finite_estimates_that_can_be_used(brief, name) -> None:
    courses = people(32, ODD[name])
    found = fit(cohort(courses), rate=10.0, today=date(2080, 1, 1))
    figures = [*found.parameters.values(), *(v for row in found.rates.values() for v in row.values())]
    assert np.isfinite(figures).all()
    assert set(found.rates) == {"2", "5", "10", "20"}
    assert all(0 <= row[n] <= 1 for row in found.rates.values() for n in ("found", "real"))
    assert all(found.parameters[n] > 0 for n in ("level_sd", "drift_sd", "walk_sd", "caseworker_sd", "item_sd"))
    # and where answers do not go up and down by chance alone, a fall of two steps is found with them
    fallen = course(rounds([4, 4, 4, 4, 2, 2, 2], given=uneven), number="X", citizen="x")
    kinds = [f.kind for f in analyse(cohort([fallen]), found, day(24)).history()]
    assert "regression" in kinds or found.parameters["day_sd"] > 2 * prior_estimates(BIP).parameters["day_sd"]


def test_cases_closed_before_everything_was_assessed_say_nothing(brief) -> None:
    courses = people(40, lambda k: _given(_random(k)), closed=date(2020, 1, 1), opened=date(2019, 1, 1))
    found, prior = fit(cohort(courses), rate=10.0, today=TODAY), prior_estimates(BIP)
    assert found.rates == prior.rates
    assert found.c_regression == prior.c_regression


def test_an_assessment_of_the_future_does_not_count(brief) -> None:
    rows = lambda k: rounds([int(s) for s in _random(k)], given=uneven)  # noqa: E731
    late = replace(assessed(1, uneven(4)), date=date(2099, 1, 1))
    plain = fit(cohort(people(40, rows)), rate=10.0, today=TODAY)
    typed = fit(cohort(people(40, lambda k: [*rows(k), *([late] if k == 7 else [])])), rate=10.0, today=TODAY)
    assert typed == plain


# order, repetition, stopping


def shuffled(whole: Cohort, seed: int) -> Cohort:
    """The same cohort with its citizens, assessments and interventions in another order."""
    rng = np.random.default_rng(seed)
    mixed = part_of(whole, rng.permutation(len(whole.citizens)))
    rows = rng.permutation(len(mixed.who))
    columns = {name: getattr(mixed, name)[rows] for name in ("who", "day", "rater", "assessor", "mode", "scores")}
    return replace(mixed, **columns)


@pytest.mark.parametrize("world", ["missing items", "careless raters"])
def test_the_order_of_citizens_and_assessments_changes_nothing(brief, world) -> None:
    whole = drawn(worlds(BIP)[world], 120).cohort
    first = fit(whole, rate=10.0, today=TODAY)
    assert fit(whole, rate=10.0, today=TODAY) == first
    for seed in (1, 2):
        assert fit(shuffled(whole, seed), rate=10.0, today=TODAY) == first


@pytest.mark.slow
def test_a_big_cohort_is_sampled_by_number_and_not_by_place(brief, monkeypatch) -> None:
    monkeypatch.setattr(fitting, "SAMPLE", 60)
    monkeypatch.setattr(fitting, "LIVES", 80)
    whole = drawn(worlds(BIP)["base"], 200).cohort
    first = fit(whole, rate=10.0, today=TODAY)
    assert first.citizens > 150
    assert fit(shuffled(whole, 5), rate=10.0, today=TODAY) == first


@pytest.mark.parametrize("courses", [2, 40, 0])
def test_progress_never_goes_back_and_ends_at_one(brief, courses) -> None:
    told: list[float] = []
    whole = cohort(people(courses, lambda k: rounds([int(s) for s in _random(k)])))
    fit(whole, rate=10.0, today=TODAY, progress=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    if courses == 40:
        assert len(set(told)) > 8


def test_it_can_be_stopped_wherever_it_asks(brief) -> None:
    whole = cohort(people(34, lambda k: rounds([int(s) for s in _random(k)])))
    before = whole.scores.copy()
    asked = 0

    def count() -> bool:
        nonlocal asked
        asked += 1
        return False

    first = fit(whole, rate=10.0, today=TODAY, cancelled=count)
    assert asked > 15
    for stop in sorted({1, 2, 3, 5, 9, asked // 2, asked - 4, asked - 3, asked - 2, asked - 1, asked}):
        left, told = stop, []

        def enough() -> bool:
            nonlocal left
            left -= 1
            return left <= 0

        with pytest.raises(Cancelled):
            fit(whole, rate=10.0, today=TODAY, progress=told.append, cancelled=enough)
        assert len(told) == stop - 1  # nothing is told, and nothing done, after it was stopped
    assert np.array_equal(whole.scores, before, equal_nan=True)
    assert fit(whole, rate=10.0, today=TODAY) == first


@pytest.mark.parametrize("rate", [0.0, 1.0, 7.5, 100.0, -2.0, float("nan")])
def test_a_rate_that_cannot_be_chosen_is_refused(rate) -> None:
    assert rate not in RATES
    with pytest.raises(ValueError, match="no threshold"):
        fit(cohort([course(rounds([3]))]), rate=rate, today=TODAY)


@pytest.mark.parametrize("rate", RATES)
def test_the_rate_asked_for_is_the_one_in_force(brief, rate) -> None:
    whole = cohort(people(40, lambda k: rounds([int(s) for s in _random(k)])))
    found = fit(whole, rate=rate, today=TODAY)
    assert found.false_alarms_per_100_years == rate
    assert found.c_regression == found.rates[f"{rate:g}"]["c_regression"]
    assert found.at_rate(5.0).c_regression == found.rates["5"]["c_regression"]


def test_start_is_not_needed_for_estimates() -> None:
    # cases without a start: the first fact is their first day
    courses = [replace(c, citizen=replace(c.citizen, benefit_start=None)) for c in people(4, lambda k: rounds([3, 4]))]
    assert fit(cohort(courses), rate=10.0, today=TODAY).citizens == 4
    assert look(*courses, as_of=TODAY).flags[0].raised_on > START


@pytest.mark.parametrize("scale", [BIP, HAMILTON], ids=["bip", "hamd"])
def test_one_persons_leap_is_not_taken_for_the_noise_everybody_has(scale) -> None:
    best, worst = (5, 1) if scale is BIP else (2, 50)
    rows = [
        assessed(0.5 + 2.9 * k, {i.code: step for i in scale.rated_by("caseworker")}, scale=scale.id)
        for k, step in enumerate([best] * 4 + [worst] * 3)
    ]
    one, prior = cohort([course(rows)], scale), prior_estimates(scale)
    found = fit(one, rate=10.0, today=TODAY)
    for name in ("drift_sd", "walk_sd", "drop_sd", "caseworker_sd", "day_sd"):
        assert 0.4 < found.parameters[name] / prior.parameters[name] < 2.3, name
    for estimates in (prior, found):
        assert "regression" in [f.kind for f in analyse(one, estimates, day(20)).history()]


def test_a_benefit_that_began_long_before_anybody_asked_buys_no_alarms(brief) -> None:
    whole = drawn(worlds(BIP)["base"], 150).cohort
    early = replace(whole, opened=whole.opened - 15 * 365)
    first, second = (fit(one, rate=10.0, today=TODAY) for one in (whole, early))
    assert second.c_regression == pytest.approx(first.c_regression, rel=0.3)
    assert second.c_progression == pytest.approx(first.c_progression, rel=0.3)
