"""Every indicator as a small chart under the timeline: steps as steps, both raters, the last answer as a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.charts.layout import nudge, spread
from progression.charts.model import Multiple, Series
from progression.ui import theme
from progression.ui.kit import picture
from progression.ui.kit.accessible import graphic
from progression.ui.timeline.ink import Ink, marker_colors, marker_path

WIDE, HEAD, PLOT = 136, 20, 58  # px at 100 % text
_GAP_X, _GAP_Y = 8, 8  # six stand beside each other on a page of 1440 px
_FIGURES = 18.0  # at the right of the plot
_WIDEST = 240  # px at 100 % text: beyond it a course of a few answers is only stretched
_LOWEST, _SPAN = 51.5, 46.0  # where the lowest step lies, and how far the highest is above it: no marker is cut
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@graphic
class MultipleView(QWidget):
    """One indicator. A click chooses it for the timeline above (by keyboard: the list of what is shown)."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._multiple: Multiple | None = None
        self._ink: Ink | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_multiple(self, multiple: Multiple, ink: Ink) -> None:
        """Show an indicator."""
        self._multiple, self._ink = multiple, ink
        self.setAccessibleName(multiple.name)
        said = [multiple.alt, multiple.apart, multiple.locked]
        self.setAccessibleDescription(". ".join(text for text in said if text))
        self.setToolTip("\n".join(text for text in said if text))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._multiple is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._multiple.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._multiple is None or self._ink is None:
            return
        p = QPainter(self)
        try:
            paint_multiple(p, self._multiple, self._ink, self.width() / self._ink.scale)
        finally:
            p.end()


def paint_multiple(p: QPainter, multiple: Multiple, ink: Ink, wide: float = WIDE) -> None:
    """Draw one indicator at the origin, `wide` × (HEAD + PLOT) at 100 %."""
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    s = ink.scale
    _head(p, multiple, ink, wide * s)
    edge = wide - _FIGURES
    p.translate(0, HEAD * s)
    span = max((multiple.end - multiple.start).days, 1)
    room = max(multiple.maximum - multiple.minimum, 1e-9)

    def x(day: date) -> float:
        return (3.5 + (edge - 6) * (day - multiple.start).days / span) * s

    def y(value: float) -> float:
        return (_LOWEST - _SPAN * (value - multiple.minimum) / room) * s

    for shade in multiple.shades:
        low, high = max(x(shade.start), 2.0), min(x(shade.end), edge * s)
        p.fillRect(QRectF(low, 0, high - low, PLOT * s), ink.ground(shade.token))
        p.fillRect(QRectF(low, PLOT * s - 1, high - low, 1), ink.color(ink.solid(shade.token)))
    p.setPen(ink.pen("line"))
    for share in (0.0, 0.5, 1.0):
        line = int(y(multiple.minimum + share * room)) + 0.5
        p.drawLine(QPointF(2, line), QPointF(edge * s, line))
    # equal answers stand 5 px apart, so that neither line hides the other
    offsets = nudge(multiple.series, 5.0 / _SPAN * room)
    for series, offset in reversed(list(zip(multiple.series, offsets, strict=True))):
        _steps(p, series, [QPointF(x(a.day), y(a.value + offset)) for a in series.samples], ink)
    wanted = [y(a.samples[-1].value + o) for a, o in zip(multiple.series, offsets, strict=True)]
    _figures(p, multiple, wanted, ink, (edge + 6) * s)


def _head(p: QPainter, multiple: Multiple, ink: Ink, right: float) -> None:
    s = ink.scale
    if multiple.locked:
        right -= 16 * s
        p.drawPixmap(QPointF(right + 2 * s, 3 * s), picture("lock", "text-3", 14))
    if multiple.apart:
        right -= 20 * s
        for token, marker, at, filled in (("cw", "circle", 5, True), ("ci", "diamond", 13, False)):
            pen, brush = marker_colors(ink, token, filled)
            p.setPen(pen)
            p.setBrush(brush)
            p.drawPath(marker_path(marker, 4 * s).translated(right + at * s, 10 * s))  # type: ignore[arg-type]
    p.setFont(ink.medium)
    p.setPen(ink.color("text"))
    name = ink.metrics.elidedText(multiple.name, Qt.TextElideMode.ElideRight, right - 6 * s)
    p.drawText(QRectF(0, 0, right, HEAD * s), LEFT, name)


def _steps(p: QPainter, series: Series, points: Sequence[QPointF], ink: Ink) -> None:
    path = QPainterPath(points[0])
    for before, point in pairwise(points):
        path.lineTo(point.x(), before.y())
        path.lineTo(point)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(ink.pen(series.token, 1.75, [4.0, 3.0] if series.dash == "dashed" else series.dash))
    p.drawPath(path)
    pen, brush = marker_colors(ink, series.token, series.filled)
    p.setPen(pen)
    p.setBrush(brush)
    p.drawPath(marker_path(series.marker, 3.6 * ink.scale).translated(points[-1]))


def _figures(p: QPainter, multiple: Multiple, wanted: Sequence[float], ink: Ink, left: float) -> None:
    s = ink.scale
    places = spread(wanted, 12 * s, 6 * s, (PLOT - 6) * s)
    p.setFont(ink.hint)
    for series, place in zip(multiple.series, places, strict=True):
        p.setPen(ink.color(series.text_token))
        p.drawText(QRectF(left, place - 8 * s, 30 * s, 16 * s), LEFT, series.end_text)


class Multiples(QWidget):
    """All indicators in as few rows as fit, the rows equally full, and what the two lines are."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._views: list[MultipleView] = []
        self._legend = _Legend(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_multiples(self, multiples: Sequence[Multiple]) -> None:
        """Show these indicators, in their order."""
        ink = Ink(theme.current(), self.devicePixelRatioF())
        while len(self._views) < len(multiples):
            view = MultipleView(self)
            view.chosen.connect(self.chosen)
            self._views.append(view)
        for n, view in enumerate(self._views):
            view.setVisible(n < len(multiples))
            if n < len(multiples):
                view.show_multiple(multiples[n], ink)
        lines = {series.key: series for multiple in multiples for series in multiple.series}
        self._legend.show_series(list(lines.values()) if len(lines) > 1 else [], ink)
        self._legend.raise_()  # read after the indicators, as it stands after them
        self._arrange()
        self.updateGeometry()

    def _cells(self) -> list[QWidget]:
        shown: list[QWidget] = [view for view in self._views if not view.isHidden()]
        return [*shown, self._legend] if self._legend.lines() else shown

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = theme.current().px
        rows = -(-max(len(self._cells()), 1) // self._columns(width))
        return rows * (px(HEAD) + px(PLOT) + _GAP_Y) - _GAP_Y

    def sizeHint(self) -> QSize:
        width = max(self.width(), 320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(WIDE), theme.current().px(HEAD + PLOT))

    def _columns(self, width: int) -> int:
        fit = max(1, (width + _GAP_X) // (theme.current().px(WIDE) + _GAP_X))
        cells = max(len(self._cells()), 1)
        return -(-cells // -(-cells // fit))  # six and six, not nine and three

    def _wide(self, width: int, columns: int) -> int:
        """How wide a chart is where this many share the width, px."""
        px = theme.current().px
        return max(px(WIDE), min(px(_WIDEST), (width + _GAP_X) // columns - _GAP_X))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = theme.current().px
        columns = self._columns(self.width())
        wide = self._wide(self.width(), columns)
        for n, cell in enumerate(self._cells()):
            row, column = divmod(n, columns)
            cell.setGeometry(
                column * (wide + _GAP_X),
                row * (px(HEAD) + px(PLOT) + _GAP_Y),
                wide,
                px(HEAD) + px(PLOT),
            )


@graphic
class _Legend(QWidget):
    """Which line is whose, in the cell after the last indicator."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._series: list[Series] = []
        self._ink: Ink | None = None

    def lines(self) -> int:
        """How many lines there are to tell apart (0: the legend is not shown)."""
        return len(self._series)

    def show_series(self, series: list[Series], ink: Ink) -> None:
        """Say which line is whose."""
        self._series, self._ink = series, ink
        self.setVisible(bool(series))
        self.setAccessibleName(", ".join(one.label for one in series))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink = self._ink
        if ink is None:
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        s = ink.scale
        for n, series in enumerate(self._series):
            y = (HEAD + 16 + 18 * n) * s
            p.setPen(ink.pen(series.token, 1.75, [4.0, 3.0] if series.dash == "dashed" else series.dash))
            p.drawLine(QPointF(4 * s, y), QPointF(32 * s, y))
            pen, brush = marker_colors(ink, series.token, series.filled)
            p.setPen(pen)
            p.setBrush(brush)
            p.drawPath(marker_path(series.marker, 3.6 * s).translated(18 * s, y))
            p.setFont(ink.small)
            p.setPen(ink.color("text-2"))
            room = self.width() - 40 * s
            text = ink.metrics.elidedText(series.label, Qt.TextElideMode.ElideRight, room)
            p.drawText(QRectF(40 * s, y - 8 * s, room, 16 * s), LEFT, text)
        p.end()
