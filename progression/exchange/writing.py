"""Export: the facts in force as files of the shape that import reads.

The files are not encrypted: a person asked for them. They are written into a hidden folder beside their place and moved
when all are complete, readable by this user only. Nothing is left behind when writing fails.
"""

from __future__ import annotations

import csv
import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from progression.casework.values import DECLINED, Assessment
from progression.errors import KnownError
from progression.exchange.cells import write_cell
from progression.exchange.pseudonyms import Pseudonyms, shuffled
from progression.exchange.tables import TABLES, Column, Table
from progression.scales.model import Scale
from progression.store import engine

Format = Literal["csv", "xlsx", "sqlite"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "sqlite")
NAME = "progression"
SHEET_ROWS = 1_048_576  # Excel's limits
SHEET_TEXT = 32_767
_KINDS: dict[str, type] = {"number": float, "score": int, "count": int}  # in a database; all else is text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table ready to be written: only the columns that are needed, one tuple of values per row."""

    table: Table
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]


# from facts to rows


def sheets(
    facts: Mapping[str, Sequence[Any]], scales: Mapping[str, Scale], pseudonyms: Pseudonyms | None = None
) -> list[Sheet]:
    """The tables that have rows. `facts` by table name as import reads them; with `pseudonyms` nobody is named."""
    citizens = _newest(facts.get("citizens", ()), lambda fact: fact.citizen)
    numbers = {fact.citizen: fact.number for fact in citizens}
    current = {**facts, "citizens": citizens}
    written = (_sheet(table, current.get(table.name, ()), numbers, scales, pseudonyms) for table in TABLES)
    return [sheet for sheet in written if sheet.rows]


def _sheet(
    table: Table,
    facts: Sequence[Any],
    numbers: Mapping[str, str],
    scales: Mapping[str, Scale],
    pseudonyms: Pseudonyms | None,
) -> Sheet:
    if table.name == "assessments":
        rows = _assessment_rows(facts, numbers, scales)
    else:
        rows = _fact_rows(table, facts, numbers)
    columns = table.columns
    if pseudonyms:
        rows = ([pseudonyms.cell(column, value) for column, value in zip(columns, row, strict=True)] for row in rows)
    complete = [tuple(row) for row in rows]
    if pseudonyms:
        complete = shuffled(complete)
    used = [place for place, column in enumerate(columns) if not column.extension or _needed(column, place, complete)]
    if len(used) < len(columns):
        complete = [tuple(row[place] for place in used) for row in complete]
    return Sheet(table, tuple(columns[place] for place in used), complete)


def _needed(column: Column, place: int, rows: Iterable[Sequence[Any]]) -> bool:
    return any(write_cell(row[place]) not in ("", column.default) for row in rows)


def _fact_rows(table: Table, facts: Sequence[Any], numbers: Mapping[str, str]) -> Iterator[list[Any]]:
    """One row per fact; facts with the same key are numbered, oldest first, in the column nr."""
    key = [column.attribute for name in (*table.key, table.own) if (column := table.column(name))]
    if table.name == "interventions":
        facts = _newest(facts, lambda fact: (fact.citizen, fact.id))
    elif table.column("nr") is None:
        facts = _newest(facts, lambda fact: tuple(getattr(fact, name) for name in key))
    seen: dict[tuple[Any, ...], int] = {}
    ordered = sorted(facts, key=lambda fact: fact.event)
    numbered: list[tuple[list[Any], Any, int]] = []
    for fact in ordered:
        own = tuple(getattr(fact, name) for name in key)
        seen[own] = seen.get(own, 0) + 1
        numbered.append(([write_cell(part) for part in own], fact, seen[own]))
    for _, fact, nr in sorted(numbered, key=lambda entry: (entry[0], entry[2])):
        if table.column("citizen_id") and fact.citizen not in numbers:
            continue  # the citizen was taken back; so is what was said
        yield [_value(column, fact, numbers, nr) for column in table.columns]


def _value(column: Column, fact: Any, numbers: Mapping[str, str], nr: int) -> Any:
    if column.name == "nr":
        return nr
    value = getattr(fact, column.attribute)
    return numbers[value] if column.attribute == "citizen" else value


def _newest(facts: Iterable[Any], key: Callable[[Any], Any]) -> list[Any]:
    """One fact per key: of two versions in conflict the later."""
    found: dict[Any, Any] = {}
    for fact in sorted(facts, key=lambda fact: fact.event):
        found[key(fact)] = fact
    return sorted(found.values(), key=lambda fact: str(key(fact)))


def _assessment_rows(
    facts: Sequence[Assessment], numbers: Mapping[str, str], scales: Mapping[str, Scale]
) -> Iterator[list[Any]]:
    """One row per answer (or note), in the order of the scale."""
    places = {scale.id: {i.code: place for place, i in enumerate(scale.indicators)} for scale in scales.values()}
    current = [f for f in _newest(facts, lambda f: (f.citizen, f.date, f.rater, f.scale)) if f.citizen in numbers]
    for fact in sorted(current, key=lambda f: (numbers[f.citizen], f.date, f.scale, f.rater)):
        order = places.get(fact.scale, {})
        codes = sorted({*fact.answers, *fact.notes}, key=lambda code: (order.get(code, len(order)), code))
        for code in codes or list(order)[:1]:  # a row for the assessment itself, where nothing was asked
            answer = fact.answers.get(code)
            state = "not_asked" if answer is None else answer if answer == DECLINED else ""
            yield [
                numbers[fact.citizen], fact.date, fact.rater, fact.assessor, fact.scale, code,
                answer if isinstance(answer, int) else None, fact.mode, fact.conversation, fact.entered,
                fact.notes.get(code, ""), state, fact.note,
            ]  # fmt: skip


# from rows to files


def write(folder: Path, written: Sequence[Sheet], form: Format) -> tuple[Path, ...]:
    """Write the sheets into a folder and return the files' paths.

    Raises KnownError: export.exists (file), export.too_long (file, column), export.too_many_rows (file, rows),
    disk.full, folder.read_only, folder.unusable (folder), disk.failed (folder, reason).
    """
    targets = [f"{sheet.table.name}.csv" for sheet in written] if form == "csv" else [f"{NAME}.{form}"]
    with engine.guarded(folder), engine.guarded_files(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in targets:
            if (folder / name).exists():
                raise KnownError("export.exists", file=str(folder / name))
        part = folder / f".{NAME}-{secrets.token_hex(4)}.part"
        part.mkdir(mode=0o700)
        try:
            if form == "csv":
                for sheet in written:
                    _private(part / f"{sheet.table.name}.csv", _csv(sheet))
            elif form == "xlsx":
                _private(part / targets[0], _workbook(written))
            else:
                _database(part / targets[0], written)
            for name in targets:
                os.replace(part / name, folder / name)  # noqa: PTH105 - as everywhere: over what is there, atomically
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return tuple(folder / name for name in targets)


def _private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _csv(sheet: Sheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in sheet.columns])
    writer.writerows([write_cell(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode()


def _workbook(written: Sequence[Sheet]) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    # in memory: the other mode leaves plain text in the system's folder for temporary files
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in written:
            if len(sheet.rows) >= SHEET_ROWS:
                raise KnownError("export.too_many_rows", file=sheet.table.name, rows=len(sheet.rows))
            page = book.add_worksheet(sheet.table.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.columns) - 1, 14)
            for place, column in enumerate(sheet.columns):
                page.write_string(0, place, column.name, bold)
            for number, row in enumerate(sheet.rows, 1):
                for place, value in enumerate(row):
                    _write_to_sheet(page, number, place, value, day, sheet)
        if not written:
            book.add_worksheet(NAME)
    return content.getvalue()


def _write_to_sheet(page: Any, row: int, place: int, value: Any, day: Any, sheet: Sheet) -> None:
    """A typed cell; text is always text, so that "=1" stays what was written."""
    if isinstance(value, date) and not isinstance(value, datetime) and value.year > 1900:
        page.write_datetime(row, place, value, day)
    elif isinstance(value, (int, float)) and float(f"{value:.15g}") == value:  # what a spreadsheet can hold
        page.write_number(row, place, value)
    elif text := write_cell(value):
        if len(text) > SHEET_TEXT:
            raise KnownError("export.too_long", file=sheet.table.name, column=sheet.columns[place].name)
        page.write_string(row, place, text)


def _database(path: Path, written: Sequence[Sheet]) -> None:
    _private(path, b"")
    db = engine.Database(str(path))
    try:
        with db.atomic():  # one transaction: a commit for every few rows would take most of the time
            for sheet in written:
                kinds = {column.name: _KINDS.get(column.kind, str) for column in sheet.columns}
                names = list(kinds)
                db[sheet.table.name].create(kinds)
                db[sheet.table.name].insert_all(dict(zip(names, map(_stored, row), strict=True)) for row in sheet.rows)
    finally:
        db.conn.close()


def _stored(value: Any) -> Any:
    """A value as SQLite keeps it: numbers as numbers, dates as ISO text, nothing as NULL."""
    return value if type(value) in (int, float) else write_cell(value) or None
