"""What a section of the settings is made of: controls beside their captions, each with what it does in plain words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.kit.flow import Flow
from progression.ui.page import Context
from progression.words import Words

CAPTION = 150  # px at 100 %
GAP = 12  # px between a caption and its control


class Section(QWidget):
    """The section under its heading."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._captions: dict[str, QLabel] = {}
        self._helps: dict[str, QLabel] = {}
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)

    @property
    def words(self) -> Words:
        """The reader's language."""
        return self.context.words

    def captioned(self, key: str, *controls: QWidget) -> QWidget:
        """Add a line: a caption, the controls it names, and below them what the setting does. Returns the first of
        these."""
        caption, about = kit.label("", "body", "text-2"), kit.wrapped("", "dense", "text-2")
        caption.setBuddy(controls[0])
        line = Captioned()
        for part in (caption, *controls):
            line.addWidget(part)
        shown = _in_lines(line)
        self.box.addWidget(shown)
        self.box.addWidget(about)
        self.box.addSpacing(14)
        self._captions[key], self._helps[key] = caption, about
        return shown

    def say(self, key: str, caption: str, about: str, control: QWidget) -> None:
        """Name a line, and say what it does; a screen reader says both of the control."""
        self._captions[key].setText(caption)
        kit.set_text(self._helps[key], about)
        control.setAccessibleName(caption)
        control.setAccessibleDescription(about)

    def take_focus(self) -> None:
        """Put the focus on the first control."""
        go_into(self)

    def retranslate(self) -> None:
        """Say everything in the language now in force."""

    def restyle(self) -> None:
        """Let captions stand in one column, controls and what they do in the next."""
        px = theme.current().px
        width = max([px(CAPTION), *(caption.sizeHint().width() for caption in self._captions.values())])
        for caption in self._captions.values():
            caption.setFixedWidth(width)
        self._indent()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._indent()

    def _indent(self) -> None:
        """What a setting does stands below its control; where a window is too narrow for two columns, below both."""
        for key, about in self._helps.items():
            caption = self._captions[key].minimumWidth()
            about.setContentsMargins(caption + GAP if beside(caption, self.width()) else 0, 0, 0, 0)


def beside(caption: int, width: int) -> bool:
    """True where a caption so wide has room for its controls beside it; else they stand below it."""
    return width >= 2 * (caption + GAP)


class Level(Flow):
    """What shares a line stands on its middle: a caption, a field and a button are not equally high."""

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(self._items, rect.width()):
            y += self._put(line, QPoint(rect.x(), y), move=move) + self._gap
        return max(0, y - self._gap - rect.y())

    def _put(self, line: list[tuple[QLayoutItem, QSize]], at: QPoint, *, move: bool) -> int:
        """Place a line with its upper left corner at a point; returns how high it is."""
        high, x = max(hint.height() for _item, hint in line), at.x()
        for item, hint in line:
            if move:
                item.setGeometry(QRect(QPoint(x, at.y() + (high - hint.height()) // 2), hint))
            x += hint.width() + self._gap
        return high

    def _lines(self, items: list[QLayoutItem], room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The parts line by line, each with the size it gets."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        taken = 0
        for item in items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if hint.width() > room:
                high = item.heightForWidth(room) if item.hasHeightForWidth() else hint.height()
                hint = QSize(max(room, item.minimumSize().width()), high)
            if not lines or taken + hint.width() > room:
                lines.append([])
                taken = 0
            lines[-1].append((item, hint))
            taken += hint.width() + self._gap
        return lines


class Captioned(Level):
    """A caption, and its controls in a column beside it; the caption stands on the middle of the first line of them.
    Below the caption, and from the left edge, where there is no room for two columns."""

    def __init__(self) -> None:
        super().__init__(GAP)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        caption, *controls = self._items
        said = caption.sizeHint()
        together = beside(said.width(), rect.width())
        left = rect.x() + (said.width() + GAP if together else 0)
        lines = self._lines(controls, rect.right() + 1 - left)
        first = max((hint.height() for _item, hint in lines[0]), default=0) if lines else 0
        y = rect.y() + (max(0, said.height() - first) // 2 if together else said.height() + GAP // 3)
        if move:
            below = max(0, first - said.height()) // 2 if together else 0
            caption.setGeometry(QRect(QPoint(rect.x(), rect.y() + below), said))
        for line in lines:
            y += self._put(line, QPoint(left, y), move=move) + self._gap
        return max(y - self._gap - rect.y(), said.height())


def flowing(*parts: QWidget, spacing: int = 8) -> QWidget:
    """Controls beside each other where there is room, else one below the other."""
    flow = Level(spacing)
    for part in parts:
        flow.addWidget(part)
    return _in_lines(flow)


def _in_lines(flow: Flow) -> QWidget:
    line = QWidget()
    line.setLayout(flow)
    policy = line.sizePolicy()
    policy.setHeightForWidth(True)
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    line.setSizePolicy(policy)
    return line


def go_into(section: QWidget) -> None:
    """Put the focus on the first control of a section; in a group of choices on the one chosen."""
    parts = [
        part
        for part in section.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(section) and part.isEnabled()
    ]
    if not parts:
        return
    first = min(parts, key=lambda part: (part.mapTo(section, QPoint(0, 0)).y(), part.mapTo(section, QPoint(0, 0)).x()))
    group = first.group() if isinstance(first, QAbstractButton) else None
    chosen = group.checkedButton() if group is not None and group.exclusive() else None
    (chosen or first).setFocus(Qt.FocusReason.OtherFocusReason)
