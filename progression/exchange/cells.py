"""From the text of a cell to a value and back. One reader per kind of column; every fault is a CellError.

Dates: ISO (2025-12-31) or Danish (31-12-2025, 31/12/2025, 31.12.2025, one digit allowed).
Numbers: decimal point or comma.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from progression.exchange.faults import CellError
from progression.exchange.tables import Column

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DANISH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]0?0[:.]00([:.]00(\.0+)?)?$")
_MOMENT = re.compile(r"(\S+?)[T ]\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(\.\d{1,6})?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]00(?:[.,]0+)?)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
_WHOLE = re.compile(r"\d+([.,]0+)?", re.ASCII)  # 3.0 is what a data tool writes for 3
_EARLIEST, _LATEST = 1850, 2199


def read_date(text: str) -> date:
    """A date of fact; a time of midnight after it is dropped. Raises CellError."""
    bare = _MIDNIGHT.sub("", text)
    if found := _ISO.fullmatch(bare):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DANISH.fullmatch(bare):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    else:
        raise CellError("not_a_date", "a_date")
    if not _EARLIEST <= year <= _LATEST:
        raise CellError("not_a_date", "a_date")
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError("no_such_date", "a_date") from None


def read_moment(text: str) -> datetime:
    """A date with a time of day; without a time midnight, without a zone the computer's. Raises CellError."""
    found = _MOMENT.fullmatch(text)
    day = read_date(found[1] if found else text)
    clock = "00:00:00"
    if found:
        zone = "+00:00" if found[6] == "Z" else found[6] or ""
        clock = f"{found[2].zfill(2)}:{found[3]}:{found[4] or '00'}{found[5] or ''}{zone}"
    try:
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}")
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError, OSError):  # Windows knows no local time before 1970
        raise CellError("not_a_moment", "a_moment") from None


def read_time(text: str) -> str:
    """A time of day, 9.30 or 09:30, as HH:MM. Raises CellError."""
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise CellError("not_a_time", "a_time")
    return f"{int(found[1]):02}:{found[2]}"


def read_number(text: str) -> float:
    """A number that is not negative (hours, norm). Raises CellError."""
    if not _NUMBER.fullmatch(text):
        raise CellError("not_a_number", "a_number")
    value = float(text.replace(",", "."))
    if value < 0:
        raise CellError("negative", "a_number")
    return value


def read_score(text: str) -> int:
    """A whole step; whether the scale has it is for the plan to say. Raises CellError."""
    if not _WHOLE.fullmatch(text):
        raise CellError("not_a_whole_step", "a_whole_step")
    return int(re.split("[.,]", text)[0])


def read_count(text: str) -> int:
    """A whole number from 1. Raises CellError."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise CellError("not_a_count", "a_count")
    return int(text)


def _choice_reader(column: Column) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in column.choices:
            raise CellError("not_a_choice", "a_choice", choices=column.choices)
        return text.lower()

    return read


def _reader(column: Column) -> Callable[[str], Any]:
    if column.kind == "choice":
        return _choice_reader(column)
    readers: dict[str, Callable[[str], Any]] = {
        "id": str,
        "date": read_date,
        "moment": read_moment,
        "time": read_time,
        "number": read_number,
        "score": read_score,
        "count": read_count,
    }
    return readers[column.kind]


def read_column(column: Column, texts: Sequence[str]) -> tuple[list[Any], dict[str, CellError]]:
    """Read a whole column: its values, None where a text is at fault, and the faults by text.

    Equal texts are read once, so that a column of 200,000 scores costs five conversions and one pass of look-ups.
    An empty cell is the column's default: "" for words and times of day, None for dates and numbers; in a required
    column a fault, except a score, where empty means not rated.
    """
    if column.kind == "text" and not column.required:
        return list(texts), {}
    read = _reader(column)
    empty = read(column.default) if column.default else ("" if column.kind in ("id", "choice", "time") else None)
    memo: dict[str, Any] = {}
    bad: dict[str, CellError] = {}
    for text in set(texts):
        bare = text.strip()
        try:
            if bare:
                memo[text] = read(bare)
            elif column.required and column.kind != "score":
                raise CellError("empty", "not_empty")
            else:
                memo[text] = empty
        except CellError as fault:
            memo[text] = None
            bad[text] = fault
    return list(map(memo.__getitem__, texts)), bad


def write_cell(value: Any) -> str:
    """The text of a value in an exported file: ISO dates, decimal point, empty for None."""
    if type(value) is str:  # most cells, and an export has millions
        return value
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value)
