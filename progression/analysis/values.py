"""What the analysis says, as immutable values. No numpy here: pages and words read these without loading it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from progression.casework.values import Phase

FlagKind = Literal["regression", "stagnation", "progression", "disagreement", "missing"]
Status = Literal["open", "decided", "silenced", "withdrawn"]
Suggestion = Literal["start", "continue", "adjust", "review"]
Standing = Literal["progression", "stagnation", "regression", "unclear", "too_few", "unknown_since"]


@dataclass(frozen=True, slots=True)
class Estimates:
    """The variances and thresholds in force for one scale, adopted as an event; every flag names them.

    Units: steps of the whole scale (sd), steps per year (drift), days. `source` "prior" = nobody's data yet,
    "fitted" = estimated on `citizens` citizens. `name` is what a flag prints: "prior/0" or "2026-04-01/412".
    `c_regression`, `c_progression`: thresholds on |change| / change_sd calibrated to `false_alarms_per_100_years`.
    `rates`: per rate that can be chosen ("2", "5", "10", "20") everything simulation said about it: `c_regression`,
    `c_progression`, `c_indicator`, `c_gap`, `found` and `real` (shares 0-1), `realised_regression` and
    `realised_progression` (false alarms per 100 citizen-years in another simulated cohort).
    """

    scale: str
    adopted: date | None
    citizens: int
    source: Literal["prior", "fitted"]
    false_alarms_per_100_years: float
    c_regression: float
    c_progression: float
    parameters: dict[str, float] = field(default_factory=dict)
    rates: dict[str, dict[str, float]] = field(default_factory=dict)

    def at_rate(self, rate: float) -> Estimates:
        """Return the same estimates with the thresholds of another rate. KeyError for one that was not calibrated."""
        row = self.rates[f"{rate:g}"]
        return replace(
            self,
            false_alarms_per_100_years=rate,
            c_regression=row["c_regression"],
            c_progression=row["c_progression"],
        )

    @property
    def name(self) -> str:
        """The name printed beside a flag, e.g. "2026-04-01/412"; "prior/0" before anything was estimated."""
        return f"{self.adopted.isoformat()}/{self.citizens}" if self.adopted else f"prior/{self.citizens}"


@dataclass(frozen=True, slots=True)
class Flag:
    """An attention point (contracts.md, Flags). Levels and changes are in steps as the scale counts them.

    `citizen` is the internal id, `number` the municipality's. `baseline`, `level`, `change`, `change_sd`, `margin` and
    `evidence` are None for kind "missing" (and evidence for "disagreement"). `evidence` = |change| / change_sd.
    `numbers` holds what is needed to recompute the flag by hand, in the order shown. `caseworker_changed` is the date
    of the last caseworker change in the phase, None without one. `due` is the lapsed date of a "missing" flag.
    `rate_limit` (stagnation): upper 95 % limit of drift towards better x 6 months, in steps; below the minimal
    important change it is stagnation, whatever `margin` says. `assessments_in_phase`: rounds since and including the
    one nearest the phase's start. `disagreement`: `change` is the gap, caseworker less citizen, `change_sd` of the gap
    less the usual one. `withdrawn_because`: "answered", "case_closed", "phase_ended", "whole", "later_answers",
    "corrected" or "other_method" (see `flags.current`).
    """

    id: str
    citizen: str
    number: str
    scale: str
    kind: FlagKind
    indicator: str | None
    rater: str
    phase: Phase
    raised_on: date
    baseline: float | None
    level: float | None
    change: float | None
    change_sd: float | None
    margin: float | None
    evidence: float | None
    suggestion: Suggestion | None
    status: Status = "open"
    follow_up: date | None = None
    method: str = "trajectory"
    estimates: str = ""
    caseworker_changed: date | None = None
    due: date | None = None
    rate_limit: float | None = None
    assessments_in_phase: int = 0
    withdrawn_because: str = ""
    measured_on: date | None = None
    numbers: tuple[tuple[str, float | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A flag as it was when it was first shown to a person, and the day that was."""

    day: date
    flag: Flag


@dataclass(frozen=True, slots=True)
class Point:
    """The whole-scale level on one date: best estimate and standard deviation, in steps."""

    day: date
    level: float
    sd: float


@dataclass(frozen=True, slots=True)
class Look:
    """What was known on one assessment date (one row of `trajectories`)."""

    day: date
    phase: Phase
    level: float
    level_sd: float
    change: float
    change_sd: float
    evidence: float
    flag: FlagKind | None


@dataclass(frozen=True, slots=True)
class Observation:
    """One rater's whole-scale value on one date: mean of the answered items after subtracting item means (steps)."""

    day: date
    rater: str
    value: float
    items: int
    assessor: str = ""


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One citizen on one scale: the curve a page draws, and where things stand on the as-of date.

    `curve` is smoothed, `looks` are causal. `change` is level now minus level when the current phase began.
    `band` is the half width of the 90 % band in units of sd (1.645). `standing` is the state in one word;
    `unknown_since`, the last date anything is known of, is set when the next assessment is overdue. `standing`
    "stagnation" with `ceiling`: holds the level. `floor`, `ceiling`: less than one minimal important change of room is
    left towards worse, towards better. Assessments before the span are in `observations` and `curve` but have no look;
    after the last assessment the curve holds its level and only the band widens.
    """

    citizen: str
    scale: str
    as_of: date
    observations: tuple[Observation, ...]
    curve: tuple[Point, ...]
    looks: tuple[Look, ...]
    phases: tuple[Phase, ...]
    standing: Standing
    level: float | None
    change: float | None
    change_sd: float | None
    since: date | None
    rounds: int
    rounds_needed: int = 3
    unknown_since: date | None = None
    floor: bool = False
    ceiling: bool = False
