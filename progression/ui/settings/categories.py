"""Categories among the settings: the set in force and what follows from each, an example, a file, a label edited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from progression.casework import categories as catalogue
from progression.casework.categories import Category, Rhythm
from progression.errors import KnownError
from progression.ui import kit, theme, ways
from progression.ui.page import Context
from progression.ui.panels.fields import DateField
from progression.ui.panels.register import RegisterPanel, text_area
from progression.ui.settings.catalogue import CatalogueSection
from progression.ui.settings.expected import ExpectedField
from progression.words import Words
from progression.words import uses as used_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from progression.casework.values import InterventionType
    from progression.desk.categories import Categories, Line

NEW = Category("", {}, {})


class CategoriesSection(CatalogueSection):
    """The section under its heading; `show_facts` takes a `desk.categories.Categories`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: Categories | None = None
        self._again: tuple[str, Path | None] | None = None  # the example or file that was refused
        self.new = kit.button("", icon="plus")
        self.load = kit.button("", "quiet", icon="folder-open")
        self.save = kit.button("", "quiet")
        self.keep = kit.button("")
        self.keep.hide()
        self.example = QComboBox()
        self.example.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.take = kit.button("")
        self.caption = kit.label("", "dense", "text-2")
        self.caption.setBuddy(self.example)
        self.new.clicked.connect(self.add_one)
        self.load.clicked.connect(self.choose)
        self.save.clicked.connect(self.choose_save)
        self.take.clicked.connect(lambda: self.adopt(str(self.example.currentData())))
        self.keep.clicked.connect(self._keep)
        self.remedy.addLayout(kit.row(self.keep, 1))
        self.tool_row(self.new, self.load, self.save)
        self.tool_row(self.caption, self.example, self.take)

    def show_facts(self, facts: Categories) -> None:
        """Show the set in force."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        self.lead.setText(
            w.t(
                "The groups citizens are sorted into, and what follows from each: how often conversations are held and "
                "which interventions are expected. The same on every device."
            )
        )
        for button, text in (
            (self.new, w.t("New category")),
            (self.load, w.t("Load a set from a file …")),
            (self.save, w.t("Save as a file …")),
            (self.take, w.t("Adopt")),
            (self.keep, w.t("Let those in use end yesterday, and adopt the new set")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self.caption.setText(w.t("Example"))
        chosen = self.example.currentData()
        self.example.clear()
        for name, found in catalogue.shipped().items():
            self.example.addItem(w.pick(found.name), name)
        self.example.setCurrentIndex(max(0, self.example.findData(chosen)))
        self.example.setAccessibleName(self.caption.text())
        self.clear()
        if self._facts is not None:
            self._list(self._facts)

    def _list(self, facts: Categories) -> None:
        w = self.context.words
        name = w.pick(facts.found.name)
        self.state.setText(w.t("In force: {name}", name=name) if facts.lines else w.t("No categories are in force."))
        for line in facts.lines:
            self.add(str(line.place), w.pick(line.category.name), told(w, facts, line), lambda o=line: self.look_at(o))  # type: ignore[misc]
        kit.read_in_order(self)
        named = ", ".join(facts.others)
        text = w.t("Citizens are or have been in something the set does not have: {names}.", names=named)
        self.below.setText(text if named else "")
        self.below.setVisible(bool(named))

    # one category

    @ways.door
    def look_at(self, line: Line) -> None:
        """Open the panel of a category."""
        if self._facts is not None:
            panel = CategoryPanel(self.context.words, line.category, line.place, self._facts.day, self._facts.types)
            self.open(panel, str(line.place))

    @ways.door
    def add_one(self) -> None:
        """Open the panel of a new category."""
        if self._facts is not None:
            self.open(CategoryPanel(self.context.words, NEW, None, self._facts.day, self._facts.types))

    # the whole set

    def adopt(self, name: str) -> None:
        """Put an example in force."""
        self._adopt(name, None)

    def load_file(self, path: Path) -> None:
        """Put the set of a file in force; every fault is said with its line, and nothing changes then."""
        self._adopt("", path)

    def _adopt(self, name: str, path: Path | None, *, keep: bool = False) -> None:
        from progression.desk import categories

        w = self.context.words
        self._again = name, path
        self.keep.hide()

        def refused(error: KnownError) -> None:
            self.keep.setVisible(error.code == "category.in_use")

        operation = categories.install_file if path is not None else categories.install_shipped
        told_, named = w.t("The categories are in force from now on."), w.t("the categories")
        self.act(told_, named, operation, path or name, refused=refused, keep=keep)

    def _keep(self) -> None:
        if self._again is not None:
            self.new.setFocus()  # this button goes away
            self._adopt(*self._again, keep=True)

    def choose(self) -> None:
        """Ask for a file and load it."""
        w = self.context.words
        title = w.t("Choose a file of categories")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", w.t("Categories (*.toml)"))
        if chosen:
            self.load_file(Path(chosen))

    def choose_save(self) -> None:
        """Ask for a file and write the set in force, to be edited; it holds no citizen."""
        w = self.context.words
        suggested = f"{self._facts.found.id if self._facts else 'categories'}.toml"
        title = w.t("Save the categories as a file")
        chosen, _ = QFileDialog.getSaveFileName(self, title, suggested, w.t("Categories (*.toml)"))
        if chosen:
            self.save_file(Path(chosen))

    def save_file(self, path: Path) -> None:
        """Write the set in force as a file."""
        from progression.desk import categories

        w = self.context.words
        self.act(w.t("The categories are saved in {file}", file=path.name), "", categories.save_file, path)


def told(w: Words, facts: Categories, line: Line) -> str:
    """A category in a few words: what follows, from when to when, and who is in it."""
    from progression.desk import categories

    one = line.category
    dates = ""
    if one.valid_from and one.valid_to:
        dates = w.t("{first} until {last}", first=w.date(one.valid_from), last=w.date(one.valid_to))
    elif one.valid_to:
        dates = w.t("until {day}", day=w.date(one.valid_to))
    elif one.valid_from:
        dates = w.t("from {day}", day=w.date(one.valid_from))
    used = used_words.told(w, line.used, rules=line.rules) or w.t("nobody has been in it")
    return " · ".join(part for part in (categories.follows(one, facts.types, w).rstrip("."), dates, used) if part)


class RhythmField(QWidget):
    """Steps: from a week in the category on, a conversation at least every so many weeks. `moved`: there are more or
    fewer of them."""

    moved = Signal()

    def __init__(self, words: Words, rhythm: tuple[Rhythm, ...]) -> None:
        super().__init__()
        self._words = words
        self.steps: list[tuple[QWidget, QLineEdit, QLineEdit]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.more = kit.link(words.t("Add a step"))
        self.more.clicked.connect(lambda: self.add(None).setFocus())
        self._box.addLayout(kit.row(self.more, 1))
        for step in rhythm:
            self.add(step)

    def add(self, step: Rhythm | None) -> QLineEdit:
        """Add a step; its first field is returned."""
        w = self._words
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        start = QLineEdit(str(step.from_week) if step else "0" if not self.steps else "")
        weeks = QLineEdit(str(step.weeks) if step else "")
        for field, name in ((start, w.t("From week")), (weeks, w.t("Weeks between conversations"))):
            field.setAccessibleName(name)
            field.setFixedWidth(theme.current().px(64))
            field.setMinimumHeight(field.sizeHint().height())
        gone = kit.button("", "quiet", icon="trash-2", small=True, name=w.t("Remove the step"))
        gone.clicked.connect(lambda: self.remove(line))
        for part in (kit.label(w.t("from week"), "dense"), start, kit.label(w.t("every"), "dense"), weeks,
                     kit.label(w.t("weeks"), "dense"), gone):  # fmt: skip
            row.addWidget(part)
        row.addStretch(1)
        self.steps.append((line, start, weeks))
        self._box.insertWidget(self._box.count() - 1, line)
        self.moved.emit()
        return start

    def remove(self, line: QWidget) -> None:
        """Take a step out."""
        self.steps = [step for step in self.steps if step[0] is not line]
        self.moved.emit()
        self.more.setFocus()
        self._box.removeWidget(line)
        line.hide()
        line.setParent(None)  # gone at once: what is typed is read from what the panel holds
        line.deleteLater()

    def read(self) -> tuple[Rhythm, ...] | None:
        """The steps; None where one of them is no whole numbers. A step with both fields empty is none."""
        found = []
        for _line, start, weeks in self.steps:
            texts = start.text().strip(), weeks.text().strip()
            if not any(texts):
                continue
            if not all(text.isdecimal() for text in texts):
                return None
            found.append(Rhythm(int(texts[0]), int(texts[1])))
        return tuple(found)


class CategoryPanel(RegisterPanel):
    """Add a category, or change its labels, dates, rhythm and expected interventions, or delete it."""

    def __init__(
        self, words: Words, one: Category, place: int | None, today: date, types: Mapping[str, InterventionType]
    ) -> None:
        t = words.t
        super().__init__(words, t("New category") if place is None else t("Edit category"), t("Save category"))
        self.one, self.place = one, place
        self.names = {language: QLineEdit(one.name.get(language, "")) for language in ("da", "en")}
        self.texts = {language: text_area(2) for language in ("da", "en")}
        for language, area in self.texts.items():
            area.setPlainText(one.description.get(language, ""))
        self.add_field("name.da", t("Name in Danish"), self.names["da"])
        self.add_field("name.en", t("Name in English"), self.names["en"])
        self.add_field("description.da", t("Description in Danish"), self.texts["da"], t("May be empty."))
        self.add_field("description.en", t("Description in English"), self.texts["en"], t("May be empty."))
        self.rhythm = RhythmField(words, one.rhythm)
        self.add_field("rhythm", t("A conversation at least"), self.rhythm)
        self.expected = ExpectedField(words, types, one.expected)
        self.add_field("expected", t("Expected interventions"), self.expected)
        for field in (self.rhythm, self.expected):
            field.moved.connect(lambda: ways.step(self, "shape", len(self.rhythm.steps), self.expected.shape()))
        self.start, self.end = DateField(words, today), DateField(words, today)
        self.start.put(one.valid_from)
        self.end.put(one.valid_to)
        self.add_field("valid_from", t("First day"), self.start, t("May be empty."))
        self.add_field("valid_to", t("Last day"), self.end, t("Empty while it holds."))
        self.remove = kit.button(t("Delete category"), "quiet", small=True)
        self.remove.clicked.connect(self._remove)
        self.box.addLayout(kit.row(self.remove, 1))
        self.remove.setVisible(place is not None)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.names["da"].setFocus(Qt.FocusReason.OtherFocusReason)

    def shape(self, steps: int, expected: str) -> None:
        """Have as many steps of the rhythm, and the expected interventions that were chosen (`ExpectedField.shape`)."""
        while len(self.rhythm.steps) > steps:
            self.rhythm.remove(self.rhythm.steps[-1][0])
        while len(self.rhythm.steps) < steps:
            self.rhythm.add(None)
        self.expected.reshape(expected)
        ways.step(self, "shape", steps, expected)

    def send(self) -> None:
        from progression.desk import categories

        self.clear_faults()
        first, fine = self.day("valid_from", needed=False)
        last, right = self.day("valid_to", needed=False)
        rhythm = self.rhythm.read()
        if rhythm is None:
            self.fields["rhythm"].say(self.words.t("Write the weeks as whole numbers, such as {example}.", example="4"))
        expected, wrong = self.expected.read()
        if wrong:
            self.fields["expected"].say(wrong)
        if not (fine and right) or rhythm is None or wrong:
            return
        names = dict(self.one.name) | {language: field.text() for language, field in self.names.items()}
        texts = dict(self.one.description) | {language: area.toPlainText() for language, area in self.texts.items()}
        made = replace(
            self.one, name=names, description=texts, rhythm=rhythm, expected=expected, valid_from=first, valid_to=last
        )
        w = self.words
        name = w.t("category {name}", name=w.pick(names))
        self.want(w.t("The category is saved"), name, categories.save, made, self.place)

    def _remove(self) -> None:
        from progression.desk import categories

        self.clear_faults()
        w = self.words
        name = w.t("deleting {what}", what=w.pick(self.one.name))
        self.want(w.t("The category is deleted"), name, categories.remove, self.one.code)
