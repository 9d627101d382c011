"""How often a point may come without a reason: four choices, each with what it means for one caseworker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from progression.ui import kit
from progression.ui.kit.order import one_tab_stop
from progression.ui.kit.ticks import Choice
from progression.words import Words
from progression.words import estimates as say

if TYPE_CHECKING:
    from progression.desk.estimates import Rate


ALMOST_ALL = 0.95


class RatePart(QWidget):
    """`chosen` when a person chooses another rate (per 100 citizen-years)."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[float, QRadioButton] = {}
        self._meanings: dict[float, QLabel] = {}
        self._rates: Sequence[Rate] = ()
        self._group = QButtonGroup(self)
        one_tab_stop(self._group)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._head = kit.heading(3, wraps=True)
        self._list = kit.column(2)
        self._foot = kit.wrapped("", "dense", "text-2")
        self._box.addWidget(self._head)
        self._box.addLayout(self._list)
        self._box.addWidget(self._foot)

    def show_rates(self, w: Words, rates: Sequence[Rate], now: float, *, used: bool) -> None:
        """Show what can be chosen, and what is. `used`: the method in force has a rate at all."""
        self._rates = rates
        if list(self.choices) != [one.per_100_years for one in rates]:
            self._make()
        kit.set_text(self._head, w.t("Attention points without a reason"))
        for one in rates:
            self._say(w, one)
            self.choices[one.per_100_years].setEnabled(used)
        if now in self.choices:
            moved = any(choice.hasFocus() for choice in self.choices.values())
            self.choices[now].setChecked(True)
            if moved:  # undone: the focus goes with the choice
                self.choices[now].setFocus()
        kit.set_text(
            self._foot,
            w.t("The rules, which are chosen below, have no such choice.")
            if not used
            else w.t(
                "Fewer without a reason means that more setbacks are missed. In practice there may be more: above all "
                "when the last rating before an intervention ends is too kind. The choice holds for everybody who uses "
                "this database."
            ),
        )

    def _make(self) -> None:
        kit.clear(self._list)
        self.choices, self._meanings = {}, {}
        for one in self._rates:
            choice = Choice()
            choice.clicked.connect(lambda _on=True, rate=one.per_100_years: self.chosen.emit(rate))
            meaning = kit.wrapped("", "dense", "text-2")
            self._group.addButton(choice)
            self.choices[one.per_100_years], self._meanings[one.per_100_years] = choice, meaning
            self._list.addLayout(kit.row(choice, 1))
            self._list.addWidget(kit.Inset(meaning))
        kit.read_in_order(self)

    def _say(self, w: Words, one: Rate) -> None:
        choice, meaning = self.choices[one.per_100_years], self._meanings[one.per_100_years]
        often = w.number(one.per_100_years, 0)
        n = say.per_year(w, one.per_100_years)
        choice.setText(w.t("About {n} a year ({rate} per 100 citizen-years)", n=n, rate=often))
        choice.setAccessibleName(choice.text())
        found = w.t("{n} in 10 real setbacks are found.", n=w.number(one.found * 10, 0))
        if one.found > ALMOST_ALL:  # "10 in 10" would promise that none is missed
            found = w.t("More than 9 in 10 real setbacks are found.")
        kit.set_text(meaning, f"{say.rate(w, one.per_100_years, one.real, one.realised)} {found}")
        choice.setAccessibleDescription(meaning.text())
