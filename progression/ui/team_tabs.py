"""More of *Team*: hand-over checklists, whom to call in, and the norms; what each tab lists and what it opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from progression.casework.checklists import HANDOVER
from progression.casework.norms import Norm
from progression.desk.callin import CallInPage
from progression.desk.handover import Ticking
from progression.ui import kit
from progression.ui.people_panels import Checklist
from progression.ui.register_panels import RegisterPanel
from progression.words import Words
from progression.words import duties as said
from progression.words import people as people_words
from progression.words.naming import called

AddEntry = Callable[[str, str, str, Callable[[], None]], None]  # key, title, line below, what it opens


@dataclass(frozen=True, slots=True)
class Lister:
    """Where a tab puts what it lists: `line(text, tone)`, `entry(key, title, below, act)`, and the layout itself."""

    words: Words
    box: QVBoxLayout
    line: Callable[[str, str], None]
    entry: AddEntry


# hand-overs


def fill_handovers(to: Lister, rows: tuple[Ticking, ...], names: Mapping[str, str], act: Callable[[Any], None]) -> None:
    """List the hand-overs of the last year: first those with something left of the checklist."""
    w = to.words
    left = [one for one in rows if one.left]
    if not rows:
        to.line(w.t("No open case has changed hands within a year."), "text-2")
        return
    lead = w.tn(
        "{n} hand-over has something left of its checklist.", "{n} hand-overs have something left of their checklist.",
        len(left),
    )  # fmt: skip
    to.line(lead if left else w.t("Every hand-over within a year is finished."), "text-2")
    to.box.addSpacing(8)
    for one in rows:
        title = called(w, one.name, one.number)
        to.entry(f"handover:{one.handover.citizen}", title, handed(w, one, names), partial(act, one))


def handed(w: Words, one: Ticking, names: Mapping[str, str]) -> str:
    """When, from whom to whom, and how much of the checklist is done."""
    row = one.handover
    former, now = (names.get(key, key) or w.t("nobody") for key in (row.from_person, row.to_person))
    who = w.t("{day}: from {former} to {now}", day=w.date(row.date), former=former, now=now)
    done = len(HANDOVER) - one.left
    told = w.t("{done} of {n} done", done=done, n=len(HANDOVER)) if one.left else w.t("everything is done")
    return w.t("{who}. {told}", who=who, told=told)


class TickPanel(RegisterPanel):
    """The checklist of a hand-over, ticked as things are done."""

    def __init__(self, words: Words, one: Ticking, names: Mapping[str, str]) -> None:
        super().__init__(words, words.t("Hand-over checklist"), words.t("Save the checklist"))
        self.one = one
        self.box.addWidget(kit.wrapped(called(words, one.name, one.number), "name"))
        self.box.addWidget(kit.wrapped(handed(words, one, names), "dense", "text-2"))
        if one.handover.note:
            self.box.addWidget(kit.wrapped(one.handover.note, "dense"))
        self.list = Checklist(words, people_words.HANDOVER_CHECKLIST, one.done)
        self.add_field("checklist", words.t("Checklist"), self.list)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.first().setFocus()

    def first(self) -> Any:
        """The first box that is not ticked, else the first one."""
        boxes = [made.box for made in self.list.boxes.values()]
        return next((box for box in boxes if not box.isChecked()), boxes[0])

    def send(self) -> None:
        from progression.desk import handover

        w = self.words
        told, name = w.t("The checklist is saved"), w.t("hand-over checklist")
        self.want(told, name, handover.tick, self.one.handover, self.list.done())


# whom to call in


def fill_call_in(to: Lister, page: CallInPage, mine: bool, act: Callable[[Any], None]) -> None:
    """List whom to call in, the oldest first: an overdue conversation, and none planned."""
    w = to.words
    rows = [one for one in page.rows if not mine or one.caseworker == page.me]
    if not rows:
        to.line(w.t("Nobody has to be called in: every overdue conversation is planned."), "text-2")
        return
    to.line(
        w.tn(
            "{n} citizen has an overdue conversation that is not planned.",
            "{n} citizens have an overdue conversation that is not planned.",
            len(rows),
        ),
        "text-2",
    )
    to.box.addSpacing(8)
    for one in rows:
        who = "" if mine else page.names.get(one.caseworker, one.caseworker)
        parts = (w.pick(one.duty.text), said.reason(w, one.duty, page.today), one.phone, who)
        title = called(w, one.name, one.number)
        to.entry(f"callin:{one.citizen}", title, " · ".join(part for part in parts if part), partial(act, one))


# norms


class NormsPanel(RegisterPanel):
    """How many citizens one caseworker is meant to have, by the citizens' age."""

    def __init__(self, words: Words, rows: tuple[Norm, ...]) -> None:
        from PySide6.QtWidgets import QLineEdit

        super().__init__(words, words.t("Norms for a caseload"), words.t("Save the norms"))
        t = words.t
        self.rows = rows
        lead = t("A recommendation and not law. A colleague's own norm comes first. The same on every device.")
        self.box.addWidget(kit.wrapped(lead, "dense", "text-2"))
        self.figures: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        for place, one in enumerate(rows, 1):
            low, high = QLineEdit(str(one.low)), QLineEdit(str(one.high))
            self.figures[one.code] = low, high
            name = words.pick(one.name)
            self.add_field(f"norms[{place}].low", t("{name}: at least", name=name), low)
            self.add_field(f"norms[{place}].high", t("{name}: at most", name=name), high)
        self.standard = kit.button(t("Back to standard"), "quiet", small=True)
        self.standard.clicked.connect(self._standard)
        self.box.addLayout(kit.row(self.standard, 1))
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.figures[self.rows[0].code][0].setFocus()

    def send(self) -> None:
        from progression.desk import caseload

        self.clear_faults()
        found: dict[str, tuple[int, int]] = {}
        fine = True
        for place, (code, fields) in reversed(list(enumerate(self.figures.items(), 1))):
            read = []
            for key, field in zip(("high", "low"), reversed(fields), strict=True):
                text = field.text().strip()
                if not text.isdecimal():
                    says = self.words.t("Write the norm as a number, such as {example}.", example="45")
                    self.fields[f"norms[{place}].{key}"].say(says)
                    fine = False
                read.append(int(text) if text.isdecimal() else 0)
            found[code] = read[1], read[0]
        if fine:
            w = self.words
            self.want(w.t("The norms are saved"), w.t("the norms"), caseload.set_norms, found)

    def _standard(self) -> None:
        from progression.desk import caseload

        self.clear_faults()
        w = self.words
        self.want(w.t("The norms are back to standard"), w.t("the norms"), caseload.standard_norms)
