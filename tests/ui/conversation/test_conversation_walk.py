"""The conversation at every size: sheet, panel and the citizen's side, in both languages and every theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sitting import CITIZEN, TODAY, WHO, Room
from test_ui_walk import cut, too_small, unnamed

from progression.desk import conversations
from progression.ui import theme
from progression.ui.answering.page import CitizenSide
from progression.ui.conversation.page import ConversationPage

LOOKS = ("light", "dark", "contrast")


@pytest.fixture
def open_room(qtbot, tmp_path, look):
    made = []

    def open_(language):
        made.append(Room(qtbot, tmp_path, language))
        return made[-1]

    yield open_
    for room in made:
        room.close()


def check(room, root):
    room.settle()
    room.app.processEvents()
    assert unnamed(root) == []
    assert too_small(root) == []
    assert cut(root) == []


@pytest.mark.parametrize("size", [(1256, 872), (1096, 692), (912, 692)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_conversation_page_cuts_nothing(open_room, look, language, percent, size):
    room = open_room(language)
    page = ConversationPage(room.context)
    page.retranslate()
    page.restyle()
    room.show(page, *size)
    page.show_for(WHO)
    for name in LOOKS:
        theme.apply(room.app, theme.Theme(name, percent))
        page.restyle()
        check(room, page)
    page.header.raters.chosen.emit("citizen")
    check(room, page)
    room.press(*"343423443")
    check(room, page)
    page.header.raters.chosen.emit("caseworker")
    check(room, page)
    room.press(*"223420342", "n", "x", Qt.Key.Key_Return)
    check(room, page)
    room.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    check(room, page)
    assert page.panel.isVisible()
    for name in LOOKS:
        theme.apply(room.app, theme.Theme(name, percent))
        page.restyle()
        check(room, page)
    page.panel.correct_button.click()
    check(room, page)


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_citizens_side_cuts_nothing(open_room, look, language, percent, size):
    room = open_room(language)
    look("light", percent)
    side = CitizenSide(room.context, WHO, TODAY)
    side.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    room.show(side, *size)
    room.context.run(conversations.open, WHO, "citizen", day=TODAY, done=side._opened)
    check(room, side)
    QTest.keyClick(side, "1")
    for _ in CITIZEN:
        check(room, side)
        QTest.keyClick(side, "3")
    check(room, side)
    QTest.keyClick(side, Qt.Key.Key_Escape)
    check(room, side)
    side.give_back()
