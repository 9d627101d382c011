"""The conversation page on a real vault: keys, drafts, what is said, raters, dates, corrections, and a full disk."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sitting import BEFORE, CITIZEN, TODAY, WHO, WORKER, Room

from progression.casework.values import DECLINED, NOT_RATED, Citizen
from progression.desk import conversations, settings
from progression.errors import KnownError
from progression.store import engine, kinds
from progression.store.access import Act
from progression.ui.conversation.page import ConversationPage
from progression.ui.conversation.scoring_row import ScoreRow
from progression.ui.page import Page
from progression.words import Words

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(room):
    return opened(room)


def opened(room, width=1256, height=872, citizen=WHO) -> ConversationPage:
    made = ConversationPage(room.context)
    made.retranslate()
    made.restyle()
    room.show(made, width, height)
    made.show_for(citizen)
    room.settle()
    return made


class Counter:
    """Counts the keys a hand goes down on."""

    def __init__(self) -> None:
        self.keys = 0

    def down(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.keys += 1
        QTest.keyPress(QApplication.focusWidget(), key, modifier)

    def up(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyRelease(QApplication.focusWidget(), key, modifier)


# thirteen keys


def test_a_full_assessment_is_thirteen_keystrokes_from_the_moment_the_page_is_shown(room, page):
    hand = Counter()
    for digit in "22342134252":
        hand.down(digit)
        hand.up(digit)
    hand.down(Qt.Key.Key_Control)
    hand.down(Qt.Key.Key_Return, CTRL)
    hand.up(Qt.Key.Key_Return, CTRL)
    room.settle()
    assert hand.keys == 13
    (saved,) = room.saved()
    assert dict(saved.answers) == dict(zip(WORKER, [2, 2, 3, 4, 2, 1, 3, 4, 2, 5, 2], strict=True))
    assert page.panel.isVisible() and room.draft() is None
    assert not room.errors


def test_the_keypads_enter_finishes_too(room, page):
    room.press("3")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier)
    room.settle()
    assert room.saved()[0].answers == {WORKER[0]: 3}


def test_every_keystroke_is_a_draft_that_says_when_it_was_kept(room, page):
    assert page.header.kept.text() == ""
    room.press("4")
    assert room.draft()["answers"] == {WORKER[0]: 4}
    assert page.header.kept.text() == "Kladden er gemt 14.02"
    assert page.header.count.text() == "1 af 11"
    room.press("0", "u")
    assert room.draft()["answers"] == {WORKER[0]: 4, WORKER[1]: NOT_RATED, WORKER[2]: DECLINED}


def test_a_key_held_down_scores_once(room, page):
    target = QApplication.focusWidget()
    QTest.keyPress(target, "3")
    for _ in range(5):
        held = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "3", autorep=True)
        QApplication.sendEvent(QApplication.focusWidget(), held)
    room.settle()
    assert dict(page.state.entry.answers) == {WORKER[0]: 3} and page.state.row == 1


def test_finishing_twice_in_a_row_saves_once(room, page):
    room.press("3")
    page.finish()
    page.finish()
    room.settle()
    page.finish()
    room.settle()
    assert len(room.saved()) == 1 and not room.saved()[0].conflict


def test_keys_between_finish_and_its_answer_change_nothing(room, page):
    room.press("3")
    page.finish()
    QTest.keyClick(QApplication.focusWidget(), "5")
    room.settle()
    assert room.saved()[0].answers == {WORKER[0]: 3} and room.draft() is None


def test_nothing_answered_says_so_and_stays(room, page):
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert not room.saved() and page.sheet.isVisible()
    assert "Der er ikke svaret på noget endnu" in page.notice.text.text()


def test_a_short_round_finishes(room, page):
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Down, "4")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert room.saved()[0].answers == {WORKER[2]: 4}


def test_keys_reach_the_rows_from_anywhere_on_the_page(room, page):
    page.footer.finish_button.setFocus()
    QTest.keyClick(page.footer.finish_button, "4")
    room.settle()
    assert dict(page.state.entry.answers) == {WORKER[0]: 4}
    assert isinstance(QApplication.focusWidget(), ScoreRow)


def test_undo_takes_the_last_act_back_by_name(room, page):
    room.press("4", "5")
    assert page.undo()  # the window's Ctrl+Z
    room.settle()
    assert dict(page.state.entry.answers) == {WORKER[0]: 4}
    assert room.said[-1].startswith("Fortrudt: ") and "Hverdagsmestring" in room.said[-1]
    assert room.draft()["answers"] == {WORKER[0]: 4}


# notes


def test_a_note_is_kept_letter_by_letter_and_leads_back_to_the_row(room, page):
    room.press("n")
    room.press(*"Sover")
    assert room.draft()["notes"] == {WORKER[0]: "Sover"}
    assert page.sheet.note.hint.text() == "Borgeren kan læse noten."
    room.press(Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), ScoreRow)
    room.press("4")
    assert dict(page.state.entry.answers) == {WORKER[0]: 4}


def test_digits_in_a_note_are_letters(room, page):
    room.press("n", *"kl 7")
    assert not page.state.entry.answers and page.state.note(WORKER[0]) == "kl 7"


def test_the_conversation_can_be_finished_from_within_a_note(room, page):
    room.press("4", "n", "x")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert room.saved()[0].notes == {WORKER[1]: "x"}


def test_last_times_notes_are_in_view(room, page):
    assert page.sheet.note.earlier.text() == "25. aug. 2026: »Sov dårligt«"
    assert "Så på småjob" in page.footer.strip.last.accessibleName()


def test_the_note_to_the_whole_conversation_is_kept(room, page):
    page.footer.strip.field.setFocus()
    QTest.keyClicks(page.footer.strip.field, "God samtale")
    room.settle()
    assert room.draft()["note"] == "God samtale"


# leaving and coming back


def test_leaving_in_mid_answer_and_coming_back_resumes_quietly(room, page):
    room.press("4", "5")
    page.leave()
    again = opened(room)
    assert dict(again.state.entry.answers) == {WORKER[0]: 4, WORKER[1]: 5}
    assert again.state.row == 2
    assert again.notice.text.text() == "Du fortsætter, hvor du slap 19. november kl. 14.02."
    room.press("3")
    assert not again.notice.isVisible()


def test_starting_over_is_one_act_that_can_be_undone(room, page):
    room.press("4", "5")
    again = opened(room)
    again.notice.action.click()
    room.settle()
    assert not again.state.entry.answers and room.draft() is None
    assert again.undo()
    room.settle()
    assert len(again.state.entry.answers) == 2 and len(room.draft()["answers"]) == 2


def test_changes_elsewhere_never_touch_a_sheet_under_way(room, page):
    room.press("4")
    sheet = page.sheet
    room.context.changed.emit(type("Changes", (), {"kinds": frozenset({"decision"}), "citizens": frozenset({WHO})})())
    room.settle()
    assert page.sheet is sheet


def test_another_citizen_begins_with_the_caseworkers_sheet(room, page):
    room.on(lambda s: s.vault.append([kinds.to_event(Citizen("ny", "S-2", "Ny Borger"))], Act("add")))
    page.header.raters.chosen.emit("citizen")
    room.settle()
    page.show_for("ny")
    room.settle()
    assert page.state.sheet.citizen == "ny" and page.state.sheet.rater == "caseworker"
    assert "Ny Borger" in page.header.title.text() and page.titled() == "Samtale"


# raters and modes


def test_the_citizens_answers_are_entered_on_the_same_page(room, page):
    room.press("4")
    page.header.raters.chosen.emit("citizen")
    room.settle()
    assert [row.indicator.code for row in page.sheet.rows] == CITIZEN
    assert page.header.mode.isVisible() and page.header.mode.currentData() == "interview"
    room.press(*"343423443")
    assert room.draft("citizen")["mode"] == "interview" and len(room.draft("citizen")["answers"]) == 9
    page.header.raters.chosen.emit("caseworker")
    room.settle()
    assert dict(page.state.entry.answers) == {WORKER[0]: 4}
    assert "Karsten har svaret på 9 af 9" in page.header.about.text()


def test_how_the_citizen_answered_is_kept(room, page):
    page.header.raters.chosen.emit("citizen")
    room.settle()
    room.press("3")
    page.header.mode_asked.emit("interpreter")
    room.settle()
    assert room.draft("citizen")["mode"] == "interpreter"


def test_finishing_the_citizens_answers_leads_on_to_the_caseworkers(room, page):
    page.header.raters.chosen.emit("citizen")
    room.settle()
    room.press(*"343423443")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert len(room.saved("citizen")) == 1
    assert page.state.sheet.rater == "caseworker" and page.notice.text.text().startswith("Svarene fra Karsten")
    room.press(*"22342134252")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert page.panel.finished.answered == {"caseworker": (11, 11), "citizen": (9, 9)}


# the date of the answers


def date_typed(page, text):
    """Type a date over the one that stands, and Enter."""
    page.header.day.setFocus()
    page.header.day.selectAll()
    QTest.keyClicks(page.header.day, text)
    QTest.keyClick(page.header.day, Qt.Key.Key_Return)


def test_the_date_of_the_answers_is_a_field(room, page):
    room.press("4")
    date_typed(page, "12.11.2026")
    room.settle()
    assert room.draft()["day"] == "2026-11-12" and page.state.entry.answers == {WORKER[0]: 4}
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    (saved,) = room.saved(day=dt.date(2026, 11, 12))
    assert saved.entered.date() == TODAY


def test_the_date_cannot_lie_in_the_future(room, page):
    date_typed(page, "1.1.2027")
    room.settle()
    assert page.state.entry.day == TODAY
    assert page.header.about.text() == "Svarene kan ikke være fra en dag, der ikke er kommet."


def test_a_date_that_is_none_leaves_the_one_in_force(room, page):
    room.press("4")
    date_typed(page, "31.2.2026")
    assert page.state.entry.day == TODAY and page.header.day.day() == TODAY
    assert page.header.about.text() == "Det er ikke en dato. Skriv den som 25.11.2026."


def test_nothing_is_finished_under_another_date_than_the_one_in_view(room, page):
    room.press("4")
    page.header.day.setFocus()
    page.header.day.selectAll()
    QTest.keyClicks(page.header.day, "1.10")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert not room.saved() and page.state.entry.day == dt.date(2026, 10, 1)
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert room.saved(day=dt.date(2026, 10, 1))


def test_a_date_before_the_case_is_said_but_allowed(room, page):
    room.press("4")
    date_typed(page, "1.5.2025")
    room.settle()
    assert page.notice.text.text() == "Datoen ligger før borgerens forløb, som begynder 1. juni 2025."
    assert page.state.sheet.previous is None
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert room.saved(day=dt.date(2025, 5, 1))


def test_a_date_that_is_taken_says_what_finishing_does(room, page):
    room.press("4")
    date_typed(page, f"{BEFORE.day}.{BEFORE.month}.{BEFORE.year}")
    room.settle()
    assert "Der er allerede gemt en vurdering fra 25. august 2026" in page.notice.text.text()


# earlier answers


def test_earlier_answers_stay_hidden_until_the_row_is_answered(room, page):
    assert page.state.earlier(WORKER[0]) is None
    assert "tidligere svar" not in page.sheet.rows[0].accessibleDescription()
    room.press("4")
    assert page.state.earlier(WORKER[0]) == 2 and page.state.earlier(WORKER[1]) is None
    assert "tidligere svar 2, i ringe grad" in page.sheet.rows[0].accessibleDescription()


def test_the_setting_shows_them_from_the_start(room):
    room.on(settings.put, conversations.SHOW_EARLIER, True)
    page = opened(room)
    assert page.state.earlier(WORKER[3]) == 3


# correcting


def finished(room, page):
    room.press(*"22342134252")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert page.panel.isVisible()


def test_a_correction_reopens_what_is_saved_and_replaces_it(room, page):
    finished(room, page)
    page.panel.correct_button.click()
    room.settle()
    assert page.sheet.isVisible() and page.state.answered == 11
    assert "træder denne i stedet" in page.notice.text.text()
    room.press("5")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    (saved,) = room.saved()
    assert saved.answers[WORKER[0]] == 5 and page.panel.isVisible()


def test_a_correction_can_be_left_as_it_was(room, page):
    finished(room, page)
    page.panel.correct_button.click()
    room.settle()
    room.press("5")
    page.footer.close_button.click()
    room.settle()
    assert page.panel.isVisible() and room.draft() is None
    assert room.saved()[0].answers[WORKER[0]] == 2


def test_coming_back_on_the_same_day_shows_what_is_finished_and_correcting_is_a_choice(room, page):
    finished(room, page)
    again = opened(room)
    assert again.panel.isVisible() and again.panel.finished.day == TODAY and again.state is None
    again.panel.correct_button.click()
    room.settle()
    assert again.state.sheet.corrects is not None and again.state.answered == 11
    assert not again.footer.side_button.isVisible() and again.footer.close_button.isVisible()


# a full disk


@pytest.fixture
def full_disk(monkeypatch):
    """The disk is full until `.clear()`."""
    real = engine.transaction

    class Disk:
        full = False

    def transaction(db):
        if Disk.full:
            raise KnownError("disk.full", folder="somewhere")
        return real(db)

    monkeypatch.setattr(engine, "transaction", transaction)
    return Disk


def test_a_full_disk_keeps_the_answer_on_screen_and_the_next_key_tries_again(room, page, full_disk):
    room.press("4")
    full_disk.full = True
    room.press("5")
    assert dict(page.state.entry.answers) == {WORKER[0]: 4, WORKER[1]: 5}
    assert page.header.kept.text() == "Ikke gemt endnu" and page.notice.fault
    assert "Det, der blev gemt 14.02, er i behold" in page.notice.text.text()
    assert room.draft()["answers"] == {WORKER[0]: 4}
    full_disk.full = False
    room.press("3")
    assert room.draft()["answers"] == {WORKER[0]: 4, WORKER[1]: 5, WORKER[2]: 3}
    assert not page.notice.isVisible() and page.header.kept.text() == "Kladden er gemt 14.02"
    assert not room.errors


def test_the_button_tries_again_as_well(room, page, full_disk):
    full_disk.full = True
    room.press("4")
    full_disk.full = False
    page.notice.action.click()
    room.settle()
    assert room.draft()["answers"] == {WORKER[0]: 4}


def test_a_full_disk_at_the_end_loses_nothing(room, page, full_disk):
    room.press(*"2234213425")
    full_disk.full = True
    room.press("2")
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert page.sheet.isVisible() and page.state.answered == 11 and not room.saved()
    assert page.footer.finish_button.isEnabled()
    full_disk.full = False
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    assert len(room.saved()[0].answers) == 11


def test_answers_the_disk_refused_are_still_there_after_another_citizen(room, page, full_disk):
    room.on(lambda s: s.vault.append([kinds.to_event(Citizen("ny", "S-2", "Ny Borger"))], Act("add")))
    full_disk.full = True
    room.press("4")
    page.leave()
    room.settle()
    full_disk.full = False
    page.show_for("ny")
    room.settle()
    assert page.state.sheet.citizen == "ny" and not page.state.answered
    page.show_for(WHO)
    room.settle()
    assert dict(page.state.entry.answers) == {WORKER[0]: 4}
    assert room.draft()["answers"] == {WORKER[0]: 4}


def test_a_bug_is_not_hidden(room, page, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(conversations, "keep", broken)
    room.press("4")
    assert [type(error) for error in room.errors] == [ZeroDivisionError]
    assert page.header.kept.text() == "Ikke gemt endnu"


# words, sizes, names


def test_it_speaks_another_language_without_losing_a_thing(room, page):
    room.press("4", "5")
    room.context.words = Words("en")
    page.retranslate()
    room.settle()
    assert page.header.count.text() == "2 of 11" and page.header.kept.text() == "Draft saved 14:02"
    assert page.sheet.rows[0].accessibleName() == "Coping with health, row 1 of 11"
    room.press("3")
    assert len(room.draft()["answers"]) == 3


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(("width", "height"), [(1256, 872), (1096, 692)])
def test_all_eleven_rows_fit_on_one_screen(qtbot, tmp_path, language, width, height):
    room = Room(qtbot, tmp_path, language)
    try:
        page = opened(room, width, height)
        assert page.area.verticalScrollBar().maximum() == 0
        assert page.width() == width and page.height() == height
        last = page.sheet.rows[-1]
        assert last.mapTo(page, last.rect().bottomLeft()).y() <= page.footer.y() + 1
        assert page.sheet.rows[0].height() >= 146 and min(row.height() for row in page.sheet.rows) >= 33
    finally:
        room.close()


def test_every_control_has_a_name(room, page):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit

    kinds_of = (QAbstractButton, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, ScoreRow)
    for kind in kinds_of:
        for widget in page.findChildren(kind):
            if widget.isVisible() and not widget.objectName().startswith("qt_"):
                assert widget.accessibleName(), (type(widget).__name__, widget.objectName())


def test_what_was_scored_is_said_aloud(room, page):
    room.press("4")
    assert room.said[-1] == "Helbredsmestring: 4, i høj grad"
    room.press(Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    assert room.said[-1] == "Helbredsmestring er ryddet"


def test_the_page_is_the_windows_conversation():
    assert issubclass(ConversationPage, Page) and ConversationPage.name == "conversation"


def test_the_journal_text_is_one_keystroke(room, page):
    finished(room, page)
    room.press(Qt.Key.Key_J, modifier=CTRL)
    assert QGuiApplication.clipboard().text().startswith("Samtale 19. november 2026.")
    assert page.panel.safe.text() == "Teksten er kopieret."


def test_the_row_in_focus_stays_in_view_when_something_comes_above_it(room):
    page = opened(room, height=560)
    room.press(*"2234213425")
    area, row = page.area, page.sheet.rows[page.state.row]
    page._say("Noget at læse")
    room.settle()
    room.qtbot.waitUntil(lambda: page.notice.isVisible())
    top = row.mapTo(area.widget(), QPoint(0, 0)).y() - area.verticalScrollBar().value()
    assert top >= 0 and top + row.height() <= area.viewport().height()
