"""One citizen's page on a real vault: what it shows, what is decided, started and ended on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import cases
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from progression.desk.pages import Duty
from progression.errors import KnownError
from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui import theme
from progression.ui.citizen.page import CitizenPage
from progression.ui.flags.gauge import GaugeView
from progression.ui.flags.why import WhyLink
from progression.ui.page import Context
from progression.ui.panels.intervention import AddIntervention
from progression.ui.preferences import Preferences
from progression.ui.timeline.view import Timeline
from progression.ui.worker import Worker
from progression.words import Words


@pytest.fixture
def room(citizen_room):
    return citizen_room


@pytest.fixture
def opened(room):
    """The page, open on the citizen, as `opened()`."""

    def open_(width=1256, height=872):
        page = CitizenPage(room.context)
        room.context.changed.connect(lambda _changes: None)
        page.retranslate()
        page.restyle()
        room.show(page, width, height)
        page.show_for("k")
        room.settle()
        room.settle()
        return page

    return open_


@pytest.fixture
def fed(qtbot, look):
    """The page, shown values made by hand: fed(cases.newcomer)."""
    workers = []

    def open_(make, language="da", width=1256, height=872):
        workers.append(Worker())
        page = CitizenPage(Context(workers[-1], Preferences(language=language)))
        page.retranslate()
        page.restyle()
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page.citizen = "k"
        page.show_page(make(Words(language)))
        QApplication.processEvents()
        QApplication.processEvents()
        return page

    yield open_
    for worker in workers:
        worker.end(lambda _session, _jobs: None)


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


# the head


def test_the_head_says_who_and_what_and_by_when(opened):
    page = opened()
    said = texts(page.header)
    assert "Karsten Bøgh Mikkelsen" in said
    assert "46 år, 140680-••••" in said
    assert not any("1233" in text for text in texts(page))
    assert "Behov for støtte" in said
    assert "før: Pernille Dahl og Jonas Krogh, 2 skift" in said
    assert "Først: smertebehandling i gang og en fast døgnrytme" in said
    assert any(text.startswith("Vurdering senest 25. november") for text in said)
    assert page.header.conversation.text() == "Start samtalen"


def test_a_conversation_that_waits_is_continued_with_its_count(fed):
    page = fed(cases.karsten)
    assert page.header.conversation.text() == "Fortsæt samtalen, 6 af 11"


def test_a_conversation_is_not_what_a_closed_case_asks_for(fed):
    page = fed(cases.karsten)
    assert page.header.conversation.property("role") == "primary"
    value = cases.karsten(Words("da"))
    citizen = replace(value.course.citizen, case_closed=value.today)
    page.show_page(replace(value, course=replace(value.course, citizen=citizen)))
    assert page.header.conversation.property("role") == "normal"
    page.show_page(value)
    assert page.header.conversation.property("role") == "primary"


def test_an_overdue_duty_is_said_in_words(fed):
    late = Duty("assessment", date(2026, 11, 1), True)
    page = fed(lambda w: replace(cases.karsten(w), duty=late))
    assert "18 dage over fristen" in texts(page.header)


def test_facts_that_are_not_known_leave_no_empty_block(fed):
    page = fed(cases.newcomer)
    assert texts(page.header)[0].startswith("Anna-Margrethe Elisabeth")
    assert "Min Plan" not in texts(page.header)
    assert "Målgruppe" not in texts(page.header)


def test_the_conversation_opens_for_this_citizen(opened, room, qtbot):
    page = opened()
    qtbot.mouseClick(page.header.conversation, Qt.MouseButton.LeftButton)
    assert room.went == [("conversation", "k")]


# decisions


def test_a_decision_goes_from_the_button_to_the_journal_and_back(opened, room, qtbot):
    page = opened()
    (card,) = [c for c in page.side.cards.values() if c.choices]
    flag = card.flag
    assert flag.kind == "regression"
    qtbot.mouseClick(card.choices["start"], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(card.form.reason, "Praktik i genbrugsbutik")
    qtbot.mouseClick(card.form.save, Qt.MouseButton.LeftButton)
    room.settle()
    room.settle()
    (saved,) = room.on(lambda s: queries.decisions(s.vault))
    assert (saved.about, saved.choice, saved.reason) == (f"flag:{flag.id}", "start", "Praktik i genbrugsbutik")
    assert saved.follow_up == date(2027, 2, 19)
    assert "Beslutning gemt: Start" in room.said
    assert flag.id not in page.side.cards
    assert isinstance(page.side.panel, AddIntervention)  # what starts is said next, or Esc
    qtbot.keyClick(page.side.panel, Qt.Key.Key_Escape)
    assert any("Praktik i genbrugsbutik" in text for text in texts(page.side))
    assert room.errors == []


def test_a_decision_that_is_refused_stays_on_the_card(opened, room, qtbot, monkeypatch):
    def refuse(*_args):
        raise KnownError("decision.follow_up_past", day=date(2026, 1, 1))

    monkeypatch.setattr("progression.desk.decisions.decide", refuse)
    page = opened()
    (card,) = [c for c in page.side.cards.values() if c.choices]
    card.choose("stop")
    card.form.reason.setPlainText("Operation")
    qtbot.mouseClick(card.form.save, Qt.MouseButton.LeftButton)
    room.settle()
    assert card.form.reason.toPlainText() == "Operation"
    assert any("1. januar 2026" in text for text in texts(card))
    assert room.errors == []


def test_a_bug_is_not_hidden(opened, room, qtbot, monkeypatch):
    def break_(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("progression.desk.decisions.decide", break_)
    page = opened()
    (card,) = [c for c in page.side.cards.values() if c.choices]
    card.choose("stop")
    qtbot.mouseClick(card.form.save, Qt.MouseButton.LeftButton)
    room.settle()
    assert [type(e) for e in room.errors] == [ZeroDivisionError]


def test_earlier_decisions_say_what_came_since_and_withdrawn_points_why(fed):
    said = texts(fed(cases.karsten).side)
    honest = "siden; det hænger ikke nødvendigvis sammen."
    assert any("lavere" in text and text.endswith(honest) for text in said)
    assert any(text.startswith("Fremgang, praktik blev til småjob. Niveauet er ") and honest in text for text in said)
    assert "Ikke længere" in said
    assert "Et svar eller en dato er rettet." in said


def test_a_point_that_is_gone_or_decided_still_tells_why_it_was_shown(fed, qtbot):
    page = fed(cases.karsten)
    folds = [fold for fold in page.side.findChildren(WhyLink) if fold not in {c.fold for c in page.side.cards.values()}]
    assert len(folds) >= 2
    for fold in folds:
        assert fold.shown is None
        qtbot.mouseClick(fold.link, Qt.MouseButton.LeftButton)
        assert "Regnestykket" in texts(fold.shown)
    assert any("Derfor blev det vist." in text for fold in folds for text in texts(fold.shown))


def test_a_card_names_who_rated_and_what_came_of_it(fed):
    page = fed(cases.karsten)
    card = next(c for c in page.side.cards.values() if c.flag.kind == "regression")
    card.why.click()
    said = " ".join(texts(card.fold.shown))
    assert "Mette Holm Andersen" in said
    assert "Hvad der er sket siden" in said


@pytest.mark.parametrize(
    ("more", "word", "sentence"),
    [
        ({"standing": "unclear", "since": date(2026, 5, 1)}, "For tidligt at sige: −0,1 siden maj", "ni måneder"),
        ({"standing": "unclear", "since": date(2025, 5, 1)}, "Uafklaret: −0,1 siden maj", "det rigtige svar"),
        ({"standing": "unclear", "floor": True, "level": 1.1}, "Kan ikke måles lavere", "ikke det samme som stabilt"),
        ({"standing": "unknown_since", "unknown_since": date(2026, 6, 1)}, "Vi ved det ikke", "ikke det samme som"),
        ({"standing": "too_few", "rounds": 2, "change": None}, "For få målinger", "Der er svaret i 2 runder."),
    ],
)
def test_where_nothing_is_pointed_out_the_state_explains_itself(fed, more, word, sentence):
    def make(words):
        page = cases.karsten(words)
        found = {"change": -0.1, "change_sd": 0.24, **more}
        return replace(page, flags=(), trajectory=replace(page.trajectory, **found))

    page = fed(make)
    said = texts(page.side)
    assert any(text.startswith(word) for text in said), said
    assert any(sentence in text for text in said)
    folds = page.side.findChildren(WhyLink)
    assert bool(folds) == (more["standing"] == "unclear")
    for fold in folds:
        fold.link.click()
        assert fold.findChild(GaugeView).accessibleDescription()


# interventions


def test_an_intervention_is_started_and_shows_on_the_page(opened, room, qtbot):
    page = opened()
    qtbot.mouseClick(page.side.add, Qt.MouseButton.LeftButton)
    panel = page.side.panel
    panel.type.setCurrentIndex(panel.type.findData("mentor"))
    qtbot.keyClicks(panel.title, "Mentor to")
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    room.settle()
    room.settle()
    assert page.side.panel is None
    assert "Indsatsen er gemt" in room.said
    rows = [i for i in room.on(lambda s: queries.interventions(s.vault)) if i.title == "Mentor to"]
    assert len(rows) == 1
    assert rows[0].start == cases.TODAY
    assert "Mentor to" in texts(page.side)
    bars = [bar.label for strip in page.views.timeline.chart().strips for bar in strip.bars]
    assert "Mentor to" in bars


def test_an_exemption_is_saved_once_it_has_a_review_date(opened, room, qtbot):
    page = opened()
    page.side.open_add()
    panel = page.side.panel
    panel.type.setCurrentIndex(panel.type.findData("fritaget"))
    panel.exempt_from.setCurrentIndex(panel.exempt_from.findData("both"))
    panel.review.clear()
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    room.settle()
    assert page.side.panel is panel
    assert panel.fields["review_date"].fault()
    assert panel.exempt_from.currentData() == "both"
    panel.review.put(cases.TODAY)
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    room.settle()
    assert any(i.exempt_from == "both" and i.end is None for i in room.on(lambda s: queries.interventions(s.vault)))


def test_faults_keep_the_panel_open_and_nothing_is_saved(opened, room, qtbot):
    page = opened()
    before = len(room.on(lambda s: queries.interventions(s.vault)))
    page.side.open_add()
    page.side.panel.start.setText("31.02.2026")
    qtbot.mouseClick(page.side.panel.save, Qt.MouseButton.LeftButton)
    room.settle()
    assert page.side.panel.start.text() == "31.02.2026"
    assert len(room.on(lambda s: queries.interventions(s.vault))) == before


def test_what_runs_is_ended_with_a_reason(opened, room, qtbot):
    page = opened()
    (end,) = [b for b in page.side.findChildren(QAbstractButton) if b.accessibleName().startswith("Afslut Venter")]
    qtbot.mouseClick(end, Qt.MouseButton.LeftButton)
    page.side.panel.because.setText("Behandling er gået i gang")
    qtbot.mouseClick(page.side.panel.save, Qt.MouseButton.LeftButton)
    room.settle()
    room.settle()
    (row,) = [i for i in room.on(lambda s: queries.interventions(s.vault)) if i.waiting_for]
    assert (row.end, row.ended_because) == (cases.TODAY, "Behandling er gået i gang")
    assert page.side.panel is None


def test_a_click_on_a_running_bar_offers_to_end_it_and_on_an_ended_one_does_not(opened):
    page = opened()
    page.views.bar_chosen.emit("i1")
    assert page.side.panel is None
    page.views.bar_chosen.emit("i8")
    assert page.side.panel is not None
    assert page.side.panel.intervention.id == "i8"


def test_a_refresh_meanwhile_keeps_the_panel_and_what_is_typed_in_it(opened, room):
    page = opened()
    page.side.open_add()
    page.side.panel.title.setText("Mentor to")
    page.refresh()
    room.settle()
    assert page.side.panel.title.text() == "Mentor to"


def test_another_citizen_closes_the_panel(opened, room):
    page = opened()
    page.side.open_add()
    other = replace(page.value.course.citizen, citizen="x")
    page.show_page(replace(page.value, course=replace(page.value.course, citizen=other)))
    assert page.side.panel is None


@pytest.mark.parametrize(("percent", "width"), [(100, 900), (100, 1093), (200, 1093)])
def test_a_long_name_makes_no_window_wider(fed, percent, width):
    """Not even while the head is filled: the window would stay as wide."""
    theme.apply(QApplication.instance(), theme.choose("light", percent))
    page = fed(lambda words: cases.newcomer(words, 1), width=width, height=695)
    assert len(page.header.name.text()) > 60
    assert page.width() == width
    long = replace(page.value.course.citizen, case_closed=page.value.today, cpr="1406801234")
    page.show_page(replace(page.value, course=replace(page.value.course, citizen=long)))
    QApplication.processEvents()
    assert page.width() == width


# the report


def test_the_report_is_written_where_it_was_asked_for(opened, room, qtbot, tmp_path, monkeypatch):
    page = opened()
    monkeypatch.setattr(page, "ask_file", lambda: tmp_path / "sag.pdf")
    qtbot.mouseClick(page.header.report, Qt.MouseButton.LeftButton)
    assert not page.header.report.isEnabled()
    room.settle()
    assert (tmp_path / "sag.pdf").read_bytes().startswith(b"%PDF")
    assert page.header.report.isEnabled()
    assert any("sag.pdf" in text for text in room.said)
    assert room.errors == []


def test_no_file_chosen_means_no_report(opened, room, qtbot, monkeypatch):
    page = opened()
    monkeypatch.setattr(page, "ask_file", lambda: None)
    qtbot.mouseClick(page.header.report, Qt.MouseButton.LeftButton)
    assert page.header.report.isEnabled()
    assert room.said == []


def test_a_report_that_cannot_be_written_is_said_and_can_be_tried_again(opened, room, qtbot, tmp_path, monkeypatch):
    page = opened()
    monkeypatch.setattr(page, "ask_file", lambda: tmp_path / "no such folder" / "sag.pdf")
    qtbot.mouseClick(page.header.report, Qt.MouseButton.LeftButton)
    room.settle()
    assert len(room.errors) == 1
    assert isinstance(room.errors[0], KnownError)
    assert page.header.report.isEnabled()


# states, sizes, names


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "make", [cases.karsten, cases.newcomer, lambda w: cases.newcomer(w, 1), cases.patient, cases.forty]
)
def test_no_control_is_without_a_name(fed, make, language):
    page = fed(make, language)
    for view in ("timeline", "radar", "table", "measures"):
        page.views.show_view(view)
        for card in page.side.cards.values():
            card.why.setChecked(True)
        named = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView, Timeline)
        for control in page.findChildren(QWidget):
            if control.isVisible() and (isinstance(control, named) or control.focusPolicy() & Qt.FocusPolicy.TabFocus):
                inside_table = isinstance(control.parent(), (QTableView, QComboBox))
                assert control.accessibleName() or inside_table, (view, control)


@pytest.mark.parametrize(("width", "percent", "shown"), [(1256, 100, True), (916, 100, False), (1256, 200, False)])
def test_the_side_folds_under_a_button_where_there_is_no_room(fed, look, qtbot, width, percent, shown):
    look("light", percent)
    page = fed(cases.karsten, width=width)
    assert page.side.isVisible() is shown
    qtbot.mouseClick(page.fold, Qt.MouseButton.LeftButton)
    assert page.side.isVisible() is not shown
    page.do("panel")
    assert page.side.isVisible() is shown


def test_a_panel_unfolds_the_side(fed):
    page = fed(cases.karsten, width=916)
    page.side.open_add()
    assert page.side.isVisible()


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1256, 872, 100), (916, 740, 100), (1256, 872, 200), (840, 600, 200)]
)
def test_no_word_is_cut(fed, look, name, width, height, percent):
    look(name, percent)
    page = fed(cases.karsten, width=width, height=height)
    page.side.show()
    page._show_side(True)
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.width() >= label.fontMetrics().horizontalAdvance(label.text()) - 1, label.text()
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()), button.text()
            assert min(button.width(), button.height()) >= 24, button.text()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1256, 872, 100), (1182, 850, 200), (1000, 670, 200), (800, 670, 100)]
)
def test_nothing_lies_beyond_the_right_edge(fed, look, language, width, height, percent):
    look("light", percent)
    page = fed(cases.karsten, width=width, height=height)
    page.context.words = Words(language)
    page.retranslate()
    for view in ("timeline", "measures", "timeline"):
        page.views.show_view(view)
        QApplication.processEvents()
        assert page._area.widget().width() <= page._area.viewport().width(), view
    page.resize(1600, height)  # and there is one line of choices again where there is room
    QApplication.processEvents()
    if percent == 100:
        assert page.views.days.y() == page.views.view.y()


def test_a_change_of_language_says_everything_again(fed):
    page = fed(cases.karsten)
    page.context.words = Words("en")
    page.retranslate()
    assert "Decisions" in texts(page.side)
    assert page.header.conversation.text() == "Continue the conversation, 6 of 11"
    assert "Opmærksomhedspunkt" not in page.views.timeline.accessibleDescription()
    assert {"Oct"} <= {tick.label for tick in page.views.timeline.chart().ticks}


def test_a_change_of_theme_is_taken_over(fed, look):
    page = fed(cases.karsten)
    look("dark", 100)
    page.restyle()
    QApplication.processEvents()
    found = cases.colours(page.views.timeline)
    assert "#56b4e9" in found
    assert "#0072b2" not in found


def test_an_answer_for_a_citizen_left_meanwhile_is_not_shown(opened, room):
    page = opened()
    page.refresh()
    page.citizen = "someone else"
    before = page.value
    room.settle()
    assert page.value is before


# following up


def test_an_overdue_follow_up_can_be_met_although_its_point_is_gone(opened, room, qtbot):
    from progression.casework.values import Decision

    asked = Decision("k", date(2026, 5, 26), "flag:gone", "continue", "Vi ser tiden an", date(2026, 9, 1))
    room.on(lambda s: bool(s.vault.append([kinds.to_event(asked)], Act("add", "k"))))
    page = opened()
    assert "Opfølgning senest 1. september" in texts(page.header)
    now = next(b for b in page.side.findChildren(QAbstractButton) if b.text().startswith("Følg op nu"))
    qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    panel = page.side.panel
    assert any("Vi ser tiden an" in text for text in texts(panel))
    qtbot.mouseClick(panel.choices["stop"], Qt.MouseButton.LeftButton)
    panel.form.reason.setPlainText("Det gik godt")
    qtbot.mouseClick(panel.form.save, Qt.MouseButton.LeftButton)
    room.settle()
    room.settle()
    assert page.side.panel is None
    newest = max(room.on(lambda s: queries.decisions(s.vault)), key=lambda d: d.date)
    assert (newest.about, newest.choice, newest.reason) == ("flag:gone", "stop", "Det gik godt")
    assert not any("september" in text for text in texts(page.header))


def test_coming_here_puts_the_keys_on_the_conversation(opened):
    assert opened().header.conversation.hasFocus()


def test_the_age_stands_beside_the_name_where_there_is_room(opened):
    page = opened()
    assert page.header.who.y() < page.header.name.geometry().bottom()
    page.resize(560, 872)
    QApplication.processEvents()
    assert page.header.who.y() > page.header.name.geometry().bottom()


def test_the_panel_that_adds_an_intervention_fits_beside_the_page(opened, qtbot):
    page = opened()
    qtbot.mouseClick(page.side.add, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert page.side.panel.width() <= page.side.width()


def test_one_keystroke_copies_the_note_for_the_journal(opened, room):
    page = opened()
    QApplication.clipboard().clear()
    room.qtbot.keyClick(page, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    copied = QApplication.clipboard().text()
    last = max(a.date for a in page.value.course.assessments)
    assert copied.startswith(f"Samtale {Words('da').date(last)} (personligt møde).")
    assert "Sagsbehandlerens tro" not in copied  # the citizen may read the note
    log = room.on(lambda session: queries.access_log(session.vault))
    assert log[0].purpose == "journal note"


def test_before_the_first_assessment_there_is_nothing_to_copy(fed):
    assert fed(cases.newcomer).header.journal.isHidden()
