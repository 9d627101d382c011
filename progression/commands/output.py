"""Rows as a table for people, as JSON and CSV for scripts."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TextIO

from progression.commands.base import Context
from progression.words import Words

Row = Mapping[str, Any]
NOTHING = "–"


def emit(
    context: Context,
    name: str,
    rows: Sequence[Row],
    headings: Mapping[str, str],
    *,
    extra: Mapping[str, Any] | None = None,
    shown: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Print rows in the format asked for.

    JSON is one object with `extra` and one list called `name`; CSV has the keys of `headings` as head. The table shows
    headings in the reader's language; `shown` replaces cells by their wording, column by column.
    """
    form = context.arguments.format
    if form == "json":
        import json

        json.dump({**(extra or {}), name: rows}, sys.stdout, ensure_ascii=False, indent=1, default=_plain)
        print()
    elif form == "csv":
        write_csv(sys.stdout, rows, list(headings))
    else:
        print_table(context.w, rows, headings, shown or {})


def write_csv(out: TextIO, rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Write rows as CSV with the given columns; empty = not known, dates as ISO."""
    import csv

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row.get(c) is None else _flat(row[c]) for c in columns])


def print_table(w: Words, rows: Sequence[Row], headings: Mapping[str, str], shown: Mapping[str, Sequence[str]]) -> None:
    """Print rows under headings, figures to the right."""
    if not rows:
        print(w.t("Nothing to show."))
        return
    columns = list(headings)
    cells = [[shown[c][i] if c in shown else cell(w, row.get(c)) for c in columns] for i, row in enumerate(rows)]
    widths = [max(len(headings[c]), *(len(line[i]) for line in cells)) for i, c in enumerate(columns)]
    right = [c not in shown and any(isinstance(row.get(c), (int, float)) for row in rows) for c in columns]
    _line([headings[c] for c in columns], widths, right)
    for line in cells:
        _line(line, widths, right)


def cell(w: Words, value: Any) -> str:
    """One value as a person writes it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return w.t("yes") if value else w.t("no")
    if isinstance(value, float):
        return w.number(value, 0 if value.is_integer() else 2)
    if isinstance(value, datetime):
        return f"{w.short_date(value.date())} {w.clock(value)}"
    return w.short_date(value) if isinstance(value, date) else str(value)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> None:
    parts = [c.rjust(n) if r else c.ljust(n) for c, n, r in zip(cells, widths, right, strict=True)]
    print("  ".join(parts).rstrip())


def _flat(value: Any) -> Any:
    if not isinstance(value, (dict, list, tuple)):
        return value
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return ",".join(value)  # as in the files of an export
    import json

    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(type(value).__name__)
