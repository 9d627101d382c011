"""How often a stated rate of false alarms was kept in simulated worlds that break what the model assumes.

`worlds.json` is generated beside `thresholds.json`; where it is not there, nothing is known and nothing is said.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from progression.analysis.values import Estimates, Flag

SCALE = "bip"
FILE = Path(__file__).resolve().parent / "worlds.json"


def by_world(rate: float, path: Path = FILE) -> dict[str, float]:
    """Return world name -> false alarms of regression per 100 citizen-years at a stated rate (2, 5, 10, 20).

    {} where nothing was generated for this rate.
    """
    key = f"realised_regression_{rate:g}"
    return {name: float(row[key]) for name, row in _read(path).items() if key in row}


def for_flag(flag: Flag, estimates: Estimates) -> dict[str, float]:
    """Return `by_world` at the rate in force, for a flag on the scale the worlds were simulated with; else {}."""
    return by_world(estimates.false_alarms_per_100_years) if flag.scale == SCALE else {}


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, dict[str, float]]:
    if not path.exists():
        return {}
    worlds: dict[str, dict[str, float]] = json.loads(path.read_text("utf-8"))["worlds"]
    return worlds
