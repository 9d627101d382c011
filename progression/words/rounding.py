"""How many decimals a calculation is printed with, so that whoever follows it by hand reaches what is printed.

Rounded one by one, figures need not agree any more: 3.44 to 2.65 is -0.79, printed 3.4 to 2.7 and -0.8. Here the fewest
decimals are found with which subtraction, product and comparison all come true as printed.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST = 6  # decimals; beyond that two figures are equal to any reader


@dataclass(frozen=True, slots=True)
class Decimals:
    """`level`: of levels, change and margin. `factor`: of the figures the margin is a product of."""

    level: int
    factor: int


def difference(before: float, after: float, change: float, margin: float | None = None, *, least: int = 1) -> int:
    """Return the fewest decimals with which after - before = change, and |change| against the margin, come true.

    The comparison is printed strict where it is: two figures that differ never look equal.
    """
    for decimals in range(least, MOST + 1):
        if not same(round(after, decimals) - round(before, decimals), round(change, decimals)):
            continue
        if margin is None or _compared(abs(change), margin, decimals):
            return decimals
    return MOST


def comparison(one: float, other: float, *, least: int = 1) -> int:
    """Return the fewest decimals with which two figures that differ look different."""
    return next((d for d in range(least, MOST + 1) if _compared(one, other, d)), MOST)


def product(result: float, decimals: int, *factors: float, least: int = 2) -> int:
    """Return the fewest decimals with which the factors, as printed, give the result as printed with `decimals`."""
    for finer in range(max(least, decimals), MOST + 1):
        found = 1.0
        for factor in factors:
            found *= round(factor, finer)
        if same(round(found, decimals), round(result, decimals)):
            return finer
    return MOST


def same(one: float, other: float) -> bool:
    """Whether two rounded figures are the same figure: binary fractions leave a trace of their own."""
    return abs(one - other) < 0.5 * 10.0**-MOST


def _compared(one: float, other: float, decimals: int) -> bool:
    apart = round(one, decimals) - round(other, decimals)
    if same(one, other):
        return same(apart, 0.0)
    return not same(apart, 0.0) and (apart > 0) == (one > other)
