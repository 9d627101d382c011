"""The offer strategy drawn: a category a row, its interventions as bars over the weeks, its conversations as dots."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.charts.strategy import Row, Step, Strategy
from progression.ui import theme

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_GAP, _PAD = 14, 6
_ONE_BELOW_THE_OTHER = 620  # px at 100 %: narrower, the names stand above their bars


class StrategyPicture(QWidget):
    """Paints a `Strategy`; a screen reader gets its alternative text."""

    def __init__(self) -> None:
        super().__init__()
        self.value: Strategy | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_value(self, value: Strategy) -> None:
        """Draw another one."""
        self.value = value
        self.setAccessibleName(value.title)
        self.setAccessibleDescription(value.alt)
        self.updateGeometry()
        self.update()

    # sizes

    def _left(self, width: int) -> int:
        """Where the bars begin: right of the names, or under them where there is little room."""
        look = theme.current()
        return min(look.px(220), width // 3) if width >= look.px(_ONE_BELOW_THE_OTHER) else 0

    def _names(self, row: Row, width: int) -> tuple[int, int]:
        """Heights of a row's name and description."""
        look = theme.current()
        room = QRect(0, 0, max(60, (self._left(width) or width) - 16), 4000)
        name = QFontMetrics(look.font("name")).boundingRect(room, _WRAP, row.name).height()
        below = QFontMetrics(look.font("small")).boundingRect(room, _WRAP, row.description).height()
        return max(name, look.line("name")), below if row.description else 0

    def _label(self, step: Step, width: int) -> tuple[float, int]:
        """Where a bar's words begin and how much room they have: in the bar where they fit, else to its right where
        there is more room than in it."""
        assert self.value is not None
        left = self._left(width)
        share = 1.0 if step.until is None else min(step.until, self.value.weeks) / self.value.weeks
        end = left + (width - left - 2) * share
        inside, beyond = int(end - left) - 14, int(width - end) - 12
        wide = QFontMetrics(theme.current().font("small")).horizontalAdvance(step.label)
        if wide <= inside or inside >= beyond:
            return left + 8.0, max(60, inside)
        return end + 8.0, max(60, beyond)

    def _step(self, step: Step, width: int) -> int:
        """The height of a bar: its words stand on as many lines as they need."""
        look = theme.current()
        room = QRect(0, 0, self._label(step, width)[1], 4000)
        return max(look.px(22), QFontMetrics(look.font("small")).boundingRect(room, _WRAP, step.label).height() + 6)

    def _bars(self, row: Row, width: int) -> int:
        look = theme.current()
        high = sum(self._step(step, width) + 4 for step in row.steps)
        if row.rhythm:
            room = QRect(0, 0, max(80, width - self._left(width) - 8), 4000)
            high += look.px(16) + QFontMetrics(look.font("small")).boundingRect(room, _WRAP, row.rhythm).height()
        return high

    def _row(self, row: Row, width: int) -> int:
        names = sum(self._names(row, width))
        bars = self._bars(row, width)
        return (max(names, bars) if self._left(width) else names + 4 + bars) + 2 * _PAD + _GAP

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self.value is None:
            return 40
        return theme.current().px(24) + sum(self._row(row, width) for row in self.value.rows) + 4

    def sizeHint(self) -> QSize:
        width = max(self.width(), 300)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.value is None:
            return
        look = theme.current()
        painter = QPainter(self)
        left, top = self._left(self.width()), look.px(24)
        self._axis(painter, look, left)
        for row in self.value.rows:
            high = self._row(row, self.width())
            painter.setPen(look.colour("line-2"))
            painter.drawLine(0, top, self.width(), top)
            self._one(painter, look, row, left, top + _PAD)
            top += high
        painter.end()

    def _x(self, week: float, left: int) -> float:
        assert self.value is not None
        return left + (self.width() - left - 2) * min(week, self.value.weeks) / self.value.weeks

    def _axis(self, painter: QPainter, look: theme.Theme, left: int) -> None:
        assert self.value is not None
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-2"))
        free = 0.0
        for week, text in self.value.ticks:
            wide = painter.fontMetrics().horizontalAdvance(text)
            x = min(self._x(week, left), self.width() - wide - 2)
            if x >= free:
                painter.drawText(QRectF(x, 0, wide + 2, look.px(22)), int(Qt.AlignmentFlag.AlignVCenter), text)
                free = x + wide + 10

    def _one(self, painter: QPainter, look: theme.Theme, row: Row, left: int, top: int) -> None:
        name, below = self._names(row, self.width())
        room = (left or self.width()) - 16
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("name"))
        painter.drawText(QRect(0, top, room, name), _WRAP, row.name)
        painter.setPen(look.colour("text-2"))
        painter.setFont(look.font("small"))
        painter.drawText(QRect(0, top + name, room, below), _WRAP, row.description)
        y = top if left else top + name + below + 4
        for step in row.steps:
            high = self._step(step, self.width())
            self._bar(painter, look, step, QRectF(left, y, self._x(step.until or 10**6, left) - left, high))
            y += high + 4
        if row.rhythm:
            self._talks(painter, look, row, left, y)

    def _bar(self, painter: QPainter, look: theme.Theme, step: Step, box: QRectF) -> None:
        pen = QPen(look.colour("bar-edge"), 1)
        if step.beside:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if step.beside else look.colour("bar"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.setFont(look.font("small"))
        left, room = self._label(step, self.width())
        painter.setPen(look.colour("text"))
        painter.drawText(QRectF(left, box.top() + 3, room, box.height() - 6), _WRAP, step.label)

    def _talks(self, painter: QPainter, look: theme.Theme, row: Row, left: int, y: int) -> None:
        middle = y + look.px(8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("text-2"))
        for week in row.talks:
            painter.drawEllipse(QPointF(min(self._x(week, left), self.width() - 5.0), middle), 3.5, 3.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(look.colour("text-2"))
        painter.setFont(look.font("small"))
        painter.drawText(QRect(left, y + look.px(16), self.width() - left - 8, 400), _WRAP, row.rhythm)
