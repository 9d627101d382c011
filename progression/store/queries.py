"""What pages and the analysis ask: every answer is a casework value, sorted. The vault comes first.

Where one citizen or colleague has two current versions (a conflict), the one with the highest event id is returned,
the same on every device; facts with a date are returned side by side. `conflicts` lists all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from progression.casework.values import (
    Assessment,
    Assignment,
    CategoryMembership,
    Citizen,
    Conversation,
    Course,
    Decision,
    Intervention,
    InterventionType,
    Note,
    Person,
    PlanItem,
)
from progression.scales import cells
from progression.scales.model import Scale
from progression.store import access
from progression.store.access import AccessLine
from progression.store.clock import unstamp
from progression.store.cohort import InterventionColumns as InterventionColumns
from progression.store.cohort import ScoreColumns as ScoreColumns
from progression.store.cohort import columns as columns
from progression.store.cohort import intervention_columns as intervention_columns
from progression.store.facts import grouped, in_order, read_day, table, values
from progression.store.register import FactColumns as FactColumns
from progression.store.register import categories_catalogue as categories_catalogue
from progression.store.register import categories_toml as categories_toml
from progression.store.register import consents as consents
from progression.store.register import fact_columns as fact_columns
from progression.store.register import handovers as handovers
from progression.store.register import offers as offers
from progression.store.register import professionals as professionals
from progression.store.register import providers as providers
from progression.store.register import reviews as reviews
from progression.store.register import rule_sets as rule_sets
from progression.store.register import ruleset as ruleset
from progression.store.register import uses_of as uses_of

if TYPE_CHECKING:
    from progression.store.vault import Vault

_MANY = 500  # citizens asked for by name in one statement; above this the whole table is read


@dataclass(frozen=True, slots=True)
class Pending:
    """An event that is kept but not used yet. `reason`: "missing" (needs events that have not arrived), "version" or
    "kind" (made by a newer program), "body" (unreadable), "fork" (two devices wrote at the same place)."""

    event: str
    kind: str
    citizen: str | None
    stream: str
    seq: int
    reason: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more current versions of one fact: their events, sorted. Replace all of them by one to settle it."""

    kind: str
    citizen: str | None
    events: tuple[str, ...]


# people and settings


def citizens(v: Vault) -> tuple[Citizen, ...]:
    """Every citizen, by number."""
    newest = {one.citizen: one for one in values(v, "citizen.set")}
    return tuple(sorted(newest.values(), key=lambda c: (c.number, c.citizen)))


def citizen(v: Vault, identity: str) -> Citizen | None:
    """One citizen by internal id."""
    found: list[Citizen] = values(v, "citizen.set", "WHERE citizen = ?", (identity,))
    return found[-1] if found else None


def citizen_by_number(v: Vault, number: str) -> Citizen | None:
    """One citizen by the municipality's number; of several with the same number, the highest event id."""
    found: list[Citizen] = values(v, "citizen.set", "WHERE number = ?", (number,))
    for one in reversed(found):
        if citizen(v, one.citizen) == one:
            return one
    return None


def people(v: Vault) -> tuple[Person, ...]:
    """Every colleague, by key."""
    newest: dict[str, Person] = {one.person: one for one in values(v, "person.set")}
    return tuple(newest[key] for key in sorted(newest))


def accounts(v: Vault) -> dict[str, tuple[str, str]]:
    """Account id -> (name, role)."""
    rows = v.rows("SELECT id, name, role FROM account ORDER BY event DESC")
    return {row[0]: (row[1], row[2]) for row in rows}


def scales(v: Vault) -> dict[str, Scale]:
    """The scales in force, by id, sorted."""
    with v.reading():
        found = v.projector.scales()
    return {identity: found[identity] for identity in sorted(found)}


def intervention_types(v: Vault) -> dict[str, InterventionType]:
    """The types in force by code, in the order of the catalogue; the highest event id decides about a code."""
    rows = v.rows(
        "SELECT code, name, bip_type, active, state, retired, place FROM intervention_type ORDER BY event, place"
    )
    newest = {row[0]: row for row in rows}
    return {
        row[0]: InterventionType(row[0], json.loads(row[1]), row[2], bool(row[3]), row[4], bool(row[5]))
        for row in sorted(newest.values(), key=lambda row: (row[6], row[0]))
    }


def setting(v: Vault, key: str, default: Any = None) -> Any:
    """A setting; of two in conflict the highest event id."""
    rows = v.rows("SELECT value FROM setting WHERE key = ? ORDER BY event DESC LIMIT 1", (key,))
    return json.loads(rows[0][0]) if rows else default


def settings(v: Vault) -> dict[str, Any]:
    """Every setting, by key."""
    newest = dict(v.rows("SELECT key, value FROM setting ORDER BY key, event"))
    return {key: json.loads(value) for key, value in newest.items()}


def shown_flags(v: Vault, citizen: str | None = None) -> list[dict[str, Any]]:
    """The first showing of each flag, of one citizen or all: its body and "citizen", in the order of showing."""
    sql = "SELECT flag, citizen, body FROM flag"
    rows = (
        v.rows(f"{sql} ORDER BY event")
        if citizen is None
        else v.rows(f"{sql} WHERE citizen = ? ORDER BY event", (citizen,))
    )
    first: dict[str, dict[str, Any]] = {}
    for flag, who, body in rows:
        first.setdefault(flag, json.loads(body) | {"citizen": who})
    return list(first.values())


def access_log(v: Vault, citizen: str | None = None) -> tuple[AccessLine, ...]:
    """The access log, the newest line first, of one citizen or all."""
    return tuple(reversed(access.lines(v, citizen)))


# facts


def assignments(v: Vault) -> tuple[Assignment, ...]:
    """Sorted by citizen and start."""
    return in_order(values(v, "assignment.set"))


def assessments(v: Vault) -> tuple[Assessment, ...]:
    """Sorted by citizen, date, rater and scale. For a whole cohort `columns` is many times faster."""
    return in_order(_assessments(v, "", ()))


def interventions(v: Vault) -> tuple[Intervention, ...]:
    """Sorted by citizen and start."""
    return in_order(values(v, "intervention.set"))


def conversations(v: Vault) -> tuple[Conversation, ...]:
    """Sorted by citizen and date."""
    return in_order(values(v, "conversation.set"))


def categories(v: Vault) -> tuple[CategoryMembership, ...]:
    """Sorted by citizen and start."""
    return in_order(values(v, "category.set"))


def plan(v: Vault) -> tuple[PlanItem, ...]:
    """Sorted by citizen and date."""
    return in_order(values(v, "plan.set"))


def notes(v: Vault) -> tuple[Note, ...]:
    """Sorted by citizen and date."""
    return in_order(values(v, "note.set"))


def decisions(v: Vault) -> tuple[Decision, ...]:
    """Sorted by citizen and date."""
    return in_order(values(v, "decision.set"))


def course(v: Vault, identity: str) -> Course:
    """Everything about one citizen. Raises KeyError for an unknown one."""
    return courses(v, [identity])[identity]


def courses(v: Vault, ids: Iterable[str] | None = None, *, answers: bool = True) -> dict[str, Course]:
    """Everything about these citizens, or all, in the order of their numbers; unknown ids are left out.

    `answers` false: assessments without answers and notes, where only their dates are asked for: in half the time.
    """
    wanted = None if ids is None else list(dict.fromkeys(ids))
    if wanted is not None and len(wanted) > _MANY:
        keep = set(wanted)
        return {one: found for one, found in courses(v, answers=answers).items() if one in keep}
    where, named = "", tuple[str, ...]()
    if wanted is not None:
        where, named = f"WHERE citizen IN ({', '.join('?' * len(wanted))})", tuple(wanted)
    parts = [grouped(_assessments(v, where, named) if answers else _dates(v, where, named))] + [
        grouped(values(v, kind, where, named)) for kind in _PARTS if kind != "assessment.set"
    ]
    by_kind = dict(zip(["assessment.set", *(k for k in _PARTS if k != "assessment.set")], parts, strict=True))
    newest = {one.citizen: one for one in values(v, "citizen.set", where, named)}
    return {
        one.citizen: Course(one, *(by_kind[kind].get(one.citizen, ()) for kind in _PARTS))
        for one in sorted(newest.values(), key=lambda c: (c.number, c.citizen))
    }


_PARTS = (  # in the order of Course
    "assignment.set", "assessment.set", "intervention.set", "conversation.set", "category.set", "plan.set",
    "note.set", "decision.set", "professional.set", "consent.set", "handover.set", "review.set",
)  # fmt: skip


_ASSESSMENT = (
    "SELECT citizen, rater, scale, date, assessor, mode, conversation, note, entered, notes, cells, loose, event "
    "FROM assessment"
)


def _assessments(v: Vault, where: str, parameters: Sequence[Any]) -> list[Assessment]:
    known, found = scales(v), []
    for row in v.rows(f"{_ASSESSMENT} {where}", parameters):
        scale = known.get(row[2])
        answers = cells.decode(scale, row[10]) if scale else {}
        if row[11]:
            answers |= json.loads(row[11])
        found.append(
            Assessment(
                citizen=row[0], rater=row[1], scale=row[2], date=read_day(row[3]), answers=answers, assessor=row[4],
                mode=row[5], conversation=row[6], note=row[7], entered=unstamp(row[8]),
                notes=json.loads(row[9]) if row[9] else {}, event=row[12],
            )
        )  # fmt: skip
    return _mark_conflicts(v, found)


def _dates(v: Vault, where: str, parameters: Sequence[Any]) -> list[Assessment]:
    """The same assessments with who, how and when only."""
    sql = f"SELECT citizen, rater, scale, date, assessor, mode, conversation, entered, event FROM assessment {where}"  # noqa: S608
    return [
        Assessment(row[0], row[1], row[2], read_day(row[3]), {}, row[4], row[5], row[6], unstamp(row[7]), event=row[8])
        for row in v.rows(sql, parameters)
    ]


def _mark_conflicts(v: Vault, found: list[Assessment]) -> list[Assessment]:
    """A course needs no look at the whole table: its own rows tell, and the few events replaced twice."""
    facts = Counter((one.citizen, one.scale, one.date, one.rater) for one in found)
    branched = {event for kind, events in _branches(v) if kind == "assessment.set" for event in events}
    return [
        replace(one, conflict=True)
        if one.event in branched or facts[(one.citizen, one.scale, one.date, one.rater)] > 1
        else one
        for one in found
    ]


# the state of the journal


def pending(v: Vault) -> tuple[Pending, ...]:
    """Events that are kept but not used yet, by event id."""
    sql = (
        "SELECT w.event, w.needs, w.reason, e.kind, e.citizen, e.stream, e.seq FROM waiting w "
        "JOIN (SELECT id, kind, citizen, stream, seq FROM event "
        "UNION ALL SELECT id, kind, citizen, stream, seq FROM quarantine) e ON e.id = w.event "
        "ORDER BY w.event, w.needs, e.stream, e.seq"
    )
    found: dict[tuple[str, str, int], Pending] = {}
    for event, need, reason, kind, who, stream, seq in v.rows(sql):
        before = found.get((event, stream, seq))
        needs = (*before.needs, need) if before else ((need,) if need else ())
        why = before.reason if before else reason
        found[(event, stream, seq)] = Pending(event, kind, who, stream, seq, why, needs)
    return tuple(found.values())


_SAME_FACT: Mapping[str, str] = {  # what makes two events of a kind the same fact, where nothing else says so
    "citizen.set": "citizen",
    "person.set": "person",
    "assignment.set": "citizen, caseworker, start, role",
    "assessment.set": "citizen, scale, date, rater",
    "intervention.set": "citizen, id",
    "offer.set": "id",
    "provider.set": "id",
    "professional.set": "citizen, id",
    "setting.set": "key",
}


def conflicts(v: Vault, kind: str | None = None) -> tuple[Conflict, ...]:
    """Facts with more than one current version: two events of the same fact, or two that replace the same event."""
    groups = [
        (one, frozenset(json.loads(row[0])))
        for one, key in _SAME_FACT.items()
        if kind in (None, one)
        for row in v.rows(
            f"SELECT json_group_array(event) FROM {table(one)} "  # noqa: S608 - own words
            f"GROUP BY {key} HAVING count(*) > 1"
        )
    ]
    groups += [(one, events) for one, events in _branches(v) if kind in (None, one)]
    merged: list[tuple[str, set[str]]] = []
    for one, events in groups:
        touching = [group for group in merged if group[1] & events]
        whole = set(events).union(*(group[1] for group in touching))
        merged = [group for group in merged if group not in touching] + [(one, whole)]
    found = [Conflict(one, _citizen_of(v, min(events)), tuple(sorted(events))) for one, events in merged]
    return tuple(sorted(found, key=lambda c: c.events))


def _branches(v: Vault) -> list[tuple[str, frozenset[str]]]:
    """Current events (withdrawals too) that come from the same replaced event by different ways."""
    split = v.rows('SELECT event FROM replaced GROUP BY event HAVING count("by") > 1')
    sql = (
        'WITH RECURSIVE after(event) AS (SELECT "by" FROM replaced WHERE event = ? '
        'UNION SELECT r."by" FROM replaced r JOIN after ON r.event = after.event) '
        "SELECT a.event, e.kind FROM after a JOIN event e ON e.id = a.event "
        "WHERE NOT EXISTS (SELECT 1 FROM replaced WHERE event = a.event)"
    )
    found = []
    for (event,) in split:
        ends = v.rows(sql, (event,))
        if len(ends) > 1:
            found.append((str(ends[0][1]), frozenset(row[0] for row in ends)))
    return found


def _citizen_of(v: Vault, event: str) -> str | None:
    return v.rows("SELECT citizen FROM event WHERE id = ?", (event,))[0][0]
