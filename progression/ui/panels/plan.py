"""The panel *Min Plan*: goal, expected outcomes side by side, sub-goals and agreements, each edited where it stands.

It stays open while one thing after another is written; what changed since last time and the history are part of it.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from progression.casework.plan import Item, Plan, changes, is_hold, overdue, standing, text_of
from progression.casework.values import PlanItem, Side
from progression.desk.pages import CitizenPage
from progression.ui import ways
from progression.ui.kit import button, clear, heading, label, link, row, rule, wrapped
from progression.ui.panels.fields import DateField
from progression.ui.panels.intervention import Panel
from progression.ui.panels.register import Wish, narrow, text_area
from progression.words import N_, Words
from progression.words import register as said

_NEW = {"subgoal": N_("New sub-goal"), "agreement": N_("New agreement")}
_TITLES = {"goal": "goal", "outcome": "goal", "subgoal": "goal", "agreement": "agreement"}  # which field holds the text


class ItemForm(Panel):
    """The fields of one thing in the plan. `wanted` carries the Wish that saves it."""

    wanted = Signal(object)

    def __init__(self, words: Words, page: CitizenPage, item: PlanItem) -> None:
        w, t = words, words.t
        title = t(said.KINDS[item.kind]) if item.kind != "outcome" else said.side(w, item.side)
        if item.kind in _NEW and not text_of(item):
            title = t(_NEW[item.kind])
        super().__init__(words, title, t("Save in the plan"))
        self.title_line.setVisible(item.kind != "goal")  # the section it stands in says so already
        self.item, self.page = item, page
        self.text = text_area()
        self.text.setPlainText(item.agreement if item.kind == "agreement" else item.goal)
        self.words_, self.who, self.department = text_area(2), QLineEdit(item.who), QLineEdit(item.department)
        self.words_.setPlainText(item.words)
        self.by, self.hold = DateField(w, page.today, ahead=True), QCheckBox(t("The goal is to hold the level"))
        self.indicator: QComboBox | None = None
        self.by.put(item.by)
        self.add_field(_TITLES[item.kind or "goal"], t("What"), self.text)
        if item.kind == "goal":
            self.hold.setChecked(is_hold(item))
            self.hold.setToolTip(t("Then no standstill is pointed out from today on."))
            self.add_field("aim", t("Aim"), self.hold, t("Then no standstill is pointed out from today on."))
        if item.kind != "outcome" or item.side == "citizen":
            self.add_field("words", t("In the citizen's own words"), self.words_, t("May be empty."))
        if item.kind == "subgoal":
            self.indicator = _indicators(w, page, item.indicator)
            self.add_field("indicator", t("Indicator"), self.indicator)
        if item.kind == "agreement":
            self.add_field("who", t("Who"), self.who)
        if item.kind in ("subgoal", "agreement"):
            self.add_field("by", t("By when"), self.by, t("May be empty."))
        if item.kind in ("goal", "subgoal", "agreement"):
            self.add_field("department", t("Department"), self.department, t("May be empty."))
        self.finish()

    def send(self) -> None:
        from progression.desk import plan

        self.clear_faults()
        by, wrong = self.by.read() if "by" in self.fields else (self.item.by, "")
        if wrong:
            self.fields["by"].say(wrong)
            return
        text = self.text.toPlainText().strip()
        made = replace(
            self.item,
            date=self.page.today,
            words=self.words_.toPlainText().strip() if "words" in self.fields else self.item.words,
            who=self.who.text().strip(),
            department=self.department.text().strip(),
            by=by,
            status=self.item.status or "open",
        )
        made = replace(made, agreement=text) if made.kind == "agreement" else replace(made, goal=text)
        if self.item.kind == "goal":
            made = replace(made, aim="hold" if self.hold.isChecked() else "move")
        if self.indicator is not None:
            made = replace(made, indicator=str(self.indicator.currentData()))
        self.save.setEnabled(False)
        w = self.words
        self.wanted.emit(Wish(w.t("The plan is saved"), w.t("change in the plan"), plan.put, (made,)))


def _indicators(w: Words, page: CitizenPage, code: str) -> QComboBox:
    made = narrow(QComboBox())
    made.addItem(w.t("No particular indicator"), "")
    for indicator in page.scale.indicators:
        if indicator.shown_to_citizen:
            made.addItem(w.pick(indicator.name), indicator.code)
    made.setCurrentIndex(max(0, made.findData(code)))
    return made


class PlanPanel(QWidget):
    """The whole plan. Signals: `wanted` (a Wish), `cancelled`."""

    wanted = Signal(object)
    cancelled = Signal()
    stays = True

    def __init__(self, words: Words, page: CitizenPage) -> None:
        super().__init__()
        ways.note(self)
        self.words, self.page = words, page
        self.form: ItemForm | None = None
        self._items: dict[str, PlanItem] = {}
        self._open = ""  # the key of what is being edited
        self._unfolded = False
        self.buttons: dict[str, QWidget] = {}
        self.setAccessibleName(words.t("My Plan"))
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(6)
        self._build()

    def begin(self) -> None:
        """Put the focus where one begins: at the first thing that can be written."""
        first = next(iter(self.buttons.values()), self.close_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, page: CitizenPage) -> None:
        """Show the plan anew; a form in which somebody is typing stays as it is."""
        self.page = page
        if self.form is None:
            at = next((key for key, made in self.buttons.items() if made.hasFocus()), "")
            self._build()
            self._focus(at)

    def saved(self) -> None:
        """What the form asked for is done, or it is put away: the focus is where it was opened."""
        key, self.form, self._open = self._open, None, ""
        self._build()
        self._focus(key)

    def refused(self, error: BaseException) -> bool:
        """Say why it was not saved, at the fields of the form; False for what is not known: a bug."""
        return self.form is not None and self.form.refused(error)

    def _focus(self, key: str) -> None:
        if key in self.buttons:
            self.buttons[key].setFocus(Qt.FocusReason.OtherFocusReason)

    # what stands there

    def _build(self) -> None:
        w, page = self.words, self.page
        clear(self.box)
        self.buttons.clear()
        self._items.clear()
        plan = standing(page.course.plan, page.today)
        self.box.addWidget(heading(2, w.t("My Plan")))
        self.box.addWidget(wrapped(w.t("The citizen may read the plan, and has a say in it."), "small", "text-2"))
        self._since()
        self._goal(plan)
        self._outcomes(plan)
        self._listed("subgoal", w.t("Sub-goals"), plan.subgoals, w.t("Add sub-goal"), plan)
        self._listed("agreement", w.t("Agreements"), plan.agreements, w.t("Add agreement"), plan)
        self._history()
        self.close_button = link(w.t("Back to the citizen"))  # "close" would be what ends a case
        self.close_button.clicked.connect(self.cancelled)
        self.box.addLayout(row(self.close_button, 1))
        self.box.addStretch(1)

    def _since(self) -> None:
        from progression.desk import plan

        w, day = self.words, plan.last_time(self.page.course, self.page.today)
        found = plan.since_last(self.page.course, self.page.today) if day is not None else ()
        if day is None:
            return
        if not found:
            text = w.t("Nothing has changed since the last conversation, {day}.", day=w.date(day))
            self.box.addWidget(wrapped(text, "small", "text-2"))
            return
        self.box.addWidget(label(w.t("Since the last conversation, {day}", day=w.date(day)), "small", "text-3"))
        for one in found:
            self.box.addWidget(wrapped(f"• {said.change(w, one)}", "small"))

    def _section(self, text: str) -> None:
        self.box.addSpacing(10)
        self.box.addWidget(heading(3, text))
        self.box.addWidget(rule(strong=True))

    def _goal(self, plan: Plan) -> None:
        w = self.words
        self._section(w.t("Long-term goal"))
        now = plan.goal.now if plan.goal else self._new("goal")
        if self._editing("goal", now):
            return
        if plan.goal is None:
            self.box.addWidget(wrapped(w.t("No goal is written yet."), "dense", "text-2"))
        else:
            self.box.addWidget(wrapped(text_of(now), "name"))
            if is_hold(now):
                self.box.addWidget(wrapped(w.t("The goal is to hold the level."), "small", "text-2"))
            self._own_words(now, self.box)
            self._small(said.detail(w, now))
        self._actions("goal", now, plan.goal is not None, w.t("the goal"))

    def _outcomes(self, plan: Plan) -> None:
        w = self.words
        self._section(w.t("Expected outcome"))
        sides: tuple[Side, ...] = ("citizen", "caseworker")
        for side in sides:
            found = plan.outcome(side)
            now = found.now if found else replace(self._new("outcome"), side=side)
            if self._open == side and self._editing(side, now):
                return
        beside = QWidget()
        grid = QGridLayout(beside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        for column, side in enumerate(sides):
            found = plan.outcome(side)
            now = found.now if found else replace(self._new("outcome"), side=side)
            cell = QVBoxLayout()
            cell.setSpacing(4)
            cell.addWidget(label(said.side(w, side), "small", "text-3"))
            text = text_of(now) if found else w.t("Not said yet.")
            cell.addWidget(wrapped(text, "dense", "text" if found else "text-2"))
            self._own_words(now, cell)
            edit = button(w.t("Change") if found else w.t("Write"), small=True)
            edit.setAccessibleName(f"{edit.text()}: {w.t('Expected outcome')}, {said.side(w, side)}")
            edit.clicked.connect(lambda _on=False, k=side: self.edit(k))
            self.buttons[side], self._items[side] = edit, now
            cell.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
            cell.addStretch(1)
            grid.addLayout(cell, 0, column)
            grid.setColumnStretch(column, 1)
        self.box.addWidget(beside)

    def _listed(self, kind: str, title: str, found: tuple[Item, ...], add: str, plan: Plan) -> None:
        w, late = self.words, overdue(plan, self.page.today)
        self._section(title)
        for n, one in enumerate(found):
            now, key = one.now, one.key
            if n:
                self.box.addSpacing(6)
            if self._editing(key, now):
                continue
            self.box.addWidget(wrapped(text_of(now), "dense"))
            self._own_words(now, self.box)
            about = said.detail(w, now)
            if now.indicator:
                about = ", ".join(part for part in (self._indicator(now.indicator), about) if part)
            self._small(about)
            if one in late and now.by is not None:
                days = (self.page.today - now.by).days
                over = wrapped(w.tn("{n} day past its date", "{n} days past its date", days), "small", "error")
                self.box.addWidget(over)
            self._actions(key, now, True, text_of(now))
        if not found:
            self.box.addWidget(wrapped(w.t("None."), "dense", "text-2"))
        self.box.addSpacing(6)
        if not self._editing(f"new-{kind}", self._new(kind)):
            made = button(add, icon="plus", small=True)
            made.clicked.connect(lambda _on=False: self.edit(f"new-{kind}"))
            self.buttons[f"new-{kind}"], self._items[f"new-{kind}"] = made, self._new(kind)
            self.box.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _history(self) -> None:
        w = self.words
        found = changes(self.page.course.plan, None, self.page.today)
        if not found:
            return
        self.box.addSpacing(8)
        fold = link(w.t("History of the plan"))
        fold.setCheckable(True)
        fold.setChecked(self._unfolded)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for one in reversed(found):
            text = w.t("{day}: {what}", day=w.short_date(one.day), what=said.change(w, one))
            box.addWidget(wrapped(text, "small", "text-2"))
        inside.setVisible(self._unfolded)

        def unfold(shown: bool) -> None:
            self._unfolded = shown
            inside.setVisible(shown)

        fold.toggled.connect(unfold)
        self.history = fold
        self.box.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(inside)

    # parts

    def _new(self, kind: str) -> PlanItem:
        made = PlanItem(self.page.course.citizen.citizen, self.page.today, status="open")
        return replace(made, kind=kind)  # type: ignore[arg-type]

    def _indicator(self, code: str) -> str:
        found = [i for i in self.page.scale.indicators if i.code == code]
        return self.words.pick(found[0].name) if found else code

    def _small(self, text: str) -> None:
        if text:
            self.box.addWidget(wrapped(text, "small", "text-2"))

    def _own_words(self, now: PlanItem, box: QVBoxLayout) -> None:
        if now.words.strip() and now.words.strip() != text_of(now):
            box.addWidget(wrapped(self.words.t("“{words}”", words=now.words.strip()), "small", "text-2"))

    def _actions(self, key: str, now: PlanItem, there: bool, name: str) -> None:
        w = self.words
        edit = button(w.t("Change") if there else w.t("Write"), small=True)
        edit.setAccessibleName(f"{edit.text()}: {name}")
        edit.clicked.connect(lambda _on=False: self.edit(key))
        self.buttons[key], self._items[key] = edit, now
        line = row(edit, spacing=6)
        if there:
            done = w.t("Done") if now.kind == "agreement" else w.t("Reached")
            for status, text in (("done", done), ("dropped", w.t("Dropped"))):
                made = button(text, small=True, name=f"{text}: {name}")
                made.clicked.connect(lambda _on=False, s=status: self._settle(now, s))
                self.buttons[f"{status}-{key}"] = made
                line.addWidget(made)
        line.addStretch(1)
        self.box.addLayout(line)

    def _editing(self, key: str, now: PlanItem) -> bool:
        """Put the form in place of what is being edited."""
        if self._open != key:
            return False
        form = ItemForm(self.words, self.page, now)
        form.wanted.connect(self.wanted)
        form.cancelled.connect(self.saved)
        self.form = form
        self.box.addWidget(form)
        return True

    @ways.door
    def edit(self, key: str) -> None:
        """Open the form of one thing: "goal", a side's outcome, "new-subgoal", "new-agreement", or an item's key."""
        if key not in self._items:  # it is open already, or no longer in the plan
            return
        self.form, self._open = None, key
        self._build()
        if self.form is not None:
            self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._open = ""

    def _settle(self, now: PlanItem, status: str) -> None:
        from progression.desk import plan

        w = self.words
        self.wanted.emit(Wish(w.t("The plan is saved"), w.t("change in the plan"), plan.settle, (now, status)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
