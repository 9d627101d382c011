"""What the commands of the one list (`commands.COMMANDS`) do in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from progression.ui.window import MainWindow

SMALLEST_STEP = 10  # per cent of text size


def carry_out(window: MainWindow, key: str) -> None:
    """Carry out a command. Behind the door only leaving and the size of the text work."""
    shell = window.shell
    if key == "quit":
        window.close()
    elif key in ("larger", "smaller", "usual"):
        change = {"larger": SMALLEST_STEP, "smaller": -SMALLEST_STEP}.get(key)
        window.set_percent(window.preferences.percent + change if change else 100)
    elif window.context.session is None or shell is None or window.stack.currentWidget() is not shell:
        return
    elif key.startswith("page."):
        shell.go(key.partition(".")[2])
    elif key == "find":
        shell.rail.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        shell.rail.finder.selectAll()
    elif key == "lock":
        window.lock()
    elif key == "help":
        window.toggle_help()
    else:
        _on_page(window, key)


def _on_page(window: MainWindow, key: str) -> None:
    assert window.shell is not None
    if key == "new":
        window.shell.go("today")
    page = window.shell.current()
    if page is None:
        return
    if key == "refresh":
        page.refresh()
        window.ask_facts()
    else:
        page.do(key)
