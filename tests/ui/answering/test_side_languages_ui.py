"""The citizen's side in a language written from the right, and with more languages than there is room for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextLayout
from PySide6.QtTest import QTest
from sitting import CITIZEN, TODAY, WHO, Room
from test_ui_walk import cut, too_small, unnamed

from progression.desk import languages, pin
from progression.ui import theme
from progression.ui.answering import letters
from progression.ui.answering.page import LANGUAGE, MODE, QUESTION, THANKS, CitizenSide
from progression.ui.answering.parts import LETTERS, ChoiceButton, narrowest

ARABIC = Path(__file__).parents[2] / "data" / "citizen_ar.toml"
RIGHT = Qt.LayoutDirection.RightToLeft


@pytest.fixture
def room(qtbot, tmp_path):
    made = Room(qtbot, tmp_path)
    made.on(languages.install, ARABIC)
    made.on(pin.choose, "274951")
    yield made
    made.close()


@pytest.fixture
def open_side(room):
    made = []

    def open_(width=1440, height=900):
        side = CitizenSide(room.context, WHO, TODAY)
        side.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        room.show(side, width, height)
        side.read()
        room.settle()
        made.append(side)
        return side

    yield open_
    for side in made:
        if shiboken6.isValid(side):
            side.give_back()


def keys(room, side, *pressed):
    for key in pressed:
        QTest.keyClick(side, key)
    room.settle()


def left(widget, side):
    return widget.mapTo(side, widget.rect().topLeft()).x()


def test_the_layout_is_mirrored_and_back_again(room, open_side):
    side = open_side()
    keys(room, side, "1", "4")
    side.languages.chosen.emit("ar")
    room.settle()
    assert side.layoutDirection() == RIGHT and side.asked.choices[0].layoutDirection() == RIGHT
    assert side.asked.question.text().endswith("؟") and side.count.text() == "2 من 9"
    places = [left(choice, side) for choice in side.asked.choices]
    assert places == sorted(places, reverse=True)  # step 1 stands at the right
    assert left(side.dots, side) > left(side.languages, side)
    assert side.dots.middle(0).x() > side.dots.middle(8).x()
    assert left(side.asked.back, side) > left(side.asked.skip, side)
    assert side.asked.back.points_right and not side.asked.skip.points_right
    margins = side.asked.question.contentsMargins()
    assert margins.left() > 0 and margins.right() == 0  # the lines begin at the right edge
    side.languages.chosen.emit("da")
    room.settle()
    places = [left(choice, side) for choice in side.asked.choices]
    assert places == sorted(places) and not side.asked.back.points_right


def test_the_bars_grow_from_the_right(open_side):
    open_side()
    choice = ChoiceButton(2, 5)
    choice.resize(200, 200)
    there = [box.center().x() for box in choice.bar_boxes(50, 60)]
    choice.setLayoutDirection(RIGHT)
    boxes = choice.bar_boxes(50, 60)
    assert [round(200 - box.center().x()) for box in boxes] == [round(x) for x in there]
    assert boxes[0].height() < boxes[4].height() and boxes[0].center().x() > boxes[4].center().x()


def test_the_keys_mean_the_same_steps_and_the_arrow_points_back(room, open_side):
    side = open_side()
    side.languages.chosen.emit("ar")
    keys(room, side, "2", "1", "5", Qt.Key.Key_Left)
    assert side.state.row == 2  # the left arrow points ahead
    keys(room, side, Qt.Key.Key_Right)
    assert side.state.row == 1 and side.asked.choices[4].isChecked()
    draft = room.draft("citizen")
    assert draft["mode"] == "interview" and draft["answers"] == {CITIZEN[0]: 1, CITIZEN[1]: 5}


def test_a_whole_round_in_arabic_is_the_same_answers(room, open_side, qtbot):
    side = open_side()
    side.languages.chosen.emit("ar")
    for place in (0, 1, 2, 3, 4, 0, 1, 2, 3):
        if side.stack.currentIndex() == MODE:
            qtbot.mouseClick(side.mode_page.modes["self"], Qt.MouseButton.LeftButton)
        qtbot.mouseClick(side.asked.choices[place], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(side.asked.done, Qt.MouseButton.LeftButton)
    room.settle()
    assert side.stack.currentIndex() == THANKS and side.thanks_page.thanks.text().startswith("شكرًا")
    given = dict(zip(CITIZEN, [1, 2, 3, 4, 5, 1, 2, 3, 4], strict=True))
    assert room.draft("citizen")["answers"] == given


def test_every_letter_has_a_shape_in_the_shipped_font(open_side):
    open_side()
    layout = QTextLayout("السؤال", theme.current().font("question"))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert {run.rawFont().familyName() for run in runs} == {letters.ARABIC}
    assert all(glyph for run in runs for glyph in run.glyphIndexes())


def test_a_language_without_letters_here_is_told_and_not_offered(room, open_side, monkeypatch):
    missing = letters.missing

    def arabic_is_missing(texts):
        listed = list(texts)
        return missing(listed) | frozenset(letter for text in listed for letter in text if letter == "ع")

    monkeypatch.setattr(letters, "missing", arabic_is_missing)
    side = open_side()
    assert [one.code for one in side._offered] == ["da", "en"]
    assert any("ar" in said and "bogstaver" in said for said in room.said)


def test_letters_no_font_has_are_found():
    assert letters.missing(["Hvor godt får du …", "How well?"]) == frozenset()
    assert letters.missing(["a\U00102345"]) == {"\U00102345"}


# many languages


def install_many(room, tmp_path, count):
    for number in range(count):
        code = "x" + chr(97 + number) + "x"
        text = re.sub(r'code = "ar"', f'code = "{code}"', ARABIC.read_text("utf-8"))
        text = text.replace('name = "العربية"', f'name = "Sprog nummer {number + 1}"').replace('"rtl"', '"ltr"')
        file = tmp_path / f"{code}.toml"
        file.write_text(text, "utf-8")
        room.on(languages.install, file)


def test_many_languages_have_a_page_of_their_own(room, open_side, tmp_path, qtbot):
    install_many(room, tmp_path, 6)
    side = open_side(1280, 720)
    assert not side.languages.isVisible() and side.language_button.isVisible()
    assert side.language_button.text() == "Dansk" and side.language_button.accessibleName() == "Sprog: Dansk"
    qtbot.mouseClick(side.language_button, Qt.MouseButton.LeftButton)
    assert side.stack.currentIndex() == LANGUAGE and len(side.language_page.choices) == 9
    assert side.language_page.choices["da"].isChecked()
    qtbot.mouseClick(side.language_page.choices["ar"], Qt.MouseButton.LeftButton)
    assert side.stack.currentIndex() == MODE and side.layoutDirection() == RIGHT
    assert side.language_button.text() == "العربية"
    keys(room, side, "1", "3")
    qtbot.mouseClick(side.language_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(side.language_page.choices["xax"], Qt.MouseButton.LeftButton)
    assert side.stack.currentIndex() == QUESTION and side.state.row == 1


# the look


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_page_holds_in_both_directions(room, open_side, look, name, percent, size):
    look(name, percent)
    side = open_side(*size)
    for language in ("da", "ar"):
        side.speak(language)
        for page in (MODE, QUESTION, THANKS, LANGUAGE):
            side.turn(page)
            room.settle()
            assert (side.width(), side.height()) == size
            assert unnamed(side) == [] and too_small(side) == [] and cut(side) == []
        side.turn(MODE)
    side.turn(QUESTION)
    side.ask_back()
    room.settle()
    assert (side.width(), side.height()) == size and cut(side) == [] and too_small(side) == []
    side.way_back.other.click()
    room.settle()
    assert (side.width(), side.height()) == size and cut(side) == []


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
@pytest.mark.parametrize("percent", [80, 100, 200])
def test_the_page_that_asks_for_a_code_holds(room, look, percent, size):
    look("light", percent)
    room.on(pin.forget)
    side = CitizenSide(room.context, WHO, TODAY)
    side.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    room.show(side, *size)
    side._begin(pin.Standing(False))
    QTest.keyClicks(side.choose.pad, "123456123456")
    room.settle()
    assert side.choose.fault.isVisible() and (side.width(), side.height()) == size
    assert unnamed(side) == [] and too_small(side) == [] and cut(side) == []
    side.give_back()


def test_a_chosen_step_has_its_check_beside_bars_and_words(open_side, look):
    for percent, size in ((100, (256, 220)), (100, (200, 140)), (200, (206, 184)), (200, (150, 100))):
        look("light", percent)
        choice = ChoiceButton(4, 5)
        choice.say("Rigtig godt", ["Slet ikke", "Rigtig godt"])
        choice.resize(*size)
        _font, below, tall = choice.that_fits()
        gap = choice._gap()
        top = (size[1] - tall - gap - below) / 2
        for direction in (Qt.LayoutDirection.LeftToRight, RIGHT):
            choice.setLayoutDirection(direction)
            taken = [box.toRect() for box in choice.bar_boxes(top, tall)]
            place = choice.check_place(taken)
            assert choice.rect().contains(place)
            assert not any(place.intersects(bar) for bar in taken), (percent, size, direction)


def test_lines_balance_so_that_no_word_stands_alone(look):
    look()
    metrics = QFontMetrics(theme.current().font("question"))
    text = "Hvor godt får du din hverdag til at hænge sammen?"
    flags = int(Qt.TextFlag.TextWordWrap)
    width = narrowest(metrics, text, 1280)
    height = metrics.boundingRect(0, 0, width, 10_000, flags, text).height()
    assert (
        height == 2 * metrics.lineSpacing() or height == metrics.boundingRect(0, 0, 1280, 10_000, flags, text).height()
    )
    assert 600 < width < 900
    assert narrowest(metrics, "Kort?", 1280) <= metrics.horizontalAdvance("Kort?") + 8
    small = QFontMetrics(theme.current().font("body"))
    assert narrowest(small, "ord " * 100, 4000) <= small.averageCharWidth() * LETTERS + 2
