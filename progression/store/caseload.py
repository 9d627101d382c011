"""Who a cohort is, as columns beside `cohort.columns`: numbers, the days of the case, who was responsible, what the
plans aim at.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.casework import reopened
from progression.casework.values import PlanItem
from progression.store import kinds
from progression.store.cohort import ordinals
from progression.store.facts import grouped, read_day, table, values

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


MANY = 500  # citizens asked for by name in one statement; above this the whole table is read


def among(of: Collection[str] | None, *others: str) -> tuple[str, tuple[str, ...]]:
    """Return a WHERE clause of these citizens and its parameters; the other conditions' parameters come after them.
    Above MANY it names nobody: the caller leaves out whom it did not ask for."""
    if of is None or len(of) > MANY:
        return (f"WHERE {' AND '.join(others)}" if others else ""), ()
    listed = f"citizen IN ({', '.join('?' * len(of))})"
    return f"WHERE {' AND '.join([listed, *others])}", tuple(of)


def citizen_columns(v: Vault, of: Collection[str] | None = None) -> CitizenColumns:
    """Return who the citizens are; `of`: at least these."""
    where, named = among(of)
    rows = v.rows(
        f"SELECT citizen, number, benefit_start, case_closed FROM citizen {where} ORDER BY +citizen, event",  # noqa: S608
        named,
    )
    newest = {row[0]: row for row in rows}
    without = [row[0] for row in newest.values() if row[2] is None]
    first = _first_facts(v, without) if without else {}
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
    """When somebody was assessed, as ordinals by citizen. `rounds`: days of either rater on the scale last used,
    ascending and each once; `asked`: days on which the citizen answered and not alone, on any scale, in no order;
    `every`: days of either rater on any scale, in no order. `scale`: the scale last used."""

    rounds: dict[str, list[int]]
    asked: dict[str, list[int]]
    every: dict[str, list[int]]
    scale: dict[str, str]


def assessment_days(v: Vault, of: Collection[str] | None = None) -> AssessmentDays:
    """Return the days of everybody's assessments, without their answers; `of`: at least of these."""
    latest: dict[str, tuple[str, str]] = {}
    rounds: dict[str, list[int]] = {}
    asked: dict[str, list[int]] = {}
    every: dict[str, list[int]] = {}
    known = _Ordinals()
    where, named = among(of)
    # one row per citizen and scale: one text for forty dates is made faster than forty
    for citizen, scale, newest, joined, spoken in v.rows(
        "SELECT citizen, scale, max(date || rater), group_concat(DISTINCT date), "  # noqa: S608 - own words
        "group_concat(DISTINCT CASE WHEN rater = 'citizen' AND mode <> 'self' THEN date END) "
        f"FROM assessment {where} GROUP BY citizen, scale",
        named,
    ):
        days = list(map(known.__getitem__, joined.split(",")))
        every.setdefault(citizen, []).extend(days)
        if (newest, scale) > latest.get(citizen, ("", "")):
            latest[citizen], rounds[citizen] = (newest, scale), days
        if spoken:
            asked.setdefault(citizen, []).extend(map(known.__getitem__, spoken.split(",")))
    for found in rounds.values():
        found.sort()
    return AssessmentDays(rounds, asked, every, {citizen: scale for citizen, (_, scale) in latest.items()})


Days = dict[str, list[tuple[int, str]]]  # citizen -> (ordinal, id)


def conversation_days(v: Vault, of: Collection[str] | None = None) -> tuple[Days, Days]:
    """Return the conversations that were held, and those that are planned, by citizen and in no order; `of`: at least
    of these. Both in one look at the table, which is the longest but one."""
    held, planned = Days(), Days()
    known = _Ordinals()
    where, named = among(of, "status IN ('held', 'planned')")
    for citizen, status, joined in v.rows(
        "SELECT citizen, status, group_concat(date || replace(id, char(31), ''), char(31)) FROM conversation "  # noqa: S608
        f"{where} GROUP BY citizen, status",
        named,
    ):
        found = held if status == "held" else planned
        found[citizen] = [(known[one[:10]], one[10:]) for one in joined.split("\x1f")]
    return held, planned


def closed_stretches(v: Vault) -> dict[str, list[tuple[int, int]]]:
    """Return, by citizen, the days on which a case was closed before it was opened again, as ordinals."""
    found: dict[str, list[tuple[int, int]]] = {}
    sql = 'SELECT citizen, start, "end" FROM intervention WHERE substr(id, 1, ?) = ? AND "end" >= start ORDER BY start'
    for citizen, first, last in v.rows(sql, (len(reopened.PREFIX), reopened.PREFIX)):
        days = dt.date.fromisoformat(first).toordinal(), dt.date.fromisoformat(last).toordinal()
        found.setdefault(citizen, []).append(days)
    return found


def put_off_days(v: Vault, of: Collection[str] | None = None) -> dict[str, list[tuple[int, int, str]]]:
    """Return the conversations that were put off, by citizen: the day, the day they were put off to, and why."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    where, named = among(of, "put_off_to IS NOT NULL AND status = 'cancelled'")
    sql = f"SELECT citizen, date, put_off_to, outcome FROM conversation {where} ORDER BY date, event"  # noqa: S608
    for citizen, day, to, because in v.rows(sql, named):
        days = dt.date.fromisoformat(day).toordinal(), dt.date.fromisoformat(to).toordinal()
        found.setdefault(citizen, []).append((*days, because))
    return found


def fact_rows(
    v: Vault, kind: str, names: Sequence[str], of: Collection[str] | None = None
) -> dict[str, list[tuple[Any, ...]]]:
    """Return fields of the facts of a kind by citizen, each citizen's by date of the fact and event; days as ordinals,
    0 = none. "event" is the id of the event. `of`: at least of these citizens."""
    fields = {f.name: f for f in kinds.FIELDS[kind]}
    moment = '"start"' if "start" in fields else '"date"'
    where, named = among(of)
    listed = ", ".join(["citizen", *(f'"{name}"' for name in names)])
    rows = v.rows(f"SELECT {listed} FROM {table(kind)} {where} ORDER BY {moment}, event", named)  # noqa: S608
    found: dict[str, list[tuple[Any, ...]]] = {}
    if not rows:
        return found
    known = _Ordinals()
    known[None] = 0
    who, *columns = zip(*rows, strict=True)
    read = [
        map(known.__getitem__, column) if name in fields and fields[name].is_day else column
        for name, column in zip(names, columns, strict=True)
    ]
    for citizen, row in zip(who, zip(*read, strict=True), strict=True):
        if citizen in found:
            found[citizen].append(row)
        else:
            found[citizen] = [row]
    return found


def values_of(v: Vault, kind: str, of: Collection[str], condition: str, *parameters: Any) -> dict[str, tuple[Any, ...]]:
    """Return the values of a kind that meet a condition of SQL, of at least these citizens, each citizen's in order."""
    where, named = among(of, condition)
    return grouped(values(v, kind, where, (*named, *parameters)))


def shown_flags(v: Vault, of: Collection[str]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the first showing of each attention point of at least these citizens: citizen -> bodies in the order of
    showing, as `queries.shown_flags` has them."""
    where, named = among(of)
    first: dict[str, Mapping[str, Any]] = {}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for flag, citizen, body in v.rows(f"SELECT flag, citizen, body FROM flag {where} ORDER BY event", named):  # noqa: S608
        if flag not in first:
            first[flag] = read = json.loads(body)
            found.setdefault(citizen, []).append(read)
    return found


class _Ordinals(dict[str | None, int]):
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


def _first_facts(v: Vault, of: Collection[str]) -> dict[str, str]:
    """Each citizen's earliest fact, of at least these; what `casework.timeline.first_fact` says, for all at once."""
    where, named = among(of)
    held, _ = among(of, "status NOT IN ('planned', 'cancelled')")
    tables = ("assignment", "intervention", "category"), ("assessment", "plan", "note", "decision")
    parts = [f"SELECT citizen, start AS day FROM {name} {where}" for name in tables[0]]  # noqa: S608 - own words
    parts += [f"SELECT citizen, date AS day FROM {name} {where}" for name in tables[1]]  # noqa: S608
    parts.append(f"SELECT citizen, date AS day FROM conversation {held}")  # noqa: S608
    sql = f"SELECT citizen, min(day) FROM ({' UNION ALL '.join(parts)}) GROUP BY citizen"  # noqa: S608
    return dict(v.rows(sql, named * len(parts)))


def raters_without_assignment(v: Vault) -> list[tuple[str, str, str, str]]:
    """Return (citizen, ISO date, assessor, event) of caseworkers' assessments of citizens nobody was assigned to."""
    return v.rows(
        "SELECT citizen, date, assessor, event FROM assessment WHERE rater = 'caseworker' AND assessor <> '' "
        "AND citizen IN (SELECT c.citizen FROM citizen c WHERE NOT EXISTS (SELECT 1 FROM assignment a "
        'WHERE a.citizen = c.citizen AND a.role = \'coordinating\' AND (a."end" IS NULL OR a."end" >= a.start)))'
    )
