"""One scale's estimates in plain words: what they rest on, what they say, what came before; and making new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from progression.ui import kit, saying
from progression.ui.estimating import Estimator
from progression.words import Words
from progression.words import estimates as say

if TYPE_CHECKING:
    from progression.desk.estimates import Standing
    from progression.scales.model import Scale


class ScalePart(QWidget):
    """`taken_back` with the event of an adoption."""

    taken_back = Signal(str)

    def __init__(self, scale: str, estimator: Estimator) -> None:
        super().__init__()
        self.scale, self.estimator = scale, estimator
        self._words = Words()
        self._open = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._name = kit.heading(3, wraps=True)
        self._basis = kit.wrapped("", "body")
        self._offer = kit.wrapped("", "dense", "text-2")
        self.recompute = kit.button("", small=True)
        self.recompute.clicked.connect(lambda: self.estimator.begin(self.scale))
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self._stage = kit.label("", "small", "text-2")
        self.cancel = kit.button("", small=True)
        self.cancel.clicked.connect(self._cancel)
        self._outcome = kit.wrapped("", "dense", "text-2")
        self._sentences = kit.wrapped("", "dense")
        self.details = kit.link("")
        self.details.clicked.connect(self._toggle)
        self._more = QWidget()
        inside = QVBoxLayout(self._more)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._note = kit.wrapped("", "dense", "text-2")
        self._history = kit.column(2)
        inside.addLayout(self._grid)
        inside.addWidget(self._note)
        inside.addLayout(self._history)
        for part in (self._name, self._basis, self._offer):
            box.addWidget(part)
        box.addSpacing(4)
        box.addLayout(kit.row(self.recompute, 1))
        box.addLayout(kit.row(self._stage, self.cancel, 1))
        for widget in (self.bar, self._outcome):
            box.addWidget(widget)
        box.addSpacing(4)  # a button is no line of text: what follows stands apart from it
        box.addWidget(self._sentences)
        box.addLayout(kit.row(self.details, 1))
        box.addWidget(self._more)
        estimator.moved.connect(self.show_run)

    def show_standing(self, w: Words, standing: Standing, scale: Scale, accounts: Mapping[str, str]) -> None:
        """Show what the vault says."""
        self._words = w
        estimates = standing.in_force
        name = w.t("{scale}, version {version}", scale=w.pick(scale.name), version=scale.version)
        kit.set_text(self._name, name)
        kit.set_text(self._basis, say.basis(w, estimates))
        kit.set_text(self._offer, say.offer(w, estimates, standing.usable))
        self.recompute.setText(w.t("Recompute"))
        self.recompute.setAccessibleName(w.t("Recompute the estimates for {scale}", scale=w.pick(scale.name)))
        self.recompute.setEnabled(standing.usable > 0)
        self.cancel.setText(w.tc("button", "Cancel"))
        self.cancel.setAccessibleName(self.cancel.text())
        self.bar.setAccessibleName(w.t("Progress of the estimating"))
        found = say.figures(w, estimates, standing.prior, scale)
        kit.set_text(self._sentences, "\n".join([*(one.sentence for one in found), say.threshold(w, estimates, scale)]))
        # of a scale nobody has answered twice there is nothing to tell unless one asks
        self._sentences.setVisible(standing.usable > 0 or estimates.adopted is not None)
        self._say_details(w, standing, found, scale)
        self._say_history(w, standing, accounts)
        self._show_open()
        self.show_run()

    def _say_details(self, w: Words, standing: Standing, found: list[say.Figure], scale: Scale) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        unit = w.t("in steps") if len(scale.indicators) > 1 else w.t("in points")
        adopted = standing.in_force.adopted is not None
        heads = [unit, w.t("Your citizens") if adopted else "", w.t("Starting value")]
        rows = [(one.label, one.value if adopted else "", one.prior) for one in found]
        for line, cells in enumerate([tuple(heads), *rows]):
            for column, text in enumerate(cells):
                tone = "text-2" if line == 0 or column == 2 else "text"
                if column == 0:
                    self._grid.addWidget(kit.wrapped(text, "dense", tone), line, column)
                else:
                    self._grid.addWidget(kit.label(text, "dense", tone), line, column, Qt.AlignmentFlag.AlignRight)
        kit.set_text(self._note, say.weight(w, standing.in_force))

    def _say_history(self, w: Words, standing: Standing, accounts: Mapping[str, str]) -> None:
        kit.clear(self._history)
        self.back: QPushButton | None = None
        for place, one in enumerate(standing.history):
            text = say.history(w, one, accounts.get(one.account, one.account))
            self._history.addWidget(kit.wrapped(text, "dense", "text-2" if place else "text"))
        if standing.history:
            newest = standing.history[0]
            self.back = kit.link(w.t("Take these estimates back"))
            self.back.setAccessibleName(w.t("Take the estimates {name} back", name=newest.estimates.name))
            self.back.clicked.connect(lambda: self.taken_back.emit(newest.event))
            self._history.insertLayout(1, kit.row(self.back, 1))

    def _toggle(self) -> None:
        self._open = not self._open
        self._show_open()

    def _show_open(self) -> None:
        w = self._words
        self.details.setText(w.t("Hide figures and history") if self._open else w.t("Show figures and history"))
        self.details.setAccessibleName(self.details.text())
        self._more.setVisible(self._open)

    def _cancel(self) -> None:
        self.estimator.cancel()
        self.recompute.setFocus()

    def show_run(self) -> None:
        """Show how far it has come, or what came of it."""
        w, run = self._words, self.estimator.run
        mine = run is not None and run.scale == self.scale
        for part in (self.bar, self.cancel, self._stage):
            part.setVisible(mine)
        self.recompute.setVisible(run is None)
        self._offer.setVisible(not mine)
        if mine and run is not None:
            self.bar.setValue(round(run.part * 100))
            self._stage.setText(w.t("Estimating: {percent}%", percent=round(run.part * 100)))
        kit.set_text(self._outcome, self._came_of_it(w) if self.estimator.scale == self.scale and not mine else "")

    def _came_of_it(self, w: Words) -> str:
        if self.estimator.failure is not None:
            return saying.sentence(w, self.estimator.failure)
        if self.estimator.stopped:
            return w.t("The estimating was stopped; what was in force still is.")
        return ""
