"""From files to columns of text: a folder of CSV files, one CSV file, or one workbook.

Nothing here knows what a column means. Every cell is text; numbers and dates of a workbook are written as ISO text so
that both kinds of source go the same way.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from progression.errors import KnownError
from progression.exchange.cells import write_cell
from progression.exchange.faults import HIDDEN, FileFault
from progression.store.notices import Notice

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_LONGEST_CELL = 1 << 24
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class RawTable:
    """One file or sheet. `label` is how faults name it, `stem` its name without ending, in lower case.

    `columns` hold the texts under each of `header`; `rows` the row numbers as a spreadsheet counts them.
    `faults`: without a header, why nothing of the file could be read; with one, the rows that were left out of it.
    """

    label: str
    stem: str
    header: tuple[str, ...] = ()
    columns: tuple[Sequence[str], ...] = ()
    rows: Sequence[int] = ()
    faults: tuple[FileFault, ...] = ()
    notices: tuple[Notice, ...] = ()


def read_source(source: Path) -> tuple[RawTable, ...]:
    """Read every CSV file of a folder, one CSV file, or every sheet of a workbook.

    Raises KnownError: import.no_such_source, import.unreadable (path, reason).
    """
    if not source.exists():
        raise KnownError("import.no_such_source", path=str(source))
    try:
        if source.is_dir():
            files = sorted(p for p in source.iterdir() if p.suffix.lower() == ".csv" and p.is_file())
            return tuple(_read_csv(path) for path in files)
        if source.suffix.lower() in WORKBOOKS:
            return _read_workbook(source)
        return (_read_csv(source),)
    except OSError as error:
        raise KnownError("import.unreadable", path=str(source), reason=error.strerror or "") from None


def _read_csv(path: Path) -> RawTable:
    label, stem = path.name, path.stem.lower()
    content = path.read_bytes()
    notices: tuple[Notice, ...] = ()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content.partition(b"\n")[0]:
        return _not_text(label, stem)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return _not_text(label, stem)
        notices = (Notice("import.windows_1252", {"file": label}),)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return _table(label, stem, _csv_rows(text), notices)
    except csv.Error:
        fault = FileFault(label, _readable_rows(text) + 1, "-", "broken_quotes", "", "closed_quotes")
        return RawTable(label, stem, faults=(fault,))


def _csv_rows(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)


def _readable_rows(text: str) -> int:
    """How many rows come before the one that cannot be read."""
    count = 0
    with suppress(csv.Error):
        for _ in _csv_rows(text):
            count += 1
    return count


def _delimiter(text: str) -> str:
    """Comma or semicolon, whichever splits the header into more columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;", key=lambda d: len(next(csv.reader([first], delimiter=d), [])))


def _not_text(label: str, stem: str) -> RawTable:
    return RawTable(label, stem, faults=(FileFault(label, 1, "-", "not_text", "", "a_csv_file"),))


def _read_workbook(path: Path) -> tuple[RawTable, ...]:
    import python_calamine

    errors = (python_calamine.CalamineError, python_calamine.XmlError, python_calamine.ZipError)
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            kind = python_calamine.SheetTypeEnum.WorkSheet
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == kind]
            sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except python_calamine.PasswordError:
        raise KnownError("import.workbook_has_password", path=str(path)) from None
    except errors:
        raise KnownError("import.not_a_workbook", path=str(path)) from None
    read = []
    for name, grid in sheets:
        cells = [[_cell_text(value) for value in row] for row in grid]
        read.append(_table(f"{path.name}!{name}", name.strip().lower(), cells, ()))
    return tuple(read)


def _cell_text(value: Any) -> str:
    """A workbook's cell as text: 3.0 is written 3, a date at midnight without its time."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return write_cell(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _table(label: str, stem: str, rows: Iterable[Sequence[str]], notices: tuple[Notice, ...]) -> RawTable:
    """Split rows of texts into header and columns, leaving blank rows out but counting them."""
    remaining = iter(rows)
    first = next(((at, row) for at, row in enumerate(remaining, 1) if any(map(str.strip, row))), None)
    if first is None:
        fault = FileFault(label, 1, "-", "empty_file", "", "a_header")
        return RawTable(label, stem, faults=(fault,), notices=notices)
    header = [name.strip() for name in first[1]]
    while header and not header[-1]:
        header.pop()
    body = _Body(label, len(header))
    body.fill(remaining, first[0] + 1)
    if not body.numbers and not body.faults:
        notices = (*notices, Notice("import.no_rows", {"file": label}))
    return RawTable(label, stem, tuple(header), tuple(body.columns), body.numbers, tuple(body.faults), notices)


class _Body:
    """The rows below the header, turned into columns some thousand at a time: a file has hundreds of thousands."""

    def __init__(self, label: str, width: int) -> None:
        self.label = label
        self.width = width
        self.columns: list[list[str]] = [[] for _ in range(width)]
        self.numbers: list[int] = []
        self.faults: list[FileFault] = []

    def fill(self, rows: Iterator[Sequence[str]], number: int) -> None:
        """Take in all rows; `number` is that of the first."""
        while chunk := list(islice(rows, _CHUNK)):
            following = number + len(chunk)
            even = set(map(len, chunk)) == {self.width}
            if even and all(row[0].strip() for row in chunk):  # the common case, without a look at every cell
                self.numbers.extend(range(number, following))
                kept = chunk
            else:
                evened = [(at, self._even(row, at)) for at, row in enumerate(chunk, number)]
                kept = [row for _, row in evened if row]
                self.numbers += [at for at, row in evened if row]
            for column, cells in zip(self.columns, zip(*kept, strict=True), strict=False):
                column.extend(cells)
            number = following

    def _even(self, row: Sequence[str], number: int) -> Sequence[str]:
        """As many cells as the header has; nothing for a blank row, and for one with text beyond the header.

        Such a row is a fault (mostly a comma that was not quoted), and what stands in its other cells may have slipped.
        """
        beyond = [cell for cell in row[self.width :] if cell.strip()]
        if beyond:
            place, fields = str(self.width + 1), {"n": self.width}
            shown = HIDDEN if any(map(str.isalpha, beyond[0])) else beyond[0]  # mostly the rest of a name or a note
            self.faults.append(FileFault(self.label, number, place, "beyond_header", shown, "as_header", fields))
            return ()
        if not any(map(str.strip, row)):
            return ()
        return [*row[: self.width], *[""] * (self.width - len(row))]
