"""The cells of a scoring row for those who do not see them: real buttons, one for every answer, without a picture.

The row paints its cells itself, since a key must show in a frame. A screen reader, a braille line or a voice can only
choose what it is told of. The buttons lie over the painted cells, take neither mouse nor Tab, and are made once
something listens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from progression.casework.values import DECLINED, NOT_RATED, Answer
from progression.scales.model import Indicator
from progression.ui.conversation.scoring_state import Scoring, answer_text
from progression.ui.kit.accessible import choice
from progression.words import Words


@choice
class SpokenCell(QAbstractButton):
    """One answer that can be chosen; invisible."""

    def __init__(self, parent: QWidget, name: str, description: str) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setUpdatesEnabled(False)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The row has painted it."""


class SpokenCells:
    """The buttons of one row."""

    def __init__(self, row: QWidget, indicator: Indicator, words: Words, picked: Callable[[Answer], None]) -> None:
        self._row, self._indicator, self._words, self._picked = row, indicator, words, picked
        self.buttons: dict[Answer, SpokenCell] = {}

    def describe(self, state: Scoring) -> None:
        """Say which answer is chosen. The buttons are made when a screen reader listens, not before."""
        if not self.buttons and not QAccessible.isActive():
            return
        if not self.buttons:
            self._make(state)
        answer = state.answer(self._indicator.code)
        for value, button in self.buttons.items():
            button.setChecked(value == answer)

    def _make(self, state: Scoring) -> None:
        w, scale = self._words, state.sheet.scale
        for step in range(scale.minimum, scale.maximum + 1):
            self._add(step, answer_text(w, state, step), w.pick(self._indicator.step_text(step)))
        for other in (NOT_RATED, DECLINED):
            self._add(other, answer_text(w, state, other), "")

    def _add(self, value: Answer, name: str, description: str) -> None:
        made = SpokenCell(self._row, name, description)
        made.clicked.connect(lambda: self._picked(value))
        self.buttons[value] = made

    def place(self, steps: Sequence[QRect], others: tuple[QRect, QRect]) -> None:
        """Lay the buttons over the painted cells; "ønsker ikke at svare" has a cell in the row in focus only."""
        if not self.buttons:
            return
        not_rated, declined = others
        places = [*steps, not_rated, declined if declined.isValid() else not_rated]
        for button, at in zip(self.buttons.values(), places, strict=True):
            button.setGeometry(at)
