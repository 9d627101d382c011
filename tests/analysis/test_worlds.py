"""The worlds do what their names say, and their true sizes are those they are drawn with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON

from progression.analysis.answering import copied, standard, stepped
from progression.analysis.cohort import NEVER
from progression.analysis.priors import Variances
from progression.analysis.simulate import FIRST_DAY, Simulated, simulate
from progression.analysis.worlds import (
    base_world,
    instrument,
    known_estimates,
    true_variances,
    worlds,
)

MIC = BIP.minimal_important_change


def drawn(name: str, citizens: int = 400, **other: object) -> Simulated:
    return simulate(BIP, replace(worlds(BIP)[name], **other), citizens, 12)


def gaps(made: Simulated) -> np.ndarray:
    """Days between a caseworker's assessments of the same citizen."""
    own = made.cohort.rater == 0
    who, day = made.cohort.who[own], made.cohort.day[own]
    return np.diff(day)[np.diff(who) == 0]


def test_rhythms_are_monthly_irregular_and_half_yearly() -> None:
    mean = {name: float(gaps(drawn(name, skip=0.0)).mean()) for name in ("base", "monthly", "irregular", "half-yearly")}
    assert mean["monthly"] == pytest.approx(30.4, abs=1)
    assert mean["base"] == pytest.approx(91, abs=2)
    assert mean["half-yearly"] == pytest.approx(182.6, abs=3)
    irregular = gaps(drawn("irregular"))
    assert irregular.min() >= 5
    assert irregular.std() > 0.5 * irregular.mean()


def test_a_caseworkers_common_bias_shows_over_all_citizens() -> None:
    def apart(name: str) -> float:
        """Spread of the caseworkers' mean answers where everybody's level is the same."""
        sizes = replace(worlds(BIP)[name].sizes, level_sd=0.0)
        cohort = drawn(name, 1_500, sizes=sizes, active=(0.0, 0.0), passive=(0.0, 0.0), drops=0.0).cohort
        value = np.nanmean(cohort.scores, axis=1)
        return float(np.std([value[cohort.assessor == k].mean() for k in range(40)]))

    assert apart("common bias") > 2 * apart("base")


def test_caseworkers_change_where_a_phase_begins() -> None:
    made = drawn("change at phase", changes=0.0)
    cohort = made.cohort
    own = np.flatnonzero(cohort.rater == 0)
    phase = np.searchsorted(made.phases.key, cohort.who[own] * 8_000_000 + cohort.day[own], side="right") - 1
    same = cohort.who[own][1:] == cohort.who[own][:-1]
    changed = cohort.assessor[own][1:] != cohort.assessor[own][:-1]
    crossed = phase[1:] != phase[:-1]
    assert changed[same & crossed].all()
    assert not changed[same & ~crossed].any()


def test_unrecorded_events_come_and_some_pass() -> None:
    calm = {"active": (0.0, 0.0), "passive": (0.0, 0.0), "sizes": replace(base_world(BIP).sizes, walk_sd=0.0)}
    stays, passes = (drawn("unrecorded events", passing=share, **calm) for share in (0.0, 1.0))
    assert (np.ptp(stays.level, axis=1) > 0.5 * MIC).mean() > 0.5
    settled = [float(np.mean(np.abs(m.level[:, -1] - m.level[:, 0]))) for m in (stays, passes)]
    assert settled[1] < 0.7 * settled[0]
    assert (np.diff(stays.phases.who) >= 0).all()


def test_late_ends_stand_in_the_register_and_truth_is_counted_by_it() -> None:
    late, base = drawn("late ends"), drawn("base")
    np.testing.assert_array_equal(late.level, base.level)
    np.testing.assert_array_equal(late.cohort.interventions.start, base.cohort.interventions.start)
    ended = (late.cohort.interventions.end < NEVER) & (base.cohort.interventions.end < NEVER)
    delay = (late.cohort.interventions.end - base.cohort.interventions.end)[ended]
    assert delay.min() >= 60
    assert delay.max() <= 120
    assert len(late.phases.who) < len(base.phases.who)


def test_the_missing_are_missing_when_things_go_badly() -> None:
    made = drawn("missing when bad", 1_500)
    full = drawn("missing when bad", 1_500, sinking=0.0, sinking_silent=0.0, sinking_unrated=0.0)

    def sunk(one: Simulated, side: int) -> float:
        own = one.cohort.rater == side
        who, day = one.cohort.who[own], one.cohort.day[own]
        fallen = one.truth(who, day) - one.level[who, 20] < -MIC
        return float(fallen.mean())

    for side in (0, 1):
        assert sunk(made, side) < 0.8 * sunk(full, side)
    assert sunk(made, 1) < sunk(made, 0)


def test_copying_caseworkers_tick_what_they_ticked_the_last_time() -> None:
    cohort = drawn("copying caseworkers", unanswered=0.0).cohort
    own = np.flatnonzero(cohort.rater == 0)
    pair = (np.diff(cohort.who[own]) == 0) & (np.diff(cohort.assessor[own]) == 0)
    same = (cohort.scores[own][1:] == cohort.scores[own][:-1]).all(axis=1)
    copying = {k for k in range(40) if same[pair & (cohort.assessor[own][1:] == k)].mean() == 1.0}
    assert 5 <= len(copying) <= 20
    honest = pair & ~np.isin(cohort.assessor[own][1:], list(copying))
    assert same[honest].mean() < 0.05
    score = copied(np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 0, 0, 1]), np.array([0, 0, 1, 0]), True)
    assert score[:, 0].tolist() == [1, 1, 3, 4]


def test_a_single_item_falls_and_the_rest_stands() -> None:
    made = drawn("single-item declines")
    assert made.lone is not None
    hit = made.lone.item >= 0
    assert hit.mean() == pytest.approx(0.4, abs=0.1)
    assert not made.fell[hit].any()
    assert made.fell[~hit].mean() > 0.5
    who, last = np.flatnonzero(hit), made.as_of
    fall = made.item_truth(who, last, made.lone.item[who]) - made.item_truth(who, FIRST_DAY, made.lone.item[who])
    assert (fall >= -1.5001).all()
    assert (fall <= -0.9999).all()
    other = (made.lone.item[who] + 1) % 10
    rest = made.item_truth(who, last, other) - made.item_truth(who, FIRST_DAY, other)
    np.testing.assert_allclose(rest, 0.0, atol=1e-9)
    np.testing.assert_allclose(made.truth(who, last) - made.truth(who, FIRST_DAY), fall / 10, atol=1e-9)
    # and the answers follow
    cohort, span = made.cohort, made.as_of - FIRST_DAY
    early, late = cohort.day < FIRST_DAY + 120, cohort.day > FIRST_DAY + span - 120
    item = np.maximum(made.lone.item[cohort.who], 0)
    value = cohort.scores[np.arange(len(item)), item]
    mine = hit[cohort.who]
    assert np.nanmean(value[mine & late]) < np.nanmean(value[mine & early]) - 0.8


def test_a_low_answer_starts_a_phase() -> None:
    made, plain = (drawn("phases started when low", 1_500, reactive=p) for p in (0.9, 1e-9))

    def error_before(one: Simulated) -> float:
        """How much lower than the truth the caseworker's last answer before an active phase is, against usual."""
        cohort = one.cohort
        own = np.flatnonzero(cohort.rater == 0)
        who, day = cohort.who[own], cohort.day[own]
        error = np.nanmean(cohort.scores[own][:, :10], axis=1) - one.truth(who, day)
        usual = np.bincount(who, error, 1_500) / np.maximum(np.bincount(who, minlength=1_500), 1)
        key = who * 8_000_000 + day
        starts = (one.phases.state == 0) & (one.phases.start > FIRST_DAY + 90)
        at = np.searchsorted(key, one.phases.key[starts]) - 1
        close = (who[at] == one.phases.who[starts]) & (one.phases.start[starts] - day[at] < 16)
        return float((error[at] - usual[who[at]])[close].mean())

    assert error_before(made) < error_before(plain) - 0.04
    assert set(np.unique(made.phases.state)) == {0, 1}


def test_heavy_tails_have_the_same_variance() -> None:
    rng = np.random.default_rng(3)
    noise = standard(rng, 200_000, 5.0)
    assert noise.std() == pytest.approx(1.0, abs=0.03)
    assert np.mean(np.abs(noise) > 4) > 20 * np.mean(np.abs(standard(rng, 200_000, 0.0)) > 4)


@pytest.mark.parametrize("scale", [BIP, HAMILTON], ids=lambda s: s.id)
def test_probit_items_have_uneven_thresholds(scale) -> None:
    world = worlds(scale)["probit items"]
    items = instrument(scale, world)
    assert items is not None
    assert instrument(scale, base_world(scale)) is None
    assert (np.diff(items.cuts, axis=1) >= 0).all()
    rng = np.random.default_rng(4)
    level = np.repeat(world.sizes.level_mean, 4_000)[:, None] + np.zeros(len(scale.indicators))
    score = stepped(scale, level, rng.normal(size=level.shape), world.sizes.item_sd, items)
    assert score.min() >= scale.minimum
    assert score.max() <= scale.maximum
    if len(scale.indicators) > 1:
        assert np.ptp(score.mean(axis=0)) > 0.2
    # the true item noise is what the answers show around their expectation
    sizes = true_variances(scale, replace(world, sizes=replace(world.sizes, level_sd=1e-9)))
    assert score.var(axis=0).mean() ** 0.5 == pytest.approx(sizes.item_sd, rel=0.03)


@pytest.mark.parametrize("scale", [BIP, HAMILTON], ids=lambda s: s.id)
@pytest.mark.parametrize("name", sorted(worlds(BIP)))
def test_every_world_knows_its_sizes(scale, name: str) -> None:
    if name not in worlds(scale):
        assert name == "single-item declines"
        return
    world = worlds(scale)[name]
    known = known_estimates(scale, world)
    sizes = Variances.of(known.parameters)
    assert sizes == true_variances(scale, world) == simulate(scale, world, 3, 1).sizes
    assert known.c_regression == 1.0
    assert known.scale == scale.id


def test_true_sizes_are_those_the_world_is_drawn_with() -> None:
    base = worlds(BIP)["base"]
    sizes = true_variances(BIP, base)
    assert sizes.drift_sd == pytest.approx(MIC * (1.2**2 + 0.8**2) ** 0.5)
    assert sizes.drop_sd == pytest.approx(0.65 * MIC)
    told, drawn_with = (v.as_parameters() for v in (true_variances(BIP, base_world(BIP)), base_world(BIP).sizes))
    assert told == pytest.approx(drawn_with)
    common = true_variances(BIP, worlds(BIP)["common bias"])
    assert common.caseworker_sd == pytest.approx(MIC * (0.5**2 + 1.4**2) ** 0.5)
    lazy = true_variances(BIP, worlds(BIP)["careless raters"])
    assert lazy.item_sd < sizes.item_sd
    assert lazy.day_sd > sizes.day_sd
    slow = replace(base, slowest=0.5, active=(0.0, 0.5), passive=(0.0, 0.5))
    assert true_variances(BIP, slow).drift_sd == pytest.approx(0.5 * (1 + 0.24197 / 0.158655) ** 0.5, rel=0.01)
