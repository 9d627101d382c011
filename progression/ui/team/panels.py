"""A picture of *Team* with its title, what the cursor is at in text, links, and the same data as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from progression.charts.bars import Bars, Dots
from progression.ui import kit, theme
from progression.ui.citizen.table import TableOfText
from progression.ui.kit.flow import Flow
from progression.ui.team.charts import ChartView
from progression.words import Words

if TYPE_CHECKING:
    from progression.charts.combinations import Intervals


class Titled(QWidget):
    """A title and a quiet note: beside each other on one line where there is room, else below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.note = kit.heading(2), kit.wrapped("", "small", "text-3")
        self.title.setWordWrap(True)
        self.title.setParent(self)
        self.note.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, title: str, note: str) -> None:
        """Set both."""
        kit.set_text(self.title, title)
        kit.set_text(self.note, note)
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    def _arrange(self, width: int, *, move: bool) -> int:
        title, note = (part.fontMetrics().horizontalAdvance(part.text()) + 2 for part in (self.title, self.note))
        if title + note + 24 <= width:
            first, second = self.title.heightForWidth(title + 4), self.note.heightForWidth(note + 4)
            if move:
                self.note.setAlignment(Qt.AlignmentFlag.AlignRight)
                self.title.setGeometry(QRect(0, 0, title + 4, first))
                self.note.setGeometry(QRect(width - note - 4, max(0, first - second - 2), note + 4, second))
            return first
        first, second = self.title.heightForWidth(width), self.note.heightForWidth(width) if self.note.text() else 0
        if move:
            self.note.setAlignment(Qt.AlignmentFlag.AlignLeft)
            self.title.setGeometry(QRect(0, 0, width, first))
            self.note.setGeometry(QRect(0, first, width, second))
        return first + second

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)


class ChartPanel(QWidget):
    """One picture. `picked`: the key of a list (or of a colleague) asked for."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.head, self.view, self.table = Titled(), ChartView(), TableOfText()
        self.caption, self.readout = kit.wrapped("", "small", "text-2"), kit.wrapped("", "small", "text-2")
        self.as_table = kit.link("")
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(lambda _on: self._say())
        self.links: dict[str, QWidget] = {}
        self._words = Words()
        self._said: Bars | Dots | Intervals | None = None
        self.view.said.connect(self._read)
        self.view.picked.connect(self.picked)
        self._foot = QWidget()
        self._flow = Flow(16)
        self._foot.setLayout(self._flow)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for part in (self.head, self.view, self.table, self.caption, self._foot, self.readout):
            box.addWidget(part)
        box.addStretch(1)  # the picture beside it may be higher
        self.table.hide()
        self._flow.addWidget(self.as_table)

    def show_chart(self, words: Words, chart: Bars | Dots | Intervals, links: Sequence[tuple[str, str]]) -> None:
        """Show another picture; `links`: (key, text) below it."""
        self._words, self._said = words, chart
        self.head.say(chart.title, chart.note)
        kit.set_text(self.caption, chart.caption)
        self.view.show_chart(chart)
        heads, cells = [head for head, _cells in chart.table.rows], [cells for _head, cells in chart.table.rows]
        self.table.setAccessibleName(chart.title)
        self.table.setAccessibleDescription(chart.alt)
        self.table.table.show(chart.table.heads, heads, cells)
        self._links(links)
        self._say()

    def waits(self, title: str, why: str) -> None:
        """Say that a picture is still being made; one that was shown stays."""
        if self._said is None:
            self.head.say(title, "")
            kit.set_text(self.caption, why)
            for part in (self.view, self.as_table, self.readout):
                part.hide()

    def _links(self, links: Sequence[tuple[str, str]]) -> None:
        for old in self.links.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.links.clear()
        self._flow.removeWidget(self.as_table)
        for key, text in links:
            made = kit.link(text)
            made.clicked.connect(lambda _on=False, one=key: self.picked.emit(one))
            self.links[key] = made
            self._flow.addWidget(made)
        self._flow.addWidget(self.as_table)
        kit.read_in_order(self._foot)
        last: QWidget = self.table
        for part in (*self.links.values(), self.as_table):
            QWidget.setTabOrder(last, part)
            last = part

    def _say(self) -> None:
        if self._said is None:
            return
        w, shown, some = self._words, self.as_table.isChecked(), bool(self._said.table.rows)
        self.as_table.setVisible(some)
        self.as_table.setText(w.t("Show as a picture") if shown else w.t("Show as a table"))
        self.as_table.setAccessibleName(w.t("{title}: {what}", title=self._said.title, what=self.as_table.text()))
        self.view.setVisible(some and not shown)
        self.table.setVisible(some and shown)
        if shown:
            self.table.fit()
            self.table.fit_height()
        self._read("")

    def _read(self, text: str) -> None:
        """What the cursor is at; its line is kept free below everything, so that nothing moves."""
        self.readout.setText(text)
        self.readout.setVisible(self.view.isVisibleTo(self))

    def restyle(self) -> None:
        """Take over theme and text size."""
        self.view.restyle()
        self.head.updateGeometry()
        self.readout.setMinimumHeight(theme.current().line("small"))
        if self.as_table.isChecked():
            self.table.fit()
            self.table.fit_height()
