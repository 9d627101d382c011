"""The summary of a case: plain sentences, each a fact of the record. The past only, nothing interpreted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from progression.analysis.values import Estimates, Flag, Point, Shown, Trajectory
from progression.casework.categories import CategorySet
from progression.casework.plan import standing as standing_plan
from progression.casework.plan import text_of
from progression.casework.rounds import rounds
from progression.casework.values import Course, Intervention, InterventionType, Phase
from progression.charts import phrases
from progression.charts.builder import BAND_SDS
from progression.scales.model import Scale
from progression.words import Words
from progression.words.flags import STATES, headline, standing, standing_detail

APART_STEPS = 2
_NAMED = 6  # interventions named one by one; more are counted


NO_CATEGORIES = CategorySet("none", {})


@dataclass(frozen=True, slots=True)
class Case:
    """What a report to the case needs; the desk's page of a citizen has all of it."""

    today: date
    course: Course
    scale: Scale
    scales: Mapping[str, Scale]
    types: Mapping[str, InterventionType]
    names: Mapping[str, str]
    trajectory: Trajectory
    phases: tuple[Phase, ...]
    flags: tuple[Flag, ...]
    estimates: Estimates
    first: Mapping[str, Shown]
    informed: bool
    method: str = "trajectory"
    categories: CategorySet = NO_CATEGORIES

    def category(self, w: Words) -> str:
        """Return the category the citizen is in on the day, in the reader's words; "" for none."""
        rows = [c for c in self.course.categories if c.start <= self.today and (c.end is None or c.end >= self.today)]
        if not rows:
            return ""
        name = self.categories.named(rows[-1].category)
        return w.pick(name) if name else rows[-1].category

    @property
    def open_flag(self) -> Flag | None:
        """The attention point that waits for a decision."""
        return next((f for f in self.flags if f.status == "open"), None)

    def scale_of(self, flag: Flag) -> Scale:
        """The scale a flag is about."""
        return self.scales.get(flag.scale, self.scale)

    def knows(self, flag: Flag) -> bool:
        """Whether the flag's indicator is (still) in its scale; a flag on the whole scale always is."""
        return flag.indicator is None or flag.indicator in {i.code for i in self.scale_of(flag).indicators}

    def days(self, rater: str) -> list[date]:
        """The dates on which this rater answered the scale, up to today."""
        found = {
            a.date
            for a in self.course.assessments
            if a.scale == self.scale.id and a.rater == rater and a.date <= self.today
        }
        return sorted(found)


def listed(texts: Sequence[str], w: Words) -> str:
    """Return "a, b and c"."""
    if len(texts) < 2:
        return "".join(texts)
    return w.t("{first} and {last}", first=", ".join(texts[:-1]), last=texts[-1])


def paragraphs(case: Case, w: Words) -> list[str]:
    """Return the summary as some paragraphs of short sentences."""
    measured = [_assessed(case, w), *_level(case, w), _unknown(case, w), _apart(case, w)]
    ran = [_ran(case, w), _running(case, w), _idle(case, w)]
    found = (" ".join(s for s in part if s) for part in (measured, ran, [_standing(case, w)], _agreed(case, w)))
    return [text for text in found if text]


def first_name(case: Case, w: Words) -> str:
    """Return the citizen's first name, "The citizen" where none is kept."""
    return next(iter(case.course.citizen.name.split()), "") or w.t("The citizen")


def _assessed(case: Case, w: Words) -> str:
    caseworker, citizen = case.days("caseworker"), case.days("citizen")
    everyone = sorted({*caseworker, *citizen})
    if not everyone:
        return w.t("There are no assessments yet.")
    who = first_name(case, w)
    if len(everyone) == 1:
        first = w.t("{who} was assessed once, on {day}.", who=who, day=w.date(everyone[0]))
    else:
        start, end = phrases.from_to(w, everyone[0], everyone[-1])
        fields = {"who": who, "start": start, "end": end, "n": len(everyone)}
        first = w.t("{who} was assessed {n} times from {start} to {end}.", **fields)
    if not any("citizen" in i.raters for i in case.scale.indicators):
        return first
    own = (
        w.tn("{who} answered {n} time.", "{who} answered {n} times.", len(citizen), who=who)
        if citizen
        else w.t("{who} has not answered.", who=who)
    )
    return f"{first} {own}"


def _drawn(case: Case) -> list[Point]:
    seen = sorted(o.day for o in case.trajectory.observations)
    return [p for p in case.trajectory.curve if seen and seen[0] <= p.day <= min(case.today, seen[-1])]


def _level(case: Case, w: Words) -> list[str]:
    points = _drawn(case)
    if not points:
        return []
    first, last = points[0], points[-1]
    what = phrases.level_subject(w, case.scale)
    reach = _reach(case.scale, last, w)
    if len(case.trajectory.observations) < 2 or first.day == last.day:
        one = w.t("{what} was {level} ({reach}).", what=what, level=w.number(last.level), reach=reach)
        return [one, _direction(case.scale, w)]
    fields = {"what": what, "first": w.number(first.level), "last": w.number(last.level), "reach": reach}
    if (first.day.year, first.day.month) == (last.day.year, last.day.month):
        went = w.t("{what} went from {first} to {last} ({reach}).", **fields)
    else:
        then, now = w.month_year(first.day), w.month_year(last.day)
        went = w.t("{what} was {first} in {then} and {last} in {now} ({reach}).", then=then, now=now, **fields)
    sentences = [went]
    peak = max(points, key=lambda p: case.scale.better * p.level)
    gained = case.scale.better * min(peak.level - first.level, peak.level - last.level, key=abs)
    if gained >= case.scale.minimal_important_change:
        fields = {"level": w.number(peak.level), "month": w.month_year(peak.day)}
        sentences.append(
            w.t("It was highest, {level}, in {month}.", **fields)
            if case.scale.better > 0
            else w.t("It was lowest, {level}, in {month}.", **fields)
        )
    return [*sentences, _direction(case.scale, w)]


def _unknown(case: Case, w: Words) -> str:
    since = case.trajectory.unknown_since
    if since is None:
        return ""
    return w.t("We do not know how things have gone since {day}; an assessment is overdue.", day=w.date(since))


def _reach(scale: Scale, point: Point, w: Words) -> str:
    low, high = point.level - BAND_SDS * point.sd, point.level + BAND_SDS * point.sd
    low, high = max(low, scale.minimum), min(high, scale.maximum)
    return w.t("90% band {low} to {high}", low=w.number(low), high=w.number(high))


def _direction(scale: Scale, w: Words) -> str:
    return w.t("On this scale lower is better.") if scale.direction == "lower" else ""


def _apart(case: Case, w: Words) -> str:
    """Where the two raters of the latest round are two steps apart or more."""
    groups = rounds((a for a in case.course.assessments if a.date <= case.today), case.scale.id)
    if not groups:
        return ""
    theirs, own = groups[-1].latest("caseworker"), groups[-1].latest("citizen")
    if theirs is None or own is None:
        return ""
    found = []
    for indicator in case.scale.indicators:
        one, other = theirs.answers.get(indicator.code), own.answers.get(indicator.code)
        if isinstance(one, int) and isinstance(other, int) and abs(one - other) >= APART_STEPS:
            name = w.pick(indicator.name)
            found.append(w.t("{name} (caseworker {one}, citizen {other})", name=name, one=one, other=other))
    return w.t("Seen differently: {what}.", what=listed(found, w)) if found else ""


def _active_rows(case: Case) -> list[Intervention]:
    rows = [i for i in case.course.interventions if i.start <= case.today]
    return [i for i in rows if i.type not in case.types or not case.types[i.type].state]


def _ran(case: Case, w: Words) -> str:
    rows = [i for i in _active_rows(case) if i.end is not None and i.end < case.today]
    if not rows:
        return ""
    if len(rows) > _NAMED:
        return w.tn("{n} intervention has ended.", "{n} interventions have ended.", len(rows))
    names = [phrases.intervention_name(w, i, case.types, hours=False) for i in rows]
    return w.t("These interventions have ended: {names}.", names=listed(names, w))


def _running(case: Case, w: Words) -> str:
    rows = [i for i in _active_rows(case) if i.end is None or i.end >= case.today]
    if not rows:
        return ""
    named = [
        w.t(
            "{name} since {since}",
            name=phrases.intervention_name(w, i, case.types, hours=False),
            since=w.date(i.start),
        )
        for i in rows
    ]
    return w.t("Running now: {names}.", names=listed(named, w))


def _idle(case: Case, w: Words) -> str:
    """Since when there has been no active intervention and what came after what; else how often that has been so."""
    run: list[Phase] = []
    for phase in reversed([p for p in case.phases if p.start <= case.today]):
        if phase.state == "active":
            break
        run.insert(0, phase)
    if not run:
        count = sum(
            p.state != "active" and (n == 0 or case.phases[n - 1].state == "active") for n, p in enumerate(case.phases)
        )
        if not count:
            return ""
        return w.tn(
            "There has been {n} period without an active intervention.",
            "There have been {n} periods without an active intervention.",
            count,
        )
    states = [w.t(STATES[p.state]).lower() for p in run]
    since = w.date(run[0].start)
    if len(states) == 1:
        return w.t("Since {since} there has been no active intervention ({state}).", since=since, state=states[0])
    return w.t(
        "Since {since} there has been no active intervention: first {first}, then {rest}.",
        since=since,
        first=states[0],
        rest=w.t(", then ").join(states[1:]) if len(states) < 5 else listed(sorted(set(states[1:])), w),
    )


def _standing(case: Case, w: Words) -> str:
    waiting = [flag for flag in case.flags if flag.status == "open" and case.knows(flag)]
    told = [headline(w, flag, case.scale_of(flag)) for flag in waiting]
    if len(told) == 1:
        return w.t("Attention point: {headline}.", headline=told[0])
    if told:
        return w.t("Attention points: {headlines}.", headlines=". ".join(told))
    if not case.days("caseworker") and not case.days("citizen"):
        return ""
    word, detail = standing(w, case.trajectory), standing_detail(w, case.trajectory).rstrip(".")
    if not detail:
        return w.t("Where things stand: {word}.", word=word)
    return w.t("Where things stand: {word}, {detail}.", word=word, detail=detail)


def _agreed(case: Case, w: Words) -> list[str]:
    """The plan as sentences: its day, the goal, what is agreed."""
    now = standing_plan(case.course.plan, case.today)
    shown = [one.now for one in ((now.goal,) if now.goal else ()) + now.agreements]
    if not shown:
        return []
    sentences = [w.t("Plan, {day}.", day=w.date(max(one.date for one in shown)))]
    sentences += [w.t("Goal: {goal}.", goal=text_of(now.goal.now).rstrip("."))] if now.goal else []
    agreed = "; ".join(text_of(one.now).rstrip(".") for one in now.agreements)
    return [*sentences, w.t("Agreed: {text}", text=agreed) + "."] if agreed else sentences
