"""What goes with each combination of interventions: change per month while it was in force, each citizen compared with
themselves.

A *step* is two assessments that follow each other, by the same rater (the same caseworker, asked the same way), with
one combination in force on every day from the first to the second. Its change is the mean over the items answered both
times of what was ticked: raw answers, for a smoothed level contains the means of its phases and would find them again.
What differs between people, raters and items is the same at both ends and falls out.

For a combination the mean is the sum of the changes over the sum of the months: each citizen counts by how long they
were seen. The interval is clustered on citizens (all steps of one, by both raters, stand or fall together): with
u = a citizen's change less mean x months, the variance is n/(n-1) x sum(u^2) / (sum of months)^2, and the quantile
Student's t with n-1 degrees of freedom. It is `statsmodels` WLS of the change per month on a constant, weighted by the
months, clustered on citizens (which a test holds it to). It says what hangs together, not what causes what.

Interventions stop when people are well, or when they fail. So steps near the end of an active combination (the second
assessment within END_DAYS of the last day, and an intervention stopped then) are a figure of their own, and not in the
other: nothing can be reckoned from one about the other. Figures about few are not made at all (LEAST_*).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np
from scipy.special import stdtrit

from progression.analysis.cohort import Cohort, Floats, Ints
from progression.analysis.phasing import spans
from progression.analysis.priors import prior_variances
from progression.analysis.steps import Observed, observe
from progression.casework.combination import Combined, combined_ordinal, key, types_of
from progression.casework.passive import LEAST as LEAST_CITIZENS
from progression.casework.timeline import ACTIVE, BRIDGE_DAYS, STATES
from progression.scales.model import RATERS

LEAST_CASEWORKERS = 4
LEAST_ITEMS = 0.5  # of what the rater is asked, answered at both ends of a step
END_DAYS = 91  # before an end: one round of assessments
COVERED = 0.90
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Step:
    """Two assessments of one citizen by one rater. Days are ordinals; `change` in steps of the scale as it counts;
    `near_end` as above. `assessors`: who rated, or held the conversation; -1 for nobody known."""

    citizen: int
    combination: str
    near_end: bool
    first: int
    last: int
    change: float
    assessors: tuple[int, int]

    @property
    def months(self) -> float:
        """How long it is; above 0."""
        return (self.last - self.first) / DAYS_A_MONTH


@dataclass(frozen=True, slots=True)
class Progress:
    """A combination's figures. `combination`: as `casework.combination.key`, or "passive", "waiting", "exempt".

    `citizens`, `months` (of time that was seen, whoever rated) and `caseworkers` are what stands behind them. `mean`,
    `low` and `high`: steps a month and the ends of the 90 % interval; None where they are withheld.
    """

    combination: str
    near_end: bool
    citizens: int
    months: float
    caseworkers: int
    mean: float | None
    low: float | None
    high: float | None

    @property
    def withheld(self) -> bool:
        """Whether too few stand behind it."""
        return self.mean is None

    @property
    def clear(self) -> bool:
        """Whether the interval does not hold 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def progress(found: Iterable[Step]) -> tuple[Progress, ...]:
    """Return the figures of every combination that was seen, by key, those near an end last."""
    groups: dict[tuple[bool, str], list[Step]] = {}
    for step in found:
        groups.setdefault((step.near_end, step.combination), []).append(step)
    return tuple(_row(*name, groups[name]) for name in sorted(groups))


def _row(near_end: bool, combination: str, mine: Sequence[Step]) -> Progress:
    citizens = len({step.citizen for step in mine})
    caseworkers = len({who for step in mine for who in step.assessors if who >= 0})
    mean = low = high = None
    if citizens >= LEAST_CITIZENS and caseworkers >= LEAST_CASEWORKERS:
        mean, low, high = interval(
            np.array([step.citizen for step in mine]),
            np.array([step.change for step in mine]),
            np.array([step.months for step in mine]),
        )
    return Progress(combination, near_end, citizens, months_seen(mine), caseworkers, mean, low, high)


def interval(citizen: Ints, change: Floats, months: Floats, covered: float = COVERED) -> tuple[float, float, float]:
    """Return the change per month over all rows and the ends of its interval, clustered on citizens.

    Raises ValueError where fewer than two citizens are there.
    """
    _, place = np.unique(citizen, return_inverse=True)
    count = int(place.max(initial=-1)) + 1
    if count < 2:
        raise ValueError(f"an interval over {count} citizens")
    whole = fsum(months)  # exact: the order in which people were read moves nothing
    mean = fsum(change) / whole
    left = np.bincount(place, change - mean * months)
    sd = sqrt(count / (count - 1) * fsum(left**2)) / whole
    reach = float(stdtrit(count - 1, 0.5 + covered / 2)) * sd
    return mean, mean - reach, mean + reach


def months_seen(mine: Iterable[Step]) -> float:
    """Return the months that were seen: days that both raters cover count once."""
    days, last, citizen = 0, 0, -1
    for step in sorted(mine, key=lambda one: (one.citizen, one.first, one.last)):
        if step.citizen != citizen:
            citizen, last = step.citizen, 0
        days += max(0, step.last - max(step.first, last))
        last = max(last, step.last)
    return days / DAYS_A_MONTH


def steps(
    cohort: Cohort, bits: Sequence[int], as_of: int, since: int = 0, bridge_days: int = BRIDGE_DAYS
) -> list[Step]:
    """Return the steps whose second assessment lies from `since` to `as_of` (ordinals, inclusive).

    `bits`: of the BIP type of each of the cohort's interventions (`casework.combination.bit`). Combinations are those
    known on the as-of day.
    """
    opened, last, some = spans(cohort, as_of)
    sizes = prior_variances(cohort.scale)  # of the values, which nobody reads here
    seen = observe(cohort, sizes, sizes.as_parameters(), np.full(len(cohort.citizens), as_of))
    pairs = _pairs(cohort, seen, since)
    out: list[Step] = []
    who, runs = -1, list[Combined]()
    for before, after, change in pairs:
        one = int(seen.who[before])
        if one != who:
            who = one
            running = bool(cohort.closed[one] > as_of)
            runs = _runs(cohort, bits, one, int(opened[one]), int(last[one]), bridge_days, running) if some[one] else []
        found = _told(runs, int(seen.day[before]), int(seen.day[after]), int(last[one]))
        if found is not None:
            assessors = int(seen.assessor[before]), int(seen.assessor[after])
            out.append(Step(one, *found, int(seen.day[before]), int(seen.day[after]), change, assessors))
    return out


def _pairs(cohort: Cohort, seen: Observed, since: int) -> Iterator[tuple[int, int, float]]:
    """Rows of assessments that follow each other, and the change between them, by citizen."""
    order = np.lexsort((seen.day, seen.rater, seen.who))
    before, after = order[:-1], order[1:]
    same = (seen.who[before] == seen.who[after]) & (seen.rater[before] == seen.rater[after]) & ~seen.redrawn[after]
    same &= (seen.day[after] > seen.day[before]) & (seen.day[after] >= since)
    before, after = before[same], after[same]
    counted = np.array([i.in_whole for i in cohort.scale.indicators])
    asked = np.array([sum(i.in_whole and rater in i.raters for i in cohort.scale.indicators) for rater in RATERS])
    moved = cohort.scores[seen.row[after]] - cohort.scores[seen.row[before]]
    both = ~np.isnan(moved) & counted
    answered = both.sum(axis=1)
    enough = (answered > 0) & (answered >= LEAST_ITEMS * asked[seen.rater[after]])
    change = np.where(both, moved, 0.0).sum(axis=1) / np.maximum(answered, 1)
    return zip(before[enough].tolist(), after[enough].tolist(), change[enough].tolist(), strict=True)


def _runs(
    cohort: Cohort, bits: Sequence[int], who: int, first: int, last: int, bridge: int, running: bool
) -> list[Combined]:
    rows = cohort.interventions
    mine = [(int(rows.start[n]), int(rows.end[n]), int(rows.kind[n]), bits[n]) for n in rows.of(who)]
    return combined_ordinal(sorted(mine), first, last, bridge, running)


def _told(runs: Sequence[Combined], first: int, last: int, known: int) -> tuple[str, bool] | None:
    """The combination in force on all these days, and whether its end is near; None where it changed on the way."""
    place = next((n for n, run in enumerate(runs) if run[2] <= first and last <= run[3]), None)
    if place is None:
        return None
    state, bits, _, end = runs[place]
    if state != ACTIVE:
        return STATES[state], False
    stopped = end < known and (place + 1 == len(runs) or bits & ~runs[place + 1][1] != 0)
    return key(types_of(bits)), stopped and end - last < END_DAYS
