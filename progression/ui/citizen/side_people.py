"""The part of a citizen's page about people: caseworkers so far, colleagues in other roles, professionals, consents."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from progression.casework import caseworkers, consents
from progression.casework.consents import Around
from progression.casework.values import Assignment, Consent, Professional
from progression.charts.phrases import period
from progression.desk.pages import CitizenPage
from progression.ui.citizen.side_parts import beside, two_lines
from progression.ui.kit import column, link, wrapped
from progression.ui.kit.flow import Flow
from progression.words import Words
from progression.words import people as said

_SHOWN = 3  # of the caseworkers so far


class Doors(Protocol):
    """What can be opened from here."""

    def open_handover(self) -> None: ...
    def open_role(self) -> None: ...
    def open_end_role(self, one: Assignment) -> None: ...
    def open_professional(self, one: Professional | None) -> None: ...
    def open_consent(self, whom: str) -> None: ...
    def open_end_consent(self, one: Consent) -> None: ...
    def ask_sheet(self) -> None: ...


def caseworkers_door(w: Words, doors: Doors) -> QPushButton:
    """Return the link that hands the citizen over."""
    made = link(w.t("Hand over"))
    made.clicked.connect(lambda _on=False: doors.open_handover())
    return made


def around_door(w: Words, doors: Doors) -> QPushButton:
    """Return the link that adds a professional."""
    made = link(w.t("Add"), w.t("Add professional"))
    made.clicked.connect(lambda _on=False: doors.open_professional(None))
    return made


def caseworkers_part(page: CitizenPage, w: Words, box: QVBoxLayout, doors: Doors) -> None:
    """Add who has been responsible and in other roles."""
    course, today = page.course, page.today
    rows = caseworkers.periods(course.assignments, course.assessments, today)
    alone = len(page.colleagues) <= 1 and not rows  # there is nobody it could have been given to: no alarm
    if not caseworkers.responsible(rows, today) and not alone:
        box.addWidget(wrapped(w.t("Nobody is responsible now."), "dense", "error"))
    changes = {change.day: change for change in caseworkers.changes_in(rows)}
    for one in list(reversed(rows))[:_SHOWN]:
        name = page.names.get(one.caseworker) or one.caseworker
        change = changes.get(one.start)
        how = w.t(said.PLANNED[change.planned]) if change and change.planned else ""
        parts = (period(w, one.start, one.end, short=True), how, change.reason if change else "")
        box.addLayout(two_lines(name, ", ".join(part for part in parts if part)))
    box.addWidget(wrapped(summary(page, w), "small", "text-2"))
    for role in course.assignments:
        if role.role != caseworkers.COORDINATING and role.start <= today and (role.end is None or role.end >= today):
            box.addLayout(_role(page, w, role, doors))
    more = Flow(16, 2)
    sheet = link(w.t("Hand-over sheet"))
    sheet.clicked.connect(lambda _on=False: doors.ask_sheet())
    other = link(w.t("Add a colleague in another role"), gives=True)
    other.clicked.connect(lambda _on=False: doors.open_role())
    more.addWidget(sheet)
    more.addWidget(other)
    box.addLayout(more)


def summary(page: CitizenPage, w: Words) -> str:
    """Return "2 changes (1 unplanned), 12 days without a caseworker"."""
    course, today = page.course, page.today
    rows = caseworkers.periods(course.assignments, course.assessments, today)
    if not rows:
        return w.t("No caseworker is registered.")
    changes = caseworkers.changes_in(rows)
    counts = [sum(change.planned == kind for change in changes) for kind in ("planned", "unplanned")]
    first = course.citizen.benefit_start or rows[0].start
    without = said.days_without(w, caseworkers.days_without(rows, first, _last(page)))
    return ", ".join(part for part in (said.changed(w, len(changes), *counts), without) if part)


def _last(page: CitizenPage) -> date:
    closed = page.course.citizen.case_closed
    return min(closed, page.today) if closed is not None else page.today


def around_part(page: CitizenPage, w: Words, box: QVBoxLayout, doors: Doors) -> None:
    """Add professionals with their consents."""
    found = consents.around(page.course.professionals, page.course.consents, page.today)
    for place in found:
        box.addLayout(_place(w, place, doors))
    if not found:
        box.addWidget(wrapped(w.t("Nobody else is registered around the citizen."), "dense", "text-2"))
    consent = link(w.t("Add consent"))
    consent.clicked.connect(lambda _on=False: doors.open_consent(""))
    box.addWidget(consent, 0, Qt.AlignmentFlag.AlignLeft)


def _place(w: Words, place: Around, doors: Doors) -> QVBoxLayout:
    box = column(0, (0, 0, 0, 4))
    person, consent = place.professional, place.consent
    name = consents.called(person) if person else consent.whom if consent else ""
    if person is not None:
        head = link(name, w.t("Change {name}", name=name))
        head.clicked.connect(lambda _on=False, p=person: doors.open_professional(p))
        box.addWidget(head, 0, Qt.AlignmentFlag.AlignLeft)
        about = [part for part in (person.profession, person.organisation, person.phone) if part and part != name]
        if about:
            box.addWidget(wrapped(", ".join(about), "small", "text-2"))
    else:
        box.addWidget(wrapped(name, "dense"))
    tone = {"valid": "text-2", "running_out": "text"}.get(place.standing, "error")
    box.addWidget(wrapped(consent_text(w, place), "small", tone))
    if consent is not None and place.standing in ("valid", "running_out"):
        end = link(w.t("Withdraw"), w.t("Withdraw the consent with {name}", name=name))
        end.clicked.connect(lambda _on=False, c=consent: doors.open_end_consent(c))
    else:
        end = link(w.t("Ask for consent and note it"), w.t("Note a consent with {name}", name=name))
        end.clicked.connect(lambda _on=False, n=name: doors.open_consent(n))
    box.addWidget(end, 0, Qt.AlignmentFlag.AlignLeft)
    return box


def consent_text(w: Words, place: Around) -> str:
    """Say plainly what may be exchanged and until when, or that nothing may."""
    consent = place.consent
    if consent is not None and place.standing in ("valid", "running_out"):
        if consent.until is None:
            return w.t("Consent until withdrawn: {what}", what=consent.what)
        day = w.date(consent.until)
        if place.standing == "running_out":
            return w.t("Consent runs out {day}: {what}", day=day, what=consent.what)
        return w.t("Consent until {day}: {what}", day=day, what=consent.what)
    last = consents.ended(consent) if consent is not None else None
    told = w.t(said.CONSENT[place.standing])
    told = w.t("{what} {day}", what=told, day=w.date(last)) if last is not None else told
    return w.t("{what}. Exchange nothing.", what=told)


def _role(page: CitizenPage, w: Words, one: Assignment, doors: Doors) -> QHBoxLayout:
    name = page.names.get(one.caseworker) or one.caseworker
    role = w.t(said.ROLES[one.role]) if one.role in said.ROLES else one.role
    end = link(w.t("End"), w.t("End {name}", name=name))
    end.clicked.connect(lambda _on=False, a=one: doors.open_end_role(a))
    when = period(w, one.start, one.end, short=True)
    return beside(two_lines(name, w.t("{role}, {period}", role=role, period=when)), end)
