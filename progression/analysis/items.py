"""What one assessment's answers say, the items taken as the ordered steps they are.

An answer is the level the rater sees (eta = level + bias + mood of the day), moved by the item's place on the scale and
by noise, and read off in whole steps with nothing beyond the ends: an ordered probit with equal steps (McCullagh 1980),
so that "all ones" says "at the bottom or below" and not "exactly one". The likelihood of eta is summed over the
answered items and met with what was believed before (Laplace: mode and curvature, three Newton steps; every term is
log-concave).

An assessment with the same step on every row may be one answer ticked ten times. Its likelihood is a mixture:
attentive, one step ticked throughout, or last time's step ticked again (which says nothing), each weighed by how well
it explains the answers.

Everything here is elementwise, summed in a fixed order: equal answers give equal bits however many stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import log_ndtr, ndtr

from progression.analysis.cohort import Bools, Cohort, Floats, Ints
from progression.analysis.priors import Variances, item_means, sharing
from progression.analysis.steps import Observed
from progression.scales.model import RATERS, Scale

ROUNDING = 1 / 12  # variance that rounding to whole steps adds
NEWTON = 3
OUTSIDE = 1.0  # how far the table reaches beyond the ends, in ranges of the scale
FINE = 400  # table entries per range of the scale
LEAST_ROWS = 5  # fewer equal answers are nothing to wonder about
TICKED = 0.15  # noise around a step ticked throughout, in steps: little but rounding is left
STEEP, BENT, LOG = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """The answers of a cohort to the items of the whole scale, and what an answer says at each level.

    `codes`: items x assessments, steps above the minimum, the last code where there is no answer. `offset`: raters x
    items, in steps around the whole scale. `shift`: per assessment, how far the person's answered items lie from all
    that are asked (`shifts`). `table`: per step and level the slope and (negative) curvature of the log likelihood and
    itself; a row of zeros for no answer. `minimum`: the lowest step, `top` the highest above it, `noise` variance of
    one answer without rounding. `same`: assessments with one step on every row, `again`: and it
    is the step that rater ticked throughout the time before. `careless`, `stale`: how common each is.
    `day`: variance of the day's mood.
    """

    codes: Ints
    offset: Floats
    table: Floats
    minimum: int
    top: int
    noise: float
    low: float
    fine: float
    same: Bools
    again: Bools
    shift: Floats
    careless: float
    stale: float
    day: float

    @classmethod
    def of(cls, cohort: Cohort, seen: Observed, sizes: Variances, parameters: Mapping[str, float]) -> Items:
        """Prepare a cohort's answers. Raises KeyError when the parameters are not those of the scale."""
        scale = cohort.scale
        whole = np.array([i.in_whole for i in scale.indicators])
        top = scale.maximum - scale.minimum
        score = np.ascontiguousarray(cohort.scores.T[whole])
        codes = np.where(np.isnan(score), top + 1, score - scale.minimum).astype(np.int64)
        answered = (codes <= top).sum(axis=0)
        same = _same(codes, answered, top)
        asked = np.array([[r in i.raters for i in scale.indicators] for r in RATERS])[:, whole]
        several = int(whole.sum()) > 1
        noise = max(sizes.item_sd**2 - ROUNDING, 0.01)
        spread = sizes.spread_sd**2 if several else 0.0
        careless, stale = sharing(parameters) if several else (0.0, 0.0)
        offset = offsets(scale, parameters)[:, whole]
        return cls(
            codes=codes,
            offset=offset,
            table=_table(scale.minimum, scale.maximum, float(noise + spread) ** 0.5),
            minimum=scale.minimum,
            top=top,
            noise=float(noise + spread),
            low=scale.minimum - OUTSIDE * top,
            fine=top / FINE,
            same=same,
            again=_again(cohort, codes, same, top),
            shift=shifts(seen, score, asked, offset, same, sizes),
            careless=careless,
            stale=stale,
            day=sizes.day_sd**2,
        )

    def read(self, rows: Ints, side: int, mean: Floats, var: Floats) -> Reading:
        """Return what assessments (by row, one rater's) say about eta, believed to be N(mean, var) before."""
        code, shift = self.codes[:, rows], self.shift[rows]
        if len(code) == 1:
            return self._alone(code[0], side, mean, var)
        begin, eta = code * self.table.shape[1], mean
        for _ in range(NEWTON):
            steep, bent = self._sums(begin, side, eta + shift)
            eta = eta + (steep - (eta - mean) / var) / (bent + 1 / var)
        _, bent = self._sums(begin, side, eta + shift)
        left = 1 / (bent + 1 / var)
        ticked = np.zeros((2, len(rows)))
        if self.careless > 0:
            at = self.same[rows].nonzero()[0]
            if len(at):
                self._weigh(rows, code, side, mean, var, shift, at, eta, left, ticked)
        return Reading(eta, left, ticked[0], ticked[1])

    def _alone(self, step: Ints, side: int, mean: Floats, var: Floats) -> Reading:
        """A sum score: one answer, which needs no approximation. At the ends mode and mean lie far apart."""
        at, nothing = mean + self.offset[side, 0], np.zeros(len(mean))
        ends = step == 0, step == self.top
        _, eta, left = _within_step(at, var, step + self.minimum, *ends, noise=self.noise)
        told = step <= self.top
        return Reading(np.where(told, eta - self.offset[side, 0], mean), np.where(told, left, var), nothing, nothing)

    def _sums(self, begin: Ints, side: int, at: Floats) -> tuple[Floats, Floats]:
        """Slope and curvature summed over the items, one after the other. `begin`: where each answer's part of the
        table begins, items x assessments."""
        place = begin + self._place(at + self.offset[side][:, None])
        found = self.table.reshape(-1, 3).take(place, axis=0)
        total = np.zeros((len(at), 3))
        for item in found:  # summed along an axis, one citizen's would be added in another order than many's
            total += item
        return total[:, STEEP], total[:, BENT]

    def _place(self, at: Floats) -> Ints:
        # not np.clip, whose wrapping costs one citizen's page more than the rest of this line
        inside = np.minimum(np.maximum((at - self.low) / self.fine + 0.5, 0), self.table.shape[1] - 1)
        place: Ints = inside.astype(np.int64)
        return place

    def _weigh(
        self,
        rows: Ints,
        code: Ints,
        side: int,
        mean: Floats,
        var: Floats,
        shift: Floats,
        at: Ints,
        eta: Floats,
        left: Floats,
        ticked: Floats,
    ) -> None:
        """Mix, in place, the three ways in which one step on every row (at `at`) comes about."""
        m, v = mean[at], var[at]
        step = code[:, at].min(axis=0)
        mass, one, one_left = _within_step(m, v, step + self.minimum, step == 0, step == self.top)
        attentive = np.zeros(len(at))
        flat, wide = self.table.reshape(-1, 3), self.table.shape[1]
        for item in range(len(code)):
            place = self._place(eta[at] + shift[at] + self.offset[side, item])
            attentive += flat[code[item, at] * wide + place, LOG]
        attentive += -0.5 * (eta[at] - m) ** 2 / v + 0.5 * np.log(left[at] / v)
        # compared as logarithms: after a leap of several steps all three are next to impossible, and one of them true
        known = _log(1 - self.careless) + attentive
        lazy = _log(self.careless * (1 - self.stale)) + mass
        again = np.where(self.again[rows[at]], _log(self.careless * self.stale), -np.inf)
        most = np.maximum(np.maximum(known, lazy), again)
        known, lazy, again = np.exp(known - most), np.exp(lazy - most), np.exp(again - most)
        total = known + lazy + again
        known, lazy, again = known / total, lazy / total, again / total
        middle = known * eta[at] + lazy * one + again * m
        left[at] = (
            known * (left[at] + (eta[at] - middle) ** 2)
            + lazy * (one_left + (one - middle) ** 2)
            + again * (v + (m - middle) ** 2)
        )
        eta[at] = middle
        ticked[:, at] = lazy + again, again


@dataclass(frozen=True, slots=True)
class Reading:
    """Eta after the answers: its mean, its variance, the chance that one step was ticked throughout, and that it was
    last time's."""

    mean: Floats
    var: Floats
    ticked: Floats
    again: Floats


def shifts(seen: Observed, score: Floats, asked: Bools, offset: Floats, same: Bools, sizes: Variances) -> Floats:
    """Return per assessment how far its answered items lie, in this person, from the mean of all that are asked.

    A person's items lie apart from the cohort's; what earlier answers showed about that, drawn towards none (Efron &
    Morris 1975), is what a skipped item would have done to the mean. 0 where nothing was skipped or known. `score`:
    items x assessments. Assessments with one step on every row show nothing. Sums are of whole millionths of a step:
    exact, whoever stands beside.
    """
    out = np.zeros(score.shape[1])
    rows, side = seen.row, seen.rater
    full = asked.sum(axis=1)[side]
    if not sizes.spread_sd or not len(rows) or not (seen.items < full).any():
        return out
    new = np.append(True, seen.who[1:] != seen.who[:-1])
    first = np.maximum.accumulate(np.where(new, np.arange(len(rows)), 0))
    careful = ~same[rows]
    everything, some = np.zeros(len(rows)), np.zeros(len(rows))
    noise = sizes.item_sd**2 / sizes.spread_sd**2
    for item in range(len(score)):
        own = score[item][rows]
        told = ~np.isnan(own)
        known = told & careful
        apart = np.where(known, own - offset[side, item] - seen.value, 0.0)
        total, count = _before(np.rint(apart * _MILLION), first), _before(known, first)
        lies = total / _MILLION / (count + noise)
        everything += np.where(asked[side, item], lies, 0.0)
        some += np.where(told, lies, 0.0)
    here = np.where(seen.items < full, some / np.maximum(seen.items, 1) - everything / full, 0.0)
    out[rows] = here
    return out


_MILLION = 1e6


def _before(values: Any, first: Ints) -> Ints:
    """The sum of a person's earlier rows, per row; `first`: where each row's person begins."""
    sums = np.concatenate([[0], np.cumsum(np.asarray(values).astype(np.int64))])
    out: Ints = sums[:-1] - sums[first]
    return out


def offsets(scale: Scale, parameters: Mapping[str, float]) -> Floats:
    """Return how far each item lies from the middle of all items asked, raters x indicators; 0 where not asked."""
    means = np.array(item_means(scale, parameters))
    whole = np.array([i.in_whole for i in scale.indicators])
    asked = np.array([[r in i.raters for i in scale.indicators] for r in RATERS]) & whole
    return np.where(asked, means - means[asked].mean(), 0.0)


@lru_cache(maxsize=8)
def _table(minimum: int, maximum: int, sd: float) -> Floats:
    """Slope, curvature and value of log P(step | level) on a grid: steps + 1 x levels x 3, zeros for no answer."""
    top = maximum - minimum
    low, fine = minimum - OUTSIDE * top, top / FINE
    grid = low + fine * np.arange(round((1 + 2 * OUTSIDE) * FINE) + 1, dtype=np.float64)
    count = top + 1
    step = minimum + np.arange(count)[:, None]
    above, below = (step + 0.5 - grid) / sd, (step - 0.5 - grid) / sd
    above[-1], below[0] = np.inf, -np.inf
    # in whichever tail keeps its digits
    chance = np.where(below > 0, ndtr(-below) - ndtr(-above), ndtr(above) - ndtr(below))
    chance = np.maximum(chance, 1e-290)
    high, low = np.exp(-0.5 * above**2) / _ROOT, np.exp(-0.5 * below**2) / _ROOT
    slope = (low - high) / chance / sd
    ends = np.where(np.isinf(above), 0.0, above) * high - np.where(np.isinf(below), 0.0, below) * low
    curve = slope**2 + ends / chance / sd**2
    out = np.zeros((count + 1, len(grid), 3))
    # far out both chances vanish: there the curvature of the nearest edge is the normal's own
    gone = chance <= 1e-280
    out[:-1, :, STEEP] = np.where(gone, (step - grid) / sd**2, slope)
    out[:-1, :, BENT] = np.where(gone, 1 / sd**2, np.clip(curve, 0.0, 1 / sd**2))
    out[:-1, :, LOG] = np.log(chance)
    out.flags.writeable = False  # everybody's
    return out


_ROOT = (2 * np.pi) ** 0.5
_LOG_ROOT = 0.5 * float(np.log(2 * np.pi))


def _log(share: float) -> float:
    return float(np.log(max(share, 1e-300)))  # never minus infinity: of three impossible ways one is still taken


def _within_step(
    mean: Floats, var: Floats, step: Ints, lowest: Bools, highest: Bools, noise: float = TICKED**2
) -> tuple[Floats, Floats, Floats]:
    """What one step says about eta, N(mean, var) before, read with so much noise: the logarithm of its chance, and
    eta's mean and variance after it. Exact, and however far away: moments of a normal cut off on both sides (Tallis
    1961)."""
    wide = np.sqrt(var + noise)
    above = np.where(highest, np.inf, (step + 0.5 - mean) / wide)
    below = np.where(lowest, -np.inf, (step - 0.5 - mean) / wide)
    # mirrored where the step lies above, so that both tails are taken where they keep their digits
    over = below + above > 0
    near, far = np.where(over, -below, above), np.where(over, -above, below)
    most, least = log_ndtr(near), log_ndtr(far)
    chance = most + np.log1p(-np.exp(least - most))
    at_near, at_far = (np.exp(-0.5 * edge**2 - _LOG_ROOT - chance) for edge in (near, far))
    pull = at_far - at_near
    ends = np.where(np.isinf(far), 0.0, far) * at_far - near * at_near
    told = np.clip(pull**2 - ends, 0.0, 1.0)
    return chance, mean + np.where(over, -pull, pull) * var / wide, var - var**2 / wide**2 * told


def _same(codes: Ints, answered: Ints, top: int) -> Bools:
    """Assessments with the same step on every answered row, of at least LEAST_ROWS."""
    highest = np.where(codes > top, -1, codes).max(axis=0, initial=-1)
    alike: Bools = (codes.min(axis=0, initial=top + 1) == highest) & (answered >= LEAST_ROWS)
    return alike


def _again(cohort: Cohort, codes: Ints, same: Bools, top: int) -> Bools:
    """Those whose rater ticked the same one step throughout the time before, too."""
    out = np.zeros(len(same), dtype=bool)
    ticked = np.zeros(len(cohort.citizens), dtype=bool)
    ticked[cohort.who[same]] = True
    rows = np.flatnonzero(ticked[cohort.who])  # of the few who ever did
    order = rows[np.lexsort((cohort.day[rows], cohort.rater[rows], cohort.who[rows]))]
    step = np.where(same[order], codes[:, order].min(axis=0, initial=top + 1), -1)
    who, rater = cohort.who[order], cohort.rater[order]
    if len(order) > 1:
        alike = (who[1:] == who[:-1]) & (rater[1:] == rater[:-1]) & (step[1:] == step[:-1]) & (step[1:] >= 0)
        out[order[1:]] = alike
    return out
