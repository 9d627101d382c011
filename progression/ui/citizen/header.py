"""The head of a citizen's page: who, category, caseworkers so far, plan, what is due, and the two doors out of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from progression.casework import caseworkers, cpr
from progression.casework.plan import standing, text_of
from progression.casework.values import Course
from progression.desk.pages import CitizenPage
from progression.ui import theme
from progression.ui.kit import button, heading, label, link, wrapped
from progression.ui.kit.texts import set_property, set_text, set_tone
from progression.words import Words
from progression.words import duties as duty_words
from progression.words.naming import called

_BLOCK = 190  # px at 100 % text that a fact needs
_WIDE = 1400  # px at 100 % text from which every door has its words
_ROOMY = 1000  # px at 100 % text from which all but turning the screen have
_TIGHT = 560  # px at 100 % text below which only the conversation has
_ICON = 44  # px of a door without words


@dataclass(frozen=True, slots=True)
class Fact:
    """A caption and one or two lines. `tone` of the first line, `tone2` of the second; `strong`: the first in 500."""

    caption: str
    first: str
    second: str = ""
    tone: str = "text"
    strong: bool = False
    even: bool = False
    share: int = 4  # of the width


def who(page: CitizenPage, words: Words) -> str:
    """Return "46 år, 140680-••••": age and masked number, as far as they are known; and that the case is closed."""
    citizen = page.course.citizen
    number = cpr.parse(citizen.cpr)
    born = citizen.born or (number.born if number else None)
    age = cpr.age(born, page.today) if born else None
    closed = citizen.case_closed
    parts = [
        words.tn("{n} year old", "{n} years old", age) if age is not None else "",
        cpr.mask(citizen.cpr),
        words.t("the case is closed {day}", day=words.date(closed)) if closed and closed <= page.today else "",
    ]
    return ", ".join(part for part in parts if part)


def title(course: Course, words: Words) -> str:
    """Return the citizen's name, else the municipality's number."""
    return called(words, course.citizen.name, course.citizen.number)


def facts(page: CitizenPage, words: Words) -> list[Fact]:
    """Return what stands under the name, without blocks that have nothing to say."""
    found = (_category(page, words), _caseworkers(page, words), _plan(page, words), _duty(page, words))
    return [fact for fact in found if fact is not None]


def _category(page: CitizenPage, w: Words) -> Fact | None:
    rows = [c for c in page.course.categories if c.start <= page.today and (c.end is None or c.end >= page.today)]
    if rows:
        row = max(rows, key=lambda c: c.start)
        name = page.categories.named(row.category)
        return Fact(w.t("Category"), w.pick(name) if name else row.category, w.t("since {day}", day=w.date(row.start)))
    group = page.course.citizen.target_group
    return Fact(w.t("Category"), group) if group else None


def _caseworkers(page: CitizenPage, w: Words) -> Fact | None:
    rows = caseworkers.periods(page.course.assignments, page.course.assessments, page.today)
    if not rows:
        return None
    names = [page.names.get(r.caseworker) or r.caseworker for r in rows]
    now = caseworkers.responsible(rows, page.today)
    last = names[-1] if now else w.t("Nobody now")
    former = list(dict.fromkeys(name for name in reversed(names if not now else names[:-1]) if name != last))
    if not former:
        return Fact(w.t("Caseworker"), last, w.t("since {day}", day=w.date(rows[-1].start)))
    changes = w.tn("{n} change", "{n} changes", len(caseworkers.changes_in(rows)))
    listed = w.t("{first} and {last}", first=", ".join(former[:-1]), last=former[-1]) if len(former) > 1 else former[0]
    told = w.t("before: {names}, {changes}", names=listed, changes=changes)
    return Fact(w.t("Caseworkers"), last, told, "text" if now else "error", share=5)


def _plan(page: CitizenPage, w: Words) -> Fact | None:
    now = standing(page.course.plan, page.today)
    agreed = text_of(now.agreements[0].now) if now.agreements else ""
    if now.goal is None and not agreed:
        return None
    goal = text_of(now.goal.now) if now.goal else ""
    first = w.t("First: {agreement}", agreement=_lower(agreed)) if agreed and goal else ""
    return Fact(w.t("My Plan"), goal or agreed, first, even=True, share=7)


def _lower(text: str) -> str:
    """The text as the middle of a sentence; an abbreviation keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _duty(page: CitizenPage, w: Words) -> Fact | None:
    duty = page.duty
    if duty is None:
        return None
    day = w.day_month(duty.due) if duty.due.year == page.today.year else w.date(duty.due)
    if duty.kind in ("follow_up", "decision_follow_up"):
        text = w.t("Follow-up by {day}", day=day)
    elif duty.kind in ("assessment", "assessment_every"):
        text = w.t("Assessment by {day}", day=day)
    else:
        text = w.t("{what} by {day}", what=duty_words.kind(w, duty.kind), day=day)
    days = (page.today - duty.due).days
    late = w.tn("{n} day overdue", "{n} days overdue", days) if duty.overdue else ""
    off = duty_words.put_off(w, duty)
    late = "; ".join(part for part in (late, off) if part)
    return Fact(w.t("Next due"), text, late, "error" if duty.overdue else "text", strong=True, share=5)


class Header(QWidget):
    """Shows name, facts and buttons; each has a signal that says it was asked for."""

    journal_asked = Signal()
    report_asked = Signal()
    correct_asked = Signal()
    turn_asked = Signal()
    conversation_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = heading(1)
        self.name.setWordWrap(True)
        self.who = label("", "body", "text-2")
        self.correct = link("")
        self.correct.clicked.connect(self.correct_asked)
        self._journal_text = ""
        self.journal = button("", icon="copy")
        self.journal.setMinimumWidth(_ICON)  # where the page is narrow the icon stands alone, see `_place_who`
        self.journal.clicked.connect(self.journal_asked)
        self._turn_text, self._turnable = "", False
        self.turn = button("", icon="monitor")
        self.turn.setMinimumWidth(_ICON)
        self.turn.clicked.connect(self.turn_asked)
        self._report_text = ""
        self.report = button("", icon="file-text")
        self.report.setMinimumWidth(_ICON)
        self.conversation = button("", "primary")
        self.report.clicked.connect(self.report_asked)
        self.conversation.clicked.connect(self.conversation_asked)
        self._facts: list[Fact] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._blocks: list[_Block] = []
        self._line = line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(12)
        self.doors = QHBoxLayout()
        self.doors.setSpacing(12)
        self._titles = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._titles.setSpacing(2)
        self._titles.addWidget(self.name)
        self._about = QHBoxLayout()
        self._about.setSpacing(12)
        self._about.addWidget(self.who)
        self._about.addWidget(self.correct)
        self._about.addStretch(1)
        self._titles.addLayout(self._about)
        line.addLayout(self._titles, 1)
        for door in (self.journal, self.turn, self.report, self.conversation):
            self.doors.addWidget(door)
        line.addLayout(self.doors)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 14, 24, 12)
        box.setSpacing(2)
        box.addLayout(line)
        box.addSpacing(6)
        box.addLayout(self._grid)

    def show_page(self, page: CitizenPage, words: Words) -> None:
        """Show a citizen's head in this language."""
        # as narrow as it can be while it is filled: a window once made wider by a long name stays wide
        self.name.setWordWrap(True)
        for line in (self._line, self._titles):
            line.setDirection(QBoxLayout.Direction.TopToBottom)
        set_text(self.name, title(page.course, words))
        set_text(self.who, who(page, words))
        self._journal_text = words.t("Copy for the journal  Ctrl+J")
        self.journal.setToolTip(self._journal_text)
        self.journal.setAccessibleName(words.t("Copy the text for the journal"))
        self.journal.setVisible(bool(page.course.assessments))
        self.correct.setText(words.t("Correct the details"))
        self.correct.setAccessibleName(self.correct.text())
        self.correct.setToolTip("F2")
        self._turn_text = words.t("Show to the citizen")
        self.turn.setToolTip(self._turn_text + " (F11)")
        self.turn.setAccessibleName(self._turn_text)
        self._turnable = bool(page.course.assessments)
        self._report_text = words.t("Report")
        self.report.setToolTip(words.t("Report for the case, as a PDF"))
        self.report.setAccessibleName(words.t("Report for the case, as a PDF"))
        closed = page.course.citizen.case_closed
        over = closed is not None and closed <= page.today
        set_property(self.conversation, "role", "normal" if over else "primary")  # not what a closed case asks for
        answered = page.draft
        rated = len(page.scale.rated_by("caseworker"))
        if answered is None:
            self.conversation.setText(words.t("Start the conversation"))
        else:
            text = words.t("Continue the conversation, {answered} of {asked}", answered=answered, asked=rated)
            self.conversation.setText(text)
        self.conversation.setAccessibleName(self.conversation.text())
        self._facts = facts(page, words)
        while len(self._blocks) < len(self._facts):
            self._blocks.append(_Block(self))
        for n, block in enumerate(self._blocks):
            block.setVisible(n < len(self._facts))
            if n < len(self._facts):
                block.show_fact(self._facts[n])
        self._columns = 0
        self._place_who()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_who()
        self._arrange()

    def _place_who(self) -> None:
        """Age and number stand on the name's line where there is room, else below it."""
        look = theme.current()
        name = QFontMetrics(look.font("h1")).horizontalAdvance(self.name.text())
        beside = QFontMetrics(look.font("body")).horizontalAdvance(self.who.text())
        beside += self._about.spacing() + self.correct.sizeHint().width()
        self.journal.setText(self._journal_text if self.width() >= look.px(_ROOMY) else "")
        self.turn.setVisible(self._turnable and self.width() >= look.px(_ROOMY))  # else by key and from Find
        self.turn.setText(self._turn_text if self.width() >= look.px(_WIDE) else "")
        self.report.setText(self._report_text if self.width() >= look.px(_TIGHT) else "")
        taken = self._fit_doors(self.width() - 48) + 12
        inline = name + beside + 36 + taken <= self.width() - 48
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        longest = max(
            QFontMetrics(look.font("h1")).horizontalAdvance(part) for part in (self.name.text() + " ").split(" ")
        )
        beside_doors = max(longest, beside) + taken <= self.width() - 48
        self._line.setDirection(side if beside_doors else below)
        self.name.setWordWrap(not inline)
        self._titles.setDirection(side if inline else below)
        self._titles.setSpacing(12 if inline else 2)
        self._titles.setStretchFactor(self._about, 1 if inline else 0)
        self._about.setContentsMargins(0, look.px(8) if inline else 0, 0, 0)  # both texts stand on one line

    def _fit_doors(self, room: int) -> int:
        """Leave words out until the buttons go into the room, and return how wide they are, px."""

        def taken() -> int:
            items = (self.doors.itemAt(n) for n in range(self.doors.count()))  # the page adds one of its own
            doors = (item.widget() for item in items if item is not None)
            shown = [door for door in doors if door is not None and not door.isHidden()]
            return sum(door.sizeHint().width() for door in shown) + self.doors.spacing() * (len(shown) - 1)

        for shorten in (
            lambda: self.turn.setText(""),
            lambda: self.turn.hide(),
            lambda: self.journal.setText(""),
            lambda: self.report.setText(""),
        ):
            if taken() <= room:
                break
            shorten()
        return taken()

    def _arrange(self) -> None:
        columns = max(1, min(len(self._facts) or 1, (self.width() - 48) // theme.current().px(_BLOCK)))
        if columns == self._columns:
            return
        self._columns = columns
        for block in self._blocks:
            self._grid.removeWidget(block)
        for column in range(8):
            self._grid.setColumnStretch(column, 0)
        for n, block in enumerate(self._blocks[: len(self._facts)]):
            self._grid.addWidget(block, n // columns, n % columns)
            self._grid.setColumnStretch(n % columns, self._facts[n].share if columns == len(self._facts) else 1)


class _Block(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)  # without one it would flash up as a window of its own
        self.caption = label("", "small", "text-3")
        self.first = wrapped("", "body")
        self.second = wrapped("", "small", "text-2")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (self.caption, self.first, self.second):
            box.addWidget(part)
        box.addStretch(1)

    def show_fact(self, fact: Fact) -> None:
        set_text(self.caption, fact.caption)
        set_text(self.first, fact.first)
        set_text(self.second, fact.second)
        set_tone(self.first, fact.tone)
        for part, kind in (
            (self.first, "name" if fact.strong else "body"),
            (self.second, "body" if fact.even else "small"),
        ):
            if part.property("kind") != kind:
                part.setProperty("kind", kind)
                part.style().polish(part)
        set_tone(self.second, "text" if fact.even else fact.tone if fact.tone == "error" else "text-2")
