"""*Overdragelse*: what the next caseworker needs to know, on at most two pages, so that the citizen need not tell the
story again. The citizen may read all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from reportlab.platypus import Flowable

from progression.casework.duties import Duty
from progression.casework.values import Handover
from progression.charts.builder import citizen_chart, flag_to_draw
from progression.reports import document, flow, handover_parts
from progression.reports.case import Page, title_name
from progression.reports.drawing import ChartFigure
from progression.reports.handover_parts import Sheet
from progression.reports.letterhead import PLAIN, Letterhead
from progression.reports.summary import Case
from progression.words import Words

MOST_PAGES = 2
HEADED = 68.0  # points: a heading and the first row below it


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a long case is told: rows of each part, letters of each text, and whether the curve is drawn."""

    rows: int
    letters: int
    curve: bool


ROOMS = (
    Room(8, 600, True), Room(6, 400, True), Room(5, 300, True), Room(5, 240, False), Room(4, 160, False),
    Room(3, 110, False), Room(2, 70, False),
)  # fmt: skip


def handover_report(
    page: Page,
    w: Words,
    *,
    handover: Handover | None,
    duties: Sequence[Duty],
    author: str,
    municipality: str,
    made_on: date,
    out: BinaryIO | Path,
    letterhead: Letterhead = PLAIN,
) -> None:
    """Write the hand-over sheet as PDF, in the language of `w`; see `handover_pdf`.

    Raises KnownError "file.unwritable" (file) when `out` is a path that cannot be written.
    """
    made = handover_pdf(
        page, w, handover=handover, duties=duties, author=author, municipality=municipality, made_on=made_on,
        letterhead=letterhead,
    )  # fmt: skip
    document.write(made, out)


def handover_pdf(
    page: Page,
    w: Words,
    *,
    handover: Handover | None,
    duties: Sequence[Duty],
    author: str,
    municipality: str,
    made_on: date,
    letterhead: Letterhead = PLAIN,
) -> bytes:
    """Return the hand-over sheet as PDF of at most two pages; the same bytes for the same page, language and day.

    `handover` is the latest one, None where none is kept; `duties` are the citizen's, in every state. A long case is
    told in fewer rows and shorter texts, and each part says how much is left out.
    """
    case = Case(**{name: getattr(page, name) for name in Case.__slots__})
    cover = document.Cover(
        title=w.t("Hand-over: {name}", name=title_name(case, w)),
        author=author,
        subject=w.t("What the next caseworker needs to know"),
        header_left=", ".join(text for text in (municipality, page.course.citizen.team) if text),
        header_right=w.t("Hand-over"),
        footer=w.t("Describes what has happened and what is agreed. The citizen may see it all."),
        made_on=made_on,
        letterhead=letterhead,
        about=title_name(case, w),
    )
    for room in ROOMS:
        sheet = Sheet(case, handover, tuple(duties), room.rows, room.letters)
        made = document.render(partial(_story, sheet, room, author, made_on, w), cover, w)
        if made.pages <= MOST_PAGES:
            break
    return made.pdf


def _story(sheet: Sheet, room: Room, author: str, made_on: date, w: Words) -> list[Flowable]:
    parts = [
        *handover_parts.who(sheet, author, made_on, w),
        *handover_parts.important(sheet, w),
        *handover_parts.standing(sheet, w),
    ]
    if room.curve and sheet.case.course.assessments:
        parts += _curve(sheet.case, w)
    for told in (handover_parts.plan, handover_parts.running, handover_parts.due, handover_parts.said,
                 handover_parts.around, handover_parts.checklist):  # fmt: skip
        parts += [flow.room(HEADED), *told(sheet, w)]
    return parts


def _curve(case: Case, w: Words) -> list[Flowable]:
    chart = citizen_chart(
        case.course, case.scale, case.trajectory, case.types, case.names, case.today, w,
        flag=flag_to_draw(case.flags) or case.open_flag, phases=case.phases,
    )  # fmt: skip
    return [flow.together([ChartFigure(chart)])]
