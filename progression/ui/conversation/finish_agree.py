"""Det aftaler vi: who does what by when, and when we meet again. Put in the plan and the calendar by one act.

What is typed is kept as it is typed, as the answers are; it is agreed when it is put in the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from progression.casework.plan import text_of
from progression.casework.talks import USUAL_MINUTES, minutes
from progression.casework.values import Conversation
from progression.desk.agreeing import Agreed
from progression.desk.pages import Finished
from progression.errors import Fault, KnownError
from progression.ui import theme
from progression.ui.conversation.header import first_name
from progression.ui.kit import button, clear, heading, row, rule, set_text, wrapped
from progression.ui.kit.texts import set_property
from progression.ui.panels.fields import DateField
from progression.ui.panels.register import narrow
from progression.ui.saying import sentence
from progression.ui.today.rows import day_text
from progression.words import Words
from progression.words import talks as said
from progression.words.errors import fault as fault_sentence

WHO, WHEN = 118, 118  # px at 100 % text of the columns beside what is agreed


class Line(QWidget):
    """One agreement being written: who, what, by when, and below what is wrong with it."""

    edited = Signal()
    entered = Signal()

    def __init__(self, w: Words, today: date, names: tuple[str, ...], place: int) -> None:
        super().__init__()
        self.who, self.what, self.by = narrow(QComboBox()), QLineEdit(), DateField(w, today, ahead=True)
        self.who.setEditable(True)
        self.who.addItem("")
        self.who.addItems(list(names))
        self.fault = wrapped("", "small", "error")
        self.fault.hide()
        box = QGridLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setHorizontalSpacing(8)
        for column, made in enumerate((self.who, self.what, self.by)):
            box.addWidget(made, 0, column)
        box.addWidget(self.fault, 1, 0, 1, 3)
        box.setColumnStretch(1, 1)
        named = {self.who: w.t("Who"), self.what: w.t("What"), self.by: w.t("When, at the latest")}
        for made, name in named.items():
            made.setAccessibleName(w.t("Agreement {n}: {field}", n=place, field=name))
        self.what.setPlaceholderText(w.t("What is agreed"))
        line = self.who.lineEdit()
        assert line is not None  # it is editable
        line.setPlaceholderText(w.t("Who"))
        self.who.editTextChanged.connect(lambda _text: self._edited())
        self.what.textChanged.connect(lambda _text: self._edited())
        self.by.textChanged.connect(lambda _text: self._edited())
        self.what.returnPressed.connect(self.entered)
        self.restyle()

    def restyle(self) -> None:
        """Take over text size."""
        look = theme.current()
        self.who.setFixedWidth(look.px(WHO))
        self.by.setFixedWidth(look.px(WHEN))

    @property
    def texts(self) -> list[str]:
        """What stands in the fields."""
        return [self.what.text(), self.who.currentText(), self.by.text()]

    @property
    def empty(self) -> bool:
        """Nothing is written that would be lost."""
        return not (self.what.text().strip() or self.by.text().strip())

    def put(self, texts: list[str]) -> None:
        """Write into the fields what stood there before."""
        for made, text in zip((self.what, self.who.lineEdit(), self.by), texts, strict=False):
            if made is not None:
                made.setText(text)

    def read(self) -> tuple[Agreed | None, str]:
        """The agreement, and a sentence about what cannot be read ("" when nothing is wrong)."""
        by, wrong = self.by.read()
        return (None, wrong) if wrong else (Agreed(self.what.text(), self.who.currentText(), by), "")

    def say(self, text: str, field: QWidget | None = None) -> None:
        """Say what is wrong, at a field; "" = nothing."""
        set_text(self.fault, text)
        for made in (self.what, self.by):
            set_property(made, "fault", bool(text) and made is field)
            made.setAccessibleDescription(text if made is field else "")
        if text and field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self.say("")
        self.edited.emit()


class NextTalk(QWidget):
    """The next conversation being planned: day, time, form."""

    edited = Signal()

    def __init__(self, w: Words, today: date) -> None:
        super().__init__()
        self.words = w
        self.day, self.time, self.form = DateField(w, today, ahead=True), QLineEdit(), narrow(QComboBox())
        self.form.currentTextChanged.connect(self.form.setToolTip)  # it may be longer than its field
        for key, text in said.FORMS.items():
            self.form.addItem(w.t(text), key)
        self.fault = wrapped("", "small", "error")
        self.fault.hide()
        self.day.setAccessibleName(w.t("Next conversation: {field}", field=w.t("Day")))
        self.time.setAccessibleName(w.t("Next conversation: {field}", field=w.t("Time")))
        self.form.setAccessibleName(w.t("Next conversation: {field}", field=w.t("Form")))
        self.time.setPlaceholderText(w.t("at {time}", time="10.00"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(wrapped(w.t("Next conversation"), "h3"))
        box.addLayout(row(self.day, self.time, self.form, 1))
        box.addWidget(self.fault)
        for made in (self.day, self.time):
            made.textChanged.connect(lambda _text: self._edited())
        self.form.activated.connect(lambda _index: self._edited())
        self.restyle()

    def restyle(self) -> None:
        """Take over text size."""
        look = theme.current()
        self.day.setFixedWidth(look.px(WHEN))
        self.time.setFixedWidth(look.px(90))
        self.form.setMinimumWidth(look.px(120))

    @property
    def texts(self) -> list[str]:
        """What stands in the fields; [] where nothing is written."""
        return [] if self.empty else [self.day.text(), self.time.text(), str(self.form.currentData())]

    @property
    def empty(self) -> bool:
        """Nothing is written that would be lost."""
        return not (self.day.text().strip() or self.time.text().strip())

    def put(self, texts: list[str]) -> None:
        """Write into the fields what stood there before."""
        if len(texts) == 3:
            self.day.setText(texts[0])
            self.time.setText(texts[1])
            self.form.setCurrentIndex(max(0, self.form.findData(texts[2])))

    def read(self, citizen: str) -> tuple[Conversation | None, str]:
        """The conversation, and a sentence about what cannot be read."""
        day, wrong = self.day.read(needed=True)
        if day is None:
            return None, wrong
        form = str(self.form.currentData())
        return Conversation(citizen, day, status="planned", form=form, time=self.time.text(), minutes=USUAL_MINUTES), ""

    def say(self, text: str) -> None:
        """Say what is wrong; "" = nothing."""
        set_text(self.fault, text)
        self.day.setAccessibleDescription(text)
        if text:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self.say("")
        self.edited.emit()


class Agreements(QWidget):
    """`saved_wanted(agreed, talk, anyway)`: put them in the plan; `kept(typed)`: keep what is typed; `rebuilt`: there
    are other fields than before."""

    saved_wanted = Signal(object, object, bool)
    kept = Signal(object)
    rebuilt = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Words("da")
        self.rows: list[Line] = []
        self.finished: Finished | None = None
        self._today = date.min
        self._names: tuple[str, ...] = ()
        self._warned: list[str] | None = None
        self._filling = False
        self.talk = NextTalk(self.words, date.today())
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._head, self._standing, self._lines = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for part in (self._head, self._standing, self._lines):
            part.setSpacing(6)
            self._box.addLayout(part)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(8)
        self._box.addLayout(self._foot)

    # showing

    def show_finished(self, finished: Finished, w: Words, today: date, me: str) -> None:
        """Show what is agreed; what is being typed about this citizen stays."""
        same = self.finished is not None and self.finished.citizen == finished.citizen and self.words is w
        typed = self.typed() if same or self._of(finished) else dict(finished.typed)
        self.finished, self.words, self._today = finished, w, today
        self._names = tuple(dict.fromkeys(n for n in (first_name(finished.name), first_name(me), w.t("Both")) if n))
        self._show_standing(finished)
        if not same:
            self._begin(typed)
        self.talk.setVisible(finished.coming is None)

    def _of(self, finished: Finished) -> bool:
        return self.finished is not None and self.finished.citizen == finished.citizen

    def _show_standing(self, finished: Finished) -> None:
        w = self.words
        clear(self._head)
        clear(self._standing)
        self._head.addWidget(heading(2, w.t("What we agree"), wraps=True))
        self._head.addWidget(rule(strong=True))
        for one in finished.agreed:
            when = w.t("by {day}", day=self._day(one.now.by)) if one.now.by is not None else ""
            self._add_standing(one.now.who, text_of(one.now), when)
        if finished.coming is not None:
            talk = finished.coming
            about = ", ".join(
                part for part in (w.t("Next conversation"), w.t(said.FORMS.get(talk.form, "")).lower()) if part
            )
            when = " ".join(part for part in (self._day(talk.date), said.span(w, talk.time, minutes(talk))) if part)
            self._add_standing(w.t("Both"), about, when)

    def _day(self, day: date) -> str:
        """A day in few letters: the year only where it is not plain."""
        return day_text(self.words, day, self._today, short=True)

    def _add_standing(self, who: str, what: str, when: str) -> None:
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        first, middle, last = wrapped(who, "name"), wrapped(what, "dense"), wrapped(when, "dense", "text-2")
        first.setFixedWidth(theme.current().px(WHO))
        last.setFixedWidth(theme.current().px(WHEN))
        for column, told in enumerate((first, middle, last)):
            told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(told, 0, column)
        grid.setColumnStretch(1, 1)
        self._standing.addWidget(line)
        self._standing.addWidget(rule())

    def _begin(self, typed: Mapping[str, Any]) -> None:
        """Empty fields, and in them what was typed before."""
        w = self.words
        self._filling = True
        clear(self._lines)
        clear(self._foot)
        self.rows.clear()
        self._warned = None
        for texts in typed.get("rows", ()) or ((),):
            self._add().put(list(texts))
        self.add_button = button(w.t("Add an agreement"), "link")
        self.add_button.clicked.connect(lambda: self.add_row().what.setFocus(Qt.FocusReason.OtherFocusReason))
        self.talk = NextTalk(w, self._today)
        self.talk.put(list(typed.get("talk", ())))
        self.talk.edited.connect(self._edited)
        self.message = wrapped("", "dense", "error")
        self.message.hide()
        self.save_button = button(w.t("Put in My Plan"), small=True)
        self.save_button.clicked.connect(lambda: self.save())
        self._foot.addLayout(row(self.add_button, 1))
        self._foot.addWidget(self.talk)
        self._foot.addWidget(self.message)
        self._foot.addLayout(row(self.save_button, 1))
        self._filling = False
        self._show_save()
        self.rebuilt.emit()

    def _add(self) -> Line:
        made = Line(self.words, self._today, self._names, len(self.rows) + 1)
        made.edited.connect(self._edited)
        made.entered.connect(self._entered)
        self.rows.append(made)
        self._lines.addWidget(made)
        return made

    def add_row(self) -> Line:
        """Another agreement: an empty line that is there already, else a new one."""
        last = self.rows[-1] if self.rows else None
        if last is not None and last.empty:
            return last
        made = self._add()
        self.rebuilt.emit()
        return made

    def _entered(self) -> None:
        self.add_row().what.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is typed

    @property
    def pending(self) -> bool:
        """Something is typed and not yet in the plan."""
        return any(not line.empty for line in self.rows) or not self.talk.empty

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, to be kept."""
        return {"rows": [line.texts for line in self.rows if not line.empty], "talk": self.talk.texts}

    def _edited(self) -> None:
        if not self._filling:
            self._show_save()
            self.kept.emit(self.typed())

    def _show_save(self) -> None:
        w = self.words
        again = self._warned is not None and self._warned == self.talk.texts
        self.save_button.setText(w.t("Save all the same") if again else w.t("Put in My Plan"))
        self.save_button.setAccessibleName(self.save_button.text())
        self.save_button.setVisible(self.pending)

    def save(self) -> bool:
        """Ask for what is typed to be put in the plan; False, and a sentence at its field, where it cannot be read."""
        assert self.finished is not None
        self.message.hide()
        agreed: list[Agreed] = []
        for line in self.rows:
            one, wrong = (None, "") if line.empty else line.read()
            if wrong:
                line.say(wrong, line.by)
                return False
            if one is not None:
                agreed.append(one)
        talk, wrong = (None, "") if self.talk.empty else self.talk.read(self.finished.citizen)
        self.talk.say(wrong)
        if wrong or not (agreed or talk):
            return False
        self.save_button.setEnabled(False)
        self.saved_wanted.emit(tuple(agreed), talk, self._warned is not None and self._warned == self.talk.texts)
        return True

    def saved(self) -> None:
        """It is in the plan: empty fields."""
        self._begin({})

    def refused(self, error: BaseException) -> bool:
        """Say why it was not saved, at its line; False for what is not known: a bug."""
        self.save_button.setEnabled(True)
        if not isinstance(error, KnownError):
            return False
        faults = [f for f in error.fields.get("faults", ()) if isinstance(f, Fault)]
        told = fault_sentence(self.words, faults[0]) if faults else sentence(self.words, error)
        if error.code == "agreement.invalid":
            line = [line for line in self.rows if not line.empty][int(error.fields["row"])]
            line.say(told, line.by if faults[0].key == "by" else line.what)
        elif error.code in ("talk.invalid", "talk.double_booked"):
            if error.code == "talk.double_booked":
                clock = said.clock(self.words, str(error.fields["time"]))
                told = self.words.t("There is another conversation at {time}.", time=clock)
                self._warned = self.talk.texts
            self.talk.say(told)
            self._show_save()
        else:
            set_text(self.message, told)
        return True

    def restyle(self) -> None:
        """Take over text size."""
        for line in self.rows:
            line.restyle()
        self.talk.restyle()
        if self.finished is not None:
            self._show_standing(self.finished)
