"""The Theil-Sen line and XmR limits."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from classical_cases import REFERENCE, exact, in_time
from scipy import stats

from progression.analysis.classical.lines import theil_sen, xmr
from progression.analysis.classical.values import Limits, Missing, Slope

XMR = REFERENCE["xmr"]


def test_the_line_is_the_librarys():
    days, values = [0, 91, 180, 275, 370, 460, 550], [2.5, 2.7, 2.6, 3.0, 2.9, 3.3, 3.1]
    found = theil_sen(list(zip(days, exact(values), strict=True)))
    known = stats.theilslopes(values, days, method="joint")
    assert isinstance(found, Slope)
    assert float(found.per_day) == pytest.approx(known.slope, abs=1e-12)
    assert float(found.at_zero) == pytest.approx(known.intercept, abs=1e-12)
    assert found.low is not None and found.high is not None and found.low < found.per_day < found.high


def test_no_interval_before_five_measurements():
    four, five = theil_sen(in_time([1, 2, 4, 3])), theil_sen(in_time([1, 2, 4, 3, 5]))
    assert isinstance(four, Slope) and four.low is None and four.high is None
    # with five, S = 10 has probability 1/120 a side and S = 8 has 5/120: only the extreme slopes will do
    assert isinstance(five, Slope) and (five.low, five.high) == (-1, 2)


def test_the_slopes_interval_holds_the_truth_at_least_as_often_as_it_says():
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(500):
        values = (0.1 * np.arange(8) + rng.normal(size=8)).round(6)
        found = theil_sen(in_time(values))
        assert isinstance(found, Slope) and found.low is not None and found.high is not None
        held += found.low <= Fraction(1, 10) <= found.high
    assert held / 500 >= 0.93


def test_lines_that_cannot_be_drawn():
    assert theil_sen(in_time([1, 2])) == Missing("too_few", 2, 3, "measurements")
    assert theil_sen([(4, Fraction(v)) for v in (1, 2, 3)]) == Missing("undefined")
    flat = theil_sen(in_time([3] * 6))
    assert isinstance(flat, Slope) and flat.per_day == 0 and flat.at_zero == 3
    twice = theil_sen([(1, Fraction(1)), (1, Fraction(2)), (2, Fraction(3)), (3, Fraction(4)), (4, Fraction(5))])
    assert isinstance(twice, Slope) and twice.low is None  # the exact interval is for different days


@pytest.mark.parametrize("name", [n for n, case in XMR["cases"].items() if not case["screen_outliers"]])
def test_limits_of_the_package_where_nothing_is_screened(name):
    case = XMR["cases"][name]
    found = xmr(exact(case["y"]))
    assert isinstance(found, Limits)
    assert (found.mean, found.low, found.high) == pytest.approx((case["mean"], case["lpl"], case["upl"]), abs=1e-8)


def test_the_published_unscreened_limits():
    high, mean, low = XMR["expected_from_package_snapshots"]["deviations_unscreened"]
    found = xmr(exact(XMR["cases"]["deviations_vignette_screened"]["y"]))
    assert isinstance(found, Limits)
    assert (found.high, found.mean, found.low) == pytest.approx((high, mean, low), abs=0.005)
    assert found.outside == (4,)


def test_screening_would_flag_everything_on_flat_steps_and_we_do_not():
    case = XMR["cases"]["ordinal5_flat_then_drop"]
    assert case["lpl"] == case["upl"]  # what screening gives: limits of no width, every point outside
    found = xmr(exact(case["y"]))
    assert isinstance(found, Limits)
    assert found.high - found.low == pytest.approx(2 * 2.66 / 6)
    assert found.outside == (6,)


def test_limits_that_cannot_be_said():
    assert xmr(exact([3] * 5)) == Missing("too_few", 5, 6, "measurements")
    assert xmr(exact([3] * 9)) == Missing("flat")
