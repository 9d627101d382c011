"""Rows of *Team* in quiet columns under their heads; where a window or the text leaves too little, two lines each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.ui import theme
from progression.ui.kit.items import Entry

GAP = 16  # px between two columns
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
TOP, WRAP = Qt.AlignmentFlag.AlignTop, Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Column:
    """`least`: px at 100 % it needs; what is left over is shared by it. `figures`: flush right, as figures stand."""

    head: str
    least: int
    figures: bool = False

    @property
    def flags(self) -> int:
        """How its text is painted."""
        return int(WRAP) | int(RIGHT if self.figures else LEFT) | int(TOP)


Columns = tuple[Column, ...]


def places(columns: Columns, width: int) -> tuple[tuple[int, int], ...]:
    """Return (left, width) in px of each column in a row of `width` px; () where they do not fit beside each other."""
    px, gaps = theme.current().px, GAP * (len(columns) - 1)
    least = [px(one.least) for one in columns]
    spare = width - sum(least) - gaps
    if spare < 0:
        return ()
    made, left = [], 0
    for one in least:
        wide = one + spare * one // sum(least)
        made.append((left, wide))
        left += wide + GAP
    return tuple(made)


class TableHead(QWidget):
    """The heads of a table. It goes where its rows are two lines each."""

    def __init__(self, columns: Columns) -> None:
        super().__init__()
        self.columns = columns
        self.setAccessibleName(", ".join(one.head for one in columns))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        found = places(self.columns, width)
        return _highest("small", [one.head for one in self.columns], found) + 13 if found else 1

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(max(self.width(), 80)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-2"))
        for (left, wide), one in zip(places(self.columns, self.width()), self.columns, strict=False):
            room = QRect(left, 0, wide, self.height() - 7)
            painter.drawText(room, one.flags & ~int(TOP) | int(Qt.AlignmentFlag.AlignBottom), one.head)
        painter.setPen(look.colour("line-2"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class TableRow(Entry):
    """One row: a cell for each column, the first of them its name. What is spoken, and said where the columns do not
    fit, is `title` and `below`."""

    def __init__(self, columns: Columns, cells: Sequence[str], title: str, below: str) -> None:
        self.columns, self.cells = columns, tuple(cells)
        super().__init__(title, below)

    def heightForWidth(self, width: int) -> int:
        found = places(self.columns, width)
        if not found:
            return super().heightForWidth(width)
        return max(_highest("name", self.cells[:1], found), _highest("dense", self.cells[1:], found[1:])) + 17

    def paintEvent(self, event: QPaintEvent) -> None:
        found = places(self.columns, self.width())
        if not found:
            super().paintEvent(event)
            return
        look, painter = theme.current(), QPainter(self)
        self.tint(painter)
        for place, ((left, wide), column, cell) in enumerate(zip(found, self.columns, self.cells, strict=True)):
            painter.setFont(look.font("dense" if place else "name"))
            painter.setPen(look.colour("text-2" if place else "text"))
            painter.drawText(QRect(left, 8, wide, self.height()), column.flags, cell)
        painter.setPen(look.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _highest(kind: str, texts: Sequence[str], found: Sequence[tuple[int, int]]) -> int:
    look = theme.current()
    metrics = QFontMetrics(look.font(kind))
    highs = [
        metrics.boundingRect(QRect(0, 0, wide, 2000), int(WRAP), text).height()
        for (_left, wide), text in zip(found, texts, strict=False)
    ]
    return max([look.line(kind), *highs])
