"""The rail to the left: brand, menu, Find, the pages that are built, and the citizens opened last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from progression.ui import kit, theme
from progression.ui.commands import BY_KEY, hint
from progression.ui.kit.items import HintedButton
from progression.ui.kit.painted import PaintedButton
from progression.ui.mark import Mark
from progression.ui.window.find import FindField
from progression.ui.window.menu import make
from progression.words import Words

MAX_RECENT = 5
MARK_GAP = 6  # px between the mark, the name and the menu
MARKED = 130  # percent of text up to which the mark stands beside the name
WIDEST = 1.45  # times the usual width: a long word elides before the rail takes the page's room


class NameButton(PaintedButton):
    """A name on one line, elided where it does not fit; the whole name is its tool tip and what is read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.citizen, self.name, self.current = "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, citizen: str, name: str, current: bool) -> None:
        """Who this is about, and whether it is the one in view."""
        self.citizen, self.name, self.current = citizen, name, current
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, max(24, theme.current().line("dense") + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    @property
    def shown(self) -> str:
        """What of the name there is room for."""
        metrics = QFontMetrics(theme.current().font("name" if self.current else "dense"))
        return metrics.elidedText(" ".join(self.name.split()), Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self.tint(painter)
        painter.setFont(look.font("name" if self.current else "dense"))
        painter.setPen(look.colour("text" if self.current else "text-2"))
        shown = self.shown
        self.setToolTip("" if shown == self.name else self.name)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()


class Rail(QFrame):
    """`go(page, citizen)` when a place is chosen; `menu_wanted` when the menu is to be filled and shown."""

    go = Signal(str, str)
    menu_wanted = Signal()

    def __init__(self, pages: Sequence[tuple[str, str]]) -> None:
        """`pages`: (name, icon) in order."""
        super().__init__()
        self.setObjectName("rail")
        self._recent: list[tuple[str, str]] = []
        self._current = ""
        self._names: list[NameButton] = []
        self._shown: tuple[object, ...] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 12, 0, 12)
        box.setSpacing(0)
        box.addLayout(self._head())
        self.place = kit.wrapped("", "small", "text-3")
        self.place.setContentsMargins(20, 0, 16, 0)
        box.addWidget(self.place)
        self.demo = kit.wrapped("", "small")
        self.demo.setObjectName("demo")
        self.demo.hide()
        box.addSpacing(4)
        box.addLayout(_inset(self.demo))
        box.addSpacing(8)
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
        self._recent_title.setContentsMargins(20, 0, 12, 4)
        box.addWidget(self._recent_title)
        self._recent_box = kit.column(0, (20, 0, 8, 0))
        box.addLayout(self._recent_box)

    def _head(self) -> QHBoxLayout:
        self.brand = kit.label("Progression", "h2")
        self.menu = make(self)
        self.menu_button = kit.button("", "quiet", icon="menu", small=True)
        self.menu_button.clicked.connect(self.open_menu)
        self.mark = Mark(20)
        head = kit.row(self.mark, self.brand, self.menu_button, spacing=MARK_GAP)
        head.setStretch(1, 1)
        head.setContentsMargins(20, 0, 8, 0)
        return head

    def open_menu(self) -> None:
        """Show the menu below its button; the window fills it first."""
        self.menu_wanted.emit()
        first = next((action for action in self.menu.actions() if not action.isSeparator()), None)
        if first is not None:
            self.menu.setActiveAction(first)
            self.menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height() + 2)))

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
        self.set_place("", invented=False)
        self.menu.clear()
        self._show_recent()

    def set_place(self, municipality: str, *, invented: bool) -> None:
        """The municipality below the brand; `invented`: a band says that nobody in here exists."""
        # what the demo calls its municipality says in Danish what the band says in every language
        kit.set_text(self.place, municipality.partition(" (")[0] if invented else municipality)
        self.demo.setVisible(invented)
        self._fit()

    def retranslate(self, words: Words) -> None:
        """Say everything in this language."""
        for name, made in self.buttons.items():
            command = BY_KEY[f"page.{name}"]
            made.say(words.t(command.text), hint(command))
        self.finder.retranslate(words)
        self._recent_title.setText(words.t("Last opened"))
        self.demo.setText(words.t("Demo – invented citizens"))
        self.menu_button.setAccessibleName(words.t("Menu"))
        self.menu_button.setToolTip(f"{words.t('Menu')} ({hint(BY_KEY['menu'])})")
        self.setAccessibleName(words.t("Pages"))
        self.restyle()

    def restyle(self) -> None:
        """Be as wide as the words need, within reason."""
        look = theme.current()
        usual = look.px(184) if look.percent <= 100 else 184
        need = max((made.sizeHint().width() for made in self.buttons.values()), default=0)
        self.mark.setVisible(look.percent <= MARKED)  # with large text the pages need the room
        mark = 0 if self.mark.isHidden() else self.mark.sizeHint().width() + MARK_GAP
        head = 20 + mark + self.brand.sizeHint().width() + MARK_GAP + self.menu_button.sizeHint().width() + 8
        self.setFixedWidth(max(usual, min(need, round(look.px(184) * WIDEST)), head))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window, or with large text, pages stand closer and fewer of those opened last are listed."""
        look, margins = theme.current(), 24
        self.demo.setFixedHeight(_height(self.demo.text(), self.width() - margins))
        least = max(24, look.line("body"))
        self.place.setVisible(bool(self.place.text()))
        above = self._above()
        if above + least * len(self.buttons) > self.height():  # the band and the pages come first
            self.place.hide()
            above = self._above()
        each = max(least, min(look.px(40), (self.height() - above) // max(1, len(self.buttons))))
        for made in self.buttons.values():
            made.setFixedHeight(each)
        left = self.height() - above - each * len(self.buttons) - self._recent_title.sizeHint().height()
        shown = 0
        for place in range(self._recent_box.count()):
            item = self._recent_box.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                shown += 1
                widget.setVisible(shown * widget.sizeHint().height() <= left)
        self._recent_title.setVisible(shown > 0 and left >= least)

    def _above(self) -> int:
        """How high what stands above the pages is, with its gaps."""
        parts = (self.menu_button, self.place, self.demo, self.finder)
        high = sum(part.sizeHint().height() if part is not self.demo else part.height()
                   for part in parts if not part.isHidden()) + 12 + 4 + 8 + 16 + 12  # fmt: skip
        if not self.place.isHidden():
            high += max(0, self.place.heightForWidth(self.width()) - self.place.sizeHint().height())
        return high

    def _show_recent(self) -> None:
        shown = self._current, *self._recent
        if shown == self._shown:
            return
        self._shown = shown
        if len(self._names) != len(self._recent):
            kit.clear(self._recent_box)
            self._names = [NameButton() for _one in self._recent]
            for made in self._names:
                made.clicked.connect(lambda _checked=False, button=made: self.go.emit("citizen", button.citizen))
                self._recent_box.addWidget(made)
            self._fit()
        for made, (citizen, name) in zip(self._names, self._recent, strict=True):
            made.say(citizen, name, citizen == self._current)


def _height(text: str, width: int) -> int:
    """How high the band of the demo is: a label squeezed in a low window would not say."""
    look = theme.current()
    font = QFont(look.font("small"))  # the theme keeps its fonts: one that is changed would change every label
    font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(font)
    indent = metrics.horizontalAdvance("x") // 2 + 1  # Qt's own, of a label with a border
    room = QRect(0, 0, max(40, width - 4 - 2 * look.px(8) - indent), 2000)
    return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height() + 2 * look.px(4) + 4


def _inset(widget: QFrame | FindField) -> QVBoxLayout:
    made = kit.column(0, (12, 0, 12, 0))
    made.addWidget(widget)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made
