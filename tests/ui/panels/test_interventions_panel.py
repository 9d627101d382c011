"""The panels that start and end an intervention: what they ask, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import cases
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from progression.casework.duties import add_months
from progression.errors import Fault, KnownError
from progression.ui.panels.fields import DateField, parse_date, parse_hours
from progression.ui.panels.intervention import REVIEW_MONTHS, AddIntervention, EndIntervention
from progression.words import Words

TODAY = cases.TODAY
RUNNING = cases.INTERVENTIONS[-1]


@pytest.fixture
def adding(qtbot, look):
    """Make a shown panel that starts an intervention; `made.sent` lists what it handed on."""

    def make(language="da"):
        made = AddIntervention(Words(language), "k", cases.TYPES, TODAY)
        return _shown(qtbot, made)

    return make


@pytest.fixture
def ending(qtbot, look):
    """The same for the panel that ends one."""

    def make(intervention=RUNNING, language="da"):
        return _shown(qtbot, EndIntervention(Words(language), intervention, cases.TYPES, TODAY))

    return make


def _shown(qtbot, made):
    qtbot.addWidget(made)
    made.sent = []
    made.ready.connect(lambda *what: made.sent.append(what))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def choose(panel, code):
    panel.type.setCurrentIndex(panel.type.findData(code))


def faults(panel):
    return {key: one.fault() for key, one in panel.fields.items() if one.fault()}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25.11.2026", date(2026, 11, 25)),
        ("25-11-26", date(2026, 11, 25)),
        ("5/1 2027", date(2027, 1, 5)),
        (" 25.11. ", date(2026, 11, 25)),
        ("25 11 2026", date(2026, 11, 25)),
        ("2026-11-25", date(2026, 11, 25)),
        ("29.02.2028", date(2028, 2, 29)),
        ("31.02.2026", None),
        ("29.2.2026", None),
        ("0.1.2026", None),
        ("25.13.2026", None),
        ("i dag", None),
        ("25.11.26789", None),
        ("", None),
        ("1.1.0000", None),
    ],
)
def test_dates_as_danes_type_them(text, day):
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("7,5", 7.5),
        ("7.5", 7.5),
        (" 37 ", 37.0),
        ("mange", None),
        ("-3", None),
        ("1e3", None),
        ("", None),
        ("7,555", None),
    ],
)
def test_hours_with_a_comma_or_a_point(text, hours):
    assert parse_hours(text) == hours


def test_arrows_move_a_date_by_a_day_and_a_week(look, qtbot):
    made = DateField(Words("da"), TODAY)
    qtbot.addWidget(made)
    made.put(date(2026, 12, 31))
    qtbot.keyClick(made, Qt.Key.Key_Up)
    assert made.text() == "1.1.2027"
    qtbot.keyClick(made, Qt.Key.Key_PageDown)
    assert made.day() == date(2026, 12, 25)
    made.setText("snart")
    qtbot.keyClick(made, Qt.Key.Key_Up)
    assert made.text() == "snart"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7.1", date(2027, 1, 7)),
        ("19/11", date(2026, 11, 19)),
        ("18.11", date(2027, 11, 18)),
        ("7.1.26", date(2026, 1, 7)),
    ],
)
def test_what_is_planned_without_a_year_lies_ahead(text, day):
    assert parse_date(text, date(2026, 11, 19), ahead=True) == day


def test_a_panel_that_begins_at_a_date_lets_one_type_another(look, qtbot):
    made, other = DateField(Words("da"), date(2026, 11, 19), ahead=True), QLineEdit()
    for one in (made, other):
        qtbot.addWidget(one)
    made.put(date(2026, 11, 19))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.clearFocus()
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.keyClicks(made, "7/1")
    assert made.text() == "7/1"
    made.clearFocus()
    assert made.text() == "7.1.2027"
    made.setText("snart")
    made.setFocus()
    made.clearFocus()
    assert made.text() == "snart"


def test_a_date_does_not_leave_the_calendar(look, qtbot):
    made = DateField(Words("da"), TODAY)
    qtbot.addWidget(made)
    made.put(date.max)
    qtbot.keyClick(made, Qt.Key.Key_Up)
    assert made.day() == date.max
    made.put(date.min)
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.day() == date.min


def test_an_intervention_with_everything(adding, qtbot):
    made = adding()
    choose(made, "virksomhedspraktik")
    qtbot.keyClicks(made.title, "Genbrugsbutik")
    qtbot.keyClicks(made.provider, "Sundvig Genbrug")
    made.start.setText("1.12.2026")
    made.planned_end.setText("28.02.2027")
    qtbot.keyClicks(made.hours, "7,5")
    qtbot.mouseClick(made.save, Qt.MouseButton.LeftButton)
    assert faults(made) == {}
    ((sent,),) = made.sent
    assert (sent.citizen, sent.id, sent.type, sent.title) == ("k", "", "virksomhedspraktik", "Genbrugsbutik")
    assert (sent.start, sent.planned_end, sent.end) == (date(2026, 12, 1), date(2027, 2, 28), None)
    assert sent.hours_per_week == 7.5
    assert sent.provider == "Sundvig Genbrug"


def test_it_starts_today_unless_another_day_is_written(adding, qtbot):
    made = adding()
    choose(made, "mentor")
    made.start.setFocus()
    qtbot.keyClick(made.start, Qt.Key.Key_Return)
    assert made.sent[0][0].start == TODAY


def test_waiting_asks_for_what_and_an_exemption_from_what_and_when_it_is_looked_at(adding):
    made = adding()
    choose(made, "mentor")
    shown = {key for key, one in made.fields.items() if one.isVisible()}
    assert shown == {"type", "title", "provider", "start", "planned_end", "hours_per_week"}
    choose(made, "venter")
    shown = {key for key, one in made.fields.items() if one.isVisible()}
    assert shown == {"type", "waiting_for", "provider", "start", "expected_start"}
    assert made.start.accessibleName() == "Venter siden"
    choose(made, "fritaget")
    shown = {key for key, one in made.fields.items() if one.isVisible()}
    assert shown == {"type", "exempt_from", "reason", "review_date", "start", "planned_end"}
    assert made.start.accessibleName() == "Første dag"
    assert made.review.day() == add_months(TODAY, REVIEW_MONTHS)


def test_what_belongs_to_another_type_is_not_saved(adding):
    made = adding()
    choose(made, "mentor")
    made.hours.setText("6")
    made.title.setText("Mentor")
    choose(made, "venter")
    made.waiting_for.setText("smerteklinik")
    made.send()
    sent = made.sent[0][0]
    assert (sent.hours_per_week, sent.title, sent.waiting_for) == (None, "", "smerteklinik")


def test_an_exemption_is_saved_with_its_review(adding):
    made = adding()
    choose(made, "fritaget")
    assert made.exempt_from.currentText() == "Aktivering"
    made.exempt_from.setCurrentIndex(made.exempt_from.findData("both"))
    made.review.setText("1.3.2027")
    made.send()
    assert (made.sent[0][0].review_date, made.sent[0][0].exempt_from) == (date(2027, 3, 1), "both")


def test_an_exemption_without_a_review_is_marked_and_kept(adding):
    made = adding()
    choose(made, "fritaget")
    made.planned_end.setText("1.3.2027")
    made.review.clear()
    made.send()
    assert made.sent == []
    assert faults(made) == {"review_date": "En fritagelse bør have en dato, hvor den ses på igen."}
    assert made.review.hasFocus()
    assert made.planned_end.text() == "1.3.2027"


def test_what_another_system_wrote_of_an_exemption_stays(qtbot, look):
    row = replace(RUNNING, type="fritaget", exempt_from="praktik", review_date=date(2027, 3, 1), end=None)
    made = _shown(qtbot, AddIntervention(Words("da"), "k", cases.TYPES, TODAY, change=row))
    made.send()
    assert made.sent[0][0].exempt_from == "praktik"


def test_every_fault_is_said_at_its_field_and_what_was_typed_stays(adding, qtbot):
    made = adding()
    choose(made, "mentor")
    made.start.setText("31.02.2026")
    made.planned_end.setText("næste år")
    made.hours.setText("mange")
    qtbot.mouseClick(made.save, Qt.MouseButton.LeftButton)
    assert made.sent == []
    assert set(faults(made)) == {"start", "planned_end", "hours_per_week"}
    assert (made.start.text(), made.planned_end.text(), made.hours.text()) == ("31.02.2026", "næste år", "mange")
    assert made.start.hasFocus()  # the first that is wrong
    assert made.start.property("fault") is True
    assert made.start.accessibleDescription() == faults(made)["start"]


def test_faults_go_away_when_they_are_mended(adding):
    made = adding()
    choose(made, "mentor")
    made.start.setText("")
    made.send()
    assert "start" in faults(made)
    made.start.put(TODAY)
    made.send()
    assert faults(made) == {}
    assert made.start.property("fault") is False
    assert len(made.sent) == 1


def test_dates_in_the_wrong_order_and_impossible_hours(adding):
    made = adding()
    choose(made, "mentor")
    made.planned_end.setText("1.1.2026")
    made.hours.setText("200")
    made.send()
    assert set(faults(made)) == {"planned_end", "hours_per_week"}
    assert made.sent == []


def test_a_refusal_by_the_desk_is_said_where_it_belongs(adding):
    made = adding()
    choose(made, "mentor")
    made.send()
    error = KnownError("intervention.invalid", faults=(Fault("start", "fault.too_early", TODAY, {"date": TODAY}),))
    assert made.refused(error)
    assert "start" in faults(made)
    assert made.save.isEnabled()
    assert made.refused(KnownError("file.unreadable", file="x"))
    assert made.message.isVisible()
    assert not made.refused(ValueError("a bug"))


def test_ending_today_with_a_reason(ending, qtbot):
    made = ending()
    assert made.day.text() == "19.11.2026"
    qtbot.keyClicks(made.because, "Behandling er gået i gang")
    qtbot.keyClick(made.because, Qt.Key.Key_Return)
    assert made.sent == [(RUNNING, TODAY, "Behandling er gået i gang")]


def test_an_end_before_the_start_is_refused_and_kept(ending):
    made = ending()
    made.day.setText("1.1.2026")
    made.send()
    assert made.sent == []
    assert "1. april 2026" in faults(made)["end"]
    assert made.day.text() == "1.1.2026"


@pytest.mark.parametrize("typed", ["", "31.02.2026", "snart"])
def test_an_end_that_is_no_date_is_refused(ending, typed):
    made = ending()
    made.day.setText(typed)
    made.send()
    assert made.sent == []
    assert "end" in faults(made)


def test_escape_and_cancel_leave_everything_as_it_was(adding, ending, qtbot):
    for made in (adding(), ending()):
        left = []
        made.cancelled.connect(lambda left=left: left.append(1))
        qtbot.keyClick(made, Qt.Key.Key_Escape)
        qtbot.mouseClick(made.cancel, Qt.MouseButton.LeftButton)
        assert len(left) == 2
        assert made.sent == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_control_has_a_name(adding, ending, language):
    for made in (adding(language), ending(language=language)):
        for kind in (QLineEdit, QComboBox, QPushButton):
            for control in made.findChildren(kind):
                assert control.accessibleName(), (language, control)


def test_each_type_is_offered_once_waiting_and_exempt_last(adding):
    made = adding()
    rows = [(made.type.itemData(n), made.type.itemText(n)) for n in range(made.type.count())]
    codes = [code for code, _text in rows if code is not None]
    assert sorted(codes) == sorted(cases.TYPES)
    assert codes[-2:] == ["venter", "fritaget"]
    assert rows[0] == (None, "Jobrettet")
    assert made.type.currentText() == made.type.toolTip() == "Virksomhedspraktik"


def test_the_name_of_a_kind_is_passed_by_keys_and_a_letter_finds_a_type(adding, qtbot):
    made = adding()
    for _ in range(made.type.count()):
        qtbot.keyClick(made.type, Qt.Key.Key_Down)
        assert made.type.currentData() is not None
    assert made.type.currentData() == "fritaget"
    qtbot.keyClicks(made.type, "mentor")
    assert made.type.currentText() == "Mentor"
