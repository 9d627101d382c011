"""The window: a door (first start or unlock), the shell behind it, and the status bar below both."""

from __future__ import annotations

import base64
import gc
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from progression.errors import KnownError
from progression.ui import kit, qtwords, saying, theme
from progression.ui.commands import COMMANDS
from progression.ui.page import Context
from progression.ui.preferences import Preferences
from progression.ui.start.unlock import UnlockPage
from progression.ui.window import commands as window_commands
from progression.ui.window import menu, shortcuts
from progression.ui.window.alt_alone import AltAlone
from progression.ui.window.facts import Facts, facts, prepare_search
from progression.ui.window.focus_trail import FocusTrail
from progression.ui.window.idle import IdleLock
from progression.ui.window.looks import Keep, Preferring, application
from progression.ui.window.resuming import NotKept, Resuming, close_with, said_last
from progression.ui.window.status import StatusBar
from progression.ui.worker import Worker

if TYPE_CHECKING:
    from progression.desk.session import Changes
    from progression.desk.vaults import Opened
    from progression.ui.start.first import StartPage
    from progression.ui.window.find import Hit
    from progression.ui.window.help import HelpPanel
    from progression.ui.window.shell import Shell

PATIENCE = 400  # ms
COLLECT_AFTER = 10_000  # values made
EMPTY_AFTER = 150  # ms after unlocking
SEARCH_AFTER = 1500  # ms after unlocking; a search before that makes the index itself


class MainWindow(Preferring, QMainWindow):
    """`painted` once, when the first picture is on the screen; `unlocked` each time a vault is open."""

    painted = Signal()
    unlocked = Signal()
    at = Signal(object)  # Path: the folder of the vault this window is now about

    def __init__(self, folder: Path, preferences: Preferences, keep: Keep) -> None:
        """`folder`: the vault to open or make. `keep` writes changed preferences; it may raise KnownError."""
        super().__init__()
        self.folder = folder
        self.preferences = preferences
        self._keep = keep
        self.context = Context(Worker(), preferences)
        self.resuming = Resuming(self.context)
        self.shell: Shell | None = None
        self.start: StartPage | None = None
        self.help: HelpPanel | None = None
        self._was_painted = False
        self.status = StatusBar()
        self.unlock = UnlockPage(self.context)
        self.stack = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()

    # building

    def _build(self) -> None:
        inside = QWidget()
        inside.setObjectName("main")
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.stack, 1)
        box.addWidget(self.status)
        self.setCentralWidget(inside)
        self.stack.addWidget(self.unlock)
        self.setMinimumSize(720, 480)
        if not (
            self.preferences.geometry
            and self.restoreGeometry(QByteArray.fromBase64(self.preferences.geometry.encode()))
        ):
            self.resize(1440, 900)

    def _connect(self) -> None:
        context = self.context
        context.saved.connect(self.status.say_saved)
        context.announced.connect(self.status.say)
        context.failed.connect(self.say_error)
        context.changed.connect(self._changed)
        context.lock_asked.connect(self._lock_asked)
        context.commanded.connect(self.do)
        context.locked_out.connect(self._locked_out)
        context.language_asked.connect(self.set_language)
        context.theme_asked.connect(self.set_theme)
        context.percent_asked.connect(self.set_percent)
        context.idle_asked.connect(self.set_idle_minutes)
        context.facts_stale.connect(self.ask_facts)
        self._patience = QTimer(self)  # what takes no time is not worth a word
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(lambda: self.status.set_busy(True))
        context.worker.busy_changed.connect(self._busy_changed)
        self.status.lock_clicked.connect(self.lock)
        self.unlock.opened.connect(self.enter)
        self.unlock.elsewhere.connect(self.choose_vault)
        FocusTrail(application(), self)
        AltAlone(self, partial(self.do, "menu"))
        self.idle = IdleLock(application(), self)
        self.idle.over.connect(self._idle_over)
        mine = {command.key: partial(self.do, command.key) for command in COMMANDS if command.window}
        shortcuts.bind(self, mine, whole_window=True)

    # the door

    def begin(self) -> None:
        """Show the door that fits: unlock where there is a vault, the first start where there is none."""
        from progression.desk import places

        self.at.emit(self.folder)
        if places.exists(self.folder):
            self.unlock.show_for(self.folder, self.context.words.t("Type your passphrase to open the database."))
            self.stack.setCurrentWidget(self.unlock)
            self.unlock.secret.setFocus()
        else:
            self._show_start()
        self.status.set_locked()

    def _show_start(self) -> None:
        from progression.ui.start.first import StartPage

        made = StartPage(self.context, self.folder)
        made.finished.connect(self._started)
        made.language_chosen.connect(self.set_language)
        made.existing.connect(self.choose_vault)
        self.start = made
        self.stack.addWidget(made)
        self.stack.setCurrentWidget(made)
        made.current().begin()

    def _started(self, opened: Opened, then: str) -> None:
        self.enter(opened)
        if then == "import":
            self.context.go("settings", "")
            page = self.shell.current() if self.shell else None
            ask = getattr(page, "choose_import", None)
            if ask is not None:
                ask()

    def choose_vault(self) -> None:
        """Let the user point at another vault's folder."""
        w = self.context.words
        asked = w.t("Choose the folder of the database")
        chosen = QFileDialog.getExistingDirectory(self, asked, str(self.folder.parent))
        if chosen:
            self.folder = Path(chosen)
            self.begin()

    def enter(self, opened: Opened) -> None:
        """Go in with an open vault: to the place one was at when it was locked."""
        self.context.worker.session = opened.session
        self.folder = opened.session.vault.folder
        if opened.restored:  # what was in view is of the database that was set aside
            self._where = ("today", "")
        self.at.emit(self.folder)
        self.make_shell()
        assert self.shell is not None
        if self.start is not None:
            self.stack.removeWidget(self.start)
            self.start.deleteLater()
            self.start = None
        self.setUpdatesEnabled(False)
        self.stack.setCurrentWidget(self.shell)
        self.status.clear()
        self._say_notices(opened.notices)
        self.shell.go(*self.resuming.place(opened.session))
        self._show_with_first_page()
        self.resuming.come_back(self.shell)
        self.ask_facts()
        QTimer.singleShot(SEARCH_AFTER, self, lambda: self._search_prepared(True))
        if opened.recovered:
            self._ask_passphrase()
        self.idle.start(self.preferences.idle_minutes)
        self.context.estimator.opened()
        self.unlocked.emit()

    def _show_with_first_page(self) -> None:
        """Paint once the page has what it shows: painting it empty takes a third of the time reading its rows takes,
        and takes it from the reading. One that is slow to read is painted empty after a moment."""
        show = partial(self.setUpdatesEnabled, True)
        self.context.run(lambda _session: None, done=lambda _read: show())
        QTimer.singleShot(EMPTY_AFTER, self, show)

    def warmed(self, _nothing: object) -> None:
        """What unlocking needs is imported: make the rest of it while the passphrase is being typed.

        What the program is made of stays for good: looking through it again for what may go, as often as thousands of
        values are made for a page, would take a quarter of the time.
        """
        self.make_shell()
        gc.collect()
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER, 20, 20)

    def make_shell(self) -> None:
        """Make what stands behind the door, with its first page and nobody in it, so that unlocking need not wait."""
        from progression.ui.window.shell import Shell

        if self.shell is None:
            self.shell = Shell(self.context)
            self.shell.rail.finder.picked.connect(self._picked)
            self.shell.rail.menu_wanted.connect(self._fill_menu)
            self.shell.offered = partial(window_commands.offered, self)
            self.shell.called = lambda command: window_commands.said(self, self.context.words, command)
            self.stack.addWidget(self.shell)
            self.shell.retranslate()
            self.shell.restyle()
        self.shell.page("today")

    def _search_prepared(self, more: bool) -> None:
        """The index of the Find field is made a part at a time, behind everything else that is asked for."""
        if more:
            self.context.run(prepare_search, done=self._search_prepared)

    def _ask_passphrase(self) -> None:
        """The recovery key opened the database: lead to a passphrase one remembers."""
        assert self.shell is not None
        self.shell.go("settings")
        ask = getattr(self.shell.current(), "change_passphrase", None)
        if ask is not None:
            ask(recovered=True)

    def _say_notices(self, notices: Iterable[Any]) -> None:
        from progression.words import errors

        told = "\n".join(errors.notice(self.context.words, notice) for notice in notices)
        if told:
            self.status.say_error(told, serious=False)

    def lock(self, reason: str = "") -> None:
        """Keep what is under way, close the vault, and show the door. Every page is taken down."""
        session = self.context.session
        if session is None or self.shell is None:
            return
        kept = self.resuming.leave(session, self.shell)
        self.shell.leave()
        self.context.estimator.end()
        self.context.worker.lock(partial(close_with, kept), failed=self._not_closed)
        self.shell.empty()
        self.setWindowTitle("Progression")
        self.close_help()
        self.status.set_locked()
        self.idle.stop()
        self.unlock.show_for(self.folder, reason)
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.secret.setFocus()

    def _not_closed(self, error: BaseException) -> None:
        if isinstance(error, NotKept):
            self.unlock.say_not_kept(error.error)
        else:
            self.say_error(error)

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self.status.set_busy(False)

    def _lock_asked(self, left: bool) -> None:
        w = self.context.words
        self.lock(w.t("Locked, since the citizen's screen was left. Only the passphrase opens it.") if left else "")

    def _locked_out(self) -> None:
        w = self.context.words
        self.lock(w.t("Locked after five wrong codes. Only the passphrase opens it; the answers are kept."))

    def lock_with_system(self) -> None:
        """The computer's own screen is locked, or it goes to sleep: so does the vault."""
        self.lock(self.context.words.t("Locked together with the computer. What you were working on is kept."))

    def _idle_over(self) -> None:
        self.lock(self.context.words.t("Locked after a while without activity. What you were working on is kept."))

    # what is said

    def say_error(self, error: BaseException) -> None:
        """A known error as a sentence above the status bar; a bug as a report that can be copied."""
        self.status.say_error(saying.sentence(self.context.words, error))
        if not saying.is_known(error):
            saying.tell_bug(self.context.words, error, self)

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & {"setting", "backup", "person"}:
            self.ask_facts()

    def ask_facts(self) -> None:
        self.context.run(facts, done=self._show_facts)

    def _show_facts(self, told: Facts) -> None:
        if not told.invented:  # the next start opens one's own work, not the demo one has looked at
            self.set_preferences(replace(self.preferences, folder=str(told.status.folder)))
        self.unlock.knows(told)
        self.status.set_facts(told, self.preferences.idle_minutes)
        if self.shell is not None:
            self.shell.rail.set_place(told.municipality, invented=told.invented)
        w = self.context.words  # no name in the title: the system shows it where anybody can read
        self.setWindowTitle(w.t("Progression – demo") if told.invented else "Progression")

    # commands

    def do(self, key: str) -> None:
        """Carry out a command."""
        window_commands.carry_out(self, key)

    def _fill_menu(self) -> None:
        assert self.shell is not None
        w, rail = self.context.words, self.shell.rail
        rail.menu.clear()
        off = frozenset(key for key in ("undo", "redo") if not window_commands.undo_name(self, again=key == "redo"))
        # what a page asked for waits until the menu is gone and the page has the focus again
        later = QTimer.singleShot
        menu.fill(rail.menu, w, self.shell.offered(), self.shell.called,
                  lambda key: later(0, self, lambda: self.do(key)), off)  # fmt: skip

    def _picked(self, hit: Hit) -> None:
        if hit.kind == "citizen":
            self.context.go("citizen", hit.key)
        else:
            self.do(hit.key)

    def toggle_help(self) -> None:
        from progression.ui.window.help import HelpPanel

        assert self.shell is not None
        if self.help is None:
            self.help = HelpPanel(self.shell)
            self.help.closed.connect(self.close_help)
        if self.help.isVisible():
            self.close_help()
        else:
            self.help.open(self.context.words, frozenset(self.shell.places), self.shell.where[0])

    def close_help(self) -> None:
        """Put the list of keys away."""
        if self.help is not None:
            self.help.hide()

    # languages and looks

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        qtwords.speak(application(), w.language)
        self.setWindowTitle("Progression")
        self.status.retranslate(w)
        self.unlock.retranslate()
        if self.start is not None:
            self.start.retranslate()
        if self.shell is not None:
            self.shell.retranslate()
        if self.context.session is not None:
            self.ask_facts()
        self.close_help()

    def restyle(self) -> None:
        """Take over the theme and text size now in force."""
        theme.apply(application(), theme.choose(self.preferences.theme, self.preferences.percent))
        kit.restyle_icons(self)
        self.status.restyle()
        self.unlock.restyle()
        for part in (self.start, self.shell):
            if part is not None:
                part.restyle()
        self.context.styled.emit()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.status.clear()
            self.close_help()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.help is not None:
            self.help.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        self.set_preferences(replace(self.preferences, geometry=geometry))
        session, kept = self.context.session, None
        if self.shell is not None:
            if session is not None:
                kept = self.resuming.leave(session, self.shell, closing=True)
            self.shell.leave()
        self.idle.end()
        self.context.estimator.end(wait=True)
        try:
            self.context.worker.end(partial(close_with, kept))
        except (KnownError, NotKept) as error:  # the window is going: only a box can still say it
            QMessageBox.warning(self, "Progression", said_last(self.context.words, error))
        event.accept()
