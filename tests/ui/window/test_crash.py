"""What escapes anywhere ends in one dialog, without a name in it, and one can go on."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qCritical, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from progression.errors import KnownError
from progression.ui import saying
from progression.ui.saying import BugDialog
from progression.ui.window.crash import QtFault, Watch
from progression.words import Words

NAME = "Karsten Bøgh Mikkelsen 140680-1233"


@pytest.fixture
def watch(qapp, monkeypatch):
    for name in ("QT_LOGGING_RULES", "QT_FORCE_STDERR_LOGGING"):
        monkeypatch.delenv(name, raising=False)
    told = []
    made = Watch(told.append)
    made.told = told
    yield made
    made.end()
    made.deleteLater()


def broken():
    raise ValueError(NAME)


def caught(work):
    try:
        work()
    except Exception as error:
        return error
    raise AssertionError


def test_what_escapes_is_told_in_the_windows_thread(watch, qtbot):
    error = caught(broken)
    sys.excepthook(ValueError, error, error.__traceback__)
    assert watch.told == []  # not in the middle of whatever went wrong
    qtbot.waitUntil(lambda: watch.told == [error])


def test_what_ends_another_thread_is_told_too(watch, qtbot):
    thread = threading.Thread(target=broken, name=NAME)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(watch.told) == 1)
    told = saying.report(watch.told[0])
    assert "ValueError" in told and "test_crash.py" in told and "broken" in told
    assert "Karsten" not in told and "140680" not in told


def test_ctrl_c_in_the_terminal_is_no_fault(watch, qtbot):
    passed = []
    watch._before = (lambda *given: passed.append(given), watch._before[1])
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(passed) == 1
    error = caught(broken)
    sys.excepthook(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(watch.told))
    assert watch.told == [error]  # what is told keeps its order: nothing was on its way before this one
    watch._before = (sys.__excepthook__, watch._before[1])


def test_a_complaint_of_qt_is_counted_and_its_text_goes_nowhere(watch, qtbot, capfd):
    qWarning(NAME)
    qWarning(NAME)
    assert dict(watch.complaints) == {"default": 2}
    qCritical(NAME)
    qtbot.waitUntil(lambda: len(watch.told) == 1)
    said = saying.report(watch.told[0])
    assert "QtFault (default)" in said and "Karsten" not in said
    out, err = capfd.readouterr()
    assert "Karsten" not in out + err


def test_only_grave_things_of_qt_are_faults(watch, qtbot):
    context = QMessageLogContext()
    for kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg, QtMsgType.QtWarningMsg):
        watch._qt_said(kind, context, "x")
    watch._qt_said(QtMsgType.QtCriticalMsg, context, None)
    qtbot.waitUntil(lambda: bool(watch.told))
    assert [type(error) for error in watch.told] == [QtFault]


def test_whoever_wants_to_read_qts_log_reads_it(qapp, monkeypatch):
    monkeypatch.setenv("QT_LOGGING_RULES", "qt.widgets.painting=true")
    watch = Watch(lambda _error: None)
    assert not watch._watches_qt
    watch.end()


def test_a_fault_in_telling_is_told_once(qapp, qtbot):
    times = []

    def tell(error):
        times.append(error)
        sys.excepthook(type(error), error, None)

    watch = Watch(tell)
    sys.excepthook(ValueError, ValueError(), None)
    qtbot.waitUntil(lambda: len(times) >= 1)
    watch.end()
    watch.deleteLater()


def test_everything_is_put_back(qapp):
    before = sys.excepthook, threading.excepthook
    watch = Watch(lambda _error: None)
    assert sys.excepthook != before[0]
    watch.end()
    assert (sys.excepthook, threading.excepthook) == before
    watch.deleteLater()


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_fault_in_every_repaint_is_one_dialog(unlocked, language):
    window = unlocked(language=language)
    for _ in range(40):
        window.say_error(caught(broken))
    (dialog,) = window.findChildren(BugDialog)
    report = dialog.findChild(QPlainTextEdit).toPlainText()
    assert report.count("ValueError") == 1
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "40" in texts and "Karsten" not in texts + report
    window.say_error(caught(lambda: {}["x"]))
    assert "KeyError" in dialog.findChild(QPlainTextEdit).toPlainText()
    dialog.close()


def button(dialog, english):
    text = Words("en").t(english)
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_one_can_go_on_with_the_work(unlocked, settled):
    window = unlocked(language="en")
    window.say_error(caught(broken))
    dialog = window.findChild(BugDialog)
    assert button(dialog, "Go on working").hasFocus() or not dialog.isActiveWindow()
    button(dialog, "Copy the report").click()
    assert "ValueError" in QGuiApplication.clipboard().text()
    button(dialog, "Go on working").click()
    assert not dialog.isVisible()
    window.context.go("team")
    settled(window)
    assert window.shell.where[0] == "team" and window.isVisible()


def test_or_close_and_find_everything_again(unlocked, settled):
    window = unlocked(language="en")
    window.say_error(caught(broken))
    button(window.findChild(BugDialog), "Close Progression").click()
    assert not window.isVisible()


def test_a_known_error_is_no_fault(unlocked):
    window = unlocked(language="da")
    window.say_error(KnownError("citizen.gone"))
    assert window.findChildren(BugDialog) == []


@pytest.mark.parametrize("percent", [80, 100, 200])
def test_the_dialog_cuts_nothing_however_large_the_text(look, qtbot, percent):
    look("light", percent)
    dialog = BugDialog(Words("da"), RuntimeError("x"))
    qtbot.addWidget(dialog)
    dialog.add(RuntimeError("x"))
    dialog.show()
    qtbot.waitUntil(dialog.isVisible)
    said = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert len(said) == 4
    for label in said:
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    for part in dialog.findChildren(QPushButton):
        assert dialog.rect().contains(part.geometry()) and part.height() >= 24
        assert part.width() >= part.sizeHint().width()
