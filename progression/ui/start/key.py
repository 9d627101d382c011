"""The recovery key: shown once, printed, saved as PDF or copied, and nowhere when the step is left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLabel

from progression.errors import KnownError
from progression.ui import kit, saying
from progression.ui.kit.texts import Text
from progression.ui.kit.ticks import Tick
from progression.ui.page import Context
from progression.ui.settings.form import flowing
from progression.ui.start.steps import Step
from progression.ui.window.status import announce

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

CLEARED_AFTER = 60_000  # ms the key stays on the clipboard
# what asks clipboard histories to keep out: KDE's, and Windows' own
_SECRET = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0",
}


GROUPS = 4  # of a key to a line: it is easier to write down, and to read again


class KeyText(Text):
    """A key in lines of four groups; `text` gives it back in one piece."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "h1")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        self._said = text
        groups = text.split("-")
        lines = ["-".join(groups[at : at + GROUPS]) for at in range(0, len(groups), GROUPS)]
        QLabel.setText(self, "-\n".join(lines))


class KeyStep(Step):
    """The recovery key, shown once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.key = KeyText()
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card = kit.Card("accent")
        card.box.setContentsMargins(20, 16, 20, 16)
        card.box.addWidget(self.key)
        self.box.addWidget(card)
        self.print_button, self.save_button = kit.button("", icon="printer"), kit.button("", icon="download")
        self.copy = kit.button("", icon="copy")
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.save)
        self.copy.clicked.connect(self._copy)
        self._told = kit.wrapped("", "dense", "text-2")
        self._told.hide()
        self.written = Tick()
        self.written.toggled.connect(self.primary.setEnabled)
        self._copied = False
        self._clearing = QTimer(self)
        self._clearing.setSingleShot(True)
        self._clearing.setInterval(CLEARED_AFTER)
        self._clearing.timeout.connect(self.clear_clipboard)
        self._arrange()

    def _arrange(self) -> None:
        self.box.addWidget(flowing(self.print_button, self.save_button, self.copy))
        self.box.addWidget(self._told)
        self.box.addLayout(kit.row(self.written, 1))
        self.box.addSpacing(4)
        self.box.addLayout(kit.row(self.primary, 1))
        self.box.addStretch(1)
        self.primary.setEnabled(False)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear_clipboard)

    def begin(self) -> None:
        self.print_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the box ticks it, and goes on once it is ticked."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.written.hasFocus():
            if self.written.isChecked():
                self.primary.click()
            self.written.setChecked(True)
        else:
            super().keyPressEvent(event)

    def show_key(self, key: str) -> None:
        """Show the key; it is nowhere else."""
        self.key.setText(key)
        self._copied = False
        self.written.setChecked(False)
        self.retranslate()

    def forget(self) -> None:
        """Take the key off the screen, and off the clipboard where it is still there."""
        self.clear_clipboard()
        self.key.setText("")
        kit.set_text(self._told, "")

    # on paper

    def print(self) -> None:
        """Ask for the printer and print the page with the key."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the page on this printer; it is never in a file."""
        from progression.desk import recovery

        def done(pdf: bytes) -> None:
            from progression.ui.reports.pdf import Pages, print_pages

            pages = Pages(pdf)
            try:
                print_pages(pages, printer)
            except KnownError as error:
                self._wrong(error)
            else:
                self._tell(self.context.words.t("Sent to the printer. Fetch the page before anybody else does."))
            finally:
                pages.close()

        self._run(recovery.page, done=done)

    def save(self) -> None:
        """Ask for the file and write the page with the key."""
        from progression.desk import recovery

        w = self.context.words
        title = w.t("Save the recovery key: the file leaves the encrypted database")
        suggested = w.t("Recovery key") + ".pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, title, suggested, "PDF (*.pdf)")
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".pdf") else chosen + ".pdf")
        told = w.t(
            "Saved as {file}. The file is not encrypted: whoever has it and the database can read everything. Print "
            "it or move it away from this computer, and delete it here.",
            file=path.name,
        )
        self._run(recovery.save, path, done=lambda _path: self._tell(told))

    def _run(self, operation: Any, *more: Any, done: Any) -> None:
        self.context.run(operation, self.key.text(), *more, self.context.words.language, done=done, failed=self._wrong)

    def _wrong(self, error: BaseException) -> bool:
        if saying.is_known(error):
            self._tell(saying.sentence(self.context.words, error), "error")
        return saying.is_known(error)

    def _tell(self, text: str, tone: str = "text-2") -> None:
        kit.set_tone(self._told, tone)
        kit.set_text(self._told, text)
        announce(self._told, text)

    # on the clipboard

    def _copy(self) -> None:
        secret = QMimeData()
        secret.setText(self.key.text())
        for kind, value in _SECRET.items():
            secret.setData(kind, value)
        QGuiApplication.clipboard().setMimeData(secret)
        self._copied = True
        self._clearing.start()
        self.retranslate()
        self._tell(self.context.words.t("Copied. Paste it where only you can find it: in a minute it is gone again."))

    def clear_clipboard(self) -> None:
        """Take the key off the clipboard, unless something else has been copied since."""
        self._clearing.stop()
        board = QGuiApplication.clipboard()
        if self._copied and self.key.text() and board.text() == self.key.text():
            board.clear()
        if self._copied:
            self._copied = False
            self.retranslate()

    def retranslate(self) -> None:
        w = self.context.words
        self.say(
            w.t("Your recovery key"),
            w.t(
                "If you forget the passphrase, this key opens the database. It is shown now and never again. "
                "Keep it on paper, away from this computer."
            ),
            w.tc("button", "Next"),
        )
        self.key.setAccessibleName(w.t("Recovery key"))
        kit.set_icon(self.copy, "check" if self._copied else "copy", "accent", 18)
        for control, text in (
            (self.print_button, w.t("Print …")),
            (self.save_button, w.t("Save as PDF …")),
            (self.copy, w.t("The key is copied") if self._copied else w.t("Copy the key")),
            (self.written, w.t("I have put the key in a safe place")),
        ):
            control.setText(text)
            control.setAccessibleName(text)
