"""Nonoverlap of two phases: NAP (Parker & Vannest 2009), Tau and Tau-U (Parker, Vannest, Davis & Sauber 2011) and
baseline-corrected Tau (Tarlow 2017).

Every value is counted towards better: for a scale where lower is better, falls count as gains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from progression.analysis.classical.exact import phase_s, too_short, trend_s
from progression.analysis.classical.lines import theil_sen
from progression.analysis.classical.values import Missing, Overlap, Slope, Tau, Variant

Z95 = 1.959963984540054  # standard normal, 95 % two-sided
CORRECTED = "baseline corrected"


def nap(before: Sequence[Fraction], during: Sequence[Fraction], better: int = 1) -> Overlap | Missing:
    """Return the share of pairs (0-1) where `during` is better than `before`, ties as half, with a 95 % interval.

    Missing below 3 measurements in either phase.
    """
    short = too_short(before, during)
    if short is not None:
        return short
    pairs = len(before) * len(during)
    value = (Fraction(phase_s(before, during) * better, pairs) + 1) / 2
    low, high = newcombe(float(value), len(before), len(during))
    return Overlap(float(value), low, high, len(before), len(during))


def newcombe(value: float, before: int, during: int, z: float = Z95) -> tuple[float, float]:
    """Return the interval of a nonoverlap `value` (0-1) of so many measurements: Newcombe (2006), method 5.

    The limits are the roots t of (value - t)^2 m n = z^2 t (1 - t) (1 + h ((1 - t)/(2 - t) + t/(1 + t))) with
    h = (m + n)/2 - 1. At a value of 0 or 1 one root is the value itself, which would say that nothing is uncertain;
    the other root is the interval's limit, found after dividing by the trivial factor.
    """
    h = (before + during) / 2 - 1

    def spread(t: float) -> float:
        return z * z * (1 + h * ((1 - t) / (2 - t) + t / (1 + t)))

    def full(t: float) -> float:
        return (value - t) ** 2 * before * during - t * (1 - t) * spread(t)

    if value >= 1:
        return _root(lambda t: (1 - t) * before * during - t * spread(t), 0.0, 1.0), 1.0
    if value <= 0:
        return 0.0, _root(lambda t: t * before * during - (1 - t) * spread(t), 0.0, 1.0)
    return _root(full, 0.0, value), _root(full, value, 1.0)


def _root(f: Callable[[float], float], low: float, high: float) -> float:
    """Bisection; f has different signs at the two ends."""
    rising = f(low) < 0
    for _ in range(80):
        middle = (low + high) / 2
        if (f(middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def tau(
    before: Sequence[Fraction], during: Sequence[Fraction], better: int = 1, variant: Variant = "A vs. B"
) -> Tau | Missing:
    """Return a Tau by its variant; A is before, B is during.

    "A vs. B" is plain Tau = 2 NAP - 1. "A vs. B - trend A" is the Tau-U of Parker et al. (2011): S(AB) - S(A) over the
    m x n pairs, which can pass 1 either way. The two with trend B divide by all pairs that are counted. Packages differ
    in this, so a Tau-U without its variant says little. Missing below 3 measurements in either phase.
    """
    short = too_short(before, during)
    if short is not None:
        return short
    m, n = len(before), len(during)
    s, pairs = phase_s(before, during), m * n
    if variant in ("A vs. B + trend B", "A vs. B + trend B - trend A"):
        s, pairs = s + trend_s(during), pairs + n * (n - 1) // 2
    if variant in ("A vs. B - trend A", "A vs. B + trend B - trend A"):
        s -= trend_s(before)
    if variant == "A vs. B + trend B - trend A":
        pairs += m * (m - 1) // 2
    return Tau(s * better / pairs, s * better, pairs, variant)


def tau_corrected(
    before: Sequence[tuple[int, Fraction]], during: Sequence[tuple[int, Fraction]], better: int = 1
) -> Tau | Missing:
    """Return Tau of what is left when the Theil-Sen line of the time before is taken from all values (Tarlow 2017).

    (day, value) pairs, days of any origin. The line is always taken away, and the denominator is all pairs, as in the
    package SingleCaseES. Residuals are exact: in floating point a tie becomes a gain or a loss of 1e-16. Missing below
    3 measurements in either phase.
    """
    short = too_short(before, during)
    if short is not None:
        return short
    line = theil_sen(before)
    if not isinstance(line, Slope):
        return line
    left, rest = ([value - line.per_day * day for day, value in part] for part in (before, during))
    s, pairs = phase_s(left, rest) * better, len(before) * len(during)
    return Tau(s / pairs, s, pairs, CORRECTED)
