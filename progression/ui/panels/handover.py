"""The side panel that hands over: one citizen, or a whole caseload, to one colleague or shared among several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from progression.ui import ways
from progression.ui.kit import clear, link, read_in_order, wrapped
from progression.ui.panels.fields import DateField
from progression.ui.panels.people import Checklist, colleagues_box
from progression.ui.panels.register import RegisterPanel, narrow, text_area
from progression.words import Words
from progression.words import people as said

STAYS = "\x1f"  # who takes over is nobody: in no person's key, since it cannot be typed


class Sharing(QWidget):
    """Who takes over each citizen of a caseload, where it is not whom the panel names; folded until it is asked for.

    `cases`: (citizen, what the citizen is called) in the order they are listed.
    """

    def __init__(self, words: Words, names: Mapping[str, str], former: str, cases: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._words, self._names, self._former, self._cases = words, names, former, cases
        self.boxes: dict[str, QComboBox] = {}
        self.fold = link(words.t("Share the citizens among several"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._box.addWidget(self.fold)

    def open(self) -> None:
        """List the citizens, each with who takes over; nothing happens where they are listed already."""
        if self.boxes:
            return
        w = self._words
        clear(self._box)
        about = w.t("Whoever has nobody of their own here goes to the new caseworker above.")
        self._box.addWidget(wrapped(about, "small", "text-2"))
        for citizen, name in self._cases:
            made, caption = colleagues_box(self._names, self._former), wrapped(name, "dense")
            made.setItemText(0, w.t("the new caseworker above"))
            made.addItem(w.t("nobody: stays"), STAYS)
            made.setAccessibleName(w.t("Who takes over {name}", name=name))
            caption.setBuddy(made)
            self.boxes[citizen] = made
            self._box.addWidget(caption)
            self._box.addWidget(made)
        read_in_order(self)
        if self.boxes:
            first = next(iter(self.boxes.values()))
            first.show()  # a layout would show it later, too late for the focus
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def elsewhere(self) -> dict[str, str]:
        """Citizen -> who takes over instead, "" for who stays."""
        chosen = {citizen: str(made.currentData()) for citizen, made in self.boxes.items()}
        return {citizen: "" if who == STAYS else who for citizen, who in chosen.items() if who}


class HandoverPanel(RegisterPanel):
    """Hand over one citizen or a whole caseload: to whom, from when, why, what is important, and the checklist.

    `operation(session, *first, Handing)` does it; `lead` says what is handed over, `citizens` how many. `sharing`: some
    of them may go to somebody else, whom the operation is told last.
    """

    def __init__(
        self,
        words: Words,
        today: date,
        names: Mapping[str, str],
        former: str,
        lead: str,
        operation: Callable[..., Any],
        *first: object,
        citizens: int = 1,
        sharing: Sharing | None = None,
    ) -> None:
        title = words.t("Hand over the whole caseload") if citizens > 1 else words.t("Hand over")
        super().__init__(words, title, words.t("Hand over"))
        t = words.t
        self.operation, self.first, self.citizens, self.sharing = operation, first, citizens, sharing
        self._names = names
        self.box.addWidget(wrapped(lead, "dense", "text-2"))
        self.to, self.date = colleagues_box(names, former), DateField(words, today)
        self.date.put(today)
        self.planned, self.reason, self.note = narrow(QComboBox()), QLineEdit(), text_area(3)
        self.planned.addItem(t("Planned"), "planned")
        self.planned.addItem(t("Unplanned, such as illness"), "unplanned")
        self.add_field("to_person", t("New caseworker"), self.to)
        if sharing is not None:
            self.box.addWidget(sharing)
            sharing.fold.clicked.connect(self.share)
        self.add_field("date", t("First day"), self.date, t("The former caseworker has the case until the day before."))
        self.add_field("planned", t("How"), self.planned)
        self.add_field("reason", t("Reason"), self.reason, t("May be empty."))
        self.add_field("note", t("Important to know"), self.note, _about_note(words, citizens))
        self.list = Checklist(words, said.HANDOVER_CHECKLIST)
        self.add_field("checklist", t("Checklist"), self.list)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.to.setFocus(Qt.FocusReason.OtherFocusReason)

    def share(self) -> None:
        """List the citizens of the caseload, each with who takes over."""
        if self.sharing is not None:
            ways.step(self, "share")
            self.sharing.open()

    def send(self) -> None:
        from progression.desk.handover import Handing

        self.clear_faults()
        day, fine = self.day("date")
        elsewhere = self.sharing.elsewhere() if self.sharing is not None else {}
        if self._nobody(elsewhere) or not fine or day is None:
            return
        handing = Handing(
            self.to.currentData(), day, self.planned.currentData(), self.reason.text(), self.list.done(),
            self.note.toPlainText(),
        )  # fmt: skip
        values = (*self.first, handing, elsewhere) if elsewhere else (*self.first, handing)
        self.want(self._told(day, elsewhere), self.words.t("hand-over"), self.operation, *values)

    def _nobody(self, elsewhere: Mapping[str, str]) -> bool:
        """Say so where it is not chosen who takes over, or where nobody is handed over."""
        wrong = ""
        if not self.to.currentData() and len(elsewhere) < self.citizens:
            wrong = self.words.t("Choose who takes over.")
        elif len(elsewhere) == self.citizens and not any(elsewhere.values()):
            wrong = self.words.t("Everybody stays. Choose who takes over.")
        if wrong:
            self.fields["to_person"].say(wrong)
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(wrong)

    def _told(self, day: date, elsewhere: Mapping[str, str]) -> str:
        """What is announced once it is done."""
        w = self.words
        rest = self.citizens - len(elsewhere)
        shares = Counter({str(self.to.currentData()): rest} if rest else {})
        shares.update(who for who in elsewhere.values() if who)
        if len(shares) > 1:
            parts = [w.t("{name} {n}", name=self._names[who], n=n) for who, n in shares.items()]
            told = w.t("{n} citizens are handed over from {day}: {whom}", n=shares.total(), day=w.date(day),
                       whom=", ".join(parts))  # fmt: skip
            return told
        who, n = next(iter(shares.items()))
        return w.tn(
            "Handed over to {name} from {day}",
            "{n} citizens are handed over to {name} from {day}",
            n, name=self._names[who], day=w.date(day),
        )  # fmt: skip


def _about_note(w: Words, citizens: int) -> str:
    if citizens == 1:
        return w.t("Stands on the hand-over sheet. The citizen may read it.")
    return w.t(
        "Stands word for word on the hand-over sheet of each of the {n} citizens, and each of them may read it. Write "
        "nothing here that is only about one of them.", n=citizens,
    )  # fmt: skip
