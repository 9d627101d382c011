"""The letterhead as data: every fault of its file at once, colours that can be read, logos that cannot do harm."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO

import citizen_cases
import karsten
import pdf_rules
import pdfua
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from report_pages import page_of
from test_report_handover import DUTIES, HANDOVER, full
from test_report_tagged import LETTER

from progression.casework.values import Decision
from progression.errors import KnownError
from progression.reports import document, letterhead_logo
from progression.reports.callin import callin_pdf
from progression.reports.case import case_pdf
from progression.reports.handover import handover_pdf
from progression.reports.letterhead import LEAST_CONTRAST, PLAIN, Letterhead, contrast, from_body, parse
from progression.reports.letterhead_sample import sample_pdf
from progression.words import Words, errors

FILE = """
format = 1
name = "Sundvig Kommune"
department = "Jobcentret"
contact = ["Torvet 1, 0000 Sundvig", "Telefon 00 00 00 00"]
footer = "Vi svarer mandag til fredag"
logo = "vaaben.png"
[colours]
text = "#1a3c5e"
line = "#0059b3"
"""


def picture(size=(300, 120), mode="RGB", kind="PNG", colour=(200, 30, 30)):
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind)
    return out.getvalue()


def noise(size=(700, 190)):
    """A photograph, as far as its bytes are concerned."""
    out = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


def claiming(width, height):
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


HEAD = replace(parse(FILE, "sundvig.toml").letterhead, logo=letterhead_logo.prepared(picture(), "vaaben.png"))


def faults(text):
    with pytest.raises(KnownError) as told:
        parse(text, "sundvig.toml")
    assert told.value.code == "letterhead.invalid"
    return {(one.key, one.what) for one in told.value.fields["faults"]}, told.value


def test_a_file_is_read():
    found = parse(FILE, "sundvig.toml")
    assert found.logo == "vaaben.png"
    assert found.letterhead == Letterhead(
        "Sundvig Kommune", "Jobcentret", ("Torvet 1, 0000 Sundvig", "Telefon 00 00 00 00"),
        "Vi svarer mandag til fredag", "#1a3c5e", "#0059b3",
    )  # fmt: skip
    assert found.letterhead.sender == "Sundvig Kommune, Jobcentret"
    least = parse('format = 1\nname = "S"', "s.toml")
    assert least.letterhead == Letterhead("S") and least.logo == ""


def test_every_fault_is_told_at_once_with_its_line():
    text = 'format = 2\nname = ""\ncontact = ["a","b","c","d","e"]\nfotter = "x"\n'
    text += '[colours]\ntext = "#999999"\nline = "blue"'
    found, error = faults(text)
    assert found == {
        ("format", "fault.newer"), ("name", "fault.empty"), ("contact", "fault.many"), ("fotter", "fault.unknown_key"),
        ("colours.text", "fault.contrast"), ("colours.line", "fault.colour"),
    }  # fmt: skip
    said = errors.sentence(Words("da"), error)
    assert "Intet er ændret." in said
    assert "colours.text er #999999. På hvidt giver den en kontrast på 2,8:1" in said
    assert "mindst 4,5:1" in said


def test_what_is_too_long_or_no_toml_is_told():
    assert faults(f'format = 1\nname = "{"x" * 200}"')[0] == {("name", "fault.long")}
    assert faults(f'format = 1\nname = "S"\ncontact = ["{"x" * 200}"]')[0] == {("contact[1]", "fault.long")}
    assert faults("name = ")[0] == {("", "fault.toml")}
    assert faults('name = "S"')[0] == {("format", "fault.missing")}


def test_contrast_is_that_of_the_web_guidelines():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#ffffff") == pytest.approx(1)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)  # the usual example of a grey that just passes
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)
    assert faults('format = 1\nname = "S"\n[colours]\ntext = "#777777"')[0] == {("colours.text", "fault.contrast")}
    parse('format = 1\nname = "S"\n[colours]\ntext = "#767676"', "s")
    for colour in ("red", "#fff", "#0059b3 "):
        with pytest.raises(ValueError, match=colour):
            contrast(colour)


@given(st.integers(0, 0xFFFFFF))
def test_no_colour_that_is_taken_is_too_weak(number):
    colour = f"#{number:06x}"
    try:
        taken = parse(f'format = 1\nname = "S"\n[colours]\ntext = "{colour}"', "s").letterhead.text
    except KnownError:
        assert contrast(colour) < LEAST_CONTRAST
    else:
        assert taken == colour and contrast(colour) >= LEAST_CONTRAST


def test_it_survives_being_kept():
    assert from_body(HEAD.body()) == HEAD
    assert from_body(PLAIN.body()) == PLAIN
    for odd in (None, 3, [], {}, {"name": 3}):
        assert from_body(odd) == PLAIN
    broken = from_body({"name": "S", "contact": "x", "text": "rød", "logo": "=", "line": None})
    assert broken == Letterhead("S")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(("mode", "colour"), [("RGB", (9, 9, 9)), ("L", 30), ("CMYK", (9, 9, 9, 9))])
def test_pictures_become_small_and_opaque(kind, mode, colour):
    if (kind, mode) == ("PNG", "CMYK"):
        mode, colour = "RGBA", (255, 0, 0, 0)  # nothing but transparency
    made = Image.open(BytesIO(letterhead_logo.prepared(picture((2000, 900), mode, kind, colour), "x")))
    assert made.mode == "RGB"
    assert made.width <= 720 and made.height <= 200
    if mode == "RGBA":
        assert made.getpixel((5, 5)) == (255, 255, 255)


def test_a_photograph_is_kept_as_a_small_jpeg():
    made = letterhead_logo.prepared(noise(), "x")
    assert Image.open(BytesIO(made)).format == "JPEG"
    assert len(made) < 120_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "letterhead.logo_not_image"),
        (b"no picture at all", "letterhead.logo_not_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "letterhead.logo_not_image"),
        (picture()[:60], "letterhead.logo_not_image"),
        (picture(kind="GIF"), "letterhead.logo_not_image"),
        (claiming(10_000, 10_000), "letterhead.logo_large"),  # 100 megapixels
        (claiming(60_000, 60_000), "letterhead.logo_large"),
        (claiming(0, 10), "letterhead.logo_not_image"),
        (picture() + b"\0" * 8_000_001, "letterhead.logo_large"),
    ],
)
def test_what_cannot_be_a_logo_is_said_and_does_no_harm(content, code):
    with pytest.raises(KnownError) as told:
        letterhead_logo.prepared(content, "vaaben.png")
    assert told.value.code == code
    assert "vaaben.png" in errors.sentence(Words("da"), told.value)


def documents(head):
    """Every PDF of a citizen on this paper."""
    page, around = citizen_cases.typical(), {"author": "M", "municipality": "Sundvig Kommune", "letterhead": head}
    day, w = karsten.TODAY, Words("da")
    return {
        "citizen": citizen_cases.made(page, letterhead=head),
        "case": case_pdf(page, w, made_on=day, **around),
        "handover": handover_pdf(
            page_of(full(), karsten.trajectory()), w, handover=HANDOVER, duties=DUTIES, made_on=day, **around
        ),
        "callin": callin_pdf(LETTER, w, head),
        "sample": sample_pdf(head, head.sender, w, made_on=day),
    }


@pytest.mark.parametrize("name", ["citizen", "case", "handover", "callin", "sample"])
def test_every_document_carries_it_and_stays_whole(name, tmp_path, read):
    made = documents(HEAD)[name]
    path = tmp_path / "paper.pdf"
    path.write_bytes(made)
    pdf = read(path)
    pages = int(pdf.info()["Pages"])
    assert pdf.flat().count("Torvet 1, 0000 Sundvig · Telefon 00 00 00 00 · Vi svarer mandag til fredag") == pages
    assert len(pdf.images()) == pages  # the logo, on each
    assert not any(row.split()[2] == "smask" for row in pdf.images())
    with pikepdf.open(path) as opened:
        assert pdf_rules.faults(opened) == {}
    found = pdfua.validate(str(path))
    assert [finding for outcome in found.outcomes for finding in outcome.findings] == []
    assert "No syntax" in pdf.check()
    assert len(made) <= 200_000
    assert made == documents(HEAD)[name]
    if name == "citizen":
        assert pages == 1


def test_a_photograph_as_logo_keeps_a_report_small():
    head = replace(HEAD, logo=letterhead_logo.prepared(noise(), "x"))
    assert len(documents(head)["case"]) <= 200_000 + 60_000  # noise is the worst there is


def test_a_long_contact_takes_two_lines_at_most():
    cover = document.Cover("t", "", "", "", "", "f", karsten.TODAY, replace(HEAD, contact=("x " * 60,) * 4))
    assert len(cover.foot()) == document.FOOT_LINES
    assert cover.foot()[-1].endswith("…")
    assert document.Cover("t", "", "", "", "", "f", karsten.TODAY).foot() == []


@pytest.mark.parametrize("long", range(50, 74, 3))
def test_a_row_as_high_as_a_page_fits_above_the_letterhead_or_is_cut(long):
    """A page with a letterhead has two lines less: a row that just fits one without must not be too high for it."""
    head = replace(HEAD, contact=("x " * 58,) * 4)
    decision = Decision("c1", date(2025, 1, 10), "citizen", "adjust", "timerne sættes ned " * long)
    page = page_of(replace(karsten.COURSE, decisions=(decision,)), karsten.trajectory())
    made = case_pdf(page, Words("da"), author="", municipality="S", made_on=karsten.TODAY, letterhead=head)
    assert made.startswith(b"%PDF")
