"""The place beside a page where a conversation is planned, moved or marked, and where the last act is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from progression.casework.values import Conversation
from progression.ui import kit, theme
from progression.ui.page import Context
from progression.ui.panels.register import RegisterPanel, Wish
from progression.ui.panels.talk import AddContact, Choices, PlanTalk

MARKS = {"H": "held", "A": "cancelled", "U": "missed"}  # keys: holdt, aflyst, udeblevet


class TalkSide(QFrame):
    """Holds one panel at a time. `closed` when it is put away."""

    closed = Signal()
    done = Signal(str)  # what a panel wanted is done, in words

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("side")
        self.context = context
        self.panel: RegisterPanel | None = None
        self._area: QScrollArea | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 20, 12, 8)
        self.restyle()
        self.hide()

    def plan(
        self,
        *,
        citizen: str = "",
        name: str = "",
        talk: Conversation | None = None,
        day: date | None = None,
        choices: Choices = (),
        caseworkers: Mapping[str, str] | None = None,
        me: str = "",
    ) -> None:
        """Open the panel that plans or changes a conversation."""
        made = PlanTalk(
            self.context.words,
            self.context.today,
            citizen=citizen,
            name=name,
            talk=talk,
            day=day,
            choices=choices,
            caseworkers=caseworkers,
            me=me,
        )
        self._open(made)
        made.begin()

    def put_off(self, citizen: str, name: str, day: date) -> None:
        """Open the panel that puts off the conversation of a day."""
        from progression.ui.panels.talk import PutOff

        made = PutOff(self.context.words, citizen, name, self.context.today, day)
        self._open(made)
        made.begin()

    def contact(self, citizen: str, name: str) -> None:
        """Open the panel for another contact."""
        made = AddContact(self.context.words, citizen, name, self.context.today)
        self._open(made)
        made.begin()

    def mark(self, talk: Conversation, status: str) -> None:
        """Say what became of a conversation, at once."""
        from progression.desk import talks
        from progression.words.talks import STATUSES

        w = self.context.words
        word = w.t(STATUSES[status])
        self._run(
            Wish(
                w.t("{status}. Ctrl+Z undoes it.", status=word),
                w.t("conversation marked: {status}", status=word),
                talks.mark,
                (talk, status),
            )
        )

    def _open(self, panel: RegisterPanel) -> None:
        self.put_away(silent=True)
        self.panel = panel
        panel.wanted.connect(self._run)
        panel.cancelled.connect(self.put_away)
        self._area = kit.scrolled(panel)
        self._box.addWidget(self._area)
        self.show()

    def put_away(self, *, silent: bool = False) -> None:
        """Close the panel."""
        if self._area is not None:
            self._box.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
        self._area = self.panel = None
        if not silent:
            self.hide()
            self.closed.emit()

    def _run(self, wish: Wish) -> None:
        panel = self.panel

        def done(_value: Any) -> None:
            if panel is not None and self.panel is panel:
                self.put_away()
            self.context.announce(wish.told)
            self.done.emit(wish.told)

        def failed(error: BaseException) -> bool:
            return panel is not None and self.panel is panel and panel.refused(error)

        self.context.run(wish.operation, *wish.values, done=done, failed=failed, undo=wish.undo, **wish.named)

    def restyle(self) -> None:
        """Grow with the text, within reason."""
        self.setFixedWidth(min(theme.current().px(328), 560))
