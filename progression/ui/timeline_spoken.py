"""Tells a screen reader that a drawing is a graphic with a name and a description, not a mere pane."""

from __future__ import annotations

from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

W = TypeVar("W", bound=QWidget)
_graphics: set[type[QWidget]] = set()
_kept: list[_Graphic] = []  # Qt owns them and deletes them with their widgets; Python must not do so first


class _Graphic(QAccessibleWidget):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Graphic, "")  # "": the widget's own accessible name


def _made(_key: str, thing: QObject) -> _Graphic | None:
    if type(thing) not in _graphics or not isinstance(thing, QWidget):
        return None
    _kept[:] = [one for one in _kept if shiboken6.isValid(one)]
    _kept.append(_Graphic(thing))
    return _kept[-1]


def graphic(cls: type[W]) -> type[W]:
    """Decorate a widget class that is a drawing."""
    if not _graphics:
        QAccessible.installFactory(_made)
    _graphics.add(cls)
    return cls
