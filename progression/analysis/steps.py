"""From answers to the observations the filter walks through.

One step = one citizen on one day, with at most one value per rater (a second assessment by the same rater on the same
day makes a second step of the same day). Steps stand in one long column, sorted by citizen and day.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from progression.analysis.cohort import Bools, Cohort, Floats, Ints
from progression.analysis.phasing import keys
from progression.analysis.priors import Variances, item_means
from progression.casework.rounds import ROUND_DAYS
from progression.scales.model import RATERS


@dataclass(frozen=True, slots=True)
class Observed:
    """One rater's whole-scale value per row, sorted by citizen, day and rater. `row` points into the cohort's
    assessments; `value` in steps; `items` answered; `noise` variance; `redrawn`: this rater's bias starts anew;
    `changed`: because another caseworker rates than before. `blank`: (who, day) of assessments without any number,
    which tell nothing about the level but were held."""

    who: Ints
    day: Ints
    rater: Ints
    row: Ints
    value: Floats
    items: Ints
    noise: Floats
    redrawn: Bools
    changed: Bools
    assessor: Ints
    blank: Ints

    def of(self, citizen: int) -> range:
        """Return the rows of one citizen."""
        first, last = np.searchsorted(self.who, [citizen, citizen + 1]).tolist()
        return range(first, last)


@dataclass(frozen=True, slots=True)
class Steps:
    """M steps. `value`, `noise`, `redraw` are M x 2 (caseworker, citizen); noise is infinite where a rater is absent.

    `bounds` (citizens + 1) cuts the column by citizen. `closing`: last step of its day. `round`: 1, 2, 3 ... within
    the citizen, a round being all days within 30 of its first. `row` (M x 2): which assessment, -1 none; no rows
    where nobody asks for the answers themselves.
    """

    who: Ints
    day: Ints
    value: Floats
    noise: Floats
    redraw: Bools
    bounds: Ints
    closing: Bools
    round: Ints
    row: Ints = field(default_factory=lambda: np.zeros((0, len(RATERS)), dtype=np.int64))


def observe(
    cohort: Cohort,
    sizes: Variances,
    parameters: dict[str, float],
    last: Ints,
    *,
    rater: str | None = None,
) -> Observed:
    """Return the whole-scale value of every assessment up to each citizen's `last` day.

    The value is the mean of the answered items after subtracting each item's mean, plus the mean of all those means,
    so that a skipped item does not move it (contracts.md). Assessments with no number at all are left out. `rater`:
    that rater's alone.
    """
    keep = np.flatnonzero(cohort.day <= last[cohort.who])
    if rater is not None:
        keep = keep[cohort.rater[keep] == RATERS.index(rater)]
    value, items, noise = _values(cohort, keep, sizes, parameters)
    some = items > 0
    blank = np.stack([cohort.who[keep[~some]], cohort.day[keep[~some]]], axis=1)
    keep, value, items, noise = keep[some], value[some], items[some], noise[some]
    side = cohort.rater[keep]
    order = _order(cohort.who[keep], cohort.day[keep], side)
    keep, side = keep[order], side[order]
    who = cohort.who[keep]
    assessor = _assessors(cohort, keep, side)
    changed = _changed(who, side, assessor, side == 0)
    return Observed(
        who,
        cohort.day[keep],
        side,
        keep,
        value[order],
        items[order],
        noise[order],
        changed | _changed(who, side, cohort.mode[keep]),
        changed,
        assessor,
        blank,
    )


def _values(cohort: Cohort, rows: Ints, sizes: Variances, parameters: dict[str, float]) -> tuple[Floats, Ints, Floats]:
    """Value, items answered and noise variance of assessments; meaningless where no item was answered."""
    questions = cohort.scale.indicators
    counted = np.array([i.in_whole for i in questions])
    asked = np.array([[r in i.raters for i in questions] for r in RATERS]) & counted
    means = np.array(item_means(cohort.scale, parameters))
    score = cohort.scores if len(rows) == len(cohort.who) else cohort.scores[rows]
    side = cohort.rater[rows]
    given = ~np.isnan(score)
    weight = counted.astype(np.float64)
    told, asked_means = given.astype(np.float64), np.stack([weight, *(means * weight)])
    # einsum and not @: a matrix product would wake threads, and sum in another order for another number of rows
    answered, own, other = (np.einsum("ai,i->a", told, row) for row in asked_means)
    items = answered.astype(np.int64)
    off = np.einsum("ai,i->a", np.where(given, score, 0.0), weight) - np.where(side == 0, own, other)
    each = np.maximum(items, 1)
    # rounded, so that equal answers give the same bits however many others are computed beside them
    value = np.round(off / each + (means[asked].mean() if asked.any() else 0.0), 9)
    full = np.maximum(asked.sum(axis=1), 1)[side]
    skipped = np.maximum(1.0 / each - 1.0 / full, 0.0)
    noise = sizes.day_sd**2 + sizes.item_sd**2 / each + sizes.spread_sd**2 * skipped
    return value, items, noise


def steps(seen: Observed, citizens: int) -> Steps:
    """Lay the observations out as steps."""
    same = np.zeros(len(seen.who), dtype=bool)
    same[1:] = (seen.who[1:] == seen.who[:-1]) & (seen.day[1:] == seen.day[:-1]) & (seen.rater[1:] > seen.rater[:-1])
    at = np.cumsum(~same) - 1
    count = int(at[-1]) + 1 if len(at) else 0
    value, redraw = np.zeros((count, 2)), np.zeros((count, 2), dtype=bool)
    noise = np.full((count, 2), np.inf)
    row = np.full((count, 2), -1, dtype=np.int64)
    value[at, seen.rater] = seen.value
    row[at, seen.rater] = seen.row
    noise[at, seen.rater] = seen.noise
    redraw[at, seen.rater] = seen.redrawn
    who, day = seen.who[~same], seen.day[~same]
    closing = np.ones(count, dtype=bool)
    closing[:-1] = (who[1:] != who[:-1]) | (day[1:] != day[:-1])
    bounds = np.searchsorted(who, np.arange(citizens + 1)).astype(np.int64)
    return Steps(who, day, value, noise, redraw, bounds, closing, rounds(day, bounds)[0], row)


def ranks(bounds: Ints) -> tuple[Ints, Ints]:
    """Return the segments from longest to shortest, and how many have a k-th step: the batch loop walks prefixes."""
    lengths = np.diff(bounds)
    order = np.argsort(-lengths, kind="stable").astype(np.int64)
    longest = int(lengths.max(initial=0))
    alive = np.searchsorted(-lengths[order], -np.arange(longest), side="left").astype(np.int64)
    return order, alive


def rounds(day: Ints, bounds: Ints) -> tuple[Ints, Ints]:
    """Return each day's round (1, 2, 3 ... within its segment) and that round's first day (`casework.rounds`)."""
    order, alive = ranks(bounds)
    number, opening = np.zeros(len(day), dtype=np.int64), np.zeros(len(day), dtype=np.int64)
    start = bounds[order]
    first, current = np.zeros(len(order), dtype=np.int64), np.zeros(len(order), dtype=np.int64)
    for k, n in enumerate(alive.tolist()):
        at = start[:n] + k
        today = day[at]
        fresh = (today - first[:n] > ROUND_DAYS) | (k == 0)
        first[:n] = np.where(fresh, today, first[:n])
        current[:n] += fresh
        number[at], opening[at] = current[:n], first[:n]
    return number, opening


def _order(who: Ints, day: Ints, side: Ints) -> Ints:
    """Sort by citizen, day and rater; a rater's second assessment of a day comes after everybody's first."""
    key = keys(who, day) * 2 + side
    order = np.argsort(key, kind="stable")
    key = key[order]
    if len(key) < 2 or not (key[1:] == key[:-1]).any():
        return order.astype(np.int64)
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    place = np.arange(len(key))
    again = place - np.maximum.accumulate(np.where(new, place, 0))
    return order[np.lexsort((key, again, key // 2))].astype(np.int64)


def _changed(who: Ints, side: Ints, value: Ints, only: Bools | None = None) -> Bools:
    """True where a rater's assessor or mode is known and differs from the last known one of the same citizen."""
    known = value >= 0 if only is None else (value >= 0) & only
    at = np.flatnonzero(known)
    at = at[np.argsort(who[at] * 2 + side[at], kind="stable")]
    out = np.zeros(len(who), dtype=bool)
    if len(at) > 1:
        before, after = at[:-1], at[1:]
        differs = (who[before] == who[after]) & (side[before] == side[after]) & (value[before] != value[after])
        out[after[differs]] = True
    return out


def _assessors(cohort: Cohort, rows: Ints, side: Ints) -> Ints:
    """Who rated; where an assessment does not say, the coordinating caseworker of that day."""
    assessor = cohort.assessor[rows].copy()
    table = cohort.assignments
    open_ = np.flatnonzero((assessor < 0) & (side == 0))
    if not len(open_) or not len(table.who):
        return assessor
    valid = np.flatnonzero(table.start <= table.end)
    order = valid[np.argsort(keys(table.who[valid], table.start[valid]), kind="stable")]
    who, start, end, person = table.who[order], table.start[order], table.end[order], table.person[order]
    wanted_who, wanted_day = cohort.who[rows[open_]], cohort.day[rows[open_]]
    at = np.searchsorted(keys(who, start), keys(wanted_who, wanted_day), side="right") - 1
    if not len(who):
        return assessor
    found = (at >= 0) & (who[at] == wanted_who) & (end[at] >= wanted_day)
    assessor[open_[found]] = person[at[found]]
    return assessor
