"""Who looked at what: the newest lines of the access log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.ui import kit
from progression.ui.logtable import LogTable
from progression.ui.page import Context
from progression.ui.settings_form import Section
from progression.words import Words
from progression.words.naming import called

if TYPE_CHECKING:
    from progression.desk.session import Session

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Log:
    """`lines`: newest first. `names`: citizen -> name. `accounts`: account -> name."""

    lines: tuple[Any, ...]
    names: dict[str, str]
    accounts: dict[str, str]


def gather(session: Session) -> Log:
    """The newest lines of the log, and who is named in them."""
    from progression.desk import citizens, vaults

    w = Words(session.language)
    lines = tuple(vaults.access_log(session)[:SHOWN])
    own = {session.vault.account.id: session.vault.account.name}
    names = {one.citizen: called(w, one.name, one.number) for one in citizens.listing(session)}
    return Log(lines, names, {**vaults.accounts(session), **own})


class LogSection(Section):
    """A table."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._log: Log | None = None
        self._lead = kit.wrapped("", "dense", "text-2")
        self.table = LogTable()
        self.box.addWidget(self._lead)
        self.box.addWidget(self.table)

    def show_facts(self, log: Log) -> None:
        """Show the lines."""
        self._log = log
        self.retranslate()

    def retranslate(self) -> None:
        w = self.words
        self._lead.setText(
            w.tn("The latest {n} line of the access log.", "The latest {n} lines of the access log.", SHOWN)
        )
        if self._log is not None:
            self.table.show_lines(w, self._log.lines, self._log.names, self._log.accounts)

    def restyle(self) -> None:
        super().restyle()
        self.table.restyle()
