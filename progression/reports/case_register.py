"""The parts of a report to the case that say who and what it has been: span, caseworkers, categories; what came of the
decisions; what was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.platypus import Flowable

from progression.casework import caseworkers, timeline
from progression.casework.values import Decision
from progression.charts import came, phrases
from progression.charts.corrected import Correction, told
from progression.charts.strips import choice_word
from progression.reports import flow
from progression.reports.summary import Case
from progression.words import Words
from progression.words import people as people_words

DASH = phrases.NO_VALUE


# the case


def register(case: Case, w: Words) -> list[Flowable]:
    """The span of the case, everybody who was its caseworker, and the categories the citizen has been in."""
    parts: list[Flowable] = [flow.room(90), flow.heading(w.t("The case")), flow.prose(_span(case, w))]
    people = caseworkers.periods(case.course.assignments, case.course.assessments, case.today)
    if people:
        parts.append(_caseworkers(case, people, w))
    else:
        parts.append(flow.prose(w.t("No caseworker is registered.")))
    stays = [one for one in case.course.categories if one.start <= case.today]
    if stays:
        rows = [
            (_category(case, one.category, w), phrases.period(w, one.start, _ended(one.end, case.today), short=True))
            for one in sorted(stays, key=lambda one: (one.start, one.event))
        ]
        parts += [flow.gap(6), flow.table((w.t("Category"), w.t("Period")), rows, (220, 300))]
    return parts


def _span(case: Case, w: Words) -> str:
    days = timeline.span(case.course, None, case.today)
    if days is None:
        return w.t("The case has no dates yet.")
    start = w.date(days.start)
    if days.running:
        return w.t(
            "The case has run since {start}. It is told here up to {today}.", start=start, today=w.date(case.today)
        )
    return w.t("The case ran from {start} to {end}.", start=start, end=w.date(days.end))


def _caseworkers(case: Case, people: Sequence[caseworkers.Period], w: Words) -> Flowable:
    changes = {change.day: change for change in caseworkers.changes_in(people)}
    rows = []
    for one in people:
        change = changes.get(one.start)
        said = [w.t(people_words.PLANNED[change.planned])] if change and change.planned else []
        said += [change.reason] if change and change.reason else []
        period = phrases.period(w, one.start, _ended(one.end, case.today), short=True)
        rows.append((case.names.get(one.caseworker, one.caseworker), period, "; ".join(said) or DASH))
    return flow.table((w.t("Caseworker"), w.t("Period"), w.tc("of caseworker", "Change")), rows, (180, 150, 190))


def _ended(end: date | None, today: date) -> date | None:
    """An end that has been: one ahead is still a period that runs."""
    return end if end is not None and end <= today else None


def _category(case: Case, code: str, w: Words) -> str:
    name = case.categories.named(code)
    return w.pick(name) if name else code


# what came of the decisions


def outcomes(case: Case, w: Words) -> list[Flowable]:
    """For each decision what a person said came of it, and where the level went since; the latest first."""
    made = sorted((d for d in case.course.decisions if d.date <= case.today), key=lambda d: d.date, reverse=True)
    told = [(one, _came(case, one, w)) for one in made]
    shown = [
        flow.prose(text, "note", lead=w.t("{choice}, {day}.", choice=choice_word(w, one), day=w.short_date(one.date)))
        for one, text in told
        if text
    ]
    if not shown:
        return []
    head = flow.part(w.t("What came of the decisions"))
    return [flow.together([head, shown[0]]), *shown[1:]]


def _came(case: Case, one: Decision, w: Words) -> str:
    until = came.until(case.course.decisions, one, case.today)
    known = one.outcome_date is None or one.outcome_date <= case.today
    parts = [came.told(one, w) if known else "", came.since(case.trajectory, one.date, until, w)]
    return " ".join(part for part in parts if part)


# corrections


def corrected(case: Case, found: Sequence[Correction], w: Words) -> list[Flowable]:
    """Who corrected what, when, from what to what. What the citizen is not shown is not in it."""
    heading = flow.heading(w.t("Corrections"))
    shown = [one for one in found if one.when.astimezone().date() <= case.today and _may_show(case, one)]
    if not shown:
        return [flow.together([heading, flow.prose(w.t("No answer has been corrected."))])]
    head = (w.t("When"), w.t("Who"), w.t("What"), w.t("From"), w.t("To"))
    cells = [told(w, one, case.scales) for one in shown]
    rows = [(one.when, case.names.get(one.who, one.who), one.what, one.before, one.after) for one in cells]
    return [flow.room(80), heading, flow.table(head, rows, (78, 112, 190, 70, 70))]


def _may_show(case: Case, one: Correction) -> bool:
    scale = case.scales.get(one.scale)
    hidden = {i.code for i in scale.indicators if not i.shown_to_citizen} if scale else set()
    return one.indicator not in hidden
