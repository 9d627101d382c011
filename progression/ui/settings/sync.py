"""Synchronisation: how things stand, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progression.ui import kit
from progression.ui.page import Context
from progression.ui.settings.form import Section

if TYPE_CHECKING:
    from progression.desk.vaults import Status


class SyncSection(Section):
    """Nothing is set up here yet, and that is what it says."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._state = kit.wrapped("", "name")
        self._about = kit.wrapped("", "body")
        self.box.addWidget(self._state)
        self.box.addWidget(self._about)

    def show_facts(self, _facts: Status) -> None:
        """There is one state to show."""
        self.retranslate()

    def retranslate(self) -> None:
        w = self.words
        self._state.setText(w.t("Synchronisation is not set up: everything is on this computer only"))
        self._about.setText(
            w.t(
                "Nothing is sent anywhere, and nobody else sees what you write. Progression works without a network. "
                "To move to another computer, make a backup to another place and open it there. Never put the "
                "database itself in a folder that is shared or copied to the cloud: two computers that write in it at"
                " once can damage it."
            )
        )
