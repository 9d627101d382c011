"""What a screen reader is told of widgets that Qt does not know: drawings, headings, groups, buttons to choose by.

    @graphic                   a drawing; its name and description are the widget's
    @titled                    a label that is a heading
    @group                     parts that belong together under one name
    @choice                    one of several: a radio button
    @place                     a page of the window: a tab

Qt tells of a button that can be checked that it may be toggled, and toggles it without a click; whoever waits for the
click would never hear of it. Every button of the kit is therefore told of as one that is pressed.
"""

from __future__ import annotations

from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QLabel, QWidget

W = TypeVar("W", bound=QWidget)
Role = QAccessible.Role
_roles: dict[type[QWidget], Role] = {}
_kept: list[QAccessibleWidget] = []  # Qt owns them and deletes them with their widgets; Python must not do so first
_SWEEP = 512
_sweep_at = _SWEEP


class _Named(QAccessibleWidget):
    """A role and the widget's own accessible name."""

    def __init__(self, widget: QWidget, role: Role) -> None:
        super().__init__(widget, role, "")  # "": the widget's own accessible name


class _Heading(_Named):
    """A heading says what stands in it, unless it was given a name: a shortened one says the whole."""

    def text(self, kind: QAccessible.Text) -> str:
        told, label = super().text(kind), self.object()
        if kind == QAccessible.Text.Name and not told and isinstance(label, QLabel):
            return label.text()
        return told


class _Pressed(_Named):
    """A button: pressing it is the first thing that can be done, and does what a click does."""

    def text(self, kind: QAccessible.Text) -> str:
        told, button = super().text(kind), self.object()
        if kind == QAccessible.Text.Name and not told and isinstance(button, QAbstractButton):
            return button.text()
        return told

    def state(self) -> QAccessible.State:
        told, button = super().state(), self.object()
        if isinstance(button, QAbstractButton) and button.isCheckable():
            on = int(button.isChecked())
            if self.role() == Role.PageTab:
                told.selectable, told.selected = 1, on
            elif self.role() == Role.Button:  # a link that unfolds something
                told.expandable, told.expanded, told.collapsed = 1, on, 1 - on
            else:
                told.checkable, told.checked = 1, on
        return told

    def actionNames(self) -> list[str]:
        button = self.object()
        if not isinstance(button, QAbstractButton) or not button.isEnabled():
            return []
        return [self.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        button = self.object()
        if name == self.pressAction() and isinstance(button, QAbstractButton):
            button.click()
        else:
            super().doAction(name)


def _made(_key: str, thing: QObject) -> QAccessibleWidget | None:
    if not isinstance(thing, QWidget):
        return None
    role = _roles.get(type(thing))
    if role is None:
        return None
    if role == Role.Heading:
        return _keep(_Heading(thing, role))
    if isinstance(thing, QAbstractButton):
        return _keep(_Pressed(thing, role))
    return _keep(_Named(thing, role))


def _keep(made: QAccessibleWidget) -> QAccessibleWidget:
    """Hold on to it as long as Qt does; those Qt has deleted are let go of now and then, not each time."""
    global _sweep_at
    if len(_kept) >= _sweep_at:
        _kept[:] = [one for one in _kept if shiboken6.isValid(one)]
        _sweep_at = max(_SWEEP, 2 * len(_kept))
    _kept.append(made)
    return made


def spoken(cls: type[W], role: Role) -> type[W]:
    """Let a class of widgets be told of in a role. Not for its subclasses: each says its own."""
    if not _roles:
        QAccessible.installFactory(_made)
    _roles[cls] = role
    return cls


def graphic(cls: type[W]) -> type[W]:
    """Decorate a widget class that is a drawing."""
    return spoken(cls, Role.Graphic)


def group(cls: type[W]) -> type[W]:
    """Decorate a widget class whose parts belong together under its name."""
    return spoken(cls, Role.Grouping)


def titled(cls: type[W]) -> type[W]:
    """Decorate a label that is a heading. It must be made without its text: Qt asks what it is when it is given one."""
    return spoken(cls, Role.Heading)


def choice(cls: type[W]) -> type[W]:
    """Decorate a button that is one of several to choose from."""
    return spoken(cls, Role.RadioButton)


def place(cls: type[W]) -> type[W]:
    """Decorate a button that goes to a page; it is told of as selected while one is there."""
    return spoken(cls, Role.PageTab)


def pressed(cls: type[W]) -> type[W]:
    """Decorate a button that is pressed, or that unfolds something where it can be checked."""
    return spoken(cls, Role.Button)


def ticked(cls: type[W]) -> type[W]:
    """Decorate a button that is on or off by itself."""
    return spoken(cls, Role.CheckBox)
