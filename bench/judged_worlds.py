"""One simulated cohort judged by every rule, and the tables in which that is printed."""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from progression.analysis import judging, rivals
from progression.analysis.analyse import Analysis, analyse
from progression.analysis.cohort import Cohort
from progression.analysis.estimates import prior_estimates
from progression.analysis.fit import fit
from progression.analysis.judging import Alarms, Bands, Judged
from progression.analysis.scene import scene
from progression.analysis.settings import Settings
from progression.analysis.simulate import simulate
from progression.analysis.values import Estimates
from progression.analysis.worlds import worlds
from progression.scales.library import builtin

RATES = (5.0, 10.0)
RATE = 10.0
FITTED, PRIORS, INFORMED = "fitted", "priors", "informed"
OURS = (FITTED, PRIORS, INFORMED)
BOUNDED = ("floor", "ceiling", "careless raters", "missing items")  # where means are the wrong summary
SAME, BETTER = 0.98, 1.05  # goals: share of what the filter that knows the variances finds
OFF, WIDE = 0.25, 0.02  # goals: realised rates and bands are off by no more
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

    def times(self, rule: str, rate: float = RATE) -> float:
        """What we find, in shares of what a rule finds."""
        return self.share(FITTED, rate) / self.share(rule, rate)


def fitted(cohort: Cohort, as_of: int, rate: float = RATE) -> Estimates:
    """Estimates of this cohort, as a municipality would adopt them."""
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


def mark(value: float, good: bool) -> str:
    """A ratio and whether it reaches its goal."""
    return f"{value:.2f} {'✓' if good else '✗'}"


def print_found(results: Sequence[Result]) -> None:
    """Setbacks found, at both rates, by every rule, and ours in shares of theirs."""
    rules = (*OURS, "known filter", "RCI, both", "RCI, caseworker", "XmR", "Tau-U", "slope")
    heads = ("world", "setbacks", *rules, "fitted/known", "fitted/RCI both")
    lived = [r for r in results if r.setbacks]
    for rate in RATES:
        rows = []
        for r in lived:
            known, both = r.times("known filter", rate), r.times("RCI, both", rate)
            ratios = [mark(known, known >= (BETTER if r.name in BOUNDED else SAME)), mark(both, both > 1)]
            rows.append([r.name, str(r.setbacks), *[percent(r.share(rule, rate)) for rule in rules], *ratios])
        mean = {rule: sum(r.share(rule, rate) for r in lived) / len(lived) for rule in rules}
        ours = mean[FITTED]
        ratios = [
            f"{ours / mean['known filter']:.2f}  ",
            mark(ours / mean["RCI, both"], ours >= 1.3 * mean["RCI, both"]),
        ]
        rows.append(["all", str(sum(r.setbacks for r in lived)), *[percent(m) for m in mean.values()], *ratios])
        table(f"setbacks found, %, each rule at {rate:g} false alarms per 100 citizen-years", heads, rows)
    if not any(r.informed_differs for r in results):
        print("    (the informed prior changed nothing)")


def print_delays(results: Sequence[Result]) -> None:
    """How long it takes from the setback to the flag, and how many flags are right."""
    rules = {FITTED: "ours", "known filter": "known", "RCI, both": "RCI both", "RCI, caseworker": "RCI cw"}
    figures: tuple[tuple[str, Callable[[Judged], str]], ...] = (
        ("rounds", lambda j: decimal(j.delay)),
        ("at once", lambda j: percent(j.at_once)),
        ("right", lambda j: percent(j.real)),
    )
    heads = ("world", *[f"{short}: {what}" for what, _ in figures for short in rules.values()])
    rows = [
        [r.name, *[say(r.found[rule][RATE]) for _, say in figures for rule in rules]] for r in results if r.setbacks
    ]
    table(
        "rounds from setback to flag (of those found), % of setbacks flagged at once, % of flags right; at 10",
        heads,
        rows,
    )


def print_promises(results: Sequence[Result]) -> None:
    """Realised false alarms of the flags shown, and the bands."""

    def rate(alarms: Alarms) -> str:
        return f"{alarms.rate:.1f} {'✓' if abs(alarms.rate / RATE - 1) <= OFF else '✗'}"

    def held(share: float) -> str:
        return f"{100 * share:.1f} {'✓' if abs(share - 0.9) <= WIDE else '✗'}"

    rows = [
        [
            r.name,
            rate(r.regression),
            f"{r.regression.years:.0f}",
            rate(r.progression),
            f"{r.progression.years:.0f}",
            *[held(share) for share in (r.bands.level, r.bands.change, r.bands.smoothed, r.bands.smoothed_change)],
            str(r.bands.looks),
        ]
        for r in results
    ]
    heads = ("world", "regression", "years", "progression", "years", "level", "change", "curve", "its change", "looks")
    table("flags shown at 10 stated: false per 100 citizen-years; 90 % bands: % that hold the truth", heads, rows)
