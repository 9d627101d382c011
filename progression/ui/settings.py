"""*Indstillinger*, small and honest: how the window looks and speaks, who is logged in, backup, import, what the
numbers rest on, and who looked at what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.importing import ImportSection
from progression.ui.page import Context, Page
from progression.ui.preferences import THEME_CHOICES
from progression.ui.start_steps import LANGUAGE_NAMES
from progression.words import N_
from progression.words import flags as flag_words

if TYPE_CHECKING:
    from progression.analysis.values import Estimates
    from progression.desk.session import Session
    from progression.desk.vaults import Status
    from progression.scales.model import Scale

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
    scales: dict[str, Scale]
    estimates: tuple[Estimates, ...]
    log: tuple[Any, ...]
    names: dict[str, str]
    accounts: dict[str, str]


def gather(session: Session) -> Facts:
    """Everything the page shows, in one go."""
    from progression.desk import citizens, estimates, scales, vaults

    return Facts(
        status=vaults.status(session),
        scales=dict(scales.listing(session)),
        estimates=tuple(estimates.listing(session)),
        log=tuple(vaults.access_log(session)[:LOG_SHOWN]),
        names={one.citizen: one.name or one.number for one in citizens.listing(session)},
        accounts={session.vault.account.id: session.vault.account.name},
    )


class SettingsPage(Page):
    """Everything takes effect at once; there is no button to save."""

    name = "settings"
    kinds = frozenset(["setting", "backup", "scale", "estimates", "person"])

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
        self._make_backup()
        self._make_import()
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
        self.idle.activated.connect(lambda _index: self.context.idle_asked.emit(int(self.idle.currentData())))
        self._captioned("idle", self.idle)
        self.lock = kit.button("", icon="lock")
        self.lock.clicked.connect(lambda: self.context.lock_asked.emit(False))
        self._box.addLayout(kit.row(self.lock, 1))

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

    def _make_import(self) -> None:
        self._section("import")
        self.importing = ImportSection(self.context)
        self._box.addWidget(self.importing)

    def _make_basis(self) -> None:
        self._section("basis")
        self._basis_lead = kit.wrapped("", "dense", "text-2")
        self._box.addWidget(self._basis_lead)
        self._basis = kit.column(4)
        self._box.addLayout(self._basis)

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
        self.retranslate()

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
            "backup": w.t("Backup"),
            "import": w.t("Import"),
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
        self._say_facts()
        self.restyle()

    def _say_buttons(self) -> None:
        w = self.words
        texts: tuple[tuple[QPushButton, str], ...] = (
            (self.lock, w.t("Lock now")),
            (self.back_up, w.t("Back up now")),
            (self.back_up_to, w.t("Back up to another place …")),
        )
        for control, text in texts:
            control.setText(text)
            control.setAccessibleName(text)
        self._basis_lead.setText(
            w.t("Every attention point names the estimates it was computed with. They are the same on every device.")
        )
        self._log_lead.setText(
            w.tn("The latest {n} line of the access log.", "The latest {n} lines of the access log.", LOG_SHOWN)
        )

    def _say_facts(self) -> None:
        facts, w = self.facts, self.words
        kit.clear(self._basis)
        if facts is None:
            return
        self._who.setText(facts.status.account)
        made = facts.status.backup
        if made is None:
            self._backup.setText(w.t("No backup has been made yet. One is made each time Progression closes."))
        else:
            local = made.astimezone()
            text = w.t("Last backup {day} at {time}.", day=w.date(local.date()), time=w.clock(local))
            self._backup.setText(text + " " + w.t("One is made each time Progression closes."))
        self._place.setText(w.t("The database lies in {folder}", folder=str(facts.status.folder)))
        for one in facts.estimates:
            self._add_estimate(one)
        self.log.show_lines(w, facts.log, facts.names, facts.accounts)

    def _add_estimate(self, one: Estimates) -> None:
        assert self.facts is not None
        w = self.words
        scale = self.facts.scales.get(one.scale)
        name = w.pick(scale.name) if scale is not None else one.scale
        version = w.t("{scale}, version {version}", scale=name, version=scale.version) if scale is not None else name
        self._basis.addWidget(kit.label(version, "name"))
        if one.source == "prior":
            basis = w.t("Starting values; nothing has been estimated from your own citizens yet.")
        else:
            day = w.date(one.adopted) if one.adopted else ""
            basis = w.tn("Estimated {day} on {n} citizen.", "Estimated {day} on {n} citizens.", one.citizens, day=day)
        lines = [basis, flag_words.rate(w, one)]
        if scale is not None:
            change = w.number(scale.minimal_important_change, 2)
            lines.append(w.t("Smallest change worth having: {change} steps.", change=change))
        self._basis.addWidget(kit.wrapped(" ".join(lines), "dense", "text-2"))
        self._basis.addSpacing(8)

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
