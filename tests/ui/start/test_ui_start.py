"""The first start, screen by screen, on a real vault."""

from __future__ import annotations

import pytest
from caseload import PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from progression.ui.start.strength import FEWEST, bits, judge
from progression.words import Words


@pytest.fixture
def start(open_window, tmp_path):
    def open_(**preferences):
        window = open_window(tmp_path / "data" / "vault", **preferences)
        assert window.start is not None
        return window

    return open_


def fill(step, name="Mette Holm", first=PASSPHRASE, second=PASSPHRASE):
    step.name.setText(name)
    step.first.setText(first)
    step.second.setText(second)


def make(window, settled):
    window.start.show_step(window.start.account)
    fill(window.start.account)
    window.start.account.primary.click()
    settled(window)
    return window.start


def test_the_language_changes_before_ones_eyes(start):
    window = start(language="da")
    step = window.start.current()
    assert step is window.start.language
    assert step.head.text() == "Velkommen til Progression"
    step.choices["en"].setChecked(True)
    assert step.head.text() == "Welcome to Progression"
    assert window.kept[-1].language == "en"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name": " "}, "name"),
        ({"first": "kort", "second": "kort"}, "first"),
        ({"first": "", "second": ""}, "first"),
        ({"second": PASSPHRASE + "x"}, "second"),
        ({"second": ""}, "second"),
    ],
)
def test_what_is_missing_is_said_below_its_field_and_nothing_is_made(start, tmp_path, wrong, where):
    window = start()
    window.start.show_step(window.start.account)
    step = window.start.account
    fill(step, **wrong)
    step.primary.click()
    field = getattr(step, where)
    assert window.start.current() is step and not (tmp_path / "data").exists()
    assert step.faults[field].isVisible() and field.accessibleDescription() == step.faults[field].text()
    assert field.hasFocus() and field.property("fault") is True
    assert [one for one in step.fields if step.faults[one].isVisible()] == [field]
    fill(step)
    assert not any(step.faults[one].isVisible() for one in step.fields)


def test_a_second_passphrase_on_its_way_is_no_fault(start, qtbot):
    window = start()
    window.start.show_step(window.start.account)
    step = window.start.account
    fill(step, second="")
    qtbot.keyClicks(step.second, PASSPHRASE[:6])
    assert not step.faults[step.second].isVisible()
    qtbot.keyClicks(step.second, "#")
    assert step.faults[step.second].isVisible()


def test_nothing_typed_stays_and_nothing_can_be_changed_while_the_vault_is_made(start, settled):
    window = start()
    step = window.start.account
    window.start.show_step(step)
    fill(step)
    step._show.setChecked(True)
    step.primary.click()
    assert not step.primary.isEnabled() and not step.first.isEnabled()
    step.submit()  # a second press
    settled(window)
    assert step.primary.isEnabled() and window.start.current() is window.start.key
    step.forget()
    assert step.passphrase() == "" and not step._show.isChecked()


def test_the_whole_first_start_by_keys_alone(start, settled, qtbot):
    window = start(language="da")
    page = window.start

    def key(*codes):
        for code in codes:
            qtbot.keyClick(window.focusWidget(), code)

    qtbot.waitUntil(page.language.primary.hasFocus)
    key(Qt.Key.Key_Backtab)
    assert window.focusWidget() is page.language.choices["da"]
    key(Qt.Key.Key_Down)
    assert page.language.choices["en"].isChecked() and page.language.head.text() == "Welcome to Progression"
    key(Qt.Key.Key_Tab, Qt.Key.Key_Return)
    for text in ("Mette Holm", PASSPHRASE, PASSPHRASE):
        qtbot.keyClicks(window.focusWidget(), text)
        key(Qt.Key.Key_Return)
    settled(window)
    assert page.current() is page.key and page.key.print_button.hasFocus()
    key(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert page.key.written.hasFocus()
    key(Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert page.current() is page.begin and page.begin.entries["empty"].hasFocus()
    key(Qt.Key.Key_Return)
    settled(window)
    assert window.stack.currentWidget() is window.shell and window.shell.where[0] == "today"


def test_the_face_shows_no_path_and_the_tool_tip_all_of_it(start, monkeypatch):
    window = start(language="da")
    step = window.start.account
    window.start.show_step(step)
    assert str(step._folder) not in step._place.text() and "vault" in step._place.text()
    assert step._place.toolTip() == str(step._folder)
    monkeypatch.setattr("progression.platform.folders.default_vault", lambda: step._folder)
    step.retranslate()
    assert step._place.text() == "Databasen kommer til at ligge i din egen mappe på denne computer."


def test_enter_goes_to_the_next_field_until_all_is_there(start, qtbot):
    window = start()
    window.start.show_step(window.start.account)
    step = window.start.account
    assert step.name.hasFocus()
    qtbot.keyClicks(step.name, "Mette")
    qtbot.keyClick(step.name, Qt.Key.Key_Return)
    assert step.first.hasFocus()


def test_different_passphrases_are_told(start):
    step = start(language="en").start.account
    fill(step, second="noget andet helt")
    assert "not the same" in step.second.accessibleDescription()
    assert step.first.accessibleDescription() == "Very good."


def test_the_recovery_key_is_shown_once_and_must_be_written_down(start, settled):
    window = start(language="da")
    page = make(window, settled)
    assert page.current() is page.key
    key = page.key.key.text()
    assert len(key) > 20
    assert not page.key.primary.isEnabled()
    page.key.copy.click()
    assert QGuiApplication.clipboard().text() == key
    page.key.written.setChecked(True)
    page.key.primary.click()
    assert page.current() is page.begin
    page.begin.entries["empty"].click()
    settled(window)
    assert window.stack.currentWidget() is window.shell
    assert window.start is None
    assert key not in QGuiApplication.clipboard().text()
    assert key not in " ".join(label.text() for label in window.findChildren(QLabel))


def test_enter_ticks_that_the_key_is_written_down_and_then_goes_on(start, settled, qtbot):
    page = make(start(language="da"), settled)
    page.key.written.setFocus()
    qtbot.keyClick(page.key.written, Qt.Key.Key_Return)
    assert page.key.written.isChecked() and page.current() is page.key
    qtbot.keyClick(page.key.written, Qt.Key.Key_Return)
    assert page.current() is page.begin


def test_beginning_empty_says_what_to_do_next(start, settled):
    window = start(language="da")
    page = make(window, settled)
    page.begin.chosen.emit("empty")
    settled(window)
    shown = [label.text() for label in window.shell.current().findChildren(QLabel) if label.isVisible()]
    assert "Ingen borgere endnu" in shown


def test_the_demo_is_a_vault_of_its_own(start, settled, tmp_path):
    window = start(language="en")
    page = make(window, settled)
    page.begin.chosen.emit("demo")
    settled(window)
    assert (tmp_path / "data" / "demo" / "header.json").exists()
    assert window.shell.current().value.rows
    window.lock()
    settled(window)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.shell.current().value.rows
    from progression.desk import vaults

    own = vaults.unlock(tmp_path / "data" / "vault", PASSPHRASE, wait=0.0)  # closed, and still one's own
    vaults.close(own.session, backup=False)


def test_the_making_of_the_demo_can_be_cancelled_and_leaves_nothing(start, settled, tmp_path):
    window = start(language="da")
    page = make(window, settled)
    page.show_step(page.begin)
    page.begin.entries["demo"].click()
    assert page.begin.cancel.hasFocus() and not page.begin.entries["empty"].isEnabled()
    page.begin.cancel.click()
    settled(window)
    assert page._fault.text() == "Stoppet. Det, der ikke blev færdigt, er ikke gemt."
    assert not (tmp_path / "data" / "demo").exists()
    assert page.begin.entries["demo"].hasFocus() and page.begin.entries["empty"].isEnabled()
    page.begin.entries["demo"].click()  # and again, to its end
    settled(window)
    assert window.shell.current().value.rows


def test_importing_goes_to_where_files_are_chosen(start, settled, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    for ask in ("getExistingDirectory", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, ask, staticmethod(lambda *_: pytest.fail("the page is seen first")))
    window = start(language="en")
    page = make(window, settled)
    page.begin.chosen.emit("import")
    settled(window)
    assert window.shell.where[0] == "settings"
    assert window.focusWidget() is window.shell.current().importing.file


def test_a_folder_that_cannot_be_used_is_told_and_nothing_is_lost(start, settled, tmp_path):
    window = start(language="en")
    (tmp_path / "data").write_text("a file where a folder should be", "utf-8")
    page = make(window, settled)
    assert page.current() is page.account
    assert page._fault.text()
    assert page.account.passphrase() == PASSPHRASE
    assert page.account.primary.isEnabled()


def test_a_vault_one_already_has_can_be_opened(start, demo_vault, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(demo_vault)))
    window = start()
    window.start.language.existing.emit()
    assert window.stack.currentWidget() is window.unlock
    assert window.unlock.folder == demo_vault


@pytest.mark.parametrize(
    ("passphrase", "level"),
    [
        ("", 0),
        ("kort", 1),
        ("aaaaaaaaaaaaaa", 2),
        ("kaffekaffekaffe", 2),
        ("kaffe sten lampe ko", 4),
        ("hat sky bil", 1),
    ],
)
def test_strength(passphrase, level):
    assert judge(Words("en"), passphrase)[0] == level


def test_more_words_are_stronger():
    assert bits("kaffe sten lampe ko") > bits("kaffe sten lampe") > bits("kaffe kaffe kaffe")
    assert FEWEST == 12
