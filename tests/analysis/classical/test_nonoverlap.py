"""NAP, Tau, Tau-U and its variants: published examples, and the traps found in reference packages."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from classical_cases import REFERENCE, exact, in_time

from progression.analysis.classical import nonoverlap
from progression.analysis.classical.lines import theil_sen
from progression.analysis.classical.values import Missing, Overlap, Slope, Tau

CASES = {case["id"]: case for case in REFERENCE["nonoverlap"]["cases"]}
SCAN = {case["id"]: case for case in REFERENCE["tau_u"]["cases"]}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(("better", "key"), [(1, "increase"), (-1, "decrease")])
def test_published_figures(name, better, key):
    case, expected = CASES[name], CASES[name][key]
    a, b = exact(case["A"]), exact(case["B"])
    nap = nonoverlap.nap(a, b, better)
    assert isinstance(nap, Overlap) and nap.value == pytest.approx(expected["NAP"], abs=1e-10)
    interval = expected.get("NAP_CI95_newcombe_nontrivial") or [expected["NAP_CI95_lower"], expected["NAP_CI95_upper"]]
    assert [nap.low, nap.high] == pytest.approx(interval, abs=1e-4)  # the package's root finder stops at 1.2e-4
    tau = nonoverlap.tau(a, b, better)
    assert isinstance(tau, Tau) and tau.value == pytest.approx(expected["Tau"], abs=1e-10)
    tau_u = nonoverlap.tau(a, b, better, "A vs. B - trend A")
    assert isinstance(tau_u, Tau) and tau_u.value == pytest.approx(expected["Tau_U_A"], abs=1e-10)
    corrected = nonoverlap.tau_corrected(in_time(case["A"]), in_time(case["B"], len(a) + 1), better)
    assert isinstance(corrected, Tau)
    assert corrected.value == pytest.approx(expected["Tau_BC_exact_rational"], abs=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_the_line_of_the_time_before(name):
    expected = CASES[name]["increase"]
    line = theil_sen(in_time(CASES[name]["A"]))
    assert isinstance(line, Slope)
    assert float(line.per_day) == pytest.approx(expected["theil_sen_slope_A"], abs=1e-10)
    assert float(line.at_zero) == pytest.approx(expected["theil_sen_intercept_A"], abs=1e-10)


@pytest.mark.parametrize("name", SCAN)
@pytest.mark.parametrize(
    ("variant", "row"),
    [
        ("A vs. B", "A vs. B"),
        ("A vs. B - trend A", "A vs. B - Trend A"),
        ("A vs. B + trend B", "A vs. B + Trend B"),
        ("A vs. B + trend B - trend A", "A vs. B + Trend B - Trend A"),
    ],
)
def test_every_variant_of_tau_u(name, variant, row):
    case = SCAN[name]
    expected = case["parker"][row]
    found = nonoverlap.tau(exact(case["A"]), exact(case["B"]), 1, variant)
    assert isinstance(found, Tau)
    assert found.variant == variant
    assert found.s == expected["S"]
    assert found.pairs == expected["D"]
    assert found.value == pytest.approx(expected["Tau"], abs=1e-9)


def test_the_tau_u_of_parker_can_pass_one():
    case = CASES["parker_vannest_2009"]
    found = nonoverlap.tau(exact(case["A"]), exact(case["B"]), 1, "A vs. B - trend A")
    assert isinstance(found, Tau) and found.value > 1


# traps


@pytest.mark.parametrize(("a", "b", "value"), [([1, 2, 3], [4, 5, 6], 1.0), ([4, 5, 6], [1, 2, 3], 0.0)])
def test_an_interval_at_all_or_nothing_still_has_a_width(a, b, value):
    found = nonoverlap.nap(exact(a), exact(b))
    assert isinstance(found, Overlap) and found.value == value
    assert found.high - found.low > 0.4  # three against three says little
    assert found.low <= value <= found.high


@pytest.mark.parametrize(("value", "m", "n"), [(0.9, 6, 7), (0.08, 5, 5), (0.5, 3, 3), (0.99, 10, 14)])
def test_the_limits_are_roots_of_the_published_equation(value, m, n):
    h = (m + n) / 2 - 1
    for t in nonoverlap.newcombe(value, m, n):
        variance = t * (1 - t) * (1 + h * ((1 - t) / (2 - t) + t / (1 + t))) / (m * n)
        assert abs(value - t) == pytest.approx(nonoverlap.Z95 * variance**0.5, abs=1e-9)


def test_the_interval_moves_without_a_jump_towards_one():
    near = nonoverlap.newcombe(1 - 1e-9, 5, 5)
    at = nonoverlap.newcombe(1.0, 5, 5)
    assert near[0] == pytest.approx(at[0], abs=1e-6) and at[1] == 1.0


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(3)
    held, rounds = 0, 2000
    for _ in range(rounds):
        a, b = rng.normal(size=5).round(6), rng.normal(1.0, size=5).round(6)
        found = nonoverlap.nap(exact(a), exact(b))
        assert isinstance(found, Overlap)
        held += found.low <= 0.76025 <= found.high  # P(N(1, 1) > N(0, 1))
    assert 0.92 <= held / rounds <= 0.99


def test_ties_after_the_line_is_taken_away_stay_ties():
    # tenths: 0.1 a day for ever, which floating point turns into gains and losses of 1e-16
    rising = [Fraction(k, 10) for k in range(1, 13)]
    days = [(i, value) for i, value in enumerate(rising)]
    found = nonoverlap.tau_corrected(days[:6], days[6:])
    assert isinstance(found, Tau) and found.s == 0
    floats = [k * 0.1 for k in range(1, 13)]
    slope = floats[1] - floats[0]
    left = [value - slope * i for i, value in enumerate(floats)]
    assert len(set(left)) > 1  # the trap is there


def test_equal_shares_of_different_rows_are_ties():
    # means of three answers are thirds: 1/3 + 1/3 + 1/3 is 1, whatever way it was reached
    a, b = [Fraction(7, 3)] * 3, [Fraction(14, 6)] * 3
    found = nonoverlap.tau(a, b)
    assert isinstance(found, Tau) and found.s == 0


def test_too_few_is_said_with_what_it_takes():
    two, three = exact([1, 2]), exact([1, 2, 3])
    assert nonoverlap.nap(two, three) == Missing("too_few", 2, 3, "before")
    assert nonoverlap.tau(three, two) == Missing("too_few", 2, 3, "during")
    assert nonoverlap.tau([], []) == Missing("too_few", 0, 3, "before")
    assert nonoverlap.tau_corrected(in_time([1]), in_time([1, 2, 3])) == Missing("too_few", 1, 3, "before")
    on_one_day = [(5, Fraction(v)) for v in (1, 2, 3)]
    assert nonoverlap.tau_corrected(on_one_day, in_time([1, 2, 3], 9)) == Missing("undefined")
