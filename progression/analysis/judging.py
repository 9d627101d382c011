"""How good a rule is, on simulated citizens: found setbacks at a matched rate of false alarms.

A setback: a phase in which the true level was, on an assessment date after the first two rounds, at least one minimal
important change below where the phase began. Found: the rule fired in that phase on a date when at least half of that
had truly happened. A false alarm: see `calibrate`. Every rule gets the threshold that gives the same rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import Bools, Floats
from progression.analysis.looks import MIC_SHARE, QUIET_ROUNDS
from progression.analysis.trials import Trial

NEVER_FIRES = -np.inf


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule at one rate: the share of setbacks it found, its threshold, the share of its flags that were real."""

    sensitivity: float
    threshold: float
    real: float
    setbacks: int


def filter_statistic(trial: Trial) -> Floats:
    """Fall in units of its sd per step, minus infinity where the floor under the change is not reached."""
    looks, scale = trial.looks, trial.simulated.cohort.scale
    fall = -scale.better * looks.change
    enough = fall >= scale.minimal_important_change / MIC_SHARE
    return np.where(enough, looks.evidence, NEVER_FIRES)


def rci_statistic(trial: Trial, both: bool) -> Floats:
    """Fall since the assessment nearest the phase's start, per step: the reliable change index but for its constant sd
    (Jacobson & Truax 1991), of the caseworker's answers or of both raters' mean."""
    step, known, basis = trial.basis.step, trial.basis.known, trial.basis
    scale = trial.simulated.cohort.scale
    value = np.where(np.isfinite(step.noise), step.value, np.nan)
    out = np.full(len(step.who), NEVER_FIRES)
    begin = np.append(basis.phases.start, 0)[known.phase]
    for who in range(len(step.bounds) - 1):
        first, last = int(step.bounds[who]), int(step.bounds[who + 1])
        days, values = step.day[first:last], value[first:last]
        for at in range(first, last):
            falls = []
            for side in (0, 1) if both else (0,):
                known_days = np.flatnonzero(~np.isnan(values[: at - first + 1, side]))
                if not len(known_days) or known_days[-1] != at - first:
                    continue
                base = known_days[np.argmin(np.abs(days[known_days] - begin[at]))]
                falls.append(-scale.better * (values[at - first, side] - values[base, side]))
            if falls:
                out[at] = float(np.mean(falls))
    return out


def judge_rule(trial: Trial, statistic: Floats, rate: float = 10.0, threshold: float | None = None) -> Judged:
    """Return what a rule finds at so many false alarms per 100 citizen-years, or at a given threshold."""
    simulated, basis = trial.simulated, trial.basis
    step, phase, scale = basis.step, basis.known.phase, simulated.cohort.scale
    ok = trial.looks.look & (trial.looks.rounds > QUIET_ROUNDS)
    fallen = np.zeros(len(step.who))
    start = np.append(basis.phases.start, 0)[phase]
    fallen[ok] = -scale.better * (
        simulated.truth(step.who[ok], step.day[ok]) - simulated.truth(step.who[ok], start[ok])
    )
    mic = scale.minimal_important_change
    phases = len(basis.phases.who)
    steady = ~simulated.fell[basis.phases.who]
    false = _most(statistic, phase, ok & (fallen < mic / 2), phases)
    true = _most(statistic, phase, ok & (fallen >= mic / 2), phases)
    setback = np.zeros(phases, dtype=bool)
    setback[phase[ok & (fallen >= mic)]] = True
    years = float(simulated.years[~simulated.fell].sum())
    if threshold is None:
        threshold = _threshold(false[steady], rate, years)
    found = true[setback] >= threshold
    wrong = (false >= threshold) & ~(true >= threshold)
    flagged = int((true >= threshold).sum()) + int(wrong.sum())
    return Judged(
        float(found.mean()) if len(found) else float("nan"),
        threshold,
        float((true >= threshold).sum()) / flagged if flagged else float("nan"),
        int(setback.sum()),
    )


def _most(statistic: Floats, phase: np.ndarray, where: Bools, phases: int) -> Floats:
    best = np.full(phases, NEVER_FIRES)
    np.maximum.at(best, phase[where], statistic[where])
    return best


def _threshold(best: Floats, rate: float, years: float) -> float:
    """The smallest value that so many phases at most exceed; never so low that a rule fires on nothing."""
    ordered = np.sort(best)[::-1]
    allowed = int(rate / 100 * years)
    finite = ordered[np.isfinite(ordered)]
    if allowed >= len(finite):
        return float(finite[-1]) if len(finite) else np.inf
    return float(np.nextafter(ordered[allowed], np.inf))


def realised(trial: Trial, c: float) -> float:
    """False regression alarms per 100 citizen-years at a threshold, over citizens whose level does not fall."""
    return trial.rate(c, -1, ~trial.simulated.fell)


def coverage(trial: Trial) -> float:
    """The share of changes whose 90 % interval holds the truth, over looks after the first two rounds."""
    basis, looks, simulated = trial.basis, trial.looks, trial.simulated
    ok = looks.look & (looks.rounds > QUIET_ROUNDS)
    step, start = basis.step, np.append(basis.phases.start, 0)[basis.known.phase]
    true = simulated.truth(step.who[ok], step.day[ok]) - simulated.truth(step.who[ok], start[ok])
    inside = np.abs(looks.change[ok] - true) <= 1.645 * looks.change_sd[ok] + 1e-9
    return float(inside.mean())
