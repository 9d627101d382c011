"""How good a rule is, on simulated citizens: found setbacks at a matched rate of false alarms.

A setback: a phase in which the true level was, on an assessment date after the first two rounds, at least one minimal
important change below where the phase began. Found: the rule fired in that phase on a date when at least half of that
had truly happened. A false alarm: a flag while less than half had, counted once per phase, over citizens who have no
setback on any day (contracts.md). Every rule gets the threshold that gives the same rate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from progression.analysis.analyse import Analysis
from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.looks import MIC_SHARE
from progression.analysis.rivals import NEVER_FIRES, evidence
from progression.analysis.scene import Scene, scene
from progression.analysis.trials import Trial
from progression.analysis.values import Flag

BAND = 1.645  # half width of the 90 % band in sd
MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule at one rate: the share of setbacks it found, its threshold, the share of its flags that were real.

    `delay`: rounds from the one at which the setback was first there to the flag, mean over those found (a flag may
    come before). `at_once`: share of all setbacks flagged at that round or before.
    """

    sensitivity: float
    threshold: float
    real: float
    setbacks: int
    delay: float = float("nan")
    at_once: float = float("nan")


@dataclass(frozen=True, slots=True)
class Bands:
    """Shares of 90 % bands that hold the truth: level and change by what was known that day, and the smoothed curve's;
    after the first two rounds. `looks`: how many."""

    level: float
    change: float
    smoothed: float
    smoothed_change: float
    looks: int


@dataclass(frozen=True, slots=True)
class Alarms:
    """False alarms among people to whom it did not happen: `rate` per 100 of their `years`, from `count` phases."""

    count: int
    years: float

    @property
    def rate(self) -> float:
        """Per 100 citizen-years; NaN where there is nobody."""
        return 100 * self.count / self.years if self.years else float("nan")


def filter_statistic(trial: Trial) -> Floats:
    """Fall in units of its sd per step, minus infinity where the floor under the change is not reached."""
    looks, scale = trial.looks, trial.simulated.cohort.scale
    fall = -scale.better * looks.change
    enough = fall >= scale.minimal_important_change / MIC_SHARE
    return np.where(enough, looks.evidence, NEVER_FIRES)


def judge_rule(trial: Trial, statistic: Floats, rate: float = 10.0, threshold: float | None = None) -> Judged:
    """Return what a rule finds, by its statistic per step of the trial; see `judge`."""
    table, step = scene(trial.simulated), trial.basis.step
    rows = np.full(len(table.who), NEVER_FIRES)
    np.maximum.at(rows, table.at(step.who, step.day), np.where(trial.looks.look, statistic, NEVER_FIRES))
    return judge(table, rows, rate, threshold)


def product_statistic(analysis: Analysis, table: Scene) -> Floats:
    """Return what the product says per row of the table, as `trajectories --causal` prints it."""
    scale = table.simulated.cohort.scale
    where, figures = _rows(analysis, table, causal=True)
    out = np.full(len(table.who), NEVER_FIRES)
    out[where] = evidence(-scale.better * figures[:, 2], figures[:, 3], scale.minimal_important_change)
    return out


def judge(table: Scene, statistic: Floats, rate: float = 10.0, threshold: float | None = None) -> Judged:
    """Return what a rule finds at so many false alarms per 100 citizen-years, or at a given threshold.

    `statistic`: one per row of the table, the higher the more like a setback. Where several phases share the value at
    which the allowed false alarms run out (rules on whole steps), the share found there is counted in proportion.
    """
    simulated, phase = table.simulated, table.phase
    mic, phases = simulated.cohort.scale.minimal_important_change, len(simulated.phases.who)
    half = table.judged & (table.fallen >= mic / 2)
    false = _most(statistic, phase, table.judged & (table.fallen < mic / 2), phases)
    true = _most(statistic, phase, half, phases)
    setback = np.zeros(phases, dtype=bool)
    setback[phase[table.judged & (table.fallen >= mic)]] = True
    if not setback.any():
        return Judged(float("nan"), float("nan") if threshold is None else threshold, float("nan"), 0)
    years, steady = float(simulated.years[~simulated.fell].sum()), ~simulated.fell[simulated.phases.who]
    if threshold is None:
        threshold, tied, share = _threshold(false[steady], rate, years)
        found = float((true[setback] >= threshold).mean()) + share * float((true[setback] == tied).mean())
    else:
        found = float((true[setback] >= threshold).mean())
    real = int((true >= threshold).sum())
    flagged = real + int(((false >= threshold) & ~(true >= threshold)).sum())
    delay = _delays(table, half & (statistic >= threshold), table.judged & (table.fallen >= mic))
    return Judged(
        found,
        threshold,
        real / flagged if flagged else float("nan"),
        int(setback.sum()),
        float(delay.mean()) if len(delay) else float("nan"),
        float((delay <= 0).sum() / setback.sum()),
    )


def _most(statistic: Floats, phase: Ints, where: Bools, phases: int) -> Floats:
    best = np.full(phases, NEVER_FIRES)
    np.maximum.at(best, phase[where], statistic[where])
    return best


def _threshold(best: Floats, rate: float, years: float) -> tuple[float, float, float]:
    """The smallest value that no more than the allowed number of phases reach; the next value below it, and the share
    of the phases there that would still be allowed. Never so low that a rule fires on nothing."""
    ordered = np.sort(best)[::-1]
    allowed = int(rate / 100 * years)
    finite = ordered[np.isfinite(ordered)]
    if allowed >= len(finite):
        return (float(finite[-1]) if len(finite) else np.inf), np.nan, 0.0
    tied = float(ordered[allowed])
    above, here = int((ordered > tied).sum()), int((ordered == tied).sum())
    return float(np.nextafter(tied, np.inf)), tied, (allowed - above) / here


def _delays(table: Scene, flagged: Bools, there: Bools) -> Ints:
    """Rounds from a phase's first setback row to its first flagged one, of phases that have both."""
    phases = len(table.simulated.phases.who)
    never = np.iinfo(np.int64).max
    first = np.full((2, phases), never, dtype=np.int64)
    for k, where in enumerate((there, flagged)):
        np.minimum.at(first[k], table.phase[where], table.round[where])
    both = (first < never).all(axis=0)
    out: Ints = first[1, both] - first[0, both]
    return out


def false_alarms(table: Scene, flags: Iterable[Flag], kind: str = "regression") -> Alarms:
    """Count flags of a kind (regression or progression) about people to whom it did not happen, once per phase.

    Whole scale and indicators together; an indicator's flag is judged by that indicator's own true level.
    """
    simulated, scale = table.simulated, table.simulated.cohort.scale
    sign = 1 if kind == "regression" else -1
    spared = ~(simulated.fell if kind == "regression" else simulated.rose)
    wrong = set()
    for flag in flags:
        who = simulated.cohort.index[flag.citizen]
        if flag.kind != kind or not spared[who]:
            continue
        if sign * _fallen(table, flag) < scale.minimal_important_change / 2:
            wrong.add((who, flag.phase.start))
    return Alarms(len(wrong), float(simulated.years[spared].sum()))


def _fallen(table: Scene, flag: Flag) -> float:
    """How far the truth had fallen on the flag's day since the phase began."""
    simulated, scale = table.simulated, table.simulated.cohort.scale
    who = np.array([simulated.cohort.index[flag.citizen]])
    days = [np.array([day.toordinal()]) for day in (flag.phase.start, flag.raised_on)]
    if flag.indicator is None:
        before, now = (simulated.truth(who, day) for day in days)
    else:
        item = scale.indicators.index(scale.indicator(flag.indicator))
        before, now = (simulated.item_truth(who, day, item) for day in days)
    return float(scale.better * (before - now)[0])


def lone_declines_found(table: Scene, flags: Iterable[Flag]) -> tuple[float, float, int]:
    """Of citizens in whom one item alone falls by a step or more: the share about whom that indicator was flagged in
    the phase of the fall or later after half of it, the share with any regression flag then, and how many there are.

    Citizens count who were assessed at least twice after the fall was complete.
    """
    simulated, lone = table.simulated, table.simulated.lone
    if lone is None:
        return float("nan"), float("nan"), 0
    opened, codes = simulated.cohort.opened, [i.code for i in simulated.cohort.scale.indicators]
    everybody = np.arange(len(lone.item))
    gone = lone.fallen(table.who, table.day - opened[table.who]) >= lone.size[table.who]
    after = np.bincount(table.who[gone & (lone.item[table.who] >= 0)], minlength=len(everybody))
    counted = set(everybody[(lone.item >= 0) & (after >= 2)].tolist())
    right, some = set(), set()
    for flag in flags:
        who = simulated.cohort.index[flag.citizen]
        if flag.kind != "regression" or who not in counted:
            continue
        day = np.array([flag.raised_on.toordinal()]) - opened[who]
        if lone.fallen(np.array([who]), day)[0] >= lone.size[who] / 2:
            some.add(who)
            if flag.indicator == codes[lone.item[who]]:
                right.add(who)
    count = len(counted)
    return (len(right) / count, len(some) / count, count) if count else (float("nan"), float("nan"), 0)


def bands(analysis: Analysis, table: Scene) -> Bands:
    """Return how often the 90 % bands hold the truth, as `trajectories` prints them, causal and smoothed."""
    found: list[float] = []
    looks = 0
    for causal in (True, False):
        where, figures = _rows(analysis, table, causal)
        level, sd, change, change_sd, begin = figures.T
        who, day = table.who[where], table.day[where]
        now, then = table.simulated.truth(who, day), table.simulated.truth(who, begin.astype(np.int64))
        ok = table.judged[where]
        for error, width in ((level - now, sd), (change - (now - then), change_sd)):
            found.append(float((np.abs(error) <= BAND * width + 1e-9)[ok].mean()))
        looks = int(ok.sum())
    return Bands(found[0], found[1], found[2], found[3], looks)


def _rows(analysis: Analysis, table: Scene, causal: bool) -> tuple[Ints, Floats]:
    """Rows of the table that `trajectories` prints, with level, sd, change, its sd and the phase's first day."""
    cohort = table.simulated.cohort
    rows = list(analysis.rows(causal))
    who = np.array([cohort.index[r.citizen] for r in rows], dtype=np.int64)
    day = np.array([r.day.toordinal() for r in rows], dtype=np.int64)
    figures = np.array([(r.level, r.level_sd, r.change, r.change_sd, r.phase_start.toordinal()) for r in rows])
    return table.at(who, day), figures.reshape(-1, 5)


def improvers_called_stagnant(table: Scene, flags: Iterable[Flag]) -> tuple[float, int]:
    """Return the share of true improvers' phases ever called stagnant, and how many phases these are.

    A true improver's phase rose on the average by at least one minimal important change in six months from its start to
    its last assessment, and that came five months or more after the start, or nothing could have been said.
    """
    simulated, asked = table.simulated, table.judged & (table.day - table.begin >= 5 * MONTH)
    last = np.full(len(simulated.phases.who), -1, dtype=np.int64)
    np.maximum.at(last, table.phase[asked], np.flatnonzero(asked))
    row = last[last >= 0]
    needed = simulated.cohort.scale.minimal_important_change * (table.day[row] - table.begin[row]) / (6 * MONTH)
    phase = table.phase[row[-table.fallen[row] >= needed]]
    called = np.isfinite(_stagnant_since(table, flags))[phase]
    return (float(called.mean()) if len(phase) else float("nan")), len(phase)


def flat_found(table: Scene, flags: Iterable[Flag], months: float) -> tuple[float, int]:
    """Return the share of phases called stagnant by the assessment nearest so many months into them, of phases with an
    assessment within six weeks of that, and their number. In a world that stands still this is what is found."""
    since = _stagnant_since(table, flags)
    into = (table.day - table.begin) / MONTH
    near = np.abs(into - months) <= 1.5
    asked = np.zeros(len(since), dtype=bool)
    asked[table.phase[near & table.judged]] = True
    found = since[asked] <= months + 1.5
    return (float(found.mean()) if asked.any() else float("nan")), int(asked.sum())


def _stagnant_since(table: Scene, flags: Iterable[Flag]) -> Floats:
    """Months into each phase when it was first called stagnant, infinite where it never was."""
    simulated = table.simulated
    first = np.full(len(simulated.phases.who), np.inf)
    called = [f for f in flags if f.kind == "stagnation" and f.indicator is None]
    who = np.array([simulated.cohort.index[f.citizen] for f in called], dtype=np.int64)
    day = np.array([f.raised_on.toordinal() for f in called], dtype=np.int64)
    if len(called):
        row = table.at(who, day)
        np.minimum.at(first, table.phase[row], (day - table.begin[row]) / MONTH)
    return first
