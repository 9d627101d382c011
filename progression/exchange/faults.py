"""What can be wrong in a file, as values without sentences.

`words.faults` makes the sentences. `what` and `expected` are codes of that module; `fields` fill its texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FileFault:
    """One cell (or row, or key of a mapping) that cannot be taken in.

    `file` is the file's own name, for a workbook "name.xlsx!sheet". `row` counts as a spreadsheet does: the header is
    row 1; None in a mapping. `column` is the column's name in the user's file; in a mapping the dotted key.
    `value` and `fields` may hold what a person wrote, so neither shows in a repr: a log never gets them.
    """

    file: str
    row: int | None
    column: str
    what: str
    value: str = field(default="", repr=False)
    expected: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict, repr=False)


HIDDEN = "••••"  # stands for words about a person: faults are printed, and end in logs and mails


class CellError(ValueError):
    """A text that is not what its column holds. Raised by the readers of one cell, turned into a FileFault."""

    def __init__(self, what: str, expected: str, **fields: Any) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected
        self.fields = fields


def in_order(faults: Iterable[FileFault], files: Sequence[str]) -> tuple[FileFault, ...]:
    """The faults as a person works through them: the mapping's, then file by file as in `files`, row by row."""
    places = {name: place for place, name in enumerate(files)}
    return tuple(sorted(faults, key=lambda fault: (places.get(fault.file, -1), fault.row or 0)))
