"""What stands in place of the finish page once its assessment was taken back: that it was, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from progression.desk.pages import Finished
from progression.ui.conversation.header import first_name
from progression.ui.kit import Empty, button
from progression.ui.page import Context


class TakenBack(QWidget):
    """`score_asked(assessments)`: go on from the answers as they were; () = from an empty sheet."""

    score_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.finished: Finished | None = None
        self._were: tuple[object, ...] = ()  # the answers that were taken back, where this page still knows them
        self.again_button, self.score_button = button("", "primary"), button("", icon="pencil")
        self.citizen_button = button("")
        self.empty = Empty("history", self.again_button, self.score_button, self.citizen_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.addWidget(self.empty)
        self.again_button.clicked.connect(context.acts.redo)
        self.score_button.clicked.connect(lambda: self.score_asked.emit(self._were))
        self.citizen_button.clicked.connect(self._to_citizen)
        context.acts.moved.connect(self._say_doors)

    def show_finished(self, finished: Finished, before: Finished | None) -> None:
        """Show that nothing is saved of this day. `before`: what the finish page showed last."""
        same = before is not None and (before.citizen, before.day) == (finished.citizen, finished.day)
        if before is not None and same and before.assessments:
            self._were = tuple(before.assessments.values())
        elif self.finished is None or (self.finished.citizen, self.finished.day) != (finished.citizen, finished.day):
            self._were = ()
        self.finished = finished
        self.retranslate()

    def take_keys(self) -> None:
        """Give the keys to the way on that is most likely."""
        door = self.score_button if self.again_button.isHidden() else self.again_button
        door.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        if self.finished is None:
            return
        w = self.context.words
        self.empty.say(
            w.t("The assessment is taken back"),
            w.t(
                "Nothing of the conversation with {name} {day} is saved now, so there is no text for the journal.",
                name=first_name(self.finished.name),
                day=w.date(self.finished.day),
            ),
        )
        texts = {
            self.again_button: w.t("Save it again (Ctrl+Shift+Z)"),
            self.score_button: w.t("Go on scoring") if self._were else w.t("Score again"),
            self.citizen_button: w.t("To the citizen's page"),
        }
        for made, text in texts.items():
            made.setText(text)
            made.setAccessibleName(text)
        self._say_doors()

    def _say_doors(self) -> None:
        """Doing it again is offered while it is what would be done again."""
        act, who = self.context.acts.next, self.finished.citizen if self.finished is not None else ""
        self.again_button.setVisible(act is not None and "assessment" in act.kinds and who in act.citizens)

    def _to_citizen(self) -> None:
        if self.finished is not None:
            self.context.go("citizen", self.finished.citizen)
