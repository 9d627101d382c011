"""*Indstillinger*, small and honest: how the window looks and speaks, who is logged in, backup, import, what the
numbers rest on, and who looked at what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from progression.ui import kit, theme
from progression.ui.exporting import ExportSection
from progression.ui.importing import ImportSection
from progression.ui.page import Context, Page
from progression.ui.passphrase import NewPassphrase
from progression.ui.preferences import THEME_CHOICES
from progression.ui.settings_basis import Basis, BasisSection
from progression.ui.settings_basis import gather as gather_basis
from progression.ui.settings_categories import CategoriesSection
from progression.ui.settings_duties import DutyRulesSection
from progression.ui.settings_types import TypesSection
from progression.ui.start_steps import LANGUAGE_NAMES
from progression.words import N_, Words
from progression.words.naming import called

if TYPE_CHECKING:
    from progression.desk.categories import Categories
    from progression.desk.duty_rules import Standing as DutyRules
    from progression.desk.session import Session
    from progression.desk.types import Types
    from progression.desk.vaults import Status

THEME_NAMES = {
    "system": N_("As the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
}
IDLE = (1, 2, 5, 10, 15, 30, 60)
LOG_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page shows from the vault."""

    status: Status
    basis: Basis
    duty_rules: DutyRules
    types: Types
    categories: Categories
    show_earlier: bool
    log: tuple[Any, ...]
    names: dict[str, str]
    accounts: dict[str, str]


def gather(session: Session) -> Facts:
    """Everything the page shows, in one go."""
    from progression.desk import categories, citizens, conversations, duty_rules, settings, types, vaults

    w = Words(session.language)
    return Facts(
        status=vaults.status(session),
        basis=gather_basis(session),
        duty_rules=duty_rules.standing(session),
        types=types.page(session),
        categories=categories.page(session),
        show_earlier=bool(settings.get(session, conversations.SHOW_EARLIER, False)),
        log=tuple(vaults.access_log(session)[:LOG_SHOWN]),
        names={one.citizen: called(w, one.name, one.number) for one in citizens.listing(session)},
        accounts={session.vault.account.id: session.vault.account.name},
    )


class SettingsPage(Page):
    """Everything takes effect at once; there is no button to save."""

    name = "settings"
    kinds = frozenset(["setting", "category", "backup", "scale", "estimates", "person"])

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.facts: Facts | None = None
        self._heads: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        wide = QVBoxLayout(inside)
        wide.setContentsMargins(24, 16, 24, 24)
        self._column = QWidget()
        self._box = QVBoxLayout(self._column)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        wide.addLayout(kit.row(self._column, 1))  # an alignment would forget the height wrapped lines need
        wide.addStretch(1)
        outer.addWidget(kit.scrolled(inside))
        self._title = kit.heading(1)
        self._box.addWidget(self._title)
        self._make_look()
        self._make_account()
        self._make_scoring()
        self._make_backup()
        self._make_files()
        self._make_catalogues()
        self._make_duties()
        self._make_basis()
        self._make_log()

    # building

    def _section(self, key: str) -> None:
        self._box.addSpacing(16)
        self._heads[key] = kit.heading(2)
        self._box.addWidget(self._heads[key])
        self._box.addWidget(kit.rule(True))
        self._box.addSpacing(4)

    def _captioned(self, key: str, control: QWidget) -> QHBoxLayout:
        caption = kit.label("", "body", "text-2")
        caption.setBuddy(control)
        self._captions[key] = caption
        line = kit.row(caption, control, spacing=16)
        inset = kit.row(line, 1)
        self._box.addLayout(inset)
        return line

    def _make_look(self) -> None:
        self._section("look")
        self.language = kit.Segmented()
        self.language.chosen.connect(self.context.language_asked)
        self._captioned("language", self.language)
        self.theme_choice = kit.Segmented()
        self.theme_choice.chosen.connect(self.context.theme_asked)
        self._captioned("theme", self.theme_choice)
        self.percent = QSlider(Qt.Orientation.Horizontal)
        self.percent.setRange(theme.SMALLEST // 10, theme.LARGEST // 10)
        self.percent.setPageStep(2)
        self.percent.setTracking(False)
        self.percent.setFixedWidth(240)
        self.percent.valueChanged.connect(self._percent_moved)
        self._percent_text = kit.label("", "body")
        self._percent_line = self._captioned("percent", self.percent)
        self._percent_line.addWidget(self._percent_text)

    def _make_account(self) -> None:
        self._section("account")
        self._who = kit.label("", "name")
        self._captioned("who", self._who)
        self.idle = QComboBox()
        self.idle.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.idle.activated.connect(lambda _index: self.context.idle_asked.emit(int(self.idle.currentData())))
        self._captioned("idle", self.idle)
        self.lock = kit.button("", icon="lock")
        self.lock.clicked.connect(lambda: self.context.lock_asked.emit(False))
        self.new_passphrase = kit.button("")
        self.new_passphrase.clicked.connect(self.change_passphrase)
        self._box.addLayout(kit.row(self.lock, self.new_passphrase, 1))
        self.passphrase = NewPassphrase(self.context)
        self.passphrase.hide()
        self.passphrase.closed.connect(self._passphrase_closed)
        self._box.addWidget(self.passphrase)

    def _make_scoring(self) -> None:
        self._section("scoring")
        self.show_earlier = QCheckBox()
        self.show_earlier.clicked.connect(self._put_earlier)
        self._earlier_help = kit.wrapped("", "dense", "text-2")
        self._box.addLayout(kit.row(self.show_earlier, 1))
        self._box.addWidget(self._earlier_help)

    def _make_backup(self) -> None:
        self._section("backup")
        self._backup = kit.wrapped("", "body")
        self._place = kit.wrapped("", "small", "text-3")
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.back_up = kit.button("", icon="database")
        self.back_up.clicked.connect(lambda: self._back_up(None))
        self.back_up_to = kit.button("", "quiet", icon="folder-open")
        self.back_up_to.clicked.connect(self._choose_backup)
        self._box.addWidget(self._backup)
        self._box.addWidget(self._place)
        self._box.addLayout(kit.row(self.back_up, self.back_up_to, 1))

    def _make_files(self) -> None:
        self._section("import")
        self.importing = ImportSection(self.context)
        self._box.addWidget(self.importing)
        self._section("export")
        self.exporting = ExportSection(self.context)
        self._box.addWidget(self.exporting)

    def _make_catalogues(self) -> None:
        self._section("types")
        self.types = TypesSection(self.context)
        self._box.addWidget(self.types)
        self._section("categories")
        self.categories = CategoriesSection(self.context)
        self._box.addWidget(self.categories)

    def _make_duties(self) -> None:
        self._section("duties")
        self.duty_rules = DutyRulesSection(self.context)
        self._box.addWidget(self.duty_rules)

    def _make_basis(self) -> None:
        self._section("basis")
        self.basis = BasisSection(self.context)
        self._box.addWidget(self.basis)

    def _make_log(self) -> None:
        from progression.ui.logtable import LogTable

        self._section("log")
        self._log_lead = kit.wrapped("", "dense", "text-2")
        self.log = LogTable()
        self._box.addWidget(self._log_lead)
        self._box.addWidget(self.log)

    # life of a page

    def refresh(self) -> None:
        self.context.run(gather, done=self.show_facts)

    def show_facts(self, facts: Facts) -> None:
        """Show what the vault says."""
        self.facts = facts
        focus = self.focusWidget()
        self.retranslate()
        if self.isVisible() and (focus is None or not self.isAncestorOf(focus)):
            self.language.take_focus()

    def choose_import(self) -> None:
        """Go straight to choosing files (after the first start)."""
        self.importing.folder.setFocus()
        self.importing.choose()

    def retranslate(self) -> None:
        w, chosen = self.words, self.context.preferences
        kit.set_text(self._title, w.t("Settings"))
        heads = {
            "look": w.t("Language and look"),
            "account": w.t("You"),
            "scoring": w.t("Conversation"),
            "backup": w.t("Backup"),
            "import": w.t("Import"),
            "export": w.t("Export"),
            "types": w.t("Intervention types"),
            "categories": w.t("Categories"),
            "duties": w.t("Rules and deadlines"),
            "basis": w.t("What the numbers rest on"),
            "log": w.t("Who looked at what"),
        }
        for key, text in heads.items():
            kit.set_text(self._heads[key], text)
        captions = {
            "language": w.t("Language"),
            "theme": w.t("Look"),
            "percent": w.t("Text size"),
            "who": w.t("Logged in"),
            "idle": w.t("Locks after"),
        }
        for key, text in captions.items():
            self._captions[key].setText(text)
        self.language.set_choices(tuple(LANGUAGE_NAMES.items()), captions["language"])
        self.language.choose(w.language)
        looks = tuple((key, w.t(THEME_NAMES[key])) for key in THEME_CHOICES)
        self.theme_choice.set_choices(looks, captions["theme"])
        self.theme_choice.choose(chosen.theme)
        self._say_percent()
        self.idle.clear()
        for minutes in IDLE:
            self.idle.addItem(w.tn("{n} minute", "{n} minutes", minutes), minutes)
        self.idle.setCurrentIndex(min(range(len(IDLE)), key=lambda i: abs(IDLE[i] - chosen.idle_minutes)))
        self.idle.setAccessibleName(captions["idle"])
        self._say_buttons()
        self.importing.retranslate()
        self.exporting.retranslate()
        self.passphrase.retranslate()
        self._say_facts()
        self.restyle()

    def _say_buttons(self) -> None:
        w = self.words
        texts: tuple[tuple[QPushButton, str], ...] = (
            (self.lock, w.t("Lock now")),
            (self.new_passphrase, w.t("New passphrase …")),
            (self.back_up, w.t("Back up now")),
            (self.back_up_to, w.t("Back up to another place …")),
        )
        for control, text in texts:
            control.setText(text)
            control.setAccessibleName(text)
        self.show_earlier.setText(w.t("Show earlier answers from the start"))
        self.show_earlier.setAccessibleName(self.show_earlier.text())
        self._earlier_help.setText(
            w.t("Otherwise they appear once the row is answered, so that the old answer does not colour the new one.")
        )
        self.show_earlier.setAccessibleDescription(self._earlier_help.text())
        self._log_lead.setText(
            w.tn("The latest {n} line of the access log.", "The latest {n} lines of the access log.", LOG_SHOWN)
        )

    def _say_facts(self) -> None:
        facts, w = self.facts, self.words
        if facts is None:
            return
        self.show_earlier.setChecked(facts.show_earlier)
        self._who.setText(facts.status.account)
        made = facts.status.backup
        if made is None:
            self._backup.setText(w.t("No backup has been made yet. One is made each time Progression closes."))
        else:
            local = made.astimezone()
            text = w.t("Last backup {day} at {time}.", day=w.date(local.date()), time=w.clock(local))
            self._backup.setText(text + " " + w.t("One is made each time Progression closes."))
        self._place.setText(w.t("The database lies in {folder}", folder=str(facts.status.folder)))
        self.types.show_facts(facts.types)
        self.categories.show_facts(facts.categories)
        self.duty_rules.show_facts(facts.duty_rules)
        self.basis.show_facts(facts.basis)
        self.log.show_lines(w, facts.log, facts.names, facts.accounts)

    def _percent_moved(self, tens: int) -> None:
        if tens * 10 != self.context.preferences.percent:
            self.context.percent_asked.emit(tens * 10)

    def _say_percent(self) -> None:
        w, percent = self.words, self.context.preferences.percent
        self.percent.blockSignals(True)
        self.percent.setValue(round(percent / 10))
        self.percent.blockSignals(False)
        self._percent_text.setText(w.t("{percent} %", percent=percent))
        self.percent.setAccessibleName(w.t("Text size"))
        self.percent.setAccessibleDescription(self._percent_text.text())

    def restyle(self) -> None:
        look = theme.current()
        self._column.setFixedWidth(min(look.px(720), max(400, self.width() - 60)))
        for caption in self._captions.values():
            caption.setFixedWidth(look.px(140))
        self.theme_choice.choose(self.context.preferences.theme)
        self._say_percent()
        self.log.restyle()

    def leave(self) -> None:
        if not self.passphrase.isHidden():
            self.passphrase.close_panel()

    # the passphrase, and how one scores

    def change_passphrase(self, *, recovered: bool = False) -> None:
        """Open the fields for a new passphrase; `recovered`: the recovery key has just opened the database."""
        self.new_passphrase.hide()
        self.passphrase.begin(recovered=recovered)

    def _passphrase_closed(self) -> None:
        self.new_passphrase.show()
        self.new_passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_earlier(self, on: bool) -> None:
        from progression.desk import conversations, settings

        self.context.run(settings.put, conversations.SHOW_EARLIER, on)

    # backup

    def _choose_backup(self) -> None:
        w = self.words
        name = f"progression-{self.context.today.isoformat()}.backup"
        chosen, _kind = QFileDialog.getSaveFileName(self, w.t("Where should the backup be kept?"), name, "*.backup")
        if chosen:
            self._back_up(Path(chosen))

    def _back_up(self, place: Path | None) -> None:
        from progression.desk import vaults

        self.back_up.setEnabled(False)
        self.context.run(vaults.back_up, place, done=self._backed_up, failed=self._not_backed_up)

    def _backed_up(self, file: Path) -> None:
        self.back_up.setEnabled(True)
        self.context.announce(self.words.t("Backup kept in {file}", file=str(file)))
        self.context.facts_stale.emit()
        self.refresh()

    def _not_backed_up(self, _error: BaseException) -> bool:
        self.back_up.setEnabled(True)
        return False
