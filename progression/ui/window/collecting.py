"""Values that hold each other are cleared away in the window's thread, between two events, and nowhere else.

Python looks for them in whatever thread happens to make the next value: on the database thread it would destroy widgets
behind Qt's back, and in the middle of a change of theme those that Qt is about to dress. Both end the program at once.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # ms
_GENERATIONS = (2, 1, 0)  # the oldest that is full takes the younger ones with it


class Collecting(QObject):
    """From now until `end`, or until its parent is gone, Python's own collecting is off and the timer does it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(collect_full)
        self._timer.start()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()


def collect_full() -> None:
    """Collect the oldest generation that holds more than its threshold; nothing where none does."""
    for generation in _GENERATIONS:
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
