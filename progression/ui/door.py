"""The page one sees before anything is open: to the left what this is and how far one has come, to the right what is
asked. First start and unlocking stand on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.words import Words

BRAND, ROOM = 320, 520  # px at 100 %: the panel, and what the page needs beside it
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
        self.setAccessibleName(
            w.t("Step {number} of {total}: {name}", number=now + 1, total=total, name=name)
        )
        self.updateGeometry()
        self.update()

    def _heights(self, width: int) -> list[int]:
        look = theme.current()
        metrics = QFontMetrics(look.font("h3"))
        room = QRect(0, 0, max(40, width - look.px(36)), 1000)
        return [
            max(look.px(40), metrics.boundingRect(room, _WRAP, name).height() + 12) for name in self._names
        ]

    def sizeHint(self) -> QSize:
        width = theme.current().px(BRAND) - 48
        return QSize(width, sum(self._heights(width)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

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
        self.panel = QFrame()
        self.panel.setObjectName("rail")
        side = QVBoxLayout(self.panel)
        side.setContentsMargins(24, 0, 24, 24)
        side.setSpacing(8)
        self.brand = kit.label("Progression", "h1")
        self._what = kit.wrapped("", "body", "text-2")
        self.progress = Steps()
        self.progress.hide()
        self._kept = kit.wrapped("", "small", "text-2")
        self._panel_top = kit.spacer(0)
        for part in (self._panel_top, self.brand, self._what):
            side.addWidget(part)
        side.addSpacing(24)
        side.addWidget(self.progress)
        side.addStretch(1)
        side.addWidget(self._kept)
        whole.addWidget(self.panel)
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
        self.stand_in(kit.label("Progression", "h2"))
        outer.addLayout(kit.row(1, self.inside, 1))  # an alignment would forget the height wrapped lines need
        outer.addStretch(1)

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
        self.panel.setFixedWidth(look.px(BRAND))
        self.inside.setFixedWidth(min(look.px(ROOM), max(240, self.width() - 72)))
        top = max(24, min(look.px(150), round(self.height() * 0.15)))
        self._top.setFixedHeight(top)
        self._panel_top.setFixedHeight(top)
