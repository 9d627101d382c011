"""One citizen's curve, and everybody's rows, as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from progression.analysis import filter as trajectory_filter
from progression.analysis.cohort import Floats, Ints
from progression.analysis.deviations import deviation, offset, smoothed_deviation, within
from progression.analysis.filter import Filtered
from progression.analysis.looks import STAGNATION_ROUNDS, Basis, Looks, bounds
from progression.analysis.making import phase_value
from progression.analysis.moves import Moves, moves
from progression.analysis.phasing import PhaseColumns, keys
from progression.analysis.priors import band
from progression.analysis.raised import KINDS, MISSING, WHOLE, Events, shown
from progression.analysis.smoother import Smoothed, smooth
from progression.analysis.steps import Steps
from progression.analysis.values import FlagKind, Look, Observation, Point, Standing, Trajectory
from progression.casework.timeline import STATES
from progression.casework.values import Phase
from progression.scales.model import RATERS

CURVE_POINTS = 40  # enough for a smooth band at any width of a page
CURVE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `trajectories` (contracts.md). `evidence` = |change| / change_sd, 0 where the sd is 0."""

    citizen: str
    number: str
    scale: str
    day: date
    phase_start: date
    phase_state: str
    level: float
    level_sd: float
    change: float
    change_sd: float
    evidence: float
    flag: FlagKind | None


def trajectories(basis: Basis, looks: Looks, found: Events, people: Sequence[int]) -> list[Trajectory]:
    """Return the trajectories of these citizens (indices) on the as-of date: one walk for all of their curves."""
    answered = [who for who in people if basis.step.bounds[who] < basis.step.bounds[who + 1]]
    drawn = curves(basis, answered)
    return [_trajectory(basis, looks, found, who, drawn.get(who, ())) for who in people]


def _trajectory(basis: Basis, looks: Looks, found: Events, who: int, curve: tuple[Point, ...]) -> Trajectory:
    step = basis.step
    inside = [i for i in range(int(step.bounds[who]), int(step.bounds[who + 1])) if looks.look[i]]
    first, last = np.searchsorted(basis.phases.who, [who, who + 1]).tolist()
    values = {i: phase_value(basis, i) for i in range(first, last)}
    phases = tuple(values.values())
    raised = {e.step: KINDS[e.kind] for e in shown(found.of(who)) if e.kind != MISSING and e.item == WHOLE}
    plain = Trajectory(
        citizen=basis.cohort.citizens[who],
        scale=basis.cohort.scale.id,
        as_of=date.fromordinal(basis.as_of),
        observations=_observations(basis, who),
        curve=curve,
        looks=tuple(_look(basis, looks, i, values, raised.get(i)) for i in inside),
        phases=phases,
        standing="too_few",
        level=None,
        change=None,
        change_sd=None,
        since=phases[-1].start if phases else None,
        rounds=0,
        rounds_needed=STAGNATION_ROUNDS,
    )
    return _with_state(basis, looks, found, plain, who, inside[-1]) if inside else plain


def _with_state(basis: Basis, looks: Looks, found: Events, plain: Trajectory, who: int, at: int) -> Trajectory:
    now = int(np.searchsorted(basis.phases.who, who + 1)) - 1
    same = now == int(basis.known.phase[at])
    overdue = overdue_since(basis, found, who) is not None
    return replace(
        plain,
        standing=_standing(looks, at, same, overdue),
        level=float(basis.filtered.level[at]),
        change=float(looks.change[at]) if same else None,
        change_sd=float(looks.change_sd[at]) if same else None,
        rounds=int(looks.rounds[at]),
        unknown_since=date.fromordinal(int(basis.step.day[at])) if overdue else None,
        floor=bool(looks.floor[at]),
        ceiling=bool(looks.ceiling[at]),
    )


def overdue_since(basis: Basis, found: Events, who: int) -> int | None:
    """Return the ordinal day the next assessment was due when that lies before the as-of date, else None."""
    beat = found.rhythm
    last = int(np.searchsorted(beat.who, who + 1)) - 1
    if int(basis.cohort.closed[who]) <= basis.as_of or last < 0 or beat.who[last] != who:
        return None
    due = int(beat.due[last])
    return due if due < basis.as_of else None


def _standing(looks: Looks, at: int, same_phase: bool, overdue: bool) -> Standing:
    """Overdue never reads as stable; fewer than three rounds say nothing; a phase without a look yet is unclear."""
    if overdue:
        return "unknown_since"
    if looks.rounds[at] < STAGNATION_ROUNDS:
        return "too_few"
    if same_phase and looks.fall[at]:
        return "regression"
    if same_phase and looks.rise[at]:
        return "progression"
    if same_phase and (looks.flat[at] or looks.steady[at]):
        return "stagnation"
    return "unclear"


def _observations(basis: Basis, who: int) -> tuple[Observation, ...]:
    seen, cohort = basis.seen, basis.cohort
    return tuple(
        Observation(
            date.fromordinal(int(seen.day[i])),
            RATERS[int(seen.rater[i])],
            float(seen.value[i]),
            int(seen.items[i]),
            cohort.assessors[seen.assessor[i]] if 0 <= seen.assessor[i] < len(cohort.assessors) else "",
        )
        for i in seen.of(who)
    )


def _look(basis: Basis, looks: Looks, at: int, phases: dict[int, Phase], flag: FlagKind | None) -> Look:
    return Look(
        day=date.fromordinal(int(basis.step.day[at])),
        phase=phases[int(basis.known.phase[at])],
        level=float(basis.filtered.level[at]),
        level_sd=float(np.sqrt(max(basis.filtered.level_var[at], 0.0))),
        change=float(looks.change[at]),
        change_sd=float(looks.change_sd[at]),
        evidence=float(looks.evidence[at]),
        flag=flag,
    )


def curves(basis: Basis, people: Sequence[int]) -> dict[int, tuple[Point, ...]]:
    """Return the smoothed level of each of these citizens from the first assessment to the end of the span.

    Days between assessments get points too, so that the band shows where nothing is known. After the last assessment
    the level is held (the past only, no forecast) while the band widens by drift and random walk.
    """
    if not people:
        return {}
    dense, columns = _with_days(basis, people)
    move = moves(dense, columns, means=basis.means)
    walked = trajectory_filter.run(dense, move, basis.start, keep=True)
    smoothed = smoothed_by(basis, dense, move, walked)
    out: dict[int, tuple[Point, ...]] = {}
    for i, who in enumerate(people):
        at = slice(int(dense.bounds[i]), int(dense.bounds[i + 1]))
        day, level, var = dense.day[at], smoothed.level[at].copy(), smoothed.level_var[at].copy()
        final = int(basis.step.day[basis.step.bounds[who + 1] - 1])
        later = day > final
        held = level[np.flatnonzero(~later)[-1]]
        var[later] += (level[later] - held) ** 2
        level[later] = held
        keep = dense.closing[at]
        sd = np.sqrt(np.maximum(var, 0.0))
        out[who] = tuple(
            Point(date.fromordinal(d), v, s)
            for d, v, s in zip(day[keep].tolist(), level[keep].tolist(), sd[keep].tolist(), strict=True)
        )
    return out


def _with_days(basis: Basis, people: Sequence[int]) -> tuple[Steps, PhaseColumns]:
    """The citizens' steps with days of no observation put in between, and their phases, numbered anew from 0."""
    step, phases = basis.step, basis.phases
    own: list[Ints] = []
    extra: list[Ints] = []
    whose: list[Ints] = []
    columns: list[Ints] = []
    for i, who in enumerate(people):
        rows = np.arange(step.bounds[who], step.bounds[who + 1])
        first, last = np.searchsorted(phases.who, [who, who + 1]).tolist()
        days = _grid(step.day[rows], phases.start[first:last], int(basis.last[who]))
        own += [rows, np.full(len(days), -1)]
        extra += [step.day[rows], days]
        whose.append(np.full(len(rows) + len(days), i))
        columns.append(np.stack([np.full(last - first, i), np.arange(first, last)], axis=1))
    row, day, who_ = np.concatenate(own), np.concatenate(extra), np.concatenate(whose)
    order = np.argsort(keys(who_, day), kind="stable")
    row, day, who_ = row[order], day[order], who_[order]
    none = row < 0
    dense = Steps(
        who=who_,
        day=day,
        value=np.where(none[:, None], 0.0, basis.filtered.value[row]),
        noise=np.where(none[:, None], np.inf, basis.filtered.noise[row]),
        redraw=~none[:, None] & step.redraw[row],
        bounds=np.searchsorted(who_, np.arange(len(people) + 1)).astype(np.int64),
        closing=none | step.closing[row],
        round=np.zeros(len(day), dtype=np.int64),
    )
    table = np.concatenate(columns)
    at, start = table[:, 1], phases.start[table[:, 1]]
    return dense, PhaseColumns(table[:, 0], start, phases.end[at], phases.state[at], keys(table[:, 0], start))


def smoothed_by(basis: Basis, step: Steps, move: Moves, filtered: Filtered) -> Smoothed:
    """The way back between the scale's ends, with bands as calibrated."""
    found = smooth(step, move, filtered, bounds(basis.cohort.scale))
    level, change = (band(basis.estimates.parameters, name) for name in ("level", "change"))
    return replace(found, level_var=found.level_var * level**2, change_var=found.change_var * change**2)


def _grid(assessed: Ints, starts: Ints, until: int) -> Ints:
    """Days that make the band smooth: evenly spaced, around each phase's start, and the last; none assessed."""
    first = int(assessed[0])
    spacing = max(CURVE_DAYS, -(-(until - first) // CURVE_POINTS))
    days = np.concatenate([np.arange(first, until, spacing), starts, starts - 1, [until]])
    days = np.unique(days[(days > first) & (days <= until)])
    out: Ints = days[~np.isin(days, assessed)]
    return out


def rows(basis: Basis, looks: Looks, found: Events, causal: bool, place: int | None = None) -> Iterator[Row]:
    """Yield one row per citizen and assessment date of the span, sorted by citizen and date.

    `causal`: only facts dated up to that day, the phase as known that day. Otherwise the smoothed curve of the page,
    with the phase as known by the as-of date (this needs a filter run that kept its trace). `place`: the indicator to
    follow, default the whole scale; flags are those about it.
    """
    step = basis.step
    at = np.flatnonzero(looks.look)
    if causal:
        phase = basis.known.phase[at]
    else:
        phase = np.searchsorted(basis.phases.key, keys(step.who[at], step.day[at]), side="right") - 1
    level, var, change, change_var = (x[at] for x in _followed(basis, causal, place))
    sd = np.sqrt(np.maximum(change_var, 0.0))
    flags = _shown_at(found, WHOLE if place is None else place)
    evidence = np.divide(np.abs(change), sd, out=np.zeros_like(change), where=sd > 0)
    figures = np.stack([level, np.sqrt(np.maximum(var, 0.0)), change, sd, evidence], axis=1).tolist()
    starts, states = basis.phases.start[phase].tolist(), basis.phases.state[phase].tolist()
    days, people = step.day[at].tolist(), step.who[at].tolist()
    scale = basis.cohort.scale.id
    for i, where in enumerate(at.tolist()):
        now, now_sd, moved, moved_sd, strength = figures[i]
        yield Row(
            basis.cohort.citizens[people[i]],
            basis.cohort.numbers[people[i]],
            scale,
            date.fromordinal(days[i]),
            date.fromordinal(starts[i]),
            STATES[states[i]],
            now,
            now_sd,
            moved,
            moved_sd,
            strength,
            flags.get(where),
        )


def _followed(basis: Basis, causal: bool, place: int | None) -> tuple[Floats, Floats, Floats, Floats]:
    """Level, its variance, change and its variance at every step, of the whole scale or of one indicator.

    Whole and deviation are known independently: their variances add up.
    """
    filtered = basis.filtered
    if causal:
        whole = (filtered.level, filtered.level_var, filtered.change, filtered.change_var)
    else:
        back: Smoothed = smoothed_by(basis, basis.step, basis.move, filtered)
        whole = (back.level, back.level_var, back.change, back.change_var)
    if place is None:
        return whole
    own = deviation(basis, place) if causal else smoothed_deviation(basis, place)
    level, level_var, change, change_var = (a + b for a, b in zip(whole, own, strict=True))
    return within(basis.cohort.scale, level + offset(basis, place), change), level_var, change, change_var


def _shown_at(found: Events, item: int) -> dict[int, FlagKind]:
    """The flag about the whole scale or one indicator shown at each step's look."""
    return {
        event.step: KINDS[event.kind]
        for who in np.unique(found.table[:, 0]).tolist()
        for event in shown(found.of(who))
        if event.kind != MISSING and event.item == item
    }
