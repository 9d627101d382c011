"""What serves before anybody's data: `python -m progression.analysis.calibrate` writes `thresholds.json`.

A simulated municipality of the world the priors describe (`worlds.base_world`) goes through the very calibration that a
real one goes through when its estimates are fitted (`calibration`): thresholds per rate, the factor of stagnation,
bands, and what a second set of lives got. Once for a scale of several items, once for a sum score. Also here: worlds in
which nobody moves, and in which everybody improves.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from progression.analysis.calibration import calibrated
from progression.analysis.looks import HALF_YEAR
from progression.analysis.simulate import simulate
from progression.analysis.trials import neutral
from progression.analysis.worlds import World, base_world
from progression.scales.library import builtin
from progression.scales.model import Scale

SEED = 20_261_101
CITIZENS = 4_000
YEARS = 40_000.0  # of lives
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
    sizes = replace(base.sizes, level_mean=low if scale.better > 0 else high, level_sd=base.sizes.level_sd / 3)
    return replace(base, sizes=sizes, drops=0.0, phase_days=540.0, slowest=rate)


def calibrate(scale: Scale, citizens: int = CITIZENS, seed: int = SEED) -> dict[str, Any]:
    """Return thresholds, bands and the factor of stagnation under the priors, for one scale's shape."""
    made = simulate(scale, base_world(scale), citizens, seed).cohort
    found = calibrated(made, replace(neutral(scale), false_alarms_per_100_years=10.0), lambda share: None, YEARS)
    bands = {name: value for name, value in found.parameters.items() if name.startswith("band.")}
    return {
        "scale": scale.id,
        "seed": seed,
        "citizens": citizens,
        "z_stagnation": found.parameters["z_stagnation"],
        "bands": bands,
        "rates": found.rates,
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
