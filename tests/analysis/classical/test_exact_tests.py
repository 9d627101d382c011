"""Exact tests: against counting every order, against published smallest p, and where too little is known."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

import pytest
from classical_cases import REFERENCE, exact
from scipy import stats

from progression.analysis.classical import exact as tests
from progression.analysis.classical.values import Exact, Missing


@pytest.mark.parametrize("values", [[3, 1, 2, 4], [2, 2, 3, 3, 4], [1, 2, 2, 2, 1, 3], [5, 5, 5, 4, 4, 5, 3]])
@pytest.mark.parametrize("better", [1, -1])
def test_a_trend_is_what_counting_every_order_gives(values, better):
    found = tests.trend(exact(values), better)
    every = [tests.trend_s(order) * better for order in permutations(exact(values))]
    assert isinstance(found, Exact)
    s = tests.trend_s(exact(values)) * better
    assert found.statistic == s
    assert found.p_better == pytest.approx(sum(e >= s for e in every) / len(every), abs=1e-12)
    assert found.p_worse == pytest.approx(sum(e <= s for e in every) / len(every), abs=1e-12)
    assert found.smallest_one_sided == pytest.approx(sum(e == max(every) for e in every) / len(every), abs=1e-12)


@pytest.mark.parametrize("before", [[3, 4, 3], [1, 2, 3, 4], [3, 3, 3]])
@pytest.mark.parametrize("during", [[3, 2, 2], [5, 6, 7], [4, 3, 3, 2]])
def test_two_phases_are_what_counting_every_split_gives(before, during):
    found = tests.phases(exact(before), exact(during))
    everybody = exact(before + during)
    every = []
    for chosen in combinations(range(len(everybody)), len(before)):
        first = [everybody[i] for i in chosen]
        every.append(tests.phase_s(first, [v for i, v in enumerate(everybody) if i not in chosen]))
    s = tests.phase_s(exact(before), exact(during))
    assert isinstance(found, Exact) and found.statistic == s
    assert found.p_better == pytest.approx(sum(e >= s for e in every) / len(every), abs=1e-12)
    assert found.p_worse == pytest.approx(sum(e <= s for e in every) / len(every), abs=1e-12)


def test_without_ties_the_library_says_the_same():
    values = [1.0, 4.0, 2.0, 3.0, 6.0, 5.0, 7.5]
    found = tests.trend(exact(values))
    known = stats.kendalltau(range(7), values, method="exact")
    assert isinstance(found, Exact) and found.p == pytest.approx(known.pvalue, abs=1e-12)
    known = stats.mannwhitneyu([5.0, 8.0, 9.0, 11.0], [1.0, 6.0, 7.0], alternative="greater", method="exact")
    phases = tests.phases(exact([1, 6, 7]), exact([5, 8, 9, 11]))
    assert isinstance(phases, Exact) and phases.p_better == pytest.approx(known.pvalue, abs=1e-12)


@pytest.mark.parametrize(("kind", "m", "n", "least"), REFERENCE["minimum_p"])
def test_the_smallest_p_that_so_few_measurements_can_give(kind, m, n, least):
    if kind == "trend":
        found = tests.trend(exact(range(m)))
        below = m < tests.TREND_NEEDS
        assert float(tests.trend_at_least(m, m * (m - 1) // 2)) == pytest.approx(least, abs=1e-15)
    else:
        found = tests.phases(exact(range(m)), exact(range(m, m + n)))
        below = min(m, n) < tests.PHASE_NEEDS
    if below:
        assert isinstance(found, Missing) and found.reason == "too_few"
    else:
        assert isinstance(found, Exact)
        assert found.smallest_one_sided == found.p_better == pytest.approx(least, abs=1e-15)
        assert found.smallest == found.p == pytest.approx(2 * least, abs=1e-15)


def test_no_trend_reaches_five_per_cent_before_four_measurements():
    assert tests.trend(exact([1, 2, 3])) == Missing("too_few", 3, 4, "measurements")
    found = tests.trend(exact([1, 2, 3, 4]))
    assert isinstance(found, Exact) and found.smallest_one_sided < 0.05


@pytest.mark.parametrize(("moved", "down", "p"), REFERENCE["sign"])
def test_the_sign_test_is_the_binomial(moved, down, p):
    found = tests.signs(moved - down, down)
    assert isinstance(found, Exact)
    assert found.p_worse == pytest.approx(float(Fraction(p)), abs=1e-15)
    assert found.smallest_one_sided == pytest.approx(0.5**moved, abs=1e-15)
    assert found.statistic == moved - down and found.count == moved
    assert found.p == pytest.approx(stats.binomtest(down, moved).pvalue, abs=1e-12)


def test_kendalls_own_example():
    reference = REFERENCE["kendall"]["kendall_1970_ex3_1"]
    in_order = [y for _x, y in sorted(zip(exact(reference["x"]), exact(reference["y"]), strict=True))]
    # pairs at one time are no pairs of a trend; in this example they never differ by more than the sum says
    s = sum(
        tests.sign(b - a) * tests.sign(d - c)
        for (a, c), (b, d) in combinations(zip(exact(reference["x"]), exact(reference["y"]), strict=True), 2)
    )
    assert s == reference["S"] and len(in_order) == 10
    assert s / reference["D"] == pytest.approx(reference["tau_b_full"], abs=1e-9)


def test_years_of_one_answer_are_said_to_be_flat():
    assert tests.trend(exact([3] * 12)) == Missing("flat")
    assert tests.phases(exact([3] * 4), exact([3] * 5)) == Missing("flat")
    assert tests.signs(0, 0) == Missing("too_few", 0, 1, "moved")


def test_forty_measurements_with_ties_take_a_moment():
    values = exact([1 + (i * 7) % 5 for i in range(40)])
    found = tests.trend(values)
    assert isinstance(found, Exact) and 0 < found.p <= 1
    both = tests.phases(values[:20], values[20:])
    assert isinstance(both, Exact) and 0 < both.p <= 1
