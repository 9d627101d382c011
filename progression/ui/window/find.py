"""The Find field: type, and citizens and commands come up below; Enter opens the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from progression.ui import kit, theme
from progression.ui.commands import BY_KEY, hint
from progression.ui.window.status import announce
from progression.words import Words

LIMIT = 9
CITIZENS = 6  # of them at most, where there are commands too
PAUSE = 10  # ms: keys that come in one burst are one question
WIDTH = 380  # px at 100 % of the list
LONG = 40  # letters from which the whole text is a tool tip
_HINT, _ICON = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `kind`: "citizen" or "command"; `key`: the citizen's id or the command's key. `rank`: how well,
    0 is the best; hits are listed by it, in the order they come."""

    kind: str
    key: str
    text: str
    hint: str = ""
    rank: int = 0


def best(hits: Sequence[Hit]) -> list[Hit]:
    """The hits to show, best first: not so many citizens that no command is left."""
    commands = [hit for hit in hits if hit.kind == "command"]
    room = CITIZENS if commands else LIMIT
    citizens = [hit for hit in hits if hit.kind == "citizen"][: max(room, LIMIT - len(commands))]
    return sorted([*citizens, *commands], key=lambda hit: hit.rank)[:LIMIT]


class _Row(QStyledItemDelegate):
    """An icon, what was found, elided where it is long, and to the right its number or keys."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.current()
        area, hint = option.rect, str(index.data(_HINT) or "")
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("accent-tint"))
        left, size = area.left() + 8, look.px(16)
        if icon := index.data(_ICON):
            top = area.top() + (area.height() - size) // 2
            painter.drawPixmap(QRect(left, top, size, size), kit.picture(icon, "text-3", 16))
            left += size + look.px(8)
        painter.setFont(look.font("hint"))
        wide = min(QFontMetrics(look.font("hint")).horizontalAdvance(hint) + 12 if hint else 0, area.width() // 2)
        if hint:
            painter.setPen(look.colour("text-3"))
            place = QRect(area.right() - wide, area.top(), wide - 8, area.height())
            told = QFontMetrics(look.font("hint")).elidedText(hint, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, _MIDDLE | int(Qt.AlignmentFlag.AlignRight), told)
        advice = not (option.state & QStyle.StateFlag.State_Enabled) and not index.data(_ICON)
        if advice:
            left += look.px(24)
        painter.setFont(look.font("dense"))
        painter.setPen(look.colour("text-2" if advice else "text"))
        room = QRect(left, area.top(), area.right() - wide - left - 4, area.height())
        text = QFontMetrics(look.font("dense")).elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _MIDDLE, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, theme.current().px(30))


class FindField(QLineEdit):
    """Asks with `asked(text)`; whoever knows answers with `show_hits`. `picked` carries the Hit that was chosen."""

    asked = Signal(str)
    picked = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("find")
        self._list: QListWidget | None = None
        self._hits: list[Hit] = []
        self._nothing: tuple[str, ...] = ()  # what is said where nothing is found, and what to do then
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
        self.setToolTip(words.t("Find a citizen or a command") + f" ({hint(BY_KEY['find'])})")
        self._nothing = (
            words.t("Nothing found"),
            words.t("Try fewer letters, a number or another word."),
            words.t("F1 lists everything that can be done with keys."),
        )
        self.restyle()

    def restyle(self) -> None:
        """Leave room for the icon, which grows with the text."""
        self.setTextMargins(theme.current().px(22), 0, 0, 0)
        self.update()

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
        self._hits = best(hits)
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
            item = QListWidgetItem(" ".join(hit.text.split()))
            item.setData(_HINT, hit.hint)
            item.setData(_ICON, "user" if hit.kind == "citizen" else "chevron-right")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (hit.text, hit.hint) if part))
            item.setToolTip(hit.text if len(hit.text) > LONG else "")
            shown.addItem(item)
        if not self._hits:
            for text in self._nothing:
                nothing = QListWidgetItem(text)
                nothing.setFlags(Qt.ItemFlag.NoItemFlags)
                nothing.setData(_ICON, "" if shown.count() else "search")
                shown.addItem(nothing)
            announce(self, " ".join(self._nothing))
        else:
            shown.setCurrentRow(0)
        place = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        look = theme.current()
        round_them = 2 * (look.px(4) + 1)  # padding and border: as much below the last as above the first
        rows = min(look.px(30) * shown.count() + round_them, self.window().height() - place.y() - 8)
        shown.setGeometry(place.x(), place.y(), min(look.px(WIDTH), self.window().width() - place.x() - 8), rows)
        shown.show()
        shown.raise_()

    def _make_list(self) -> QListWidget:
        if self._list is None:
            made = QListWidget(self.window())
            made.setObjectName("hits")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setAccessibleName(self.accessibleName())
            made.setItemDelegate(_Row(made))
            made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        painter, size = QPainter(self), look.px(16)
        painter.drawPixmap(QRect(10, (self.height() - size) // 2, size, size), kit.picture("search", "text-3", 16))
        keys, metrics = hint(BY_KEY["find"]), QFontMetrics(look.font("hint"))
        taken = look.px(40) + QFontMetrics(look.font("dense")).horizontalAdvance(self.placeholderText())
        if self.text() or self.width() < taken + metrics.horizontalAdvance(keys) + 16:
            return
        painter.setFont(look.font("hint"))
        painter.setPen(look.colour("text-3"))
        painter.drawText(self.rect().adjusted(0, 0, -10, 0), _MIDDLE | int(Qt.AlignmentFlag.AlignRight), keys)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._closing.start()
        elif event.type() == QEvent.Type.FocusIn:
            self._closing.stop()
        return super().event(event)
