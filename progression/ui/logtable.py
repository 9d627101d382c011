"""The access log as a table: when, who, what, about whom, why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
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
    """Read only."""

    def __init__(self) -> None:
        super().__init__(0, len(HEADS))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(HEADS)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, w: Words, lines: Sequence[Any], names: Mapping[str, str], accounts: Mapping[str, str]) -> None:
        """Show lines of the log; `names` maps citizens' ids to names, `accounts` those who acted."""
        self.setAccessibleName(w.t("Access log"))
        self.horizontalHeader().setAccessibleName(w.t("Access log"))
        self.setHorizontalHeaderLabels([w.t(text) for text in HEADS])
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            local = line.time.astimezone()
            when = w.t("{day} {time}", day=w.short_date(local.date()), time=w.clock(local))
            about = names.get(line.citizen or "", "")
            act = w.t(ACTS[line.act]) if line.act in ACTS else line.act
            purpose = ", ".join(purpose_text(w, part) for part in (line.purpose, line.detail) if part)
            for column, text in enumerate((when, accounts.get(line.account, line.account), act, about, purpose)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(place, column, item)
        self.restyle()

    def restyle(self) -> None:
        """Rows as high as the text."""
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.px(32))
        self.setFixedHeight(look.px(32) * (min(max(self.rowCount(), 1), 10) + 1) + 4)
