"""*Til teamet*: how a team's work stands over a period, for the team and for a committee.

Figures and pictures of a whole team. No citizen and no caseworker is named, and nobody can be ranked by it: caseloads
are told as a spread. Figures about fewer than five citizens are not shown, nor those they could be reckoned from.
"""

from __future__ import annotations

from datetime import date

from reportlab.platypus import Flowable

from progression.casework.passive import LEAST
from progression.charts import combinations, phrases, team
from progression.charts.bars import Bars, Table
from progression.charts.combinations import Intervals
from progression.reports import document, flow, team_words
from progression.reports.letterhead import PLAIN, Letterhead
from progression.reports.styles import WIDTH
from progression.reports.team_drawing import IntervalsFigure, LyingFigure, UprightFigure
from progression.reports.team_figures import TeamFigures
from progression.words import Words
from progression.words.team import NOT_SHOWN

LAW_ROOM = 90.0  # points a heading keeps with what follows


def team_pdf(
    figures: TeamFigures, w: Words, *, author: str, municipality: str, made_on: date, letterhead: Letterhead = PLAIN
) -> bytes:
    """Return the report as PDF; the same bytes for the same figures, language, author and day."""
    name = figures.team or w.t("All teams")
    cover = document.Cover(
        title=w.t("To the team: {name}", name=name),
        author=author,
        subject=w.t("How the team's work stands over a period, without anybody's name"),
        header_left=", ".join(text for text in (municipality, figures.team) if text),
        header_right=w.t("To the team"),
        footer=w.t(
            "Describes what has happened. Figures about fewer than {n} citizens are not shown. Nobody is ranked.",
            n=LEAST,
        ),
        made_on=made_on,
        letterhead=letterhead,
    )

    def story() -> list[Flowable]:
        parts = _who(figures, name, author, made_on, w)
        if figures.citizens < LEAST:
            return [*parts, flow.prose(team_words.too_small(w))]
        return [
            *parts,
            *_short(figures, w),
            *_progress(figures, w),
            *_without(figures, w),
            *_duties(figures, w),
            *_attention(figures, w),
            *_people(figures, w),
            *_behind(figures, w),
            *_method(figures, w),
        ]

    return document.render(story, cover, w).pdf


def _who(figures: TeamFigures, name: str, author: str, made_on: date, w: Words) -> list[Flowable]:
    period = phrases.period(w, figures.period.first, figures.period.last)
    line = period if figures.citizens < LEAST else team_words.size(figures, period, w)
    made: list[Flowable] = [flow.prose(w.t("Made {day}", day=w.date(made_on)), "who-right")]
    made += [flow.prose(w.t("by {author}", author=author), "who-right")] if author else []
    return [flow.side_by_side([flow.title(name), flow.prose(line, "who")], made, 0.66)]


def _short(figures: TeamFigures, w: Words) -> list[Flowable]:
    told = [*team_words.summary(figures, w), *team_words.together(figures, w)]
    return [flow.heading(w.t("In short")), *flow.bullets([text for text in told if text])]


def progress_chart(figures: TeamFigures, w: Words, *, near_end: bool = False) -> Intervals:
    """Return the picture of the combinations."""
    return combinations.intervals(figures.progress, w, near_end=near_end, better=figures.better)


def _progress(figures: TeamFigures, w: Words) -> list[Flowable]:
    chart = progress_chart(figures, w)
    parts: list[Flowable] = [flow.heading(chart.title)]
    if not chart.rows:
        return [*parts, flow.prose(chart.caption)]
    parts += [flow.prose(text) for text in team_words.reading(figures, w)]
    parts += [flow.prose(chart.note, "note"), IntervalsFigure(chart), flow.prose(chart.caption, "note")]
    found: list[Flowable] = [flow.together(parts)]
    near = progress_chart(figures, w, near_end=True)
    if near.rows:
        said = [flow.part(near.title), flow.prose(team_words.why_apart(w)), _table(near.table, w, wide=True)]
        found += [flow.room(LAW_ROOM), *said, flow.prose(team_words.chance(w), "note")]
    return found


def _without(figures: TeamFigures, w: Words) -> list[Flowable]:
    chart = team.unused(figures.shares, w, document=True)
    hidden = any(part.layer == "withheld" for bar in chart.bars for part in bar.parts)
    note = w.t("{note}; white: not shown", note=chart.note) if hidden else chart.note
    parts = [flow.prose(note, "note"), UprightFigure(chart), flow.prose(chart.alt, "note")]
    return [flow.together([flow.heading(chart.title), flow.prose(team_words.passive(figures, w)), *parts])]


def duties_chart(figures: TeamFigures, w: Words) -> Bars:
    """Return the picture of the duties that fell due in the period."""
    return team.met(figures.timeliness, figures.period.first, w, document=True, title=w.t("Duties in the period"))


def _duties(figures: TeamFigures, w: Words) -> list[Flowable]:
    chart = duties_chart(figures, w)
    parts: list[Flowable] = [flow.heading(chart.title), flow.prose(team_words.duties(figures, w))]
    if chart.bars:
        hidden = any(part.value is None for bar in chart.bars for part in bar.parts)
        note = [f"{chart.note[:1].upper()}{chart.note[1:]}.", w.t("– is not shown.") if hidden else ""]
        parts += [LyingFigure(chart), flow.prose(" ".join(filter(None, note)), "note")]
    found: list[Flowable] = [flow.together(parts)]
    if figures.overdue:
        table = team_words.overdue(figures, w)
        found.append(flow.together([flow.part(w.t("Overdue on the last day")), _table(table, w, 0.48)]))
    return found


def _attention(figures: TeamFigures, w: Words) -> list[Flowable]:
    parts: list[Flowable] = [flow.heading(w.t("Attention points and decisions"))]
    parts.append(flow.prose(" ".join(team_words.attention(figures, w))))
    tables = [team_words.open_flags(figures, w), team_words.decided(figures, w)]
    shown = [_table(one, w, share=0.46) for one in tables if one.rows]
    if len(shown) == 2:
        parts.append(flow.beside([shown[0]], [shown[1]], 0.48, 18))
    else:
        parts += shown
    return [flow.together(parts)]


def _people(figures: TeamFigures, w: Words) -> list[Flowable]:
    loads, changes = team_words.loads(figures, w), team_words.changes(figures, w)
    return [
        flow.together([flow.heading(w.t("Caseloads")), *(flow.prose(text) for text in loads)]),
        flow.together([flow.heading(w.t("Caseworker changes")), *(flow.prose(text) for text in changes)]),
    ]


def _behind(figures: TeamFigures, w: Words) -> list[Flowable]:
    """The pictures as tables: for who cannot see them, and for who wants to reckon."""
    charts: list[Bars | Intervals] = [
        progress_chart(figures, w),
        team.unused(figures.shares, w, document=True),
        duties_chart(figures, w),
    ]
    found: list[Flowable] = []
    for chart in charts:
        if chart.table.rows:
            found += [flow.room(LAW_ROOM), flow.part(chart.title), _table(chart.table, w, wide=chart is charts[0])]
    return [flow.room(LAW_ROOM), flow.heading(w.t("The figures behind the pictures")), *found] if found else []


def _method(figures: TeamFigures, w: Words) -> list[Flowable]:
    told = [flow.prose(text, "note") for text in team_words.method(figures, w)]
    return [flow.room(LAW_ROOM), flow.heading(w.t("How the figures are made")), *told]


def _table(table: Table, w: Words, share: float = 1.0, *, wide: bool = False) -> Flowable:
    """A table of a picture's data over a share of the page; the first column names its row.

    `wide`: the second has room for all of why a figure is not shown; else it is said in fewer words, on one line.
    """
    shorter = {} if wide else {w.t(NOT_SHOWN): w.t("under {n} citizens", n=LEAST)}
    parts = [1.7, 1.7 if wide else 1.0, *([1.0] * (len(table.heads) - 1))]
    head = [flow.cell(w.t("What"), "head", head=True)]
    head += [flow.cell(text, "head-right", head=True) for text in table.heads]
    rows = [
        [flow.cell(name, "cell", head=True), *(flow.cell(shorter.get(text, text), "cell-right") for text in cells)]
        for name, cells in table.rows
    ]
    widths = [WIDTH * share * part / sum(parts) for part in parts]
    return flow.data_table([head, *rows], widths, [*flow.line_rules(), ("RIGHTPADDING", (-1, 0), (-1, -1), 0)])
