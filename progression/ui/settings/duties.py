"""The rules deadlines come from: a quiet list with their dates, a file to load, and the way back.

What changes takes effect at once, for everybody who uses this database; Ctrl+Z brings back what was in force before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from progression.ui import kit
from progression.ui.page import Context
from progression.ui.settings.form import flowing
from progression.ui.settings.rule_table import RuleTable

if TYPE_CHECKING:
    from progression.desk.duty_rules import Standing
    from progression.desk.session import Changes


class DutyRulesSection(QWidget):
    """The section under its heading."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._facts: Standing | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._lead = kit.wrapped("", "dense", "text-2")
        self.names = kit.wrapped("", "name")
        self.table = RuleTable()
        self.load = kit.button("", icon="folder-open")
        self.load.clicked.connect(self.choose)
        self.standard = kit.button("", "quiet")
        self.standard.clicked.connect(self._back_to_standard)
        box.addWidget(self._lead)
        box.addWidget(self.names)
        box.addWidget(self.table)
        box.addSpacing(4)
        box.addWidget(flowing(self.load, self.standard))

    def show_facts(self, facts: Standing) -> None:
        """Show what is in force."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w, facts = self.context.words, self._facts
        self._lead.setText(
            w.t(
                "Deadlines follow these rules. Law changes, so check those marked against the law in force. They are "
                "the same on every device."
            )
        )
        for button, text in ((self.load, w.t("Load rules from a file …")), (self.standard, w.t("Back to standard"))):
            button.setText(text)
            button.setAccessibleName(text)
        if facts is None:
            return
        self.standard.setEnabled(facts.edited)
        self.names.setText(" · ".join(w.pick(one.name) for one in facts.sets))
        self.table.show_rules(w, facts.rules)

    def restyle(self) -> None:
        """Columns where there is room for them at this text size."""
        if self._facts is not None:
            self.table.show_rules(self.context.words, self._facts.rules)

    # changing

    def choose(self) -> None:
        """Ask for a file and load it."""
        w = self.context.words
        chosen, _ = QFileDialog.getOpenFileName(self, w.t("Choose a file of rules"), "", w.t("Rules (*.toml)"))
        if chosen:
            self.load_file(Path(chosen))

    def load_file(self, path: Path) -> None:
        """Adopt the rules of a file; a fault in it is said where errors are, and nothing changes."""
        from progression.desk import duty_rules

        self.context.run(duty_rules.install_file, path, done=self._changed, undo=self.context.words.t("the rules"))

    def _back_to_standard(self) -> None:
        from progression.desk import duty_rules

        self.load.setFocus()  # this button goes grey
        self.context.run(duty_rules.standard, done=self._changed, undo=self.context.words.t("the rules"))

    def _changed(self, _changes: Changes) -> None:
        self.context.announce(self.context.words.t("The rules are in force from now on."))
