"""Side panels that end a case and open it again; what runs is asked about in the same breath."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from progression.casework.talks import in_calendar, minutes
from progression.casework.values import Conversation, Intervention
from progression.charts.phrases import intervention_name, period
from progression.desk.pages import CitizenPage
from progression.ui.kit import label, wrapped
from progression.ui.kit.texts import Text
from progression.ui.panels.fields import DateField
from progression.ui.panels.register import RegisterPanel, narrow, text_area
from progression.words import Words
from progression.words import talks as said


class _Ticking(Text):
    """The words beside a tick."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("kind", "dense")

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()


class _Asking(RegisterPanel):
    """A panel that asks about other things in the same breath, by the day that is written in it. A tick that a person
    has set or taken away stays so."""

    def __init__(self, words: Words, page: CitizenPage, title: str, save: str) -> None:
        super().__init__(words, title, save)
        self.page = page
        self.date, self.reason = DateField(words, page.today), text_area(2)
        self.date.put(page.today)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(6)
        self._chosen: dict[str, bool] = {}  # by a person

    def _clear(self) -> None:
        while (old := self._asked.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()

    def _group(self, caption: str, asked: Iterable[tuple[str, str, bool]]) -> dict[str, QCheckBox]:
        """Ask about (key, what, proposed) under a caption; nothing where there is nothing to ask about."""
        made: dict[str, QCheckBox] = {}
        for key, text, proposed in asked:
            if not made:
                self._asked.addSpacing(6 if self._asked.count() else 0)  # what is asked before it ends here
                self._asked.addWidget(label(caption, "dense"))
            made[key] = self._tick(text)
            made[key].setChecked(self._chosen.get(key, proposed))
            made[key].toggled.connect(lambda on, k=key: self._chosen.update({k: on}))
        return made

    def _tick(self, text: str) -> QCheckBox:
        """A tick with room for a long text: the words wrap in a label beside it, which ticks too."""
        made, said = QCheckBox(), _Ticking(text)
        made.setAccessibleName(text)
        said.clicked.connect(made.click)
        line = QWidget()
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(said, 1)
        self._asked.addWidget(line)
        return made

    def _ran(self, one: Intervention) -> str:
        w = self.words
        return w.t(
            "{name}, {period}", name=intervention_name(w, one, self.page.types), period=period(w, one.start, None)
        )

    def _talk(self, talk: Conversation) -> str:
        w = self.words
        day = w.t("today") if talk.date == self.page.today else w.date(talk.date)
        when = " ".join(part for part in (day, said.span(w, talk.time, minutes(talk))) if part)
        return w.t("Conversation planned {day}", day=when)


class ClosePanel(_Asking):
    """End a case: what it ended in, and what runs is asked about at once."""

    def __init__(self, words: Words, page: CitizenPage) -> None:
        from progression.desk import closing

        super().__init__(words, page, words.t("Close the case"), words.t("Close the case"))
        t = words.t
        self.outcome = narrow(QComboBox())
        self.outcome.addItem(t("Choose"), "")
        for code, text in closing.OUTCOMES.items():
            self.outcome.addItem(t(text), code)
        self.box.addWidget(wrapped(t("From this day on there are no attention points, and nothing is due."), "dense"))
        self.add_field("outcome", t("How the case ended"), self.outcome)
        self.add_field("case_closed", t("Last day of the case"), self.date)
        self.add_field("reason", t("In a few words"), self.reason, t("May be empty."))
        self.ending: dict[str, QCheckBox] = {}
        self.cancelling: dict[str, QCheckBox] = {}
        self.box.addLayout(self._asked)
        self._ask()
        self.date.textChanged.connect(lambda _text: self._ask())
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        """Ask about what would be left behind on the day written. A conversation on that very day may still be held:
        whoever knows that it is not, ticks it."""
        from progression.desk import closing

        day = self.date.day()
        if day is None:
            return
        w, left = self.words, closing.waiting(self.page.course, day)
        self._clear()
        self.ending = self._group(w.t("Ends with the case"), ((one.id, self._ran(one), True) for one in left.running))
        talks = [(one, False) for one in sorted(left.last_day, key=in_calendar)]
        talks += [(one, True) for one in sorted(left.planned, key=in_calendar)]
        self.cancelling = self._group(w.t("Will be cancelled"), ((one.event, self._talk(one), on) for one, on in talks))
        if left.assessed:
            told = w.tn(
                "{n} assessment is dated later; it will not count.",
                "{n} assessments are dated later; they will not count.",
                left.assessed,
            )
            self._asked.addWidget(wrapped(told, "small", "text-2"))

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


class ReopenPanel(_Asking):
    """Open a closed case again; what ended with it, and conversations cancelled with it, are offered."""

    def __init__(self, words: Words, page: CitizenPage) -> None:
        super().__init__(words, page, words.t("Open the case again"), words.t("Open the case again"))
        t = words.t
        self.box.addWidget(
            wrapped(t("The history is kept. The days the case was closed do not count as a passive period."), "dense")
        )
        self.add_field("reopened", t("First day"), self.date)
        self.add_field("reason", t("In a few words"), self.reason, t("May be empty."))
        self.beginning: dict[str, QCheckBox] = {}
        self.planning: dict[str, QCheckBox] = {}
        self.box.addLayout(self._asked)
        self._ask()
        self.date.textChanged.connect(lambda _text: self._ask())
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.date.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        """Ask about what ended with the case. Proposed only where the closing looks like a mistake: no day between."""
        from progression.desk import closing

        day, course = self.date.day(), self.page.course
        if day is None or course.citizen.case_closed is None:
            return
        w, left = self.words, closing.ended_with(course, self.page.today)
        mistake = not closing.apart(course.citizen.case_closed, day, self.page.today)
        self._clear()
        runs = ((one.id, self._ran(one), mistake) for one in left.interventions)
        self.beginning = self._group(w.t("Begins again"), runs)
        closed = course.citizen.case_closed  # one of that very day may have been cancelled before, for another reason
        talks = ((t.event, self._talk(t), mistake and t.date > closed) for t in sorted(left.talks, key=in_calendar))
        self.planning = self._group(w.t("Is planned again"), talks)

    def send(self) -> None:
        from progression.desk import closing

        self.clear_faults()
        day, fine = self.day("reopened")
        if not fine or day is None:
            return
        w = self.words
        self.want(
            w.t("The case is open again"),
            w.t("reopening of the case"),
            closing.reopen,
            self.page.course.citizen.citizen,
            day,
            self.reason.toPlainText(),
            beginning=[key for key, box in self.beginning.items() if box.isChecked()],
            planning=[key for key, box in self.planning.items() if box.isChecked()],
        )
