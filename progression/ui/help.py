"""F1: what the keyboard can do, from the one list of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.commands import COMMANDS, GROUPS, shown
from progression.words import Words


class HelpPanel(QFrame):
    """A panel to the right, over the page; Esc closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(20, 20, 20, 20)
        self._outer.setSpacing(12)
        self.hide()

    def open(self, words: Words, pages: frozenset[str]) -> None:
        """Show the keys of the window and of the pages that are built."""
        kit.clear(self._outer)
        self._close = kit.button("", "quiet", icon="x", name=words.t("Close"), small=True)
        self._close.clicked.connect(self.closed)
        self._outer.addLayout(kit.row(kit.heading(2, words.t("Keys")), 1, self._close))
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 8, 0)
        box.setSpacing(4)
        for group in GROUPS:
            self._add_group(box, words, group, pages)
        box.addStretch(1)
        self._outer.addWidget(kit.scrolled(inside), 1)
        self.setAccessibleName(words.t("Keys"))
        self.place()
        self.show()
        self.raise_()
        self._close.setFocus()

    def _add_group(self, box: QVBoxLayout, words: Words, group: str, pages: frozenset[str]) -> None:
        rows = [c for c in COMMANDS if c.group == group and _built(c.key, pages)]
        if not rows:
            return
        box.addWidget(kit.heading(3, words.t(group)))
        box.addWidget(kit.rule(True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(1, theme.current().px(84))
        for line, command in enumerate(rows):
            grid.addWidget(kit.wrapped(words.t(command.text), "dense"), line, 0)
            grid.addWidget(kit.label(shown(command.keys[0]), "dense", "text-3"), line, 1)
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


def _built(key: str, pages: frozenset[str]) -> bool:
    page = {"score": "conversation", "citizen": "citizen", "today": "today"}.get(key.partition(".")[0])
    if key.startswith("page."):
        page = key.partition(".")[2]
    return page is None or page in pages
