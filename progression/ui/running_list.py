"""*I gang*: a painted row for each intervention that runs, under the name of its BIP type, with a bar of its days.

Rows are buttons: Tab reaches them, Enter opens what can be done. Where there is little room a row puts its columns
below each other and leaves the bar out; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from progression.charts.phrases import BIP_TYPES
from progression.desk.interventions_page import InterventionsPage, RunningRow
from progression.ui import kit, running_rows, theme
from progression.ui.kit.painted import PaintedButton
from progression.words import Words

AT_MOST = 100  # rows of each kind in all; a municipality has thousands
AT_FIRST = 5  # rows of each kind before "Show all", where they do not all fit
OVER, OVER_KIND = 96, 44  # px at 100 % of what stands over the rows, and over each kind
STIR = 24  # px
WIDE = 580  # px at 100 %: from here the columns stand side by side
PAIRS = 380  # px at 100 %: from here in two pairs
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_RIGHT = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
_SHARES = (0.23, 0.2, 0.205, 0.225, 0.14)  # intervention, citizen, place, bar, end


@dataclass(frozen=True, slots=True)
class Told:
    """One cell: a line and one below it."""

    first: str
    second: str = ""
    kind: str = "dense"
    tone: str = "text"


def _columns(width: int) -> list[tuple[int, int]]:
    """(left, room) of the five columns."""
    found, left = [], 0
    for share in _SHARES:
        room = int(width * share)
        found.append((left, room - 8))
        left += room
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
        self.setAccessibleName(running_rows.spoken(w, page, row))
        self._measured: dict[tuple[int, int], tuple[list[int], list[tuple[int, int]]]] = {}
        # the list sets each row's height: asked by every layout pass, a hundred rows would take seconds
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # sizes

    def _places(self, width: int) -> list[tuple[int, int]]:
        """(left, room) of the four cells: in columns, in two pairs below each other, or all below each other."""
        look = theme.current()
        if width >= look.px(WIDE):
            columns = _columns(width)
            taken = look.px(20) if self.flagged else 0
            places = [columns[0], columns[1], columns[2], columns[4]]
            return [(left, max(40, room - (taken if n == 0 else 0))) for n, (left, room) in enumerate(places)]
        if width >= look.px(PAIRS):
            left, right = (0, int(width * 0.58) - 28), (int(width * 0.6), int(width * 0.4) - 8)
            return [left, left, right, right]
        return [(0, max(40, width - 28))] * 4

    def _measure(self, width: int) -> tuple[list[int], list[tuple[int, int]]]:
        """Where each cell begins, and the heights of its two lines; measured once for a width and a text size."""
        key = (width, theme.current().percent)
        if key not in self._measured:
            places = self._places(width)
            heights = [self._lines(cell, room) for cell, (_, room) in zip(self.cells, places, strict=True)]
            self._measured = {key: (self._tops(width, [sum(pair) for pair in heights]), heights)}
        return self._measured[key]

    def _tops(self, width: int, highs: list[int]) -> list[int]:
        look = theme.current()
        if width >= look.px(WIDE):
            return [0, 0, 0, 0]
        if width >= look.px(PAIRS):
            return [0, highs[0], highs[3], 0]
        return [sum(highs[:index]) for index in range(4)]

    @staticmethod
    def _lines(cell: Told, width: int) -> tuple[int, int]:
        look = theme.current()
        made = []
        for kind, text in ((cell.kind, cell.first), ("small", cell.second)):
            metrics = QFontMetrics(look.font(kind))
            room = QRect(0, 0, width, 2000)
            high = metrics.boundingRect(room, _WRAP, text).height() if text else 0
            made.append(max(high, look.line(kind)) if text else 0)
        return made[0], made[1]

    def high(self, width: int) -> int:
        """The height the row needs at a width."""
        tops, heights = self._measure(width)
        ends = [top + sum(pair) for top, pair in zip(tops, heights, strict=True)]
        return max(theme.current().px(36), max(ends) + 8)

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height())

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self.tint(painter)
        painter.setPen(look.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        width = self.width()
        wide = width >= look.px(WIDE)
        tops, heights = self._measure(width)
        for index, (left, room) in enumerate(self._places(width)):
            top = (self.height() - sum(heights[index])) // 2 if wide else tops[index] + 4
            self._cell(painter, index, QRect(left, top, room, 0), heights[index])
        if wide:
            left, room = _columns(width)[3]
            paint_bar(painter, look, self.row, self.page.today, QRectF(left, 0, room, self.height()))

    def _cell(self, painter: QPainter, index: int, place: QRect, heights: tuple[int, int]) -> None:
        look, cell = theme.current(), self.cells[index]
        (left, top, room), (first, second) = (place.left(), place.top(), place.width()), heights
        width = self.width()
        right = (index == 3 and width >= look.px(PAIRS)) or (index == 2 and look.px(PAIRS) <= width < look.px(WIDE))
        flags = _RIGHT if right else _WRAP
        painter.setFont(look.font(cell.kind))
        painter.setPen(look.colour(cell.tone))
        painter.drawText(QRect(left, top, room, first), flags, cell.first)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-2"))
        painter.drawText(QRect(left, top + first, room, second), flags, cell.second)
        if index == 0 and self.flagged:
            wide = min(room, QFontMetrics(look.font(cell.kind)).horizontalAdvance(cell.first))
            size = look.px(14)
            painter.drawPixmap(QRect(left + wide + 5, top + 3, size, size), kit.picture("flag", "text", 14))


def paint_bar(painter: QPainter, look: theme.Theme, row: RunningRow, today: date, box: QRectF) -> None:
    """Draw the days of one intervention: torn at the left where it began earlier, pointed where no end is known, and
    dashed where it has not begun; today as an upright line."""
    first, last = running_rows.window(today)
    span = (last - first).days

    def x(day: date) -> float:
        return box.left() + box.width() * min(max((day - first).days, 0), span) / span

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
        self.ticks = running_rows.month_ticks(w, today)
        self.today = today
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(200, look.px(28) if self.width() >= look.px(WIDE) else 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        if self.width() < look.px(WIDE):
            return
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-2"))
        left = 0
        for place, share in enumerate(_SHARES):
            room = int(self.width() * share)
            side = Qt.AlignmentFlag.AlignRight if place == 4 else Qt.AlignmentFlag.AlignLeft
            flags = int(side | Qt.AlignmentFlag.AlignVCenter)
            box = QRect(left, 0, room - 8, self.height())
            if place == 3:
                self._months(painter, box)
            painter.drawText(box, flags, self.names[place])
            left += room

    def _months(self, painter: QPainter, box: QRect) -> None:
        first, last = running_rows.window(self.today)
        span = (last - first).days
        free = box.left()
        for day, text in self.ticks:
            x = box.left() + box.width() * (day - first).days // span
            wide = painter.fontMetrics().horizontalAdvance(text)
            if x >= free and x + wide <= box.right():
                painter.drawText(QRect(x, box.top(), wide + 2, box.height()), int(Qt.AlignmentFlag.AlignVCenter), text)
                free = x + wide + 6


class RunningList(QWidget):
    """The rows by BIP type. `picked(row)` when one is chosen. `room()`: px of height there is for them in view; long
    kinds are folded only where the rows need more."""

    def __init__(self, picked: Callable[[RunningRow], None], room: Callable[[], int] = lambda: 0) -> None:
        super().__init__()
        self._picked, self._room = picked, room
        self._whole = False  # everything fits, so nothing is folded
        self._measured_at = (0, 0)
        self._unfolded: set[str] = set()
        self.entries: list[RunningEntry] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._shown: tuple[Words, InterventionsPage, Sequence[RunningRow], bool] | None = None

    def show_rows(self, w: Words, page: InterventionsPage, rows: Sequence[RunningRow], everything: bool) -> None:
        """Replace the rows. `everything`: no list is shortened (a filter or a search is on)."""
        self._shown = (w, page, rows, everything)
        self._whole = self._fits(w, page, rows)
        kit.clear(self._box)
        self.entries = []
        begun = [row for row in rows if row.begun]
        whose = len({row.intervention.citizen for row in begun})
        told = w.tn("{n} intervention", "{n} interventions", len(begun))
        people = w.tn("{n} citizen", "{n} citizens", whose)
        many = w.t("{interventions} for {citizens}", interventions=told, citizens=people)
        line = kit.row(kit.heading(2, w.t("Running")), kit.wrapped(many, "dense", "text-2"))
        line.setStretch(1, 1)
        if any(row.flag for row in rows):
            sign = QLabel()
            kit.set_icon(sign, "flag", "text", 14)
            sign.setAccessibleName(w.t("open attention point"))
            line.addWidget(sign)
            line.addWidget(kit.label(w.t("open attention point"), "small", "text-2"))
        self._box.addLayout(line)
        if rows:
            self._box.addWidget(Head(w, page.today))
            self._box.addWidget(kit.rule(True))
        for kind, part in running_rows.groups(rows):
            self._group(w, page, kind, part, everything)
        self.fit()

    def _group(
        self, w: Words, page: InterventionsPage, kind: str, part: Sequence[RunningRow], everything: bool
    ) -> None:
        name = w.t(BIP_TYPES[kind])
        short = everything or self._whole or len(part) <= AT_FIRST + 1
        open_ = short or kind in self._unfolded
        shown = part[:AT_MOST] if open_ else part[:AT_FIRST]
        count = w.t("{n} of {total}", n=len(shown), total=len(part)) if not open_ else w.number(len(part), 0)
        line = kit.row(kit.heading(3, name), kit.label(count, "dense", "text-2"), 1)
        line.setContentsMargins(0, 10, 0, 4)
        if not short:
            more = kit.link(w.t("Show fewer") if open_ else w.t("Show all"))
            more.setAccessibleName(f"{name}: {more.text()}")
            more.clicked.connect(lambda: self._toggle(kind))
            line.addWidget(more)
        self._box.addLayout(line)
        self._box.addWidget(kit.rule(True))
        for row in shown:
            entry = RunningEntry(w, page, row)
            entry.clicked.connect(lambda _checked=False, r=row: self._picked(r))
            self.entries.append(entry)
            self._box.addWidget(entry)
        if open_ and len(part) > AT_MOST:
            told = w.t("The first {n} of {total}. Search to find the others.", n=AT_MOST, total=len(part))
            self._box.addWidget(kit.wrapped(told, "dense", "text-2"))

    def _fits(self, w: Words, page: InterventionsPage, rows: Sequence[RunningRow]) -> bool:
        """Whether all rows have room in view without a fold."""
        self._measured_at = (self.width(), self._room())
        look, room = theme.current(), self._room()
        if len(rows) * look.px(36) > room:  # the least a row takes: hundreds need not be measured
            return False
        heads = look.px(OVER) + look.px(OVER_KIND) * len(list(running_rows.groups(rows)))
        return heads + sum(RunningEntry(w, page, row).high(self.width()) for row in rows) <= room

    def fold(self) -> None:
        """Fold or unfold as the room has become; a few px, as of a scroll bar, change nothing."""
        if self._shown is None:
            return
        moved = zip(self._measured_at, (self.width(), self._room()), strict=True)
        if max(abs(then - now) for then, now in moved) > STIR and self._fits(*self._shown[:3]) != self._whole:
            self.show_rows(*self._shown)

    def fit(self) -> None:
        """Give every row the height it needs at this width."""
        for entry in self.entries:
            entry.setFixedHeight(entry.high(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()
        self.fit()

    def _toggle(self, kind: str) -> None:
        self._unfolded ^= {kind}
        if self._shown is not None:
            self.show_rows(*self._shown)
