"""Buttons, chips and segmented choices."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from progression.ui import theme
from progression.ui.kit.accessible import choice, group, pressed, ticked
from progression.ui.kit.flow import Segments
from progression.ui.kit.icons import restyle_icon, set_icon
from progression.ui.kit.texts import set_property

LEAST = 24  # px at 100 % text: a letter and an ellipsis still tell that something is there
_ICON_TOKENS = {"primary": "on-accent", "chosen": "on-accent"}


def pressed_by_enter(made: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button with Enter, as Space does; outside dialogs Qt leaves Enter unanswered. True when it was Enter."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if not event.isAutoRepeat():
        made.click()
    return True


@pressed
class _Button(QPushButton):
    """Parts its icon from its words whenever there are words."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def setText(self, text: str) -> None:
        had = bool(self.text())
        super().setText(text)
        if had != bool(text):
            restyle_icon(self)


def button(
    text: str,
    role: str = "normal",
    *,
    icon: str = "",
    name: str = "",
    small: bool = False,
    tip: str = "",
    gives: bool = False,
) -> QPushButton:
    """A push button. `role`: "normal", "primary" (one per page), "suggested", "chosen", "quiet" or "row".

    `name` is what a screen reader says where the text alone is not enough; needed where the text is empty. `gives`: it
    is shortened where its column is too narrow, as a link that gives.
    """
    made = _dressed(GivingLink(text) if gives else _Button(text), role, name or text)
    made.setProperty("small", small)
    made.setToolTip(tip)
    if icon:
        set_icon(made, icon, _ICON_TOKENS.get(role, "accent"), 16 if small else 18)
    return made


def _dressed(made: QPushButton, role: str, name: str) -> QPushButton:
    made.setProperty("role", role)
    made.setProperty("small", False)
    made.setAccessibleName(name)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


class GivingLink(_Button):
    """A link or a button that ends in an ellipsis where its column is too narrow; the whole text is then its tool
    tip."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._tip = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # Qt's own never shrink

    def setToolTip(self, tip: str) -> None:
        """Set what the tool tip says where the whole text is in view, as its keys."""
        self._tip = tip
        self._tell()

    @property
    def shown(self) -> str:
        """What of the text there is room for."""
        if self._fits():
            return self.text()
        taken = max(0, self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text()))
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - taken)

    def _fits(self) -> bool:
        return self.width() >= self.sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), theme.current().px(LEAST)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        whole = "" if self._fits() else self.text()
        super().setToolTip("  ".join(part for part in (whole, self._tip) if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)


def link(text: str, name: str = "", *, gives: bool = False) -> QPushButton:
    """A button that looks like a link: it shows more, and changes nothing. `gives`: it is shortened (and its tool tip
    the whole text) where the column is too narrow, and never makes the column wider."""
    if not gives:
        return button(text, "link", name=name)
    return _dressed(GivingLink(text), "link", name or text)


@ticked
class Chip(_Button):
    """A filter with a count: a word and how many it would show. Checkable, several at once."""

    def __init__(self, text: str = "", count: int | None = None) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("role", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say(text, count)

    def say(self, text: str, count: int | None = None) -> None:
        """Set word and count."""
        shown = text if count is None else f"{text}  {count}"
        self.setText(shown)
        self._word, self._count = text, "" if count is None else str(count)
        self.setAccessibleName(text if count is None else f"{text}, {count}")

    def sizeHint(self) -> QSize:
        """As wide as word and count, the count in its own weight."""
        hint = super().sizeHint()
        look = theme.current()
        plain = QFontMetrics(look.font("dense")).horizontalAdvance(self._count)
        return hint + QSize(max(0, QFontMetrics(look.font("dense-strong")).horizontalAdvance(self._count) - plain), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option, look = QStylePainter(self), QStyleOptionButton(), theme.current()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        on = self.isChecked()
        parts = [(self._word, look.font("dense"), "accent" if on else "text-2")]
        if self._count:
            parts.append((self._count, look.font("dense-strong"), "accent" if on else "text"))
        widths = [QFontMetrics(font).horizontalAdvance(text) for text, font, _token in parts]
        gap = look.px(8)
        x = (self.width() - sum(widths) - gap * (len(parts) - 1)) // 2
        for (text, font, token), width in zip(parts, widths, strict=True):
            painter.setFont(font)
            painter.setPen(look.colour(token))
            painter.drawText(QRect(x, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), text)
            x += width + gap


def chip(text: str, count: int | None = None) -> Chip:
    """A chip that is off."""
    return Chip(text, count)


@choice
class _Segment(QPushButton):
    """One of the views of a Segmented."""


@group
class Segmented(QWidget):
    """Two to four views, one of them chosen. One tab stop; left and right move the choice."""

    chosen = Signal(str)

    def __init__(self, choices: Iterable[tuple[str, str]] = (), name: str = "", *, wraps: bool = False) -> None:
        """`choices`: (key, text) in order; the first is chosen. `name`: what the choice is about. `wraps`: they go on
        on the next line where there is no room, as more than four may at a large text size."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys: list[str] = []
        layout: QLayout = Segments(self._join) if wraps else QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.setLayout(layout)
        self._group.idToggled.connect(lambda _index, _on: self._toggled())
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._keys[index]))
        self.set_choices(choices, name)

    def set_choices(self, choices: Iterable[tuple[str, str]], name: str = "") -> None:
        """Replace the choices, keeping the chosen key where it is still there."""
        before, pairs = self.value(), list(choices)
        self.setAccessibleName(name)
        if pairs and [key for key, _text in pairs] == self._keys:  # said again: nothing is made anew
            for index, (_key, text) in enumerate(pairs):
                self._say(self._group.button(index), name, text)
            return
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.setParent(None)
            old.deleteLater()
        self._keys = [key for key, _text in pairs]
        layout = self.layout()
        assert layout is not None
        for index, (_key, text) in enumerate(pairs):
            part = _Segment(text, self)
            part.setCheckable(True)
            part.setProperty("role", "segment")
            part.setProperty("place", _place(index, len(pairs)))
            self._say(part, name, text)
            part.setCursor(Qt.CursorShape.PointingHandCursor)
            part.installEventFilter(self)
            self._group.addButton(part, index)
            layout.addWidget(part)
            part.show()  # or the layout asks for no room until events have been run
        if pairs:
            self.choose(before if before in self._keys else self._keys[0])

    def _join(self, joined: bool) -> None:
        """Parts on several lines are each a piece of their own: an edge all round."""
        parts = self._group.buttons()
        for index, part in enumerate(parts):
            set_property(part, "place", _place(index, len(parts)) if joined else "only")

    @staticmethod
    def _say(part: QAbstractButton, name: str, text: str) -> None:
        said = f"{name}: {text}" if name else text
        if part.text() != text:
            part.setText(text)
        if part.accessibleName() != said:
            part.setAccessibleName(said)

    def count(self) -> int:
        """How many views there are."""
        return len(self._keys)

    def value(self) -> str:
        """The key of the chosen view, "" when there is none."""
        index = self._group.checkedId()
        return self._keys[index] if 0 <= index < len(self._keys) else ""

    def take_focus(self) -> None:
        """Put the focus on what is chosen."""
        part = self._group.checkedButton()
        if part is not None:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, key: str) -> None:
        """Choose a view without a signal. Raises ValueError for an unknown key."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def _toggled(self) -> None:
        for part in self._group.buttons():  # one tab stop: the chosen one
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if part.isChecked() else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys, before Qt's own group moves the focus without choosing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._step(step)
                return True
        return False

    def _step(self, step: int) -> None:
        index = (self._group.checkedId() + step) % len(self._keys)
        self.choose(self._keys[index])
        self._group.button(index).setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(self._keys[index])


def _place(index: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(index, "middle")
