"""You: who works here, when the database locks, and the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QComboBox

from progression.ui import kit, theme
from progression.ui.page import Context
from progression.ui.settings.form import GAP, Section, beside
from progression.ui.start.passphrase import NewPassphrase
from progression.ui.window.facts import Facts, facts
from progression.words.titles import title

if TYPE_CHECKING:
    from progression.desk.session import Session

FIELDS = 520  # px at 100 %: fields as wide as those of the first start
TOP = 3  # px above the caption beside them: its letters stand on their first line
IDLE = (1, 2, 5, 10, 15, 30, 60)


def gather(session: Session) -> Facts:
    """Who works here."""
    return facts(session)


class AccountSection(Section):
    """Who is logged in, the idle lock, a new passphrase."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: Facts | None = None
        self._who = kit.label("", "name")
        self.idle = QComboBox()
        self.idle.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.idle.activated.connect(lambda _index: context.idle_asked.emit(int(self.idle.currentData())))
        self.lock = kit.button("", icon="lock")
        self.lock.clicked.connect(lambda: context.lock_asked.emit(False))
        self.new_passphrase = kit.button("", icon="key-round")
        self.new_passphrase.clicked.connect(self.change_passphrase)
        self.captioned("who", self._who)
        self.captioned("idle", self.idle, self.lock)
        self._line = self.captioned("passphrase", self.new_passphrase)
        self.passphrase = NewPassphrase(context)
        self.passphrase.hide()
        self.passphrase.closed.connect(self._closed)
        line = kit.row(self.passphrase, 1)  # a row knows how wide it is, and so how high its wrapped lines are
        line.setStretch(0, 1000)
        self._over = kit.label("", "body", "text-2")  # the caption while the fields are open: level with their top
        self._over.setContentsMargins(0, TOP, 0, 0)
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._fields.setSpacing(GAP)
        self._fields.addWidget(self._over, 0, Qt.AlignmentFlag.AlignTop)
        self._fields.addLayout(line, 1)
        self.box.addLayout(self._fields)

    def show_facts(self, told: Facts) -> None:
        """Show who works here."""
        self._facts = told
        self.retranslate()

    def retranslate(self) -> None:
        w = self.words
        if self._facts is not None:
            who = (self._facts.status.account, title(w, self._facts.status.role), self._facts.team)
            self._who.setText(" · ".join(part for part in who if part))
        about = w.t("Role and team are taken from the colleague the account is tied to under Accounts.")
        self.say("who", w.t("Logged in"), about, self._who)
        self._who.setAccessibleName(f"{w.t('Logged in')}: {self._who.text()}")
        self.idle.clear()
        for minutes in IDLE:
            self.idle.addItem(w.tn("{n} minute", "{n} minutes", minutes), minutes)
        about = w.t(
            "After this long without a key press or a click. What you are working on is kept, and you come back to "
            "the same place."
        )
        self.say("idle", w.t("Locks after"), about, self.idle)
        about = w.t("The recovery key stays valid. A backup opens with the passphrase it was made under.")
        self.say("passphrase", w.t("Passphrase"), about, self.new_passphrase)
        self._over.setText(w.t("Passphrase"))
        self._show_line(self.passphrase.isHidden())
        for control, text in ((self.lock, w.t("Lock now")), (self.new_passphrase, w.t("New passphrase …"))):
            control.setText(text)
            control.setAccessibleName(text)
        self.passphrase.retranslate()
        self.restyle()

    def restyle(self) -> None:
        super().restyle()
        self.passphrase.setMaximumWidth(theme.current().px(FIELDS))
        minutes = self.context.preferences.idle_minutes
        self.idle.setCurrentIndex(min(range(len(IDLE)), key=lambda i: abs(IDLE[i] - minutes)))

    def leave(self) -> None:
        """The page is left: put the fields for a passphrase away."""
        if not self.passphrase.isHidden():
            self.passphrase.close_panel()

    def change_passphrase(self, *, recovered: bool = False) -> None:
        """Open the fields for a new passphrase; `recovered`: the recovery key has just opened the database."""
        self._show_line(False)
        self.passphrase.begin(recovered=recovered)

    def _closed(self) -> None:
        self._show_line(True)
        self.new_passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_line(self, shown: bool) -> None:
        """The button and what it does; the fields say it themselves while they are open."""
        for part in (self._line, self.new_passphrase, self._helps["passphrase"]):
            part.setVisible(shown)
        self._over.setVisible(not shown)
        self._indent()

    def _indent(self) -> None:
        super()._indent()
        wide = self._captions["passphrase"].minimumWidth()
        self._over.setMinimumWidth(wide)
        way = QBoxLayout.Direction
        room = self.width() - wide - GAP >= self.passphrase.minimumSizeHint().width()
        self._fields.setDirection(way.LeftToRight if room and beside(wide, self.width()) else way.TopToBottom)
