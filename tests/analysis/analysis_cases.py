"""Courses made by hand for the tests of the analysis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from progression.analysis.analyse import Analysis, analyse
from progression.analysis.cohort import Cohort
from progression.analysis.estimates import prior_estimates
from progression.analysis.settings import Settings
from progression.casework.types import intervention_types
from progression.casework.values import Assessment, Citizen, Course, Intervention
from progression.scales.library import builtin

START = date(2024, 1, 1)
BIP = builtin()["bip"]
HAMILTON = next(s for s in builtin().values() if s.direction == "lower")


def day(months: float) -> date:
    """So many months (of 30.44 days) after START."""
    return START + timedelta(days=round(months * 30.44))


def answers(step: int, rater: str = "caseworker", **other: object) -> dict:
    """The same step for every indicator this rater answers, apart from those named."""
    return {i.code: other.get(i.code, step) for i in BIP.rated_by(rater)}


def uneven(step: int, rater: str = "caseworker") -> dict:
    """Answers whose mean is `step`, one indicator a step above and one below: not one step ticked throughout."""
    return answers(step, rater, helbredsmestring=step + 1, netvaerk=step - 1)


def assessed(months: float, step: int | dict, rater: str = "caseworker", **more) -> Assessment:
    given = step if isinstance(step, dict) else answers(step, rater)
    return Assessment("c", rater, more.pop("scale", "bip"), day(months), given, **more)


def rounds(
    levels: list[int], every: float = 3, first: float = 0.5, given: Callable[[int, str], dict] = answers, **more
) -> list[Assessment]:
    """Both raters giving the same answers, one round after the other; the same step everywhere unless `given`."""
    return [
        assessed(first + i * every, given(level, rater), rater, **more)
        for i, level in enumerate(levels)
        for rater in ("caseworker", "citizen")
    ]


def course(
    assessments, interventions=(), number: str = "H1", citizen: str = "c", closed: date | None = None, **more
) -> Course:
    return Course(
        Citizen(citizen, number, benefit_start=more.pop("opened", START), case_closed=closed),
        assessments=tuple(sorted(assessments, key=lambda a: a.date)),
        interventions=tuple(interventions),
        **more,
    )


def active(start: float, end: float | None = None, code: str = "mentor", name: str = "i1") -> Intervention:
    return Intervention("c", name, code, day(start), end=None if end is None else day(end))


def look(*courses: Course, as_of: date | float, scale=BIP, rate: float = 10.0, **more) -> Analysis:
    """Analyse courses under the priors."""
    cohort = Cohort.from_courses(courses, scale, intervention_types())
    when = as_of if isinstance(as_of, date) else day(as_of)
    settings = more.pop("settings", Settings())
    return analyse(cohort, prior_estimates(scale, rate), when, settings=settings, **more)
