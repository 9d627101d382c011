"""Pictures of what belongs to the window itself: palette, menu, keys, and each section of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from progression.ui.settings.sections import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPixmap

    from progression.ui.preferences import Preferences
    from progression.ui.window.main import MainWindow

TYPED = {"da": ("an", "indstilinger", "qqqz"), "en": ("an", "settngs", "qqqz")}


def take(window: MainWindow, preferences: Preferences, grab: Callable[..., object], settle: Callable[[], None]) -> None:
    """Grab every picture: `grab(name)` saves one of the window, `grab(name, picture=...)` one that is painted already;
    `settle` waits until the window shows what was asked for."""
    assert window.shell is not None
    grab("menu", picture=with_menu(window))
    finder = window.shell.rail.finder
    for place, typed in enumerate(TYPED[preferences.language], 1):
        window.do("find")
        finder.setText(typed)
        finder.asked.emit(typed)
        settle()
        grab(f"palette-{place}")
        finder.clear()
        finder.close_list()
    for name in BY_NAME:
        window.do(f"settings.{name}")
        settle()
        grab(f"settings-{name}")
    window.do("settings.account")
    settle()
    section = window.shell.page("settings").section("account")  # type: ignore[attr-defined]
    section.change_passphrase()
    section.passphrase.first.setText("kaffe sten lampe ko")
    grab("settings-passphrase")
    section.leave()


def with_menu(window: MainWindow) -> QPixmap:
    """The window with its menu open, painted over it as it would lie there."""
    assert window.shell is not None
    rail = window.shell.rail
    rail.menu_wanted.emit()
    made = window.grab()
    rail.menu.ensurePolished()
    rail.menu.resize(rail.menu.sizeHint())
    below = rail.menu_button.mapTo(window, QPoint(0, rail.menu_button.height() + 2))
    rail.menu.render(made, below)
    return made
