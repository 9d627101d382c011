"""How rules are judged: matched thresholds, found setbacks, delays, false alarms, bands, stagnation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON

from progression.analysis import judging, rivals
from progression.analysis.analyse import Analysis, analyse
from progression.analysis.calibrate import improving_world, still_world
from progression.analysis.estimates import fitted_means, prior_estimates
from progression.analysis.judging import filter_statistic, judge, judge_rule, product_statistic
from progression.analysis.scene import Scene, scene
from progression.analysis.settings import Settings
from progression.analysis.simulate import FIRST_DAY, simulate
from progression.analysis.trials import neutral, trial
from progression.analysis.values import Flag
from progression.analysis.worlds import known_estimates, worlds
from progression.casework.values import Phase

MIC = BIP.minimal_important_change


def lived(name: str = "base", citizens: int = 600, scale=BIP, seed: int = 6, **other: object) -> Scene:
    return scene(simulate(scale, replace(worlds(scale)[name], **other), citizens, seed))


def analysed(table: Scene, rate: float = 10.0, **settings: object) -> Analysis:
    cohort = table.simulated.cohort
    estimates = prior_estimates(cohort.scale, rate, fitted_means(cohort))
    return analyse(cohort, estimates, date.fromordinal(table.simulated.as_of), settings=Settings(**settings))


@pytest.fixture(scope="module")
def table() -> Scene:
    return lived()


def test_one_who_knows_the_truth_finds_every_setback_at_once(table: Scene) -> None:
    got = judge(table, table.fallen, 10.0, threshold=MIC)
    assert (got.sensitivity, got.delay, got.at_once, got.real) == (1.0, 0.0, 1.0, 1.0)
    first = judge(table, table.fallen, 10.0, threshold=MIC / 2)
    assert first.delay < 0
    assert first.setbacks == got.setbacks > 100


def test_one_who_says_nothing_finds_nothing_and_one_who_guesses_little(table: Scene) -> None:
    silent = judge(table, np.full(len(table.who), rivals.NEVER_FIRES))
    assert silent.sensitivity == 0.0
    assert np.isnan(silent.delay)
    guess = judge(table, np.random.default_rng(1).random(len(table.who)))
    assert guess.sensitivity < judge(table, table.fallen + 0.0).sensitivity


def test_the_matched_threshold_gives_the_rate(table: Scene) -> None:
    simulated, statistic = table.simulated, rivals.known_filter(table)
    for rate in (3.0, 8.0):
        got = judge(table, statistic, rate)
        steady = ~simulated.fell[table.who] & table.judged & (table.fallen < MIC / 2)
        wrong = np.unique(table.phase[steady & (statistic >= got.threshold)])
        allowed = int(rate / 100 * simulated.years[~simulated.fell].sum())
        assert len(wrong) == allowed
    assert judge(table, statistic, 3.0).sensitivity < judge(table, statistic, 8.0).sensitivity


def test_a_rule_on_whole_steps_is_counted_in_proportion(table: Scene) -> None:
    """One number for everybody is as good as drawing lots."""
    same = judge(table, np.ones(len(table.who)), 10.0)
    simulated = table.simulated
    steady = np.unique(table.phase[~simulated.fell[table.who] & table.judged & (table.fallen < MIC / 2)])
    allowed = int(0.1 * simulated.years[~simulated.fell].sum())
    assert same.sensitivity == pytest.approx(allowed / len(steady), abs=0.02)


def test_a_world_without_setbacks_gives_no_figure() -> None:
    still = scene(simulate(BIP, still_world(BIP), 100, 4))
    got = judge(still, np.zeros(len(still.who)))
    assert got.setbacks == 0
    assert np.isnan(got.sensitivity)


def test_steps_rows_and_printed_rows_say_the_same() -> None:
    one = trial(BIP, worlds(BIP)["base"], 300, 3)
    table = scene(one.simulated)
    said = analyse(one.simulated.cohort, neutral(BIP), date.fromordinal(one.simulated.as_of))
    by_step = judge_rule(one, filter_statistic(one))
    by_row = judge(table, product_statistic(said, table))
    assert by_step.sensitivity == pytest.approx(by_row.sensitivity, abs=1e-12)
    assert by_step.threshold == pytest.approx(by_row.threshold)


def test_a_trial_takes_given_estimates() -> None:
    world = worlds(BIP)["noisy raters"]
    plain, known = (trial(BIP, world, 50, 3, e) for e in (None, known_estimates(BIP, world)))
    assert plain.simulated.level.tolist() == known.simulated.level.tolist()
    assert known.basis.sizes.caseworker_sd > plain.basis.sizes.caseworker_sd


def flag_of(table: Scene, row: int, indicator: str | None = None, kind: str = "regression") -> Flag:
    cohort = table.simulated.cohort
    who = int(table.who[row])
    phase = Phase("active", date.fromordinal(int(table.begin[row])), None, ())
    raised = date.fromordinal(int(table.day[row]))
    some = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None)
    return Flag("f", cohort.citizens[who], cohort.numbers[who], "bip", kind, indicator, "both", phase, raised, *some)


def test_false_alarms_are_counted_once_per_phase_by_the_truth(table: Scene) -> None:
    simulated = table.simulated
    steady = np.flatnonzero(~simulated.fell[table.who])
    fell = np.flatnonzero(simulated.fell[table.who])
    phase = table.phase[steady]
    twice = steady[phase == phase[-1]][:1].tolist() * 2
    got = judging.false_alarms(table, [flag_of(table, r) for r in [*twice, int(fell[0])]])
    assert got.count == 1
    assert got.rate == pytest.approx(100 / simulated.years[~simulated.fell].sum())
    rising = np.flatnonzero(~simulated.rose[table.who])
    up = judging.false_alarms(table, [flag_of(table, int(rising[0]), kind="progression")], "progression")
    assert up.count == 1
    assert judging.false_alarms(table, []).count == 0
    assert np.isnan(judging.Alarms(0, 0.0).rate)


def test_an_indicators_flag_is_judged_by_that_indicator() -> None:
    table = lived("single-item declines", 300)
    lone = table.simulated.lone
    assert lone is not None
    row = next(
        r
        for r in range(len(table.who))
        if lone.fallen(table.who[r : r + 1], table.day[r : r + 1] - FIRST_DAY)[0] > 0.9
        and table.begin[r] - FIRST_DAY < lone.day[table.who[r]]
    )
    codes = [i.code for i in BIP.indicators]
    item = int(lone.item[table.who[row]])
    right, wrong = flag_of(table, row, codes[item]), flag_of(table, row, codes[(item + 1) % 10])
    assert judging.false_alarms(table, [right]).count == 0
    assert judging.false_alarms(table, [wrong]).count == 1
    named, some, count = judging.lone_declines_found(table, [right])
    assert named == some
    assert named in (0.0, 1 / count)
    assert judging.lone_declines_found(table, [])[0] == 0.0
    assert judging.lone_declines_found(lived(citizens=20), [])[2] == 0


def test_bands_are_those_that_are_printed() -> None:
    table = lived(citizens=150)
    got = judging.bands(analysed(table), table)
    assert got.looks == table.judged.sum()
    for share in (got.level, got.change, got.smoothed, got.smoothed_change):
        assert 0.7 < share < 1.0


def test_stagnation_is_judged_by_phase_and_by_months() -> None:
    table = scene(simulate(BIP, replace(still_world(BIP), phase_days=900.0, years=3.0), 60, 4))
    late = int(np.flatnonzero(table.judged & (np.abs(table.day - table.begin - 365) < 30))[0])
    flag = flag_of(table, late, kind="stagnation")
    early, later = judging.flat_found(table, [flag], 6), judging.flat_found(table, [flag], 12)
    assert early[0] == 0.0
    assert later[0] == pytest.approx(1 / later[1])
    assert np.isnan(judging.improvers_called_stagnant(table, [flag])[0])
    up = scene(simulate(BIP, improving_world(BIP), 60, 4))
    row = int(np.flatnonzero(up.judged & (up.day - up.begin > 400))[0])
    share, count = judging.improvers_called_stagnant(up, [flag_of(up, row, kind="stagnation")])
    assert share in (0.0, pytest.approx(1 / count))
    assert judging.improvers_called_stagnant(up, [])[0] == 0.0


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(worlds(BIP)))
def test_more_setbacks_are_found_than_by_the_reliable_change_index(name: str) -> None:
    """At the same rate of false alarms, in every world, on the same answers, and far more than on one rater's."""
    table = lived(name, 2_500, seed=33)
    found = rivals.statistics(table)
    ours = judge(table, product_statistic(analysed(table), table)).sensitivity
    assert ours > judge(table, found["RCI, both"]).sensitivity
    assert ours > 1.1 * judge(table, found["RCI, caseworker"]).sensitivity


@pytest.mark.slow
def test_a_sum_score_is_followed_better_than_by_the_index() -> None:
    table = lived("base", 1_500, HAMILTON, seed=34)
    ours = judge(table, product_statistic(analysed(table), table)).sensitivity
    assert ours > judge(table, rivals.statistics(table)["RCI, both"]).sensitivity


@pytest.mark.slow
def test_people_who_do_not_fall_are_flagged_no_more_often_than_stated() -> None:
    for name in ("base", "caseworker change", "floor", "ceiling", "entry dip", "silent citizens"):
        table = lived(name, 1_500, seed=77)
        assert judging.false_alarms(table, analysed(table).history()).rate <= 12.5, name
