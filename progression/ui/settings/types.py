"""Types of intervention among the settings: the catalogue with what uses each, and a panel that adds and changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from progression.casework.types import BIP_TYPES
from progression.casework.values import InterventionType
from progression.charts.phrases import BIP_TYPES as BIP_NAMES
from progression.ui import kit, ways
from progression.ui.page import Context
from progression.ui.panels.people import Ticked
from progression.ui.panels.register import RegisterPanel, narrow
from progression.ui.settings.catalogue import CatalogueSection
from progression.words import Words
from progression.words import uses as used_words

if TYPE_CHECKING:
    from progression.desk.types import TypeLine, Types

NEW = InterventionType("", {}, "job", True)
LONGEST = 80  # letters of a name


class TypesSection(CatalogueSection):
    """The section under its heading; `show_facts` takes a `desk.types.Types`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: Types | None = None
        self.new = kit.button("", icon="plus")
        self.load = kit.button("", "quiet", icon="folder-open")
        self.standard = kit.button("", "quiet")
        self.new.clicked.connect(self.add_one)
        self.load.clicked.connect(self.choose)
        self.standard.clicked.connect(self.back_to_standard)
        self.tool_row(self.new, self.load, self.standard)

    def show_facts(self, facts: Types) -> None:
        """Show the catalogue in force."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        self.lead.setText(
            w.t(
                "What can be started for a citizen. Days without a type that counts as active are a passive period. "
                "The same on every device."
            )
        )
        self.state.hide()
        for button, text in (
            (self.new, w.t("New type")),
            (self.load, w.t("Load types from a file …")),
            (self.standard, w.t("Back to standard")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self.clear()
        if self._facts is None:
            return
        self.standard.setEnabled(self._facts.edited)
        for one in self._facts.lines:
            self.add(one.type.code, w.pick(one.type.name), told(w, one), lambda o=one: self.look_at(o))  # type: ignore[misc]
        kit.read_in_order(self)

    @ways.door
    def add_one(self) -> None:
        """Open the panel of a new type."""
        self.open(TypePanel(self.context.words, None))

    @ways.door
    def look_at(self, line: TypeLine) -> None:
        """Open the panel of a type."""
        self.open(TypePanel(self.context.words, line), line.type.code)

    def choose(self) -> None:
        """Ask for a file and load it."""
        w = self.context.words
        chosen, _ = QFileDialog.getOpenFileName(self, w.t("Choose a file of types"), "", w.t("Types (*.toml)"))
        if chosen:
            self.load_file(Path(chosen))

    def load_file(self, path: Path) -> None:
        """Adopt the types of a file; every fault is said below the list, and nothing changes then."""
        from progression.desk import types

        w = self.context.words
        self.act(w.t("The types are in force from now on."), w.t("the types"), types.install_file, path)

    def back_to_standard(self) -> None:
        """Go back to the types that come with the program."""
        from progression.desk import types

        w = self.context.words
        self.new.setFocus()  # this button goes grey
        self.act(w.t("The types are back to standard."), w.t("the types"), types.standard)


def told(w: Words, line: TypeLine) -> str:
    """A type in one line: its kind, whether it counts, what uses it."""
    one = line.type
    if one.state:
        counts = w.t("counts as waiting") if one.state == "waiting" else w.t("counts as exempt")
    else:
        counts = w.t("counts as active") if one.active else w.t("does not count as active")
    kind = "" if one.state else w.t(BIP_NAMES[one.bip_type])
    used = used_words.told(w, line.used) or w.t("not used yet")
    line_ = " · ".join(part for part in (w.t("out of use") if one.retired else "", kind, counts, used) if part)
    return line_[:1].upper() + line_[1:]


class TypePanel(RegisterPanel):
    """Add a type, or change, retire and delete one."""

    def __init__(self, words: Words, line: TypeLine | None) -> None:
        t = words.t
        super().__init__(words, t("Change type") if line else t("New type"), t("Save type"))
        self.line, self.one = line, line.type if line else NEW
        self.names = {language: QLineEdit(self.one.name.get(language, "")) for language in ("da", "en")}
        for field in self.names.values():
            field.setMaxLength(LONGEST)
        self.add_field("name.da", t("Name in Danish"), self.names["da"])
        self.add_field("name.en", t("Name in English"), self.names["en"])
        self.bip = narrow(QComboBox())
        for kind in BIP_TYPES:
            self.bip.addItem(t(BIP_NAMES[kind]), kind)
        self.bip.setCurrentIndex(self.bip.findData(self.one.bip_type))
        self.add_field("bip_type", t("BIP type"), self.bip)
        self.active = Ticked(t("Days with it count as active"), checked=self.one.active)
        self.box.addWidget(self.active)
        if self.one.state:
            self.active.hide()
            self.fields["bip_type"].hide()
        self._uses(line)
        self.code = QLineEdit(self.one.code)
        self.code.setReadOnly(line is not None)
        helps = t("It cannot be changed later.") if line else t("Empty: it is made of the name.")
        self.add_field("code", t("Code, as in files"), self.code, helps)
        self.retire, self.remove = (
            kit.button("", "quiet", small=True),
            kit.button(t("Delete type"), "quiet", small=True),
        )
        self.retire.setText(t("Take into use again") if self.one.retired else t("Take out of use"))
        self.retire.setAccessibleName(self.retire.text())
        self.retire.clicked.connect(self._retire)
        self.remove.clicked.connect(self._remove)
        self.box.addLayout(kit.row(self.retire, self.remove, 1))
        for button in (self.retire, self.remove):
            button.setVisible(line is not None)
        self.finish()

    def _uses(self, line: TypeLine | None) -> None:
        if line is None:
            return
        used = used_words.told(self.words, line.used, line.categories, line.rules)
        text = self.words.t("Used by {uses}.", uses=used) if used else self.words.t("Nothing uses it.")
        self.box.addWidget(kit.wrapped(text, "dense", "text-2"))

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.names["da"].setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import types

        self.clear_faults()
        names = dict(self.one.name) | {language: field.text().strip() for language, field in self.names.items()}
        active = self.one.active if self.one.state else self.active.box.isChecked()
        made = replace(
            self.one, code=self.code.text().strip(), name=names, bip_type=self.bip.currentData(), active=active
        )
        w = self.words
        name = w.t("type {name}", name=w.pick(names))
        self.want(w.t("The type is saved"), name, types.save, made, new=self.line is None)

    def _retire(self) -> None:
        from progression.desk import types

        self.clear_faults()
        w, retired = self.words, not self.one.retired
        told_ = w.t("The type is out of use") if retired else w.t("The type is in use again")
        self.want(told_, w.t("type {name}", name=w.pick(self.one.name)), types.retire, self.one.code, retired=retired)

    def _remove(self) -> None:
        from progression.desk import types

        self.clear_faults()
        w = self.words
        name = w.t("deleting {what}", what=w.pick(self.one.name))
        self.want(w.t("The type is deleted"), name, types.remove, self.one.code)
