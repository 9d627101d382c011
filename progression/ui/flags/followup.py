"""A decision whose follow-up day has come: what was decided, and what is decided now. Opens beside the page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from progression.casework.values import Decision
from progression.ui import ways
from progression.ui.flags.decision import DecisionForm
from progression.ui.kit import button, heading, label, row, wrapped
from progression.ui.kit.flow import Even
from progression.ui.kit.texts import set_property
from progression.ui.panels.fields import Fielded
from progression.ui.panels.register import text_area
from progression.ui.saying import is_known, sentence
from progression.words import Words
from progression.words.flags import CHOICES


class FollowUp(QWidget):
    """`ready` carries the decision that is followed up, the new choice, the reason and the next day (or None)."""

    ready = Signal(object, str, str, object)
    cancelled = Signal()

    def __init__(self, words: Words, decision: Decision, title: str, today: date) -> None:
        """`title`: what the decision was about, in words; "" where nothing is known of it any more."""
        super().__init__()
        ways.note(self)
        self.words, self.decision = words, decision
        self.choices: dict[str, QPushButton] = {}
        w = words
        self.setAccessibleName(w.t("Follow up"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(heading(2, w.t("Follow up")))
        if title:
            box.addWidget(wrapped(title, "name"))
        choice = w.t(CHOICES[decision.choice])
        box.addWidget(wrapped(w.t("Decided {day}: {choice}", day=w.date(decision.date), choice=choice), "dense"))
        if decision.reason:
            box.addWidget(wrapped(decision.reason, "dense", "text-2"))
        self.outcome = text_area(2)
        self.outcome.setPlainText(decision.outcome)
        box.addWidget(Fielded(w.t("What came of it?"), self.outcome, w.t("In a few words, for whoever reads it later")))
        box.addWidget(label(w.t("What do you decide now?"), "dense"))
        line = Even(6)
        for key, text in CHOICES.items():
            made = button(w.t(text), small=True)
            made.clicked.connect(lambda _on=False, k=key: self.choose(k))
            self.choices[key] = made
            line.addWidget(made)
        box.addLayout(line)
        self.form = DecisionForm(words, today)
        self.form.hide()
        self.form.saved.connect(self._send)
        self.form.dropped.connect(self.cancelled)
        box.addWidget(self.form)
        self.cancel = button(w.t("Cancel"), "quiet", small=True)
        self.cancel.clicked.connect(self.cancelled)
        box.addLayout(row(self.cancel, 1))
        box.addStretch(1)

    def begin(self) -> None:
        """Put the focus where one begins: what was decided last time is the likeliest."""
        self.choices[self.decision.choice].setFocus(Qt.FocusReason.OtherFocusReason)

    def came(self) -> str:
        """What was written about what came of the decision, where it is new."""
        written = self.outcome.toPlainText().strip()
        return "" if written == self.decision.outcome else written

    def choose(self, choice: str) -> None:
        """Take up a choice; reason and the next day are asked for below."""
        ways.step(self, "choose", choice)
        for key, made in self.choices.items():
            set_property(made, "role", "chosen" if key == choice else "normal")
            made.setAccessibleDescription(self.words.t("chosen") if key == choice else "")
        self.cancel.hide()
        self.form.show()
        self.form.take(choice)

    def _send(self, choice: str, reason: str, day: date | None) -> None:
        self.ready.emit(self.decision, choice, reason, day)

    def refused(self, error: BaseException) -> bool:
        """Say why it was not saved; False for what is not known: a bug."""
        if is_known(error):
            self.form.refused(sentence(self.words, error))
        return is_known(error)
