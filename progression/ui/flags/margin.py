"""The shapes of an attention point: its kind as a form, and its change on a bar with the measurement's uncertainty."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.ui import theme
from progression.ui.kit.accessible import graphic
from progression.ui.timeline.ink import Ink, marker_colors, marker_path
from progression.words import Words

EDGES: dict[str, str] = {"regression": "down", "progression": "up"}  # the others are neither good nor bad
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class Shape(QWidget):
    """▼ ▲ ▬ or the two raters' marks: the kind of an attention point. The word stands beside it."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        side = theme.current().px(20)
        self.setFixedSize(round(side * 1.3) if kind == "disagreement" else side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint_shape(p, self._kind, Ink(theme.current()), self.height())
        p.end()


def paint_shape(p: QPainter, kind: str, ink: Ink, side: float) -> None:
    """Draw the form of a kind in a square of this side (wider for the two raters' marks)."""
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(ink.color(EDGES.get(kind, "flat")))
    low, high, middle = side * 0.25, side * 0.75, side / 2
    if kind == "regression":
        p.drawPolygon(QPolygonF([QPointF(low - 1, low), QPointF(high + 1, low), QPointF(middle, high)]))
    elif kind == "progression":
        p.drawPolygon(QPolygonF([QPointF(low - 1, high), QPointF(high + 1, high), QPointF(middle, low)]))
    elif kind == "stagnation":
        p.drawRect(QRectF(low - 1, middle - side * 0.1, high - low + 2, side * 0.2))
    elif kind == "disagreement":
        for token, marker, x, filled in (
            ("cw", "circle", side * 0.35, True),
            ("ci", "diamond", side * 0.9, False),
        ):
            pen, brush = marker_colors(ink, token, filled)
            p.setPen(pen)
            p.setBrush(brush)
            p.drawPath(marker_path(marker, side * 0.24).translated(x, middle))  # type: ignore[arg-type]
    else:  # missing: an open ring
        p.setPen(QPen(ink.color("flat"), 2))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawEllipse(QPointF(middle, middle), side * 0.24, side * 0.24)


@graphic
class MarginBar(QWidget):
    """A change on a line with zero in the middle and what the measurement usually swings as a band round it."""

    def __init__(self, words: Words, change: float, margin: float, kind: str, decimals: int = 1) -> None:
        super().__init__()
        self._change, self._margin = change, margin
        self._token = EDGES.get(kind, "flat")
        self._figure = words.signed(change, decimals)
        self._words = words.t("usually swings ±{margin}", margin=words.number(margin, decimals))
        self.setAccessibleName(words.t("Change {change}, {uncertainty}", change=self._figure, uncertainty=self._words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, theme.current().px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, theme.current().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink = Ink(theme.current())
        s = ink.scale
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach = max(abs(self._change), self._margin, 1e-9) * 1.3
        y, half = 14.0 * s, self.width() / 2

        def x(value: float) -> float:
            return half + value / reach * (half - 4)

        band = QRectF(x(-self._margin), y - 7 * s, x(self._margin) - x(-self._margin), 14 * s)
        p.fillRect(band, ink.color("band"))
        p.setPen(ink.pen("band-edge"))
        p.drawRect(band)
        p.setPen(ink.pen("line-2"))
        p.drawLine(QPointF(2, y), QPointF(self.width() - 2, y))
        p.drawLine(QPointF(half, y - 8 * s), QPointF(half, y + 8 * s))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(ink.color(self._token))
        p.drawEllipse(QPointF(x(self._change), y), 4.5 * s, 4.5 * s)
        figure = ink.bold_metrics.horizontalAdvance(self._figure) + 4
        words = ink.metrics.horizontalAdvance(self._words) + 4
        at = min(max(x(self._change) - figure / 2, 0.0), self.width() - figure)
        p.setFont(ink.bold)
        p.setPen(ink.color("text"))
        p.drawText(QRectF(at, y + 10 * s, figure, 18 * s), CENTRE, self._figure)
        beside = half - words / 2
        if beside < at + figure + 4 and at < beside + words + 4:  # the two texts would meet: move to the free side
            beside = at + figure + 8 if self._change < 0 else at - words - 8
        p.setFont(ink.small)
        p.setPen(ink.color("text-3"))
        p.drawText(
            QRectF(min(max(beside, 0.0), self.width() - words), y + 10 * s, words, 18 * s),
            CENTRE,
            self._words,
        )
        p.end()
