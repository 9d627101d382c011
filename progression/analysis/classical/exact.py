"""Exact tests: of a trend (Mann 1945, Kendall 1970), of two phases, and of signs (Fisher's binomial).

With 3-12 measurements a normal approximation is wrong, and so is a p that cannot be reached: every result holds the
smallest p that so much data can give. All counts are whole numbers; ties are taken as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb

from progression.analysis.classical.values import Exact, Missing

TREND_NEEDS = 4  # measurements: with three, even a perfect order happens by chance one time in six
PHASE_NEEDS = 3  # measurements in each phase: the least that What Works Clearinghouse (2010) accepts


def sign(value: Fraction | int) -> int:
    """Return -1, 0 or 1."""
    return (value > 0) - (value < 0)


def trend_s(values: Sequence[Fraction]) -> int:
    """Return Kendall's S of values in order of time: later ones higher minus later ones lower, over all pairs."""
    return sum(sign(later - first) for i, first in enumerate(values) for later in values[i + 1 :])


def phase_s(before: Sequence[Fraction], during: Sequence[Fraction]) -> int:
    """Return pairs (before, during) where the second is higher minus those where it is lower."""
    return sum(sign(b - a) for a in before for b in during)


def trend(values: Sequence[Fraction], better: int = 1) -> Exact | Missing:
    """Return the Mann-Kendall test of values at different times, in order; `better` is the scale's direction.

    The distribution of S over all orders of the same values is exact, ties included: the number of inversions of the
    arrangements of a multiset has the Gaussian multinomial as its generating function (MacMahon 1915). Missing below 4
    measurements, or where all values are equal.
    """
    if len(values) < TREND_NEEDS:
        return Missing("too_few", len(values), TREND_NEEDS, "measurements")
    ties = tuple(sorted(Counter(values).values()))
    if len(ties) == 1:
        return Missing("flat")
    counts = _inversions(ties)
    top = len(counts) - 1  # S = top - 2 x inversions
    return _tested(trend_s(values) * better, {top - 2 * k: n for k, n in enumerate(counts)}, len(values))


@lru_cache(maxsize=256)
def _inversions(ties: tuple[int, ...]) -> tuple[int, ...]:
    """How many arrangements of a multiset have 0, 1, 2 ... inversions."""
    poly: tuple[int, ...] = (1,)
    placed = 0
    for size in ties:
        placed += size
        poly = _times(poly, _gaussian(placed, size))
    return poly


@lru_cache(maxsize=4096)
def _gaussian(n: int, k: int) -> tuple[int, ...]:
    """The coefficients of the Gaussian binomial [n choose k], by [n, k] = [n-1, k-1] + q^k [n-1, k]."""
    if k == 0 or k == n:
        return (1,)
    out = [0] * (k * (n - k) + 1)
    for i, c in enumerate(_gaussian(n - 1, k - 1)):
        out[i] += c
    for i, c in enumerate(_gaussian(n - 1, k)):
        out[i + k] += c
    return tuple(out)


def _times(a: Sequence[int], b: Sequence[int]) -> tuple[int, ...]:
    out = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return tuple(out)


def phases(before: Sequence[Fraction], during: Sequence[Fraction], better: int = 1) -> Exact | Missing:
    """Return the exact test of two phases: S over every way to choose which measurements came before (Mann & Whitney
    1947; with ties as in Lehmann 1975, enumerated).

    It takes measurements to be exchangeable if nothing changed. Missing below 3 measurements in either phase, or where
    all values are equal.
    """
    short = too_short(before, during)
    if short is not None:
        return short
    values = Counter([*before, *during])
    if len(values) == 1:
        return Missing("flat")
    counts = _splits(tuple(values[v] for v in sorted(values)), len(before))
    return _tested(phase_s(before, during) * better, counts, len(before) + len(during))


def too_short(before: Sequence[object], during: Sequence[object]) -> Missing | None:
    """Return what is missing for a comparison of two phases, None where there is enough."""
    if len(before) < PHASE_NEEDS:
        return Missing("too_few", len(before), PHASE_NEEDS, "before")
    if len(during) < PHASE_NEEDS:
        return Missing("too_few", len(during), PHASE_NEEDS, "during")
    return None


def _splits(groups: Sequence[int], size: int) -> dict[int, int]:
    """S -> number of ways to choose `size` measurements as the first phase; `groups`: ties from low to high."""
    # (chosen for the first phase, left for the second, S so far): each group's second-phase values beat what the first
    # phase has below them, and the reverse
    ways: dict[tuple[int, int, int], int] = {(0, 0, 0): 1}
    for tied in groups:
        grown: Counter[tuple[int, int, int]] = Counter()
        for (first, second, s), n in ways.items():
            for taken in range(min(tied, size - first) + 1):
                left = tied - taken
                state = (first + taken, second + left, s + left * first - taken * second)
                grown[state] += n * comb(tied, taken)
        ways = grown
    found: Counter[int] = Counter()
    for (first, _second, s), n in ways.items():
        if first == size:
            found[s] += n
    return dict(found)


def signs(better: int, worse: int) -> Exact | Missing:
    """Return the sign test of indicators that moved: binomial with a half each way; those that did not move are left
    out. `statistic` is `better`. Missing where nothing moved.

    It takes indicators to move independently of each other, which answers given in one conversation do not quite do.
    """
    moved = better + worse
    if moved == 0:
        return Missing("too_few", 0, 1, "moved")
    return _tested(better - worse, {2 * k - moved: comb(moved, k) for k in range(moved + 1)}, moved, better)


def _tested(s: int, ways: dict[int, int], count: int, statistic: int | None = None) -> Exact:
    """The p-values of S under a distribution that is symmetric about 0."""
    every = sum(ways.values())
    at_least = sum(n for value, n in ways.items() if value >= s)
    at_most = sum(n for value, n in ways.items() if value <= s)
    least = ways[max(ways)]
    return Exact(
        statistic=s if statistic is None else statistic,
        count=count,
        p=min(1.0, 2 * min(at_least, at_most) / every),
        p_better=at_least / every,
        p_worse=at_most / every,
        smallest=min(1.0, 2 * least / every),
        smallest_one_sided=least / every,
    )


def trend_at_least(measurements: int, s: int) -> Fraction:
    """Return the probability of S >= s under no trend, without ties: for the interval of a Theil-Sen slope."""
    counts = _inversions((1,) * measurements)
    top = len(counts) - 1
    return Fraction(sum(n for k, n in enumerate(counts) if top - 2 * k >= s), sum(counts))
