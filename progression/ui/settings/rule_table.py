"""Rules of deadlines as quiet columns: what is asked, from when to when, where it comes from, what to mind. Where there
is no room for columns the last three stand in one line below the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.words import N_, Words
from progression.words import duties as say

if TYPE_CHECKING:
    from progression.casework.rulesets import Rule

HEADS = (N_("Rule"), N_("In force"), N_("Comes from"), N_("Remark"))
ROOM = 640  # px at 100 % that columns need
SHARES = (42, 18, 12, 28)  # a rule, dates and two remarks each in a line of a usual window


def cells(w: Words, rule: Rule) -> tuple[str, str, str, str]:
    """One rule, column by column."""
    if rule.valid_from and rule.valid_to:
        dates = w.t("{first} until {last}", first=w.date(rule.valid_from), last=w.date(rule.valid_to))
    elif rule.valid_from:
        dates = w.t("from {day}", day=w.date(rule.valid_from))
    elif rule.valid_to:
        dates = w.t("until {day}", day=w.date(rule.valid_to))
    else:
        dates = w.t("always")
    notes = [w.t(say.CHECK_LAW) if rule.check_law else "", "" if rule.on else w.t("not in use")]
    return w.pick(rule.text), dates, rule.source, " · ".join(note for note in notes if note)


def line(w: Words, rule: Rule) -> str:
    """One rule: what it asks, from when to when, and what to mind."""
    return " · ".join(cell for cell in cells(w, rule) if cell)


class RuleTable(QWidget):
    """Read only."""

    def __init__(self) -> None:
        super().__init__()
        self._rules: Sequence[Rule] = ()
        self._words = Words()
        self._wide: bool | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def show_rules(self, w: Words, rules: Sequence[Rule]) -> None:
        """Show these, in their order."""
        self._words, self._rules = w, rules
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wide is not self._has_room():
            self._fill()

    def _has_room(self) -> bool:
        return self.width() >= theme.current().px(ROOM)

    def _fill(self) -> None:
        self._wide = self._has_room()
        kit.clear(self._box)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        row = 0
        if self._wide:
            for column, (head, share) in enumerate(zip(HEADS, SHARES, strict=True)):
                grid.setColumnStretch(column, share)
                grid.addWidget(kit.label(self._words.t(head), "small", "text-3"), row, column)
            grid.addWidget(kit.rule(strong=True), 1, 0, 1, len(HEADS))
            row = 2
        for rule in self._rules:
            row = self._put(grid, row, rule)
        self._box.addWidget(inside)

    def _put(self, grid: QGridLayout, row: int, rule: Rule) -> int:
        """Put a rule into the grid; returns the next free row."""
        told = cells(self._words, rule)
        shown = told if self._wide else (told[0], " · ".join(cell for cell in told[1:] if cell))
        for place, text in enumerate(shown):
            tone = "text-3" if not rule.on else "text" if place == 0 else "text-2"
            cell = kit.wrapped(text, "dense", tone)
            cell.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            if place == 0:
                cell.setAccessibleName(line(self._words, rule))
            grid.addWidget(cell, row if self._wide else row + place, place if self._wide else 0)
        row += 1 if self._wide else len(shown)
        grid.addWidget(kit.rule(), row, 0, 1, len(HEADS) if self._wide else 1)
        return row + 1
