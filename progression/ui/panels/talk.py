"""Side panels for conversations: plan or move one, and keep another contact as one line. Never modal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit

from progression.casework.talks import CONTACT_WAYS, USUAL_MINUTES
from progression.casework.values import Conversation
from progression.errors import KnownError
from progression.ui.kit import wrapped
from progression.ui.panels.fields import DateField, ListField
from progression.ui.panels.register import RegisterPanel, narrow
from progression.words import Words
from progression.words import talks as said

Choices = Sequence[tuple[str, str]]  # (key, name)


class PlanTalk(RegisterPanel):
    """Plan a conversation, or change a planned one. Who is double booked is told, and may mean it: Save again."""

    def __init__(
        self,
        words: Words,
        today: date,
        *,
        citizen: str = "",
        name: str = "",
        talk: Conversation | None = None,
        day: date | None = None,
        choices: Choices = (),
        caseworkers: Mapping[str, str] | None = None,
        me: str = "",
    ) -> None:
        """`citizen` "" = chosen among `choices`. `talk`: the one to change. `caseworkers`: person key -> name."""
        t = words.t
        super().__init__(words, t("Change the conversation") if talk else t("Plan a conversation"), t("Save"))
        self.talk, self.citizen = talk, citizen or (talk.citizen if talk else "")
        self._warned: tuple[str, ...] | None = None
        self.who = ListField(words, choices)
        self.date, self.time, self.minutes = DateField(words, today, ahead=True), QLineEdit(), QLineEdit()
        self.form, self.caseworker = narrow(QComboBox()), narrow(QComboBox())
        self.participants, self.topic = QLineEdit(), QLineEdit()
        for key, text in said.FORMS.items():
            self.form.addItem(t(text), key)
        listed = dict(caseworkers or {})
        for key, text in sorted(listed.items(), key=lambda pair: (pair[0] != me, pair[1].casefold())):
            self.caseworker.addItem(text, key)
        if self.citizen:
            self.box.addWidget(wrapped(name, "name"))
        else:
            self.add_field("citizen", t("Citizen"), self.who, t("Type a part of the name."))
        self.add_field("date", t("Date"), self.date)
        such = t("Such as {example}. May be empty.", example=said.clock(words, "9:30"))
        self.add_field("time", t("Time"), self.time, such)
        self.add_field("minutes", t("Minutes"), self.minutes)
        self.add_field("form", t("Form"), self.form)
        if listed:
            self.add_field("caseworker", t("Held by"), self.caseworker)
        self.add_field("participants", t("Others who take part"), self.participants, t("May be empty."))
        self.add_field("topic", t("Topic"), self.topic, t("May be empty. The citizen may read it."))
        self._put(talk or Conversation("", day or today, minutes=USUAL_MINUTES, caseworker=me))
        if talk is None and day is None:
            self.date.put(None)  # the day is what one came to say: today would be a guess that Enter keeps
        self.finish()

    def _put(self, talk: Conversation) -> None:
        self.date.put(talk.date)
        self.time.setText(said.clock(self.words, talk.time))
        self.minutes.setText(str(round(talk.minutes)) if talk.minutes else "")
        self.form.setCurrentIndex(max(0, self.form.findData(talk.form)))
        self.caseworker.setCurrentIndex(max(0, self.caseworker.findData(talk.caseworker)))
        self.participants.setText(talk.participants)
        self.topic.setText(talk.topic)

    def begin(self) -> None:
        """Begin where something is to be chosen."""
        (self.date if self.citizen else self.who).setFocus()

    def send(self) -> None:
        from progression.desk import talks

        self.clear_faults()
        day, fine = self.day("date")
        length = self.minutes.text().strip()
        if length and not (length.isascii() and length.isdecimal() and 0 < int(length) < 1440):
            self.fields["minutes"].say(
                self.words.t("Write the minutes as a whole number, such as {example}.", example=45)
            )
            fine = False
        citizen = self.citizen
        if not citizen:
            citizen, wrong = self.who.read()
            if wrong:
                self.fields["citizen"].say(wrong)
        if not fine or day is None or not citizen:
            return
        made = replace(
            self.talk or Conversation(citizen, day, status="planned"),
            date=day,
            time=talks.clock_time(self.time.text()),
            minutes=float(length) if length else None,
            form=self.form.currentData(),
            caseworker=self.caseworker.currentData() or (self.talk.caseworker if self.talk else ""),
            participants=self.participants.text(),
            topic=self.topic.text(),
        )
        told = self.words.t("The conversation is planned {day}", day=self.words.weekday_date(day))
        anyway = self._warned == self._when()
        self.want(told, self.words.t("planned conversation"), talks.plan, made, anyway=anyway)

    def _when(self) -> tuple[str, ...]:
        return self.date.text(), self.time.text(), self.minutes.text(), str(self.caseworker.currentData())

    def refused(self, error: BaseException) -> bool:
        known = super().refused(error)
        if isinstance(error, KnownError) and error.code == "talk.double_booked":
            clock = said.clock(self.words, str(error.fields["time"]))
            self.fields["time"].say(self.words.t("There is another conversation at {time}.", time=clock))
            self._warned = self._when()
            self.save.setText(self.words.t("Save all the same"))
        return known


class PutOff(RegisterPanel):
    """ "Not today": to which day a conversation is put off, and why. The duties that may follow it do."""

    def __init__(self, words: Words, citizen: str, name: str, today: date, day: date | None = None) -> None:
        """`day`: of the conversation, None = today."""
        t = words.t
        super().__init__(words, t("Not today"), t("Put off"))
        self.citizen, self.day_of = citizen, day or today
        self.because, self.to = QLineEdit(), DateField(words, today, ahead=True)
        if name:
            self.box.addWidget(wrapped(name, "name"))
        self.add_field("outcome", t("Why not today"), self.because, t("The citizen may read it."))
        self.add_field("put_off_to", t("Put off to"), self.to)
        note = t("Conversations and assessments that the municipality asks for follow the new day. The law's do not.")
        self.box.addWidget(wrapped(note, "small", "text-2"))
        self.finish()

    def begin(self) -> None:
        """Begin with the reason."""
        self.because.setFocus()

    def send(self) -> None:
        from progression.desk import talks

        self.clear_faults()
        to, fine = self.day("put_off_to")
        if fine and to is not None:
            told = self.words.t("The conversation is put off to {day}", day=self.words.weekday_date(to))
            undo = self.words.t("put-off conversation")
            self.want(told, undo, talks.put_off, self.citizen, to, self.because.text(), self.day_of)


class AddContact(RegisterPanel):
    """A call, a text message, an e-mail or a letter, as one line."""

    def __init__(self, words: Words, citizen: str, name: str, today: date) -> None:
        t = words.t
        super().__init__(words, t("Other contact"), t("Save"))
        self.citizen = citizen
        self.date, self.way, self.text = DateField(words, today), narrow(QComboBox()), QLineEdit()
        self.date.put(today)
        for key in CONTACT_WAYS:
            self.way.addItem(t(said.WAYS[key]), key)
        self.box.addWidget(wrapped(name, "name"))
        self.add_field("profession", t("How"), self.way)
        self.add_field("text", t("What about, in one line"), self.text, t("The citizen may read it."))
        self.add_field("date", t("Date"), self.date)
        self.finish()

    def begin(self) -> None:
        """Begin with the line."""
        self.text.setFocus()

    def send(self) -> None:
        from progression.desk import talks

        self.clear_faults()
        day, fine = self.day("date")
        if fine and day is not None:
            told, undo = self.words.t("The contact is kept"), self.words.t("other contact")
            self.want(told, undo, talks.contact, self.citizen, day, self.way.currentData(), self.text.text())
