"""*Indstillinger*: everything takes effect at once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from progression.ui import theme


@pytest.fixture
def settings(unlocked, settled):
    def open_(**preferences):
        window = unlocked(**preferences)
        window.do("page.settings")
        settled(window)
        return window, window.shell.current()

    return open_


def shown(page):
    return [label.text() for label in page.findChildren(QLabel)]


def test_language_theme_and_size_from_the_page(settings, settled):
    window, page = settings(language="da")
    page.language.chosen.emit("en")
    settled(window)
    assert "Settings" in shown(page)
    page.theme_choice.chosen.emit("dark")
    assert theme.current().name == "dark"
    assert page.theme_choice.value() == "dark"
    page.percent.setValue(15)
    assert theme.current().percent == 150
    assert "150 %" in shown(page)
    page.idle.setCurrentIndex(0)
    page.idle.activated.emit(0)
    assert window.preferences.idle_minutes == 1


def test_who_is_logged_in_and_what_numbers_rest_on(settings):
    window, page = settings(language="en")
    texts = shown(page)
    assert window.context.account in texts
    assert any("Starting values" in text or "Estimated" in text for text in texts)


def test_a_backup_is_made_and_told(settings, settled, demo_vault):
    window, page = settings(language="da")
    before = set((demo_vault / "backups").glob("*"))
    page.back_up.click()
    settled(window)
    assert set((demo_vault / "backups").glob("*")) - before
    assert any(text.startswith("Seneste sikkerhedskopi") for text in shown(page))
    assert page.back_up.isEnabled()


def test_a_backup_to_another_place(settings, settled, tmp_path, monkeypatch):
    window, page = settings(language="en")
    place = tmp_path / "stick" / "mine.backup"
    place.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(place), "*.backup")))
    page.back_up_to.click()
    settled(window)
    assert window.status.error == ""
    assert place.stat().st_size > 0


def test_a_place_that_cannot_be_written_is_told(settings, settled, tmp_path, monkeypatch):
    window, page = settings(language="en")
    nowhere = tmp_path / "missing" / "mine.backup"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(nowhere), "*.backup")))
    page.back_up_to.click()
    settled(window)
    assert window.status.error
    assert page.back_up.isEnabled()


def test_the_access_log_names_people(settings, settled):
    window, page = settings(language="da")
    table = page.log
    assert table.rowCount() > 0
    who = {table.item(row, 1).text() for row in range(table.rowCount())}
    assert window.context.account in who
    acts = {table.item(row, 2).text() for row in range(table.rowCount())}
    assert "Set" in acts


def source(tmp_path, text):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "citizens.csv").write_text(text, "utf-8")
    return folder


def test_an_import_says_what_came_of_it(settings, settled, tmp_path):
    window, page = settings(language="da")
    page.importing.read(source(tmp_path, "citizen_id,name\nH1,Åse Ny\nH2,Bo Ny\n"))
    settled(window)
    told = page.importing.outcome.toPlainText()
    assert told.startswith("Læst ind og gemt:")
    assert "2 nye" in told


def test_only_looking_saves_nothing(settings, settled, tmp_path):
    window, page = settings(language="en")
    page.importing.look_first.setChecked(True)
    page.importing.read(source(tmp_path, "citizen_id,name\nH1,Åse Ny\n"))
    settled(window)
    assert page.importing.outcome.toPlainText().startswith("Nothing was saved")
    page.refresh()
    settled(window)
    assert "Åse Ny" not in page.facts.names.values()


def test_faults_are_listed_with_their_place_and_nothing_is_read(settings, settled, tmp_path):
    window, page = settings(language="en")
    page.importing.read(source(tmp_path, "citizen_id,name,born\nH1,Åse Ny,31-02-1980\n,Bo,\n"))
    settled(window)
    told = page.importing.outcome.toPlainText()
    assert "citizens.csv:2" in told and "citizens.csv:3" in told
    assert page.importing.folder.isEnabled()
    assert window.status.error == ""


def test_no_such_folder_is_a_sentence(settings, settled, tmp_path):
    window, page = settings(language="en")
    page.importing.read(tmp_path / "nowhere")
    settled(window)
    assert page.importing.outcome.toPlainText()


def test_locking_from_the_page(settings, settled):
    window, page = settings()
    page.lock.click()
    settled(window)
    assert window.stack.currentWidget() is window.unlock
