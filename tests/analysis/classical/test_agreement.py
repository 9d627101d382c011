"""Intraclass correlation and weighted kappa: published tables, and why the index must be chosen on purpose."""

from __future__ import annotations

from fractions import Fraction

import pytest
from classical_cases import REFERENCE

from progression.analysis.classical.agreement import icc, kappa
from progression.analysis.classical.values import Icc, Kappa, Missing

AGREEMENT = REFERENCE["agreement"]
SF = AGREEMENT["icc_shrout_fleiss_1979"]
# printed by psych::ICC(sf), two figures
INTERVALS = {"1,1": (-0.133, 0.72), "2,1": (0.019, 0.76), "3,1": (0.342, 0.95)}


def test_the_six_forms_of_shrout_and_fleiss():
    found = icc(SF["data_rows_are_targets_cols_are_judges"])
    assert isinstance(found, Icc)
    for form, value in found.forms.items():
        assert value == pytest.approx(SF["expected_computed"][f"ICC({form})"], abs=1e-12)
        assert round(value, 2) == SF["published_rounded"][f"ICC({form})"]
    assert dict(found.mean_squares) == pytest.approx(SF["mean_squares"], abs=1e-12)
    assert (found.targets, found.raters) == (6, 4)


@pytest.mark.parametrize("form", INTERVALS)
def test_their_intervals(form):
    found = icc(SF["data_rows_are_targets_cols_are_judges"])
    assert isinstance(found, Icc)
    assert found.intervals[form] == pytest.approx(INTERVALS[form], abs=0.006)


def test_kappa_of_a_published_table():
    reference = AGREEMENT["kappa_fleiss_cohen_everitt_1969_table"]
    pairs = [(i, j) for i, row in enumerate(reference["table"]) for j, n in enumerate(row) for _ in range(n)]
    found = kappa(pairs, 0, 2)
    assert isinstance(found, Kappa)
    for name in ("unweighted", "linear", "quadratic"):
        assert getattr(found, name) == pytest.approx(reference[name], abs=1e-12)
    assert found.same == 140 / 200


def test_always_one_step_apart_is_agreement_or_not_depending_on_the_index():
    reference = AGREEMENT["kappa_twins_ordinal_offset_by_one"]
    pairs = [tuple(pair) for pair in reference["pairs"]]
    found, same_order = kappa(pairs, 1, 7), icc(pairs)
    assert isinstance(found, Kappa) and isinstance(same_order, Icc)
    for name in ("unweighted", "linear", "quadratic"):
        assert getattr(found, name) == pytest.approx(reference[name], abs=1e-12)
    assert same_order.forms["3,1"] == 1
    assert same_order.forms["2,1"] < 0.95
    assert "3,1" not in same_order.intervals  # no residual, so nothing to make an interval of


def test_a_whole_municipality_takes_a_moment():
    pairs = [(1 + i % 5, 1 + (i * 7) % 5) for i in range(40_000)]  # comparing each with each would take hours
    found = kappa(pairs, 1, 5)
    assert isinstance(found, Kappa) and found.pairs == 40_000


def test_too_few_one_rater_and_nothing_to_compare():
    assert icc([(1, 2)] * 4) == Missing("too_few", 4, 5, "pairs")
    assert icc([]) == Missing("too_few", 0, 5, "pairs")
    assert icc([(Fraction(v),) for v in range(6)]) == Missing("one_rater")
    assert icc([(3, 3)] * 8) == Missing("flat")
    assert icc([(3, 4)] * 8) == Missing("flat")
    assert kappa([(1, 1)] * 4, 1, 5) == Missing("too_few", 4, 5, "pairs")
    assert kappa([(3, 3)] * 9, 1, 5) == Missing("flat")


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="every rater"):
        icc([(1, 2)] * 5 + [(1, 2, 3)])
    with pytest.raises(ValueError, match="outside"):
        kappa([(0, 1)] * 6, 1, 5)
