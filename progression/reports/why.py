"""The part of a report that explains its attention points: each with its picture and everything to recompute it by."""

from __future__ import annotations

from reportlab.platypus import Flowable

from progression.analysis import realised
from progression.analysis.values import Flag
from progression.charts.grounds import page_grounds
from progression.charts.why import Why, why_flag, why_standing
from progression.reports import flow
from progression.reports.gauges import GaugeFigure
from progression.reports.styles import WIDTH
from progression.reports.summary import Case
from progression.words import Words, flags
from progression.words.why import Part

PICTURE = 0.42  # of the page's width; the calculation stands beside it
BETWEEN = 18.0
PLACE = "why"  # of the heading: a link leads to it
DECIMALS = 2  # at least: as in the table of attention points


def explained(case: Case, w: Words) -> list[Flowable]:
    """Return the whole part: newest first; where nothing is pointed out, why nothing can be said."""
    shown = sorted((f for f in case.flags if case.knows(f)), key=lambda f: f.raised_on, reverse=True)
    found: list[list[Flowable]] = [] if any(f.status == "open" for f in shown) else _standing(case, w)
    said: set[str] = set()  # what holds for several points is printed once
    for flag in shown:
        found += _one(why_of(case, flag, w), flag, said, w)
    if not found:
        return []
    found[0].insert(0, flow.heading(w.t("Why it says so"), name=PLACE))
    return [flow.together(parts) if len(parts) > 1 else parts[0] for parts in found]


def why_of(case: Case, flag: Flag, w: Words) -> Why:
    """Return why a flag of a case is shown, with the decimals of a report."""
    worlds = realised.for_flag(flag, case.estimates)
    return why_flag(w, flag, case.scale_of(flag), case.estimates, page_grounds(flag, case), worlds, least=DECIMALS)


def _one(why: Why, flag: Flag, said: set[str], w: Words) -> list[list[Flowable]]:
    """What stands together on a page, first the sentence, its picture and the calculation."""
    reckoning = next((part for part in why.parts if part.rows), None)
    day = w.short_date(flag.measured_on or flag.raised_on)
    lead = w.t("{title}, {day}.", title=flags.title(w, flag), day=day)
    top: list[Flowable] = [flow.prose(f"{why.headline} {why.reason}", "point", lead=lead)]
    left = _picture(why)
    room = WIDTH * (1 - PICTURE) - BETWEEN
    right: list[Flowable] = [flow.receipt(reckoning.rows, room)] if reckoning is not None else []
    if left and right:
        top.append(flow.beside(left, right, PICTURE, BETWEEN))
    else:
        top += [*left, *right]
    if reckoning is not None:
        top.append(flow.prose(" ".join(reckoning.paragraphs), lead=_lead(reckoning)))
    rest: list[list[Flowable]] = []
    for part in (part for part in why.parts if not part.rows):
        new = [text for text in part.paragraphs if text not in said]
        said.update(new)
        rest += [[flow.prose(" ".join(new), "note", lead=_lead(part))]] if new else []
    return [top, *rest]


def _lead(part: Part) -> str:
    return part.title if part.title.endswith("?") else f"{part.title}."


def _standing(case: Case, w: Words) -> list[list[Flowable]]:
    if not case.days("caseworker") and not case.days("citizen"):
        return []
    why = why_standing(w, case.trajectory, case.scale, case.estimates, case.method)
    lead = w.t("Where things stand: {word}.", word=why.headline.rstrip("."))
    picture = _picture(why)
    prose = flow.prose(why.reason, lead=lead)
    return [[prose, *picture]]


def _picture(why: Why) -> list[Flowable]:
    if why.gauge is None:
        return []
    figure = GaugeFigure(why.gauge, WIDTH * PICTURE)
    return [figure, flow.prose(why.gauge.caption, "small-2")] if why.gauge.caption else [figure]
