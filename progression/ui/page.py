"""What every page stands on: the services of the window, and the life of a page.

    class CitizenPage(Page):
        name = "citizen"                      # what context.go("citizen", id) asks for
        kinds = frozenset({"assessment"})     # changes that make it ask again ("*" in it = all)
        def refresh(self): self.context.run(desk.citizens.page, self.citizen, done=self._show)
        def retranslate(self): ...            # set every text again (also called once after __init__)
        def restyle(self): ...                # only what is painted or sized by hand

The shell imports a page's module when the page is first opened, never before the first window has painted. A page
imports numpy or pyqtgraph freely; it never imports store.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from progression.ui import theme
from progression.ui.acts import Acts
from progression.ui.estimating import Estimator
from progression.ui.preferences import Preferences
from progression.ui.worker import Done, Failed, Job, Operation, Progress, Worker
from progression.words import Words

if TYPE_CHECKING:
    from progression.desk.session import Changes, Session


class Context(QObject):
    """The services of the window that pages use; one for each window."""

    changed = Signal(object)  # Changes: something in the vault is new
    saved = Signal(object)  # datetime: what the status bar prints as "Saved 14.02"
    announced = Signal(str)  # read aloud, and shown in the status bar
    went = Signal(str, str)  # page, citizen
    commanded = Signal(str)  # a command of the list, carried out as from the menu ("settings.categories")
    failed = Signal(object)  # an error nobody took: the status bar says it
    opened = Signal(str, str)  # citizen, name: for "last opened"
    spoken = Signal()  # the language is another
    styled = Signal()  # the theme or the text size is another
    locked_out = Signal()  # five wrong codes on the citizen's side: lock now
    lock_asked = Signal(bool)  # lock now; True = the citizen's side lost focus
    language_asked = Signal(str)
    theme_asked = Signal(str)
    percent_asked = Signal(int)
    idle_asked = Signal(int)
    facts_stale = Signal()  # a backup was made: the status bar asks again

    def __init__(self, worker: Worker, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.worker = worker
        self.preferences = preferences or Preferences()
        self.words = Words(self.preferences.language)
        self.estimator = Estimator(self)
        self.acts = Acts(self)

    # what a page asks

    @property
    def theme(self) -> theme.Theme:
        """The theme in force."""
        return theme.current()

    @property
    def session(self) -> Session | None:
        """The session in force; its vault belongs to the database thread. None while locked."""
        return self.worker.session

    @property
    def today(self) -> date:
        """The day that counts as today."""
        session = self.worker.session
        return session.today() if session else date.today()

    @property
    def now(self) -> datetime:
        """The vault's clock, in local time."""
        session = self.worker.session
        return session.vault.clock.now() if session else datetime.now().astimezone()

    @property
    def account(self) -> str:
        """The name of who is logged in, "" while locked."""
        session = self.worker.session
        return session.vault.account.name if session else ""

    # what a page does

    def run(
        self,
        operation: Operation,
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
        undo: str = "",
        record: bool = True,
        late: bool = False,
        **named: Any,
    ) -> Job:
        """Run `operation(session, *args, **named)` on the database thread; `done(value)` comes back in this one.

        A Changes in the result (alone, in a tuple, or as its attribute `changes`) is sent round by `changed` after
        `done`, and is an act that Ctrl+Z undoes; `undo`: what it is called then ("" = by the kind of thing it changed).
        `record` False: it is no act of its own. Without `failed`, or when `failed` returns False, the error goes to the
        status bar. What was asked for before the vault was locked is done all the same, and is an act; `done` and
        `failed` hear of it only with `late`.
        """

        def succeeded(value: Any) -> None:
            changes = self._record(undo, record, value)
            if done is not None and _alive(done):
                done(value)
            if changes is not None and changes.kinds:
                self.saved.emit(self.now)
                self.changed.emit(changes)

        def wrong(error: BaseException) -> None:
            if failed is None or not _alive(failed) or failed(error) is False:
                self.failed.emit(error)

        session = self.worker.session
        if session is None:  # locked while the page was asking: there is nobody to ask for
            return Job()
        told: tuple[Done, Failed] = partial(self._record, undo, record), _heard_by_nobody
        if late and done is not None and failed is not None:
            told = done, failed
        return self.worker.run(operation, session, *args, done=succeeded, failed=wrong, progress=progress, late=told,
                               **named)  # fmt: skip

    def _record(self, undo: str, record: bool, value: Any) -> Changes | None:
        changes = changes_in(value)
        if changes is not None and record:
            self.acts.did(undo, changes)
        return changes

    def go(self, page: str, citizen: str = "") -> None:
        """Open a page ("today", "citizen", "conversation", "settings"), for a citizen where it has one."""
        self.went.emit(page, citizen)

    def announce(self, text: str) -> None:
        """Say a sentence in the status bar and to a screen reader."""
        self.announced.emit(text)

    def note_saved(self) -> None:
        """Something was kept (a draft): the status bar prints the time."""
        self.saved.emit(self.now)


def _heard_by_nobody(_error: BaseException) -> None:
    """What went wrong after a lock: the lock page says it where something is lost."""


def changes_in(value: Any) -> Changes | None:
    """The Changes an operation returned, alone, in a tuple or as an attribute."""
    from progression.desk.session import Changes

    if isinstance(value, Changes):
        return value
    if isinstance(value, tuple):
        return next((part for part in value if isinstance(part, Changes)), None)
    inner = getattr(value, "changes", None)
    return inner if isinstance(inner, Changes) else None


def _alive(target: Callable[..., Any]) -> bool:
    import shiboken6

    owner = getattr(target, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class Page(QWidget):
    """One page of the window."""

    name: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()
    about_citizen: ClassVar[bool] = False  # refreshes only for changes to its own citizen

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self.citizen = ""
        self._stale = False
        context.changed.connect(self._changed)

    @property
    def words(self) -> Words:
        """The reader's language."""
        return self.context.words

    def show_for(self, citizen: str) -> None:
        """Open the page, for a citizen where it has one."""
        self.citizen = citizen
        self.refresh()

    def refresh(self) -> None:
        """Ask the desk again and show what it says."""

    def retranslate(self) -> None:
        """Set every text again, in `self.words`."""

    def restyle(self) -> None:
        """Take over the theme and text size where the style sheet does not reach."""

    def place(self) -> str:
        """Where in the page one is, in a few plain words that name nobody: a tab, a section, a day."""
        return ""

    def return_to(self, place: str) -> None:
        """The page was just opened again: be where `place` (never "") says."""

    def leave(self) -> None:
        """The page is left or the vault is about to be locked: send what is not yet kept."""

    def do(self, key: str) -> None:
        """Carry out a command of the list that the window hands on ("new", "panel")."""

    def undo(self, *, again: bool = False) -> bool:
        """Undo (or do again) something of the page that is not yet kept as an act; False when the session's acts are
        next."""
        return False

    def undo_name(self, *, again: bool = False) -> str:
        """What `undo` would take back, "" when that is nothing of the page's own."""
        return ""

    def fresh(self) -> None:
        """The page is about to ask again anyway: being shown need not make it ask too."""
        self._stale = False

    def _changed(self, changes: Changes) -> None:
        if not (self.kinds & changes.kinds or "*" in self.kinds):
            return
        if self.about_citizen and changes.citizens and self.citizen not in changes.citizens:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()
