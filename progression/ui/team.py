"""*Team*: colleagues with role, norm and caseload, handing over a whole caseload, and the year's case reviews."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from progression.casework.values import Person
from progression.desk.caseload import Load
from progression.desk.reviews import Drawn
from progression.desk.session import Changes
from progression.desk.team import TeamPage as Value
from progression.ui import kit, running_panel, team_rows, theme
from progression.ui.kit.flow import Flow
from progression.ui.kit.items import Entry
from progression.ui.page import Context, Page
from progression.ui.people_panels import ColleaguePanel, HandoverPanel, ReviewPanel
from progression.ui.register_panels import Wish
from progression.words import Words
from progression.words import people as said

COLLEAGUES, REVIEWS = "colleagues", "reviews"
LEAST = 420  # px at 100 % of the page that must be left beside a panel
COLUMN = 760  # px at 100 %: lines longer than this are hard to read


class CaseloadPanel(QWidget):
    """One colleague: the caseload in words, its citizens, and what can be done."""

    cancelled = Signal()
    opened = Signal(str, str)
    change = Signal()
    hand_over = Signal()

    def __init__(self, words: Words, page: Value, person: Person, load: Load | None) -> None:
        super().__init__()
        w, name = words, person.name or person.person
        self.setAccessibleName(name)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(kit.heading(2, name))
        contact = ", ".join(part for part in (person.role, person.team, person.phone, person.email) if part)
        for text in (contact, *(team_rows.loads(w, load) if load else ())):
            box.addWidget(kit.wrapped(text, "dense", "text-2"))
        self.change_button = kit.button(w.t("Change colleague"), icon="pencil", small=True)
        self.hand_button = kit.button(w.t("Hand over the whole caseload"), icon="users", small=True)
        self.close_button = kit.button(w.t("Close"), "quiet", small=True)
        self.change_button.clicked.connect(self.change)
        self.hand_button.clicked.connect(self.hand_over)
        self.close_button.clicked.connect(self.cancelled)
        cases = load.citizens if load else ()
        for made in (self.hand_button, self.change_button, self.close_button):
            box.addLayout(kit.row(made, 1))
        self.hand_button.setVisible(bool(cases))  # now that it has a parent: else it would be a window of its own
        self.entries: list[Entry] = []
        for one in sorted(cases, key=lambda c: team_rows.case(w, c).casefold()):
            entry = Entry(team_rows.case(w, one), team_rows.history(w, one), kind="dense")
            entry.clicked.connect(lambda _on=False, c=one: self.opened.emit(c.citizen, c.name or c.number))
            self.entries.append(entry)
            box.addWidget(entry)
        box.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


class TeamPage(Page):
    """Shows a `desk.team.TeamPage`."""

    name = "team"
    kinds = frozenset({"person", "assignment", "handover", "review", "citizen", "setting", "import"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.value: Value | None = None
        self._acts: list[tuple[str, tuple[str, ...]]] = []
        self.entries: dict[str, Entry] = {}
        self._title = kit.heading(1)
        self.tabs = kit.Segmented()
        self.tabs.chosen.connect(lambda _tab: self._fill())
        self.new = kit.button("", icon="plus")
        self.new.clicked.connect(lambda: self._edit(None))
        self.undo = kit.link("")
        self.undo.clicked.connect(self.take_back)
        self.side = running_panel.SidePanel()
        self.side.closed.connect(self._closed)
        self._build()
        QShortcut(QKeySequence.StandardKey.Undo, self, self.take_back,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)  # fmt: skip

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._main = QWidget()
        main = QVBoxLayout(self._main)
        main.setContentsMargins(24, 16, 0, 0)
        main.setSpacing(12)
        tools, head = Flow(16), QWidget()
        for part in (self._title, self.tabs, self.new, self.undo):
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
        main.addWidget(kit.scrolled(inside), 1)
        outer.addWidget(self._main, 1)
        outer.addWidget(self.side)

    # life of a page

    def refresh(self) -> None:
        from progression.desk import team

        self.context.run(team.page, done=self.show_value)

    def show_value(self, value: Value) -> None:
        """Show a page of values."""
        self.value = value
        self.retranslate()
        if not self.isAncestorOf(self.focusWidget() or self) and self.side.panel is None:
            self.new.setFocus()

    def retranslate(self) -> None:
        w = self.words
        kit.set_text(self._title, w.t("Team"))
        self.tabs.set_choices(
            ((COLLEAGUES, w.t("Colleagues")), (REVIEWS, w.t("Case reviews"))), w.t("What of the team")
        )
        self.new.setText(w.t("New colleague"))
        self.new.setAccessibleName(self.new.text())
        self._say_undo()
        self._fill()

    def restyle(self) -> None:
        self.side.restyle()
        self._place()

    def leave(self) -> None:
        self.side.close_panel()

    def do(self, key: str) -> None:
        if key == "panel":
            self.side.close_panel()

    def show_tab(self, tab: str) -> None:
        """Show COLLEAGUES or REVIEWS."""
        self.tabs.choose(tab)
        self._fill()

    def _fill(self) -> None:
        kit.clear(self._list)
        self.entries.clear()
        if self.value is None:
            return
        if self.tabs.value() == REVIEWS:
            self._fill_reviews(self.value)
        else:
            self._fill_colleagues(self.value)

    def _fill_colleagues(self, value: Value) -> None:
        w = self.words
        self._line(said.without_caseworker(w, len(value.loads.without)), "error" if value.loads.without else "text-2")
        for one in value.loads.without:
            told = team_rows.history(w, one)
            self._entry(
                f"case:{one.citizen}", team_rows.case(w, one), told, lambda c=one: self._open(c.citizen, c.name)
            )
        teams = {row.key: row for row in value.loads.teams}
        for team in sorted({p.team for p in value.colleagues}, key=str.casefold):
            self._list.addSpacing(16)
            title = team_rows.team_title(w, teams[team]) if team in teams else team or w.t("(no team)")
            self._list.addWidget(kit.heading(2, title))
            self._list.addSpacing(4)
            for person in (p for p in value.colleagues if p.team == team):
                name, below = team_rows.colleague(w, value, person)
                self._entry(person.person, name, below, lambda p=person: self.look_at(p))
        if not value.colleagues:
            self._line(w.t("There are no colleagues yet. Add the first one, or import people.csv."), "text-2")
        self._list.addSpacing(16)
        self._line(said.norms(w, value.loads.norms), "text-3")

    def _fill_reviews(self, value: Value) -> None:
        w, page = self.words, value.reviews
        done = sum(row.review is not None for row in page.rows)
        lead = w.t(
            "{year}: {done} of {n} cases are looked through. Up to {per} cases of each caseworker are drawn by lot, "
            "the same on every device.", year=str(page.year), done=done, n=len(page.rows), per=page.per_caseworker,
        )  # fmt: skip
        self._line(lead, "text-2")
        self._list.addSpacing(8)
        for row in page.rows:
            told = team_rows.review(w, value, row)
            self._entry(row.case.citizen, team_rows.case(w, row.case), told, lambda r=row: self.look_through(r))

    def _line(self, text: str, tone: str) -> None:
        self._list.addWidget(kit.wrapped(text, "dense", tone))

    def _entry(self, key: str, title: str, below: str, act: object) -> None:
        made = Entry(title, below)
        made.clicked.connect(lambda _on=False: act())  # type: ignore[operator]
        self.entries[key] = made
        self._list.addWidget(made)

    # panels

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

    def _edit(self, person: Person | None) -> None:
        panel = ColleaguePanel(self.words, person)
        panel.wanted.connect(lambda wish: self._run(panel, wish))
        self._show(panel, panel.texts["name" if person else "person"])

    def _hand_over(self, person: Person, load: Load | None) -> None:
        from progression.desk import handover

        if self.value is None or load is None:
            return
        w = self.words
        citizens = w.tn("{n} citizen", "{n} citizens", len(load.citizens))
        lead = w.t("{citizens}, now with {caseworker}.", citizens=citizens, caseworker=person.name or person.person)
        panel = HandoverPanel(
            w, self.value.loads.today, self.value.names, person.person, lead, handover.all_of, person.person
        )
        panel.wanted.connect(lambda wish: self._run(panel, wish))
        self._show(panel, panel.to)

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

    def _show(self, panel: object, first: QWidget) -> None:
        self.side.open(panel, first)  # type: ignore[arg-type]
        self._place()

    def _run(self, panel: object, wish: Wish) -> None:
        def done(found: object) -> None:
            self.side.saved(panel)  # type: ignore[arg-type]
            events = getattr(found, "events", ())
            if events:
                self._acts.append((wish.undo, events))
                self._say_undo()
            self.context.announce(wish.told)

        def failed(error: BaseException) -> bool:
            return self.side.refused(panel, error)  # type: ignore[arg-type]

        self.context.run(wish.operation, *wish.values, done=done, failed=failed, **wish.named)

    # undo

    def take_back(self) -> None:
        """Undo the last act of this page."""
        from progression.desk import undo

        if not self._acts:
            return
        name, events = self._acts.pop()

        def done(_changes: Changes) -> None:
            self._say_undo()
            self.context.announce(self.words.t("Undone: {what}", what=name))

        def failed(_error: BaseException) -> bool:
            self._say_undo()
            return False  # the status bar says why

        self.context.run(undo.take_back, events, done=done, failed=failed)

    def _say_undo(self) -> None:
        self.undo.setVisible(bool(self._acts))
        if self._acts:
            self.undo.setText(self.words.t("Undo: {what}", what=self._acts[-1][0]))
            self.undo.setAccessibleName(self.undo.text())

    def _open(self, citizen: str, name: str) -> None:
        self.context.opened.emit(citizen, name)
        self.context.go("citizen", citizen)

    def _closed(self) -> None:
        self._place()
        self.new.setFocus()

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
