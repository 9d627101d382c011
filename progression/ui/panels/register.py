"""Side panels of the register: a small step, a screening note, a decision, what came of one.

None is modal. What was typed stays where the desk refuses, and each fault stands at its field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from progression.casework.duties import add_months
from progression.casework.values import Choice, Decision, Intervention, Note
from progression.charts.phrases import intervention_name
from progression.desk.pages import CitizenPage
from progression.ui import theme, ways
from progression.ui.kit import button, wrapped
from progression.ui.kit.flow import Even
from progression.ui.kit.texts import set_property
from progression.ui.panels.fields import DateField
from progression.ui.panels.intervention import Panel
from progression.words import Words
from progression.words.flags import CHOICES
from progression.words.register import PROFESSIONS

FOLLOW_UP_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """Something a panel wants done: an operation of the desk with what it is given (after the session), what is
    announced once it is done, and what undoing it is called. `starts`: what it was decided about to start something,
    which is what comes next; None where nothing does."""

    told: str
    undo: str
    operation: Callable[..., Any]
    values: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)
    starts: str | None = None


class RegisterPanel(Panel):
    """A panel whose act is a wish. `stays`: it remains open when the act is done."""

    wanted = Signal(object)
    stays = False

    def begin(self) -> None:
        """Put the focus where one begins; each panel knows where."""

    def want(self, told: str, undo: str, operation: Callable[..., Any], *values: Any, **named: Any) -> None:
        """Send a wish, once: Save is off until the answer has come."""
        self.save.setEnabled(False)
        self.wanted.emit(Wish(told, undo, operation, values, named, self.starts()))

    def starts(self) -> str | None:
        """What it is decided about to start something, None where the wish starts nothing."""
        return None

    def day(self, key: str, needed: bool = True) -> tuple[date | None, bool]:
        """Return the date of a field, and whether it can be read; a fault is said where it cannot."""
        control = self.fields[key].control
        assert isinstance(control, DateField)
        found, wrong = control.read(needed=needed)
        if wrong:
            self.fields[key].say(wrong)
        return found, not wrong


def text_area(lines: int = 3) -> QPlainTextEdit:
    """Return a field for a few lines; Tab leaves it."""
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setFixedHeight(theme.current().px(16 + 20 * lines))
    return made


def narrow(box: QComboBox) -> QComboBox:
    """Let a list be as wide as its panel, not as its longest entry."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    return box


class SmallStepPanel(RegisterPanel):
    """A small step the citizen took: what a scale of five steps is too coarse to show."""

    def __init__(self, words: Words, page: CitizenPage) -> None:
        super().__init__(words, words.t("Small step"), words.t("Save small step"))
        self.citizen = page.course.citizen.citizen
        self.text, self.date = text_area(), DateField(words, page.today)
        self.date.put(page.today)
        self.add_field("text", words.t("What happened"), self.text, words.t("The citizen may read it."))
        self.add_field("date", words.t("Date"), self.date)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import notes

        self.clear_faults()
        day, fine = self.day("date")
        if fine and day is not None:
            note = Note(self.citizen, day, "small_step", text=self.text.toPlainText())
            w = self.words
            self.want(w.t("The small step is saved"), w.t("small step"), notes.add, note)


class ScreeningPanel(RegisterPanel):
    """What a psychologist, a physiotherapist or a nurse found, dated and signed."""

    def __init__(self, words: Words, page: CitizenPage) -> None:
        super().__init__(words, words.t("Screening note"), words.t("Save screening note"))
        t = words.t
        self.citizen = page.course.citizen.citizen
        about = t("The citizen may read this note. Write it so that the citizen understands it.")
        self.box.addWidget(wrapped(about, "dense"))
        self.profession = narrow(QComboBox())
        for code, text in PROFESSIONS.items():
            self.profession.addItem(t(text), code)
        self.limitation, self.suggestion, self.text = text_area(), text_area(2), text_area(2)
        self.date, self.signed = DateField(words, page.today), narrow(QComboBox())
        self.date.put(page.today)
        self.signed.setEditable(True)
        self.signed.addItem("")
        self.signed.addItems(sorted(set(page.names.values())))
        self.add_field("profession", t("Profession"), self.profession)
        self.add_field("limitation", t("Limitation in function"), self.limitation)
        self.add_field("suggestion", t("Suggested intervention"), self.suggestion)
        self.add_field("text", t("Other remarks"), self.text, t("May be empty."))
        self.add_field("date", t("Date"), self.date)
        self.add_field("signed", t("Signed by"), self.signed, t("Left empty, it is signed by you."))
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.profession.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import notes

        self.clear_faults()
        day, fine = self.day("date")
        if not fine or day is None:
            return
        note = Note(
            self.citizen,
            day,
            "screening",
            str(self.profession.currentData()),
            self.text.toPlainText(),
            self.limitation.toPlainText(),
            self.suggestion.toPlainText(),
            self.signed.currentText().strip(),
        )
        w = self.words
        self.want(w.t("The screening note is saved"), w.t("screening note"), notes.add, note)


class DecisionPanel(RegisterPanel):
    """A decision about the course or an intervention; one that stops an intervention ends it too."""

    def __init__(self, words: Words, page: CitizenPage, about: str = "citizen") -> None:
        super().__init__(words, words.t("New decision"), words.t("Save decision"))
        t = words.t
        self.page, self.choice = page, ""
        self.about, self.reason = narrow(QComboBox()), text_area()
        self.about.addItem(t("The course as a whole"), "citizen")
        for one in _running(page):
            self.about.addItem(intervention_name(words, one, page.types), f"intervention:{one.id}")
        self.about.setCurrentIndex(max(0, self.about.findData(about)))
        self.last, self.follow_up = DateField(words, page.today), DateField(words, page.today, ahead=True)
        self.last.put(page.today)
        self.follow_up.put(add_months(page.today, FOLLOW_UP_MONTHS))
        self.add_field("about", t("About"), self.about)
        self.choices: dict[str, QWidget] = {}
        choosing = QWidget()
        line = Even(6)
        choosing.setLayout(line)
        for key, text in CHOICES.items():
            made = button(t(text), small=True)
            made.clicked.connect(lambda _on=False, k=key: self.choose(k))
            self.choices[key] = made
            line.addWidget(made)
        self.add_field("choice", t("What do you decide?"), choosing)
        self.add_field("end", t("Last day of the intervention"), self.last)
        self.add_field("reason", t("Reason"), self.reason, t("In a few words, for whoever reads it later"))
        self.add_field("follow_up", t("Look again on"), self.follow_up, t("May be empty."))
        self.about.currentIndexChanged.connect(self._shape)
        self.finish()
        self._shape()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.about.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, choice: str) -> None:
        """Take up a choice."""
        ways.step(self, "choose", choice)
        self.choice = choice
        self.fields["choice"].clear_fault()
        for key, made in self.choices.items():
            set_property(made, "role", "chosen" if key == choice else "normal")
            made.setAccessibleDescription(self.words.t("chosen") if key == choice else "")
        self._shape()

    def starts(self) -> str | None:
        """What the decision is about, where it is to start something."""
        return self.about.currentText() if self.choice == "start" else None

    def _shape(self) -> None:
        about = str(self.about.currentData())
        self.fields["end"].setVisible(self.choice == "stop" and about != "citizen")

    def send(self) -> None:
        from progression.desk import decisions

        self.clear_faults()
        w = self.words
        day, fine = self.day("follow_up", needed=False)
        last, fine_too = (None, True) if self.fields["end"].isHidden() else self.day("end")
        if day is not None and day < self.page.today:
            self.fields["follow_up"].say(w.t("The date has passed. Choose today or a later day, or leave it empty."))
            fine = False
        if not self.choice:
            self.fields["choice"].say(w.t("Choose one of them."))
            next(iter(self.choices.values())).setFocus(Qt.FocusReason.OtherFocusReason)
            fine = False
        if not (fine and fine_too):
            return
        self.want(
            w.t("Decision saved: {choice}", choice=w.t(CHOICES[self.choice])),
            w.t("decision: {choice}", choice=w.t(CHOICES[self.choice])),
            decisions.record,
            self.page.course.citizen.citizen,
            str(self.about.currentData()),
            _choice(self.choice),
            self.reason.toPlainText(),
            day,
            last=last,
        )


class CameOfPanel(RegisterPanel):
    """What came of an earlier decision, said afterwards."""

    def __init__(self, words: Words, page: CitizenPage, decision: Decision, title: str) -> None:
        super().__init__(words, words.t("What came of it?"), words.t("Save what came of it"))
        t = words.t
        self.decision = decision
        if title:
            self.box.addWidget(wrapped(title, "name"))
        choice = t(CHOICES[decision.choice])
        self.box.addWidget(wrapped(t("Decided {day}: {choice}", day=words.date(decision.date), choice=choice), "dense"))
        if decision.reason:
            self.box.addWidget(wrapped(decision.reason, "dense", "text-2"))
        self.text, self.date = text_area(), DateField(words, page.today)
        self.text.setPlainText(decision.outcome)
        self.date.put(decision.outcome_date or page.today)
        self.add_field("outcome", t("What came of it"), self.text, t("In a few words, for whoever reads it later"))
        self.add_field("outcome_date", t("Date"), self.date)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import decisions

        self.clear_faults()
        day, fine = self.day("outcome_date")
        if fine and day is not None:
            told, undo = self.words.t("What came of it is saved"), self.words.t("what came of a decision")
            self.want(told, undo, decisions.came_of, self.decision, self.text.toPlainText(), day)


def _running(page: CitizenPage) -> list[Intervention]:
    return [one for one in page.course.interventions if one.end is None or one.end >= page.today]


def _choice(text: str) -> Choice:
    return text  # type: ignore[return-value]
