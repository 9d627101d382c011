"""*Team*: the team on one day; colleagues, caseloads and handing over; the year's case reviews; whom to call in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from progression.casework.values import Person
from progression.desk.caseload import Load, Responsibility
from progression.desk.handover import Ticking
from progression.desk.reviews import Drawn
from progression.desk.team import TeamPage as Value
from progression.ui import kit, theme, ways
from progression.ui.kit.flow import Flow
from progression.ui.kit.items import Entry
from progression.ui.page import Context, Page
from progression.ui.panels.handover import HandoverPanel, Sharing
from progression.ui.panels.people import ColleaguePanel, ReviewPanel
from progression.ui.panels.register import Wish
from progression.ui.running import panel as running_panel
from progression.ui.team import rows as team_rows
from progression.ui.team import tabs as team_tabs
from progression.ui.team.callin import Calling
from progression.ui.team.caseload import CaseloadPanel
from progression.ui.team.overview import TeamFront
from progression.ui.team.table import Columns, TableRow
from progression.ui.team.tabs import Cells
from progression.ui.window import shortcuts

OVERVIEW, COLLEAGUES, REVIEWS, HANDOVERS, CALL_IN = "overview", "colleagues", "reviews", "handovers", "callin"
LEAST = 420  # px at 100 % of the page that must be left beside a panel
COLUMN = 1280  # px at 100 %: the longest sentence of a cell on one line; wider rows are hard to follow


class TeamPage(Page):
    """Shows a `desk.team.TeamPage`."""

    name = "team"
    kinds = frozenset({"*"})  # its figures rest on every kind of fact

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.value: Value | None = None
        self.entries: dict[str, Entry] = {}
        self._stood = ""  # the key of the row whose panel was opened
        self._title = kit.heading(1)
        self.tabs = kit.Segmented(wraps=True)
        self.tabs.chosen.connect(lambda _tab: self._chosen())
        self.side = running_panel.SidePanel()
        self.side.closed.connect(self._closed)
        self.calling = Calling(context)
        self.calling.came.connect(lambda: self._fill())
        self.calling.shown.connect(self._show)
        self.calling.opened.connect(self._open)
        self.calling.written.connect(lambda panel: self.side.saved(panel))
        self.new = kit.button("", icon="plus")
        self.new.clicked.connect(self._add)
        self.undo_link = kit.link("")
        self.undo_link.clicked.connect(self.take_back)
        self.front = TeamFront(context, self._show)
        self.front.named.connect(lambda _name: self._say_title())
        self.front.opened.connect(self._open)
        self.front.colleague.connect(self._look_at)
        self._build()
        shortcuts.bind(self, {"team.new": self.new.click, "team.report": self.front.open_report})
        context.acts.moved.connect(self._say_undo)

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._main = QWidget()
        main = QVBoxLayout(self._main)
        main.setContentsMargins(24, 16, 0, 0)
        main.setSpacing(12)
        tools, head = Flow(16), QWidget()
        for part in (self._title, self.tabs, self.new, *self.calling.tools, self.undo_link):
            tools.addWidget(part)
        head.setLayout(tools)
        main.addWidget(head)
        main.addWidget(kit.rule())
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 8, 24, 24)
        self._column = QWidget()
        self._list = QVBoxLayout(self._column)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        around.addLayout(kit.row(self._column, 1))
        around.addStretch(1)
        self._lists = kit.scrolled(inside)
        main.addWidget(self._lists, 1)
        main.addWidget(self.front, 1)
        outer.addWidget(self._main, 1)
        outer.addWidget(self.side)

    # life of a page

    def refresh(self) -> None:
        from progression.desk import team

        if self.tabs.value() in ("", OVERVIEW):
            self.front.refresh()
        self.context.run(team.page, done=self.show_value)
        if self.tabs.value() == CALL_IN:
            self.calling.ask()

    def show_for(self, citizen: str) -> None:
        """Open the page, at the tab a link elsewhere asks for."""
        if citizen == CALL_IN:
            self.tabs.choose(CALL_IN)
        super().show_for("")

    def _chosen(self) -> None:
        self.side.close_panel()
        if self.tabs.value() == CALL_IN:
            self.calling.ask()
        elif self.tabs.value() == OVERVIEW:
            self.front.refresh()
        self._fill()

    def show_value(self, value: Value) -> None:
        """Show a page of values."""
        self.value = value
        self.retranslate()
        if not self.isAncestorOf(self.focusWidget() or self) and self.side.panel is None:
            self._begin()

    def _begin(self) -> None:
        """The focus, where nothing has it: the row one stood in."""
        row = self.entries.get(self._stood)
        if self.tabs.value() == OVERVIEW:
            self.front.take_focus()
        elif row is not None:
            row.show()  # a layout would show it later, too late for the focus
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.tabs.value() == COLLEAGUES:
            self.new.setFocus()
        else:
            self.tabs.take_focus()

    def _say_title(self) -> None:
        value = self.front.value if self.tabs.value() == OVERVIEW else None
        kit.set_text(self._title, value.team if value is not None and value.team else self.words.t("Team"))
        wide = self._title.sizeHint().width()  # the tabs beside it stay where they are
        self._title.setMinimumWidth(max(wide, self._title.minimumWidth()))

    def retranslate(self) -> None:
        w = self.words
        tabs = (
            (OVERVIEW, w.t("Overview")),
            (COLLEAGUES, w.t("Colleagues")),
            (REVIEWS, w.t("Case reviews")),
            (HANDOVERS, w.t("Hand-overs")),
            (CALL_IN, w.t("Call-in list")),
        )
        self.tabs.set_choices(tabs, w.t("What of the team"))
        self.calling.retranslate()
        self.front.retranslate()
        self.new.setText(w.t("New colleague"))
        self.new.setAccessibleName(self.new.text())
        self._say_undo()
        self._fill()

    def restyle(self) -> None:
        self.side.restyle()
        self.front.restyle()
        self._place()

    def leave(self) -> None:
        self.side.close_panel()

    def place(self) -> str:
        return self.tabs.value()

    def return_to(self, place: str) -> None:
        self.show_tab(place)

    def do(self, key: str) -> None:
        if key == "panel":
            self.side.close_panel()

    def show_tab(self, tab: str) -> None:
        """Show OVERVIEW, COLLEAGUES, REVIEWS, HANDOVERS or CALL_IN, as a click does."""
        self.tabs.choose(tab)
        self._chosen()

    def _fill(self) -> None:
        """List everything anew; the row that had the focus keeps it."""
        at = self.window().focusWidget()
        had = next((key for key, row in self.entries.items() if row is at), None)
        self._list_anew()
        if had is not None:
            self._stood = had
            self._begin()

    def _list_anew(self) -> None:
        kit.clear(self._list)
        self.entries.clear()
        tab = self.tabs.value() or OVERVIEW
        self.front.setVisible(tab == OVERVIEW)
        self._lists.setVisible(tab != OVERVIEW)
        self._say_title()
        if self.value is None:
            return
        self.new.setVisible(tab == COLLEAGUES)
        self.calling.show_tools(tab == CALL_IN)
        to = team_tabs.Lister(self.words, self._list, self._line, self._entry)
        if tab == REVIEWS:
            team_tabs.fill_reviews(to, self.value, self.look_through)
        elif tab == HANDOVERS:
            team_tabs.fill_handovers(to, self.value.handovers, self.value.reviews.people, self.tick)
        elif tab == CALL_IN:
            self.calling.fill(to)
        elif tab == COLLEAGUES:
            team_tabs.fill_colleagues(to, self.value, self._open_case, self.look_at)
            norms = kit.link(self.words.t("Change the norms"))
            norms.clicked.connect(self.open_norms)
            self._list.addLayout(kit.row(norms, 1))

    def _open_case(self, one: Responsibility) -> None:
        self._open(one.citizen, one.name)

    def _line(self, text: str, tone: str) -> None:
        self._list.addWidget(kit.wrapped(text, "dense", tone))

    def _entry(self, key: str, title: str, below: str, act: object, table: Columns = (), cells: Cells = ()) -> None:
        made = TableRow(table, cells, title, below) if table else Entry(title, below)
        made.clicked.connect(lambda _on=False: self._act(key, act))
        self.entries[key] = made
        self._list.addWidget(made)

    def _act(self, key: str, act: object) -> None:
        self._stood = key
        act()  # type: ignore[operator]

    # panels

    def _look_at(self, key: str) -> None:
        """A colleague of the overview, where it is one: an account may have citizens too."""
        found = next((one for one in self.value.colleagues if one.person == key), None) if self.value else None
        if found is not None:
            self.look_at(found)

    @ways.door
    def look_at(self, person: Person) -> None:
        """Open what is known about a colleague, and what can be done."""
        if self.value is None:
            return
        load = next((row for row in self.value.loads.rows if row.key == person.person), None)
        panel = CaseloadPanel(self.words, self.value, person, load)
        panel.opened.connect(self._open)
        panel.change.connect(lambda: self._edit(person))
        panel.hand_over.connect(lambda: self._hand_over(person, load))
        self._show(panel, panel.hand_button if load and load.citizens else panel.change_button)

    def _add(self) -> None:
        self._stood = ""
        self._edit(None)

    @ways.door
    def _edit(self, person: Person | None) -> None:
        panel = ColleaguePanel(self.words, person)
        panel.wanted.connect(lambda wish: self._run(panel, wish))
        self._show(panel, panel.texts["name" if person else "person"])

    @ways.door
    def _hand_over(self, person: Person, load: Load | None) -> None:
        from progression.desk import handover

        if self.value is None or load is None:
            return
        w = self.words
        citizens = w.tn("{n} citizen", "{n} citizens", len(load.citizens))
        lead = w.t("{citizens}, now with {caseworker}.", citizens=citizens, caseworker=person.name or person.person)
        names = self.value.names
        cases = [(c.citizen, team_rows.case(w, c)) for c in team_rows.by_name(w, load.citizens)]
        sharing = Sharing(w, names, person.person, cases) if len(cases) > 1 else None
        panel = HandoverPanel(
            w, self.value.loads.today, names, person.person, lead, handover.all_of, person.person,
            citizens=len(cases), sharing=sharing,
        )  # fmt: skip
        panel.wanted.connect(lambda wish: self._run(panel, wish))
        self._show(panel, panel.to)

    @ways.door
    def look_through(self, row: Drawn) -> None:
        """Open the review of one case."""
        if self.value is None:
            return
        panel = ReviewPanel(
            self.words, self.value.loads.today, row.case.citizen, team_rows.case(self.words, row.case),
            self.value.names, row.caseworker, self.value.me, row.review,
        )  # fmt: skip
        panel.wanted.connect(lambda wish: self._run(panel, wish))
        self._show(panel, next(iter(panel.list.boxes.values())).box)

    @ways.door
    def tick(self, one: Ticking) -> None:
        """Open the checklist of a hand-over."""
        if self.value is None:
            return
        panel = team_tabs.TickPanel(self.words, one, self.value.reviews.people)
        panel.wanted.connect(lambda wish: self._run(panel, wish))
        self._show(panel, panel.first())

    @ways.door
    def open_norms(self) -> None:
        """Open the norms of a caseload."""
        if self.value is None or not self.value.loads.norms:
            return
        panel = team_tabs.NormsPanel(self.words, self.value.loads.norms)
        panel.wanted.connect(lambda wish: self._run(panel, wish))
        self._show(panel, panel.figures[panel.rows[0].code][0])

    def _show(self, panel: object, first: QWidget) -> None:
        self.side.open(panel, first)  # type: ignore[arg-type]
        self._place()

    def _run(self, panel: object, wish: Wish) -> None:
        def done(_found: object) -> None:
            self.side.saved(panel)  # type: ignore[arg-type]
            self.context.announce(wish.told)

        def failed(error: BaseException) -> bool:
            return self.side.refused(panel, error)  # type: ignore[arg-type]

        self.context.run(wish.operation, *wish.values, done=done, failed=failed, undo=wish.undo, **wish.named)

    # undo

    def take_back(self) -> None:
        """Undo the last act."""
        self.context.acts.undo()

    def _say_undo(self) -> None:
        act = self.context.acts.last
        mine = act is not None and bool(act.kinds & {"person", "assignment", "handover", "review"})
        self.undo_link.setVisible(mine)
        if act is not None and mine:
            self.undo_link.setText(self.words.t("Undo: {what}", what=act.said(self.words)))
            self.undo_link.setAccessibleName(self.undo_link.text())

    def _open(self, citizen: str, name: str) -> None:
        self.context.opened.emit(citizen, name)
        self.context.go("citizen", citizen)

    def _closed(self) -> None:
        self._place()
        self._begin()

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """A panel that leaves too little takes the whole page."""
        look = theme.current()
        taken = running_panel.wide() if self.side.panel is not None else 0
        alone = bool(taken) and self.width() - taken < look.px(LEAST)
        self._main.setVisible(not alone)
        self.side.fill(alone)
        left = self.width() - (0 if alone else taken) - 60
        self._column.setFixedWidth(max(280, min(look.px(COLUMN), left)))
