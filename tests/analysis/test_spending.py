"""One stated rate for whole scale and indicators together, and what that buys where one indicator falls alone."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON
from indicator_cases import estimates, still_world

from progression.analysis import indicators
from progression.analysis.looks import QUIET_ROUNDS, judge, prepare
from progression.analysis.simulate import simulate
from progression.analysis.spending import WHOLE_SHARE, Spending, combined_thresholds
from progression.analysis.trials import Trial, trial
from progression.analysis.worlds import worlds

CITIZENS = 1500


@pytest.fixture(scope="module")
def still() -> Trial:
    return trial(BIP, still_world(), CITIZENS, 5)


@pytest.fixture(scope="module")
def spending(still: Trial) -> Spending:
    return Spending.of(still)


def test_the_whole_scale_spends_four_fifths_and_indicators_the_rest(still: Trial, spending: Spending) -> None:
    c_regression, c_progression, c_indicator = spending.thresholds(10.0)
    assert (c_regression, c_progression, c_indicator) == combined_thresholds(still, 10.0)
    years = float(still.simulated.years.sum())
    whole = 100 * (still.strongest(-1) >= c_regression).sum() / years
    assert whole == pytest.approx(10 * WHOLE_SHARE, rel=0.05)
    for c, sign in ((c_regression, indicators.FALL), (c_progression, indicators.RISE)):
        assert spending.realised(c, c_indicator, sign) == pytest.approx(10, rel=0.05)


def test_fewer_false_alarms_ask_for_more_evidence(spending: Spending) -> None:
    found = [spending.thresholds(rate) for rate in (2.0, 5.0, 10.0, 20.0)]
    for column in zip(*found, strict=True):
        assert list(column) == sorted(column, reverse=True)


def test_the_rate_comes_true_in_another_cohort(spending: Spending) -> None:
    c_regression, c_progression, c_indicator = spending.thresholds(10.0)
    other = Spending.of(trial(BIP, still_world(), CITIZENS, 6))
    for c, sign in ((c_regression, indicators.FALL), (c_progression, indicators.RISE)):
        assert 7.5 < other.realised(c, c_indicator, sign) < 12.5


def test_who_shows_flags_does_not_load_the_simulator() -> None:
    asked = "import sys, progression.analysis.analyse; print('progression.analysis.simulate' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


def test_only_chosen_people_count(still: Trial, spending: Spending) -> None:
    half = np.arange(CITIZENS) % 2 == 0
    part = Spending.of(still, half)
    assert part.years == pytest.approx(spending.years / 2, rel=0.01)
    assert len(part.whole[-1]) < len(spending.whole[-1])


def test_a_scale_of_one_item_spends_everything_on_the_whole() -> None:
    made = trial(HAMILTON, still_world(HAMILTON), 300, 5)
    c_regression, _, c_indicator = combined_thresholds(made, 10.0)
    years = float(made.simulated.years.sum())
    assert 100 * (made.strongest(-1) >= c_regression).sum() / years == pytest.approx(10, rel=0.1)
    assert c_indicator == indicators.DEFAULT_C


def test_a_decline_of_one_indicator_is_found_more_often_than_by_the_whole_scale_alone(
    still: Trial, spending: Spending
) -> None:
    """At the same total rate, among phases with three looks or more after a fall of a step or more."""
    c_regression, c_progression, c_indicator = spending.thresholds(10.0)
    made = simulate(BIP, worlds(BIP)["single-item declines"], CITIZENS, 7)
    full = still.threshold(10.0, -1, np.ones(CITIZENS, dtype=bool))
    whole = judge(prepare(made.cohort, estimates(99.0, c_regression=full, c_progression=full), made.as_of))
    shared = estimates(c_indicator, c_regression=c_regression, c_progression=c_progression)
    basis = prepare(made.cohort, shared, made.as_of)
    looks = judge(basis)
    singles = indicators.judge(basis, looks)
    step, phase, item = basis.step, basis.known.phase, made.lone.item[basis.step.who]
    begin = np.append(basis.phases.start, 0)[phase]
    hit = np.flatnonzero(looks.look & (looks.rounds > QUIET_ROUNDS) & (item >= 0))
    then, now = (made.item_truth(step.who[hit], when[hit], item[hit]) for when in (begin, step.day))
    fallen = hit[then - now >= 0.8]
    often = np.bincount(phase[fallen], minlength=len(basis.phases.who)) >= 3
    named = np.zeros(len(step.who), dtype=bool)
    named[singles.step[(singles.sign < 0) & (singles.item == item[singles.step])]] = True

    def share(mask) -> float:
        return len(set(phase[fallen[mask[fallen]]].tolist()) & set(np.flatnonzero(often).tolist())) / often.sum()

    # indicators have a seventh of the rate (WHOLE_SHARE), the whole scale alone all of it
    assert share(named | looks.fall) > 1.2 * share(whole.fall)
    assert share(named) > 0.3
