"""What a stated rate came to in every simulated world: `python -m progression.analysis.worlds_account`.

Written to `worlds.json`, which `realised` reads, so that the text about the rate can say where it is broken. In each
world variances and thresholds are estimated from that cohort's own answers, as a municipality would, and the flags that
would have been shown are counted against the truth (`judging.false_alarms`). Run it after `calibrate`; some minutes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from progression.analysis.analyse import analyse
from progression.analysis.cohort import Cohort
from progression.analysis.estimates import DEFAULT_RATE, RATES
from progression.analysis.fit import fit
from progression.analysis.judging import false_alarms
from progression.analysis.realised import FILE, SCALE
from progression.analysis.scene import scene
from progression.analysis.simulate import simulate
from progression.analysis.values import Estimates
from progression.analysis.worlds import worlds
from progression.scales.library import builtin

SEED = 20_261_201
CITIZENS = 5_000
LEAST_YEARS = 500.0  # of people who do not fall; with fewer a rate says nothing

Estimate = Callable[[Cohort, date], Estimates]


def estimated(cohort: Cohort, today: date) -> Estimates:
    """Return a cohort's own estimates at the usual rate."""
    return fit(cohort, rate=DEFAULT_RATE, today=today)


def measure(
    names: tuple[str, ...] | None = None, citizens: int = CITIZENS, seed: int = SEED, estimate: Estimate = estimated
) -> dict[str, Any]:
    """Return per world the false alarms per 100 citizen-years at each rate, and how many years they rest on."""
    scale = builtin()[SCALE]
    rows: dict[str, dict[str, float]] = {}
    for name, world in worlds(scale).items():
        if names is not None and name not in names:
            continue
        simulated = simulate(scale, world, citizens, seed)
        table, as_of = scene(simulated), date.fromordinal(simulated.as_of)
        own = estimate(simulated.cohort, as_of)
        row: dict[str, float] = {}
        for rate in RATES:
            shown = analyse(simulated.cohort, own.at_rate(rate), as_of).history()
            got = false_alarms(table, shown)
            if got.years >= LEAST_YEARS:
                row |= {f"realised_regression_{rate:g}": round(got.rate, 2), "years": round(got.years)}
        rows[name] = row
    return {"citizens": citizens, "scale": SCALE, "seed": seed, "worlds": rows}


def main() -> int:
    """Measure every world and write the file."""
    text = json.dumps(measure(), indent=2, sort_keys=True) + "\n"
    FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
