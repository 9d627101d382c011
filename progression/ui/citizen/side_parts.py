"""What the side of a citizen's page is put together of: the shelf it stands on, a section's head, lines with a door.

Lines are layouts and not widgets of their own: a side has a hundred parts, and each that is a widget is dressed by the
style sheet and asked for its room.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from progression.analysis.values import Flag
from progression.ui.flags.margin import Shape
from progression.ui.kit import column, heading, rule, wrapped
from progression.ui.kit.flow import Split
from progression.words import Words
from progression.words import flags as said


class Shelf(QWidget):
    """Holds what the side shows. Another one takes its place in one stroke, and the one before is taken apart once the
    new one is painted: a hundred widgets that change their parent are dressed and undressed each time."""

    def __init__(self) -> None:
        super().__init__()
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None

    def put(self, inside: QWidget) -> None:
        """Show another widget, made with this one as its parent, in the place of the one before."""
        before, self._shown = self._shown, inside
        if before is not None:
            held = QApplication.focusWidget()
            if held is not None and before.isAncestorOf(held):
                held.clearFocus()  # nobody has it, and it is put back where it was; hiding hands it to whatever is next
            before.hide()
            self._line.removeWidget(before)
            before.move(0, -before.height())  # what goes where something is seen has it painted again
            before.deleteLater()
        self._line.addWidget(inside)
        inside.setGeometry(self.rect())  # as wide as it will be, or its texts are broken into lines twice
        # a button that is dressed asks for its room anew: before it is laid out, or everything is laid out twice
        QCoreApplication.sendPostedEvents(None, QEvent.Type.PolishRequest.value)
        inside.show()


def section(text: str, door: QPushButton | None = None) -> QVBoxLayout:
    """A section's heading over its line, with what one does there most at its end."""
    made = column(2, (0, 10, 0, 0))
    line = Split(2)  # below each other where the two are wider than the column
    line.addWidget(heading(3, text))
    if door is not None:
        line.addWidget(door)
    made.addLayout(line)
    made.addWidget(rule(strong=True))
    return made


def two_lines(first: str, second: str, tone: str = "text-2") -> QVBoxLayout:
    """A line, and a smaller one about it where there is any."""
    made = column(0)
    made.addWidget(wrapped(first, "dense"))
    if second:
        made.addWidget(wrapped(second, "small", tone))
    return made


def beside(texts: QVBoxLayout, door: QPushButton) -> QHBoxLayout:
    """Lines with what one does there at their end."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.addLayout(texts, 1)
    made.addWidget(door, 0, Qt.AlignmentFlag.AlignTop)
    return made


def gone(w: Words, flag: Flag) -> QHBoxLayout:
    """An attention point that is withdrawn, and why."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(Shape(flag.kind), 0, Qt.AlignmentFlag.AlignTop)
    texts = column(0)
    title = w.t("{title}, {day}", title=said.title(w, flag), day=w.short_date(flag.raised_on))
    texts.addWidget(wrapped(title, "dense", "text-2"))
    because = said.withdrawn(w, flag)
    if because:
        texts.addWidget(wrapped(because, "small", "text-3"))
    line.addLayout(texts, 1)
    return line
