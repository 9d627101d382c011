"""Whatever a story is made of, all of it is read aloud in order, and no rule that a program can check is broken."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

import pdf_rules
import pikepdf
import pytest
import tagged_story as story
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, HRFlowable, KeepTogether, Spacer
from reportlab.platypus import Table as PlainTable

from progression.reports import fonts, tagged

WORDS = st.lists(
    st.sampled_from(
        ["ord", "æøå", "(1)", "a\\b", "BT", "Tj", "x < y & z", "Фёдор", "漢", "🙂", "EMC", "l" * 90, "…", "−3,4"]
    ),
    min_size=1, max_size=60,
).map(" ".join)  # fmt: skip
PARTS = st.lists(
    st.one_of(
        WORDS,
        st.builds(tagged.Strong, WORDS),
        st.builds(tagged.Foreign, WORDS, st.sampled_from(["en", "ar", "kl"])),
        st.builds(tagged.Link, WORDS, st.sampled_from(["https://example.org/a?b=1&c=2", "tel:+4500000000"])),
    ),
    min_size=1, max_size=5,
)  # fmt: skip
STYLES = st.builds(
    lambda alignment, background: ParagraphStyle("any", story.SMALL, alignment=alignment, backColor=background),
    st.sampled_from([0, 1, 2, 4]), st.sampled_from([None, "#eeeeee"]),
)  # fmt: skip


def safe(text):
    return escape(tagged.drawable(text, fonts.REGULAR))


def told(words):
    """The text that should be read."""
    return tagged.drawable(tagged.plain(words), fonts.REGULAR)


@st.composite
def blocks(draw, level):
    """Some flowables, and the text they should be read as."""
    kind = draw(st.sampled_from(["p", "p", "h", "l", "t", "f", "beside", "deco", "together"]))
    if kind == "h":
        depth = draw(st.integers(1, min(level[0] + 1, 6)))
        level[0] = depth
        text = draw(WORDS)
        return [tagged.heading(text, story.BIG, depth, marked=safe)], told(text)
    if kind == "l":
        found = draw(st.lists(PARTS, min_size=1, max_size=4))
        numbered = draw(st.booleans())
        marks = [f"{n}." if numbered else "•" for n in range(1, len(found) + 1)]
        read = "".join(mark + told(one) for mark, one in zip(marks, found, strict=True))
        return tagged.items(found, story.INDENTED, numbered=numbered, marked=safe), read
    if kind == "t":
        return draw(tables())
    if kind == "f":
        return [story.Box(draw(WORDS), 60, 20)], "12"
    if kind == "deco":
        return [HRFlowable(), Spacer(1, 3), CondPageBreak(40)], ""
    words, style = draw(PARTS), draw(STYLES)
    made = tagged.paragraph(words, style, marked=safe)
    if kind == "beside" and len(told(words)) < 400:
        held = PlainTable(
            [[[made], [tagged.paragraph("right", story.SMALL)]]], style=[("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR)]
        )
        return [held], told(words) + "right"
    return [KeepTogether([made, Spacer(1, 4)]) if kind == "together" else made], told(words)


@st.composite
def tables(draw):
    """A table of one to three columns, some cells empty, some long enough to be cut by a page."""
    columns, rows = draw(st.integers(1, 3)), draw(st.integers(2, 14))
    long = st.integers(200, 500).map(lambda n: "mange ord " * n)
    cells = st.one_of(WORDS, WORDS, st.just(""), long) if draw(st.booleans()) else st.one_of(WORDS, st.just(""))
    texts = [[draw(cells if row else WORDS) for _ in range(columns)] for row in range(rows)]
    if not any(text for row in texts[1:] for text in row):
        texts[1][0] = "et"
    made = [
        [
            text and tagged.cell(text, story.SMALL, head=row == 0 or column == 0, marked=safe)
            for column, text in enumerate(line)
        ]
        for row, line in enumerate(texts)
    ]
    heads = 1 if len(" ".join(texts[0])) < 500 else 0
    table = tagged.Table(made, colWidths=[240 / columns] * columns, repeatRows=heads, splitInRow=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "#888888"), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("ROWBACKGROUNDS", (0, 0), (-1, -1), ["#ffffff", "#eeeeee"])])  # fmt: skip
    return [table], "".join(told(text) for line in texts for text in line)


@st.composite
def stories(draw):
    level = [0]
    made = [draw(blocks(level)) for _ in range(draw(st.integers(1, 7)))]
    return [one for flowables, _ in made for one in flowables], "".join(text for _, text in made)


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories())
def test_every_story_is_read_whole_and_breaks_no_rule(made):
    flowables, text = made
    with pikepdf.open(BytesIO(story.build(flowables))) as pdf:
        assert pdf_rules.faults(pdf) == {}
        assert "".join(pdf_rules.File(pdf).aloud().split()) == "".join(text.split())
        assert len(pdf.check_pdf_syntax()) == 0
