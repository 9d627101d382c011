"""The six key figures of *Team*: label, figure as a link, unit, one line of context. Enter opens the list behind it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from progression.desk.team_overview import TeamOverview
from progression.ui import kit, theme
from progression.words import Words
from progression.words import team as said

LEAST = 154  # px at 100 %: narrower than this, fewer stand beside each other
GAP = 16


@dataclass(frozen=True, slots=True)
class Figure:
    """What is said of one figure; `key`: of the list it opens."""

    key: str
    label: str
    figure: str
    unit: str
    below: str


def figures(w: Words, value: TeamOverview) -> tuple[Figure, ...]:
    """Return the six figures in words."""
    flags, decided, without = len(value.flags), len(value.decisions), len(value.without)
    overdue, changes, mean = len(value.overdue), value.changes_this_year, value.mean_load
    share = said.percent(w, value.share_without)
    often = len(value.changed_often)
    met = w.t("{share} met in time in {month}", share=said.percent(w, value.share_met), month=w.month_name(value.month))
    return (
        Figure(
            "flags", w.t("Attention points"), w.number(flags, 0), w.tn("open", "open", flags),
            w.tn("{n} has waited over 30 days", "{n} have waited over 30 days", value.long_waiting),
        ),
        Figure(
            "decisions", w.t("Last 30 days"), w.number(decided, 0), w.tn("decision", "decisions", decided),
            said.choices(w, value.choices) or w.t("nothing decided"),
        ),
        Figure(
            "without", w.t("Citizens without active intervention"), w.number(without, 0),
            share if value.citizens else "",
            w.tn("{n} for 12 months or more", "{n} for 12 months or more", value.long_without),
        ),
        Figure(
            "overdue", w.t("Overdue now"), w.number(overdue, 0), w.tn("duty", "duties", overdue),
            met if value.timeliness else w.t("nothing was due in {month}", month=w.month_name(value.month)),
        ),
        Figure(
            "changes", w.t("Caseworker changes this year"), w.number(changes, 0),
            w.tc("figure", "change") if changes == 1 else w.tc("figure", "changes"),
            w.tn("{n} citizen has had two or more", "{n} citizens have had two or more", often),
        ),
        Figure(
            "loads", w.t("Per caseworker"), "–" if mean is None else w.number(mean, 1),
            w.t("citizens"), _held(w, value),
        ),
    )  # fmt: skip


def _held(w: Words, value: TeamOverview) -> str:
    """The norm, and whom the mean leaves out: else it would not be all the citizens by all the caseworkers."""
    norm = said.norm(w, value.norm) or w.t("no norm")
    if not value.alone:
        return norm
    alone = w.tn("{n} without a caseworker", "{n} without a caseworker", value.alone)
    return w.t("{norm}, {alone}", norm=norm, alone=alone)


class KeyFigure(QWidget):
    """One figure."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._label = kit.wrapped("", "small", "text-2")
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self.link = kit.button("", "figure")
        self._unit = kit.label("", "body", "text-2")
        self._below = kit.wrapped("", "small", "text-2")
        box.addWidget(self._label)
        self._line = kit.row(self.link, self._unit, 1, spacing=6)
        self._line.setAlignment(self._unit, Qt.AlignmentFlag.AlignBottom)
        box.addLayout(self._line)
        box.addWidget(self._below)
        box.addStretch(1)
        self.restyle()

    def label_height(self, width: int) -> int:
        """How high the label's words are at a width; the label itself would say no less than `level` gave it."""
        room, wrap = QRect(0, 0, width, 4000), int(Qt.TextFlag.TextWordWrap)
        return self._label.fontMetrics().boundingRect(room, wrap, self._label.text()).height()

    def high(self, width: int, label: int) -> int:
        """How high all of it is at a width, with the label as high as said."""
        line = max(self.link.sizeHint().height(), self._unit.sizeHint().height())
        return label + line + self._below.heightForWidth(width)

    def level(self, label: int) -> None:
        """Give the label this height, so that figures beside each other stand on one line."""
        self._label.setMinimumHeight(label)

    def say(self, one: Figure) -> None:
        """Show a figure. The link says all of it to a screen reader."""
        self._label.setText(one.label)
        self._below.setText(one.below)
        self._unit.setText(one.unit)
        self.link.setText(one.figure)
        self.restyle()
        head = " ".join(part for part in (one.figure, one.unit) if part)
        self.link.setAccessibleName(f"{one.label}: {head}")
        self.link.setAccessibleDescription(one.below)

    def restyle(self) -> None:
        """The unit stands on the figure's line, as near to one digit as to three, though no link is so narrow."""
        look = theme.current()
        self._unit.setContentsMargins(0, 0, 0, look.px(6))
        empty = self.link.sizeHint().width() - self.link.fontMetrics().horizontalAdvance(self.link.text())
        self._line.setSpacing(max(0, look.px(8) - empty))


class KeyFigures(QWidget):
    """All of them beside each other, as many in a row as there is room for; the columns are equal."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, KeyFigure] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_value(self, words: Words, value: TeamOverview) -> None:
        """Show a team's figures."""
        for one in figures(words, value):
            if one.key not in self.parts:
                part = self.parts[one.key] = KeyFigure()
                part.setParent(self)
                part.link.clicked.connect(lambda _on=False, key=one.key: self.picked.emit(key))
                part.show()
            self.parts[one.key].say(one)
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    def restyle(self) -> None:
        """Take over the text size."""
        for part in self.parts.values():
            part.restyle()
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    def _across(self, width: int) -> int:
        least = theme.current().px(LEAST)
        return next((n for n in (6, 3, 2) if n * least + (n - 1) * GAP <= width), 1)

    def _arrange(self, width: int, *, move: bool) -> int:
        parts, across = list(self.parts.values()), self._across(width)
        each = max((width - (across - 1) * GAP) // across, 1)
        top = 0
        for n in range(0, len(parts), across):
            line = parts[n : n + across]
            label = max(part.label_height(each) for part in line)
            high = max(part.high(each, label) for part in line)
            for k, part in enumerate(line if move else ()):
                part.level(label)
                part.setGeometry(QRect(k * (each + GAP), top, each, high))
            top += high + GAP
        return max(top - GAP, 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(600, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)
        self.updateGeometry()
