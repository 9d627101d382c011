"""The table of the caseload: a model of values, a delegate that paints two lines a row, and a view that fits its
columns to the width it has. Where there is little room some columns move into the row's second line; nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from progression.desk.pages import TodayPage, TodayRow
from progression.ui import kit, shapes, theme
from progression.ui.today import rows as today_rows
from progression.ui.today.columns import DROPPED_FIRST, WIDTHS, heads_whole, widths
from progression.ui.today.lines import WRAP, heights, inner, kind_of
from progression.ui.today.rows import Cell
from progression.words import N_, Words
from progression.words.naming import called

Index = QModelIndex | QPersistentModelIndex
COLUMNS: tuple[tuple[str, str], ...] = (
    ("who", N_("Citizen and what is going on")),
    ("phone", N_("Phone")),
    ("spark", N_("Whole scale, 2 years")),
    ("standing", N_("Development")),
    ("flag", N_("Attention point")),
    ("duty", N_("Next duty")),
    ("assessed", N_("Assessed")),
)
AT_ONCE = 40  # rows whose heights are found at a time, once those in view are on the screen
SOON = 50  # ms; the picture of the rows in view comes first
SPARK = 40  # px at 100 % of height
FOCUS = 2  # px of the ring inside the row; with the bar to the left it stands on four sides
LETTERS = frozenset("PKHAU")
ROW = int(Qt.ItemDataRole.UserRole)
CELL = ROW + 1


class TodayModel(QAbstractTableModel):
    """Rows of the caseload; `dropped` columns are told in the first cell's second line."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[TodayRow] = []
        self.page: TodayPage | None = None
        self.words = Words()
        self.dropped: frozenset[str] = frozenset()
        self._cells: dict[tuple[str, str], tuple[TodayRow, Cell]] = {}
        self._said: tuple[object, ...] = ()

    def show_rows(self, page: TodayPage | None, rows: Sequence[TodayRow], words: Words) -> None:
        """Replace everything in view."""
        self.beginResetModel()
        said = (words.language, page.today if page else None, page.types if page else None)
        if said != self._said:  # else what was said of a row that is the same holds
            self._cells.clear()
            self._said = said
        self.page, self.rows, self.words = page, list(rows), words
        self.endResetModel()

    def drop(self, columns: frozenset[str]) -> None:
        """Say these columns in the second line instead."""
        if columns != self.dropped:
            self.dropped = columns
            self._cells = {key: one for key, one in self._cells.items() if key[1] != "who"}
            if self.rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if COLUMNS[section][0] == "spark" and role in (
                Qt.ItemDataRole.ToolTipRole,
                Qt.ItemDataRole.AccessibleDescriptionRole,
            ):  # neither's own mean, as the citizen's page has it
                return self.words.t("The level as the answers of caseworker and citizen show it together")
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
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
            told = self.cell(row, name).text
            if role == Qt.ItemDataRole.ToolTipRole and name in ("who", "duty"):
                return today_rows.reason(self.words, row, self.page.today)
            return told
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and name == "who":
            return today_rows.reason(self.words, row, self.page.today)
        return None

    def cell(self, row: TodayRow, name: str) -> Cell:
        """One cell in words; made once for a row."""
        kept = self._cells.get((row.citizen, name))
        if kept is None or kept[0] is not row:
            kept = self._cells[row.citizen, name] = (row, self._make(row, name))
        return kept[1]

    def _make(self, row: TodayRow, name: str) -> Cell:
        assert self.page is not None
        w, today = self.words, self.page.today
        if name == "phone":
            return today_rows.phone(row)
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
        told = "\u00a0· ".join(more)  # a line does not begin with the dot
        return Cell(found.first, "\n".join([found.second, *([told] if told else [])]), strong=True)

    def _told(self, row: TodayRow, column: str) -> str:
        assert self.page is not None
        w = self.words
        if column == "assessed" and row.last_assessed is not None:
            day = today_rows.day_text(w, row.last_assessed, self.page.today, short=True)
            return w.t("Assessed {day}", day=day.replace(" ", "\u00a0"))  # in one piece, as all that is short
        if column == "duty" and row.duty is not None:
            return today_rows.duty(w, row, self.page.today).text
        if column == "phone" and row.phone:
            return row.phone.replace(" ", "\u00a0")
        if column == "spark" and row.spark:
            return w.t("Level {level}", level=today_rows.level(w, row)).replace(" ", "\u00a0")
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
        high = min(box.height() - 11, look.px(SPARK))  # equally high in every row, so that equal slopes look equal
        area = QRectF(box.left(), box.center().y() - high / 2, box.width() - figure - 8, high)
        shapes.sparkline(painter, look, row, model.page.today, area)
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("body"))
        place = QRect(box.right() - figure, box.top(), figure, box.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), today_rows.level(model.words, row))

    def _lines(self, painter: QPainter, cell: Cell, name: str, box: QRect) -> None:
        look = theme.current()
        room = inner(box, cell, name)
        first, second = heights(cell, room.width(), name)
        top = room.top() + max(0, (room.height() - first - second) // 2)
        flags = WRAP
        if name == "assessed":
            flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if cell.mark:
            self._mark(painter, cell, name, QRect(box.left(), top, look.px(20), look.line("body")))
        painter.setFont(look.font(kind_of(cell, name)))
        painter.setPen(look.colour(cell.tone))
        painter.drawText(QRect(room.left(), top, room.width(), first), flags, cell.first)
        if cell.second:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour(cell.tone_below))
            painter.drawText(QRect(room.left(), top + first, room.width(), second), flags, cell.second)

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
        room = inner(QRect(0, 0, width, look.px(48)), cell, name)
        return QSize(width, max(look.px(48), sum(heights(cell, room.width(), name)) + 10))


class TodayTable(QTableView):
    """The caseload. Enter or a double click opens the citizen: `opened(citizen, name)`. A letter does something with
    the row: `keyed(TodayRow, letter)`; `chosen(TodayRow)` when another row is selected."""

    opened = Signal(str, str)
    keyed = Signal(object, str)
    chosen = Signal(object)
    fitted = Signal()  # every column has its room, or has none

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
        self._shown: list[int] = []
        self._heights: dict[str, tuple[TodayRow, int]] = {}
        self._fitted: object = None
        self._next = 0
        self._painted = False  # the rows have been on the screen
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SOON)
        self._rest.timeout.connect(lambda: self._fit_some(AT_ONCE))

    def show_rows(self, page: TodayPage | None, rows: Sequence[TodayRow], words: Words) -> None:
        """Replace the rows; the selected citizen stays selected where still in view."""
        before = self.selected()
        self._painted = False
        self._rest.stop()
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
        need, dropped = widths(self.viewport().width(), look)
        self.rows.drop(dropped)
        heads_whole({name: self.rows.words.t(title) for name, title in COLUMNS if name not in dropped}, need, look)
        for place, (name, _title) in enumerate(COLUMNS):
            self.setColumnHidden(place, name in dropped)
            self.setColumnWidth(place, need[name])
        self._fit_heights()
        self.fitted.emit()

    def _fit_heights(self) -> None:
        """Every row as high as its words; those in view at once, the rest when there is nothing else to do."""
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.px(48))
        shown = [c for c in range(len(COLUMNS)) if not self.isColumnHidden(c) and COLUMNS[c][0] != "spark"]
        fitted = (look, tuple(self.columnWidth(c) for c in shown), self.rows.dropped, self.rows.words.language)
        if fitted != self._fitted:
            self._heights.clear()
            self._fitted = fitted
        self._shown = shown
        self._next = 0
        self._fit_some(self._in_view())

    def _in_view(self) -> int:
        """How many rows have their heights found before the next picture: those down to the last that can be seen."""
        least = theme.current().px(48)
        return self.verticalScrollBar().value() // least + self.viewport().height() // least + 2

    def _fit_some(self, many: int) -> None:
        last = min(self._next + many, self.rows.rowCount())
        for line in range(self._next, last):
            row = self.rows.rows[line]
            kept = self._heights.get(row.citizen)
            if kept is None or kept[0] is not row:
                kept = self._heights[row.citizen] = (row, self._height(row))
            if self.rowHeight(line) != kept[1]:
                self.setRowHeight(line, kept[1])
        self._next = last
        if self._painted and last < self.rows.rowCount():
            self._rest.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:  # only now: what is not in view takes no time from the first picture
            self._painted = True
            if self._next < self.rows.rowCount():
                self._rest.start()

    def _height(self, row: TodayRow) -> int:
        look = theme.current()
        least = look.px(48)
        high = least
        for column in self._shown:
            name = COLUMNS[column][0]
            cell = self.rows.cell(row, name)
            room = inner(QRect(0, 0, self.columnWidth(column), least), cell, name)
            high = max(high, sum(heights(cell, room.width(), name)) + 10)
        return high

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self.rows.rows[current.row()])

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
        letter = event.text().upper() if not event.modifiers() else ""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif letter in LETTERS and self.currentIndex().isValid():
            self.keyed.emit(self.rows.rows[self.currentIndex().row()], letter)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            row = self.rows.rows[index.row()]
            self.opened.emit(row.citizen, called(self.rows.words, row.name, row.number))
