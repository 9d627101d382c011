"""The fold-out "Why?": picture, calculation as a receipt, and sentences. Made when someone asks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from progression.charts.why import Why
from progression.ui.flags.gauge import GaugeView
from progression.ui.kit import label, link, wrapped
from progression.ui.kit.flow import Split
from progression.words import Words
from progression.words.why import Part

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class WhyView(QWidget):
    """What stands behind an attention point, or behind where things stand. The card says headline and reason itself."""

    def __init__(self, why: Why) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(4)
        self.gauge: GaugeView | None = None
        if why.gauge is not None:
            self.gauge = GaugeView(why.gauge)
            box.addWidget(label(why.gauge.title, "small", "text-3"))
            box.addWidget(self.gauge)
            if why.gauge.caption:
                box.addWidget(wrapped(why.gauge.caption, "small", "text-3"))
        for part in why.parts:
            box.addSpacing(6)
            box.addWidget(_title(part.title))
            if part.rows:
                box.addWidget(_receipt(part))
            for text in part.paragraphs:
                # what follows from a calculation stands out from what explains it
                box.addWidget(_prose(text, "text" if part.rows else "text-2"))


def _title(text: str) -> QLabel:
    made = label(text, "h3")
    made.setProperty("headingLevel", 4)
    made.setAccessibleName(text)
    return made


def _receipt(part: Part) -> QWidget:
    """Label and figure per step; figures flush right, so that they stand under each other."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 2)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for n, (name, figure) in enumerate(part.rows):
        value = label(figure, "dense")
        value.setAccessibleName(f"{name}: {figure}")
        grid.addWidget(wrapped(name, "small", "text-2"), n, 0)
        grid.addWidget(value, n, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
    grid.setColumnStretch(0, 1)
    return made


def _prose(text: str, tone: str) -> QLabel:
    made = wrapped(text, "dense", tone)
    made.setTextInteractionFlags(SELECTABLE)
    return made


class WhyLink(QWidget):
    """The link "Why?" and, below it, what it unfolds. `beside` stands at the line's other end."""

    def __init__(self, words: Words, make: Callable[[], Why], beside: QWidget | None = None) -> None:
        super().__init__()
        self._make = make
        self.shown: WhyView | None = None
        self.link: QPushButton = link(words.t("Why?"), words.t("Why? Show the numbers behind it"))
        self.link.setCheckable(True)
        self.link.toggled.connect(self._unfold)
        line = Split(4)
        line.addWidget(self.link)
        if beside is not None:
            line.addWidget(beside)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addLayout(line)

    def _unfold(self, on: bool) -> None:
        if self.shown is None:  # made when someone asks: it is most of the card's parts
            self.shown = WhyView(self._make())
            self._box.addWidget(self.shown)
        self.shown.setVisible(on)
