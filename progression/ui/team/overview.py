"""The front of *Team*: six key figures, what goes with each combination of interventions, who is without an active one,
duties met, caseloads against norms.

Every figure and every part of a picture opens the list behind it, beside the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QComboBox, QLabel, QVBoxLayout, QWidget

from progression.charts import team as pictures
from progression.charts.bars import Bars, Dots
from progression.desk.team_overview import PERIODS, TeamOverview
from progression.ui import kit, theme
from progression.ui.kit.flow import Flow, Split
from progression.ui.page import Context
from progression.ui.reports import link as report_link
from progression.ui.team.figures import KeyFigures
from progression.ui.team.lists import ListPanel, behind, listed
from progression.ui.team.panels import ChartPanel

if TYPE_CHECKING:
    from progression.charts.combinations import Intervals
    from progression.desk.team_progress import TeamProgress

BESIDE = 880  # px at 100 %: narrower, the pictures stand below each other
EVERYBODY = "\0"  # of the chooser of teams
Open = Callable[[QWidget, QWidget], None]


class OneLine(QLabel):
    """A text on one line where there is room, else on as many as it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "body")
        self.setProperty("tone", "text-2")
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 4
        return QSize(wide, self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().lineSpacing())


class TeamFront(QWidget):
    """Shows a `desk.team_overview.TeamOverview`. `named`: the team's name, or "" for everybody; `colleague`: a person
    key to be shown among the colleagues; `opened`: a citizen."""

    named = Signal(str)
    colleague = Signal(str)
    opened = Signal(str, str)

    def __init__(self, context: Context, open_panel: Open) -> None:
        super().__init__()
        self.context, self._open_panel = context, open_panel
        self.value: TeamOverview | None = None
        self.moved: TeamProgress | None = None  # what goes with each combination; comes after the rest
        self._said: tuple[object, ...] = ()  # the words and the values that are in view
        self._from: QWidget | None = None  # where a list was opened from
        self.facts = OneLine()
        self.team, self.period = QComboBox(), QComboBox()
        self.team.currentIndexChanged.connect(lambda _n: self.refresh())
        self.period.currentIndexChanged.connect(lambda _n: self.refresh())
        self.figures = KeyFigures()
        self.figures.picked.connect(self.open_list)
        self.progress, self.unused, self.duties, self.loads = (ChartPanel() for _ in range(4))
        for panel in (self.progress, self.unused, self.duties):
            panel.picked.connect(self.open_list)
        self.loads.picked.connect(self.colleague)
        self.report = kit.button("", icon="file-text")
        self.report.clicked.connect(self.open_report)
        self._counting = kit.wrapped("", "body", "text-2")
        self._new, self._import = kit.button("", "primary", icon="plus"), kit.button("")
        self.empty = kit.Empty("users", self._new, self._import)
        for made, command in ((self._new, "new"), (self._import, "settings.import")):  # the window knows where
            made.clicked.connect(lambda _on=False, one=command: getattr(self.window(), "do", context.go)(one))
        self._build()

    def _build(self) -> None:
        self._inside = QWidget()
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 4, 24, 24)
        box.setSpacing(12)
        top, choosers, both = QWidget(), QWidget(), Flow(8)
        both.addWidget(self.team)
        both.addWidget(self.period)
        both.addWidget(self.report)
        choosers.setLayout(both)
        split = Split(12)
        split.addWidget(self.facts)
        split.addWidget(choosers)
        top.setLayout(split)
        box.addWidget(top)
        self._full = QWidget()
        full = QVBoxLayout(self._full)
        full.setContentsMargins(0, 0, 0, 0)
        full.setSpacing(12)
        full.addWidget(kit.rule(True))
        full.addWidget(self.figures)
        full.addWidget(kit.rule(True))
        full.addSpacing(4)
        self._rows = tuple(QBoxLayout(QBoxLayout.Direction.LeftToRight) for _ in range(2))
        full.addLayout(self._rows[0])
        full.addSpacing(4)
        full.addLayout(self._rows[1])
        for line, panels in zip(self._rows, ((self.progress, self.unused), (self.duties, self.loads)), strict=True):
            for panel, share in zip(panels, (60, 40), strict=True):
                line.addWidget(panel, share)  # beside each other their titles stand on one line
        box.addWidget(self._counting)
        box.addWidget(self.empty, 8)
        self.empty.hide()
        box.addWidget(self._full)
        box.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(kit.scrolled(self._inside))
        self._full.hide()

    # asking

    def refresh(self) -> None:
        """Ask again for the team and the months chosen; the first time for one's own team."""
        from progression.desk import team_overview

        chosen = self.team.currentData()
        team = None if chosen in (None, EVERYBODY) else chosen
        months = self.period.currentData() or max(PERIODS)
        self.context.run(team_overview.page, team, months, own=self.value is None, done=self._came)

    def _came(self, value: TeamOverview) -> None:
        """The figures are there; what goes with the combinations of the same team takes longer."""
        from progression.desk import team_progress

        self.show_value(value)
        months = self.period.currentData() or max(PERIODS)
        if value.citizens:
            self.context.run(team_progress.page, value.team, months, done=self.show_progress)

    def show_value(self, value: TeamOverview) -> None:
        """Show a page of values; what is as it was is not laid out again."""
        if value != self.value:
            self.value = value
        self._choosers()
        self.retranslate()

    def show_progress(self, moved: TeamProgress) -> None:
        """Show what goes with each combination, unless another team or period was chosen meanwhile."""
        asked = (self.value.team if self.value else None, self.period.currentData())
        if (moved.team, moved.months) == asked and moved != self.moved:
            self.moved = moved
            self.retranslate()

    def open_report(self) -> None:
        """Open *Til teamet* of the same team and months in *Rapporter*."""
        if self.value is not None and self.value.citizens:
            months = str(self.period.currentData() or max(PERIODS))
            self.context.go("reports", report_link.about(self.value.team, months))

    # showing

    def retranslate(self) -> None:
        """Say everything in the reader's language, where it is not said already."""
        w, value = self.context.words, self.value
        said = (w, value, self.moved)
        if len(said) == len(self._said) and all(one is before for one, before in zip(said, self._said, strict=True)):
            return
        self._said = said
        self._choosers()
        self._full.setVisible(value is not None and value.citizens > 0)
        if value is None or not value.citizens:
            self._say_nobody(value)
            return
        kit.set_text(self._counting, "")
        self.empty.hide()
        citizens = w.tn("{n} citizen", "{n} citizens", value.citizens)
        people = w.tn("{n} caseworker", "{n} caseworkers", value.caseworkers)
        kit.set_text(
            self.facts, w.t("{citizens}, {people}, {day}", citizens=citizens, people=people, day=w.date(value.today))
        )
        self.named.emit("" if value.team is None else value.team or w.t("(no team)"))
        self.figures.show_value(w, value)
        self._pictures(value)

    def _say_nobody(self, value: TeamOverview | None) -> None:
        """What to do where there is nobody yet."""
        w = self.context.words
        kit.set_text(self._counting, w.t("Counting …") if value is None else "")
        kit.set_text(self.facts, "")
        self.empty.setVisible(value is not None)
        self.empty.say(
            w.t("No citizens yet"), w.t("Add the first one, or import those you have. Then you find the team here.")
        )
        for made, text in ((self._new, w.t("New citizen")), (self._import, w.t("Import"))):
            made.setText(text)
            made.setAccessibleName(text)

    def _choosers(self) -> None:
        w, value = self.context.words, self.value
        teams = value.teams if value is not None else ()
        chosen = EVERYBODY if value is None or value.team is None else value.team
        rows = [(EVERYBODY, w.t("All teams")), *((team, team or w.t("(no team)")) for team in teams)]
        _fill(self.team, rows, chosen)
        self.team.setAccessibleName(w.t("Team"))
        self.team.setVisible(len(teams) > 1)
        months = [(n, w.t("Last {n} months", n=n)) for n in sorted(PERIODS, reverse=True)]
        _fill(self.period, months, self.period.currentData() or max(PERIODS))
        self.period.setAccessibleName(w.t("How far back"))
        self.report.setText(w.t("Report to the team"))
        self.report.setAccessibleName(self.report.text())
        for part in (self.period, self.report):
            part.setVisible(value is not None and value.citizens > 0)

    def _pictures(self, value: TeamOverview) -> None:
        w = self.context.words
        self._progress()
        counts = {state: sum(one.state == state for one in value.without) for state in ("passive", "waiting", "exempt")}
        links = [
            ("passive", w.tn("Show the {n} passive", "Show the {n} passive", counts["passive"])),
            ("waiting", w.tn("{n} waiting", "{n} waiting", counts["waiting"])),
            ("exempt", w.tn("{n} exempt", "{n} exempt", counts["exempt"])),
        ]
        self._show(self.unused, pictures.unused(value.shares, w), [(key, text) for key, text in links if counts[key]])
        self._show(self.duties, pictures.met(value.timeliness, value.month, w))
        held = [pictures.Held(one.key, one.name, len(one.citizens), one.low, one.high) for one in value.loads]
        self._show(self.loads, pictures.caseloads(held, w))

    def _progress(self) -> None:
        """The slowest picture: what reads it is loaded by now, on the database thread."""
        w, moved = self.context.words, self.moved
        if moved is None:
            title = w.t("Change per month while the interventions run")
            self.progress.waits(title, w.t("Counting …"))
            return
        from progression.charts.combinations import intervals

        chart = intervals(moved.progress, w, better=moved.better)
        if chart.rows:
            apart = w.t("The last three months before a stop are shown separately in the report to the team.")
            chart = replace(chart, caption=f"{chart.caption} {apart}", alt=f"{chart.alt} {apart}")
        self._show(self.progress, chart)

    def _show(
        self, panel: ChartPanel, chart: Bars | Dots | Intervals, links: list[tuple[str, str]] | None = None
    ) -> None:
        panel.show_chart(self.context.words, chart, links or [])

    def open_list(self, key: str) -> None:
        """Open the list behind a figure or a part of a picture."""
        from progression.desk import team_overview

        if self.value is None:
            return
        found = behind(self.context.words, self.value.names, self.moved, key) or listed(
            self.context.words, self.value, key
        )
        panel = ListPanel(self.context.words, found)
        panel.opened.connect(self.opened)
        panel.colleague.connect(self.colleague)
        shown = self.value.flags if key == "flags" else ()
        self.context.run(team_overview.looked, key, shown)
        self._from = QApplication.focusWidget()
        self._open_panel(panel, panel.first)

    def take_focus(self) -> None:
        """Put the focus where it was when a list was opened, else on the first figure."""
        first = self.figures.parts.get("flags")
        back = self._from if self._from is not None and self.isAncestorOf(self._from) else None
        target = back or (first.link if first is not None else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    # room

    def restyle(self) -> None:
        """Take over theme and text size."""
        self.figures.restyle()
        for panel in (self.progress, self.unused, self.duties, self.loads):
            panel.restyle()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        beside = self.width() >= theme.current().px(BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for line in self._rows:
            if line.direction() != way:
                line.setDirection(way)
            line.setSpacing(40 if beside else 28)


def _fill(box: QComboBox, rows: list, chosen: object) -> None:
    """Set what can be chosen and what is, without a signal, and only where it is another: an open list stays."""
    with QSignalBlocker(box):
        if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != rows:
            box.clear()
            for key, text in rows:
                box.addItem(text, key)
        box.setCurrentIndex(max(0, next((n for n, (key, _text) in enumerate(rows) if key == chosen), 0)))
