"""*Indsatser*: what runs, for whom, with whom; waiting lists and since when; exemptions up for review; providers and
offers. Four tabs, filters with counts, a search, and a panel that starts, changes and ends."""

from __future__ import annotations

import weakref
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from progression.casework.values import Intervention, Offer, Provider
from progression.charts.phrases import intervention_name
from progression.desk.interventions_page import InterventionsPage, RunningRow
from progression.ui import kit, theme, ways
from progression.ui.kit.flow import Bar, Flow
from progression.ui.page import Context, Page
from progression.ui.panels.intervention import Panel
from progression.ui.running import keeping as running_keeping
from progression.ui.running import panel as running_panel
from progression.ui.running import rows as running_rows
from progression.ui.running.empty import RunningEmpty
from progression.ui.running.entry import RunningEntry
from progression.ui.running.list import RunningList
from progression.ui.running.offers import OffersView, ProvidersView
from progression.ui.running.side import RunningSide
from progression.ui.window import shortcuts

MINE, TEAM, PROVIDERS, OFFERS = "mine", "team", "providers", "offers"
BESIDE = 1000  # px at 100 %: from here the lists at the right stand beside what runs
CHIPS_AT_MOST = 6  # times the height of the filters the page is, or they do not stay in view
LEAST = 420  # px at 100 % of the page that must be left beside a panel


class RunningPage(Page):
    """Shows a `desk.interventions_page.InterventionsPage`; filters and searches it without asking again."""

    name = "interventions"
    kinds = frozenset(
        ["intervention", "citizen", "decision", "assignment", "person", "offer", "category", "setting", "import"]
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.value: InterventionsPage | None = None
        self.on: set[str] = set()
        self.running = RunningList(self.look_at, lambda: self._area.viewport().height())
        self.beside = RunningSide(self._open)
        self.providers, self.offers = ProvidersView(), OffersView()
        self.side = running_panel.SidePanel()
        self.undo_link = kit.link("")
        self.undo_link.setToolTip("Ctrl+Z")
        self.undo_link.clicked.connect(context.acts.undo)
        self._left: Callable[[], QWidget | None] = lambda: None  # what had the focus before a panel opened
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._main = QWidget()
        main = QVBoxLayout(self._main)
        main.setContentsMargins(24, 16, 0, 0)
        main.setSpacing(12)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(0, 0, 24, 0)
        self._head.setSpacing(12)
        self._head.addWidget(self._make_head())
        self._chips_box = QWidget()
        flow = Flow(6)
        self._chips_box.setLayout(flow)
        self.chips = {one.key: kit.Chip() for one in running_rows.FILTERS}
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, k=key: self.toggle(k))
            flow.addWidget(chip)
        self._head.addWidget(self._chips_box)
        main.addLayout(self._head)
        main.addWidget(kit.rule())
        self._inside = QWidget()
        self._lists = QVBoxLayout(self._inside)
        self._lists.setContentsMargins(0, 8, 24, 24)
        self._lists.setSpacing(12)
        self._empty = RunningEmpty()
        both = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(32)
        self._both.addWidget(self.running, 32, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(self.beside, 19)
        self._views = {MINE: both, TEAM: both, PROVIDERS: self.providers, OFFERS: self.offers}
        for view in (self._empty, both, self.providers, self.offers):
            self._lists.addWidget(view, 1 if view is self._empty else 0)
        self._lists.addStretch(0)
        self._area = kit.scrolled(self._inside)
        main.addWidget(self._area, 1)
        outer.addWidget(self._main, 1)
        outer.addWidget(self.side)

    def _make_head(self) -> QWidget:
        self._title = kit.heading(1)
        self.tabs = kit.Segmented(wraps=True)
        self.search = kit.SearchField()
        self.start = kit.button("", "primary")
        self.start.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the row one stands in: its citizen is meant
        whole, bar = QWidget(), Bar(2, 12)
        whole.setLayout(bar)
        for part in (self._title, self.tabs, self.undo_link, self.search, self.start):
            bar.addWidget(part)
        return whole

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._chosen)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.start.clicked.connect(self.start_one)
        self._empty.start.clicked.connect(self.start_one)
        self._empty.everything.clicked.connect(self.clear_filters)
        self._empty.new.clicked.connect(self._add_citizen)
        self.providers.picked.connect(self.open_provider)
        self.offers.picked.connect(self.open_offer)
        self.side.closed.connect(self._closed)
        self.context.acts.moved.connect(self._say_undo)
        shortcuts.bind(self, {"interventions.search": self.search.setFocus, "interventions.start": self.start_one})

    # life of a page

    def refresh(self) -> None:
        from progression.desk import interventions_page

        self.context.run(interventions_page.page, self.tabs.value() in ("", MINE), done=self.show_value)

    def show_value(self, value: InterventionsPage) -> None:
        """Show a page of values; what is the same as before stays as it stands."""
        same, self.value = value == self.value, value
        if not same:
            self.retranslate()
        if not self.isAncestorOf(self.focusWidget() or self) and self.side.panel is None:
            self.start.setFocus()

    def retranslate(self) -> None:
        w = self.words
        kit.set_text(self._title, w.t("Interventions"))
        tabs = (
            (MINE, w.t("My citizens")),
            (TEAM, w.t("The whole team")),
            (PROVIDERS, w.t("Providers")),
            (OFFERS, w.t("Offers")),
        )
        self.tabs.set_choices(tabs, w.t("Which interventions"))
        self.search.setPlaceholderText(w.t("Search intervention, citizen, place"))
        self.search.setAccessibleName(w.t("Search intervention, citizen, place"))
        kit.name_clear_button(self.search, w.t("Clear the search"))
        self.start.setText(w.t("Start an intervention"))
        self.start.setAccessibleName(w.t("Start an intervention"))
        self._empty.retranslate(w)
        self._say_undo()
        if self.side.panel is not None and self.side.panel.language != w.language:
            self.side.close_panel()
        self._fill()

    def restyle(self) -> None:
        self.search.restyle()
        self.search.setFixedWidth(min(theme.current().px(270), 520))
        self.side.restyle()
        self._fill()
        self._place()

    def place(self) -> str:
        return self.tabs.value()

    def return_to(self, place: str) -> None:
        self.show_tab(place)

    def do(self, key: str) -> None:
        if key == "panel":
            self.side.close_panel()

    def show_tab(self, tab: str) -> None:
        """Choose a tab, as a click does."""
        self.tabs.choose(tab)
        self._chosen(tab)

    def _chosen(self, tab: str) -> None:
        if self._views[tab].isHidden():  # else the rows in view stay until there are others
            self._fill()
        self._area.verticalScrollBar().setValue(0)
        self.refresh()

    # filters

    def toggle(self, key: str) -> None:
        """Switch a chip on or off."""
        self.on ^= {key}
        self._fill()

    def clear_filters(self) -> None:
        """Show everything again."""
        self.on.clear()
        self.search.clear()
        self._fill()

    def _fill(self) -> None:
        w, value = self.words, self.value
        for one in running_rows.FILTERS:
            self.chips[one.key].say(w.t(one.text), running_rows.count(value, one) if value else None)
            self.chips[one.key].setChecked(one.key in self.on)
        tab = self.tabs.value() or MINE
        people = tab in (MINE, TEAM)
        something = value is None or any((value.running, value.waiting, value.exempt, value.ahead))
        self._chips_box.setVisible(people and something)  # with nobody there is nothing to filter
        self._chips_box.updateGeometry()
        nobody = value is not None and not value.citizens
        self.start.setVisible(not nobody)  # the page says what comes first
        self.search.setVisible(something or not (people and nobody))
        for key, view in self._views.items():
            if key not in (MINE, TEAM):
                view.setVisible(value is not None and key == tab)
        if value is None:
            self._views[MINE].hide()
            self._empty.hide()
            return
        text = self.search.text()
        if tab == PROVIDERS:
            self.providers.show_page(w, value, text)
        elif tab == OFFERS:
            self.offers.show_page(w, value, text)
        self._fill_people(value, text, shown=people)
        self._place()

    def _fill_people(self, value: InterventionsPage, text: str, *, shown: bool) -> None:
        w = self.words
        if not shown:
            self._views[MINE].hide()
            self._empty.hide()
            return
        lists = running_rows.chosen(w, value, frozenset(self.on), text)
        self._views[MINE].setVisible(not lists.empty)
        self._empty.setVisible(lists.empty)
        filtered = bool(self.on or text.strip())
        self._empty.say_why(w, value, filtered=filtered, mine=self.tabs.value() in ("", MINE))
        self.running.setVisible(lists.running is not None)
        self.beside.setVisible(any(part is not None for part in (lists.waiting, lists.exempt, lists.ahead)))
        if not lists.empty:
            self.running.show_rows(w, value, lists.running or (), filtered)
            self.beside.show_lists(w, value, lists)

    # panels

    @ways.door
    def start_one(self) -> None:
        """Open the panel that starts an intervention, for the citizen whose row one stands in or looks at."""
        if self.value is None:
            return
        if not self.value.citizens:
            self._add_citizen()
            return
        panel = running_panel.adding(self.words, self.value, self._at_hand())
        panel.ready.connect(lambda made: self._save(panel, made))
        self._show(panel, panel.who)

    def _at_hand(self) -> str:
        if isinstance(self.side.panel, running_panel.RowPanel):
            return self.side.panel.row.intervention.citizen
        here = self.focusWidget()
        if isinstance(here, RunningEntry):
            return here.row.intervention.citizen
        return self.beside.whose(here)

    def _add_citizen(self) -> None:
        """The window knows where citizens are added."""
        getattr(self.window(), "do", self.context.go)("new")

    @ways.door
    def look_at(self, row: RunningRow) -> None:
        """Open what is known about one intervention, and what can be done."""
        if self.value is None:
            return
        panel = running_panel.RowPanel(self.words, self.value, row)
        panel.citizen.connect(lambda: self._open(row.intervention.citizen, row.name or row.number))
        panel.change.connect(lambda: self._change(row))
        panel.end.connect(lambda: self._end(row))
        panel.withdraw.connect(lambda: self._withdraw(panel, row))
        self._show(panel, panel.open_button, row)

    def _withdraw(self, panel: running_panel.RowPanel, row: RunningRow) -> None:
        from progression.desk import interventions

        w = self.words
        told, name = w.t("The intervention is deleted"), w.t("deleting {what}", what=self._named(row.intervention))
        self._run(panel, told, name, interventions.withdraw, row.intervention)

    def _named(self, one: Intervention) -> str:
        return intervention_name(self.words, one, self.value.types if self.value else {})

    @ways.door
    def _change(self, row: RunningRow) -> None:
        if self.value is None:
            return
        panel = running_panel.changing(self.words, self.value, row)
        panel.ready.connect(lambda made: self._save(panel, made))
        self._show(panel, panel.type, row)

    @ways.door
    def _end(self, row: RunningRow) -> None:
        from progression.desk import interventions

        if self.value is None:
            return
        panel = running_panel.ending(self.words, self.value, row)
        w = self.words
        told, name = w.t("The intervention is ended"), w.t("ending {what}", what=self._named(row.intervention))
        panel.ready.connect(lambda one, day, why: self._run(panel, told, name, interventions.end, one, day, why))
        self._show(panel, panel.day, row)

    def _save(self, panel: Panel, made: Intervention) -> None:
        from progression.desk import interventions

        w, what = self.words, self._named(made)
        operation = interventions.change if made.event else interventions.add
        name = w.t("change of {what}", what=what) if made.event else w.t("start of {what}", what=what)
        self._run(panel, w.t("The intervention is saved"), name, operation, made)

    @ways.door
    def open_provider(self, provider: Provider) -> None:
        """Open the panel of a provider."""
        if self.value is not None:
            panel = running_keeping.provider_panel(self.words, self.value, provider, self._run)
            self._show(panel, panel.texts["name"])

    @ways.door
    def open_offer(self, offer: Offer) -> None:
        """Open the panel of an offer."""
        if self.value is not None:
            panel = running_keeping.offer_panel(self.words, self.value, offer, self._run)
            self._show(panel, panel.name)

    def _show(self, panel: Panel | running_panel.RowPanel, first: QWidget, about: RunningRow | None = None) -> None:
        here = self.focusWidget()
        if here is not None and self._main.isAncestorOf(here):
            self._left = weakref.ref(here)
        self.side.open(panel, first)
        self.running.mark(about)
        self._place()

    def _run(
        self, panel: Panel | running_panel.RowPanel, told: str, name: str, operation: object, *values: object
    ) -> None:
        """Do something; `told` when it is done, `name`: what undoing it is called."""

        def done(_changes: object) -> None:
            self.side.saved(panel)
            self.context.announce(told)

        def failed(error: BaseException) -> bool:
            return self.side.refused(panel, error)

        self.context.run(operation, *values, done=done, failed=failed, undo=name)  # type: ignore[arg-type]

    def _say_undo(self) -> None:
        """The link names the latest act where it is about what this page shows; Ctrl+Z works anyway."""
        act = self.context.acts.last
        shown = act is not None and bool(act.kinds & {"intervention", "offer"})
        if not shown and self.undo_link.hasFocus():
            self.start.setFocus()
        self.undo_link.setVisible(shown)
        if act is not None and shown:
            self.undo_link.setText(self.words.t("Undo: {what}", what=act.said(self.words)))
            self.undo_link.setAccessibleName(self.undo_link.text())

    def _closed(self) -> None:
        """Back to where one was, which may have been made anew or taken away meanwhile."""
        self.running.mark(None)
        self._place()
        before = self._left()
        there = before is not None and shiboken6.isValid(before) and before.isVisible()
        (before if before is not None and there else self.start).setFocus()

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self.running.fold()

    def _place(self) -> None:
        """Lists beside each other or below each other; a panel that leaves too little takes the whole page."""
        look = theme.current()
        taken = running_panel.wide() if self.side.panel is not None else 0
        alone = bool(taken) and self.width() - running_panel.wide() < look.px(LEAST)
        self._main.setVisible(not alone)
        self.side.fill(alone)
        beside = self.width() - taken >= look.px(BESIDE)
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._place_chips()

    def _place_chips(self) -> None:
        """Over the lists, where they stay in view; where they would take much of it they go along with the lists."""
        many = (
            self._chips_box.heightForWidth(max(1, self._area.viewport().width() - 24)) * CHIPS_AT_MOST > self.height()
        )
        home = self._lists if many else self._head
        if home.indexOf(self._chips_box) < 0:
            (self._head if many else self._lists).removeWidget(self._chips_box)
            home.insertWidget(0 if many else 1, self._chips_box)
            kit.read_in_order(self._main)
            kit.read_in_order(self._inside)

    def _open(self, citizen: str, name: str) -> None:
        self.context.opened.emit(citizen, name)
        self.context.go("citizen", citizen)
