"""The calendar of the synthetic municipality: whom the caseworkers meet, and what else they were in contact about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from progression.casework.values import Conversation, Note

TODAY = (("09:30", 45.0, "person", ""), ("13:30", 60.0, "person", "Mentor, bostøtte"), ("15:00", 30.0, "phone", ""))
TIMES = ("09:00", "10:00", "11:00", "12:30", "13:30", "14:30")
TOPICS = ("Opfølgning på praktik", "", "Plan og næste skridt", "", "Rundbordssamtale", "Helbred og hverdag")
ROUND_TABLE = ("", "", "Mentor, virksomhedskonsulent", "", "Læge, bostøtte", "")
CONTACTS = (
    ("sms", "Mindet om samtalen i næste uge"),
    ("phone", "Ringede om lægeerklæringen"),
    ("email", "Sendt oversigt over tilbud"),
    ("letter", "Indkaldelse sendt"),
)
_PLANNED_EVERY = 2  # days on which somebody is met, and on such a day three


@dataclass(frozen=True, slots=True)
class Met:
    """A citizen whose case runs, and whose caseload it is in."""

    citizen: str
    number: str
    caseworker: str


def talks(cases: Sequence[Met], first: str, today: dt.date) -> Iterator[Conversation]:
    """Yield planned conversations: today's with the first caseworker, a next one for most; one hour is double booked
    by mistake, as happens."""
    serial: dict[str, int] = {}
    for one in cases:
        nth = serial.get(one.caseworker, 0)
        serial[one.caseworker] = nth + 1
        identity, who = f"{one.number}-P1", one.caseworker
        if who == first and nth < len(TODAY):
            time, length, form, others = TODAY[nth]
            yield Conversation(one.citizen, today, identity, "planned", form, others, "", time, length, caseworker=who)
        elif nth % 5 != 4:  # one in five has none yet
            day = _working(today + dt.timedelta(days=1 + _PLANNED_EVERY * (nth // 3 - 1)))
            turn = (3 if nth == 5 else nth) % len(TIMES)
            yield Conversation(
                one.citizen,
                day,
                identity,
                "planned",
                "phone" if nth % 4 == 3 else "person",
                ROUND_TABLE[nth % len(ROUND_TABLE)],
                TOPICS[nth % len(TOPICS)],
                TIMES[turn],
                60.0 if ROUND_TABLE[nth % len(ROUND_TABLE)] else 45.0,
                caseworker=who,
            )


def contacts(cases: Sequence[Met], today: dt.date) -> Iterator[Note]:
    """Yield a call, a text message, an e-mail or a letter to every third citizen."""
    for nth, one in enumerate(cases):
        if nth % 3 == 1:
            way, text = CONTACTS[nth // 3 % len(CONTACTS)]
            day = today - dt.timedelta(days=2 + 3 * (nth % 7))
            yield Note(one.citizen, day, "contact", way, text, signed=one.caseworker)


def _working(day: dt.date) -> dt.date:
    """The same day, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
