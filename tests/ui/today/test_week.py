"""The week of conversations, and the panels that plan one, keep a contact and take the last act back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from progression.casework.values import Conversation
from progression.desk.talks import Booked, Week
from progression.errors import Fault, KnownError
from progression.store import queries
from progression.ui.page import Context
from progression.ui.panels.talk import AddContact, PlanTalk
from progression.ui.panels.talk_side import MARKS
from progression.ui.preferences import Preferences
from progression.ui.today.week import WeekPage
from progression.ui.worker import Worker
from progression.words import Words

DA = Words("da")
MONDAY = dt.date(2026, 11, 16)
TODAY = dt.date(2026, 11, 19)


def booked(day=0, time="09:30", name="Karsten Bøgh Mikkelsen", clash=False, **more):
    given = {"id": f"{day}{time}{name}", "status": "planned", "minutes": 45.0} | more
    talk = Conversation(name[:1], MONDAY + dt.timedelta(days=day), time=time, **given)
    return Booked(talk, "S1", name, "20 10 30 40", clash)


def week(*found, **more):
    days = tuple(tuple(b for b in found if b.talk.date == MONDAY + dt.timedelta(days=n)) for n in range(7))
    given = {"choices": (("k", "Karsten Bøgh"),), "people": {"mha": "Mette Holm"}, "me": "mha"} | more
    return Week(MONDAY, TODAY, days, "mha", **given)


@pytest.fixture
def page(look, qtbot, dressed):
    made = []

    def open_(value, language="da", size=(1240, 860), percent=100):
        look("light", percent)
        one = WeekPage(Context(Worker(), Preferences(language=language)))
        qtbot.addWidget(one)
        made.append(one)
        one.retranslate()
        one.restyle()
        one.resize(*size)
        one.show()
        one.activateWindow()
        qtbot.waitUntil(one.isActiveWindow)
        one.show_value(value)
        dressed.processEvents()
        return one

    yield open_
    for one in made:
        one.context.worker.end(lambda _session, _jobs: None)


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def names(day):
    return [entry.accessibleName() for entry in day.entries]


def test_seven_days_from_monday_with_times_form_and_who_takes_part(page):
    shown = page(week(booked(participants="Læge", topic="Plan"), booked(3, "13:00", "Lone Friis", form="phone")))
    heads = [one.accessibleName() for one in shown._inside.findChildren(QLabel) if one.property("headingLevel") == 3]
    assert heads[0] == "mandag 16. november"
    assert heads[3] == "torsdag, i dag 19. november"
    assert "onsdag" in texts(shown._days[2])
    assert len(heads) == 7
    assert names(shown._days[0]) == ["Karsten Bøgh Mikkelsen, 09.30–10.15. Personligt møde. Læge. Plan"]
    assert names(shown._days[3]) == ["Lone Friis, 13.00–13.45. Telefonsamtale"]
    assert "Uge 47" in texts(shown)


def test_what_became_of_one_and_a_double_booking_are_said_in_words(page):
    shown = page(week(booked(clash=True), booked(0, "10:00", "B", status="held"), booked(0, "", "C")), "en")
    assert [entry.below.split(". ")[0] for entry in shown._days[0].entries] == [
        "Double booked", "Held", "No time agreed",
    ]  # fmt: skip
    assert shown._days[0].entries[0].tone == "error"


@pytest.mark.parametrize(("language", "expected"), [("da", "Planlæg en, eller"), ("en", "Plan one, or")])
def test_an_empty_week_says_what_to_do(page, language, expected):
    shown = page(week(), language)
    assert any(expected in text for text in texts(shown))
    assert shown.plan_button.hasFocus()


def test_nobody_to_meet_says_so_and_what_to_do_is_one_thing(page):
    shown = page(week(choices=()))
    assert any("Ingen at møde endnu" in text for text in texts(shown))
    assert shown._empty_new.hasFocus()
    assert not shown.plan_button.isVisible() and not shown.file.isVisible()
    shown.show_value(week())
    assert shown.plan_button.isVisible() and shown.file.isVisible()


def test_arrows_lead_from_one_to_the_next(page, qtbot):
    shown = page(week(booked(), booked(0, "11:00", "B"), booked(4, "09:00", "C")))
    first, second, third = *shown._days[0].entries, shown._days[4].entries[0]
    assert first.hasFocus()
    for key, expected in (
        (Qt.Key.Key_Down, second), (Qt.Key.Key_Right, third), (Qt.Key.Key_Right, first), (Qt.Key.Key_Up, second),
        (Qt.Key.Key_Left, third),
    ):  # fmt: skip
        qtbot.keyClick(shown.focusWidget(), key)
        assert expected.hasFocus()


def test_talks_of_one_hour_stand_on_one_line_across_the_days(page):
    long = booked(0, "09:45", "Karsten Bøgh Mikkelsen Vestergaard", topic="Opfølgning på praktik og det næste skridt")
    found = (long, booked(0, "13:00", "D"), booked(1, "13:30", "E"), booked(3, "09:00", "F"), booked(3, "", "G"))
    shown = page(week(*found))
    board = shown._inside
    assert [text for _hour, text in board._hours] == ["09.00", "13.00", "–"]
    tops = [[slot.y() for slot in day.slots] for day in shown._days]
    assert all(one == tops[0] for one in tops)  # also the days without a talk
    assert tops[0] == sorted(set(tops[0]))
    for day in shown._days:
        for slot in day.slots:
            assert all(entry.geometry().bottom() <= slot.height() for entry in slot.entries)
    assert [len(day.entries) for day in shown._days] == [2, 1, 0, 2, 0, 0, 0]
    assert shown._days[3].entries[-1].when == "Intet tidspunkt aftalt"  # below those with one


@pytest.mark.parametrize("name", ["Hanne Gade Frandsen", "Karsten Bøgh Mikkelsen"])
def test_a_name_that_just_has_no_room_moves_the_line_of_every_day(page, dressed, name):
    shown = page(week(booked(0, "10:00", name, form="person"), booked(0, "13:00", "B")))
    for width in range(1000, 1500, 3):  # at some of them the name has its room but for a px
        shown.resize(width, 860)
        dressed.processEvents()
        if not shown._inside.beside:
            continue
        for day in shown._days:
            assert {entry.width() for entry in day.entries} <= {day.inner()}
        tops = {tuple(slot.y() for slot in day.slots) for day in shown._days}
        assert len(tops) == 1, width


def test_who_holds_it_stands_on_a_line_of_its_own(page):
    held = booked(participants="Læge", topic="Plan", caseworker="mha")
    own, all_of_them = page(week(held)), page(replace(week(held), caseworker=""))
    assert own._days[0].entries[0].about == "Personligt møde. Læge. Plan"
    entry = all_of_them._days[0].entries[0]
    assert entry.about == "Personligt møde. Læge. Plan\nMette Holm"
    assert entry.accessibleName().endswith("Personligt møde. Læge. Plan. Mette Holm")


def test_a_wide_line_has_its_time_to_the_left(page):
    shown = page(week(booked()), size=(720, 860))
    entry = shown._days[0].entries[0]
    (_, _, _, when), (_, _, _, name), _about = entry._laid(entry.width())
    assert when.right() <= name.left() and name.top() <= when.top() < name.bottom()
    narrow = entry._laid(150)
    assert narrow[0][3].bottom() < narrow[1][3].top() + 1


def test_left_and_right_lead_to_the_nearest_hour(page, qtbot):
    shown = page(week(booked(0, "13:00", "A"), booked(1, "08:00", "B"), booked(1, "12:00", "C")))
    shown._days[0].entries[0].setFocus()
    qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Right)
    assert shown._days[1].entries[1].hasFocus()


def test_enter_opens_the_citizen(page, qtbot):
    shown = page(week(booked()))
    went = []
    shown.context.went.connect(lambda *where: went.append(where))
    qtbot.keyClick(shown._days[0].entries[0], Qt.Key.Key_Return)
    assert went == [("citizen", "K")]


def test_little_room_puts_the_days_below_each_other_and_nothing_is_cut(page):
    wide = page(week(booked()))
    assert len({day.x() for day in wide._days}) == 7
    narrow = page(week(booked()), size=(720, 480), percent=200)
    assert len({day.x() for day in narrow._days}) == 1


def test_a_finished_conversation_is_not_changed(page):
    shown = page(week(booked(status="held")))
    said = []
    shown.context.announced.connect(said.append)
    shown.change(booked(status="held"))
    assert said == ["Kun en planlagt samtale kan rettes."]
    assert shown.side.panel is None


# panels


@pytest.fixture
def panel(qtbot, look):
    def open_(**more):
        made = PlanTalk(DA, TODAY, **({"choices": (("k", "Karsten Bøgh"), ("m", "Mia Holm"))} | more))
        qtbot.addWidget(made)
        made.wishes = []
        made.wanted.connect(made.wishes.append)
        return made

    return open_


def test_what_was_typed_is_the_conversation(panel):
    made = panel(caseworkers={"mha": "Mette Holm", "pd": "Pernille Dahl"}, me="mha")
    made.who.setText("mia")
    made.date.put(TODAY)
    made.time.setText("9.30")
    made.minutes.setText("60")
    made.topic.setText("Praktik")
    made.send()
    (wish,) = made.wishes
    (talk,) = wish.values
    assert (talk.citizen, talk.date, talk.time, talk.minutes) == ("m", TODAY, "09:30", 60.0)
    assert (talk.caseworker, talk.topic, talk.status) == ("mha", "Praktik", "planned")
    assert wish.named == {"anyway": False}


def test_what_cannot_be_read_is_marked_and_kept(panel):
    made = panel()
    made.who.setText("ukendt")
    made.date.setText("31.2.2026")
    made.minutes.setText("lang tid")
    made.send()
    assert not made.wishes
    assert {key for key, one in made.fields.items() if one.fault()} == {"citizen", "date", "minutes"}
    assert (made.date.text(), made.minutes.text()) == ("31.2.2026", "lang tid")


def test_faults_of_the_desk_stand_at_their_fields(panel):
    made = panel(citizen="k", name="Karsten")
    fault = Fault("date", "fault.planned_past", TODAY, {"today": TODAY})
    assert made.refused(KnownError("talk.invalid", faults=(fault,)))
    assert "passeret" in made.fields["date"].fault()


def test_a_double_booking_is_told_once_and_may_be_meant(panel):
    made = panel(citizen="k", name="Karsten", day=TODAY)
    made.time.setText("9.30")
    made.send()
    assert made.refused(KnownError("talk.double_booked", time="09:00", day=TODAY))
    assert "kl. 09.00" in made.fields["time"].fault()
    assert made.save.text() == "Gem alligevel"
    made.send()
    assert made.wishes[-1].named == {"anyway": True}
    made.time.setText("10")
    made.send()
    assert made.wishes[-1].named == {"anyway": False}  # another time is another question


def test_changing_one_keeps_what_it_was(panel):
    talk = Conversation("k", TODAY, "c1", "planned", "video", "Mentor", "Plan", "13:00", 30.0, "pd", event="e")
    made = panel(talk=talk, name="Karsten", caseworkers={"mha": "M", "pd": "P"}, me="mha")
    made.send()
    assert made.wishes[0].values == (talk,)


def test_a_contact_is_a_line(qtbot, look):
    made = AddContact(DA, "k", "Karsten", TODAY)
    qtbot.addWidget(made)
    wishes = []
    made.wanted.connect(wishes.append)
    made.way.setCurrentIndex(made.way.findData("sms"))
    made.text.setText("Husk mødet")
    made.send()
    assert wishes[0].values == ("k", TODAY, "sms", "Husk mødet")


# the window


def talks_of(window, settled):
    found = []
    window.context.run(lambda s: queries.conversations(s.vault), done=found.append)
    settled(window)
    return {talk.id: talk for talk in found[0]}


def test_one_key_on_i_dag_marks_todays_conversation_and_ctrl_z_takes_it_back(unlocked, settled, qtbot):
    window = unlocked()
    page = window.shell.current()
    meeting = next(m for m in page.value.meetings if m.conversation.status == "planned")
    row = next(i for i, r in enumerate(page.table.rows.rows) if r.citizen == meeting.citizen)
    for key, status in MARKS.items():
        page.table.selectRow(next(i for i, r in enumerate(page.table.rows.rows) if r.citizen == meeting.citizen))
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key(ord(key)))
        settled(window)
        assert talks_of(window, settled)[meeting.conversation.id].status == status
        qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settled(window)
        assert talks_of(window, settled)[meeting.conversation.id].status == "planned"
    assert row >= 0


def test_a_conversation_is_planned_from_i_dag_and_stands_in_the_week(unlocked, settled, qtbot):
    window = unlocked()
    page = window.shell.current()
    before = len(talks_of(window, settled))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_P)
    panel = page.talks.panel
    panel.time.setText("8")
    panel.send()
    assert panel.fields["date"].fault() == "Her skal stå en dato."  # no day is guessed
    panel.date.put(window.context.today)
    panel.send()
    settled(window)
    assert page.talks.panel is None
    assert len(talks_of(window, settled)) == before + 1
    window.do("page.week")
    settled(window)
    week_page = window.shell.current()
    shown = [e.booked.talk.time for day in week_page._days for e in day.entries]
    assert "08:00" in shown
    assert window.shell.rail.buttons["today"].isChecked()


def test_every_row_says_why_it_stands_where_it_does(unlocked):
    page = unlocked(language="en").shell.current()
    model = page.table.rows
    for line in range(model.rowCount()):
        told = model.data(model.index(line, 0), Qt.ItemDataRole.AccessibleDescriptionRole)
        assert told.startswith(("Here because", "Here by", "Last"))
    assert page.reason.text().startswith("Here")


def test_borger_plans_a_conversation_too(unlocked, settled):
    window = unlocked()
    row = window.shell.current().value.rows[0]
    window.context.go("citizen", row.citizen)
    settled(window)
    side = window.shell.current().side
    side.talk.click()
    side.panel.date.put(window.context.today)
    side.panel.time.setText("8.15")
    side.panel.send()
    settled(window)
    assert any(t.citizen == row.citizen and t.time == "08:15" for t in talks_of(window, settled).values())


def test_finding_looks_through_what_is_written(unlocked, settled, qtbot):
    window = unlocked(language="en")
    row = window.shell.current().value.rows[0]

    def write(session):
        from progression.desk import talks

        return talks.contact(session, row.citizen, session.today(), "phone", "Talte om kajakroning")

    window.context.run(write)
    settled(window)
    finder = window.shell.rail.finder
    finder.setFocus()
    qtbot.keyClicks(finder, "kajakron")
    qtbot.waitUntil(lambda: bool(finder.hits))
    assert finder.hits[0].key == row.citizen
    assert "in what is written" in finder.hits[0].hint


def test_the_page_knows_a_week_of_another(page):
    shown = page(replace(week(), monday=MONDAY + dt.timedelta(days=7)))
    assert "Uge 48" in texts(shown)
