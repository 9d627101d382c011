"""Small parts of *I dag*: what the shadings mean, and how its head is laid out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QLineEdit, QVBoxLayout, QWidget

from progression.ui import kit, shapes, theme
from progression.ui.kit.accessible import graphic
from progression.ui.kit.flow import Split


def ends(left: QLayout, right: QLayout) -> QWidget:
    """Two groups at the ends of a line, or one below the other where there is no room."""
    whole = QWidget()
    layout = Split(12)
    whole.setLayout(layout)
    for part in (left, right):
        side = QWidget()
        side.setLayout(part)
        layout.addWidget(side)
    return whole


def inset(widget: QWidget, side: int) -> QVBoxLayout:
    """Return a column that keeps the widget from both edges."""
    made = kit.column(0, (side, 0, side, 0))
    made.addWidget(widget)
    return made


def typing() -> bool:
    """Whether somebody is in the middle of a text in a field: rows that come meanwhile leave the keys where they go."""
    field = QApplication.focusWidget()
    return isinstance(field, QLineEdit) and field.isVisible() and bool(field.text())


class SearchField(QLineEdit):
    """Down leads from what is searched to what is found: `left_down`."""

    left_down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel(self)  # an action's icon would stay small where the text is large
        self._icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.restyle()

    def restyle(self) -> None:
        """Take over theme and text size."""
        look = theme.current()
        self._icon.setPixmap(kit.picture("search", "text-3", 16))
        self.setTextMargins(look.px(26), 0, 0, 0)
        self._place()

    def say(self, text: str, clear: str) -> None:
        """Say what is searched, and what the cross does."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)
        kit.name_clear_button(self, clear)

    def _place(self) -> None:
        size = theme.current().px(16)
        self._icon.setGeometry(theme.current().px(8), (self.height() - size) // 2, size, size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Down and plain:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)


class Head(QWidget):
    """The head of the page; `resized` is called when it has another width, whatever made it so."""

    def __init__(self, resized: Callable[[], None]) -> None:
        super().__init__()
        self._resized = resized

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized()


@graphic
class Legend(QWidget):
    """What the shadings of the sparklines mean."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[tuple[str, str], ...] = ()
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the rows above do not move when there is nothing to explain
        self.setSizePolicy(policy)

    def say(self, parts: tuple[tuple[str, str], ...]) -> None:
        """(state, word) in order."""
        self._parts = parts
        self.setAccessibleName(", ".join(word for _state, word in parts))
        self.updateGeometry()
        self.update()

    def _width(self, word: str) -> int:
        look = theme.current()
        return look.px(20) + 6 + QFontMetrics(look.font("small")).horizontalAdvance(word) + 16

    def sizeHint(self) -> QSize:
        return QSize(sum(self._width(word) for _state, word in self._parts), theme.current().px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        x = 0
        for state, word in self._parts:
            high = look.px(12)
            shapes.shade_sample(painter, look, state, QRectF(x, (self.height() - high) / 2, look.px(20), high))
            painter.setPen(look.colour("text-2"))
            place = self.rect().adjusted(x + look.px(20) + 6, 0, 0, 0)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), word)
            x += self._width(word)
        painter.end()
