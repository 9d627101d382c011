"""The screen turned to the citizen: what *Til borgeren* tells, as values for a window.

Nothing else is handed on: no attention point, no indicator, no answer of the caseworker alone, no note, no name of
another citizen. Whoever paints it cannot show by mistake what it was never given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from progression.charts.model import Chart
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.reports.summary import Case
    from progression.words import Words

PURPOSE = "shown to the citizen"


@dataclass(frozen=True, slots=True)
class Ran:
    """Days on which something ran, both inclusive. `names`: what, from the longest telling to the shortest."""

    start: date
    end: date
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """The course as one line. `chart` has axis, shadings, steps and band, nothing besides; `answered`: the days with
    answers, oldest first; `shadings`: what they are called, by token; `end`: the two lines at the end of the line;
    `spoken`: the curve in words."""

    chart: Chart
    answered: tuple[date, ...]
    shadings: Mapping[str, str]
    ran: tuple[Ran, ...]
    end: tuple[str, str]
    spoken: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the citizen sees: the curve (None where nobody has answered), one to three sentences on where it has gone,
    what runs now, small steps ("" without any), and how the curve is read. In `language`."""

    citizen: str
    language: str
    title: str
    curve: Curve | None
    sentences: tuple[str, ...]
    now: str
    steps: str
    reading: str


def page(session: Session, citizen: str, language: str | None = None) -> Shown:
    """Return what one citizen is shown; one line in the access log. Raises KnownError("citizen.gone")."""
    from progression.desk import citizens
    from progression.reports.summary import Case
    from progression.store.access import Act
    from progression.words import Words

    speaking = session.in_language(language or session.language)
    found = citizens.page(speaking, citizen, log=False)
    case = Case(**{name: getattr(found, name) for name in Case.__slots__})
    session.vault.log(Act("view", citizen, purpose=PURPOSE))
    return told(case, Words(speaking.language))


def told(case: Case, w: Words) -> Shown:
    """Return what is shown of a case: the very sentences of the paper."""
    from progression.reports import citizen_told, citizen_words

    curve = _curve(case, w) if citizen_words.levels(case) else None
    return Shown(
        citizen=case.course.citizen.citizen,
        language=w.language,
        title=citizen_told.title(case, w),
        curve=curve,
        sentences=tuple(citizen_words.moved(case, w)),
        now=citizen_words.now(case, w),
        steps=_steps(case),
        reading=" ".join(citizen_words.reading(case, w)) if curve else "",
    )


def _steps(case: Case) -> str:
    from progression.reports import citizen_told

    said = "; ".join(" ".join(note.text.split()).rstrip(".") for note in citizen_told.small_steps(case))
    return f"{said}." if said and not said.endswith("…") else said


def _curve(case: Case, w: Words) -> Curve:
    from progression.reports import citizen_curve, citizen_told, citizen_words

    chart = citizen_told.chart(case, w)
    return Curve(
        chart=_bare(chart),
        answered=tuple(point.day for point in citizen_words.levels(case)),
        shadings=citizen_told.shadings(w),
        ran=tuple(Ran(one.start, one.end, citizen_curve.names(one, w)) for one in citizen_curve.stretches(chart)),
        end=citizen_told.end(case, w),
        spoken=citizen_words.spoken(case, w),
    )


def _bare(chart: Chart) -> Chart:
    """The chart without what is not the citizen's to see at a glance: raters apart, caseworkers, conversations,
    decisions, figures."""
    shades = tuple(replace(one, label="", short="") for one in chart.shades)
    return replace(
        chart, lane=(), lane_label="", series=(), shades=shades, strips=(), bracket=None, readouts=(), table=(), alt="",
    )  # fmt: skip
