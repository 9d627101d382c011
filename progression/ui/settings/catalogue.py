"""What the catalogues among the settings share: a list whose rows open a panel where they stand, acts with a name for
undo, and the place where a refusal is said whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from progression.errors import KnownError
from progression.ui import kit, saying
from progression.ui.kit.items import Entry
from progression.ui.page import Context
from progression.ui.panels.register import RegisterPanel, Wish
from progression.ui.settings.form import flowing


class CatalogueSection(QWidget):
    """The section under its heading. Whoever makes one fills `tools` and lists rows with `add`."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.panel: RegisterPanel | None = None
        self.entries: dict[str, Entry] = {}
        self._open = ""  # the key of the row whose panel is open; "" where it is that of a new one
        self._card: QWidget | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.lead = kit.wrapped("", "dense", "text-2")
        self.state = kit.wrapped("", "body")
        self.rows = kit.column(0)
        self.below = kit.wrapped("", "dense", "text-2")
        self.message = kit.wrapped("", "dense", "error")
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tools = kit.column(8)
        self.remedy = kit.column(0)  # right below what is said to be wrong
        for part in (self.lead, self.state, self.message):
            box.addWidget(part)
        box.addLayout(self.remedy)
        box.addLayout(self.rows)
        box.addWidget(self.below)
        for part in (self.below, self.message):
            part.hide()
        box.addLayout(self.tools)

    def tool_row(self, *parts: QWidget) -> None:
        """Add a row of tools, which takes another line where it has to."""
        self.tools.addWidget(flowing(*parts))

    # the list

    def clear(self) -> None:
        """Take every row out, and the panel that stood among them."""
        kit.clear(self.rows)
        self.entries.clear()
        self.panel = self._card = None

    def add(self, key: str, title: str, below: str, act: Callable[[], None]) -> Entry:
        """List a row that opens something."""
        made = Entry(title, below)
        made.clicked.connect(lambda _on=False: act())
        self.entries[key] = made
        self.rows.addWidget(made)
        return made

    # the panel

    def open(self, panel: RegisterPanel, key: str = "") -> None:
        """Show a panel below the row it is about, or below all where it is about none."""
        self.close_panel(focus=False)
        card = kit.Card()
        card.box.addWidget(panel)
        entry = self.entries.get(key)
        self.rows.insertWidget(self.rows.indexOf(entry) + 1 if entry else self.rows.count(), card)
        self.panel, self._card, self._open = panel, card, key
        panel.cancelled.connect(self.close_panel)
        panel.wanted.connect(self.carry_out)
        kit.read_in_order(self)
        card.show()
        panel.begin()

    def close_panel(self, focus: bool = True) -> None:
        """Put the panel away and go back to the row it was about."""
        if self._card is None:
            return
        self.rows.removeWidget(self._card)
        self._card.hide()
        self._card.deleteLater()
        self.panel = self._card = None
        entry = self.entries.get(self._open)
        if focus and entry is not None:
            entry.setFocus(Qt.FocusReason.OtherFocusReason)

    # acts

    def carry_out(self, wish: Wish) -> None:
        """Do what the panel asks for; a refusal stands in the panel, and what was typed with it."""
        panel = self.panel

        def done(_changes: object) -> None:
            if self.panel is panel:
                self.close_panel()
            self.context.announce(wish.told)

        def failed(error: BaseException) -> bool:
            return panel is not None and self.panel is panel and panel.refused(error)

        self.context.run(wish.operation, *wish.values, done=done, failed=failed, undo=wish.undo, **wish.named)

    def act(
        self,
        told: str,
        name: str,
        operation: Callable[..., Any],
        *values: Any,
        refused: Callable[[KnownError], None] | None = None,
        **named: Any,
    ) -> None:
        """Do something with the whole catalogue; a refusal is said below the list, every fault of a file a line."""

        def done(_changes: object) -> None:
            self.say("")
            self.context.announce(told)

        def failed(error: BaseException) -> bool:
            if not isinstance(error, KnownError):
                return False
            self.say(saying.sentence(self.context.words, error))
            if refused is not None:
                refused(error)
            return True

        self.say("")
        self.context.run(operation, *values, done=done, failed=failed, undo=name, **named)

    def say(self, text: str) -> None:
        """Say what went wrong, or nothing."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        if text:
            self.context.announce(text.split("\n")[0])
