"""The focus stays on the page: where the control that has it is taken away, the one before it on that page takes over.

A panel that has done its work, a card that is decided and a list that is written anew take the focus along with them.
Qt then gives it to whatever comes next in the window (the lock in the status bar), or to nobody.
"""

from __future__ import annotations

import weakref
from collections import deque
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from progression.ui.page import Page

DEPTH = 30  # controls remembered; a panel seldom has more


@dataclass(frozen=True, slots=True)
class _Step:
    """A control that had the focus: itself, and what it is known by when the page has made it anew."""

    page: weakref.ref[Page]
    widget: weakref.ref[QWidget]
    kind: str
    name: str


class FocusTrail(QObject):
    """Follows the focus in `window`. A page that puts the focus itself is never overruled."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._window = app, window
        self._steps: deque[_Step] = deque(maxlen=DEPTH)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(0)
        self._waiting.timeout.connect(self._put_back)
        app.focusChanged.connect(self._moved)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        page = _page_of(now)
        if now is not None and page is not None:
            self._waiting.stop()
            step = _Step(weakref.ref(page), weakref.ref(now), type(now).__name__, now.accessibleName())
            self._steps.append(step)
        elif self._steps and (now is None or _taken_away(before)):
            self._waiting.start()  # whoever takes a control away may be about to say who comes next

    def _put_back(self) -> None:
        last = self._steps[-1].page() if self._steps else None
        if last is None or not shiboken6.isValid(last) or not last.isVisible() or not self._window.isActiveWindow():
            return
        if self._app.activePopupWidget() is not None or _page_of(self._app.focusWidget()) is not None:
            return
        for step in reversed(tuple(self._steps)):
            found = _again(step, last) if step.page() is last else None
            if found is not None:
                found.setFocus(Qt.FocusReason.OtherFocusReason)
                return


def _page_of(widget: QWidget | None) -> Page | None:
    step = widget
    while step is not None:
        if isinstance(step, Page):
            return step
        step = step.parentWidget()
    return None


def _taken_away(widget: QWidget | None) -> bool:
    return widget is None or not shiboken6.isValid(widget) or not widget.isVisible()


def _again(step: _Step, page: Page) -> QWidget | None:
    """The control of a step where it still stands, else the one the page has made in its place."""
    same = step.widget()
    if same is not None and shiboken6.isValid(same) and _takes_focus(same) and _page_of(same) is page:
        return same
    if not step.name:
        return None
    every = (one for one in page.findChildren(QWidget) if one.accessibleName() == step.name)
    return next((one for one in every if type(one).__name__ == step.kind and _takes_focus(one)), None)


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
