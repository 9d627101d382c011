"""Every answer as a table: a row for each indicator and rater, a column for each day, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from progression.casework.values import DECLINED, NOT_RATED, Answer, Course
from progression.charts.phrases import answer_text, rater_name
from progression.scales.model import RATERS, Scale
from progression.ui import theme
from progression.ui.kit import label
from progression.words import Words

_GAP, _TIGHT = 28, 18  # px at 100 % text between two columns: wanted, and where there is little room
_WHOLE = 22  # px at 100 % text round a text that is not to be shortened
_Index = QModelIndex | QPersistentModelIndex


def answer_rows(
    course: Course, scale: Scale, words: Words
) -> tuple[list[str], list[str], list[list[str]], list[list[str]]]:
    """Column heads, row heads, cells, and what a screen reader says of each cell."""
    rows = [a for a in course.assessments if a.scale == scale.id]
    days: list[date] = sorted({a.date for a in rows}, reverse=True)
    given = {(a.rater, a.date): a.answers for a in rows}
    heads, cells, said = [], [], []
    for indicator in scale.indicators:
        for rater in RATERS:
            if rater not in indicator.raters:
                continue
            who = words.t(
                "{indicator}, {rater}",
                indicator=words.pick(indicator.name),
                rater=rater_name(words, rater).lower(),
            )
            answers = [given.get((rater, day), {}).get(indicator.code) for day in days]
            heads.append(who)
            cells.append([answer_text(words, a) for a in answers])
            said.append([_spoken(words, who, day, a) for day, a in zip(days, answers, strict=True)])
    return [words.short_date(day) for day in days], heads, cells, said


def _spoken(words: Words, who: str, day: date, answer: Answer | None) -> str:
    if isinstance(answer, int):
        meaning = str(answer)
    else:
        meaning = {NOT_RATED: words.t("not rated"), DECLINED: words.t("declines")}.get(
            answer or "", words.t("not asked")
        )
    return words.t("{who}, {day}: {answer}", who=who, day=words.date(day), answer=meaning)


class TextTable(QAbstractTableModel):
    """Rows of text with heads at the top and at the left, each cell with the sentence a screen reader says."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: list[str] = []
        self._heads: list[str] = []
        self._cells: list[list[str]] = []
        self._said: list[list[str]] = []

    def show(
        self,
        columns: Sequence[str],
        heads: Sequence[str],
        cells: Sequence[Sequence[str]],
        said: Sequence[Sequence[str]] | None = None,
    ) -> None:
        """Show these rows; without `said` a cell is read with its two heads."""
        self.beginResetModel()
        self._columns, self._heads = list(columns), list(heads)
        self._cells = [list(row) for row in cells]
        self._said = (
            [list(row) for row in said]
            if said is not None
            else [
                [f"{h}, {c}: {v}" for c, v in zip(columns, row, strict=True)]
                for h, row in zip(heads, cells, strict=True)
            ]
        )
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells[index.row()][index.column()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._said[index.row()][index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and orientation == Qt.Orientation.Horizontal:
            return self._columns[section].replace("\n", ", ")
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self._columns[section] if orientation == Qt.Orientation.Horizontal else self._heads[section]


class TableOfText(QTableView):
    """Shows a TextTable: no grid of upright lines, one tab stop, arrows inside."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("answers")
        self._whole = False  # the last column is not to be cut
        self._corner = label("", "small", "text-3")  # what the row heads are, where that is to be said
        self._corner.setParent(self)
        self._corner.setStyleSheet("font-weight: 500")  # as the heads of the columns
        self._corner.hide()
        self.table = TextTable()
        self.setModel(self.table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setHighlightSections(False)

    def name_heads(self, text: str) -> None:
        """Say above the row heads what they are."""
        self._corner.setText(text)

    def updateGeometries(self) -> None:
        """The name of the row heads stands where Qt has an empty button."""
        super().updateGeometries()
        self._corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height() - 1)
        self._corner.setVisible(bool(self._corner.text()))

    def fit(self, letters: int = 13) -> None:
        """Make rows and columns as large as their texts at the text size in force (one measure, not one a cell).
        `letters`: of the row heads, px at 100 % text."""
        look = theme.current()
        metrics, above = QFontMetrics(look.font("body")), QFontMetrics(look.font("small"))
        self.verticalHeader().setDefaultSectionSize(look.px(30))
        # the row heads are names, not a second head: thin lines and text in full, as in the cells
        self.verticalHeader().setStyleSheet(
            f"QHeaderView::section {{ color: {look.hex('text')}; border: 0; padding: 0;"
            f" border-bottom: 1px solid {look.hex('line')}; font-size: {look.px(letters)}px; font-weight: 400; }}"
        )
        widest = 0
        for column in range(self.table.columnCount()):
            head = str(self.table.headerData(column, Qt.Orientation.Horizontal))
            texts = [str(self.table.index(r, column).data()) for r in range(self.table.rowCount())]
            widest = max(widest, *(above.horizontalAdvance(line) for line in head.split("\n")))
            widest = max(widest, *(metrics.horizontalAdvance(text) for text in {*texts, ""}))
        self.horizontalHeader().setDefaultSectionSize(widest + look.px(28))
        heads = [str(self.table.headerData(r, Qt.Orientation.Vertical)) for r in range(self.table.rowCount())]
        wide = max((metrics.horizontalAdvance(text) for text in heads), default=0) + look.px(12)
        self.verticalHeader().setFixedWidth(min(wide, look.px(360)))

    def fit_texts(self) -> None:
        """As `fit`, for columns of different kinds: each as wide as its own texts, the last takes what is left."""
        self._whole = False
        self.fit(theme.TYPE["body"][0])  # a row head is one text among others
        self._fit_columns(_GAP)
        self.horizontalHeader().setSectionResizeMode(self.table.columnCount() - 1, QHeaderView.ResizeMode.Stretch)
        self.fit_height()

    def _fit_columns(self, gap: int) -> None:
        """Every column but the last as wide as its texts, and `gap` px at 100 % text."""
        for column in range(self.table.columnCount() - 1):
            self.horizontalHeader().resizeSection(column, self._widest(column) + theme.current().px(gap))

    def _widest(self, column: int) -> int:
        metrics = QFontMetrics(theme.current().font("body"))
        texts = [str(self.table.headerData(column, Qt.Orientation.Horizontal))]
        texts += [str(self.table.index(row, column).data()) for row in range(self.table.rowCount())]
        return max(metrics.horizontalAdvance(text) for text in texts)

    def keep_last_whole(self) -> None:
        """After `fit_texts`: where the last column would be cut the others move together; where that is not enough the
        table scrolls sideways."""
        self._whole = True
        self._fit_last()

    def _fit_last(self) -> None:
        across, last = self.horizontalHeader(), self.table.columnCount() - 1
        needed = self._widest(last) + theme.current().px(_WHOLE)
        for gap in (_GAP, _TIGHT):
            self._fit_columns(gap)
            room = self.viewport().width() - sum(across.sectionSize(column) for column in range(last))
            if room >= needed:
                across.setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
                return
        across.setSectionResizeMode(last, QHeaderView.ResizeMode.Fixed)
        across.resizeSection(last, needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._whole and self.table.columnCount():
            self._fit_last()

    def fit_height(self) -> None:
        """Be as high as all rows, so that the page scrolls and the table does not."""
        rows = self.table.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 16)
