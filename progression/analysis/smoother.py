"""The curve on screen: every day's level given all answers, earlier and later.

The backward pass of de Jong (1989; Durbin & Koopman 2012, ch. 4.4-4.5): it carries a weighted sum of surprises back
through the filter's own gains, so nothing is inverted and a state that is known exactly (the level on the day a phase
begins) needs no care. Same layout as the filter: (state, citizens), the k-th step of everybody at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from progression.analysis.bounds import within
from progression.analysis.cohort import Bools, Floats
from progression.analysis.filter import (
    CASEWORKER,
    CITIZEN,
    DRIFT,
    LEVEL,
    ORIGIN,
    SIZE,
    Filtered,
    Update,
)
from progression.analysis.moves import Moves
from progression.analysis.steps import Steps


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Level and change since the phase began given all answers (M,), with their variances."""

    level: Floats
    level_var: Floats
    change: Floats
    change_var: Floats


def smooth(step: Steps, move: Moves, filtered: Filtered, bounds: tuple[float, float] | None = None) -> Smoothed:
    """Walk back over a filter run that kept its trace (`filter.run(..., keep=True)`). `bounds`: the scale's ends.

    Raises ValueError when it did not.
    """
    trace = filtered.trace
    if trace is None:
        raise ValueError("the filter kept no trace")
    begin = step.bounds[filtered.order]
    people = int(filtered.alive[0]) if len(filtered.alive) else 0
    r, n = np.zeros((SIZE, people)), np.zeros((SIZE, SIZE, people))
    out = np.zeros((6, len(step.day)))
    for k in range(len(filtered.alive) - 1, -1, -1):
        alive = int(filtered.alive[k])
        at = begin[:alive] + k
        a, b = r[:, :alive], n[:, :, :alive]
        first, second = trace.updates[k]
        for bias, update in ((CITIZEN, second), (CASEWORKER, first)):
            if update is not None:
                _unsee(a, b, bias, update)
        _emit(out, at, trace.mean[k], trace.spread[k], a, b)
        if k:
            _retreat(a, b, move.at(at), step.redraw[at])
    level, level_var, change, change_var, origin, origin_var = out
    if bounds is not None:  # as in `filter.run`
        origin = within(origin, np.minimum(level_var, origin_var), *bounds)[0]
        level, level_var = within(level, level_var, *bounds)
        change = level - origin
    return Smoothed(level, level_var, change, change_var)


def _unsee(r: Floats, n: Floats, bias: int, update: Update) -> None:
    """Carry the sums from after an observation to before it, in place: r' = h v/s + L'r, N' = hh'/s + L'NL."""
    weight = 1.0 / update.variance
    gained = _dot(update.gain, r)
    r[LEVEL] += update.surprise * weight - gained
    r[bias] += update.surprise * weight - gained
    across = _dot(update.gain[:, None], n)
    both = _dot(across, update.gain) + weight
    for row in (LEVEL, bias):
        n[row] -= across
        n[:, row] -= across
    for row in (LEVEL, bias):
        for column in (LEVEL, bias):
            n[row, column] += both


def _emit(out: Floats, at: np.ndarray, mean: Floats, spread: Floats, r: Floats, n: Floats) -> None:
    out[0, at] = mean[LEVEL] + _dot(spread[LEVEL], r)
    out[1, at] = spread[LEVEL, LEVEL] - _quadratic(spread[LEVEL], n)
    moved = spread[LEVEL] - spread[ORIGIN]
    out[2, at] = mean[LEVEL] - mean[ORIGIN] + _dot(moved, r)
    out[3, at] = moved[LEVEL] - moved[ORIGIN] - _quadratic(moved, n)
    out[4, at] = mean[ORIGIN] + _dot(spread[ORIGIN], r)
    out[5, at] = spread[ORIGIN, ORIGIN] - _quadratic(spread[ORIGIN], n)


def _quadratic(v: Floats, n: Floats) -> Floats:
    return _dot(v, _dot(v[:, None], n))  # n is symmetric


def _dot(a: Floats, b: Floats) -> Floats:
    """Sum over the state, one after the other: einsum sums in another order for one citizen than for many."""
    total: Floats = a[0] * b[0]
    for i in range(1, SIZE):
        total = total + a[i] * b[i]
    return total


def _retreat(r: Floats, n: Floats, move: Moves, redraw: Bools) -> None:
    """Carry the sums back over the time between two steps, in place: the transpose of `filter._advance`."""
    for side, bias in enumerate((CASEWORKER, CITIZEN)):
        new = redraw[:, side]
        r[bias, new] = 0.0
        n[bias, :, new] = 0.0
        n[:, bias, new] = 0.0
    turn = np.flatnonzero(move.turn)
    if len(turn):
        a, b = r[:, turn], n[:, :, turn]
        # the phase began with its level noted and its drift drawn anew
        a[LEVEL] += a[ORIGIN]
        b[LEVEL] += b[ORIGIN]
        b[:, LEVEL] += b[:, ORIGIN]
        for row in (ORIGIN, DRIFT):
            a[row] = 0.0
            b[row] = 0.0
            b[:, row] = 0.0
        r[:, turn], n[:, :, turn] = a, b
    r[DRIFT] += move.before * r[LEVEL]
    n[DRIFT] += move.before * n[LEVEL]
    n[:, DRIFT] += move.before * n[:, LEVEL]
