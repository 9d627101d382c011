"""How far each indicator of a person lies from that person's whole scale, and how that moved since the phase began.

A small state-space model per citizen and indicator: deviation now, deviation when the phase began, and what each rater
sees in this one indicator beside their bias on the whole (drawn anew where the rater or the way of asking changes). The
deviation is a random walk around the person's whole scale, wide enough for sudden drops. What is observed: the answer
less the mean of the same rater's other answers that day, item means subtracted from all: the rater's bias on the whole,
the mood of the day and the level itself cancel, and the noise is uncorrelated with that of the whole scale's value.

Indicator = whole scale + deviation: few answers say little about a deviation, so an indicator is drawn towards the
whole. Kalman's filter with its ten covariances written out as plain arrays (indicators x citizens), citizens in chunks;
element by element only, so that a person's figures are the same to the bit whoever is computed beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from progression.analysis import filter as trajectory_filter
from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.filter import Start
from progression.analysis.looks import Basis
from progression.analysis.moves import Moves, moves
from progression.analysis.priors import item_means
from progression.analysis.smoother import smooth
from progression.analysis.steps import Observed, ranks
from progression.scales.model import RATERS, Scale

CHUNK = 512  # citizens whose state stays in the processor's cache
WALK, DROP, BIAS = 0.5, 1.2, 0.5  # minimal important changes: what serves where nothing was estimated
# a first deviation is believed to lie so much wider than people's do: with 1, somebody always at 1 where all else is 4
# was drawn so far towards the whole that each further 1 seemed a fall; found declines are a hundredth fewer with 2
WIDER = 2.0

# one array per entry: the state (deviation, at the phase's start, caseworker, citizen) and its covariances
NOW, START, CASEWORKER, CITIZEN = range(4)
NN, NS, NW, NC, SS, SW, SC, WW, WC, CC = range(4, 14)  # N now, S start, W caseworker, C citizen
ENTRIES = 14
_COVARIANCES = ((NN, NS, NW, NC), (NS, SS, SW, SC), (NW, SW, WW, WC), (NC, SC, WC, CC))


@dataclass(frozen=True, slots=True)
class ItemSizes:
    """Variances of the deviation model, in steps squared (per year for `walk`). `spread`: of people's deviations,
    `first`: what is believed of one before any answer."""

    spread: float
    first: float
    walk: float
    bias: float
    answer: float

    @classmethod
    def of(cls, parameters: Mapping[str, float], scale: Scale) -> ItemSizes:
        """Read "indicator_walk_sd", "indicator_drop_sd" and "indicator_bias_sd" of `Estimates.parameters`, or what
        serves without them: multiples of the minimal important change."""
        mic = scale.minimal_important_change
        walk = float(parameters.get("indicator_walk_sd", WALK * mic))
        drop = float(parameters.get("indicator_drop_sd", DROP * mic))
        bias = float(parameters.get("indicator_bias_sd", BIAS * mic))
        spread, answer = float(parameters["spread_sd"]), float(parameters["item_sd"])
        return cls(spread * spread, (WIDER * spread) ** 2, walk * walk + drop * drop, bias * bias, answer * answer)


@dataclass(frozen=True, slots=True)
class Deviations:
    """What was known of deviations from the whole scale after some consecutive steps: each (indicators x steps).

    `first`: number of the first of these steps in the cohort. `change` = deviation now less that when the phase began.
    """

    first: int
    level: Floats
    level_var: Floats
    change: Floats
    change_var: Floats

    @property
    def steps(self) -> slice:
        """Where these steps stand among the cohort's."""
        return slice(self.first, self.first + self.level.shape[1])


def deviations(basis: Basis, items: Sequence[int] | None = None) -> Iterator[Deviations]:
    """Walk a cohort, some citizens at a time. `items`: places of indicators in the scale, default those of the whole.

    Yields nothing for a scale of one item, which is its own whole.
    """
    scale, step = basis.cohort.scale, basis.step
    wanted = whole_places(scale) if items is None else list(items)
    if len(whole_places(scale)) < 2 or not wanted or not len(step.who):
        return
    answers = Answers.of(basis, wanted)
    late = moves(step, basis.phases, basis.known.phase) if basis.known.late.any() else None
    for start in range(0, len(step.bounds) - 1, CHUNK):
        bounds = step.bounds[start : start + CHUNK + 1]
        if bounds[-1] > bounds[0]:
            yield _walk(basis, answers, bounds, late)


def deviation(basis: Basis, place: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return one indicator's deviation, its variance, its change since the phase began and that one's variance at every
    step (M,), as known then. All 0 for a scale of one item."""
    out = np.zeros((4, len(basis.step.who)))
    for part in deviations(basis, [place]):
        out[:, part.steps] = part.level[0], part.level_var[0], part.change[0], part.change_var[0]
    return out[0], out[1], out[2], out[3]


def smoothed_deviation(basis: Basis, place: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the same given all answers, earlier and later: the trajectory filter's model without a drift."""
    step, nothing = basis.step, np.zeros(len(basis.step.who))
    if len(whole_places(basis.cohort.scale)) < 2:
        return nothing, nothing, nothing, nothing
    answers = Answers.of(basis, [place])
    seen = [answers.observations(basis, side, slice(0, len(step.who))) for side in range(len(RATERS))]
    value, noise = (np.stack([seen[side][i][0] for side in range(len(RATERS))], axis=1) for i in range(2))
    sizes = answers.sizes
    own = replace(step, value=value, noise=noise)
    start = Start(0.0, sizes.first, 0.0, sizes.bias, sizes.bias, sizes.walk)
    back = smooth(own, basis.move, trajectory_filter.run(own, basis.move, start, keep=True))
    return back.level, back.level_var, back.change, back.change_var


def whole_places(scale: Scale) -> list[int]:
    """Return the places of the indicators that make the whole scale."""
    return [place for place, indicator in enumerate(scale.indicators) if indicator.in_whole]


def offset(basis: Basis, place: int) -> float:
    """Return how far an indicator's mean lies from the mean of all: what brings whole + deviation to its own steps."""
    scale = basis.cohort.scale
    means = item_means(scale, basis.estimates.parameters)
    whole = [means[r][p] for r, rater in enumerate(RATERS) for p in whole_places(scale) if _asks(scale, rater, p)]
    own = [means[r][place] for r, rater in enumerate(RATERS) if _asks(scale, rater, place)]
    return sum(own) / len(own) - sum(whole) / len(whole)


def within(scale: Scale, level: Floats, change: Floats) -> Floats:
    """Return levels moved as little as brings them and the levels when the phase began (level - change) into the scale:
    a sum of two estimates may lie a little outside."""
    before = level - change
    low, high = np.minimum(level, before), np.maximum(level, before)
    inside: Floats = level + np.maximum(scale.minimum - low, 0.0) - np.maximum(high - scale.maximum, 0.0)
    return inside


def _asks(scale: Scale, rater: str, place: int) -> bool:
    return rater in scale.indicators[place].raters


@dataclass(frozen=True, slots=True)
class Answers:
    """Where each step's answers stand (`row`: steps x raters into the cohort's assessments, -1 = none), and what is
    needed to compare one indicator with the others: its places, means (raters x indicators) and weights."""

    row: Ints
    items: list[int]
    whole: list[int]
    means: list[list[float]]
    others: list[list[int]]  # raters x items: how many others of the whole this rater is asked
    share: list[float]  # one indicator against the others, as its distance from the whole that it is part of
    sizes: ItemSizes

    @classmethod
    def of(cls, basis: Basis, items: list[int]) -> Answers:
        """Gather what the whole cohort shares."""
        scale, parameters = basis.cohort.scale, basis.estimates.parameters
        whole = whole_places(scale)
        return cls(
            row=assessment_rows(basis.seen, len(basis.step.who)),
            items=items,
            whole=whole,
            means=item_means(scale, parameters),
            others=[[sum(_asks(scale, r, p) for p in whole if p != i) for i in items] for r in RATERS],
            share=[1.0 - 1.0 / len(whole) if i in whole else 1.0 for i in items],
            sizes=ItemSizes.of(parameters, scale),
        )

    def observations(self, basis: Basis, side: int, steps: slice) -> tuple[Floats, Floats]:
        """Value and noise variance (indicators x steps) of one rater's deviations; infinite noise where there is
        nothing to compare: the indicator was not answered, or it alone was."""
        rows = self.row[steps, side]
        score = np.ascontiguousarray(basis.cohort.scores[np.maximum(rows, 0)].T)
        given = ~np.isnan(score) & (rows >= 0)
        count, total = np.zeros(len(rows)), np.zeros(len(rows))
        apart: dict[int, Floats] = {}
        for place in sorted({*self.whole, *self.items}):
            apart[place] = np.where(given[place], score[place] - self.means[side][place], 0.0)
            if place in self.whole:
                count += given[place]
                total += apart[place]
        value, noise = np.zeros((len(self.items), len(rows))), np.full((len(self.items), len(rows)), np.inf)
        for i, place in enumerate(self.items):
            own = given[place]
            counted = place in self.whole
            others = count - own if counted else count
            rest = total - apart[place] if counted else total
            told = own & (others > 0)
            each = np.maximum(others, 1.0)
            value[i] = np.where(told, self.share[i] * (apart[place] - rest / each), 0.0)
            noise[i] = np.where(told, self._noise(i, side, each), np.inf)
        return value, noise

    def _noise(self, i: int, side: int, each: Floats) -> Floats:
        sizes, all_ = self.sizes, max(self.others[side][i], 1)
        skipped = np.maximum(1.0 / each - 1.0 / all_, 0.0)
        result: Floats = self.share[i] ** 2 * (sizes.answer + sizes.answer / each + sizes.spread * skipped)
        return result


def assessment_rows(seen: Observed, steps: int) -> Ints:
    """Return which of the cohort's assessments each rater gave at each step (steps x raters, -1 = none)."""
    out = np.full((steps, len(RATERS)), -1, dtype=np.int64)
    out[step_places(seen), seen.rater] = seen.row
    return out


def step_places(seen: Observed) -> Ints:
    """Return the step of each observation: both raters of a day share one (`steps.steps`)."""
    same = np.zeros(len(seen.who), dtype=bool)
    same[1:] = (seen.who[1:] == seen.who[:-1]) & (seen.day[1:] == seen.day[:-1]) & (seen.rater[1:] > seen.rater[:-1])
    return np.cumsum(~same) - 1


def _walk(basis: Basis, answers: Answers, bounds: Ints, late_move: Moves | None) -> Deviations:
    """Bring some citizens (steps from bounds[0] to bounds[-1]) through their steps."""
    first, count = int(bounds[0]), int(bounds[-1] - bounds[0])
    here = slice(first, first + count)
    seen = [answers.observations(basis, side, here) for side in range(len(RATERS))]
    order, alive = ranks(bounds)
    begin = bounds[order] - first
    state = np.zeros((ENTRIES, len(answers.items), int(alive[0])))
    out = np.zeros((4, len(answers.items), count))
    branch = _Branch(state.copy(), np.zeros(state.shape[2], dtype=bool)) if late_move is not None else None
    for k, n in enumerate(alive.tolist()):
        at = begin[:n] + k
        now = state[:, :, :n]
        aside: tuple[Ints, Floats] | None = None
        if branch is not None and late_move is not None:
            aside = branch.step(k, at, first, basis, late_move, now, seen, answers.sizes)
        _advance(k, now, basis.move.at(at + first), basis.step.redraw[at + first], answers.sizes)
        _observe(now, seen, at)
        _record(out, at, now)
        if aside is not None:
            _record(out, *aside)
    return Deviations(first, *out)


@dataclass(slots=True)
class _Branch:
    """The state of those whose phase, as far as anybody knew that day, was still the one before (see `filter`)."""

    state: Floats
    held: Bools

    def step(
        self,
        k: int,
        at: Ints,
        first: int,
        basis: Basis,
        move: Moves,
        now: Floats,
        seen: list[tuple[Floats, Floats]],
        sizes: ItemSizes,
    ) -> tuple[Ints, Floats] | None:
        """Take the k-th step in the branch; return whose steps those are and their state."""
        who = np.flatnonzero(basis.known.late[at + first])
        stay = self.held[who]
        self.held[:] = False
        if not len(who):
            return None
        own = np.where(stay, self.state[:, :, who], now[:, :, who])
        rows = at[who] + first
        _advance(k, own, move.at(rows), basis.step.redraw[rows], sizes)
        _observe(own, seen, at[who])
        self.state[:, :, who] = own
        self.held[who] = True
        return at[who], own


def _advance(k: int, s: Floats, move: Moves, redraw: Bools, sizes: ItemSizes) -> None:
    """Bring the state to the day of the k-th step, in place."""
    if k == 0:
        s[:] = 0.0
        s[NN] = s[NS] = sizes.first
        s[SS] = sizes.first + sizes.walk * move.since
        s[WW] = s[CC] = sizes.bias
        return
    s[NN] += sizes.walk * (move.before + move.middle)
    turn = move.turn.nonzero()[0]
    if len(turn):
        s[START][:, turn] = s[NOW][:, turn]
        for here, there in ((SS, NN), (NS, NN), (SW, NW), (SC, NC)):
            s[here][:, turn] = s[there][:, turn]
        s[NN][:, turn] += sizes.walk * move.after[turn]
    for side, bias in enumerate((CASEWORKER, CITIZEN)):
        new = redraw[:, side].nonzero()[0]
        if len(new):
            s[bias][:, new] = 0.0
            for entry in _COVARIANCES[bias]:
                s[entry][:, new] = 0.0
            s[_COVARIANCES[bias][bias]][:, new] = sizes.bias


def _observe(s: Floats, seen: list[tuple[Floats, Floats]], at: Ints) -> None:
    """Take in both raters' values, in place. Where one said nothing the noise is infinite: the gain is 0."""
    for bias, (value, noise) in zip((CASEWORKER, CITIZEN), seen, strict=True):
        with_noise = noise[:, at]
        if np.isinf(with_noise).all():
            continue
        joint = [s[_COVARIANCES[NOW][i]] + s[_COVARIANCES[bias][i]] for i in range(4)]
        weight = 1.0 / (joint[NOW] + joint[bias] + with_noise)
        surprise = value[:, at] - s[NOW] - s[bias]
        for i in range(4):
            gain = joint[i] * weight
            s[i] += gain * surprise
            for j in range(i, 4):
                s[_COVARIANCES[i][j]] -= gain * joint[j]


def _record(out: Floats, at: Ints, s: Floats) -> None:
    out[0][:, at] = s[NOW]
    out[1][:, at] = s[NN]
    out[2][:, at] = s[NOW] - s[START]
    out[3][:, at] = s[NN] + s[SS] - 2.0 * s[NS]
