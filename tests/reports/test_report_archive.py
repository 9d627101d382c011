"""PDF/A as pikepdf's validator sees it: it knows veraPDF's rules, and approves only what it knows to be allowed.

It judges 2b. A file that claims 2a is 2b and more: what is more is among `pdf_rules.py` (tags, language, letters), and
what the validator says of the claim itself, and of that to PDF/UA, is left out here, word for word.
"""

from __future__ import annotations

import re
from io import BytesIO

import every_document
import pikepdf
import pytest
from pikepdf import pdfa

CLAIMS = {
    "pdfaid:conformance is 'A', expected 'B'",
    "XMP property pdfuaid:part is not permitted",
    "XMP property pdfaExtension:schemas is not permitted",
    *(
        f"XMP namespace {name}=http://www.aiim.org/pdfa/ns/{place} is not permitted"
        for name, place in (
            ("pdfaExtension", "extension/"), ("pdfaSchema", "schema#"), ("pdfaProperty", "property#"),
        )
    ),
}  # fmt: skip


def judged(data):
    """What is found in a file, in the validator's words."""
    return {finding.message for finding in pdfa.validate_written(BytesIO(data), "2b").findings}


def changed(data, change):
    """The file after a change."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def as_2b(pdf):
    """The same file with the lesser claim, and none to PDF/UA."""
    packet = bytes(pdf.Root.Metadata.read_bytes()).replace(b"conformance>A<", b"conformance>B<")
    packet = re.sub(rb"<rdf:Description[^>]*pdfaExtension.*?</rdf:Description>", b"", packet, count=1, flags=re.DOTALL)
    packet = packet.replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
    pdf.Root.Metadata.write(packet.replace(b' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"', b""))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("document", every_document.EVERY, ids=lambda made: made.__name__)
def test_nothing_but_the_claim_to_2a_is_found(document, language):
    assert judged(document(language)) == CLAIMS


def test_with_the_lesser_claim_it_is_approved():
    assert pdfa.validate_written(BytesIO(changed(every_document.headed(), as_2b)), "2b").passed


def _font_lost(pdf):
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    del font.FontDescriptor.FontFile2


def _intent_lost(pdf):
    del pdf.Root.OutputIntents


def _script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.beep()")


def _transparent(pdf):
    pdf.pages[0].Resources.ExtGState = pikepdf.Dictionary(G0=pikepdf.Dictionary(TR=pikepdf.Name("/Identity")))


def _no_packet(pdf):
    del pdf.Root.Metadata


@pytest.mark.parametrize("harm", [_font_lost, _intent_lost, _script, _transparent, _no_packet])
def test_the_validator_finds_a_file_that_is_broken(harm):
    good = changed(every_document.letter(), lambda pdf: None)
    assert judged(good) == CLAIMS
    assert judged(changed(good, harm)) - CLAIMS
