"""Ink for the scoring sheet: text in a type style, the ring of an earlier answer, a box that can be chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from progression.ui import theme
from progression.ui.conversation.scoring_columns import strong

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def font(kind: str) -> QFont:
    """The font of a type style, or "small-strong" and "small-medium"."""
    look = theme.current()
    if kind in ("small-strong", "small-medium"):
        return strong(look, "small", "h3" if kind == "small-strong" else "name")
    return look.font(kind)


def fits(text: str, kind: str, width: int) -> bool:
    """Whether a text stands on one line of this width."""
    return QFontMetrics(font(kind)).horizontalAdvance(text) <= width


def text(painter: QPainter, rect: QRect, words: str, kind: str, token: str, flags: int = LEFT) -> QRect:
    """Write in a type style and the colour of a token; return the room it took."""
    painter.setFont(font(kind))
    painter.setPen(theme.current().colour(token))
    return painter.drawText(rect, flags, words)


def ring(painter: QPainter, middle: QPointF, token: str) -> None:
    """The mark of an earlier answer."""
    look = theme.current()
    radius = look.px(8) / 2
    painter.setPen(QPen(look.colour(token), 1.75))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, radius, radius)


def box(painter: QPainter, rect: QRect, chosen: bool, hover: bool) -> None:
    """A cell of its own: dark when chosen."""
    look = theme.current()
    painter.setPen(QPen(look.colour("text-2" if chosen else "line-2"), 1))
    painter.setBrush(look.colour("text-2" if chosen else "bg-3" if hover else "bg"))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
