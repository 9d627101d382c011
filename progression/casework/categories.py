"""Categories as data: which groups a municipality sorts its citizens into, and what follows from each.

A citizen's own category with its history is a `CategoryMembership`; its `category` is a code of the set in force, or
the free text of a file from before there was one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from progression.casework import periods
from progression.errors import Fault, KnownError
from progression.scales.model import Texts
from progression.scales.reading import Table, parse_toml

FORMAT = 1
NONE = "none"
SHIPPED: tuple[str, ...] = (NONE, "halsnaes", "horsens", "match")
MOST_WEEKS = 520
_FOLDER = Path(__file__).resolve().parent / "categories"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """From `from_week` in the category on (0 = at once), a conversation at least every `weeks` weeks."""

    from_week: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Expected:
    """An intervention that someone in the category is expected to get. `types`: any of these intervention types will
    do. `by_weeks`: within so many weeks in the category, None = no limit. `parallel`: types to run beside it."""

    types: tuple[str, ...]
    by_weeks: int | None = None
    parallel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """One group, as it holds from `valid_from` to `valid_to` (both inclusive, None = open)."""

    code: str
    name: Texts
    description: Texts
    rhythm: tuple[Rhythm, ...] = ()
    expected: tuple[Expected, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def weeks_between(self, week: int) -> int | None:
        """Return the weeks between conversations after `week` weeks in the category, None where none are asked for."""
        reached = [step.weeks for step in self.rhythm if step.from_week <= week]
        return reached[-1] if reached else None


@dataclass(frozen=True, slots=True)
class CategorySet:
    """A municipality's categories, in the order of the file; one code may have several rows, one after the other."""

    id: str
    name: Texts
    categories: tuple[Category, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code once, in the order of the file."""
        return tuple(dict.fromkeys(one.code for one in self.categories))

    def code_of(self, written: str) -> str:
        """Return the code of a category that is written as its code or by its name; "" where the set has no such."""
        if written in self.codes:
            return written
        name = written.casefold().strip()
        found = (one.code for one in self.categories if name in (text.casefold() for text in one.name.values()))
        return next(found, "")

    def named(self, written: str) -> Texts | None:
        """Return the name of a category that is written as its code or by its name, None for free text."""
        found = self.get(self.code_of(written))
        return found.name if found else None

    def get(self, code: str, day: dt.date | None = None) -> Category | None:
        """Return the row of a code that holds on the day, or its latest row where no day is given."""
        rows = [one for one in self.categories if one.code == code]
        if day is None:
            return max(rows, key=lambda one: one.valid_from or dt.date.min, default=None)
        return next((one for one in rows if periods.holds(one, day)), None)

    def on(self, day: dt.date) -> tuple[Category, ...]:
        """Return the categories a citizen can be in on the day."""
        return tuple(one for one in self.categories if periods.holds(one, day))


def source(name: str) -> str:
    """Return a shipped set as TOML text. Raises KnownError("categories.unknown", name, choices)."""
    if name not in SHIPPED:
        raise KnownError("categories.unknown", name=name, choices=SHIPPED)
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, CategorySet]:
    """Return the shipped sets by id, read once."""
    return MappingProxyType({name: parse(source(name), f"{name}.toml") for name in SHIPPED})


@lru_cache(maxsize=16)
def parse(text: str, filename: str) -> CategorySet:
    """Read a set of categories from TOML text.

    Raises KnownError("categories.invalid", file=filename, faults=[Fault, ...]): all faults at once, in the order read.
    """
    faults: list[Fault] = []
    data = parse_toml(text, faults)
    found: CategorySet | None = None
    if not faults:
        found = _set(Table(data, "", faults))
    if faults or found is None:
        from progression.casework.category_text import with_lines  # which writes what this reads

        raise KnownError("categories.invalid", file=filename, faults=with_lines(text, faults))
    return found


def _set(table: Table) -> CategorySet:
    version = table.whole("format", 1, 9999)
    if version is not None and version > FORMAT:
        table.fault("format", "fault.newer", version, known=FORMAT)
    identity, name = table.code("id"), table.texts("name")
    rows = [(_category(row), row) for row in (table.tables("categories") if table.has("categories") else ())]
    for code in dict.fromkeys(one.code for one, _ in rows if one.code):
        periods.follow([row for row in rows if row[0].code == code])
    table.done()
    return CategorySet(identity, name, tuple(one for one, _ in rows))


def _category(row: Table) -> Category:
    code, name = row.code("code"), row.texts("name")
    description = row.texts("description") if row.has("description") else {}
    first, last = periods.read(row)
    found = Category(code, name, description, _rhythm(row), _expected(row), first, last)
    row.done()
    return found


def _rhythm(row: Table) -> tuple[Rhythm, ...]:
    """Steps in the order of time: the first from week 0, no week twice."""
    steps: list[Rhythm] = []
    for part in row.tables("rhythm") if row.has("rhythm") else ():
        from_week, weeks = part.whole("from_week", 0, MOST_WEEKS), part.whole("weeks", 1, MOST_WEEKS)
        part.done()
        if from_week is None or weeks is None:
            continue
        if any(from_week == step.from_week for step in steps):
            part.fault("from_week", "fault.twice", from_week)
        else:
            steps.append(Rhythm(from_week, weeks))
    return tuple(sorted(steps, key=lambda step: step.from_week))


def _expected(row: Table) -> tuple[Expected, ...]:
    found: list[Expected] = []
    for part in row.tables("expected") if row.has("expected") else ():
        types = part.codes("types")
        if part.has("types") and not types:
            part.fault("types", "fault.empty")
        by_weeks = part.whole("by_weeks", 0, MOST_WEEKS) if part.has("by_weeks") else None
        parallel = part.codes("parallel") if part.has("parallel") else ()
        part.done()
        found.append(Expected(types, by_weeks, parallel))
    return tuple(found)
