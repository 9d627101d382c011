"""What the window says of a case is in the file too: sentence by sentence, from the same vault on the same day."""

from __future__ import annotations

import re
from io import BytesIO

import approved_pages
import karsten
import pdf_rules
import pikepdf
import pytest
from desk_cases import make

from progression.charts import phrases
from progression.charts.builder import citizen_chart, flag_to_draw
from progression.desk import citizens, documents
from progression.reports import why
from progression.reports.summary import Case, paragraphs
from progression.words import Words, flags


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    session = make(
        tmp_path_factory.mktemp("vault") / "v", (*approved_pages.values(), *approved_pages.colleagues()),
        day=karsten.TODAY,
    )  # fmt: skip
    yield session
    session.vault.close(backup=False)


def close(text):
    """A text without its white space: where a line ends is the page's own affair."""
    return "".join(text.split())


def heard(data):
    """All a screen reader finds: the text of every mark, and the words of every picture."""
    with pikepdf.open(BytesIO(data)) as pdf:
        made = pdf_rules.File(pdf)
        return close(made.aloud()) + "".join(close(str(n.obj.Alt)) for n in made.nodes if "/Alt" in n.obj)


def sentences(text):
    """Its sentences; a date or a shortened word ends none."""
    return [one for one in re.split(r"(?<=[a-zæøå)]{3}[.?!]) (?=[A-ZÆØÅ])", text) if one]


def on_screen(page, w):
    """What the page of a citizen says, as the window draws it."""
    case = Case(**{name: getattr(page, name) for name in Case.__slots__})
    for text in paragraphs(case, w):
        yield from sentences(text)
    for flag in page.flags:
        told = why.why_of(case, flag, w)  # card and fold-out
        yield from (told.headline, *sentences(told.reason), flags.suggestion(w, flag))
        for part in told.parts:
            yield part.title
            yield from (sentence for text in part.paragraphs for sentence in sentences(text))
            yield from (text for row in part.rows for text in row)
    chart = citizen_chart(
        page.course, page.scale, page.trajectory, page.types, page.names, page.today, w,
        flag=flag_to_draw(page.flags) or case.open_flag, phases=page.phases,
    )  # fmt: skip
    yield chart.alt
    yield from (one.label for one in chart.series)
    for row in page.course.interventions:
        yield phrases.intervention_name(w, row, page.types)
        yield row.provider
    yield from (page.names[one.caseworker] for one in page.course.assignments)
    yield from (one.reason for one in page.course.decisions)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_sentence_of_the_citizen_s_page_is_in_the_file(session, language):
    w = Words(language)
    page = citizens.page(session.in_language(language), "c1")
    text = heard(documents.read(session, "case", "c1", language).made().data)
    said = [one for one in on_screen(page, w) if one]
    assert len(said) > 60
    assert [one for one in said if close(one) not in text] == []


def test_every_answer_is_in_the_table(session):
    page = citizens.page(session, "c1")
    shown = {one.code for one in page.scale.indicators if one.shown_to_citizen}
    given = [
        answer for one in page.course.assessments if one.scale == page.scale.id
        for code, answer in one.answers.items() if code in shown and isinstance(answer, int)
    ]  # fmt: skip
    with pikepdf.open(BytesIO(documents.read(session, "case", "c1").made().data)) as pdf:
        made = pdf_rules.File(pdf)
        tables = [node for node in made.nodes if node.tag == "Table"]
        (answers,) = [one for one in tables if made.aloud(one).startswith("Indikator")]
        cells = [made.aloud(cell) for row in answers.kids for cell in row.kids if cell.tag == "TD"]
    assert sorted(cell for cell in cells if cell.strip().isdigit()) == sorted(map(str, given))
    assert len(given) > 150
