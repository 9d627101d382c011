"""The code on the citizen's side: chosen twice, typed or touched, tried five times, and never shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from sitting import CITIZEN, PASSPHRASE, TODAY, WHO

from progression.desk import pin
from progression.ui.answering.page import BACK, CHOOSE, MODE, QUESTION, CitizenSide
from progression.words import Words

CODE = "274951"


@pytest.fixture
def open_side(room):
    made = []

    def open_():
        side = CitizenSide(room.context, WHO, TODAY)
        side.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        room.show(side, 1440, 900)
        side.open()
        room.settle()
        made.append(side)
        return side

    yield open_
    for side in made:
        side.give_back()


def digits(room, pad, text):
    QTest.keyClicks(pad, text)
    room.settle()


def touch(room, pad, text):
    for digit in text:
        QTest.mouseClick(pad.keys[digit], Qt.MouseButton.LeftButton)
    room.settle()


def chosen(room, open_side):
    room.on(pin.choose, CODE)
    return open_side()


def asked(room, side):
    QTest.keyClick(side, Qt.Key.Key_Escape)
    room.settle()
    assert side.stack.currentIndex() == BACK
    return side.way_back


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("high", [500, 900])
def test_the_keys_are_equally_wide_and_their_words_whole(room, open_side, language, high):
    room.context.words = Words(language)
    side = open_side()
    side.resize(1280, high)
    room.settle()
    keys = side.choose.pad.keys
    assert max(made.width() for made in keys.values()) - min(made.width() for made in keys.values()) <= 1
    assert keys["-"].fontMetrics().horizontalAdvance(keys["-"].text()) + 8 <= keys["-"].width()


def test_the_code_is_asked_for_twice_before_the_citizen_sees_anything(room, open_side):
    side = open_side()
    assert side.stack.currentIndex() == CHOOSE and side.state is None
    assert not side.languages.isVisible() and not side.caseworker.isVisible()
    digits(room, side.choose.pad, CODE)
    assert side.choose.title.text() == "Skriv koden en gang til" and side.stack.currentIndex() == CHOOSE
    digits(room, side.choose.pad, CODE)
    assert side.stack.currentIndex() == MODE and room.on(pin.standing) == pin.Standing(True, 5)


def test_two_different_codes_are_asked_for_again(room, open_side):
    side = open_side()
    digits(room, side.choose.pad, CODE + "274950")
    assert side.choose.fault.text() == "De to koder var ikke ens. Vælg igen." and side.choose.pad.typed == 0
    assert side.choose.title.text() == "Vælg en kode på seks cifre"
    digits(room, side.choose.pad, CODE)
    assert not side.choose.fault.isVisible()
    digits(room, side.choose.pad, CODE)
    assert side.stack.currentIndex() == MODE


def test_a_code_that_is_easily_guessed_is_refused_in_words(room, open_side):
    side = open_side()
    digits(room, side.choose.pad, "123456123456")
    assert "let at gætte" in side.choose.fault.text() and side.stack.currentIndex() == CHOOSE
    digits(room, side.choose.pad, CODE + CODE)
    assert side.stack.currentIndex() == MODE


@pytest.mark.parametrize("way", ["escape", "button", "close"])
def test_whoever_chooses_none_goes_back_to_the_conversation(room, open_side, way):
    side, went = open_side(), []
    side.finished.connect(went.append)
    if way == "escape":
        QTest.keyClick(side.choose.pad, Qt.Key.Key_Escape)
    elif way == "button":
        side.choose.leave.click()
    else:
        side.close()
    room.settle()
    assert went == [0] and not side.isVisible() and not room.on(pin.standing).chosen


def test_a_code_holds_for_the_next_time_too(room, open_side):
    side = chosen(room, open_side)
    assert side.stack.currentIndex() == MODE
    digits(room, asked(room, side).pad, CODE)
    assert not side.isVisible()
    assert open_side().stack.currentIndex() == MODE


def test_the_code_leads_back_by_keys_and_by_touch(room, open_side):
    for enter in (digits, touch):
        side, went = chosen(room, open_side), []
        side.finished.connect(went.append)
        QTest.keyClick(side, "1")
        QTest.keyClick(side, "4")
        enter(room, asked(room, side).pad, CODE)
        assert len(went) == 1 and not side.isVisible()


def test_a_digit_too_many_can_be_taken_back(room, open_side):
    side = chosen(room, open_side)
    pad = asked(room, side).pad
    touch(room, pad, "29--")
    assert pad.typed == 0 and pad.accessibleDescription() == "0 af 6 cifre"
    digits(room, pad, "275")
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    QTest.keyClick(pad, "x")
    assert pad.typed == 2 and pad.accessibleDescription() == "2 af 6 cifre"
    digits(room, pad, CODE[2:])
    assert not side.isVisible()


def test_five_wrong_codes_lock_however_often_the_pad_is_closed(room, open_side):
    side, out = chosen(room, open_side), []
    room.context.locked_out.connect(lambda: out.append(True))
    for left in (4, 3):
        back = asked(room, side)
        digits(room, back.pad, "905173")
        assert back.fault.text() == f"Det er ikke koden. Der er {left} forsøg tilbage."
        QTest.keyClick(back.pad, Qt.Key.Key_Escape)
        assert side.stack.currentIndex() == MODE and not out
    digits(room, asked(room, side).pad, "905173")
    side.give_back()
    side = open_side()  # another window on the same code
    back = asked(room, side)
    digits(room, back.pad, "905173")
    assert not out and "1 forsøg" in back.fault.text()
    digits(room, back.pad, "905173")
    assert out == [True] and room.on(pin.standing) == pin.Standing(False)


def test_a_try_under_way_takes_no_further_digits(room, open_side):
    side = chosen(room, open_side)
    pad = asked(room, side).pad
    QTest.keyClicks(pad, "905173" + CODE)  # the second code comes while the first is being looked at
    assert pad.typed == 0 and not pad.isEnabled()
    room.settle()
    assert room.on(pin.standing).left == 4 and side.isVisible()


def test_the_digits_are_shown_and_read_aloud_nowhere(room, open_side):
    side = chosen(room, open_side)
    back = asked(room, side)
    digits(room, back.pad, "27495")
    seen = [made.text() for made in side.findChildren(QLabel)] + [made.text() for made in side.findChildren(QLineEdit)]
    seen += [back.pad.accessibleName(), back.pad.accessibleDescription(), *room.said]
    assert not any("274" in text for text in seen)


def test_the_passphrase_is_beside_it_and_forgets_the_code(room, open_side):
    side = chosen(room, open_side)
    back = asked(room, side)
    back.other.click()
    assert back.field.isVisible() and not back.pad.isVisible() and back.field.hasFocus()
    QTest.keyClicks(back.field, PASSPHRASE)
    QTest.keyClick(back.field, Qt.Key.Key_Return)
    room.settle()
    assert not side.isVisible() and not room.on(pin.standing).chosen
    assert open_side().stack.currentIndex() == CHOOSE


def test_the_way_back_stands_instead_of_the_answers_and_returns_to_them(room, open_side):
    side = chosen(room, open_side)
    for key in ("1", "4"):
        QTest.keyClick(side, key)
    back = asked(room, side)
    assert not side.asked.isVisible() and not side.dots.isVisible() and not side.languages.isVisible()
    QTest.keyClick(back.pad, "3")
    back.leave.click()
    assert side.stack.currentIndex() == QUESTION and side.state.answered == 1
    QTest.keyClick(side, "5")
    room.settle()
    assert room.draft("citizen")["answers"] == dict(zip(CITIZEN, [4, 5], strict=False))


def test_the_caseworkers_pages_speak_the_caseworkers_language(room, open_side):
    side = chosen(room, open_side)
    side.languages.chosen.emit("en")
    assert side.asked.skip.text() == "Skip" and side.caseworker.text() == "Til sagsbehandleren"
    assert asked(room, side).title.text() == "Til sagsbehandleren"


def test_always_on_top_and_alone_on_the_screen(room, open_side):
    side = open_side()
    assert side.windowFlags() & Qt.WindowType.WindowStaysOnTopHint and side.isFullScreen()
