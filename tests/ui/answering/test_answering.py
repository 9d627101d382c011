"""Borgerens side: nine questions, one at a time, and no way into the program but the code or the passphrase."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from sitting import CITIZEN, PASSPHRASE, TODAY, WHO

from progression.casework.values import DECLINED
from progression.desk import pin
from progression.errors import KnownError
from progression.store import drafts
from progression.ui.answering.page import MODE, QUESTION, THANKS, CitizenSide
from progression.ui.answering.parts import ChoiceButton
from progression.ui.conversation.page import ConversationPage

CODE = "274951"


@pytest.fixture
def side(room):
    room.on(pin.choose, CODE)
    made = CitizenSide(room.context, WHO, TODAY)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    room.show(made, 1440, 900)
    made.open()
    room.settle()
    yield made
    made.give_back()


def keys(room, side, *pressed):
    for key in pressed:
        QTest.keyClick(side, key)
    room.settle()


def test_it_asks_first_how_the_questions_are_answered(room, side):
    assert side.stack.currentIndex() == MODE and side.isFullScreen()
    keys(room, side, "2")
    assert side.stack.currentIndex() == QUESTION and side.state.entry.mode == "interview"
    assert side.asked.question.text() == "Hvor godt klarer du dig med det helbred, du har?"
    assert side.asked.example.text().startswith("For eksempel") and side.count.text() == "1 af 9"


def test_nine_keys_and_done(room, side):
    keys(room, side, "1", *"343423443")
    draft = room.draft("citizen")
    assert draft["mode"] == "self"
    assert draft["answers"] == dict(zip(CITIZEN, [3, 4, 3, 4, 2, 3, 4, 4, 3], strict=True))
    assert side.asked.done.isVisible() and not side.asked.skip.isVisible()
    keys(room, side, Qt.Key.Key_Return)
    assert side.stack.currentIndex() == THANKS
    assert not room.saved("citizen")  # the caseworker finishes


def test_nine_touches_and_done(room, side, qtbot):
    qtbot.mouseClick(side.mode_page.modes["self"], Qt.MouseButton.LeftButton)
    for place in (0, 1, 2, 3, 4, 0, 1, 2, 3):
        qtbot.mouseClick(side.asked.choices[place], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(side.asked.done, Qt.MouseButton.LeftButton)
    room.settle()
    given = dict(zip(CITIZEN, [1, 2, 3, 4, 5, 1, 2, 3, 4], strict=True))
    assert room.draft("citizen")["answers"] == given
    assert side.stack.currentIndex() == THANKS


def test_the_choices_are_words_with_growing_bars(room, side):
    keys(room, side, "1")
    assert [choice.text() for choice in side.asked.choices] == [
        "Slet ikke",
        "Kun lidt",
        "Nogenlunde",
        "Godt",
        "Rigtig godt",
    ]
    assert all(choice.accessibleName() == choice.text() for choice in side.asked.choices)
    assert min(choice.height() for choice in side.asked.choices) >= 120


def test_skipping_is_a_real_answer(room, side):
    keys(room, side, "1")
    side.asked.skip.click()
    room.settle()
    assert room.draft("citizen")["answers"] == {CITIZEN[0]: DECLINED} and side.count.text() == "2 af 9"


def test_going_back_shows_what_was_answered(room, side):
    keys(room, side, "1", "4", Qt.Key.Key_Left)
    assert side.count.text() == "1 af 9" and side.asked.choices[3].isChecked()
    assert not side.asked.back.isEnabled()
    keys(room, side, "5")
    assert room.draft("citizen")["answers"] == {CITIZEN[0]: 5}


def test_a_key_held_down_answers_once(room, side):
    keys(room, side, "1")
    from PySide6.QtGui import QKeyEvent

    QTest.keyPress(side, "3")
    for _ in range(4):
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(side, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_3, none, "3", autorep=True))
    room.settle()
    assert side.state.answered == 1


def test_what_is_no_step_does_nothing(room, side):
    keys(room, side, "1", "0", "6", "9", "x", Qt.Key.Key_Return)
    assert side.state.answered == 0 and side.stack.currentIndex() == QUESTION


def test_the_citizen_chooses_the_language(room, side):
    keys(room, side, "1")
    side.languages.chosen.emit("en")
    assert side.asked.question.text() == "How well do you get by with the health you have?"
    assert side.asked.skip.text() == "Skip" and side.asked.choices[0].text() == "Not at all"
    assert room.context.words.language == "da"


def test_a_conversation_under_way_goes_on_where_it_was(room, side):
    keys(room, side, "1", "4", "3")
    side.give_back()
    again = CitizenSide(room.context, WHO, TODAY)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    room.show(again, 1440, 900)
    again.open()
    room.settle()
    assert again.stack.currentIndex() == QUESTION and again.count.text() == "3 af 9"
    again.give_back()


def test_what_is_new_on_the_page_is_read_aloud_once(room, side, monkeypatch):
    said = []
    monkeypatch.setattr("progression.ui.answering.page.announce", lambda _where, text: said.append(text))
    keys(room, side, "1", "4")
    assert [text.split("?")[0] for text in said] == [
        "1 af 9 Hvor godt klarer du dig med det helbred, du har",
        "2 af 9 Hvor godt får du din hverdag til at hænge sammen",
    ]
    assert "For eksempel" in said[1]
    side.languages.chosen.emit("en")
    assert said[-1].startswith("2 of 9 How well") and len(said) == 3


# the way back


def test_the_passphrase_leads_out_when_the_code_is_forgotten(room, side):
    went = []
    side.finished.connect(went.append)
    keys(room, side, "1", "4", Qt.Key.Key_Escape)
    assert side.way_back.isVisible() and not side.way_back.field.isVisible()
    side.way_back.other.click()
    QTest.keyClicks(side.way_back.field, "noget forkert")
    QTest.keyClick(side.way_back.field, Qt.Key.Key_Return)
    room.settle()
    assert side.isVisible() and side.way_back.fault.text() == "Det er ikke adgangssætningen."
    assert side.way_back.field.text() == "" and not went
    QTest.keyClicks(side.way_back.field, PASSPHRASE)
    QTest.keyClick(side.way_back.field, Qt.Key.Key_Return)
    room.settle()
    assert went == [1] and not side.isVisible()
    assert not room.on(pin.standing).chosen  # the next opening asks for another one


def test_without_a_keyboard_there_is_a_way_back_too(room, side, qtbot):
    assert side.caseworker.isVisible() and side.caseworker.text() == "Til sagsbehandleren"
    keys(room, side, "1")
    assert not side.caseworker.isVisible()  # beside a question nothing but its answers
    QTest.mousePress(side.dots, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(side.way_back.isVisible)
    QTest.mouseRelease(side.dots, Qt.MouseButton.LeftButton)
    QTest.keyClick(side.way_back.pad, Qt.Key.Key_Escape)
    keys(room, side, *"343423443", Qt.Key.Key_Return)
    QTest.mouseClick(side.caseworker, Qt.MouseButton.LeftButton)
    room.settle()
    assert side.way_back.isVisible()


def test_digits_typed_as_a_passphrase_answer_nothing(room, side):
    keys(room, side, "1", Qt.Key.Key_Escape)
    side.way_back.other.click()
    QTest.keyClicks(side.way_back.field, "12345")
    keys(room, side, "3")
    assert side.state.answered == 0
    QTest.keyClick(side.way_back.field, Qt.Key.Key_Escape)
    assert not side.way_back.isVisible()
    keys(room, side, "3")
    assert side.state.answered == 1


def test_closing_the_window_asks_as_well(room, side):
    assert not side.close()
    room.settle()
    assert side.isVisible() and side.way_back.isVisible()


def test_an_empty_passphrase_is_not_even_tried(room, side):
    keys(room, side, Qt.Key.Key_Escape)
    side.way_back.other.click()
    QTest.keyClick(side.way_back.field, Qt.Key.Key_Return)
    assert not room.worker.busy and side.way_back.fault.text() == ""


def test_losing_the_focus_locks(room, side, qtbot):
    asked = []
    room.context.lock_asked.connect(asked.append)
    keys(room, side, "1", "4")
    other = ChoiceButton()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [True]
    assert room.draft("citizen")["answers"] == {CITIZEN[0]: 4}


def test_a_full_disk_is_said_in_plain_words(room, side, monkeypatch):
    keys(room, side, "1")

    def full(*_args):
        raise KnownError("disk.full", folder="somewhere")

    with monkeypatch.context() as patch:
        patch.setattr(drafts, "save", full)
        keys(room, side, "4")
        assert "ikke gemt endnu" in side.asked.fault.text() and side.asked.fault.isVisible()
    keys(room, side, "3")
    assert not side.asked.fault.isVisible() and len(room.draft("citizen")["answers"]) == 2


def test_the_side_itself_is_named_by_where_one_is(room, side):
    assert side.hasFocus() and side.accessibleName() == side.mode_page.aloud()
    keys(room, side, "1")
    assert side.hasFocus() and side.accessibleName() == f"1 af 9 {side.asked.aloud()}"
    side.speak("en")
    assert side.accessibleName() == f"1 of 9 {side.asked.aloud()}"
    keys(room, side, *"343423443", Qt.Key.Key_Return)
    assert side.accessibleName() == side.thanks_page.aloud()
    keys(room, side, Qt.Key.Key_Escape)
    assert side.accessibleName() == side.caseworker.text()


def test_every_control_of_the_citizens_side_has_a_name(room, side):
    for made in side.findChildren(QAbstractButton):
        assert made.accessibleName(), made.text()


# from the page and back


def test_from_the_page_to_the_citizen_and_back(room):
    page = ConversationPage(room.context)
    page.retranslate()
    page.restyle()
    room.show(page)
    page.show_for(WHO)
    room.settle()
    room.press("2", Qt.Key.Key_Down, Qt.Key.Key_Down)
    stood = page.state.row
    page.footer.side_button.click()
    room.settle()
    side = page.side
    for _ in range(2):
        QTest.keyClicks(side.choose.pad, CODE)
    room.settle()
    keys(room, side, "1", *"343423443", Qt.Key.Key_Return, Qt.Key.Key_Escape)
    QTest.keyClicks(side.way_back.pad, CODE)
    room.settle()
    assert page.side is None and "Karsten har svaret på 9 af 9" in page.header.about.text()
    # one never left: nothing offers to begin again, and the keys are where they were
    assert not page.notice.isVisible() and page.state.row == stood == 3 and page.sheet.rows[3].hasFocus()
    room.press(*"42134252")
    room.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert room.saved("citizen")[0].mode == "self" and len(room.saved()) == 1


def test_locking_takes_the_citizens_side_down_with_its_answers_kept(room):
    room.on(pin.choose, CODE)
    page = ConversationPage(room.context)
    page.retranslate()
    room.show(page)
    page.show_for(WHO)
    room.settle()
    page.footer.side_button.click()
    room.settle()
    side = page.side
    keys(room, side, "1", "4")
    page.leave()
    room.settle()
    assert page.side is None and not any(isinstance(w, CitizenSide) for w in QApplication.topLevelWidgets())
    assert room.draft("citizen")["answers"] == {CITIZEN[0]: 4}


def test_a_way_of_answering_has_a_picture_where_there_is_room_and_only_words_where_there_is_not(look, qtbot):
    from progression.ui.answering.pages import ICONS
    from progression.ui.answering.parts import ChoiceButton

    look()
    drawn = []
    for name in ("", *ICONS.values()):
        made = ChoiceButton(icon=name)
        qtbot.addWidget(made)
        made.say("Med tolk")
        made.resize(260, 190)
        drawn.append(made.grab().toImage())
        assert (made.that_fits()[2] >= 20) == bool(name)
        made.resize(120, 60)
        assert made.that_fits()[2] == 0  # the words come first
    assert len({bytes(image.constBits()) for image in drawn}) == len(ICONS) + 1


def test_no_word_of_a_choice_stands_alone_on_its_line(look, qtbot):
    made = ChoiceButton(icon="volume")
    qtbot.addWidget(made)
    made.say("De læses op for mig")
    metrics = QFontMetrics(made.that_fits()[0])
    width = metrics.horizontalAdvance("De læses op for ") + 24 + 4  # all but the last word beside each other
    made.resize(width, 240)
    font, below, _tall = made.that_fits()
    box = made.words_box(QFontMetrics(font), 100, below)
    assert below > 1.5 * QFontMetrics(font).height()  # two lines
    assert box.width() < QFontMetrics(font).horizontalAdvance("De læses op for")
    assert box.center().x() == pytest.approx(made.width() / 2, abs=1)
    lines = QFontMetrics(font).boundingRect(QRect(0, 0, box.width(), 1000), int(Qt.TextFlag.TextWordWrap), made.text())
    assert lines.height() <= below
