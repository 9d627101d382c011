"""One citizen's curve, and everybody's rows, as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from progression.analysis import filter as trajectory_filter
from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.filter import Start
from progression.analysis.making import phase_value
from progression.analysis.looks import STAGNATION_ROUNDS, Basis, Looks
from progression.analysis.moves import known_phases, moves
from progression.analysis.phasing import PhaseColumns, keys
from progression.analysis.raised import KINDS, Events, rhythm, shown
from progression.analysis.smoother import Smoothed, smooth
from progression.analysis.steps import Steps
from progression.analysis.values import FlagKind, Look, Observation, Point, Standing, Trajectory
from progression.casework.timeline import STATES
from progression.scales.model import RATERS

CURVE_POINTS = 48  # enough for a smooth band at any width of a page
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


def trajectory(basis: Basis, looks: Looks, found: Events, who: int, months: int) -> Trajectory:
    """Return one citizen's trajectory on the as-of date. `basis` may hold the whole cohort."""
    step = basis.step
    first, last = int(step.bounds[who]), int(step.bounds[who + 1])
    inside = [i for i in range(first, last) if looks.look[i]]
    phases = tuple(phase_value(basis, int(i)) for i in np.flatnonzero(basis.phases.who == who))
    raised = {e.step: KINDS[e.kind] for e in shown(found.of(who)) if KINDS[e.kind] != "missing"}
    plain = Trajectory(
        citizen=basis.cohort.citizens[who],
        scale=basis.cohort.scale.id,
        as_of=date.fromordinal(basis.as_of),
        observations=_observations(basis, who),
        curve=(),
        looks=tuple(_look(basis, looks, i, raised.get(i)) for i in inside),
        phases=phases,
        standing="too_few",
        level=None,
        change=None,
        change_sd=None,
        since=phases[-1].start if phases else None,
        rounds=0,
        rounds_needed=STAGNATION_ROUNDS,
    )
    if not inside:
        return plain
    return _with_state(basis, looks, plain, who, inside[-1], months)


def _with_state(basis: Basis, looks: Looks, plain: Trajectory, who: int, at: int, months: int) -> Trajectory:
    step = basis.step
    one = np.array([who])
    now = int(known_phases(one, basis.last[one], basis.phases, basis.bridge_days).phase[0])
    same = now == int(basis.known.phase[at])
    overdue = overdue_since(basis, who, months) is not None
    return replace(
        plain,
        curve=curve(basis, who),
        standing=_standing(looks, at, same, overdue),
        level=float(basis.filtered.level[at]),
        change=float(looks.change[at]) if same else None,
        change_sd=float(looks.change_sd[at]) if same else None,
        since=date.fromordinal(int(basis.phases.start[now])) if now >= 0 else plain.since,
        rounds=int(looks.rounds[at]),
        unknown_since=date.fromordinal(int(step.day[at])) if overdue else None,
        floor=bool(looks.floor[at]),
        ceiling=bool(looks.ceiling[at]),
    )


def overdue_since(basis: Basis, who: int, months: int) -> int | None:
    """Return the ordinal day the next assessment was due when that lies before the as-of date, else None."""
    if int(basis.cohort.closed[who]) <= basis.as_of:
        return None
    beat = rhythm(basis, months)
    due = beat.due[beat.who == who]
    return int(due[-1]) if len(due) and due[-1] < basis.as_of else None


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


def _look(basis: Basis, looks: Looks, at: int, flag: FlagKind | None) -> Look:
    return Look(
        day=date.fromordinal(int(basis.step.day[at])),
        phase=phase_value(basis, int(basis.known.phase[at])),
        level=float(basis.filtered.level[at]),
        level_sd=float(np.sqrt(max(basis.filtered.level_var[at], 0.0))),
        change=float(looks.change[at]),
        change_sd=float(looks.change_sd[at]),
        evidence=float(looks.evidence[at]),
        flag=flag,
    )


def curve(basis: Basis, who: int) -> tuple[Point, ...]:
    """Return the smoothed level from the first assessment to the end of the span.

    Days between assessments get points too, so that the band shows where nothing is known. After the last assessment
    the level is held (the past only, no forecast) while the band widens by drift and random walk.
    """
    step, phases = basis.step, basis.phases
    rows = np.arange(step.bounds[who], step.bounds[who + 1])
    first, final, until = int(step.day[rows[0]]), int(step.day[rows[-1]]), int(basis.last[who])
    spacing = max(CURVE_DAYS, -(-(until - first) // CURVE_POINTS))
    mine = phases.start[phases.who == who]
    extra = np.concatenate([np.arange(first, until, spacing), mine, mine - 1, [until]])
    extra = np.unique(extra[(extra > first) & (extra <= until)])
    extra = extra[~np.isin(extra, step.day[rows])]
    dense = _with_days(step, rows, extra)
    columns = _only(basis, who)
    move = moves(dense, columns)
    walked = trajectory_filter.run(dense, move, Start.of(basis.sizes), keep=True)
    smoothed = smooth(dense, move, walked)
    level = smoothed.level.copy()
    var = smoothed.level_var.copy()
    later = dense.day > final
    held = level[np.flatnonzero(~later)[-1]]
    var[later] += (level[later] - held) ** 2
    level[later] = held
    keep = dense.closing
    return tuple(
        Point(date.fromordinal(int(d)), float(v), float(np.sqrt(max(s, 0.0))))
        for d, v, s in zip(dense.day[keep], level[keep], var[keep], strict=True)
    )


def _with_days(step: Steps, rows: Ints, extra: Ints) -> Steps:
    """One citizen's steps with days of no observation put in between."""
    day = np.concatenate([step.day[rows], extra])
    order = np.argsort(day, kind="stable")
    none = len(extra)

    def wide(part: Floats | Bools, fill: float | bool) -> np.ndarray:
        return np.concatenate([part[rows], np.full((none, 2), fill, dtype=part.dtype)])[order]

    count = len(day)
    return Steps(
        who=np.zeros(count, dtype=np.int64),
        day=day[order],
        value=wide(step.value, 0.0),
        noise=wide(step.noise, np.inf),
        redraw=wide(step.redraw, False),
        bounds=np.array([0, count], dtype=np.int64),
        closing=np.concatenate([step.closing[rows], np.ones(none, dtype=bool)])[order],
        round=np.zeros(count, dtype=np.int64),
    )


def _only(basis: Basis, who: int) -> PhaseColumns:
    at = np.flatnonzero(basis.phases.who == who)
    zero = np.zeros(len(at), dtype=np.int64)
    start = basis.phases.start[at]
    return PhaseColumns(zero, start, basis.phases.end[at], basis.phases.state[at], keys(zero, start))


def rows(basis: Basis, looks: Looks, found: Events, causal: bool) -> Iterator[Row]:
    """Yield one row per citizen and assessment date of the span, sorted by citizen and date.

    `causal`: only facts dated up to that day, the phase as known that day. Otherwise the smoothed curve of the page,
    with the phase as known by the as-of date (this needs a filter run that kept its trace).
    """
    step, filtered = basis.step, basis.filtered
    at = np.flatnonzero(looks.look)
    if causal:
        phase = basis.known.phase[at]
        level, var = filtered.level[at], filtered.level_var[at]
        change, sd = looks.change[at], looks.change_sd[at]
    else:
        smoothed: Smoothed = smooth(step, basis.move, filtered)
        phase = np.searchsorted(basis.phases.key, keys(step.who[at], step.day[at]), side="right") - 1
        level, var = smoothed.level[at], smoothed.level_var[at]
        change, sd = smoothed.change[at], np.sqrt(np.maximum(smoothed.change_var[at], 0.0))
    flags = {
        event.step: KINDS[event.kind]
        for who in np.unique(found.table[:, 0]).tolist()
        for event in shown(found.of(who))
        if KINDS[event.kind] != "missing"
    }
    evidence = np.divide(np.abs(change), sd, out=np.zeros_like(change), where=sd > 0)
    columns: Sequence[list[float]] = [
        x.tolist() for x in (level, np.sqrt(np.maximum(var, 0.0)), change, sd, evidence)
    ]
    starts, states = basis.phases.start[phase].tolist(), basis.phases.state[phase].tolist()
    days, people = step.day[at].tolist(), step.who[at].tolist()
    for i, where in enumerate(at.tolist()):
        yield Row(
            basis.cohort.citizens[people[i]],
            basis.cohort.numbers[people[i]],
            basis.cohort.scale.id,
            date.fromordinal(days[i]),
            date.fromordinal(starts[i]),
            STATES[states[i]],
            columns[0][i],
            columns[1][i],
            columns[2][i],
            columns[3][i],
            columns[4][i],
            flags.get(where),
        )
