"""What a conversation ends with: agreements and the next conversation, put in the plan and the calendar by one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.casework import checks
from progression.casework.values import Conversation, Course, PlanItem
from progression.desk import citizens, closing, talks
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError

if TYPE_CHECKING:
    from progression.store.journal import NewEvent

_DRAFT = ("both", "agreements")  # beside rater and scale of a score sheet's draft


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreement: what, by whom ("" nobody in particular), by when."""

    what: str
    who: str = ""
    by: dt.date | None = None


def agree(
    session: Session,
    citizen: str,
    day: dt.date,
    agreed: Sequence[Agreed],
    talk: Conversation | None = None,
    *,
    anyway: bool = False,
) -> Changes:
    """Put the agreements of a conversation held on `day` in the plan, and plan the next one: one act, or nothing.

    What was typed and kept is gone with it. Raises KnownError("agreement.invalid", row, faults) for the first agreement
    that cannot be saved, counted from 0; "agreement.nothing"; what `talks.plan` raises for the conversation; and
    "case.closed_then".
    """
    from progression.store import kinds, queries
    from progression.store.access import Act

    if not agreed and talk is None:
        raise KnownError("agreement.nothing")
    course = queries.course(session.vault, citizen)
    scale = queries.scales(session.vault)[citizens.scale_of(course)]
    events: list[NewEvent] = []
    for row, one in enumerate(agreed):
        item = _item(session, citizen, day, one)
        faults = list(checks.blocking(checks.plan_item(item, scale, session.today())))
        if not item.agreement:
            faults = [Fault("agreement", "fault.empty")]
        if faults:
            raise KnownError("agreement.invalid", row=row, faults=tuple(faults))
        events.append(kinds.to_event(item))
    closing.refuse_closed(course.citizen, day, "date")
    changed = {"plan", "citizen", "flag"} if agreed else set()
    if talk is not None:
        events.append(kinds.to_event(talks.to_plan(session, talk, anyway=anyway)))
        changed |= {"conversation", "flag"}
    act = Act("add", citizen, purpose="plan", detail="agreements")
    written = session.vault.append(events, act, finished=[(citizen, *_DRAFT)])
    return Changes.of(changed, citizen, written)


def keep(session: Session, citizen: str, typed: Mapping[str, Any], day: dt.date) -> None:
    """Keep what is typed and not yet agreed, as it stands in the fields, with the day of the conversation it is about;
    nothing typed keeps nothing."""
    from progression.store import drafts

    if any(typed.values()):
        drafts.save(session.vault, citizen, *_DRAFT, {**typed, "day": day.isoformat()})
    else:
        drafts.discard(session.vault, citizen, *_DRAFT)


def kept(session: Session, citizen: str) -> Mapping[str, Any]:
    """Return what was typed and not yet agreed, {} where there is nothing."""
    from progression.store import drafts

    found = drafts.load(session.vault, citizen, *_DRAFT)
    return found.payload if found is not None else {}


def about(session: Session, course: Course) -> dt.date | None:
    """Return the day of the conversation whose agreements are typed and not in the plan; None where there are none, or
    nothing is assessed on that day."""
    typed = kept(session, course.citizen.citizen)
    days = {one.date for one in course.assessments}
    if not typed or not days:
        return None
    day = dt.date.fromisoformat(typed["day"]) if "day" in typed else max(days)  # kept before the day was kept with it
    return day if day in days else None


def _item(session: Session, citizen: str, day: dt.date, one: Agreed) -> PlanItem:
    from progression.store.journal import new_id

    return PlanItem(
        citizen, day, agreement=" ".join(one.what.split()), who=" ".join(one.who.split()), by=one.by, status="open",
        kind="agreement", id=new_id(session.vault.clock),
    )  # fmt: skip
