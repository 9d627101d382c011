"""The sections of *Indstillinger*, in order: their names are the commands "settings.…", their widgets are made when
they are first opened.

A section is a widget `cls(context)` with `retranslate()`, and where it shows something of the vault
`show_facts(facts)`: `gather(session)` fetches that on the database thread. To add one: a line here and a
command "settings.<key>".
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from progression.ui.commands import BY_KEY
from progression.words import N_

if TYPE_CHECKING:
    from progression.desk.session import Session
    from progression.ui.page import Context

_UI = "progression.ui.settings."
_DESK = "progression.desk."


@dataclass(frozen=True, slots=True)
class Place:
    """`module`, `cls`: the widget. `gather`: "module:function" of what it shows, "" where that is nothing of the
    vault. `about`: what it is, in plain words; "" where the section says so itself. `kinds`: changes that make it ask
    again. `wide`: a list of columns, which may be wider than lines that are read."""

    key: str
    module: str
    cls: str
    gather: str = ""
    about: str = ""
    kinds: frozenset[str] = frozenset({"setting"})
    wide: bool = False

    @property
    def title(self) -> str:
        """The English key of its name."""
        return BY_KEY[f"settings.{self.key}"].text


SECTIONS: tuple[Place, ...] = (
    Place("look", _UI + "look", "LookSection",
          about=N_("Only for you, on this computer. What you choose takes effect at once.")),
    Place("account", _UI + "account", "AccountSection", _UI + "account:gather",
          kinds=frozenset({"setting", "person"}),
          about=N_("Who works here, when the database locks, and the passphrase that opens it.")),
    Place("accounts", _UI + "accounts", "AccountsSection", _DESK + "accounts:page",
          kinds=frozenset({"setting", "person"}),
          about=N_("Whoever opens the database has an account. The access log names it beside everything that is "
                   "done.")),
    Place("scoring", _UI + "scoring", "ScoringSection", _UI + "scoring:gather",
          about=N_("How the page Conversation behaves. The same for everybody who uses this database.")),
    Place("scales", _UI + "scales", "ScalesSection", _DESK + "scales:listing", kinds=frozenset({"scale"}),
          about=N_("The questionnaires that can be scored. A scale is a file; a new version of one leaves earlier "
                   "answers as they were given.")),
    Place("types", _UI + "types", "TypesSection", _DESK + "types:page",
          kinds=frozenset({"setting", "intervention", "offer", "category", "rules"})),
    Place("categories", _UI + "categories", "CategoriesSection", _DESK + "categories:page",
          kinds=frozenset({"setting", "category", "rules"})),
    Place("duties", _UI + "duties", "DutyRulesSection", _DESK + "duty_rules:standing",
          kinds=frozenset({"rules"}), wide=True),
    Place("basis", _UI + "basis", "BasisSection", _UI + "basis:gather",
          kinds=frozenset({"setting", "scale", "estimates", "import", "assessment"})),
    Place("letterhead", _UI + "letterhead", "LetterheadSection", _UI + "letterhead:gather",
          about=N_("What every document has around it: the municipality's name and logo at the top, contact and footer "
                   "at the foot. The same on every device.")),
    Place("backup", _UI + "backup", "BackupSection", _DESK + "vaults:status", kinds=frozenset({"backup"}),
          about=N_("A backup is one encrypted file; it opens with the passphrase or the recovery key it was made "
                   "under. The last ten are kept, and the newest of each of the last twelve months.")),
    Place("import", _UI + "importing", "ImportSection",
          about=N_("Citizens, answers and interventions from another system, as CSV files or a spreadsheet. Where its "
                   "columns have other names, a mapping (TOML) says which column is what.")),
    Place("export", _UI + "exporting", "ExportSection",
          about=N_("Everything in the database as files that other programs can read. Each export is recorded in the "
                   "access log.")),
    Place("sync", _UI + "sync", "SyncSection", _DESK + "vaults:status"),
    Place("retention", _UI + "retention", "RetentionSection", _DESK + "retention:page",
          kinds=frozenset({"citizen", "import"}),
          about=N_("What the database keeps, and for how long.")),
    Place("log", _UI + "log", "LogSection", _DESK + "log:page", kinds=frozenset({"*"}), wide=True,
          about=N_("Everything that is looked at, searched, added, changed and exported is written down. A citizen can "
                   "ask to see it. Nothing can be taken out of it.")),
)  # fmt: skip
# the first section of each group, and what the group is called above it
GROUPS: dict[str, str] = {"look": N_("Yours"), "accounts": N_("Shared by everybody"), "backup": N_("Data")}
BY_NAME: dict[str, Place] = {place.key: place for place in SECTIONS}
BUILT: frozenset[str] = frozenset(BY_NAME)


def make(place: Place, context: Context) -> QWidget:
    """Make a section's widget."""
    made: QWidget = getattr(import_module(place.module), place.cls)(context)
    return made


def gather(session: Session, source: str) -> Any:
    """Fetch what a section shows; `source`: "module:function"."""
    module, _, function = source.partition(":")
    return getattr(import_module(module), function)(session)
