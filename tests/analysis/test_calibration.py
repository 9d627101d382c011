"""Thresholds and bands of a cohort's own course: what they promise, in lives drawn with another seed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON

from progression.analysis import calibration
from progression.analysis.calibration import calibrated
from progression.analysis.estimates import prior_estimates
from progression.analysis.indicators import FALL, RISE
from progression.analysis.looks import judge, prepare
from progression.analysis.replay import Replay, live
from progression.analysis.simulate import simulate
from progression.analysis.spending import Spending
from progression.analysis.values import Estimates
from progression.analysis.worlds import worlds

YEARS = 5_000.0
SHAPES = {
    "base": (BIP, "base"),
    "missing items": (BIP, "missing items"),
    "careless raters": (BIP, "careless raters"),
    "sum score": (HAMILTON, "base"),
}


@cache
def found(name: str) -> tuple[Estimates, Replay, Replay]:
    """Calibrated estimates of a world's course, other lives as the estimates say, and other improvers."""
    scale, world = SHAPES[name]
    drawn = simulate(scale, worlds(scale)[world], 500, 21)
    share = 0.35 if name == "careless raters" else 0.0
    prior = prior_estimates(scale)
    told = replace(prior, parameters=prior.parameters | {"careless": share, "stale": 0.1})
    estimates = calibrated(drawn.cohort, told, lambda part: None, YEARS)
    wide = calibration._enough(drawn.cohort, drawn.as_of, YEARS)
    basis = prepare(wide, estimates, drawn.as_of)
    rng = np.random.default_rng(77)
    lives = [live(basis, estimates.parameters, rng, kind) for kind in ("estimated", "improving")]
    seen = [prepare(life.cohort, estimates, drawn.as_of) for life in lives]
    other, improving = (Replay(life, one, judge(one)) for life, one in zip(lives, seen, strict=True))
    return estimates, other, improving


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("rate", [5.0, 10.0, 20.0])
def test_a_stated_rate_comes_true_in_other_lives(name, rate) -> None:
    estimates, other, _ = found(name)
    at = estimates.at_rate(rate)
    row = estimates.rates[f"{rate:g}"]
    for sign, people, c in (
        (FALL, ~other.simulated.fell, at.c_regression),
        (RISE, ~other.simulated.rose, at.c_progression),
    ):
        spending = Spending.of(other, people)
        assert spending.years > 900
        # of so many years the count itself is known to about a tenth; a scale may have too little to spend it all
        assert spending.realised(c, row["c_indicator"], sign) <= 1.25 * rate + 1
    stated = (row["realised_regression"], row["realised_progression"])
    assert max(stated) <= 1.25 * rate + 1
    assert row["realised_regression"] > 0.5 * rate


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_bands_hold_the_truth_nine_times_in_ten(name) -> None:
    _, other, _ = found(name)
    now, ok = other.basis.filtered, other.judged
    moved = other.simulated.cohort.scale.better * other.moved
    off = {
        "level": ((now.level - other.simulated.level)[ok], now.level_var[ok]),
        "change": ((now.change - moved)[ok], now.change_var[ok]),
    }
    for deviations, var in off.values():
        held = np.abs(deviations) <= 1.645 * np.sqrt(np.maximum(var, 0.0))
        assert 0.88 <= held.mean() <= 0.92


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_true_improvers_are_seldom_called_stagnant(name) -> None:
    _, _, improving = found(name)
    asked = ~np.isnan(improving.looks.rate)
    phases = np.unique(improving.basis.known.phase[asked])
    called = np.unique(improving.basis.known.phase[asked & (improving.looks.flat | improving.looks.steady)])
    assert len(phases) > 500
    assert len(called) / len(phases) <= 0.065


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_a_higher_rate_asks_for_less_and_finds_more(name) -> None:
    rates = found(name)[0].rates
    ordered = [rates[r] for r in ("2", "5", "10", "20")]
    for name_of in ("c_regression", "c_progression"):
        values = [row[name_of] for row in ordered]
        assert values == sorted(values, reverse=True)
    share = [row["found"] for row in ordered]
    assert share == sorted(share)


def test_calibration_is_the_same_every_time_and_tells_how_far_it_is() -> None:
    drawn = simulate(BIP, worlds(BIP)["base"], 60, 2)
    told: list[float] = []
    first = calibrated(drawn.cohort, prior_estimates(BIP), told.append, 200.0)
    assert calibrated(drawn.cohort, prior_estimates(BIP), lambda part: None, 200.0) == first
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert first.parameters["z_stagnation"] >= 1.645


def test_it_stops_where_it_is_told_to() -> None:
    drawn = simulate(BIP, worlds(BIP)["base"], 40, 2)

    class Stop(Exception):  # noqa: N818
        pass

    def stop(part: float) -> None:
        if part >= 0.5:
            raise Stop

    with pytest.raises(Stop):
        calibrated(drawn.cohort, prior_estimates(BIP), stop, 100.0)


def test_bands_there_were_before_do_not_count_twice() -> None:
    drawn = simulate(BIP, worlds(BIP)["base"], 60, 2)
    prior = prior_estimates(BIP)
    wrong = replace(prior, parameters=prior.parameters | {"band.level": 3.0, "band.change": 0.2})
    first, second = (calibrated(drawn.cohort, e, lambda part: None, 200.0) for e in (prior, wrong))
    assert first == second
