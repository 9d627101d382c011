"""The citizen's one plan: what is written into it, as it stood and as it became."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from progression.casework import checks
from progression.casework.plan import Change, Plan, changes, parts, standing
from progression.casework.values import Course, Note, PlanItem
from progression.desk import citizens, closing
from progression.desk.session import Changes, Session
from progression.errors import KnownError

if TYPE_CHECKING:
    from progression.store.journal import NewEvent


def of(session: Session, citizen: str) -> Plan:
    """Return the plan as of the session's day; one look, one line in the access log."""
    from progression.store import queries
    from progression.store.access import Act

    course = queries.course(session.vault, citizen)
    session.vault.log(Act("view", citizen, purpose="plan"))
    return standing(course.plan, session.today())


def last_time(course: Course, today: dt.date) -> dt.date | None:
    """Return the day of the last conversation held before today (else of the last assessment), None before any."""
    held = [one.date for one in course.conversations if one.status == "held" and one.date < today]
    return max(held or [one.date for one in course.assessments if one.date < today], default=None)


def since_last(course: Course, today: dt.date) -> tuple[Change, ...]:
    """Return what changed in the plan since the last conversation, in order of time."""
    return changes(course.plan, last_time(course, today), today)


def steps(course: Course, talk: dt.date, today: dt.date) -> tuple[Note, ...]:
    """Return the small steps since the conversation before the one of a day, in order of time."""
    since = last_time(course, talk)
    known = [n for n in course.notes if n.kind == "small_step" and n.date <= today]
    found = [n for n in known if since is None or n.date > since]
    return tuple(sorted(found, key=lambda n: (n.date, n.event)))


def put(session: Session, item: PlanItem) -> Changes:
    """Write an item into the plan, dated `item.date` (not after today): a new one, or what an earlier one has become.

    What it said before stays as the plan's history; a second writing on one day corrects the first. A row from before
    items had ids is given one on the way. Raises KnownError("plan.invalid", faults=...) and "case.closed_then".
    """
    from progression.store import queries
    from progression.store.access import Act

    course = queries.course(session.vault, item.citizen)
    scale = queries.scales(session.vault)[citizens.scale_of(course)]
    clean = replace(
        item, goal=item.goal.strip(), agreement=item.agreement.strip(), words=item.words.strip(), who=item.who.strip(),
        department=item.department.strip(),
    )  # fmt: skip
    faults = checks.blocking(checks.plan_item(clean, scale, session.today()))
    # the deadline of something agreed long ago may have passed by the time it is settled
    faults = tuple(f for f in faults if not (f.key == "by" and _known_deadline(course, clean)))
    if faults:
        raise KnownError("plan.invalid", faults=faults)
    closing.refuse_closed(course.citizen, clean.date, "date")
    events = _events(session, course.plan, clean)
    written = session.vault.append(events, Act("change" if item.event else "add", item.citizen, purpose="plan"))
    return Changes.of({"plan", "citizen", "flag"}, item.citizen, written)


def settle(session: Session, item: PlanItem, status: str) -> Changes:
    """Say that an item is done, dropped or ("open") stands again, today. Raises as `put`."""
    return put(session, replace(item, status=status, date=session.today()))


def _known_deadline(course: Course, item: PlanItem) -> bool:
    return any(row.by == item.by and (row.id or row.event) in (item.id, item.event) for row in course.plan)


def _events(session: Session, rows: Sequence[PlanItem], item: PlanItem) -> list[NewEvent]:
    from progression.store import kinds
    from progression.store.journal import new_id

    events: list[NewEvent] = []
    old = next((row for row in rows if row.event and row.event == item.event), None)
    if old is not None and not old.id:
        # first what it said gets an id of its own, and a goal with an agreement becomes two rows
        named = [replace(part, id=new_id(session.vault.clock), event="") for part in parts(old)]
        same = next((part for part in named if part.kind == item.kind), named[0])
        item = replace(item, id=same.id)
        kept = [part for part in named if part is not same or item.date > old.date]
        firsts = [*kept, *([] if item.date > old.date else [item])]
        events += [kinds.to_event(part, (old.event,) if n == 0 else ()) for n, part in enumerate(firsts)]
        return events if item.date <= old.date else [*events, kinds.to_event(replace(item, event=""), ())]
    if not item.id:
        return [kinds.to_event(replace(item, id=new_id(session.vault.clock), event=""), ())]
    today = tuple(row.event for row in rows if (row.id, row.kind, row.date) == (item.id, item.kind, item.date))
    return [kinds.to_event(item, today)]
