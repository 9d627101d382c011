"""Laying a page out once, where Qt would lay it out with every part that appears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

_LEVELS = 6  # layouts within layouts: each asks the one round it for room once its own has changed


@contextmanager
def unlaid(*widgets: QWidget | None) -> Iterator[None]:
    """Fill these without laying them out: each part that appears would lay out everything round it, at once."""
    layouts = [found for found in (one.layout() for one in widgets if one is not None) if found is not None]
    for one in layouts:
        one.setEnabled(False)
    try:
        yield
    finally:
        for one in layouts:
            one.setEnabled(True)


def lay_out() -> None:
    """Give everything its place now, so that the next picture is whole and is painted once, not as it came."""
    for _level in range(_LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateLater.value)
