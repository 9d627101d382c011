"""Files out of the database, for a spreadsheet or another system. They are not encrypted, and it is said before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from progression.ui import kit, saying
from progression.ui.kit.ticks import Tick
from progression.ui.page import Context

FORMS = {"csv": "CSV", "xlsx": "Excel", "sqlite": "SQLite"}  # names of formats, the same in every language


class ExportSection(QWidget):
    """Which form, with or without names, and where to."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._files: tuple[Path, ...] = ()
        self._error: BaseException | None = None
        self._lead = kit.wrapped("", "dense", "text-2")
        self.form = kit.Segmented(tuple(FORMS.items()))
        self.nameless = Tick()
        self.choose_button = kit.button("", icon="folder-open")
        self.choose_button.clicked.connect(self.choose)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._told = kit.wrapped("", "dense")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._lead)
        box.addLayout(kit.row(self.form, 1))
        box.addLayout(kit.row(self.nameless, 1))
        box.addLayout(kit.row(self.choose_button, 1))
        box.addWidget(self._bar)
        box.addWidget(self._told)
        self._told.hide()

    def choose(self) -> None:
        """Ask for a folder."""
        asked = self.context.words.t("Choose the folder for the files")
        chosen = QFileDialog.getExistingDirectory(self, asked)
        if chosen:
            self.write(Path(chosen))

    def write(self, folder: Path) -> None:
        """Write the files into this folder; one that is already there is never overwritten."""
        from progression.desk import files

        self._set_busy(True)
        self.context.run(
            files.export_files,
            folder,
            self.form.value(),
            pseudonymise=self.nameless.isChecked(),
            done=self._done,
            failed=self._failed,
            progress=self._progress,
        )

    def _progress(self, _stage: str, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)

    def _done(self, written: tuple[Path, ...]) -> None:
        self._set_busy(False)
        self._files, self._error = written, None
        self._say()
        self.context.announce(self._told.text())

    def _failed(self, error: BaseException) -> bool:
        self._set_busy(False)
        self._files, self._error = (), error
        self._say()
        self.context.announce(self._told.text())
        return saying.is_known(error)

    def _set_busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._bar.setRange(0, 0)
        for control in (self.form, self.nameless, self.choose_button):
            control.setEnabled(not busy)

    def _say(self) -> None:
        w = self.context.words
        text = ""
        if self._error is not None:
            text = saying.sentence(w, self._error)
        elif self._files:
            names = ", ".join(file.name for file in self._files)
            text = w.t("Written to {folder}: {files}", folder=str(self._files[0].parent), files=names)
        kit.set_tone(self._told, "error" if self._error is not None else "text")
        kit.set_text(self._told, text)

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        self._lead.setText(
            w.t(
                "The files are not encrypted: whoever has them can read them. Keep them where only the right people "
                "have access."
            )
        )
        self.form.set_choices(tuple(FORMS.items()), w.t("Form of the files"))
        self.nameless.setText(w.t("Without names, numbers and free text"))
        self.choose_button.setText(w.t("Export to a folder …"))
        self._bar.setAccessibleName(w.t("Progress of the export"))
        for control in (self.nameless, self.choose_button):
            control.setAccessibleName(control.text())
        self._say()
