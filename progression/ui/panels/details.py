"""The side panel that corrects a citizen's own details: name, number, CPR, first day of benefit and what else is known.

What a colleague writes meanwhile is taken into the fields that were left alone; where both wrote, the field says so.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from progression.casework.values import Citizen
from progression.desk import details
from progression.desk.details import Details, Version
from progression.desk.pages import CitizenPage
from progression.errors import KnownError
from progression.ui.kit import wrapped
from progression.ui.kit.texts import set_text
from progression.ui.panels.fields import DateField
from progression.ui.panels.register import RegisterPanel, text_area
from progression.ui.saying import sentence
from progression.words import Words
from progression.words.errors import fault as fault_sentence
from progression.words.errors import written

_DAYS = ("born", "benefit_start")


class DetailsPanel(RegisterPanel):
    """Correct what is known about a citizen. `stale`: somebody has changed it since, so read it again (see `take`)."""

    stale = Signal()

    def __init__(self, words: Words, found: Details, today: date) -> None:
        super().__init__(words, words.t("Correct the details"), words.t("Save the details"))
        self.citizen, self._today = found.citizen.citizen, today
        self._base, self._seen = found.citizen, found.seen
        self._asked = False  # for what stands now
        self._notes: dict[str, QLabel] = {}
        self._build()
        for name in details.FIELDS:
            self._put(name, getattr(found.citizen, name))
        self._tell(found.versions[:-1], found.citizen)
        self._warn()

    def _build(self) -> None:
        t = self.words.t
        made: dict[str, tuple[str, str]] = {
            "name": (t("Name"), ""),
            "number": (t("Case number"), t("The citizen is found by it in files and lists.")),
            "cpr": (t("CPR number"), t("May be empty. Only the date part is shown elsewhere.")),
            "born": (t("Date of birth"), t("May be empty: it is read from the CPR number.")),
            "benefit_start": (
                t("First day of benefit"),
                t("Deadlines, such as the first conversation, count from it."),
            ),
            "phone": (t("Phone"), ""),
            "contact": (t("Contact person"), ""),
            "language": (t("Language"), ""),
            "interpreter": (t("Interpreter"), ""),
            "team": (t("Team"), ""),
            "target_group": (t("Target group"), ""),
            "note": (t("Remark"), t("The citizen may read it.")),
        }
        for name, (caption, help_text) in made.items():
            self.add_field(name, caption, self._control(name), help_text)
            self._notes[name] = wrapped("", "small", "text-2")
            self._notes[name].hide()
            self.box.addWidget(self._notes[name])
        for name in ("cpr", "born"):
            self._line(name).textChanged.connect(lambda _text: self._warn())
        self.finish()

    def _control(self, name: str) -> QWidget:
        if name in _DAYS:
            return DateField(self.words, self._today)
        return text_area(3) if name == "note" else QLineEdit()

    def _line(self, name: str) -> QLineEdit:
        control = self.fields[name].control
        assert isinstance(control, QLineEdit)
        return control

    def begin(self) -> None:
        """Put the focus where one begins."""
        self._line("name").setFocus(Qt.FocusReason.OtherFocusReason)

    # what stands in the fields

    def _put(self, name: str, value: Any) -> None:
        control = self.fields[name].control
        if isinstance(control, DateField):
            control.put(value)
        elif isinstance(control, QPlainTextEdit):
            control.setPlainText(value)
        else:
            self._line(name).setText(value)
            self._line(name).setCursorPosition(0)

    def _typed(self, name: str) -> Any:
        """What is typed: a text, a day, None for a day left empty or that cannot be read."""
        control = self.fields[name].control
        if isinstance(control, DateField):
            return control.day()
        return (control.toPlainText() if isinstance(control, QPlainTextEdit) else self._line(name).text()).strip()

    def changed(self) -> dict[str, Any]:
        """The fields that were changed, as typed."""
        typed = {name: self._typed(name) for name in details.FIELDS}
        return {name: value for name, value in typed.items() if value != getattr(self._base, name)}

    def _warn(self) -> None:
        """Say at once what is worth a second look; it stops nothing."""
        typed = Citizen(self.citizen, "x", cpr=self._typed("cpr"), born=self._typed("born"))
        said = {one.key: fault_sentence(self.words, one) for one in details.warnings(typed, self._today)}
        for name in ("cpr", "born"):
            self._note(name, said.get(name, ""))

    def _note(self, name: str, text: str) -> None:
        note = self._notes[name]
        set_text(note, text)
        note.setVisible(bool(text))
        if not self.fields[name].fault():
            self.fields[name].clear_fault()  # its help again
            if text:
                self.fields[name].control.setAccessibleDescription(text)

    # what others wrote

    def show_page(self, page: CitizenPage) -> None:
        """The page was read again: where the details are others by now, ask for them."""
        if page.course.citizen.event not in self._seen and not self._asked:
            self._asked = True
            self.stale.emit()

    def take(self, found: Details) -> None:
        """Go on from what stands now: it fills the fields that were left alone; where both wrote, the field says so."""
        mine = self.changed()
        old, self._base, self._seen, self._asked = self._base, found.citizen, found.seen, False
        for name in details.FIELDS:
            if name not in mine and getattr(old, name) != getattr(found.citizen, name):
                self._put(name, getattr(found.citizen, name))
        self._warn()
        self._tell(found.versions, old, frozenset(mine))

    def _tell(self, versions: tuple[Version, ...], against: Citizen, of: frozenset[str] | None = None) -> None:
        """Say at each field what others wrote there; `of`: only where it was changed here too."""
        w = self.words
        for one in versions:
            for name in details.FIELDS:
                theirs = getattr(one.citizen, name)
                if (
                    theirs == getattr(against, name)
                    or theirs == self._typed(name)
                    or (of is not None and name not in of)
                ):
                    continue
                when = f"{w.date(one.time.astimezone().date())} {w.clock(one.time.astimezone())}"
                said = w.t("{who} wrote “{value}” {time}. What stands here takes its place when you save.",
                           who=one.who, value=_shown(w, theirs), time=when)  # fmt: skip
                before = self._notes[name].text() if not self._notes[name].isHidden() else ""
                self._note(name, "\n".join(part for part in (before, said) if part))

    # saving

    def send(self) -> None:
        self.clear_faults()
        self._warn()
        fine = True
        for name in reversed(_DAYS):
            _day, good = self.day(name, needed=False)
            fine = fine and good
        if not self._typed("name") and not self._typed("number"):
            self.fields["name"].say(self.words.t("A name or a number is needed."))
            fine = False
        if fine and not self.changed() and len(self._seen) == 1:
            self.cancelled.emit()  # as it was
        elif fine:
            w = self.words
            told, named = w.t("The details are saved"), w.t("correction of details")
            self.want(told, named, details.correct, self.citizen, self.changed(), self._seen)

    def refused(self, error: BaseException) -> bool:
        """As every panel; a number in use is said at its field, and what somebody else wrote is asked for."""
        if isinstance(error, KnownError) and error.code == "citizen.number_taken":
            self.save.setEnabled(True)
            self.fields["number"].say(sentence(self.words, error))
            return True
        known = super().refused(error)
        if isinstance(error, KnownError) and error.code == "citizen.changed_since" and not self._asked:
            self._asked = True
            self.stale.emit()
        return known


def _shown(w: Words, value: Any) -> str:
    return written(w, value) if isinstance(value, date) else str(value or w.t("nothing"))
