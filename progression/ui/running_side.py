"""Beside what runs: who waits and since when, who is exempt and until when, and for whom nothing is agreed afterwards.

Each list is rows of buttons that open the citizen. A bar tells how long somebody has waited, and the words tell it too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from progression.desk.interventions_page import InterventionsPage
from progression.ui import kit, running_rows, theme
from progression.ui.kit.painted import PaintedButton
from progression.ui.running_rows import Lists
from progression.ui.timeline_ink import Ink
from progression.words import Words

AT_FIRST = 8
WIDTHS = 8  # kept of each row
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_NARROW = 330  # px at 100 %: below this the columns stand below each other


@dataclass(frozen=True, slots=True)
class Cell:
    """Two lines of a column; `strong`: the first line is. `bar`: 0 to 1, drawn before the first line. `said`: what a
    screen reader says for the first line, where it is a sign."""

    first: str
    second: str = ""
    strong: bool = False
    bar: float | None = None
    said: str = ""

    @property
    def text(self) -> str:
        """Both lines as they are said."""
        return ", ".join(part for part in (self.said or self.first, *self.second.splitlines()) if part)


class SideEntry(PaintedButton):
    """A row of two or three columns; `shares` of the width."""

    def __init__(self, cells: Sequence[Cell], shares: Sequence[float]) -> None:
        super().__init__()
        self.cells, self.shares = tuple(cells), tuple(shares)
        self._measured: dict[tuple[int, int], list[tuple[int, int, int, int, int]]] = {}
        self.setAccessibleName(", ".join(cell.text for cell in cells if cell.text))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _side_by_side(self, width: int) -> bool:
        return width >= theme.current().px(_NARROW)

    def _places(self, width: int) -> list[tuple[int, int, int, int, int]]:
        """(left, top, room, height of the first, of the second line) of every cell; measured once for a width, since
        a layout asks for the least and the real one in turn."""
        key = (width, theme.current().percent)
        if key not in self._measured:
            if len(self._measured) >= WIDTHS:
                self._measured.clear()
            self._measured[key] = self._measure(width)
        return self._measured[key]

    def _measure(self, width: int) -> list[tuple[int, int, int, int, int]]:
        beside = self._side_by_side(width)
        found, left, top = [], 0, 5
        for cell, share in zip(self.cells, self.shares, strict=True):
            room = max(40, int(width * share) - 10) if beside else width - 4
            first, second = self._lines(cell, room)
            found.append((left, top, room, first, second))
            if beside:
                left += int(width * share)
            else:
                top += first + second
        return found

    def _lines(self, cell: Cell, room: int) -> tuple[int, int]:
        look = theme.current()
        made = []
        indent = self._bar_room() if cell.bar is not None else 0
        for kind, text, taken in ((self._kind(cell), cell.first, indent), ("small", cell.second, 0)):
            box = QRect(0, 0, max(30, room - taken), 2000)
            high = QFontMetrics(look.font(kind)).boundingRect(box, _WRAP, text).height() if text else 0
            made.append(max(high, look.line(kind)) if text else 0)
        return made[0], made[1]

    def _kind(self, cell: Cell) -> str:
        return "name" if cell.strong else "dense"

    def _bar_room(self) -> int:
        return theme.current().px(60)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(theme.current().px(36), max(t + a + b for _l, t, _r, a, b in self._places(width)) + 6)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self.tint(painter)
        painter.setPen(look.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for cell, (left, top, room, first, second) in zip(self.cells, self._places(self.width()), strict=True):
            indent = 0
            if cell.bar is not None:
                indent = self._bar_room()
                self._bar(painter, look, cell.bar, QRectF(left, top, indent - 8, look.line("dense")))
            painter.setFont(look.font(self._kind(cell)))
            painter.setPen(look.colour("text"))
            painter.drawText(QRect(left + indent, top, room - indent, first), _WRAP, cell.first)
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("text-2"))
            painter.drawText(QRect(left, top + first, room, second), _WRAP, cell.second)

    def _bar(self, painter: QPainter, look: theme.Theme, part: float, box: QRectF) -> None:
        """How long, against the longest here: dotted as waiting is everywhere."""
        ink = Ink(look, self.devicePixelRatioF())
        high = look.px(11)
        left, top = round(box.left()) + 0.5, round(box.center().y() - high / 2) + 0.5
        bar = QRectF(left, top, max(4.0, box.width() * part), high)
        painter.fillRect(bar, ink.fill("wait", "dots"))
        painter.setPen(ink.pen("wait-solid"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)


class SideHead(QWidget):
    """The names of the columns of such rows, over them. Gone where the columns stand below each other."""

    def __init__(self, names: Sequence[str], shares: Sequence[float]) -> None:
        super().__init__()
        self.names, self.shares = tuple(names), tuple(shares)
        self.setAccessibleName(", ".join(self.names))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _lines(self, width: int) -> list[tuple[int, int, int]]:
        """(left, room, height) of each name."""
        metrics = QFontMetrics(theme.current().font("small"))
        found, left = [], 0
        for name, share in zip(self.names, self.shares, strict=True):
            room = max(40, int(width * share) - 10)
            found.append((left, room, metrics.boundingRect(QRect(0, 0, room, 2000), _WRAP, name).height()))
            left += int(width * share)
        return found

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width < theme.current().px(_NARROW):
            return 1
        return max(high for _left, _room, high in self._lines(width)) + theme.current().px(12)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.heightForWidth(max(self.width(), 40)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        if self.width() < look.px(_NARROW):
            return
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-2"))
        for name, (left, room, high) in zip(self.names, self._lines(self.width()), strict=True):
            painter.drawText(QRect(left, self.height() - high - look.px(6), room, high), _WRAP, name)


class RunningSide(QWidget):
    """The three lists. `opened(citizen, name)` when a row is chosen."""

    def __init__(self, opened: Callable[[str, str], None]) -> None:
        super().__init__()
        self._opened = opened
        self._unfolded: set[str] = set()
        self.entries: list[SideEntry] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._shown: tuple[Words, InterventionsPage, Lists] | None = None

    def show_lists(self, w: Words, page: InterventionsPage, lists: Lists) -> None:
        """Replace everything."""
        self._shown = (w, page, lists)
        kit.clear(self._box)
        self.entries = []
        if lists.waiting is not None:
            self._waiting(w, page, lists)
        if lists.exempt is not None:
            self._exempt(w, page, lists)
        if lists.ahead is not None:
            self._ahead(w, page, lists)
        self._box.addStretch(1)

    def _waiting(self, w: Words, page: InterventionsPage, lists: Lists) -> None:
        rows = lists.waiting or ()
        longest = max((row.wait.days for row in rows), default=1)
        made = []
        for row in rows:
            beside = running_rows.meanwhile(w, page, row)
            cells = (
                Cell(running_rows.who(w, row), running_rows.waits_for(w, row), True),
                Cell(
                    running_rows.waited(w, row),
                    running_rows.waited_below(w, row, page.today),
                    bar=row.wait.days / longest,
                ),
                Cell(beside, strong=not row.meanwhile),
            )
            made.append((cells, row.wait.citizen, row.name or row.number))
        heads = (w.t("Citizen, waits for"), w.t("Waited"), w.t("Meanwhile"))
        self._list(w, "waiting", (w.t("Waits"), w.t("longest wait first")), heads, (0.36, 0.41, 0.23), made)

    def _exempt(self, w: Words, page: InterventionsPage, lists: Lists) -> None:
        made = []
        for row in lists.exempt or ():
            day, away = running_rows.review(w, row, page.today)
            cells = (
                Cell(running_rows.who(w, row), running_rows.exempt_from(w, row), True),
                Cell(row.intervention.reason or w.t("Not said")),
                Cell(day, away),
            )
            made.append((cells, row.intervention.citizen, row.name or row.number))
        heads = (w.t("Citizen, exempt from"), w.t("Reason"), w.t("Looked at again"))
        self._list(w, "exempt", (w.t("Exempt"), w.t("next review first")), heads, (0.42, 0.31, 0.27), made)
        if made:
            text = w.t("After an exemption: an intervention within a month. Check the law in force.")
            self._box.addWidget(kit.wrapped(text, "small", "text-2"))

    def _ahead(self, w: Words, page: InterventionsPage, lists: Lists) -> None:
        made = []
        for row in lists.ahead or ():
            day = running_rows.near(w, row.last, page.today)
            text = w.t("The last intervention ends {day}", day=day)
            if row.last < page.today:
                text = w.t("The last intervention should have ended {day}", day=day)
            cells = (
                Cell(running_rows.who(w, row), running_rows.ahead_below(w, page, row), True),
                Cell(text),
            )
            made.append((cells, row.citizen, row.name or row.number))
        heads = (w.t("Citizen, runs now"), w.t("Ends"))
        self._list(w, "ahead", (w.t("Nothing agreed afterwards"), w.t("first end first")), heads, (0.45, 0.55), made)

    def _list(
        self,
        w: Words,
        key: str,
        titles: tuple[str, str],
        heads: Sequence[str],
        shares: Sequence[float],
        made: Sequence[tuple[Sequence[Cell], str, str]],
    ) -> None:
        title, order = titles
        if self._box.count():
            self._box.addSpacing(theme.current().px(20))
        count = kit.label(w.tn("{n} citizen", "{n} citizens", len({who for _, who, _ in made})), "dense", "text-2")
        line = kit.row(kit.heading(2, title), count, 1)
        if made:
            line.addWidget(kit.label(order, "small", "text-3"))
        self._box.addLayout(line)
        if not made:
            self._box.addSpacing(4)
            self._box.addWidget(kit.rule(True))
            self._box.addSpacing(6)
            self._box.addWidget(kit.wrapped(w.t("Nobody."), "dense", "text-2"))
            return
        self._box.addWidget(SideHead(heads, shares))
        self._box.addWidget(kit.rule(True))
        shown = made if key in self._unfolded else made[:AT_FIRST]
        for cells, citizen, name in shown:
            entry = SideEntry(cells, shares)
            entry.clicked.connect(lambda _checked=False, c=citizen, n=name: self._opened(c, n))
            self.entries.append(entry)
            self._box.addWidget(entry)
        if len(made) > AT_FIRST:
            more = kit.link(w.t("Show fewer") if key in self._unfolded else w.t("Show all {n}", n=len(made)))
            more.setAccessibleName(f"{title}: {more.text()}")
            more.clicked.connect(lambda: self._toggle(key))
            self._box.addLayout(kit.row(more, 1))

    def _toggle(self, key: str) -> None:
        self._unfolded ^= {key}
        if self._shown is not None:
            self.show_lists(*self._shown)
