"""A panel, not a dialog: add a citizen beside the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from progression.casework import cpr
from progression.casework.values import Citizen
from progression.desk.session import Changes
from progression.ui import kit, saying, theme
from progression.ui.page import Context
from progression.ui.panels.fields import DateField
from progression.ui.window.status import announce
from progression.words.errors import fault as fault_sentence

_FIELDS = ("name", "number", "cpr", "phone")


class NewCitizenPanel(QFrame):
    """`added(citizen id, name)` when the citizen is saved, `closed` when the panel is put away."""

    added = Signal(str, str)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("side")
        self.context = context
        self._error: BaseException | None = None
        self.start = DateField(context.words, context.today)
        self.fields: dict[str, QLineEdit] = {name: QLineEdit() for name in _FIELDS}
        self.fields["benefit_start"] = self.start
        self._build()
        self.retranslate()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(20, 20, 20, 20)
        box.setSpacing(12)
        self._head = kit.heading(2)
        self._close = kit.button("", "quiet", icon="x", small=True)
        self._close.clicked.connect(self.closed)
        box.addLayout(kit.row(self._head, 1, self._close))
        self._lead = kit.wrapped("", "dense", "text-2")
        box.addWidget(self._lead)
        self._captions = {}
        self._doubt = kit.wrapped("", "small", "text-2")  # what may be right all the same, and is no fault
        self._doubt.hide()
        self.fields["cpr"].textChanged.connect(self._look)
        for name, control in self.fields.items():
            caption = kit.label("", "small", "text-2")
            caption.setBuddy(control)
            control.returnPressed.connect(self.save)
            group = kit.column(4)
            group.addWidget(caption)
            group.addWidget(control)
            if name == "cpr":
                group.addWidget(self._doubt)
            box.addLayout(group)
            self._captions[name] = caption
        self._fault = kit.wrapped("", "dense", "error")
        self._fault.hide()
        box.addWidget(self._fault)
        self.save_button = kit.button("", "primary")
        self.save_button.clicked.connect(self.save)
        self._cancel = kit.button("", "quiet")
        self._cancel.clicked.connect(self.closed)
        box.addLayout(kit.row(self.save_button, self._cancel, 1))
        box.addStretch(1)
        outer.addWidget(kit.scrolled(inside))

    def _look(self, text: str) -> None:
        """Say at once what is odd about a number that can be right: many since 2007 do not meet the check digit."""
        found = [one for one in cpr.check(text, self.context.today) if one.warning]
        said = fault_sentence(self.context.words, found[0]) if found else ""
        new = said and said != self._doubt.text()
        kit.set_text(self._doubt, said)
        self.fields["cpr"].setAccessibleDescription(said)
        if new:
            announce(self._doubt, said)

    def begin(self) -> None:
        """Empty the fields and start with the name."""
        for control in self.fields.values():
            control.clear()
        self._error = None
        self.retranslate()
        self.fields["name"].setFocus()

    def citizen(self) -> Citizen:
        """What was typed, as a value not yet saved."""
        texts = {name: control.text().strip() for name, control in self.fields.items()}
        return Citizen(
            citizen="",
            number=texts["number"],
            name=texts["name"],
            cpr=texts["cpr"],
            phone=texts["phone"],
            benefit_start=self.start.day(),
        )

    def save(self) -> None:
        """Save the citizen; a fault is said below the fields and nothing is lost."""
        from progression.desk import citizens

        made = self.citizen()
        if not made.name and not made.number:
            self.fields["name"].setFocus()
            kit.set_text(self._fault, self.context.words.t("A name or a number is needed."))
            return
        _day, wrong = self.start.read()
        if wrong:
            self.start.setFocus()
            kit.set_text(self._fault, wrong)
            return
        self.save_button.setEnabled(False)
        self.context.run(citizens.add, made, done=self._saved, failed=self._failed)

    def _saved(self, result: tuple[str, Changes]) -> None:
        self.save_button.setEnabled(True)
        name = self.fields["name"].text().strip() or self.fields["number"].text().strip()
        doubt = self._doubt.text()
        self.added.emit(result[0], name)
        if doubt:  # who typed on to the end has not seen it
            self.context.announce(doubt)

    def _failed(self, error: BaseException) -> bool:
        self.save_button.setEnabled(True)
        self._error = error
        self.retranslate()
        announce(self._fault, self._fault.text())
        return saying.is_known(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        kit.set_text(self._head, w.t("New citizen"))
        self.setAccessibleName(w.t("New citizen"))
        self._close.setAccessibleName(w.t("Close"))
        self._lead.setText(w.t("Only a name is needed. The rest can follow."))
        texts = {
            "name": w.t("Name"),
            "number": w.t("Case number (assigned if left empty)"),
            "cpr": w.t("CPR number (if you need it here)"),
            "phone": w.t("Phone"),
            "benefit_start": w.t("First day of benefit (if it is known)"),
        }
        for name, text in texts.items():
            self._captions[name].setText(text)
            self.fields[name].setAccessibleName(text)
        self.start.speak(w, self.context.today)
        self.save_button.setText(w.t("Save citizen"))
        self.save_button.setAccessibleName(w.t("Save citizen"))
        self._cancel.setText(w.tc("button", "Cancel"))
        self._cancel.setAccessibleName(self._cancel.text())
        self._look(self.fields["cpr"].text())
        kit.set_text(self._fault, saying.sentence(w, self._error) if self._error else "")

    def restyle(self) -> None:
        """Grow with the text, within reason."""
        self.setFixedWidth(min(theme.current().px(320), 440))
