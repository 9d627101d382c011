"""The recovery key in the first start: printed, saved as PDF, copied for a minute, then nowhere."""

from __future__ import annotations

import pytest
from caseload import PASSPHRASE
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from progression.ui.start.key import CLEARED_AFTER


@pytest.fixture
def step(open_window, settled, tmp_path):
    """The step, with a vault just made behind it."""
    window = open_window(tmp_path / "data" / "vault", language="da")
    start = window.start
    start.show_step(start.account)
    for field, text in ((start.account.name, "Mette"), (start.account.first, PASSPHRASE),
                        (start.account.second, PASSPHRASE)):  # fmt: skip
        field.setText(text)
    start.account.primary.click()
    settled(window)
    start.key.window_of_test = window
    return start.key


def told(step):
    return step._told.text() if not step._told.isHidden() else ""


def choose(monkeypatch, path):
    asked = []

    def answer(*given):
        asked.append(given)
        return str(path), "PDF (*.pdf)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(answer))
    return asked


def test_saving_says_that_the_file_leaves_the_database_and_what_to_do_with_it(step, settled, monkeypatch, tmp_path):
    asked = choose(monkeypatch, tmp_path / "nøgle")
    step.save_button.click()
    settled(step.window_of_test)
    assert "forlader" in asked[0][1] and asked[0][2] == "Gendannelsesnøgle.pdf"
    assert (tmp_path / "nøgle.pdf").read_bytes().startswith(b"%PDF-")
    assert "nøgle.pdf" in told(step) and "ikke krypteret" in told(step)


def test_not_choosing_writes_nothing(step, settled, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    step.save_button.click()
    settled(step.window_of_test)
    assert told(step) == ""


def test_a_folder_that_cannot_be_written_is_told_and_the_key_stays(step, settled, monkeypatch, tmp_path):
    choose(monkeypatch, tmp_path / "no" / "key.pdf")
    key = step.key.text()
    step.save_button.click()
    settled(step.window_of_test)
    assert told(step) and step.key.text() == key
    assert step.window_of_test.status.error == ""


def test_it_is_printed_without_a_file_of_ones_own(step, settled, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))  # what a printer would get
    step.print_on(printer)
    settled(step.window_of_test)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert "printeren" in told(step)
    others = [p.name for p in (tmp_path / "data").rglob("*.pdf")]
    assert others == []


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_fails_is_told(step, settled, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "none" / "printed.pdf"))
    step.print_on(printer)
    settled(step.window_of_test)
    assert told(step) and not told(step).startswith("Sendt")


def test_the_clipboard_is_cleared_after_a_minute(step, qtbot):
    board = QGuiApplication.clipboard()
    assert CLEARED_AFTER <= 60_000
    step._clearing.setInterval(20)
    step.copy.click()
    assert board.text() == step.key.text()
    assert board.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    assert step.copy.text() == "Nøglen er kopieret"
    qtbot.waitUntil(lambda: board.text() == "")
    assert step.copy.text() == "Kopiér nøglen"


def test_what_was_copied_since_is_left_alone(step, qtbot):
    board = QGuiApplication.clipboard()
    step._clearing.setInterval(20)
    step.copy.click()
    board.setText("noget andet")
    qtbot.waitUntil(lambda: not step._clearing.isActive())
    assert board.text() == "noget andet"


def test_leaving_the_step_forgets_the_key_everywhere(step, settled):
    step.copy.click()
    key = step.key.text()
    step.window_of_test.start._finish(step.window_of_test.start._opened, "")
    settled(step.window_of_test)
    assert key not in QGuiApplication.clipboard().text()


def test_the_buttons_are_named_and_fit_in_both_languages_at_every_size(step, settled):
    window = step.window_of_test
    for language in ("da", "en"):
        window.set_language(language)
        for percent in (100, 200):
            window.set_percent(percent)
            settled(window)
            for button in (step.print_button, step.save_button, step.copy):
                assert button.accessibleName() == button.text()
                assert button.width() >= button.minimumSizeHint().width()
                assert window.rect().right() >= button.mapTo(window, button.rect().topRight()).x()
