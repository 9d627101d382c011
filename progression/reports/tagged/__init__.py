"""Tagged PDF from reportlab: documents a screen reader can read (PDF/UA-1) and an archive can keep (PDF/A-2a).

Open-source reportlab writes what a page looks like; this says what it means. It needs reportlab alone: copy the folder.

Use the flowables made here in place of reportlab's, and the canvas for a document template's `canvasmaker`. Every font
must be an embedded TrueType font (`file` is the path of one):

>>> from datetime import datetime
>>> from functools import partial
>>> from io import BytesIO
>>> from reportlab.lib.styles import ParagraphStyle
>>> from reportlab.pdfbase import pdfmetrics, ttfonts
>>> from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
>>> pdfmetrics.registerFont(ttfonts.TTFont("Plain", file))
>>> text = ParagraphStyle("text", fontName="Plain", bulletFontName="Plain", leftIndent=12)

A picture is a Figure with words, drawn from its lower left corner; a table's first rows are its head:

>>> class Bar(Figure):
...     def draw(self):
...         self.canv.rect(0, 0, self.width, self.height, fill=1)
>>> cells = [[cell("Year", text, head=True), cell("Sold", text, head=True)],
...          [cell("2026", text, head=True), cell("12", text)]]
>>> story = [
...     heading("Report", text, 1),
...     paragraph(["See ", Link("the figures", "#figures"), " or ", Foreign("ring til os", "da"), "."], text),
...     *items(["First this", "then that"], text, numbered=True),
...     heading("Figures", text, 2, name="figures"),
...     Bar("A bar for 2026: 12 sold", 120, 30),
...     Table(cells, repeatRows=1),
... ]

What stands round each page is drawn last, when the number of pages is known, and is not read aloud:

>>> def around(canvas, page, pages):
...     with canvas.artifact(pagination=True):
...         canvas.setFont("Plain", 8)
...         canvas.drawString(40, 30, f"{page} of {pages}")
>>> out = BytesIO()
>>> document = BaseDocTemplate(out, initialFontName="Plain")
>>> document.addPageTemplates([PageTemplate("page", [Frame(40, 50, 515, 740)])])
>>> about = Metadata("Report", "en-GB", datetime(2026, 11, 23), author="A. Writer")
>>> document.build(story, canvasmaker=partial(TaggedCanvas, metadata=about, margins=around))
>>> out.getvalue()[:8]
b'%PDF-1.7'

A story is built once: its flowables remember where they were drawn. Reportlab's own Spacer, KeepTogether, CondPageBreak
and Table (to place things beside each other) can be used between. Lines and fills outside every tag become artifacts;
text or a picture there is refused, as are a heading that skips a level and a figure without words:

>>> document = BaseDocTemplate(BytesIO(), initialFontName="Plain")
>>> document.addPageTemplates([PageTemplate("page", [Frame(40, 50, 515, 740)])])
>>> document.build([heading("Too deep", text, 2)], canvasmaker=partial(TaggedCanvas, metadata=about))
Traceback (most recent call last):
    ...
progression.reports.tagged.structure.StructureError: the first heading is H2

A letter the font lacks is for the caller to replace: `drawable` makes a text safe, `missing` collects what it replaced,
`actual=` keeps what was meant to be read aloud.
"""

from .canvas import TaggedCanvas
from .flowables import (
    Figure,
    Heading,
    Item,
    Line,
    Paragraph,
    cell,
    heading,
    items,
    line,
    paragraph,
    plain,
)
from .letters import drawable, missing
from .structure import Element, StructureError
from .tables import Table
from .text import Foreign, Link, Part, Strong
from .xmp import Metadata

__all__ = [
    "Element",
    "Figure",
    "Foreign",
    "Heading",
    "Item",
    "Line",
    "Link",
    "Metadata",
    "Paragraph",
    "Part",
    "Strong",
    "StructureError",
    "Table",
    "TaggedCanvas",
    "cell",
    "drawable",
    "heading",
    "items",
    "line",
    "missing",
    "paragraph",
    "plain",
]
