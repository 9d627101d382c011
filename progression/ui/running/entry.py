"""A row of *I gang*, painted: what runs, for whom, where, a bar of its days, and when it ends; and the head over them.

Where there is little room a row puts its columns below each other and the bar at its foot; nothing is cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.desk.interventions_page import InterventionsPage, RunningRow
from progression.ui import kit, theme
from progression.ui.kit.lines import WRAP, WRAP_RIGHT, laid
from progression.ui.kit.painted import PaintedButton
from progression.ui.running import rows as running_rows
from progression.words import Words

WIDE = 580  # px at 100 %: from here the columns stand side by side
PAIRS = 380  # px at 100 %: from here in two pairs
_SHARES = (0.26, 0.2, 0.2, 0.2, 0.14)  # intervention, citizen, place, bar, end
_BAR, _END = 3, 4
WIDTHS = 8  # measured and kept of each row
_APART = 8  # px between columns
_MARK = 2  # px
_GAP = 6  # px between the names of months
_FOOT = 18  # px at 100 % of the bar at the foot of a narrow row


@dataclass(frozen=True, slots=True)
class Told:
    """One cell: a line and one below it."""

    first: str
    second: str = ""
    kind: str = "dense"
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cell in its place: each line as it is painted, with its height."""

    left: int
    top: int
    room: int
    first: tuple[str, int]
    second: tuple[str, int]

    @property
    def high(self) -> int:
        return self.first[1] + self.second[1]


def _columns(width: int) -> list[tuple[int, int]]:
    """(left, room) of the five columns; the last ends where the rules do."""
    found, left = [], 0
    for share in _SHARES:
        room = int(width * share)
        found.append((left, room - _APART))
        left += room
    found[_END] = (found[_END][0], width - found[_END][0])
    return found


class RunningEntry(PaintedButton):
    """One intervention as a row: five columns, or two pairs below each other, or one column of lines."""

    def __init__(self, w: Words, page: InterventionsPage, row: RunningRow) -> None:
        super().__init__()
        self.row, self.page = row, page
        first, second = running_rows.ends(w, row, page.today)
        soon = bool(second)
        one = row.intervention
        self.cells = (
            Told(running_rows.title(w, page, row), running_rows.below_title(w, row), "name"),
            Told(running_rows.who(w, row), "", "body"),
            Told(one.provider or one.external, one.contact),
            Told(first, second, "name" if soon else "dense", "text" if soon else "text-2"),
        )
        self.flagged = bool(row.flag)
        self._chosen = False
        self.setAccessibleName(running_rows.spoken(w, page, row))
        self._measured: dict[tuple[int, int], list[_Laid]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def mark(self, chosen: bool) -> None:
        """Whether the panel beside the page is about this row."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    # sizes

    def _places(self, width: int) -> list[tuple[int, int]]:
        """(left, room) of the four cells: in columns, in two pairs below each other, or all below each other."""
        look = theme.current()
        taken = look.px(20) if self.flagged else 0
        if width >= look.px(WIDE):
            columns = _columns(width)
            places = [columns[0], columns[1], columns[2], columns[_END]]
        elif width >= look.px(PAIRS):
            left, right = (0, int(width * 0.58) - _APART), (int(width * 0.6), width - int(width * 0.6))
            places = [left, left, right, right]
        else:
            places = [(0, width)] * 4
        return [(left, max(40, room - (taken if n == 0 else 0))) for n, (left, room) in enumerate(places)]

    def _measure(self, width: int) -> list[_Laid]:
        """The cells in their places; measured once for a width and a text size."""
        key = (width, theme.current().percent)
        if key not in self._measured:
            if len(self._measured) >= WIDTHS:
                self._measured.clear()
            self._measured[key] = self._lay(width)
        return self._measured[key]

    def _lay(self, width: int) -> list[_Laid]:
        places, cells = self._places(width), list(self.cells)
        if width < theme.current().px(WIDE):  # place and contact on one line
            place = cells[2]
            cells[2] = Told(" · ".join(part for part in (place.first, place.second) if part))
        lines = [
            (laid(cell.first, cell.kind, room), laid(cell.second, "small", room))
            for cell, (_left, room) in zip(cells, places, strict=True)
        ]
        tops = self._tops(width, [first[1] + second[1] for first, second in lines])
        return [
            _Laid(left, top, room, first, second)
            for (left, room), top, (first, second) in zip(places, tops, lines, strict=True)
        ]

    def _tops(self, width: int, highs: list[int]) -> list[int]:
        look = theme.current()
        if width >= look.px(WIDE):
            return [0, 0, 0, 0]
        if width >= look.px(PAIRS):
            return [0, highs[0], highs[3], 0]
        return [sum(highs[:index]) for index in range(4)]

    def high(self, width: int) -> int:
        """The height the row needs at a width."""
        look = theme.current()
        foot = 0 if width >= look.px(WIDE) else look.px(_FOOT)
        return max(look.px(36), max(cell.top + cell.high for cell in self._measure(width)) + 8 + foot)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.high(width)

    def sizeHint(self) -> QSize:
        return QSize(300, self.high(max(300, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme.current().px(36))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self.tint(painter)
        if self._chosen:
            painter.fillRect(self.rect(), look.colour("accent-tint"))
            for top in (0, self.height() - _MARK):  # colour never speaks alone
                painter.fillRect(QRect(0, top, self.width(), _MARK), look.colour("accent"))
        painter.setPen(look.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        wide = self.width() >= look.px(WIDE)
        for index, cell in enumerate(self._measure(self.width())):
            top = (self.height() - cell.high) // 2 if wide else cell.top + 4
            self._cell(painter, index, cell, top)
        if wide:
            left, room = _columns(self.width())[_BAR]
            paint_bar(painter, look, self.row, self.page.today, QRectF(left, 0, room, self.height()))
        else:
            foot = look.px(_FOOT)
            box = QRectF(0, self.height() - foot - 1, self.width() - 1, foot)
            paint_bar(painter, look, self.row, self.page.today, box)
        painter.end()

    def _cell(self, painter: QPainter, index: int, laid_out: _Laid, top: int) -> None:
        look, cell = theme.current(), self.cells[index]
        pairs, wide = (self.width() >= look.px(least) for least in (PAIRS, WIDE))
        right = (index == 3 and pairs) or (index == 2 and pairs and not wide)
        flags = WRAP_RIGHT if right else WRAP
        for kind, tone, (text, high) in (
            (cell.kind, cell.tone, laid_out.first),
            ("small", "text-2", laid_out.second),
        ):
            painter.setFont(look.font(kind))
            painter.setPen(look.colour(tone))
            painter.drawText(QRect(laid_out.left, top, laid_out.room, high), flags, text)
            top += high
        if index == 0 and self.flagged:
            top -= laid_out.high
            wide_at = min(laid_out.room, QFontMetrics(look.font(cell.kind)).horizontalAdvance(cell.first))
            size = look.px(14)
            place = QRect(laid_out.left + wide_at + 5, top + 3, size, size)
            painter.drawPixmap(place, kit.picture("flag", "text", 14))


def paint_bar(painter: QPainter, look: theme.Theme, row: RunningRow, today: date, box: QRectF) -> None:
    """Draw the days of one intervention: torn at the left where it began earlier, pointed where no end is known, and
    dashed where it has not begun; today as an upright line."""
    first, last = running_rows.window(today)

    def x(day: date) -> float:
        return box.left() + running_rows.across(day, today, box.width())

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    start, end = row.intervention.start, row.last
    left, right = x(start), x(end) if end is not None else box.right()
    high = look.px(11)
    bar = QRectF(left, box.center().y() - high / 2, max(3.0, right - left), high)
    pen = QPen(look.colour("bar-edge"), 1)
    if not row.begun:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(look.colour("bar") if row.begun else Qt.BrushStyle.NoBrush)
    painter.drawPath(_outline(bar, torn=start < first, arrow=end is None or end > last))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(look.colour("text"), 1))
    here = round(x(today))
    painter.drawLine(QPointF(here, box.top() + 2), QPointF(here, box.bottom() - 3))
    painter.restore()


def _outline(box: QRectF, *, torn: bool, arrow: bool) -> QPainterPath:
    path = QPainterPath()
    if not torn and not arrow:
        path.addRoundedRect(box, 2, 2)
        return path
    point = min(6.0, box.width() / 2) if arrow else 0.0
    edge = [box.topLeft(), QPointF(box.right() - point, box.top())]
    edge += [QPointF(box.right(), box.center().y())] if arrow else []
    edge += [QPointF(box.right() - point, box.bottom()), box.bottomLeft()]
    if torn:
        step = box.height() / 4
        edge += [QPointF(box.left() + (3 if n % 2 else 0), box.bottom() - n * step) for n in range(1, 4)]
    path.addPolygon(QPolygonF(edge))
    path.closeSubpath()
    return path


class Head(QWidget):
    """The names of the columns over the rows, and the months over the bars. Gone where the rows are one column."""

    def __init__(self, w: Words, today: date) -> None:
        super().__init__()
        self.names = (w.t("Intervention"), w.t("Citizen"), w.t("Place and contact"), "", w.t("Ends"))
        self.w, self.today = w, today
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = theme.current()
        if width < look.px(WIDE):
            return 1
        return max(high for _text, high in self._lines(width)) + look.px(12)

    def _lines(self, width: int) -> list[tuple[str, int]]:
        """Each name as it is painted, and how high."""
        places = zip(self.names, _columns(width), strict=True)
        return [laid(name, "small", room) for name, (_left, room) in places]

    def sizeHint(self) -> QSize:
        return QSize(200, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        if self.width() < look.px(WIDE):
            return
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-2"))
        for place, ((left, room), (name, high)) in enumerate(
            zip(_columns(self.width()), self._lines(self.width()), strict=True)
        ):
            flags = WRAP_RIGHT if place == _END else WRAP
            foot = self.height() - look.px(6)
            painter.drawText(QRect(left, foot - high, room, high), flags, name)
            if place == _BAR:
                line = max(look.line("small"), painter.fontMetrics().height())
                self._months(painter, QRect(left, foot - line, room, line))
        painter.end()

    def months(self, metrics: QFontMetrics, room: int) -> list[tuple[float, str]]:
        """How far along `room` px which months stand: every other where there is room, else every third or fourth."""
        placed: list[tuple[float, str]] = []
        for step in (2, 3, 4, 6):
            ticks = running_rows.month_ticks(self.w, self.today, step)
            placed = [(running_rows.across(day, self.today, room), text) for day, text in ticks]
            placed = [(x, text) for x, text in placed if x + metrics.horizontalAdvance(text) <= room]
            if all(x + metrics.horizontalAdvance(text) + _GAP <= after for (x, text), (after, _) in pairwise(placed)):
                break
        return placed

    def _months(self, painter: QPainter, box: QRect) -> None:
        for x, text in self.months(painter.fontMetrics(), box.width()):
            room = QRect(box.left() + round(x), box.top(), box.width(), box.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignTop), text)  # on the line of the names
