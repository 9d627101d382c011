"""The scoring sheet without a vault: what every key does, where every cell is, and how it looks at any size."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sitting import BEFORE, BIP, CITIZEN, TODAY, WORKER

from progression.casework.values import DECLINED, NOT_RATED, Assessment
from progression.desk.pages import Sheet
from progression.scales.model import Rater
from progression.ui import theme
from progression.ui.conversation.scoring import ScoreSheet
from progression.ui.conversation.scoring_columns import (
    columns,
    focus_height,
    focus_name,
    lock_beside,
    name_width,
    row_heights,
)
from progression.ui.conversation.scoring_head import ScoreHead
from progression.ui.conversation.scoring_state import UNDO_DEPTH, Scoring
from progression.words import Words

PREVIOUS = Assessment(
    "c",
    "caseworker",
    "bip",
    BEFORE,
    {**dict.fromkeys(WORKER, 2), WORKER[1]: NOT_RATED},
    notes={WORKER[0]: "Sov"},
)


def sheet_of(rater: Rater = "caseworker", **more) -> Sheet:
    return replace(
        Sheet(
            "c", "Karsten Bøgh Mikkelsen", rater, BIP, TODAY, "", {}, {}, "", PREVIOUS, (), 6, 0, 9, None, False
        ),
        **more,
    )  # fmt: skip


@pytest.fixture
def state():
    return Scoring(sheet_of())


@pytest.fixture
def look(qapp):
    """Put a theme in force; the light one at 100 % afterwards."""
    theme.load_fonts()

    def use(name="light", percent=100):
        theme.apply(qapp, theme.Theme(name, percent))

    use()
    yield use
    use()


@pytest.fixture
def shown(qtbot, look):
    """Show a sheet: shown(state, width, height, language). It is held until the test ends."""
    held = []

    def show(state, width=1256, height=692, language="da"):
        made = ScoreSheet(state, Words(language))
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.focus_row()
        held.append(made)
        return made

    return show


# the state


def test_scoring_moves_on_and_stays_at_the_last_row(state):
    for _ in WORKER:
        assert state.score(3)
    assert state.answered == 11 and state.row == 10
    state.score(4)
    assert state.answer(WORKER[10]) == 4 and state.row == 10


def test_it_begins_at_the_first_row_without_an_answer():
    assert Scoring(sheet_of(answers={WORKER[0]: 3, WORKER[1]: NOT_RATED})).row == 2
    assert Scoring(sheet_of(answers=dict.fromkeys(WORKER, 3))).row == 0


@pytest.mark.parametrize("step", [0, 6, 9, -1])
def test_a_step_the_scale_does_not_have_changes_nothing(state, step):
    assert not state.score(step)
    assert state.row == 0 and not state.entry.answers


def test_zero_and_u_are_answers_but_not_steps(state):
    state.not_rated()
    state.decline()
    assert dict(state.entry.answers) == {WORKER[0]: NOT_RATED, WORKER[1]: DECLINED} and state.answered == 2


def test_backspace_clears_then_steps_back(state):
    state.score(3)
    assert not state.clear() and state.row == 0  # the row in focus was empty
    assert state.clear() and not state.entry.answers


def test_rows_end_at_the_first_and_the_last(state):
    assert not state.move(-1)
    assert state.go(99) and state.row == 10
    assert state.go(-5) and state.row == 0


def test_arrows_move_the_answer_within_the_scale(state):
    assert state.nudge(1) and state.answer(WORKER[0]) == 1
    assert not state.nudge(-1)
    for _ in range(4):
        state.nudge(1)
    assert state.answer(WORKER[0]) == 5 and not state.nudge(1) and state.row == 0


def test_earlier_answers_follow_the_rule(state):
    assert state.earlier(WORKER[0]) is None
    state.score(4)
    assert state.earlier(WORKER[0]) == 2
    state.not_rated()
    assert state.earlier(WORKER[1]) is None  # it was not rated last time: there is no step to show
    assert Scoring(sheet_of(), show_earlier=True).earlier(WORKER[5]) == 2
    assert Scoring(sheet_of(previous=None), show_earlier=True).earlier(WORKER[5]) is None


def test_undo_takes_back_one_act_at_a_time(state):
    state.score(4)
    state.score(5)
    assert state.undo() == WORKER[1] and state.row == 1
    assert state.undo() == WORKER[0] and not state.entry.answers
    assert state.undo() is None


def test_letters_of_one_note_are_one_act(state):
    for text in ("S", "So", "Sov"):
        state.write_note(WORKER[0], text)
    state.write_note(WORKER[1], "x")
    assert state.undo() == WORKER[1] and state.note(WORKER[0]) == "Sov"
    assert state.undo() == WORKER[0] and state.note(WORKER[0]) == ""


def test_undo_remembers_the_last_fifty(state):
    for n in range(UNDO_DEPTH + 10):
        state.go(0)
        state.score(1 + n % 5)
    undone = 0
    while state.undo() is not None:
        undone += 1
    assert undone == UNDO_DEPTH


def test_scoring_the_same_again_is_no_act(state):
    state.score(3)
    state.go(0)
    before = state.entry
    state.score(3)
    assert state.entry is before and state.row == 1


def test_fields_change_only_when_they_change(state):
    assert not state.set_day(TODAY) and state.set_day(TODAY - dt.timedelta(days=3))
    assert not state.set_mode("") and state.set_mode("phone")
    assert not state.write_note(WORKER[0], "") and not state.write_conversation_note("")
    assert not state.start_over()


def test_an_entry_handed_to_another_thread_never_changes(state):
    state.score(3)
    entry = state.entry
    state.score(4)
    assert dict(entry.answers) == {WORKER[0]: 3}


# the widget


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_keys_from_the_keypad_and_the_ends_of_the_sheet(state, shown):
    shown(state)
    press("3", Qt.KeyboardModifier.KeypadModifier)
    press(Qt.Key.Key_End)
    press("5")
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Right)
    assert dict(state.entry.answers) == {WORKER[0]: 4, WORKER[10]: 5}


def test_shortcuts_are_not_scores(state, shown):
    shown(state)
    for modifier in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        press("3", modifier)
    press("6")
    assert not state.entry.answers


def test_tab_goes_row_by_row(state, shown):
    sheet = shown(state)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sheet.rows[1] and state.row == 1


def test_the_mouse_scores_any_row(state, shown, qtbot):
    sheet = shown(state)
    row = sheet.rows[6]
    cell = row.step_cells()[3]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=cell.center())
    assert state.answer(WORKER[6]) == 4 and state.row == 7
    upper, _none = sheet.rows[2].other_cells()
    qtbot.mouseClick(sheet.rows[2], Qt.MouseButton.LeftButton, pos=upper.center())
    assert state.answer(WORKER[2]) == NOT_RATED


def test_the_mouse_can_decline_in_the_row_in_focus(state, shown, qtbot):
    sheet = shown(state)
    _upper, lower = sheet.rows[0].other_cells()
    qtbot.mouseClick(sheet.rows[0], Qt.MouseButton.LeftButton, pos=lower.center())
    assert state.answer(WORKER[0]) == DECLINED


def test_a_click_beside_the_cells_only_moves_there(state, shown, qtbot):
    sheet = shown(state)
    qtbot.mouseClick(sheet.rows[4], Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    qtbot.mouseClick(sheet.rows[5], Qt.MouseButton.RightButton, pos=QPoint(400, 20))
    assert state.row == 4 and not state.entry.answers


def test_an_answered_row_is_painted_in_the_accent_colour(state, shown):
    sheet = shown(state)
    press("3")
    row = sheet.rows[0]
    cell = row.step_cells()[2]
    at = QPoint(cell.left() + 4, cell.center().y())
    assert row.grab().toImage().pixelColor(at) == theme.current().colour("accent")
    other = row.step_cells()[0]
    assert row.grab().toImage().pixelColor(QPoint(other.right() - 4, other.bottom() - 4)) == QColor("#ffffff")


def test_rows_say_name_answer_question_and_place(state, shown):
    sheet = shown(state)
    row = sheet.rows[6]
    assert row.accessibleName() == "Målrettethed, række 7 af 11"
    assert row.accessibleDescription().startswith("Ikke besvaret" if False else "ikke besvaret. I hvor høj grad")
    state.go(6)
    state.score(3)
    sheet.show_state()
    assert row.accessibleDescription().startswith("3, i nogen grad. tidligere svar 2, i ringe grad.")


def test_the_citizens_rows_have_the_citizens_questions_and_words(shown):
    state = Scoring(sheet_of("citizen", previous=None))
    sheet = shown(state)
    assert [row.indicator.code for row in sheet.rows] == CITIZEN
    assert "Hvor godt klarer du dig" in sheet.rows[0].accessibleDescription()
    press("3")
    assert sheet.rows[0].accessibleDescription().startswith("3, Nogenlunde")


def pasted(text):
    from PySide6.QtCore import QMimeData

    made = QMimeData()
    made.setText(text)
    return made


def test_a_text_is_pasted_whole_or_not_at_all(state, shown):
    from progression.ui.conversation.scoring_note import LONGEST

    sheet, refused = shown(state), []
    sheet.note.refused.connect(refused.append)
    press("n")
    sheet.note.field.insertFromMimeData(pasted("Sover bedre. "))
    sheet.note.field.insertFromMimeData(pasted("x" * 100_000))
    assert refused == [100_000] and state.note(WORKER[0]) == "Sover bedre. "
    sheet.note.field.insertFromMimeData(pasted("y" * (LONGEST - 13)))
    assert len(state.note(WORKER[0])) == LONGEST
    press("z")
    assert refused == [100_000, 1] and len(state.note(WORKER[0])) == LONGEST
    press(Qt.Key.Key_Backspace)
    press("z")
    assert state.note(WORKER[0]).endswith("yz")


def test_a_longer_note_from_elsewhere_can_be_made_shorter(state, shown):
    state.write_note(WORKER[0], "x" * 30_000)
    sheet, refused = shown(state), []
    sheet.note.refused.connect(refused.append)
    press("n")
    press(Qt.Key.Key_Backspace)
    assert len(state.note(WORKER[0])) == 29_999 and not refused
    sheet.note.field.selectAll()
    sheet.note.field.insertFromMimeData(pasted("kort"))
    assert state.note(WORKER[0]) == "kort" and not refused


def test_without_an_earlier_assessment_the_head_promises_no_ring(state, shown):
    assert shown(state).head.ring_text() == "dit svar 25. aug."
    assert shown(Scoring(sheet_of(previous=None))).head.ring_text() == ""
    assert shown(Scoring(sheet_of("citizen"))).head.ring_text() == "svar 25. aug."


# sizes


@pytest.mark.parametrize("percent", [80, 100, 130, 160, 200])
@pytest.mark.parametrize("width", [700, 912, 1096, 1256, 1736])
@pytest.mark.parametrize("rater", ["caseworker", "citizen"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_columns_and_texts_fit_at_every_size(look, percent, width, rater, language):
    look(percent=percent)
    found = theme.current()
    cols = columns(width, BIP, found)
    assert cols.zero_rect(0, 20).right() <= cols.right
    assert cols.step >= found.px(40) and cols.step_rect(4, 0, 20).right() < cols.zero_left
    assert cols.listed or cols.step >= found.px(90)
    if not cols.stacked:
        assert cols.right - cols.note_left >= found.px(120)
    words = Words(language)
    assert focus_height(BIP, rater, cols, found, words) >= found.px(146)
    longest = max(
        QFontMetrics(found.font("small")).horizontalAdvance(word)
        for row in BIP.rated_by(rater)
        for step in row.steps
        for word in words.pick(step.text).split()
    )
    room = cols.right - cols.steps_left - 60 if cols.listed else cols.step - 14
    assert longest <= room, (longest, room)


def test_rows_share_the_height_there_is():
    found = theme.Theme()
    assert row_heights(700, 11, 146, found) == (50, 33)
    assert row_heights(546, 11, 146, found) == (40, 33)
    assert row_heights(300, 11, 146, found) == (33, 33)
    assert row_heights(900, 11, 146, found, listed=True) == (74, 74)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("percent", [100, 200])
def test_it_paints_in_every_theme_and_size(state, shown, look, name, percent):
    look(name, percent)
    state.score(4)
    state.not_rated()
    state.decline()
    sheet = shown(state)
    row = sheet.rows[3]
    assert row.grab().toImage().pixelColor(QPoint(2, 4)) == theme.current().colour("bg")
    assert row.grab().toImage().pixelColor(QPoint(40, 4)) == theme.current().colour("accent-tint")


def test_the_window_coming_to_the_front_does_not_move_the_row(shown):
    state = Scoring(sheet_of(answers={WORKER[0]: 3, WORKER[1]: 3}))
    sheet = shown(state)
    sheet.rows[0].setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert state.row == 2 and QApplication.focusWidget() is sheet.rows[2]


def test_where_there_is_no_room_the_steps_stand_in_a_list(state, shown, look, qtbot):
    look(percent=200)
    sheet = shown(state, 912, 700)
    row = sheet.rows[0]
    cells = row.step_cells()
    assert len({cell.left() for cell in cells}) == 1 and cells[4].bottom() < row.other_cells()[0].top()
    assert sheet.note.geometry().bottom() <= sheet.rows[0].geometry().bottom()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=cells[3].center())
    assert state.answer(WORKER[0]) == 4
    closed = sheet.rows[0]
    qtbot.mouseClick(closed, Qt.MouseButton.LeftButton, pos=closed.step_cells()[1].center())
    assert state.answer(WORKER[0]) == 2


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_word_of_a_name_is_wider_than_its_column(look, percent, language):
    look("light", percent)
    theme_, words = theme.current(), Words(language)
    metrics = QFontMetrics(theme_.font("h3"))
    shortened = 0
    for width in range(560, 1800, 20):
        cols = columns(width, BIP, theme_)
        for indicator in BIP.indicators:
            name = focus_name(indicator, cols, theme_, words)
            longest = max(metrics.horizontalAdvance(word) for word in name.split())
            assert longest <= name_width(cols, theme_), (width, name)
            if lock_beside(name, cols, theme_):
                assert longest <= name_width(cols, theme_) - theme_.px(24)
            shortened += name != words.pick(indicator.name)
    assert shortened or percent > 100 or language == "en"


def test_the_number_over_a_column_stands_by_the_first_line_of_its_word(look):
    line = QFontMetrics(theme.current().font("small")).height()
    for wide, lines in ((300, 1), (100, 2)):
        number, word = ScoreHead.places(QRect(0, 0, wide, 60), "to a very high degree")
        assert word.bottom() - number.bottom() == pytest.approx((lines - 1) * line, abs=2)
