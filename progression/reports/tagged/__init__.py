"""Tagged PDF from reportlab: documents a screen reader can read (PDF/UA-1) and an archive can keep (PDF/A-2a).

Open-source reportlab writes what a page looks like; this says what it means. Use the flowables made here in place of
reportlab's, and the canvas for a document template's `canvasmaker`:

    story = [heading("Report", big, 1), paragraph(["See ", Link("the site", "https://example.org")], small)]
    BaseDocTemplate(out, initialFontName="Some embedded font").build(
        story, canvasmaker=partial(TaggedCanvas, metadata=Metadata("Report", "en-GB", made), margins=around)
    )

Every font must be an embedded TrueType font. A story is built once: its flowables remember where they were drawn.
Reportlab's own Spacer, KeepTogether, CondPageBreak and Table (to place things beside each other) can be used between.
"""

from progression.reports.tagged.canvas import TaggedCanvas, tags
from progression.reports.tagged.flowables import (
    Decoration,
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
from progression.reports.tagged.letters import drawable, missing
from progression.reports.tagged.structure import Element, StructureError
from progression.reports.tagged.tables import Table
from progression.reports.tagged.text import Foreign, Link, Part, Strong
from progression.reports.tagged.xmp import Metadata

__all__ = [
    "Decoration",
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
    "tags",
]
