"""How far raters agree: intraclass correlation (Shrout & Fleiss 1979) and weighted kappa (Cohen 1968).

They answer different questions. One rater always a step above the other: quadratic kappa is high, ICC(3,1) is 1 (same
order), ICC(2,1) is less (not the same step), unweighted kappa is negative. Which one is meant has to be said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

from progression.analysis.classical.values import Icc, Kappa, Missing

PAIRS_NEEDED = 5  # our own choice: below this a coefficient is mostly chance


def icc(ratings: Sequence[Sequence[Fraction | int]]) -> Icc | Missing:
    """Return the six forms for targets (rows) rated by the same k raters (columns), with 95 % intervals of the single
    forms.

    (1,.) raters differ by target; (2,.) a sample of raters, absolute agreement; (3,.) these raters, consistency; (.,k)
    the mean of k raters. Missing below 5 targets, with one rater, or where no target differs from another.
    Raises ValueError where rows differ in length.
    """
    n = len(ratings)
    k = len(ratings[0]) if n else 0
    if any(len(row) != k for row in ratings):
        raise ValueError("every target needs a rating by every rater")
    if n < PAIRS_NEEDED:
        return Missing("too_few", n, PAIRS_NEEDED, "pairs")
    if k < 2:
        return Missing("one_rater")
    squares = _mean_squares(ratings, n, k)
    bms, wms, jms, ems = squares
    forms = {
        "1,1": (bms - wms, bms + (k - 1) * wms),
        "2,1": (bms - ems, bms + (k - 1) * ems + Fraction(k, n) * (jms - ems)),
        "3,1": (bms - ems, bms + (k - 1) * ems),
        "1,k": (bms - wms, bms),
        "2,k": (bms - ems, bms + (jms - ems) / n),
        "3,k": (bms - ems, bms),
    }
    if bms == 0 or any(below == 0 for _above, below in forms.values()):
        return Missing("flat")
    return Icc(
        forms={name: float(above / below) for name, (above, below) in forms.items()},
        intervals=_intervals(squares, n, k),
        targets=n,
        raters=k,
        mean_squares=dict(zip(("BMS", "WMS", "JMS", "EMS"), map(float, squares), strict=True)),
    )


def _mean_squares(ratings: Sequence[Sequence[Fraction | int]], n: int, k: int) -> tuple[Fraction, ...]:
    """Between targets, within targets, between raters, residual."""
    cells = [[Fraction(value) for value in row] for row in ratings]
    total = sum((sum(row, Fraction()) for row in cells), Fraction())
    correction = total * total / (n * k)
    everything = sum((value * value for row in cells for value in row), Fraction()) - correction
    between = sum((sum(row, Fraction()) ** 2 for row in cells), Fraction()) / k - correction
    columns = [sum(column, Fraction()) for column in zip(*cells, strict=True)]
    raters = sum((column**2 for column in columns), Fraction()) / n - correction
    return (
        between / (n - 1),
        (everything - between) / (n * (k - 1)),
        raters / (k - 1),
        (everything - between - raters) / ((n - 1) * (k - 1)),
    )


def _intervals(squares: tuple[Fraction, ...], n: int, k: int) -> dict[str, tuple[float, float]]:
    """95 % intervals of the single-rater forms (Shrout & Fleiss 1979, p. 424 and the following); a form whose residual
    is nothing has none."""
    from scipy.special import fdtri

    bms, wms, jms, ems = map(float, squares)
    found: dict[str, tuple[float, float]] = {}
    between, within, rest = n - 1, n * (k - 1), (n - 1) * (k - 1)
    for form, error, df in (("1,1", wms, within), ("3,1", ems, rest)):
        if error > 0:
            low = bms / error / fdtri(between, df, 0.975)
            high = bms / error * fdtri(df, between, 0.975)
            found[form] = ((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))
    if ems > 0:
        rho = (bms - ems) / (bms + (k - 1) * ems + k * (jms - ems) / n)
        ratio = jms / ems
        top = rest * (k * rho * ratio + n * (1 + (k - 1) * rho) - k * rho) ** 2
        below = between * k**2 * rho**2 * ratio**2 + (n * (1 + (k - 1) * rho) - k * rho) ** 2
        free = top / below  # Satterthwaite's degrees of freedom
        f_low, f_high = fdtri(between, free, 0.975), fdtri(free, between, 0.975)
        found["2,1"] = (
            n * (bms - f_low * ems) / (f_low * (k * jms + (k * n - k - n) * ems) + n * bms),
            n * (f_high * bms - ems) / (k * jms + (k * n - k - n) * ems + n * f_high * bms),
        )
    return {form: (float(low), float(high)) for form, (low, high) in found.items()}


def kappa(pairs: Sequence[tuple[int, int]], minimum: int, maximum: int) -> Kappa | Missing:
    """Return kappa of pairs of steps on a scale from `minimum` to `maximum`, unweighted and weighted.

    Weighted kappa = 1 - observed / expected disagreement, weighted by the distance in steps ("linear") or its square
    ("quadratic", Fleiss & Cohen 1973). Missing below 5 pairs, or where both raters always give one and the same step.
    Raises ValueError for a step outside the scale.
    """
    if any(not minimum <= step <= maximum for pair in pairs for step in pair):
        raise ValueError("a step outside the scale")
    if len(pairs) < PAIRS_NEEDED:
        return Missing("too_few", len(pairs), PAIRS_NEEDED, "pairs")
    found = [_weighted(pairs, weight) for weight in (_unequal, _distance, _square)]
    if any(value is None for value in found):
        return Missing("flat")
    plain, linear, quadratic = (float(value) for value in found if value is not None)
    same = sum(a == b for a, b in pairs) / len(pairs)
    return Kappa(plain, linear, quadratic, same, len(pairs))


def _unequal(distance: int) -> int:
    return int(distance != 0)


def _distance(distance: int) -> int:
    return abs(distance)


def _square(distance: int) -> int:
    return distance * distance


def _weighted(pairs: Sequence[tuple[int, int]], weight: Callable[[int], int]) -> Fraction | None:
    """None where no disagreement is to be expected."""
    observed = Fraction(sum(weight(a - b) for a, b in pairs), len(pairs))
    first, second = (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(n * m * weight(a - b) for a, n in first.items() for b, m in second.items())
    expected = Fraction(by_chance, len(pairs) ** 2)
    return 1 - observed / expected if expected else None
