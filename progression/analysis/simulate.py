"""Simulated citizens whose true level is known: for calibration, tests, the bench and the demo.

A `World` says how people live and how they are rated; `simulate` draws a cohort from it, the same for the same seed.
Levels are drawn day by day (`living`); answers are the level plus biases and noise, in whole steps (`answering`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.random import Generator

from progression.analysis.answering import (
    Drawn,
    answers_from_level,
    as_answers,
    copied,
    score_cells,
    standard,
    stepped,
)
from progression.analysis.cohort import Bools, Cohort, Floats, Ints
from progression.analysis.living import Lives, Lone, live, lone_falls, react, registered, since_phase
from progression.analysis.moves import YEAR
from progression.analysis.phasing import PhaseColumns, phases
from progression.analysis.priors import Variances
from progression.analysis.worlds import World, base_world, instrument, true_variances, worlds
from progression.scales.model import RATERS, Scale

FIRST_DAY = date(2023, 1, 2).toordinal()
CASEWORKERS = 40
SHORTEST_GAP = 5  # days between two rounds at irregular dates, at least

__all__ = [
    "FIRST_DAY",
    "Simulated",
    "World",
    "answers_from_level",
    "as_answers",
    "base_world",
    "score_cells",
    "simulate",
    "worlds",
]


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """A cohort and its truth: `level` (citizens x days from `opened`), `phases` as the final register has them, `fell`:
    the true level was some day a minimal important change or more below where its phase began (a setback), `rose`: the
    mirror. `sizes`: the world's true variances. `lone`: whose single item fell, None where nobody's does."""

    cohort: Cohort
    level: Floats
    phases: PhaseColumns
    as_of: int
    fell: Bools
    rose: Bools
    sizes: Variances
    lone: Lone | None = None

    @property
    def years(self) -> Floats:
        """Years each citizen was followed."""
        length: Floats = (self.as_of - self.cohort.opened + 1) / YEAR
        return length

    def truth(self, who: Any, day: Any) -> Floats:
        """Return the true level of citizens (indices) on ordinal days."""
        out: Floats = self.level[who, np.asarray(day) - self.cohort.opened[who]]
        return out

    def item_truth(self, who: Any, day: Any, item: Any) -> Floats:
        """Return the true level of one item each (an index among the scale's indicators), but for a constant."""
        level = self.truth(who, day)
        if self.lone is None:
            return level
        better, items = self.cohort.scale.better, sum(i.in_whole for i in self.cohort.scale.indicators)
        fallen = self.lone.fallen(who, np.asarray(day) - self.cohort.opened[who])
        own = self.lone.item[who] == item
        out: Floats = level + better * fallen * (1 / items - own)
        return out


@dataclass(frozen=True, slots=True)
class _People:
    """How items lie apart for everybody (items) and for each (citizens x 1 x items), who the caseworker of each round
    is, and both raters' biases (citizens x rounds)."""

    offsets: Floats
    profile: Floats
    own: Ints
    bias: tuple[Floats, Floats]


def simulate(scale: Scale, world: World, citizens: int, seed: int) -> Simulated:
    """Draw a cohort; the same for the same arguments."""
    rng = np.random.default_rng(seed)
    days = round(world.years * YEAR)
    drawn: Drawn | None = None
    people: _People | None = None
    if world.reactive:
        visit = _visits(rng, world, citizens, days)
        regime = _regimes(rng, world, visit, np.zeros((citizens, 1), dtype=np.int64))
        people, drawn, lives = _reacting(rng, scale, world, visit, regime)
    else:
        lives = live(rng, scale, world, citizens, days)
        visit = _visits(rng, world, citizens, days)
        regime = _regimes(rng, world, visit, lives.starts)
    lone = lone_falls(rng, scale, world, citizens, days) if world.lone else None
    if lone is not None:
        hit = lone.item >= 0
        lives.level[hit] = lives.level[hit, :1]
    columns = _assess(rng, scale, world, lives, visit, regime, lone, people, drawn)
    who, day, rater, assessor, cells = columns
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
        opened=np.full(citizens, FIRST_DAY, dtype=np.int64),
        interventions=registered(rng, world, lives, days, FIRST_DAY),
    )
    level = lives.level if lone is None else _with_lone(scale, lives.level, lone)
    return _told(scale, world, cohort, level, as_of, lone)


def _told(scale: Scale, world: World, cohort: Cohort, level: Floats, as_of: int, lone: Lone | None) -> Simulated:
    recorded = phases(cohort, as_of)
    moved = scale.better * since_phase(level, recorded.who, recorded.start - FIRST_DAY)
    mic = scale.minimal_important_change
    fell: Bools = np.asarray((moved <= -mic).any(axis=1))
    rose: Bools = np.asarray((moved >= mic).any(axis=1))
    return Simulated(cohort, level, recorded, as_of, fell, rose, true_variances(scale, world), lone)


def _with_lone(scale: Scale, level: Floats, lone: Lone) -> Floats:
    """The whole scale's level is the mean over its items, of which one falls."""
    citizens, days = level.shape
    who = np.repeat(np.arange(citizens), days)
    fallen = lone.fallen(who, np.tile(np.arange(days), citizens)).reshape(citizens, days)
    out: Floats = level - scale.better * fallen / sum(i.in_whole for i in scale.indicators)
    return out


def _visits(rng: Generator, world: World, citizens: int, days: int) -> Ints:
    """Days of the rounds (citizens x rounds, -1 = left out), the first within a month."""
    if world.irregular:
        count = int(2.5 * days / world.rhythm) + 1
        shape = world.irregular**-2
        gaps = SHORTEST_GAP + rng.gamma(shape, (world.rhythm - SHORTEST_GAP) / shape, size=(citizens, count))
        day = np.rint(rng.integers(3, 30, size=(citizens, 1)) + np.cumsum(gaps, axis=1) - gaps[:, :1])
        day = day.astype(np.int64)
    else:
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
        before = np.concatenate([np.full((citizens, 1), -1), np.maximum.accumulate(visit, axis=1)[:, :-1]], axis=1)
        for k in range(1, starts.shape[1]):
            crossed = (starts[:, k : k + 1] > before) & (starts[:, k : k + 1] <= visit)
            change |= crossed & (rng.random((citizens, count)) < world.change_at_phase)
    change[:, 0] = False
    return np.cumsum(change, axis=1)


def _reacting(rng: Generator, scale: Scale, world: World, visit: Ints, regime: Ints) -> tuple[_People, Drawn, Lives]:
    """Raters, their noise and lives in which phases answer to what the caseworker ticked."""
    people, items = _people(rng, world, regime, len(scale.indicators)), instrument(scale, world)
    drawn = Drawn(
        standard(rng, visit.shape, world.tails), standard(rng, (*visit.shape, len(scale.indicators)), world.tails)
    )
    counted = [i.in_whole for i in scale.indicators]

    def answer(who: Ints, k: Ints, level: Floats) -> Floats:
        felt = level + people.bias[0][who, k] + world.sizes.day_sd * drawn.mood[who, k]
        meant = felt[:, None] + people.offsets + people.profile[who, 0]
        score: Floats = stepped(scale, meant, drawn.noise[who, k], world.sizes.item_sd, items)[:, counted]
        return np.asarray(score.mean(axis=1))

    return people, drawn, react(rng, scale, world, visit, answer)


def _people(rng: Generator, world: World, regime: Ints, items: int) -> _People:
    offsets = world.offset_sd * rng.normal(size=items)
    profile = world.profile_sd * rng.normal(size=(len(regime), 1, items))
    profile -= profile.mean(axis=2, keepdims=True)
    own, bias = _biases(rng, world, regime)
    return _People(offsets, profile, own, bias)


def _assess(
    rng: Generator,
    scale: Scale,
    world: World,
    lives: Lives,
    visit: Ints,
    regime: Ints,
    lone: Lone | None,
    people: _People | None,
    drawn: Drawn | None,
) -> tuple[Ints, Ints, Ints, Ints, bytes]:
    """Columns of all assessments: who, day, rater, assessor, cells. The caseworker's noise may be drawn already."""
    here = np.take_along_axis(lives.level, np.maximum(visit, 0), axis=1)
    sunk = scale.better * (here - here[:, :1]) < -scale.minimal_important_change
    held = (visit >= 0) & ~(sunk & (rng.random(visit.shape) < world.sinking))
    people = people or _people(rng, world, regime, len(scale.indicators))
    glow = world.glow * scale.better * _last_before_passive(visit, lives.starts, lives.state)
    lazy = rng.random(CASEWORKERS) < world.copying if world.copying else np.zeros(CASEWORKERS, dtype=bool)
    parts = []
    for side, rater in enumerate(RATERS):
        asked = held & (rng.random(visit.shape) >= (world.silent if side else 0.0))
        absent = world.sinking_silent if side else world.sinking_unrated
        if absent:
            asked &= ~(sunk & (rng.random(visit.shape) < absent))
        who, k = np.nonzero(asked)
        offsets = people.offsets + people.profile[who, 0]
        if lone is not None:
            own = lone.item[who, None] == np.arange(len(scale.indicators))
            offsets = offsets - scale.better * own * lone.fallen(who, visit[who, k])[:, None]
        score = answers_from_level(
            rng,
            scale,
            rater,
            here[who, k],
            rater_bias=people.bias[side][who, k] + (glow[who, k] if side == 0 else 0.0),
            item_offsets=offsets,
            day_sd=world.sizes.day_sd,
            item_sd=world.sizes.item_sd,
            unanswered=world.unanswered,
            careless=world.careless,
            tails=world.tails,
            items=instrument(scale, world),
            drawn=Drawn(drawn.mood[who, k], drawn.noise[who, k]) if drawn is not None and side == 0 else None,
        )
        if world.copying and side == 0:
            score = copied(score, who, regime[who, k], lazy[people.own[who, k]])
        late = rng.integers(0, world.apart + 1, size=len(who)) if side and world.apart else 0
        assessor = people.own[who, k] if side == 0 else np.full(len(who), -1)
        parts.append((who, visit[who, k] + late, np.full(len(who), side), assessor, score))
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
