"""Side panels that end a case and open it again; what runs is asked about in the same breath."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progression.charts.phrases import intervention_name, period
from progression.desk.pages import CitizenPage
from progression.ui.interventions_fields import DateField
from progression.ui.kit import label, wrapped
from progression.ui.register_panels import RegisterPanel, narrow, text_area
from progression.words import Words


class _Ticking(QLabel):
    """The words beside a tick."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self.setProperty("kind", "dense")

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()


class ClosePanel(RegisterPanel):
    """End a case: what it ended in, and what runs is asked about at once."""

    def __init__(self, words: Words, page: CitizenPage) -> None:
        from progression.desk import closing

        super().__init__(words, words.t("Close the case"), words.t("Close the case"))
        t = words.t
        self.page = page
        self.outcome, self.date, self.reason = narrow(QComboBox()), DateField(words, page.today), text_area(2)
        self.outcome.addItem(t("Choose"), "")
        for code, text in closing.OUTCOMES.items():
            self.outcome.addItem(t(text), code)
        self.date.put(page.today)
        self.box.addWidget(wrapped(t("From this day on there are no attention points, and nothing is due."), "dense"))
        self.add_field("outcome", t("What the case ended in"), self.outcome)
        self.add_field("case_closed", t("Last day of the case"), self.date)
        self.add_field("reason", t("In a few words"), self.reason, t("May be empty."))
        self.ending: dict[str, QCheckBox] = {}
        self.cancelling: dict[str, QCheckBox] = {}
        self._asked = QVBoxLayout()
        self._asked.setSpacing(6)
        self.box.addLayout(self._asked)
        self._ask()
        self.date.textChanged.connect(lambda _text: self._ask())
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        """Ask about what would be left behind on the day written; a tick that was taken away stays away."""
        from progression.desk import closing

        day = self.date.day()
        if day is None:
            return
        w, left = self.words, closing.waiting(self.page.course, day)
        off = {key for group in (self.ending, self.cancelling) for key, box in group.items() if not box.isChecked()}
        while (old := self._asked.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.ending.clear()
        self.cancelling.clear()
        if left.running:
            self._asked.addWidget(label(w.t("Ends with the case"), "dense"))
        for one in left.running:
            name = intervention_name(w, one, self.page.types)
            self.ending[one.id] = self._tick(w.t("{name}, {period}", name=name, period=period(w, one.start, None)))
            self.ending[one.id].setChecked(one.id not in off)
        if left.planned:
            self._asked.addWidget(label(w.t("Is cancelled"), "dense"))
        for talk in left.planned:
            self.cancelling[talk.event] = self._tick(w.t("Conversation planned {day}", day=w.date(talk.date)))
            self.cancelling[talk.event].setChecked(talk.event not in off)
        if left.assessed:
            said = w.tn(
                "{n} assessment is dated later; it will not count.",
                "{n} assessments are dated later; they will not count.",
                left.assessed,
            )
            self._asked.addWidget(wrapped(said, "small", "text-2"))

    def _tick(self, text: str) -> QCheckBox:
        """A tick with room for a long text: the words wrap in a label beside it, which ticks too."""
        made, said = QCheckBox(), _Ticking(text)
        made.setAccessibleName(text)
        said.clicked.connect(made.toggle)
        line = QWidget()
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(said, 1)
        self._asked.addWidget(line)
        return made

    def send(self) -> None:
        from progression.desk import closing

        self.clear_faults()
        day, fine = self.day("case_closed")
        if not fine or day is None:
            return
        w = self.words
        self.want(
            w.t("The case is closed"),
            w.t("closing of the case"),
            closing.close,
            self.page.course.citizen.citizen,
            day,
            self.outcome.currentData(),
            self.reason.toPlainText(),
            ending=[key for key, box in self.ending.items() if box.isChecked()],
            cancelling=[key for key, box in self.cancelling.items() if box.isChecked()],
        )


class ReopenPanel(RegisterPanel):
    """Open a closed case again."""

    def __init__(self, words: Words, page: CitizenPage) -> None:
        super().__init__(words, words.t("Open the case again"), words.t("Open the case"))
        t = words.t
        self.citizen = page.course.citizen.citizen
        self.date, self.reason = DateField(words, page.today), text_area(2)
        self.date.put(page.today)
        self.box.addWidget(
            wrapped(t("The history is kept. The days the case was closed do not count as a passive period."), "dense")
        )
        self.box.addWidget(
            wrapped(t("What ended with the case, and conversations cancelled with it, do not begin again."), "dense")
        )
        self.add_field("reopened", t("First day"), self.date)
        self.add_field("reason", t("In a few words"), self.reason, t("May be empty."))
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.date.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import closing

        self.clear_faults()
        day, fine = self.day("reopened")
        if fine and day is not None:
            told, undo = self.words.t("The case is open again"), self.words.t("reopening of the case")
            self.want(told, undo, closing.reopen, self.citizen, day, self.reason.toPlainText())
