"""Backup: when the last was made, where it lies, and making another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from progression.ui import kit
from progression.ui.page import Context
from progression.ui.settings.form import Section, flowing

if TYPE_CHECKING:
    from progression.desk.vaults import Status


class BackupSection(Section):
    """Two buttons and where things are."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: Status | None = None
        self._last = kit.wrapped("", "body")
        self.back_up = kit.button("", icon="database")
        self.back_up.clicked.connect(lambda: self.back_up_to_place(None))
        self.back_up_to = kit.button("", icon="folder-open")
        self.back_up_to.clicked.connect(self.choose)
        self._place = kit.wrapped("", "small", "text-3")
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box.addWidget(self._last)
        self.box.addWidget(flowing(self.back_up, self.back_up_to))
        self.box.addWidget(self._place)

    def show_facts(self, facts: Status) -> None:
        """Show when the last one was made."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        w, facts = self.words, self._facts
        for control, text in (
            (self.back_up, w.t("Back up now")),
            (self.back_up_to, w.t("Back up to another place …")),
        ):
            control.setText(text)
            control.setAccessibleName(text)
        if facts is None:
            return
        if facts.backup is None:
            self._last.setText(w.t("No backup has been made yet. One is made each time Progression closes."))
        else:
            local = facts.backup.astimezone()
            text = w.t("Last backup {day} at {time}.", day=w.date(local.date()), time=w.clock(local))
            self._last.setText(text + " " + w.t("One is made each time Progression closes."))
        # lines are broken between folders only, which a long path needs to be broken at all
        folder = str(facts.folder).replace("/", "/\u200b").replace("\\", "\\\u200b")
        self._place.setText(w.t("The database is in {folder}", folder=folder))

    def choose(self) -> None:
        """Ask where, and make a backup there."""
        name = f"progression-{self.context.today.isoformat()}.backup"
        asked = self.words.t("Where should the backup be kept?")
        chosen, _kind = QFileDialog.getSaveFileName(self, asked, name, "*.backup")
        if chosen:
            self.back_up_to_place(Path(chosen))

    def back_up_to_place(self, place: Path | None) -> None:
        """Make a backup; None: beside the database."""
        from progression.desk import vaults

        self.back_up.setEnabled(False)
        self.context.run(vaults.back_up, place, done=self._done, failed=self._failed)

    def _done(self, file: Path) -> None:
        self.back_up.setEnabled(True)
        self.context.announce(self.words.t("Backup kept in {file}", file=str(file)))
        self.context.facts_stale.emit()
        from progression.desk import vaults

        self.context.run(vaults.status, done=self.show_facts)

    def _failed(self, _error: BaseException) -> bool:
        self.back_up.setEnabled(True)
        return False
