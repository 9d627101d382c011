"""The table of the page *Borger*: every answer, what happened beside it, and the history of corrections unfolded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from progression.charts.corrected import told
from progression.charts.happened import rows as happened_rows
from progression.charts.model import Chart
from progression.desk.corrections import Correction
from progression.desk.pages import CitizenPage
from progression.scales.model import Scale
from progression.ui.citizen.table import TableOfText, answer_rows
from progression.ui.kit import heading, link, set_text, wrapped
from progression.words import Words


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
        self.happened.name_heads(head[0])
        self.happened.table.show(head[1:], [row[0] for row in rows], [row[1:] for row in rows])
        self.happened.fit_texts()
        for part in (self.happened_heading, self.happened):
            part.setVisible(bool(rows))
        self.note.setText(w.t("The latest first. – is not rated or not asked; neither counts as low."))
        if self.history.isChecked():
            self._fold(True)

    def show_corrections(self, found: Sequence[Correction], scales: dict[str, Scale], w: Words) -> None:
        """Show the history that was asked for."""
        cells = [told(w, one, scales) for one in found]
        rows = [[one.what, one.before, one.after, one.who, one.when] for one in cells]
        heads = [w.t("It was"), w.t("It became"), w.t("Corrected by"), w.t("When")]
        self.corrected.table.show(heads, [row[0] for row in rows], [row[1:] for row in rows])
        self.corrected.fit_texts()
        self.corrected.keep_last_whole()
        self.corrected.setVisible(bool(rows))
        summed = w.t("The latest first. What was undone is here too.") if rows else w.t("Nothing has been corrected.")
        set_text(self.history_note, summed)
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
