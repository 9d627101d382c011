"""Simulated citizens whose true level is known: for calibration, tests, the bench and the demo.

A `World` says how people live and how they are rated; `simulate` draws a cohort from it, the same for the same seed.
Levels are drawn day by day; answers are the level plus biases and noise, rounded to whole steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.random import Generator
from scipy.special import ndtr, ndtri

from progression.analysis.cohort import NEVER, Bools, Cohort, Floats, InterventionColumns, Ints
from progression.analysis.moves import YEAR
from progression.analysis.phasing import PhaseColumns, phases
from progression.analysis.priors import Variances, prior_variances
from progression.casework.timeline import ACTIVE
from progression.scales.model import DECLINED, NOT_RATED, RATERS, Answer, Rater, Scale

FIRST_DAY = date(2023, 1, 2).toordinal()
CASEWORKERS = 40
ROUNDING = 1 / 12  # variance that rounding to whole steps adds


@dataclass(frozen=True, slots=True)
class World:
    """How simulated people live and are rated. Steps of the whole scale, years, probabilities.

    `active`, `passive`: mean and sd of a phase's drift. `drops`: sudden changes per year, `drop_mean` and `drop_sd`
    their size. `common_sd`: the part of a caseworker's bias shared over all citizens. `changes`: caseworker changes per
    year. `skip`: rounds left out, `silent`: citizen's side left out, `unanswered`: single items left out, `careless`:
    assessments answered with one and the same step. `sinking`: rounds left out when the level is below where it began.
    `dip`: how far below their usual level people enter, gone after `dip_days`. `glow`: added to the last caseworker's
    rating before a passive phase. `slowest`: no phase's drift towards better lies below this (steps per year).
    """

    sizes: Variances
    years: float = 2.5
    rhythm: float = 91.0
    jitter: float = 12.0
    active: tuple[float, float] = (0.0, 0.5)
    passive: tuple[float, float] = (0.0, 0.5)
    phase_days: float = 270.0
    drops: float = 0.15
    drop_mean: float = 0.0
    drop_sd: float = 0.5
    common_sd: float = 0.0
    changes: float = 0.5
    skip: float = 0.12
    silent: float = 0.1
    unanswered: float = 0.04
    careless: float = 0.0
    sinking: float = 0.0
    offset_sd: float = 0.0
    profile_sd: float = 0.3
    dip: float = 0.0
    dip_days: float = 120.0
    glow: float = 0.0
    change_at_phase: float = 0.0
    slowest: float | None = None
    apart: int = 0  # days between the two raters' assessments, at most


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """A cohort and its truth: `level` (citizens x days from `opened`), `phases` as recorded, `fell`: the true level
    was somewhere half a minimal important change or more below where its phase began, `rose`: the mirror."""

    cohort: Cohort
    level: Floats
    phases: PhaseColumns
    as_of: int
    fell: Bools
    rose: Bools

    @property
    def years(self) -> Floats:
        """Years each citizen was followed."""
        length: Floats = (self.as_of - self.cohort.opened + 1) / YEAR
        return length

    def truth(self, who: Any, day: Any) -> Floats:
        """Return the true level of citizens (indices) on ordinal days."""
        out: Floats = self.level[who, np.asarray(day) - self.cohort.opened[who]]
        return out


def base_world(scale: Scale) -> World:
    """The world the priors describe: what the thresholds are calibrated in."""
    sizes = prior_variances(scale)
    several = sizes.spread_sd > 0
    return World(
        sizes=sizes,
        active=(0.0, sizes.drift_sd),
        passive=(0.0, sizes.drift_sd),
        drop_sd=sizes.drop_sd / 0.15**0.5,
        profile_sd=sizes.spread_sd if several else 0.0,
    )


def worlds(scale: Scale) -> dict[str, World]:
    """Worlds that differ from each other and from the priors, by name."""
    base = base_world(scale)
    sizes, mic = base.sizes, scale.minimal_important_change
    usual = replace(base, active=(0.8 * mic, 1.2 * mic), passive=(-0.8 * mic, 1.2 * mic))
    return {
        "base": usual,
        "noisy raters": replace(
            usual,
            sizes=replace(sizes, caseworker_sd=1.8 * mic, citizen_sd=1.8 * mic, item_sd=1.4 * sizes.item_sd),
            common_sd=mic,
        ),
        "sudden drops": replace(usual, drops=0.5, drop_mean=-1.8 * mic, drop_sd=0.6 * mic),
        "floor": replace(usual, sizes=replace(sizes, level_mean=_towards(scale, False))),
        "ceiling": replace(usual, sizes=replace(sizes, level_mean=_towards(scale, True))),
        "careless raters": replace(usual, careless=0.35),
        "caseworker change": replace(usual, changes=1.4, change_at_phase=0.5, common_sd=0.8 * mic),
        "silent citizens": replace(usual, silent=0.7, skip=0.25, sinking=0.3),
        "missing items": replace(usual, unanswered=0.35, offset_sd=1.5 * mic, profile_sd=2 * mic),
        "entry dip": replace(usual, dip=1.2 * mic),
        "end glow": replace(usual, glow=0.8 * mic),
    }


def _towards(scale: Scale, top: bool) -> float:
    reach = scale.maximum - scale.minimum
    return scale.maximum - 0.15 * reach if top else scale.minimum + 0.15 * reach


def simulate(scale: Scale, world: World, citizens: int, seed: int) -> Simulated:
    """Draw a cohort; the same for the same arguments."""
    rng = np.random.default_rng(seed)
    days = round(world.years * YEAR)
    starts, state, place = _phases(rng, world, citizens, days)
    level = _levels(rng, scale, world, state, place, days)
    visit = _visits(rng, world, citizens, days)
    regime = _regimes(rng, world, visit, starts)
    who, day, rater, assessor, cells = _assess(rng, scale, world, level, visit, regime, starts, state)
    opened = np.full(citizens, FIRST_DAY, dtype=np.int64)
    as_of = FIRST_DAY + days - 1
    cohort = Cohort.from_columns(
        scale,
        citizens=[f"c{i}" for i in range(citizens)],
        numbers=[f"S{i:05d}" for i in range(citizens)],
        who=who,
        day=day + FIRST_DAY,
        rater=rater,
        assessor=assessor,
        mode=np.full(len(who), -1),
        cells=cells,
        opened=opened,
        interventions=_interventions(starts, state, days),
    )
    recorded = phases(cohort, as_of)
    moved = scale.better * _since_phase(level, recorded, FIRST_DAY)
    half = scale.minimal_important_change / 2
    fell: Bools = np.asarray((moved <= -half).any(axis=1))
    rose: Bools = np.asarray((moved >= half).any(axis=1))
    return Simulated(cohort, level, recorded, as_of, fell, rose)


def _since_phase(level: Floats, recorded: PhaseColumns, first: int) -> Floats:
    """True level minus that on the first day of the day's phase, citizens x days."""
    citizens, days = level.shape
    mark = np.zeros((citizens, days), dtype=np.int64)
    mark[recorded.who, recorded.start - first] = recorded.start - first
    begin = np.maximum.accumulate(mark, axis=1)
    out: Floats = level - np.take_along_axis(level, begin, axis=1)
    return out


def _phases(rng: Generator, world: World, citizens: int, days: int) -> tuple[Ints, Ints, Ints]:
    """First days of phases (citizens x phases, beyond `days` = none), the state of the first (1 active), and the
    phase of each day (citizens x days)."""
    most = int(days / 30) + 2
    lengths = 30 + rng.gamma(2.0, (world.phase_days - 30) / 2, size=(citizens, most))
    starts = np.concatenate([np.zeros((citizens, 1)), np.cumsum(lengths, axis=1)], axis=1).astype(np.int64)
    starts = starts[:, : int((starts < days).sum(axis=1).max()) + 1]
    state = rng.integers(0, 2, citizens)
    mark = np.zeros((citizens, days + 1), dtype=np.int64)
    rows = np.broadcast_to(np.arange(citizens)[:, None], starts.shape)
    inside = (starts > 0) & (starts < days)
    mark[rows[inside], starts[inside]] = 1
    return starts, state, np.cumsum(mark[:, :days], axis=1)


def _levels(rng: Generator, scale: Scale, world: World, state: Ints, place: Ints, days: int) -> Floats:
    citizens = len(state)
    count = int(place.max()) + 1
    active = (np.arange(count)[None, :] + state[:, None]) % 2 == 1
    mean = np.where(active, world.active[0], world.passive[0]) * scale.better
    sd = np.where(active, world.active[1], world.passive[1])
    drawn = _drifts(
        rng, mean, sd, None if world.slowest is None else world.slowest * scale.better, scale.better
    )
    drift = np.take_along_axis(drawn, place, axis=1) / YEAR
    walk = world.sizes.walk_sd / YEAR**0.5 * rng.normal(size=(citizens, days))
    sudden = rng.random((citizens, days)) < world.drops / YEAR
    at = np.nonzero(sudden)
    walk[at] += scale.better * world.drop_mean + world.drop_sd * rng.normal(size=len(at[0]))
    first = world.sizes.level_mean + world.sizes.level_sd * rng.normal(size=(citizens, 1))
    step = drift + walk
    step[:, 0] = 0.0
    level = first + np.cumsum(step, axis=1)
    if world.dip:
        level -= scale.better * world.dip * np.clip(1 - np.arange(days) / world.dip_days, 0, 1)
    out: Floats = np.clip(level, scale.minimum, scale.maximum)
    return out


def _drifts(rng: Generator, mean: Floats, sd: Floats, slowest: float | None, better: int) -> Floats:
    """Normal drifts, or the part of that distribution at or beyond `slowest` towards better."""
    if slowest is None:
        plain: Floats = mean + sd * rng.normal(size=mean.shape)
        return plain
    share = rng.random(mean.shape)
    tail = ndtr(better * (mean - slowest) / sd)
    cut: Floats = mean - better * sd * ndtri(np.clip(share * tail, 1e-12, 1.0))
    return cut


def _visits(rng: Generator, world: World, citizens: int, days: int) -> Ints:
    """Days of the rounds (citizens x rounds, -1 = left out), the first within a month."""
    count = int(days / world.rhythm) + 1
    day = rng.integers(3, 30, size=(citizens, 1)) + np.arange(count) * world.rhythm
    day = np.rint(day + world.jitter * rng.uniform(-1, 1, size=(citizens, count))).astype(np.int64)
    gone = (rng.random((citizens, count)) < world.skip) | (day < 0) | (day >= days - world.apart)
    gone[:, 0] = day[:, 0] < 0
    return np.where(gone, -1, day)


def _regimes(rng: Generator, world: World, visit: Ints, starts: Ints) -> Ints:
    """Which caseworker in turn rates each round, citizens x rounds."""
    citizens, count = visit.shape
    change = rng.random((citizens, count)) < 1 - np.exp(-world.changes * world.rhythm / YEAR)
    if world.change_at_phase:
        before = np.concatenate(
            [np.full((citizens, 1), -1), np.maximum.accumulate(visit, axis=1)[:, :-1]], axis=1
        )
        for k in range(1, starts.shape[1]):
            crossed = (starts[:, k : k + 1] > before) & (starts[:, k : k + 1] <= visit)
            change |= crossed & (rng.random((citizens, count)) < world.change_at_phase)
    change[:, 0] = False
    return np.cumsum(change, axis=1)


def _assess(
    rng: Generator,
    scale: Scale,
    world: World,
    level: Floats,
    visit: Ints,
    regime: Ints,
    starts: Ints,
    state: Ints,
) -> tuple[Ints, Ints, Ints, Ints, bytes]:
    citizens = len(visit)
    here = np.take_along_axis(level, np.maximum(visit, 0), axis=1)
    sunk = scale.better * (here - here[:, :1]) < -scale.minimal_important_change
    held = (visit >= 0) & ~(sunk & (rng.random(visit.shape) < world.sinking))
    items = len(scale.indicators)
    offsets = world.offset_sd * rng.normal(size=items)
    profile = world.profile_sd * rng.normal(size=(citizens, 1, items))
    profile -= profile.mean(axis=2, keepdims=True)
    own, bias = _biases(rng, world, regime)
    glow = world.glow * scale.better * _last_before_passive(visit, starts, state)
    parts = []
    for side, rater in enumerate(RATERS):
        asked = held & (rng.random(visit.shape) >= (world.silent if side else 0.0))
        who, k = np.nonzero(asked)
        score = answers_from_level(
            rng,
            scale,
            rater,
            here[who, k],
            rater_bias=bias[side][who, k] + (glow[who, k] if side == 0 else 0.0),
            item_offsets=offsets + profile[who, 0],
            day_sd=world.sizes.day_sd,
            item_sd=world.sizes.item_sd,
            unanswered=world.unanswered,
            careless=world.careless,
        )
        day = visit[who, k]
        if side and world.apart:
            day = day + rng.integers(0, world.apart + 1, size=len(day))
        assessor = own[who, k] if side == 0 else np.full(len(who), -1)
        parts.append((who, day, np.full(len(who), side), assessor, score))
    who, day, rater_, assessor = (np.concatenate([p[i] for p in parts]) for i in range(4))
    return who, day, rater_, assessor, score_cells(scale, np.concatenate([p[4] for p in parts]))


def _biases(rng: Generator, world: World, regime: Ints) -> tuple[Ints, tuple[Floats, Floats]]:
    """Who the caseworker of each round is, and both raters' biases (citizens x rounds)."""
    citizens, count = regime.shape
    own = (rng.integers(0, CASEWORKERS, size=(citizens, 1)) + 7 * regime) % CASEWORKERS
    common = world.common_sd * rng.normal(size=CASEWORKERS)
    pair = np.take_along_axis(rng.normal(size=(citizens, count)), regime, axis=1)
    theirs = np.broadcast_to(world.sizes.citizen_sd * rng.normal(size=(citizens, 1)), regime.shape)
    return own, (world.sizes.caseworker_sd * pair + common[own], theirs)


def _last_before_passive(visit: Ints, starts: Ints, state: Ints) -> Bools:
    """True for the last round before a passive phase begins."""
    out = np.zeros(visit.shape, dtype=bool)
    for k in range(1, starts.shape[1]):
        passive = (k + state) % 2 == 0
        before = np.where((visit >= 0) & (visit < starts[:, k : k + 1]), visit, -1)
        last = before.argmax(axis=1)
        real = passive & (before.max(axis=1) >= starts[:, k - 1])
        out[np.flatnonzero(real), last[real]] = True
    return out


def answers_from_level(
    rng: Generator,
    scale: Scale,
    rater: Rater,
    level: Any,
    *,
    rater_bias: Any = 0.0,
    item_offsets: Any = 0.0,
    day_sd: float = 0.0,
    item_sd: float = 0.7,
    unanswered: float = 0.0,
    careless: float = 0.0,
) -> Floats:
    """Return the scores one rater gives at true levels: (assessments x indicators), NaN = not rated or not asked.

    `level`, `rater_bias`: one per assessment. `item_offsets`: per indicator, or assessments x indicators. `item_sd`
    includes the rounding to whole steps, as the model's does. `careless`: share of assessments in which every item gets
    the same step.
    """
    here = np.atleast_1d(np.asarray(level, dtype=np.float64))
    count, items = len(here), len(scale.indicators)
    noise = max(item_sd**2 - ROUNDING, 0.0) ** 0.5
    mood = np.asarray(rater_bias) + day_sd * rng.normal(size=count)
    lazy = rng.random(count) < careless
    meant = (here + mood)[:, None] + np.where(lazy[:, None], 0.0, item_offsets)
    meant = meant + np.where(lazy[:, None], 0.0, noise * rng.normal(size=(count, items)))
    score = np.clip(np.rint(meant), scale.minimum, scale.maximum)
    score[rng.random((count, items)) < unanswered] = np.nan
    score[:, [rater not in i.raters for i in scale.indicators]] = np.nan
    return score


def as_answers(scale: Scale, rater: Rater, score: Floats, declined: bool = False) -> dict[str, Answer]:
    """Return one row of scores as the answers of an assessment: NaN becomes "not rated" (or "declined")."""
    nothing: Answer = DECLINED if declined else NOT_RATED
    return {
        i.code: nothing if np.isnan(value) else int(value)
        for i, value in zip(scale.indicators, score, strict=True)
        if rater in i.raters
    }


def score_cells(scale: Scale, score: Floats) -> bytes:
    """Return scores as joined cells, "." for NaN (see `scales.cells`)."""
    wide = len(str(scale.maximum))
    value = np.where(np.isnan(score), 0, score).astype(np.int64)
    cells = np.empty((*score.shape, wide), dtype=np.uint8)
    for place in range(wide):
        cells[..., place] = ord("0") + value // 10 ** (wide - 1 - place) % 10
    cells[np.isnan(score)] = ord(".")
    return cells.tobytes()


def _interventions(starts: Ints, state: Ints, days: int) -> InterventionColumns:
    """One running row per active phase."""
    who, k = np.nonzero(((np.arange(starts.shape[1])[None, :] + state[:, None]) % 2 == 1) & (starts < days))
    begin = starts[who, k]
    following = np.where(k + 1 < starts.shape[1], starts[who, np.minimum(k + 1, starts.shape[1] - 1)], days)
    end = np.where(following >= days, NEVER, FIRST_DAY + following - 1)
    return InterventionColumns(who, FIRST_DAY + begin, end, np.full(len(who), ACTIVE))
