"""How time passes between two observations: which phases begin in between, and since when the phase of a look runs.

A look is judged as things were known on its day: for 14 days after an end the phase is still the active one. Later
looks know that the passive phase had begun the day after the end, so an observation inside those days belongs to both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import NEVER, Bools, Floats, Ints
from progression.analysis.phasing import PhaseColumns, keys
from progression.analysis.steps import Steps
from progression.casework.timeline import ACTIVE, BRIDGE_DAYS

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Moves:
    """The way into each step from the one before, in years.

    `before`: until the first phase start in between, or all the way; `middle`: from the first to the last such start;
    `squares`: sum of squares of the whole phases in between; `after`: since the last start. `turn`: there was one.
    `since`: for a first step, years since its phase began. `mean`: where the drift of the step's phase is believed to
    lie before anybody answers, steps a year; 0 unless `moves` was told otherwise.
    """

    before: Floats
    middle: Floats
    squares: Floats
    after: Floats
    turn: Bools
    since: Floats
    mean: Floats

    def at(self, rows: Ints) -> Moves:
        """Return the moves of these steps."""
        return Moves(
            self.before[rows],
            self.middle[rows],
            self.squares[rows],
            self.after[rows],
            self.turn[rows],
            self.since[rows],
            self.mean[rows],
        )


@dataclass(frozen=True, slots=True)
class Known:
    """The phase of each step as known on its day: its index among the phases (-1: outside the span), and whether a
    later view puts another phase's start between that phase's start and the day (`late`)."""

    phase: Ints
    late: Bools


def known_phases(who: Ints, day: Ints, phases: PhaseColumns, bridge_days: int = BRIDGE_DAYS) -> Known:
    """Return the phase in force for each citizen on each day, as it was known that day (`timeline.phase_on`)."""
    if not len(phases.who):
        return Known(np.full(len(who), -1, dtype=np.int64), np.zeros(len(who), dtype=bool))
    here = np.searchsorted(phases.key, keys(who, day), side="right") - 1
    inside = (here >= 0) & (phases.who[here] == who) & (day <= phases.end[here])
    active = np.where(phases.state == ACTIVE, np.arange(len(phases.who)), -1)
    latest = np.maximum.accumulate(active)[here]
    late = inside & (latest >= 0) & (latest != here) & (phases.who[latest] == who)
    late &= day - phases.end[latest] <= bridge_days
    return Known(np.where(inside, np.where(late, latest, here), -1).astype(np.int64), late)


def moves(step: Steps, phases: PhaseColumns, until: Ints | None = None, means: Sequence[float] = ()) -> Moves:
    """Return the way into each step. `until`: only phases up to this index count (what was known that day). `means`:
    mean drift of each state (`timeline.STATES`), steps a year, none = 0 for all."""
    count = len(step.who)
    key = keys(step.who, step.day)
    first = np.ones(count, dtype=bool)
    first[1:] = step.who[1:] != step.who[:-1]
    previous = np.where(first, step.day, np.roll(step.day, 1))
    begin = np.searchsorted(phases.key, keys(step.who, previous), side="right")
    stop = np.searchsorted(phases.key, key, side="right")
    if until is not None:
        stop = np.minimum(stop, until + 1)
    turn = (stop > begin) & ~first
    starts = np.append(phases.start, NEVER)
    opening, ending = starts[np.where(turn, begin, -1)], starts[np.where(turn, stop - 1, -1)]
    length = np.diff(phases.start, append=0)
    length[np.diff(phases.who, append=-1) != 0] = 0
    # whole days: their sums are exact, whoever stands before
    squares = np.concatenate([[0], np.cumsum(length**2)])
    last = stop - 1
    own = (last >= 0) & (np.append(phases.who, -1)[last] == step.who) & (starts[last] <= step.day)
    return Moves(
        before=(np.where(turn, opening, step.day) - previous) / YEAR,
        middle=np.where(turn, ending - opening, 0) / YEAR,
        squares=np.where(turn, squares[np.maximum(stop - 1, 0)] - squares[begin], 0) / YEAR**2,
        after=np.where(turn, step.day - ending, 0) / YEAR,
        turn=turn,
        since=np.where(first & own, step.day - starts[last], 0) / YEAR,
        mean=_means(phases, last, own, means),
    )


def _means(phases: PhaseColumns, last: Ints, own: Bools, means: Sequence[float]) -> Floats:
    if not len(means) or not len(phases.who):
        return np.zeros(len(last))
    drift: Floats = np.where(own, np.asarray(means)[phases.state[np.where(own, last, 0)]], 0.0)
    return drift
