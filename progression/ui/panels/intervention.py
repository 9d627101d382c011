"""The side panels that start an intervention, change one or end it. Never modal: the page beside it stays in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from progression.casework import checks
from progression.casework.duties import add_months
from progression.casework.values import Intervention, InterventionType
from progression.charts.phrases import BIP_TYPES, intervention_name, period
from progression.errors import Fault, KnownError
from progression.ui import ways
from progression.ui.kit import button, heading, link, wrapped
from progression.ui.kit.flow import Flow
from progression.ui.panels.fields import DateField, Fielded, ListField, parse_hours
from progression.ui.running.rows import BIP_ORDER
from progression.ui.saying import sentence
from progression.words import Words
from progression.words.errors import fault as fault_sentence
from progression.words.flags import STATES
from progression.words.interventions import EXEMPT_FROM, SECTORS

_STATES = {"waiting": STATES["waiting"], "exempt": STATES["exempt"]}
REVIEW_MONTHS = 3  # proposed: an exemption is looked at as often as a citizen is assessed
SUBSIDISED = "loentilskud"  # a job with wage subsidy is public or private


class Panel(QWidget):
    """What the panels share: fields by the name of what they hold, their faults, Save and Cancel, Esc."""

    cancelled = Signal()

    def __init__(self, words: Words, title: str, save: str) -> None:
        super().__init__()
        ways.note(self)
        self.words = words
        self.language = words.language
        self.fields: dict[str, Fielded] = {}
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(12)
        self.title_line = heading(2, title, wraps=True)
        self.box.addWidget(self.title_line)
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
        buttons = Flow(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        self.box.addLayout(buttons)
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


class AddIntervention(Panel):
    """Start an intervention, a wait or an exemption, or change one. `ready` carries the Intervention to save.

    Seldom used fields unfold. `citizens` (id, name): whose it is, is asked too, and `citizen` is proposed. `offers`
    (id, name) and `providers` (names) are suggested. `change`: the one that is corrected.
    """

    ready = Signal(object)

    def __init__(
        self,
        words: Words,
        citizen: str,
        types: Mapping[str, InterventionType],
        today: date,
        *,
        citizens: Sequence[tuple[str, str]] = (),
        offers: Sequence[tuple[str, str]] = (),
        providers: Sequence[str] = (),
        change: Intervention | None = None,
    ) -> None:
        title = words.t("Start an intervention") if citizens else words.t("Add intervention")
        title = words.t("Change intervention") if change else title
        super().__init__(words, title, words.t("Save the change") if change else words.t("Save intervention"))
        self.citizen, self.types, self.changed = citizen, types, change
        self.who = ListField(words, citizens)
        self.who.put(citizen)
        self.type, self.offer, self.sector = QComboBox(), QComboBox(), QComboBox()
        fill(self.type, _choices(words, types, change.type if change else ""))
        fill(self.offer, [("", words.t("No particular offer")), *offers])
        fill(self.sector, [("", words.t("Not said")), *((code, words.t(text)) for code, text in SECTORS.items())])
        self.title, self.provider, self.contact, self.external = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.start, self.planned_end = DateField(words, today), DateField(words, today, ahead=True)
        self.review, self.expected = DateField(words, today, ahead=True), DateField(words, today, ahead=True)
        self.hours, self.ordinary, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.waiting_for, self.exempt_from = QLineEdit(), QComboBox()
        fill(self.exempt_from, [(code, _with_capital(words.t(text))) for code, text in EXEMPT_FROM.items()])
        self.more = link(words.t("More fields"))
        self._unfolded = bool(change)
        self._has_offers = bool(offers)
        if providers:
            completer = QCompleter(list(providers), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.provider.setCompleter(completer)
        self._add_fields(asked=bool(citizens))
        self.type.currentIndexChanged.connect(self._shape)
        self.more.clicked.connect(self.unfold)
        self.finish()
        self.start.put(today)
        self.review.put(add_months(today, REVIEW_MONTHS))
        if change:
            self._put(change)
        self._shape()

    def lead_on(self, decided: str) -> None:
        """Say that it follows a decision that is saved already, and what that was about; it may wait."""
        w = self.words
        lines = [wrapped(decided, "name")] if decided else []
        for place, line in enumerate((*lines, wrapped(w.t("The decision is saved. What is to start?"), "dense")), 1):
            self.box.insertWidget(place, line)
        self.cancel.setText(w.t("Not now"))
        self.cancel.setAccessibleName(w.t("Not now"))

    def _add_fields(self, *, asked: bool) -> None:
        t = self.words.t
        self.add_field("citizen", t("Citizen"), self.who)
        self.fields["citizen"].setVisible(asked)
        self.add_field("type", t("Type"), self.type)
        self.add_field("waiting_for", t("What is waited for"), self.waiting_for)
        self.add_field("exempt_from", t("Exempt from"), self.exempt_from)
        self.add_field("offer", t("Offer"), self.offer)
        self.add_field("title", t("Title"), self.title, t("What you call it among yourselves. May be empty."))
        self.add_field("provider", t("Provider"), self.provider)
        self.add_field("start", t("First day"), self.start)
        self.add_field("planned_end", t("Planned last day"), self.planned_end, t("May be empty."))
        self.add_field("expected_start", t("Expected to begin"), self.expected, t("May be empty."))
        self.add_field("reason", t("Reason"), self.reason, t("May be empty. The citizen may read it."))
        self.add_field("review_date", t("Looked at again on"), self.review)
        self.add_field("hours_per_week", t("Hours per week"), self.hours)
        self.box.addWidget(self.more)
        self.add_field("contact", t("Contact there"), self.contact)
        self.add_field("ordinary_hours", t("Of these, hours at ordinary pay"), self.ordinary)
        self.add_field("sector", t("Public or private"), self.sector)
        self.add_field("external", t("External actor"), self.external, t("Empty where the municipality runs it."))

    def unfold(self) -> None:
        """Show the fields that are seldom used."""
        ways.step(self, "unfold")
        self._unfolded = True
        self._shape()
        self.contact.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shape(self) -> None:
        code = self.type.currentData() or ""
        kind = self.types.get(code)
        state = kind.state if kind else ""
        job = kind is not None and kind.bip_type == "job"
        shown = {
            "waiting_for": state == "waiting",
            "expected_start": state == "waiting",
            "planned_end": state != "waiting" or self._unfolded,
            "provider": state != "exempt" or self._unfolded,
            "exempt_from": state == "exempt",
            "review_date": state == "exempt",
            "reason": state == "exempt",
            "hours_per_week": not state,
            "title": not state,
            "offer": self._has_offers and state != "exempt",
            "contact": not state and self._unfolded,
            "ordinary_hours": job and not state and self._unfolded,
            "sector": code == SUBSIDISED and self._unfolded,
            "external": not state and self._unfolded,
        }
        for key, on in shown.items():
            self.fields[key].setVisible(on)
        t = self.words.t
        self.fields["start"].rename(t("Waiting since") if state == "waiting" else t("First day"))
        self.more.setVisible(not self._unfolded)

    def _put(self, one: Intervention) -> None:
        """Show what is known of the one that is corrected."""
        self.type.setCurrentIndex(max(self.type.currentIndex(), self.type.findData(one.type)))
        self.offer.setCurrentIndex(max(0, self.offer.findData(one.offer)))
        self.sector.setCurrentIndex(max(0, self.sector.findData(one.sector)))
        if one.exempt_from and self.exempt_from.findData(one.exempt_from) < 0:  # as another system wrote it
            self.exempt_from.addItem(one.exempt_from, one.exempt_from)
        self.exempt_from.setCurrentIndex(max(0, self.exempt_from.findData(one.exempt_from)))
        for key, control in self._texts().items():
            control.setText(getattr(one, key))
        self.start.put(one.start)
        self.planned_end.put(one.planned_end)
        self.review.put(one.review_date)
        self.expected.put(one.expected_start)
        for control, hours in ((self.hours, one.hours_per_week), (self.ordinary, one.ordinary_hours)):
            control.setText("" if hours is None else f"{hours:g}".replace(".", ","))

    def _texts(self) -> dict[str, QLineEdit]:
        return {
            "title": self.title, "provider": self.provider, "waiting_for": self.waiting_for,
            "contact": self.contact, "external": self.external, "reason": self.reason,
        }  # fmt: skip

    def send(self) -> None:
        self.clear_faults()
        wrong: dict[str, str] = {}
        citizen = self.citizen
        if not self.fields["citizen"].isHidden():
            citizen, wrong_citizen = self.who.read()
            if wrong_citizen:
                wrong["citizen"] = wrong_citizen
        days = self._days(wrong)
        hours = {
            key: self._hours(key, control, wrong)
            for key, control in (("hours_per_week", self.hours), ("ordinary_hours", self.ordinary))
        }
        for key in [key for key in reversed(list(self.fields)) if key in wrong]:
            self.fields[key].say(wrong[key])
        start = days["start"]
        if wrong or start is None:
            return
        before = self.changed or Intervention(citizen, "", "", start)
        made = replace(
            before,
            citizen=citizen,
            type=self.type.currentData() or "",
            start=start,
            planned_end=days["planned_end"],
            review_date=days["review_date"],
            expected_start=days["expected_start"],
            hours_per_week=hours["hours_per_week"],
            ordinary_hours=hours["ordinary_hours"],
            offer=self._chosen("offer", self.offer),
            sector=self._chosen("sector", self.sector),  # type: ignore[arg-type]
            exempt_from=self._chosen("exempt_from", self.exempt_from),
            **{key: self._text(key, control) for key, control in self._texts().items()},  # type: ignore[arg-type]
        )
        if self.changed is not None and self.changed.type == made.type:  # what is not shown is not emptied
            hidden = [key for key, one in self.fields.items() if one.isHidden() and key != "citizen"]
            made = replace(made, **{key: getattr(self.changed, key) for key in hidden})
        if not self.say_faults(checks.blocking(checks.intervention(made, self.types, typed=True))):
            self.save.setEnabled(False)
            self.ready.emit(made)

    def _days(self, wrong: dict[str, str]) -> dict[str, date | None]:
        controls = {
            "start": self.start, "planned_end": self.planned_end, "review_date": self.review,
            "expected_start": self.expected,
        }  # fmt: skip
        found: dict[str, date | None] = {}
        for key, control in controls.items():
            said = ""
            found[key] = None
            if not self.fields[key].isHidden():
                found[key], said = control.read(needed=key == "start")
            if said:
                wrong[key] = said
        return found

    def _hours(self, key: str, control: QLineEdit, wrong: dict[str, str]) -> float | None:
        if self.fields[key].isHidden():
            return None
        found = parse_hours(control.text())
        if found is None and control.text().strip():
            wrong[key] = self.words.t("Write the hours as a number, such as {example}.", example="7,5")
        return found

    def _chosen(self, key: str, control: QComboBox) -> str:
        return "" if self.fields[key].isHidden() else str(control.currentData() or "")

    def _text(self, key: str, control: QLineEdit) -> str:
        return "" if self.fields[key].isHidden() else control.text().strip()


def fill(box: QComboBox, choices: Sequence[tuple[str | None, str]]) -> None:
    """As wide as the panel, not as its longest entry: the list unfolds as wide as it needs. What has no key is the name
    of what follows it and cannot be chosen; a choice that is shortened says itself whole under the mouse."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    for code, text in choices:
        box.addItem(text, code)
        if code is None:
            box.setItemData(box.count() - 1, 0, Qt.ItemDataRole.UserRole - 1)  # no flags: keys pass it
    box.setCurrentIndex(next((n for n in range(box.count()) if box.itemData(n) is not None), -1))
    metrics = box.fontMetrics()
    widest = max((metrics.horizontalAdvance(text) for _code, text in choices), default=0)
    box.view().setMinimumWidth(widest + 40)
    box.currentTextChanged.connect(box.setToolTip)
    box.setToolTip(box.currentText())


def _choices(words: Words, every: Mapping[str, InterventionType], now: str) -> list[tuple[str | None, str]]:
    """Every type in use, and `now`, under the name of its BIP kind; what is no intervention stands last. Each begins
    with its own name, so that a letter finds it."""
    types = {code: kind for code, kind in every.items() if not kind.retired or code == now}
    parts = [
        (words.t(BIP_TYPES[bip]), [code for code, kind in types.items() if not kind.state and kind.bip_type == bip])
        for bip in BIP_ORDER
    ]
    parts.append((words.t("Instead of an intervention"), [code for code, kind in types.items() if kind.state]))
    found: list[tuple[str | None, str]] = []
    for name, codes in parts:
        if codes:
            found += [(None, name), *((code, words.pick(types[code].name)) for code in codes)]
    return found


def _with_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class EndIntervention(Panel):
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
        self.clear_faults()
        day, wrong = self.day.read(needed=True)
        if wrong or day is None:
            self.fields["end"].say(wrong)
            return
        ended = replace(self.intervention, end=day)
        if not self.say_faults(f for f in checks.intervention(ended, self.types) if f.key == "end"):
            self.save.setEnabled(False)
            self.ready.emit(self.intervention, day, self.because.text().strip())
