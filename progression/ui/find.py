"""The Find field: type, and citizens and commands come up below; Enter opens the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from progression.ui import kit, theme
from progression.words import Words

LIMIT = 8
PAUSE = 10  # ms: keys that come in one burst are one question


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `kind`: "citizen" or "command"; `key`: the citizen's id or the command's key."""

    kind: str
    key: str
    text: str
    hint: str = ""


class FindField(QLineEdit):
    """Asks with `asked(text)`; whoever knows answers with `show_hits`. `picked` carries the Hit that was chosen."""

    asked = Signal(str)
    picked = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("find")
        self._icon = self.addAction(kit.icon("search", "text-3", 16), QLineEdit.ActionPosition.LeadingPosition)
        self._list: QListWidget | None = None
        self._hits: list[Hit] = []
        self._nothing = ""
        self._hurried = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self._closing = QTimer(self)  # a click into the list takes the focus before it is a click
        self._closing.setSingleShot(True)
        self._closing.setInterval(150)
        self._closing.timeout.connect(self.close_list)
        self.textEdited.connect(lambda _text: self._pause.start())

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is in view."""
        return tuple(self._hits)

    def retranslate(self, words: Words) -> None:
        """Say everything in this language."""
        self.setPlaceholderText(words.t("Find"))
        self.setAccessibleName(words.t("Find a citizen or a command"))
        self.setToolTip(words.t("Find a citizen or a command") + " (Ctrl+K)")
        self._nothing = words.t("Nothing found")

    def restyle(self) -> None:
        """Draw the icon in the theme in force."""
        action: QAction = self._icon
        action.setIcon(kit.icon("search", "text-3", 16))

    def _ask(self) -> None:
        self._closing.stop()
        if self.text().strip():
            self.asked.emit(self.text())
        else:
            self.close_list()

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Show what was found for `text`; ignored when the text has moved on."""
        if text != self.text():
            return
        self._hits = list(hits)[:LIMIT]
        hurried, self._hurried = self._hurried, False
        if hurried and self._hits:
            self._pick(0)
            return
        if self.window().isActiveWindow() and not self.hasFocus():  # the user has gone on
            self._hits = []
            return
        shown = self._make_list()
        shown.clear()
        for hit in self._hits:
            item = QListWidgetItem(f"{hit.text}   {hit.hint}" if hit.hint else hit.text)
            shown.addItem(item)
        if not self._hits:
            nothing = QListWidgetItem(self._nothing)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            shown.addItem(nothing)
        else:
            shown.setCurrentRow(0)
        place = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        rows = shown.sizeHintForRow(0) * shown.count() + theme.current().px(8) + 6
        shown.setGeometry(place.x(), place.y(), theme.current().px(300), rows)
        shown.show()
        shown.raise_()

    def _make_list(self) -> QListWidget:
        if self._list is None:
            made = QListWidget(self.window())
            made.setObjectName("hits")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setAccessibleName(self.accessibleName())
            made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            made.itemClicked.connect(lambda item: self._pick(made.row(item)))
            self._list = made
        return self._list

    def close_list(self) -> None:
        """Put the list away, and with it every name."""
        self._hits = []
        if self._list is not None:
            self._list.clear()
            self._list.hide()
        self.closed.emit()

    def _pick(self, index: int) -> None:
        if 0 <= index < len(self._hits):
            hit = self._hits[index]
            self.clear()
            self.close_list()
            self.picked.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.clear()
            self.close_list()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():  # faster than the answer: take the first when it comes
                self._pause.stop()
                self._hurried = True
                self._ask()
            elif self._list is not None and self._hits:
                self._pick(self._list.currentRow())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list is not None and self._hits:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % len(self._hits))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._closing.start()
        elif event.type() == QEvent.Type.FocusIn:
            self._closing.stop()
        return super().event(event)
