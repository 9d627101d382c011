"""The rail to the left: brand, Find, the pages that are built, and the citizens opened last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from progression.ui import kit, theme
from progression.ui.commands import COMMANDS, shown
from progression.ui.find import FindField
from progression.ui.kit.items import Entry, HintedButton
from progression.words import Words

MAX_RECENT = 5
_KEYS = {command.key: command for command in COMMANDS}


class Rail(QFrame):
    """`go(page, citizen)` when a place is chosen."""

    go = Signal(str, str)

    def __init__(self, pages: Sequence[tuple[str, str]]) -> None:
        """`pages`: (name, icon) in order."""
        super().__init__()
        self.setObjectName("rail")
        self._recent: list[tuple[str, str]] = []
        self._current = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 16, 0, 12)
        box.setSpacing(0)
        self.brand = kit.label("Progression", "h2")
        self.brand.setContentsMargins(20, 0, 16, 0)
        self.place = kit.wrapped("", "small", "text-3")
        self.place.setContentsMargins(20, 0, 16, 0)
        box.addWidget(self.brand)
        box.addWidget(self.place)
        box.addSpacing(16)
        self.finder = FindField()
        box.addLayout(_inset(self.finder))
        box.addSpacing(16)
        self.buttons: dict[str, HintedButton] = {}
        for name, icon in pages:
            made = HintedButton(icon)
            made.clicked.connect(lambda _checked=False, n=name: self.go.emit(n, ""))
            self.buttons[name] = made
            box.addWidget(made)
        box.addStretch(1)
        self._recent_title = kit.label("", "dense", "text-3")
        self._recent_title.setContentsMargins(20, 0, 12, 0)
        box.addWidget(self._recent_title)
        self._recent_box = kit.column(0, (20, 0, 8, 0))
        box.addLayout(self._recent_box)

    def choose(self, page: str, citizen: str) -> None:
        """Mark where we are."""
        self._current = citizen
        for name, made in self.buttons.items():  # no exclusive group: that would make them one tab stop
            made.setChecked(name == page)
        self._show_recent()

    def remember(self, citizen: str, name: str) -> None:
        """Put a citizen first among the last opened. Kept in memory only."""
        self._recent = [(citizen, name), *(r for r in self._recent if r[0] != citizen)][:MAX_RECENT]
        self._current = citizen
        self._show_recent()

    @property
    def recent(self) -> tuple[tuple[str, str], ...]:
        """(citizen, name), latest first."""
        return tuple(self._recent)

    def forget(self) -> None:
        """Forget every name (the vault is locked)."""
        self._recent.clear()
        self.place.setText("")
        self._show_recent()

    def set_place(self, municipality: str) -> None:
        """The municipality below the brand."""
        kit.set_text(self.place, municipality)

    def retranslate(self, words: Words) -> None:
        """Say everything in this language."""
        for name, made in self.buttons.items():
            command = _KEYS[f"page.{name}"]
            made.say(words.t(command.text), shown(command.keys[0]))
        self.finder.retranslate(words)
        self._recent_title.setText(words.t("Last opened"))
        self.setAccessibleName(words.t("Pages"))
        self.restyle()

    def restyle(self) -> None:
        """Be as wide as the words need."""
        look = theme.current()
        need = max((made.sizeHint().width() for made in self.buttons.values()), default=0)
        self.setFixedWidth(max(look.px(184) if look.percent <= 100 else 184, need))

    def _show_recent(self) -> None:
        kit.clear(self._recent_box)
        self._recent_title.setVisible(bool(self._recent))
        for citizen, name in self._recent:
            made = Entry(name, kind="name" if citizen == self._current else "dense", ruled=False)
            made.setMinimumHeight(24)
            made.clicked.connect(lambda _checked=False, c=citizen: self.go.emit("citizen", c))
            self._recent_box.addWidget(made)


def _inset(widget: FindField) -> QVBoxLayout:
    made = kit.column(0, (12, 0, 12, 0))
    made.addWidget(widget)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made
