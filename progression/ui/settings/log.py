"""Who looked at what: the newest lines of the access log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea

from progression.ui import kit
from progression.ui.page import Context
from progression.ui.settings.form import Section
from progression.ui.settings.logtable import LogTable

if TYPE_CHECKING:
    from progression.desk.log import Log

BELOW = 32  # px of margins round a section


class LogSection(Section):
    """A table."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._log: Log | None = None
        self._area: QScrollArea | None = None
        self._lead = kit.wrapped("", "dense", "text-2")
        self.table = LogTable()
        self.box.addWidget(self._lead)
        self.box.addWidget(self.table)

    def show_facts(self, log: Log) -> None:
        """Show the lines."""
        self._log = log
        self.retranslate()

    def retranslate(self) -> None:
        w = self.words
        if self._log is not None:
            n = len(self._log.lines)
            self._lead.setText(
                w.tn("The latest {n} line of the access log.", "The latest {n} lines of the access log.", n)
            )
            self.table.show_lines(w, self._log.lines, self._log.names, self._log.accounts)
            self._use_height()  # what stands above the table has only now its words, and so its height

    def restyle(self) -> None:
        super().restyle()
        self.table.restyle()
        self._use_height()

    # room

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._area is None:
            above = self.parentWidget()
            while above is not None and not isinstance(above, QScrollArea):
                above = above.parentWidget()
            if isinstance(above, QScrollArea):
                self._area = above
                above.viewport().installEventFilter(self)
        self._use_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._use_height()
        return super().eventFilter(watched, event)

    def _use_height(self) -> None:
        """The table ends where the page does, however high the window is."""
        if self._area is not None:
            lead = self._lead.heightForWidth(max(self.width(), 100)) + self.box.spacing()
            self.table.show_height(self._area.viewport().height() - lead - BELOW)
