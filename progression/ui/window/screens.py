"""A window is never where no screen is: one that was unplugged since takes no window with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_REACH = QSize(160, 24)  # px of the upper edge that must be on a screen for a hand to take hold of it


def placed(window: QRect, smallest: QSize, screens: Sequence[QRect]) -> QRect:
    """Where a window stands so that it can be reached: where it is, else in the middle of the first screen.

    `screens`: what of each screen windows may use, the primary one first; with none nothing is changed.
    """
    if not screens:
        return window
    edge = QRect(window.topLeft(), QSize(window.width(), _REACH.height()))
    for screen in screens:
        seen = screen.intersected(edge)
        if seen.width() >= min(_REACH.width(), window.width()) and seen.height() >= _REACH.height():
            return window
    first = screens[0]
    size = window.size().boundedTo(first.size()).expandedTo(smallest)
    corner = first.center() - QPoint(size.width() // 2, size.height() // 2)
    return QRect(QPoint(max(corner.x(), first.left()), max(corner.y(), first.top())), size)


def keep_on_screen(window: QWidget) -> None:
    """Bring a window back that stands where there is no screen any more."""
    primary = QGuiApplication.primaryScreen()
    known = [screen for screen in QGuiApplication.screens() if screen is not primary]
    usable = [screen.availableGeometry() for screen in ([primary] if primary is not None else []) + known]
    wanted = placed(window.geometry(), window.minimumSize(), usable)
    if wanted != window.geometry():
        window.setGeometry(wanted)
