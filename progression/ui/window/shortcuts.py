"""Shortcuts and menu entries, made from the one list (`ui.commands`) and from nothing else.

A widget binds the commands it carries out; each becomes a QAction of that widget, named by the command's key. What is
in view can then be asked for: the menu and the Find field offer it, and tests compare it with the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from progression.ui.commands import BY_KEY, PAGES, Command

Handler = Callable[[], object]
REPEATING = frozenset({"undo", "redo", "larger", "smaller", "week.before", "week.after"})  # may be held down


def bind(owner: QWidget, handlers: Mapping[str, Handler], *, whole_window: bool = False) -> None:
    """Let `owner` carry out commands of the list, by shortcut (while it or a child has the focus; `whole_window`:
    wherever the focus is), from the menu and from the Find field. KeyError for a command that is not listed."""
    for key, handler in handlers.items():
        command = BY_KEY[key]
        action = QAction(owner)
        action.setObjectName(key)
        action.setAutoRepeat(key in REPEATING)
        if not command.typed:
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if whole_window else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        action.triggered.connect(lambda _checked=False, do=handler: do())
        owner.addAction(action)
    if whole_window:
        _PageKeys(owner)


class _PageKeys(QObject):
    """A key that opens a page opens it from a text field too: some systems let Ctrl+U there delete the line instead."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        commands = (one for one in BY_KEY.values() if one.group == PAGES and not one.typed)
        self._keys = frozenset(QKeySequence(keys).toString() for one in commands for keys in one.keys)
        self._field: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)  # only the control with the focus is watched: the rest costs nothing

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = new if isinstance(new, (QLineEdit, QPlainTextEdit)) else None
        if self._field is not None:
            self._field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()).toString() not in self._keys:
            return False
        event.ignore()  # the field does not take it, so that the shortcut does
        return True


def bound(root: QWidget) -> Iterator[tuple[Command, QAction]]:
    """The commands that `root` and what is visible in it can carry out now, in the order of the list."""
    found: dict[str, QAction] = {}
    for widget in (root, *root.findChildren(QWidget)):
        if widget is root or widget.isVisibleTo(root):
            for action in widget.actions():
                if action.objectName() in BY_KEY:
                    found.setdefault(action.objectName(), action)
    for key, command in BY_KEY.items():
        if key in found and found[key].isEnabled():
            yield command, found[key]
