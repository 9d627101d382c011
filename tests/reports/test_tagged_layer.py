"""The tagging layer by itself: the tree it writes, what it refuses, and that nothing else about reportlab changes."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pdf_rules
import pdfua
import pikepdf
import pytest
import tagged_story as story
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.platypus import Paragraph, Spacer

from progression.reports import fonts, tagged
from progression.reports.tagged import icc
from progression.reports.tagged.letters import REPLACEMENT

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(scope="module")
def everything():
    return story.build(story.everything())


@pytest.fixture
def opened(everything):
    with pikepdf.open(BytesIO(everything)) as pdf:
        yield pdf


def read(made, password=""):
    """A PDF for the rules."""
    return pdf_rules.File(pikepdf.open(BytesIO(made), password=password))


def paragraph(text="Words", **more):
    return tagged.paragraph(text, story.SMALL, **more)


def test_the_tree_is_the_golden_one(everything, tmp_path):
    path = tmp_path / "everything.pdf"
    path.write_bytes(everything)
    assert story.structure(path) == (DATA / "tagged_everything.txt").read_text("utf-8")


def test_outside_tools_find_nothing(everything, tmp_path):
    path = tmp_path / "everything.pdf"
    path.write_bytes(everything)
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=True)
    assert "No syntax or stream encoding errors found" in checked.stdout
    report = pdfua.validate(str(path))
    assert [finding for outcome in report.outcomes for finding in outcome.findings] == []


def test_every_rule_that_a_program_can_check_holds(opened):
    assert pdf_rules.faults(opened) == {}


def test_it_is_read_aloud_as_it_was_written(everything):
    aloud = read(everything).aloud()
    first = "Everything See the house, and say god dag to all. Et afsnit på dansk. What stands beside comes below."
    assert aloud.startswith(f"{first} A list • One • Two,")
    assert "1. Inner Beside Left Right 12 A table North South Row 1 1 long Row 2 2 long long" in aloud
    assert aloud.endswith("to the next page.") and aloud.count("over to the next page.") == 30


def test_a_paragraph_on_two_pages_is_one_element_with_two_marks(opened):
    node = [one for one in pdf_rules.File(opened).nodes if one.tag == "P"][-1]
    assert len(node.content) == 2 and len({page for page, _ in node.content}) == 2


def test_a_table_s_repeated_head_is_an_artifact(everything, tmp_path):
    path = tmp_path / "everything.pdf"
    path.write_bytes(everything)
    made = read(everything)
    tables = [one for one in made.nodes if one.tag == "Table"]
    assert len(tables) == 1 and len(tables[0].kids) == 14
    pages = len({page for row in tables[0].kids for cell in row.kids for page, _ in cell.content})
    drawn = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert drawn.count("North") == pages > 1  # drawn on each of its pages, read once
    assert made.aloud().count("North") == 1


def test_a_row_cut_in_two_by_a_page_stays_one_row():
    made = read(story.build([story.table([["A", "B"], ["long " * 400, "short"]], splitInRow=1)]))
    rows = [node for node in made.nodes if node.tag == "TR"]
    assert len(rows) == 2 and [len(row.kids) for row in rows] == [2, 2]
    assert len(rows[1].kids[0].content) > 1
    assert made.aloud() == "A B " + "long " * 400 + "short"


def test_spans_are_told(opened):
    spanning = [n for n in pdf_rules.File(opened).nodes if n.attribute("/ColSpan") is not None]
    assert [int(node.attribute("/ColSpan")) for node in spanning] == [2]
    tall = story.table([["A", "B"], ["x", "1"], [None, "2"]], rules=[("SPAN", (0, 1), (0, 2))])
    made = read(story.build([tall]))
    assert [int(n.attribute("/RowSpan")) for n in made.nodes if n.attribute("/RowSpan") is not None] == [2]
    assert [len(n.kids) for n in made.nodes if n.tag == "TR"] == [2, 2, 1]


def test_links_lead_somewhere_and_say_where(opened):
    annotations = [one for page in opened.pages for one in page.get("/Annots", [])]
    assert [str(one.A.URI) for one in annotations if "/A" in one] == [
        "https://example.org/house", "https://example.org/two"
    ]  # fmt: skip
    assert [str(one.Contents) for one in annotations] == ["The house on the web", "What stands beside", "a link"]


def test_a_link_within_the_document_leads_to_its_heading(opened):
    (one,) = [one for page in opened.pages for one in page.get("/Annots", []) if "/A" not in one]
    with opened.open_outline() as outline:
        found = [item for top in outline.root for item in (top, *top.children)]
        (beside,) = [item for item in found if item.title == "Beside"]
    named, place = (
        opened.Root.Dests[where] if isinstance(where, pikepdf.Name) else where
        for where in (one.Dest, beside.destination)
    )
    assert list(map(str, named)) == list(map(str, place)) and int(one.F) == 4


def test_a_link_to_a_heading_that_is_not_there_is_refused():
    with pytest.raises(Exception, match="nowhere"):
        story.build([paragraph(["See ", tagged.Link("it", "#nowhere")])])


def test_a_link_over_lines_and_pages_is_one_link_with_an_area_on_each_line():
    words = [tagged.Link("far away " * 200, "https://example.org"), " and ", tagged.Link("near", "https://example.org")]
    made = read(story.build([paragraph(words)]))
    links = [node for node in made.nodes if node.tag == "Link"]
    assert len(links) == 2 and len(links[0].annotations) > 10 and len(links[0].content) > 1
    assert len(links[1].annotations) == 1
    assert made.aloud() == "far away " * 200 + "and near"


@pytest.mark.parametrize("width", [300.0, 130.0, 90.0])
def test_a_run_holds_its_words_and_no_others_wherever_lines_and_words_are_broken(width):
    long, url = "l" * 90, "https://example.org"
    words = [
        tagged.Link(f"{long} end", url),
        long,
        tagged.Foreign(f"da {long}", "da"),
        tagged.Link("x", url),
        "y " * 300,
    ]
    made = read(story.build([paragraph(words), paragraph([tagged.Link("whole", url)])], size=(width, 200.0)))
    runs = [node for node in made.nodes if node.tag in ("Link", "Span")]
    assert ["".join(made.aloud(node).split()) for node in runs] == [f"{long}end", f"da{long}", "x", "whole"]
    assert all(node.annotations for node in runs if node.tag == "Link") and pdf_rules.faults(made.pdf) == {}


def test_what_is_in_another_language_says_so(opened):
    told = [(node.tag, str(node.obj.Lang)) for node in pdf_rules.File(opened).nodes if "/Lang" in node.obj]
    assert told == [("Span", "da"), ("P", "da")]
    assert str(opened.Root.Lang) == "en-GB"


def test_a_figure_has_words_and_a_place(opened):
    figure = next(node for node in pdf_rules.File(opened).nodes if node.tag == "Figure")
    assert str(figure.obj.Alt) == "A box that holds twelve"
    left, bottom, right, top = (float(one) for one in figure.attribute("/BBox"))
    assert (right - left, top - bottom) == pytest.approx((60, 30))


def test_headings_are_bookmarks(opened):
    with opened.open_outline() as outline:
        titles = [(item.title, [kid.title for kid in item.children]) for item in outline.root]
        assert titles == [("Everything", ["A list", "Beside"])]
        assert [kid.title for kid in outline.root[0].children[1].children] == ["A table"]


def test_the_title_is_known_and_shown(opened, everything, tmp_path):
    path = tmp_path / "e.pdf"
    path.write_bytes(everything)
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info and "Title:           Everything" in info and "19 12:00:00 2026" in info
    assert opened.Root.ViewerPreferences.DisplayDocTitle is True


def test_the_same_story_has_the_same_bytes_and_another_its_own_identity(everything):
    assert story.build(story.everything()) == everything
    one, other = (pikepdf.open(BytesIO(story.build([paragraph(text)]))) for text in ("One", "Two"))
    assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_without_a_claim_to_the_archive_there_is_none():
    made = read(story.build([paragraph()], told=story.metadata(archive=False)))
    assert set(pdf_rules.faults(made.pdf)) == {"A-6.6"}


def test_a_password_keeps_no_screen_reader_out():
    secret = StandardEncryption("open", ownerPassword="own", strength=128, canPrint=1, canModify=0, canCopy=0)
    told = story.metadata(archive=False)
    made = read(story.build(story.everything(), told=told, encrypt=secret), password="open")
    assert made.pdf.is_encrypted and made.pdf.allow.accessibility
    assert {number[0] for number in pdf_rules.faults(made.pdf)} == {"A"}  # no archive, and else nothing
    assert made.aloud().startswith("Everything See the house")


@pytest.mark.parametrize("levels", [[2], [1, 3], [1, 2, 4]])
def test_a_skipped_heading_is_refused(levels):
    with pytest.raises(tagged.StructureError, match=f"H{levels[-1]}"):
        story.build([tagged.heading(f"Level {n}", story.BIG, n) for n in levels])


def test_a_heading_has_one_of_six_levels():
    for level in (0, 7):
        with pytest.raises(ValueError, match="level"):
            tagged.heading("No", story.BIG, level)


def test_a_figure_without_words_is_refused():
    with pytest.raises(tagged.StructureError, match="alternative"):
        story.build([story.Box(" ", 20, 20)])


class Ornament(Spacer):
    """A flowable as an artifact."""

    def __init__(self, drawn):
        super().__init__(200, 20)
        self.drawn = drawn

    def draw(self):
        with self.canv.artifact():
            self.drawn.wrapOn(self.canv, 200, 20)
            self.drawn.drawOn(self.canv, 0, 0)


def test_text_without_a_tag_is_refused_but_not_what_is_called_decoration():
    plain = Paragraph("Nobody would hear this", story.SMALL)
    with pytest.raises(tagged.StructureError, match="without a tag") as caught:
        story.build([plain])
    assert "Nobody" not in str(caught.value)  # a message may be logged
    made = story.build([Ornament(Paragraph("Ornament", story.SMALL)), paragraph()])
    assert read(made).aloud() == "Words"


def test_an_untagged_link_and_an_open_tag_are_refused():
    canvas = tagged.TaggedCanvas(BytesIO(), metadata=story.metadata(), initialFontName=fonts.REGULAR)
    for link in (canvas.linkURL, canvas.linkAbsolute):
        with pytest.raises(tagged.StructureError, match="belongs to no"):
            link("https://example.org", (0, 0, 9, 9))
    canvas.open_artifact()
    with pytest.raises(tagged.StructureError, match="within a tag"):
        canvas.showPage()


def test_a_letter_the_font_lacks_is_seen_told_and_still_read_aloud():
    with tagged.missing() as outer, tagged.missing() as found:
        assert tagged.drawable("Ole 漢\u0007 🙂", fonts.REGULAR) == f"Ole {REPLACEMENT} {REPLACEMENT}"
    assert found == outer == {"漢", "🙂"}
    made = read(
        story.build([paragraph(REPLACEMENT, actual="漢"), tagged.heading(REPLACEMENT, story.BIG, 1, actual="漢")])
    )
    assert [str(n.obj.ActualText) for n in made.nodes if "/ActualText" in n.obj] == ["漢", "漢"]
    assert pdf_rules.faults(made.pdf) == {}


def test_a_story_is_made_anew_for_each_document():
    told = [paragraph(), paragraph(["A ", tagged.Link("link", "https://example.org")])]
    story.build(list(told))
    with pytest.raises(tagged.StructureError, match="anew"):
        story.build(list(told))


def test_what_is_empty_does_not_break_it():
    assert tagged.items([], story.INDENTED) == []
    empty = tagged.items(["", ["", tagged.Link("there", "https://example.org")]], story.INDENTED)
    made = read(story.build([Spacer(1, 1), paragraph(""), *empty]))
    assert made.aloud().split()[-1] == "there" and pdf_rules.faults(made.pdf) == {}


def test_a_link_in_a_repeated_head_is_made_once():
    head = tagged.cell(["See ", tagged.Link("more", "https://example.org")], story.SMALL, head=True)
    rows = [[head], *([tagged.cell(f"Row {n}", story.SMALL)] for n in range(60))]
    made = read(story.build([tagged.Table(rows, repeatRows=1)]))
    assert len(made.pdf.pages) > 1 and len(made.annotations()) == 1 and pdf_rules.faults(made.pdf) == {}


def test_a_title_is_needed_and_may_hold_anything():
    with pytest.raises(tagged.StructureError, match="title"):
        story.build([paragraph()], told=story.metadata(title=" \n"))
    made = read(story.build([paragraph()], told=story.metadata(title="A <b> & \x07(c)\\ 漢🙂\ud800", author="ø\uffff")))
    assert pdf_rules.faults(made.pdf) == {}
    assert str(made.pdf.docinfo["/Title"]) == "A <b> & (c)\\ 漢🙂"


def test_the_colour_profile_is_srgb():
    from PIL import Image, ImageCms

    own = ImageCms.ImageCmsProfile(BytesIO(icc.srgb()))
    colours = Image.frombytes("RGB", (16, 16), bytes(n * 7919 % 256 for n in range(16 * 16 * 3)))
    turned = ImageCms.profileToProfile(colours, own, ImageCms.createProfile("sRGB"))
    away = max(abs(a - b) for a, b in zip(colours.tobytes(), turned.tobytes(), strict=True))
    assert away <= 1 and len(icc.srgb()) % 4 == 0


def _set(path, value):
    """A way to break a file: set or delete what lies at a path below the catalog."""

    def broken(pdf):
        *folders, last = path
        held = pdf.Root
        for name in folders:
            held = held[name]
        if value is None:
            del held[last]
        else:
            held[last] = value

    return broken


def _node(tag, change):
    def broken(pdf):
        change(next(node.obj for node in pdf_rules.File(pdf).nodes if node.tag == tag))

    return broken


def _packet(old, new):
    def broken(pdf):
        content = pdf.Root.Metadata.read_bytes()
        assert old in content
        pdf.Root.Metadata.write(content.replace(old, new))

    return broken


def _page(change):
    """Break the first page's content."""

    def broken(pdf):
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))

    return broken


def _font(change):
    def broken(pdf):
        for font in pdf.pages[0].Resources.Font.values():
            change(font)

    return broken


def _annotation(name, value):
    def broken(pdf):
        found = next(one for page in pdf.pages for one in page.get("/Annots", []))
        if value is None:
            del found[name]
        else:
            found[name] = value

    return broken


def _kinds(font):
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0065>", b"<0000>"))


def _wide(font):
    font.Widths = pikepdf.Array([one + 9 for one in font.Widths])


BREAKS = {
    "01-003": _page(lambda c: b"/Artifact BMC\n" + c + b"\nEMC"),
    "01-004": _page(lambda c: c.replace(b"EMC", b"", 1)),
    "01-005": _page(lambda c: c + b"\n0 0 m 9 9 l S"),
    "01-007": _set(["/MarkInfo", "/Suspects"], True),
    "02-001": _node("P", lambda o: o.__setitem__("/S", pikepdf.Name("/Paragraf"))),
    "06-001": _set(["/Metadata"], None),
    "06-002": _packet(b"<pdfuaid:part>1", b"<pdfuaid:part>9"),
    "06-003": _packet(b">Everything<", b"> <"),
    "07-001": _set(["/ViewerPreferences"], None),
    "09-004": _node("TD", lambda o: o.__setitem__("/S", pikepdf.Name("/P"))),
    "09-005": _node("LI", lambda o: o.__setitem__("/S", pikepdf.Name("/P"))),
    "10-001": _font(lambda font: font.__delitem__("/ToUnicode")),
    "11-001": _set(["/Lang"], "not a language"),
    "13-004": _node("Figure", lambda o: o.__delitem__("/Alt")),
    "14-003": _node("H2", lambda o: o.__setitem__("/S", pikepdf.Name("/H4"))),
    "15-003": _node("TH", lambda o: o.__delitem__("/A")),
    "28-004": _annotation("/Contents", None),
    "28-008": lambda pdf: [page.obj.__delitem__("/Tabs") for page in pdf.pages],
    "28-011": _node("Link", lambda o: o.__setitem__("/S", pikepdf.Name("/Span"))),
    "31-009": _font(lambda font: font.FontDescriptor.__delitem__("/FontFile2")),
    "31-016": _font(_wide),
    "31-024": _font(lambda font: font.__setitem__("/Encoding", pikepdf.Name("/WinAnsiEncoding"))),
    "31-028": _font(_kinds),
    "A-6.1.3": lambda pdf: pdf.trailer.__delitem__("/ID"),
    "A-6.2.3": _set(["/OutputIntents"], None),
    "A-6.3.2": _annotation("/F", 2),
    "A-6.6": _packet(b"<pdfaid:conformance>A", b"<pdfaid:conformance>B"),
}


@pytest.mark.parametrize("number", BREAKS)
def test_each_rule_bites(number, everything):
    with pikepdf.open(BytesIO(everything)) as pdf:
        BREAKS[number](pdf)
        assert number in pdf_rules.faults(pdf)
