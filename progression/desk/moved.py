"""What moved between two conversations, and where the two raters see it differently: the rows of the finish panel.

Pure: from a course and its trajectory to `Moved` values.

**When one indicator's change can be measured.** Until indicators have a model of their own (as the whole scale has),
a plain rule that errs on the quiet side: both raters answered then and now, both moved the same way, and each by at
least half the range of the scale (two steps of BIP's five). Why two by both: with an error of about 0.7 step in one
rating (rounding to whole steps included) the mean of two raters' changes has a standard deviation of about 0.7 step,
and eleven indicators looked at together ask for 2.8 of those, which is two steps. One rater alone would need three
steps, and could not be told apart from that rater having changed a view; so an indicator with one rater, a new
caseworker, or a new way of asking the citizen never counts as measured here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from progression.analysis.values import Estimates, Point, Trajectory
from progression.casework.rounds import rounds
from progression.casework.values import Answer, Assessment, Course
from progression.desk.pages import Moved
from progression.scales.model import RATERS, Indicator, Rater, Scale


@dataclass(frozen=True, slots=True)
class Pair:
    """One rater's assessment of this conversation and the one before it; None where there is none."""

    now: Assessment | None
    before: Assessment | None

    @property
    def comparable(self) -> bool:
        """Whether the same person rated in the same way both times."""
        if self.now is None or self.before is None:
            return False
        return self.now.assessor == self.before.assessor and self.now.mode == self.before.mode

    def steps(self, code: str) -> tuple[int | None, int | None]:
        """The steps before and now; None where there was no step. Who did not answer this time has no row at all."""
        if self.now is None:
            return None, None
        return _step(self.before, code), _step(self.now, code)


def _step(assessment: Assessment | None, code: str) -> int | None:
    answer: Answer | None = assessment.answers.get(code) if assessment else None
    return answer if isinstance(answer, int) else None


def pairs(course: Course, scale: Scale, day: date) -> Mapping[Rater, Pair]:
    """The assessments that belong to the conversation of `day`, by rater.

    Now: the one of that day, else the rater's last within the same round (30 days) that is later than the conversation
    before this one; before: the rater's last one earlier than that.
    """
    own = [a for a in course.assessments if a.scale == scale.id]
    here = {id(a) for r in rounds(own) if any(a.date == day for a in r.assessments) for a in r.assessments}
    today = {a.rater for a in own if a.date == day}
    since = max((a.date for a in own if a.rater in today and a.date < day), default=date.min)
    found: dict[Rater, Pair] = {}
    for rater in RATERS:
        mine = [a for a in reversed(own) if a.rater == rater]
        same_day = next((a for a in mine if a.date == day), None)
        now = same_day or next((a for a in mine if id(a) in here and a.date > since), None)
        limit = now.date if now else day
        found[rater] = Pair(now, next((a for a in mine if a.date < limit), None))
    return found


def before_day(found: Mapping[Rater, Pair]) -> date | None:
    """The date of the conversation compared with: the caseworker's, else the citizen's."""
    for rater in RATERS:
        pair = found[rater]
        if pair.now is not None and pair.before is not None:
            return pair.before.date
    return None


def clear_change(scale: Scale) -> int:
    """How many steps are half the range of the scale, and never less than two."""
    return max(2, math.ceil((scale.maximum - scale.minimum) / 2))


def moved_rows(
    scale: Scale, found: Mapping[Rater, Pair], trajectory: Trajectory, estimates: Estimates | None
) -> tuple[Moved, ...]:
    """The whole scale, then every indicator: what can be measured, what moved, what did not, what was not rated.

    `estimates` None (the method "rules"): the level then and now, and no word on whether it can be measured.
    """
    whole = _whole(scale, found, trajectory, estimates)
    rows = [_indicator(scale, indicator, found) for indicator in scale.indicators]
    order = {row.indicator: place for place, row in enumerate(rows)}
    rows.sort(key=lambda row: (_group(row), -abs(row.change or 0.0), order[row.indicator]))
    single = len(scale.indicators) == 1  # a sum score is its own whole scale
    return (whole,) if single else (whole, *rows)


def _group(row: Moved) -> int:
    if row.measurable:
        return 0
    if row.caseworker_now is None and row.citizen_now is None:
        return 3
    return 1 if row.change else 2


def _indicator(scale: Scale, indicator: Indicator, found: Mapping[Rater, Pair]) -> Moved:
    worker, citizen = found["caseworker"], found["citizen"]
    worker_before, worker_now = worker.steps(indicator.code)
    citizen_before, citizen_now = citizen.steps(indicator.code)
    changes = [
        now - then
        for then, now in ((worker_before, worker_now), (citizen_before, citizen_now))
        if then is not None and now is not None
    ]
    enough = clear_change(scale)
    same_way = len(changes) == 2 and (min(changes) >= enough or max(changes) <= -enough)
    return Moved(
        indicator=indicator.code,
        caseworker_before=worker_before,
        caseworker_now=worker_now,
        citizen_before=citizen_before,
        citizen_now=citizen_now,
        measurable=(same_way and worker.comparable and citizen.comparable) if changes else None,
        change=sum(changes) / len(changes) if changes else None,
    )


def _whole(scale: Scale, found: Mapping[Rater, Pair], trajectory: Trajectory, estimates: Estimates | None) -> Moved:
    """The level of both raters together, then and now.

    The margin is the one of the flags: the threshold c times the standard deviation of the change, and at least a third
    of the minimal important change. The two levels are treated as independent, which makes the margin too wide rather
    than too narrow.
    """
    days = [pair.now.date for pair in found.values() if pair.now is not None]
    then, now = before_day(found), max(days, default=None)
    first = _point(trajectory, then) if then else None
    last = _point(trajectory, now) if now else None
    change = last.level - first.level if first and last else None
    margin = None
    if estimates is not None and change is not None and first and last:
        c = estimates.c_progression if change * scale.better > 0 else estimates.c_regression
        margin = max(scale.minimal_important_change / 3, c * math.hypot(first.sd, last.sd))
    return Moved(
        indicator=None,
        caseworker_before=first.level if first else None,
        caseworker_now=last.level if last else None,
        citizen_before=None,
        citizen_now=None,
        measurable=None if change is None or margin is None else abs(change) >= margin,
        change=change,
        margin=margin,
    )


def phase_margin(scale: Scale, trajectory: Trajectory, estimates: Estimates) -> float | None:
    """The margin of `trajectory.change` (since the phase began), as a flag has it; None where there is no change."""
    if trajectory.change is None or trajectory.change_sd is None:
        return None
    better = trajectory.change * scale.better > 0
    c = estimates.c_progression if better else estimates.c_regression
    return max(scale.minimal_important_change / 3, c * trajectory.change_sd)


def _point(trajectory: Trajectory, day: date) -> Point | None:
    """The level of a day: the curve's point there, else its last one before."""
    return next((point for point in reversed(trajectory.curve) if point.day <= day), None)


def apart(scale: Scale, found: Mapping[Rater, Pair]) -> tuple[tuple[str, int, int], ...]:
    """Indicators both raters answered two steps or more apart (half the range on other scales), widest first."""
    rows: list[tuple[str, int, int]] = []
    for indicator in scale.indicators:
        worker, citizen = (found[rater].steps(indicator.code)[1] for rater in RATERS)
        if worker is not None and citizen is not None and abs(worker - citizen) >= clear_change(scale):
            rows.append((indicator.code, worker, citizen))
    return tuple(sorted(rows, key=lambda row: -abs(row[1] - row[2])))


def answered(scale: Scale, found: Mapping[Rater, Pair]) -> Mapping[str, tuple[int, int]]:
    """How many indicators each rater gave a step, of how many asked. Raters without an assessment are left out."""
    return {
        rater: (
            sum(_step(pair.now, i.code) is not None for i in scale.rated_by(rater)),
            len(scale.rated_by(rater)),
        )
        for rater, pair in found.items()
        if pair.now is not None
    }
