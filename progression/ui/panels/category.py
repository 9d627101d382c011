"""The side panel that lets a citizen enter another category, and the line that opens it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout

from progression.charts.phrases import period
from progression.desk.pages import CitizenPage
from progression.ui.kit import link, wrapped
from progression.ui.panels.fields import DateField
from progression.ui.panels.register import RegisterPanel, narrow
from progression.words import Words

_DAY = timedelta(days=1)
_SHOWN = 3  # of the categories so far


class CategoryPanel(RegisterPanel):
    """Enter a category from a day; the one before ends the day before."""

    def __init__(self, words: Words, page: CitizenPage) -> None:
        super().__init__(words, words.t("Change category"), words.t("Save"))
        t = words.t
        self.citizen = page.course.citizen.citizen
        self.category, self.date = narrow(QComboBox()), DateField(words, page.today)
        self.category.addItem(t("Choose a category"), "")
        for one in page.categories.on(page.today):
            self.category.addItem(words.pick(one.name), one.code)
        self.date.put(page.today)
        self.box.addWidget(wrapped(t("The category before ends the day before."), "dense"))
        self.add_field("category", t("New category"), self.category)
        self.add_field("start", t("First day"), self.date)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.category.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        from progression.desk import memberships

        self.clear_faults()
        day, fine = self.day("start")
        if fine and day is not None:
            told, undo = self.words.t("The category is saved"), self.words.t("change of category")
            self.want(told, undo, memberships.enter, self.citizen, str(self.category.currentData() or ""), day)


def part(
    page: CitizenPage, w: Words, box: QVBoxLayout, open_: Callable[[], None], choose: Callable[[], None]
) -> QPushButton | None:
    """Add the categories so far, the latest first; return the link that changes it. Where no set is in force it leads
    to where one is chosen (`choose`); None where the case is closed."""
    rows = sorted((c for c in page.course.categories if c.start <= page.today), key=lambda c: c.start, reverse=True)
    for place, one in enumerate(rows[:_SHOWN]):
        named = page.categories.named(one.category)
        name = w.pick(named) if named else one.category
        days = [day for day in (one.end, rows[place - 1].start - _DAY if place else None) if day is not None]
        when = period(w, one.start, min(days, default=None), short=True)
        box.addWidget(wrapped(f"{name}, {when}", "dense"))
    if not rows:
        box.addWidget(wrapped(w.t("No category"), "dense", "text-2"))
    if page.course.citizen.case_closed is not None:
        return None
    if page.categories.on(page.today):
        made = link(w.t("Change category") if rows else w.t("Enter a category"))
        made.clicked.connect(lambda _on=False: open_())
    else:
        told = w.t("The municipality's categories are chosen once, in Settings. After that a citizen can enter one.")
        box.addWidget(wrapped(told, "small", "text-2"))
        made = link(w.t("Choose categories in Settings"), gives=True)
        made.clicked.connect(lambda _on=False: choose())
    box.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
    return made
