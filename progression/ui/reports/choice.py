"""What document, for whom, in which language: the left column of *Rapporter*."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from progression.casework import report_period
from progression.desk import team_subject
from progression.desk.documents import KINDS, Kind
from progression.desk.report_batch import Whose
from progression.ui import kit, theme
from progression.ui.panels.register import narrow
from progression.ui.start.steps import LANGUAGE_NAMES
from progression.ui.window.find import FindField
from progression.words import Words
from progression.words import periods as period_words

ONE, MANY = "one", "many"
_PERSON, _TEAM, _ALL = "person:", "team:", "all"
_SAYS = 24  # px at 100 %: what a document is stands below its name, not below its mark


class CitizenField(FindField):
    """The Find field, for citizens alone."""

    def retranslate(self, words: Words) -> None:
        super().retranslate(words)
        self.setPlaceholderText(words.t("Type a name or a number"))
        self.setAccessibleName(words.t("Find the citizen"))
        self.setToolTip("")

    def paintEvent(self, event: QPaintEvent) -> None:
        QLineEdit.paintEvent(self, event)
        size = theme.current().px(16)
        painter = QPainter(self)
        painter.drawPixmap(QRect(10, (self.height() - size) // 2, size, size), kit.picture("search", "text-3", 16))
        painter.end()


class Choice(QWidget):
    """`changed`: another document, reader or language is asked for; `whose_wanted`: the caseloads are to be listed."""

    changed = Signal()
    whose_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kinds: dict[str, QRadioButton] = {}
        self._says: dict[str, QLabel] = {}
        self._group = QButtonGroup(self)
        self._what, self._whom, self._when, self._spoken = (kit.heading(3) for _ in range(4))
        for head in (self._what, self._whom, self._when, self._spoken):
            head.setWordWrap(True)
        self.whom, self.spoken = kit.Segmented(wraps=True), kit.Segmented(wraps=True)
        self.finder, self.name = CitizenField(), kit.wrapped("", "name")
        self.loads, self.periods = narrow(QComboBox()), narrow(QComboBox())
        self._wanted: tuple[str, str] | None = None  # a team and a period asked for before the teams are listed
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(2)
        box.addWidget(self._what)
        box.addSpacing(4)  # the ring of the focus has its room
        for one in KINDS:
            self._add_kind(one, box)
        box.addSpacing(12)
        box.addWidget(self._whom)
        box.addWidget(self.whom)
        box.addSpacing(4)
        for part in (self.name, self.finder, self.loads):
            box.addWidget(part)
        self._apart = kit.spacer(12)
        for below in (self._apart, self._when, self.periods):
            box.addWidget(below)
        box.addSpacing(12)
        box.addWidget(self._spoken)
        box.addWidget(self.spoken)
        box.addStretch(1)
        self.whom.chosen.connect(self._chosen)
        self.spoken.chosen.connect(lambda _key: self.changed.emit())
        for chooser in (self.loads, self.periods):
            chooser.activated.connect(lambda _index: self.changed.emit())
        self._shape()

    def _add_kind(self, one: Kind, box: QVBoxLayout) -> None:
        made, says = QRadioButton(), kit.wrapped("", "small", "text-2")
        self.kinds[one.key], self._says[one.key] = made, says
        self._group.addButton(made)
        made.setChecked(one is KINDS[0])
        made.toggled.connect(self._kind_chosen)
        says.hide()
        box.addWidget(made)
        box.addWidget(says)

    # what is chosen

    @property
    def kind(self) -> str:
        """The key of the document."""
        return next(key for key, made in self.kinds.items() if made.isChecked())

    def choose_kind(self, key: str) -> None:
        """Take up a document."""
        self.kinds[key].setChecked(True)

    def choose_citizens(self) -> None:
        """Take up a document about citizens, where one about a team is chosen."""
        if self.of_team:
            self.choose_kind(next(one.key for one in KINDS if one.about == "citizen"))

    def choose_team(self, team: str, period: str) -> None:
        """Take up the document about a team ("" for everybody) over a period."""
        self._wanted = team, period
        self.choose_kind("team")
        self._take_up()

    def _take_up(self) -> None:
        """Choose what was asked for, as soon as it is listed."""
        if self._wanted is None or not self.of_team:
            return
        team, period = self._wanted
        self.periods.setCurrentIndex(max(0, self.periods.findData(period)))
        found = self.loads.findData(f"{_TEAM}{team}" if team else _ALL)
        if found >= 0:
            self.loads.setCurrentIndex(found)
            self._wanted = None

    @property
    def of_team(self) -> bool:
        """The document is about a team, not about a citizen."""
        return next(one for one in KINDS if one.key == self.kind).about == "team"

    @property
    def many(self) -> bool:
        """A whole caseload is meant, not one citizen."""
        return self.whom.value() == MANY and not self.of_team

    @property
    def subject(self) -> str:
        """What a document about a team is about, "" before the teams are listed."""
        listed = self.of_team and self.loads.count() and self._wanted is None
        period = str(self.periods.currentData() or team_subject.DEFAULT)
        return team_subject.subject(self.load().get("team"), period) if listed else ""

    def choose_whom(self, key: str) -> None:
        """One citizen (ONE) or a caseload (MANY)."""
        self.whom.choose(key)
        self._chosen(key)

    def language(self, words: Words) -> str:
        """The language the document is to be in."""
        return self.spoken.value() or words.language

    def load(self) -> dict[str, str]:
        """Which caseload, as `report_batch.cases` is told."""
        chosen = str(self.loads.currentData() or _ALL)
        if chosen.startswith(_PERSON):
            return {"caseworker": chosen.removeprefix(_PERSON)}
        return {"team": chosen.removeprefix(_TEAM)} if chosen.startswith(_TEAM) else {}

    # showing

    def show_name(self, name: str) -> None:
        """Say whom the document is about."""
        self.name.setText(name)
        self._shape()

    def show_whose(self, whose: Whose, w: Words) -> None:
        """List the caseloads, one's own first; what was chosen stays chosen."""
        before = self.loads.currentData()
        self.loads.clear()
        colleagues = () if self.of_team else whose.colleagues
        for key, name, count in sorted(colleagues, key=lambda row: (row[0] != whose.me, row[1].casefold())):
            told = w.t("My caseload ({n})", n=count) if key == whose.me else w.t("{name} ({n})", name=name, n=count)
            self.loads.addItem(told, _PERSON + key)
        for team, count in whose.teams:
            self.loads.addItem(w.t("{name} ({n})", name=team, n=count), _TEAM + team)
        everybody = w.t("All teams ({n})", n=whose.total) if self.of_team else ""
        self.loads.addItem(everybody or w.t("All running cases ({n})", n=whose.total), _ALL)
        self.loads.setCurrentIndex(max(0, self.loads.findData(before)))
        self._take_up()

    def set_busy(self, busy: bool) -> None:
        """Nothing else can be chosen while files are being written."""
        for part in (*self.kinds.values(), self.whom, self.finder, self.loads, self.periods, self.spoken):
            part.setEnabled(not busy)

    def _chosen(self, key: str) -> None:
        self._shape()
        if key == MANY:
            self.whose_wanted.emit()
        self.changed.emit()

    def _kind_chosen(self, on: bool) -> None:
        if on:
            self._shape()
            if self.of_team:
                self.whose_wanted.emit()
            self.changed.emit()

    def _shape(self) -> None:
        one = not self.many and not self.of_team
        self.whom.setVisible(not self.of_team)
        self.name.setVisible(one and bool(self.name.text()))
        self.finder.setVisible(one)
        self.loads.setVisible(not one)
        for part in (self._apart, self._when, self.periods):
            part.setVisible(self.of_team)
        for key, says in self._says.items():  # of one: the column is as short as the smallest window
            says.setVisible(key == self.kind)

    def show_periods(self, w: Words, today: date) -> None:
        """List the periods a report to the team can be about; what was chosen stays chosen."""
        before = self.periods.currentData()
        self.periods.clear()
        for key in report_period.offered(today):
            self.periods.addItem(period_words.period(w, key), key)
        self.periods.setCurrentIndex(max(0, self.periods.findData(before)))
        self._take_up()

    def retranslate(self, w: Words) -> None:
        """Say everything in the language in force."""
        t = w.t
        kit.set_text(self._what, t("Document"))
        kit.set_text(self._whom, t("For whom"))
        kit.set_text(self._when, t("Period"))
        self._when.setVisible(self.of_team)
        kit.set_text(self._spoken, t("Language of the document"))
        for one in KINDS:
            self.kinds[one.key].setText(t(one.name))
            self.kinds[one.key].setAccessibleDescription(t(one.says))
            self._says[one.key].setText(t(one.says))
        self.whom.set_choices(((ONE, t("A citizen")), (MANY, t("A caseload"))), t("For whom"))
        before = self.spoken.value()
        self.spoken.set_choices(tuple(LANGUAGE_NAMES.items()), t("Language of the document"))
        self.spoken.choose(before or w.language)
        self.finder.retranslate(w)
        self.loads.setAccessibleName(t("Whose caseload"))
        self.periods.setAccessibleName(t("Period"))

    def restyle(self) -> None:
        """Take over text size and theme."""
        self.finder.restyle()
        for says in self._says.values():
            says.setContentsMargins(theme.current().px(_SAYS), 4, 0, 6)
