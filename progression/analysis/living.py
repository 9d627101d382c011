"""How simulated people's phases and true levels go, day by day, and what the register says about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.special import ndtr, ndtri

from progression.analysis.cohort import NEVER, Bools, Floats, InterventionColumns, Ints
from progression.analysis.moves import YEAR
from progression.analysis.worlds import World
from progression.casework.timeline import ACTIVE
from progression.scales.model import Scale

SHORTEST = 30  # days a phase lasts at least
EVENT_DAYS = 30  # over which an unrecorded event comes, and goes
EVENT_LASTS = 150
LONE_DAYS = 30  # over which one item falls
LOW = 0.5  # minimal important changes below one's usual answer that may start a phase


@dataclass(frozen=True, slots=True)
class Lives:
    """`starts`: first days of phases (citizens x phases, at or beyond the last day = none), `state`: of the first (1
    active, then in turn), `level`: citizens x days."""

    starts: Ints
    state: Ints
    level: Floats

    def active(self) -> Bools:
        """Which phases are active, citizens x phases."""
        out: Bools = (np.arange(self.starts.shape[1])[None, :] + self.state[:, None]) % 2 == 1
        return out


@dataclass(frozen=True, slots=True)
class Lone:
    """One item's fall per citizen: `item` (-1 none), the first `day`, `size` in steps towards worse."""

    item: Ints
    day: Ints
    size: Floats

    def fallen(self, who: Ints, day: Ints) -> Floats:
        """How far the item of these citizens has fallen on these days of the simulation."""
        share: Floats = np.clip((day - self.day[who]) / LONE_DAYS, 0.0, 1.0)
        return np.where(self.item[who] >= 0, share * self.size[who], 0.0)


def live(rng: Generator, scale: Scale, world: World, citizens: int, days: int) -> Lives:
    """Draw phases of random length and the levels in them."""
    starts, state, place = _phases(rng, world, citizens, days)
    return Lives(starts, state, _levels(rng, scale, world, state, place, days))


def _phases(rng: Generator, world: World, citizens: int, days: int) -> tuple[Ints, Ints, Ints]:
    """First days of phases, the state of the first (1 active), and the phase of each day (citizens x days)."""
    most = int(days / SHORTEST) + 2
    lengths = SHORTEST + rng.gamma(2.0, (world.phase_days - SHORTEST) / 2, size=(citizens, most))
    starts = np.concatenate([np.zeros((citizens, 1)), np.cumsum(lengths, axis=1)], axis=1).astype(np.int64)
    starts = starts[:, : int((starts < days).sum(axis=1).max()) + 1]
    state = rng.integers(0, 2, citizens)
    mark = np.zeros((citizens, days + 1), dtype=np.int64)
    rows = np.broadcast_to(np.arange(citizens)[:, None], starts.shape)
    inside = (starts > 0) & (starts < days)
    mark[rows[inside], starts[inside]] = 1
    return starts, state, np.cumsum(mark[:, :days], axis=1)


def _levels(rng: Generator, scale: Scale, world: World, state: Ints, place: Ints, days: int) -> Floats:
    citizens, count = len(state), int(place.max()) + 1
    active = (np.arange(count)[None, :] + state[:, None]) % 2 == 1
    drift = np.take_along_axis(_drifts(rng, scale, world, active), place, axis=1) / YEAR
    walk = _walk(rng, scale, world, citizens, days)
    first = world.sizes.level_mean + world.sizes.level_sd * rng.normal(size=(citizens, 1))
    step = drift + walk
    step[:, 0] = 0.0
    level = first + np.cumsum(step, axis=1)
    if world.dip:
        level -= scale.better * world.dip * np.clip(1 - np.arange(days) / world.dip_days, 0, 1)
    out: Floats = np.clip(level, scale.minimum, scale.maximum)
    return out


def _walk(rng: Generator, scale: Scale, world: World, citizens: int, days: int) -> Floats:
    """Daily changes that are no drift: random walk, sudden drops, unrecorded events."""
    walk: Floats = world.sizes.walk_sd / YEAR**0.5 * rng.normal(size=(citizens, days))
    sudden = rng.random((citizens, days)) < world.drops / YEAR
    at = np.nonzero(sudden)
    walk[at] += scale.better * world.drop_mean + world.drop_sd * rng.normal(size=len(at[0]))
    if world.events:
        who, day = np.nonzero(rng.random((citizens, days)) < world.events / YEAR)
        size = scale.better * world.event_mean + world.event_sd * rng.normal(size=len(who))
        gone = rng.random(len(who)) < world.passing
        for k in range(EVENT_DAYS):
            _add(walk, who, day + k, size / EVENT_DAYS)
            _add(walk, who[gone], day[gone] + EVENT_LASTS + k, -size[gone] / EVENT_DAYS)
    return walk


def _add(walk: Floats, who: Ints, day: Ints, change: Floats) -> None:
    inside = day < walk.shape[1]
    np.add.at(walk, (who[inside], day[inside]), change[inside])


def _drifts(rng: Generator, scale: Scale, world: World, active: Bools) -> Floats:
    """Normal drifts (steps a year), or the part of that distribution at or beyond `slowest` towards better."""
    mean = np.where(active, world.active[0], world.passive[0]) * scale.better
    sd = np.where(active, world.active[1], world.passive[1])
    if world.slowest is None:
        plain: Floats = mean + sd * rng.normal(size=mean.shape)
        return plain
    share = rng.random(mean.shape)
    tail = ndtr(scale.better * (mean - world.slowest * scale.better) / sd)
    cut: Floats = mean - scale.better * sd * ndtri(np.clip(share * tail, 1e-12, 1.0))
    return cut


def react(
    rng: Generator, scale: Scale, world: World, visit: Ints, answer: Callable[[Ints, Ints, Floats], Floats]
) -> Lives:
    """Draw lives in which an answer below the person's own usual one may start an active phase.

    `visit`: days of the rounds (citizens x rounds, -1 none). `answer(who, round, level)`: what the caseworker ticks on
    the average, the very answers that are written down afterwards. Active phases end after a random time; a passive one
    also ends by itself, on the average after twice the mean length.
    """
    citizens, days = len(visit), round(world.years * YEAR)
    walk = _walk(rng, scale, world, citizens, days)
    level = np.empty((citizens, days))
    now = world.sizes.level_mean + world.sizes.level_sd * rng.normal(size=citizens)
    state = rng.integers(0, 2, citizens)
    active, turns = state == 1, _lasting(rng, world, state == 1)
    drift = _drifts(rng, scale, world, active)
    total, count = np.zeros(citizens), np.zeros(citizens, dtype=np.int64)
    began, marks = np.zeros(citizens, dtype=np.int64), np.zeros((citizens, days), dtype=bool)
    for day in range(days):
        new = np.flatnonzero(turns == day)
        if len(new):
            active[new] = ~active[new]
            began[new], marks[new, day] = day, True
            turns[new] = day + _lasting(rng, world, active[new])
            drift[new] = _drifts(rng, scale, world, active[new])
        now = np.clip(now + drift / YEAR + walk[:, day], scale.minimum, scale.maximum)
        level[:, day] = now
        who, turn = np.nonzero(visit == day)
        if len(who):
            said = answer(who, turn, now[who])
            usual = total[who] / np.maximum(count[who], 1)
            low = (count[who] > 0) & (scale.better * (usual - said) >= LOW * scale.minimal_important_change)
            low &= ~active[who] & (rng.random(len(who)) < world.reactive)
            soon = np.maximum(day + rng.integers(1, 15, len(who)), began[who] + SHORTEST)
            turns[who[low]] = np.minimum(turns[who[low]], soon[low])
            total[who] += said
            count[who] += 1
    return Lives(_starts(marks), state, level)


def _lasting(rng: Generator, world: World, active: Bools) -> Ints:
    """Days a phase lasts if no answer ends it."""
    mean = np.where(active, 1.0, 2.0) * (world.phase_days - SHORTEST)
    return (SHORTEST + rng.gamma(2.0, mean / 2)).astype(np.int64)


def _starts(marks: Bools) -> Ints:
    """Days on which phases begin, citizens x phases, filled up with the number of days."""
    citizens, days = marks.shape
    who, day = np.nonzero(marks)
    place = np.arange(len(who)) - np.searchsorted(who, who) + 1
    out = np.full((citizens, int(marks.sum(axis=1).max(initial=0)) + 2), days, dtype=np.int64)
    out[:, 0] = 0
    out[who, place] = day
    return out


def lone_falls(rng: Generator, scale: Scale, world: World, citizens: int, days: int) -> Lone:
    """Draw whose single item falls, which and when: one that both raters answer and that counts in the whole."""
    both = np.array([i for i, row in enumerate(scale.indicators) if row.in_whole and len(row.raters) > 1])
    hit = rng.random(citizens) < world.lone
    item = rng.choice(both, citizens)
    return Lone(
        np.where(hit, item, -1),
        rng.integers(120, max(days - 150, 121), citizens),
        rng.uniform(1.0, 1.5, citizens),
    )


def registered(rng: Generator, world: World, lives: Lives, days: int, first: int) -> InterventionColumns:
    """One running row per active phase, with its end as the final register has it; `first`: the first ordinal day."""
    starts = lives.starts
    who, k = np.nonzero(lives.active() & (starts < days))
    begin = starts[who, k]
    following = np.where(k + 1 < starts.shape[1], starts[who, np.minimum(k + 1, starts.shape[1] - 1)], days)
    if world.late_ends[1]:
        following = following + rng.integers(world.late_ends[0], world.late_ends[1] + 1, len(who))
    end = np.where(following >= days, NEVER, first + following - 1)
    return InterventionColumns(who, first + begin, end, np.full(len(who), ACTIVE))


def since_phase(level: Floats, who: Ints, start: Ints) -> Floats:
    """True level minus that on the first day of the day's phase (citizens x days); `start`: days phases begin on."""
    citizens, days = level.shape
    mark = np.zeros((citizens, days), dtype=np.int64)
    mark[who, start] = start
    begin = np.maximum.accumulate(mark, axis=1)
    out: Floats = level - np.take_along_axis(level, begin, axis=1)
    return out
