"""Cards, lines, fields and layouts on the 8 px grid."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from progression.ui import theme
from progression.ui.kit.texts import label, set_property


class Card(QFrame):
    """A bordered card (for flags and panels). `edge`: "", "down", "up", "flat", "error" or "accent"; `box` is its
    column."""

    def __init__(self, edge: str = "") -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setProperty("edge", edge)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, 12, 16, 12)
        self.box.setSpacing(8)

    def set_edge(self, edge: str) -> None:
        """Change the colour of the left edge."""
        set_property(self, "edge", edge)


def rule(strong: bool = False) -> QFrame:
    """A 1 px line, stronger under a table head."""
    made = QFrame()
    made.setProperty("rule", "line-2" if strong else "line")
    made.setFixedHeight(1)
    return made


def column(spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout; margins left, top, right, bottom."""
    made = QVBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    return made


def row(*parts: QWidget | QLayout | int, spacing: int = 8) -> QHBoxLayout:
    """A horizontal layout of widgets and layouts; a number is a stretch."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        if isinstance(part, QWidget):
            made.addWidget(part)
        elif isinstance(part, QLayout):
            made.addLayout(part)
        else:
            made.addStretch(part)
    return made


def field(caption: str, control: QWidget, help_text: str = "") -> QWidget:
    """A control under its caption, with help below. The caption names the control to a screen reader."""
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(4)
    head = QLabel(caption)
    head.setTextFormat(Qt.TextFormat.PlainText)
    head.setProperty("kind", "small")
    head.setProperty("tone", "text-2")
    head.setBuddy(control)
    box.addWidget(head)
    box.addWidget(control)
    if help_text:
        below = label(help_text, "small", "text-3")
        below.setWordWrap(True)
        box.addWidget(below)
        control.setAccessibleDescription(help_text)
    if not control.accessibleName():
        control.setAccessibleName(caption)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """A vertical scroll area round a widget; its parts are the tab stops, not the area."""
    area, view = QScrollArea(), QWidget()
    # the one Qt makes is unknown to Python: meeting it, PySide looks through every kind of widget, a 20th of a start
    view.setObjectName("qt_scrollarea_viewport")
    view.setAutoFillBackground(True)
    area.setViewport(view)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def bring_into_view(area: QScrollArea, *parts: QWidget) -> None:
    """Scroll so that parts of what an area holds are in view, the last of them above all, once what has just been said
    in them has found its room."""

    def scroll() -> None:
        for part in parts:
            area.ensureWidgetVisible(part, 0, 16)

    QTimer.singleShot(0, area, scroll)


def spacer(height: int) -> QWidget:
    """Empty height in px."""
    made = QWidget()
    made.setFixedHeight(height)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


class Inset(QWidget):
    """What belongs to the choice above, as far in as the choice's own words: further, where the text is larger."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.addWidget(inside)
        self._place()

    def _place(self) -> None:
        self._box.setContentsMargins(theme.current().px(24), 0, 0, 4)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()
