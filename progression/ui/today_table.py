"""The table of the caseload: a model of values, a delegate that paints two lines a row, and a view that fits its
columns to the width it has. Where there is little room some columns move into the row's second line; nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from progression.desk.pages import TodayPage, TodayRow
from progression.ui import kit, shapes, theme, today_rows
from progression.ui.today_rows import Cell
from progression.words import N_, Words
from progression.words.naming import called

Index = QModelIndex | QPersistentModelIndex
COLUMNS: tuple[tuple[str, str], ...] = (
    ("who", N_("Citizen and what is going on")),
    ("spark", N_("Whole scale, 2 years")),
    ("standing", N_("Development")),
    ("flag", N_("Attention point")),
    ("duty", N_("Next duty")),
    ("assessed", N_("Assessed")),
)
# px at 100 %: what a column needs for one line of each, and what it can do with, wrapping
WIDTHS = {"who": 218, "spark": 146, "standing": 134, "flag": 210, "duty": 140, "assessed": 66}
LEAST = {"who": 184, "spark": 112, "standing": 134, "flag": 152, "duty": 120, "assessed": 62}
GROW = {"who": 3, "spark": 0, "standing": 1, "flag": 2, "duty": 1, "assessed": 0}
DROPPED_FIRST = ("assessed", "spark", "duty", "flag", "standing")
FOCUS = 2  # px of the ring inside the row; with the bar to the left it stands on four sides
ROW = int(Qt.ItemDataRole.UserRole)
CELL = ROW + 1
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class TodayModel(QAbstractTableModel):
    """Rows of the caseload; `dropped` columns are told in the first cell's second line."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[TodayRow] = []
        self.page: TodayPage | None = None
        self.words = Words()
        self.dropped: frozenset[str] = frozenset()

    def show_rows(self, page: TodayPage | None, rows: Sequence[TodayRow], words: Words) -> None:
        """Replace everything in view."""
        self.beginResetModel()
        self.page, self.rows, self.words = page, list(rows), words
        self.endResetModel()

    def drop(self, columns: frozenset[str]) -> None:
        """Say these columns in the second line instead."""
        if columns != self.dropped:
            self.dropped = columns
            if self.rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return self.words.t(COLUMNS[section][1])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if COLUMNS[section][0] == "assessed" else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.page is None:
            return None
        row = self.rows[index.row()]
        name = COLUMNS[index.column()][0]
        if role == ROW:
            return row
        if role == CELL:
            return self.cell(row, name)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.cell(row, name).text
        return None

    def cell(self, row: TodayRow, name: str) -> Cell:
        """One cell in words."""
        assert self.page is not None
        w, today = self.words, self.page.today
        if name == "spark":
            return Cell(today_rows.spark_text(w, row))
        if name == "standing":
            return today_rows.standing(w, row)
        if name == "flag":
            return today_rows.flag(w, row, today)
        if name == "duty":
            return today_rows.duty(w, row, today)
        if name == "assessed":
            return today_rows.assessed(w, row, today)
        found = today_rows.who(w, row, self.page)
        more = [
            text for text in (self._told(row, column) for column in DROPPED_FIRST if column in self.dropped) if text
        ]
        return Cell(found.first, "\n".join([found.second, *([" · ".join(more)] if more else [])]), strong=True)

    def _told(self, row: TodayRow, column: str) -> str:
        assert self.page is not None
        w = self.words
        if column == "assessed" and row.last_assessed is not None:
            return w.t("Assessed {day}", day=today_rows.day_text(w, row.last_assessed, self.page.today, short=True))
        if column == "duty" and row.duty is not None:
            return today_rows.duty(w, row, self.page.today).text
        if column == "spark" and row.spark:
            return w.t("Level {level}", level=today_rows.level(w, row))
        if column == "standing":
            return today_rows.standing(w, row).text
        found = today_rows.flag(w, row, self.page.today) if column == "flag" else None
        return found.text if found is not None and found.mark else ""


class RowDelegate(QStyledItemDelegate):
    """Paints two lines, the shape of a standing, the icon of a flag, and the sparkline."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        name = COLUMNS[index.column()][0]
        box = QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.colour("accent-tint" if selected else "bg"))
        if index.column() == 0 and selected:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.colour("accent"))
        painter.setPen(look.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if selected and bool(option.state & QStyle.StateFlag.State_Active) and self._focused():
            self._ring(painter, index, box)
        if name == "spark":
            self._spark(painter, index, box)
        else:
            self._lines(painter, index.data(CELL), name, box)
        painter.restore()

    def _focused(self) -> bool:
        view = self.parent()
        return isinstance(view, QTableView) and view.hasFocus()

    def _ring(self, painter: QPainter, index: Index, box: QRect) -> None:
        """The focus stands round the row, not round the whole table."""
        view = self.parent()
        assert isinstance(view, QTableView)
        accent = theme.current().colour("accent")
        painter.fillRect(QRect(box.left(), box.top(), box.width(), FOCUS), accent)
        painter.fillRect(QRect(box.left(), box.bottom() - FOCUS + 1, box.width(), FOCUS), accent)
        shown = [c for c in range(len(COLUMNS)) if not view.isColumnHidden(c)]
        if index.column() == shown[-1]:
            painter.fillRect(QRect(box.right() - FOCUS + 1, box.top(), FOCUS, box.height()), accent)

    def _spark(self, painter: QPainter, index: Index, box: QRect) -> None:
        look = theme.current()
        row: TodayRow = index.data(ROW)
        model = index.model()
        assert isinstance(model, TodayModel) and model.page is not None
        figure = look.px(34)
        area = QRectF(box.left(), box.top() + 5, box.width() - figure - 8, box.height() - 11)
        shapes.sparkline(painter, look, row, model.page.today, area)
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("body"))
        place = QRect(box.right() - figure, box.top(), figure, box.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), today_rows.level(model.words, row))

    def _lines(self, painter: QPainter, cell: Cell, name: str, box: QRect) -> None:
        look = theme.current()
        inner = _inner(box, cell, name)
        first, second = _heights(cell, inner.width(), name)
        top = inner.top() + max(0, (inner.height() - first - second) // 2)
        flags = _WRAP
        if name == "assessed":
            flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if cell.mark:
            self._mark(painter, cell, name, QRect(box.left(), top, look.px(20), look.line("body")))
        painter.setFont(look.font(_kind(cell, name)))
        painter.setPen(look.colour(cell.tone))
        painter.drawText(QRect(inner.left(), top, inner.width(), first), flags, cell.first)
        if cell.second:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour(cell.tone_below))
            painter.drawText(QRect(inner.left(), top + first, inner.width(), second), flags, cell.second)

    def _mark(self, painter: QPainter, cell: Cell, name: str, place: QRect) -> None:
        look = theme.current()
        if name == "standing":
            size = look.px(11)
            wide = look.px(14) if cell.mark in ("too_few", "unknown_since") else size
            middle = place.center().y()
            shapes.standing(painter, look, cell.mark, QRectF(place.left(), middle - size / 2 + 1, wide, size))
        else:
            size = look.px(16)
            token = "text" if cell.mark == "flag" else "text-2"
            picture = kit.picture(cell.mark, token, 16)
            painter.drawPixmap(QRect(place.left(), place.center().y() - size // 2 + 1, size, size), picture)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.current()
        name = COLUMNS[index.column()][0]
        if name == "spark":
            return QSize(look.px(WIDTHS[name]), look.px(48))
        cell: Cell = index.data(CELL)
        width = option.rect.width() or look.px(WIDTHS[name])
        inner = _inner(QRect(0, 0, width, look.px(48)), cell, name)
        return QSize(width, max(look.px(48), sum(_heights(cell, inner.width(), name)) + 10))


def _kind(cell: Cell, name: str) -> str:
    return "name" if cell.strong else "dense" if name == "assessed" else "body"


def _inner(box: QRect, cell: Cell, name: str) -> QRect:
    look = theme.current()
    left = 16 if name == "who" else look.px(22) if name in ("standing", "flag") else 0
    return box.adjusted(left, 0, -12, 0)


def _heights(cell: Cell, width: int, name: str) -> tuple[int, int]:
    look = theme.current()
    made = []
    for kind, text in ((_kind(cell, name), cell.first), ("small", cell.second)):
        if not text:
            made.append(0)
            continue
        room = QRect(0, 0, max(width, 24), 4000)
        high = QFontMetrics(look.font(kind)).boundingRect(room, _WRAP, text).height()
        made.append(max(high, look.line(kind)))
    return made[0], made[1]


class TodayTable(QTableView):
    """The caseload. Enter or a double click opens the citizen: `opened(citizen, name)`."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("caseload")
        self.setProperty("ownFocus", True)
        self.rows = TodayModel()
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(self._open)

    def show_rows(self, page: TodayPage | None, rows: Sequence[TodayRow], words: Words) -> None:
        """Replace the rows; the selected citizen stays selected where still in view."""
        before = self.selected()
        self.rows.show_rows(page, rows, words)
        place = next((i for i, row in enumerate(rows) if row.citizen == before), 0)
        if rows:
            self.selectRow(place)
        self.fit()

    def selected(self) -> str:
        """The citizen of the selected row, "" without one."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].citizen if index.isValid() else ""

    def fit(self) -> None:
        """Give every column its room; columns there is no room for are told in the second line."""
        look = theme.current()
        room = self.viewport().width()
        need = {name: look.px(width) for name, width in LEAST.items()}
        dropped: set[str] = set()
        for name in DROPPED_FIRST:
            if sum(width for key, width in need.items() if key not in dropped) <= room:
                break
            dropped.add(name)
        spare = max(0, room - sum(width for key, width in need.items() if key not in dropped))
        wanted = {key: look.px(WIDTHS[key]) - need[key] for key in need if key not in dropped}
        part = min(1.0, spare / max(1, sum(wanted.values())))
        for key, more in wanted.items():
            need[key] += int(more * part)
            spare -= int(more * part)
        shares = sum(share for key, share in GROW.items() if key not in dropped)
        self.rows.drop(frozenset(dropped))
        for place, (name, _title) in enumerate(COLUMNS):
            self.setColumnHidden(place, name in dropped)
            self.setColumnWidth(place, need[name] + spare * GROW[name] // shares)
        self._fit_heights()

    def _fit_heights(self) -> None:
        head = self.verticalHeader()
        head.setDefaultSectionSize(theme.current().px(48))
        shown = [c for c in range(len(COLUMNS)) if not self.isColumnHidden(c)]
        delegate = self.itemDelegate()
        option = QStyleOptionViewItem()
        for line in range(self.rows.rowCount()):
            high = 0
            for column in shown:
                option.rect = QRect(0, 0, self.columnWidth(column), 10)
                high = max(high, delegate.sizeHint(option, self.rows.index(line, column)).height())
            self.setRowHeight(line, high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            row = self.rows.rows[index.row()]
            self.opened.emit(row.citizen, called(self.rows.words, row.name, row.number))
