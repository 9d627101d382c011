"""The trajectory filter: a linear-Gaussian state-space model of one person's level (measurement.md).

State: level, level when the phase began, drift of the phase (steps per year), the caseworker's bias, the citizen's
bias. Time: the level moves by the drift and a random walk wide enough for sudden drops; where a phase begins its level
is noted and the drift drawn anew around 0; where a rater (or the way of asking) changes, that bias is drawn anew.
Observation: level + the rater's bias + noise, one scalar at a time: Kalman's filter. Given the answers themselves
(`items`), what they say at that moment is matched by such an observation (assumed-density filtering, Maybeck 1982), and
that is what is left behind for the curve and everything else. Written for all citizens at once: arrays are (state,
citizens), the loop runs over the k-th step of everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from progression.analysis.bounds import within
from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.items import Items
from progression.analysis.moves import Moves
from progression.analysis.priors import Variances
from progression.analysis.steps import Steps, ranks

LEVEL, ORIGIN, DRIFT, CASEWORKER, CITIZEN = range(5)
SIZE = 5
FLAT = 50.0  # sd of a flat prior, in ranges of the scale


@dataclass(frozen=True, slots=True)
class Start:
    """What is believed before the first step. `wander`: variance of the level per year that is no drift."""

    mean: float
    level_var: float
    drift_var: float
    caseworker_var: float
    citizen_var: float
    wander: float

    @classmethod
    def of(cls, sizes: Variances, drift_sd: float | None = None) -> Start:
        """The model of the flags and the curve. `drift_sd`: instead of that around 0."""
        return cls(
            sizes.level_mean,
            sizes.level_sd**2,
            (sizes.drift_sd if drift_sd is None else drift_sd) ** 2,
            sizes.caseworker_sd**2,
            sizes.citizen_sd**2,
            sizes.wander,
        )

    @classmethod
    def flat(cls, sizes: Variances, reach: float) -> Start:
        """Nothing believed about level and drift: the rate a phase's own answers show (stagnation)."""
        wide = (FLAT * reach) ** 2
        return cls(sizes.level_mean, wide, wide, sizes.caseworker_sd**2, sizes.citizen_sd**2, sizes.walk_sd**2)


@dataclass(frozen=True, slots=True)
class Update:
    """One scalar observation of the k-th step of everybody: gain (5, n), surprise (n,), its variance (n,)."""

    gain: Floats
    surprise: Floats
    variance: Floats


@dataclass(frozen=True, slots=True)
class Trace:
    """What the backward pass needs, one entry per k: state before the observations, and both updates (None
    where nobody was seen by that rater)."""

    mean: list[Floats] = field(default_factory=list)
    spread: list[Floats] = field(default_factory=list)
    updates: list[tuple[Update | None, Update | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filtered:
    """What was known after each step (M,): level, level when the phase began, drift, and their variances.

    `change_var` = variance of level - origin. `value`, `noise` (M x 2): what each rater's answers came to. `ticked`
    (2,): how many assessments had one step ticked throughout, and last time's again, as far as can be told. `order`,
    `alive`: how the batch was walked (see `steps.ranks`). With bounds, level and origin lie within them.
    """

    level: Floats
    level_var: Floats
    origin: Floats
    change_var: Floats
    drift: Floats
    drift_var: Floats
    value: Floats
    noise: Floats
    ticked: Floats
    order: Ints
    alive: Ints
    trace: Trace | None

    @property
    def change(self) -> Floats:
        """Level now minus level when the phase began."""
        return self.level - self.origin


def run(
    step: Steps,
    move: Moves,
    start: Start,
    *,
    late: Bools | None = None,
    late_move: Moves | None = None,
    keep: bool = False,
    items: Items | None = None,
    bounds: tuple[float, float] | None = None,
) -> Filtered:
    """Walk all citizens through their steps.

    `late` marks steps whose phase start was not yet known on their day; their look is computed by `late_move` in a
    branch of its own, while the main line goes on with what is known by now. `keep` collects the trace for smoothing.
    `items`: the answers themselves, instead of the values and noises of `step`. `bounds`: the ends of the scale.
    """
    order, alive = ranks(step.bounds)
    begin = step.bounds[order]
    people = int(alive[0]) if len(alive) else 0
    x, p = np.zeros((SIZE, people)), np.zeros((SIZE, SIZE, people))
    out = np.zeros((len(_RECORDED), len(step.day)))
    trace = Trace() if keep else None
    reader = _Reader(items, step) if items is not None else None
    # a branch reads as it was believed that day; the main line notes what the answers came to
    branch = _Branch.of(x, p, _Reader(items, step) if items is not None else None) if _any(late) else None
    for k, n in enumerate(alive.tolist()):
        at = begin[:n] + k
        mean, spread = x[:, :n], p[:, :, :n]
        if branch is not None and late is not None and late_move is not None:
            branch.advance(k, at, late, late_move, mean, spread, step, start)
        _advance(k, mean, spread, move.at(at), step.redraw[at], start)
        if trace is not None:
            trace.mean.append(mean.copy())
            trace.spread.append(spread.copy())
        if reader is not None:
            updates = reader.observe(mean, spread, at)
        else:
            updates = _observe(mean, spread, step.value[at], step.noise[at])
        if trace is not None:
            trace.updates.append(updates)
        _record(out, at, mean, spread)
        if branch is not None:
            branch.observe(out, step)
    told = reader if reader is not None else _Told(step.value, step.noise, np.zeros(2))
    return _filtered(_within_bounds(out, bounds), told, order, alive, trace)


def _filtered(found: list[Floats], told: _Told | _Reader, order: Ints, alive: Ints, trace: Trace | None) -> Filtered:
    level, level_var, origin, change_var, drift, drift_var = found
    value, noise, ticked = told.value, told.noise, told.ticked
    return Filtered(level, level_var, origin, change_var, drift, drift_var, value, noise, ticked, order, alive, trace)


def _within_bounds(out: Floats, bounds: tuple[float, float] | None) -> list[Floats]:
    """What was recorded, levels between the ends of the scale.

    The past no less surely than today's level is known, since an unknown past is no change; and no more vaguely than it
    is, since years at an end, where answers no longer tell, are none either.
    """
    level, level_var, origin, change_var, drift, drift_var, origin_var = out
    if bounds is not None:
        origin = within(origin, np.minimum(level_var, origin_var), *bounds)[0]
        level, level_var = within(level, level_var, *bounds)
    return [level, level_var, origin, change_var, drift, drift_var]


@dataclass(frozen=True, slots=True)
class _Told:
    """Values that came as they are, without answers behind them."""

    value: Floats
    noise: Floats
    ticked: Floats


_RECORDED = ("level", "level_var", "origin", "change_var", "drift", "drift_var", "origin_var")


class _Reader:
    """Answers into observations: what they say given what was believed, as one value and its noise per rater."""

    def __init__(self, items: Items, step: Steps) -> None:
        self.items, self.row = items, step.row
        self.value, self.noise = np.zeros(step.row.shape), np.full(step.row.shape, np.inf)
        self.ticked = np.zeros(2)

    def observe(self, x: Floats, p: Floats, at: Ints) -> tuple[Update | None, Update | None]:
        """Take in both raters' answers of these steps, in place, and note what they came to."""
        first = self._rater(x, p, at, 0, CASEWORKER)
        return first, self._rater(x, p, at, 1, CITIZEN)

    def _rater(self, x: Floats, p: Floats, at: Ints, side: int, bias: int) -> Update | None:
        who = (self.row[at, side] >= 0).nonzero()[0]
        if not len(who):
            return None
        mean = x[LEVEL, who] + x[bias, who]
        own = p[LEVEL, LEVEL, who] + 2 * p[LEVEL, bias, who] + p[bias, bias, who]
        var = own + self.items.day
        reading = self.items.read(self.row[at[who], side], side, mean, var)
        self.ticked += reading.ticked.sum(), reading.again.sum()
        # the scalar observation that would have moved the belief as far, and made it as sure
        total = var / np.maximum(1.0 - reading.var / var, _SAID)
        self.value[at[who], side] = mean + (reading.mean - mean) * total / var
        self.noise[at[who], side] = np.maximum(total - own, _LEAST)
        return _see(x, p, bias, self.value[at, side], self.noise[at, side])


_LEAST = 1e-9  # variance
_SAID = 1e-4  # answers that say next to nothing


@dataclass(slots=True)
class _Branch:
    """The state of those whose phase, as far as anybody knew that day, was still the one before."""

    mean: Floats
    spread: Floats
    held: Bools  # who was in the branch at the step before
    reader: _Reader | None
    last: tuple[Ints, Ints] | None = None

    @classmethod
    def of(cls, x: Floats, p: Floats, reader: _Reader | None) -> _Branch:
        """Nobody is in it yet."""
        return cls(x.copy(), p.copy(), np.zeros(x.shape[1], dtype=bool), reader)

    def advance(
        self,
        k: int,
        at: Ints,
        late: Bools,
        move: Moves,
        mean: Floats,
        spread: Floats,
        step: Steps,
        start: Start,
    ) -> None:
        who = late[at].nonzero()[0]
        rows = at[who]
        stay = self.held[who]
        x = np.where(stay, self.mean[:, who], mean[:, who])
        p = np.where(stay, self.spread[:, :, who], spread[:, :, who])
        self.held[:] = False
        self.last = None
        if not len(who):
            return
        _advance(k, x, p, move.at(rows), step.redraw[rows], start)
        self.mean[:, who], self.spread[:, :, who] = x, p
        self.held[who] = True
        self.last = (rows, who)

    def observe(self, out: Floats, step: Steps) -> None:
        if self.last is None:
            return
        rows, who = self.last
        x, p = self.mean[:, who], self.spread[:, :, who]
        if self.reader is None:
            _observe(x, p, step.value[rows], step.noise[rows])
        else:
            self.reader.observe(x, p, rows)
        self.mean[:, who], self.spread[:, :, who] = x, p
        _record(out, rows, x, p)


def _any(mask: Bools | None) -> bool:
    return mask is not None and bool(mask.any())


def _advance(k: int, x: Floats, p: Floats, move: Moves, redraw: Bools, start: Start) -> None:
    """Bring the state to the day of the k-th step, in place."""
    if k == 0:
        _begin(x, p, move, start)
        return
    drift_on(x, p, move.before)
    p[LEVEL, LEVEL] += start.wander * (move.before + move.middle) + start.drift_var * move.squares
    turn = move.turn.nonzero()[0]
    if len(turn):
        a, b = x[:, turn], p[:, :, turn]
        new_phase(a, b, start.drift_var)
        a[DRIFT] = move.mean[turn]
        drift_on(a, b, move.after[turn])
        b[LEVEL, LEVEL] += start.wander * move.after[turn]
        x[:, turn], p[:, :, turn] = a, b
    for side, (bias, var) in enumerate(((CASEWORKER, start.caseworker_var), (CITIZEN, start.citizen_var))):
        new = redraw[:, side].nonzero()[0]
        if len(new):
            x[bias, new] = 0.0
            p[bias, :, new] = 0.0
            p[:, bias, new] = 0.0
            p[bias, bias, new] = var


def _begin(x: Floats, p: Floats, move: Moves, start: Start) -> None:
    """Believe something at the first assessment: its level says nothing about the change up to it."""
    since = move.since
    x[:] = 0.0
    p[:] = 0.0
    x[LEVEL], x[DRIFT] = start.mean, move.mean
    x[ORIGIN] = start.mean - move.mean * since
    p[LEVEL, LEVEL] = p[LEVEL, ORIGIN] = p[ORIGIN, LEVEL] = start.level_var
    p[ORIGIN, ORIGIN] = start.level_var + start.drift_var * since**2 + start.wander * since
    p[ORIGIN, DRIFT] = p[DRIFT, ORIGIN] = -start.drift_var * since
    p[DRIFT, DRIFT] = start.drift_var
    p[CASEWORKER, CASEWORKER], p[CITIZEN, CITIZEN] = start.caseworker_var, start.citizen_var


def drift_on(x: Floats, p: Floats, years: Floats) -> None:
    """Let the level move by the drift for so many years, in place."""
    x[LEVEL] += years * x[DRIFT]
    p[LEVEL] += years * p[DRIFT]
    p[:, LEVEL] += years * p[:, DRIFT]


def new_phase(x: Floats, p: Floats, drift_var: float) -> None:
    """Note the level at a phase's start and draw its drift anew, in place."""
    x[ORIGIN] = x[LEVEL]
    p[ORIGIN] = p[LEVEL]
    p[:, ORIGIN] = p[:, LEVEL]
    x[DRIFT] = 0.0
    p[DRIFT] = 0.0
    p[:, DRIFT] = 0.0
    p[DRIFT, DRIFT] = drift_var


def _observe(x: Floats, p: Floats, value: Floats, noise: Floats) -> tuple[Update | None, Update | None]:
    """Take in both raters' values, in place. An absent rater's noise is infinite: the gain is 0."""
    first = _see(x, p, CASEWORKER, value[:, 0], noise[:, 0])
    return first, _see(x, p, CITIZEN, value[:, 1], noise[:, 1])


def _see(x: Floats, p: Floats, bias: int, value: Floats, noise: Floats) -> Update | None:
    if np.isinf(noise).all():  # nobody saw this rater: a day that only the curve asks about
        return None
    joint = p[:, LEVEL] + p[:, bias]
    variance = joint[LEVEL] + joint[bias] + noise
    surprise = value - x[LEVEL] - x[bias]
    gain = joint / variance
    x += gain * surprise
    p -= gain[:, None] * joint[None]
    return Update(gain, surprise, variance)


def _record(out: Floats, at: Ints, x: Floats, p: Floats) -> None:
    out[0, at], out[1, at], out[2, at] = x[LEVEL], p[LEVEL, LEVEL], x[ORIGIN]
    out[3, at] = p[LEVEL, LEVEL] + p[ORIGIN, ORIGIN] - 2 * p[LEVEL, ORIGIN]
    out[4, at], out[5, at] = x[DRIFT], p[DRIFT, DRIFT]
    out[6, at] = p[ORIGIN, ORIGIN]
