"""What waits for me: today's conversations in the order of the calendar, what is overdue, what to follow up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from progression.desk.pages import Meeting, TodayPage, TodayRow
from progression.ui import kit, theme
from progression.ui.kit.items import Entry
from progression.ui.panels.talk_side import MARKS
from progression.ui.today import rows as today_rows
from progression.words import Words
from progression.words import flags as flag_words
from progression.words import talks as said
from progression.words.naming import called

SOON_DAYS = 14
AT_MOST = 6
FIGURE = re.compile(r"(?<=\d) ")  # the space after one


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the panel."""

    citizen: str
    name: str
    below: str
    tone: str = "text-2"
    time: str = ""
    meeting: Meeting | None = None
    begun: bool = False  # it is gone on with, not looked at


def meetings(w: Words, page: TodayPage) -> list[Item]:
    """Today's conversations in calendar order, with what was agreed last time."""
    none = "–" if any(m.conversation.time for m in page.meetings) else ""  # names stand below each other
    return [
        Item(
            m.citizen,
            called(w, m.name, m.number or m.citizen),
            _meeting(w, m),
            time=said.clock(w, m.conversation.time) or none,
            meeting=m,
        )
        for m in page.meetings
    ]


def _over(meeting: Meeting) -> bool:
    """Held, or nobody came: it waits for nobody any more."""
    return meeting.conversation.status != "planned"


def _meeting(w: Words, meeting: Meeting) -> str:
    form = w.t(said.FORMS.get(meeting.conversation.form, meeting.conversation.form))
    first = w.t(said.STATUSES[status]) if (status := meeting.conversation.status) != "planned" else form
    return w.t("{form}. Agreed last: {agreed}", form=first, agreed=meeting.agreed) if meeting.agreed else first


def begun(w: Words, page: TodayPage) -> list[Item]:
    """What was begun and not finished, also by a window that was closed or a machine that stopped."""
    half = [(row, today_rows.begun(w, row)) for row in page.rows]
    return [Item(row.citizen, called(w, row.name, row.number), text, begun=True) for row, text in half if text]


def overdue(w: Words, page: TodayPage) -> list[Item]:
    """Overdue duties, as the rows are sorted: oldest first."""
    found = [row for row in page.rows if row.duty is not None and row.duty.overdue]
    return [Item(row.citizen, called(w, row.name, row.number), _late(w, row, page)) for row in found]


def _late(w: Words, row: TodayRow, page: TodayPage) -> str:
    assert row.duty is not None
    kind = today_rows.duty_name(w, row.duty)
    return w.t("{kind}, was due {day}", kind=kind, day=today_rows.day_text(w, row.duty.due, page.today))


def follow_ups(w: Words, page: TodayPage) -> list[Item]:
    """Decisions to follow up within two weeks, or already due, nearest first."""
    limit = page.today + timedelta(days=SOON_DAYS)
    dated = [
        (row.decision.follow_up, row)
        for row in page.rows
        if row.decision is not None and row.decision.follow_up is not None and row.decision.follow_up <= limit
    ]
    items = []
    for day, row in sorted(dated, key=lambda pair: pair[0]):
        assert row.decision is not None
        choice = w.t(flag_words.CHOICES[row.decision.choice])
        below = w.t("{choice}: follow up {day}", choice=choice, day=today_rows.day_text(w, day, page.today))
        items.append(Item(row.citizen, called(w, row.name, row.number), below))
    return items


def summary(w: Words, page: TodayPage) -> str:
    """What the day asks, in one or two sentences."""
    held = sum(m.done for m in page.meetings)
    late = sum(row.duty is not None and row.duty.overdue for row in page.rows)
    open_flags = sum(row.flag is not None for row in page.rows)
    parts = [w.tn("{n} conversation today.", "{n} conversations today.", len(page.meetings))]
    if held:  # what is held waits for nobody
        left = sum(not _over(m) for m in page.meetings)
        parts = [w.tn("{n} conversation left today.", "{n} conversations left today.", left)]
        parts.append(w.tn("{n} is held.", "{n} are held.", held))
    if late:
        parts.append(w.tn("{n} duty is overdue.", "{n} duties are overdue.", late))
    if open_flags:
        parts.append(w.tn("{n} attention point lacks a decision.", "{n} attention points lack a decision.", open_flags))
    return " ".join(parts)


class _Meeting(Entry):
    """One of today's conversations: H, A or U says what became of it."""

    marked = Signal(object, str)

    def __init__(self, item: Item) -> None:
        super().__init__(item.name, item.below, item.time, item.tone)
        assert item.meeting is not None
        self._talk = item.meeting.conversation

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper() if not event.modifiers() else ""
        if letter in MARKS:
            self.marked.emit(self._talk, MARKS[letter])
        else:
            super().keyPressEvent(event)


class SidePanel(QFrame):
    """The panel to the right; `opened(citizen, name)` when an entry is chosen, `resumed(citizen, name)` when it is one
    to go on with, `marked(Conversation, key)` when a letter says what became of one of today's conversations."""

    opened = Signal(str, str)
    resumed = Signal(str, str)
    marked = Signal(object, str)
    week_asked = Signal()
    callin_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(20, 20, 20, 20)
        self._list.setSpacing(0)
        box.addWidget(kit.scrolled(self._inside))
        self._open_all: set[str] = set()
        self._shown: tuple[Words, TodayPage] | None = None
        self._mine = True
        self._told: object = None
        self._day = ""
        self._day_label: QLabel | None = None

    def show_page(self, w: Words, page: TodayPage, *, mine: bool = True) -> None:
        """Show what waits; not `mine`: in a colleague's caseload, or everybody's."""
        waits = (begun(w, page), meetings(w, page), overdue(w, page), follow_ups(w, page))
        told = (w.language, theme.current(), mine, summary(w, page), *waits)
        if told == self._told:  # a change elsewhere leaves the panel, and the focus in it, alone
            return
        self._shown, self._mine, self._told = (w, page), mine, told
        title = w.t("Waiting for you") if mine else w.t("What is waiting")
        self.setAccessibleName(title)
        kit.clear(self._list)
        self._day_label = kit.wrapped("", "dense", "text-2")
        self._list.addWidget(self._day_label)
        self.show_day(self._day)
        self._list.addWidget(kit.heading(2, title, wraps=True))
        self._list.addSpacing(4)
        together = FIGURE.sub("\u00a0", summary(w, page))  # no figure ends a line
        self._list.addWidget(kit.wrapped(together, "dense", "text-2"))
        self._add(w.t("Begun and not finished"), begun(w, page), "begun")
        talks = meetings(w, page)
        self._add(w.t("Conversations today"), [i for i in talks if i.meeting and not _over(i.meeting)], "meetings")
        self._add(w.t("Overdue"), overdue(w, page), "overdue")
        decided = w.t("Follow up on your decision") if mine else w.t("Follow up on decisions")
        self._add(decided, follow_ups(w, page), "follow")
        self._add(w.t("Over for today"), [i for i in talks if i.meeting and _over(i.meeting)], "over")
        self._list.addSpacing(12)
        week = kit.link(w.t("The week's conversations"), gives=True)
        week.setToolTip("Ctrl+U")
        week.clicked.connect(self.week_asked)
        self._list.addLayout(kit.row(week, 1))
        call = kit.link(w.t("Whom to call in"), gives=True)
        call.clicked.connect(self.callin_asked)
        self._list.addLayout(kit.row(call, 1))
        self._list.addStretch(1)
        self.restyle()

    def show_day(self, text: str) -> None:
        """Say which day it is, where the head of the page has no room for it; "" = it has."""
        self._day = text
        if self._day_label is not None:
            kit.set_text(self._day_label, text)

    def _add(self, title: str, items: list[Item], key: str) -> None:
        if not items:
            return
        assert self._shown is not None
        w = self._shown[0]
        self._list.addSpacing(20)
        line = kit.row(kit.heading(3, title, wraps=True))
        line.setStretch(0, 1)
        if len(items) > AT_MOST:
            more = kit.link(w.t("Show {n}", n=len(items)) if key not in self._open_all else w.t("Show fewer"))
            more.setAccessibleName(f"{title}: {more.text()}")
            more.clicked.connect(lambda: self._toggle(key))
            line.addWidget(more)
        self._list.addLayout(line)
        self._list.addSpacing(4)
        self._list.addWidget(kit.rule(True))
        for item in items if key in self._open_all else items[:AT_MOST]:
            entry = _Meeting(item) if item.meeting is not None else Entry(item.name, item.below, tone=item.tone)
            if isinstance(entry, _Meeting):
                entry.marked.connect(self.marked)
            door = self.resumed if item.begun else self.opened
            entry.clicked.connect(lambda _checked=False, i=item, d=door: d.emit(i.citizen, i.name))
            self._list.addWidget(entry)

    def _toggle(self, key: str) -> None:
        self._open_all ^= {key}
        self._told = None
        if self._shown is not None:
            self.show_page(*self._shown, mine=self._mine)

    def restyle(self) -> None:
        """Grow with the text, within reason."""
        self.setFixedWidth(min(theme.current().px(296), 420))
