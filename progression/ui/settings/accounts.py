"""Accounts: who can open this database, and which colleague each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from progression.ui import kit
from progression.ui.page import Context
from progression.ui.settings.form import Section
from progression.words.titles import title

if TYPE_CHECKING:
    from progression.desk.accounts import Account, Accounts


class AccountsSection(Section):
    """The accounts as a list; the one in use can be tied to a colleague."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: Accounts | None = None
        self.person = QComboBox()
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.setMinimumContentsLength(24)
        self.person.activated.connect(self._tie)
        self._list = kit.column(6)
        self._more = kit.wrapped("", "dense", "text-2")
        self.captioned("person", self.person)
        self.box.addLayout(self._list)
        self.box.addSpacing(8)
        self.box.addWidget(self._more)

    def show_facts(self, facts: Accounts) -> None:
        """Show who has an account."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        w, facts = self.words, self._facts
        about = w.t("Then My caseload is the caseload of that colleague, and assessments carry that name.")
        self.say("person", w.t("You are the colleague"), about, self.person)
        self._more.setText(
            w.t(
                "More than one person can open a database once it is synchronised between computers. Until then a "
                "database has one account: the one it was made with. Do not share its passphrase; make "
                "a database for each."
            )
        )
        kit.clear(self._list)
        if facts is None:
            return
        self.person.clear()
        self.person.addItem(w.t("Nobody in the list"), "")
        for key, name in sorted(facts.colleagues.items(), key=lambda pair: pair[1].casefold()):
            self.person.addItem(name, key)
        self.person.setCurrentIndex(max(0, self.person.findData(facts.own.person)))
        self._list.addWidget(kit.heading(3, w.t("Accounts in this database")))
        self._list.addWidget(kit.rule(True))
        for one in facts.rows:
            self._list.addWidget(kit.wrapped(self._told(facts, one), "body"))
        kit.read_in_order(self)
        self.restyle()

    def _told(self, facts: Accounts, one: Account) -> str:
        w = self.words
        role = title(w, one.role)
        colleague = facts.colleagues.get(one.person, "")
        told = [one.name, role, colleague if colleague != one.name else "", w.t("that is you") if one.own else ""]
        if not one.opens:
            told.append(w.t("known from another computer; cannot open the database here"))
        return " · ".join(part for part in told if part)

    def _tie(self, _index: int) -> None:
        from progression.desk import accounts

        if self._facts is not None and self.person.currentData() != self._facts.own.person:
            name = self.words.t("which colleague you are")
            own = self._facts.own.id
            self.context.run(accounts.tie, own, str(self.person.currentData()), undo=name)
