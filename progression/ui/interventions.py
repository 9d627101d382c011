"""The side panel that starts an intervention or ends one. Never modal: the page beside it stays in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from progression.casework import checks
from progression.casework.values import Intervention, InterventionType
from progression.charts.phrases import BIP_TYPES, intervention_name, period
from progression.errors import Fault, KnownError
from progression.ui.interventions_fields import DateField, Fielded, parse_hours
from progression.ui.kit import button, heading, row, wrapped
from progression.ui.saying import sentence
from progression.words import Words
from progression.words.errors import fault as fault_sentence
from progression.words.flags import STATES

_STATES = {"waiting": STATES["waiting"], "exempt": STATES["exempt"]}


class _Panel(QWidget):
    """What both panels share: fields by the name of what they hold, their faults, Save and Cancel, Esc."""

    cancelled = Signal()

    def __init__(self, words: Words, title: str, save: str) -> None:
        super().__init__()
        self.words = words
        self.fields: dict[str, Fielded] = {}
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(12)
        self.box.addWidget(heading(2, title))
        self.setAccessibleName(title)
        self.message = wrapped("", "dense", "error")
        self.message.hide()
        self.save = button(save, "primary")
        self.cancel = button(words.t("Cancel"), "quiet")
        self.save.clicked.connect(self.send)
        self.cancel.clicked.connect(self.cancelled)

    def finish(self) -> None:
        """Add what stands at the foot."""
        self.box.addWidget(self.message)
        self.box.addLayout(row(self.save, self.cancel, 1))
        self.box.addStretch(1)

    def add_field(self, key: str, caption: str, control: QWidget, help_text: str = "") -> None:
        """Add a field; `key` is the name of the value it holds."""
        self.fields[key] = Fielded(caption, control, help_text)
        self.box.addWidget(self.fields[key])

    def clear_faults(self) -> None:
        """Forget what was wrong at the last try."""
        self.message.hide()
        for one in self.fields.values():
            one.clear_fault()

    def say_faults(self, faults: Iterable[Fault]) -> bool:
        """Say each fault at its field, the first of them taking the focus; True when there was one."""
        found = list(faults)
        for fault in reversed(found):
            place = self.fields.get(fault.key)
            if place is None or place.isHidden():
                self.message.setText(fault_sentence(self.words, fault))
                self.message.show()
            else:
                place.say_fault(self.words, fault)
        return bool(found)

    def refused(self, error: BaseException) -> bool:
        """Say why it was not saved, at the fields where that is possible. False for what is not known: a bug."""
        self.save.setEnabled(True)
        if not isinstance(error, KnownError):
            return False
        if not self.say_faults(f for f in error.fields.get("faults", ()) if isinstance(f, Fault)):
            self.message.setText(sentence(self.words, error))
            self.message.show()
        return True

    def send(self) -> None:
        """Check what was typed and hand it on."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
        else:
            super().keyPressEvent(event)


class AddIntervention(_Panel):
    """Start an intervention, a wait or an exemption. `ready` carries the Intervention to save."""

    ready = Signal(object)

    def __init__(self, words: Words, citizen: str, types: Mapping[str, InterventionType], today: date) -> None:
        super().__init__(words, words.t("Add intervention"), words.t("Save intervention"))
        self.citizen, self.types = citizen, types
        self.type = QComboBox()
        # as wide as the panel, not as its longest entry: the list unfolds as wide as it needs
        self.type.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.type.setMinimumContentsLength(12)
        for code, text in _choices(words, types):
            self.type.addItem(text, code)
        metrics = self.type.fontMetrics()
        widest = max((metrics.horizontalAdvance(text) for _code, text in _choices(words, types)), default=0)
        self.type.view().setMinimumWidth(widest + 40)
        self.title, self.provider = QLineEdit(), QLineEdit()
        self.start, self.planned_end = DateField(words, today), DateField(words, today)
        self.start.put(today)
        self.hours, self.waiting_for, self.exempt_from = QLineEdit(), QLineEdit(), QLineEdit()
        self.review = DateField(words, today)
        t = words.t
        self.add_field("type", t("Type"), self.type)
        self.add_field("waiting_for", t("What is waited for"), self.waiting_for)
        self.add_field("exempt_from", t("Exempt from"), self.exempt_from)
        self.add_field("title", t("Title"), self.title, t("What you call it among yourselves. May be empty."))
        self.add_field("provider", t("Provider"), self.provider)
        self.add_field("start", t("First day"), self.start)
        self.add_field("planned_end", t("Planned last day"), self.planned_end, t("May be empty."))
        self.add_field("review_date", t("Looked at again on"), self.review)
        self.add_field("hours_per_week", t("Hours per week"), self.hours)
        self.type.currentIndexChanged.connect(self._shape)
        self.finish()
        self._shape()

    def _shape(self) -> None:
        kind = self.types.get(self.type.currentData() or "")
        state = kind.state if kind else ""
        self.fields["waiting_for"].setVisible(state == "waiting")
        self.fields["exempt_from"].setVisible(state == "exempt")
        self.fields["review_date"].setVisible(state == "exempt")
        self.fields["hours_per_week"].setVisible(not state)
        self.fields["title"].setVisible(not state)

    def send(self) -> None:
        self.clear_faults()
        wrong: dict[str, str] = {}
        days: dict[str, date | None] = {}
        for key, control in (
            ("start", self.start),
            ("planned_end", self.planned_end),
            ("review_date", self.review),
        ):
            days[key], said = control.read(needed=key == "start") if not self.fields[key].isHidden() else (None, "")
            if said:
                wrong[key] = said
        hours = parse_hours(self.hours.text()) if not self.fields["hours_per_week"].isHidden() else None
        if hours is None and self.hours.text().strip() and not self.fields["hours_per_week"].isHidden():
            wrong["hours_per_week"] = self.words.t("Write the hours as a number, such as {example}.", example="7,5")
        for key in reversed(list(wrong)):
            self.fields[key].say(wrong[key])
        start = days["start"]
        if wrong or start is None:
            return
        made = Intervention(
            self.citizen,
            "",
            self.type.currentData() or "",
            start,
            self._text("title", self.title),
            self.provider.text().strip(),
            days["planned_end"],
            hours_per_week=hours,
            waiting_for=self._text("waiting_for", self.waiting_for),
            exempt_from=self._text("exempt_from", self.exempt_from),
            review_date=days["review_date"],
        )
        if not self.say_faults(checks.blocking(checks.intervention(made, self.types))):
            self.save.setEnabled(False)
            self.ready.emit(made)

    def _text(self, key: str, control: QLineEdit) -> str:
        return "" if self.fields[key].isHidden() else control.text().strip()


def _choices(words: Words, types: Mapping[str, InterventionType]) -> list[tuple[str, str]]:
    """Every type with its BIP kind before it, in the order of the catalogue; what is no intervention stands last."""
    made = [
        (code, words.t("{kind}: {name}", kind=words.t(BIP_TYPES[kind.bip_type]), name=words.pick(kind.name)))
        for code, kind in types.items()
        if not kind.state
    ]
    return made + [(code, words.pick(kind.name)) for code, kind in types.items() if kind.state]


class EndIntervention(_Panel):
    """End what runs. `ready` carries the Intervention, the last day and why."""

    ready = Signal(object, object, str)

    def __init__(
        self, words: Words, intervention: Intervention, types: Mapping[str, InterventionType], today: date
    ) -> None:
        super().__init__(words, words.t("End intervention"), words.t("Save the ending"))
        self.intervention, self.types = intervention, types
        name = intervention_name(words, intervention, types)
        self.box.addWidget(wrapped(name, "name"))
        self.box.addWidget(wrapped(period(words, intervention.start, intervention.end), "small", "text-2"))
        self.day, self.because = DateField(words, today), QLineEdit()
        self.day.put(max(today, intervention.start) if intervention.start <= today else intervention.start)
        self.add_field("end", words.t("Last day"), self.day)
        self.add_field("ended_because", words.t("Why it ends"), self.because, words.t("May be empty."))
        self.finish()

    def send(self) -> None:
        from dataclasses import replace

        self.clear_faults()
        day, wrong = self.day.read(needed=True)
        if wrong or day is None:
            self.fields["end"].say(wrong)
            return
        ended = replace(self.intervention, end=day)
        if not self.say_faults(f for f in checks.intervention(ended, self.types) if f.key == "end"):
            self.save.setEnabled(False)
            self.ready.emit(self.intervention, day, self.because.text().strip())
