"""The table of the page *Borger*: every answer, what happened beside it, and the history of corrections unfolded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from progression.casework.values import DECLINED, NOT_RATED
from progression.charts.happened import rows as happened_rows
from progression.charts.model import Chart
from progression.charts.phrases import NO_VALUE, rater_name
from progression.desk.corrections import Correction
from progression.desk.pages import CitizenPage
from progression.scales.model import Scale
from progression.ui.citizen.table import TableOfText, answer_rows
from progression.ui.conversation.header import mode_text
from progression.ui.kit import heading, link, set_text, wrapped
from progression.words import Words


def correction_row(w: Words, one: Correction, scales: dict[str, Scale]) -> list[str]:
    """Return what was corrected, what it was, what it is, who did it and when, as the table's cells."""
    scale = scales.get(one.scale)
    names = {i.code: w.pick(i.name) for i in scale.indicators} if scale else {}
    name = names.get(one.indicator, one.indicator)
    titles = {
        "answer": name,
        "note": w.t("Note to {indicator}", indicator=name),
        "remark": w.t("Note to the whole"),
        "date": w.t("Date"),
        "mode": w.t("How it was answered"),
        "all": w.t("The whole assessment"),
    }
    subject = w.t("{day}, {rater}: {what}", day=w.short_date(one.day), rater=rater_name(w, one.rater).lower(),
                  what=titles[one.what])  # fmt: skip
    before, after = (_value(w, one, value) for value in (one.before, one.after))
    if one.what == "all":
        before, after = (w.t("taken back"), w.t("put back")) if one.came_back else (NO_VALUE, w.t("taken back"))
    elif one.came_back:
        after = w.t("{value} (undone)", value=after)
    return [subject, before, after, one.who, w.t("{day} {clock}", day=w.short_date(one.when.date()),
            clock=w.clock(one.when))]  # fmt: skip


def _value(w: Words, one: Correction, value: int | str | None) -> str:
    if value is None:
        return w.t("nothing") if one.what in ("note", "remark", "mode") else w.t("not asked")
    if isinstance(value, int):
        return w.number(value, 0)
    if one.what == "answer":
        return {NOT_RATED: w.t("not rated"), DECLINED: w.t("declines")}.get(value, value)
    if one.what == "date":
        return w.short_date(date.fromisoformat(value))
    return mode_text(w, value) if one.what == "mode" else value


class Answers(QWidget):
    """Every answer as a table. `corrections_asked` when the history is unfolded; give it to `show_corrections`."""

    corrections_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table, self.happened, self.corrected = TableOfText(), TableOfText(), TableOfText()
        self.note = wrapped("", "small", "text-3")
        self.happened_heading = heading(3)
        self.history = link("")
        self.history.setCheckable(True)
        self.history_note = wrapped("", "small", "text-3")
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.history_note)
        inside.addWidget(self.corrected)
        self._inside.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.note)
        box.addWidget(self.table)
        box.addWidget(self.history, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._inside)
        box.addSpacing(8)
        box.addWidget(self.happened_heading)
        box.addWidget(self.happened)
        box.addStretch(1)
        self.history.toggled.connect(self._fold)

    def retranslate(self, w: Words) -> None:
        """Name the tables; what they hold is shown anew by whoever has it."""
        self.table.setAccessibleName(w.t("Every answer"))
        for part in (self.happened_heading, self.happened):
            part.setAccessibleName(w.t("Interventions, conversations and decisions"))
        self.happened_heading.setText(w.t("Interventions, conversations and decisions"))
        self.corrected.setAccessibleName(w.t("History of corrections"))
        self.history.setText(w.t("History of corrections"))
        self.history.setAccessibleName(w.t("History of corrections"))
        self.history.setChecked(False)  # what is unfolded is read anew, in the language in force

    def show_page(self, page: CitizenPage, chart: Chart, w: Words) -> None:
        """Show a citizen's answers and what happened beside them; a history that is unfolded is asked for anew."""
        self.table.table.show(*answer_rows(page.course, page.scale, w))
        self.table.fit()
        self.table.fit_height()
        head, *rows = happened_rows(chart, w)
        self.happened.table.show(head[1:], [row[0] for row in rows], [row[1:] for row in rows])
        self.happened.fit_texts()
        for part in (self.happened_heading, self.happened):
            part.setVisible(bool(rows))
        self.note.setText(w.t("The latest first. – is not rated or not asked; neither counts as low."))
        if self.history.isChecked():
            self._fold(True)

    def show_corrections(self, found: Sequence[Correction], scales: dict[str, Scale], w: Words) -> None:
        """Show the history that was asked for."""
        rows = [correction_row(w, one, scales) for one in found]
        heads = [w.t("It was"), w.t("It became"), w.t("Corrected by"), w.t("When")]
        self.corrected.table.show(heads, [row[0] for row in rows], [row[1:] for row in rows])
        self.corrected.fit_texts()
        self.corrected.keep_last_whole()
        self.corrected.setVisible(bool(rows))
        told = w.t("The latest first. What was undone is here too.") if rows else w.t("Nothing has been corrected.")
        set_text(self.history_note, told)
        self._inside.setVisible(self.history.isChecked())
        area = self.parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        if isinstance(area, QScrollArea) and self.history.isChecked():  # what was asked for comes into view
            QTimer.singleShot(0, self.history, lambda: area.ensureWidgetVisible(self._inside))

    def _fold(self, unfolded: bool) -> None:
        if unfolded:
            self.corrections_asked.emit()
        else:
            self._inside.hide()
