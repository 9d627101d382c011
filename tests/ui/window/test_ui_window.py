"""The window as a person uses it: the door, the pages, the keys, locking, and what is said when it goes wrong."""

from __future__ import annotations

from datetime import date

import pytest
from caseload import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from progression.errors import KnownError
from progression.ui import saying, theme
from progression.ui.commands import COMMANDS
from progression.ui.page import Context
from progression.ui.preferences import Preferences
from progression.ui.saying import BugDialog
from progression.ui.window.commands import ANYWHERE
from progression.words import Words


def first_row(window):
    return window.shell.page("today").value.rows[0]


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


# the door


def test_a_vault_is_met_by_the_door(open_window, demo_vault):
    window = open_window(demo_vault)
    assert window.stack.currentWidget() is window.unlock
    assert window.unlock.secret.hasFocus()
    assert window.unlock.secret.echoMode().name == "Password"


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_wrong_passphrase_is_a_sentence_and_the_field_keeps_the_focus(
    open_window, demo_vault, settled, language, qtbot
):
    window = open_window(demo_vault, language=language)
    qtbot.keyClicks(window.unlock.secret, "noget andet")
    qtbot.keyClick(window.unlock.secret, Qt.Key.Key_Return)
    settled(window)
    said = window.unlock.secret.accessibleDescription()
    expected = saying.sentence(Words(language), KnownError("vault.wrong_passphrase"))
    assert said == expected
    assert expected in texts(window.unlock)
    assert window.unlock.secret.hasFocus()
    assert window.unlock.submit_button.isEnabled()
    assert window.shell is None


def test_the_recovery_key_opens_too(open_window, tmp_path, settled):
    from progression.desk import vaults

    made = vaults.create(tmp_path / "v", PASSPHRASE, account_name="Mette", kdf=CHEAP)
    vaults.close(made.session, backup=False)
    window = open_window(tmp_path / "v")
    window.unlock.other_button.click()
    assert window.unlock.secret.echoMode().name == "Normal"
    window.unlock.secret.setText(f"  {made.recovery_key}\n".strip())
    window.unlock.submit()
    settled(window)
    assert window.stack.currentWidget() is window.shell


def test_an_unreadable_folder_is_told_at_the_door(open_window, tmp_path, settled):
    folder = tmp_path / "v"
    folder.mkdir()
    (folder / "header.json").write_text("not a header", "utf-8")
    window = open_window(folder, language="en")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.unlock.secret.accessibleDescription()
    assert window.shell is None


def test_inside_is_today_with_who_and_the_lock_in_the_status_bar(unlocked):
    window = unlocked(language="da")
    assert window.stack.currentWidget() is window.shell
    assert window.shell.where == ("today", "")
    account = window.context.account
    assert any(text.split(" · ")[0] == account for text in texts(window.status))
    assert any(b.text() == "Låser efter 10 min. uden aktivitet" for b in window.status.findChildren(QPushButton))


def test_a_backup_takes_the_place_of_a_damaged_database_at_the_door(unlocked, open_window, settled, demo_vault):
    unlocked().close()
    (demo_vault / "journal.db").write_bytes(b"damaged")
    window = open_window(demo_vault, language="en")
    door = window.unlock
    door.secret.setText(PASSPHRASE)
    door.submit()
    settled(window)
    assert window.shell is None
    door.restore_button.click()
    door.secret.setText(PASSPHRASE)
    door.restoring.look_button.click()
    settled(window)
    door.restoring.restore_button.click()
    settled(window)
    assert window.stack.currentWidget() is window.shell
    assert window.shell.current().value.rows


def test_what_one_should_know_is_told_after_unlocking(open_window, demo_vault, settled):
    (demo_vault / "header.json").write_text("damaged", "utf-8")
    window = open_window(demo_vault, language="da")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.stack.currentWidget() is window.shell
    assert window.status.error  # the second copy was used


def test_another_window_on_the_same_vault_is_told(unlocked, open_window, settled, demo_vault, monkeypatch):
    unlocked()
    from progression.desk import vaults

    real = vaults.unlock
    monkeypatch.setattr(vaults, "unlock", lambda *a, **k: real(*a, wait=0.0, **k))
    second = open_window(demo_vault, language="en")
    second.unlock.secret.setText(PASSPHRASE)
    second.unlock.submit()
    settled(second)
    assert second.shell is None
    assert second.unlock.secret.accessibleDescription()


def test_a_backup_that_fails_at_closing_is_still_told(unlocked, monkeypatch):
    from PySide6.QtWidgets import QMessageBox

    from progression.desk import vaults

    window = unlocked(language="en")
    real, told = vaults.close, []

    def fail(session):
        real(session, backup=False)
        raise KnownError("disk.full", folder="x")

    monkeypatch.setattr(vaults, "close", fail)
    monkeypatch.setattr(QMessageBox, "warning", staticmethod(lambda *args: told.append(args[-1])))
    window.close()
    assert told and "disk" in told[0].lower()


# places and keys


def test_the_rail_has_only_pages_that_are_built(unlocked):
    window = unlocked()
    for name in window.shell.places:
        assert window.shell.page(name) is not None


def test_keys_go_from_page_to_page(unlocked, settled, qtbot):
    window = unlocked()
    row = first_row(window)
    window.context.opened.emit(row.citizen, row.name)
    for number, name in ((7, "settings"), (2, "citizen"), (1, "today")):
        if name in window.shell.places:
            window.do(f"page.{name}")
            settled(window)
            assert window.shell.where[0] == name, number
            assert window.shell.rail.buttons[name].isChecked()


def test_a_page_about_a_citizen_needs_one(unlocked, settled):
    window = unlocked(language="en")
    window.do("page.citizen")
    settled(window)
    assert window.shell.where[0] == "today"


def test_every_shortcut_of_the_window_exists_once(unlocked):
    window = unlocked()
    keys = [keys.toString() for action in window.actions() for keys in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))
    for command in COMMANDS:
        if command.window:
            assert set(command.keys) <= set(keys), command.key


def test_behind_the_door_keys_do_nothing(open_window, demo_vault):
    window = open_window(demo_vault)
    for command in COMMANDS:
        if command.window and command.key.partition(".")[0] not in ANYWHERE:
            window.do(command.key)
    assert window.shell is None
    assert window.stack.currentWidget() is window.unlock


@pytest.mark.parametrize("language", ["da", "en"])
def test_help_lists_every_key_of_what_is_built(unlocked, language):
    window = unlocked(language=language)
    window.do("help")
    w = Words(language)
    shown = texts(window.help)
    for command in COMMANDS:
        if command.window and command.keys and command.key != "page.reports":
            assert w.t(command.text) in shown
    window.do("help")
    assert window.help.isHidden()


def test_commands_are_one_list_without_doubles():
    assert len({c.key for c in COMMANDS}) == len(COMMANDS)
    keys = [keys for c in COMMANDS if c.window for keys in c.keys]
    assert len(set(keys)) == len(keys)


def test_find_opens_a_citizen(unlocked, settled, qtbot):
    window = unlocked()
    row = first_row(window)
    window.do("find")
    field = window.shell.rail.finder
    qtbot.keyClicks(field, row.name[:6].lower())
    qtbot.waitUntil(lambda: any(h.key == row.citizen for h in field.hits))
    while field.hits[field._list.currentRow()].key != row.citizen:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settled(window)
    assert field.text() == ""
    assert window.shell.where == ("citizen", row.citizen)


def test_find_in_a_hurry_opens_the_first(unlocked, settled, qtbot):
    window = unlocked()
    row = first_row(window)
    window.do("find")
    field = window.shell.rail.finder
    qtbot.keyClicks(field, row.number)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell.where == ("citizen", row.citizen))
    settled(window)


def test_find_knows_commands_and_says_when_there_is_nothing(unlocked, qtbot):
    window = unlocked(language="da")
    window.do("find")
    field = window.shell.rail.finder
    qtbot.keyClicks(field, "indstil")
    qtbot.waitUntil(lambda: bool(field.hits))
    assert [h.key for h in field.hits] == ["page.settings"]
    field.clear()
    qtbot.keyClicks(field, "qqqqq")
    qtbot.waitUntil(lambda: field._list.count() == 3 and field._list.item(0).text() == "Intet fundet")
    told = [field._list.item(row) for row in range(3)]
    assert "færre bogstaver" in told[1].text() and "F1" in told[2].text()  # what to do then
    assert not any(item.flags() & Qt.ItemFlag.ItemIsEnabled for item in told)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field._list.isHidden()


def test_last_opened_are_remembered_latest_first(unlocked, settled):
    window = unlocked()
    rows = window.shell.page("today").value.rows[:2]
    for row in (*rows, rows[0]):
        window.context.opened.emit(row.citizen, row.name)
    assert [citizen for citizen, _name in window.shell.rail.recent] == [rows[0].citizen, rows[1].citizen]


def test_a_search_is_one_line_of_the_log_without_its_text(unlocked, settled, qtbot):
    from progression.desk import vaults

    window = unlocked()
    window.do("find")
    field = window.shell.rail.finder
    for text in ("a", "an", "ann"):
        field.setText(text)
        field.asked.emit(text)
        settled(window)
    seen = []
    window.context.run(vaults.access_log, done=seen.append)
    settled(window)
    searches = [line for line in seen[0] if line.act == "search"]
    assert len(searches) == 1
    assert searches[0].detail == searches[0].purpose == ""


def test_leaving_the_field_puts_the_names_away(unlocked, qtbot):
    window = unlocked()
    window.do("find")
    field = window.shell.rail.finder
    qtbot.keyClicks(field, first_row(window).number)
    qtbot.waitUntil(lambda: bool(field.hits))
    window.shell.current().table.setFocus()
    qtbot.waitUntil(lambda: not field.hits and field._list.isHidden())


# locking


def test_locking_takes_every_name_off_the_screen_and_returns_to_the_same_place(unlocked, settled):
    window = unlocked()
    row = first_row(window)
    window.context.opened.emit(row.citizen, row.name)
    window.context.go("citizen", row.citizen)
    settled(window)
    names = {r.name for r in window.shell.page("today").value.rows}
    window.lock()
    settled(window)
    assert window.context.session is None
    assert window.stack.currentWidget() is window.unlock
    assert window.shell.pages == {}
    everything = " ".join([*texts(window), *(b.text() for b in window.findChildren(QPushButton))])
    assert not any(name in everything for name in names)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.shell.where == ("citizen", row.citizen)


def test_idle_time_locks(unlocked, settled):
    window = unlocked(language="en", idle_minutes=1)
    assert 0 < window.idle.timer.remainingTime() <= 61_000
    window.idle.timer.timeout.emit()
    settled(window)
    assert window.stack.currentWidget() is window.unlock
    assert "without activity" in " ".join(texts(window.unlock))


def test_a_key_puts_off_the_idle_lock(unlocked, qtbot, dressed):
    window = unlocked(idle_minutes=1)
    window.idle.watch(window.windowHandle())
    window.idle.timer.start(5)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert window.idle.timer.remainingTime() > 1000


def test_a_citizen_leaving_the_screen_locks_with_a_reason(unlocked, settled):
    window = unlocked(language="en")
    window.context.lock_asked.emit(True)
    settled(window)
    assert "Only the passphrase opens it" in " ".join(texts(window.unlock))


def test_the_vault_can_be_opened_elsewhere_once_locked(unlocked, settled, demo_vault):
    from progression.desk import vaults

    window = unlocked()
    window.lock()
    settled(window)
    opened = vaults.unlock(demo_vault, PASSPHRASE, wait=0.0)
    vaults.close(opened.session, backup=False)


def test_locking_keeps_the_answers_just_given(unlocked, settled, qtbot):
    window = unlocked()
    row = first_row(window)
    window.context.go("conversation", row.citizen)
    settled(window)
    page = window.shell.current()
    for key in "43":
        qtbot.keyClick(page, key)
    window.lock()
    settled(window)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.shell.where == ("conversation", row.citizen)
    assert sorted(window.shell.current().state.entry.answers.values(), key=str) == [3, 4]


def test_a_page_asks_once_when_it_is_opened(unlocked, settled, monkeypatch):
    from progression.desk import today

    window = unlocked()
    real, asked = today.page, []
    monkeypatch.setattr(today, "page", lambda *a, **k: asked.append(1) or real(*a, **k))
    window.do("page.settings")
    settled(window)
    from progression.desk.session import Changes

    window.context.changed.emit(Changes(frozenset({"assessment"}), frozenset({"x"})))
    window.do("page.today")
    settled(window)
    assert len(asked) == 1


def test_a_page_in_view_asks_again_when_something_changed(unlocked, settled, monkeypatch):
    from progression.desk import today
    from progression.desk.session import Changes

    window = unlocked()
    real, asked = today.page, []
    monkeypatch.setattr(today, "page", lambda *a, **k: asked.append(1) or real(*a, **k))
    window.context.changed.emit(Changes(frozenset({"decision"}), frozenset({"x"})))
    window.context.changed.emit(Changes(frozenset({"nothing of ours"})))
    settled(window)
    assert len(asked) == 1


# what is said


def test_a_known_error_stands_above_the_status_bar_until_dismissed(unlocked):
    window = unlocked(language="da")
    window.context.failed.emit(KnownError("citizen.gone"))
    assert window.status.error == saying.sentence(Words("da"), KnownError("citizen.gone"))
    window.status.clear()
    assert window.status.error == ""


def test_a_bug_gets_a_report_without_a_name(unlocked, qtbot):
    window = unlocked(language="en")
    try:
        raise ValueError("Karsten Bøgh Mikkelsen 140680-1233")
    except ValueError as error:
        window.say_error(error)
    dialog = window.findChild(BugDialog)
    assert dialog is not None and not dialog.isModal()
    copied = saying.report(error_of("Karsten Bøgh Mikkelsen"))
    assert "Karsten" not in copied
    assert "ValueError" in copied and "test_ui_window.py" in copied
    dialog.close()


def error_of(text):
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_preferences_that_cannot_be_kept_are_told_and_the_window_goes_on(unlocked):
    window = unlocked(language="da")

    def refuse(_preferences):
        raise KnownError("preferences.not_saved", folder="x")

    window._keep = refuse
    window.set_percent(120)
    assert window.preferences.percent == 120
    assert window.status.error


def test_saved_is_told_with_the_time(unlocked):
    window = unlocked(language="da")
    window.context.note_saved()
    assert window.status._saved_text.text() == "Gemt " + Words("da").clock(window.context.now)


def test_work_that_takes_long_is_told(unlocked, qtbot):
    import threading

    window = unlocked(language="en")
    gate = threading.Event()
    window._patience.setInterval(1)
    window.context.run(lambda _session: gate.wait(20))
    qtbot.waitUntil(window.status._busy.isVisible)
    gate.set()
    qtbot.waitUntil(window.status._busy.isHidden)


# language, looks, preferences


def test_the_language_changes_while_running(unlocked, settled):
    window = unlocked(language="da")
    window.set_language("en")
    settled(window)
    assert window.context.session.language == "en"
    assert window.shell.rail.buttons["today"].text() == "Today"
    assert window.kept[-1].language == "en"
    window.set_language("da")
    settled(window)
    assert window.shell.rail.buttons["today"].text() == "I dag"


def test_theme_and_text_size_change_while_running(unlocked, settled):
    window = unlocked()
    window.set_theme("dark")
    assert theme.current().name == "dark"
    for _ in range(3):
        window.do("larger")
    assert theme.current().percent == 130
    window.do("smaller")
    window.do("usual")
    assert theme.current().percent == 100
    assert window.kept[-1].theme == "dark"


def test_the_vault_is_remembered_but_not_the_demo(unlocked):
    assert all(kept.folder == "" for kept in unlocked().kept)


def test_a_vault_of_ones_own_is_remembered(open_window, tmp_path, settled):
    from progression.desk import vaults

    folder = tmp_path / "own"
    vaults.close(vaults.create(folder, PASSPHRASE, account_name="Mette", kdf=CHEAP).session, backup=False)
    window = open_window(folder)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.kept[-1].folder == str(folder)


def test_closing_keeps_the_windows_place_and_a_backup(unlocked, demo_vault):
    window = unlocked()
    window.close()
    assert window.kept[-1].geometry
    assert list((demo_vault / "backups").iterdir())


def test_nothing_is_delivered_while_locked(look):
    from progression.ui.worker import Worker

    context = Context(Worker(), Preferences())
    context.run(lambda session: pytest.fail("ran without a vault"))
    assert not context.worker.busy
    assert context.today == date.today()
    context.worker.end(lambda _session, _jobs: None)
