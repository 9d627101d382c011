"""Where the two lines of a cell in the caseload's table stand, and how high they are."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from progression.ui import theme
from progression.ui.today.rows import Cell

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def kind_of(cell: Cell, name: str) -> str:
    """Return the kind of text a cell's first line is set in."""
    return "name" if cell.strong else "dense" if name in ("assessed", "phone") else "body"


def inner(box: QRect, cell: Cell, name: str) -> QRect:
    """Return where in its box a cell's lines stand."""
    look = theme.current()
    left = 16 if name == "who" else look.px(22) if name in ("standing", "flag") else 0
    return box.adjusted(left, 0, -12 if name == "assessed" else -8, 0)


def heights(cell: Cell, width: int, name: str) -> tuple[int, int]:
    """Return how high each of a cell's two lines is in so much room (px)."""
    look = theme.current()
    made = []
    for kind, text in ((kind_of(cell, name), cell.first), ("small", cell.second)):
        if not text:
            made.append(0)
            continue
        room, metrics = max(width, 24), QFontMetrics(look.font(kind))
        if "\n" not in text and metrics.horizontalAdvance(text) + 2 < room:  # one line, as nearly always
            made.append(look.line(kind))
            continue
        high = metrics.boundingRect(QRect(0, 0, room, 4000), WRAP, text).height()
        made.append(max(high, look.line(kind)))
    return made[0], made[1]
