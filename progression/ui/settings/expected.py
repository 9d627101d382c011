"""Which interventions are expected of a category: each of one or more types, by a week or with no limit, and what is
to run beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from progression.casework.categories import Expected
from progression.casework.values import InterventionType
from progression.ui import kit, theme
from progression.ui.kit.flow import Flow
from progression.ui.panels.register import narrow
from progression.words import Words


class TypesField(QWidget):
    """Some types of intervention: each a button that takes it out again, and a list to add from. `moved`: others are
    chosen now."""

    moved = Signal()

    def __init__(self, words: Words, types: Mapping[str, InterventionType], chosen: Sequence[str], name: str) -> None:
        super().__init__()
        self._words, self._types = words, types
        self.codes: dict[str, QPushButton] = {}
        self.add_from = narrow(QComboBox())
        self.add_from.setAccessibleName(name)
        self._chosen = QWidget()
        self._flow = Flow(6)
        self._chosen.setLayout(self._flow)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._chosen)
        box.addWidget(self.add_from)
        self.add_from.activated.connect(lambda _index: self._picked())
        for code in chosen:
            self.add(code)
        self._offer()

    def add(self, code: str) -> None:
        """Take a type in."""
        w, known = self._words, self._types.get(code)
        name = w.pick(known.name) if known is not None else code
        made = kit.button(name, icon="x", small=True, name=w.t("Take out: {name}", name=name), gives=True)
        made.clicked.connect(lambda: self.remove(code))
        self.codes[code] = made
        self._flow.addWidget(made)
        made.show()
        self._chosen.show()

    def remove(self, code: str) -> None:
        """Take a type out."""
        made = self.codes.pop(code)
        self.add_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow.removeWidget(made)
        made.hide()
        made.deleteLater()
        self._offer()
        self.moved.emit()

    def _picked(self) -> None:
        code = str(self.add_from.currentData() or "")
        if code:
            self.add(code)
            self._offer()
            self.moved.emit()

    def _offer(self) -> None:
        """What can still be added: neither a retired type nor waiting or an exemption, which are no interventions."""
        w = self._words
        left = [one for code, one in self._types.items() if not (code in self.codes or one.retired or one.state)]
        self.add_from.clear()
        self.add_from.addItem(w.t("Add a type …"), "")
        for one in sorted(left, key=lambda one: w.pick(one.name).casefold()):
            self.add_from.addItem(w.pick(one.name), one.code)
        self._chosen.setVisible(bool(self.codes))


class StepField(QWidget):
    """One expected intervention."""

    def __init__(self, words: Words, types: Mapping[str, InterventionType], one: Expected) -> None:
        super().__init__()
        w = words
        self.types = TypesField(w, types, one.types, w.t("Any of these types"))
        self.parallel = TypesField(w, types, one.parallel, w.t("Beside it"))
        self.week = QLineEdit("" if one.by_weeks is None else str(one.by_weeks))
        self.week.setAccessibleName(w.t("By week; empty: no limit"))
        self.week.setFixedWidth(theme.current().px(64))
        self.gone = kit.button(w.t("Remove it"), "quiet", icon="trash-2", small=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(4)
        box.addWidget(kit.wrapped(w.t("Any of these types"), "small", "text-2"))
        box.addWidget(self.types)
        line = QHBoxLayout()
        line.addWidget(kit.label(w.t("by week"), "dense"))
        line.addWidget(self.week)
        line.addStretch(1)
        box.addLayout(line)
        box.addWidget(kit.wrapped(w.t("Beside it"), "small", "text-2"))
        box.addWidget(self.parallel)
        box.addLayout(kit.row(self.gone, 1))
        box.addWidget(kit.rule())


class ExpectedField(QWidget):
    """Every expected intervention of a category, in order. `moved`: there are others now, or others are chosen."""

    moved = Signal()

    def __init__(self, words: Words, types: Mapping[str, InterventionType], expected: Sequence[Expected]) -> None:
        super().__init__()
        self._words, self._types = words, types
        self.steps: list[StepField] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.more = kit.link(words.t("Add an expected intervention"))
        self.more.clicked.connect(self._more)
        self._box.addLayout(kit.row(self.more, 1))
        for one in expected:
            self.add(one)

    def _more(self) -> None:
        self.add(Expected(())).types.add_from.setFocus()
        self.moved.emit()

    def shape(self) -> str:
        """Which types each has, as text: what no field of typed text tells."""
        return json.dumps([[list(step.types.codes), list(step.parallel.codes)] for step in self.steps])

    def reshape(self, shape: str) -> None:
        """Have what `shape` told of; the weeks are typed in again."""
        for step in tuple(self.steps):
            self.remove(step)
        for types, beside in json.loads(shape):
            self.add(Expected(tuple(types), None, tuple(beside)))

    def add(self, one: Expected) -> StepField:
        """Add one."""
        made = StepField(self._words, self._types, one)
        made.gone.clicked.connect(lambda: self.remove(made))
        for field in (made.types, made.parallel):
            field.moved.connect(self.moved)
        self.steps.append(made)
        self._box.insertWidget(self._box.count() - 1, made)
        made.show()  # a layout would show it later, too late for the focus
        return made

    def remove(self, step: StepField) -> None:
        """Take one out."""
        self.steps.remove(step)
        self.moved.emit()
        self.more.setFocus()
        self._box.removeWidget(step)
        step.hide()
        step.setParent(None)  # gone at once: what is typed is read from what the panel holds
        step.deleteLater()

    def read(self) -> tuple[tuple[Expected, ...], str]:
        """What is expected, and "" or what is wrong. One without any type, week and company is none."""
        found = []
        for step in self.steps:
            types, week, beside = tuple(step.types.codes), step.week.text().strip(), tuple(step.parallel.codes)
            if week and not week.isdecimal():
                example = self._words.t("Write the weeks as whole numbers, such as {example}.", example="4")
                return (), example
            if not types and (week or beside):
                return (), self._words.t("Add at least one type of intervention, or remove it.")
            if types:
                found.append(Expected(types, int(week) if week else None, beside))
        return tuple(found), ""
