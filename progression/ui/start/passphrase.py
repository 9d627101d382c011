"""A new passphrase: twice, with a word about how good it is. The one in use is asked for, unless the recovery key
has just opened the database."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from progression.ui import kit, saying
from progression.ui.kit.texts import set_property
from progression.ui.kit.ticks import Tick
from progression.ui.page import Context
from progression.ui.start.strength import FEWEST
from progression.ui.start.strength_meter import StrengthMeter
from progression.ui.window.status import announce


class NewPassphrase(QWidget):
    """Fields, a verdict and two buttons. `closed` when it is saved or left; nothing typed stays behind."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._recovered = False
        self._error: BaseException | None = None
        self.current, self.first, self.second = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields = (self.current, self.first, self.second)
        self._captions = [kit.label("", "small", "text-2") for _ in self._fields]
        self._lead = kit.wrapped("", "dense", "text-2")
        self.meter = StrengthMeter()
        self._fault = kit.wrapped("", "dense", "error")
        self._apart = kit.wrapped("", "small", "error")
        for part in (self._fault, self._apart):
            part.hide()
        self._show = Tick()
        self._show.toggled.connect(lambda _on: self._mask())
        self.save_button = kit.button("", "primary")
        self.cancel = kit.button("", "quiet")
        self.save_button.clicked.connect(self.save)
        self.cancel.clicked.connect(self.close_panel)
        self._build()
        self._mask()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 8)
        box.setSpacing(10)
        box.addWidget(self._lead)
        below: dict[QLineEdit, QWidget] = {self.first: self.meter, self.second: self._apart}
        for caption, field in zip(self._captions, self._fields, strict=True):
            caption.setBuddy(field)
            group = kit.column(6)  # clear of the ring round the field
            group.addWidget(caption)
            group.addWidget(field)
            if field in below:
                group.addWidget(below[field])
            box.addLayout(group)
            field.textChanged.connect(self._typed)
            field.returnPressed.connect(self._entered)
        box.addLayout(kit.row(self._show, 1))
        box.addWidget(self._fault)
        box.addLayout(kit.row(self.save_button, self.cancel, 1))

    def begin(self, *, recovered: bool = False) -> None:
        """Open with empty fields. `recovered`: the passphrase in use is forgotten and need not be typed."""
        self._recovered = recovered
        self._error = None
        self.forget()
        self.show()
        self.retranslate()
        (self.first if recovered else self.current).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Leave nothing of a passphrase in the fields."""
        for field in self._fields:
            field.clear()
        self._show.setChecked(False)

    def close_panel(self) -> None:
        """Put it away without a change."""
        self.forget()
        self.hide()
        self.closed.emit()

    def ready(self) -> bool:
        """True when there is something to save."""
        known = self._recovered or bool(self.current.text())
        return known and len(self.first.text()) >= FEWEST and self.first.text() == self.second.text()

    def save(self) -> None:
        """Change it; a fault is said here and what was typed stays."""
        from progression.desk import vaults

        if not self.ready():
            return
        self.save_button.setEnabled(False)
        current = None if self._recovered else self.current.text()
        self.context.run(vaults.set_passphrase, self.first.text(), current, done=self._saved, failed=self._failed)

    def _saved(self, _nothing: object) -> None:
        self.close_panel()
        self.context.announce(self.context.words.t("The new passphrase is in force. The recovery key is the same."))

    def _failed(self, error: BaseException) -> bool:
        self._error = error
        self.retranslate()
        announce(self._fault, self._fault.text())
        field = self.first if self._recovered else self.current
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()
        return saying.is_known(error)

    def _entered(self) -> None:
        if self.ready():
            self.save()
        else:
            self.focusNextChild()

    def _mask(self) -> None:
        shown = self._show.isChecked()
        for field in self._fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _typed(self) -> None:
        w = self.context.words
        self.first.setAccessibleDescription(self.meter.judge(w, self.first.text()))
        # while it is being typed as the first was there is nothing to say yet
        apart = not self.first.text().startswith(self.second.text())
        kit.set_text(self._apart, w.t("The two are not the same yet.") if apart else "")
        set_property(self.second, "fault", apart)
        self.second.setAccessibleDescription(self._apart.text())
        self.save_button.setEnabled(self.ready())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        opened = w.t(
            "The recovery key opened the database. Choose a new passphrase now, so that you need not use it again."
        )
        plain = w.t("The recovery key stays the same. Older backups open with the passphrase they were made under.")
        self._lead.setText(opened + " " + plain if self._recovered else plain)
        texts = (w.t("Current passphrase"), w.t("New passphrase"), w.t("The passphrase once more"))
        for caption, field, text in zip(self._captions, self._fields, texts, strict=True):
            caption.setText(text)
            field.setAccessibleName(text)
        for part in (self._captions[0], self.current):
            part.setVisible(not self._recovered)
        self._show.setText(w.t("Show what I type"))
        self.save_button.setText(w.t("Change the passphrase"))
        self.cancel.setText(w.t("Not now") if self._recovered else w.tc("button", "Cancel"))
        for control in (self._show, self.save_button, self.cancel):
            control.setAccessibleName(control.text())
        kit.set_text(self._fault, saying.sentence(w, self._error) if self._error else "")
        self._typed()
