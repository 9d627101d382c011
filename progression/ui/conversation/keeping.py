"""Keeps the draft: every key is sent to the database thread, and what is safe is said in words.

While the disk refuses, the answers stay on screen and in memory; the next key, leaving the page and the button all try
again with everything entered so far, so nothing is lost when it works again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from progression.desk import conversations
from progression.errors import KnownError
from progression.ui.conversation.scoring_state import Entry, Scoring
from progression.ui.page import Context


def given(state: Scoring) -> tuple[Any, ...]:
    """What keeping a draft and finishing it are both told: whose sheet it is, and everything on it."""
    sheet, entry = state.sheet, state.entry
    whose = (sheet.citizen, sheet.rater, sheet.scale.id)
    return (*whose, entry.day, entry.mode, entry.answers, entry.notes, entry.note)


class Keeper(QObject):
    """Sends the drafts of one page. `told` whenever what is safe has changed."""

    told = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._state: Scoring | None = None
        self._sent: Entry | None = None
        self._waiting = 0
        self.saved: datetime | None = None
        self.error: BaseException | None = None
        self._unsafe: dict[tuple[str, str], Scoring] = {}

    def follow(self, state: Scoring) -> None:
        """Look after another sheet; what is on it already is kept as it is."""
        self._state = state
        self._sent = state.entry
        self.saved = state.sheet.saved
        self.error = None
        self.told.emit()

    def unsaved(self, citizen: str, rater: str) -> Scoring | None:
        """A sheet whose last answers the disk refused; it is shown again instead of the older draft."""
        return self._unsafe.get((citizen, rater))

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._waiting > 0

    @property
    def safe(self) -> bool:
        """Whether everything on the sheet is durable."""
        return not self._waiting and self.error is None

    def keep(self, *, again: bool = False) -> None:
        """Send what is entered, if it is new or the last attempt failed."""
        state = self._state
        if state is None or (state.entry is self._sent and not (again or self.error)):
            return
        sheet, entry = state.sheet, state.entry
        self._sent = entry
        self._waiting += 1

        def done(when: datetime) -> None:
            self._unsafe.pop((sheet.citizen, sheet.rater), None)
            self._settled(state, when, None)

        def failed(error: BaseException) -> bool:
            self._unsafe[(sheet.citizen, sheet.rater)] = state
            self._settled(state, None, error)
            return isinstance(error, KnownError)  # a bug is the window's to report

        self._context.run(
            conversations.keep,
            *given(state),
            done=done,
            failed=failed,
        )
        self.told.emit()

    def finished(self) -> None:
        """The sheet was finished or thrown away: there is no draft to look after any more."""
        if self._state is not None:
            self._unsafe.pop((self._state.sheet.citizen, self._state.sheet.rater), None)
        self._state = None
        self.error = None

    def _settled(self, state: Scoring, when: datetime | None, error: BaseException | None) -> None:
        self._waiting = max(0, self._waiting - 1)
        if state is not self._state or not shiboken6.isValid(self):  # its window may be closed by now
            return
        self.error = error
        if when is not None:
            self.saved = when
            self._context.note_saved()
        self.told.emit()
