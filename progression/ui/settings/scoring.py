"""How one scores: whether earlier answers are in view from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progression.ui import kit
from progression.ui.kit.ticks import Tick
from progression.ui.page import Context
from progression.ui.settings.form import Section

if TYPE_CHECKING:
    from progression.desk.session import Session


def gather(session: Session) -> bool:
    """Whether earlier answers are shown from the start."""
    from progression.desk import conversations, settings

    return bool(settings.get(session, conversations.SHOW_EARLIER, False))


class ScoringSection(Section):
    """One choice, and why it is usually off."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.show_earlier = Tick()
        self.show_earlier.clicked.connect(self._put)
        self._help = kit.wrapped("", "dense", "text-2")
        self.box.addLayout(kit.row(self.show_earlier, 1))
        self.box.addWidget(kit.Inset(self._help))

    def show_facts(self, shown: bool) -> None:
        """Show what is chosen."""
        self.show_earlier.setChecked(shown)

    def retranslate(self) -> None:
        w = self.words
        self.show_earlier.setText(w.t("Show earlier answers from the start"))
        self._help.setText(
            w.t("Otherwise they appear once the row is answered, so that the old answer does not colour the new one.")
        )
        self.show_earlier.setAccessibleName(self.show_earlier.text())
        self.show_earlier.setAccessibleDescription(self._help.text())

    def _put(self, on: bool) -> None:
        from progression.desk import conversations, settings

        name = self.words.t("earlier answers from the start")
        self.context.run(settings.put, conversations.SHOW_EARLIER, on, undo=name)
