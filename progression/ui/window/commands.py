"""What the commands of the one list (`commands.COMMANDS`) do in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from progression.ui.commands import COMMANDS, Command
from progression.ui.window import shortcuts
from progression.words import Words

if TYPE_CHECKING:
    from progression.ui.settings.page import SettingsPage
    from progression.ui.window.main import MainWindow
    from progression.ui.window.shell import Shell

SMALLEST_STEP = 10  # per cent of text size
ANYWHERE = ("quit", "larger", "smaller", "usual", "look", "language")  # before the full stop: work behind the door too


def carry_out(window: MainWindow, key: str) -> None:
    """Carry out a command of the window, or one that the page in view can do now."""
    kind, _, rest = key.partition(".")
    shell = window.shell
    if kind in ANYWHERE:
        _anywhere(window, kind, rest)
    elif shell is None or not unlocked(window):
        return
    elif kind == "page":
        shell.go(rest)
    elif kind == "settings":
        _settings(shell).open_section(rest)
    elif key in _SHELL:
        _SHELL[key](window, shell)
    elif (action := _of_page(shell, key)) is not None:
        action()
    elif (page := shell.current()) is not None:
        page.do(key)


def unlocked(window: MainWindow) -> bool:
    """A vault is open, and what stands behind the door is in view."""
    return window.context.session is not None and window.stack.currentWidget() is window.shell


def offered(window: MainWindow) -> list[Command]:
    """What the menu and the Find field offer now, in the order of the list: what leads somewhere that is built, and
    what the page in view can do."""
    shell = window.shell
    if shell is None:
        return []
    page = shell.current()
    can = {command.key for command, _action in shortcuts.bound(page)} if page is not None else set()
    return [c for c in COMMANDS if c.findable and (_built(shell, c) if c.window else c.key in can)]


def _built(shell: Shell, command: Command) -> bool:
    from progression.ui.settings.sections import BUILT

    kind, _, rest = command.key.partition(".")
    return rest in shell.places if kind == "page" else rest in BUILT if kind == "settings" else True


def said(window: MainWindow, w: Words, command: Command) -> str:
    """What a command is called now: undo and redo by the name of the act."""
    if command.key not in ("undo", "redo"):
        return w.t(command.text)
    again = command.key == "redo"
    name = undo_name(window, again=again)
    if not name:
        return w.t(command.text)
    return w.t("Redo: {what}", what=name) if again else w.t("Undo: {what}", what=name)


def undo_name(window: MainWindow, *, again: bool) -> str:
    """What undoing (or doing again) is about now, "" when there is nothing."""
    page = window.shell.current() if window.shell is not None else None
    own = page.undo_name(again=again) if page is not None else ""
    acts = window.context.acts
    act = acts.next if again else acts.last
    return own or (act.said(window.context.words) if act is not None else "")


def _anywhere(window: MainWindow, kind: str, rest: str) -> None:
    if kind == "quit":
        window.close()
    elif kind == "look":
        window.set_theme(rest)
    elif kind == "language":
        window.set_language(rest)
    else:
        change = {"larger": SMALLEST_STEP, "smaller": -SMALLEST_STEP}.get(kind)
        window.set_percent(window.preferences.percent + change if change else 100)


def _of_page(shell: Shell, key: str) -> Callable[[], None] | None:
    page = shell.current()
    if page is None:
        return None
    return next((action.trigger for command, action in shortcuts.bound(page) if command.key == key), None)


def _find(_window: MainWindow, shell: Shell) -> None:
    shell.rail.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
    shell.rail.finder.selectAll()


def _turn(again: bool) -> Callable[[MainWindow, Shell], None]:
    def turn(window: MainWindow, shell: Shell) -> None:
        page = shell.current()
        if page is None or not page.undo(again=again):
            acts = window.context.acts
            (acts.redo if again else acts.undo)()

    return turn


def _new(_window: MainWindow, shell: Shell) -> None:
    shell.go("today")
    page = shell.current()
    if page is not None:
        page.do("new")


def _refresh(window: MainWindow, shell: Shell) -> None:
    page = shell.current()
    if page is not None:
        page.refresh()
    window.ask_facts()


def _settings(shell: Shell) -> SettingsPage:
    from progression.ui.settings.page import SettingsPage

    shell.go("settings")
    page = shell.current()
    assert isinstance(page, SettingsPage)
    return page


_SHELL: dict[str, Callable[[MainWindow, Shell], None]] = {
    "find": _find,
    "undo": _turn(again=False),
    "redo": _turn(again=True),
    "new": _new,
    "refresh": _refresh,
    "menu": lambda _window, shell: shell.rail.open_menu(),
    "lock": lambda window, _shell: window.lock(),
    "help": lambda window, _shell: window.toggle_help(),
    "backup": lambda _window, shell: _settings(shell).back_up_now(),
    "backup.to": lambda _window, shell: _settings(shell).choose_backup(),
    "import": lambda _window, shell: _settings(shell).choose_import(),
    "export": lambda _window, shell: _settings(shell).choose_export(),
}
