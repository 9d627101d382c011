"""The side of a citizen's page: attention points to decide on, what runs, earlier decisions and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from progression.analysis.values import Flag
from progression.casework.duties import follow_ups
from progression.casework.values import Conversation, Decision, Intervention
from progression.charts.grounds import page_grounds
from progression.charts.phrases import intervention_name, period
from progression.charts.why import why_standing
from progression.desk.pages import CitizenPage
from progression.ui import theme, ways
from progression.ui.citizen import side_people, side_register, side_talks
from progression.ui.citizen.side_parts import Shelf, beside, gone, section, two_lines
from progression.ui.flags.card import FlagCard, explained
from progression.ui.flags.followup import FollowUp
from progression.ui.flags.why import WhyLink
from progression.ui.kit import button, heading, link, rule, scrolled, wrapped
from progression.ui.panels import category as category_panel
from progression.ui.panels.case import ClosePanel, ReopenPanel
from progression.ui.panels.intervention import AddIntervention, EndIntervention
from progression.ui.panels.people_doors import PeopleDoors
from progression.ui.panels.plan import PlanPanel
from progression.ui.panels.register import (
    CameOfPanel,
    DecisionPanel,
    ScreeningPanel,
    SmallStepPanel,
)
from progression.ui.panels.talk import AddContact, PutOff
from progression.words import Words

UNDO_DEPTH = 50
SidePanel = Any  # a widget with the signals `cancelled` and (of the register's) `wanted`, and `refused(error)`

WIDTH = 328  # px at 100 % text


class Side(QFrame):
    """Shows cards, interventions and decisions, or one of the two intervention panels in their place.

    Signals: `decided` (flag, choice, reason, follow-up day), `added` (Intervention), `ended` (Intervention, day, why),
    `wanted` (a Wish of a panel), `undone` (take back the last act), `sheet_asked` (the hand-over sheet),
    `categories_asked` (where the municipality's categories are chosen).
    """

    decided = Signal(object, str, str, object)
    added = Signal(object)
    ended = Signal(object, object, str)
    followed = Signal(object, str, str, object)
    wanted = Signal(object)
    undone = Signal()
    unfolded = Signal()
    sheet_asked = Signal()
    categories_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.cards: dict[str, FlagCard] = {}
        self.panel: SidePanel = None
        self._page: CitizenPage | None = None
        self._words = Words()
        self._stack = QStackedWidget()
        self._shelf = Shelf()
        self._stack.addWidget(scrolled(self._shelf))
        self.undo = link("")
        self.undo.clicked.connect(self.take_back)
        self.undo.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._stack, 1)
        self._foot = QWidget()  # in line with what stands above it
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(rule())  # what is scrolled ends here, also where both grounds are the same
        inside = QHBoxLayout()
        inside.setContentsMargins(20, 8, 20, 8)
        inside.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addLayout(inside)
        self._foot.hide()
        outer.addWidget(self._foot)
        self.restyle()

    def restyle(self) -> None:
        """Be as wide as the text size asks."""
        self.setFixedWidth(min(theme.current().px(WIDTH), 560))

    def show_page(self, page: CitizenPage, words: Words) -> None:
        """Show a citizen's side. An open panel stays, unless it is another citizen's."""
        if self._page is not None and self._page.course.citizen.citizen != page.course.citizen.citizen:
            self.close_panel()
        self._page, self._words = page, words
        if self.panel is not None and hasattr(self.panel, "show_page"):
            self.panel.show_page(page)
        inside = QWidget(self._shelf)
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(20, 12, 20, 20)
        self._box.setSpacing(8)
        self.cards.clear()
        self._attention(page)
        self._plan(page)
        self.talk = side_talks.door(words, self.open_talk)
        self._box.addLayout(section(words.t("Conversations"), self.talk))
        side_talks.part(page, words, self._box, self, self.wanted.emit)
        self._running(page)
        self._decisions(page)
        self._withdrawn(page)
        self._notes(page)
        self._people(page)
        self._box.addLayout(section(words.t("The case")))
        self.category = category_panel.part(page, words, self._box, self.open_category, self.categories_asked.emit)
        self.case = side_register.case(page, words, self._box, self.open_close, self.open_reopen)
        self._box.addStretch(1)
        self._shelf.put(inside)

    # what stands there

    def _attention(self, page: CitizenPage) -> None:
        w = self._words
        shown = [flag for flag in page.flags if flag.status == "open"]
        title = w.t("Attention points") if len(shown) > 1 else w.t("Attention point")
        self._box.addWidget(heading(2, title, wraps=True))
        for flag in shown:
            scale, grounds = page.scales.get(flag.scale, page.scale), page_grounds(flag, page)
            card = FlagCard(w, flag, scale, page.estimates, page.today, grounds, side_register.running(w, page))
            card.decided.connect(lambda choice, reason, day, f=flag: self.decided.emit(f, choice, reason, day))
            self.cards[flag.id] = card
            self._box.addWidget(card)
        if not shown:
            self._nothing(page)

    def _nothing(self, page: CitizenPage) -> None:
        """Where things stand, and why nothing is pointed out: as much an answer as an attention point."""
        w, why = self._words, why_standing(self._words, page.trajectory, page.scale, page.estimates, page.method)
        if page.trajectory.standing not in ("too_few", "unknown_since"):
            self._box.addWidget(wrapped(w.t("Nothing calls for attention now."), "dense", "text-2"))
        self._box.addWidget(wrapped(why.headline, "name"))
        text = wrapped(why.reason, "dense", "text-2")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._box.addWidget(text)
        if why.gauge is not None:
            self._box.addWidget(WhyLink(w, lambda: why))

    def _why(self, flag: Flag, page: CitizenPage) -> WhyLink:
        """The fold-out of a point that is not open any more: somebody may ask about it all the same."""
        w, scale = self._words, page.scales.get(flag.scale, page.scale)
        return WhyLink(w, lambda: explained(w, flag, scale, page.estimates, page_grounds(flag, page)))

    def _plan(self, page: CitizenPage) -> None:
        w = self._words
        self.plan = self._door(w.t("Open the plan"), w.t("Open the plan"), self.open_plan)
        self._box.addLayout(section(w.t("My Plan"), self.plan))
        side_register.plan(page, w, self._box)

    def _door(self, text: str, name: str, open_: Callable[[], object]) -> QPushButton:
        """The link at the end of a section's line: what one does there most."""
        made = link(text, name)
        made.clicked.connect(lambda _on=False: open_())
        return made

    def _notes(self, page: CitizenPage) -> None:
        w, add = self._words, self._words.t("Add")
        self.small_step = self._door(add, w.t("Add small step"), lambda: self.open_register(SmallStepPanel))
        self._box.addLayout(section(w.t("Small steps"), self.small_step))
        side_register.notes(page, w, "small_step", self._box)
        self.screening = self._door(add, w.t("Add screening note"), lambda: self.open_register(ScreeningPanel))
        self._box.addLayout(section(w.t("Screening notes"), self.screening))
        side_register.notes(page, w, "screening", self._box)

    def _people(self, page: CitizenPage) -> None:
        w, doors = self._words, PeopleDoors(page, self._words, self.open_panel, self.sheet_asked.emit)
        self.people = doors
        self.hand_over = side_people.caseworkers_door(w, doors)
        self._box.addLayout(section(w.t("Caseworkers"), self.hand_over))
        side_people.caseworkers_part(page, w, self._box, doors)
        self.professional = side_people.around_door(w, doors)
        self._box.addLayout(section(w.t("Around the citizen"), self.professional))
        side_people.around_part(page, w, self._box, doors)

    def _running(self, page: CitizenPage) -> None:
        w = self._words
        self.add = self._door(w.t("Add"), w.t("Add intervention"), self.open_add)
        self._box.addLayout(section(w.t("Interventions"), self.add))
        rows = [i for i in page.course.interventions if i.end is None or i.end >= page.today]
        for one in sorted(rows, key=lambda i: i.start):
            self._box.addLayout(self._one_running(one, page))
        if not rows:
            self._box.addWidget(wrapped(w.t("Nothing runs now."), "dense", "text-2"))

    def _one_running(self, one: Intervention, page: CitizenPage) -> QHBoxLayout:
        w = self._words
        name = intervention_name(w, one, page.types)
        about = [period(w, one.start, one.end, short=True), one.provider]
        if one.review_date is not None:
            about.append(w.t("review {day}", day=w.short_date(one.review_date)))
        end = link(w.t("End"), w.t("End {name}", name=name))
        end.clicked.connect(lambda _on=False, i=one: self.open_end(i))
        return beside(two_lines(name, ", ".join(part for part in about if part)), end)

    def _decisions(self, page: CitizenPage) -> None:
        w = self._words
        rows = sorted(page.course.decisions, key=lambda d: (d.date, d.event), reverse=True)
        self.new_decision = self._door(w.t("Add"), w.t("New decision"), lambda: self.open_register(DecisionPanel))
        self._box.addLayout(section(w.t("Decisions"), self.new_decision))
        due = {d.about for d in follow_ups(rows, page.today) if d.due <= page.today}
        open_cards = {f"flag:{key}" for key in self.cards}
        asked: set[str] = set()
        for one in rows:
            self._box.addLayout(side_register.decision(w, one, page))
            about = next((f for f in page.flags if one.about == f"flag:{f.id}" and f.id not in self.cards), None)
            if about is not None and one.about not in asked:
                asked.add(one.about)  # under the newest decision about it
                self._box.addWidget(self._why(about, page))
            if one.about in due - open_cards:  # an open card is where that one is decided again
                due.discard(one.about)  # the newest about it: earlier ones were followed up by this one
                self._box.addWidget(self._to_follow_up(one, page), 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._box.addWidget(self._to_say(one), 0, Qt.AlignmentFlag.AlignLeft)
            self._box.addWidget(rule())

    def _to_follow_up(self, one: Decision, page: CitizenPage) -> QPushButton:
        w = self._words
        day = w.date(one.follow_up) if one.follow_up is not None else ""
        made = button(w.t("Follow up now, was due {day}", day=day), small=True)
        made.clicked.connect(lambda _on=False, d=one: self.open_follow_up(d))
        return made

    def _to_say(self, one: Decision) -> QPushButton:
        w = self._words
        text = w.t("Correct what came of it") if one.outcome else w.t("What came of it?")
        made = link(text, w.t("{text} {day}", text=text, day=w.date(one.date)), gives=True)
        made.clicked.connect(lambda _on=False, d=one: self.open_came_of(d))
        return made

    def _withdrawn(self, page: CitizenPage) -> None:
        w = self._words
        rows = [flag for flag in page.flags if flag.status == "withdrawn"]
        if not rows:
            return
        self._box.addLayout(section(w.t("No longer")))
        for flag in rows:
            self._box.addLayout(gone(w, flag))
            self._box.addWidget(self._why(flag, page))

    # panels

    @ways.door
    def open_add(self, decided: str | None = None) -> None:
        """Open the panel that starts an intervention. `decided`: what it was just decided about to start something (""
        where that has no name); the panel says so, and may be left."""
        if self._page is None:
            return
        page = self._page
        panel = AddIntervention(self._words, page.course.citizen.citizen, page.types, page.today)
        if decided is not None:
            panel.lead_on(decided)
        panel.ready.connect(self.added)
        self._open(panel)
        panel.type.setFocus(Qt.FocusReason.OtherFocusReason)

    @ways.door
    def open_follow_up(self, one: Decision) -> None:
        """Open the panel that follows up a decision."""
        if self._page is None:
            return
        about = side_register.about(self._words, one, self._page)
        panel = FollowUp(self._words, one, about, self._page.today)
        panel.ready.connect(self.followed)
        self._open(panel)
        panel.begin()

    @ways.door
    def open_end(self, one: Intervention) -> None:
        """Open the panel that ends an intervention."""
        if self._page is None:
            return
        panel = EndIntervention(self._words, one, self._page.types, self._page.today)
        panel.ready.connect(self.ended)
        self._open(panel)
        panel.day.setFocus(Qt.FocusReason.OtherFocusReason)
        panel.day.selectAll()

    @ways.door
    def open_plan(self) -> None:
        """Open the citizen's plan."""
        self.open_register(PlanPanel)

    @ways.door
    def open_category(self) -> None:
        """Open the panel that lets the citizen enter another category."""
        self.open_register(category_panel.CategoryPanel)

    @ways.door
    def open_close(self) -> None:
        """Open the panel that ends the case."""
        self.open_register(ClosePanel)

    @ways.door
    def open_reopen(self) -> None:
        """Open the panel that opens a closed case again."""
        self.open_register(ReopenPanel)

    @ways.door
    def open_came_of(self, one: Decision) -> None:
        """Open the panel that says what came of a decision."""
        if self._page is not None:
            title = side_register.about(self._words, one, self._page)
            self.open_panel(CameOfPanel(self._words, self._page, one, title))

    @ways.door
    def open_register(self, panel: Callable[[Words, CitizenPage], SidePanel]) -> None:
        """Open a panel of the register: its class."""
        if self._page is not None:
            self.open_panel(panel(self._words, self._page))

    @ways.door
    def open_talk(self, talk: Conversation | None = None) -> None:
        """Open the panel that plans a conversation, or changes the one given."""
        if self._page is not None:
            self.open_panel(side_talks.planning(self._page, self._words, talk))

    @ways.door
    def open_talk_form(self, panel: type[AddContact | PutOff]) -> None:
        """Open the panel of another contact, or the one that puts off the conversation of today."""
        if self._page is not None:
            self.open_panel(side_talks.form(panel, self._page, self._words))

    def open_panel(self, panel: SidePanel) -> None:
        """Show a panel in the place of the overview; its signals `wanted` and `cancelled` are seen to."""
        panel.wanted.connect(self.wanted)
        self._open(panel)
        panel.begin()

    # undo

    def take_back(self) -> None:
        """Ask for the last act to be taken back."""
        self.undone.emit()

    def say_undo(self, name: str) -> None:
        """Name what can be undone, "" when that is nothing about this citizen."""
        self.undo.setVisible(bool(name))
        self._foot.setVisible(bool(name))
        if name:
            self.undo.setText(self._words.t("Undo: {what}", what=name))
            self.undo.setAccessibleName(self.undo.text())
            self.undo.setToolTip("Ctrl+Z")

    def _open(self, panel: SidePanel) -> None:
        self.close_panel()
        self.panel = panel
        panel.cancelled.connect(self.close_panel)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(20, 12, 20, 20)
        box.addWidget(panel)
        self._stack.addWidget(scrolled(inside))
        self._stack.setCurrentIndex(1)
        self.unfolded.emit()

    def close_panel(self) -> None:
        """Take the panel away; what stands beside the page comes back."""
        if self.panel is None:
            return
        self.panel = None
        area = self._stack.widget(1)
        self._stack.setCurrentIndex(0)
        if area is not None:
            self._stack.removeWidget(area)
            area.hide()
            area.deleteLater()

    def overview(self) -> QScrollArea:
        """The scroll area that holds cards, interventions and decisions."""
        area = self._stack.widget(0)
        assert isinstance(area, QScrollArea)
        return area
