"""The page one sees before anything is open: to the left what this is and how far one has come, to the right what is
asked. First start and unlocking stand on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.mark import Mark
from progression.ui.start.door_picture import Picture
from progression.words import Words

BRAND, ROOM = 320, 520  # px at 100 %: the panel, and what the page needs beside it
WIDEST, SHARE = 480, 0.25  # the panel grows with the window, px at 100 % and share of its width
TALLEST = 480  # px at 100 %: about as high as the highest screen; the rest is left above and below it
SIDE = 32  # px at each side of the panel
ABOVE = 0.4  # of the rest; a little more below than above looks balanced
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Steps(QWidget):
    """The steps of the first start, one below the other: done with a check, the one in view filled, the rest open."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, w: Words, names: Sequence[str], now: int) -> None:
        """`now`: the step in view, from 0."""
        self._names, self._now = names, now
        name, total = names[now], len(names)
        self.setAccessibleName(w.t("Step {number} of {total}: {name}", number=now + 1, total=total, name=name))
        self.updateGeometry()
        self.update()

    def _heights(self, width: int) -> list[int]:
        look = theme.current()
        metrics = QFontMetrics(look.font("h3"))
        room = QRect(0, 0, max(40, width - look.px(36)), 1000)
        return [max(look.px(40), metrics.boundingRect(room, _WRAP, name).height() + 12) for name in self._names]

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme.current().px(BRAND) - 2 * SIDE)
        return QSize(width, sum(self._heights(width)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():  # long names take more lines
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, top = theme.current(), 0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.px(24)
        for place, (name, high) in enumerate(zip(self._names, self._heights(self.width()), strict=True)):
            mark = QRectF(1, top + (high - size) / 2, size, size)
            here, done = place == self._now, place < self._now
            painter.setPen(QPen(look.colour("accent" if here or done else "line-2"), 1.5))
            painter.setBrush(look.colour("accent" if here else "bg"))
            painter.drawEllipse(mark)
            if done:
                small = look.px(14)
                at = mark.center()
                box = QRect(round(at.x() - small / 2), round(at.y() - small / 2), small, small)
                painter.drawPixmap(box, kit.picture("check", "accent", 14))
            else:
                painter.setPen(look.colour("on-accent" if here else "text-2"))
                painter.setFont(look.font("h3" if here else "dense"))
                painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
            painter.setPen(look.colour("text" if here else "text-2"))
            painter.setFont(look.font("h3" if here else "body"))
            left = look.px(36)
            painter.drawText(QRect(left, top, self.width() - left, high), _WRAP, name)
            top += high
        painter.end()


class Door(QWidget):
    """Brand and one sentence in a quiet panel; `inside` is where the page puts what it asks, `column` its layout."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._make_panel())
        room = QWidget()
        whole.addWidget(kit.scrolled(room), 1)
        outer = QVBoxLayout(room)
        outer.setContentsMargins(24, 0, 24, 24)
        self._top = kit.spacer(0)
        outer.addWidget(self._top)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.narrow: list[QWidget] = []  # what stands in for the panel where there is no room for it
        self.stand_in(_brand("h2", 24)[0])
        outer.addLayout(kit.row(1, self.inside, 1))  # an alignment would forget the height wrapped lines need
        outer.addStretch(1)

    def _make_panel(self) -> QFrame:
        self.panel = QFrame()
        self.panel.setObjectName("rail")
        side = QVBoxLayout(self.panel)
        side.setContentsMargins(SIDE, 0, SIDE, 24)
        side.setSpacing(8)
        head, self.brand = _brand("h1", 36)
        self._what = kit.wrapped("", "body", "text-2")
        self.progress = Steps()
        self.progress.hide()
        self.picture = Picture()
        lock = kit.label()
        kit.set_icon(lock, "lock", "text-2", 16)
        self._kept = kit.wrapped("", "small", "text-2")
        kept = kit.row(lock, self._kept, spacing=8)
        kept.setAlignment(lock, Qt.AlignmentFlag.AlignTop)
        kept.setStretch(1, 1)
        self._panel_top = kit.spacer(0)
        for part in (self._panel_top, head, self._what):
            side.addWidget(part)
        side.addSpacing(16)
        side.addWidget(self.progress)
        side.addStretch(1)
        side.addWidget(self.picture)
        side.addSpacing(16)
        side.addLayout(kept)
        return self.panel

    def stand_in(self, part: QWidget) -> None:
        """Add something to the column that is shown only where the panel is not."""
        self.narrow.append(part)
        self.column.addWidget(part)

    def retranslate_door(self, w: Words) -> None:
        """Say what this is."""
        self._what.setText(w.t("See how each citizen is doing, and what the measurements can say."))
        self._kept.setText(w.t("Everything is kept on this computer, encrypted. Nothing is sent anywhere."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """The panel stands where there is room for both; heads begin at the same height on every step."""
        look = theme.current()
        roomy = self.width() >= look.px(BRAND + ROOM) + 72
        self.panel.setVisible(roomy)
        for part in self.narrow:
            part.setVisible(not roomy)
        wide = max(look.px(BRAND), min(look.px(WIDEST), round(self.width() * SHARE)))
        self.panel.setFixedWidth(wide)
        even(self._what, wide - 2 * SIDE)
        even(self._kept, wide - 2 * SIDE - look.px(16) - 8)
        self.inside.setFixedWidth(min(look.px(ROOM), max(240, self.width() - 72)))
        top = max(24, round((self.height() - look.px(TALLEST)) * ABOVE))
        self._top.setFixedHeight(top)
        self._panel_top.setFixedHeight(top)
        self._show_picture(wide, top)

    def _show_picture(self, wide: int, top: int) -> None:
        """Only where nothing that is said has to give way to it."""
        said = top + theme.current().px(140) + self._kept.heightForWidth(wide - 2 * SIDE - 24) + 56
        said += self.progress.sizeHint().height() if not self.progress.isHidden() else 0
        self.picture.setVisible(said + self.picture.heightForWidth(wide - 2 * SIDE) <= self.height())


def even(label: QLabel, wide: int) -> None:
    """Break a wrapped line so that no word stands alone at its end: as narrow as it goes without another line."""
    label.ensurePolished()
    label.setContentsMargins(0, 0, 0, 0)
    high, least, most = label.heightForWidth(wide), wide // 2, wide
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if label.heightForWidth(middle) <= high else (middle + 1, most)
    label.setContentsMargins(0, 0, wide - least, 0)


def _brand(kind: str, size: int) -> tuple[QWidget, QWidget]:
    """The mark beside the name; and the name."""
    made, name = QWidget(), kit.label("Progression", kind)
    line = kit.row(Mark(size), name, 1, spacing=12)
    made.setLayout(line)
    return made, name
