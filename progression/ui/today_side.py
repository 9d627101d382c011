"""What waits for me: today's conversations in the order of the calendar, what is overdue, what to follow up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from progression.desk.pages import Meeting, TodayPage, TodayRow
from progression.ui import kit, theme, today_rows
from progression.ui.kit.items import Entry
from progression.words import N_, Words
from progression.words import flags as flag_words
from progression.words.naming import called

SOON_DAYS = 14
AT_MOST = 6
_FORMS = {"person": N_("In person"), "phone": N_("By phone"), "video": N_("By video")}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the panel."""

    citizen: str
    name: str
    below: str
    tone: str = "text-2"


def meetings(w: Words, page: TodayPage) -> list[Item]:
    """Today's conversations in calendar order, with what was agreed last time."""
    return [Item(m.citizen, m.name, _meeting(w, m)) for m in page.meetings]


def _meeting(w: Words, meeting: Meeting) -> str:
    form = w.t(_FORMS.get(meeting.conversation.form, meeting.conversation.form))
    first = w.t("Held") if meeting.done else form
    return w.t("{form}. Agreed last: {agreed}", form=first, agreed=meeting.agreed) if meeting.agreed else first


def overdue(w: Words, page: TodayPage) -> list[Item]:
    """Overdue duties, as the rows are sorted: oldest first."""
    found = [row for row in page.rows if row.duty is not None and row.duty.overdue]
    return [Item(row.citizen, called(w, row.name, row.number), _late(w, row, page), "error") for row in found]


def _late(w: Words, row: TodayRow, page: TodayPage) -> str:
    assert row.duty is not None
    kind = w.t(today_rows.DUTIES.get(row.duty.kind, row.duty.kind))
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
    if held:
        parts.append(w.tn("{n} is held.", "{n} are held.", held))
    if late:
        parts.append(w.tn("{n} duty is overdue.", "{n} duties are overdue.", late))
    if open_flags:
        parts.append(w.tn("{n} attention point lacks a decision.", "{n} attention points lack a decision.", open_flags))
    return " ".join(parts)


class SidePanel(QFrame):
    """The panel to the right; `opened(citizen, name)` when an entry is chosen."""

    opened = Signal(str, str)

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

    def show_page(self, w: Words, page: TodayPage) -> None:
        """Show what waits."""
        self._shown = (w, page)
        self.setAccessibleName(w.t("What waits for you"))
        kit.clear(self._list)
        self._list.addWidget(kit.heading(2, w.t("What waits for you")))
        self._list.addSpacing(4)
        self._list.addWidget(kit.wrapped(summary(w, page), "dense", "text-2"))
        self._add(w.t("Conversations today"), meetings(w, page), "meetings")
        self._add(w.t("Overdue"), overdue(w, page), "overdue")
        self._add(w.t("Follow up on your decision"), follow_ups(w, page), "follow")
        self._list.addStretch(1)
        self.restyle()

    def _add(self, title: str, items: list[Item], key: str) -> None:
        if not items:
            return
        assert self._shown is not None
        w = self._shown[0]
        self._list.addSpacing(20)
        line = kit.row(kit.heading(3, title), 1)
        if len(items) > AT_MOST:
            more = kit.link(w.t("Show {n}", n=len(items)) if key not in self._open_all else w.t("Show fewer"))
            more.setAccessibleName(f"{title}: {more.text()}")
            more.clicked.connect(lambda: self._toggle(key))
            line.addWidget(more)
        self._list.addLayout(line)
        self._list.addSpacing(4)
        self._list.addWidget(kit.rule(True))
        for item in items if key in self._open_all else items[:AT_MOST]:
            entry = Entry(item.name, item.below, tone=item.tone)
            entry.clicked.connect(lambda _checked=False, i=item: self.opened.emit(i.citizen, i.name))
            self._list.addWidget(entry)

    def _toggle(self, key: str) -> None:
        self._open_all ^= {key}
        if self._shown is not None:
            self.show_page(*self._shown)

    def restyle(self) -> None:
        """Grow with the text, within reason."""
        self.setFixedWidth(min(theme.current().px(296), 420))
