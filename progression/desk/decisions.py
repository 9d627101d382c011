"""Decisions: what a person decided about a flag, an intervention or a course. The product never decides."""

from __future__ import annotations

import datetime as dt

from progression.analysis.values import Flag
from progression.casework.values import Choice, Decision
from progression.desk.session import Changes, Session
from progression.errors import KnownError


def decide(session: Session, flag: Flag, choice: Choice, reason: str = "", follow_up: dt.date | None = None) -> Changes:
    """Record what was decided about a flag; the flag is silent until `follow_up` (for good without one)."""
    return record(session, flag.citizen, f"flag:{flag.id}", choice, reason, follow_up)


def record(
    session: Session, citizen: str, about: str, choice: Choice, reason: str = "", follow_up: dt.date | None = None
) -> Changes:
    """Record a decision about "flag:ID", "intervention:ID" or "citizen", dated today.

    Raises KnownError("decision.follow_up_past") when the follow-up lies before today.
    """
    from progression.store import kinds, queries
    from progression.store.access import Act

    today = session.today()
    if follow_up is not None and follow_up < today:
        raise KnownError("decision.follow_up_past", day=follow_up)
    decision = Decision(citizen, today, about, choice, reason.strip(), follow_up, session.vault.account.id)
    same = [
        d.event
        for d in queries.course(session.vault, citizen).decisions
        if (d.date, d.about, d.choice) == (today, about, choice)
    ]
    session.vault.append([kinds.to_event(decision, tuple(same))], Act("add", citizen))
    return Changes(frozenset({"decision", "flag"}), frozenset({citizen}))
