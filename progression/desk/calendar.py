"""Planned conversations as an iCalendar file (RFC 5545), for a calendar that is not the municipality's safe place.

An entry holds the time, the form and the citizen's initials, and nothing else about anybody: no name, number, phone,
topic or participants. Times are Copenhagen's, with the zone's rules in the file, since a calendar abroad may not have
them. An entry's UID is the same at every export, so that importing again moves it instead of doubling it, and it tells
nothing: it is a digest of random ids.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from progression.casework import talks as calendar
from progression.desk import talks
from progression.errors import KnownError
from progression.words import Words
from progression.words.talks import FORMS

if TYPE_CHECKING:
    from progression.desk.session import Session

OCTETS = 75  # of a line without its end, RFC 5545, 3.1
ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19810329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def export(session: Session, file: Path, caseworker: str | None = None) -> int:
    """Write the planned conversations from today on to a file and return how many. `caseworker`: None = me, "" = all.

    Logged as an export. Raises KnownError("file.unwritable", file) and its like: nothing is left half written then.
    """
    from progression.desk import people
    from progression.platform.files import write_atomic
    from progression.store.access import Act

    mine = people.me(session) if caseworker is None else caseworker
    found = talks.listing(session, session.today(), None, mine, "planned")
    text = ics(found, Words(session.language), session.vault.clock.now(), session.vault.id)
    session.vault.log(Act("export", purpose="calendar"))  # first: nothing leaves the vault that the log does not know
    try:
        write_atomic(file, text.encode())
    except OSError as error:
        raise KnownError("file.unwritable", file=str(file)) from error
    return len(found)


def ics(found: Iterable[talks.Booked], w: Words, made: dt.datetime, vault: str) -> str:
    """Return conversations as the text of an iCalendar file. `made`: aware, when this is written."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Progression//Progression//DA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *ZONE,
    ]
    for one in found:
        lines += _entry(one, w, made, vault)
    return "".join(f"{folded}\r\n" for folded in map(fold, [*lines, "END:VCALENDAR"]))


def _entry(one: talks.Booked, w: Words, made: dt.datetime, vault: str) -> list[str]:
    talk, who = one.talk, initials(one.name)
    title = w.t("Conversation {initials}", initials=who) if who else w.t("Conversation")
    begins = calendar.begins(talk)
    day = talk.date.strftime("%Y%m%d")
    if begins is None:  # a day was agreed, and no time: nothing that blocks the calendar
        when = [f"DTSTART;VALUE=DATE:{day}", "TRANSP:TRANSPARENT"]
    else:
        start = f"DTSTART;TZID=Europe/Copenhagen:{day}T{begins // 60:02d}{begins % 60:02d}00"
        when = [start, f"DURATION:PT{calendar.minutes(talk)}M"]
    form = FORMS.get(talk.form)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid(vault, talk.citizen, talk.id or talk.date.isoformat())}",
        f"DTSTAMP:{made.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        *when,
        f"SUMMARY:{escape(title)}",
        *([f"DESCRIPTION:{escape(w.t(form))}"] if form else []),
        "CLASS:PRIVATE",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def uid(vault: str, citizen: str, talk: str) -> str:
    """Return an entry's name for all time, which nobody can read anything from."""
    return hashlib.sha256(f"{vault}\n{citizen}\n{talk}".encode()).hexdigest()[:32] + "@progression.invalid"


def initials(name: str) -> str:
    """Return the first letter of each part of a name: "Karsten Bøgh Mikkelsen" is KBM. "" without a name."""
    parts: Sequence[str] = name.replace("-", " ").split()
    return "".join(part[0].upper() for part in parts if part[0].isalpha())


def escape(text: str) -> str:
    """Write a text as RFC 5545 (3.3.11) wants it."""
    plain = "".join(c for c in text.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, "\\" + sign)
    return plain.replace("\n", "\\n")


def fold(line: str) -> str:
    """Break a line at 75 octets, never within a letter; each further piece begins with a space."""
    pieces, piece, room = [], "", OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", OCTETS - 1
        piece += letter
        room -= size
    return "\r\n ".join([*pieces, piece])
