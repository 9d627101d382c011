"""The access log as a table: when, who, what, about whom, why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from progression.ui import theme
from progression.words import N_, Words

ACTS: dict[str, str] = {
    "view": N_("Viewed"),
    "search": N_("Searched"),
    "add": N_("Added"),
    "change": N_("Changed"),
    "export": N_("Exported"),
    "import": N_("Imported"),
    "delete": N_("Deleted"),
    "unlock": N_("Unlocked"),
    "create": N_("Made the database"),
    "check": N_("Checked"),
    "receive": N_("Received"),
    "settings": N_("Changed settings"),
    "backup": N_("Backed up"),
    "restore": N_("Restored"),
    "rebuild": N_("Rebuilt"),
    "report": N_("Made a report"),
}
PURPOSES: dict[str, str] = {
    "today": N_("Today"),
    "timeline": N_("Timeline"),
    "details": N_("The citizen's details"),
    "week": N_("The week's conversations"),
    "calendar": N_("Calendar file"),
    "interventions": N_("Interventions"),
    "team": N_("Team"),
    "duties": N_("Rules and deadlines"),
    "types": N_("Intervention types"),
    "category": N_("Category"),
    "categories": N_("Categories"),
    "plan": N_("My Plan"),
    "undo": N_("Undone"),
    "case closed": N_("The case closed"),
    "case reopened": N_("The case opened again"),
    "corrections": N_("Corrections of answers"),
    "classical measures": N_("Calculations"),
    "journal note": N_("Note for the journal"),
    "call-in list": N_("Call-in list"),
    "call-in letter": N_("Call-in letter"),
    "recovery key": N_("Recovery key"),
    "conversation": N_("Conversation"),
    "assessment": N_("Assessment"),
    "passphrase": N_("Passphrase"),
    "recovery": N_("Recovery key"),
    "flags first shown": N_("Attention points shown for the first time"),
    "demo": N_("Demo"),
    "report case": N_("Report for the case"),
    "shown to the citizen": N_("Shown to the citizen on the screen"),
    "report handover": N_("Hand-over sheet"),
    "handover": N_("Hand-over"),
    "handover taken back": N_("Hand-over taken back"),
    "caseload": N_("Caseloads"),
    "reviews": N_("Case reviews"),
    "review": N_("Case review"),
    "deep": N_("Every page of the file"),
    "pseudonymised": N_("Without names"),
    "estimates taken back": N_("Estimates taken back"),
}
_COUNTS = re.compile(r"new (\d+), unchanged (\d+), corrected (\d+)")
ROW, ROOM = 30, 620  # px at 100 %: of a row, and what five columns need
HEADS = (N_("When"), N_("Who"), N_("What"), N_("Citizen"), N_("Purpose"))


def purpose_text(w: Words, kept: str) -> str:
    """What the log keeps as a short English mark, in the reader's language; what is not known stays as it is."""
    counted = _COUNTS.fullmatch(kept)
    if counted:
        new, unchanged, corrected = counted.groups()
        return w.t(
            "{new} new, {corrected} corrected, {unchanged} unchanged",
            new=new,
            corrected=corrected,
            unchanged=unchanged,
        )
    kind, _space, name = kept.partition(" ")
    if kind == "setting" and name:
        return w.t("Setting {name}", name=name)
    if kind == "scale" and name:
        return w.t("Scale {name}", name=name)
    if kind == "estimates" and name and kept not in PURPOSES:
        return w.t("Estimates for {name}", name=name)
    if kept in PURPOSES:
        return w.t(PURPOSES[kept])
    return ", ".join(w.t(PURPOSES[part]) if part in PURPOSES else part for part in kept.split(", "))


class LogTable(QTableWidget):
    """Read only. Where there is no room for five columns a line says when, and beside it all the rest."""

    def __init__(self) -> None:
        super().__init__(0, len(HEADS) + 1)
        self.setObjectName("log")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(24)
        self._narrow: bool | None = None
        self._high = 0

    def show_lines(self, w: Words, lines: Sequence[Any], names: Mapping[str, str], accounts: Mapping[str, str]) -> None:
        """Show lines of the log; `names` maps citizens' ids to names, `accounts` those who acted."""
        self.setAccessibleName(w.t("Access log"))
        self.horizontalHeader().setAccessibleName(w.t("Access log"))
        self.setHorizontalHeaderLabels([*(w.t(text) for text in HEADS), w.t("Who, what and why")])
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            local = line.time.astimezone()
            when = w.t("{day} {time}", day=w.short_date(local.date()), time=w.clock(local))
            about = names.get(line.citizen or "", "")
            act = w.t(ACTS[line.act]) if line.act in ACTS else line.act
            purpose = ", ".join(purpose_text(w, part) for part in (line.purpose, line.detail) if part)
            told = (when, accounts.get(line.account, line.account), act, about, purpose)
            for column, text in enumerate((*told, " · ".join(part for part in told[1:] if part))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(place, column, item)
        self._narrow = None
        self.restyle()

    def show_height(self, high: int) -> None:
        """How high it may be, px: it scrolls inside, so that its head stays in view."""
        if high != self._high:
            self._high = high
            self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """Columns and rows as the text needs them."""
        self.setFont(theme.current().font("dense"))
        self.verticalHeader().setDefaultSectionSize(theme.current().px(ROW))
        self._narrow = None
        self._arrange()
        self._fit_height()

    def _arrange(self) -> None:
        narrow = self.width() < theme.current().px(ROOM)
        head = self.horizontalHeader()
        if narrow is not self._narrow:
            self._narrow = narrow
            for column in range(self.columnCount()):
                self.setColumnHidden(column, column in range(1, len(HEADS)) if narrow else column == len(HEADS))
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            for column in (0, 2):  # short words: what they need, and the rest to names and reasons
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(column, self._needs(column))
        if narrow:
            self.resizeRowsToContents()

    def _needs(self, column: int) -> int:
        metrics = QFontMetrics(self.font())
        items = (self.item(row, column) for row in range(self.rowCount()))
        head = self.horizontalHeaderItem(column)
        texts = [item.text() for item in (head, *items) if item is not None]
        return max((metrics.horizontalAdvance(text) for text in texts), default=80) + theme.current().px(20)

    def _fit_height(self) -> None:
        rows = self.verticalHeader().length() or theme.current().px(ROW)
        whole = self.horizontalHeader().sizeHint().height() + rows + 4
        self.setFixedHeight(max(theme.current().px(ROW) * 5, min(whole, self._high or theme.current().px(ROW) * 11)))
