"""How attention points are made: the model of a course or plain rules, and whether other people's courses count."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from progression.ui import kit
from progression.ui.kit.order import one_tab_stop
from progression.ui.kit.ticks import Choice, Tick
from progression.words import N_, Words
from progression.words import rules as rule_words

if TYPE_CHECKING:
    from progression.desk.rules import Standing

METHODS: dict[str, tuple[str, str]] = {
    "trajectory": (
        N_("Course model (recommended)"),
        N_(
            "Follows each person's level through all answers, allows for who rated, for answers that are missing and "
            "for how answers usually swing."
        ),
    ),
    "rules": (
        N_("Rules"),
        N_("Nothing but arithmetic that can be done on paper. Finds fewer of the real setbacks."),
    ),
}


class MethodPart(QWidget):
    """`chosen` with a method's name; `informed_chosen` with the tick. `thresholds`: shown below the rules."""

    chosen = Signal(str)
    informed_chosen = Signal(bool)

    def __init__(self, thresholds: QWidget) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._head = kit.heading(3, wraps=True)
        box.addWidget(self._head)
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        self._helps = {name: kit.wrapped("", "dense", "text-2") for name in METHODS}
        for name in METHODS:
            choice = Choice()
            choice.clicked.connect(lambda _on=True, method=name: self.chosen.emit(method))
            self._group.addButton(choice)
            self.choices[name] = choice
            box.addLayout(kit.row(choice, 1))
            box.addWidget(kit.Inset(self._helps[name]))
        one_tab_stop(self._group)
        self._rule = kit.wrapped("", "dense")
        self._printed = kit.Inset(self._rule)
        box.addWidget(self._printed)
        box.addWidget(thresholds)
        self.informed = Tick()
        self.informed.clicked.connect(lambda on: self.informed_chosen.emit(bool(on)))
        self._informed_help = kit.wrapped("", "dense", "text-2")
        box.addSpacing(8)
        box.addLayout(kit.row(self.informed, 1))
        box.addWidget(kit.Inset(self._informed_help))

    def show_method(self, w: Words, standing: Standing, *, informed: bool, used: Collection[str]) -> None:
        """Show what is chosen; with rules, the rule in full for each scale that is used (all, where none is yet)."""
        kit.set_text(self._head, w.t("Method"))
        for name, (title, help_text) in METHODS.items():
            self.choices[name].setText(w.t(title))
            self.choices[name].setAccessibleName(self.choices[name].text())
            kit.set_text(self._helps[name], w.t(help_text))
            self.choices[name].setAccessibleDescription(self._helps[name].text())
        self.choices[standing.method].setChecked(True)
        by_rules = standing.method == "rules"
        kit.set_text(self._rule, "\n\n".join(self._rules(w, standing, used)) if by_rules else "")
        self._printed.setVisible(by_rules)
        self.informed.setText(w.t("Let the average of each kind of period count"))
        self.informed.setAccessibleName(self.informed.text())
        self.informed.setChecked(informed)
        self.informed.setEnabled(not by_rules)
        kit.set_text(
            self._informed_help,
            w.t(
                "Off: a point about a person rests on that person's answers alone, so that identical answers give "
                "identical points. On: more setbacks are found, since people without an intervention tend to fall, but "
                "what happened to others then counts. That needs a legal basis. It is named beside every point."
            ),
        )
        self.informed.setAccessibleDescription(self._informed_help.text())

    def _rules(self, w: Words, standing: Standing, used: Collection[str]) -> list[str]:
        lines = []
        for name, scale in sorted(standing.scales.items()):
            if used and name not in used:
                continue
            account = standing.accounts[name]
            told = {**standing.rules.stated(), **(account.figures() if account is not None else {})}
            sentences = [*rule_words.rule(w, told, scale), rule_words.account(w, told, scale)]
            lines.append("\n".join([w.t("{scale}:", scale=w.pick(scale.name)), *sentences]))
        return lines
