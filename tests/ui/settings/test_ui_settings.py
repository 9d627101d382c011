"""*Indstillinger*: everything takes effect at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from caseload import PASSPHRASE
from PySide6.QtWidgets import QFileDialog, QLabel

from progression.desk import citizens
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
    page.section("look").language.chosen.emit("en")
    settled(window)
    assert "Settings" in shown(page)
    page.section("look").theme_choice.chosen.emit("dark")
    assert theme.current().name == "dark"
    assert page.section("look").theme_choice.value() == "dark"
    page.section("look").percent.setValue(15)
    assert theme.current().percent == 150
    assert "150%" in shown(page)
    page.section("account").idle.setCurrentIndex(0)
    page.section("account").idle.activated.emit(0)
    assert window.preferences.idle_minutes == 1


def test_who_is_logged_in_and_what_numbers_rest_on(settings, settled):
    window, page = settings(language="en")
    for section in ("account", "basis"):
        window.do(f"settings.{section}")
        settled(window)
    texts = shown(page)
    assert any(text.startswith(window.context.account) for text in texts)
    assert any("Starting values" in text or "Estimated" in text for text in texts)


def test_a_backup_is_made_and_told(settings, settled, demo_vault):
    window, page = settings(language="da")
    before = set((demo_vault / "backups").glob("*"))
    page.open_section("backup")
    page.section("backup").back_up.click()
    settled(window)
    assert set((demo_vault / "backups").glob("*")) - before
    assert any(text.startswith("Seneste sikkerhedskopi") for text in shown(page))
    assert page.section("backup").back_up.isEnabled()


def test_a_backup_to_another_place(settings, settled, tmp_path, monkeypatch):
    window, page = settings(language="en")
    place = tmp_path / "stick" / "mine.backup"
    place.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(place), "*.backup")))
    page.section("backup").back_up_to.click()
    settled(window)
    assert window.status.error == ""
    assert place.stat().st_size > 0


def test_a_place_that_cannot_be_written_is_told(settings, settled, tmp_path, monkeypatch):
    window, page = settings(language="en")
    nowhere = tmp_path / "missing" / "mine.backup"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(nowhere), "*.backup")))
    page.section("backup").back_up_to.click()
    settled(window)
    assert window.status.error
    assert page.section("backup").back_up.isEnabled()


def test_the_access_log_names_people(settings, settled):
    window, page = settings(language="da")
    page.open_section("log")
    settled(window)
    table = page.section("log").table
    assert table.rowCount() > 0
    who = {table.item(row, 1).text() for row in range(table.rowCount())}
    assert window.context.account in who
    acts = {table.item(row, 2).text() for row in range(table.rowCount())}
    assert "Set" in acts
    why = {table.item(row, 4).text() for row in range(table.rowCount())}
    assert "I dag" in why and "Adgangssætning" in why


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("new 160, unchanged 0, corrected 2", "160 nye, 2 rettede, 0 uændrede"),
        ("csv, pseudonymised", "csv, Uden navne"),
        ("setting show_earlier_answers", "Indstillingen show_earlier_answers"),
        ("flags first shown", "Opmærksomhedspunkter vist første gang"),
        ("noget nyt", "noget nyt"),
    ],
)
def test_the_log_speaks_the_readers_language(kept, told):
    from progression.ui.settings.logtable import purpose_text
    from progression.words import Words

    assert purpose_text(Words("da"), kept) == told


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
    found = []
    window.context.run(citizens.listing, done=found.extend)
    settled(window)
    assert "Åse Ny" not in {one.name for one in found}
    assert window.context.acts.last is None


def test_faults_are_listed_with_their_place_and_nothing_is_read(settings, settled, tmp_path):
    window, page = settings(language="en")
    page.importing.read(source(tmp_path, "citizen_id,name,born\nH1,Åse Ny,31-02-1980\n,Bo,\n"))
    settled(window)
    told = page.importing.outcome.toPlainText()
    assert "citizens.csv:2" in told and "citizens.csv:3" in told
    assert page.importing.folder.isEnabled()
    assert window.status.error == ""
    assert window.focusWidget() is page.importing.outcome  # Enter opens no other dialog


@pytest.mark.parametrize(("key", "section", "control"), [
    ("import", "importing", "file"), ("export", "exporting", "choose_button"),
])  # fmt: skip
def test_files_are_not_asked_for_before_the_page_is_seen(settings, settled, monkeypatch, key, section, control):
    from PySide6.QtWidgets import QFileDialog

    for ask in ("getExistingDirectory", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, ask, staticmethod(lambda *_: pytest.fail("the page is seen first")))
    window, page = settings(language="en")
    window.do(key)
    settled(window)
    assert window.focusWidget() is getattr(getattr(page, section), control)


def test_what_the_numbers_rest_on_begins_with_its_first_choice(settings, settled):
    window, page = settings(language="en")
    window.do("settings.basis")
    settled(window)
    assert window.focusWidget() in page.basis.rate.choices.values()


def test_no_such_folder_is_a_sentence(settings, settled, tmp_path):
    window, page = settings(language="en")
    page.importing.read(tmp_path / "nowhere")
    settled(window)
    assert page.importing.outcome.toPlainText()


def test_locking_from_the_page(settings, settled):
    window, page = settings()
    page.section("account").lock.click()
    settled(window)
    assert window.stack.currentWidget() is window.unlock


def test_earlier_answers_from_the_start(settings, settled):
    window, page = settings(language="da")
    page.open_section("scoring")
    settled(window)
    assert not page.section("scoring").show_earlier.isChecked()
    page.section("scoring").show_earlier.click()
    settled(window)
    page.refresh()
    settled(window)
    assert page.section("scoring").show_earlier.isChecked()


@pytest.mark.parametrize("form", ["csv", "xlsx", "sqlite"])
def test_exporting_says_where_the_files_are_and_that_they_are_open(settings, settled, tmp_path, form):
    window, page = settings(language="da")
    page.open_section("export")
    assert any("ikke krypterede" in text for text in shown(page))
    page.exporting.form.choose(form)
    (tmp_path / "out").mkdir()
    page.exporting.write(tmp_path / "out")
    settled(window)
    assert any(text.startswith("Gemt i ") for text in shown(page)), page.exporting._error
    assert any((tmp_path / "out").rglob("*.*"))


def test_an_export_that_would_overwrite_is_refused_in_words(settings, settled, tmp_path):
    window, page = settings(language="en")
    for _ in range(2):
        page.exporting.write(tmp_path)
        settled(window)
    assert page.exporting._error is not None
    assert window.status.error == ""
    assert page.exporting.choose_button.isEnabled()


def test_a_new_passphrase(settings, settled, qtbot):
    window, page = settings(language="da")
    page.section("account").new_passphrase.click()
    panel = page.section("account").passphrase
    assert panel.current.hasFocus()
    panel.current.setText("ikke den rigtige")
    panel.first.setText("fire nye gode ord")
    panel.second.setText("fire nye gode or")
    assert not panel.save_button.isEnabled()
    panel.second.setText("fire nye gode ord")
    panel.save_button.click()
    settled(window)
    assert "passer ikke" in panel._fault.text()
    panel.current.setText(PASSPHRASE)
    panel.save_button.click()
    settled(window)
    assert panel.isHidden()
    assert not panel.first.text()
    window.lock()
    settled(window)
    window.unlock.secret.setText("fire nye gode ord")
    window.unlock.submit()
    settled(window)
    assert window.stack.currentWidget() is window.shell


def test_files_with_names_of_their_own_are_read_through_a_mapping(settings, settled):
    window, page = settings(language="da")
    data = Path(__file__).resolve().parents[2] / "data"
    page.importing.read(data / "claus2020_hamd_long.csv")
    settled(window)
    assert "knappen ovenfor" in page.importing.outcome.toPlainText()
    page.importing.use_mapping(data / "claus2020_hamd.toml")
    page.importing.read(data / "claus2020_hamd_long.csv")
    settled(window)
    assert page.importing.outcome.toPlainText().startswith("Læst ind og gemt:")
    page.importing.mapping_off.click()
    assert page.importing.mapping is None
