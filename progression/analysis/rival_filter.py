"""The filter we are measured against: linear-Gaussian, on means of items, given the world's true variances.

Frozen on purpose: it does not change when the product's model does. State: level, level when the phase began, the same
of the phase before, drift of the phase (steps a year), the two raters' biases. The drift is drawn anew around 0 where a
phase begins, a caseworker's bias where the caseworker changes; an assessment is level + bias + noise of constant size
for so many answered items.
"""

from __future__ import annotations

import numpy as np

from progression.analysis.cohort import Floats, Ints
from progression.analysis.moves import YEAR
from progression.analysis.phasing import keys
from progression.analysis.priors import Variances
from progression.analysis.scene import Scene

LEVEL, ORIGIN, EARLIER, DRIFT, CASEWORKER, CITIZEN = range(6)


def known_change(table: Scene, sizes: Variances) -> tuple[Floats, Floats]:
    """Return change since the phase began and its sd per row, by what was known that day."""
    phases, rows = table.simulated.phases, len(table.who)
    who = np.concatenate([phases.who, table.who])
    day = np.concatenate([phases.start, table.day])
    row = np.concatenate([np.full(len(phases.who), -1), np.arange(rows)])
    order = np.lexsort((row, keys(who, day)))  # a phase begins before that day's assessment
    who, day, row = who[order], day[order], row[order]
    begins = np.searchsorted(who, np.arange(len(table.bounds)))
    lengths = np.diff(begins)
    people = np.argsort(-lengths, kind="stable")
    noise = _noise(table, sizes)
    x, p = _begin(len(people), sizes)
    change, spread = np.zeros(rows), np.zeros(rows)
    last = day[np.minimum(begins[people], len(day) - 1)]
    for k in range(int(lengths.max(initial=0))):
        n = int((lengths > k).sum())
        at = begins[people[:n]] + k
        _move(x[:, :n], p[:, :, :n], (day[at] - last[:n]) / YEAR, sizes)
        last[:n] = day[at]
        seen = row[at]
        _turn(x, p, np.flatnonzero(seen < 0), sizes)
        now = np.flatnonzero(seen >= 0)
        if len(now):
            _see(x, p, now, seen[now], table, noise, sizes)
            origin = np.where(table.late[seen[now]], EARLIER, ORIGIN)
            change[seen[now]] = x[LEVEL, now] - x[origin, now]
            spread[seen[now]] = p[LEVEL, LEVEL, now] + p[origin, origin, now] - 2 * p[LEVEL, origin, now]
    return change, np.sqrt(np.maximum(spread, 0.0))


def _noise(table: Scene, sizes: Variances) -> Floats:
    """Variance of each mean; infinite where the rater is absent."""
    each = np.maximum(table.items, 1)
    skipped = np.maximum(1 / each - 1 / np.maximum(table.asked, 1), 0.0)
    noise = sizes.day_sd**2 + sizes.item_sd**2 / each + sizes.spread_sd**2 * skipped
    return np.where(table.items > 0, noise, np.inf)


def _begin(people: int, sizes: Variances) -> tuple[Floats, Floats]:
    x, p = np.zeros((6, people)), np.zeros((6, 6, people))
    x[: EARLIER + 1] = sizes.level_mean
    p[: EARLIER + 1, : EARLIER + 1] = sizes.level_sd**2
    p[DRIFT, DRIFT], p[CASEWORKER, CASEWORKER] = sizes.drift_sd**2, sizes.caseworker_sd**2
    p[CITIZEN, CITIZEN] = sizes.citizen_sd**2
    return x, p


def _move(x: Floats, p: Floats, years: Floats, sizes: Variances) -> None:
    """Let time pass, in place."""
    x[LEVEL] += years * x[DRIFT]
    p[LEVEL] += years * p[DRIFT]
    p[:, LEVEL] += years * p[:, DRIFT]
    p[LEVEL, LEVEL] += years * sizes.wander


def _turn(x: Floats, p: Floats, who: Ints, sizes: Variances) -> None:
    """Begin a phase for these, in place."""
    for new, old in ((EARLIER, ORIGIN), (ORIGIN, LEVEL)):
        x[new, who] = x[old, who]
        p[new, :, who] = p[old, :, who]
        p[:, new, who] = p[:, old, who]
    _anew(x, p, who, DRIFT, sizes.drift_sd**2)


def _anew(x: Floats, p: Floats, who: Ints, part: int, variance: float) -> None:
    x[part, who] = 0.0
    p[part, :, who] = 0.0
    p[:, part, who] = 0.0
    p[part, part, who] = variance


def _see(x: Floats, p: Floats, who: Ints, row: Ints, table: Scene, noise: Floats, sizes: Variances) -> None:
    """Take in both raters' means, in place."""
    _anew(x, p, who[table.changed[row]], CASEWORKER, sizes.caseworker_sd**2)
    for side, bias in enumerate((CASEWORKER, CITIZEN)):
        there = np.isfinite(noise[row, side])
        them, rows = who[there], row[there]
        a, b = x[:, them], p[:, :, them]
        joint = b[:, LEVEL] + b[:, bias]
        gain = joint / (joint[LEVEL] + joint[bias] + noise[rows, side])
        x[:, them] = a + gain * (table.value[rows, side] - a[LEVEL] - a[bias])
        p[:, :, them] = b - gain[:, None] * joint[None]
