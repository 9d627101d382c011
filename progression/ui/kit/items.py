"""Two-line list entries and painted buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from progression.ui import theme
from progression.ui.kit.accessible import place
from progression.ui.kit.buttons import pressed_by_enter
from progression.ui.kit.icons import picture
from progression.ui.kit.painted import PaintedButton

WIDTHS_KNOWN = 8
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class Entry(PaintedButton):
    """A name with a line below it, and a time to the left where there is one; opens what it names. It wraps."""

    def __init__(
        self,
        title: str,
        below: str = "",
        time: str = "",
        tone: str = "text-2",
        kind: str = "name",
        ruled: bool = True,
        arrow: bool = False,
    ) -> None:
        """`kind`: the title's type style; `tone`: the colour of the line below; `ruled`: a hairline at the foot;
        `arrow`: it leads on, where nothing around it says so."""
        super().__init__()
        self._known: dict[object, tuple[int, int]] = {}
        self.kind, self.ruled, self.arrow = kind, ruled, arrow
        self.time, self.tone = time, tone
        self.say(title, below)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, title: str, below: str) -> None:
        """Set the name and the line below it."""
        self.title, self.below = title, below
        self.setAccessibleName(", ".join(part for part in (self.time, title, below) if part))
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        return theme.current().px(52) if self.time else 0

    def _right(self) -> int:
        return theme.current().px(36) if self.arrow else 0

    def _heights(self, width: int) -> tuple[int, int]:
        """How high the two lines are; a layout asks again and again for the same few widths."""
        key = (width, theme.current(), self.title, self.below, self.time)
        if key not in self._known:
            if len(self._known) >= WIDTHS_KNOWN:
                self._known.clear()
            self._known[key] = self._measured(width)
        return self._known[key]

    def _measured(self, width: int) -> tuple[int, int]:
        look = theme.current()
        room = max(40, width - self._left() - self._right())
        heights = []
        for kind, text in ((self.kind, self.title), ("small", self.below)):
            metrics = QFontMetrics(look.font(kind))
            high = metrics.boundingRect(QRect(0, 0, room, 2000), _WRAP, text).height() if text else 0
            heights.append(max(high, look.line(kind)) if text else 0)
        return heights[0], heights[1]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._heights(width)) + (13 if self.ruled else 4)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(max(self.width(), 80)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()  # what it asked for at another width would leave a page to scroll through for nothing

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self.tint(painter)
        left, (first, second) = self._left(), self._heights(self.width())
        top = 6 if self.ruled else 2
        if self.time:
            painter.setFont(look.font("dense"))
            painter.setPen(look.colour("text-2"))
            painter.drawText(QRect(0, top, left, first), int(Qt.AlignmentFlag.AlignVCenter), self.time)
        painter.setFont(look.font(self.kind))
        painter.setPen(look.colour("accent" if self.arrow else "text" if self.kind == "name" else "text-2"))
        room = self.width() - left - self._right()
        painter.drawText(QRect(left, top, room, first), _WRAP, self.title)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour(self.tone))
        painter.drawText(QRect(left, top + first, room, second), _WRAP, self.below)
        if self.arrow:
            size = look.px(20)
            place = QRect(self.width() - size - 8, (self.height() - size) // 2, size, size)
            painter.drawPixmap(place, picture("arrow-right", "accent", 20))
        if not self.ruled:
            return
        painter.setPen(look.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


@place
class HintedButton(QAbstractButton):
    """A place in the rail: icon, word and its key; checked = where we are."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon_name, self.hint = icon, ""
        self._hovered = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def say(self, text: str, hint: str) -> None:
        """Set the word and the key."""
        self.setText(text)
        self.hint = hint
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self._tell()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme.current()
        words = QFontMetrics(look.font("h3")).horizontalAdvance(self.text())
        return QSize(20 + look.px(32) + words + 12 + self._hint_width() + 12, look.px(40))

    def _hint_width(self) -> int:
        look = theme.current()
        return QFontMetrics(look.font("hint")).horizontalAdvance(self.hint) if look.percent <= 130 else 0

    def minimumSizeHint(self) -> QSize:
        """Room for the icon and the beginning of the word: a long one is shortened, and said whole by its tool tip."""
        look = theme.current()
        return QSize(min(20 + look.px(32 + 40) + 12, self.sizeHint().width()), look.line("body") + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        self.setToolTip("" if self._fitting()[0] == self.text() else self.text())

    def _fitting(self) -> tuple[str, bool]:
        """As much of the word as there is room for, and whether its key has room beside it."""
        look = theme.current()
        metrics = QFontMetrics(look.font("h3"))
        room = self.width() - 20 - look.px(32) - 12
        hinted = bool(self._hint_width()) and metrics.horizontalAdvance(self.text()) + 12 + self._hint_width() <= room
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room), hinted

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        on = self.isChecked()
        if on or self._hovered:
            painter.fillRect(self.rect(), look.colour("accent-tint" if on else "bg-3"))
        if on:
            painter.fillRect(0, 0, 3, self.height(), look.colour("accent"))
        tone = "accent" if on else "text-2"
        size = look.px(20)
        painter.drawPixmap(QRect(20, (self.height() - size) // 2, size, size), picture(self.icon_name, tone))
        painter.setPen(look.colour(tone))
        painter.setFont(look.font("h3" if on else "body"))
        words = self.rect().adjusted(20 + look.px(32), 0, -12, 0)
        text, hinted = self._fitting()
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
        if hinted:
            painter.setPen(look.colour("accent" if on else "text-3"))
            painter.setFont(look.font("hint"))
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(self.rect().adjusted(0, 0, -12, 0), right, self.hint)
        painter.end()
