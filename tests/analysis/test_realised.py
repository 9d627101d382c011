"""What worlds that break the model's assumptions did to a stated rate, as it was generated."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from progression.analysis import realised
from progression.analysis.priors import prior_variances
from progression.analysis.simulate import worlds
from progression.analysis.values import Estimates, Flag
from progression.casework.values import Phase
from progression.scales.library import builtin


def written(tmp_path, rows):
    file = tmp_path / "worlds.json"
    file.write_text(json.dumps({"worlds": rows}), "utf-8")
    return file


def test_rates_by_world(tmp_path):
    file = written(tmp_path, {"end glow": {"realised_regression_10": 15.8, "realised_regression_5": 8}, "floor": {}})
    assert realised.by_world(10.0, file) == {"end glow": 15.8}
    assert realised.by_world(5, file) == {"end glow": 8.0}
    assert realised.by_world(20, file) == {}


def test_where_nothing_was_generated_nothing_is_known(tmp_path):
    assert realised.by_world(10, tmp_path / "none.json") == {}


def test_a_damaged_file_is_not_taken_for_silence(tmp_path):
    file = tmp_path / "worlds.json"
    file.write_text("{", "utf-8")
    with pytest.raises(ValueError):
        realised.by_world(10, file)


def test_the_shipped_file_names_only_worlds_there_are():
    bip = builtin()["bip"]
    assert prior_variances(bip).level_sd > 0
    assert set(realised.by_world(10)) <= set(worlds(bip))


def test_only_the_scale_it_was_simulated_with():
    estimates = Estimates("bip", None, 0, "prior", 10.0, 1.0, 1.0)
    phase = Phase("passive", date(2025, 1, 1), None)
    flag = Flag(
        "f", "c", "H1", "bip", "regression", None, "both", phase, date(2025, 6, 1), *([None] * 6), suggestion=None
    )
    assert realised.for_flag(flag, estimates) == realised.by_world(10.0)
    assert realised.for_flag(replace(flag, scale="hamd"), estimates) == {}
