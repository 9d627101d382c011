"""An import from source to plan: read the files, find their tables, compare with the vault. Nothing is written."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progression.errors import KnownError
from progression.exchange import beside
from progression.exchange.assessing import plan_assessments
from progression.exchange.faults import FileFault, in_order
from progression.exchange.given import Given, given
from progression.exchange.judging import Held
from progression.exchange.mapping import Mapping, TableMapping, read_mapping
from progression.exchange.plan import Numbers, Plan, plan_citizens, plan_created, plan_table
from progression.exchange.reading import RawTable, read_source
from progression.exchange.tables import BY_NAME, CITIZENS, TABLES, Table
from progression.store import journal, queries
from progression.store.notices import Notice

if TYPE_CHECKING:
    from progression.store.vault import Vault

Progress = Callable[[str, int, int], None]  # stage ("read", "compare", "save"), done, total; raises to cancel
Sources = dict[str, list[tuple[RawTable, TableMapping | None]]]


def ignore_progress(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@contextmanager
def collecting_later() -> Iterator[None]:
    """Pause the search for reference cycles: an import makes millions of objects that all live until it ends, and
    going through them again and again would take as long as the import itself."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def prepare(
    v: Vault,
    source: Path,
    mapping: Path | None,
    *,
    update: bool,
    progress: Progress = ignore_progress,
    new_id: Callable[[], str] = journal.random_id,
) -> Plan:
    """Return what an import of `source` would write.

    Raises KnownError: import.faults (n, faults: a FileFault each), import.nothing_to_read (path), and those of
    `read_source` and `read_mapping`. What `progress` raises goes through: nothing has been written.
    """
    described = read_mapping(mapping) if mapping else None
    progress("read", 0, 1)
    raws = read_source(source)
    sources, notices = _tables_of(raws, described)
    if not sources:
        raise KnownError("import.nothing_to_read", path=str(source))
    faults: list[FileFault] = []
    tables: dict[str, Given] = {}
    for done, table in enumerate(t for t in TABLES if t.name in sources):
        progress("read", done, len(sources))
        tables[table.name], found = given(table, sources[table.name], described.file if described else "")
        faults += found
    plan = _compare(v, tables, update, progress, new_id)
    faults += plan.faults
    if faults:
        files = [raw.label for table in TABLES for raw, _ in sources.get(table.name, ())]
        raise KnownError("import.faults", n=len(faults), faults=in_order(faults, files))
    plan.notices[:0] = notices
    return plan


def _tables_of(raws: Sequence[RawTable], mapping: Mapping | None) -> tuple[Sources, list[Notice]]:
    """Which table each file or sheet is; what is none is left out and said."""
    sources: Sources = {}
    notices: list[Notice] = []
    read: set[str] = set()
    for raw in raws:
        section = _section(raw, len(raws), mapping)
        table = section.table if section else BY_NAME.get(raw.stem)
        if table is None:
            notices.append(Notice("import.not_read", {"file": raw.label}))
            continue
        if section:
            read.add(section.key)
        sources.setdefault(table.name, []).append((raw, section))
        notices += raw.notices
    if mapping:
        for section in (section for section in mapping.tables if section.key not in read):
            fields = {"file": mapping.file, "key": section.key, "source": section.source}
            notices.append(Notice("import.source_missing", fields))
    return sources, notices


def _section(raw: RawTable, files: int, mapping: Mapping | None) -> TableMapping | None:
    """The mapping's section for a file. A mapping with one section speaks of the one file that is given, whatever its
    name, unless that is the name of another table."""
    if mapping is None:
        return None
    named = mapping.for_source(raw.stem)
    if named is None and files == 1 and len(mapping.tables) == 1:
        only = mapping.tables[0]
        return only if BY_NAME.get(raw.stem, only.table) is only.table else None
    return named


_QUERIES: dict[str, Callable[[Vault], Sequence[Any]]] = {
    "people": queries.people,
    "citizens": queries.citizens,
    "assignments": queries.assignments,
    "categories": queries.categories,
    "conversations": queries.conversations,
    "interventions": queries.interventions,
    "assessments": queries.assessments,
    "plans": queries.plan,
    "notes": queries.notes,
    "decisions": queries.decisions,
    "providers": queries.providers,
    "offers": queries.offers,
    "professionals": queries.professionals,
    "consents": queries.consents,
    "handovers": queries.handovers,
    "reviews": queries.reviews,
}


def facts(v: Vault, table: Table) -> Sequence[Any]:
    """The facts in force that a table's rows are about."""
    return _QUERIES[table.name](v)


def current_facts(v: Vault) -> dict[str, Sequence[Any]]:
    """The facts in force of every table, for an export; of versions in conflict the latest only."""
    older = {event for conflict in queries.conflicts(v) for event in conflict.events[:-1]}
    return {table.name: [fact for fact in facts(v, table) if fact.event not in older] for table in TABLES}


def _settle(v: Vault, plan: Plan) -> None:
    """Let a correction of a fact in conflict replace every version of it, also those that no query shows."""
    if not any(replaces for _, replaces in plan.writes):
        return
    versions = {event: conflict.events for conflict in queries.conflicts(v) for event in conflict.events}
    if versions:
        plan.writes = [
            (value, tuple(sorted({one for event in replaces for one in versions.get(event, (event,))})))
            for value, replaces in plan.writes
        ]


def _compare(v: Vault, tables: dict[str, Given], update: bool, progress: Progress, new_id: Callable[[], str]) -> Plan:
    wanted = {CITIZENS.name, *tables}
    held = Held(
        {table.name: facts(v, table) for table in TABLES if table.name in wanted},
        queries.scales(v),
        queries.intervention_types(v),
        v.clock.now().date(),
    )
    numbers = Numbers({citizen.number: citizen.citizen for citizen in held.facts[CITIZENS.name]}, new_id)
    plan = Plan()
    plan_citizens(tables.get(CITIZENS.name), held, numbers, plan, update)
    others = [table for table in TABLES if table.name in tables and table is not CITIZENS]
    for done, table in enumerate(others):
        progress("compare", done, len(others))
        plan_one = plan_assessments if table.name == "assessments" else plan_table
        if tables[table.name].complete:
            plan_one(tables[table.name], held, numbers, plan, update)
    plan_created(numbers, CITIZENS, plan)
    plan.notices += beside.notices(plan, held.facts)
    _settle(v, plan)
    return plan
