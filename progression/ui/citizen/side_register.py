"""Parts of the side of a citizen's page that the register added: plan, decisions, small steps, screenings, the case."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from progression.casework.plan import is_hold, overdue, standing, text_of
from progression.casework.values import Decision, Note
from progression.charts import came
from progression.charts.phrases import intervention_name
from progression.desk.pages import CitizenPage
from progression.ui.citizen.side_parts import two_lines
from progression.ui.kit import column, label, link, row, wrapped
from progression.words import Words
from progression.words import flags as flag_words
from progression.words import register as said
from progression.words.flags import CHOICES

_SHOWN = 3  # of small steps and screenings; the rest unfold


def plan(page: CitizenPage, w: Words, box: QVBoxLayout) -> None:
    """Add the plan in short."""
    now = standing(page.course.plan, page.today)
    if now.goal is not None:
        box.addWidget(wrapped(text_of(now.goal.now), "dense"))
        if is_hold(now.goal.now):
            box.addWidget(wrapped(w.t("The goal is to hold the level."), "small", "text-2"))
    else:
        box.addWidget(wrapped(w.t("No goal is written yet."), "dense", "text-2"))
    open_, late = len(now.agreements), len(overdue(now, page.today))
    if open_:
        text = w.tn("{n} agreement", "{n} agreements", open_)
        over = w.tn("{n} past its date", "{n} past their date", late) if late else ""
        box.addWidget(wrapped(", ".join(part for part in (text, over) if part), "small", "error" if late else "text-2"))


def decision(w: Words, one: Decision, page: CitizenPage) -> QVBoxLayout:
    """Return one decision with what came of it."""
    box = column(0)
    line = QHBoxLayout()
    line.addWidget(label(f"◆  {w.t(CHOICES[one.choice])}", "dense"))
    line.addStretch(1)
    line.addWidget(label(w.short_date(one.date), "small", "text-3"))
    box.addLayout(line)
    parts = (about(w, one, page), one.reason.rstrip("."))
    texts = ". ".join(part for part in parts if part)
    after = came.sentences(page.course, one, page.trajectory, page.today, w)
    shown = ". ".join(part for part in (texts, after) if part)
    if shown:
        box.addWidget(wrapped(shown, "small", "text-2"))
    if one.follow_up is not None and one.follow_up >= page.today:
        box.addWidget(label(w.t("Looked at again {day}", day=w.date(one.follow_up)), "small", "text-2"))
    return box


def running(w: Words, page: CitizenPage) -> list[tuple[str, str]]:
    """Return (id, name) of what runs on the page's day."""
    rows = [i for i in page.course.interventions if i.start <= page.today and (i.end is None or i.end > page.today)]
    return [(one.id, intervention_name(w, one, page.types)) for one in rows]


def about(w: Words, one: Decision, page: CitizenPage) -> str:
    """Return what a decision was about, in words; "" for the course or what is no longer known."""
    kind, _, key = one.about.partition(":")
    if kind == "flag":
        flag = next((f for f in page.flags if f.id == key), None)
        return flag_words.title(w, flag) if flag else ""
    found = next((i for i in page.course.interventions if kind == "intervention" and i.id == key), None)
    return intervention_name(w, found, page.types) if found else ""


def notes(page: CitizenPage, w: Words, kind: str, box: QVBoxLayout) -> None:
    """Add the small steps or the screenings, the latest first."""
    found = sorted(
        (n for n in page.course.notes if n.kind == kind and n.date <= page.today),
        key=lambda n: (n.date, n.event),
        reverse=True,
    )
    for one in found[:_SHOWN]:
        box.addLayout(_note(w, one, page))
    if len(found) <= _SHOWN:
        return
    rest = QWidget()
    inside = QVBoxLayout(rest)
    inside.setContentsMargins(0, 0, 0, 0)
    for one in found[_SHOWN:]:
        inside.addLayout(_note(w, one, page))
    rest.hide()
    fold = link(w.tn("{n} earlier", "{n} earlier", len(found) - _SHOWN))
    fold.setCheckable(True)
    fold.toggled.connect(rest.setVisible)
    box.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
    box.addWidget(rest)


def _note(w: Words, one: Note, page: CitizenPage) -> QVBoxLayout:
    signed = page.names.get(one.signed, one.signed)
    who = said.profession(w, one.profession)
    parts = [w.short_date(one.date), who, w.t("signed by {name}", name=signed) if signed else ""]
    text = said.screening(w, one) if one.kind == "screening" else one.text
    return two_lines(text, ", ".join(part for part in parts if part), "text-3")


def case(
    page: CitizenPage, w: Words, box: QVBoxLayout, close: Callable[[], None], reopen: Callable[[], None]
) -> QPushButton:
    """Add what the case is: open, or closed since when and in what; return the button that changes it."""
    from progression.desk import closing

    citizen = page.course.citizen
    for gap in closing.earlier(page.course):
        if gap.end is not None:
            text = w.t("Closed {start} to {end}", start=w.short_date(gap.start), end=w.short_date(gap.end))
            box.addWidget(wrapped(". ".join(p for p in (text, gap.reason, gap.ended_because) if p), "small", "text-2"))
    if citizen.case_closed is None:
        made = link(w.t("Close the case"))
        made.clicked.connect(lambda _on=False: close())
    else:
        ahead = citizen.case_closed > page.today
        day = w.date(citizen.case_closed)
        text = w.t("The case closes {day}", day=day) if ahead else w.t("The case closed {day}", day=day)
        ended = w.t(closing.OUTCOMES[citizen.outcome]) if citizen.outcome else ""
        box.addWidget(wrapped(". ".join(p for p in (text, ended, citizen.closed_reason) if p), "dense"))
        made = link(w.t("Open the case again"))
        made.clicked.connect(lambda _on=False: reopen())
    box.addLayout(row(made, 1))
    return made
