"""What a stated rate came to in the worlds, as it is written for the page to read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from analysis_cases import BIP

from progression.analysis import realised, worlds_account
from progression.analysis.cohort import Cohort
from progression.analysis.estimates import RATES, prior_estimates
from progression.analysis.values import Estimates

KEYS = {f"realised_regression_{rate:g}" for rate in RATES}


def priors(_cohort: Cohort, _today: date) -> Estimates:
    each = {rate: prior_estimates(BIP, rate) for rate in RATES}
    rows = {
        f"{rate:g}": {"c_regression": one.c_regression, "c_progression": one.c_progression}
        for rate, one in each.items()
    }
    return replace(each[10.0], rates=rows)


def test_a_world_gets_a_row_with_every_rate_and_the_years_behind_it() -> None:
    found = worlds_account.measure(("base", "entry dip"), 1_000, 3, priors)
    assert set(found["worlds"]) == {"base", "entry dip"}
    row = found["worlds"]["base"]
    assert set(row) == KEYS | {"years"}
    assert row["years"] > worlds_account.LEAST_YEARS
    assert row["realised_regression_2"] <= row["realised_regression_20"]
    assert found == worlds_account.measure(("base", "entry dip"), 1_000, 3, priors)


def test_too_few_years_say_nothing() -> None:
    assert worlds_account.measure(("base",), 100, 3, priors)["worlds"] == {"base": {}}


def test_the_cohorts_own_estimates_are_used() -> None:
    own = worlds_account.measure(("base",), 1_000, 3)
    assert own["worlds"]["base"] != worlds_account.measure(("base",), 1_000, 3, priors)["worlds"]["base"]


def test_what_is_written_can_be_read(tmp_path, monkeypatch, capsys) -> None:
    found = worlds_account.measure(("base",), 1_000, 3, priors)
    monkeypatch.setattr(worlds_account, "FILE", tmp_path / "worlds.json")
    monkeypatch.setattr(worlds_account, "measure", lambda: found)
    assert worlds_account.main() == 0
    assert json.loads(capsys.readouterr().out) == found
    ten = realised.by_world(10.0, tmp_path / "worlds.json")
    assert ten == {"base": found["worlds"]["base"]["realised_regression_10"]}
