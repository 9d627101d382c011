"""The reports as a screen reader finds them: headings, figures with words, tables with heads, nothing lost."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import citizen_cases
import karsten
import pdf_rules
import pdfua
import pikepdf
import pytest
from report_pages import page_of
from test_report_handover import DUTIES, HANDOVER, full
from test_report_recovery import PAGE

from progression.charts.builder import citizen_chart, flag_to_draw
from progression.desk import reports
from progression.reports.callin import callin_pdf
from progression.reports.case import case_pdf
from progression.reports.document import QUIET_BOTTOM
from progression.reports.handover import handover_pdf
from progression.reports.recovery import recovery_pdf
from progression.reports.styles import BOTTOM, PAGE_HEIGHT, TOP
from progression.words import Words
from progression.words.callin import CallInLetter

MOST_BYTES = 200_000
GOLDEN = Path(__file__).resolve().parent.parent / "data"
LETTER = CallInLetter(
    name="Karsten Bøgh Mikkelsen", day=karsten.TODAY, sender="Mette Holm Andersen", phone="00 00 11 22",
    municipality="Sundvig Kommune", when=karsten.TODAY, time="10.30", place="Rådhuset", interpreter="",
)  # fmt: skip
CASE = """H1, 3 P, H2, 4 P, H2, Figure, P, H2, Table 5×9, 4 P, H3, 3 P, H2, Table 20×12, P, H2, P, H2, Table 7×5, H2,
Table 5×4, H2, P, Table 4×3, Table 2×2, H2, P, Figure, P, Table 4×2, 6 P, Figure, P, Table 5×2, 5 P, Figure, P,
Table 5×2, 4 P"""

HANDED_OVER = """H1, 6 P, H2, 3 P, H2, 2 P, Figure, H2, 2 P, Table 2×4, H2, Table 2×4, H2, Table 3×3, P, H2, 9 P,
H2, Table 3×4, H2, P, L, P, L"""
TO_THE_CITIZEN = "H1, P, Figure, P, L, 2 P, H2, P, Table 3×3, 6 P"


def page(course=karsten.COURSE):
    return page_of(course, karsten.trajectory(), flags=(karsten.FLAG, *karsten.EARLIER))


def case(language="da", course=karsten.COURSE):
    return case_pdf(page(course), Words(language), author="Mette", municipality="Sundvig", made_on=karsten.TODAY)


def handover(language="da"):
    return handover_pdf(
        page_of(full(), karsten.trajectory(), flags=(karsten.FLAG,)), Words(language), handover=HANDOVER, duties=DUTIES,
        author="Mette", municipality="Sundvig", made_on=karsten.TODAY,
    )  # fmt: skip


def letter(language="da"):
    return callin_pdf(LETTER, Words(language))


def citizen(language="da"):
    return citizen_cases.made(citizen_cases.typical(), language)


def recovery(language="da"):
    return recovery_pdf(PAGE, Words(language))


@pytest.fixture(params=[citizen, case, handover, letter, recovery], ids=lambda made: made.__name__)
def report(request):
    return request.param


@pytest.fixture
def saved(tmp_path):
    def save(made):
        path = tmp_path / "report.pdf"
        path.write_bytes(made)
        return path

    return save


def skeleton(file):
    """The tags below the document, tables with rows and columns, runs of the same counted."""
    told = []
    for node in next(iter(file.nodes)).kids:
        wide = max((sum(int(c.attribute("/ColSpan") or 1) for c in row.kids) for row in node.kids), default=0)
        told.append(f"Table {len(node.kids)}×{wide}" if node.tag == "Table" else node.tag)
    counted = [(tag, len(list(same))) for tag, same in groupby(told)]
    return ", ".join(f"{n} {tag}" if n > 1 else tag for tag, n in counted)


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_rule_that_a_program_can_check_is_broken(report, language, saved):
    path = saved(report(language))
    with pikepdf.open(path) as pdf:
        assert pdf_rules.faults(pdf) == {}
        assert str(pdf.Root.Lang) == {"da": "da-DK", "en": "en-GB"}[language]
    found = pdfua.validate(str(path))
    assert [finding for outcome in found.outcomes for finding in outcome.findings] == []
    subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=True)


def test_every_font_is_inside_with_its_letters(report, saved):
    rows = subprocess.run(["pdffonts", str(saved(report()))], capture_output=True, text=True, check=True).stdout
    fonts = [row.split()[-5:-2] for row in rows.splitlines()[2:]]
    assert fonts and all(font == ["yes", "yes", "yes"] for font in fonts)


def test_it_is_small(report):
    assert len(report()) <= MOST_BYTES


def test_the_same_day_gives_the_same_bytes(report):
    assert report() == report()


def test_all_that_is_drawn_between_the_margins_is_read_aloud_in_that_order(report, saved):
    path = saved(report())
    with pikepdf.open(path) as pdf:
        aloud = "".join(pdf_rules.File(pdf).aloud().split())
    bottom = QUIET_BOTTOM if report is citizen else BOTTOM
    area = ["-x", "0", "-y", str(int(TOP) - 8), "-W", "600", "-H", str(int(PAGE_HEIGHT - TOP - bottom) + 8)]
    drawn = subprocess.run(["pdftotext", "-raw", *area, str(path), "-"], capture_output=True, text=True, check=True)
    assert sorted(aloud) == sorted("".join(drawn.stdout.split()))  # the tool moves a letter or two within a chart
    lines = [text for line in drawn.stdout.splitlines() if len(text := "".join(line.split())) > 30]
    place = 0
    for line in lines:
        place = aloud.find(line, place)
        assert place >= 0, f"{line} is missing, or read before what stands above it"
    assert len(lines) > 3


def test_the_case_s_tree_is_the_golden_one(saved):
    with pikepdf.open(saved(case())) as pdf:
        file = pdf_rules.File(pdf)
        assert skeleton(file) == " ".join(CASE.split())
        headings = [node for node in file.nodes if node.tag in ("H1", "H2")]
        assert [node.tag for node in headings] == ["H1"] + ["H2"] * 9
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Karsten Bøgh Mikkelsen"]
            assert [item.title for item in outline.root[0].children][:2] == ["Sammenfatning", "Forløbet"]


def test_the_hand_over_s_tree_is_the_golden_one(saved):
    with pikepdf.open(saved(handover())) as pdf:
        assert skeleton(pdf_rules.File(pdf)) == " ".join(HANDED_OVER.split())


def test_the_citizen_s_tree_is_the_golden_one(saved, tmp_path):
    path = saved(citizen())
    with pikepdf.open(path) as pdf:
        file = pdf_rules.File(pdf)
        assert skeleton(file) == TO_THE_CITIZEN
        assert [str(cell.attribute("/Scope")) for node in file.nodes if node.tag == "TR" for cell in node.kids[:1]] == [
            "/Row"
        ] * 3
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Sådan er det gået, Karsten"]
            assert [item.title for item in outline.root[0].children] == ["Det har vi aftalt"]
    told = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True).stdout
    # the tool tells attributes in any order; object numbers are the file's own affair
    lines = [line for line in told.splitlines() if not line.lstrip().startswith(("/", "Object "))]
    assert lines == (GOLDEN / "citizen_tree.txt").read_text("utf-8").splitlines()


def test_the_letter_s_tree_is_the_golden_one(saved):
    told = subprocess.run(["pdfinfo", "-struct-text", str(saved(letter()))], capture_output=True, text=True, check=True)
    lines = [line.strip() for line in told.stdout.splitlines()]
    assert lines[:5] == [
        "Document",
        "H1 (block)",
        '"Kom til en samtale "',
        "P (block)",
        '"Kære Karsten Bøgh Mikkelsen "',
    ]
    at = lines.index("Link (inline)")
    assert (
        lines[at + 1] == '"00 00 11 22"' and lines[at + 2].startswith("Object") and lines[at - 1].endswith('ring på "')
    )


def test_a_chart_is_told_in_the_sentences_of_the_page(saved):
    chart = citizen_chart(
        karsten.COURSE, karsten.BIP, karsten.trajectory(), karsten.TYPES, karsten.NAMES, karsten.TODAY, Words("da"),
        flag=flag_to_draw((karsten.FLAG, *karsten.EARLIER)), phases=karsten.trajectory().phases,
    )  # fmt: skip
    with pikepdf.open(saved(case())) as pdf:
        figures = [node for node in pdf_rules.File(pdf).nodes if node.tag == "Figure"]
        assert str(figures[0].obj.Alt) == chart.alt
        assert len(figures) == 4 and all(len(str(node.obj.Alt)) > 40 for node in figures)


def test_an_answer_is_heard_with_its_indicator_its_rater_and_its_date(saved):
    with pikepdf.open(saved(case())) as pdf:
        tables = [node for node in pdf_rules.File(pdf).nodes if node.tag == "Table"]
        row = tables[1].kids[1]
    scopes = [str(cell.attribute("/Scope")) for cell in row.kids if cell.tag == "TH"]
    assert scopes == ["/Row", "/Row"] and int(row.kids[0].attribute("/RowSpan")) == 2
    assert {str(cell.attribute("/Scope")) for cell in tables[1].kids[0].kids} == {"/Column"}


def test_what_is_left_to_do_at_a_handover_is_a_list(saved):
    with pikepdf.open(saved(handover())) as pdf:
        lists = [node for node in pdf_rules.File(pdf).nodes if node.tag == "L"]
        assert [len(node.kids) for node in lists] == [2, 6]


def test_a_letter_the_font_lacks_is_told_and_read_aloud(saved):
    course = replace(karsten.COURSE, citizen=replace(karsten.CITIZEN_ROW, name="漢 Mikkelsen"))
    with reports.missing_letters() as missing:
        made = case(course=course)
    assert missing == {"漢"}
    with pikepdf.open(saved(made)) as pdf:
        file = pdf_rules.File(pdf)
        assert next(str(node.obj.ActualText) for node in file.nodes if node.tag == "H1") == "漢 Mikkelsen"
        assert str(pdf.docinfo["/Title"]) == "Til sagen: 漢 Mikkelsen"
        with pdf.open_outline() as outline:
            assert outline.root[0].title == "漢 Mikkelsen"
