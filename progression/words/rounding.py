"""How many decimals a calculation is printed with, so that whoever follows it by hand reaches what is printed.

Rounded one by one, figures need not agree any more: 3.44 to 2.66 is -0.78, printed 3.4 to 2.7 and -0.8. Here the fewest
decimals are found with which subtraction, product and comparison all come true as printed.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

MOST = 6  # decimals; beyond that two figures are equal to any reader
REACHED = 3  # decimals from which "reaches" may be said of two figures that look equal
ENOUGH = 3  # decimals from which a difference is that of the printed figures: a thousandth of a step hurts nobody


def difference(before: float, after: float, change: float, margin: float | None = None, *, least: int = 1) -> int:
    """Return the fewest decimals with which after - before = change, and |change| against the margin, come true.

    The change is to be printed with `minus`. The comparison is printed strict where it is, unless the two are closer
    than a thousandth.
    """
    for decimals in range(least, MOST + 1):
        shown = minus(after, before, decimals)
        if decimals < ENOUGH and not same(shown, printed(change, decimals)):
            continue
        if margin is None or _compared(abs(change), margin, decimals, abs(shown)):
            return decimals
    return MOST


def printed(value: float, decimals: int) -> float:
    """Return the figure that `Words.number` prints: a half goes to the even digit, by its decimal notation."""
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN))


def minus(after: float, before: float, decimals: int) -> float:
    """Return the difference of two figures as they are printed."""
    return printed(printed(after, decimals) - printed(before, decimals), decimals)


def comparison(one: float, other: float, *, least: int = 1) -> int:
    """Return the fewest decimals with which two figures that differ look different."""
    return next((d for d in range(least, MOST + 1) if _compared(one, other, d)), MOST)


def product(result: float, decimals: int, *factors: float, least: int = 2) -> int:
    """Return the fewest decimals with which the factors, as printed, give the result as printed with `decimals`."""
    for finer in range(max(least, decimals), MOST + 1):
        found = 1.0
        for factor in factors:
            found *= printed(factor, finer)
        if same(printed(found, decimals), printed(result, decimals)):
            return finer
    return MOST


def same(one: float, other: float) -> bool:
    """Whether two rounded figures are the same figure: binary fractions leave a trace of their own."""
    return abs(one - other) < 0.5 * 10.0**-MOST


def _compared(one: float, other: float, decimals: int, shown: float | None = None) -> bool:
    """Whether two figures compare as printed as they do in truth; `shown`: how `one` is printed."""
    apart = (printed(one, decimals) if shown is None else shown) - printed(other, decimals)
    if same(one, other):
        return same(apart, 0.0)
    if one > other and same(apart, 0.0):
        return decimals >= REACHED
    return not same(apart, 0.0) and (apart > 0) == (one > other)
