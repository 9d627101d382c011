"""How *I dag* asks for a caseload: first what can be shown at once, then the rest, for a municipality in parts."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QTimer

from progression.desk.pages import TodayPage
from progression.ui.page import Context

PAINTED_BY = 80  # ms


class Asking(QObject):
    """Asks; `show(TodayPage)` is called with each answer that is still wanted."""

    def __init__(self, context: Context, show: Callable[[TodayPage], None], page: QObject) -> None:
        """`page`: what shows it; with it goes whoever asks."""
        super().__init__(page)
        self._context = context
        self._show = show
        self._wanted: str | None = None
        self.resting = False  # the rest is asked for in a moment
        self._times = 0  # an answer to an earlier question is not shown any more

    def ask(self, wanted: str | None, *, anew: bool) -> None:
        """Ask for a caseload as `desk.today.page` names it. `anew`: nothing is shown yet."""
        from progression.desk import today

        self._times += 1
        self.resting = False
        asked, other = self._times, anew or wanted != self._wanted
        self._wanted = wanted

        def show(value: TodayPage) -> None:
            if asked == self._times and shiboken6.isValid(self):
                self._show(value)

        def rest(more: bool, *, seen: bool = True) -> None:
            if asked != self._times or not shiboken6.isValid(self):  # the page went with a lock meanwhile
                return
            self.resting = False
            if more:
                self._context.run(today.prepare, wanted, done=rest)
            else:
                self._context.run(today.page, wanted, seen=seen, done=show)

        def begin(value: TodayPage | None) -> None:
            if value is None:
                rest(False, seen=False)
                return
            show(value)  # what takes longer is asked for once this is on the screen, and does not slow its painting
            self.resting = asked == self._times
            QTimer.singleShot(PAINTED_BY, self, lambda: rest(len(value.rows) > today.PART))

        if other:
            self._context.run(today.first, wanted, done=begin)
        else:
            rest(False, seen=False)
