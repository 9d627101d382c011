"""A simulated cohort and what the filter, with given estimates, said about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import Bools, Floats
from progression.analysis.looks import MIC_SHARE, QUIET_ROUNDS, Basis, Looks, judge, prepare
from progression.analysis.priors import prior_variances
from progression.analysis.simulate import Simulated, simulate
from progression.analysis.values import Estimates
from progression.analysis.worlds import ONE_SIDED, World
from progression.scales.model import Scale

__all__ = ["ONE_SIDED", "Trial", "neutral", "trial"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A simulated cohort and what the filter said about it."""

    simulated: Simulated
    basis: Basis
    looks: Looks

    def spared(self, sign: int) -> Looks:
        """The looks at which a flag would be a false alarm: all of them, for people whose level stands still."""
        return self.looks

    def strongest(self, sign: int) -> Floats:
        """The largest evidence per phase among looks that may raise a flag; `sign` -1 falls, +1 rises (better > 0)."""
        looks, basis, scale = self.looks, self.basis, self.simulated.cohort.scale
        moved = sign * scale.better * looks.change
        ok = looks.look & (looks.rounds > QUIET_ROUNDS) & (moved >= scale.minimal_important_change / MIC_SHARE)
        best = np.zeros(len(basis.phases.who))
        np.maximum.at(best, basis.known.phase[ok], looks.evidence[ok])
        return best

    def rate(self, c: float, sign: int, people: Bools) -> float:
        """False alarms per 100 citizen-years of these people at a threshold."""
        best = self.strongest(sign)[people[self.basis.phases.who]]
        return 100 * float((best >= c).sum()) / float(self.simulated.years[people].sum())

    def threshold(self, rate: float, sign: int, people: Bools) -> float:
        """The threshold that gives a rate of false alarms per 100 citizen-years of these people."""
        best = np.sort(self.strongest(sign)[people[self.basis.phases.who]])[::-1]
        allowed = round(rate / 100 * float(self.simulated.years[people].sum()))
        return float(best[min(allowed, len(best) - 1)])


def trial(scale: Scale, world: World, citizens: int, seed: int, estimates: Estimates | None = None) -> Trial:
    """Simulate a cohort and run the filter over it, with given estimates or the priors."""
    simulated = simulate(scale, world, citizens, seed)
    basis = prepare(simulated.cohort, estimates or neutral(scale), simulated.as_of)
    return Trial(simulated, basis, judge(basis))


def neutral(scale: Scale) -> Estimates:
    """The priors without thresholds, so that calibrating does not rest on what it writes."""
    parameters = prior_variances(scale).as_parameters() | {"z_stagnation": ONE_SIDED}
    return Estimates(scale.id, None, 0, "prior", 0.0, 1.0, 1.0, parameters)
