"""The page once a conversation is finished: what it led to, or that it was taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from progression.desk.pages import Finished
from progression.ui.conversation.finish import FinishPanel
from progression.ui.conversation.taken_back import TakenBack
from progression.ui.page import Context


class Ending(QStackedWidget):
    """The finish panel, and what stands in its place while nothing is saved of that day."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.panel, self.taken_back = FinishPanel(context), TakenBack(context)
        self.addWidget(self.panel)
        self.addWidget(self.taken_back)

    def show_finished(self, finished: Finished, *, arriving: bool) -> None:
        """Show how things stand. `arriving`: another page of the conversation was in view before."""
        target = self.panel if finished.answered else self.taken_back
        arriving = arriving or self.currentWidget() is not target
        self.setCurrentWidget(target)
        if finished.answered:
            self.panel.show_finished(finished, arriving=arriving)
            return
        self.taken_back.show_finished(finished, self.panel.finished)
        if arriving:
            self.taken_back.take_keys()

    def scale_of(self, citizen: str) -> str:
        """The scale of what is shown of a citizen, "" where nothing is."""
        shown = self.panel.finished
        return shown.scale.id if shown is not None and shown.citizen == citizen else ""

    def leave(self) -> None:
        """The page is left or the vault is locked."""
        self.panel.leave()

    def retranslate(self) -> None:
        """Say everything again in the language now in force."""
        self.panel.retranslate()
        self.taken_back.retranslate()

    def restyle(self) -> None:
        """Take over text size and theme."""
        self.panel.restyle()
