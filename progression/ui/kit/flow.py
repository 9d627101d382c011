"""Layouts that begin a new line where there is no more room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class Flow(QLayout):
    """Chips above a table."""

    def __init__(self, spacing: int = 8, lines: int | None = None) -> None:
        """`lines`: the space between two lines, where it is another than between two on a line."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self._between = spacing if lines is None else lines
        self._heights: dict[int, int] = {}  # by width; layouts around ask hundreds of times for one picture
        self._hint: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        """What stands in it, or the room something asks for, is another."""
        self._heights, self._hint = {}, None
        super().invalidate()

    def spacing(self) -> int:
        return self._gap

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights, self._hint = {}, None
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        if self._hint is None:
            hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
            wide = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
            self._hint = QSize(wide, max((hint.height() for hint in hints), default=0))
        return QSize(self._hint)

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if hint.width() > rect.width() and item.hasHeightForWidth():
                hint = QSize(rect.width(), item.heightForWidth(rect.width()))
            elif hint.width() > rect.width():  # what may be shortened is
                hint.setWidth(max(rect.width(), item.minimumSize().width()))
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._between, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            line = max(line, hint.height())
        return y + line - rect.y()


class Segments(Flow):
    """Parts joined to one piece where a line holds them all; else apart from each other on as many lines as it takes.
    `joined(bool)` is told which, whenever they are placed."""

    def __init__(self, joined: Callable[[bool], None], apart: int = 6) -> None:
        super().__init__(0)
        self._joined, self._apart, self._between = joined, apart, apart

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        one = sum(item.sizeHint().width() for item in self._items if not item.isEmpty()) <= rect.width()
        self._gap = 0 if one else self._apart
        if move:
            self._joined(one)
        high = super()._arrange(rect, move=move)
        self._gap = 0  # asked for all on one line, they are joined
        return high


class Split(Flow):
    """Two widgets on one line, the second at the right edge; where there is no room for both, one below the other."""

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        shown = [item for item in self._items if not item.isEmpty()]
        hints = [item.sizeHint() for item in shown]
        if len(shown) != 2 or hints[0].width() + self._gap + hints[1].width() > rect.width():
            return self._stacked(rect, shown, move=move)
        if shown[0].hasHeightForWidth():  # a sentence takes the room beside the second before it breaks
            room = rect.width() - self._gap - hints[1].width()
            hints[0] = QSize(room, shown[0].heightForWidth(room))
        high = max(hint.height() for hint in hints)
        if move:
            for item, hint, x in zip(shown, hints, (rect.x(), rect.right() + 1 - hints[1].width()), strict=True):
                item.setGeometry(QRect(QPoint(x, rect.y() + (high - hint.height()) // 2), hint))
        return high

    def _stacked(self, rect: QRect, shown: list[QLayoutItem], *, move: bool) -> int:
        y = rect.y()
        for item in shown:
            width = min(item.sizeHint().width(), rect.width())
            high = item.heightForWidth(rect.width()) if item.hasHeightForWidth() else item.sizeHint().height()
            if item.hasHeightForWidth():
                width = rect.width()
            if move:
                item.setGeometry(QRect(rect.x(), y, width, high))
            y += high + self._gap
        return max(0, y - self._gap - rect.y())


class Even(Flow):
    """Buttons that share a line evenly; where one needs more than its share, as many to a line as all have room in."""

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        shown = [item for item in self._items if not item.isEmpty()]
        if not shown:
            return 0
        wide = max(item.sizeHint().width() for item in shown)
        fit = (rect.width() + self._gap) // (wide + self._gap)
        if self.sizeHint().width() <= rect.width():
            fit = len(shown)  # a long word takes of what the short ones have over
        lines = -(-len(shown) // max(1, min(len(shown), fit)))
        many = -(-len(shown) // lines)  # two and two, not three and a wide one
        high = max(item.sizeHint().height() for item in shown)
        for row, at in enumerate(range(0, len(shown), many)):
            if move:
                place = QRect(rect.x(), rect.y() + row * (high + self._gap), rect.width(), high)
                self._share(shown[at : at + many], place, wide)
        return lines * (high + self._gap) - self._gap

    def _share(self, line: list[QLayoutItem], rect: QRect, wide: int) -> None:
        share = (rect.width() - self._gap * (len(line) - 1)) // len(line)
        hints = [item.sizeHint().width() for item in line]
        over = (rect.width() - self._gap * (len(line) - 1) - sum(hints)) // len(line)
        x = rect.x()
        for item, hint in zip(line, hints, strict=True):
            width = share if wide <= share else max(hint + over, item.minimumSize().width())
            item.setGeometry(QRect(x, rect.y(), width, rect.height()))
            x += width + self._gap


class Bar(Flow):
    """A page's head: the first `lead` widgets to the left, the others at the right edge; where one line is too short
    they all go on with the next, so that no line is left to a title alone. What shares a line stands on its middle."""

    def __init__(self, lead: int, spacing: int = 8) -> None:
        super().__init__(spacing)
        self._lead = lead

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y, led = rect.y(), set(map(id, self._items[: self._lead]))
        lines = self._lines(rect.width())
        for line in lines:
            high = max(hint.height() for _item, hint in line)
            rest = [hint.width() for item, hint in line if id(item) not in led]
            right = rect.right() + 1 - sum(rest) - self._gap * max(0, len(rest) - 1)
            x = rect.x()
            for item, hint in line:
                if len(lines) == 1 and id(item) not in led:
                    x, right = right, right + hint.width() + self._gap
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (high - hint.height()) // 2), hint))
                x += hint.width() + self._gap
            y += high + self._gap
        return max(0, y - self._gap - rect.y())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        taken = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if hint.width() > width and item.hasHeightForWidth():
                hint = QSize(width, item.heightForWidth(width))
            if not lines or taken + hint.width() > width:
                lines.append([])
                taken = 0
            lines[-1].append((item, hint))
            taken += hint.width() + self._gap
        return lines
