"""The lists behind the figures of *Team*, beside the page: citizens, each with what puts them there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from progression.desk.caseload import Load
from progression.desk.duty_facts import Whose
from progression.desk.team_overview import LONG_MONTHS, RECENT_DAYS, TeamOverview
from progression.ui import kit
from progression.ui.kit.items import Entry
from progression.words import Words
from progression.words import duties as due_words
from progression.words import people as people_words
from progression.words import team as said
from progression.words.naming import called

if TYPE_CHECKING:
    from progression.desk.team_progress import TeamProgress

PROGRESS = "progress:"  # as `charts.combinations.LIST`, held to it by a test
AT_ONCE = 100  # entries made before one asks for more: a municipality is more than anybody reads


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: `citizen` opens Borger; `person` a colleague instead, where there is no citizen."""

    title: str
    below: str
    citizen: str = ""
    name: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with its title and a sentence about it."""

    key: str
    title: str
    lead: str
    lines: tuple[Line, ...]


def listed(w: Words, value: TeamOverview, key: str) -> Listed:
    """Return the list a figure or a part of a picture opens. Raises KeyError for one that is not there."""
    made: dict[str, Callable[[Words, TeamOverview], Listed]] = {
        "flags": _flags,
        "decisions": _decisions,
        "without": _without,
        "passive": lambda w, v: _without(w, v, "passive"),
        "waiting": lambda w, v: _without(w, v, "waiting"),
        "exempt": lambda w, v: _without(w, v, "exempt"),
        "overdue": _overdue,
        "changes": _changes,
        "loads": _loads,
    }
    if key in made:
        return made[key](w, value)
    sort, _colon, state = key.partition(":")
    if sort not in said.SORTS or state not in said.MET:
        raise KeyError(key)
    return _due_then(w, value, sort, state)


def behind(w: Words, names: Mapping[str, str], moved: TeamProgress | None, key: str) -> Listed | None:
    """Return whom a figure of a combination rests on; None where the key is of another list. Raises KeyError for a
    figure that is withheld: nobody is listed behind it."""
    sort, colon, combined = key.partition(":")
    if f"{sort}{colon}" != PROGRESS or moved is None:
        return None
    from progression.charts import combinations

    lines = []
    for one in moved.behind[combined]:
        months = w.tn("seen for {n} month", "seen for {n} months", max(1, round(one.months)))
        lines.append(_line(w, names, one.who, months))
    lead = w.t("By name. The figure is about all of them together, and says nothing of one of them.")
    return Listed(key, combinations.name(w, combined), lead, tuple(lines))


def _line(w: Words, names: Mapping[str, str], who: Whose, below: str, *, told: bool = False) -> Line:
    """A citizen, what puts them in the list, and with whom they are; `told`: it says with whom already."""
    with_whom = names.get(who.caseworker, who.caseworker) or w.t("no caseworker")
    name = called(w, who.name, who.number)
    line = below if told else w.t("{told} · {caseworker}", told=below, caseworker=with_whom)
    return Line(name, line, who.citizen, name)


def _flags(w: Words, value: TeamOverview) -> Listed:
    lines = (_line(w, value.names, one.who, said.flag(w, one)) for one in value.flags)
    lead = w.t("Those that have waited longest first.")
    return Listed("flags", w.t("Open attention points"), lead, tuple(lines))


def _decisions(w: Words, value: TeamOverview) -> Listed:
    lines = (_line(w, value.names, one.who, said.decision(w, one)) for one in value.decisions)
    lead = w.t("Decisions of the last {n} days, the latest first.", n=RECENT_DAYS)
    return Listed("decisions", w.t("Decided"), lead, tuple(lines))


def _without(w: Words, value: TeamOverview, state: str = "") -> Listed:
    rows = [one for one in value.without if state in ("", one.state)]
    lines = tuple(_line(w, value.names, one.who, said.without(w, one)) for one in rows)
    titles = {
        "": w.t("Without active intervention"),
        "passive": w.t("Passive without waiting or exemption"),
        "waiting": w.t("Waiting for an intervention"),
        "exempt": w.t("Exempt"),
    }
    lead = w.t("The longest first.")
    if long := sum(one.months >= LONG_MONTHS for one in rows):
        more = w.tn(
            "{n} has had no intervention or mentor for 12 months or more.",
            "{n} have had no intervention or mentor for 12 months or more.",
            long,
        )
        lead = f"{lead} {more}"
    return Listed(state or "without", titles[state], lead, lines)


def _overdue(w: Words, value: TeamOverview) -> Listed:
    lines = (_line(w, value.names, one.who, said.duty(w, one, value.today)) for one in value.overdue)
    lead = w.t("Overdue duties, the oldest first: {law}.", law=w.t(due_words.CHECK_LAW))
    return Listed("overdue", w.t("Overdue now"), lead, tuple(lines))


def _due_then(w: Words, value: TeamOverview, sort: str, state: str) -> Listed:
    from progression.casework.duties.timeliness import SORT_OF

    rows = [one for one in value.due_then if SORT_OF.get(one.duty.kind) == sort and one.duty.state == state]
    title = w.t("{sort}, {state}", sort=w.t(said.SORTS[sort]), state=w.t(said.MET[state]))
    lead = w.t("What was due in {month}.", month=w.month_year(value.month))
    lines = tuple(_line(w, value.names, one.who, said.duty(w, one, value.today)) for one in rows)
    return Listed(f"{sort}:{state}", title, lead, lines)


def _changes(w: Words, value: TeamOverview) -> Listed:
    often = [one for one in value.changed_often if one not in set(value.changed_this_year)]
    rows: Iterable = (*value.changed_this_year, *often)
    lines = tuple(
        _line(w, value.names, one.who, said.changes(w, one, value.names),
              told=one.changes[-1].after == one.who.caseworker)
        for one in rows
    )  # fmt: skip
    lead = w.t("Changed this year, then those with two changes or more before; the latest first.")
    return Listed("changes", w.t("Caseworker changes"), lead, lines)


def _loads(w: Words, value: TeamOverview) -> Listed:
    lines = tuple(Line(one.name, _load(w, one), person=one.key) for one in value.loads)
    lead = w.t("By name. A colleague opens with the citizens.")
    return Listed("loads", w.t("Citizens per caseworker"), lead, lines)


def _load(w: Words, load: Load) -> str:
    citizens = w.tn("{n} citizen", "{n} citizens", len(load.citizens))
    norm = w.t("norm {norm}", norm=people_words.norm(w, load)) if load.high is not None else ""
    return said.listing(w, (citizens, norm, people_words.against(w, load, len(load.citizens))))


class ListPanel(QWidget):
    """One list. `opened`: a citizen (id, name) is to be opened; `colleague`: a person key."""

    cancelled = Signal()
    opened = Signal(str, str)
    colleague = Signal(str)

    def __init__(self, words: Words, value: Listed) -> None:
        super().__init__()
        self.words, self.value = words, value
        self.setAccessibleName(value.title)
        self.entries: list[Entry] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(kit.heading(2, value.title))
        box.addWidget(kit.wrapped(value.lead if value.lines else words.t("Nobody."), "dense", "text-2"))
        self.close_button = kit.button(words.t("Close"), "quiet", small=True)
        self.close_button.clicked.connect(self.cancelled)
        box.addLayout(kit.row(self.close_button, 1))
        self._list = kit.column(0)
        box.addLayout(self._list)
        self.more = kit.button("", small=True)
        self.more.clicked.connect(self._add)
        box.addLayout(kit.row(self.more, 1))
        box.addStretch(1)
        self._add()

    @property
    def first(self) -> QWidget:
        """Where the focus goes."""
        return self.entries[0] if self.entries else self.close_button

    def _add(self) -> None:
        """Make the next entries."""
        begun = len(self.entries)
        for line in self.value.lines[begun : begun + AT_ONCE]:
            entry = Entry(line.title, line.below)
            entry.clicked.connect(lambda _on=False, one=line: self._open(one))
            self.entries.append(entry)
            self._list.addWidget(entry)
        left = len(self.value.lines) - len(self.entries)
        self.more.setText(self.words.tn("Show {n} more", "Show {n} more", min(left, AT_ONCE)) if left else "")
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(left > 0)
        if begun and begun < len(self.entries):
            self.entries[begun].setFocus()

    def _open(self, line: Line) -> None:
        if line.person:
            self.colleague.emit(line.person)
        else:
            self.opened.emit(line.citizen, line.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
