"""Where the control with the focus is taken away the focus stays on the page, at what one came from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


@pytest.fixture
def citizen(unlocked, settled):
    window = unlocked(language="da")
    window.context.go("citizen", window.shell.current().value.rows[0].citizen)
    settled(window)
    return window, window.shell.current()


def press(window, dressed, settled, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(dressed.focusWidget(), key, modifier)
    settled(window)


def named(dressed):
    now = dressed.focusWidget()
    return now.accessibleName() if now is not None else ""


def test_a_started_intervention_leaves_the_focus_at_what_opened_the_panel(citizen, dressed, settled, qtbot):
    window, page = citizen
    page.side.add.setFocus()
    opener = named(dressed)
    press(window, dressed, settled, Qt.Key.Key_Space)
    assert named(dressed) == "Type"
    press(window, dressed, settled, Qt.Key.Key_Tab)
    press(window, dressed, settled, Qt.Key.Key_Return)
    assert window.status.error == ""
    qtbot.waitUntil(lambda: named(dressed) == opener)  # made anew with the side, and found again by its name


def test_min_plan_goes_back_to_what_was_edited(citizen, dressed, settled, qtbot):
    window, page = citizen
    page.side.open_plan()
    before = page.side.panel.buttons["goal"].accessibleName()
    page.side.panel.buttons["goal"].setFocus()
    press(window, dressed, settled, Qt.Key.Key_Space)
    assert page.side.panel.form.title_line.isHidden()  # the section says so already
    page.side.panel.form.text.setPlainText("Komme i praktik på et lager")
    press(window, dressed, settled, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dressed.focusWidget() is page.side.panel.buttons["goal"])
    assert before in ("Ret: målet", "Skriv: målet")
    assert named(dressed) == "Ret: målet"


def test_a_side_that_is_made_anew_keeps_the_focus_on_what_had_it(citizen, dressed, settled, qtbot):
    """What a colleague saved, or another act of one's own, comes in while the focus stands on a link of the side."""
    window, page = citizen
    before = page.side.talk
    before.setFocus()
    page.refresh()
    settled(window)
    assert page.side.talk is not before
    qtbot.waitUntil(lambda: dressed.focusWidget() is page.side.talk)


def test_another_page_decides_itself_where_one_begins(citizen, dressed, settled):
    window, page = citizen
    page.side.add.setFocus()
    for place, key in (("settings", Qt.Key.Key_7), ("team", Qt.Key.Key_5), ("settings", Qt.Key.Key_7)):
        press(window, dressed, settled, key, Qt.KeyboardModifier.ControlModifier)
        assert window.shell.where[0] == place
        assert window.shell.current().isAncestorOf(dressed.focusWidget())


def test_behind_the_lock_nothing_is_put_back(citizen, dressed, settled):
    window, _page = citizen
    window.lock()
    settled(window)
    assert dressed.focusWidget() is window.unlock.secret
