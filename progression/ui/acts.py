"""What was done in this session, so that it can be undone and done again by name, wherever one is.

One list for the whole window. Every operation that returns `Changes` with events is an act (an import too is one),
recorded by `Context.run`; undoing and doing again are new events (`desk.undo`), so nothing is ever lost. Kept in memory
only, and no more than ids while the vault is locked (what acts are called goes into the vault, `window.resuming`): they
are there again for the account that did them and gone for any other. Erasure leaves no events and is never here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.desk.session import Changes, Session
    from progression.ui.page import Context

MOST = 50  # acts that can be undone
# what an act is called that nobody named, by the kind of thing it changed; the first that fits
NAMES: tuple[tuple[str, str], ...] = (
    ("import", N_("the import")),
    ("assessment", N_("the assessment")),
    ("decision", N_("the decision")),
    ("handover", N_("the hand-over")),
    ("review", N_("the case review")),
    ("consent", N_("the consent")),
    ("professional", N_("the professional")),
    ("category", N_("the category")),
    ("note", N_("the note")),
    ("plan", N_("the plan")),
    ("intervention", N_("the intervention")),
    ("offer", N_("the offer")),
    ("conversation", N_("the conversation")),
    ("assignment", N_("the caseworker")),
    ("person", N_("the colleague")),
    ("citizen", N_("the citizen")),
    ("rules", N_("the rules")),
    ("scale", N_("the scale")),
    ("estimates", N_("the estimates")),
    ("setting", N_("the setting")),
)
SOMETHING = N_("the last change")


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `name`: what it is called after "Undo:", "" = by its kinds. `events`: what undoes or redoes it.
    `choice`: of a preference of the window, which is no fact of the vault, what puts it back and what chooses it again.
    """

    name: str
    kinds: frozenset[str] = frozenset()
    citizens: frozenset[str] = frozenset()
    events: tuple[str, ...] = ()
    choice: tuple[Callable[[], None], Callable[[], None]] | None = None

    def said(self, w: Words) -> str:
        """What the act is called after "Undo:"."""
        if self.name:
            return w.t(self.name)  # a preference's name is a key; a page's is in the language it was done in
        return w.t(next((text for kind, text in NAMES if kind in self.kinds), SOMETHING))


class Acts(QObject):
    """The acts of the session, the latest last. `moved` when there is something else to undo or to do again."""

    moved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self._away: tuple[str, str] | None = None  # whose these are, while the vault is locked

    @property
    def last(self) -> Act | None:
        """The act that undoing takes back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Act | None:
        """The act that is done again."""
        return self._undone[-1] if self._undone else None

    def did(self, name: str, changes: Changes) -> None:
        """Remember an act that wrote events; what was undone before it can no longer be done again."""
        if changes.events:
            self._undone.clear()
            self._push(self._done, Act("" if self._away else name, changes.kinds, changes.citizens, changes.events))

    def chose(self, name: str, back: Callable[[], None], again: Callable[[], None]) -> None:
        """Remember that a preference was chosen; `name`: its key. Choosing it again and again is one act."""
        self._undone.clear()
        if self.last is not None and self.last.choice is not None and self.last.name == name:
            back = self._done.pop().choice[0]  # type: ignore[index]
        self._push(self._done, Act(name, choice=(back, again)))

    def put_away(self, owner: tuple[str, str]) -> dict[str, str]:
        """The vault is locked by `owner` (vault, account): what stays is ids; return what each act was called."""
        every = (*self._done, *self._undone)
        names = {act.events[0]: act.name for act in every if act.events and act.name}
        self._away = owner
        for acts in (self._done, self._undone):
            acts[:] = [replace(act, name="") if act.events else act for act in acts]
        self.moved.emit()
        return names

    def take_up(self, owner: tuple[str, str]) -> None:
        """A vault is open again: its acts are there for whoever did them, and for nobody else."""
        if self._away not in (None, owner):
            self._done.clear()
            self._undone.clear()
        self._away = None
        self.moved.emit()

    def rename(self, names: Mapping[str, str]) -> None:
        """Call acts again what they were called before the lock."""
        for acts in (self._done, self._undone):
            acts[:] = [replace(act, name=names.get(act.events[0], act.name)) if act.events else act for act in acts]
        self.moved.emit()

    def undo(self) -> None:
        """Take back the latest act, once all that was asked for before is done; say its name, or why it cannot be."""
        self._context.run(_nothing, done=lambda _: self._turn(self._done, self._undone, again=False))

    def redo(self) -> None:
        """Do again what was undone last."""
        self._context.run(_nothing, done=lambda _: self._turn(self._undone, self._done, again=True))

    def _turn(self, source: list[Act], target: list[Act], *, again: bool) -> None:
        from progression.desk import undo

        w = self._context.words
        if not source:
            self._context.announce(w.t("There is nothing to do again.") if again else w.t("There is nothing to undo."))
            return
        act = source.pop()
        self.moved.emit()
        if act.choice is not None:
            act.choice[1 if again else 0]()
            self._turned(act, target, again)
            return

        def done(changes: Changes) -> None:
            self._turned(replace(act, events=changes.events), target, again)

        def failed(error: BaseException) -> bool:
            if not _settled(error):  # a disk that is full is no reason to forget the act
                self._push(source, act)
            return False  # the status bar says why

        self._context.run(undo.take_back, act.events, done=done, failed=failed, record=False, late=True)

    def _turned(self, act: Act, target: list[Act], again: bool) -> None:
        w = self._context.words
        if self._away is not None:  # locked meanwhile: done all the same
            self._push(target, replace(act, name="") if act.events else act)
            return
        self._push(target, act)
        told = w.t("Done again: {what}", what=act.said(w)) if again else w.t("Undone: {what}", what=act.said(w))
        self._context.announce(told)

    def _push(self, acts: list[Act], act: Act) -> None:
        acts.append(act)
        del acts[:-MOST]
        self.moved.emit()


def _settled(error: BaseException) -> bool:
    """True when asking again would be refused again: somebody has changed it since, or something now rests on it."""
    code = getattr(error, "code", "")
    return code.startswith("undo.") or code.endswith(".in_use")


def _nothing(_session: Session) -> None:
    """Wait for what was asked for before."""
