"""Which variances and thresholds are in force: priors until a cohort was fitted and its estimates adopted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from progression.analysis.cohort import Cohort
from progression.analysis.priors import mean_key, prior_variances, whole_items
from progression.analysis.values import Estimates
from progression.scales.model import RATERS, Scale

RATES = (2.0, 5.0, 10.0, 20.0)  # false alarms per 100 citizen-years a municipality can choose
DEFAULT_RATE = 10.0
MEAN_WEIGHT = 40.0  # an item's mean is drawn towards the middle as if so many answers had been given there
_FILE = Path(__file__).resolve().parent / "thresholds.json"


def prior_estimates(scale: Scale, rate: float = DEFAULT_RATE, means: Mapping[str, float] | None = None) -> Estimates:
    """Return the estimates that serve before anybody's data: prior variances, thresholds calibrated in simulation.

    `means` may hold item means by `priors.mean_key`. Raises ValueError for a rate that is not one of RATES.
    """
    if rate not in RATES:
        raise ValueError(f"no threshold for {rate} false alarms per 100 citizen-years")
    calibrated = thresholds(scale)
    found = calibrated["rates"][f"{rate:g}"]
    parameters = prior_variances(scale).as_parameters() | calibrated["bands"]
    parameters["z_stagnation"] = float(calibrated["z_stagnation"])
    parameters |= dict(means or {})
    return Estimates(
        scale=scale.id,
        adopted=None,
        citizens=0,
        source="prior",
        false_alarms_per_100_years=rate,
        c_regression=float(found["c_regression"]),
        c_progression=float(found["c_progression"]),
        parameters=parameters,
        rates=calibrated["rates"],
    )


def thresholds(scale: Scale) -> dict[str, Any]:
    """Return the calibrated thresholds of the scale's shape: several items, or one sum score."""
    shape = "items" if whole_items(scale) > 1 else "sum"
    found: dict[str, Any] = _thresholds()[shape]
    return found


@lru_cache(maxsize=1)
def _thresholds() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return data


def fitted_means(cohort: Cohort) -> dict[str, float]:
    """Return each item's mean per rater over a cohort, drawn towards the middle of the scale while answers are few.

    Keys as `priors.mean_key`; to be given to `prior_estimates` and adopted as an event, never recomputed per view.
    """
    scale = cohort.scale
    middle = (scale.minimum + scale.maximum) / 2
    out: dict[str, float] = {}
    for side, rater in enumerate(RATERS):
        score = cohort.scores[cohort.rater == side]
        given = ~np.isnan(score)
        count, total = given.sum(axis=0), np.where(given, score, 0.0).sum(axis=0)
        for place, indicator in enumerate(scale.indicators):
            if rater in indicator.raters:
                mean = (total[place] + MEAN_WEIGHT * middle) / (count[place] + MEAN_WEIGHT)
                out[mean_key(rater, indicator.code)] = round(float(mean), 4)
    return out
