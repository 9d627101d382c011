"""What a table of the tagging layer may hold."""

from __future__ import annotations

from io import BytesIO

import pdf_rules
import pikepdf
import pytest
import tagged_story as story
from reportlab.lib.styles import ParagraphStyle

from progression.reports import tagged


def test_what_is_no_cell_is_refused_in_a_table():
    for held in (
        tagged.paragraph("One", story.SMALL),
        [tagged.paragraph("One", story.SMALL), tagged.paragraph("Two", story.SMALL)],
        story.Box("Twelve", 30, 20),
    ):
        with pytest.raises(tagged.StructureError, match="no cell"):
            story.build([tagged.Table([[held]])])


def test_a_cell_of_one_line_is_as_any_other_and_flush_where_its_style_says():
    right = ParagraphStyle("right", story.SMALL, alignment=2)
    rows = [[tagged.line("Year", story.SMALL, head=True), tagged.cell("What", story.SMALL, head=True)]]
    rows += [[tagged.line("2026", right, head=True), tagged.line("much", right)]]
    with pikepdf.open(BytesIO(story.build([tagged.Table(rows, colWidths=[100, 100], repeatRows=1)]))) as pdf:
        made = pdf_rules.File(pdf)
        assert [n.tag for n in made.nodes] == ["Document", "Table", "TR", "TH", "TH", "TR", "TH", "TD"]
        assert made.aloud() == "Year What 2026 much" and pdf_rules.faults(pdf) == {}
