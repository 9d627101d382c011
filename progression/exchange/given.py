"""What the files say, in the words of the tables: typed columns, and for every row where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from progression.exchange.cells import read_column, read_number
from progression.exchange.faults import HIDDEN, CellError, FileFault
from progression.exchange.mapping import CountedDate, TableMapping
from progression.exchange.reading import RawTable
from progression.exchange.tables import Column, Table


class _NotGiven:
    """The value of a cell whose file has no such column: it says nothing, not even "empty"."""

    def __repr__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN: Final = _NotGiven()


@dataclass(frozen=True, slots=True)
class Part:
    """One file's rows within a table. `headers`: our column -> the name in the file; a constant of the mapping has
    the mapping's name and key in `constants` instead."""

    label: str
    rows: Sequence[int]
    headers: MappingType[str, str]
    columns: MappingType[str, list[Any]]
    constants: MappingType[str, tuple[str, str]] = field(default_factory=dict)
    create_citizens: bool = False


class Given:
    """All rows given for one table, from one file or several.

    `columns`: our name -> values, one per row; NOT_GIVEN where that row's file lacks the column. None where a cell was
    at fault (or empty, for dates and numbers): `spoiled` holds the rows that were, which no plan takes in.
    `whole` is False where a file or a row could not be read at all.
    """

    def __init__(
        self,
        table: Table,
        parts: Sequence[Part],
        spoiled: frozenset[int] = frozenset(),
        whole: bool = True,
    ) -> None:
        self.table = table
        self.parts = tuple(parts)
        self.spoiled = spoiled
        self.whole = whole
        self.starts = [0]
        for part in self.parts:
            self.starts.append(self.starts[-1] + len(part.rows))
        names = dict.fromkeys(name for part in self.parts for name in part.columns)
        self.columns: dict[str, list[Any]] = {}
        for name in names:
            column: list[Any] = []
            for part in self.parts:
                column += part.columns.get(name) or [NOT_GIVEN] * len(part.rows)
            self.columns[name] = column
        self._said: set[tuple[str, str, str]] = set()

    def __len__(self) -> int:
        return self.starts[-1]

    @property
    def complete(self) -> bool:
        """False where no file of the table could be read: its faults are said already, and there are no rows."""
        return set(self.table.required) <= self.columns.keys()

    def part(self, index: int) -> Part:
        """The file a row came from."""
        return self.parts[bisect_right(self.starts, index) - 1]

    def row(self, index: int) -> int:
        """The row number within its file."""
        place = bisect_right(self.starts, index) - 1
        return self.parts[place].rows[index - self.starts[place]]

    def fault(self, index: int, column: str, what: str, value: str, expected: str, **fields: Any) -> list[FileFault]:
        """A fault of one cell, where the user finds it: at most one for a constant of the mapping, however many
        rows it stands in. Names and free texts are not repeated, neither the file's nor the vault's."""
        if self._is_private(column):
            value = HIDDEN if value else ""
            fields = {name: HIDDEN if name == "held" and text else text for name, text in fields.items()}
        part = self.part(index)
        if column in part.constants:
            file, key = part.constants[column]
            if (key, what, value) in self._said:
                return []
            self._said.add((key, what, value))
            return [FileFault(file, None, key, what, value, expected, fields)]
        label = part.headers.get(column, column)
        return [FileFault(part.label, self.row(index), label, what, value, expected, fields)]

    def _is_private(self, name: str) -> bool:
        column = self.table.column(name)
        # a CPR number comes masked already
        return column is not None and column.privacy == "drop" and name != "cpr"


def given(
    table: Table, sources: Sequence[tuple[RawTable, TableMapping | None]], mapping_file: str
) -> tuple[Given, list[FileFault]]:
    """Turn the files of one table into typed columns. Returns what is given and every fault of form."""
    faults: list[FileFault] = []
    parts: list[Part] = []
    bad: set[int] = set()
    start = 0
    for raw, section in sources:
        faults += raw.faults
        if not raw.header:
            continue
        reader = _PartReader(table, raw, section, mapping_file)
        part = reader.read()
        faults += reader.faults
        if part is not None:
            parts.append(part)
            bad.update(start + index for index in reader.spoiled)
            start += len(part.rows)
    whole = not any(raw.faults for raw, _ in sources)
    return Given(table, parts, frozenset(bad), whole), faults


class _PartReader:
    """Reads one file of a table: names of columns first, then their cells."""

    def __init__(self, table: Table, raw: RawTable, section: TableMapping | None, mapping_file: str) -> None:
        self.table = table
        self.raw = raw
        self.section = section or TableMapping(table, table.name, raw.stem)
        self.mapping_file = mapping_file
        self.faults: list[FileFault] = []
        self.spoiled: set[int] = set()

    def read(self) -> Part | None:
        """The part, or None when its header is at fault (nothing else can be said then)."""
        texts, headers = self._named()
        counted = self._counted()
        self._check_complete(texts, counted)
        if self.faults:
            return None
        columns: dict[str, list[Any]] = {}
        for name, cells in texts.items():
            columns[name] = self._values(self.table.column(name), cells, headers[name])  # type: ignore[arg-type]
        for entry, header, cells in counted:
            columns[entry.target] = self._dates(entry, header, cells)
            headers[entry.target] = header
        constants = self._constants(columns)
        return Part(self.raw.label, self.raw.rows, headers, columns, constants, self.section.create_citizens)

    def _named(self) -> tuple[dict[str, Sequence[str]], dict[str, str]]:
        """Our column names -> texts, and -> the file's own names. Unknown and doubled columns are faults."""
        texts: dict[str, Sequence[str]] = {}
        headers: dict[str, str] = {}
        counted = {entry.column for entry in self.section.dates}
        for header, cells in zip(self.raw.header, self.raw.columns, strict=True):
            if header in self.section.ignore or header in counted:
                continue
            if not header and not any(map(str.strip, cells)):
                continue
            name = self.section.rename.get(header, header.lower())
            if self.table.column(name) is None:
                known = tuple(c.name for c in self.table.columns)
                self._header_fault(header, "unknown_column", "a_column", columns=known)
            elif name in texts or name in self.section.constant:
                self._header_fault(header, "column_twice", "column_once")
            else:
                texts[name], headers[name] = cells, header
        self._check_mapping_columns()
        return texts, headers

    def _header_fault(self, header: str, what: str, expected: str, **fields: Any) -> None:
        self.faults.append(FileFault(self.raw.label, 1, header or "-", what, header, expected, fields))

    def _mapping_fault(self, key: str, what: str, value: str, expected: str, **fields: Any) -> None:
        place = f"{self.section.key}.{key}"
        self.faults.append(FileFault(self.mapping_file, None, place, what, value, expected, fields))

    def _check_mapping_columns(self) -> None:
        """Every column a mapping speaks of must be in the file: a misspelt one would quietly do nothing."""
        there = set(self.raw.header)
        wanted = [(f"rename.{name}", name) for name in self.section.rename if name not in there]
        # a renamed column that is counted is looked for under its own name
        wanted += [("dates.column", entry.column) for entry in self.section.dates if entry.column not in there]
        wanted += [("ignore", name) for name in self.section.ignore if name not in there]
        for key, name in wanted:
            self._mapping_fault(key, "not_in_file", name, "a_column_of_file", file=self.raw.label)

    def _counted(self) -> list[tuple[CountedDate, str, Sequence[str]]]:
        cells = dict(zip(self.raw.header, self.raw.columns, strict=True))
        return [(entry, entry.column, cells[entry.column]) for entry in self.section.dates if entry.column in cells]

    def _check_complete(
        self,
        texts: MappingType[str, Sequence[str]],
        counted: Sequence[tuple[CountedDate, str, Sequence[str]]],
    ) -> None:
        filled = set(texts) | set(self.section.constant) | {entry.target for entry, _, _ in counted}
        for entry, header, _ in counted:
            if entry.target in texts or entry.target in self.section.constant:
                self._header_fault(header, "column_twice", "column_once")
        for name in self.table.required:
            if name not in filled:
                self._header_fault(name, "column_missing", "a_required_column", columns=self.table.required)

    def _values(self, column: Column, cells: Sequence[str], header: str) -> list[Any]:
        translations = self.section.values.get(column.name)
        if translations:
            translated = {text: translations.get(text.strip(), text) for text in set(cells)}
            values, bad = read_column(column, list(map(translated.__getitem__, cells)))
            bad = {text: bad[new] for text, new in translated.items() if new in bad}
        else:
            values, bad = read_column(column, cells)
        self._add_cell_faults(cells, bad, header)
        return values

    def _add_cell_faults(self, cells: Sequence[str], bad: MappingType[str, CellError], header: str) -> None:
        if not bad:
            return
        for index, text in enumerate(cells):
            if fault := bad.get(text):
                place = self.raw.rows[index]
                self.faults.append(
                    FileFault(self.raw.label, place, header, fault.what, text, fault.expected, fault.fields)
                )
                self.spoiled.add(index)

    def _dates(self, entry: CountedDate, header: str, cells: Sequence[str]) -> list[Any]:
        memo: dict[str, Any] = {}
        bad: dict[str, CellError] = {}
        column = self.table.column(entry.target)
        for text in set(cells):
            try:
                memo[text] = self._date(entry, text.strip(), column is not None and column.required)
            except CellError as fault:
                memo[text], bad[text] = None, fault
        self._add_cell_faults(cells, bad, header)
        return [memo[text] for text in cells]

    def _date(self, entry: CountedDate, text: str, required: bool) -> Any:
        if not text:
            if required:
                raise CellError("empty", "not_empty")
            return None
        negative, bare = text.startswith("-"), text.removeprefix("-")
        number = read_number(bare) * (-1 if negative else 1)
        try:
            return entry.origin + timedelta(days=round(number * entry.days))
        except OverflowError:
            raise CellError("not_a_date", "a_date") from None

    def _constants(self, columns: dict[str, list[Any]]) -> dict[str, tuple[str, str]]:
        """Fill the columns that the mapping gives once; a constant at fault is a fault of the mapping."""
        places: dict[str, tuple[str, str]] = {}
        for name, text in self.section.constant.items():
            column = self.table.column(name)
            assert column is not None  # the mapping's reader saw to it
            values, bad = read_column(column, [text])
            for fault in bad.values():
                self._mapping_fault(f"constant.{name}", fault.what, text, fault.expected, **fault.fields)
                self.spoiled.update(range(len(self.raw.rows)))
            columns[name] = values * len(self.raw.rows)
            places[name] = (self.mapping_file, f"{self.section.key}.constant.{name}")
        return places
