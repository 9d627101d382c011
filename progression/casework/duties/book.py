"""A rule set made ready for many citizens: rows with ordinals, looked up by the day a duty arises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from progression.casework.categories import CategorySet
from progression.casework.duties.due import add_months
from progression.casework.duties.facts import FOREVER
from progression.casework.holidays import Moves
from progression.casework.rulesets import Kind, Rule, RuleSet
from progression.casework.values import InterventionType


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a rule. `first` and `last`: the days it holds. Parameters that its kind has not are 0 or empty."""

    rule: Rule
    first: int
    last: int
    moves: Moves
    paused_by: tuple[str, ...]
    categories: frozenset[str]
    types: frozenset[str]
    days: int = 0
    weeks: int = 0
    months: int = 0
    latest_months: int = 0
    count: int = 0
    repeat: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """All rows of one rule that are on, by the day they begin."""

    id: str
    kind: Kind
    rows: tuple[Row, ...]

    def holding(self, day: int) -> Row | None:
        """Return the row in force on the day."""
        for row in self.rows:
            if row.first <= day <= row.last:
                return row
        return None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a category asks for from `first` to `last`: (from week, weeks between conversations), by from week."""

    first: int
    last: int
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything evaluation needs beside a citizen's facts. Make one with `Rulebook.of`. `codes`: what a category is
    also called, in lower case -> its code, since a file may have its name."""

    lines: tuple[Line, ...]
    types: Mapping[str, InterventionType]
    rhythms: Mapping[str, tuple[Rhythm, ...]]
    codes: Mapping[str, str] = field(default_factory=dict)

    def code_of(self, category: str) -> str:
        """Return the code of a category written as code or by name; as it stands where no such is known."""
        return category if category in self.rhythms else self.codes.get(category.casefold(), category)

    @staticmethod
    def of(rules: RuleSet, types: Mapping[str, InterventionType], categories: CategorySet) -> Rulebook:
        """Compile the rules of a municipality. Rows that are off are left out."""
        found: dict[str, list[Row]] = {}
        for rule in rules.rules:
            if rule.on:
                found.setdefault(rule.id, []).append(_row(rule))
        lines = tuple(
            Line(name, rows[0].rule.kind, tuple(sorted(rows, key=lambda row: row.first)))
            for name, rows in found.items()
        )
        rhythms: dict[str, tuple[Rhythm, ...]] = {}
        for one in categories.categories:
            first, last = _days(one.valid_from, one.valid_to)
            steps = tuple((step.from_week, step.weeks) for step in one.rhythm)
            rhythms[one.code] = (*rhythms.get(one.code, ()), Rhythm(first, last, steps))
        codes = {name.casefold(): one.code for one in categories.categories for name in one.name.values()}
        return Rulebook(lines, types, rhythms, codes)


@lru_cache(maxsize=1 << 16)
def months_after(day: int, months: int) -> int:
    """`add_months` for ordinals."""
    return add_months(date.fromordinal(day), months).toordinal()


def _days(first: date | None, last: date | None) -> tuple[int, int]:
    return first.toordinal() if first else 1, last.toordinal() if last else FOREVER


def _row(rule: Rule) -> Row:
    numbers = {name: value for name, value in rule.parameters.items() if isinstance(value, int)}
    role = rule.parameters.get("role", "")
    types = rule.parameters.get("types", ())
    first, last = _days(rule.valid_from, rule.valid_to)
    return Row(
        rule,
        first,
        last,
        rule.moves,
        rule.paused_by,
        frozenset(rule.categories),
        frozenset(types if isinstance(types, tuple) else ()),
        days=numbers.get("days", 0),
        weeks=numbers.get("weeks", 0),
        months=numbers.get("months", 0),
        latest_months=numbers.get("latest_months", 0),
        count=numbers.get("count", 0),
        repeat=bool(numbers.get("repeat", False)),
        role=role if isinstance(role, str) else "",
    )
