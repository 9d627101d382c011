"""When a caseworker and a citizen come to differ more than this pair usually does (measurement.md): not an alarm.

Gap = the caseworker's whole-scale value less the citizen's, of the first answers of each in a round. What is usual is
estimated from the pair's earlier rounds, drawn towards no gap while they are few; another caseworker, or another way of
asking, makes another pair. A gap has opened where it lies a margin of c_gap standard deviations (at least a third of
the minimal important change) from the usual one, is larger than that, and is no smaller than the margin itself; the
condition holds when it did so in two rounds running, in the same direction. Rounds that have opened do not count as
usual; one that stood alone does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from progression.analysis.cohort import Floats, Ints
from progression.analysis.deviations import step_places
from progression.analysis.looks import MIC_SHARE, QUIET_ROUNDS, Basis, Looks
from progression.analysis.moves import YEAR
from progression.analysis.phasing import keys
from progression.analysis.steps import ranks
from progression.analysis.values import Estimates

DEFAULT_C = 1.6  # serves until a rate was calibrated
PER_100_YEARS = 2.0  # of these flags where nothing opens
USUAL_ROUNDS = 2  # earlier rounds of the pair: fewer show nothing usual
RUNNING = 2  # rounds running in which the gap has opened
FINEST = 0.02  # to which c_gap is calibrated


@dataclass(frozen=True, slots=True)
class Gaps:
    """Rounds in which both answered (G,), sorted by citizen and day; `bounds` (citizens + 1) cuts them by citizen.

    `step`: the last step of the day on which both had answered. `caseworker`, `citizen`: their values. `noise`:
    variance of their difference. `pair`: changes where another pair begins.
    """

    step: Ints
    caseworker: Floats
    citizen: Floats
    noise: Floats
    pair: Ints
    bounds: Ints

    @property
    def gap(self) -> Floats:
        """Caseworker's value less the citizen's."""
        return self.caseworker - self.citizen


@dataclass(frozen=True, slots=True)
class Opened:
    """What was usual for the pair before each round (G,): gap, its variance, rounds it rests on; how many rounds
    running the gap has opened by then; the gap of the round before (NaN = none)."""

    usual: Floats
    usual_var: Floats
    earlier: Ints
    running: Ints
    previous: Floats


@dataclass(frozen=True, slots=True)
class Openings:
    """Steps at which the condition holds (R,), the gap each rests on, and the figures of all gaps."""

    step: Ints
    at: Ints
    gaps: Gaps
    opened: Opened

    def of(self, step: Ints) -> Ints:
        """Return the gaps that these steps rest on (each must hold)."""
        result: Ints = np.append(self.at, -1)[np.searchsorted(self.step, step)]
        return result


def threshold(estimates: Estimates) -> float:
    """Return c_gap of the rate in force."""
    row: Mapping[str, float] = estimates.rates.get(f"{estimates.false_alarms_per_100_years:g}", {})
    return float(row.get("c_gap", DEFAULT_C))


def judge(basis: Basis, looks: Looks) -> Openings:
    """Return at which looks a gap has opened: in the phase in which it did, until the next round says otherwise."""
    gaps = find_gaps(basis)
    opened = follow(gaps, *_sizes(basis, threshold(basis.estimates)))
    step, at = _holding(basis, looks, gaps, opened)
    return Openings(step, at, gaps, opened)


def find_gaps(basis: Basis) -> Gaps:
    """Return the rounds in which both raters gave a number."""
    seen, step = basis.seen, basis.step
    place = step_places(seen)
    key = keys(seen.who, step.round[place])
    first = [_first(key, np.flatnonzero(seen.rater == side)) for side in (0, 1)]
    _, mine, theirs = np.intersect1d(key[first[0]], key[first[1]], assume_unique=True, return_indices=True)
    own, other = first[0][mine], first[1][theirs]
    later = np.maximum(place[own], place[other])
    last = np.searchsorted(keys(step.who, step.day), keys(step.who[later], step.day[later]), side="right") - 1
    redrawn = np.cumsum(step.redraw, axis=0)
    years = np.abs(seen.day[own] - seen.day[other]) / YEAR
    moved = basis.sizes.wander * years + (basis.sizes.drift_sd * years) ** 2
    return Gaps(
        step=last.astype(np.int64),
        caseworker=seen.value[own],
        citizen=seen.value[other],
        noise=seen.noise[own] + seen.noise[other] + moved,
        pair=redrawn[place[own], 0] + redrawn[place[other], 1],
        bounds=np.searchsorted(step.who[last], np.arange(len(step.bounds))).astype(np.int64),
    )


def _first(key: Ints, rows: Ints) -> Ints:
    """The first of these rows for each key, in order."""
    found: Ints = rows[np.unique(key[rows], return_index=True)[1]]
    return found


def follow(gaps: Gaps, prior_var: float, c: float, least: float) -> Opened:
    """Walk every pair through its rounds. `prior_var`: variance of usual gaps between pairs. `least`: of a margin."""
    order, alive = ranks(gaps.bounds)
    begin, people = gaps.bounds[order], int(alive[0]) if len(alive) else 0
    weight, total, count, running, sign, held_weight, held_total, before = np.zeros((8, people))
    out = np.zeros((5, len(gaps.step)))
    for k, n in enumerate(alive.tolist()):
        at = begin[:n] + k
        fresh = np.ones(n, dtype=bool) if k == 0 else gaps.pair[at] != gaps.pair[at - 1]
        for state in (total, count, running, sign, held_weight, held_total):
            state[:n][fresh] = 0.0
        weight[:n][fresh] = 1.0 / prior_var
        before[:n][fresh] = np.nan
        gap, exact = gaps.gap[at], 1.0 / gaps.noise[at]
        usual, var = total[:n] / weight[:n], 1.0 / weight[:n]
        off = gap - usual
        margin = np.maximum(least, c * np.sqrt(var + gaps.noise[at]))
        far = (np.abs(off) >= margin) & (np.abs(gap) >= margin) & (np.abs(gap) > np.abs(usual))
        wide = far & (count[:n] >= USUAL_ROUNDS)
        again = wide & (running[:n] > 0) & (sign[:n] == np.sign(off))
        # a round that stood alone was the pair's usual after all; so it is when the next goes the other way
        alone = ~again & (running[:n] == 1)
        weight[:n] += np.where(alone, held_weight[:n], 0.0) + np.where(wide, 0.0, exact)
        total[:n] += np.where(alone, held_total[:n], 0.0) + np.where(wide, 0.0, exact * gap)
        count[:n] += alone.astype(np.float64) + ~wide
        out[:, at] = usual, var, count[:n] - alone - ~wide, np.where(again, running[:n] + 1, wide), before[:n]
        running[:n], sign[:n] = out[3, at], np.sign(off)
        held_weight[:n], held_total[:n], before[:n] = exact, exact * gap, gap
    return Opened(out[0], out[1], out[2].astype(np.int64), out[3].astype(np.int64), out[4])


def _sizes(basis: Basis, c: float) -> tuple[float, float, float]:
    """The sizes `follow` asks for."""
    least = basis.cohort.scale.minimal_important_change / MIC_SHARE
    return basis.sizes.caseworker_sd**2 + basis.sizes.citizen_sd**2, c, least


def _holding(basis: Basis, looks: Looks, gaps: Gaps, opened: Opened) -> tuple[Ints, Ints]:
    """Steps at which an open gap holds, and which gap each rests on."""
    step, phase = basis.step, basis.known.phase
    if not len(gaps.step):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    look = np.flatnonzero(looks.look & (looks.rounds > QUIET_ROUNDS))
    at = np.searchsorted(gaps.step, look, side="right") - 1
    # the round in which the run reached two: the gap opened in that round's phase
    place = np.arange(len(gaps.step))
    opening = place - np.maximum(opened.running - RUNNING, 0)
    redrawn = np.cumsum(step.redraw.any(axis=1))
    holds = (at >= 0) & (step.who[gaps.step[at]] == step.who[look]) & (opened.running[at] >= RUNNING)
    holds &= phase[gaps.step[opening[at]]] == phase[look]
    holds &= redrawn[gaps.step[at]] == redrawn[look]
    return look[holds], at[holds]


class Followed(Protocol):
    """Simulated people: years each was followed, per citizen."""

    @property
    def years(self) -> Floats: ...


class TrialLike(Protocol):
    """A simulated cohort and what the filter said about it (`trials.Trial`, `replay.Replay`)."""

    @property
    def simulated(self) -> Followed: ...

    @property
    def basis(self) -> Basis: ...

    @property
    def looks(self) -> Looks: ...


def gap_threshold(found: TrialLike, per_100_years: float = PER_100_YEARS) -> float:
    """Return the smallest c_gap at which so many flags at most would be raised per 100 citizen-years.

    `found`: a cohort in which no gap opens. The same c_gap serves every rate of false alarms. DEFAULT_C where no two
    raters ever answered.
    """
    gaps = find_gaps(found.basis)
    if not len(gaps.step):
        return DEFAULT_C
    years = float(found.simulated.years.sum())
    low, high = 0.0, 8.0
    while high - low > FINEST:
        middle = (low + high) / 2
        opened = follow(gaps, *_sizes(found.basis, middle))
        step, _ = _holding(found.basis, found.looks, gaps, opened)
        often = len(np.unique(found.basis.known.phase[step])) > per_100_years / 100 * years
        low, high = (middle, high) if often else (low, middle)
    return round(high, 2)
