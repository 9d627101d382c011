"""What the rules do to simulated citizens: the shipped figures come true in another cohort, and are counted rightly."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from progression.analysis.rules import FILE, judge, shipped
from progression.analysis.rules_account import CITIZENS, SEED, measure
from progression.analysis.settings import COUNTED, Rules, RulesAccount, Settings
from progression.analysis.simulate import base_world
from progression.analysis.trials import trial
from progression.scales.library import builtin

BIP, HAMILTON = builtin()["bip"], builtin()["hamd"]


def test_the_shipped_file_holds_the_standard_thresholds_of_every_shipped_scale() -> None:
    data = json.loads(FILE.read_text("utf-8"))
    assert set(data) == set(builtin())
    for identity, scale in builtin().items():
        account = shipped(scale)
        assert account is not None
        assert (account.scale, account.mic, account.rules) == (identity, scale.minimal_important_change, Rules())
        assert (account.seed, account.citizens) == (SEED, CITIZENS)
        assert RulesAccount.of(data[identity]) == account
    assert set(shipped(HAMILTON).figures()) == {"improvers_wrong", "flat_found"}
    assert set(shipped(BIP).figures()) == set(COUNTED)


@pytest.mark.slow
def test_the_shipped_figures_come_true_in_another_cohort() -> None:
    """Within what 3,000 other citizens (7,500 years) let one expect of figures from 12,000."""
    stated, found = shipped(BIP), measure(BIP, Rules(), citizens=3_000, seed=SEED + 7_000)
    assert stated is not None
    assert found.false_regression == pytest.approx(stated.false_regression, abs=0.25)
    assert found.false_progression == pytest.approx(stated.false_progression, abs=0.25)
    assert found.found == pytest.approx(stated.found, abs=0.04)
    assert found.real == pytest.approx(stated.real, abs=0.08)
    assert found.improvers_wrong == pytest.approx(stated.improvers_wrong, abs=0.03)
    assert found.flat_found == pytest.approx(stated.flat_found, abs=0.05)


def test_an_account_is_the_same_for_the_same_seed_and_tells_how_far_it_is() -> None:
    done: list[float] = []
    one = measure(HAMILTON, Rules(), citizens=120, seed=3, progress=done.append)
    assert one == measure(HAMILTON, Rules(), citizens=120, seed=3)
    assert done == sorted(done) and done[-1] == 1.0
    assert (one.false_regression, one.found, one.real, one.worst) == (None, None, None, None)
    assert 0.0 <= one.improvers_wrong <= 1.0 and 0.0 <= one.flat_found <= 1.0


def test_looser_thresholds_find_more_and_are_wrong_more_often() -> None:
    strict, loose = (measure(BIP, Rules(p_limit=p), citizens=250, seed=5) for p in (0.005, 0.1))
    assert loose.found > strict.found
    assert loose.false_regression > strict.false_regression
    eager = measure(HAMILTON, Rules(gain_share=1.0, rounds=3, months=6), citizens=250, seed=5)
    patient = measure(HAMILTON, Rules(), citizens=250, seed=5)
    assert eager.flat_found > patient.flat_found
    assert eager.improvers_wrong > patient.improvers_wrong


def test_false_alarms_are_counted_as_the_contract_says() -> None:
    """Once per phase, over those whose level does not fall, per 100 citizen-years: counted again in plain Python."""
    from progression.analysis.rules_account import _per_100_years

    plain = trial(BIP, base_world(BIP), 300, 11)
    rules = Settings(method="rules", rules=Rules(p_limit=0.1))
    tried = replace(plain, looks=judge(plain.basis, plain.looks, rules))
    fell, years, phases = tried.simulated.fell, 0.0, set()
    for who in range(300):
        years += 0.0 if fell[who] else float(tried.simulated.years[who])
    for at in np.flatnonzero(tried.looks.fall).tolist():
        if not fell[tried.basis.step.who[at]]:
            phases.add(int(tried.basis.known.phase[at]))
    assert phases
    assert _per_100_years(tried, tried.looks.fall) == pytest.approx(100 * len(phases) / years)
