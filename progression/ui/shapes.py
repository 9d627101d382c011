"""Small painted shapes: where things stand, and the sparkline. Shapes are drawn, never letters of a font."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from progression.desk.pages import TodayRow
from progression.ui.theme import Theme

MONTHS_SHOWN = 24
DAYS_SHOWN = 731
_SHADES = {
    "passive": ("passive", "passive-solid", Qt.PenStyle.SolidLine),
    "waiting": ("wait", "wait-solid", Qt.PenStyle.DashLine),
    "exempt": ("exempt", "exempt-solid", Qt.PenStyle.DotLine),
}
_TONES = {"progression": "up", "regression": "down", "stagnation": "flat"}


def standing(painter: QPainter, look: Theme, kind: str, box: QRectF) -> None:
    """Draw the shape of a standing into a box: triangle up or down, bar, diamond, or two dots and a ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = look.colour(_TONES.get(kind, "text-3"))
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if kind == "progression":
        painter.drawPolygon(QPolygonF([QPointF(x, y + h), QPointF(x + w / 2, y), QPointF(x + w, y + h)]))
    elif kind == "regression":
        painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x + w / 2, y + h), QPointF(x + w, y)]))
    elif kind == "stagnation":
        painter.drawRect(QRectF(x, y + h * 0.36, w, h * 0.28))
    elif kind == "unclear":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawPolygon(
            QPolygonF(
                [QPointF(x + w / 2, y), QPointF(x + w, y + h / 2), QPointF(x + w / 2, y + h), QPointF(x, y + h / 2)]
            )
        )
    else:
        _dots(painter, colour, box)
    painter.restore()


def _dots(painter: QPainter, colour: QColor, box: QRectF) -> None:
    radius = box.width() / 7
    middle = box.center().y()
    for place in (0, 1):
        painter.drawEllipse(QPointF(box.x() + radius + place * 3 * radius, middle), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.2))
    painter.drawEllipse(QPointF(box.x() + 7 * radius, middle), radius, radius)


def sparkline(painter: QPainter, look: Theme, row: TodayRow, today: date, box: QRectF) -> None:
    """Draw the level of 24 months into a box: shading with a foot line for time without an active intervention, a
    hairline in the middle of the scale, the curve, and a dot at its end. The axis is the whole scale, for everyone."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    begin = today - timedelta(days=DAYS_SHOWN)

    def x(day: date) -> float:
        return box.left() + box.width() * max(0, (day - begin).days) / DAYS_SHOWN

    _shade(painter, look, row, today, box, x, begin)
    low, high = row.scale.minimum, row.scale.maximum

    def y(value: float) -> float:
        return box.bottom() - 5 - (box.height() - 8) * (value - low) / (high - low)

    painter.setPen(QPen(look.colour("line"), 1))
    middle = round(y((low + high) / 2)) + 0.5
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
    points = [QPointF(x(day), y(value)) for day, value in row.spark if day >= begin]
    if points:
        painter.setPen(QPen(look.colour("cw"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.drawPath(path)
        painter.setBrush(look.colour("cw"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(points[-1], 3.2, 3.2)
        if len(points) == 1 and points[0].x() > box.left() + 4:
            painter.drawEllipse(points[0], 3.2, 3.2)
    painter.restore()


def _shade(
    painter: QPainter, look: Theme, row: TodayRow, today: date, box: QRectF, x: Callable[[date], float], begin: date
) -> None:
    for phase in row.phases:
        shade = _SHADES.get(phase.state)
        end = min(phase.end or today, today)
        if shade is None or end < begin:
            continue
        left, right = x(phase.start), x(end)
        fill, solid, style = shade
        painter.fillRect(QRectF(left, box.top(), max(1.5, right - left), box.height()), look.colour(fill))
        painter.setPen(_foot(look, solid, style))
        painter.drawLine(QPointF(left, box.bottom() - 1.5), QPointF(max(right, left + 1.5), box.bottom() - 1.5))


def _foot(look: Theme, token: str, style: Qt.PenStyle) -> QPen:
    pen = QPen(look.colour(token), 3, style, Qt.PenCapStyle.FlatCap)
    if style != Qt.PenStyle.SolidLine:
        pen.setDashPattern([1.2, 0.8] if style == Qt.PenStyle.DashLine else [0.5, 0.5])
    return pen


def shade_sample(painter: QPainter, look: Theme, state: str, box: QRectF) -> None:
    """Draw a sample of a shading for the legend. `state`: "passive", "waiting" or "exempt"."""
    fill, solid, style = _SHADES[state]
    painter.fillRect(box, look.colour(fill))
    painter.setPen(_foot(look, solid, style))
    painter.drawLine(QPointF(box.left(), box.bottom() - 1.5), QPointF(box.right(), box.bottom() - 1.5))
