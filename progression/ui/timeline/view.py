"""The timeline of one citizen: curve, band, caseworkers above, interventions and conversations below, on one axis.

A focusable widget. Left and right move the cursor from one day with something to read to the next, Home and End to the
first and last; the readout text goes out by `read` and, after a key, by `spoken`. Plus and minus show fewer and more
days, 0 the whole course, Shift with an arrow earlier and later ones. It draws a `charts.model.Chart` and
knows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from progression.charts.model import Chart
from progression.ui import theme
from progression.ui.kit.accessible import graphic
from progression.ui.timeline import window as timeline_window
from progression.ui.timeline.ink import Ink
from progression.ui.timeline.layout import STRETCH, Frame, frame, last_year, least_height, wanted_height
from progression.ui.timeline.strips import hit
from progression.ui.timeline.window import Days, cut, moved, zoomed
from progression.words import Words

if TYPE_CHECKING:
    from progression.ui.timeline.plot import Canvas

_REACH = 40  # pixels from a day within which the mouse reads it
_EDGE = 2  # round the drawing


@graphic
class Timeline(QWidget):
    """Shows a Chart. Signals: `read` the readout at the cursor ("" without one), `spoken` the same after a key was
    pressed, `bar_chosen` the key of a clicked bar, `days_shown` which days are in view: "all", "year" or "part"."""

    read = Signal(str)
    spoken = Signal(str)
    bar_chosen = Signal(str)
    days_shown = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._whole: Chart | None = None
        self._chart: Chart | None = None
        self._frame: Frame | None = None
        self._ink: Ink | None = None
        self._canvas: Canvas | None = None
        self._holding = False
        self._laid: tuple[Chart, Ink, QRect] | None = None  # what the canvas shows by now
        self._one_year = False
        self._part: Days | None = None  # the days chosen by keys, before everything else
        self._room: int | None = None
        self._cursor: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    # what is shown

    def show_chart(self, chart: Chart) -> None:
        """Show a chart, keeping the cursor's day where it is still there."""
        day = self.cursor_day()
        self._whole = chart
        self._choose_days(day)

    def show_last_year(self, only: bool) -> None:
        """Show the last year, or the whole course."""
        day = self.cursor_day()
        self._one_year, self._part = only, None
        self._choose_days(day)

    def zoom(self, steps: int) -> None:
        """Come so many steps closer to the cursor's day, further away when negative, and say which days are shown."""
        if self._chart is not None and self._whole is not None:
            factor = timeline_window.STEP**-steps
            self._show_part(zoomed(self._all(), self._days(), self.cursor_day() or self._chart.end, factor))

    def pan(self, steps: int) -> None:
        """Move to later days, to earlier ones when negative, and say which are shown."""
        if self._whole is not None:
            self._show_part(moved(self._all(), self._days(), steps))

    def show_all(self) -> None:
        """Show the whole course, and say so."""
        if self._whole is not None:
            self._show_part(self._all())

    def _all(self) -> Days:
        assert self._whole is not None
        return self._whole.start, self._whole.end

    def _days(self) -> Days:
        assert self._chart is not None
        return self._chart.start, self._chart.end

    def _show_part(self, days: Days) -> None:
        day, w = self.cursor_day(), self.words
        self._one_year, self._part = False, days if days != self._all() else None
        self._choose_days(day)
        self.days_shown.emit("part" if self._part else "all")
        told = w.t("{first} to {last}", first=w.date(days[0]), last=w.date(days[1])) if self._part else ""
        self.spoken.emit(told or w.t("Whole course"))

    def restyle(self) -> None:
        """Take over the theme and text size in force."""
        self._ink = None
        self._lay()
        self.updateGeometry()

    def chart(self) -> Chart | None:
        """The chart as shown (its days cut to the last year where that is chosen)."""
        return self._chart

    def whole(self) -> Chart | None:
        """The chart of the whole course, whichever days of it are shown."""
        return self._whole

    def layout_frame(self) -> Frame | None:
        """Where everything stands, in pixels of this widget's canvas; None before it was shown."""
        return self._frame

    def _choose_days(self, day: date | None) -> None:
        if self._whole is None:
            return
        if self._part is not None:
            first, last = (min(max(one, self._whole.start), self._whole.end) for one in self._part)
            self._chart = cut(self._whole, first, last, self.words) if first < last else self._whole
        else:
            self._chart = last_year(self._whole, self.words) if self._one_year else self._whole
        self.setAccessibleName(self._chart.title)
        self.setAccessibleDescription(self._chart.alt)
        days = [d for d, _text in self._chart.readouts]
        self._cursor = days.index(day) if day in days else self._latest(days)
        self._lay()
        self.updateGeometry()
        self._tell()

    def _latest(self, days: list[date]) -> int | None:
        """Where the cursor stands at first: the last day somebody answered, else the last there is anything to read."""
        answered = {sample.day for series in self._chart.series for sample in series.samples} if self._chart else set()
        return max((n for n, day in enumerate(days) if day in answered), default=len(days) - 1 if days else None)

    # cursor

    def cursor_day(self) -> date | None:
        """The day the cursor stands on."""
        if self._chart is None or self._cursor is None:
            return None
        return self._chart.readouts[self._cursor][0]

    def readout(self) -> str:
        """What there is to read at the cursor, "" without one."""
        if self._chart is None or self._cursor is None:
            return ""
        return self._chart.readouts[self._cursor][1]

    def _move(self, index: int, aloud: bool) -> None:
        if self._chart is None or not self._chart.readouts:
            return
        index = min(max(index, 0), len(self._chart.readouts) - 1)
        if index != self._cursor or aloud:
            self._cursor = index
            self._tell()
            if aloud:
                self.spoken.emit(self.readout())

    def _tell(self) -> None:
        if self._canvas is not None:
            self._canvas.set_cursor(self.cursor_day())
        self.read.emit(self.readout())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._chart.readouts) if self._chart else 0
        at = self._cursor if self._cursor is not None else count - 1
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._keyed(event, shifted=held == Qt.KeyboardModifier.ShiftModifier, plain=not held):
            return
        to = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }.get(Qt.Key(event.key()))
        if to is None or not count or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self._move(to, aloud=True)

    def _keyed(self, event: QKeyEvent, *, shifted: bool, plain: bool) -> bool:
        """Other days, by a key; True when it was one of theirs."""
        if shifted and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.pan(1 if event.key() == Qt.Key.Key_Right else -1)
        elif (plain or shifted) and event.text() in ("+", "-"):  # plus stands behind Shift on some keyboards
            self.zoom(1 if event.text() == "+" else -1)
        elif plain and event.text() == "0":
            self.show_all()
        else:
            return False
        return True

    # drawing

    def set_room(self, height: int) -> None:
        """Say how much height there is on the page: the plot takes a little less or more than it would by itself."""
        if height != self._room:
            self._room = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._chart is None:
            return QSize(880, 440)
        line = theme.current().line("small")
        wanted = round(wanted_height(self._chart, line)) + 2 * _EDGE
        if self._room is not None:
            tallest = round(wanted + STRETCH * line / 16)
            wanted = min(max(self._room, self.minimumSizeHint().height()), tallest)
        return QSize(880, wanted)

    def minimumSizeHint(self) -> QSize:
        line = theme.current().line("small")
        return QSize(320, round(least_height(self._chart, line)) + 2 * _EDGE if self._chart else 240)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._canvas is None:
            from progression.ui.timeline.plot import Canvas  # costs 0.7 s, so not before someone looks

            self._canvas = Canvas(self)
            self._canvas.viewport().installEventFilter(self)
            self._canvas.setAccessibleName(self.accessibleName() or self.words.t("Timeline"))
            self._canvas.show()
            self._canvas.lower()
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Draw once, at the end: what is filled meanwhile changes its size and its chart several times."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
            self._lay()

    def _lay(self) -> None:
        if self._canvas is None or self._chart is None or self._holding:
            return
        if self._ink is None:
            self._ink = Ink(theme.current(), self.devicePixelRatioF())
        box = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        if self._laid is not None:
            chart, ink, where = self._laid
            if chart is self._chart and ink is self._ink and where == box:  # shown, resized, filled: drawn once
                self._canvas.set_cursor(self.cursor_day())
                return
        self._laid = (self._chart, self._ink, box)
        self._canvas.setGeometry(box)
        self._canvas.setAccessibleName(self.accessibleName())
        self._frame = frame(
            self._chart, box.width(), box.height(), self._ink.line, self._ink.bold_metrics.horizontalAdvance
        )
        self._canvas.lay(self._chart, self._frame, self._ink, self.cursor_day())

    # mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self._under(event.pos())
            if found:
                QToolTip.showText(event.globalPos(), found[0], self)
            else:
                QToolTip.hideText()
            return True
        if isinstance(event, QMouseEvent):
            place = event.position()
            if event.type() == QEvent.Type.MouseMove:
                self._hover(place)
            elif event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                found = self._under(place.toPoint())
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                if found and found[1]:
                    self.bar_chosen.emit(found[1])
        return super().eventFilter(watched, event)

    def _hover(self, place: QPointF) -> None:
        if self._chart is None or self._frame is None or not self._frame.top <= place.y() <= self._frame.bottom:
            return
        at = self._frame
        near = [(abs(at.x(day) - place.x()), n) for n, (day, _text) in enumerate(self._chart.readouts)]
        best = min(near, default=None)
        if best and best[0] <= _REACH:
            self._move(best[1], aloud=False)

    def _under(self, place: QPoint) -> tuple[str, str] | None:
        if self._chart is None or self._frame is None:
            return None
        found = hit(self._chart, self._frame, place.x(), place.y())
        return (found.text, found.key) if found else None
