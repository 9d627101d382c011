"""The thresholds of the rules: four choices, what they do in simulation, and the way back to the standard ones."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from progression.analysis.settings import Rules
from progression.ui import kit
from progression.ui.page import Context
from progression.words import N_, Words
from progression.words import rules as say

if TYPE_CHECKING:
    from progression.analysis.settings import RulesAccount
    from progression.desk.rules import Standing
    from progression.desk.session import Changes, Session
    from progression.scales.model import Scale

CHOICES: dict[str, tuple[float, ...]] = {
    "p_limit": (0.001, 0.005, 0.01, 0.02, 0.05, 0.1),
    "gain_share": (0.25, 0.5, 0.75, 1.0),
    "rounds": (3, 4, 5, 6, 8),
    "months": (6, 9, 12, 18, 24),
}
LABELS: dict[str, str] = {
    "p_limit": N_("Sign test, at most"),
    "gain_share": N_("Standstill: less than this share of the smallest change worth having"),
    "rounds": N_("Standstill: after at least so many rounds"),
    "months": N_("Standstill: after at least so many months"),
}


class RulesPart(QWidget):
    """A choice takes effect at once. Simulating runs beside the window and stops when it closes."""

    _told = Signal(object, str, object)  # the run's stop sign, kind, value: from the computing thread

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.rules = Rules()
        self.stop: threading.Event | None = None  # of what is under way
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 0, 0, 4)
        box.setSpacing(6)
        form = QFormLayout()
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.choices: dict[str, QComboBox] = {}
        self._labels: dict[str, QLabel] = {}
        for name in CHOICES:
            choice = QComboBox()
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.activated.connect(lambda _at, name=name: self._choose(name))
            self.choices[name], self._labels[name] = choice, kit.wrapped("", "dense")
            self._labels[name].setBuddy(choice)
            form.addRow(self._labels[name], choice)
        box.addLayout(form)
        self.standard, self.measure = kit.link(""), kit.link("")
        self.standard.clicked.connect(lambda: self._edit(Rules()))
        self.measure.clicked.connect(self._measure)
        box.addLayout(kit.row(self.standard, self.measure, 1, spacing=16))
        self._told.connect(self._deliver)

    def show_rules(self, w: Words, standing: Standing) -> None:
        """Show the thresholds in force; hidden where the rules are not."""
        self.rules = standing.rules
        self.setVisible(standing.method == "rules")
        for name, choice in self.choices.items():
            self._labels[name].setText(w.t(LABELS[name]))
            choice.setAccessibleName(self._labels[name].text())
            now = getattr(self.rules, name)
            choice.clear()
            for value in sorted({*CHOICES[name], now}):
                choice.addItem(_said(w, name, value), value)
            choice.setCurrentIndex(choice.findData(now))
        self.standard.setText(w.t("Standard thresholds"))
        self.standard.setVisible(standing.edited)
        self._say_measure(w)
        unknown = [one for one in standing.accounts.values() if one is None]
        self.measure.setVisible(bool(unknown) or self.stop is not None)

    def _say_measure(self, w: Words, part: float | None = None) -> None:
        running = self.stop is not None
        text = w.t("Simulating: {percent}%", percent=round(100 * (part or 0.0))) if running else ""
        self.measure.setText(text or w.t("Simulate what these thresholds do"))
        self.measure.setAccessibleName(self.measure.text())
        self.measure.setEnabled(not running)

    # choosing

    def _choose(self, name: str) -> None:
        value = self.choices[name].currentData()
        self._edit(Rules.of({**self.rules.as_body(), name: value}))

    def _edit(self, rules: Rules) -> None:
        from progression.desk import rules as operations

        if rules != self.rules:
            self.cancel()
            self.context.run(operations.edit, rules, undo=self.context.words.t("the thresholds"))

    # simulating

    def cancel(self) -> None:
        """Stop what is being simulated: the thresholds are others now, or the page goes away."""
        if self.stop is not None:
            self.stop.set()
            self.stop = None

    def _measure(self) -> None:
        from progression.desk import rules as operations

        self.stop = stop = threading.Event()
        self._say_measure(self.context.words)
        self.context.run(operations.unmeasured, done=lambda asked: self._compute(stop, *asked), failed=self._failed)

    def _compute(self, stop: threading.Event, rules: Rules, scales: Sequence[Scale]) -> None:
        def tell(kind: str, value: Any) -> None:
            if shiboken6.isValid(self):
                self._told.emit(stop, kind, value)

        def progress(part: float) -> None:
            if stop.is_set() or not shiboken6.isValid(self):
                raise InterruptedError
            tell("progress", part)

        def work() -> None:
            from progression.desk import rules as operations

            try:
                found = operations.simulate(rules, scales, progress)
            except InterruptedError:
                return
            except BaseException as error:  # handed over whole: nothing is caught and hidden
                tell("error", error)
            else:
                tell("found", found)

        threading.Thread(target=work, name="simulating", daemon=True).start()

    def _deliver(self, stop: threading.Event, kind: str, value: Any) -> None:
        if stop is not self.stop:  # other thresholds meanwhile
            return
        if kind == "progress":
            self._say_measure(self.context.words, value)
            return
        self.stop = None
        if kind == "error":
            self._failed(value)
        else:
            self.context.run(keep, value, done=self._kept, record=False)  # figures, not a choice

    def _kept(self, _changes: Changes) -> None:
        self._say_measure(self.context.words)
        self.context.announce(self.context.words.t("Simulated. The figures stand below the rules."))

    def _failed(self, error: BaseException) -> bool:
        self.stop = None
        self._say_measure(self.context.words)
        self.context.failed.emit(error)
        return True


def keep(session: Session, found: Sequence[RulesAccount]) -> Changes:
    """Keep what was simulated."""
    from progression.desk import rules

    return rules.keep(session, found)


def _said(w: Words, name: str, value: float) -> str:
    return say.percent(w, value) if name in ("p_limit", "gain_share") else w.number(value, 0)
