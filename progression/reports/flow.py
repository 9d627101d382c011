"""What a report is made of: headings, prose, tables, figures, in the reports' own styles. Each says what it means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table

from progression.reports import fonts, tagged
from progression.reports.styles import BOTTOM, PAGE_HEIGHT, TOP, WIDTH, colour, styles
from progression.reports.tagged import Figure

__all__ = [
    "DataTable", "Figure", "beside", "bullets", "cell", "data_table", "gap", "heading", "part", "prose", "receipt",
    "room", "side_by_side", "table", "title", "together",
]  # fmt: skip

TALLEST_ROW = PAGE_HEIGHT - TOP - BOTTOM - 48 - 21  # points: a page less a repeated head of three lines, a letterhead
BETWEEN, APART = 6.0, 8.0  # points between columns, and more where the next begins another matter
LOW = 200  # letters in a cell of a row that is no more than some lines high
LONG, LAST = 90, 10  # letters: a text that may take two lines, and the least that its last line holds


class DataTable(tagged.Table):
    """A table whose `repeatRows` first rows are its head, repeated on every page.

    A row is split over two pages only where it would not fit on one.
    """

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return width and height in points, and decide whether rows may be split."""
        size: tuple[float, float] = super().wrap(width, height)
        # rows below the page's end are not measured yet; their turn comes when the rest of the table is wrapped
        self.splitInRow = int(any(high is not None and high > TALLEST_ROW for high in self._rowHeights))
        return size


def title(text: str) -> tagged.Heading:
    """Return the document's title."""
    return tagged.heading(text, styles()["name"], 1, actual=fonts.spoken(text), marked=fonts.markup)


def heading(text: str, level: int = 2, *, name: str = "") -> tagged.Heading:
    """Return a heading; `room` before it keeps it with what follows. A link "#name" leads to it."""
    return tagged.heading(text, styles()["heading"], level, name=name, actual=fonts.spoken(text), marked=fonts.markup)


def part(text: str) -> tagged.Heading:
    """Return a heading below a heading."""
    return tagged.heading(text, _below(), 3, actual=fonts.spoken(text), marked=fonts.markup)


@lru_cache(maxsize=1)
def _below() -> ParagraphStyle:
    return ParagraphStyle("part", parent=styles()["heading"], fontSize=10, leading=13, spaceBefore=7)


def prose(
    text: str | Sequence[tagged.Part], style: str = "text", *, lead: str = "", language: str = ""
) -> tagged.Paragraph:
    """Return a paragraph; `lead` is set in bold before the text. `language` where it is not the document's."""
    parts = [text] if isinstance(text, str) else list(text)
    if len(text) > LONG and isinstance(parts[-1], str):
        parts[-1] = _tied(parts[-1])
    parts = [tagged.Strong(lead), " ", *parts] if lead else parts
    return tagged.paragraph(
        parts, styles()[style], language=language, actual=fonts.spoken(tagged.plain(parts)), marked=fonts.markup
    )


def _tied(text: str) -> str:
    """A text whose last words stay together, so that no line of a paragraph holds a scrap alone."""
    start = text.rfind(" ", 0, -LAST)
    return text[: start + 1] + text[start + 1 :].replace(" ", "\u00a0") if start > 0 else text


def bullets(texts: Sequence[str], *, numbered: bool = False) -> list[Flowable]:
    """Return a list, one flowable for each item."""
    return list(tagged.items(list(texts), styles()["item"], numbered=numbered, marked=fonts.markup))


def cell(text: str, style: str, *, head: bool = False, bold: bool = False) -> tagged.Paragraph:
    """Return a cell; a line feed begins a new line. `head`: it names its column or row."""
    return tagged.cell(
        [tagged.Strong(text)] if bold else text,
        styles()[style],
        head=head,
        actual=fonts.spoken(text),
        marked=lambda lines: "<br/>".join(fonts.markup(line) for line in lines.split("\n")),
    )


def line(text: str, style: str, room: float, *, head: bool = False) -> tagged.Line | tagged.Paragraph:
    """Return a cell that is one line where the text has room for it, in points, and all its letters: one that is drawn
    fast. Else as `cell`."""
    form = styles()[style]
    if fonts.plain(text) != text or fonts.width(text, form.fontName, form.fontSize) > room - 1:
        return cell(text, style, head=head)
    return tagged.line(text, form, head=head)


def data_table(rows: list[list[Any]], widths: Sequence[float], rules: list[Any]) -> DataTable:
    """Return a table of cells whose first row is its head; `rules` are reportlab's, after the common ones."""
    made = DataTable(rows, colWidths=list(widths), repeatRows=1, hAlign="LEFT")
    made.setStyle([*_RULES, *rules])
    return made


_RULES: list[Any] = [
    ("FONT", (0, 0), (-1, -1), fonts.REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), BETWEEN),
    ("TOPPADDING", (0, 0), (-1, -1), 2.2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8),
]


def line_rules() -> list[Any]:
    """Return the rules of a quiet table: one line under the head, hairlines between rows."""
    return [
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, colour("line-2")),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, colour("line")),
    ]


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    *,
    right: frozenset[int] = frozenset(),
    bold: frozenset[int] = frozenset(),
    apart: frozenset[int] = frozenset(),
) -> DataTable:
    """Return a table of texts over the full width: `shares` of it per column, `right` columns flush right,
    `apart` columns further from the one before.

    The first column names its row.
    """
    widths = [WIDTH * share / sum(shares) for share in shares]
    inner = [wide - BETWEEN - (APART if n in apart else 0) for n, wide in enumerate(widths)]

    def made(text: str, n: int, style: str, *, head: bool) -> Flowable:
        style = f"{style}-right" if n in right else style
        if n in bold and style.startswith("cell"):
            return cell(text, style, head=head, bold=True)
        return line(text, style, inner[n], head=head)

    cells: list[list[Any]] = [[made(text, n, "head", head=True) for n, text in enumerate(head)]]
    cells += [[made(text, n, "cell", head=n == 0) for n, text in enumerate(row)] for row in rows]
    rules: list[Any] = [("RIGHTPADDING", (-1, 0), (-1, -1), 0)]
    rules += [("LEFTPADDING", (n, 0), (n, -1), APART) for n in apart]
    last = len(rows)  # two rows that are low go to the next page together: none stands there alone
    if last > 2 and all(len(text) < LOW for row in rows[-2:] for text in row):
        rules.append(("NOSPLIT", (0, last - 1), (0, last)))
    return data_table(cells, widths, [*line_rules(), *rules])


def side_by_side(left: Sequence[Flowable], right: Sequence[Flowable], share: float) -> Table:
    """Return two blocks beside each other, `share` of the width for the left; layout only, not a table to a reader."""
    block = Table([[list(left), list(right)]], colWidths=[WIDTH * share, WIDTH * (1 - share)])
    flush: list[Any] = [("VALIGN", (1, 0), (1, 0), "BOTTOM"), ("RIGHTPADDING", (1, 0), (1, 0), 0)]
    block.setStyle([*_RULES, *flush])
    return block


def beside(left: Sequence[Flowable], right: Sequence[Flowable], share: float, between: float) -> Table:
    """Return two blocks beside each other from the same height, `between` points apart; layout only."""
    block = Table([[list(left), list(right)]], colWidths=[WIDTH * share + between, WIDTH * (1 - share) - between])
    block.setStyle([*_RULES, ("RIGHTPADDING", (0, 0), (0, 0), between), ("RIGHTPADDING", (1, 0), (1, 0), 0)])
    block.hAlign = "LEFT"
    return block


def receipt(rows: Sequence[tuple[str, str]], width: float, figures: float = 58.0) -> Table:
    """Return labels with their figures flush right, a hairline under each: a calculation to follow by hand."""
    cells: list[list[Any]] = [
        [cell(name, "small-2", head=True), cell(figure, "cell-right", bold=True)] for name, figure in rows
    ]
    made = tagged.Table(cells, colWidths=[width - figures, figures], hAlign="LEFT")
    flush: list[Any] = [("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("RIGHTPADDING", (1, 0), (1, -1), 0)]
    made.setStyle([*_RULES, *flush, ("LINEBELOW", (0, 0), (-1, -1), 0.5, colour("line"))])
    return made


def gap(points: float) -> Flowable:
    """Return empty space."""
    return Spacer(1, points)


def together(parts: Sequence[Flowable]) -> Flowable:
    """Return parts that stay on one page where they can."""
    return KeepTogether(list(parts))


def room(points: float) -> Flowable:
    """Return a break to the next page unless so much is left on this one."""
    return CondPageBreak(points)
