"""What a report is made of: headings, prose, tables, figures. The only module that makes flowables.

Each carries what it *means* (`role`, for a table its head rows, for a figure its alternative text) and not only how it
looks, so that a structure tree can be written from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table

from progression.reports import fonts
from progression.reports.styles import BOTTOM, PAGE_HEIGHT, TOP, WIDTH, colour, styles

TALLEST_ROW = PAGE_HEIGHT - TOP - BOTTOM - 48  # points: a page less a repeated head of three lines


# No constructors of their own: reportlab makes the second half of a split paragraph or table with the same class.


class Title(Paragraph):
    """The document's title."""

    role = "H1"


class Heading(Paragraph):
    """The heading of a part."""

    role = "H2"


class Prose(Paragraph):
    """A paragraph of running text."""

    role = "P"


class HeadCell(Paragraph):
    """A cell that names its column or row."""

    role = "TH"


class DataCell(Paragraph):
    """A cell with a figure or text."""

    role = "TD"


class DataTable(Table):
    """A table whose `repeatRows` first rows are its head, repeated on every page.

    A row is split over two pages only where it would not fit on one.
    """

    role = "Table"

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return width and height in points, and decide whether rows may be split."""
        size: tuple[float, float] = super().wrap(width, height)
        # rows below the page's end are not measured yet; their turn comes when the rest of the table is wrapped
        self.splitInRow = int(any(high is not None and high > TALLEST_ROW for high in self._rowHeights))
        return size


def title(text: str) -> Title:
    """Return the document's title."""
    return Title(fonts.markup(text), styles()["name"])


def heading(text: str) -> Heading:
    """Return a heading; `room` before it keeps it with what follows."""
    return Heading(fonts.markup(text), styles()["heading"])


def prose(text: str, style: str = "text", *, lead: str = "") -> Prose:
    """Return a paragraph; `lead` is set in bold before the text."""
    bold = f"<b>{fonts.markup(lead)}</b> " if lead else ""
    return Prose(bold + fonts.markup(text), styles()[style])


def cell(text: str, style: str, *, head: bool = False, bold: bool = False) -> Paragraph:
    """Return a cell; a line feed begins a new line. `head`: it names its column or row."""
    marked = "<br/>".join(fonts.markup(line) for line in text.split("\n"))
    return (HeadCell if head else DataCell)(f"<b>{marked}</b>" if bold else marked, styles()[style])


def data_table(rows: list[list[Any]], widths: Sequence[float], rules: list[Any]) -> DataTable:
    """Return a table of cells whose first row is its head; `rules` are reportlab's, after the common ones."""
    made = DataTable(rows, colWidths=list(widths), repeatRows=1, hAlign="LEFT")
    made.setStyle([*_RULES, *rules])
    return made


_RULES: list[Any] = [
    ("FONT", (0, 0), (-1, -1), fonts.REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
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
    total = sum(shares)
    cells: list[list[Any]] = [
        [cell(text, "head-right" if n in right else "head", head=True) for n, text in enumerate(head)]
    ]
    for row in rows:
        cells.append(
            [
                cell(text, "cell-right" if n in right else "cell", head=n == 0, bold=n in bold)
                for n, text in enumerate(row)
            ]
        )
    rules: list[Any] = [("RIGHTPADDING", (-1, 0), (-1, -1), 0)]
    rules += [("LEFTPADDING", (n, 0), (n, -1), 8) for n in apart]
    return data_table(cells, [WIDTH * share / total for share in shares], [*line_rules(), *rules])


class Figure(Flowable):
    """Something drawn. `alt` is the alternative text; `draw` of a subclass draws from the lower left corner."""

    role = "Figure"

    def __init__(self, alt: str, width: float, height: float) -> None:
        super().__init__()
        self.alt = alt
        self.width, self.height = width, height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The figure takes the size it was made with."""
        return self.width, self.height


def side_by_side(left: Sequence[Flowable], right: Sequence[Flowable], share: float) -> Table:
    """Return two blocks beside each other, `share` of the width for the left; layout only, not a table to a reader."""
    block = Table([[list(left), list(right)]], colWidths=[WIDTH * share, WIDTH * (1 - share)])
    flush: list[Any] = [("VALIGN", (1, 0), (1, 0), "BOTTOM"), ("RIGHTPADDING", (1, 0), (1, 0), 0)]
    block.setStyle([*_RULES, *flush])
    block.role = "Div"
    return block


def beside(left: Sequence[Flowable], right: Sequence[Flowable], share: float, between: float) -> Table:
    """Return two blocks beside each other from the same height, `between` points apart; layout only."""
    block = Table([[list(left), list(right)]], colWidths=[WIDTH * share + between, WIDTH * (1 - share) - between])
    block.setStyle([*_RULES, ("RIGHTPADDING", (0, 0), (0, 0), between), ("RIGHTPADDING", (1, 0), (1, 0), 0)])
    block.hAlign = "LEFT"
    block.role = "Div"
    return block


def receipt(rows: Sequence[tuple[str, str]], width: float, figures: float = 58.0) -> Table:
    """Return labels with their figures flush right, a hairline under each: a calculation to follow by hand."""
    cells: list[list[Any]] = [
        [cell(name, "small-2", head=True), cell(figure, "cell-right", bold=True)] for name, figure in rows
    ]
    made = Table(cells, colWidths=[width - figures, figures], hAlign="LEFT")
    flush: list[Any] = [("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("RIGHTPADDING", (1, 0), (1, -1), 0)]
    made.setStyle([*_RULES, *flush, ("LINEBELOW", (0, 0), (-1, -1), 0.5, colour("line"))])
    made.role = "Table"
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
