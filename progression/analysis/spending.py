"""How one stated rate of false alarms is shared between the whole scale and its indicators.

A false alarm is counted once per phase, whole scale and indicators together (contracts.md). The whole scale spends
most of the rate (WHOLE_SHARE), since it finds most; the indicators what they add to that. Progression has an account
of its own: the same c_indicator serves both directions, and its whole scale spends what is left.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from progression.analysis import indicators
from progression.analysis.cohort import Bools, Floats
from progression.analysis.disagreement import Followed
from progression.analysis.looks import Basis, Looks

WHOLE_SHARE = 0.85


class TrialLike(Protocol):
    """A simulated cohort and what the filter said about it (`trials.Trial`, `replay.Replay`)."""

    @property
    def simulated(self) -> Followed: ...

    @property
    def basis(self) -> Basis: ...

    @property
    def looks(self) -> Looks: ...

    def spared(self, sign: int) -> Looks:
        """The looks at which a flag of that direction would be a false alarm."""
        ...

    def strongest(self, sign: int) -> Floats:
        """Largest evidence of the whole scale per phase among looks that may raise a flag."""
        ...


def combined_thresholds(found: TrialLike, rate: float, people: Bools | None = None) -> tuple[float, float, float]:
    """Return c_regression, c_progression and c_indicator for a rate of false alarms per 100 citizen-years.

    `people`: those whose alarms are all false and whose years count, default everybody of the cohort. For a scale of
    one item the whole scale spends everything.
    """
    return Spending.of(found, people).thresholds(rate)


class Spending:
    """The strongest evidence of each phase, computed once for all rates; (P,) each, of the phases that count."""

    def __init__(self, whole: dict[int, Floats], single: dict[int, Floats], years: float) -> None:
        self.whole, self.single, self.years = whole, single, years

    @classmethod
    def of(cls, found: TrialLike, people: Bools | None = None) -> Spending:
        """Gather what a cohort of `people` whose alarms are all false shows."""
        basis, simulated = found.basis, found.simulated
        chosen = np.ones(len(simulated.years), dtype=bool) if people is None else people
        mine = chosen[basis.phases.who]
        signs = (indicators.FALL, indicators.RISE)
        whole = {sign: found.strongest(sign)[mine] for sign in signs}
        single = {sign: indicators.strongest(basis, found.spared(sign), sign)[mine] for sign in signs}
        return cls(whole, single, float(simulated.years[chosen].sum()))

    def thresholds(self, rate: float) -> tuple[float, float, float]:
        """Return c_regression, c_progression and c_indicator for a rate per 100 citizen-years."""
        c_indicator = self.share(rate, indicators.FALL)
        fall, rise = (self.rest(rate, c_indicator, sign) for sign in (indicators.FALL, indicators.RISE))
        return fall, rise, c_indicator

    def share(self, rate: float, sign: int) -> float:
        """Return the c_indicator at which indicators spend what the whole scale leaves of the rate."""
        if not self.single[sign].any():
            return indicators.DEFAULT_C
        allowed = rate / 100 * self.years
        quiet = self.whole[sign] < _exceeded(self.whole[sign], WHOLE_SHARE * allowed)
        return _exceeded(self.single[sign][quiet], allowed - (~quiet).sum())

    def rest(self, rate: float, c_indicator: float, sign: int) -> float:
        """Return the whole scale's threshold: it spends what indicators at c_indicator do not."""
        spent = self.single[sign] >= c_indicator
        return _exceeded(self.whole[sign][~spent], rate / 100 * self.years - spent.sum())

    def realised(self, c_whole: float, c_indicator: float, sign: int) -> float:
        """Return false alarms per 100 citizen-years at these thresholds, whole scale and indicators together."""
        hit = (self.whole[sign] >= max(c_whole, _LEAST)) | (self.single[sign] >= max(c_indicator, _LEAST))
        return 100 * float(hit.sum()) / self.years if self.years else 0.0


_LEAST = 1e-6  # evidence of nothing


def _exceeded(best: Floats, allowed: float) -> float:
    """The threshold that so many phases reach. Where fewer show anything at all, since a flag needs a third of the
    minimal important change, what the least of them shows: the rate is then lower than stated."""
    ordered = np.sort(best[best >= _LEAST])[::-1]
    return float(ordered[min(max(round(allowed), 0), len(ordered) - 1)]) if len(ordered) else indicators.DEFAULT_C
