"""The screen turned to the citizen: their own course, large, and nothing else; one key there and one key back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QHideEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sitting import BIP, WHO, Room
from test_matrix import faults

from progression.casework.values import Citizen, Note
from progression.desk import shown
from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui import theme
from progression.ui.conversation.page import ConversationPage
from progression.ui.conversation.turned import TurnedScreen
from progression.ui.conversation.turned_curve import _Drawing

CTRL = Qt.KeyboardModifier.ControlModifier
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 5 + "🙂 נועם כהן"


@pytest.fixture
def open_room(qtbot, tmp_path):
    made = []

    def open_(language="da"):
        made.append(Room(qtbot, tmp_path, language))
        return made[-1]

    yield open_
    for room in made:
        room.close()


@pytest.fixture
def page(open_room):
    """A finished conversation, its panel in view."""
    room = open_room()
    made = ConversationPage(room.context)
    made.room = room
    made.retranslate()
    made.restyle()
    room.show(made)
    made.show_for(WHO)
    room.settle()
    room.press(*"22342134252")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert made.panel.isVisible()
    return made


def turned(page) -> TurnedScreen:
    page.room.settle()
    page.room.qtbot.waitUntil(lambda: page.panel.turner.screen is not None)
    page.room.qtbot.waitUntil(lambda: page.panel.turner.screen.value is not None)
    return page.panel.turner.screen


def texts(root) -> list[str]:
    return [label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root) and label.text()]


def test_one_key_covers_the_screen_and_escape_gives_it_back_where_one_was(page):
    page.panel.copy_button.setFocus()
    QTest.keyClick(page.panel.copy_button, Qt.Key.Key_F11)
    screen = turned(page)
    assert screen.isWindow() and screen.isFullScreen() and screen.title.text() == "Sådan er det gået, Karsten"
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    page.room.settle()
    assert page.panel.turner.screen is None and page.panel.isVisible()
    page.room.qtbot.waitUntil(page.isActiveWindow)
    assert page.panel.copy_button.hasFocus()


def test_the_button_names_the_citizen_and_the_way_back_is_a_button_too(page):
    assert page.panel.turn_button.text() == "Vis til Karsten"
    page.panel.turn_button.click()
    turned(page).back.click()
    page.room.settle()
    assert page.panel.turner.screen is None


def test_a_key_held_down_opens_one_screen(page):
    page.panel.turn()
    first = turned(page)
    page.panel.turn()
    assert page.panel.turner.screen is first
    QTest.keyClick(first, Qt.Key.Key_F11)  # the key that led here leads back
    page.room.settle()
    assert page.panel.turner.screen is None


def test_one_that_is_minimised_is_there_still(page):
    class Minimised(QHideEvent):
        def spontaneous(self):
            return True

    page.panel.turn()
    screen = turned(page)
    screen.hideEvent(Minimised())
    assert page.panel.turner.screen is screen
    page.leave()  # so that a locked vault takes it away all the same
    assert page.panel.turner.screen is None


def test_nothing_else_stands_there(page):
    page.panel.turn()
    screen = turned(page)
    value = screen.value
    expected = [value.title, *value.sentences, value.now, value.reading]
    expected += [f"{n}." for n in range(1, len(value.sentences) + 1)] if len(value.sentences) > 1 else []
    assert sorted(texts(screen)) == sorted(expected)
    told = " ".join([*expected, screen.curve.accessibleDescription(), screen.curve.accessibleName()]).casefold()
    assert screen.curve.accessibleDescription()
    for indicator in BIP.indicators:
        assert page.context.words.pick(indicator.name).casefold() not in told
    assert "mette" not in told and "opmærksomhed" not in told


def test_it_speaks_the_citizens_language_and_the_way_back_the_caseworkers(page):
    page.panel.turn()
    screen = turned(page)
    screen.languages.chosen.emit("en")
    page.room.settle()
    assert screen.title.text() == "How it has gone, Karsten" and screen.value.language == "en"
    assert screen.back.text() == "Tilbage" and page.context.words.language == "da"


def test_small_steps_stand_there_too(page):
    day = page.context.today
    step = Note(WHO, day, "small_step", "", "Tog bussen alene")
    page.room.on(lambda s: s.vault.append([kinds.to_event(step)], Act("add")))
    page.panel.turn()
    assert "Små skridt: Tog bussen alene." in texts(turned(page))


def test_it_is_logged_and_leaving_the_page_takes_it_away(page):
    page.panel.turn()
    turned(page)
    log = page.room.on(lambda s: queries.access_log(s.vault, WHO))
    assert [line.purpose for line in log].count(shown.PURPOSE) == 1
    page.leave()
    assert page.panel.turner.screen is None


def test_a_locked_vault_takes_it_away(unlocked, settled, qtbot):
    window = unlocked()
    window.context.go("conversation", window.shell.page("today").value.rows[0].citizen)
    settled(window)
    page = window.shell.current()
    QTest.keyClick(page.sheet.rows[0], Qt.Key.Key_4)
    page.finish()
    settled(window)
    page.panel.turn()
    settled(window)
    screen = page.panel.turner.screen
    assert screen.isVisible() and screen.value is not None
    window.idle.timer.setInterval(0)
    window.idle.timer.start()
    qtbot.waitUntil(lambda: window.context.session is None and not window.context.worker.busy, timeout=20_000)
    assert page.panel.turner.screen is None and window.unlock.isVisible()


def test_ctrl_l_locks_from_here(page):
    asked = []
    page.context.lock_asked.connect(asked.append)
    page.panel.turn()
    QTest.keyClick(turned(page), Qt.Key.Key_L, CTRL)
    assert asked == [False]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_is_cut_or_faint(open_room, look, language, percent, size):
    room = open_room(language)
    look("light", percent)
    screen = TurnedScreen(room.context, WHO)
    screen.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    room.show(screen, *size)
    screen.ask(language)
    room.settle()
    for name in ("light", "dark", "contrast"):
        theme.apply(room.app, theme.Theme(name, percent))
        screen.restyle()
        room.app.processEvents()
        assert faults(screen) == {}


def test_no_line_goes_through_the_name_of_a_shading(page):
    page.panel.turn_button.click()
    curve, crossed = turned(page).curve.curve, 0
    assert curve.shadings
    for high in range(300, 620, 20):
        image = QImage(900, high, QImage.Format.Format_RGB32)
        image.fill(theme.current().colour("bg"))
        painter = QPainter(image)
        drawing = _Drawing(painter, curve, QRectF(0, 0, 900, high))
        drawing.draw()
        painter.end()
        for foot, _called in drawing._named():
            for step in curve.chart.step_labels:
                y = round(drawing.y(step.value))
                if foot.top() < y < foot.bottom():
                    crossed += 1
                    assert image.pixelColor(round(foot.left()) + 1, y) == theme.current().colour("bg-3")
    assert crossed


@pytest.mark.parametrize("percent", [100, 200])
def test_any_name_leaves_it_as_it_is_and_nobody_yet_has_no_curve(open_room, look, percent):
    room = open_room()
    look("light", percent)
    room.on(lambda s: s.vault.append([kinds.to_event(Citizen("ny", "N-1", LONG))], Act("add")))
    screen = TurnedScreen(room.context, "ny")
    screen.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    room.show(screen, 1280, 720)
    screen.ask("da")
    room.settle()
    assert screen.curve.isHidden() and faults(screen) == {}
    assert screen.back.hasFocus()
