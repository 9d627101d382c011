"""Conversations in the calendar: planned, moved, held, cancelled, missed; other contacts; a week of them.

Every change is an event that replaces the one before it, and can be taken back (`desk.undo`). Scoring a conversation is
`desk.conversations`: finishing there holds the day's planned conversation too.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, cast

from progression.casework import checks, talks
from progression.casework.values import Citizen, Conversation, Note
from progression.desk import citizens, people
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError
from progression.words import Words
from progression.words.naming import called

if TYPE_CHECKING:
    from progression.store.vault import Vault

T = TypeVar("T", bound=Conversation | Note)


@dataclass(frozen=True, slots=True)
class Booked:
    """A conversation with whom it is. `clash`: whoever holds it has another one at the same time."""

    talk: Conversation
    number: str
    name: str
    phone: str
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from Monday, each with its conversations in the calendar's order. `caseworker`: whose; "" = all.

    `choices`: (citizen, name) of those a conversation can be planned with; `people`: person key -> name; `me`: mine.
    """

    monday: dt.date
    today: dt.date
    days: tuple[tuple[Booked, ...], ...]
    caseworker: str
    choices: tuple[tuple[str, str], ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    me: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing at all stands in the week."""
        return not any(self.days)


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to a conversation or contact: how it stands now, and before (None: it was not there)."""

    changes: Changes
    now: Conversation | Note
    before: Conversation | Note | None = None

    @property
    def events(self) -> tuple[str, ...]:
        """The events of the act, for undo."""
        return self.changes.events


@dataclass(frozen=True, slots=True)
class Contact:
    """How long ago somebody was in contact with a citizen, and when they meet next."""

    citizen: Citizen
    last: dt.date | None
    days: int | None
    next: Conversation | None


# looking


def week(session: Session, day: dt.date | None = None, caseworker: str | None = None) -> Week:
    """Return the week of `day` (None = today). `caseworker`: a person key; None = me, "" = everybody."""
    from progression.store.access import Act as Look

    monday = talks.monday(day or session.today())
    mine = people.me(session) if caseworker is None else caseworker
    found = listing(session, monday, monday + dt.timedelta(days=6), mine)
    session.vault.log(Look("view", purpose="week"))
    days = tuple(
        tuple(one for one in found if one.talk.date == monday + dt.timedelta(days=place)) for place in range(7)
    )
    return Week(monday, session.today(), days, mine, choices(session, mine), people.names(session), people.me(session))


def choices(session: Session, caseworker: str) -> tuple[tuple[str, str], ...]:
    """Return (citizen, name) of running cases, by name; namesakes are told apart by their numbers."""
    from progression.store import queries

    responsible, w = citizens.caseworkers(session), Words(session.language)
    open_ones = [
        one
        for one in queries.citizens(session.vault)
        if (one.case_closed is None or one.case_closed >= session.today())
        and (not caseworker or responsible.get(one.citizen) == caseworker)
    ]
    named = [(one, called(w, one.name, one.number)) for one in open_ones]
    often = Counter(name for _one, name in named)
    found = ((one.citizen, name if often[name] == 1 else f"{name} ({one.number})") for one, name in named)
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))


def listing(
    session: Session,
    first: dt.date | None = None,
    last: dt.date | None = None,
    caseworker: str = "",
    status: str = "",
) -> list[Booked]:
    """Return conversations in the calendar's order: of these days, with this caseworker or a citizen of theirs."""
    from progression.store import talks as stored

    responsible = citizens.caseworkers(session)
    rows = [
        talk
        for talk in stored.between(session.vault, first, last)
        if (not caseworker or caseworker in (_holder(talk, responsible), responsible.get(talk.citizen)))
        and status in ("", talk.status)
    ]
    known = _citizens(session.vault, {talk.citizen for talk in rows})
    doubled = _doubled(rows, responsible)
    return [
        Booked(talk, who.number, who.name, who.phone, (talk.citizen, talk.id) in doubled)
        for talk in sorted(rows, key=talks.in_calendar)
        if (who := known.get(talk.citizen)) is not None
    ]


def contacts(session: Session, caseworker: str = "") -> list[Contact]:
    """Return, for every running case, how long ago the last contact was; those never contacted first, then longest ago.

    Dates only: a citizen is not sorted by anything that is known about the citizen.
    """
    from progression.store import queries
    from progression.store import talks as stored

    today, responsible = session.today(), citizens.caseworkers(session)
    held = stored.last_contacts(session.vault, today)
    coming: dict[str, Conversation] = {}
    for talk in sorted(stored.between(session.vault, today, None), key=talks.in_calendar):
        if talk.status == "planned":
            coming.setdefault(talk.citizen, talk)
    found = [
        Contact(one, last, (today - last).days if last else None, coming.get(one.citizen))
        for one in queries.citizens(session.vault)
        if (one.case_closed is None or one.case_closed >= today)
        and (not caseworker or responsible.get(one.citizen) == caseworker)
        for last in (held.get(one.citizen),)
    ]
    return sorted(found, key=lambda c: (c.last or dt.date.min, c.citizen.number))


def _holder(talk: Conversation, responsible: Mapping[str, str]) -> str:
    return talk.caseworker or responsible.get(talk.citizen, "")


def _doubled(rows: list[Conversation], responsible: Mapping[str, str]) -> set[tuple[str, str]]:
    """Which of them their caseworker could not hold, since another is at the same time."""
    timed = sorted((talk for talk in rows if talk.status in ("planned", "held") and talk.time), key=talks.in_calendar)
    found: set[tuple[str, str]] = set()
    for i, talk in enumerate(timed):
        holder = _holder(talk, responsible)
        for other in timed[i + 1 :]:
            if other.date != talk.date:
                break
            if holder and holder == _holder(other, responsible) and talks.clash(talk, other):
                found |= {(talk.citizen, talk.id), (other.citizen, other.id)}
    return found


def _citizens(vault: Vault, wanted: set[str]) -> dict[str, Citizen]:
    from progression.store import queries

    if len(wanted) > 50:  # one sweep is quicker than that many look-ups
        return {one.citizen: one for one in queries.citizens(vault) if one.citizen in wanted}
    found = (queries.citizen(vault, one) for one in wanted)
    return {one.citizen: one for one in found if one is not None}


# changing


def plan(session: Session, talk: Conversation, *, anyway: bool = False) -> Act:
    """Plan a conversation, or change a planned one. Whoever is logged in holds it unless it says otherwise.

    Raises KnownError("talk.invalid", faults=...): nothing is saved. Raises KnownError("talk.double_booked", time, day)
    where its caseworker has another one at that time, unless `anyway`.
    """
    before = _current(session, talk) if talk.event else None
    return _save(session, to_plan(session, talk, anyway=anyway), before)


def to_plan(session: Session, talk: Conversation, *, anyway: bool = False) -> Conversation:
    """Return a conversation as it is to be planned, checked; nothing is saved. Raises as `plan`."""
    from progression.store import talks as stored
    from progression.store.journal import new_id

    whose = citizens.caseworkers(session).get(talk.citizen, "")
    named = replace(
        talk,
        id=talk.id or new_id(session.vault.clock),
        caseworker=talk.caseworker or people.me(session) or whose,
        time=clock_time(talk.time),
        participants=talk.participants.strip(),
        topic=talk.topic.strip(),
    )
    _check(session, named)
    if not anyway:
        responsible = citizens.caseworkers(session)
        others = [
            other
            for other in stored.between(session.vault, named.date, named.date)
            if _holder(other, responsible) == named.caseworker
        ]
        for other in talks.clashing(named, others)[:1]:
            raise KnownError("talk.double_booked", time=other.time, day=other.date)
    return named


def mark(session: Session, talk: Conversation, status: str, outcome: str = "") -> Act:
    """Say what became of a conversation: "held", "cancelled" or "missed" (or "planned" again), with a line about it.

    Raises KnownError("talk.invalid", faults=...) for one that lies ahead and cannot have been held yet, and
    ("talk.replaced") where somebody has changed it meanwhile.
    """
    before = _current(session, talk)
    marked = replace(before, status=status, outcome=outcome.strip() or before.outcome)
    if status == "held" and not marked.caseworker:
        marked = replace(marked, caseworker=people.me(session))
    _check(session, marked)
    return _save(session, marked, before)


def put_off(session: Session, citizen: str, to: dt.date, because: str, day: dt.date | None = None) -> Act:
    """Put off the conversation of a day (None = today) to a later one, and say why: "not today".

    One act: the conversation planned that day (or one made for it) is cancelled with the reason, and one is planned on
    the new day unless there is one. The rhythms that the municipality has chosen are due on that day then; a deadline
    of the law stays (`casework.duties`). Raises KnownError("talk.invalid", faults=...): nothing is saved.
    """
    from progression.store import kinds
    from progression.store import talks as stored
    from progression.store.access import Act as Log
    from progression.store.journal import new_id

    when, reason = day or session.today(), " ".join(because.split())
    mine = stored.conversations_of(session.vault, citizen)
    whose = people.me(session) or citizens.caseworkers(session).get(citizen, "")
    there = next((one for one in sorted(mine, key=talks.in_calendar)
                  if one.date == when and one.status == "planned"), None)  # fmt: skip
    base = there or Conversation(citizen, when, new_id(session.vault.clock), "planned", caseworker=whose)
    off = replace(base, status="cancelled", outcome=reason, put_off_to=to)
    faults = [] if reason else [Fault("outcome", "fault.empty")]
    if to <= when:
        faults.append(Fault("put_off_to", "fault.before", to, {"field": "date", "date": when + dt.timedelta(days=1)}))
    if faults:
        raise KnownError("talk.invalid", faults=tuple(faults))
    events = [kinds.to_event(off)]
    again = replace(base, id=new_id(session.vault.clock), date=to, time="", status="planned", event="")
    _check(session, off)
    _check(session, again)
    if all(one.date != to or one.status != "planned" for one in mine):
        events.append(kinds.to_event(again))
    written = session.vault.append(events, Log("change", citizen, detail="conversation put off"))
    return Act(Changes.of({"conversation"}, citizen, written), replace(off, event=written[0].id), there)


def contact(session: Session, citizen: str, day: dt.date, way: str, text: str) -> Act:
    """Keep another contact (a call, a text message, an e-mail, a letter) as one line.

    Raises KnownError("talk.invalid", faults=...).
    """
    line = Note(citizen, day, "contact", way, " ".join(text.split()), signed=people.me(session))
    faults = [*checks.blocking(checks.note(line, session.today()))]
    if way not in talks.CONTACT_WAYS:
        faults.append(Fault("profession", "fault.choice", way, {"choices": talks.CONTACT_WAYS}))
    if faults:
        raise KnownError("talk.invalid", faults=tuple(faults))
    return _save(session, line, None)


def clock_time(text: str) -> str:
    """Read a time as Danes type it ("9", "9.30", "0930", "kl. 9:30") and return "09:30"; anything else as it was."""
    written = text.strip().casefold().removeprefix("kl.").removeprefix("kl").strip()
    hour, minute = written, "00"
    for sign in (":", ".", ","):
        if sign in written:
            hour, _, minute = written.partition(sign)
            break
    else:
        if len(written) in (3, 4) and written.isdecimal():
            hour, minute = written[:-2], written[-2:]
    fits = hour.isdecimal() and hour.isascii() and len(hour) <= 2 and len(minute) == 2 and minute.isdecimal()
    if not fits or not minute.isascii() or int(hour) > 23 or int(minute) > 59:
        return text.strip()
    return f"{int(hour):02d}:{minute}"


def _check(session: Session, talk: Conversation) -> None:
    from progression.store import queries

    faults = list(checks.blocking(checks.conversation(talk, session.today())))
    person = queries.citizen(session.vault, talk.citizen)
    if person is None:
        raise KnownError("citizen.gone")
    if talk.status == "planned":
        if talk.date < session.today():
            faults.append(Fault("date", "fault.planned_past", talk.date, {"today": session.today()}))
        elif person.case_closed is not None and talk.date > person.case_closed:
            faults.append(Fault("date", "fault.after_closing", talk.date, {"date": person.case_closed}))
    if faults:
        raise KnownError("talk.invalid", faults=tuple(faults))


def _current(session: Session, value: T) -> T:
    """The version in force of what was read. Raises KnownError("talk.replaced") where it is another one by now."""
    from progression.store import talks as stored

    listed = stored.conversations_of if isinstance(value, Conversation) else stored.contacts_of
    for one in listed(session.vault, value.citizen):
        if one.event == value.event:
            return cast("T", one)
    raise KnownError("talk.replaced")


def _save(session: Session, value: Conversation | Note, before: Conversation | Note | None) -> Act:
    from progression.store import kinds
    from progression.store.access import Act as Log

    noun, detail = ("conversation", "conversation") if isinstance(value, Conversation) else ("note", "contact")
    act = Log("change" if before is not None else "add", value.citizen, detail=detail)
    written = session.vault.append([kinds.to_event(value)], act)
    return Act(Changes.of({noun}, value.citizen, written), replace(value, event=written[0].id), before)
