"""Locking loses nothing, nor does closing: what stands typed goes into the vault, and comes back to whoever left it.

While the window is locked it remembers where one was and what can be undone by ids alone; what is typed, and what acts
are called, lie encrypted in the vault. Another account, or another vault, begins at *I dag* with nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from progression.errors import KnownError
from progression.ui import saying
from progression.ui.page import Context
from progression.ui.worker import Cancelled, Job
from progression.words import Words

if TYPE_CHECKING:
    from progression.desk.session import Session
    from progression.ui.window.shell import Shell

TRIES = 40  # how often a page is asked whether it shows by now what a form was opened from
Owner = tuple[str, str]  # vault, account


class NotKept(Exception):  # noqa: N818 - the lock holds all the same
    """The vault is closed, but what was typed last could not be written to it. `error`: why."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


@dataclass(frozen=True, slots=True)
class Left:
    """Where somebody was when the window was locked: the page, its citizen (an id), the place in the page."""

    owner: Owner
    page: str
    citizen: str
    place: str


def owner(session: Session) -> Owner:
    """Who works in which vault."""
    return session.vault.id, session.vault.account.id


class Resuming:
    """Leaving and coming back, for one window."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._left: Left | None = None
        self._back: Left | None = None  # where one came back to
        self._coming = False  # what was left is not put back yet

    def leave(self, session: Session, shell: Shell, *, closing: bool = False) -> dict[str, Any] | None:
        """Remember where one is; return what is to be kept in the vault (`close_with`), None for what is there already:
        it was locked again before that was put back. `closing`: the program ends, so that there is nothing to undo
        afterwards, and a form in which nobody typed is not opened another day."""
        from progression.ui import forms, ways  # nobody has typed anything before the first picture

        page = shell.current()
        where, citizen = shell.where
        if self._coming and self._back is not None:
            self._left = self._back
            self._context.acts.put_away(self._back.owner)
            return None
        self._left = Left(owner(session), where, citizen, page.place() if page is not None else "")
        typed = forms.read(page) if page is not None and (not closing or forms.typed_in(page)) else []
        names = self._context.acts.put_away(self._left.owner)
        if closing:
            names = {}
        if not typed and not names:
            return {}
        about = next((who for one in typed if (who := ways.citizen(one["way"]))), citizen)
        left = {"page": where, "citizen": citizen, "place": self._left.place}
        return {"about": about, "left": left, "forms": typed, "names": names, "closed": closing}

    def place(self, session: Session) -> tuple[str, str, str]:
        """The page, citizen and place to open first; *I dag* for whoever was not here."""
        left, mine = self._left, owner(session)
        self._left, self._back = None, left if left is not None and left.owner == mine else Left(mine, "today", "", "")
        self._context.acts.take_up(mine)
        if left is None or left.owner != mine:
            return "today", "", ""
        return left.page, left.citizen, left.place

    def come_back(self, shell: Shell) -> None:
        """Put back what was typed, once the page shows what it was opened from."""
        from progression.desk import typed

        self._coming = True
        self._context.run(typed.kept, done=partial(self._taken, shell), record=False)

    def _taken(self, shell: Shell, kept: dict[str, Any]) -> None:
        if not kept:
            self._coming = False
            return
        self._context.acts.rename(kept["names"])
        left = kept["left"]
        if kept["forms"] and shell.where != (left["page"], left["citizen"]):  # the program was closed meanwhile
            shell.go(left["page"], left["citizen"], left["place"])
        self._put(shell, kept["forms"], TRIES, closed=kept.get("closed", False))

    def _put(self, shell: Shell, kept: list[dict[str, Any]], tries: int, *, closed: bool) -> None:
        from progression.ui import forms

        page = shell.current()
        rest = forms.put(page, kept) if page is not None else kept
        if not rest:
            self._put_back()
            if closed:
                self._context.announce(self._context.words.t("What you had typed when you closed is here again."))
            return
        if tries:
            self._context.run(_nothing, done=lambda _: self._put(shell, rest, tries - 1, closed=closed), record=False)
            return
        self._put_back()
        texts = forms.written(rest)
        if texts:  # what it was about is gone: the words are not
            self._context.failed.emit(KnownError("typed.homeless", text=texts))

    def _put_back(self) -> None:
        from progression.desk import typed

        self._coming = False
        self._context.run(typed.forget, record=False)


def close_with(kept: dict[str, Any] | None, session: Session, waiting: list[Job]) -> None:
    """On the database thread: keep what is typed, and close the vault whatever comes of it.

    A form that was sent is kept only where it was not saved. Raises NotKept when the vault is closed and something
    typed is not in it; what closing raises."""
    from progression.desk import typed, vaults

    failed = [job.error for job in waiting if job.error is not None and not isinstance(job.error, Cancelled)]
    try:
        if kept is not None:
            stands = [one for one in kept["forms"] if failed or not one["sent"]] if kept else []
            typed.keep(session, kept.get("about", ""), {**kept, "forms": stands} if stands or kept.get("names") else {})
    except (KnownError, OSError) as error:
        failed = [*failed, error] if kept and kept["forms"] else failed
    finally:
        vaults.close(session)
    lost = [error for error in failed if _lost(error)]
    if lost:
        raise NotKept(lost[0])


def said_last(w: Words, error: BaseException) -> str:
    """What a closing window still has to say of what went wrong."""
    if isinstance(error, NotKept):
        lost = w.t("What was typed last could not be kept; everything saved before it is.")
        return f"{lost} {saying.sentence(w, error.error)}"
    return saying.sentence(w, error)


def _lost(error: BaseException) -> bool:
    """Whether the vault could not be written; a refusal of what was typed is none: the form is kept."""
    return isinstance(error, OSError) or getattr(error, "code", "").startswith(("disk.", "folder."))


def _nothing(_session: Session) -> None:
    """Wait for what was asked for before."""
