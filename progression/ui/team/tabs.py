"""More of *Team*: hand-over checklists, whom to call in, and the norms; what each tab lists and what it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from progression.casework.checklists import HANDOVER
from progression.casework.norms import Norm
from progression.casework.values import Person
from progression.desk.callin import CallInPage
from progression.desk.caseload import Responsibility
from progression.desk.handover import Ticking
from progression.desk.reviews import Drawn
from progression.desk.team import TeamPage
from progression.ui import kit
from progression.ui.panels.people import Checklist
from progression.ui.panels.register import RegisterPanel
from progression.ui.team import rows as team_rows
from progression.ui.team.table import Column, Columns, TableHead
from progression.words import Words
from progression.words import duties as said
from progression.words import people as people_words
from progression.words.naming import called

Cells = Sequence[str]
AddEntry = Callable[[str, str, str, Callable[[], None], Columns, Cells], None]  # key, title, line below, what it opens


@dataclass(frozen=True, slots=True)
class Lister:
    """Where a tab puts what it lists: `line(text, tone)`, `entry(key, title, below, act, columns, cells)`, and the
    layout itself."""

    words: Words
    box: QVBoxLayout
    line: Callable[[str, str], None]
    entry: AddEntry

    def head(self, columns: Columns) -> Columns:
        """Put the heads of a table; its columns."""
        self.box.addWidget(TableHead(columns))
        return columns


# colleagues


def fill_colleagues(
    to: Lister, value: TeamPage, open_: Callable[[Responsibility], None], look: Callable[[Person], None]
) -> None:
    """List whose case nobody has, and the colleagues team by team, by name."""
    w, loads = to.words, value.loads
    without = loads.without
    to.line(people_words.without_caseworker(w, len(without)), "error" if without else "text-2")
    if without:
        table = to.head(
            (
                Column(w.t("Citizen"), 190),
                Column(w.t("Changes"), 170),
                Column(w.t("Days without a caseworker"), 90, figures=True),
            )
        )
        for one in without:
            cells = (team_rows.case(w, one), team_rows.changes(w, one), str(one.without or ""))
            below = team_rows.history(w, one)
            to.entry(f"case:{one.citizen}", team_rows.case(w, one), below, partial(open_, one), table, cells)
    for told in coming(w, value):
        to.line(told, "text")
    teams = {row.key: row for row in loads.teams}
    for team in sorted({p.team for p in value.colleagues}, key=str.casefold):
        to.box.addSpacing(20)
        title = team_rows.team_title(w, teams[team]) if team in teams else team or w.t("(no team)")
        to.box.addWidget(kit.heading(2, title))
        to.box.addSpacing(4)
        table = to.head(_colleague_columns(w))
        for person in (p for p in value.colleagues if p.team == team):
            name, below = team_rows.colleague(w, value, person)
            to.entry(
                person.person, name, below, partial(look, person), table, team_rows.colleague_cells(w, value, person)
            )
    if not value.colleagues:
        to.line(w.t("There are no colleagues yet. Add the first one, or import people.csv."), "text-2")
    to.box.addSpacing(16)
    to.line(people_words.norms(w, loads.norms), "text-3")


def coming(w: Words, value: TeamPage, person: str = "") -> list[str]:
    """Say which hand-overs are to come, the next first; with a person key, those from or to that colleague."""
    names, nobody = value.reviews.people, w.t("nobody")
    rows = [one.handover for one in value.handovers if one.handover.date > value.loads.today]
    found = Counter((row.date, row.from_person, row.to_person) for row in rows)
    return [
        w.tn(
            "From {day} {n} citizen goes from {former} to {now}.", "From {day} {n} citizens go from {former} to {now}.",
            n, day=w.date(day), former=names.get(former, former) or nobody, now=names.get(now, now) or nobody,
        )
        for (day, former, now), n in sorted(found.items())
        if person in ("", former, now)
    ]  # fmt: skip


def _colleague_columns(w: Words) -> Columns:
    return (
        Column(w.t("Colleague"), 150),
        Column(w.t("Role"), 110),
        Column(w.t("Citizens"), 70, figures=True),
        Column(w.t("Norm"), 110),
        Column(w.t("The citizens' caseworker changes"), 210),
        Column(w.t("Days without a caseworker"), 90, figures=True),
    )


# case reviews


def fill_reviews(to: Lister, value: TeamPage, act: Callable[[Drawn], None]) -> None:
    """List the year's sample, by caseworker and citizen."""
    w, page = to.words, value.reviews
    done = sum(row.review is not None for row in page.rows)
    lead = w.t(
        "{year}: {done} of {n} cases have been reviewed. Up to {per} cases of each caseworker are drawn by lot, "
        "the same on every device.", year=str(page.year), done=done, n=len(page.rows), per=page.per_caseworker,
    )  # fmt: skip
    to.line(lead, "text-2")
    to.box.addSpacing(8)
    if not page.rows:
        return
    table = to.head(
        (
            Column(w.t("Citizen"), 170), Column(w.t("Caseworker"), 130), Column(w.t("Reviewed"), 150),
            Column(w.t("What was seen"), 250),
        )
    )  # fmt: skip
    for row in page.rows:
        title, told = team_rows.case(w, row.case), team_rows.review(w, value, row)
        cells = (title, *team_rows.review_cells(w, value, row))
        to.entry(row.case.citizen, title, told, partial(act, row), table, cells)


# hand-overs


def fill_handovers(to: Lister, rows: tuple[Ticking, ...], names: Mapping[str, str], act: Callable[[Any], None]) -> None:
    """List the hand-overs of the last year: first those with something left of the checklist."""
    w = to.words
    left = [one for one in rows if one.left]
    if not rows:
        to.line(w.t("No open case has changed hands within a year."), "text-2")
        return
    lead = w.tn(
        "{n} hand-over has an unfinished checklist.", "{n} hand-overs have unfinished checklists.",
        len(left),
    )  # fmt: skip
    to.line(lead if left else w.t("Every hand-over within a year is finished."), "text-2")
    to.box.addSpacing(8)
    table = to.head(
        (
            Column(w.t("Citizen"), 190), Column(w.t("First day"), 120), Column(w.t("From"), 130),
            Column(w.t("To"), 130), Column(w.t("Checklist"), 120),
        )
    )  # fmt: skip
    for one in rows:
        title, row = called(w, one.name, one.number), one.handover
        former, now = _from_to(w, one, names)
        cells = (title, w.date(row.date), former, now, _ticked(w, one))
        to.entry(f"handover:{row.citizen}", title, handed(w, one, names), partial(act, one), table, cells)


def handed(w: Words, one: Ticking, names: Mapping[str, str]) -> str:
    """When, from whom to whom, and how much of the checklist is done."""
    row = one.handover
    former, now = _from_to(w, one, names)
    who = w.t("{day}: from {former} to {now}", day=w.date(row.date), former=former, now=now)
    return w.t("{who}. {told}", who=who, told=_ticked(w, one))


def _from_to(w: Words, one: Ticking, names: Mapping[str, str]) -> tuple[str, str]:
    row, nobody = one.handover, w.t("nobody")
    return names.get(row.from_person, row.from_person) or nobody, names.get(row.to_person, row.to_person) or nobody


def _ticked(w: Words, one: Ticking) -> str:
    done = len(HANDOVER) - one.left
    return w.t("{done} of {n} done", done=done, n=len(HANDOVER)) if one.left else w.t("everything is done")


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
    table = to.head(
        (
            Column(w.t("Citizen"), 170), Column(w.t("Phone"), 90), Column(w.t("Deadline"), 130),
            Column(w.t("Why"), 250), Column(w.t("Caseworker"), 130),
        )[: 4 if mine else 5]
    )  # fmt: skip
    for one in rows:
        who = "" if mine else page.names.get(one.caseworker, one.caseworker)
        asked, why = w.pick(one.duty.text), said.reason(w, one.duty, page.today)
        title, parts = called(w, one.name, one.number), (asked, why, one.phone, who)
        due = w.date(one.duty.due) if one.duty.due is not None else ""
        cells = (title, one.phone, due, f"{asked}: {why}", who)[: len(table)]
        below = " · ".join(part for part in parts if part)
        to.entry(f"callin:{one.citizen}", title, below, partial(act, one), table, cells)


# norms


class NormsPanel(RegisterPanel):
    """How many citizens one caseworker is meant to have, by the citizens' age."""

    def __init__(self, words: Words, rows: tuple[Norm, ...]) -> None:
        from PySide6.QtWidgets import QLineEdit

        super().__init__(words, words.t("Norms for a caseload"), words.t("Save the norms"))
        t = words.t
        self.rows = rows
        lead = t(
            "A recommendation and not law. A colleague's own norm comes first. The norms are the same on every device."
        )
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
