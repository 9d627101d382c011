"""What is worth saying of rows that are each in order but not beside the others: an intervention beside itself, two
responsible on the same day, facts after a case closed.

A file from another system holds its history as it was kept there, so none of this stops an import. It is said, with
the citizens' numbers, so that somebody can look. Only citizens the import writes about, and only tables it brings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from progression.casework import checks
from progression.casework.values import Assignment, Citizen, Intervention
from progression.exchange.plan import Plan
from progression.exchange.tables import CITIZENS, TABLES, Table
from progression.store.notices import Notice

_SHOWN = 10  # citizens' numbers in one sentence


def notices(plan: Plan, facts: Mapping[str, Sequence[Any]]) -> list[Notice]:
    """Return a notice for each sort of contradiction that planned rows take part in.

    `facts`: those in force by table name, with citizens and every table the import brings.
    """
    written = _by_table(value for value, _ in plan.writes)
    gone = {event for _, replaced in plan.writes for event in replaced}
    people = _people(written.get(CITIZENS.name, ()), facts[CITIZENS.name], gone)
    numbers = {who: one.number for who, one in people.items()}
    found: list[Notice] = []

    def tell(code: str, table: Table, whose: Iterable[str]) -> None:
        seen = sorted({numbers[who] for who in whose if who in numbers})
        if seen:
            more = ["…"] if len(seen) > _SHOWN else []
            fields = {"file": table.file, "n": len(seen), "numbers": ", ".join([*seen[:_SHOWN], *more])}
            found.append(Notice(code, fields))

    for table in TABLES:
        rows = written.get(table.name, ())
        if table.name == "interventions":
            held = _kept(facts.get(table.name, ()), gone)
            tell("import.overlaps_itself", table, _beside_itself(rows, held))
        if table.name == "assignments":
            held = _kept(facts.get(table.name, ()), gone)
            tell("import.two_responsible", table, _two_responsible(rows, held))
        tell("import.after_closing", table, _after_closing(rows, people))
    return found


def _by_table(values: Iterable[Any]) -> dict[str, list[Any]]:
    kinds = {table.value: table.name for table in TABLES if table.value is not None}
    found: dict[str, list[Any]] = defaultdict(list)
    for value in values:
        found[kinds.get(type(value), "assessments")].append(value)
    return found


def _people(written: Sequence[Citizen], held: Sequence[Citizen], gone: set[str]) -> dict[str, Citizen]:
    return {one.citizen: one for one in (*_kept(held, gone), *written)}


def _kept(held: Sequence[Any], gone: set[str]) -> list[Any]:
    return [one for one in held if one.event not in gone]


def _mine(rows: Sequence[Any], held: Sequence[Any]) -> Iterator[list[Any]]:
    """Each citizen's rows, with those held, of the citizens there are rows about."""
    found: dict[str, list[Any]] = defaultdict(list)
    for one in rows:
        found[one.citizen].append(one)
    for one in held:
        if one.citizen in found:
            found[one.citizen].append(one)
    yield from found.values()


def _beside_itself(rows: Sequence[Intervention], held: Sequence[Intervention]) -> Iterator[str]:
    for own in _mine(rows, held):
        if any(checks.overlapping(one, own[:place]) for place, one in enumerate(own)):
            yield own[0].citizen


def _two_responsible(rows: Sequence[Assignment], held: Sequence[Assignment]) -> Iterator[str]:
    for own in _mine(rows, held):
        if any(checks.two_responsible(one, own[:place]) for place, one in enumerate(own)):
            yield own[0].citizen


def _after_closing(rows: Sequence[Any], people: Mapping[str, Citizen]) -> Iterator[str]:
    for one in rows:
        who = people.get(getattr(one, "citizen", ""))
        begun: date | None = getattr(one, "start", None) or getattr(one, "date", None)
        if who is not None and who.case_closed is not None and begun is not None and begun > who.case_closed:
            yield who.citizen
