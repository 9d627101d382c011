"""*Rapporter*: a document is looked at before it leaves the vault; a whole caseload is written without a freeze."""

from __future__ import annotations

import errno
import itertools
import os
import time

import pytest
from PySide6.QtCore import QMarginsF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from progression.desk import citizens, documents
from progression.desk.documents import KINDS
from progression.errors import KnownError
from progression.platform import files
from progression.store import queries
from progression.ui.reports.pdf import Pages


@pytest.fixture
def page(unlocked, settled, qtbot):
    """*Rapporter* in a window on invented citizens, with nobody chosen."""

    def open_(**preferences):
        window = unlocked(**{"language": "en", **preferences})
        window.do("page.reports")
        settled(window)
        return window.shell.current()

    return open_


def ask(page, operation, *args):
    """What an operation of the desk says, asked on the database thread."""
    found = []
    page.context.run(operation, *args, done=found.append)
    page.context.worker.wait()
    for _ in range(5):
        QGuiApplication.processEvents()
    return found[0]


def somebody(page):
    return ask(page, citizens.listing)[0]


def about(page, settled, citizen, kind="case"):
    """Choose a citizen, and the report for the case: long enough to turn its pages."""
    page.choice.choose_kind(kind)
    page.context.go("reports", citizen.citizen)
    settled(page.window())
    return page


def log(page, act):
    lines = ask(page, lambda session: queries.access_log(session.vault))
    return [(line.citizen, line.purpose, line.detail) for line in lines if line.act == act]


# looking


def test_nobody_is_chosen_and_the_page_says_what_to_do(page):
    shown = page()
    assert shown.made is None and not shown.save_button.isEnabled()
    assert "Find a citizen" in shown.preview.empty.text() and shown.choice.finder.hasFocus()


def test_a_citizen_is_found_by_typing(page, settled, qtbot):
    shown = page()
    one = somebody(shown)
    qtbot.keyClicks(shown.choice.finder, one.name[:7])
    qtbot.waitUntil(lambda: bool(shown.choice.finder.hits))
    assert {hit.kind for hit in shown.choice.finder.hits} == {"citizen"}
    qtbot.keyClick(shown.choice.finder, Qt.Key.Key_Return)
    settled(shown.window())
    assert shown.made is not None and shown.choice.name.text() == shown.made.name
    assert shown.window().shell.where == ("reports", shown.made.subject)


def test_the_pages_are_those_of_the_file_and_looking_is_a_view(page, settled):
    shown = page()
    one = somebody(shown)
    about(shown, settled, one)
    assert shown.made.data.startswith(b"%PDF") and len(shown.preview.pages) >= 2
    assert (one.citizen, "report case", "preview") in log(shown, "view")
    assert log(shown, "export") == []
    sheet = shown.preview.sheet
    assert sheet.accessibleName() == f"Page 1 of {len(shown.preview.pages)}"
    assert one.name in sheet.accessibleDescription()
    assert shown.preview.area.accessibleName() == f"To the case: {one.name}"


def test_pages_turn_by_keys_and_buttons(page, settled, qtbot):
    shown = page()
    about(shown, settled, somebody(shown))
    preview, said = shown.preview, []
    preview.said.connect(said.append)
    preview.sheet.setFocus()
    first = preview.sheet.accessibleDescription()
    qtbot.keyClick(preview.sheet, Qt.Key.Key_PageDown)
    assert preview.page == 1 and preview.sheet.accessibleDescription() != first and said == [preview.place.text()]
    qtbot.keyClick(preview.sheet, Qt.Key.Key_End)
    assert preview.page == len(preview.pages) - 1 and not preview.after.isEnabled()
    qtbot.keyClick(preview.sheet, Qt.Key.Key_PageDown)
    assert preview.page == len(preview.pages) - 1
    preview.before.click()
    qtbot.keyClick(preview.sheet, Qt.Key.Key_Home)
    assert preview.page == 0 and not preview.before.isEnabled()


def test_a_page_is_as_wide_as_the_room_or_as_one_likes(page, settled, qtbot):
    shown = page()
    about(shown, settled, somebody(shown))
    preview = shown.preview
    room = preview.area.viewport().width()
    assert room - 40 <= preview.sheet.width() <= room
    preview.sheet.setFocus()
    before = preview.sheet.width()
    qtbot.keyClick(preview.sheet, Qt.Key.Key_Minus)
    assert preview.sheet.width() < before and preview.percent.text() == f"{preview.zoom}%"
    for _ in range(9):
        qtbot.keyClick(preview.sheet, Qt.Key.Key_Plus)
    assert preview.zoom == 300
    qtbot.keyClick(preview.sheet, Qt.Key.Key_0)
    assert preview.zoom is None and preview.sheet.width() == before


def test_the_picture_is_sharp_on_a_fine_screen(page, settled, monkeypatch):
    shown = page()
    about(shown, settled, somebody(shown))
    preview = shown.preview
    monkeypatch.setattr(type(preview), "devicePixelRatioF", lambda _self: 2.0)
    before = preview.sheet.width()
    preview._draw()
    assert preview.sheet.width() == before and preview.sheet._image.width() >= 2 * (before - 34)


@pytest.mark.parametrize("key", [one.key for one in KINDS if one.about == "citizen"])
def test_every_kind_in_both_languages(page, settled, key):
    shown = page()
    about(shown, settled, somebody(shown))
    shown.choice.choose_kind(key)
    settled(shown.window())
    english = shown.made.data
    assert shown.made.kind.key == key and shown.made.language == "en"
    shown.choice.spoken.choose("da")
    shown.choice.changed.emit()
    settled(shown.window())
    assert shown.made.language == "da" and shown.made.data != english
    text = shown.made.kind.suffix == "txt"
    assert shown.copy_button.isVisible() == text and shown.print_button.isVisible() != text


def test_what_cannot_be_made_is_a_sentence_where_it_would_stand(page, settled, monkeypatch):
    def refuse(*_args):
        raise KnownError("journal.nothing")

    shown = page()
    monkeypatch.setattr(documents, "preview", refuse)
    about(shown, settled, somebody(shown))
    assert shown.made is None and shown.preview.empty.isVisible() and len(shown.preview.empty.text()) > 20
    assert shown.window().status.error == "" and not shown.save_button.isEnabled()


def test_coming_back_shows_the_citizen_opened_last(page, settled):
    shown = page()
    window, (one, two, *_) = shown.window(), ask(shown, citizens.listing)
    about(shown, settled, one)
    window.context.go("citizen", two.citizen)
    settled(window)
    window.do("page.reports")
    settled(window)
    assert shown.made.subject == two.citizen


def test_a_new_kind_joins_the_list(page, settled, monkeypatch):
    """A document about a team: the entry in the list is all it takes."""
    from progression.ui.reports import choice as report_choice

    def make(content, stamp, w):
        return f"{content} {stamp.made_on}".encode()

    report = documents.Kind("other", "Other", "Figures", "report", lambda _s, team: team, make, "team", "txt")
    monkeypatch.setattr(documents, "KINDS", (*KINDS, report))
    monkeypatch.setattr(report_choice, "KINDS", (*KINDS, report))
    shown = page(language="da")
    shown.choice.choose_kind("other")
    settled(shown.window())
    assert shown.choice.loads.isVisible() and not shown.choice.finder.isVisible()
    if shown.choice.loads.count():
        assert shown.made.text.startswith(shown.choice.subject)


# out of the vault


def test_saving_writes_what_is_shown_and_is_logged(page, settled, monkeypatch, tmp_path):
    shown = page()
    one = somebody(shown)
    about(shown, settled, one)
    asked = []

    def choose(_parent, title, suggested, kinds):
        asked.append((title, suggested, kinds))
        return str(tmp_path / "sag"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    shown.window().do("reports.save")
    settled(shown.window())
    ((title, suggested, _kinds),) = asked
    assert "leaves the encrypted database" in title
    assert one.number not in suggested and one.name not in suggested and suggested.endswith(".pdf")
    assert (tmp_path / "sag.pdf").read_bytes() == shown.made.data
    assert log(shown, "export") == [(one.citizen, "report case", "save")]


def test_a_place_that_cannot_be_written_is_told(page, settled, monkeypatch, tmp_path):
    shown = page()
    about(shown, settled, somebody(shown))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "no" / "x.pdf"), ""))
    shown.save()
    settled(shown.window())
    assert "x.pdf" in shown.window().status.error
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    shown.save()
    settled(shown.window())
    assert len(log(shown, "export")) == 1  # the one that was refused; giving up is no export


def printer_to(path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(200)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    return printer


def edges(picture):
    """Left, right, top and bottom of what is printed on a page, in pixels."""
    dark = [
        (x, y) for x in range(picture.width()) for y in range(picture.height())
        if picture.pixelColor(x, y).lightness() < 170
    ]  # fmt: skip
    across, down = [x for x, _y in dark], [y for _x, y in dark]
    return min(across), max(across), min(down), max(down)


def test_printing_prints_every_page_and_is_logged(page, settled, tmp_path):
    shown = page()
    one = somebody(shown)
    about(shown, settled, one)
    shown.print_on(printer_to(tmp_path / "paper.pdf"))
    settled(shown.window())
    printed = Pages((tmp_path / "paper.pdf").read_bytes())
    assert len(printed) == len(shown.preview.pages)
    wanted, found = (edges(pages.image(0, 0.5)) for pages in (shown.preview.pages, printed))
    assert all(abs(one - other) <= 2 for one, other in zip(wanted, found, strict=True))  # as large, in the same place
    assert log(shown, "export") == [(one.citizen, "report case", "print")]


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\)")
def test_a_printer_that_refuses_is_told(page, settled, tmp_path):
    shown = page()
    about(shown, settled, somebody(shown))
    shown.print_on(printer_to(tmp_path / "no" / "paper.pdf"))
    settled(shown.window())
    assert "printer" in shown.window().status.error


def test_a_note_is_copied_and_logged(page, settled):
    shown = page()
    one = somebody(shown)
    about(shown, settled, one)
    shown.choice.choose_kind("note")
    settled(shown.window())
    shown.window().do("reports.copy")
    settled(shown.window())
    assert QGuiApplication.clipboard().text() == shown.made.text.strip() == shown.preview.text.toPlainText().strip()
    assert log(shown, "export") == [(one.citizen, "journal note", "copy")]


def test_the_frame_of_a_note_is_as_high_as_its_lines(page, settled):
    shown = page()
    about(shown, settled, somebody(shown))
    shown.choice.choose_kind("note")
    settled(shown.window())
    text = shown.preview.text
    text.setPlainText("Aftalt: ringer til klinikken og tager bussen. " * 12)
    shown.preview._fit_text()
    settled(shown.window())
    line = text.fontMetrics().lineSpacing()
    lines = text.document().size().height()
    assert lines * line <= text.viewport().height() < (lines + 3) * line
    assert not text.verticalScrollBar().isVisible()
    shown.window().resize(1000, 560)  # no higher than there is room
    shown.window().set_percent(200)
    settled(shown.window())
    assert shown.preview.rect().bottom() >= text.mapTo(shown.preview, text.rect().bottomLeft()).y()


def test_nothing_is_left_on_the_disk_by_looking(page, settled, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    shown = page()
    about(shown, settled, somebody(shown))
    assert list((tmp_path / "tmp").iterdir()) == []


def test_locking_takes_the_document_away(page, settled):
    shown = page()
    about(shown, settled, somebody(shown))
    window = shown.window()
    window.lock()
    settled(window)
    assert window.shell.pages == {}


# a whole caseload


@pytest.fixture
def batch(page, settled):
    """The page with everybody's running cases chosen."""

    def open_(**preferences):
        shown = page(**preferences)
        shown.choice.choose_kind("callin")
        shown.window().do("reports.batch")
        settled(shown.window())
        shown.choice.loads.setCurrentIndex(shown.choice.loads.count() - 1)
        shown.choice.loads.activated.emit(shown.choice.loads.currentIndex())
        settled(shown.window())
        return shown

    return open_


def through(qtbot, shown):
    qtbot.waitUntil(lambda: not shown.batch.running, timeout=60_000)


def test_a_caseload_is_chosen_counted_and_written(batch, qtbot, tmp_path):
    shown = batch()
    count = len(shown.cases)
    assert shown.view._title.text() == f"Call-in letter for {count} citizens" and not shown.save_button.isVisible()
    shown.write_into(tmp_path / "ud")
    assert shown.batch.running and not shown.choice.whom.isEnabled() and shown.view.stop.isVisible()
    through(qtbot, shown)
    assert len(list((tmp_path / "ud").glob("*.pdf"))) == count == shown.view.list.count()
    assert shown.view.told.text().startswith(f"{count} files are written in") and not shown.view.go_on.isVisible()
    place = f"{tmp_path.name} › ud"  # where they are, so that a person knows it again; the whole of it on the tip
    assert place in shown.view.told.text() and str(tmp_path) not in shown.view.told.text()
    assert shown.view.told.toolTip() == str(tmp_path / "ud")
    assert sorted(log(shown, "export")) == sorted((case.citizen, "call-in letter", "batch") for case in shown.cases)


def test_stopping_keeps_what_is_written_and_going_on_does_the_rest(batch, qtbot, tmp_path):
    shown = batch()
    shown.batch.moved.connect(lambda: len(shown.batch.outcome.lines) >= 2 and shown.batch.cancel())
    shown.write_into(tmp_path / "ud")
    through(qtbot, shown)
    done = shown.batch.outcome.count("written")
    assert shown.batch.outcome.cancelled and 2 <= done < len(shown.cases) and "left" in shown.view.told.text()
    shown.batch.moved.disconnect()
    shown.batch.moved.connect(shown._batch_moved)
    shown.view.go_on.click()
    through(qtbot, shown)
    assert shown.batch.outcome.count("unchanged") == done and not shown.batch.outcome.left


def test_a_full_disk_half_way_is_a_sentence_and_a_list(batch, qtbot, tmp_path, monkeypatch):
    real, left = files.write_atomic, iter([True, True, False])

    def write(path, data, **options):
        if path.suffix == ".pdf" and not next(left, False):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path, data, **options)

    shown = batch()
    monkeypatch.setattr(files, "write_atomic", write)
    shown.write_into(tmp_path / "ud")
    through(qtbot, shown)
    assert "is full" in shown.view.why.text() and shown.view.list.count() == 2 and shown.view.go_on.isVisible()
    assert shown.choice.whom.isEnabled() and shown.window().status.error == ""


def test_a_file_held_by_another_program_stands_first_with_its_reason(batch, qtbot, tmp_path, monkeypatch):
    real = files.write_atomic
    shown = batch()
    held = shown.cases[3].number

    def write(path, data, **options):
        if held in path.name:
            raise PermissionError(errno.EACCES, "held")
        real(path, data, **options)

    monkeypatch.setattr(files, "write_atomic", write)
    shown.write_into(tmp_path / "ud")
    through(qtbot, shown)
    first = shown.view.list.item(0).text()
    assert held in first and "not written" in first and "close the program" in first
    marked = [not shown.view.list.item(n).icon().isNull() for n in range(shown.view.list.count())]
    assert marked == [True] + [False] * (len(shown.cases) - 1)
    assert shown.view.list.count() == len(shown.cases)


def test_a_bug_in_one_document_ends_the_batch_and_is_reported(batch, qtbot, tmp_path, monkeypatch):
    def break_(*_args):
        raise ZeroDivisionError

    shown = batch()
    errors = []
    shown.context.failed.connect(errors.append)
    shown.context.failed.disconnect(shown.window().say_error)
    monkeypatch.setattr(documents.Draft, "made", break_)
    shown.write_into(tmp_path / "ud")
    through(qtbot, shown)
    assert [type(error) for error in errors] == [ZeroDivisionError] and not shown.batch.running


def test_the_batch_goes_on_while_one_works_elsewhere(batch, qtbot, settled, tmp_path):
    shown = batch()
    window = shown.window()
    shown.write_into(tmp_path / "ud")
    window.do("page.today")
    qtbot.waitUntil(lambda: window.shell.where[0] == "today")
    through(qtbot, shown)
    assert not shown.batch.outcome.left
    settled(window)
    window.do("page.reports")
    settled(window)
    assert shown.view.told.isVisible()


def test_locking_in_the_middle_leaves_whole_files(batch, qtbot, settled, tmp_path):
    shown = batch()
    window = shown.window()
    shown.batch.moved.connect(lambda: len(shown.batch.outcome.lines) == 3 and window.lock())
    shown.write_into(tmp_path / "ud")
    qtbot.waitUntil(lambda: window.context.session is None)
    settled(window)
    found = list((tmp_path / "ud").glob("*.pdf"))
    assert found and all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in found)
    assert not list((tmp_path / "ud").glob(".*.part"))


@pytest.mark.slow
def test_the_window_answers_while_a_caseload_is_written(batch, qtbot, tmp_path):
    shown = batch()
    shown.choice.choose_kind("case")
    qtbot.waitUntil(lambda: not shown.context.worker.busy)
    beats = []
    clock = QTimer()
    clock.setInterval(50)
    # processor time of both threads: a thread kept waiting by the other is seen, other programs are not
    clock.timeout.connect(lambda: beats.append(time.process_time()))
    clock.start()
    shown.write_into(tmp_path / "ud")
    through(qtbot, shown)
    clock.stop()
    assert max(after - before for before, after in itertools.pairwise(beats)) < 0.5
