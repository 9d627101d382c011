"""How fast a phase moves, by its own answers alone: what stagnation is judged on."""

from __future__ import annotations

import numpy as np

from progression.analysis import filter as trajectory_filter
from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.filter import Start
from progression.analysis.moves import moves
from progression.analysis.phasing import PhaseColumns
from progression.analysis.priors import Variances
from progression.analysis.steps import Steps


def phase_rates(
    step: Steps, phase: Ints, asking: Bools, nearest: Ints, sizes: Variances, reach: float
) -> tuple[Floats, Floats]:
    """Return drift and its sd (steps per year) at the steps that ask, NaN elsewhere.

    Each phase is walked on its own, from the assessment nearest its start (`nearest`, per step) to its last step that
    asks, with a flat prior on level and drift: nothing before it and nobody else's drift counts. `reach`: the range of
    the scale.
    """
    rate, rate_sd = np.full(len(step.who), np.nan), np.full(len(step.who), np.nan)
    asked = np.flatnonzero(asking)
    if not len(asked):
        return rate, rate_sd
    # a citizen's phases come in order, so the last step of each is where the phase changes
    final = np.ones(len(asked), dtype=bool)
    final[:-1] = phase[asked][1:] != phase[asked][:-1]
    ends = asked[final]
    own, rows, run = _alone(step, nearest[ends], ends)
    nothing = np.zeros(0, dtype=np.int64)
    undivided = PhaseColumns(nothing, nothing, nothing, nothing, nothing)
    walked = trajectory_filter.run(own, moves(own, undivided), Start.flat(sizes, reach))
    # an assessment may stand in two runs: as the last of one phase and the one nearest the next one's start
    mine = asking[rows] & (phase[rows] == phase[ends][run])
    rate[rows[mine]] = walked.drift[mine]
    rate_sd[rows[mine]] = np.sqrt(np.maximum(walked.drift_var[mine], 0.0))
    return rate, rate_sd


def _alone(step: Steps, starts: Ints, ends: Ints) -> tuple[Steps, Ints, Ints]:
    """Steps from each start to each end as if they were citizens, which steps they are, and of which run."""
    lengths = ends - starts + 1
    bounds = np.concatenate([[0], np.cumsum(lengths)])
    run = np.repeat(np.arange(len(ends)), lengths)
    rows = starts[run] + np.arange(bounds[-1]) - bounds[run]
    own = Steps(
        who=run,
        day=step.day[rows],
        value=step.value[rows],
        noise=step.noise[rows],
        redraw=step.redraw[rows],
        bounds=bounds,
        closing=step.closing[rows],
        round=step.round[rows],
    )
    return own, rows, run
