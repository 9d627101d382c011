"""Rules and deadlines among the settings: a quiet list, a file loaded and taken back, the way back to standard."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from progression.casework import rulesets
from progression.ui.settings.rule_table import ROOM, line
from progression.words import Words


def test_a_rule_is_one_line_with_its_dates_and_what_to_mind():
    rules = rulesets.shipped()["standard"].rules
    told = [line(Words("da"), rule) for rule in rules]
    assert "Første samtale inden for en uge · altid · LAB · kontrollér gældende lov" in told
    assert any("til 30. juni 2019" in text for text in told)
    assert any("fra 1. juli 2019" in text for text in told)
    assert sum(text.endswith("ikke i brug") for text in told) == sum(not rule.on for rule in rules)


def test_columns_where_there_is_room_and_lines_where_there_is_not(page, settled, look):
    window, shown = page
    table = shown.duty_rules.table
    assert table.width() >= ROOM and "Gælder" in listed(shown)
    wide = set(spoken(table))
    window.set_percent(200)
    settled(window)
    assert "Gælder" not in listed(shown)
    assert set(spoken(table)) == wide  # a screen reader hears the same
    assert all(label.width() <= table.width() for label in table.findChildren(QLabel))
    window.set_percent(100)
    settled(window)
    assert "Gælder" in listed(shown)


def spoken(table):
    return [label.accessibleName() for label in table.findChildren(QLabel) if " · " in label.accessibleName()]


@pytest.fixture
def page(unlocked, settled):
    window = unlocked(language="da")
    window.do("settings.duties")
    settled(window)
    return window, window.shell.current()


def listed(page):
    return [label.text() for label in page.duty_rules.findChildren(QLabel)]


def test_a_file_is_loaded_undone_and_left_for_the_standard(page, settled, tmp_path):
    window, shown = page
    part = shown.duty_rules
    assert any("kontrollér gældende lov" in text for text in listed(shown))
    assert not part.standard.isEnabled()
    assert not shown.undo_link.isVisible()
    path = tmp_path / "halsnaes.toml"
    path.write_text(rulesets.source("halsnaes"), "utf-8")
    part.load_file(path)
    settled(window)
    assert any(text.startswith("CV-værksted senest i uge 6") for text in listed(shown))
    shown.undo_link.click()
    settled(window)
    assert not any(text.startswith("CV-værksted") for text in listed(shown))
    part.load_file(path)
    settled(window)
    part.standard.click()
    settled(window)
    assert not any(text.startswith("CV-værksted") for text in listed(shown))
    assert not part.standard.isEnabled()


def test_a_faulty_file_changes_nothing_and_says_why(page, settled, tmp_path):
    window, shown = page
    path = tmp_path / "hul.toml"
    path.write_text(rulesets.source("standard").replace("valid_from = 2019-07-01", "valid_from = 2019-08-01"), "utf-8")
    before = listed(shown)
    shown.duty_rules.load_file(path)
    settled(window)
    assert listed(shown) == before
    assert not shown.undo_link.isVisible()
