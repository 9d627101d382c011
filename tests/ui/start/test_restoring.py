"""Restoring from the locked door: shown first, done afterwards, and true in what it says."""

from __future__ import annotations

import datetime as dt

import pytest
from caseload import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from progression.casework.values import Citizen
from progression.desk import citizens, vaults
from progression.store.backup import Weighed
from progression.store.differing import Lacking
from progression.ui.start import restoring
from progression.words import Words

KEY = Qt.Key


@pytest.fixture
def folder(tmp_path):
    """A closed vault: one citizen in its backup, and two that came later."""
    where = tmp_path / "vault"
    session = vaults.create(where, PASSPHRASE, account_name="Mette", kdf=CHEAP).session
    citizens.add(session, Citizen("", "A-1", "Ida"))
    vaults.back_up(session)
    for number in ("A-2", "A-3"):
        citizens.add(session, Citizen("", number, "Bo"))
    vaults.close(session, backup=False)
    return where


@pytest.fixture
def page(open_window, folder):
    window = open_window(folder, language="da")
    window.unlock.window_ = window
    return window.unlock


def look(page, settled, secret=PASSPHRASE):
    page.secret.setText(secret)
    page.restoring.look_button.click()
    settled(page.window_)


def test_which_copies_there_are_is_said_without_a_passphrase(page, folder):
    page.restore_button.click()
    part = page.restoring
    assert part.on and part.list.count() == len(vaults.copies(folder)) == 1
    assert part.list.item(0).text().endswith("i dag") and "kl." in part.list.item(0).text()
    assert QApplication.focusWidget() is part.list
    assert not page.submit_button.isVisible() and not part.restore_button.isVisible()


def test_nothing_changes_before_it_was_said_what_is_missing(page, folder, settled):
    before = (folder / "journal.db").read_bytes()
    page.restore_button.click()
    look(page, settled)
    part = page.restoring
    assert "2 registreringer" in part.told.text() and "Borgere, de handler om: 2" in part.told.text()
    assert part.restore_button.isVisible() and not part.look_button.isVisible()
    assert QApplication.focusWidget() is part.leave_button, "Enter once more does nothing that was not read"
    assert (folder / "journal.db").read_bytes() == before
    assert not list(folder.glob("replaced-*"))


def test_leaving_leads_back_to_unlocking(page, settled):
    page.restore_button.click()
    look(page, settled)
    page.restoring.leave_button.click()
    assert not page.restoring.on and page.submit_button.isVisible() and page.secret.hasFocus()
    page.secret.setText(PASSPHRASE)
    page.submit()
    settled(page.window_)
    assert page.context.session is not None


def test_what_is_put_in_place_is_said_truly_and_begins_at_today(page, folder, settled):
    window = page.window_
    window._where = ("settings", "")
    page.restore_button.click()
    look(page, settled)
    page.restoring.restore_button.click()
    settled(window)
    assert window.shell.where[0] == "today"
    told = window.status.error
    assert "ikke er i den: 2" in told and "lagt til side" in told
    assert "Alt er her." not in told
    assert len(list(folder.glob("replaced-*"))) == 1


def test_another_copy_or_another_passphrase_is_looked_at_anew(page, settled):
    page.restore_button.click()
    look(page, settled)
    assert page.restoring.restore_button.isVisible()
    page.secret.setText(PASSPHRASE + "x")
    assert not page.restoring.restore_button.isVisible() and page.restoring.look_button.isVisible()
    assert page.restoring.told.text() == ""


def test_a_wrong_passphrase_is_said_at_the_field(page, settled):
    page.restore_button.click()
    look(page, settled, "noget helt andet")
    assert page._fault.isVisible() and page._fault.text()
    assert page.restoring.on and page.secret.hasFocus()
    page.secret.clear()
    page.restoring.look_button.click()
    assert "adgangssætning" in page._fault.text() and page.secret.hasFocus()


def test_a_copy_that_lies_elsewhere_can_be_pointed_out(page, folder, settled, tmp_path, monkeypatch):
    elsewhere = tmp_path / "usb.backup"
    elsewhere.write_bytes(vaults.copies(folder)[0].path.read_bytes())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(elsewhere), ""))
    page.restore_button.click()
    page.restoring.file_button.click()
    assert page.restoring.list.currentItem().text() == "Filen usb.backup"
    look(page, settled)
    assert "2 registreringer" in page.restoring.told.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: ("", ""))
    page.restoring.file_button.click()
    assert page.restoring.list.count() == 2


def test_a_file_that_is_no_backup_is_refused_and_another_may_be_chosen(page, settled, tmp_path, monkeypatch):
    bad = tmp_path / "bad.backup"
    bad.write_bytes(b"no copy")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(bad), ""))
    page.restore_button.click()
    page.restoring.file_button.click()
    look(page, settled)
    assert "kan ikke bruges" in page._fault.text()
    assert page.restoring.look_button.isEnabled()


def test_without_copies_the_door_says_so(open_window, tmp_path, settled):
    where = tmp_path / "bare"
    vaults.close(vaults.create(where, PASSPHRASE, account_name="Mette", kdf=CHEAP).session, backup=False)
    window = open_window(where, language="da")
    window.unlock.restore_button.click()
    part = window.unlock.restoring
    assert part.none.isVisible() and not part.list.isVisible() and not part.look_button.isEnabled()
    window.set_language("en")
    assert "no backups" in part.none.text()


def test_enter_in_the_field_looks_and_never_restores(page, folder, settled, qtbot):
    page.restore_button.click()
    page.secret.setFocus()
    page.secret.setText(PASSPHRASE)
    for _ in range(2):
        qtbot.keyClick(page.secret, KEY.Key_Return)
        settled(page.window_)
    assert page.restoring.told.text() and not list(folder.glob("replaced-*"))


def test_what_cannot_be_told_is_not_claimed():
    w = Words("da")
    made = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    unreadable = restoring.told(w, Weighed(made, 5, present=True, same=None, lacking=None))
    assert "kan ikke siges" in unreadable and "anden database" not in unreadable
    assert "anden database" in restoring.told(w, Weighed(made, 5, present=True, same=False, lacking=None))
    whole = restoring.told(w, Weighed(made, 5, present=True, same=True, lacking=Lacking(0, 0, None)))
    assert "ikke mangle noget" in whole
    assert "lægges til side" not in restoring.told(w, Weighed(made, 5, present=False, same=None, lacking=None))
    assert restoring.when(w, made, made + dt.timedelta(days=3)).endswith("for 3 dage siden")
