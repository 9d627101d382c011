"""How a simulated level becomes answers in whole steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from progression.analysis.cohort import Floats, Ints
from progression.analysis.worlds import ROUNDING, Instrument
from progression.scales.model import DECLINED, NOT_RATED, Answer, Rater, Scale


@dataclass(frozen=True, slots=True)
class Drawn:
    """Noise drawn beforehand, standard: `mood` per assessment, `noise` assessments x items."""

    mood: Floats
    noise: Floats


def answers_from_level(
    rng: Generator,
    scale: Scale,
    rater: Rater,
    level: Any,
    *,
    rater_bias: Any = 0.0,
    item_offsets: Any = 0.0,
    day_sd: float = 0.0,
    item_sd: float = 0.7,
    unanswered: float = 0.0,
    careless: float = 0.0,
    tails: float = 0.0,
    items: Instrument | None = None,
    drawn: Drawn | None = None,
) -> Floats:
    """Return the scores one rater gives at true levels: (assessments x indicators), NaN = not rated or not asked.

    `level`, `rater_bias`: one per assessment. `item_offsets`: per indicator, or assessments x indicators. `item_sd`
    includes the rounding to whole steps, as the model's does. `careless`: share of assessments in which every item gets
    the same step. `tails`: degrees of freedom of the noise, 0 for normal. `items`: ordered probits instead of rounding.
    `drawn`: the noise, where it was drawn before.
    """
    here = np.atleast_1d(np.asarray(level, dtype=np.float64))
    count, width = len(here), len(scale.indicators)
    day = standard(rng, count, tails) if drawn is None else drawn.mood
    mood = np.asarray(rater_bias) + day_sd * day
    lazy = rng.random(count) < careless
    own = standard(rng, (count, width), tails) if drawn is None else drawn.noise
    offsets = np.where(lazy[:, None], 0.0, item_offsets)
    own = np.where(lazy[:, None], 0.0, own)
    score = stepped(scale, (here + mood)[:, None] + offsets, own, item_sd, None if items is None else items)
    score[rng.random((count, width)) < unanswered] = np.nan
    score[:, [rater not in i.raters for i in scale.indicators]] = np.nan
    return score


def stepped(scale: Scale, meant: Floats, own: Floats, item_sd: float, items: Instrument | None) -> Floats:
    """Return whole steps of what was meant (assessments x items) with standard noise `own`."""
    noise = max(item_sd**2 - ROUNDING, 0.0) ** 0.5
    if items is None:
        rounded: Floats = np.clip(np.rint(meant + noise * own), scale.minimum, scale.maximum)
        return rounded
    felt = meant + noise * own / items.sharpness
    score = np.full(felt.shape, float(scale.minimum))
    for cut in items.cuts.T:
        score += felt > cut
    return score


def standard(rng: Generator, shape: int | tuple[int, ...], tails: float) -> Floats:
    """Return noise of variance 1: normal, or Student's t with so many degrees of freedom (more than 2)."""
    if not tails:
        return rng.normal(size=shape)
    return rng.standard_t(tails, size=shape) / (tails / (tails - 2)) ** 0.5


def copied(score: Floats, who: Ints, regime: Ints, copying: Any) -> Floats:
    """Return the scores with those of copying caseworkers replaced by their first of that citizen.

    Rows sorted by citizen and time; `regime` counts the citizen's caseworkers, `copying` says which rows copy.
    """
    begins = np.ones(len(who), dtype=bool)
    begins[1:] = (who[1:] != who[:-1]) | (regime[1:] != regime[:-1])
    first = np.maximum.accumulate(np.where(begins, np.arange(len(who)), 0))
    same: Floats = score[np.where(copying, first, np.arange(len(who)))]
    return same


def as_answers(scale: Scale, rater: Rater, score: Floats, declined: bool = False) -> dict[str, Answer]:
    """Return one row of scores as the answers of an assessment: NaN becomes "not rated" (or "declined")."""
    nothing: Answer = DECLINED if declined else NOT_RATED
    return {
        i.code: nothing if np.isnan(value) else int(value)
        for i, value in zip(scale.indicators, score, strict=True)
        if rater in i.raters
    }


def score_cells(scale: Scale, score: Floats) -> bytes:
    """Return scores as joined cells, "." for NaN (see `scales.cells`)."""
    wide = len(str(scale.maximum))
    value = np.where(np.isnan(score), 0, score).astype(np.int64)
    cells = np.empty((*score.shape, wide), dtype=np.uint8)
    for place in range(wide):
        cells[..., place] = ord("0") + value // 10 ** (wide - 1 - place) % 10
    cells[np.isnan(score)] = ord(".")
    return cells.tobytes()
