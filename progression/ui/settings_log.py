"""Who looked at what: the newest lines of the access log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progression.ui import kit
from progression.ui.logtable import LogTable
from progression.ui.page import Context
from progression.ui.settings_form import Section

if TYPE_CHECKING:
    from progression.desk.log import Log

SHOWN = 200


class LogSection(Section):
    """A table."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._log: Log | None = None
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
        self._lead.setText(
            w.tn("The latest {n} line of the access log.", "The latest {n} lines of the access log.", SHOWN)
        )
        if self._log is not None:
            self.table.show_lines(w, self._log.lines, self._log.names, self._log.accounts)

    def restyle(self) -> None:
        super().restyle()
        self.table.restyle()
