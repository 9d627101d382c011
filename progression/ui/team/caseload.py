"""The panel of one colleague: who it is, the caseload, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from progression.casework.values import Person
from progression.desk.caseload import Load
from progression.desk.team import TeamPage as Value
from progression.ui import kit
from progression.ui.kit.items import Entry
from progression.ui.team import rows as team_rows
from progression.ui.team import tabs as team_tabs
from progression.words import Words
from progression.words.titles import title


class CaseloadPanel(QWidget):
    """One colleague: the caseload in words, its citizens, and what can be done."""

    cancelled = Signal()
    opened = Signal(str, str)
    change = Signal()
    hand_over = Signal()

    def __init__(self, words: Words, page: Value, person: Person, load: Load | None) -> None:
        super().__init__()
        w, name = words, person.name or person.person
        self.setAccessibleName(name)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(kit.heading(2, name))
        contact = ", ".join(part for part in (title(w, person.role), person.team, person.phone, person.email) if part)
        for text in (contact, *(team_rows.loads(w, load) if load else ()), *team_tabs.coming(w, page, person.person)):
            box.addWidget(kit.wrapped(text, "dense", "text-2"))
        self.change_button = kit.button(w.t("Change colleague"), icon="pencil", small=True)
        self.hand_button = kit.button(w.t("Hand over the whole caseload"), icon="users", small=True)
        self.close_button = kit.button(w.t("Close"), "quiet", small=True)
        self.change_button.clicked.connect(self.change)
        self.hand_button.clicked.connect(self.hand_over)
        self.close_button.clicked.connect(self.cancelled)
        cases = load.citizens if load else ()
        for made in (self.hand_button, self.change_button, self.close_button):
            box.addLayout(kit.row(made, 1))
        self.hand_button.setVisible(bool(cases))  # now that it has a parent: else it would be a window of its own
        self.entries: list[Entry] = []
        for one in team_rows.by_name(w, cases):
            entry = Entry(team_rows.case(w, one), team_rows.history(w, one), kind="dense")
            entry.clicked.connect(lambda _on=False, c=one: self.opened.emit(c.citizen, c.name or c.number))
            self.entries.append(entry)
            box.addWidget(entry)
        box.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
