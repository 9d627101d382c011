"""The menu: everything that can be done now, by group, with its keys. Made from the one list each time it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from progression.ui.commands import EDIT, FILES, GROUPS, PAGES, SECTIONS, VIEW, WINDOW, Command, hint
from progression.words import Words

FLAT = (WINDOW,)  # groups whose commands stand in the menu itself
BESIDE = (PAGES, EDIT, VIEW, FILES, SECTIONS)


def fill(
    menu: QMenu,
    w: Words,
    commands: Iterable[Command],
    say: Callable[[Command], str],
    do: Callable[[str], None],
    off: frozenset[str],
) -> None:
    """Put commands into an empty menu: those of the page in view first, then a menu for each group of the window.

    `say` gives a command's name now; `do` is called with the key of the one chosen; `off`: keys that stand there grey.
    """
    listed = list(commands)
    of_page = [one for one in listed if not one.window]
    for command in of_page:
        _entry(menu, w, command, say, do, off)
    if of_page:
        menu.addSeparator()
    for group in GROUPS:
        of_group = [one for one in listed if one.window and one.group == group]
        if not of_group:
            continue
        if group in FLAT:
            menu.addSeparator()
        target = menu if group in FLAT else menu.addMenu(w.t(group).replace("&", "&&"))
        for command in of_group:
            _entry(target, w, command, say, do, off)


def _entry(
    menu: QMenu,
    w: Words,
    command: Command,
    say: Callable[[Command], str],
    do: Callable[[str], None],
    off: frozenset[str],
) -> None:
    text, keys = say(command).replace("&", "&&"), hint(command)
    # after the tab Qt shows keys without taking them: the window has them already
    made = menu.addAction(f"{text}\t{keys}" if keys else text)
    made.setObjectName(f"menu:{command.key}")
    made.setEnabled(command.key not in off)
    made.triggered.connect(lambda _checked=False, key=command.key: do(key))


def entries(menu: QMenu) -> list[QAction]:
    """Every entry that does something, those of inner menus too."""
    found: list[QAction] = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += entries(inner)
        elif action.objectName():
            found.append(action)
    return found


def make(parent: QWidget) -> QMenu:
    """An empty menu."""
    made = QMenu(parent)
    made.setObjectName("menu")
    made.setToolTipsVisible(False)
    return made
