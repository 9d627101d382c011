"""*I dag*: my caseload, one row each, by what is due. To the right what waits for me."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from progression.desk import pages
from progression.ui import kit, theme, ways
from progression.ui.kit.flow import Bar, Flow
from progression.ui.page import Context, Page
from progression.ui.panels.talk_side import MARKS, TalkSide
from progression.ui.today import rows as today_rows
from progression.ui.today.asking import Asking
from progression.ui.today.newcitizen import NewCitizenPanel
from progression.ui.today.parts import Head, Legend, SearchField, ends, inset, typing
from progression.ui.today.side import SidePanel
from progression.ui.today.table import TodayTable
from progression.ui.window import shortcuts
from progression.words import flags as flag_words
from progression.words.naming import called

NARROW = 1100
LOW, ROOMY = 480, 600  # px of height at 100 % text from which there is a foot below the rows, and a reason in it
LONGEST_SOUGHT = 60  # letters of what was searched for, said again
ALL = "all"
MINE, EVERYBODY = "\0mine", ""


class TodayPage(Page):
    """The first page. Shows a `desk.pages.TodayPage`; filters and searches it without asking again."""

    name = "today"
    kinds = frozenset(
        [
            "citizen",
            "assessment",
            "intervention",
            "decision",
            "conversation",
            "flag",
            "draft",
            "setting",
            "person",
            "assignment",
            "import",
            "note",
            "plan",
            "category",
            "consent",
            "handover",
            "review",
            "rules",
        ]
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.value: pages.TodayPage | None = None
        self.on: set[str] = set()
        self._unfolded: bool | None = None  # None = as the width decides
        self._asking = Asking(context, self.show_value, self)
        self.table = TodayTable()
        self.reason = kit.wrapped("", "small", "text-2")  # why the selected row stands where it does
        self.side = SidePanel()
        self.adding = NewCitizenPanel(context)
        self.talks = TalkSide(context)
        self._build()
        self._connect()

    # building

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        main = QVBoxLayout()
        main.setContentsMargins(8, 16, 8, 0)
        main.setSpacing(12)
        main.addLayout(inset(self._make_head(), 16))
        self._chips_box = QWidget()
        flow = Flow(6)
        self._chips_box.setLayout(flow)
        self.chips = {ALL: kit.Chip(), **{one.key: kit.Chip() for one in today_rows.FILTERS}}
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, k=key: self.toggle(k))
            flow.addWidget(chip)
        main.addLayout(inset(self._chips_box, 16))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self._make_empty())
        below = kit.column(0)  # the rows go down to the line above the foot, cut there and nowhere else
        below.addWidget(self.stack, 1)
        main.addLayout(below, 1)
        outer.addLayout(main, 1)
        outer.addWidget(self.side)
        outer.addWidget(self.adding)
        outer.addWidget(self.talks)
        self.adding.hide()
        self._foot = QWidget()
        foot = kit.column(8)
        self._foot.setLayout(foot)
        foot.addWidget(kit.rule())
        foot.addLayout(inset(self.reason, 16))
        line = inset(self._make_foot(), 16)
        line.setContentsMargins(16, 0, 16, 8)
        foot.addLayout(line)
        below.addWidget(self._foot)

    def _make_head(self) -> QWidget:
        self._title = kit.heading(1)
        self._date = kit.label("", "body", "text-2")
        self.whose = QComboBox()
        self.search = SearchField()
        self.search.setClearButtonEnabled(True)
        self.week = kit.button("", "quiet", icon="calendar-check-2")
        self.new = kit.button("", icon="plus")
        self.fold = kit.button("", "quiet", icon="panel-right")
        self._head = made = Head(self._place_date)
        self._bar = Bar(2, 10)
        made.setLayout(self._bar)
        for part in (self._title, self._date, self.whose, self.search, self.new, self.week, self.fold):
            self._bar.addWidget(part)
        return made

    def _make_empty(self) -> QWidget:
        self._empty_new = kit.button("", "primary", icon="plus")
        self._empty_new.clicked.connect(self.add_citizen)
        self._empty_import = kit.button("", icon="download")
        self._empty_import.clicked.connect(lambda: self.context.go("settings"))
        self._empty_all = kit.button("")
        self._empty_all.clicked.connect(self.clear_filters)
        self._empty = kit.Empty("users", self._empty_new, self._empty_import, self._empty_all)
        return self._empty

    def _make_foot(self) -> QWidget:
        self._count = kit.label("", "small", "text-2")
        self._legend = Legend()
        return ends(kit.row(self._count), kit.row(self._legend))

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self.table.setFocus)
        self.search.left_down.connect(lambda: self.table.setFocus() if self.table.rows.rows else None)
        self.new.clicked.connect(self.add_citizen)
        self.fold.clicked.connect(self.toggle_side)
        self.whose.activated.connect(lambda _index: self.refresh())
        self.table.opened.connect(self._open)
        self.table.keyed.connect(self._key)
        self.table.chosen.connect(self._say_reason)
        self.table.fitted.connect(self._place_legend)
        self.side.marked.connect(self.talks.mark)
        self.side.week_asked.connect(lambda: self.context.go("week"))
        self.side.callin_asked.connect(lambda: self.context.go("team", "callin"))
        self.week.clicked.connect(lambda: self.context.go("week"))
        self.talks.closed.connect(self._put_away)
        self.side.opened.connect(self._open)
        self.side.resumed.connect(partial(self._open, page="conversation"))
        self.adding.closed.connect(self._put_away)
        self.adding.added.connect(self._added)
        letters = {"plan": "P", "contact": "K", "held": "H", "cancelled": "A", "missed": "U"}
        by_letter = {f"today.{name}": partial(self._press, letter) for name, letter in letters.items()}
        shortcuts.bind(self, {"today.search": self.search.setFocus, **by_letter})

    # life of a page

    def refresh(self) -> None:
        whose = self.whose.currentData()
        wanted = None if whose in (None, MINE) else whose
        self._asking.ask(wanted, anew=self.value is None)

    @property
    def unfinished(self) -> bool:
        """Whether more is about to be asked for than what is shown."""
        return self._asking.resting

    def show_value(self, value: pages.TodayPage) -> None:
        """Show a caseload."""
        before, self.value = self.value, value
        if before is None or before.caseworkers != value.caseworkers:
            self.retranslate()
        else:
            self.side.show_page(self.words, value, mine=self._mine)
            self._fill()
        mine = self.table.hasFocus() or self.search.hasFocus() or self.adding.isVisible() or typing()
        if self.isVisible() and not mine:  # another page may have been opened meanwhile
            (self.table if value.rows else self._empty_new).setFocus()

    def retranslate(self) -> None:
        w, value = self.words, self.value
        kit.set_text(self._title, w.t("Today"))
        week = w.t("{day}, week {week}", day=w.weekday_date(self._today()), week=self._today().isocalendar().week)
        self._date.setText(week)
        self.whose.setAccessibleName(w.t("Whose caseload"))
        self.new.setText(w.t("New citizen"))
        self.new.setAccessibleName(w.t("New citizen"))
        self.new.setToolTip("Ctrl+N")
        self.fold.setAccessibleName(w.t("Show or hide the side panel"))
        self.fold.setToolTip(w.t("Show or hide the side panel") + " (F9)")
        self.table.setAccessibleName(w.t("Caseload"))
        self.table.horizontalHeader().setAccessibleName(w.t("Caseload"))
        self._legend.say(tuple((state, w.t(flag_words.STATES[state])) for state in ("passive", "waiting", "exempt")))
        self._say_whose()
        self.week.setAccessibleName(w.t("The week's conversations"))
        self.week.setToolTip(w.t("The week's conversations") + " (Ctrl+U)")
        self.adding.retranslate()
        if value is not None:
            self.side.show_page(w, value, mine=self._mine)
        self._fill()

    def restyle(self) -> None:
        look = theme.current()
        self.search.restyle()
        self.search.setFixedWidth(look.px(210))
        self.side.restyle()
        self.adding.restyle()
        self.talks.restyle()
        self._legend.updateGeometry()
        self.table.fit()
        if self.value is not None:
            self.side.show_page(self.words, self.value, mine=self._mine)
        self._place_side()

    def do(self, key: str) -> None:
        if key == "new":
            self.add_citizen()
        elif key == "panel":
            self.toggle_side()

    def _today(self) -> date:
        return self.value.today if self.value is not None else self.context.today

    @property
    def _mine(self) -> bool:
        """Whether it is one's own caseload, of which "me" and "you" are said."""
        whose = self.whose.currentData()
        return whose in (None, MINE) or (bool(whose) and self.value is not None and whose == self.value.me)

    # filters

    def toggle(self, key: str) -> None:
        """Switch a chip on or off; "all" switches every other off."""
        if key == ALL:
            self.clear_filters()
            return
        self.on ^= {key}
        self._fill()

    def clear_filters(self) -> None:
        """Show everybody again."""
        self.on.clear()
        self.search.clear()
        self._fill()

    def _fill(self) -> None:
        w, value = self.words, self.value
        sought = w.t("Search in my caseload") if self._mine else w.t("Search in this list")
        self.search.say(sought, w.t("Clear the search"))
        self.chips[ALL].say(w.t("All"), len(value.rows) if value else None)
        self.chips[ALL].setChecked(not self.on)
        for one in today_rows.FILTERS:
            told = today_rows.chip(w, one, mine=self._mine)
            self.chips[one.key].say(told, today_rows.count(value, one) if value else None)
            self.chips[one.key].setChecked(one.key in self.on)
        self._chips_box.updateGeometry()
        if value is None:
            return
        # with nobody there is nothing to filter or explain
        for part in (self._chips_box, self.search):
            part.setVisible(bool(value.rows))
        self._place_foot()
        self._place_side()
        rows = today_rows.chosen(value, self.on, self.search.text())
        layout = self.layout()
        assert layout is not None
        layout.activate()  # the table has its room before its rows are measured, so that they are measured once
        self.table.show_rows(value, rows, w)
        if not rows:
            kit.set_text(self.reason, "")  # it was about a row that is not in view
        self.stack.setCurrentIndex(0 if rows else 1)
        self._say_empty(everything=bool(value.rows))
        if len(rows) == len(value.rows):
            many = w.tn("{n} citizen, by what is due", "{n} citizens, by what is due", len(rows))
            self._count.setText(w.t("{many}. Enter or a double click opens one.", many=many))
        else:
            self._count.setText(w.t("{n} of {total} citizens", n=len(rows), total=len(value.rows)))

    def _say_empty(self, *, everything: bool) -> None:
        w = self.words
        if everything:
            sought = self.search.text().strip()
            text = w.t("The search and the filters together leave nobody.")
            if sought and not self.on:
                short = sought if len(sought) <= LONGEST_SOUGHT else sought[:LONGEST_SOUGHT] + "…"
                text = w.t("Nobody in this list matches “{text}”. Ctrl+K finds any citizen.", text=short)
            self._empty.say(w.t("Nobody matches"), text)
        else:
            text = w.t("Add the citizen you meet next, or read a list from another system.")
            self._empty.say(w.t("No citizens yet"), text)
        for control, text, shown in (
            (self._empty_new, w.t("New citizen"), not everything),
            (self._empty_import, w.t("Import"), not everything),
            (self._empty_all, w.t("Clear search and filters"), everything),
        ):
            control.setText(text)
            control.setAccessibleName(text)
            control.setVisible(shown)

    def _say_whose(self) -> None:
        w = self.words
        chosen = self.whose.currentData()
        self.whose.clear()
        self.whose.addItem(w.t("My caseload"), MINE)
        self.whose.addItem(w.t("Everybody"), EVERYBODY)
        known = self.value.caseworkers if self.value else {}
        for person, name in sorted(known.items(), key=lambda pair: pair[1]):
            self.whose.addItem(name, person)
        self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)) if chosen is not None else 0)

    # panels

    @ways.door
    def _key(self, row: pages.TodayRow, letter: str) -> None:
        """What a letter does with the selected row."""
        name = called(self.words, row.name, row.number)
        if letter in MARKS:
            planned = [
                m.conversation
                for m in (self.value.meetings if self.value else ())
                if m.citizen == row.citizen and m.conversation.status == "planned"
            ]
            if planned:
                self.talks.mark(planned[0], MARKS[letter])
            else:
                self.context.announce(self.words.t("{name} has no conversation planned today.", name=name))
            return
        self.side.hide()
        self.adding.hide()
        if letter == "P":
            known = self.value.caseworkers if self.value else {}
            self.talks.plan(citizen=row.citizen, name=name, caseworkers=known, me=self.value.me if self.value else "")
        else:
            self.talks.contact(row.citizen, name)

    def _press(self, letter: str) -> None:
        """What the letter does, from the menu or the Find field."""
        chosen, rows = self.table.selected(), self.value.rows if self.value else ()
        row = next((one for one in rows if one.citizen == chosen), None)
        if row is not None:
            self._key(row, letter)
        else:
            self.context.announce(self.words.t("Choose a citizen first."))

    def _say_reason(self, row: pages.TodayRow) -> None:
        w = self.words
        parts = [today_rows.reason(w, row, self._today()), w.t("{text}.", text=today_rows.contact(w, row))]
        kit.set_text(self.reason, " ".join(parts))
        self._place_foot()

    @ways.door
    def add_citizen(self) -> None:
        """Open the panel for a new citizen."""
        self.side.hide()
        self.talks.put_away(silent=True)
        self.talks.hide()
        self.adding.show()
        self.adding.begin()
        ways.note(self.adding)

    def _put_away(self) -> None:
        self.adding.hide()
        self._place_side()
        self.table.setFocus()

    def _added(self, citizen: str, name: str) -> None:
        self._put_away()
        self._open(citizen, name)

    def toggle_side(self) -> None:
        """Fold the side panel in or out."""
        self._unfolded = self.side.isHidden()
        self.adding.hide()
        self._place_side()

    def _place_side(self) -> None:
        shown = self.window().width() > theme.current().px(NARROW) if self._unfolded is None else self._unfolded
        something = self.value is None or bool(self.value.rows or self.value.meetings)
        self.side.setVisible(bool(shown) and something and self.adding.isHidden() and self.talks.isHidden())
        self.fold.setVisible(something)
        self._place_date()

    def _place_date(self) -> None:
        """The date goes where the head would otherwise take two lines."""
        more = self._date.sizeHint().width() + self._bar.spacing() if self._date.isHidden() else 0
        width = self._head.width()  # a layout that is about to be laid out again has no width
        fits = self._bar.sizeHint().width() + more <= width
        self._date.setVisible(fits)
        self.side.show_day("" if fits else self._date.text())

    def _place_foot(self) -> None:
        """What stands below the rows gives way to them where the window is low: a row tells its reason itself."""
        look, rows = theme.current(), self.value is not None and bool(self.value.rows)
        self._foot.setVisible(rows and self.height() >= look.px(LOW))
        self.reason.setVisible(bool(self.reason.text()) and self.height() >= look.px(ROOMY))

    def _place_legend(self) -> None:
        """It says what the shadings of the curves mean, where there are curves."""
        self._legend.setVisible(bool(self.table.rows.rows) and "spark" not in self.table.rows.dropped)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()
        self._place_side()

    def _open(self, citizen: str, name: str, page: str = "citizen") -> None:
        self.context.opened.emit(citizen, name)
        self.context.go(page, citizen)
