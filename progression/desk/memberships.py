"""A citizen's category with its history: entered on a day, left by entering another, or for none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from progression.casework import checks
from progression.casework.categories import Category, CategorySet
from progression.casework.values import CategoryMembership
from progression.desk import closing
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError
from progression.words import Words

if TYPE_CHECKING:
    from progression.store.journal import NewEvent

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """Days in one category. `end` None = still. `category`: what the set in force knows of it, None for free text."""

    written: str
    start: dt.date
    end: dt.date | None
    category: Category | None = None


def history(session: Session, citizen: str) -> tuple[Stay, ...]:
    """Return the categories a citizen has been in, oldest first: who entered one had left the one before. One look,
    one line in the access log."""
    from progression.store import queries
    from progression.store.access import Act

    known = queries.categories_catalogue(session.vault)
    rows = _rows(queries.course(session.vault, citizen).categories)
    found = []
    for place, row in enumerate(rows):
        after = rows[place + 1].start - _DAY if place + 1 < len(rows) else None
        ends = [day for day in (row.end, after) if day is not None]
        found.append(Stay(row.category, row.start, min(ends, default=None), known.get(known.code_of(row.category))))
    session.vault.log(Act("view", citizen, purpose="category"))
    return tuple(found)


def choices(session: Session, day: dt.date) -> tuple[Category, ...]:
    """Return the categories that can be entered on a day."""
    from progression.store import queries

    return queries.categories_catalogue(session.vault).on(day)


def enter(session: Session, citizen: str, code: str, day: dt.date) -> Changes:
    """Let a citizen enter a category on a day; the one before ends the day before. A row that begins the same day is
    corrected.

    Raises KnownError("membership.invalid", faults): a category that does not hold that day, one the citizen is in
    already, an impossible day; "case.closed_then".
    """
    from progression.store import kinds, queries

    course = queries.course(session.vault, citizen)
    known = queries.categories_catalogue(session.vault)
    rows = _rows(course.categories)
    same = next((row for row in rows if row.start == day), None)
    before = _on(rows, day - _DAY if same else day)
    value = CategoryMembership(citizen, code.strip(), day, event=same.event if same else "")
    faults = list(checks.blocking(checks.category(value, session.today())))
    if not faults:
        faults = _wrong(known, value, [row for row in (same, before) if row], Words(session.language))
    if faults:
        raise KnownError("membership.invalid", faults=tuple(faults))
    closing.refuse_closed(course.citizen, day, "start")
    events = [kinds.to_event(value)]
    if before is not None and before.start < day and (before.end is None or before.end >= day):
        events.append(kinds.to_event(replace(before, end=day - _DAY)))
    return _write(session, citizen, events)


def leave(session: Session, citizen: str, day: dt.date) -> Changes:
    """Let a citizen leave the category they are in; `day` is the last in it.

    Raises KnownError("membership.none") where they are in none, "membership.invalid" (faults).
    """
    from progression.store import kinds, queries

    row = _on(_rows(queries.course(session.vault, citizen).categories), session.today())
    if row is None:
        raise KnownError("membership.none")
    left = replace(row, end=day)
    faults = checks.blocking(checks.category(left, session.today()))
    if faults:
        raise KnownError("membership.invalid", faults=faults)
    return _write(session, citizen, [kinds.to_event(left)])


def _wrong(known: CategorySet, value: CategoryMembership, now: Sequence[CategoryMembership], w: Words) -> list[Fault]:
    there = tuple(one.code for one in known.on(value.start))
    if value.category not in there:
        return [Fault("category", "fault.choice", value.category, {"choices": there})]
    for row in now:
        if known.code_of(row.category) == value.category:
            name = known.named(value.category)
            called = w.pick(name) if name else value.category
            return [Fault("category", "fault.category_now", called, {"date": row.start})]
    return []


def _rows(rows: Sequence[CategoryMembership]) -> list[CategoryMembership]:
    """In order, without what ends before it begins; of two that begin on one day the later entry counts."""
    ordered = sorted(rows, key=lambda row: (row.start, row.event))
    newest = {row.start: row for row in ordered if row.end is None or row.end >= row.start}
    return list(newest.values())


def _on(rows: Sequence[CategoryMembership], day: dt.date) -> CategoryMembership | None:
    begun = [row for row in rows if row.start <= day]
    return begun[-1] if begun and (begun[-1].end is None or begun[-1].end >= day) else None


def _write(session: Session, citizen: str, events: Sequence[NewEvent]) -> Changes:
    from progression.store.access import Act

    written = session.vault.append(events, Act("change", citizen, purpose="category"))
    return Changes.of({"category", "citizen"}, citizen, written)
