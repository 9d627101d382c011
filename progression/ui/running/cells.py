"""Rows of *Indsatser* in columns of their own: who waits, who is exempt, providers, offers; and the heads over them.

A row is a painted button. Where the columns have no room beside each other they stand below each other and say what
their head said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.ui import theme
from progression.ui.kit.lines import WRAP, WRAP_RIGHT, laid
from progression.ui.kit.painted import PaintedButton
from progression.ui.timeline.ink import Ink

NARROW = 330  # px at 100 %: below this two or three columns stand below each other
WIDTHS = 8  # measured and kept of each row
_APART = 10  # px between columns
_EDGE = 5  # px over and under what is in a row, at least
_LEAST = 36  # px at 100 % of a row
_BAR = 60  # px at 100 %


@dataclass(frozen=True, slots=True)
class Cell:
    """Two lines of a column.

    `strong`: the first line is. `bar`: 0 to 1, drawn before the first line. `right`: a figure, at the right edge of its
    column. `said`: the first line as a screen reader says it, where it is a sign; it stands there too where the head of
    the column does not.
    """

    first: str
    second: str = ""
    strong: bool = False
    bar: float | None = None
    right: bool = False
    said: str = ""

    @property
    def text(self) -> str:
        """Both lines as they are said."""
        return ", ".join(part for part in (self.said or self.first, *self.second.splitlines()) if part)

    @property
    def kind(self) -> str:
        """The type style of the first line."""
        return "name" if self.strong else "dense"


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cell in its place: each line as it is painted, with its height; `indent` of the first."""

    left: int
    top: int
    room: int
    indent: int
    first: tuple[str, int]
    second: tuple[str, int]
    right: bool

    @property
    def bottom(self) -> int:
        return self.top + self.first[1] + self.second[1]


def columns(width: int, shares: Sequence[float]) -> list[tuple[int, int]]:
    """(left, room) of columns that share a width; the last ends where the row does."""
    found, left = [], 0
    for share in shares:
        room = int(width * share)
        found.append((left, max(40, room - _APART)))
        left += room
    found[-1] = (found[-1][0], max(40, width - found[-1][0]))
    return found


class SideEntry(PaintedButton):
    """A row of columns; `shares` of the width. Below `least` px at 100 % they stand below each other."""

    def __init__(self, cells: Sequence[Cell], shares: Sequence[float], least: int = NARROW) -> None:
        super().__init__()
        self.cells, self.shares, self._least = tuple(cells), tuple(shares), least
        self._measured: dict[tuple[int, int], list[_Laid]] = {}
        self.setAccessibleName(", ".join(cell.text for cell in cells if cell.text))
        _high_as_wide(self)

    def _places(self, width: int) -> list[_Laid]:
        """The cells in their places; measured once for a width, since a layout asks for the least and the real one in
        turn."""
        key = (width, theme.current().percent)
        if key not in self._measured:
            if len(self._measured) >= WIDTHS:
                self._measured.clear()
            beside = width >= theme.current().px(self._least)
            self._measured[key] = self._beside(width) if beside else self._below(width)
        return self._measured[key]

    def _beside(self, width: int) -> list[_Laid]:
        return [
            self._lay(cell, cell.first, left, 0, room, cell.right)
            for cell, (left, room) in zip(self.cells, columns(width, self.shares), strict=True)
        ]

    def _below(self, width: int) -> list[_Laid]:
        found: list[_Laid] = []
        for cell in self.cells:
            top = found[-1].bottom if found else 0
            found.append(self._lay(cell, cell.said or cell.first, 0, top, max(40, width - 4), False))
        return found

    @staticmethod
    def _lay(cell: Cell, first: str, left: int, top: int, room: int, right: bool) -> _Laid:
        indent = theme.current().px(_BAR) if cell.bar is not None else 0
        one, two = laid(first, cell.kind, max(30, room - indent)), laid(cell.second, "small", room)
        return _Laid(left, top, room, indent, one, two, right)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(theme.current().px(_LEAST), max(cell.bottom for cell in self._places(width)) + 2 * _EDGE + 1)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self.tint(painter)
        painter.setPen(look.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        places = self._places(self.width())
        above = (self.height() - 1 - max(place.bottom for place in places)) // 2
        for cell, at in zip(self.cells, places, strict=True):
            top = at.top + above
            if cell.bar is not None:
                self._bar(painter, look, cell.bar, QRectF(at.left, top, at.indent - 8, look.line("dense")))
            flags = WRAP_RIGHT if at.right else WRAP
            painter.setFont(look.font(cell.kind))
            painter.setPen(look.colour("text"))
            painter.drawText(QRect(at.left + at.indent, top, at.room - at.indent, at.first[1]), flags, at.first[0])
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("text-2"))
            painter.drawText(QRect(at.left, top + at.first[1], at.room, at.second[1]), flags, at.second[0])
        painter.end()

    def _bar(self, painter: QPainter, look: theme.Theme, part: float, box: QRectF) -> None:
        """How long, against the longest here: dotted as waiting is everywhere."""
        ink = Ink(look, self.devicePixelRatioF())
        high = look.px(11)
        left, top = round(box.left()) + 0.5, round(box.center().y() - high / 2) + 0.5
        bar = QRectF(left, top, max(4.0, box.width() * part), high)
        painter.fillRect(bar, ink.fill("wait", "dots"))
        painter.setPen(ink.pen("wait-solid"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)


class SideHead(QWidget):
    """The names of the columns of such rows, over them. Gone where the columns stand below each other. `right`: how
    many of the last hold figures."""

    def __init__(self, names: Sequence[str], shares: Sequence[float], least: int = NARROW, right: int = 0) -> None:
        super().__init__()
        self.names, self.shares, self._least, self._right = tuple(names), tuple(shares), least, right
        self.setAccessibleName(", ".join(self.names))
        _high_as_wide(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = theme.current()
        if width < look.px(self._least):
            return look.px(6)
        return max(high for _left, _room, (_text, high) in self._lines(width)) + look.px(12)

    def _lines(self, width: int) -> list[tuple[int, int, tuple[str, int]]]:
        """(left, room, text and height) of each name."""
        places = zip(self.names, columns(width, self.shares), strict=True)
        return [(left, room, laid(name, "small", room)) for name, (left, room) in places]

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.heightForWidth(max(self.width(), 40)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        if self.width() < look.px(self._least):
            return
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-2"))
        first_right = len(self.names) - self._right
        for place, (left, room, (text, high)) in enumerate(self._lines(self.width())):
            flags = WRAP_RIGHT if place >= first_right else WRAP
            painter.drawText(QRect(left, self.height() - high - look.px(6), room, high), flags, text)
        painter.end()


def _high_as_wide(widget: QWidget) -> None:
    """As high as the lines need at the width there is."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
