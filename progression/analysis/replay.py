"""A cohort's own course lived again by simulated people: same days, phases, raters and skipped answers, other lives.

What thresholds and bands are calibrated on: whatever is odd about a municipality's rhythm, its gaps and its changes of
caseworker is in it, and the truth is known. Answers are the ordered steps of `items`. Three courses of a level, never
beyond the ends of the scale: "estimated", a phase's drift around what its kind showed, a random walk and rare jumps;
"still", where nothing moves, which of all courses that are no fall is the hardest to tell from one; "improving", every
drift a minimal important change in six months or more, beginning near the worst end, without jumps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.random import Generator

from progression.analysis.cohort import NEVER, Bools, Cohort, Floats, Ints
from progression.analysis.items import ROUNDING, offsets
from progression.analysis.looks import HALF_YEAR, MIC_SHARE, QUIET_ROUNDS, Basis, Looks
from progression.analysis.moves import YEAR
from progression.analysis.phasing import keys
from progression.analysis.priors import Variances, mean_drift, sharing
from progression.analysis.steps import Steps, ranks
from progression.casework.timeline import STATES
from progression.scales.model import RATERS, Scale

CourseOf = Literal["estimated", "still", "improving"]
JUMPS = 0.25  # sudden changes a year
SILENT_DAYS = 183  # after the last assessment a citizen counts as followed for so long
PIECES = 4  # between two events the level is drawn so many times


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """Simulated lives. `cohort` with their answers; per step (M,) the true `level`, per phase (P,) that on its first
    day; per citizen `years` followed (`followed`), `fell` and `rose`: ever a minimal important change from where
    a phase began (a setback, and its mirror).
    """

    cohort: Cohort
    level: Floats
    start: Floats
    years: Floats
    fell: Bools
    rose: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """Simulated lives and what the filter says about them."""

    simulated: Lived
    basis: Basis
    looks: Looks

    @property
    def judged(self) -> Bools:
        """Steps at which a flag could be raised."""
        out: Bools = self.looks.look & (self.looks.rounds > QUIET_ROUNDS)
        return out

    @property
    def moved(self) -> Floats:
        """True change since the phase began (as known that day) per step, towards better."""
        phase = self.basis.known.phase
        start = np.append(self.simulated.start, np.nan)[phase]
        out: Floats = self.simulated.cohort.scale.better * (self.simulated.level - start)
        return out

    def spared(self, sign: int) -> Looks:
        """The looks at which a flag towards worse (-1) or better (+1) would be a false alarm: less than half a minimal
        important change had truly happened."""
        true = np.where(np.isfinite(self.moved), sign * self.moved, 0.0)
        happened = true >= self.simulated.cohort.scale.minimal_important_change / 2
        return replace(self.looks, look=self.looks.look & ~happened)

    def strongest(self, sign: int) -> Floats:
        """The largest evidence per phase among looks that could raise a false alarm; `sign` -1 falls, +1 rises (better
        > 0)."""
        looks, basis, scale = self.spared(sign), self.basis, self.simulated.cohort.scale
        towards = sign * scale.better * looks.change
        ok = looks.look & (looks.rounds > QUIET_ROUNDS) & (towards >= scale.minimal_important_change / MIC_SHARE)
        best = np.zeros(len(basis.phases.who))
        np.maximum.at(best, basis.known.phase[ok], looks.evidence[ok])
        return best


def live(basis: Basis, parameters: Mapping[str, float], rng: Generator, course: CourseOf = "estimated") -> Lived:
    """Return lives through a cohort's course (`basis`: its phases and steps), answers drawn by the parameters."""
    sizes, scale = Variances.of(parameters), basis.cohort.scale
    lives = _Lives(basis, sizes, parameters, rng, course)
    lives.walk()
    cohort = replace(basis.cohort, scores=_answers(rng, basis, sizes, parameters, lives.level))
    years = followed(basis.cohort, basis.as_of)
    mic = scale.minimal_important_change
    return Lived(cohort, lives.level, lives.start, years, lives.lowest <= -mic, lives.highest >= mic)


def followed(cohort: Cohort, as_of: int) -> Floats:
    """Return the years in which something could be said about each citizen: within the span, from the first assessment
    to half a year after the last.

    A benefit that began fifteen years before anybody asked, or a case nobody closed, is no time without false alarms:
    counted as such it would buy more of them in the years that were followed.
    """
    who, day = cohort.who, cohort.day
    end = np.minimum(cohort.closed, as_of)
    inside = (day >= cohort.opened[who]) & (day <= end[who])
    first, latest = np.full(len(end), NEVER), np.full(len(end), -NEVER)
    np.minimum.at(first, who[inside], day[inside])
    np.maximum.at(latest, who[inside], day[inside])
    years: Floats = np.maximum(np.minimum(end, latest + SILENT_DAYS) - first + 1, 0) / YEAR
    return years


class _Lives:
    """Levels drawn event by event (a phase begins, somebody answers), everybody's k-th event at once."""

    def __init__(
        self,
        basis: Basis,
        sizes: Variances,
        parameters: Mapping[str, float],
        rng: Generator,
        course: CourseOf,
    ) -> None:
        self.basis, self.sizes, self.rng, self.course = basis, sizes, rng, course
        self.scale: Scale = basis.cohort.scale
        self.means = np.array([mean_drift(parameters, state) for state in STATES])
        self.drift_sd = float(parameters.get("drift_own_sd", sizes.drift_sd))
        people = len(basis.cohort.citizens)
        self.level = np.zeros(len(basis.step.who))
        self.start = np.full(len(basis.phases.who), np.nan)
        self.lowest, self.highest = np.zeros(people), np.zeros(people)

    def walk(self) -> None:
        """Draw everybody's levels."""
        who, day, phase, step = self._events()
        bounds = np.searchsorted(who, np.arange(len(self.basis.cohort.citizens) + 1)).astype(np.int64)
        order, alive = ranks(bounds)
        begin = bounds[order]
        people = int(alive[0]) if len(alive) else 0
        now, drift, origin = self._first(people), np.zeros(people), np.zeros(people)
        last = day[begin[:people]] if people else np.zeros(0)
        drift[:] = self._drift(np.zeros(people, dtype=np.int64))
        origin[:] = now
        for k, n in enumerate(alive.tolist()):
            at = begin[:n] + k
            self._pass(now[:n], drift[:n], origin[:n], (day[at] - last[:n]) / YEAR, order[:n])
            last[:n] = day[at]
            fresh = np.flatnonzero(phase[at] >= 0)
            if len(fresh):
                begun = phase[at[fresh]]
                self.start[begun] = origin[fresh] = now[fresh]
                drift[fresh] = self._drift(self.basis.phases.state[begun])
            answered = np.flatnonzero(step[at] >= 0)
            self.level[step[at[answered]]] = now[answered]

    def _events(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Whose, on which day, and the index of the phase that begins or of the step, -1 for none."""
        phases, step = self.basis.phases, self.basis.step
        none_phase, none_step = np.full(len(step.who), -1), np.full(len(phases.who), -1)
        who, day = np.concatenate([phases.who, step.who]), np.concatenate([phases.start, step.day])
        phase = np.concatenate([np.arange(len(phases.who)), none_phase])
        row = np.concatenate([none_step, np.arange(len(step.who))])
        order = np.lexsort((row, keys(who, day)))
        return who[order], day[order], phase[order], row[order]

    def _first(self, people: int) -> Floats:
        sizes, scale = self.sizes, self.scale
        if self.course != "improving":
            first = sizes.level_mean + sizes.level_sd * self.rng.normal(size=people)
        else:
            worst = scale.minimum if scale.better > 0 else scale.maximum
            reach = scale.better * (scale.maximum - scale.minimum)
            first = worst + reach * (0.15 + 0.15 * self.rng.random(people))
        out: Floats = np.clip(first, scale.minimum, scale.maximum)
        return out

    def _drift(self, state: Ints) -> Floats:
        draw = self.rng.normal(size=len(state))
        if self.course == "still":
            return np.zeros(len(state))
        if self.course == "improving":
            worth = self.scale.minimal_important_change / HALF_YEAR
            least: Floats = self.scale.better * (worth + 0.5 * self.drift_sd * np.abs(draw))
            return least
        own: Floats = self.means[state] + self.drift_sd * draw
        return own

    def _pass(self, now: Floats, drift: Floats, origin: Floats, years: Floats, who: Ints) -> None:
        """Let the time pass, in place; each piece draws drift, walk and perhaps a sudden change."""
        sizes, scale, rng = self.sizes, self.scale, self.rng
        if self.course == "still":
            return
        piece = years / PIECES
        drop = sizes.drop_sd / JUMPS**0.5 if self.course == "estimated" else 0.0
        for _ in range(PIECES):
            now += drift * piece + sizes.walk_sd * np.sqrt(piece) * rng.normal(size=len(now))
            if drop:
                now += (rng.random(len(now)) < JUMPS * piece) * drop * rng.normal(size=len(now))
            np.clip(now, scale.minimum, scale.maximum, out=now)
            away = scale.better * (now - origin)
            self.lowest[who] = np.minimum(self.lowest[who], away)
            self.highest[who] = np.maximum(self.highest[who], away)


def _answers(rng: Generator, basis: Basis, sizes: Variances, parameters: Mapping[str, float], level: Floats) -> Floats:
    """Scores of the whole scale's items where the cohort has an answer, NaN elsewhere; other items are left out."""
    cohort, step = basis.cohort, basis.step
    scale = cohort.scale
    whole = np.array([i.in_whole for i in scale.indicators])
    items = int(whole.sum())
    score = np.full(cohort.scores.shape, np.nan)
    spread = (sizes.spread_sd if items > 1 else 0.0) * rng.normal(size=(len(cohort.citizens), items))
    spread -= spread.mean(axis=1, keepdims=True)
    noise = max(sizes.item_sd**2 - ROUNDING, 0.0) ** 0.5
    careless, stale = sharing(parameters) if items > 1 else (0.0, 0.0)
    place = offsets(scale, parameters)[:, whole]
    for side in range(len(RATERS)):
        at = np.flatnonzero(step.row[:, side] >= 0)
        rows, who = step.row[at, side], step.who[at]
        sd = (sizes.caseworker_sd, sizes.citizen_sd)[side]
        seen = level[at] + sd * _biases(rng, step, at, side) + sizes.day_sd * rng.normal(size=len(at))
        drawn = seen[:, None] + place[side] + spread[who] + noise * rng.normal(size=(len(at), items))
        lazy = rng.random(len(at)) < careless
        ticked = _ticked(rng, who, np.rint(np.clip(seen, scale.minimum, scale.maximum)), lazy, stale)
        drawn = np.where(lazy[:, None], ticked[:, None], np.clip(np.rint(drawn), scale.minimum, scale.maximum))
        score[np.ix_(rows, np.flatnonzero(whole))] = drawn
    out: Floats = np.where(np.isnan(cohort.scores), np.nan, score)
    return out


def _biases(rng: Generator, step: Steps, at: Ints, side: int) -> Floats:
    """One standard normal draw per rater in turn: drawn anew where another rates, or in another way."""
    anew = np.ones(len(at), dtype=bool)
    anew[1:] = (step.who[at][1:] != step.who[at][:-1]) | step.redraw[at, side][1:]
    turn = np.cumsum(anew) - 1
    drawn: Floats = rng.normal(size=int(turn[-1]) + 1 if len(turn) else 0)[turn]
    return drawn


def _ticked(rng: Generator, who: Ints, step: Floats, lazy: Bools, stale: float) -> Floats:
    """The step ticked throughout: as the rater sees it, or (`stale`) the one ticked the time before."""
    out = step.copy()
    lazily = np.flatnonzero(lazy)
    copies = rng.random(len(lazily)) < stale
    for i in range(1, len(lazily)):
        if copies[i] and who[lazily[i]] == who[lazily[i - 1]]:
            out[lazily[i]] = out[lazily[i - 1]]
    return out
