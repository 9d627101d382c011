"""Side panels about people: another role, a professional, a consent, a colleague, a case review.

None is modal. What was typed stays where the desk refuses, and each fault stands at its field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from progression.casework import consents
from progression.casework.values import Assignment, CaseReview, Consent, Person, Professional
from progression.desk.pages import CitizenPage
from progression.ui.kit import button, wrapped
from progression.ui.panels.fields import DateField, parse_hours
from progression.ui.panels.register import RegisterPanel, narrow, text_area
from progression.words import Words
from progression.words import people as said

CONSENT_MONTHS = 12


def colleagues_box(names: Mapping[str, str], without: str = "") -> QComboBox:
    """A list of colleagues by name; nobody is chosen to begin with."""
    made = narrow(QComboBox())
    made.addItem("", "")
    for key, name in sorted(names.items(), key=lambda one: one[1].casefold()):
        if key != without:
            made.addItem(name, key)
    return made


class Checklist(QWidget):
    """Boxes to tick, each a thing done."""

    def __init__(self, words: Words, texts: Mapping[str, str], done: Sequence[str] = ()) -> None:
        super().__init__()
        self.boxes: dict[str, Ticked] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for code, text in texts.items():
            made = Ticked(words.t(text), checked=code in done)
            self.boxes[code] = made
            box.addWidget(made)

    def done(self) -> tuple[str, ...]:
        """The codes that are ticked."""
        return tuple(code for code, made in self.boxes.items() if made.box.isChecked())


class Ticked(QWidget):
    """A box whose words wrap: a check box of Qt would cut them."""

    def __init__(self, text: str, *, checked: bool = False, gap: int = 6) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setChecked(checked)
        self.box.setAccessibleName(text)
        self.box.setMinimumSize(24, 24)
        self.label = words = wrapped(text, "dense")
        words.setBuddy(self.box)
        words.mousePressEvent = lambda _event: self.box.toggle()  # type: ignore[method-assign]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(gap)
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)

    def say(self, text: str) -> None:
        """Say it in other words, as in another language."""
        self.label.setText(text)
        self.box.setAccessibleName(text)


class ProfessionalPanel(RegisterPanel):
    """Somebody around the citizen: new, or corrected."""

    def __init__(self, words: Words, page: CitizenPage, one: Professional | None = None) -> None:
        super().__init__(words, words.t("Professional around the citizen"), words.t("Save professional"))
        t = words.t
        self.one = one or Professional(page.course.citizen.citizen, "", start=page.today)
        self.texts: dict[str, QLineEdit] = {}
        captions = {
            "name": t("Name"), "profession": t("Profession"), "organisation": t("Organisation"), "phone": t("Phone"),
            "email": t("E-mail"),
        }  # fmt: skip
        for key, caption in captions.items():
            self.texts[key] = QLineEdit(getattr(self.one, key))
            self.add_field(key, caption, self.texts[key])
        self.end = DateField(words, page.today)
        self.end.put(self.one.end)
        if one is not None:
            self.add_field("end", t("Last day"), self.end, t("Empty while the contact goes on."))
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.texts["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import consents as operations

        self.clear_faults()
        end, fine = self.day("end", needed=False) if "end" in self.fields else (None, True)
        if fine:
            typed: dict[str, Any] = {key: field.text().strip() for key, field in self.texts.items()}
            made = replace(self.one, end=end, **typed)
            w = self.words
            self.want(w.t("The professional is saved"), w.t("professional"), operations.save_professional, made)


class ConsentPanel(RegisterPanel):
    """What the citizen has agreed may be exchanged, with whom and until when."""

    def __init__(self, words: Words, page: CitizenPage, whom: str = "") -> None:
        super().__init__(words, words.t("Consent to exchange"), words.t("Save consent"))
        from progression.casework.duties import add_months

        t = words.t
        self.page = page
        self.whom, self.what = narrow(QComboBox()), QLineEdit()
        self.whom.setEditable(True)
        self.whom.addItems(["", *(consents.called(one) for one in page.course.professionals)])
        self.whom.setCurrentText(whom)
        self.start, self.until = DateField(words, page.today), DateField(words, page.today, ahead=True)
        self.note = QLineEdit()
        self.start.put(page.today)
        self.until.put(add_months(page.today, CONSENT_MONTHS))
        self.add_field("whom", t("With whom"), self.whom)
        self.add_field("what", t("About what"), self.what, t("Such as health, attendance or housing."))
        self.add_field("start", t("Given"), self.start)
        self.add_field("until", t("Until"), self.until, t("Its last day. Empty: until the citizen withdraws it."))
        self.add_field("note", t("Remarks"), self.note, t("May be empty."))
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        (self.what if self.whom.currentText() else self.whom).setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import consents as operations

        self.clear_faults()
        start, fine = self.day("start")
        until, right = self.day("until", needed=False)
        if not (fine and right) or start is None:
            return
        whom, what = self.whom.currentText().strip(), self.what.text().strip()
        citizen = self.page.course.citizen.citizen
        made = Consent(citizen, "", start, whom, what, until, note=self.note.text().strip())
        self.want(self.words.t("The consent is saved"), self.words.t("consent"), operations.give, made)


class EndConsentPanel(RegisterPanel):
    """The citizen has withdrawn a consent."""

    def __init__(self, words: Words, page: CitizenPage, one: Consent) -> None:
        super().__init__(words, words.t("The consent is withdrawn"), words.t("Save the withdrawal"))
        self.one = one
        self.box.addWidget(wrapped(words.t("{whom}: {what}", whom=one.whom, what=one.what), "name"))
        self.date = DateField(words, page.today)
        self.date.put(page.today)
        self.add_field("withdrawn", words.t("From"), self.date, words.t("From this day on nothing is exchanged."))
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.date.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import consents as operations

        self.clear_faults()
        day, fine = self.day("withdrawn")
        if fine and day is not None:
            w = self.words
            self.want(
                w.t("The withdrawal is saved"), w.t("withdrawal of the consent"), operations.withdraw, self.one, day
            )


class RolePanel(RegisterPanel):
    """A colleague in another role beside the coordinating caseworker: job consultant, mentor, external."""

    def __init__(self, words: Words, page: CitizenPage) -> None:
        super().__init__(words, words.t("Colleague in another role"), words.t("Save the role"))
        t = words.t
        self.citizen = page.course.citizen.citizen
        self.role, self.who = narrow(QComboBox()), colleagues_box(page.colleagues)
        for code in ("job", "mentor", "external"):
            self.role.addItem(t(said.ROLES[code]), code)
        self.start = DateField(words, page.today)
        self.start.put(page.today)
        self.add_field("role", t("Role"), self.role)
        self.add_field("caseworker", t("Colleague"), self.who)
        self.add_field("start", t("First day"), self.start)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.role.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import people

        self.clear_faults()
        start, fine = self.day("start")
        if fine and start is not None:
            made = Assignment(self.citizen, self.who.currentData(), start, role=self.role.currentData())
            self.want(self.words.t("The role is saved"), self.words.t("role"), people.assign, made)


class EndRolePanel(RegisterPanel):
    """A colleague has the role no longer."""

    def __init__(self, words: Words, page: CitizenPage, one: Assignment) -> None:
        super().__init__(words, words.t("End the role"), words.t("Save the ending"))
        self.one = one
        name, role = page.names.get(one.caseworker, one.caseworker), said.ROLES.get(one.role, one.role)
        self.box.addWidget(wrapped(words.t("{name}, {role}", name=name, role=words.t(role)), "name"))
        self.date = DateField(words, page.today)
        self.date.put(max(page.today, one.start))
        self.add_field("end", words.t("Last day"), self.date)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.date.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import people

        self.clear_faults()
        day, fine = self.day("end")
        if fine and day is not None:
            self.want(self.words.t("The role is ended"), self.words.t("end of the role"), people.end, self.one, day)


class ColleaguePanel(RegisterPanel):
    """A colleague: name, role, team, phone, e-mail and a norm of their own."""

    def __init__(self, words: Words, one: Person | None = None) -> None:
        title = words.t("Colleague") if one else words.t("New colleague")
        super().__init__(words, title, words.t("Save colleague"))
        t = words.t
        self.one = one or Person("")
        self.texts: dict[str, QLineEdit] = {}
        captions = {
            "person": t("Key"), "name": t("Name"), "role": t("Role"), "team": t("Team"), "phone": t("Phone"),
            "email": t("E-mail"),
        }  # fmt: skip
        helps = {"person": t("Initials or a number, as in files. It cannot be changed later.")}
        for key, caption in captions.items():
            self.texts[key] = QLineEdit(getattr(self.one, key))
            self.add_field(key, caption, self.texts[key], helps.get(key, ""))
        self.texts["person"].setReadOnly(one is not None)
        self.norm = QLineEdit(words.number(self.one.norm, 0) if self.one.norm is not None else "")
        self.add_field("norm", t("Own norm"), self.norm, t("Citizens at most. Empty: the norm by the citizens' age."))
        self.remove = button(t("Take out of the list"), "quiet", small=True)
        self.remove.clicked.connect(self._remove)
        self.box.addWidget(self.remove)
        self.remove.setVisible(one is not None)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.texts["name" if self.one.event else "person"].setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import people

        self.clear_faults()
        norm = parse_hours(self.norm.text())
        if norm is None and self.norm.text().strip():
            self.fields["norm"].say(self.words.t("Write the norm as a number, such as {example}.", example="45"))
            return
        typed: dict[str, Any] = {key: field.text().strip() for key, field in self.texts.items()}
        made = replace(self.one, norm=norm, **typed)
        self.want(self.words.t("The colleague is saved"), self.words.t("colleague"), people.save, made)

    def _remove(self) -> None:
        from progression.desk import people

        self.clear_faults()
        told = self.words.t("{name} is taken out of the list", name=self.one.name or self.one.person)
        self.want(told, self.words.t("colleague"), people.remove, self.one)


class ReviewPanel(RegisterPanel):
    """One case of the year's sample: the checklist, and what a colleague has to say."""

    def __init__(
        self, words: Words, today: date, citizen: str, title: str, names: Mapping[str, str], own: str, me: str,
        review: CaseReview | None,
    ) -> None:  # fmt: skip
        super().__init__(words, words.t("Case review"), words.t("Save the review"))
        t = words.t
        self.review = review or CaseReview(citizen, "", today)
        self.box.addWidget(wrapped(title, "name"))
        self.list = Checklist(words, said.REVIEW_CHECKLIST, self.review.checklist.split(","))
        self.feedback, self.reviewer = text_area(5), colleagues_box(names, own)
        self.feedback.setPlainText(self.review.feedback)
        self.reviewer.setCurrentIndex(max(0, self.reviewer.findData(self.review.reviewer or me)))
        self.date = DateField(words, today)
        self.date.put(self.review.date)
        self.add_field("checklist", t("Checklist"), self.list)
        self.add_field("feedback", t("Feedback to the caseworker"), self.feedback, t("The citizen may read it."))
        self.add_field("reviewer", t("Reviewer"), self.reviewer)
        self.add_field("date", t("Date"), self.date)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        next(iter(self.list.boxes.values())).box.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import reviews

        self.clear_faults()
        day, fine = self.day("date")
        if fine and day is not None:
            made = replace(
                self.review, date=day, reviewer=self.reviewer.currentData() or "", feedback=self.feedback.toPlainText()
            )
            self.want(self.words.t("The review is saved"), self.words.t("review"), reviews.save, made, self.list.done())
