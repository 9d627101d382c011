"""The finish page tells the truth when its assessment is taken back, done again or put back as it was."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from sitting import TODAY, WHO, WORKER

from progression.desk import conversations
from progression.ui.conversation.page import ConversationPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(room):
    return opened(room)


def opened(room) -> ConversationPage:
    made = ConversationPage(room.context)
    made.retranslate()
    made.restyle()
    room.show(made)
    made.show_for(WHO)
    room.settle()
    return made


def finish(room, digits="22342134252") -> None:
    room.press(*digits)
    room.press(Qt.Key.Key_Return, modifier=CTRL)
    room.settle()


def turn(room, what) -> None:
    what()
    for _ in range(3):
        room.settle()


def test_undoing_says_that_it_is_taken_back_and_redoing_shows_it_again(room, page):
    finish(room)
    assert page.panel.isVisible()
    turn(room, room.context.acts.undo)
    back = page.taken_back
    assert room.saved() == [] and back.isVisible() and not page.panel.isVisible()
    assert back.empty.head.text() == "Vurderingen er taget tilbage"
    assert "Karsten" in back.empty.text.text() and "19. november 2026" in back.empty.text.text()
    assert back.again_button.hasFocus()
    turn(room, back.again_button.click)
    assert len(room.saved()) == 1 and page.panel.isVisible() and page.panel.citizen_button.hasFocus()


def test_what_was_taken_back_can_be_gone_on_with(room, page):
    finish(room)
    turn(room, room.context.acts.undo)
    assert page.taken_back.score_button.text() == "Fortsæt vurderingen"
    turn(room, page.taken_back.score_button.click)
    assert page.sheet.isVisible() and page.state.answered == 11 and page.state.sheet.corrects is None
    assert room.draft()["answers"][WORKER[3]] == 4


def test_or_one_goes_to_the_citizen(room, page):
    finish(room)
    turn(room, room.context.acts.undo)
    page.taken_back.citizen_button.click()
    assert room.went[-1] == ("citizen", WHO)


def test_a_correction_undone_and_done_again_shows_the_figures_that_stand(room, page):
    finish(room)
    first = page.panel.journal.text.text()
    page.panel.correct_button.click()
    room.settle()
    finish(room, "5")
    assert page.panel.finished.assessments["caseworker"].answers[WORKER[0]] == 5
    turn(room, room.context.acts.undo)
    assert page.panel.isVisible() and page.panel.finished.assessments["caseworker"].answers[WORKER[0]] == 2
    assert page.panel.journal.text.text() == first
    turn(room, room.context.acts.redo)
    assert page.panel.finished.assessments["caseworker"].answers[WORKER[0]] == 5


def test_a_change_about_the_citizen_leaves_the_keys_where_they_are(room, page):
    finish(room)
    field = page.panel.agree.rows[0].what
    field.setFocus()
    room.press(*"Ring")
    other = TODAY - dt.timedelta(days=40)
    answers = {WORKER[0]: 3}
    room.context.run(conversations.finish, WHO, "caseworker", "bip", other, "", answers)
    room.settle()
    room.settle()
    assert page.panel.finished.before == other  # it was asked for again
    assert field.hasFocus() and field.text() == "Ring"


def test_it_is_not_said_that_all_is_saved_while_an_agreement_is_only_typed(room, page):
    finish(room)
    assert page.panel.safe.text() == "Alt er gemt."
    page.panel.agree.rows[0].what.setFocus()
    room.press(*"Ring")
    assert page.panel.safe.text() == "Svarene er gemt. Det, I aftaler, er ikke i Min Plan endnu."
    page.panel.agree.save_button.click()
    room.settle()
    room.settle()
    assert page.panel.safe.text() == "Alt er gemt."


def test_tab_goes_through_the_page_as_it_stands(room, page):
    finish(room)
    panel = page.panel
    panel.agree.rows[0].what.setText("Ring")
    panel.agree.add_row()
    room.settle()
    wanted = [panel.correct_button, panel.turn_button, panel.table, panel.agree.rows[0].what, panel.agree.rows[1].what]
    wanted += [panel.agree.talk.day, panel.agree.save_button, panel.paper_button, panel.copy_button]
    wanted.append(panel.citizen_button)
    stops: list[QWidget] = []
    panel.correct_button.setFocus()
    for _ in range(60):
        stops.append(QApplication.focusWidget())
        if stops[-1] is panel.citizen_button:
            break
        page.focusNextChild()
    assert [one for one in stops if one in wanted] == wanted


def test_the_whole_scale_says_what_it_is_beside_each_ones_own(room, page):
    room.context.run(conversations.finish, WHO, "citizen", "bip", TODAY, "self", dict.fromkeys(WORKER[:3], 4))
    room.settle()
    finish(room)
    said = page.panel.level.text()
    own = {one.rater: one.value for one in page.panel.finished.trajectory.observations if one.day == TODAY}
    w = room.context.words
    assert "niveauet, som jeres svar viser det tilsammen" in said
    assert f"dine egne svar er {w.number(own['caseworker'])}." in said
    assert f"For Karsten er det {w.number(own['citizen'])}." in said
    assert "Nye svar kan også ændre det niveau, der vises for tidligere dage." in said


def test_typed_agreements_are_found_again_when_one_goes_on(room, page):
    finish(room)
    page.panel.agree.rows[0].what.setText("Ring til banken")
    room.settle()
    again = opened(room)
    assert again.panel.isVisible() and again.panel.agree.rows[0].what.text() == "Ring til banken"
    room.clock.at = room.clock.now() + dt.timedelta(days=2)
    later = opened(room)
    assert later.panel.isVisible() and later.panel.finished.day == TODAY


def test_where_the_citizens_answers_stay_it_is_not_called_finished(room, page):
    answers = dict.fromkeys(WORKER[:3], 4)
    room.context.run(conversations.finish, WHO, "citizen", "bip", TODAY, "self", answers)
    room.settle()
    finish(room)
    assert page.panel.title.text() == "Samtalen er afsluttet"
    turn(room, room.context.acts.undo)
    assert page.panel.isVisible() and page.panel.title.text() == "Svarene fra Karsten er gemt"
    assert page.panel.about.text().endswith("Du har ikke vurderet endnu.")
    assert page.panel.rate_button.isVisible() and page.panel.table._finished is page.panel.finished


def test_a_new_conversation_can_begin_after_one_of_another_day_was_finished(room, page):
    page._set_day(TODAY - dt.timedelta(days=9))  # from paper
    room.settle()
    finish(room)
    assert page.panel.finished.day == TODAY - dt.timedelta(days=9)
    page.leave()
    page.show_for(WHO)
    room.settle()
    assert page.sheet.isVisible() and page.state.entry.day == TODAY and page.state.answered == 0


def test_who_left_for_another_page_is_told_where_one_goes_on(room, page):
    room.press("2", "3")
    page.leave()
    page.show_for(WHO)
    room.settle()
    assert page.notice.text.text().startswith("Du fortsætter, hvor du slap")
