"""Thresholds and bands for given estimates: a cohort's own course lived again by people whose truth is known.

The stated rate is of false alarms among people whose level does not fall (contracts.md): flags raised while the true
level is less than half a minimal important change below the phase's start, in lives as varied as the estimates say,
over those who never have a setback (a whole minimal important change). Thresholds per rate, whole scale and indicators
together; the factor of stagnation from people who truly improve; bands so that nine in ten hold the truth. A second set
of lives says what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from progression.analysis.cohort import Cohort, Floats
from progression.analysis.disagreement import gap_threshold
from progression.analysis.indicators import FALL, RISE
from progression.analysis.looks import HALF_YEAR, MIC_SHARE, Basis, bounds, judge, prepare
from progression.analysis.part import part_of
from progression.analysis.phasing import keys
from progression.analysis.replay import CourseOf, Lived, Replay, followed, live
from progression.analysis.smoother import smooth
from progression.analysis.spending import Spending
from progression.analysis.values import Estimates

SEED = 20_261_122
ONE_SIDED = 1.645  # upper 95 % limit, half width of a 90 % band
ERROR = 0.05  # share of true improvers' phases that may ever be called stagnant
ENOUGH = 9_000.0  # citizen-years of lives: a rate of 2 per 100 is then known to about a tenth
LEAST_YEARS = 400.0  # of people without a setback; with fewer the thresholds come from people who stand still
MOST = 8  # times a small cohort's course is lived
RATES = (2.0, 5.0, 10.0, 20.0)


def calibrated(part: Cohort, fitted: Estimates, tell: Callable[[float], None], enough: float = ENOUGH) -> Estimates:
    """Return the estimates with thresholds, bands and what simulation said about every rate.

    `part`: the citizens whose course is lived again, as often as makes `enough` citizen-years. `tell` is told 0-1, and
    may stop the work by raising.
    """
    rng = np.random.default_rng(SEED)
    tell(0.0)
    as_of = int(part.day.max())
    plain = replace(fitted, parameters=_without_bands(fitted.parameters))
    basis = prepare(_enough(part, as_of, enough), plain, as_of)
    tell(0.15)
    first = _seen(live(basis, plain.parameters, rng), basis, plain, keep=True)
    tell(0.35)
    banded = replace(plain, parameters=plain.parameters | _bands(first))
    first = _seen(first.simulated, basis, banded)
    tell(0.5)
    second = _again(basis, banded, rng)
    tell(0.65)
    improving = _again(basis, banded, rng, "improving")
    tell(0.8)
    if _steady_years(first) < LEAST_YEARS:  # in lives this long nearly everybody has a setback once
        one, other = (_again(basis, banded, rng, "still") for _ in range(2))
        rates = _rates(one, other, second)
    else:
        rates = _rates(first, second, second)
    tell(1.0)
    found = banded.parameters | {"z_stagnation": stagnation_factor(improving)}
    return replace(banded, parameters=found, rates=rates).at_rate(fitted.false_alarms_per_100_years)


def _without_bands(parameters: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in parameters.items() if not name.startswith("band.")}


def _enough(part: Cohort, as_of: int, enough: float) -> Cohort:
    """The cohort as often as gives so many years."""
    years = float(followed(part, as_of).sum())
    copies = min(MOST, max(1, round(enough / max(years, 1.0))))
    return part_of(part, np.arange(len(part.citizens)), copies) if copies > 1 else part


def _again(basis: Basis, estimates: Estimates, rng: np.random.Generator, course: CourseOf = "estimated") -> Replay:
    return _seen(live(basis, estimates.parameters, rng, course), basis, estimates)


def _seen(lived: Lived, basis: Basis, estimates: Estimates, keep: bool = False) -> Replay:
    seen = prepare(lived.cohort, estimates, basis.as_of, bridge_days=basis.bridge_days, keep=keep)
    return Replay(lived, seen, judge(seen))


def _bands(found: Replay) -> dict[str, float]:
    """Factors on the standard deviations of level and change: the larger of what looks and the curve need, so that both
    hold and the curve ends where the last look does."""
    basis, ok, lived = found.basis, found.judged, found.simulated
    now, back = basis.filtered, smooth(basis.step, basis.move, basis.filtered, bounds(lived.cohort.scale))
    final = np.searchsorted(basis.phases.key, keys(basis.step.who, basis.step.day), side="right") - 1
    since = lived.level - np.append(lived.start, np.nan)[final]
    known = lived.cohort.scale.better * found.moved
    level = [(now.level - lived.level, now.level_var), (back.level - lived.level, back.level_var)]
    change = [(now.change - known, now.change_var), (back.change - since, back.change_var)]
    return {
        f"band.{name}": max(_factor(off[ok], var[ok]) for off, var in pairs)
        for name, pairs in (("level", level), ("change", change))
    }


def _factor(off: Floats, var: Floats) -> float:
    """The factor at which nine in ten deviations lie within the 90 % band."""
    sd = np.sqrt(np.maximum(var, 1e-12))
    known = np.isfinite(off)
    if not known.any():
        return 1.0
    return round(float(np.quantile(np.abs(off[known]) / sd[known], 0.9)) / ONE_SIDED, 4)


def _steady_years(found: Replay) -> float:
    """Years of people without a setback, or without its mirror: the fewer of the two."""
    lived = found.simulated
    return min(float(lived.years[~lived.fell].sum()), float(lived.years[~lived.rose].sum()))


def _rates(first: Replay, second: Replay, lived: Replay) -> dict[str, dict[str, float]]:
    """Thresholds from the first lives, what people of the second got with them, and what is found among the lived."""
    falls, rises = (Spending.of(first, people) for people in (~first.simulated.fell, ~first.simulated.rose))
    fallen, risen = (Spending.of(second, people) for people in (~second.simulated.fell, ~second.simulated.rose))
    gap = gap_threshold(first)
    out: dict[str, dict[str, float]] = {}
    for rate in RATES:
        # one threshold serves both directions: the one with which neither spends too much
        c_indicator = round(max(falls.share(rate, FALL), rises.share(rate, RISE)), 4)
        c_regression = round(falls.rest(rate, c_indicator, FALL), 4)
        c_progression = round(rises.rest(rate, c_indicator, RISE), 4)
        found, real = _found(lived, c_regression)
        out[f"{rate:g}"] = {
            "c_regression": c_regression,
            "c_progression": c_progression,
            "c_indicator": c_indicator,
            "c_gap": gap,
            "found": round(found, 3),
            "real": round(real, 3),
            "realised_regression": round(fallen.realised(c_regression, c_indicator, FALL), 2),
            "realised_progression": round(risen.realised(c_progression, c_indicator, RISE), 2),
        }
    return out


def _found(lived: Replay, c: float) -> tuple[float, float]:
    """The share of setbacks found at a threshold, and of regression flags that were right, whole scale."""
    looks, basis, mic = lived.looks, lived.basis, lived.simulated.cohort.scale.minimal_important_change
    phase, phases = basis.known.phase, len(basis.phases.who)
    fallen = np.where(lived.judged, -lived.moved, 0.0)
    enough = -basis.cohort.scale.better * looks.change >= mic / MIC_SHARE
    raised = lived.judged & (looks.evidence >= c) & enough
    setback, true, flagged = (np.zeros(phases, dtype=bool) for _ in range(3))
    setback[phase[fallen >= mic]] = True
    true[phase[raised & (fallen >= mic / 2)]] = True
    flagged[phase[raised]] = True
    share = float((true & setback).sum()) / max(int(setback.sum()), 1)
    return share, float(true.sum()) / max(int(flagged.sum()), 1)


def stagnation_factor(found: Replay) -> float:
    """The factor at which at most 5 % of true improvers' phases are ever called stagnant; 1.645 at least."""
    looks, scale = found.looks, found.simulated.cohort.scale
    asked = np.flatnonzero(~np.isnan(looks.rate))
    if not len(asked):
        return ONE_SIDED
    bar = scale.minimal_important_change / HALF_YEAR
    worst = np.full(len(found.basis.phases.who), -np.inf)
    crossing = (bar - scale.better * looks.rate[asked]) / looks.rate_sd[asked]
    np.maximum.at(worst, found.basis.known.phase[asked], crossing)
    return round(max(ONE_SIDED, float(np.quantile(worst[np.isfinite(worst)], 1 - ERROR))), 4)
