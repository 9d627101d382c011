"""How long things are kept: what the database keeps by itself, and which cases have been closed for long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from progression.ui import kit
from progression.ui.page import Context
from progression.ui.settings.form import Section

if TYPE_CHECKING:
    from progression.desk.retention import Retention


class RetentionSection(Section):
    """What is kept how long, a line each."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: Retention | None = None
        self._list = kit.column(14)
        self.box.addLayout(self._list)

    def show_facts(self, facts: Retention) -> None:
        """Show what is kept."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        w, facts = self.words, self._facts
        kit.clear(self._list)
        if facts is None:
            return
        closed = w.tn(
            "{n} case has been closed for more than {years} years.",
            "{n} cases have been closed for more than {years} years.",
            facts.long_closed,
            years=facts.years,
        )
        lines = (
            (
                w.t("What is known about a citizen"),
                w.t(
                    "Kept until it is erased. A common rule is {years} years after the case is closed. Nothing is "
                    "erased by itself, and this version of Progression cannot erase yet.",
                    years=facts.years,
                )
                + " "
                + closed,
            ),
            (w.t("What was corrected or undone"), w.t("The earlier version stays in the history, with who and when.")),
            (
                w.t("Answers that are not finished"),
                w.tn(
                    "{n} day after they were last changed.", "{n} days after they were last changed.", facts.draft_days
                ),
            ),
            (
                w.t("Backups"),
                w.t("The last {last}, and the newest of each of the last {months} months. Those you have put in "
                    "another place are yours to delete.", last=facts.backups, months=facts.backup_months),
            ),
            (w.t("Who looked at what"), w.t("As long as the database exists.")),
            (
                w.t("What can be undone, and which citizens were opened last"),
                w.t("Until you lock. It is never written to a file."),
            ),
        )  # fmt: skip
        for head, text in lines:
            pair = QWidget()
            box = kit.column(2)
            pair.setLayout(box)
            box.addWidget(kit.wrapped(head, "name"))
            box.addWidget(kit.wrapped(text, "dense", "text-2"))
            self._list.addWidget(pair)
