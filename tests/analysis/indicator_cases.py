"""Courses in which one indicator goes its own way, judged with thresholds a test chooses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analysis_cases import BIP, answers, assessed, course, day

from progression.analysis.analyse import Analysis, analyse
from progression.analysis.cohort import Cohort
from progression.analysis.estimates import prior_estimates
from progression.analysis.settings import Settings
from progression.analysis.values import Estimates
from progression.analysis.worlds import World, base_world
from progression.casework.types import intervention_types
from progression.casework.values import Assessment, Course

ITEM = "hverdagsmestring"
EVERY = 2.9
RATERS = ("caseworker", "citizen")


def estimates(c_indicator: float = 1.3, c_gap: float = 1.3, scale=BIP, **more: float) -> Estimates:
    """The priors at 10 false alarms per 100 citizen-years, with these thresholds."""
    plain = prior_estimates(scale)
    row = {"c_indicator": c_indicator, "c_gap": c_gap}
    whole = {"c_regression": 1.15, "c_progression": 1.15} | more
    return replace(plain, rates={**plain.rates, "10": {**plain.rates.get("10", {}), **row}}, **whole)


def one_moves(levels: list[int], other: int = 3, item: str = ITEM, raters=RATERS, **more) -> list[Assessment]:
    """Both raters give `other` everywhere and these steps to one indicator, a round each."""
    return [
        assessed(0.5 + EVERY * i, answers(other, rater, **{item: level}), rater, **more)
        for i, level in enumerate(levels)
        for rater in raters
    ]


def apart(gaps: list[int], citizen: int = 3, **more) -> list[Assessment]:
    """The caseworker rates so many steps above the citizen, a round each."""
    return [
        assessed(0.5 + EVERY * i, level, rater, **more)
        for i, gap in enumerate(gaps)
        for rater, level in (("caseworker", citizen + gap), ("citizen", citizen))
    ]


def judged(
    *courses: Course, as_of: date | float, scale=BIP, thresholds: Estimates | None = None, settings=None, **more
) -> Analysis:
    """Analyse courses with `estimates()`."""
    cohort = Cohort.from_courses(courses, scale, intervention_types())
    when = as_of if isinstance(as_of, date) else day(as_of)
    return analyse(cohort, thresholds or estimates(scale=scale), when, settings=settings or Settings(), **more)


def still_world(scale=BIP) -> World:
    """People whose level stands still, rated as the priors say."""
    base = base_world(scale)
    still = replace(base.sizes, walk_sd=0.0)
    return replace(base, sizes=still, active=(0.0, 0.0), passive=(0.0, 0.0), drops=0.0)


def after(rounds: int) -> float:
    """Months until just after so many rounds."""
    return 0.6 + EVERY * (rounds - 1)


def alone(levels: list[int], other: int = 3, as_of: float | None = None, thresholds=None, **more) -> Analysis:
    """One citizen whose one indicator goes through these steps."""
    rows = one_moves(levels, other, **more)
    return judged(course(rows), as_of=after(len(levels)) if as_of is None else as_of, thresholds=thresholds)
