"""A week of conversations, Monday first: seven columns, or one below the other where there is little room."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from progression.desk.talks import Booked, Week
from progression.ui import kit, theme, ways
from progression.ui.kit.flow import Bar
from progression.ui.page import Context, Page
from progression.ui.panels.talk_side import MARKS, TalkSide
from progression.ui.today.week_days import GUTTER, SEVEN, Board, Day, slot_of
from progression.ui.window import shortcuts
from progression.words.naming import called

DAY = 128  # px at 100 % that a day needs to stand beside the others
WIDEST = 280  # px at 100 % of whose conversations these are: a long name ends in an ellipsis, its tool tip is whole
MINE, EVERYBODY = "\0mine", ""


class WeekPage(Page):
    """The page *Uge*, reached from *I dag*."""

    name: ClassVar[str] = "week"
    kinds: ClassVar[frozenset[str]] = frozenset({"conversation", "citizen", "assignment", "person", "import"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.value: Week | None = None
        self.day: date | None = None  # a day of the week in view; None = today's
        self.side = TalkSide(context)
        self._kept: tuple[int, int] | None = None  # the entry that had the focus
        self._build()
        keys = {"week.before": lambda: self.go(-1), "week.after": lambda: self.go(1), "week.now": lambda: self.go(0)}
        shortcuts.bind(self, {**keys, "week.plan": self.plan, "week.file": self.write_file})
        self.side.closed.connect(self._back)

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        main = QVBoxLayout()
        main.setContentsMargins(24, 16, 24, 8)
        main.setSpacing(12)
        self._title = kit.heading(1)
        self._dates = kit.label("", "body", "text-2")
        self.today = kit.button("", "quiet", icon="arrow-left")
        self.before, self.now = kit.button("", icon="chevron-left"), kit.button("")
        self.after = kit.button("", icon="chevron-right")
        self.whose = QComboBox()
        self.whose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.file = kit.button("", "quiet", icon="download")
        self.plan_button = kit.button("", "primary", icon="plus")
        head = QWidget()
        bar = Bar(3, 8)
        head.setLayout(bar)
        stepping = QWidget()
        stepping.setLayout(kit.row(self.before, self.now, self.after, spacing=4))
        for part in (self.today, self._title, self._dates, stepping, self.whose, self.plan_button, self.file):
            bar.addWidget(part)
        main.addWidget(head)
        self.before.clicked.connect(lambda: self.go(-1))
        self.now.clicked.connect(lambda: self.go(0))
        self.after.clicked.connect(lambda: self.go(1))
        self.plan_button.clicked.connect(self.plan)
        self.file.clicked.connect(self.write_file)
        self.today.clicked.connect(lambda: self.context.go("today"))
        self.whose.activated.connect(lambda _index: self.refresh())
        self._inside = Board()
        self._empty_plan = kit.button("", "primary", icon="plus")
        self._empty_plan.clicked.connect(self.plan)
        self._empty_new = kit.button("", "primary", icon="plus")
        self._empty_new.clicked.connect(self._add_citizen)
        self._empty = kit.Empty("calendar-check-2", self._empty_plan, self._empty_new)
        self._area = kit.scrolled(self._inside)
        main.addWidget(self._empty, 1)
        main.addWidget(self._area, 1)
        self._hint = kit.wrapped("", "small", "text-3")
        main.addWidget(self._hint)
        outer.addLayout(main, 1)
        outer.addWidget(self.side)

    @property
    def _days(self) -> list[Day]:
        return self._inside.days

    # life of a page

    def refresh(self) -> None:
        from progression.desk import talks

        whose = self.whose.currentData()
        chosen = None if whose in (None, MINE) else whose
        self.context.run(talks.week, self.day, chosen, done=self.show_value)

    def show_value(self, value: Week) -> None:
        """Show a week."""
        self._kept = self._focused()
        self.value = value
        self.retranslate()

    def retranslate(self) -> None:
        w, value = self.words, self.value
        for control, text in (
            (self.now, w.t("This week")),
            (self.plan_button, w.t("Plan a conversation")),
            (self._empty_plan, w.t("Plan a conversation")),
            (self._empty_new, w.t("New citizen")),
        ):
            control.setText(text)
            control.setAccessibleName(text)
        for control, text, key in (
            (self.before, w.t("Previous week"), " (PgUp)"),
            (self.after, w.t("Next week"), " (PgDown)"),
            (self.today, w.t("Back to Today"), ""),
        ):
            control.setAccessibleName(text)
            control.setToolTip(text + key)
        self.file.setAccessibleName(w.t("Calendar file"))
        self.file.setToolTip(w.t("The planned conversations from today on, with times and initials only"))
        self.whose.setAccessibleName(w.t("Whose conversations"))
        if value is None:
            return
        last = value.monday + timedelta(days=6)
        kit.set_text(self._title, w.t("Week {n}", n=value.monday.isocalendar().week))
        kit.set_text(self._dates, w.t("{first} to {last}", first=w.day_month(value.monday), last=w.date(last)))
        self._say_whose(value)
        self._empty.say(*self._when_empty(value))
        self._empty.setVisible(value.empty)
        self._empty_plan.setVisible(bool(value.choices))
        self._empty_new.setVisible(not value.choices)
        for part in (self.plan_button, self.file):  # with nobody to meet there is nothing to plan or to write
            part.setVisible(not self._nobody)
        self._area.setVisible(not value.empty)
        kit.set_text(self._hint, w.t("On a conversation: H held, A cancelled, U missed, R change, K other contact"))
        self._hint.setVisible(not value.empty)
        self._show_days(value)

    @property
    def _nobody(self) -> bool:
        return self.value is not None and self.value.empty and not self.value.choices

    def _when_empty(self, value: Week) -> tuple[str, str]:
        w = self.words
        if not value.choices:
            return w.t("Nobody to meet yet"), w.t("Add a citizen, or choose whose conversations to see.")
        return w.t("No conversations this week"), w.t("Plan one, or see another week with Page Up and Page Down.")

    def _add_citizen(self) -> None:
        """The window knows where citizens are added."""
        getattr(self.window(), "do", self.context.go)("new")

    def _say_whose(self, value: Week) -> None:
        w, chosen = self.words, self.whose.currentData()
        self.whose.clear()
        self.whose.addItem(w.t("My caseload"), MINE)
        self.whose.addItem(w.t("Everybody"), EVERYBODY)
        for person, name in sorted(value.people.items(), key=lambda pair: pair[1].casefold()):
            self.whose.addItem(name, person)
        self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)) if chosen is not None else 0)
        self.whose.setToolTip(self.whose.currentText())

    def _show_days(self, value: Week) -> None:
        people = {} if value.caseworker else value.people  # whose it is goes without saying in one's own
        days = [value.monday + timedelta(days=place) for place in range(SEVEN)]
        self._inside.show_days(self.words, days, value.today, value.days, people)
        for column, day in enumerate(self._days):
            for line, entry in enumerate(day.entries):
                entry.clicked.connect(lambda _c=False, e=entry: self._open(e.booked))
                entry.keyed.connect(lambda key, c=column, n=line: self._key(c, n, key))
        self._place()
        self._refocus()

    def _place(self) -> None:
        """Beside each other where there is room for seven, else one below the other."""
        room = self.width() - (self.side.width() if self.side.isVisible() else 0) - 60
        self._inside.place(room >= SEVEN * theme.current().px(DAY) + theme.current().px(GUTTER))

    def restyle(self) -> None:
        self.whose.setMaximumWidth(theme.current().px(WIDEST))
        self.side.restyle()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # keys and acts

    def _focused(self) -> tuple[int, int] | None:
        for column, day in enumerate(self._days):
            for line, entry in enumerate(day.entries):
                if entry.hasFocus():
                    return column, line
        return None

    def _refocus(self) -> None:
        if not self.side.isHidden() or not self.isVisible():
            return
        column, line = self._kept or (None, 0)
        days = self._days if column is None else [self._days[column], *self._days]
        entries = next((day.entries for day in days if day.entries), None)
        if entries is not None:
            entries[min(line, len(entries) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.whose.hasFocus():
            first = self._empty_new if self._nobody else self.plan_button
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self._place()
        self._refocus()

    def _key(self, column: int, line: int, key: str) -> None:
        booked = self._days[column].entries[line].booked
        if key in MARKS:
            self.side.mark(booked.talk, MARKS[key])
        elif key == "R":
            self.change(booked)
        elif key == "K":
            self.side.contact(booked.talk.citizen, called(self.words, booked.name, booked.number))
            self._place()
        else:
            self._step(column, line, key)

    def _step(self, column: int, line: int, key: str) -> None:
        if key in ("up", "down"):
            entries = self._days[column].entries
            entries[(line + (1 if key == "down" else -1)) % len(entries)].setFocus()
            return
        step, hour = 1 if key == "right" else -1, slot_of(self._days[column].entries[line].booked)
        for away in range(1, SEVEN):
            entries = self._days[(column + step * away) % SEVEN].entries
            if entries:
                min(entries, key=lambda one: abs(slot_of(one.booked) - hour)).setFocus()  # the nearest hour of it
                return

    def go(self, weeks: int) -> None:
        """See another week: so many later, earlier when negative, 0 = today's."""
        shown = self.value.monday if self.value else self.context.today
        self.day = None if not weeks else shown + timedelta(days=7 * weeks)
        self._kept = None
        self.refresh()

    @ways.door
    def plan(self) -> None:
        """Open the panel that plans a conversation."""
        value = self.value
        if value is None:
            return
        day = value.today if value.monday <= value.today else value.monday
        if day > value.monday + timedelta(days=6):  # a week that has passed
            day = value.today
        self.side.plan(choices=value.choices, caseworkers=value.people, me=value.me, day=day)
        self._place()

    @ways.door
    def change(self, booked: Booked) -> None:
        """Open the panel that changes a planned conversation."""
        value = self.value
        assert value is not None
        if booked.talk.status != "planned":
            self.context.announce(self.words.t("Only a planned conversation can be changed."))
            return
        name = called(self.words, booked.name, booked.number)
        self.side.plan(name=name, talk=booked.talk, caseworkers=value.people, me=value.me)
        self._place()

    def write_file(self) -> None:
        """Ask where, and write the planned conversations as a calendar file."""
        from progression.desk import calendar

        file = self.ask_file()
        if file is None:
            return
        w, whose = self.words, self.whose.currentData()

        def done(many: int) -> None:
            self.context.announce(
                w.tn("{n} conversation is in {file}.", "{n} conversations are in {file}.", many, file=file.name)
            )

        self.context.run(calendar.export, file, None if whose in (None, MINE) else whose, done=done)

    def ask_file(self) -> Path | None:
        """Ask for the file."""
        w = self.words
        suggested = w.t("Conversations {day}", day=self.context.today.isoformat()) + ".ics"
        chosen, _kind = QFileDialog.getSaveFileName(self, w.t("Save the calendar file"), suggested, "iCalendar (*.ics)")
        if not chosen:
            return None
        return Path(chosen) if chosen.lower().endswith(".ics") else Path(chosen + ".ics")

    def _open(self, booked: Booked) -> None:
        self.context.opened.emit(booked.talk.citizen, called(self.words, booked.name, booked.number))
        self.context.go("citizen", booked.talk.citizen)
