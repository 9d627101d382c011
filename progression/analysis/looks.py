"""What was known on each assessment date, and which conditions for a flag held then.

A look is the last step of a day within the span. Nothing here makes a Flag: these are columns over all citizens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from progression.analysis import filter as trajectory_filter
from progression.analysis.cohort import Bools, Cohort, Floats, Ints
from progression.analysis.filter import Filtered, Start
from progression.analysis.items import Items
from progression.analysis.moves import Known, Moves, known_phases, moves
from progression.analysis.phasing import PhaseColumns, keys, phases, spans
from progression.analysis.priors import Variances, band, mean_drift
from progression.analysis.rates import phase_rates
from progression.analysis.steps import Observed, Steps, observe, steps
from progression.analysis.values import Estimates, Flag
from progression.casework.timeline import BRIDGE_DAYS, STATES
from progression.scales.model import Scale

QUIET_ROUNDS = 2  # the first two rounds of a case raise nothing
STAGNATION_ROUNDS = 3  # since and including the one nearest the phase's start
STAGNATION_DAYS = 152  # five months
HALF_YEAR = 0.5
MIC_SHARE = 3.0  # a flag needs at least a third of the minimal important change
ROOM = 1.0  # minimal important changes of room left below or above: less is floor or ceiling


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything computed once for a cohort, a scale and a day: observations, phases, the filter's way. `means`: mean
    drifts believed per state, empty for 0 (see `Settings.informed`)."""

    cohort: Cohort
    estimates: Estimates
    sizes: Variances
    as_of: int
    bridge_days: int
    opened: Ints
    last: Ints
    seen: Observed
    step: Steps
    phases: PhaseColumns
    known: Known
    move: Moves
    start: Start
    means: tuple[float, ...]
    filtered: Filtered


@dataclass(frozen=True, slots=True)
class Looks:
    """Conditions per step (M,). `look`: a judgement was made on this step. `rounds`: rounds of the case so far.

    `in_phase`: rounds since the one nearest the phase's start. `margin`: what |change| must reach. `fall`, `rise`: the
    conditions of regression and progression, `flat` that of stagnation with its `limit` (upper 95 % limit of the
    phase's progression in six months, steps towards better; NaN where it was too early to say). `steady`: as flat, but
    at the ceiling or where the plan of that day is to hold the level, so that nothing is raised. `method`: what judged;
    `tell` puts another method's own figures into the flag of a step.
    """

    look: Bools
    rounds: Ints
    in_phase: Ints
    change: Floats
    change_sd: Floats
    evidence: Floats
    margin_fall: Floats
    margin_rise: Floats
    fall: Bools
    rise: Bools
    flat: Bools
    steady: Bools
    limit: Floats
    rate: Floats
    rate_sd: Floats
    floor: Bools
    ceiling: Bools
    method: str = "trajectory"
    tell: Callable[[Flag, int], Flag] | None = None


def prepare(
    cohort: Cohort,
    estimates: Estimates,
    as_of: int,
    *,
    bridge_days: int = BRIDGE_DAYS,
    rater: str | None = None,
    keep: bool = False,
    informed: bool = False,
) -> Basis:
    """Run the filter over a cohort. Facts dated after `as_of` and assessments after the case closed do not count.

    `rater`: that rater's answers alone. `informed`: the estimated mean drift of each kind of phase is what is believed
    of a drift before anybody answers (see `Settings.informed`). `keep`: the trace for the way back.
    """
    parameters, sizes = estimates.parameters, Variances.of(estimates.parameters)
    opened, last, _ = spans(cohort, as_of)
    seen = observe(cohort, sizes, parameters, last, rater=rater)
    step = steps(seen, len(cohort.citizens))
    columns = phases(cohort, as_of, bridge_days)
    known = known_phases(step.who, step.day, columns, bridge_days)
    means = tuple(mean_drift(parameters, state) for state in STATES) if informed else ()
    move = moves(step, columns, means=means)
    start = Start.of(sizes, parameters.get("drift_own_sd") if informed else None)
    filtered = trajectory_filter.run(
        step,
        move,
        start,
        late=known.late,
        late_move=moves(step, columns, known.phase, means) if known.late.any() else None,
        keep=keep,
        items=Items.of(cohort, seen, sizes, parameters),
        bounds=bounds(cohort.scale),
    )
    filtered = _banded(filtered, parameters)
    done = (seen, step, columns, known, move, start, means, filtered)
    return Basis(cohort, estimates, sizes, as_of, bridge_days, opened, last, *done)


def _banded(filtered: Filtered, parameters: Mapping[str, float]) -> Filtered:
    """The same with variances of level and change as calibrated: 90 % bands that hold the truth nine times in ten."""
    level, change = band(parameters, "level"), band(parameters, "change")
    return replace(filtered, level_var=filtered.level_var * level**2, change_var=filtered.change_var * change**2)


def bounds(scale: Scale) -> tuple[float, float]:
    """Return the lowest and the highest level there is."""
    return float(scale.minimum), float(scale.maximum)


def judge(basis: Basis) -> Looks:
    """Return what could be said at each look."""
    step, known, scale = basis.step, basis.known, basis.cohort.scale
    mic, better, estimates = scale.minimal_important_change, scale.better, basis.estimates
    look = step.closing & (known.phase >= 0)
    rounds, in_phase, nearest = _counts(basis)
    change = basis.filtered.change
    change_sd = np.sqrt(np.maximum(basis.filtered.change_var, 0.0))
    evidence = np.divide(np.abs(change), change_sd, out=np.zeros_like(change), where=change_sd > 0)
    margin_fall = np.maximum(mic / MIC_SHARE, estimates.c_regression * change_sd)
    margin_rise = np.maximum(mic / MIC_SHARE, estimates.c_progression * change_sd)
    old = look & (rounds > QUIET_ROUNDS)
    fall = old & (-better * change >= margin_fall)
    rise = old & (better * change >= margin_rise)
    limit, rate, rate_sd = _rates(basis, old, in_phase, nearest)
    floor, ceiling = _room(basis)
    held = basis.cohort.holds.on(step.who, step.day)
    with np.errstate(invalid="ignore"):
        still = old & (limit < mic) & ~fall & ~rise
    flat = still & ~ceiling & ~held
    return Looks(
        look,
        rounds,
        in_phase,
        change,
        change_sd,
        evidence,
        margin_fall,
        margin_rise,
        fall,
        rise,
        flat,
        still & ~flat,
        limit,
        rate,
        rate_sd,
        floor,
        ceiling,
    )


def _room(basis: Basis) -> tuple[Bools, Bools]:
    """Where less than one minimal important change of room is left towards worse, and towards better."""
    scale, level = basis.cohort.scale, basis.filtered.level
    room = ROOM * scale.minimal_important_change
    low, high = level < scale.minimum + room, level > scale.maximum - room
    return (low, high) if scale.better > 0 else (high, low)


def _counts(basis: Basis) -> tuple[Ints, Ints, Ints]:
    """Return rounds of the case so far, rounds since the one nearest the phase's start, and that step."""
    step, known = basis.step, basis.known
    count = len(step.who)
    if not count:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    key = keys(step.who, step.day)
    first_inside = np.searchsorted(key, keys(step.who, basis.opened[step.who]), side="left")
    first_inside = np.minimum(first_inside, np.arange(count))
    rounds = step.round - step.round[first_inside] + 1
    begin = np.where(known.phase >= 0, np.append(basis.phases.start, 0)[known.phase], step.day)
    after = np.minimum(np.searchsorted(key, keys(step.who, begin), side="left"), np.arange(count))
    before = np.maximum(after - 1, 0)
    closer = (after > step.bounds[step.who]) & (begin - step.day[before] <= step.day[after] - begin)
    # the first of several steps on that day
    nearest = np.where(closer, np.searchsorted(key, key[before], side="left"), after)
    return rounds, step.round - step.round[nearest] + 1, nearest


def _rates(basis: Basis, old: Bools, in_phase: Ints, nearest: Ints) -> tuple[Floats, Floats, Floats]:
    """Return upper limit of six months' progression, drift and its sd (steps per year), NaN where it is too early."""
    step, known, scale = basis.step, basis.known, basis.cohort.scale
    begin = np.append(basis.phases.start, 0)[known.phase]
    asking = old & (in_phase >= STAGNATION_ROUNDS) & (step.day - begin >= STAGNATION_DAYS)
    reach = float(scale.maximum - scale.minimum)
    rate, rate_sd = phase_rates(step, known.phase, asking, nearest, basis.sizes, reach)
    z = basis.estimates.parameters["z_stagnation"]
    return HALF_YEAR * (scale.better * rate + z * rate_sd), rate, rate_sd
