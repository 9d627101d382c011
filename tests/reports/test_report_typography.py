"""Pages as a typographer reads them: no heading and no line of a paragraph alone, and whose every page is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import every_document
import karsten
import pdf_rules
import pikepdf
import pytest
from report_pages import page_of
from test_report_odd_cases import assessed

from progression.casework.values import DECLINED, Course, PlanItem
from progression.reports import answers, flow
from progression.reports.case import case_pdf
from progression.reports.fonts import markup
from progression.words import Words

D = timedelta


def lone(data):
    """Headings that are the last on their page."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        nodes = {node.obj.objgen: node for node in pdf_rules.File(pdf).nodes}
        tree = pdf.Root.StructTreeRoot.ParentTree.Nums
        for n in range(len(pdf.pages)):
            last = tree[2 * n + 1][-1]
            if re.fullmatch("H[1-6]", nodes[last.objgen].tag):
                found.append((n + 1, nodes[last.objgen].tag))
    return found


def long_plan(rows):
    """Karsten with so many agreements that everything below them moves down, line by line."""
    items = tuple(
        PlanItem("c1", karsten.TODAY, agreement="Ringe " * 12, kind="agreement", id=f"a{n}") for n in range(rows)
    )
    course = karsten.COURSE
    return Course(**{name: getattr(course, name) for name in course.__slots__} | {"plan": items})


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("document", every_document.EVERY, ids=lambda made: made.__name__)
def test_no_heading_is_the_last_on_its_page(document, language):
    assert lone(document(language)) == []


def test_no_heading_is_left_alone_wherever_the_page_ends():
    for rows in range(1, 34):
        assert lone(every_document.case("en", long_plan(rows))) == [], rows


def test_a_heading_that_is_left_alone_is_found(monkeypatch):
    monkeypatch.setattr(flow, "together", lambda parts: flow.KeepTogether(list(parts)[-1:]) if len(parts) == 1 else
                        flow.beside(list(parts)[:1], [], 0.5, 0))  # fmt: skip
    monkeypatch.setattr(flow, "room", flow.gap)
    assert any(lone(every_document.case("en", long_plan(rows))) for rows in range(1, 34))


def test_a_paragraph_leaves_no_line_alone():
    style = flow.styles()["note"]
    made = flow.prose("ord " * 90, "note")
    lines = round(made.wrap(300, 1000)[1] / style.leading)
    for room in range(1, lines):
        halves = [round(half.wrap(300, 1000)[1] / style.leading) for half in made.split(300, room * style.leading + 1)]
        assert halves == [] or min(halves) >= 2, (room, halves)


def test_no_scrap_is_left_on_the_last_line():
    text = (
        "Om året i en sagsstamme på 50 er det ca. 5 uden grund, og hvor kun én indikator falder, ca. 7 i stedet for 5."
    )
    for width in range(180, 420):
        made = flow.prose(text)
        made.wrap(width, 1000)
        last = made.blPara.lines[-1]
        words = last[1] if isinstance(last, tuple) else last.words
        assert len("".join(str(getattr(word, "text", word)) for word in words)) >= 8, width
    short = flow.prose("Det er kort.")
    assert "\u00a0" not in short.text


def test_a_day_a_time_and_an_about_are_never_broken():
    assert markup("kl. 10.00 den 3. marts 2026, ca. 5") == "kl.\u00a010.00 den 3.\u00a0marts 2026, ca.\u00a05"
    assert markup("Monday 23 Nov at 10:00") == "Monday 23\u00a0Nov at\u00a010:00"


def test_every_page_but_the_first_says_whose_it_is(tmp_path, read):
    path = tmp_path / "case.pdf"
    path.write_bytes(every_document.case())
    pdf = read(path)
    heads = [pdf.text("-f", str(n), "-l", str(n), "-y", "0", "-H", "60", "-x", "0", "-W", "600") for n in (1, 2, 3)]
    assert "Karsten Bøgh Mikkelsen" not in heads[0]
    assert all("Karsten Bøgh Mikkelsen · Til sagen" in head for head in heads[1:])


def test_a_name_as_long_as_the_page_is_cut_at_the_head(tmp_path, read):
    page = page_of(*assessed([karsten.TODAY - D(90 * n) for n in range(9, 0, -1)], name="Navn " * 60))
    path = tmp_path / "long.pdf"
    made = {"author": "Mette", "municipality": "Sundvig " * 20, "made_on": karsten.TODAY}
    path.write_bytes(case_pdf(page, Words("da"), **made))
    head = read(path).text("-f", "2", "-l", "2", "-y", "0", "-H", "60", "-x", "0", "-W", "600")
    assert head.count("…") == 2 and head.rstrip().endswith("· Til sagen")


@pytest.mark.parametrize(
    ("days", "parts"), [(0, []), (1, [1]), (12, [12]), (13, [6, 7]), (80, [11, 11, 12, 11, 12, 11, 12])]
)
def test_answers_of_a_long_course_stand_in_even_tables(days, parts):
    found = answers._parts([date(2016, 1, 1) + D(45 * n) for n in range(days)])
    assert [len(one) for one in found] == parts
    assert [day for one in found for day in one] == [date(2016, 1, 1) + D(45 * n) for n in range(days)]


def test_no_row_of_a_table_is_alone_on_the_last_page():
    rows = [(f"Række {n}", "tekst") for n in range(40)]
    for room in range(60, 700, 7):
        table = flow.table(("Hvad", "Hvor"), rows, (1, 1))
        table.wrap(500, room)
        parts = table.split(500, room)
        assert len(parts) != 2 or len(parts[1]._cellvalues) >= 3, room  # the repeated head and two
    long = [*rows, ("Den sidste", "meget langt " * 900)]
    assert len(flow.table(("Hvad", "Hvor"), long, (1, 1))._nosplitCmds) == 0


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_declined_answer_keeps_clear_of_the_figure_beside_it(language):
    cell = answers._figure(DECLINED, Words(language))
    told = cell.wrap(answers.FIGURE, 1000)[1], flow.styles()["small-right"].leading
    assert told[0] >= 2 * told[1], "a word a line: on one line it would touch the column before"
