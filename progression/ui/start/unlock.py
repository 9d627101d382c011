"""The locked door: passphrase or recovery key. What goes wrong is said in plain words below the field."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from progression.ui import kit, saying
from progression.ui.kit.texts import set_property
from progression.ui.kit.ticks import Tick
from progression.ui.page import Context
from progression.ui.start import vault_place
from progression.ui.start.door import Door
from progression.ui.start.restoring import Restoring
from progression.ui.window.status import announce

if TYPE_CHECKING:
    from progression.desk.vaults import Opened
    from progression.ui.window.facts import Facts


class UnlockPage(Door):
    """Asks for the passphrase of the vault in `folder`; `opened` carries the desk's Opened."""

    opened = Signal(object)
    elsewhere = Signal()  # the user wants another vault

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.folder = Path()
        self._recovery = False
        self._error: BaseException | None = None
        self._reason = ""
        self._busy = False
        self._known: Facts | None = None  # who was here, while this program runs; nothing of it is kept anywhere
        self._build()
        self.retranslate()

    def _build(self) -> None:
        box = self.column
        self._head = kit.heading(1, wraps=True)
        self._line = kit.wrapped("", "body", "text-2")
        self.secret = QLineEdit()
        self.secret.returnPressed.connect(self.submit)
        self._caption = kit.label("", "small", "text-2")
        self._caption.setBuddy(self.secret)
        self._fault = kit.wrapped("", "dense", "error")
        self._fault.hide()
        self._show = Tick()
        self._show.toggled.connect(lambda _on: self._mask())
        self.submit_button = kit.button("", "primary")
        set_property(self.submit_button, "large", True)
        self.submit_button.clicked.connect(self.submit)
        self.other_button = kit.link("")
        self.other_button.clicked.connect(lambda: self.use_recovery(not self._recovery))
        self.elsewhere_button = kit.link("")
        self.elsewhere_button.clicked.connect(self.elsewhere)
        self.restore_button = kit.link("")
        self.restore_button.clicked.connect(self.restore)
        box.addWidget(self._head)
        box.addWidget(self._line)
        box.addSpacing(4)
        box.addWidget(self._make_vault())
        self.restoring = Restoring(self.context, self.secret)
        self.restoring.opened.connect(self._opened)
        self.restoring.failed.connect(self._failed)
        self.restoring.left.connect(self._leave_restoring)
        self.restoring.asked.connect(self.submit)
        box.addWidget(self.restoring.choose)
        secret = kit.column(6)  # clear of the ring round the field
        for part in (self._caption, self.secret, self._fault):
            secret.addWidget(part)
        box.addLayout(secret)
        box.addLayout(kit.row(self._show, 1))
        box.addLayout(kit.row(self.submit_button, 1))
        box.addWidget(self.restoring.answer)
        box.addSpacing(8)
        self._rule = kit.rule()
        box.addWidget(self._rule)
        links = kit.column(2)
        for link in (self.other_button, self.elsewhere_button, self.restore_button):
            links.addLayout(kit.row(link, 1))
        box.addLayout(links)

    def _make_vault(self) -> QFrame:
        """Who was here, and which database this is."""
        made = QFrame()
        made.setObjectName("vault")
        line = QHBoxLayout(made)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(12)
        mark = kit.label()
        kit.set_icon(mark, "database", "accent", 20)
        self.who, self.place_text = kit.wrapped("", "name"), kit.wrapped("", "dense", "text-2")
        self.demo = kit.wrapped("", "small")
        self.demo.setObjectName("demo")
        self.demo.hide()
        told = kit.column(4)
        for part in (self.who, self.place_text, self.demo):
            told.addWidget(part)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(told, 1)
        return made

    def knows(self, facts: Facts) -> None:
        """Who works in the vault that is open: said on the door when it is locked, and forgotten with the program."""
        self._known = facts

    def show_for(self, folder: Path, reason: str = "") -> None:
        """Ask for this vault. `reason` says why the window is locked, where a person would wonder."""
        if self._known is not None and self._known.status.folder != folder:
            self._known = None
        self.folder = folder
        self._reason = reason
        self._error = None
        self._show.setChecked(False)
        self._busy = False
        self.restoring.hide()
        self.secret.clear()
        self.use_recovery(False)
        self.secret.setFocus()

    def say_not_kept(self, error: BaseException) -> None:
        """It is locked, but what was typed last is not in the database: say so, and why, in place of the reason."""
        w = self.context.words
        said = w.t("Locked. What was typed last could not be kept; everything saved before it is.")
        self._reason = f"{said} {saying.sentence(w, error)}"
        self.retranslate()
        announce(self._line, self._line.text())

    def use_recovery(self, on: bool) -> None:
        """Ask for the recovery key instead of the passphrase, or the other way round."""
        self._recovery = on
        self._error = None
        self.secret.clear()
        self._mask()
        self.retranslate()
        self.secret.setFocus()

    def _mask(self) -> None:
        seen = self._recovery or self._show.isChecked()
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password)

    def submit(self) -> None:
        """Try what was typed."""
        if self._busy:
            return
        if not self.secret.text():
            if self.restoring.on:
                self._say_fault(self.context.words.t("Type the passphrase that was in use when the backup was made."))
                self.secret.setFocus()
            return
        if self.restoring.on:
            self._error = None
            self.retranslate()
            self.restoring.look()
            return
        from progression.desk import vaults

        self._set_busy(True)
        operation = vaults.unlock_with_recovery if self._recovery else vaults.unlock
        self.context.worker.run(
            operation,
            self.folder,
            self.secret.text().strip() if self._recovery else self.secret.text(),
            language=self.context.words.language,
            done=self._opened,
            failed=self._failed,
        )

    def restore(self) -> None:
        """Show which copies there are; nothing is changed before it was said what the one chosen lacks."""
        self._recovery, self._error = False, None
        self._mask()
        self.restoring.begin(self.folder)
        self.retranslate()

    def _leave_restoring(self) -> None:
        self.restoring.hide()
        self.use_recovery(False)

    def _say_fault(self, text: str) -> None:
        kit.set_text(self._fault, text)
        self.secret.setAccessibleDescription(text)
        announce(self._fault, text)

    def _opened(self, opened: Opened) -> None:
        self._set_busy(False)
        self.secret.clear()
        self._show.setChecked(False)
        self.opened.emit(opened)

    def _failed(self, error: BaseException) -> None:
        self._set_busy(False)
        self._error = error
        self.retranslate()
        self.secret.selectAll()
        self.secret.setFocus()
        announce(self._fault, self._fault.text())
        if not saying.is_known(error):
            self.context.failed.emit(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.submit_button.setEnabled(not busy)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        caption = w.t("Recovery key") if self._recovery else w.t("Passphrase")
        if self.restoring.on:
            caption = w.t("The passphrase that was in use when the backup was made")
        self.retranslate_door(w)
        if restoring := self.restoring.on:
            self.restoring.speak()
        head = w.t("Unlock with the recovery key") if self._recovery else w.t("Unlock")
        kit.set_text(self._head, w.t("Restore a backup") if restoring else head)
        for part in (self.submit_button, self._rule, self.other_button, self.elsewhere_button, self.restore_button):
            part.setVisible(not restoring)
        self._say_vault()
        self._show.setVisible(not self._recovery)
        self._show.setText(w.t("Show what I type"))
        self._show.setAccessibleName(self._show.text())
        by_key = w.t(
            "Type the recovery key from your paper. Upper or lower case, spaces and hyphens make no difference."
        )
        usual = self._reason or w.t("Locked. What you were working on is kept.")
        first = w.t(
            "Choose a backup and type its passphrase. Nothing changes before you have seen what is missing in it."
        )
        self._line.setText(by_key if self._recovery else first if restoring else usual)
        self._caption.setText(caption)
        self.secret.setAccessibleName(caption)
        self.submit_button.setText(w.t("Opening …") if self._busy else w.t("Unlock"))
        self.submit_button.setAccessibleName(w.t("Unlock"))
        self.other_button.setText(w.t("Use the passphrase") if self._recovery else w.t("Use the recovery key"))
        self.other_button.setAccessibleName(self.other_button.text())
        for link, text in (
            (self.elsewhere_button, w.t("Open another database")),
            (self.restore_button, w.t("Restore a backup")),
        ):
            link.setText(text)
            link.setAccessibleName(text)
        kit.set_text(self._fault, saying.sentence(w, self._error) if self._error else "")
        self.secret.setAccessibleDescription(self._fault.text())
        set_property(self.secret, "fault", bool(self._error))
        self.restyle()

    def _say_vault(self) -> None:
        w, known = self.context.words, self._known
        place = vault_place.lies(w, self.folder)
        if known is None:
            kit.set_text(self.who, place)
            kit.set_text(self.place_text, "")
        else:
            kit.set_text(self.who, known.status.account)
            # what the demo calls its municipality says in Danish what the band says in every language
            town = known.municipality.partition(" (")[0] if known.invented else known.municipality
            kit.set_text(self.place_text, " · ".join(part for part in (town, place) if part))
        kit.set_text(self.demo, w.t("Demo – invented citizens") if known is not None and known.invented else "")
        for part in (self.who, self.place_text):
            part.setToolTip(str(self.folder))
        self.elsewhere_button.setAccessibleDescription(str(self.folder))

    def restyle(self) -> None:
        """Keep the lines readable at every text size."""
        self.restoring.restyle()
        self.place()
