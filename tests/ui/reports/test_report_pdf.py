"""A PDF in memory drawn as pictures: nothing of it stays open."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QObject
from reportlab.pdfgen.canvas import Canvas

from progression.ui.reports.pdf import Pages

SHOWN_TO_THE_END = """
import sys, tempfile
before = tempfile.TemporaryDirectory()  # what is cleaned up at the end is cleaned up after PDFium is gone
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from progression.ui.reports.pdf import Pages

app = QApplication([])
widget = QWidget()
widget.pages = Pages(sys.stdin.buffer.read(), widget)
assert widget.pages.image(1, 0.5).width() > 0 and widget.pages.text(0) == "Side 1"
QTimer.singleShot(0, app.quit)
app.exec()
kept = widget  # still there when the interpreter ends
before.cleanup()
"""


@pytest.fixture(scope="module")
def pdf():
    made = io.BytesIO()
    canvas = Canvas(made)
    for n in (1, 2):
        canvas.drawString(100, 700, f"Side {n}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_pages_are_drawn_and_read(qapp, pdf):
    pages = Pages(pdf)
    assert (len(pages), pages.text(1)) == (2, "Side 2")
    wide, high = pages.size(0)
    picture = pages.image(0, 2)
    assert (picture.width(), picture.height()) == pytest.approx((2 * wide, 2 * high), abs=1)
    pages.close()
    pages.close()
    with pytest.raises(ValueError, match="not a PDF"):
        Pages(b"no PDF")


def test_they_are_closed_with_whoever_shows_them(qapp, pdf):
    owner = QObject()
    pages = Pages(pdf, owner)
    assert pages.is_open
    owner.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not pages.is_open


def test_nothing_is_open_when_the_program_ends(pdf):
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-c", SHOWN_TO_THE_END], input=pdf, capture_output=True, timeout=120, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
