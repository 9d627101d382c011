"""The second screen of the first start: who, and the passphrase, twice. What is missing is said below its field."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit

from progression.ui import kit
from progression.ui.kit.texts import set_property
from progression.ui.kit.ticks import Tick
from progression.ui.page import Context
from progression.ui.start import vault_place
from progression.ui.start.steps import Step
from progression.ui.start.strength import FEWEST
from progression.ui.start.strength_meter import StrengthMeter
from progression.ui.window.status import announce


class AccountStep(Step):
    """Asks for a name and a passphrase. `next` only when a vault can be made from them."""

    back = Signal()
    choose_folder = Signal()

    def __init__(self, context: Context, folder: Path) -> None:
        super().__init__(context)
        self._folder = folder
        self._busy = False
        self._pressed = False  # from then on what is missing is said, and goes away as it is mended
        self.name, self.first, self.second = QLineEdit(), QLineEdit(), QLineEdit()
        self.fields = (self.name, self.first, self.second)
        self._captions = [kit.label("", "small", "text-2") for _ in self.fields]
        self.faults: dict[QLineEdit, QLabel] = {field: kit.wrapped("", "small", "error") for field in self.fields}
        self.meter = StrengthMeter()
        self._show = Tick()
        self._show.toggled.connect(self._mask)
        self._place = kit.wrapped("", "small", "text-2")
        self._change = kit.link("")
        self._change.clicked.connect(self.choose_folder)
        self._back = kit.button("", "quiet")
        set_property(self._back, "large", True)
        self._back.clicked.connect(self.back)
        self.primary.clicked.disconnect()
        self.primary.clicked.connect(self.submit)
        self._arrange()
        self._mask()
        for field in self.fields:
            field.textChanged.connect(self._typed)
            field.returnPressed.connect(self._entered)

    def _arrange(self) -> None:
        for caption, field in zip(self._captions, self.fields, strict=True):
            caption.setBuddy(field)
            group = kit.column(6)  # clear of the ring round the field
            group.addWidget(caption)
            group.addWidget(field)
            group.addWidget(self.faults[field])
            self.faults[field].hide()
            if field is self.first:
                group.addWidget(self.meter)
            self.box.addLayout(group)
        self.box.addLayout(kit.row(self._show, 1))
        place = kit.column(0)
        place.addWidget(self._place)
        place.addLayout(kit.row(self._change, 1))
        self.box.addLayout(place)
        self.box.addSpacing(4)
        self.box.addLayout(kit.row(self.primary, self._back, 1))
        self.box.addStretch(1)

    def begin(self) -> None:
        self.name.setFocus()

    def person(self) -> str:
        """The name of the first account."""
        return self.name.text().strip()

    def passphrase(self) -> str:
        """What was typed."""
        return self.first.text()

    def forget(self) -> None:
        """Leave nothing of the passphrase in the fields."""
        self._pressed = False
        self.first.clear()
        self.second.clear()
        self._show.setChecked(False)

    def set_folder(self, folder: Path) -> None:
        """Where the vault will lie."""
        self._folder = folder
        self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """The vault is being made: a moment's work, on purpose (the key is expensive to guess)."""
        self._busy = busy
        for part in (*self.fields, self._show, self._change, self._back):
            part.setEnabled(not busy)
        self.retranslate()

    def ready(self) -> bool:
        """True when a vault can be made from what was typed."""
        return bool(self.person()) and len(self.passphrase()) >= FEWEST and self.first.text() == self.second.text()

    def submit(self) -> None:
        """Go on, or say below the first field that needs it what is missing, and go there."""
        if self._busy:
            return
        if self.ready():
            self.next.emit()
            return
        self._pressed = True
        self._typed()
        field = next(field for field in self.fields if self.faults[field].text())
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(field, self.faults[field].text())

    def _entered(self) -> None:
        if self.ready() or self.second.hasFocus():
            self.submit()
        else:
            self.focusNextChild()

    def _mask(self) -> None:
        mode = QLineEdit.EchoMode.Normal if self._show.isChecked() else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.second.setEchoMode(mode)

    def _typed(self) -> None:
        w = self.context.words
        verdict = self.meter.judge(w, self.passphrase())
        short, again = len(self.passphrase()) < FEWEST, self.second.text()
        # while it is being typed as the first was there is nothing to say yet
        apart = again != self.first.text() if self._pressed else not self.first.text().startswith(again)
        told = {
            self.name: w.t("Write your name.") if self._pressed and not self.person() else "",
            self.first: verdict if self._pressed and short else "",
            self.second: w.t("The two are not the same yet.") if apart and not (self._pressed and short) else "",
        }
        for field, text in told.items():
            kit.set_text(self.faults[field], text)
            set_property(field, "fault", bool(text))
            field.setAccessibleDescription(text)
        self.meter.setVisible(not told[self.first])  # it would say the same twice
        if not told[self.first]:
            self.first.setAccessibleDescription(verdict)
        self.primary.setEnabled(not self._busy)

    def retranslate(self) -> None:
        w = self.context.words
        self.say(
            w.t("Your name and a passphrase"),
            w.t(
                "The passphrase opens the database. Nobody can look it up for you. Four ordinary words that do "
                "not belong together are easy to remember and hard to guess."
            ),
            w.t("Creating the database …") if self._busy else w.t("Create the database"),
        )
        names = (w.t("Your name, as colleagues know it"), w.t("Passphrase"), w.t("The passphrase once more"))
        for caption, field, text in zip(self._captions, self.fields, names, strict=True):
            caption.setText(text)
            field.setAccessibleName(text)
        self._show.setText(w.t("Show what I type"))
        self._show.setAccessibleName(self._show.text())
        self._place.setText(vault_place.will_lie(w, self._folder))
        self._place.setToolTip(str(self._folder))
        self._change.setText(w.t("Choose another folder"))
        self._change.setAccessibleName(self._change.text())
        self._change.setAccessibleDescription(str(self._folder))
        self._back.setText(w.tc("button", "Back"))
        self._back.setAccessibleName(self._back.text())
        self._typed()
