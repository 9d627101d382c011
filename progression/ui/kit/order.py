"""The order in which a screen reader reads: Qt takes that of the children, which is the order they were put in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLayout, QWidget


def read_in_order(parent: QWidget) -> None:
    """Let the children of a widget be read in the order of its layout, after they were moved about in it."""
    layout = parent.layout()
    if layout is None:
        return
    laid = _widgets(layout)
    over = [one for one in parent.children() if isinstance(one, QWidget) and one not in laid and not one.isWindow()]
    for one in (*laid, *over):  # what is raised comes last; what lies over the layout stays on top of it
        one.raise_()


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
