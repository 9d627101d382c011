"""*I gang*: a row for each intervention that runs, under the name of its BIP type.

Rows are buttons: Tab reaches them, Enter opens what can be done. Of long kinds as many rows stand there as the page has
room for, and a link opens the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from progression.charts.phrases import BIP_TYPES
from progression.desk.interventions_page import InterventionsPage, RunningRow
from progression.ui import kit, theme
from progression.ui.kit.refocus import focus_kept
from progression.ui.kit.stack import Stack
from progression.ui.running import rows as running_rows
from progression.ui.running.entry import Head, RunningEntry
from progression.words import Words

AT_MOST = 100  # rows of each kind in all; a municipality has thousands
AT_FIRST = 5  # rows of each kind before "Show all", where no more have room
SLACK = 2  # rows that are shown rather than folded away under a link
OVER, OVER_KIND = 96, 44  # px at 100 % of what stands over the rows, and over each kind
LEAST = 36  # px at 100 % of a row
STIR = 24  # px


class RunningList(QWidget):
    """The rows by BIP type. `picked(row)` when one is chosen. `room()`: px of height there is for them in view; long
    kinds are folded only as far as the rows need more."""

    def __init__(self, picked: Callable[[RunningRow], None], room: Callable[[], int] = lambda: 0) -> None:
        super().__init__()
        self._picked, self._room = picked, room
        self._few = AT_FIRST  # rows of each kind that have room
        self._measured_at = (0, 0)
        self._about: RunningRow | None = None
        self._unfolded: set[str] = set()
        self.entries: list[RunningEntry] = []
        self._made: dict[int, RunningEntry] = {}  # by row, those in view and those measured
        self._box = Stack()
        self.setLayout(self._box)
        self._shown: tuple[Words, InterventionsPage, Sequence[RunningRow], bool] | None = None

    def show_rows(self, w: Words, page: InterventionsPage, rows: Sequence[RunningRow], everything: bool) -> None:
        """Replace the rows. `everything`: no list is shortened (a filter or a search is on)."""
        with focus_kept(self, lambda: self.entries):
            self._show(w, page, rows, everything)

    def _show(self, w: Words, page: InterventionsPage, rows: Sequence[RunningRow], everything: bool) -> None:
        self._shown = (w, page, rows, everything)
        kit.clear(self._box)
        self.entries, self._made = [], {}
        self._few = self._fitting(w, page, rows)
        begun = [row for row in rows if row.begun]
        whose = len({row.intervention.citizen for row in begun})
        told = w.tn("{n} intervention", "{n} interventions", len(begun))
        people = w.tn("{n} citizen", "{n} citizens", whose)
        many = w.t("{interventions} for {citizens}", interventions=told, citizens=people)
        if more := len(rows) - len(begun):  # they stand in the list too, and its kinds count them
            both = w.tn("{running}, {n} more agreed", "{running}, {n} more agreed", more, running=many)
            many = both if begun else w.t("{n} agreed", n=more)
        line = kit.row(kit.heading(2, w.t("Running")), kit.wrapped(many, "dense", "text-2"))
        line.setStretch(1, 1)
        if any(row.flag for row in rows):
            sign = QLabel()
            kit.set_icon(sign, "flag", "text", 14)
            sign.setAccessibleName(w.t("open attention point"))
            line.addWidget(sign)
            line.addWidget(kit.label(w.t("open attention point"), "small", "text-2"))
        self._box.addWidget(_held(line))
        if rows:
            self._box.addWidget(Head(w, page.today))
            self._box.addWidget(kit.rule(True))
        for kind, part in running_rows.groups(rows):
            self._group(w, page, kind, part, everything)
        self.mark(self._about)

    def mark(self, about: RunningRow | None) -> None:
        """Mark the row the panel beside the page is about, None: there is no such panel."""
        self._about = about
        for entry in self.entries:
            entry.mark(about is not None and entry.row.intervention == about.intervention)

    def _group(
        self, w: Words, page: InterventionsPage, kind: str, part: Sequence[RunningRow], everything: bool
    ) -> None:
        name = w.t(BIP_TYPES[kind])
        short = everything or len(part) <= self._few + SLACK
        open_ = short or kind in self._unfolded
        shown = part[:AT_MOST] if open_ else part[: self._few]
        count = w.t("{n} of {total}", n=len(shown), total=len(part)) if not open_ else w.number(len(part), 0)
        line = kit.row(kit.heading(3, name), kit.label(count, "dense", "text-2"), 1)
        line.setContentsMargins(0, 10, 0, 4)
        if not short:
            more = kit.link(w.t("Show fewer") if open_ else w.t("Show all"))
            more.setAccessibleName(f"{name}: {more.text()}")
            more.clicked.connect(lambda: self._toggle(kind))
            line.addWidget(more)
        self._box.addWidget(_held(line))
        self._box.addWidget(kit.rule(True))
        for row in shown:
            entry = self._entry(w, page, row)
            entry.clicked.connect(lambda _checked=False, r=row: self._picked(r))
            self.entries.append(entry)
            self._box.addWidget(entry)
        if open_ and len(part) > AT_MOST:
            told = w.t("The first {n} of {total}. Search to find the others.", n=AT_MOST, total=len(part))
            self._box.addWidget(kit.wrapped(told, "dense", "text-2"))

    def _fitting(self, w: Words, page: InterventionsPage, rows: Sequence[RunningRow]) -> int:
        """How many rows of each kind have room in view, at least AT_FIRST."""
        self._measured_at = (self.width(), self._room())
        look, width = theme.current(), self.width()
        kinds = [part for _kind, part in running_rows.groups(rows)]
        room = self._room() - look.px(OVER) - look.px(OVER_KIND) * len(kinds)

        def high(part: Sequence[RunningRow], few: int) -> int:
            shown = part if len(part) <= few + SLACK else part[:few]
            return sum(self._entry(w, page, row).high(width) for row in shown)

        few, longest = AT_FIRST, max(map(len, kinds), default=0)
        while few < longest and few * look.px(LEAST) < room and sum(high(part, few + 1) for part in kinds) <= room:
            few += 1  # and of hundreds only those that may have room are measured
        return few

    def _entry(self, w: Words, page: InterventionsPage, row: RunningRow) -> RunningEntry:
        """The row as a widget, made once."""
        if id(row) not in self._made:
            self._made[id(row)] = RunningEntry(w, page, row)
        return self._made[id(row)]

    def fold(self) -> None:
        """Fold or unfold as the room has become; a few px, as of a scroll bar, change nothing."""
        if self._shown is None:
            return
        moved = zip(self._measured_at, (self.width(), self._room()), strict=True)
        if max(abs(then - now) for then, now in moved) > STIR and self._fitting(*self._shown[:3]) != self._few:
            self.show_rows(*self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def _toggle(self, kind: str) -> None:
        self._unfolded ^= {kind}
        if self._shown is not None:
            self.show_rows(*self._shown)


def _held(line: QHBoxLayout) -> QWidget:
    made = QWidget()
    made.setLayout(line)
    return made
