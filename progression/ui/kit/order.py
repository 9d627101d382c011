"""The order in which a screen reader reads: Qt takes that of the children, which is the order they were put in."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QButtonGroup, QLayout, QScrollArea, QWidget


def read_in_order(parent: QWidget) -> None:
    """Let the children of a widget be read in the order of its layout, after they were moved about in it."""
    layout = parent.layout()
    if layout is None:
        return
    laid = _widgets(layout)
    over = [one for one in parent.children() if isinstance(one, QWidget) and one not in laid and not one.isWindow()]
    for one in (*laid, *over):  # what is raised comes last; what lies over the layout stays on top of it
        one.raise_()


def tab_in_order(parent: QWidget) -> None:
    """Let Tab go through what lies in a widget in the order of its layouts, whatever was made or made again when."""
    stops = _stops(parent)
    for one, after in pairwise(stops):
        QWidget.setTabOrder(one, after)


def _stops(widget: QWidget) -> list[QWidget]:
    found = [widget] if widget.focusPolicy() & Qt.FocusPolicy.TabFocus else []
    if found and not isinstance(widget, QAbstractScrollArea):
        return found  # what it is made of is its own affair
    layout = widget.layout()
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    below = [inside] if inside is not None else _widgets(layout) if layout is not None else []
    return found + [stop for one in below for stop in _stops(one)]


def _widgets(layout: QLayout) -> list[QWidget]:
    found: list[QWidget] = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            found.append(widget)
        elif inner is not None:
            found += _widgets(inner)
    return found


def one_tab_stop(group: QButtonGroup) -> None:
    """Let Tab reach only the chosen one of a group, from before and from behind. Qt does so itself once one of them
    has had the focus, and until then stops at one that is not chosen."""

    def fit() -> None:
        chosen = group.checkedButton() or next(iter(group.buttons()), None)
        for part in group.buttons():
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if part is chosen else Qt.FocusPolicy.ClickFocus)

    group.idToggled.connect(lambda _index, _on: fit())
    fit()
