"""Reading files from another system: choose, look first, then read in. All or nothing; every fault with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from progression.errors import KnownError
from progression.ui import kit, saying
from progression.ui.kit.ticks import Tick
from progression.ui.page import Context
from progression.ui.settings.form import flowing
from progression.ui.worker import Job
from progression.words import N_

if TYPE_CHECKING:
    from progression.desk.files import ImportResult

STAGES = {"read": N_("Reading"), "compare": N_("Comparing with what is known"), "save": N_("Saving")}
SHOWN_FAULTS = 200


class ImportSection(QWidget):
    """Buttons, progress with cancel, and what came of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._job: Job | None = None
        self._result: ImportResult | None = None
        self._error: BaseException | None = None
        self._dry = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._lead = kit.wrapped("", "dense", "text-2")
        self.folder = kit.button("", icon="folder-open")
        self.folder.clicked.connect(lambda: self.choose())
        self.file = kit.button("", icon="table")
        self.file.clicked.connect(self._choose_file)
        self.mapping: Path | None = None
        self.mapping_button = kit.button("", "quiet", icon="file-text")
        self.mapping_button.clicked.connect(self._choose_mapping)
        self.mapping_off = kit.link("")
        self.mapping_off.clicked.connect(lambda: self.use_mapping(None))
        self._mapping_text = kit.wrapped("", "dense", "text-2")
        self.look_first = Tick()
        self.update_known = Tick()
        self._stage = kit.label("", "small", "text-2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel = kit.button("", small=True)
        self.cancel.clicked.connect(self._cancel)
        self.outcome = QPlainTextEdit()
        self.outcome.setReadOnly(True)
        self.outcome.setTabChangesFocus(True)
        self.outcome.setMinimumHeight(140)
        box.addWidget(self._lead)
        self._look_help, self._update_help = kit.wrapped("", "dense", "text-2"), kit.wrapped("", "dense", "text-2")
        for choice, about in ((self.look_first, self._look_help), (self.update_known, self._update_help)):
            box.addLayout(kit.row(choice, 1))
            box.addWidget(kit.Inset(about))
        box.addWidget(flowing(self.file, self.folder, self.mapping_button))
        box.addWidget(self._mapping_text)
        box.addLayout(kit.row(self.mapping_off, 1))
        box.addLayout(kit.row(self._stage, self.cancel, 1))
        box.addWidget(self._bar)
        box.addWidget(self.outcome)
        self._set_busy(False)
        self.outcome.hide()

    def choose(self) -> None:
        """Ask for a folder of CSV files."""
        w = self.context.words
        chosen = QFileDialog.getExistingDirectory(self, w.t("Choose the folder with the files"))
        if chosen:
            self.read(Path(chosen))

    def _choose_file(self) -> None:
        w = self.context.words
        kinds = w.t("Spreadsheets and CSV files") + " (*.xlsx *.csv)"
        chosen, _kind = QFileDialog.getOpenFileName(self, w.t("Choose the file"), "", kinds)
        if chosen:
            self.read(Path(chosen))

    def _choose_mapping(self) -> None:
        w = self.context.words
        kinds = w.t("Mappings") + " (*.toml)"
        chosen, _kind = QFileDialog.getOpenFileName(self, w.t("Choose the mapping"), "", kinds)
        if chosen:
            self.use_mapping(Path(chosen))

    def use_mapping(self, mapping: Path | None) -> None:
        """Read the next files through this mapping; None: they are named and shaped as the program expects."""
        self.mapping = mapping
        self.retranslate()
        if mapping is None:
            self.mapping_button.setFocus()
        else:
            self.file.setFocus()

    def read(self, source: Path) -> None:
        """Read a source in, or only look, as the box says."""
        from progression.desk import files

        self._dry = self.look_first.isChecked()
        self._set_busy(True)
        self.cancel.setFocus()  # what one pressed is off while it runs
        self._job = self.context.run(
            files.import_files,
            source,
            self.mapping,
            dry_run=self._dry,
            update=self.update_known.isChecked(),
            done=self._done,
            failed=self._failed,
            progress=self._progress,
        )

    def _progress(self, stage: str, done: int, total: int) -> None:
        self._stage.setText(self.context.words.t(STAGES.get(stage, stage)))
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _done(self, result: ImportResult) -> None:
        self._over(result, None)

    def _failed(self, error: BaseException) -> bool:
        self._over(None, error)
        return saying.is_known(error)

    def _over(self, result: ImportResult | None, error: BaseException | None) -> None:
        """Say what came of it; whoever waited for it reads it."""
        waited = self.cancel.hasFocus() or self.window().focusWidget() in (None, self.cancel)
        self._result, self._error = result, error
        self._say()
        if waited:
            self.outcome.show()  # a layout would show it later, too late for the focus
            self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)
            self.outcome.moveCursor(QTextCursor.MoveOperation.Start)
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        for part in (self._bar, self.cancel, self._stage):
            part.setVisible(busy)
        for control in (self.folder, self.file, self.mapping_button, self.look_first, self.update_known):
            control.setEnabled(not busy)

    def _say(self) -> None:
        lines: list[str] = []
        if self._error is not None:
            lines = saying.sentence(self.context.words, self._error).splitlines()
            if isinstance(self._error, KnownError) and self._error.code == "import.nothing_to_read":
                lines.append(self.context.words.t("A mapping is chosen with the button above."))
            if isinstance(self._error, KnownError) and len(lines) > SHOWN_FAULTS:
                more = len(lines) - SHOWN_FAULTS
                lines = [*lines[:SHOWN_FAULTS], self.context.words.tn("{n} more.", "{n} more.", more)]
        elif self._result is not None:
            lines = self._told(self._result)
        self.outcome.setPlainText("\n".join(lines))
        self.outcome.setVisible(bool(lines))
        if lines:
            w = self.context.words
            failed = self._error is not None
            self.context.announce(w.t("Nothing was read. The reason stands below.") if failed else lines[0])

    def _told(self, result: ImportResult) -> list[str]:
        from progression.words import faults

        w = self.context.words
        head = w.t("Nothing was saved; this is what would be read:") if self._dry else w.t("Read and saved:")
        return [head, *(self._counts(one) for one in result.counts), *(faults.notice(w, n) for n in result.notices)]

    def _counts(self, one: Any) -> str:
        return self.context.words.t(
            "{file}: {new} new, {corrected} corrected, {unchanged} unchanged",
            file=one.file,
            new=one.new,
            corrected=one.corrected,
            unchanged=one.unchanged,
        )

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        self._lead.setText(
            w.t("All or nothing: with a fault in one row nothing is read, and you are told where each fault is.")
        )
        self.mapping_off.setVisible(self.mapping is not None)
        kit.set_text(
            self._mapping_text,
            w.t("The files are read through the mapping {file}.", file=self.mapping.name) if self.mapping else "",
        )
        for control, text in (
            (self.mapping_button, w.t("Choose a mapping …")),
            (self.mapping_off, w.t("Read without the mapping")),
            (self.folder, w.t("Choose a folder …")),
            (self.file, w.t("Choose a file …")),
            (self.cancel, w.tc("button", "Cancel")),
            (self.look_first, w.t("Only check, save nothing")),
            (self.update_known, w.t("Correct what is known")),
        ):
            control.setText(text)
            control.setAccessibleName(text)
        self._look_help.setText(w.t("You see what would be read, and every fault. Nothing is changed."))
        self._update_help.setText(
            w.t(
                "Rows that differ from what is known take its place; the earlier version stays in the history. "
                "Otherwise they are refused."
            )
        )
        for choice, about in ((self.look_first, self._look_help), (self.update_known, self._update_help)):
            choice.setAccessibleDescription(about.text())
        self.outcome.setAccessibleName(w.t("What came of the import"))
        self._bar.setAccessibleName(w.t("Progress of the import"))
        if self._error is not None or self._result is not None:
            self._say()
