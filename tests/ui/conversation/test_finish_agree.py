"""What a conversation ends with: agreements in the plan and the next conversation in the calendar, by one act."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from sitting import TODAY, WHO
from test_finish import finished

from progression.casework.values import Conversation
from progression.desk import agreeing, conversations, talks, undo
from progression.desk import plan as plans
from progression.desk.agreeing import Agreed
from progression.desk.pages import Begun
from progression.errors import KnownError
from progression.store import drafts, queries
from progression.ui import theme
from progression.ui.conversation.finish import FinishPanel


@pytest.fixture
def panel(room):
    made = FinishPanel(room.context)
    room.show(made)
    made.show_finished(finished(flags=()))
    return made


def type_in(field, text):
    field.clear()
    QTest.keyClicks(field, text)


def write(panel, row, what, who="", by=""):
    line = panel.agree.rows[row]
    type_in(line.what, what)
    line.who.setCurrentText(who)
    type_in(line.by, by)


def agreements(room):
    return [(one.now.who, one.now.agreement, one.now.by) for one in room.on(plans.of, WHO).agreements]


def planned(room):
    return [one for one in room.on(lambda s: queries.conversations(s.vault)) if one.status == "planned"]


def texts(widget):
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_agreements_and_the_next_conversation_are_one_act_that_can_be_undone(room, panel):
    write(panel, 0, "Ringer til smerteklinikken", "Mette", "27.11.2026")
    panel.agree.add_row()
    write(panel, 1, "Småjob, 4 t./uge", "Karsten", "4.1.2027")
    type_in(panel.agree.talk.day, "10.12.2026")
    type_in(panel.agree.talk.time, "10.00")
    panel.agree.save_button.click()
    room.settle()
    assert agreements(room) == [
        ("Mette", "Ringer til smerteklinikken", dt.date(2026, 11, 27)),
        ("Karsten", "Småjob, 4 t./uge", dt.date(2027, 1, 4)),
    ]
    (talk,) = planned(room)
    assert (talk.date, talk.time, talk.form) == (dt.date(2026, 12, 10), "10:00", "person")
    assert room.context.acts.last is not None and room.context.acts.last.name == "aftaler"
    assert not panel.agree.pending and len(panel.agree.rows) == 1
    room.context.acts.undo()
    room.settle()
    room.settle()
    assert agreements(room) == [] and planned(room) == []


def test_what_stands_in_the_empty_fields_is_equally_easy_to_read(panel):
    line = panel.agree.rows[0]
    said = [made.palette().color(QPalette.ColorRole.PlaceholderText) for made in (line.who.lineEdit(), line.what)]
    assert said[0] == said[1] == theme.current().colour("text-3")


def test_what_is_not_in_the_plan_yet_is_said_on_one_line_where_there_is_room(room, panel):
    panel.resize(1400, 800)
    write(panel, 0, "Ringer til smerteklinikken", "Mette", "27.11.2026")
    room.settle()
    assert panel.safe.text().endswith("ikke i Min Plan endnu.")
    assert panel.safe.height() < 2 * panel.safe.fontMetrics().height()


def test_who_is_one_of_the_two_or_both(panel):
    box = panel.agree.rows[0].who
    assert [box.itemText(i) for i in range(box.count())] == ["", "Karsten", "Mette", "Begge"]


def test_closing_puts_it_in_the_plan_first(room, panel):
    assert panel.citizen_button.text() == "Gå til borgeren"
    write(panel, 0, "Småjob")
    assert panel.citizen_button.text() == "Læg i Min Plan og luk"
    panel.citizen_button.click()
    room.settle()
    assert [what for _who, what, _by in agreements(room)] == ["Småjob"] and room.went == [("citizen", WHO)]


def test_enter_goes_on_to_the_next_agreement(panel):
    type_in(panel.agree.rows[0].what, "Småjob")
    QTest.keyClick(panel.agree.rows[0].what, Qt.Key.Key_Return)
    assert len(panel.agree.rows) == 2 and panel.agree.rows[1].what.hasFocus()
    QTest.keyClick(panel.agree.rows[1].what, Qt.Key.Key_Return)
    assert len(panel.agree.rows) == 2  # an empty line is enough


@pytest.mark.parametrize(
    ("what", "by", "says"),
    [("Småjob", "snart", "ikke en dato"), ("Småjob", "1.1.2020", "er før"), ("   ", "1.1.2027", "mangler")],
)
def test_what_cannot_be_agreed_is_said_at_its_line_and_stays(room, panel, what, by, says):
    write(panel, 0, "Ringer")
    panel.agree.add_row()
    write(panel, 1, what, "", by)
    panel.citizen_button.click()
    room.settle()
    line = panel.agree.rows[1]
    assert line.fault.isVisible() and line.fault.text() and line.what.text() == what
    assert not panel.agree.rows[0].fault.isVisible() and agreements(room) == [] and room.went == []
    assert not room.errors


def test_a_conversation_without_a_day_or_in_the_past_is_said(room, panel):
    type_in(panel.agree.talk.time, "10.00")
    panel.agree.save_button.click()
    assert panel.agree.talk.fault.isVisible()
    type_in(panel.agree.talk.day, "1.1.2020")
    panel.agree.save_button.click()
    room.settle()
    assert panel.agree.talk.fault.isVisible() and planned(room) == [] and not room.errors


def test_whoever_is_booked_already_is_told_and_may_mean_it(room, panel):
    other = Conversation(
        "karsten", dt.date(2026, 12, 10), status="planned", time="10:00", minutes=60, caseworker="mette"
    )
    room.on(talks.plan, other)
    panel.show_finished(finished(flags=(), coming=None))
    type_in(panel.agree.talk.day, "10.12.2026")
    type_in(panel.agree.talk.time, "10.30")
    panel.agree.save_button.click()
    room.settle()
    assert "10.00" in panel.agree.talk.fault.text() and len(planned(room)) == 1
    assert panel.agree.save_button.text() == "Gem alligevel"
    panel.agree.save_button.click()
    room.settle()
    assert len(planned(room)) == 2


def test_what_stands_is_listed_and_a_planned_conversation_is_not_asked_for_again(room, panel):
    talk = Conversation(WHO, dt.date(2026, 12, 10), status="planned", form="phone", time="10.00", minutes=45)
    room.on(agreeing.agree, WHO, TODAY, [Agreed("Småjob", "Karsten", dt.date(2027, 1, 4))], talk)
    panel.show_finished(room.on(conversations.finished, WHO, TODAY))
    shown = texts(panel.agree)
    assert "Småjob" in shown and "senest 4. jan." in shown and "Næste samtale, telefon" in shown
    assert "10. dec. 10.00–10.45" in shown and not panel.agree.talk.isVisible()


# nothing typed is lost


def test_what_is_typed_is_kept_at_every_key_and_comes_back(room, panel):
    write(panel, 0, "Ringer til klinikken", "Mette", "27.11.2026")
    type_in(panel.agree.talk.day, "10.12.2026")
    room.settle()
    assert agreements(room) == []
    again = FinishPanel(room.context)
    room.show(again)
    again.show_finished(room.on(conversations.finished, WHO, TODAY))
    assert again.agree.rows[0].texts == ["Ringer til klinikken", "Mette", "27.11.2026"]
    assert again.agree.talk.texts == ["10.12.2026", "", "person"]
    again.agree.save_button.click()
    room.settle()
    assert len(agreements(room)) == 1
    assert room.on(lambda s: drafts.all(s.vault)) == ()  # agreed: nothing is kept twice


def test_a_page_that_asks_again_leaves_what_is_being_typed(room, panel):
    write(panel, 0, "Ringer")
    panel.show_finished(finished(flags=(), name="Karsten Bøgh"))
    panel.retranslate()
    assert panel.agree.rows[0].what.text() == "Ringer"


def test_another_citizen_begins_empty(room, panel):
    write(panel, 0, "Ringer")
    panel.show_finished(finished(flags=(), citizen="another", typed={"rows": [["Søger", "", ""]], "talk": []}))
    assert [line.what.text() for line in panel.agree.rows] == ["Søger"]


def test_emptying_the_fields_keeps_nothing(room, panel):
    write(panel, 0, "Ringer")
    write(panel, 0, "")
    room.settle()
    assert room.on(lambda s: drafts.all(s.vault)) == () and not panel.agree.save_button.isVisible()


def test_another_language_keeps_what_is_typed(room, panel):
    from progression.words import Words

    write(panel, 0, "Ringer")
    room.context.words = Words("en")
    panel.retranslate()
    assert panel.agree.rows[0].what.text() == "Ringer" and panel.agree.save_button.text() == "Put in My Plan"


# the way on


def test_the_paper_for_the_citizen_is_one_button_away(room, panel):
    panel.paper_button.click()
    assert room.went == [("reports", WHO)]


def test_the_focus_stays_on_the_way_on(panel):
    assert panel.citizen_button.hasFocus()  # thirteen keys finish, the fourteenth leaves


@pytest.mark.parametrize(("size", "percent"), [((1096, 620), 100), ((990, 583), 200), ((1256, 820), 150)])
def test_nothing_lies_on_anything_else(room, panel, size, percent):
    from progression.ui import theme

    theme.apply(room.app, theme.Theme("light", percent))
    panel.restyle()
    panel.resize(*size)
    room.app.processEvents()
    room.app.processEvents()
    assert panel.title.geometry().bottom() <= panel.about.geometry().top() + 4
    assert panel.title.width() >= panel.title.sizeHint().width()
    for button in (panel.correct_button, panel.paper_button, panel.copy_button, panel.citizen_button):
        assert button.width() >= button.minimumSizeHint().width() and button.accessibleName()
    assert panel.table.width() - panel.table._room() >= panel.table._needed() or percent == 200
    theme.apply(room.app, theme.Theme())


# the desk


def test_nothing_is_written_where_one_agreement_cannot_be(room):
    with pytest.raises(KnownError) as raised:
        raise room.on(_error, WHO, [Agreed("Fint"), Agreed("Før", by=dt.date(2026, 1, 1))], None)
    assert raised.value.code == "agreement.invalid" and raised.value.fields["row"] == 1
    assert agreements(room) == []


@pytest.mark.parametrize(("agreed", "code"), [([], "agreement.nothing"), ([Agreed("  ")], "agreement.invalid")])
def test_nothing_is_no_agreement(room, agreed, code):
    assert room.on(_error, WHO, agreed, None).code == code


def test_undoing_takes_it_all_back(room):
    talk = Conversation(WHO, dt.date(2026, 12, 10), status="planned")
    changes = room.on(agreeing.agree, WHO, TODAY, [Agreed("Småjob")], talk)
    assert len(changes.events) == 2
    room.on(undo.take_back, changes.events)
    assert agreements(room) == [] and planned(room) == []


def test_typing_does_not_look_like_an_unfinished_conversation(room):
    from progression.desk import today

    room.on(agreeing.keep, WHO, {"rows": [["Småjob", "", ""]], "talk": []}, TODAY)
    (row,) = [one for one in room.on(today.page).rows if one.citizen == WHO]
    assert row.draft is None and row.begun == Begun(agreements=True)


def _error(session, citizen, agreed, talk):
    try:
        agreeing.agree(session, citizen, TODAY, agreed, talk)
    except KnownError as error:
        return error
    return None
