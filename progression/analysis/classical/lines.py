"""The line through a person's measurements (Theil 1950, Sen 1968) and the limits of an XmR chart (Shewhart; Wheeler).

Both in the unit of the scale, as the scale counts: on a scale where lower is better, a fall is the gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median

from progression.analysis.classical.exact import trend_at_least
from progression.analysis.classical.values import Limits, Missing, Slope

SLOPE_NEEDS = 3  # measurements: two give a line whatever they are
XMR_NEEDS = 6  # measurements, five moving ranges: with fewer the limits say little
TWO_POINT_SIX_SIX = Fraction(266, 100)  # 3 / 1.128: three sigma from the mean range of two


def theil_sen(points: Sequence[tuple[int, Fraction]], confidence: Fraction = Fraction(95, 100)) -> Slope | Missing:
    """Return the median of the slopes of all pairs of (day, value) at different days, and the median intercept.

    The interval is Sen's, from the exact distribution of Kendall's S without ties (with ties it is too wide rather than
    too narrow): below 5 measurements no 95 % interval exists. Missing below 3 measurements, or where all lie on one
    day.
    """
    if len(points) < SLOPE_NEEDS:
        return Missing("too_few", len(points), SLOPE_NEEDS, "measurements")
    ordered = sorted(points)
    slopes = sorted(
        (b[1] - a[1]) / (b[0] - a[0]) for i, a in enumerate(ordered) for b in ordered[i + 1 :] if b[0] != a[0]
    )
    if not slopes:
        return Missing("undefined")
    slope = median(slopes)
    place = _interval_place(len(points), (1 - confidence) / 2)
    usable = place is not None and len(slopes) == len(points) * (len(points) - 1) // 2
    return Slope(
        per_day=slope,
        at_zero=median(value - slope * day for day, value in ordered),
        low=slopes[place] if usable and place is not None else None,
        high=slopes[-1 - place] if usable and place is not None else None,
        measurements=len(points),
    )


def _interval_place(n: int, tail: Fraction) -> int | None:
    """Which of the sorted slopes is the lower limit (from 0): Hollander & Wolfe 1999, section 9.3."""
    pairs = n * (n - 1) // 2
    critical = next((s for s in range(pairs % 2, pairs + 1, 2) if trend_at_least(n, s) <= tail), None)
    return None if critical is None else (pairs - critical) // 2


def xmr(values: Sequence[Fraction]) -> Limits | Missing:
    """Return mean and limits of values in order of time: mean +/- 2.66 x the mean moving range.

    No moving range is left out, though large ones are sometimes screened: with whole steps that makes the limits
    collapse (3,3,3,3,3,3,2 would have limits of no width and every point outside). Missing below 6 measurements, or
    where no value differs from the one before.
    """
    if len(values) < XMR_NEEDS:
        return Missing("too_few", len(values), XMR_NEEDS, "measurements")
    mean = sum(values, Fraction()) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    moving = sum(ranges, Fraction()) / len(ranges)
    if moving == 0:
        return Missing("flat")
    low, high = mean - TWO_POINT_SIX_SIX * moving, mean + TWO_POINT_SIX_SIX * moving
    outside = tuple(i for i, value in enumerate(values) if not low <= value <= high)
    return Limits(float(mean), float(low), float(high), float(moving), len(values), outside)
