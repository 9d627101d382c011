"""Rail and pages of an unlocked vault. Pages are imported when first opened; the rail has only built ones."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from progression.ui.commands import Command, hint
from progression.ui.page import Context, Page
from progression.ui.window import palette
from progression.ui.window.find import LIMIT, Hit
from progression.ui.window.rail import Rail
from progression.words import Words
from progression.words.naming import called

if TYPE_CHECKING:
    from collections.abc import Callable

    from progression.desk.search import Found
    from progression.desk.session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its name, the icon of the rail, and where its class is. `needs_citizen`: it is about one citizen;
    `takes_citizen`: it begins with the one opened last, where there is one.
    `under`: the page it is reached from; such a page has no place of its own in the rail."""

    name: str
    icon: str
    module: str
    cls: str
    needs_citizen: bool = False
    takes_citizen: bool = False
    under: str = ""


PLACES: tuple[Place, ...] = (
    Place("today", "calendar-check-2", "progression.ui.today.page", "TodayPage"),
    Place("week", "calendar-check-2", "progression.ui.today.week", "WeekPage", under="today"),
    Place("citizen", "user", "progression.ui.citizen.page", "CitizenPage", needs_citizen=True),
    Place(
        "conversation", "messages-square", "progression.ui.conversation.page", "ConversationPage", needs_citizen=True
    ),
    Place("interventions", "gantt-chart", "progression.ui.running.page", "RunningPage"),
    Place("team", "users", "progression.ui.team.page", "TeamPage"),
    Place("reports", "file-text", "progression.ui.reports.page", "ReportsPage", takes_citizen=True),
    Place("settings", "sliders-horizontal", "progression.ui.settings.page", "SettingsPage"),
)


# how hits of both kinds are put in one order, 0 first: by how well each was found
_COMMAND = {palette.WHOLE: 0, palette.BEGINS: 2, palette.ALSO: 4, palette.HOLDS: 5, palette.NEARLY: 7}
_CITIZEN = {"begins": 1, "holds": 3, "written": 6, "nearly": 8}


class Shell(QWidget):
    """Where a logged-in person works. `where` is the page in view and its citizen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.places = {place.name: place for place in PLACES if find_spec(place.module) is not None}
        self.pages: dict[str, Page] = {}
        self.where: tuple[str, str] = ("today", "")
        self._citizen = ""
        self.offered: Callable[[], list[Command]] = list  # what can be done now; the window knows
        self.called: Callable[[Command], str] = lambda command: context.words.t(command.text)
        self._searching = False  # one search is one line of the access log, however many keys it takes
        self.rail = Rail([(place.name, place.icon) for place in self.places.values() if not place.under])
        self.stack = QStackedWidget()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.rail)
        box.addWidget(self.stack, 1)
        self.rail.go.connect(context.go)
        self.rail.finder.asked.connect(self._search)
        self.rail.finder.closed.connect(self._search_over)
        context.went.connect(self.go)
        context.opened.connect(self._opened)

    def page(self, name: str) -> Page:
        """The page, made when it is first asked for. KeyError when there is no such page."""
        if name not in self.pages:
            place = self.places[name]
            made: Page = getattr(import_module(place.module), place.cls)(self.context)
            made.retranslate()
            made.restyle()
            self.pages[name] = made
            self.stack.addWidget(made)
        return self.pages[name]

    def go(self, name: str, citizen: str = "", at: str = "") -> None:
        """Show a page, `at` a place in it (`Page.place`). A page about one citizen without one named shows the citizen
        opened last, else Today."""
        place = self.places.get(name)
        if place is None:
            here = self.places[self.where[0]]
            self.rail.choose(here.under or here.name, self._citizen)
            return
        if place.needs_citizen:
            citizen = citizen or self._citizen
            if not citizen:
                self.context.announce(self.context.words.t("Choose a citizen first."))
                name = "today"
            self._citizen = citizen
        elif place.takes_citizen:
            citizen = citizen or self._citizen
        before = self.stack.currentWidget()
        page = self.page(name)
        if isinstance(before, Page) and (before is not page or before.citizen != citizen):
            before.leave()
        self.where = (name, citizen)
        self.context.estimator.at(name)
        page.fresh()
        self.stack.setCurrentWidget(page)
        self.rail.choose(self.places[name].under or name, self._citizen)
        page.show_for(citizen)
        if at:
            page.return_to(at)

    def current(self) -> Page | None:
        """The page in view."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def leave(self) -> None:
        """Everything not yet kept is sent; every page is taken down with what it shows."""
        for page in self.pages.values():
            page.leave()

    def empty(self) -> None:
        """Take down every page, with every name in it (the vault is locked)."""
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self.pages.clear()
        self.rail.forget()
        self.rail.finder.clear()
        self.rail.finder.close_list()

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        self.rail.retranslate(self.context.words)
        for page in self.pages.values():
            page.retranslate()

    def restyle(self) -> None:
        """Take over the theme and text size now in force."""
        self.rail.restyle()
        self.rail.finder.restyle()
        for page in self.pages.values():
            page.restyle()

    def _opened(self, citizen: str, name: str) -> None:
        self._citizen = citizen
        self.rail.remember(citizen, name)

    def _search(self, text: str) -> None:
        w = self.context.words
        known = palette.find(text, self.offered(), lambda one: (self.called(one), w.t(one.also) if one.also else ""))
        commands = [Hit("command", one.key, self.called(one), hint(one), _COMMAND[how]) for one, how in known]

        def show(found: list[Hit]) -> None:
            self.rail.finder.show_hits(text, [*found, *commands])

        first, self._searching = not self._searching, True
        self.context.run(_find, text, first, done=show)

    def _search_over(self) -> None:
        self._searching = False


def _find(session: Session, text: str, log: bool) -> list[Hit]:
    from progression.desk import search

    w = Words(session.language)
    return [
        Hit("citizen", one.citizen, called(w, one.name, one.number), _hint(w, one), _CITIZEN[one.how])
        for one in search.find(session, text, most=LIMIT, log=log)
    ]


def _hint(w: Words, one: Found) -> str:
    """The number; and, where the name does not tell it, that something written was found."""
    number = one.number if one.name else ""
    return ", ".join(part for part in (number, w.t("in what is written") if one.how == "written" else "") if part)
