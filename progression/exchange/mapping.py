"""Mapping files (TOML): how a file from elsewhere becomes one of the tables. The format is in docs/import.md.

version = 1
create_citizens = true            # ids that the vault does not know become citizens

[assessments]
source = "extract.csv"            # the file or sheet; default: the one named like the table
rename = { id = "citizen_id" }    # their column = our column
constant = { rater = "caseworker" }
dates = { column = "time", origin = "2020-01-01", days = 7 }   # origin + 7 x time; `to` names our column
values = { mode = { telefon = "phone" } }
ignore = ["comment"]

["extract 2.xlsx"]                # or: a section named like the file, which says what table it is
table = "notes"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from progression.errors import KnownError
from progression.exchange.cells import read_date
from progression.exchange.faults import CellError, FileFault
from progression.exchange.tables import BY_NAME, Table

VERSION = 1
_KEYS = ("table", "source", "rename", "constant", "dates", "values", "ignore", "create_citizens")
_DATE_KEYS = ("column", "origin", "days", "to")


@dataclass(frozen=True, slots=True)
class CountedDate:
    """A column that counts time from an origin: date = `origin` + `days` x number. `target` is our date column."""

    column: str
    origin: date
    days: float
    target: str


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a mapping says of one table. `key` is its section, for faults. `source` in lower case, without ending."""

    table: Table
    key: str
    source: str
    rename: MappingType[str, str] = field(default_factory=dict)
    constant: MappingType[str, str] = field(default_factory=dict)
    dates: tuple[CountedDate, ...] = ()
    values: MappingType[str, MappingType[str, str]] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    create_citizens: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file; `file` is its name."""

    file: str
    tables: tuple[TableMapping, ...]

    def for_source(self, stem: str) -> TableMapping | None:
        """The section that reads the file or sheet of this name; None when there is none."""
        return next((section for section in self.tables if section.source == stem), None)


def read_mapping(path: Path) -> Mapping:
    """Read and check a mapping file.

    Raises KnownError: import.unreadable (path, reason), import.mapping_broken (file, line),
    import.mapping (file, n, faults: one per key that is wrong).
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KnownError("import.unreadable", path=str(path), reason=error.strerror or "") from None
    except UnicodeDecodeError:
        raise KnownError("import.mapping_broken", file=path.name, line=1) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise KnownError("import.mapping_broken", file=path.name, line=int(found[1]) if found else 0) from None
    reader = _Reader(path.name)
    mapping = reader.mapping(data)
    if reader.faults:
        raise KnownError("import.mapping", file=path.name, n=len(reader.faults), faults=tuple(reader.faults))
    return mapping


def source_stem(name: str) -> str:
    """The name by which a file or a sheet is found: lower case, without .csv."""
    return name.strip().lower().removesuffix(".csv")


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


class _Reader:
    """Collects every fault of one mapping file instead of stopping at the first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[FileFault] = []

    def fault(self, key: str, what: str, value: Any, expected: str, **fields: Any) -> None:
        self.faults.append(FileFault(self.file, None, key, what, _as_text(value), expected, fields))

    def mapping(self, data: dict[str, Any]) -> Mapping:
        version = data.pop("version", None)
        if version != VERSION or isinstance(version, bool):
            what = "mapping_newer" if isinstance(version, int) and version > VERSION else "mapping_version"
            self.fault("version", what, "" if version is None else version, "version_one")
            return Mapping(self.file, ())
        create = self._truth(data.pop("create_citizens", False), "create_citizens")
        sections: list[TableMapping] = []
        for key, entry in data.items():
            # [[assessments]] twice = two files that fill the same table
            for place, section in enumerate(entry if isinstance(entry, list) else [entry], 1):
                name = f"{key}[{place}]" if isinstance(entry, list) else key
                sections += self._section(key, name, section, create)
        self._one_section_per_source(sections)
        if not sections and not self.faults:
            self.fault("version", "no_section", "", "a_table", tables=tuple(BY_NAME))
        return Mapping(self.file, tuple(sections))

    def _one_section_per_source(self, sections: list[TableMapping]) -> None:
        seen: set[str] = set()
        for section in sections:
            if section.source in seen:
                self.fault(f"{section.key}.source", "source_twice", section.source, "source_once")
            seen.add(section.source)

    def _truth(self, value: Any, key: str) -> bool:
        if not isinstance(value, bool):
            self.fault(key, "not_truth", value, "true_or_false")
        return value is True

    def _section(self, name: str, key: str, section: Any, create: bool) -> list[TableMapping]:
        if not isinstance(section, dict):
            self.fault(key, "not_a_section", section, "a_section")
            return []
        wanted = section.get("table", name)
        table = BY_NAME.get(source_stem(wanted)) if isinstance(wanted, str) else None
        if table is None:
            place = f"{key}.table" if "table" in section else key
            self.fault(place, "unknown_table", wanted, "a_table", tables=tuple(BY_NAME))
            return []
        for unknown in section.keys() - set(_KEYS):
            self.fault(f"{key}.{unknown}", "unknown_key", unknown, "a_key", keys=_KEYS)
        rename = self._rename(table, f"{key}.rename", section.get("rename", {}))
        source = section.get("source", name)
        if not isinstance(source, str) or not source.strip():
            self.fault(f"{key}.source", "not_a_name", source, "a_file_name")
            source = name
        return [
            TableMapping(
                table,
                key,
                source_stem(source),
                rename,
                self._constant(table, f"{key}.constant", section.get("constant", {})),
                self._dates(table, f"{key}.dates", section.get("dates", []), rename),
                self._values(table, f"{key}.values", section.get("values", {}), rename),
                self._ignore(f"{key}.ignore", section.get("ignore", [])),
                self._truth(section.get("create_citizens", create), f"{key}.create_citizens"),
            )
        ]

    def _table_of(self, key: str, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.fault(key, "not_a_section", value, "a_section")
        return {}

    def _known(self, table: Table, key: str, column: Any) -> bool:
        if isinstance(column, str) and table.column(column):
            return True
        self.fault(key, "unknown_column", column, "a_column", columns=tuple(c.name for c in table.columns))
        return False

    def _rename(self, table: Table, key: str, value: Any) -> dict[str, str]:
        rename: dict[str, str] = {}
        for theirs, ours in self._table_of(key, value).items():
            if not self._known(table, f"{key}.{theirs}", ours):
                continue
            if ours in rename.values():
                self.fault(f"{key}.{theirs}", "column_twice", ours, "column_once")
            rename[theirs.strip()] = ours
        return rename

    def _constant(self, table: Table, key: str, value: Any) -> dict[str, str]:
        constant: dict[str, str] = {}
        for column, text in self._table_of(key, value).items():
            if not self._known(table, f"{key}.{column}", column):
                continue
            if isinstance(text, (dict, list, bool)):
                self.fault(f"{key}.{column}", "not_a_value", text, "a_value")
            else:
                constant[column] = _as_text(text)
        return constant

    def _values(self, table: Table, key: str, value: Any, rename: dict[str, str]) -> dict[str, dict[str, str]]:
        values: dict[str, dict[str, str]] = {}
        for column, translations in self._table_of(key, value).items():
            ours = rename.get(column, column)
            if not self._known(table, f"{key}.{column}", ours):
                continue
            pairs = self._table_of(f"{key}.{column}", translations)
            values[ours] = {theirs.strip(): _as_text(text) for theirs, text in pairs.items()}
        return values

    def _ignore(self, key: str, value: Any) -> frozenset[str]:
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return frozenset(name.strip() for name in value)
        self.fault(key, "not_a_list", value, "a_list")
        return frozenset()

    def _dates(self, table: Table, key: str, value: Any, rename: dict[str, str]) -> tuple[CountedDate, ...]:
        entries = value if isinstance(value, list) else [value]
        counted = [self._date(table, key, entry, rename) for entry in entries]
        return tuple(entry for entry in counted if entry)

    def _date(self, table: Table, key: str, value: Any, rename: dict[str, str]) -> CountedDate | None:
        entry = self._table_of(key, value)
        for name in entry.keys() - set(_DATE_KEYS):
            self.fault(f"{key}.{name}", "unknown_key", name, "a_key", keys=_DATE_KEYS)
        column = entry.get("column", "")
        if not isinstance(column, str) or not column.strip():
            self.fault(f"{key}.column", "not_a_name", column, "a_column_name")
            return None
        target = entry.get("to", self._target(table, rename.get(column, column)))
        known = table.column(target) if isinstance(target, str) else None
        if known is None or known.kind != "date":
            dates = tuple(c.name for c in table.columns if c.kind == "date")
            self.fault(f"{key}.to", "not_a_date_column", target, "a_column", columns=dates)
        days = entry.get("days", 1)
        if isinstance(days, bool) or not isinstance(days, (int, float)):
            self.fault(f"{key}.days", "not_a_number", days, "a_number")
            return None
        origin = self._origin(f"{key}.origin", entry.get("origin", ""))
        return CountedDate(column.strip(), origin, float(days), str(target)) if origin else None

    def _target(self, table: Table, column: str) -> str:
        """The date column that a counted column fills when the mapping does not say: itself, else `date` or `start`."""
        own = table.column(column)
        if own and own.kind == "date":
            return column
        return next((name for name in ("date", "start") if table.column(name)), "")

    def _origin(self, key: str, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value))
        except CellError as fault:
            self.fault(key, fault.what, value, fault.expected, **fault.fields)
            return None
