"""One simulated cohort judged by every rule, and the tables in which that is printed."""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from progression.analysis import judging, rivals
from progression.analysis.analyse import Analysis, analyse
from progression.analysis.cohort import Cohort
from progression.analysis.estimates import fitted_means, prior_estimates
from progression.analysis.judging import Alarms, Bands, Judged
from progression.analysis.scene import scene
from progression.analysis.settings import Settings
from progression.analysis.simulate import simulate
from progression.analysis.values import Estimates
from progression.analysis.worlds import worlds
from progression.scales.library import builtin

RATES = (5.0, 10.0)
FIT_EXISTS = importlib.util.find_spec("progression.analysis.fit") is not None
RATE = 10.0
FITTED, PRIORS, INFORMED = "fitted", "priors", "informed"
OURS = (FITTED, PRIORS, INFORMED)
SUM_SCORE = "hamd"
SUM_WORLDS = (
    "base",
    "noisy raters",
    "floor",
    "sudden drops",
)  # the same worlds, lived on a scale that is one sum score


@dataclass(frozen=True, slots=True)
class Result:
    """What one world gave. `found`: rule -> rate -> Judged. `regression`, `progression`: flags shown at ten per hundred
    stated. `lone`: single-item declines found by name, by any flag, of how many."""

    name: str
    found: dict[str, dict[float, Judged]]
    regression: Alarms
    progression: Alarms
    bands: Bands
    lone: tuple[float, float, int]
    fit_seconds: float
    informed_differs: bool = field(default=False)

    @property
    def setbacks(self) -> int:
        return self.found[FITTED][RATE].setbacks

    def share(self, rule: str, rate: float = RATE) -> float:
        return self.found[rule][rate].sensitivity


def fitted(cohort: Cohort, as_of: int, rate: float = RATE) -> Estimates:
    """Estimates of this cohort, as a municipality would adopt them."""
    if not FIT_EXISTS:
        return prior_estimates(cohort.scale, rate, fitted_means(cohort))
    fit = importlib.import_module("progression.analysis.fit").fit
    return fit(cohort, rate=rate, today=dt.date.fromordinal(as_of))


def cases() -> list[tuple[str, str]]:
    """Every (scale, world) that is judged."""
    return [("bip", name) for name in worlds(builtin()["bip"])] + [(SUM_SCORE, name) for name in SUM_WORLDS]


def judged(case: tuple[str, str], citizens: int, seed: int) -> Result:
    """Draw the cohort, estimate, and judge every rule on the very same people."""
    scale = builtin()[case[0]]
    simulated = simulate(scale, worlds(scale)[case[1]], citizens, seed)
    table, as_of = scene(simulated), dt.date.fromordinal(simulated.as_of)
    start = time.perf_counter()
    estimates = fitted(simulated.cohort, simulated.as_of)
    seconds = time.perf_counter() - start

    def said(estimates: Estimates, informed: bool = False) -> Analysis:
        return analyse(simulated.cohort, estimates, as_of, settings=Settings(informed=informed))

    ours = said(estimates)
    statistics = rivals.statistics(table)
    statistics[FITTED] = judging.product_statistic(ours, table)
    statistics[PRIORS] = judging.product_statistic(said(prior_estimates(scale, RATE)), table)
    statistics[INFORMED] = judging.product_statistic(said(estimates, informed=True), table)
    shown = ours.history()
    return Result(
        name=case[1] if case[0] != SUM_SCORE else f"{case[1]} (sum score)",
        found={rule: {rate: judging.judge(table, s, rate) for rate in RATES} for rule, s in statistics.items()},
        regression=judging.false_alarms(table, shown),
        progression=judging.false_alarms(table, shown, "progression"),
        bands=judging.bands(ours, table),
        lone=judging.lone_declines_found(table, shown),
        fit_seconds=seconds,
        informed_differs=bool((statistics[INFORMED] != statistics[FITTED]).any()),
    )


def percent(value: float) -> str:
    """A share as a whole number of per cent, a dash where nobody could be asked."""
    return "-" if math.isnan(value) else f"{100 * value:.0f}"


def decimal(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.1f}"


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print one table: the first column to the left, figures to the right."""
    lines = [list(heads), *[list(row) for row in rows]]
    width = [max(len(line[k]) for line in lines) for k in range(len(heads))]
    print(f"\n  {title}")
    for line in lines:
        cells = [line[0].ljust(width[0])] + [cell.rjust(w) for cell, w in zip(line[1:], width[1:], strict=True)]
        print("    " + "  ".join(cells))


def print_found(results: Sequence[Result]) -> None:
    """Setbacks found, at both rates, by every rule; ours beside."""
    rules = (*OURS, "known filter", "RCI, both", "RCI, caseworker", "XmR", "Tau-U", "slope")
    lived = [r for r in results if r.setbacks]
    for rate in RATES:
        rows = [[r.name, str(r.setbacks), *[percent(r.share(rule, rate)) for rule in rules]] for r in lived]
        mean = [sum(r.share(rule, rate) for r in lived) / len(lived) for rule in rules]
        rows.append(["all", str(sum(r.setbacks for r in lived)), *[percent(m) for m in mean]])
        table(f"setbacks found, %, at {rate:g} false alarms per 100 years", ("world", "setbacks", *rules), rows)
    if not any(r.informed_differs for r in results):
        print("    (the informed prior changed nothing)")


def print_delays(results: Sequence[Result]) -> None:
    """How long it takes from the setback to the flag, and how many flags are right."""
    rules = (FITTED, "known filter", "RCI, both", "RCI, caseworker")
    figures: tuple[tuple[str, Callable[[Judged], str]], ...] = (
        ("rounds", lambda j: decimal(j.delay)),
        ("at once", lambda j: percent(j.at_once)),
        ("right", lambda j: percent(j.real)),
    )
    heads = ("world", *[f"{rule}: {what}" for rule in rules for what, _ in figures])
    rows = [
        [r.name, *[say(r.found[rule][RATE]) for rule in rules for _, say in figures]] for r in results if r.setbacks
    ]
    table(
        "rounds from setback to flag (of those found), % of setbacks flagged at once, % of flags right; at 10",
        heads,
        rows,
    )


def print_promises(results: Sequence[Result]) -> None:
    """Realised false alarms of the flags shown, and the bands."""
    rows = [
        [
            r.name,
            f"{r.regression.rate:.1f}",
            f"{r.regression.years:.0f}",
            f"{r.progression.rate:.1f}",
            f"{r.progression.years:.0f}",
            *[
                f"{100 * share:.1f}"
                for share in (r.bands.level, r.bands.change, r.bands.smoothed, r.bands.smoothed_change)
            ],
        ]
        for r in results
    ]
    heads = ("world", "regression", "years", "progression", "years", "level", "change", "smoothed", "its change")
    table("flags shown at 10 stated: false per 100 years; 90 % bands: % that hold the truth", heads, rows)
