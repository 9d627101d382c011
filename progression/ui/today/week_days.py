"""The days of a week beside each other, talks of one hour on one line across them; or one below the other.

Only the hours that hold a talk are there: a week of eight talks fits a low window, and a full one is as high as its
talks. What stands left of the days is the hour; each talk says its own time first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from progression.casework.talks import minutes
from progression.desk.talks import Booked
from progression.ui import kit, theme
from progression.ui.kit.painted import PaintedButton
from progression.ui.kit.texts import set_property
from progression.ui.panels.talk_side import MARKS
from progression.words import Words
from progression.words import talks as said
from progression.words.naming import called

NO_TIME = 24  # the slot of talks whose time is not agreed: below all hours
GUTTER = 44  # px at 100 %: the hours, left of the days
WIDE, TIMES = 420, 112  # px at 100 %: from this width a talk's time stands to the left, in so much room
EMPTY = 36  # px at 100 % of an hour that another day has
SEVEN, WEEKEND = 7, 5
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def slot_of(booked: Booked) -> int:
    """The hour (0-23) a talk begins in, or `NO_TIME`."""
    hour, colon, _minute = booked.talk.time.partition(":")
    return int(hour) if colon else NO_TIME


class TalkEntry(PaintedButton):
    """One conversation: when, who, and what it is. Enter opens the citizen; letters mark it; arrows lead to its
    neighbours."""

    keyed = Signal(str)  # a letter, or "left", "right", "up", "down"

    def __init__(self, w: Words, booked: Booked, held_by: str = "") -> None:
        super().__init__()
        self.booked, talk = booked, booked.talk
        when = said.span(w, talk.time, minutes(talk)) or w.t("No time agreed")
        state, self.tone = "", "text-2"
        if talk.status != "planned":
            state = w.t(said.STATUSES.get(talk.status, talk.status))
        elif booked.clash:
            state, self.tone = w.t("Double booked"), "error"
        self.title = called(w, booked.name, booked.number)
        about = [w.t(said.FORMS.get(talk.form, talk.form)), talk.participants, talk.topic]
        told = ". ".join(part for part in about if part)
        self.about = f"{told}\n{held_by}" if held_by else told  # on a line of its own: who takes part is somebody else
        self.when = f"{when}\n{state}" if state else when
        self.below = ". ".join(part for part in (state, when, *about, held_by) if part)
        self.setAccessibleName(f"{self.title}, {self.below}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {
            Qt.Key.Key_Left: "left",
            Qt.Key.Key_Right: "right",
            Qt.Key.Key_Up: "up",
            Qt.Key.Key_Down: "down",
        }
        named = arrows.get(Qt.Key(event.key())) or (event.text().upper() if not event.modifiers() else "")
        if named in (*arrows.values(), *MARKS, "R", "K"):
            self.keyed.emit(named)
        else:
            super().keyPressEvent(event)

    # painting

    def _lines(self) -> tuple[tuple[str, QFont, str, int], ...]:
        """What is written, in which font and tone, and how high a line of it is."""
        look = theme.current()
        when = QFont(look.font("small"))
        when.setWeight(QFont.Weight.DemiBold)
        return (
            (self.when, when, self.tone, look.line("small")),
            (self.title, look.font("name"), "text", look.line("name")),
            (self.about, look.font("small"), "text-2", look.line("small")),
        )

    def _laid(self, width: int) -> tuple[tuple[str, QFont, str, QRect], ...]:
        """Where everything stands at a width (px): one below the other, or the time to the left where there is room."""
        look, placed, top = theme.current(), [], 6
        wide = width >= look.px(WIDE)
        for n, (text, font, tone, line) in enumerate(self._lines()):
            left = look.px(TIMES) if wide and n else 0
            room = look.px(TIMES) - 8 if wide and not n else width - left
            found = QFontMetrics(font).boundingRect(QRect(0, 0, max(room, 40), 4000), _WRAP, text).height()
            high = max(found, line) if text else 0
            placed.append((text, font, tone, QRect(left, top + (2 if wide and not n else 0), room, high)))
            top += 0 if wide and not n else high
        return tuple(placed)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(box.bottom() + 1 for _text, _font, _tone, box in self._laid(width)) + 6

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(max(self.width(), 80)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        self.tint(painter)
        for text, font, tone, box in self._laid(self.width()):
            painter.setFont(font)
            painter.setPen(look.colour(tone))
            painter.drawText(box, _WRAP, text)


class Slot(QWidget):
    """The talks of a day that begin in one hour, below a hairline."""

    def __init__(self, hour: int, entries: Sequence[TalkEntry]) -> None:
        super().__init__()
        self.hour, self.entries = hour, tuple(entries)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.line = kit.rule()
        self._box.addWidget(self.line)
        for entry in self.entries:
            self._box.addWidget(entry)
        self._box.addStretch(1)

    def needs(self, width: int) -> int:
        """How high it is at a width, px."""
        return sum(entry.heightForWidth(width) for entry in self.entries) + 1


class Day(QFrame):
    """One day: its name, and its talks; `people`: who holds one is told by these names. `hours`: of the whole week.

    `widened`: it has another width, so that its talks may need another height.
    """

    widened = Signal()

    def __init__(
        self, w: Words, day: date, today: date, found: Sequence[Booked], people: Mapping[str, str],
        hours: Sequence[int],
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("day")
        self.setProperty("today", day == today)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(10, 8, 8, 12)
        self._box.setSpacing(0)
        weekday, _, rest = w.weekday_date(day).replace(f" {day.year}", "").partition(" ")
        above = kit.label(w.t("{day}, today", day=weekday) if day == today else weekday, "small", "text-2")
        head = kit.heading(3, rest)
        head.setAccessibleName(f"{above.text()} {rest}")
        if day == today:
            for part in (above, head):
                set_property(part, "tone", "accent")
        self._box.addWidget(above)
        self._box.addWidget(head)
        self._box.addSpacing(6)
        self._box.addWidget(kit.rule(strong=day == today))
        made = [TalkEntry(w, one, people.get(one.talk.caseworker, "")) for one in found]
        self.slots = [Slot(hour, [one for one in made if slot_of(one.booked) == hour]) for hour in hours]
        self.entries = [entry for slot in self.slots for entry in slot.entries]
        for slot in self.slots:
            self._box.addWidget(slot)
        self.nothing = kit.label("–", "dense", "text-3")
        self.nothing.setAccessibleName(w.t("Nothing"))
        self._box.addWidget(self.nothing)
        self._box.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    def inner(self) -> int:
        """The width of a talk, px: within the line between two days, which takes its own from the frame."""
        margins = self._box.contentsMargins()
        return self.contentsRect().width() - margins.left() - margins.right()

    def arrange(self, heights: Sequence[int] | None) -> None:
        """Give every hour its height (px), or (None) only its talks the room they need, where days are not side by
        side."""
        self.nothing.setVisible(not self.entries and heights is None)
        first = True
        for n, slot in enumerate(self.slots):
            slot.setVisible(heights is not None or bool(slot.entries))
            slot.setMinimumHeight(heights[n] if heights is not None else 0)
            slot.line.setVisible(not (n == 0 if heights is not None else first))
            first = first and not slot.entries


class Board(QWidget):
    """The seven days. Beside each other every hour is equally high in all of them, and stands to the left."""

    def __init__(self) -> None:
        super().__init__()
        self.days: list[Day] = []
        self.beside = True
        self._hours: tuple[tuple[int, str], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)

    def show_days(self, w: Words, days: Sequence[date], today: date, found: Sequence[Sequence[Booked]],
                  people: Mapping[str, str]) -> None:  # fmt: skip
        """Show other days."""
        for one in self.days:
            self._grid.removeWidget(one)
            one.hide()
            one.deleteLater()
        hours = sorted({slot_of(one) for day in found for one in day})
        self._hours = tuple((hour, said.clock(w, f"{hour:02d}:00") if hour != NO_TIME else "–") for hour in hours)
        self.days = [Day(w, day, today, talks, people, hours) for day, talks in zip(days, found, strict=True)]
        for made in self.days:
            made.widened.connect(self._align)

    def place(self, beside: bool) -> None:
        """Beside each other, else one below the other."""
        self.beside = beside
        self._grid.setContentsMargins(theme.current().px(GUTTER) if beside else 0, 0, 0, 0)
        for place, one in enumerate(self.days):
            self._grid.removeWidget(one)
            self._grid.addWidget(one, 0 if beside else place, place if beside else 0)
            one.show()  # or the layout gives it no width until events have been run
        for place in range(SEVEN):
            quiet = beside and place >= WEEKEND and not self.days[place].entries if self.days else False
            self._grid.setColumnStretch(place, 0 if not beside and place else 5 if not quiet else 3)
            self._grid.setColumnMinimumWidth(place, 0)
        self._grid.setRowStretch(0, 1 if beside else 0)  # the days go down to the foot, as in a calendar
        self._grid.setRowStretch(SEVEN, 0 if beside else 1)
        self._align()

    def _align(self) -> None:
        if not self.beside:
            for day in self.days:
                day.arrange(None)
            return
        least = theme.current().px(EMPTY)
        heights = [
            max([least, *(day.slots[n].needs(day.inner()) for day in self.days)]) for n in range(len(self._hours))
        ]
        for day in self.days:
            day.arrange(heights)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hours: each talk says its own time, so that nobody has to hear these."""
        if not self.beside or not self.days:
            return
        look, painter = theme.current(), QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-3"))
        room = look.px(GUTTER) - 8
        for (_hour, text), slot in zip(self._hours, self.days[0].slots, strict=True):
            top = self.days[0].y() + slot.y() + 7
            painter.drawText(QRect(0, top, room, look.line("small")), int(Qt.AlignmentFlag.AlignRight), text)
