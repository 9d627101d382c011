"""What is asked when a person has chosen: why, and when to look again. Opens inside the card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from progression.casework.duties import add_months
from progression.ui import theme
from progression.ui.kit import button, row
from progression.ui.panels.fields import DateField, Fielded
from progression.words import Words

FOLLOW_UP_MONTHS = 3


class DecisionForm(QWidget):
    """Reason and follow-up date of a choice. `saved` carries choice, reason and day (None when left empty)."""

    saved = Signal(str, str, object)
    dropped = Signal()

    def __init__(self, words: Words, today: date, running: Sequence[tuple[str, str]] = ()) -> None:
        """`running` (id, name): what may end by the same act where the choice is to stop."""
        super().__init__()
        self.words, self.today, self.choice = words, today, ""
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.current().px(64))
        self.reason.setPlaceholderText(words.t("In a few words, for whoever reads it later"))
        self.follow_up = DateField(words, today, ahead=True)
        self.follow_up.put(add_months(today, FOLLOW_UP_MONTHS))
        self._reason = Fielded(words.t("Reason"), self.reason)
        self._day = Fielded(words.t("Look again on"), self.follow_up, words.t("Until then this point stays silent."))
        self.stop = QComboBox()
        self.stop.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.stop.setMinimumContentsLength(12)
        self.stop.addItem(words.t("Nothing that runs"), "")
        for key, name in running:
            self.stop.addItem(name, key)
        self._stop = Fielded(words.t("Ends today"), self.stop)
        self._stop.hide()
        self.save = button(words.t("Save decision"), "primary", small=True)
        cancel = button(words.t("Cancel"), "quiet", small=True)
        self.save.clicked.connect(self._send)
        cancel.clicked.connect(self.dropped)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._stop)
        box.addWidget(self._reason)
        box.addWidget(self._day)
        box.addLayout(row(self.save, cancel, 1))

    def take(self, choice: str) -> None:
        """Begin, or go on, with a choice; the reason has the focus."""
        self.choice = choice
        self._stop.setVisible(choice == "stop" and self.stop.count() > 1)
        self.save.setEnabled(True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> tuple[str, ...]:
        """Ids of the interventions that end by the same act."""
        chosen = str(self.stop.currentData()) if self.choice == "stop" else ""
        return (chosen,) if chosen else ()

    def _send(self) -> None:
        self._day.clear_fault()
        day, wrong = self.follow_up.read()
        if day is not None and day < self.today:
            wrong = self.words.t("The date has passed. Choose today or a later day, or leave it empty.")
        if wrong:
            self._day.say(wrong)
            return
        self.save.setEnabled(False)
        self.saved.emit(self.choice, self.reason.toPlainText().strip(), day)

    def refused(self, sentence: str) -> None:
        """Say why it was not saved; what was typed stays."""
        self.save.setEnabled(True)
        self._reason.say(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._send()
        else:
            super().keyPressEvent(event)
