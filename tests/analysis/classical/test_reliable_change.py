"""Reliable change by six methods: unit vectors, forty real patients, and what is too little."""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest
from classical_cases import PATIENTS, REFERENCE

from progression.analysis.classical import reliable_change as rc
from progression.analysis.classical.values import Missing, Norms, ReliableChange

RCI = REFERENCE["rci"]
CLAUS = RCI["claus2020_hamd"]
PRE, POST = ([float(row[name]) for row in PATIENTS] for name in ("pre", "post"))


def group(**given) -> Norms:
    plain = {"citizens": 40, "mean_pre": 0.0, "sd_pre": 1.0, "mean_post": 0.0, "sd_post": 1.0, "correlation": 0.0}
    return Norms(**{**plain, "reliability": 0.8, "reliability_post": 0.8, **given})


def patients() -> Norms:
    found = rc.norms(PRE, POST, CLAUS["reliability"], CLAUS["reliability_post_NK"])
    assert isinstance(found, Norms)
    return found


def test_the_worked_example_of_jacobson_and_truax():
    given = RCI["jacobson_truax_1991_worked"]["inputs"]
    expected = RCI["jacobson_truax_1991_worked"]["expected"]
    about = group(sd_pre=given["sd_clinical"], reliability=given["reliability"])
    found = rc.change("JT", given["x_pre"], given["x_post"], about)
    assert isinstance(found, ReliableChange)
    assert found.index == pytest.approx(expected["rci"], abs=1e-10)
    assert found.verdict == "improved"
    assert found.swing == pytest.approx(1.96 * expected["s_diff"], abs=1e-9)


def test_the_formula_of_1984_is_not_used():
    # it lacked the factor 2: with it the worked example would be 15 / 3.354 = 4.47, still found in one package
    about = group(sd_pre=7.5)
    found = rc.change("JT", 32.5, 47.5, about)
    assert isinstance(found, ReliableChange)
    assert found.index == pytest.approx(15 / (7.5 * sqrt(2 * 0.2)), abs=1e-12)
    assert found.index != pytest.approx(4.47, abs=0.01)


@pytest.mark.parametrize("method", ["GLN", "HLL", "EN", "NK"])
def test_unit_vectors(method):
    vector = RCI["unit_vectors"][method]
    about = group(
        mean_pre=vector["m_pre"], sd_pre=vector["sd_pre"], mean_post=vector.get("m_post", 0.0),
        reliability=vector["reliability"], reliability_post=vector.get("reliability_post", 0.8),
    )  # fmt: skip
    for pre, post, expected in zip(vector["pre"], vector["post"], vector["rci"], strict=True):
        assert rc.index_of(method, pre, post, about) == pytest.approx(expected, abs=1e-9)


def test_unit_vector_of_jacobson_truax():
    vector = RCI["unit_vectors"]["JT"]
    about = group(sd_pre=vector["sd_pre"], reliability=vector["reliability"])
    for moved, expected in zip(vector["change"], vector["rci"], strict=True):
        assert rc.index_of("JT", 10, 10 + moved, about) == pytest.approx(expected, abs=1e-9)


def test_unit_vector_of_hageman_arrindell():
    vector = RCI["unit_vectors"]["HA"]
    r = rc.correlation(vector["pre"], vector["post"])
    about = group(
        mean_pre=vector["m_pre"], sd_pre=vector["sd_pre"], mean_post=vector["m_post"], sd_post=vector["sd_post"],
        correlation=r,
    )  # fmt: skip
    for pre, post, expected in zip(vector["pre"], vector["post"], vector["rci"], strict=True):
        assert rc.index_of("HA", pre, post, about) == pytest.approx(expected, abs=1e-7)


def test_the_group_is_the_packages():
    found = patients()
    for name, key in (
        ("mean_pre", "m_pre"),
        ("sd_pre", "sd_pre"),
        ("mean_post", "m_post"),
        ("sd_post", "sd_post"),
    ):
        assert getattr(found, name) == pytest.approx(CLAUS[key], abs=1e-9)
    assert found.citizens == CLAUS["n"]


@pytest.mark.parametrize("method", rc.METHODS)
def test_each_of_forty_patients(method):
    about = patients()
    for row in PATIENTS:
        found = rc.index_of(method, float(row["pre"]), float(row["post"]), about)
        assert found == pytest.approx(float(row[method]), abs=1e-7)


@pytest.mark.parametrize("method", rc.METHODS)
def test_how_many_improved(method):
    verdicts = Counter()
    for row in PATIENTS:
        found = rc.change(method, float(row["pre"]), float(row["post"]), patients(), better=-1)
        assert isinstance(found, ReliableChange)
        verdicts[found.verdict] += 1
    assert verdicts == CLAUS["counts"][method]


def test_jacobson_truax_gives_29_10_1():
    assert CLAUS["counts"]["JT"] == {"improved": 29, "unchanged": 10, "deteriorated": 1}


def test_too_few_people_to_judge_by():
    assert rc.norms(PRE[:19], POST[:19], 0.8) == Missing("too_few", 19, 20, "citizens")
    assert rc.norms([], [], 0.8) == Missing("too_few", 0, 20, "citizens")
    assert rc.norms([3.0] * 30, POST[:30], 0.8) == Missing("flat")
    assert rc.retest(PRE[:5], POST[:5]) == Missing("too_few", 5, 20, "citizens")
    assert rc.retest([3.0] * 30, POST[:30]) == Missing("undefined")
    assert rc.retest(PRE, [-v for v in PRE]) == Missing("undefined")


def test_a_cohorts_own_reliability_is_never_perfect():
    assert rc.retest(PRE, PRE) == 0.999
    found = rc.retest(PRE, POST)
    assert isinstance(found, float) and 0 < found < 1


def test_differences_without_reliability_have_no_index():
    about = group(correlation=0.9)  # the two measurements agree better than either with itself
    assert rc.change("HA", 1.0, 2.0, about) == Missing("undefined")
    assert rc.change("HA", 1.0, 2.0, group(correlation=1.0)) == Missing("undefined")


@pytest.mark.parametrize("wrong", [-0.1, 1.0, 1.5])
def test_a_reliability_that_is_none(wrong):
    with pytest.raises(ValueError, match="between 0 and 1"):
        rc.norms(PRE, POST, wrong)
    with pytest.raises(ValueError, match="between 0 and 1"):
        rc.norms(PRE, POST, 0.8, wrong)
