"""Conversations on the side of a citizen's page: how long since the last contact, what is planned, what was held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from progression.casework.talks import days_since_contact, in_calendar, minutes
from progression.casework.values import Conversation, Note
from progression.desk.pages import CitizenPage
from progression.ui.kit import column, link, wrapped
from progression.ui.kit.flow import Flow
from progression.ui.panels.register import Wish
from progression.ui.panels.talk import AddContact, PlanTalk, PutOff
from progression.words import Words
from progression.words import talks as said
from progression.words.naming import called

_SHOWN = 4  # of what was held, missed and written; the table of the page has them all


class Doors(Protocol):
    """What can be opened from here."""

    def open_talk(self, talk: Conversation | None = None) -> None: ...
    def open_talk_form(self, panel: type[AddContact | PutOff]) -> None: ...


def door(w: Words, open_talk: Callable[[], None]) -> QPushButton:
    """Return the link that plans a conversation."""
    made = link(w.t("Plan a conversation"))
    made.clicked.connect(lambda _on=False: open_talk())
    return made


def part(
    page: CitizenPage,
    w: Words,
    box: QVBoxLayout,
    doors_to: Doors,
    wanted: Callable[[Wish], None],
) -> None:
    """Add the conversations in short."""
    box.addWidget(wrapped(said.since_contact(w, days_since_contact(page.course, page.today)), "dense"))
    coming = [talk for talk in page.course.conversations if talk.status == "planned"]
    for talk in sorted(coming, key=in_calendar):
        _planned(page, w, box, talk, doors_to, wanted)
    for text in _before(page, w):
        box.addWidget(wrapped(text, "small", "text-2"))
    doors = Flow(16, 2)
    contact = link(w.t("Other contact"))
    contact.clicked.connect(lambda _on=False: doors_to.open_talk_form(AddContact))
    doors.addWidget(contact)
    closed = page.course.citizen.case_closed
    if closed is None or closed > page.today:
        off = link(w.t("Not today"), w.t("Not today: put off the conversation"))
        off.clicked.connect(lambda _on=False: doors_to.open_talk_form(PutOff))
        doors.addWidget(off)
    box.addLayout(doors)


def _name(page: CitizenPage, w: Words) -> str:
    return called(w, page.course.citizen.name, page.course.citizen.number)


def form(panel: type[AddContact | PutOff], page: CitizenPage, w: Words) -> AddContact | PutOff:
    """Return the panel of another contact or the one that puts off."""
    return panel(w, page.course.citizen.citizen, _name(page, w), page.today)


def planning(page: CitizenPage, w: Words, talk: Conversation | None) -> PlanTalk:
    """Return the panel that plans a conversation, or changes one."""
    return PlanTalk(
        w,
        page.today,
        citizen=page.course.citizen.citizen,
        name=_name(page, w),
        talk=talk,
        caseworkers=page.colleagues,
        me=page.course.assignments[-1].caseworker if page.course.assignments else "",
    )


def _planned(
    page: CitizenPage,
    w: Words,
    box: QVBoxLayout,
    talk: Conversation,
    doors_to: Doors,
    wanted: Callable[[Wish], None],
) -> None:
    day = w.t("Today") if talk.date == page.today else w.weekday_date(talk.date)
    when = " ".join(part for part in (day[:1].upper() + day[1:], said.span(w, talk.time, minutes(talk))) if part)
    about = [w.t(said.FORMS.get(talk.form, talk.form)), talk.participants, talk.topic]
    lines = column(0)
    lines.addWidget(wrapped(when, "dense", "error" if talk.date < page.today else "text"))
    lines.addWidget(wrapped(". ".join(part for part in about if part), "small", "text-2"))
    box.addLayout(lines)
    change = link(w.t("Change"), w.t("Change the conversation {day}", day=w.date(talk.date)))
    change.clicked.connect(lambda _on=False: doors_to.open_talk(talk))
    line = [change]
    for status in ("held", "missed", "cancelled") if talk.date <= page.today else ("cancelled",):
        word = w.t(said.STATUSES[status])
        made = link(word, w.t("{status}: the conversation {day}", status=word, day=w.date(talk.date)))
        made.clicked.connect(lambda _c=False, t=talk, s=status: wanted(_mark(w, t, s)))
        line.append(made)
    doors = Flow(16, 2)
    for one in line:
        doors.addWidget(one)
    lines.addLayout(doors)


def _mark(w: Words, talk: Conversation, status: str) -> Wish:
    from progression.desk import talks

    word = w.t(said.STATUSES[status])
    name = w.t("conversation marked: {status}", status=word)
    return Wish(w.t("{status}. Ctrl+Z undoes it.", status=word), name, talks.mark, (talk, status))


def _before(page: CitizenPage, w: Words) -> list[str]:
    """What was held, missed or cancelled, and other contacts, in a line each, the latest first."""
    found: list[Conversation | Note] = [
        talk for talk in page.course.conversations if talk.status != "planned" and talk.date <= page.today
    ]
    found += [note for note in page.course.notes if note.kind == "contact" and note.date <= page.today]
    latest = sorted(found, key=lambda one: (one.date, one.event), reverse=True)[:_SHOWN]
    return [_line(w, one) for one in latest]


def _line(w: Words, one: Conversation | Note) -> str:
    if isinstance(one, Note):
        parts = [w.t(said.WAYS.get(one.profession, said.WAYS["other"])), one.text]
    else:
        parts = [w.t(said.STATUSES.get(one.status, one.status)), one.outcome or one.topic]
        if one.put_off_to is not None:
            parts[0] = w.t("Put off to {day}", day=w.short_date(one.put_off_to))
    told = ". ".join(part for part in parts if part)
    return f"{w.short_date(one.date)}  {told}"
