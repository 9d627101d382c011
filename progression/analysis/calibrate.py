"""Calibrate the thresholds by simulation under the priors: `python -m progression.analysis.calibrate`.

A false alarm is a regression flag while the true level is less than half a minimal important change below where the
phase began, counted once per phase, over citizens whose level does not fall (contracts.md). Calibrated on citizens
whose level stands still, rated as the priors say: of all who do not fall they come closest to falling, so that people
who improve are flagged by mistake less often than stated, not more. Progression is the mirror image. The factor of
stagnation is the smallest, 1.645 or more, at which at most 5 % of the phases of true improvers (one minimal important
change in six months or more, spread as the priors say) are ever called stagnant, over all looks.

Written to `thresholds.json` with seed, size, the rate another cohort realised, and what the threshold finds among
people with setbacks (world "base"): `found`, the share of setbacks, `real`, the share of flags that were right.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from progression.analysis.estimates import RATES
from progression.analysis.judging import filter_statistic, judge_rule
from progression.analysis.looks import HALF_YEAR
from progression.analysis.simulate import World, base_world, worlds
from progression.analysis.trials import ONE_SIDED, Trial, trial
from progression.scales.library import builtin
from progression.scales.model import Scale

SEED = 20_261_101
CITIZENS = 12_000
ERROR = 0.05
FILE = Path(__file__).resolve().parent / "thresholds.json"
SHAPES = {"items": "bip", "sum": "hamd"}


def still_world(scale: Scale) -> World:
    """People whose level stands still, rated as the priors say."""
    base = base_world(scale)
    sizes = replace(base.sizes, walk_sd=0.0)
    return replace(base, sizes=sizes, active=(0.0, 0.0), passive=(0.0, 0.0), drops=0.0)


def improving_world(scale: Scale) -> World:
    """People who progress by one minimal important change in six months or more, in long phases."""
    base, rate = base_world(scale), scale.minimal_important_change / HALF_YEAR
    low = scale.minimum + 0.3 * (scale.maximum - scale.minimum)
    high = scale.minimum + 0.7 * (scale.maximum - scale.minimum)
    sizes = replace(
        base.sizes, level_mean=low if scale.better > 0 else high, level_sd=base.sizes.level_sd / 3
    )
    return replace(base, sizes=sizes, drops=0.0, phase_days=540.0, slowest=rate)


def stagnation_factor(found: Trial) -> float:
    """The factor at which at most 5 % of true improvers' phases are ever called stagnant."""
    looks = found.looks
    asked = np.flatnonzero(~np.isnan(looks.rate))
    bar = found.simulated.cohort.scale.minimal_important_change / HALF_YEAR
    better = found.simulated.cohort.scale.better
    worst = np.full(len(found.basis.phases.who), -np.inf)
    crossing = (bar - better * looks.rate[asked]) / looks.rate_sd[asked]
    np.maximum.at(worst, found.basis.known.phase[asked], crossing)
    return max(ONE_SIDED, float(np.quantile(worst[np.isfinite(worst)], 1 - ERROR)))


def calibrate(scale: Scale, citizens: int = CITIZENS, seed: int = SEED) -> dict[str, Any]:
    """Return the thresholds of one scale's shape, and the rates a second cohort realised with them."""
    first = trial(scale, still_world(scale), citizens, seed)
    second = trial(scale, still_world(scale), citizens, seed + 1)
    lived = trial(scale, worlds(scale)["base"], citizens, seed + 3)
    everybody = np.ones(citizens, dtype=bool)
    rates: dict[str, Any] = {}
    for rate in RATES:
        fall, rise = (round(first.threshold(rate, sign, everybody), 3) for sign in (-1, 1))
        judged = judge_rule(lived, filter_statistic(lived), threshold=fall)
        rates[f"{rate:g}"] = {
            "found": round(judged.sensitivity, 3),
            "real": round(judged.real, 3),
            "c_regression": fall,
            "c_progression": rise,
            "realised_regression": round(second.rate(fall, -1, everybody), 2),
            "realised_progression": round(second.rate(rise, 1, everybody), 2),
        }
    factor = stagnation_factor(trial(scale, improving_world(scale), citizens, seed + 2))
    return {
        "scale": scale.id,
        "seed": seed,
        "citizens": citizens,
        "z_stagnation": round(factor, 3),
        "rates": rates,
    }


def main() -> int:
    """Calibrate every shape and write the file."""
    data = {shape: calibrate(builtin()[identity]) for shape, identity in SHAPES.items()}
    text = json.dumps(data, indent=2, sort_keys=True) + "\n"
    FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
