"""Who a cohort is, as columns beside `cohort.columns`: numbers, the days of the case, who was responsible, what the
plans aim at.
"""

from __future__ import annotations

import datetime as dt
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from progression.casework.values import PlanItem
from progression.store.cohort import ordinals
from progression.store.facts import read_day

if TYPE_CHECKING:
    from progression.store.vault import Vault


@dataclass(frozen=True, slots=True)
class CitizenColumns:
    """Every citizen, in the order of `ScoreColumns.citizens`. `opened`: first day of the case, benefit start or else
    the first fact; `closed`: its last day; ordinals, 0 = not known."""

    citizens: tuple[str, ...]
    numbers: tuple[str, ...]
    opened: array[int]
    closed: array[int]


@dataclass(frozen=True, slots=True)
class AssignmentColumns:
    """Coordinating caseworkers, sorted by citizen, start and event. `end`: 0 = still responsible."""

    citizen: tuple[str, ...]
    caseworker: tuple[str, ...]
    start: array[int]
    end: array[int]


def citizen_columns(v: Vault) -> CitizenColumns:
    """Return who the citizens are."""
    rows = v.rows("SELECT citizen, number, benefit_start, case_closed FROM citizen ORDER BY +citizen, event")
    newest = {row[0]: row for row in rows}
    first = _first_facts(v) if any(row[2] is None for row in newest.values()) else {}
    found = list(newest.values())
    return CitizenColumns(
        citizens=tuple(newest),
        numbers=tuple(row[1] for row in found),
        opened=ordinals([row[2] or first.get(row[0]) for row in found]),
        closed=ordinals([row[3] for row in found]),
    )


def goals(v: Vault, as_of: dt.date) -> dict[str, list[PlanItem]]:
    """Return the rows of goals dated up to `as_of`, by citizen and date: what says when a level is to be held.

    What a goal became (done, dropped) is among them.
    """
    found: dict[str, list[PlanItem]] = {}
    rows = v.rows(
        "SELECT citizen, date, goal, status, kind, id, aim, event FROM plan WHERE kind IN ('', 'goal') AND date <= ? "
        "AND +citizen IN (SELECT citizen FROM citizen) ORDER BY +citizen, date, event",
        (as_of.isoformat(),),
    )
    for who, day, goal, status, kind, identity, aim, event in rows:
        row = PlanItem(who, read_day(day), goal, status=status, kind=kind, id=identity, aim=aim, event=event)
        if goal or kind:
            found.setdefault(who, []).append(row)
    return found


def assignment_columns(v: Vault) -> AssignmentColumns:
    """Return who was responsible for whom, and when."""
    rows = v.rows(
        "SELECT citizen, caseworker, start, \"end\" FROM assignment WHERE role = 'coordinating' "
        "AND +citizen IN (SELECT citizen FROM citizen) ORDER BY +citizen, start, event"  # one sweep, see `cohort`
    )
    who, caseworker, start, end = zip(*rows, strict=True) if rows else ((),) * 4
    return AssignmentColumns(who, caseworker, ordinals(start), ordinals(end))


@dataclass(frozen=True, slots=True)
class AssessmentDays:
    """When somebody was assessed. `rounds`: citizen -> days of either rater on the scale last used, ascending and each
    once; `asked`: citizen -> days on which the citizen answered and not alone, on any scale, in no order. Ordinals."""

    rounds: dict[str, list[int]]
    asked: dict[str, list[int]]


def assessment_days(v: Vault) -> AssessmentDays:
    """Return the days of everybody's assessments, without their answers."""
    latest: dict[str, tuple[str, str]] = {}
    days: dict[str, str] = {}
    asked: dict[str, list[int]] = {}
    known = _Ordinals()
    # one row per citizen and scale: one text for forty dates is made faster than forty
    for citizen, scale, newest, joined, spoken in v.rows(
        "SELECT citizen, scale, max(date || rater), group_concat(DISTINCT date), group_concat(DISTINCT "
        "CASE WHEN rater = 'citizen' AND mode <> 'self' THEN date END) FROM assessment GROUP BY citizen, scale"
    ):
        if (newest, scale) > latest.get(citizen, ("", "")):
            latest[citizen], days[citizen] = (newest, scale), joined
        if spoken:
            asked.setdefault(citizen, []).extend(map(known.__getitem__, spoken.split(",")))
    return AssessmentDays(
        {citizen: sorted(map(known.__getitem__, joined.split(","))) for citizen, joined in days.items()}, asked
    )


def conversation_days(v: Vault, status: str) -> dict[str, list[tuple[int, str]]]:
    """Return the conversations with this status by citizen, as (ordinal, id), in no order."""
    known, found = _Ordinals(), dict[str, list[tuple[int, str]]]()
    for citizen, joined in v.rows(
        "SELECT citizen, group_concat(date || replace(id, char(31), ''), char(31)) FROM conversation "
        "WHERE status = ? GROUP BY citizen",
        (status,),
    ):
        found[citizen] = [(known[one[:10]], one[10:]) for one in joined.split("\x1f")]
    return found


class _Ordinals(dict[str, int]):
    """ISO days as ordinals, each read once."""

    def __missing__(self, day: str) -> int:
        found = self[day] = dt.date.fromisoformat(day).toordinal()
        return found


def scales_in_use(v: Vault) -> frozenset[str]:
    """Return the ids of the scales a citizen has been assessed on."""
    # one look-up per installed scale, citizen by citizen along the primary key: a DISTINCT would read every row
    one = "SELECT 1 FROM assessment WHERE scale = ? AND citizen IN (SELECT citizen FROM citizen) LIMIT 1"
    installed = [row[0] for row in v.rows("SELECT DISTINCT id FROM scale")]
    return frozenset(scale for scale in installed if v.rows(one, (scale,)))


def _first_facts(v: Vault) -> dict[str, str]:
    """Each citizen's earliest fact; what `casework.timeline.first_fact` says, for everybody at once."""
    tables = ("assignment", "intervention", "category"), ("assessment", "plan", "note", "decision")
    parts = [f"SELECT citizen, start AS day FROM {table}" for table in tables[0]]  # noqa: S608 - own words
    parts += [f"SELECT citizen, date AS day FROM {table}" for table in tables[1]]  # noqa: S608
    parts.append("SELECT citizen, date AS day FROM conversation WHERE status NOT IN ('planned', 'cancelled')")
    return dict(v.rows(f"SELECT citizen, min(day) FROM ({' UNION ALL '.join(parts)}) GROUP BY citizen"))  # noqa: S608


def raters_without_assignment(v: Vault) -> list[tuple[str, str, str, str]]:
    """Return (citizen, ISO date, assessor, event) of caseworkers' assessments of citizens nobody was assigned to."""
    return v.rows(
        "SELECT citizen, date, assessor, event FROM assessment WHERE rater = 'caseworker' AND assessor <> '' "
        "AND citizen IN (SELECT c.citizen FROM citizen c WHERE NOT EXISTS (SELECT 1 FROM assignment a "
        'WHERE a.citizen = c.citizen AND a.role = \'coordinating\' AND (a."end" IS NULL OR a."end" >= a.start)))'
    )
