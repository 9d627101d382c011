"""What the classical measures say, as immutable values. Nothing is imported that takes time to load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

Reason = Literal["too_few", "flat", "one_rater", "undefined"]
Counted = Literal["measurements", "before", "during", "citizens", "moved", "pairs", ""]
Verdict = Literal["improved", "unchanged", "deteriorated"]
Method = Literal["JT", "HA", "GLN", "HLL", "EN", "NK"]
Variant = Literal["A vs. B", "A vs. B - trend A", "A vs. B + trend B", "A vs. B + trend B - trend A"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a measure has no value. `too_few`: there are `have`, it takes `need`; `of`: what is counted.

    `flat`: every value is the same, so that nothing can be compared. `one_rater`: only one rates on this scale.
    `undefined`: the formula has no value for these figures.
    """

    reason: Reason
    have: int = 0
    need: int = 0
    of: Counted = ""


@dataclass(frozen=True, slots=True)
class Norms:
    """The group a reliable change is measured against. Means and sds in the unit of the scale, at the first ("pre")
    and last ("post") measurement of `citizens` people; `correlation` between the two; `reliability` 0-1, at the last
    measurement `reliability_post` (Nunnally-Kotsch only)."""

    citizens: int
    mean_pre: float
    sd_pre: float
    mean_post: float
    sd_post: float
    correlation: float
    reliability: float
    reliability_post: float


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """`index` in units of the standard error (its sign is the change's on the scale), against `critical`.

    `swing`: the smallest change of scores that counts for Jacobson-Truax; None for methods where it depends on where a
    person began.
    """

    method: Method
    index: float
    critical: float
    verdict: Verdict
    swing: float | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Nonoverlap of all pairs: the share of pairs (0-1) where the later phase is better, ties counted as half; with its
    interval. `before` x `during` pairs."""

    value: float
    low: float
    high: float
    before: int
    during: int


@dataclass(frozen=True, slots=True)
class Tau:
    """`value` = `s` / `pairs`: better pairs minus worse ones as a share. `variant` says which pairs."""

    value: float
    s: int
    pairs: int
    variant: str


@dataclass(frozen=True, slots=True)
class Slope:
    """Theil-Sen line: `per_day` and `at_zero` in units of the scale, exact. `low`, `high`: interval of the slope, None
    where so few measurements can give none."""

    per_day: Fraction
    at_zero: Fraction
    low: Fraction | None
    high: Fraction | None
    measurements: int


@dataclass(frozen=True, slots=True)
class Limits:
    """XmR chart: mean, limits and mean moving range in units of the scale. `outside`: places (from 0) beyond them."""

    mean: float
    low: float
    high: float
    moving_range: float
    measurements: int
    outside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact test. `statistic`: S of a trend or of two phases, or the number of indicators that got better.

    `p_better`, `p_worse`: one-sided; `p`: two-sided. `smallest`, `smallest_one_sided`: the least that so much data can
    give, ties as they are. `count`: measurements, or indicators that moved.
    """

    statistic: int
    count: int
    p: float
    p_better: float
    p_worse: float
    smallest: float
    smallest_one_sided: float


@dataclass(frozen=True, slots=True)
class Icc:
    """Intraclass correlations of Shrout & Fleiss by form ("1,1" ... "3,k"); `intervals` for the single-rater forms.

    `targets` x `raters` ratings.
    """

    forms: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    targets: int
    raters: int
    mean_squares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa with no weights, linear and quadratic ones; `same`: the share of equal answers; `pairs`."""

    unweighted: float
    linear: float
    quadratic: float
    same: float
    pairs: int


Result = ReliableChange | Overlap | Tau | Slope | Limits | Exact | Icc | Kappa | Missing


@dataclass(frozen=True, slots=True)
class Reliability:
    """What reliability a reliable change rests on (0-1), and why that one: `given` by the user, `published`, or the
    `cohort`'s own, from `citizens` people. `source`: the publication, by language; {} otherwise."""

    value: float
    origin: Literal["given", "published", "cohort"]
    citizens: int = 0
    source: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of a person's classical measures. `key`: "rci.JT", "nap", "tau", "tau_u", "tau_bc", "line", "xmr",
    "trend", "sign", "icc.2,1", "icc.3,1", "kappa". `rater`: "caseworker", "citizen", or "both" for their agreement.

    `details`: what a sentence about it needs beyond the result (scores, dates, the test that goes with a Tau).
    """

    key: str
    rater: str
    result: Result
    details: Mapping[str, Any] = field(default_factory=dict)
