"""How likely a cohort's answers are under given sizes of the trajectory model: what estimating them climbs.

The filter's own model, leaner: level, drift and two biases, ten covariances written out, the sum of the log densities
of what each rater's answers came to (`filter.Filtered.value` and `.noise`). The mean drift of each kind of phase is
estimated along, so that what groups have in common is not taken for individual drift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.moves import Moves
from progression.analysis.steps import Steps, ranks

L, D, W, C, LL, LD, LW, LC, DD, DW, DC, WW, WC, CC = range(14)
_CROSS = ((LL, LD, LW, LC), (LD, DD, DW, DC), (LW, DW, WW, WC), (LC, DC, WC, CC))


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is estimated: standard deviations as in `priors.Variances`; `wander` is that of walk and drops together,
    `means` the mean drift of each state of a phase (`timeline.STATES`)."""

    level_mean: float
    level: float
    drift: float
    wander: float
    caseworker: float
    citizen: float
    day: float
    means: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One cohort's observations in the order the walk needs them: per k the steps of those who have a k-th."""

    step: Steps
    move: Moves
    state: Ints
    value: Floats
    noise: Floats
    at: tuple[Ints, ...]

    @classmethod
    def of(cls, step: Steps, move: Moves, state: Ints, value: Floats, noise: Floats) -> Seen:
        """`state` per step: that of the phase it lies in. `noise`: without the day's mood."""
        order, alive = ranks(step.bounds)
        begin = step.bounds[order]
        return cls(step, move, state, value, noise, tuple(begin[:n] + k for k, n in enumerate(alive.tolist())))


def log_likelihood(seen: Seen, sizes: Sizes) -> float:
    """Return the log density of all observations, up to a constant."""
    means = np.array(sizes.means)
    people = len(seen.at[0]) if seen.at else 0
    x = np.zeros((14, people))
    total = 0.0
    for k, at in enumerate(seen.at):
        now = x[:, : len(at)]
        state, move = seen.state[at], seen.move
        if k == 0:
            _begin(now, means[state], sizes)
        else:
            _pass(now, move.before[at], sizes.wander**2)
            now[LL] += sizes.wander**2 * move.middle[at] + sizes.drift**2 * move.squares[at]
            turn = move.turn[at]
            _turn(now, turn, means[state], sizes)
            _pass(now, np.where(turn, move.after[at], 0.0), sizes.wander**2)
            for side, (bias, sd) in enumerate(((W, sizes.caseworker), (C, sizes.citizen))):
                _anew(now, seen.step.redraw[at, side], bias, sd**2)
        for side, bias in enumerate((W, C)):
            total += _see(now, bias, seen.value[at, side], seen.noise[at, side] + sizes.day**2)
    return total


def _begin(x: Floats, means: Floats, sizes: Sizes) -> None:
    x[:] = 0.0
    x[L], x[D] = sizes.level_mean, means
    x[LL], x[DD], x[WW], x[CC] = sizes.level**2, sizes.drift**2, sizes.caseworker**2, sizes.citizen**2


def _pass(x: Floats, years: Floats, wander: float) -> None:
    x[L] += years * x[D]
    x[LL] += years * (2 * x[LD] + years * x[DD] + wander)
    x[LD] += years * x[DD]
    x[LW] += years * x[DW]
    x[LC] += years * x[DC]


def _turn(x: Floats, turn: Bools, means: Floats, sizes: Sizes) -> None:
    x[D] = np.where(turn, means, x[D])
    for cross in (LD, DW, DC):
        x[cross] = np.where(turn, 0.0, x[cross])
    x[DD] = np.where(turn, sizes.drift**2, x[DD])


def _anew(x: Floats, who: Bools, bias: int, var: float) -> None:
    if not who.any():
        return
    for row in _CROSS[bias]:
        x[row] = np.where(who, 0.0, x[row])
    x[bias] = np.where(who, 0.0, x[bias])
    own = _CROSS[bias][bias]
    x[own] = np.where(who, var, x[own])


def _see(x: Floats, bias: int, value: Floats, noise: Floats) -> float:
    """Take in one rater's values, in place; return their log density. Infinite noise: absent."""
    there = np.isfinite(noise)
    joint = [x[a] + x[b] for a, b in zip(_CROSS[L], _CROSS[bias], strict=True)]
    var = joint[L] + joint[bias] + np.where(there, noise, 1.0)
    surprise = np.where(there, value - x[L] - x[bias], 0.0)
    weight = np.where(there, 1 / var, 0.0)
    for i in range(4):
        x[i] += joint[i] * weight * surprise
        for j in range(i, 4):
            x[_CROSS[i][j]] -= joint[i] * weight * joint[j]
    return float(-0.5 * np.sum(np.where(there, np.log(var) + surprise**2 * weight, 0.0)))
