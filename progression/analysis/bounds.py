"""Levels as the scale can show them: a belief about an unbounded level, read between the scale's ends.

The filter's level may run beyond the lowest and the highest step, since answers there cannot say by how much; nobody's
level is reported beyond them.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from progression.analysis.cohort import Floats

_ROOT = (2 * np.pi) ** 0.5
_LEAST = 1e-12  # variance below which a level is known exactly


def within(mean: Floats, var: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Return mean and variance of min(max(x, low), high) where x is N(mean, var), elementwise (Tobin 1958)."""
    sd = np.sqrt(np.maximum(var, _LEAST))
    below, above = (low - mean) / sd, (high - mean) / sd
    under, over = ndtr(below), ndtr(-above)
    inside = 1.0 - under - over
    at_low, at_high = np.exp(-0.5 * below**2) / _ROOT, np.exp(-0.5 * above**2) / _ROOT
    middle = low * under + high * over + mean * inside + sd * (at_low - at_high)
    square = (low - mean) ** 2 * under + (high - mean) ** 2 * over + sd**2 * (inside + below * at_low - above * at_high)
    known = var <= _LEAST
    # clipped, since far beyond an end both lose their last digits: no level off the scale, and none that is certain
    out_mean = np.clip(np.where(known, mean, middle), low, high)
    return out_mean, np.where(known, 0.0, np.maximum(square - (middle - mean) ** 2, _LEAST))
