"""Samtale when it does not go as planned: "not today", texts too long for a note, names that are very long or written
from the right."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sitting import TODAY, WHO, WORKER

from progression.casework.values import Conversation
from progression.desk import talks
from progression.store import kinds, queries
from progression.store import talks as stored
from progression.store.access import Act
from progression.ui.conversation.header import two_lines
from progression.ui.conversation.page import ConversationPage
from progression.ui.conversation.scoring_note import LONGEST
from progression.ui.panels.talk import PutOff

LATER = dt.date(2026, 11, 26)


@pytest.fixture
def page(room):
    made = ConversationPage(room.context)
    made.retranslate()
    made.restyle()
    room.show(made)
    made.show_for(WHO)
    room.settle()
    return made


def conversations(room):
    return room.on(lambda s: stored.conversations_of(s.vault, WHO))


def put_off(room, page, why, day):
    page.footer.not_today_button.click()
    panel = page.talk_side.panel
    assert isinstance(panel, PutOff)
    panel.because.setText(why)
    panel.to.setText(day)
    panel.save.click()
    room.settle()
    return panel


def test_not_today_moves_the_conversation_and_keeps_what_is_answered(room, page):
    room.on(talks.plan, Conversation(WHO, TODAY, status="planned", topic="Ny praktik"))
    room.press("4", "5")
    put_off(room, page, "Syg i dag", "26-11-2026")
    held = {one.date: one for one in conversations(room)}
    assert held[TODAY].status == "cancelled" and held[TODAY].outcome == "Syg i dag"
    assert held[TODAY].put_off_to == LATER and held[LATER].status == "planned" and held[LATER].topic == "Ny praktik"
    assert room.draft()["answers"] == {WORKER[0]: 4, WORKER[1]: 5}
    assert "26. november" in page.notice.text.text() and page.talk_side.panel is None
    room.press("3")  # the keys are the sheet's again
    assert page.state.answered == 3


def test_not_today_needs_a_reason_and_a_later_day(room, page):
    panel = put_off(room, page, "", "26-11-2026")
    assert page.talk_side.panel is panel and conversations(room)[-1].date < TODAY
    panel.because.setText("Tolken kom ikke")
    panel.to.setText("18-11-2026")
    panel.save.click()
    room.settle()
    assert page.talk_side.panel is panel and conversations(room)[-1].date < TODAY
    panel.cancelled.emit()
    assert page.talk_side.panel is None and not page.talk_side.isVisible()


def test_not_today_is_one_of_the_commands_and_gives_way_on_a_narrow_window(room, page):
    from progression.ui.window import shortcuts

    assert page.footer.not_today_button.isVisible()
    assert "score.not_today" in [command.key for command, _action in shortcuts.bound(page)]
    page.footer.resize(440, page.footer.height())  # the three buttons need 454 px
    assert not page.footer.not_today_button.isVisible()


def test_what_is_saved_already_is_not_put_off(room, page):
    room.press("4")
    room.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    page.panel.correct_button.click()
    room.settle()
    assert not page.footer.not_today_button.isVisible()


# texts


def test_a_hundred_thousand_characters_are_refused_aloud_and_left_where_they_are(room, page):
    clipboard = QApplication.clipboard()
    clipboard.setText("Langt referat. " * 7000)
    field = page.footer.strip.field
    field.setFocus()
    room.press("H", "e", "j")
    field.paste()
    room.settle()
    assert field.text() == "Hej" and page.state.entry.note == "Hej"
    assert "105.000" in page.notice.text.text() and "Intet er skåret af" in page.notice.text.text()
    assert page.notice.text.text() == room.said[-1]
    assert len(clipboard.text()) == 105_000
    clipboard.setText("x" * (LONGEST - 3))
    field.paste()
    room.settle()
    assert len(room.draft()["note"]) == LONGEST and not page.notice.isVisible()
    room.press("y")
    assert len(page.state.entry.note) == LONGEST


def test_a_text_too_long_for_a_row_is_said_on_the_page(room, page):
    room.press("n")
    page.sheet.note.field.refused.emit(100_000)
    assert "100.000" in page.notice.text.text()


def test_long_notes_are_kept_whole_and_do_not_stretch_the_page(room, page):
    room.press("4", "n")
    page.sheet.note.field.setPlainText("Ord uden ende " * 1400)
    page.footer.strip.field.setText("z" * LONGEST)
    page.footer.strip.field.textEdited.emit("z" * LONGEST)
    room.press(Qt.Key.Key_Escape)
    room.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    saved = room.saved()[0]
    assert len(saved.note) == LONGEST and len(saved.notes[WORKER[1]]) == len(("Ord uden ende " * 1400).strip())
    page.panel.correct_button.click()
    room.settle()
    page.sheet.state.go(1)
    page.sheet.show_state()
    assert page.minimumSizeHint().width() <= 720


# names


@pytest.mark.parametrize(
    "name",
    ["A" * 200, "Anna-" * 40, "Ana Maria " * 20, "محمد بن عبد الله", "😀 Grøn 👩‍👧", "‮Omvendt‬"],
    ids=["unbroken", "hyphens", "words", "arabic", "emoji", "turned"],
)
def test_any_name_is_whole_to_the_ear_and_breaks_nothing_for_the_eye(room, name):
    def rename(session):
        person = queries.citizen(session.vault, WHO)
        session.vault.append([kinds.to_event(replace(person, name=name), (person.event,))], Act("change", WHO))

    room.on(rename)
    page = ConversationPage(room.context)
    page.retranslate()
    page.restyle()
    room.show(page, 1096, 692)
    page.show_for(WHO)
    room.settle()
    title = page.header.title
    assert title.accessibleName() == f"Samtale med {name}".rstrip() or name.strip() in title.accessibleName()
    assert title.height() <= 2 * title.fontMetrics().lineSpacing() + 4
    assert page.minimumSizeHint().width() <= 720 and page.width() == 1096
    room.press("4")
    assert page.state.answered == 1
    page.header.raters.chosen.emit("citizen")
    room.settle()
    assert page.minimumSizeHint().width() <= 720


def test_a_title_ends_in_dots_only_where_there_is_no_room(look):
    from PySide6.QtGui import QFontMetrics

    from progression.ui import theme

    metrics = QFontMetrics(theme.current().font("h1"))
    assert two_lines(metrics, "Samtale med Bo Vang", 800) == "Samtale med Bo Vang"
    shown = two_lines(metrics, "Samtale med " + "B" * 200, 300)
    assert shown.endswith("…") and "B" * 5 in shown.replace("\u200b", "")


@pytest.mark.parametrize("percent", [80, 100, 125, 150, 175, 200])
def test_a_title_that_fits_in_two_lines_is_whole_at_every_size(look, percent):
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QFontMetrics

    metrics = QFontMetrics(look("light", percent).font("h1"))
    text = "Samtale med Bodil Rasmussen"
    width = metrics.horizontalAdvance("Samtale med Bodil ") + 4
    lines = metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), text).height()
    assert round(lines / metrics.lineSpacing()) == 2
    assert two_lines(metrics, text, width) == text
