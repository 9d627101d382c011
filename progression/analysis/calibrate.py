"""Calibrate the thresholds by simulation under the priors: `python -m progression.analysis.calibrate`.

A false alarm is a regression flag while the true level is less than half a minimal important change below where the
phase began, counted once per phase, over citizens whose level does not fall (contracts.md). Calibrated on citizens
whose level stands still, rated as the priors say: of all who do not fall they come closest to falling, so that people
who improve are flagged by mistake less often than stated, not more. Progression is the mirror image. The factor of
stagnation is the smallest, 1.645 or more, at which at most 5 % of the phases of true improvers (one minimal important
change in six months or more, spread as the priors say) are ever called stagnant, over all looks.

Written to `thresholds.json` with seed, size and the rate another cohort realised.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from progression.analysis.cohort import Bools, Floats
from progression.analysis.looks import HALF_YEAR, MIC_SHARE, QUIET_ROUNDS, Basis, Looks, judge, prepare
from progression.analysis.priors import prior_variances
from progression.analysis.simulate import Simulated, World, base_world, simulate
from progression.analysis.values import Estimates
from progression.scales.library import builtin
from progression.scales.model import Scale

SEED = 20_261_101
CITIZENS = 12_000
RATES = (2.0, 5.0, 10.0, 20.0)
ONE_SIDED = 1.645
ERROR = 0.05
FILE = Path(__file__).resolve().parent / "thresholds.json"
SHAPES = {"items": "bip", "sum": "hamd"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A simulated cohort and what the filter said about it."""

    simulated: Simulated
    basis: Basis
    looks: Looks

    def strongest(self, sign: int) -> Floats:
        """The largest evidence per phase among looks that may raise a flag; `sign` -1 falls, +1 rises (better > 0)."""
        looks, basis, scale = self.looks, self.basis, self.simulated.cohort.scale
        moved = sign * scale.better * looks.change
        ok = (
            looks.look & (looks.rounds > QUIET_ROUNDS) & (moved >= scale.minimal_important_change / MIC_SHARE)
        )
        best = np.zeros(len(basis.phases.who))
        np.maximum.at(best, basis.known.phase[ok], looks.evidence[ok])
        return best

    def rate(self, c: float, sign: int, people: Bools) -> float:
        """False alarms per 100 citizen-years of these people at a threshold."""
        best = self.strongest(sign)[people[self.basis.phases.who]]
        return 100 * float((best >= c).sum()) / float(self.simulated.years[people].sum())

    def threshold(self, rate: float, sign: int, people: Bools) -> float:
        """The threshold that gives a rate of false alarms per 100 citizen-years of these people."""
        best = np.sort(self.strongest(sign)[people[self.basis.phases.who]])[::-1]
        allowed = round(rate / 100 * float(self.simulated.years[people].sum()))
        return float(best[min(allowed, len(best) - 1)])


def trial(scale: Scale, world: World, citizens: int, seed: int) -> Trial:
    """Simulate a cohort and run the filter with the priors over it."""
    simulated = simulate(scale, world, citizens, seed)
    basis = prepare(simulated.cohort, neutral(scale), simulated.as_of)
    return Trial(simulated, basis, judge(basis))


def neutral(scale: Scale) -> Estimates:
    """The priors without thresholds, so that calibrating does not rest on what it writes."""
    parameters = prior_variances(scale).as_parameters() | {"z_stagnation": ONE_SIDED}
    return Estimates(scale.id, None, 0, "prior", 0.0, 1.0, 1.0, parameters)


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
    everybody = np.ones(citizens, dtype=bool)
    rates: dict[str, Any] = {}
    for rate in RATES:
        fall, rise = (round(first.threshold(rate, sign, everybody), 3) for sign in (-1, 1))
        rates[f"{rate:g}"] = {
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
