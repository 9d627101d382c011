"""The table of answers: one row for each indicator and rater, one column for each date, three years at a time.

The citizen may read the report, so an indicator that is not shown to the citizen is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from reportlab.platypus import Flowable

from progression.casework.values import DECLINED, Answer
from progression.charts import phrases
from progression.reports import flow
from progression.reports.styles import WIDTH
from progression.reports.summary import Case
from progression.scales.model import RATERS, Rater
from progression.words import Words

DATES = 12  # columns of answers that fit the page: three years of rounds every third month
NAME, RATER = 112.0, 57.0  # widths of the first two columns
FIGURE = (WIDTH - NAME - RATER) / DATES  # of one with answers
Answers = Mapping[tuple[Rater, date], Mapping[str, Answer]]


def tables(case: Case, w: Words) -> list[Flowable]:
    """Return one table for each twelve assessment dates, oldest first; nothing without answers.

    The tables of a long course are about as wide as each other, and each stands on one page where it can.
    """
    days = sorted({*case.days("caseworker"), *case.days("citizen")})
    answers = {(a.rater, a.date): a.answers for a in case.course.assessments if a.scale == case.scale.id}
    found: list[Flowable] = []
    for some in _parts(days):
        found += [flow.gap(5)] if found else []
        found.append(flow.together([_table(case, some, answers, w)]))
    return found


def _parts(days: list[date]) -> list[list[date]]:
    """The dates in as few parts as they fit in, none of them a column or two."""
    count = -(-len(days) // DATES)
    ends = [len(days) * n // count for n in range(1, count + 1)] if count else []
    return [days[start:end] for start, end in pairwise([0, *ends])]


def _table(case: Case, days: list[date], answers: Answers, w: Words) -> flow.DataTable:
    head = [flow.cell(w.t("Indicator"), "head", head=True), flow.cell(w.t("Who"), "head", head=True)]
    head += [flow.cell(f"{w.figures_date(day)}\n{day.year}", "head-date", head=True) for day in days]
    rows: list[list[Any]] = [head]
    rules: list[Any] = [("TOPPADDING", (0, 1), (-1, -1), 0.2), ("BOTTOMPADDING", (0, 1), (-1, -1), 0.6)]
    rules += [("LINEBELOW", (0, 0), (-1, 0), 0.75, flow.colour("line-2"))]
    for indicator in (i for i in case.scale.indicators if i.shown_to_citizen):
        raters = [r for r in RATERS if r in indicator.raters]
        for n, rater in enumerate(raters):
            name = w.pick(indicator.name) if n == 0 else ""
            row: list[Any] = [
                flow.cell(name, "small", head=True),
                flow.line(phrases.rater_name(w, rater), "small-2", RATER, head=True),
            ]
            for day in days:
                given = answers.get((rater, day), {}).get(indicator.code)
                row.append(_figure(given, w))
            rows.append(row)
        last = len(rows) - 1
        rules.append(("LINEBELOW", (0, last), (-1, last), 0.5, flow.colour("line")))
        if len(raters) > 1:
            rules += [("NOSPLIT", (0, last - 1), (0, last)), ("SPAN", (0, last - 1), (0, last))]
    rules += [("RIGHTPADDING", (1, 0), (1, -1), 1), ("RIGHTPADDING", (2, 0), (-1, -1), 0)]
    return flow.data_table(rows, [NAME, RATER, *[FIGURE] * len(days)], rules)


def _figure(given: Answer | None, w: Words) -> flow.tagged.Line | flow.tagged.Paragraph:
    """An answer in so narrow a column: a longer word would be broken in the middle."""
    if given == DECLINED:
        return flow.cell(w.tc("narrow column", "says no").replace(" ", "\n"), "small-right")  # clear of its neighbour
    return flow.line(phrases.answer_text(w, given), "small-right", FIGURE)
