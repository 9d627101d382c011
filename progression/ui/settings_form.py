"""What a section of the settings is made of: controls beside their captions, each with what it does in plain words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

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

    def captioned(self, key: str, *controls: QWidget) -> None:
        """Add a line: a caption, the controls it names, and below them what the setting does."""
        caption, about = kit.label("", "body", "text-2"), kit.wrapped("", "dense", "text-2")
        caption.setBuddy(controls[0])
        self.box.addWidget(flowing(caption, *controls, spacing=GAP))
        self.box.addWidget(about)
        self.box.addSpacing(12)
        self._captions[key], self._helps[key] = caption, about

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
            caption.setMinimumHeight(px(32))  # in the middle of the control beside it
        self._indent()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._indent()

    def _indent(self) -> None:
        """What a setting does stands below its control; where a window is too narrow for two columns, below both."""
        for key, about in self._helps.items():
            column = self._captions[key].minimumWidth() + GAP
            about.setContentsMargins(column if self.width() >= 2 * column else 0, 0, 0, 0)


def flowing(*parts: QWidget, spacing: int = 8) -> QWidget:
    """Controls beside each other where there is room, else one below the other."""
    line = QWidget()
    flow = Flow(spacing)
    line.setLayout(flow)
    for part in parts:
        flow.addWidget(part)
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
