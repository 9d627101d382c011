"""Interventions: what is started for a citizen, changed and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from progression.casework import checks
from progression.casework.values import Intervention, InterventionType
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError


def types(session: Session) -> Mapping[str, InterventionType]:
    """Return the catalogue of intervention types in force, by code."""
    from progression.store import queries

    return queries.intervention_types(session.vault)


def listing(session: Session, citizen: str | None = None) -> list[Intervention]:
    """Return interventions, of one citizen or of all, sorted by the citizen's number and start.

    Looking back, those that had begun, and running where the end had not come.
    """
    from progression.store import queries

    numbers = {c.citizen: c.number for c in queries.citizens(session.vault)}
    rows = [row for row in queries.interventions(session.vault) if citizen in (None, row.citizen)]
    if session.day is not None:
        rows = [_as_of(row, session.day) for row in rows if row.start <= session.day]
    return sorted(rows, key=lambda row: (numbers.get(row.citizen, ""), row.start, row.id))


def _as_of(intervention: Intervention, day: dt.date) -> Intervention:
    if intervention.end is None or intervention.end <= day:
        return intervention
    return replace(intervention, end=None, ended_because="")


def add(session: Session, intervention: Intervention) -> Changes:
    """Start an intervention. An empty `id` is given one. Raises KnownError("intervention.invalid", faults=...)."""
    from progression.store.journal import new_id

    named = intervention if intervention.id else replace(intervention, id=new_id(session.vault.clock))
    return _save(session, named, "add")


def change(session: Session, intervention: Intervention) -> Changes:
    """Correct an intervention; the event it was read from is replaced."""
    return _save(session, intervention, "change")


def end(session: Session, intervention: Intervention, day: dt.date, because: str = "") -> Changes:
    """End a running intervention on `day`, the last day it counts."""
    return _save(session, replace(intervention, end=day, ended_because=because), "change")


def withdraw(session: Session, intervention: Intervention) -> Changes:
    """Take back an intervention that was registered by mistake. Raises KnownError("citizen.gone")."""
    from progression.store import kinds, queries
    from progression.store.access import Act

    if not queries.courses(session.vault, [intervention.citizen]):
        raise KnownError("citizen.gone")
    written = session.vault.append([kinds.withdraw(intervention)], Act("delete", intervention.citizen))
    return Changes.of({"intervention"}, intervention.citizen, written)


def _save(session: Session, intervention: Intervention, act: str) -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    faults = _faults(session, intervention)
    if faults:
        raise KnownError("intervention.invalid", faults=faults)
    replaces = (intervention.event,) if intervention.event else ()
    written = session.vault.append([kinds.to_event(intervention, replaces)], Act(act, intervention.citizen))
    return Changes.of({"intervention"}, intervention.citizen, written)


def _faults(session: Session, intervention: Intervention) -> tuple[Fault, ...]:
    """What is wrong with it alone, beside the citizen's others, and with a case that is closed."""
    from progression.store import queries

    own = queries.courses(session.vault, [intervention.citizen]).get(intervention.citizen)
    if own is None:
        raise KnownError("citizen.gone")
    found = checks.blocking(checks.intervention(intervention, types(session), session.today(), typed=True))
    found += checks.overlapping(intervention, own.interventions)
    closed = own.citizen.case_closed
    if closed is not None and intervention.start > closed:
        found += (Fault("start", "fault.case_closed", intervention.start, {"date": closed}),)
    return found
