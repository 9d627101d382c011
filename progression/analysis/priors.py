"""What is assumed before anybody's data: one set of variances, scaled to the instrument.

Every size is a multiple of the minimal important change, since that is the one figure every scale states about its own
steps: noise of a full assessment about three quarters of it, a rater's bias a little more than one, a drift that
crosses it in about seven months. The spread of levels between people is a fifth of the range, more for a sum score,
which lives near its ends. For BIP (0.30 on 1-5)
this gives a rater bias of 0.33 and a noise of 0.26 steps; for a sum score the same noise as one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from progression.scales.model import RATERS, Scale

CARELESS, STALE = 0.03, 0.25  # one step ticked on every row: share of assessments, and of those, of repeating the last


@dataclass(frozen=True, slots=True)
class Variances:
    """Sizes of the trajectory model, in steps of the whole scale, years and square roots of years.

    `level_mean`, `level_sd`: people at their first assessment. `drift_sd`: drift of a phase, steps per year, around 0.
    `walk_sd`: random walk per square root of a year. `drop_sd`: the same for rare sudden changes (their variance per
    year, rooted). `caseworker_sd`, `citizen_sd`: a rater's bias. `day_sd`: mood of the day. `item_sd`: one answer
    around the level, rounding included. `spread_sd`: how far a person's items lie apart, felt when items are skipped.
    """

    level_mean: float
    level_sd: float
    drift_sd: float
    walk_sd: float
    drop_sd: float
    caseworker_sd: float
    citizen_sd: float
    day_sd: float
    item_sd: float
    spread_sd: float

    @property
    def wander(self) -> float:
        """Variance per year of everything in the level that is not drift."""
        return self.walk_sd**2 + self.drop_sd**2

    def as_parameters(self) -> dict[str, float]:
        """Return the sizes by name, as they stand in `Estimates.parameters`."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def of(cls, parameters: Mapping[str, float]) -> Variances:
        """Read the sizes back; KeyError names one that is missing."""
        return cls(**{f.name: float(parameters[f.name]) for f in fields(cls)})


def prior_variances(scale: Scale) -> Variances:
    """Return the sizes that serve before any cohort was fitted."""
    mic, reach, items = scale.minimal_important_change, scale.maximum - scale.minimum, whole_items(scale)
    several = items > 1
    return Variances(
        level_mean=(scale.minimum + scale.maximum) / 2,
        level_sd=(0.2 if several else 0.3) * reach,
        drift_sd=1.7 * mic,
        walk_sd=0.5 * mic,
        drop_sd=0.65 * mic,
        caseworker_sd=1.1 * mic,
        citizen_sd=1.1 * mic,
        day_sd=0.4 * mic,
        item_sd=0.75 * mic * items**0.5,
        spread_sd=0.12 * reach if several else 0.0,
    )


def whole_items(scale: Scale) -> int:
    """Return how many items make the whole scale."""
    return sum(i.in_whole for i in scale.indicators)


def mean_key(rater: str, code: str) -> str:
    """Return the name under which an item's mean stands in `Estimates.parameters`."""
    return f"mean.{rater}.{code}"


def item_means(scale: Scale, parameters: Mapping[str, float]) -> list[list[float]]:
    """Return item means, raters x indicators in the order of the scale; the level's mean where none was estimated."""
    default = parameters["level_mean"]
    return [[float(parameters.get(mean_key(r, i.code), default)) for i in scale.indicators] for r in RATERS]


def sharing(parameters: Mapping[str, float]) -> tuple[float, float]:
    """Return the share of assessments with one step ticked on every row, and which share of those repeat the last."""
    return float(parameters.get("careless", CARELESS)), float(parameters.get("stale", STALE))


def mean_drift(parameters: Mapping[str, float], state: str) -> float:
    """Return the mean drift of a kind of phase, steps a year as the scale counts them; 0 where none was estimated.

    Shown under Team, and used by thresholds' simulation; by flags only where `Settings.informed` says so.
    """
    return float(parameters.get(f"mean_drift.{state}", 0.0))


def band(parameters: Mapping[str, float], what: str) -> float:
    """Return the factor on a standard deviation ("level" or "change") that makes the 90 % band
    hold the truth nine times in ten in simulation; 1 where it was not calibrated."""
    return float(parameters.get(f"band.{what}", 1.0))
