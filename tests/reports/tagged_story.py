"""Documents made with the tagging layer alone: one with everything in it, and whatever a test asks for."""

from __future__ import annotations

import subprocess
from datetime import datetime
from functools import partial
from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, HRFlowable, KeepTogether, PageTemplate, Spacer
from reportlab.platypus import Table as PlainTable

from progression.reports import fonts, tagged

fonts.register()
SMALL = ParagraphStyle("small", fontName=fonts.REGULAR, bulletFontName=fonts.REGULAR, fontSize=9, leading=12)
BIG = ParagraphStyle("big", SMALL, fontName=fonts.BOLD, fontSize=14, leading=18)
INDENTED = ParagraphStyle("indented", SMALL, leftIndent=14, bulletIndent=4)
MADE = datetime(2026, 11, 19, 12)


class Box(tagged.Figure):
    """A rectangle with a word in it, over a filled ground."""

    def draw(self):
        self.canv.rect(0, 0, self.width, self.height, fill=0)
        self.canv.setFont(fonts.REGULAR, 8)
        self.canv.drawString(3, 3, "12")


def around(canvas, page, pages):
    """A footer."""
    with canvas.artifact(pagination=True):
        canvas.setFont(fonts.REGULAR, 8)
        canvas.drawString(40, 20, f"{page} of {pages}")
    canvas.line(40, 30, 200, 30)  # outside every tag: an artifact by itself


def metadata(**more):
    """What the document says about itself."""
    told = {"title": "Everything", "language": "en-GB", "made": MADE, "author": "A. Uthor", "subject": "All & more"}
    return tagged.Metadata(**{**told, "creator": "Tests", **more})


def build(story, *, size=(300.0, 400.0), margins=around, canvas=None, told=None, **more):
    """The PDF of a story on pages of `size` points."""
    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=size, initialFontName=fonts.REGULAR, invariant=1, **more)
    document.addPageTemplates([PageTemplate("page", [Frame(30, 40, size[0] - 60, size[1] - 80, 0, 0, 0, 0)])])
    maker = partial(tagged.TaggedCanvas, metadata=told or metadata(), margins=margins)
    document.build(story, canvasmaker=canvas or maker)
    return out.getvalue()


def table(rows, *, heads=1, rules=(), **more):
    """A table of texts whose first column names the row."""
    cells = [
        [text and tagged.cell(text, SMALL, head=n < heads or column == 0) for column, text in enumerate(row)]
        for n, row in enumerate(rows)
    ]
    made = tagged.Table(cells, colWidths=[240 / len(rows[0])] * len(rows[0]), repeatRows=heads, **more)
    made.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, "#888888"), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                   ("BACKGROUND", (0, 0), (-1, 0), "#eeeeee"), *rules])  # fmt: skip
    return made


def everything():
    """A story with each thing the layer knows."""
    link = tagged.Link("the house", "https://example.org/house", "The house on the web")
    danish = tagged.Foreign("god dag", "da")
    rows = [["", "North", "South"], *([f"Row {n}", str(n), "long " * n] for n in range(1, 13)), ["Sum", "both", None]]
    first = tagged.items(["One", ["Two, with ", tagged.Link("a link", "https://example.org/two")]], INDENTED)
    second = tagged.items(["Inner"], INDENTED, numbered=True)
    beside = PlainTable([[[tagged.paragraph("Left", SMALL)], [tagged.paragraph("Right", SMALL)]]])
    beside.setStyle([("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR), ("BOX", (0, 0), (-1, -1), 1, "#000000")])
    return [
        tagged.heading("Everything", BIG, 1),
        tagged.paragraph(["See ", link, ", and say ", danish, " to ", tagged.Strong("all"), "."], SMALL),
        tagged.paragraph("Et afsnit på dansk.", SMALL, language="da"),
        tagged.paragraph([tagged.Link("What stands beside", "#beside"), " comes below."], SMALL),
        tagged.heading("A list", BIG, 2),
        *first, *second,
        HRFlowable(),
        tagged.heading("Beside", BIG, 2, name="beside"),
        beside,
        KeepTogether([Box("A box that holds twelve", 60, 30), Spacer(1, 6)]),
        tagged.heading("A table", BIG, 3),
        table(rows, rules=[("SPAN", (1, -1), (2, -1))]),
        tagged.paragraph("A paragraph goes over to the next page. " * 30, SMALL),
    ]  # fmt: skip


def structure(path):
    """What pdfinfo reads of the tree."""
    return subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True).stdout
