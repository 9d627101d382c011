"""What an import would do: every row compared with the facts in force, nothing written.

A row is *new*, *unchanged*, or *differing*: a differing row is a fault unless corrections were asked for (`update`).
A column that the file does not have says nothing; an empty cell says "empty". Pure: facts in, events-to-be out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from progression.casework import cpr
from progression.casework.values import Citizen, Intervention
from progression.exchange.cells import write_cell
from progression.exchange.faults import FileFault
from progression.exchange.given import NOT_GIVEN, Given
from progression.exchange.judging import Held, judge, placed
from progression.exchange.tables import Column, Table
from progression.store.notices import Notice

FAULT, NEW, UNCHANGED, CORRECTED = range(4)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one file by what became of them (answers, in assessments)."""

    file: str
    new: int = 0
    unchanged: int = 0
    corrected: int = 0


@dataclass(slots=True)
class Plan:
    """`writes`: each value with the ids of the events it replaces, in the order to be written."""

    writes: list[tuple[Any, tuple[str, ...]]] = field(default_factory=list)
    counts: list[Counts] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    citizens: set[str] = field(default_factory=set)

    def write(self, table: Table, value: Any, replaces: tuple[str, ...] = ()) -> None:
        """Plan one event."""
        self.writes.append((value, replaces))
        self.kinds.add(table.change)
        if citizen := getattr(value, "citizen", ""):
            self.citizens.add(citizen)

    def count(self, given: Given, fates: bytearray) -> None:
        """Count the rows of each file by their fate."""
        for part, (start, end) in zip(given.parts, pairwise(given.starts), strict=True):
            of_part = fates[start:end]
            numbers = (of_part.count(fate) for fate in (NEW, UNCHANGED, CORRECTED))
            self.counts.append(Counts(part.label, *numbers))


@dataclass(slots=True)
class Numbers:
    """Which internal id each citizen_id stands for. `created`: those that a mapping let come into being.

    `unsure`: not all of citizens.csv could be read, so that nothing can be said about who is unknown.
    """

    ids: dict[str, str]
    new_id: Callable[[], str]
    created: dict[str, str] = field(default_factory=dict)
    unsure: bool = False

    def resolve(self, given: Given, plan: Plan) -> list[str | None]:
        """The internal ids of a table's rows; None where the citizen is unknown, which is a fault of each such row."""
        column: list[Any] = given.columns["citizen_id"]
        unknown = {number for number in set(column) if number is not None and number not in self.ids}
        if unknown:
            for index, number in enumerate(column):
                if number not in unknown or number in self.ids:
                    continue
                if given.part(index).create_citizens or self.unsure:
                    self.ids[number] = self.created[number] = self.new_id()
                else:
                    plan.faults += given.fault(index, "citizen_id", "unknown_citizen", number, "a_citizen")
        return [self.ids.get(number) for number in column]


def plan_citizens(given: Given | None, held: Held, numbers: Numbers, plan: Plan, update: bool) -> None:
    """Plan citizens.csv, and make every number it gives known, also that of a row at fault (it is not "unknown")."""
    if given is None:
        return
    numbers.unsure = not (given.complete and given.whole)
    if not given.complete:
        return
    for number in given.columns["citizen_id"]:
        if number is not None and number not in numbers.ids:
            numbers.ids[number] = numbers.new_id()
    plan_table(given, held, numbers, plan, update)


def plan_created(numbers: Numbers, table: Table, plan: Plan) -> None:
    """Plan the citizens that a mapping let come into being. They stand before everything said about them."""
    made = [(Citizen(citizen, number), ()) for number, citizen in numbers.created.items()]
    if made:
        plan.writes[:0] = made
        plan.kinds.add(table.change)
        plan.citizens.update(numbers.created.values())
        plan.notices.append(Notice("import.citizens_created", {"n": len(made)}))


@dataclass(slots=True)
class _Row:
    """One row on its way: which number within its key, and our attributes -> values."""

    index: int
    nr: int
    said: dict[str, Any]


def plan_table(given: Given, held: Held, numbers: Numbers, plan: Plan, update: bool) -> None:
    """Plan any table in which one row is one fact."""
    _TablePlanner(given, held, numbers, plan, update).run()


class _TablePlanner:
    def __init__(self, given: Given, held: Held, numbers: Numbers, plan: Plan, update: bool) -> None:
        self.given = given
        self.table = given.table
        self.held = held
        self.numbers = numbers
        self.plan = plan
        self.update = update
        self.fates = bytearray(len(given))
        self.warnings: Counter[str] = Counter()

    def run(self) -> None:
        groups = self._groups()
        facts = self._facts()
        for key, rows in groups.items():
            self._match(rows, list(facts.get(key, ())))
        self.plan.count(self.given, self.fates)
        for what, n in sorted(self.warnings.items()):
            self.plan.notices.append(Notice("import.warning", {"what": what, "n": n, "file": self.table.file}))

    # rows and keys

    def _groups(self) -> dict[tuple[Any, ...], list[_Row]]:
        """The rows by key, without those at fault; a key given twice is a fault of the second row."""
        citizens = self._citizens()
        groups: dict[tuple[Any, ...], list[_Row]] = {}
        first: dict[tuple[Any, ...], int] = {}
        for index in range(len(self.given)):
            said = self._said(index, citizens[index])
            nr = said.pop("nr", 1)
            key = self._key(said)
            earlier = index if None in (nr, *key) else first.setdefault((nr, *key), index)
            if earlier != index:
                self._twice(index, earlier)
            if earlier != index or index in self.given.spoiled or citizens[index] is None:
                self._left_out(index, said)
            else:
                groups.setdefault(key, []).append(_Row(index, nr, said))
        return groups

    def _citizens(self) -> Sequence[str | None]:
        if self.table.column("citizen_id") is None:
            return [""] * len(self.given)
        return self.numbers.resolve(self.given, self.plan)

    def _said(self, index: int, citizen: str | None) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for column in self.table.columns:
            cells = self.given.columns.get(column.name)
            if cells is None or cells[index] is NOT_GIVEN:
                continue
            if self.table.gives_id and column.attribute == "id" and not cells[index]:
                continue  # without an id: it is given one, and known again by what it is
            said[column.attribute or column.name] = cells[index]
        if citizen:
            said["citizen"] = citizen
        if said.get("cpr"):
            said["cpr"] = cpr.plain(said["cpr"])
        return said

    def _key(self, said: Mapping[str, Any]) -> tuple[Any, ...]:
        if self.table.name == "interventions" and said.get("id"):
            return (said["id"],)
        attributes = (self.table.column(name) for name in self.table.key)
        key = tuple(said.get(column.attribute, "") for column in attributes if column)
        own = self.table.column(self.table.own)
        return (*key, said[own.attribute]) if own and own.attribute in said else key

    def _facts(self) -> dict[tuple[Any, ...], list[Any]]:
        """The facts in force by key, oldest first; those with an id of their own both with and without it."""
        attributes = [column.attribute for name in self.table.key if (column := self.table.column(name))]
        own = self.table.column(self.table.own)
        facts: dict[tuple[Any, ...], list[Any]] = {}
        for fact in sorted(self.held.facts.get(self.table.name, ()), key=lambda fact: fact.event):
            key = tuple(getattr(fact, name) for name in attributes)
            facts.setdefault(key, []).append(fact)
            if own:
                facts.setdefault((*key, getattr(fact, own.attribute)), []).append(fact)
            if self.table.name == "interventions" and fact.id:
                facts.setdefault((fact.id,), []).append(fact)
        return facts

    def _twice(self, index: int, earlier: int) -> None:
        columns = [name for name in (*self.table.key, self.table.own) if name in self.given.columns]
        if self.table.name == "interventions" and self._cell(index, "intervention_id"):
            columns = ["intervention_id"]
        value = " / ".join(self._cell(index, name) for name in columns)
        named = [name for name in columns if name not in self.given.part(index).constants]
        expected = "a_key_once_or_nr" if self.table.column("nr") else "a_key_once"
        self.plan.faults += self.given.fault(
            index, "+".join(named), "key_twice", value, expected, row=self.given.row(earlier)
        )

    def _cell(self, index: int, name: str) -> str:
        cells = self.given.columns.get(name)
        return "" if cells is None or cells[index] is NOT_GIVEN else write_cell(cells[index])

    def _left_out(self, index: int, said: Mapping[str, Any]) -> None:
        """Say what else is wrong with a row that no plan takes in: whoever corrects it should hear everything at once.

        A row in which a required cell cannot be read makes no value; of an intervention its type is known even so.
        """
        read = {name: value for name, value in said.items() if value is not None}
        needed = {column.attribute for column in self.table.columns if column.required}
        if needed <= read.keys():
            own = {"citizen": ""} if self.table.name == "citizens" else {"id": ""} if self.table.gives_id else {}
            value = self.table.value(**{**own, **read})  # type: ignore[misc]
        elif self.table.name == "interventions" and read.get("type"):
            value = Intervention("", "", read["type"], self.held.today)
        else:
            return
        for fault in judge(self.table, value, self.held)[0]:
            self.plan.faults += placed(self.given, index, fault)

    # what becomes of a row

    def _match(self, rows: list[_Row], facts: list[Any]) -> None:
        """Rows of one key against the facts of that key: equal ones first, then the others in their order."""
        single = self.table.column("nr") is None  # several facts of one key are then versions of one: a conflict
        total, open_rows = len(facts), []
        for row in rows:
            equal = next((fact for fact in facts if not self._differences(row.said, fact)), None)
            if equal is None:
                open_rows.append(row)
                continue
            self.fates[row.index] = UNCHANGED
            if not single:
                facts.remove(equal)
        for row in sorted(open_rows, key=lambda row: row.nr):
            if not facts or (row.nr > total and not single):
                self._new(row)
            elif single:
                self._differs(row, facts)
            else:
                self._differs(row, [facts.pop(0)])

    def _differences(self, said: Mapping[str, Any], fact: Any) -> list[str]:
        differing = [name for name, value in said.items() if getattr(fact, name) != value]
        if "cpr" in differing and cpr.plain(fact.cpr) == said["cpr"]:
            differing.remove("cpr")
        if self.table.name == "citizens":  # the internal id is ours, not the file's
            return [name for name in differing if name != "citizen"]
        return differing

    def _new(self, row: _Row) -> None:
        said = dict(row.said)
        if self.table.name == "citizens":
            said["citizen"] = self.numbers.ids[said["number"]]
        if self.table.gives_id and not said.get("id"):
            said["id"] = self.numbers.new_id()
        self._keep(row, self.table.value(**said), (), NEW)  # type: ignore[misc]

    def _differs(self, row: _Row, facts: list[Any]) -> None:
        """A row that is not what the vault holds: a correction of every version held, or a fault per cell."""
        fact = facts[-1]
        differing = self._differences(row.said, fact)
        columns = {column.attribute: column for column in self.table.columns if column.attribute}
        if "citizen" in differing:  # an id that belongs to somebody else is no correction
            value = row.said["id"]
            self.plan.faults += self.given.fault(
                row.index, "intervention_id", "id_of_another", value, "an_id_of_its_own"
            )
        elif not self.update:
            for name in differing:
                self._differing_cell(row, columns[name], row.said[name], getattr(fact, name))
            self._left_out(row.index, row.said)
        else:
            said = {name: value for name, value in row.said.items() if name != "citizen"}
            value = replace(fact, event="", **said)
            self._keep(row, value, tuple(version.event for version in facts), CORRECTED)

    def _differing_cell(self, row: _Row, column: Column, value: Any, held: Any) -> None:
        shown, there = write_cell(value), write_cell(held)
        if column.name == "cpr":
            shown, there = cpr.mask(shown), cpr.mask(there)
        self.plan.faults += self.given.fault(row.index, column.name, "differs", shown, "as_held_or_update", held=there)

    def _keep(self, row: _Row, value: Any, replaces: tuple[str, ...], fate: int) -> None:
        blocking, warnings = judge(self.table, value, self.held)
        for fault in blocking:
            self.plan.faults += placed(self.given, row.index, fault)
        self.warnings.update(fault.what for fault in warnings)
        if not blocking:
            self.fates[row.index] = fate
            self.plan.write(self.table, value, replaces)
