"""Tables whose rows, heads and cells a screen reader can walk through."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Table as PlainTable
from reportlab.platypus.tables import TableRenderCB

from .structure import Element, StructureError


class Table(PlainTable):
    """A reportlab table of `cell`s; its first `repeatRows` rows are its head.

    A cell may also be empty. On the pages a table goes on to, the repeated head is an
    artifact; a row cut in two by a page break stays one row. Spans are told. A table that only places things beside
    each other is reportlab's own: what stands in it is tagged by itself, in its order, row by row.
    """

    element: Element
    repeated = 0  # rows at the top that were read on an earlier page
    _room = 0.0  # the width it was measured for

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "renderCB": _TELLER})
        self.element = Element("Table")
        if "cellStyles" not in more:  # reportlab sets a cell's font even where it only holds flowables
            self.setStyle([("FONTNAME", (0, 0), (-1, -1), _font(self._cellvalues))])

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 reportlab's names
        """Return width and height in points; rows that are all measured are not measured again."""
        if self._room == availWidth and None not in self._rowHeights:
            return self._width, self._height
        size: tuple[float, float] = super().wrap(availWidth, availHeight)
        self._room = availWidth
        return size

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 reportlab's names
        """Return the parts, which are one table."""
        parts: list[Any] = super().split(availWidth, availHeight)
        for n, part in enumerate(parts):
            part.element = self.element
            part.repeated = self.repeated if n == 0 else self.repeatRows
        return parts


class _Teller(TableRenderCB):
    """Reportlab calls these as it draws a table."""

    def startTable(self, table: Any) -> None:
        table.row = None
        table.canv.enter(table.element)

    def endTable(self, table: Any) -> None:
        table.canv.leave()

    def startBG(self, table: Any) -> None:
        table.canv.open_artifact()

    def endBG(self, table: Any) -> None:
        table.canv.close()

    def startLines(self, table: Any) -> None:
        self.startBG(table)

    def endLines(self, table: Any) -> None:
        self.endBG(table)

    def startRow(self, table: Any, row: int) -> None:
        if row < table.repeated:
            table.canv.open_artifact(pagination=True)
            return
        begun = [found.parent for value in table._cellvalues[row] if (found := _cell(value)) and found.parent]
        table.continued = bool(begun)  # its first half was drawn on an earlier page
        table.row = begun[0] if begun else Element("TR")
        table.canv.enter(table.row)

    def endRow(self, table: Any) -> None:
        if table.row is None:
            table.canv.close()
        else:
            table.canv.leave()
            table.row = None

    def startCell(self, table: Any, row: int, column: int, value: Any, *_placed: Any) -> None:
        table.celled = False
        found = _cell(value)
        if table.row is None or (table.continued and found is None):
            return
        made = found or Element("TD")
        if made.parent is None:
            _describe(made, table, row, column)
        table.canv.enter(made)
        table.celled = True

    def endCell(self, table: Any) -> None:
        if table.celled:
            table.canv.leave()


_TELLER = _Teller()


def _font(rows: list[list[Any]]) -> str:
    """The font of the first text in a table."""
    return next((str(value.style.fontName) for row in rows for value in row if hasattr(value, "style")), "Helvetica")


def _cell(value: Any) -> Element | None:
    """The element of a cell, None of an empty one."""
    if not value:
        return None
    held = value[0] if isinstance(value, (list, tuple)) else value  # reportlab halves a cell into a list
    element: Element | None = getattr(held, "element", None)
    if element is None or element.tag not in ("TH", "TD"):
        raise StructureError("a table holds something that is no cell")
    return element


def _describe(cell: Element, table: Any, row: int, column: int) -> None:
    """Say what a head is the head of, and over how many rows and columns a cell goes."""
    told = {"Scope": "/Column" if row < table.repeatRows else "/Row"} if cell.tag == "TH" else {}
    if table._spanCmds:
        first_column, first_row, last_column, last_row = table._spanRanges[column, row] or (column, row, column, row)
        told |= {"ColSpan": str(last_column - first_column + 1)} if last_column > first_column else {}
        told |= {"RowSpan": str(last_row - first_row + 1)} if last_row > first_row else {}
    if told:
        cell.owner, cell.attributes = "Table", told
