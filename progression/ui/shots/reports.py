"""Pictures of *Rapporter*: a document, a note, a caseload under way and done; and of a conversation with agreements."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from progression.ui.window.main import MainWindow


def take(window: MainWindow, citizen: str, grab: Callable[..., object], settle: Callable[[], None]) -> None:
    """Save the pictures. `citizen`: whose conversation was finished just before. Files go to a folder that is gone
    afterwards."""
    _agreed(window, citizen, grab, settle)
    _documents(window, citizen, grab, settle)
    with tempfile.TemporaryDirectory() as folder:
        place = "Dokumenter/Indkaldelser" if window.context.words.language == "da" else "Documents/Letters"
        _caseload(window, Path(folder) / place, grab, settle)


def _agreed(window: MainWindow, citizen: str, grab: Callable[..., object], settle: Callable[[], None]) -> None:
    from progression.ui.conversation.page import ConversationPage

    window.context.go("conversation", citizen)
    settle()
    page = window.shell.current() if window.shell else None
    assert isinstance(page, ConversationPage)
    agree, today = page.panel.agree, window.context.today
    line = agree.rows[0]
    line.what.setText("Ringer til klinikken")
    line.who.setCurrentIndex(2)
    line.by.put(today + timedelta(days=4))
    agree.talk.day.put(today + timedelta(days=21))
    agree.talk.time.setText("10.00")
    settle()
    page.panel.area.ensureWidgetVisible(agree)
    grab("conversation-agreeing")
    agree.save()
    settle()
    page.panel.area.ensureWidgetVisible(agree)
    grab("conversation-agreed")


def _documents(window: MainWindow, citizen: str, grab: Callable[..., object], settle: Callable[[], None]) -> None:
    from progression.ui.reports.page import ReportsPage

    window.context.go("reports", citizen)
    settle()
    page = window.shell.current() if window.shell else None
    assert isinstance(page, ReportsPage)
    for key in page.choice.kinds:
        page.choice.choose_kind(key)
        settle()
        grab(f"reports-{key}")


def _caseload(window: MainWindow, folder: Path, grab: Callable[..., object], settle: Callable[[], None]) -> None:
    """A caseload half-way, and done, with one name taken by something else."""
    from progression.desk.report_batch import Folder, Order
    from progression.ui.reports.page import ReportsPage

    page = window.shell.current() if window.shell else None
    assert isinstance(page, ReportsPage)
    page.choice.choose_kind("callin")
    window.do("reports.batch")
    settle()
    grab("reports-caseload")
    assert page.cases is not None
    names = Folder(Order("callin", page.choice.language(window.context.words), folder, page.cases))
    (folder / names.name_of(page.cases[0])).mkdir(parents=True)  # where a folder is, no file can be written
    page.write_into(folder)
    while page.batch.outcome is not None and len(page.batch.outcome.lines) < len(page.cases) // 2:
        QApplication.processEvents()
    grab("reports-running", picture=window.grab())
    while page.batch.running:
        QApplication.processEvents()
    settle()
    grab("reports-done")
