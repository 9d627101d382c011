"""Errors, faults, damage and notices as sentences: what happened, what is safe, what to do next.

The sentences themselves stand in `known.py`, one for each code; here the fields are written as a person writes them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from progression.words.catalogue import N_, Words
from progression.words.hiding import without_cpr
from progression.words.known import SENTENCES

if TYPE_CHECKING:
    from progression.errors import Fault, KnownError

TYPES: dict[str, str] = {
    "table": N_("a table"),
    "list": N_("a list"),
    "text": N_("a text"),
    "texts": N_("a text in each language"),
    "whole": N_("a whole number"),
    "number": N_("a number"),
    "date": N_("a date without quotation marks"),
    "flag": N_("true or false"),
}
FIELDS: dict[str, str] = {
    "start": N_("the start"),
    "end": N_("the end"),
    "planned_end": N_("the planned end"),
    "review_date": N_("the review date"),
    "follow_up": N_("the follow-up date"),
    "date": N_("the date"),
    "born": N_("the date of birth"),
    "benefit_start": N_("the first day of benefit"),
    "case_closed": N_("the day the case was closed"),
    "number": N_("the case number"),
    "first_fact": N_("the first thing registered"),
    "reopened": N_("the day of the reopening"),
    "goal": N_("the goal"),
    "by": N_("the deadline"),
    "text": N_("the text"),
    "about": N_("what it is about"),
    "choice": N_("the choice"),
    "type": N_("the type"),
    "title": N_("the title"),
    "provider": N_("the provider"),
    "hours_per_week": N_("hours per week"),
    "outcome": N_("the outcome"),
    "outcome_date": N_("the date of the outcome"),
    "sector": N_("the sector"),
    "ordinary_hours": N_("ordinary hours"),
    "expected_start": N_("the expected start"),
    "time": N_("the time"),
    "minutes": N_("the minutes"),
    "places": N_("the number of places"),
    "whom": N_("with whom"),
    "what": N_("about what"),
    "until": N_("the last day"),
    "withdrawn": N_("the day of withdrawal"),
    "to_person": N_("the new caseworker"),
    "reviewer": N_("the reviewer"),
    "feedback": N_("the feedback"),
    "person": N_("the key"),
    "norm": N_("the norm"),
    "planned": N_("planned or not"),
    "caseworker": N_("caseworker"),
    "citizen": N_("citizen"),
    "name.da": N_("the Danish name"),
    "name.en": N_("the English name"),
    "code": N_("the code"),
    "bip_type": N_("the BIP type"),
    "window": N_("the window"),
    "command": N_("a command"),
    "letterhead.name": N_("the municipality"),
    "letterhead.department": N_("the department"),
    "letterhead.contact": N_("the contact"),
    "letterhead.footer": N_("the footer"),
    "letterhead.colours.text": N_("the colour of the text"),
    "letterhead.colours.line": N_("the colour of the lines"),
}
REASONS: dict[str, str] = {
    "No such file or directory": N_("it is not there"),
    "Permission denied": N_("you may not open it"),
    "Is a directory": N_("it is a folder"),
    "Not a directory": N_("a part of its name is no folder"),
    "Input/output error": N_("the disk reports an error"),
    "BadZipFile": N_("it is no backup"),
    "KeyError": N_("it is no backup"),
    "format": N_("it is no backup"),
    "sha256": N_("it is not as it was written"),
    "quick_check": N_("its database is damaged"),
    "journal.db is missing": N_("journal.db is missing"),
    "no tables": N_("journal.db is empty"),
    "database disk image is malformed": N_("journal.db is damaged"),
    "file is not a database": N_("journal.db is not a database"),
}
_PAGE = re.compile(r"HMAC verification failed for page ([0-9]+)")


def sentence(w: Words, error: KnownError) -> str:
    """Return the whole text of a known error; faults follow on lines of their own."""
    lines = [_filled(w, error.code, error.fields)]
    lines += [fault(w, f) for f in error.fields.get("faults", ()) if hasattr(f, "what")]
    return "\n".join(lines)


def fault(w: Words, one: Fault) -> str:
    """Return one fault of a file or a field as a sentence."""
    if hasattr(one, "row"):  # a fault of an imported file knows its place; faults.py writes those
        from progression.words import faults

        return faults.sentence(w, one)
    where = FIELDS.get(one.key)
    key = w.t(where) if where else one.key
    text = _filled(w, one.what, {"key": key, "value": one.value, **one.expected})
    if "line" in one.expected and one.what != "fault.toml":  # that one says its line itself
        return w.t("Line {line}: {fault}", line=one.expected["line"], fault=text)
    return text[0].upper() + text[1:] if where and text else text


def notice(w: Words, one: Any) -> str:
    """Return what a user should know although the work goes on."""
    return _filled(w, one.code, one.fields)


def damage(w: Words, one: Any) -> str:
    """Return one thing `check` found (`store.check.Damage`)."""
    return _filled(w, one.code, {"where": one.where, "newest_backup": one.newest_backup})


def _filled(w: Words, code: str, fields: Mapping[str, Any]) -> str:
    message = SENTENCES.get(code)
    if message is None:  # a code without a sentence is a bug a test looks for; still say something true
        return w.t("Something known went wrong ({code}). What was saved is safe.", code=code)
    return w.t(message, **{name: written(w, value, name) for name, value in fields.items()})


def written(w: Words, value: Any, name: str = "") -> str:
    """Return a field's value as a person writes it: dates, numbers, lists, known words."""
    if value is None or value == "":
        return "–"
    if name == "group":  # of a recovery key; 0: it is too short or too long
        return w.t("group {n} of 8", n=value) if value else w.t("its length")
    if name == "since" and isinstance(value, str):  # as a lock file tells it
        value = dt.datetime.fromisoformat(value).astimezone()
    if isinstance(value, dt.datetime):
        return f"{w.date(value.date())} {w.clock(value)}"
    if isinstance(value, dt.date):
        return w.date(value)
    if isinstance(value, float):
        return w.number(value, 2).rstrip("0").rstrip(",.")
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(written(w, v) for v in value)
    if name in ("reason", "what"):
        return _reason(w, str(value))
    words = TYPES if name == "type" else FIELDS
    return w.t(words[value]) if isinstance(value, str) and value in words else without_cpr(str(value))


def _reason(w: Words, text: str) -> str:
    """What the system, or the database, gave as the reason; in its own words where these are none of the usual."""
    page = _PAGE.search(text)
    if page:
        return w.t("page {n} is not what was written", n=int(page[1]))
    return w.t(REASONS[text]) if text in REASONS else text
