"""What a picture of *Team* is painted on: a list of what to paint at a width, and where each part is.

Made once for a width; so the same places answer the mouse and the cursor.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from progression.charts.bars import Dot
from progression.ui.timeline.ink import Ink, marker_colors, marker_path

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
NARROW = 500  # px at 100 %: below it the names stand above their rows
GAP = 8


class Drawing:
    """What to paint at a width. `texts`: what the words cover; `boxes`: where each bar's parts are, for the cursor."""

    def __init__(self, ink: Ink, width: float) -> None:
        self.ink, self.width, self.height = ink, width, 0.0
        self.texts: list[tuple[QRectF, str]] = []
        self.boxes: dict[tuple[int, int], QRectF] = {}
        self.areas: dict[tuple[int, int], QRectF] = {}  # where the mouse is at it: more than the part, where it is thin
        self._acts: list[Callable[[QPainter], None]] = []

    def paint(self, p: QPainter) -> None:
        """From back to front."""
        for act in self._acts:
            act(p)

    def box(self, bar: int, part: int) -> QRectF:
        """Where a part is."""
        return self.boxes[bar, part]

    def under(self, place: QPointF) -> tuple[int, int] | None:
        """Which part a point is at."""
        for boxes in (self.boxes, self.areas):
            found = next((key for key, box in boxes.items() if box.contains(place)), None)
            if found is not None:
                return found
        return None

    # what a picture is made of

    def act(self, paint: Callable[[QPainter], None]) -> None:
        """Something painted in front of all before it."""
        self._acts.append(paint)

    def px(self, size: float) -> float:
        """Grown with the text."""
        return size * self.ink.scale

    def wide(self, text: str, font: QFont | None = None) -> float:
        """The width of a text."""
        return QFontMetricsF(font or self.ink.small).horizontalAdvance(text)

    def high(self, text: str, width: float) -> float:
        """The height of a text that wraps at a width."""
        found = QFontMetricsF(self.ink.small).boundingRect(QRectF(0, 0, max(width, 30), 4000), WRAP, text)
        return max(found.height(), self.ink.line)

    def line(self, x1: float, y1: float, x2: float, y2: float, token: str = "line") -> None:
        """A line on whole pixels, so that a thin one is as dark as it should be."""
        first, last = (QPointF(floor(x) + 0.5, floor(y) + 0.5) for x, y in ((x1, y1), (x2, y2)))

        def act(p: QPainter) -> None:
            p.setPen(self.ink.pen(token))
            p.drawLine(first, last)

        self._acts.append(act)

    def write(
        self, box: QRectF, text: str, token: str = "text-2", *, font: QFont | None = None, right: bool = False,
        centre: bool = False, wrap: bool = False,
    ) -> None:  # fmt: skip
        """A text in a box, in the middle of its height."""
        if not text:
            return
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        flags = (
            WRAP if wrap else int((Qt.AlignmentFlag.AlignHCenter if centre else side) | Qt.AlignmentFlag.AlignVCenter)
        )

        def act(p: QPainter) -> None:
            p.setFont(font or self.ink.small)
            p.setPen(self.ink.color(token))
            p.drawText(box, flags, text)

        self.texts.append((QFontMetricsF(font or self.ink.small).boundingRect(box, flags, text), text))
        self._acts.append(act)

    def fill(self, box: QRectF, token: str, edge: str = "", pattern: str = "none") -> None:
        """A box with an edge of its own, so that neither colour nor pattern speaks alone."""
        crisp = QRectF(QPointF(floor(box.left()) + 0.5, floor(box.top()) + 0.5), box.size())

        def act(p: QPainter) -> None:
            p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            p.setPen(self.ink.pen(edge) if edge else Qt.PenStyle.NoPen)
            p.setBrush(self.ink.fill(token, pattern))  # type: ignore[arg-type]
            p.drawRect(crisp if edge else box)
            p.setRenderHint(QPainter.RenderHint.Antialiasing)

        self._acts.append(act)

    def dot(self, row: Dot, x: float, y: float) -> None:
        """A mark: filled within the norm, open outside it."""

        def act(p: QPainter) -> None:
            pen, brush = marker_colors(self.ink, row.token, row.filled)
            p.setPen(pen)
            p.setBrush(brush)
            p.drawPath(marker_path(row.marker, self.px(5.5)).translated(x, y))

        self._acts.append(act)
