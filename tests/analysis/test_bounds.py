"""Levels between the ends of the scale, against scipy's moments of a normal cut off on both sides."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from progression.analysis.bounds import within


def censored(mean: float, var: float, low: float, high: float) -> tuple[float, float]:
    """Mean and variance of min(max(x, low), high): the two ends' masses, and what scipy says of the part between."""
    sd = var**0.5
    under, over = stats.norm.cdf(low, mean, sd), stats.norm.sf(high, mean, sd)
    inside = 1 - under - over
    if inside < 1e-9:
        first, square = 0.0, 0.0
    else:
        part = stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)
        first, square = inside * part.mean(), inside * (part.var() + part.mean() ** 2)
    first += under * low + over * high
    return first, square + under * low**2 + over * high**2 - first**2


@pytest.mark.parametrize("mean", [-3.0, 0.2, 1.0, 1.4, 3.0, 4.9, 5.0, 6.5, 9.0])
@pytest.mark.parametrize("var", [0.01, 0.1, 0.6, 2.0, 30.0])
def test_moments_are_those_of_a_censored_normal(mean, var) -> None:
    found, spread = within(np.array([mean]), np.array([var]), 1.0, 5.0)
    first, second = censored(mean, var, 1.0, 5.0)
    assert found[0] == pytest.approx(first, abs=1e-6)
    assert spread[0] == pytest.approx(second, abs=1e-6)


def test_by_integration_too() -> None:
    got, _ = integrate.quad(lambda x: min(max(x, 0.0), 52.0) * stats.norm.pdf(x, 3.0, 7.0), -60, 80, limit=400)
    found, _ = within(np.array([3.0]), np.array([49.0]), 0.0, 52.0)
    assert found[0] == pytest.approx(got, abs=1e-6)


def test_far_from_the_ends_nothing_changes() -> None:
    mean, var = np.linspace(2.6, 3.4, 9), np.full(9, 0.01)
    found, spread = within(mean, var, 1.0, 5.0)
    np.testing.assert_allclose(found, mean, atol=1e-12)
    np.testing.assert_allclose(spread, var, rtol=1e-9)


def test_whatever_is_believed_the_level_lies_on_the_scale_and_the_variance_is_no_larger() -> None:
    rng = np.random.default_rng(2)
    mean, var = rng.normal(3, 1e3, 4000), 10 ** rng.uniform(-14, 8, 4000)
    found, spread = within(mean, var, 1.0, 5.0)
    assert np.isfinite(found).all()
    assert ((found >= 1) & (found <= 5)).all()
    assert (spread[var > 1e-12] > 0).all()  # far beyond an end little is uncertain, and never nothing
    assert (spread <= np.minimum(var, 4.0) * (1 + 1e-6) + 1e-9).all()


def test_a_level_known_exactly_is_cut_and_nothing_else() -> None:
    found, spread = within(np.array([0.0, 2.5, 7.0]), np.zeros(3), 1.0, 5.0)
    assert found.tolist() == [1.0, 2.5, 5.0]
    assert spread.tolist() == [0.0, 0.0, 0.0]


def test_turned_upside_down_it_is_the_mirror() -> None:
    mean, var = np.linspace(-1, 7, 33), np.linspace(0.05, 3, 33)
    up, up_var = within(mean, var, 1.0, 5.0)
    down, down_var = within(6 - mean, var, 1.0, 5.0)
    np.testing.assert_allclose(up, 6 - down, atol=1e-12)
    np.testing.assert_allclose(up_var, down_var, atol=1e-11)
