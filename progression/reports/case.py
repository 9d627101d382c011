"""*Til sagen*: what one citizen's record says, on about two pages that the citizen may read too, and last of all why
each attention point is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

from reportlab.platypus import Flowable

from progression.analysis.values import Estimates, Flag, Shown, Trajectory
from progression.casework.categories import CategorySet
from progression.casework.cpr import mask
from progression.casework.values import Course, InterventionType, Phase
from progression.charts.builder import citizen_chart, flag_to_draw
from progression.charts.model import Chart
from progression.reports import case_tables, document, flow, why
from progression.reports.case_register import Correction
from progression.reports.drawing import ChartFigure
from progression.reports.letterhead import PLAIN, Letterhead
from progression.reports.summary import Case, paragraphs
from progression.scales.model import Scale
from progression.words import Words

LONGEST = 450  # letters of a name at the top of a document


class Page(Protocol):
    """What a report reads of a citizen's page (`desk.pages.CitizenPage` has it)."""

    @property
    def today(self) -> date: ...
    @property
    def categories(self) -> CategorySet: ...
    @property
    def course(self) -> Course: ...
    @property
    def scale(self) -> Scale: ...
    @property
    def scales(self) -> Mapping[str, Scale]: ...
    @property
    def types(self) -> Mapping[str, InterventionType]: ...
    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def trajectory(self) -> Trajectory: ...
    @property
    def phases(self) -> tuple[Phase, ...]: ...
    @property
    def flags(self) -> tuple[Flag, ...]: ...
    @property
    def estimates(self) -> Estimates: ...
    @property
    def first(self) -> Mapping[str, Shown]: ...
    @property
    def informed(self) -> bool: ...
    @property
    def method(self) -> str: ...


def case_report(
    page: Page,
    w: Words,
    *,
    author: str,
    municipality: str,
    made_on: date,
    out: BinaryIO | Path,
    letterhead: Letterhead = PLAIN,
    corrections: Sequence[Correction] = (),
) -> None:
    """Write the report to the case as PDF, in the language of `w`.

    `author` is who made it, `municipality` stands in the header, `made_on` is the day it was made. It is made in memory
    and written once. Raises KnownError "file.unwritable" (file) when `out` is a path that cannot be written.
    """
    made = case_pdf(
        page, w, author=author, municipality=municipality, made_on=made_on, letterhead=letterhead,
        corrections=corrections,
    )  # fmt: skip
    document.write(made, out)


def case_pdf(
    page: Page,
    w: Words,
    *,
    author: str,
    municipality: str,
    made_on: date,
    letterhead: Letterhead = PLAIN,
    corrections: Sequence[Correction] = (),
) -> bytes:
    """Return the report to the case as PDF; the same bytes for the same page, language, author and day.

    `corrections`: of the citizen's assessments, in the order they are to be told.
    """
    case = Case(**{name: getattr(page, name) for name in Case.__slots__})
    name = title_name(case, w)
    team = page.course.citizen.team
    cover = document.Cover(
        title=w.t("To the case: {name}", name=name),
        author=author,
        subject=w.t("What has happened, and how sure the measurement is"),
        header_left=", ".join(text for text in (municipality, team) if text),
        header_right=w.t("To the case"),
        footer=w.t(
            "Describes what has happened, and how sure the measurement is. A person made the decisions. "
            "The citizen may see it all."
        ),
        made_on=made_on,
        letterhead=letterhead,
        about=name,
    )

    def story() -> list[Flowable]:
        return [
            *_who(case, author, made_on, w),
            *_summary(case, w),
            *_course(case, w),
            *case_tables.all_of(case, corrections, w),
            *why.explained(case, w),
        ]

    return document.render(story, cover, w).pdf


def title_name(case: Case, w: Words) -> str:
    """Return the citizen's name, "Citizen H00012" where none is kept."""
    citizen = case.course.citizen
    return _cut(citizen.name) or w.t("Citizen {number}", number=citizen.number)


def _cut(text: str) -> str:
    """A text that may have any length, as far as the top of a page has room for it."""
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def facts_line(case: Case, w: Words) -> str:
    """Return number, category, benefit and dates of a citizen as one line, "" where nothing is kept."""
    citizen = case.course.citizen
    facts = [mask(citizen.cpr), case.category(w), citizen.target_group]
    if citizen.benefit_start is not None:
        facts.append(w.t("on benefit since {day}", day=w.date(citizen.benefit_start)))
    if citizen.case_closed is not None:
        facts.append(w.t("case closed {day}", day=w.date(citizen.case_closed)))
    first, *rest = [_cut(fact) for fact in facts if fact] or [""]
    # within the line a word begins small; an abbreviation stays as it is
    rest = [fact[:1].lower() + fact[1:] if fact[1:2].islower() else fact for fact in rest]
    return ", ".join([first[:1].upper() + first[1:], *rest])


def _who(case: Case, author: str, made_on: date, w: Words) -> list[Flowable]:
    line = facts_line(case, w)
    made: list[Flowable] = [flow.prose(w.t("Made {day}", day=w.date(made_on)), "who-right")]
    made += [flow.prose(w.t("by {author}", author=author), "who-right")] if author else []
    left: list[Flowable] = [flow.title(title_name(case, w))]
    left += [flow.prose(line, "who")] if line else []
    return [flow.side_by_side(left, made, 0.66)]


def _summary(case: Case, w: Words) -> list[Flowable]:
    return [flow.heading(w.t("Summary")), *(flow.prose(text) for text in paragraphs(case, w))]


def _course(case: Case, w: Words) -> list[Flowable]:
    chart = citizen_chart(
        case.course,
        case.scale,
        case.trajectory,
        case.types,
        case.names,
        case.today,
        w,
        flag=flag_to_draw(case.flags) or case.open_flag,
        phases=case.phases,
    )
    figure = ChartFigure(chart)
    parts: list[Flowable] = [flow.heading(w.t("The course")), figure, flow.prose(_caption(chart, w), "note")]
    return [flow.together(parts)]


def _caption(chart: Chart, w: Words) -> str:
    """What a reader must know to read the chart right; only what is in it."""
    said = []
    if chart.band is not None and len(chart.band.days) > 1:
        said.append(w.t("The band is the level both raters share, with a 90% interval."))
    if len({span.label for span in chart.lane}) > 1:
        said.append(
            w.t(
                "The caseworker's curve can jump when the caseworker changes, since a new one rates differently; "
                "the band allows for that."
            )
        )
    if any(mark.symbol == "cross" for strip in chart.strips for mark in strip.marks):
        said.append(w.t("× is a conversation that was cancelled or missed."))
    return " ".join(said) or w.t("There is nothing to draw yet but the periods.")
