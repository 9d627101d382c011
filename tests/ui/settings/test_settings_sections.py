"""The sections of the settings: a list by keyboard, each with its explanation, and what the small ones do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QSlider

from progression.desk import retention, scales
from progression.ui import theme
from progression.ui.settings.sections import BY_NAME, SECTIONS
from progression.words import Words


@pytest.fixture
def page(unlocked, settled):
    def open_(section="look", **preferences):
        window = unlocked(**{"language": "da", **preferences})
        window.do(f"settings.{section}")
        settled(window)
        return window, window.shell.current()

    return open_


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def test_every_section_is_built():
    assert set(BY_NAME) == {place.key for place in SECTIONS}


def test_the_list_is_walked_by_keys_and_enter_goes_in(page, settled, qtbot):
    window, shown = page()
    shown.list.setFocus()
    for place in list(BY_NAME)[1:]:
        qtbot.keyClick(shown.list, Qt.Key.Key_Down)
        settled(window)
        assert shown.current == place
        assert window.status.error == ""
    qtbot.keyClick(shown.list, Qt.Key.Key_Home)
    qtbot.keyClick(shown.list, Qt.Key.Key_Return)
    assert shown.section("look").isAncestorOf(shown.focusWidget())


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("key", list(BY_NAME))
def test_each_says_in_words_what_it_is(page, settled, language, key):
    _window, shown = page(key, language=language)
    place = BY_NAME[key]
    w = Words(language)
    assert shown._head.text() == w.t(place.title)
    told = [shown._about.text(), *texts(shown.section(key))]
    assert any(len(text) > 40 for text in told)
    for control in shown.section(key).findChildren(QAbstractButton):
        if control.isVisible():
            assert control.accessibleName() or control.text()
    for control in (*shown.section(key).findChildren(QComboBox), *shown.section(key).findChildren(QSlider)):
        assert control.accessibleName()


def test_a_section_without_a_control_leaves_the_focus_in_the_list(page):
    _window, shown = page("sync")
    assert shown.list.hasFocus()


def test_what_was_chosen_here_is_undone_from_here(page, settled):
    window, shown = page("scoring")
    assert shown.undo_link.isHidden()
    box = shown.section("scoring").show_earlier
    box.click()
    settled(window)
    assert shown.undo_link.text() == "Fortryd: tidligere svar fra start"
    shown.undo_link.click()
    settled(window)
    assert not box.isChecked() and shown.undo_link.isHidden()


def test_the_section_opened_last_is_still_in_view_and_fresh(page, settled):
    window, shown = page("log")
    before = shown.section("log").table.rowCount()
    window.do("page.today")
    settled(window)
    window.do("page.settings")
    settled(window)
    assert shown.current == "log"
    assert shown.section("log").table.rowCount() > before


# accounts


def test_accounts_and_which_colleague_one_is(page, settled):
    window, shown = page("accounts")
    section = shown.section("accounts")
    assert any("det er dig" in text for text in texts(section))
    other = next(n for n in range(section.person.count()) if n != section.person.currentIndex() and n > 0)
    section.person.setCurrentIndex(other)
    name = section.person.currentText()
    section.person.activated.emit(other)
    settled(window)
    assert shown.undo_link.text() == "Fortryd: hvilken kollega du er"
    assert section.person.currentText() == name
    shown.undo_link.click()
    settled(window)
    assert section.person.currentText() != name


# scales


HAMD = (Path(scales.__file__).parent.parent / "scales" / "hamd.toml").read_text("utf-8")


def test_a_scale_is_checked_installed_and_taken_back(page, settled, tmp_path):
    window, shown = page("scales")
    section = shown.section("scales")
    assert section.install.isHidden()
    file = tmp_path / "ny.toml"
    file.write_text(HAMD.replace('id = "hamd"', 'id = "hamd2"'), "utf-8")
    section.check(file)
    settled(window)
    assert section.outcome.text().startswith("Filen er i orden") and section.install.isVisible()
    listed = len(section._scales)
    section.install.click()
    settled(window)
    assert len(section._scales) == listed + 1 and section.install.isHidden()
    shown.undo_link.click()
    settled(window)
    assert len(section._scales) == listed


def test_a_file_that_is_no_scale_is_told_with_its_faults(page, settled, tmp_path):
    window, shown = page("scales")
    section = shown.section("scales")
    file = tmp_path / "skidt.toml"
    file.write_text("id = 3", "utf-8")
    section.check(file)
    settled(window)
    assert section.install.isHidden()
    assert section.outcome.text() and section.outcome.property("tone") == "error"
    section.check(tmp_path / "findes_ikke.toml")
    settled(window)
    assert section.install.isHidden() and section.outcome.text()


# retention, synchronisation


def test_what_is_kept_is_told_as_it_is(page, settled):
    window, shown = page("retention")
    got = []
    window.context.run(retention.page, done=got.append)
    settled(window)
    told = " ".join(texts(shown.section("retention")))
    assert (got[0].years, got[0].draft_days, got[0].backups, got[0].backup_months) == (5, 30, 10, 12)
    assert "5 år" in told and "30 dage" in told and "kan endnu ikke slette" in told


def test_synchronisation_promises_nothing(page):
    _window, shown = page("sync")
    assert "ikke sat op" in " ".join(texts(shown.section("sync")))


# the status bar and the demo


def test_the_status_bar_says_who_and_where_in_words(page):
    window, _shown = page()
    status = window.status
    assert status._who.text().count(" · ") == 2  # name, role, team
    assert status._sync.text() == "Kun på denne computer"
    assert "ikke sat op" in status._sync.accessibleName()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_status_bar_elides_and_keeps_saved_whole(page, settled, percent):
    window, _shown = page(percent=percent)
    window.resize(1000, 700)
    window.context.note_saved()
    settled(window)
    status = window.status
    text = status._saved_text
    assert text.text().startswith("Gemt ")
    assert text.width() >= text.fontMetrics().horizontalAdvance(text.text())
    assert text.mapTo(status, text.rect().topRight()).x() <= status.width()
    assert not status._saved_mark.isHidden()
    if percent == 200:
        assert status._backup.text() == "Ingen kopi endnu" and status._sync.text() == "Kun her"
        assert status._backup.toolTip() == "Første sikkerhedskopi tages, når du lukker"
        assert status._backup.accessibleName() == status._backup.toolTip()
        assert "ikke sat op" in status._sync.accessibleName()


def test_a_message_goes_after_a_while_and_saved_stays(page, settled):
    window, _shown = page()
    window.context.note_saved()
    window.context.announce("Hej")
    assert window.status._message.text() == "Hej"
    window.status._fading.timeout.emit()
    assert window.status._message.text() == "" and window.status._saved_text.text()


@pytest.mark.parametrize(("language", "mark"), [("da", "Demo – opdigtede borgere"), ("en", "Demo – invented citizens")])
def test_the_demo_cannot_be_mistaken(page, settled, language, mark):
    window, _shown = page(language=language)
    rail = window.shell.rail
    assert rail.demo.isVisible() and rail.demo.text() == mark
    assert "opdigtet" not in rail.place.text()
    assert "demo" in window.windowTitle()
    window.lock()
    settled(window)
    assert not rail.demo.isVisible() and window.windowTitle() == "Progression"


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_the_mark_of_the_demo_can_be_read(look):
    one = theme.Theme(look)
    assert theme.contrast(one.hex("text"), one.hex("wait")) >= 4.5
    assert theme.contrast(one.hex("wait-solid"), one.hex("bg-2")) >= 3


# the system's wish


def test_the_system_may_ask_for_more_contrast_while_it_runs(dressed, monkeypatch):
    asked = []
    theme.follow(lambda: asked.append(1))
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert asked == [1]
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert asked == [1, 1]


def test_and_the_window_follows(page, monkeypatch):
    window, _shown = page()
    window.set_theme("system")
    assert theme.current().name == theme.system_theme()
    monkeypatch.setattr(theme, "system_theme", lambda: "contrast")
    window.restyle()
    assert theme.current().name == "contrast"
