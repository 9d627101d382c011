"""*Indstillinger*: sections in a list to the left, one of them in view. Everything takes effect at once and can be
undone (Ctrl+Z); there is no button to save, and nothing asks for a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from progression.ui import kit, theme
from progression.ui.page import Context, Page
from progression.ui.settings.form import go_into
from progression.ui.settings.sections import BY_NAME, GROUPS, Place, gather, make

if TYPE_CHECKING:
    from progression.desk.session import Changes
    from progression.words import Words

COLUMN = 720  # px at 100 %: lines longer than this are hard to read
WIDE = 1080  # px at 100 %: a list of columns
RING = 6  # px at the left of a section: the ring round a control would be cut off there
FIRST = "look"


class SectionList(QListWidget):
    """The names of the sections, in groups. Up and Down choose; Enter and Right go into the one chosen (`entered`)."""

    entered = Signal()
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sections")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self._heads: dict[str, QListWidgetItem] = {}
        self._items: dict[str, QListWidgetItem] = {}
        for key in BY_NAME:
            if key in GROUPS:
                self._heads[key] = QListWidgetItem(self)
                self._heads[key].setFlags(Qt.ItemFlag.NoItemFlags)
            self._items[key] = QListWidgetItem(self)
            self._items[key].setData(Qt.ItemDataRole.UserRole, key)
        self.currentItemChanged.connect(self._moved)

    def _moved(self, item: QListWidgetItem | None) -> None:
        key = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if key:
            self.chosen.emit(str(key))

    def choose(self, key: str) -> None:
        """Make a section the one chosen. KeyError when there is none of this name."""
        self.setCurrentItem(self._items[key])

    def retranslate(self, w: Words) -> None:
        """Say the names in this language."""
        self.setAccessibleName(w.t("Sections of the settings"))
        for key, head in self._heads.items():
            head.setText(w.t(GROUPS[key]))
        for key, item in self._items.items():
            item.setText(w.t(BY_NAME[key].title))
            item.setToolTip(item.text())

    def restyle(self) -> None:
        """Names of groups stand apart from the sections before them, at every text size."""
        look = theme.current()
        for place, head in enumerate(self._heads.values()):
            head.setFont(look.font("small"))
            head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            head.setSizeHint(QSize(80, look.px(40 if place else 24)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Home:  # the first row is the name of a group
            self.choose(next(iter(self._items)))
        else:
            super().keyPressEvent(event)
            self.scrollToItem(self.currentItem())

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.current().font("dense"))
        widest = max((metrics.horizontalAdvance(self.item(n).text()) for n in range(self.count())), default=100)
        return QSize(widest + theme.current().px(24) + 30, 200)


class SettingsPage(Page):
    """Sections are made when they are first opened, and ask for what they show when they are in view."""

    name = "settings"
    kinds: ClassVar[frozenset[str]] = frozenset({"*"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.current = FIRST
        self._made: dict[str, QWidget] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._asked: set[str] = set()  # sections that have been shown what the vault says
        self._title = kit.heading(1)
        self.list = SectionList()
        self.list.chosen.connect(self._chosen)
        self.list.entered.connect(self._enter)
        self._head = kit.heading(2)
        self._about = kit.wrapped("", "dense", "text-2")
        self.undo_link = kit.link("")
        self.undo_link.setToolTip("Ctrl+Z")
        self.undo_link.clicked.connect(self._undo)
        self.undo_link.hide()
        self.stack = QStackedWidget()
        self._build()
        context.acts.moved.connect(self._say_undo)
        context.styled.connect(self._styled)
        self.list.choose(FIRST)

    def _build(self) -> None:
        left = QWidget()
        left.setObjectName("contents")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side = kit.column(8, (0, 16, 1, 0))
        left.setLayout(side)
        self._title.setContentsMargins(20, 0, 12, 8)
        side.addWidget(self._title)
        side.addWidget(self.list, 1)
        right = kit.column(8, (24 - RING, 20, 0, 0))
        self._top = QWidget()
        top = QVBoxLayout(self._top)
        top.setContentsMargins(RING, 0, 24, 0)
        top.setSpacing(4)
        top.addLayout(kit.row(self._head, 1, self.undo_link))
        about = kit.row(self._about, 1)  # as with the sections: it breaks at the width it gets, not at the page's
        about.setStretch(0, 1000)
        top.addLayout(about)
        right.addWidget(self._top)
        under = kit.column(0, (RING, 0, 0, 0))
        under.addWidget(kit.rule())
        right.addLayout(under)
        right.addWidget(self.stack, 1)
        self._left = left
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(left)
        outer.addLayout(right, 1)

    # sections

    def section(self, key: str) -> Any:
        """The widget of a section, made when it is first asked for. KeyError when there is no such section."""
        if key not in self._made:
            made = make(BY_NAME[key], self.context)
            inside = QWidget()
            box = QVBoxLayout(inside)
            box.setContentsMargins(RING, 8, 24, 24)
            line = kit.row(made, 1)  # a row knows how wide it may be, and so how high its wrapped lines are
            line.setStretch(0, 1000)
            box.addLayout(line)
            box.addStretch(1)
            self._made[key], self._areas[key] = made, kit.scrolled(inside)
            self.stack.addWidget(self._areas[key])
            made.retranslate()  # type: ignore[attr-defined]
            self._fit()
        return self._made[key]

    def open_section(self, key: str) -> None:
        """Go to a section, and into it. Nothing happens where there is no such section."""
        if key in BY_NAME:
            self.list.choose(key)
            self._enter()

    def _chosen(self, key: str) -> None:
        self.current = key
        self._show_section()
        self._ask()

    def _show_section(self) -> None:
        w, place = self.words, BY_NAME[self.current]
        self.section(self.current)
        self.stack.setCurrentWidget(self._areas[self.current])
        kit.set_text(self._head, w.t(place.title))
        kit.set_text(self._about, w.t(place.about) if place.about else "")

    def _enter(self) -> None:
        """Put the focus on the first control of the section."""
        first = self._made[self.current]
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # where there is nothing to choose it stays there
        begin = getattr(first, "take_focus", None)
        if begin is not None:
            begin()
        else:
            go_into(first)

    def _ask(self) -> None:
        place = BY_NAME[self.current]
        if place.gather and self.context.session is not None:
            self.context.run(gather, place.gather, done=lambda facts: self._show_facts(place, facts))

    def _show_facts(self, place: Place, facts: Any) -> None:
        self._asked.add(place.key)
        self._made[place.key].show_facts(facts)  # type: ignore[attr-defined]

    # the sections that are asked for by name

    @property
    def importing(self) -> Any:
        """The section Import."""
        return self.section("import")

    @property
    def exporting(self) -> Any:
        """The section Export."""
        return self.section("export")

    @property
    def duty_rules(self) -> Any:
        """The section of rules and deadlines."""
        return self.section("duties")

    @property
    def basis(self) -> Any:
        """The section of what the numbers rest on."""
        return self.section("basis")

    @property
    def passphrase(self) -> Any:
        """The fields for a new passphrase."""
        return self.section("account").passphrase

    def choose_import(self) -> None:
        """Go to where files are chosen: what can be chosen beside them is seen first."""
        self.open_section("import")
        self.importing.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_export(self) -> None:
        """Go to where files are exported: that they are not encrypted, and their form, is seen first."""
        self.open_section("export")
        self.exporting.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def back_up_now(self) -> None:
        """Make a backup beside the database."""
        self.open_section("backup")
        self.section("backup").back_up_to_place(None)

    def choose_backup(self) -> None:
        """Ask where, and make a backup there."""
        self.open_section("backup")
        self.section("backup").choose()

    def change_passphrase(self, *, recovered: bool = False) -> None:
        """Open the fields for a new passphrase; `recovered`: the recovery key has just opened the database."""
        self.open_section("account")
        self.section("account").change_passphrase(recovered=recovered)

    # life of a page

    def place(self) -> str:
        return self.current

    def return_to(self, place: str) -> None:
        if place in BY_NAME:
            self.list.choose(place)

    def refresh(self) -> None:
        self._ask()
        if self.isVisible() and not self.isAncestorOf(self.focusWidget() or self):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, changes: Changes) -> None:
        kinds = BY_NAME[self.current].kinds
        if "*" in kinds or kinds & changes.kinds:
            super()._changed(changes)

    def retranslate(self) -> None:
        w = self.words
        kit.set_text(self._title, w.t("Settings"))
        self.list.retranslate(w)
        for made in self._made.values():
            made.retranslate()  # type: ignore[attr-defined]
        self._show_section()
        self._say_undo()
        self.restyle()
        self._ask()

    def restyle(self) -> None:
        self._fit()

    def _styled(self) -> None:
        for made in self._made.values():
            restyle = getattr(made, "restyle", None)
            if restyle is not None:
                restyle()
        self._fit()

    def leave(self) -> None:
        account = self._made.get("account")
        if account is not None:
            account.leave()  # type: ignore[attr-defined]

    # undo

    def _say_undo(self) -> None:
        """The link names the latest act where a setting was it; Ctrl+Z works anyway."""
        act, w = self.context.acts.last, self.words
        mine = act is not None and (act.choice is not None or bool(act.kinds & OF_SETTINGS))
        if not mine and self.undo_link.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # the link goes away
        self.undo_link.setVisible(mine)
        if act is not None and mine:
            self.undo_link.setText(w.t("Undo: {what}", what=act.said(w)))
            self.undo_link.setAccessibleName(self.undo_link.text())

    def _undo(self) -> None:
        self._enter()
        self.context.acts.undo()

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The list as wide as its words, at most a third of the page; lines no longer than can be read."""
        look = theme.current()
        self.list.restyle()
        wide = max(self.list.sizeHint().width(), self._title.sizeHint().width() + 24)
        self._left.setFixedWidth(min(wide, max(self.width() // 3, look.px(140))))
        room = max(320, self.width() - self._left.width() - 72)
        self._about.setMaximumWidth(min(look.px(COLUMN), room))
        for key, made in self._made.items():
            made.setMaximumWidth(min(look.px(WIDE if BY_NAME[key].wide else COLUMN), room))


OF_SETTINGS = frozenset({"setting", "rules", "scale", "estimates", "category", "person", "import"})
