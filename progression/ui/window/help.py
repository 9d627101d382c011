"""F1: what the keyboard can do, from the one list of commands, by page; the page in view stands first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.commands import COMMANDS, GROUPS, PAGE_GROUPS, Command, shown
from progression.words import Words


class HelpPanel(QFrame):
    """A panel to the right, over the page; Esc closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self._wide = 0
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(20, 20, 20, 20)
        self._outer.setSpacing(12)
        self.hide()

    def open(self, words: Words, pages: frozenset[str], here: str = "") -> None:
        """Show the keys of the window and of the pages that are built; `here`: the page in view."""
        kit.clear(self._outer)
        self._close = kit.button("", "quiet", icon="x", name=words.t("Close"), small=True)
        self._close.clicked.connect(self.closed)
        self._outer.addLayout(kit.row(kit.heading(2, words.t("Keys")), 1, self._close))
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 8, 0)
        box.setSpacing(4)
        listed = [c for c in COMMANDS if c.keys and _built(c, pages)]
        keys = ["  ".join(shown(key) for key in command.keys[:2]) for command in listed]
        metrics = QFontMetrics(theme.current().font("dense"))
        self._wide = max((metrics.horizontalAdvance(text) for text in keys), default=0)  # one column down the panel
        mine = [group for group in PAGE_GROUPS if any(c.group == group and c.page == here for c in listed)]
        for group in dict.fromkeys((*mine, *GROUPS, *PAGE_GROUPS)):
            self._add_group(box, words, group, [c for c in listed if c.group == group])
        box.addStretch(1)
        self._outer.addWidget(kit.scrolled(inside), 1)
        self.setAccessibleName(words.t("Keys"))
        self.place()
        self.show()
        self.raise_()
        self._close.setFocus()

    def _add_group(self, box: QVBoxLayout, words: Words, group: str, rows: list[Command]) -> None:
        if not rows:
            return
        box.addWidget(kit.heading(3, words.t(group)))
        box.addWidget(kit.rule(True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(1, self._wide + 2)
        for line, command in enumerate(rows):
            grid.addWidget(kit.wrapped(words.t(command.text), "dense"), line, 0)
            grid.addWidget(kit.label("  ".join(shown(keys) for keys in command.keys[:2]), "dense", "text-3"), line, 1)
        box.addLayout(grid)
        box.addSpacing(12)

    def place(self) -> None:
        """Stand at the right edge of the window."""
        parent = self.parentWidget()
        if parent is not None:
            width = min(theme.current().px(400), parent.width())
            self.setGeometry(parent.width() - width, 0, width, parent.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _built(command: Command, pages: frozenset[str]) -> bool:
    page = command.key.partition(".")[2] if command.key.startswith("page.") else command.page
    return not page or page in pages
