"""Draws the pictures of *Team*: stacked bars, upright or lying, dots against a norm, and intervals beside combinations;
the same descriptions the PDF draws.

Each is one tab stop. Arrows move a cursor from part to part, Home and End go to the ends, Enter opens the list behind
the part. What the cursor (or the mouse) is at is `said`, shown in text below and read aloud.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.charts.bars import Bars, Dots, Stop, stops
from progression.ui import theme
from progression.ui.kit.accessible import graphic
from progression.ui.team import ink as team_ink
from progression.ui.team.ink import Drawing
from progression.ui.timeline.ink import Ink

if TYPE_CHECKING:
    from progression.charts.combinations import Intervals

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@graphic
class ChartView(QWidget):
    """One picture. `said(text)`: what the cursor or the mouse is at, "" when at nothing; `picked(key)`: a list asked
    for."""

    said = Signal(str)
    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.chart: Bars | Dots | Intervals | None = None
        self.at: tuple[int, int] | None = None
        self._stops: tuple[tuple[Stop, ...], ...] = ()
        self._drawing: Drawing | None = None
        self._heights: dict[int, int] = {}  # by width: layouts around ask again and again
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, chart: Bars | Dots | Intervals) -> None:
        """Draw another one; the cursor stays where it was, if that is still there."""
        self.chart = chart
        self._stops = stops(chart)
        self._forget()
        if self.at is not None and not self._is(self.at):
            self.at = None
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.alt)
        self.updateGeometry()
        self.update()

    def stop(self) -> Stop | None:
        """Where the cursor is, None when at nothing."""
        return self._stops[self.at[0]][self.at[1]] if self.at is not None and self._is(self.at) else None

    def _is(self, at: tuple[int, int]) -> bool:
        return 0 <= at[0] < len(self._stops) and 0 <= at[1] < len(self._stops[at[0]])

    # sizes

    def _laid(self) -> Drawing | None:
        if self.chart is None:
            return None
        if self._drawing is None or self._drawing.width != self.width():
            self._drawing = team_ink.drawing(self.chart, Ink(theme.current(), self.devicePixelRatioF()), self.width())
        return self._drawing

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self.chart is None:
            return 40
        if width not in self._heights:
            self._heights[width] = round(team_ink.drawing(self.chart, Ink(theme.current()), max(width, 120)).height)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme.current().px(320))
        return QSize(theme.current().px(320), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), self.heightForWidth(max(self.width(), theme.current().px(160))))

    def restyle(self) -> None:
        """Take over theme and text size."""
        self._forget()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._forget()
        super().changeEvent(event)

    def _forget(self) -> None:
        self._drawing, self._heights = None, {}

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        found = self._laid()
        if found is None:
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        found.paint(p)
        if self.at is not None and self._is(self.at) and self.hasFocus():
            p.setPen(QPen(theme.current().colour("accent"), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(found.box(*self.at).adjusted(-3, -3, 3, 3), 3, 3)
        p.end()

    # keys and mouse

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.at is None and self._stops and self._stops[0]:
            last = isinstance(self.chart, Bars) and self.chart.upright  # the latest month is what one asks first
            self.at = (len(self._stops) - 1 if last else 0, 0)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.said.emit("")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            found = self.stop()
            if found is not None and found.opens:
                self.picked.emit(found.opens)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._stops:
            self._go((0 if key == Qt.Key.Key_Home else len(self._stops) - 1, self.at[1] if self.at else 0))
        elif key in _STEPS and self._stops:
            self._step(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def _step(self, across: int, down: int) -> None:
        bar, part = self.at or (0, 0)
        if isinstance(self.chart, Bars) and self.chart.upright:
            self._go((bar + across, part - down))  # the first part stands lowest
        else:
            self._go((bar + down, part + across))

    def _go(self, at: tuple[int, int]) -> None:
        bar = min(max(at[0], 0), len(self._stops) - 1)
        part = min(max(at[1], 0), len(self._stops[bar]) - 1)
        self.at = (bar, part)
        self._tell()
        self.update()

    def _tell(self) -> None:
        found = self.stop()
        if found is None:
            return
        self.said.emit(found.text)
        self.setAccessibleDescription(f"{found.text}. {self.chart.alt}" if self.chart else found.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _under(self, place: QPointF) -> Stop | None:
        found = self._laid()
        at = found.under(place) if found is not None else None
        return self._stops[at[0]][at[1]] if at is not None and self._is(at) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        self.said.emit(found.text if found else "")
        opens = found is not None and bool(found.opens)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._go(found.place)
        if found.opens:
            self.picked.emit(found.opens)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.said.emit("")
