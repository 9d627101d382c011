"""Beside what runs: who waits and since when, who is exempt and until when, and for whom nothing is agreed afterwards.

Each list is rows of buttons that open the citizen. A bar tells how long somebody has waited, and the words tell it too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from progression.desk.interventions_page import InterventionsPage
from progression.ui import kit, theme
from progression.ui.kit.flow import Bar
from progression.ui.kit.refocus import focus_kept
from progression.ui.running import rows as running_rows
from progression.ui.running.cells import Cell, SideEntry, SideHead
from progression.ui.running.rows import Lists
from progression.words import Words

AT_FIRST = 8
_WAITING, _EXEMPT, _AHEAD = (0.34, 0.44, 0.22), (0.42, 0.31, 0.27), (0.45, 0.55)  # of the width


class RunningSide(QWidget):
    """The three lists. `opened(citizen, name)` when a row is chosen."""

    def __init__(self, opened: Callable[[str, str], None]) -> None:
        super().__init__()
        self._opened = opened
        self._unfolded: set[str] = set()
        self.entries: list[SideEntry] = []
        self._citizens: list[tuple[SideEntry, str]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._shown: tuple[Words, InterventionsPage, Lists] | None = None

    def show_lists(self, w: Words, page: InterventionsPage, lists: Lists) -> None:
        """Replace everything."""
        with focus_kept(self, lambda: self.entries):
            self._show(w, page, lists)

    def _show(self, w: Words, page: InterventionsPage, lists: Lists) -> None:
        self._shown = (w, page, lists)
        kit.clear(self._box)
        self.entries, self._citizens = [], []
        if lists.waiting is not None:
            self._waiting(w, page, lists)
        if lists.exempt is not None:
            self._exempt(w, page, lists)
        if lists.ahead is not None:
            self._ahead(w, page, lists)
        self._box.addStretch(1)

    def whose(self, row: QWidget | None) -> str:
        """The citizen of one of the rows, "" for anything else."""
        return next((citizen for entry, citizen in self._citizens if entry is row), "")

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
        heads = (w.t("Citizen, waiting for"), w.t("Waited"), w.t("Meanwhile"))
        self._list(w, "waiting", (w.t("Waits"), w.t("longest wait first")), heads, _WAITING, made)

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
        heads = (w.t("Citizen, exempt from"), w.t("Reason"), w.t("Review due"))
        self._list(w, "exempt", (w.t("Exempt"), w.t("next review first")), heads, _EXEMPT, made)
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
        heads = (w.t("Citizen, running now"), w.t("Ends"))
        self._list(w, "ahead", (w.t("Nothing agreed afterwards"), w.t("soonest end first")), heads, _AHEAD, made)

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
        line = Bar(2, 8)
        line.addWidget(kit.heading(2, title))
        line.addWidget(count)
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
            self._citizens.append((entry, citizen))
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
