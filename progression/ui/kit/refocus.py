"""A list that is made anew keeps the focus on the row that had it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def focus_kept(inside: QWidget, rows: Callable[[], Sequence[QWidget]]) -> Iterator[None]:
    """While the rows in `inside` are replaced: the row called the same has the focus afterwards, else the one that
    stands in its place. Nothing is moved where no row had it."""
    before, had = tuple(rows()), inside.window().focusWidget()
    place = next((n for n, row in enumerate(before) if row is had), None)
    name = had.accessibleName() if had is not None else ""
    yield
    after = tuple(rows())
    if place is None or not after:
        return
    row = next((one for one in after if one.accessibleName() == name), after[min(place, len(after) - 1)])
    row.show()  # a layout would show it later, too late for the focus
    row.setFocus()
