"""The finish panel: the verdicts, the dumbbells, the differences, flags decided on the spot, and the sentence below."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from sitting import BEFORE, BIP, TODAY, WHO

from progression.analysis.values import Estimates, Flag, Trajectory
from progression.casework.values import DECLINED, Assessment, Phase
from progression.desk import decisions
from progression.desk.pages import Finished, Moved
from progression.errors import KnownError
from progression.store import queries
from progression.ui import theme
from progression.ui.conversation.finish import FinishPanel
from progression.ui.conversation.finish_rows import MovedTable, verdict
from progression.ui.conversation.finish_words import level_text
from progression.words import Words

DA, EN = Words("da"), Words("en")
PHASE = Phase("waiting", dt.date(2026, 4, 1), None)
TRAJECTORY = Trajectory(WHO, "bip", TODAY, (), (), (), (PHASE,), "regression", 2.9, -0.7, 0.3, PHASE.start, 10)
ESTIMATES = Estimates("bip", None, 0, "prior", 10.0, 1.2, 1.2)
FLAG = Flag(
    "flag-1",
    WHO,
    "S-1",
    "bip",
    "regression",
    None,
    "both",
    PHASE,
    TODAY,
    3.6,
    2.9,
    -0.7,
    0.3,
    0.4,
    2.3,
    "start",
)
WHOLE = Moved(None, 2.8, 2.9, None, None, False, 0.1, 0.4)
NETWORK = Moved("netvaerk", 2, 4, 2, 4, True, 2.0)
MISSING = Moved("arbejdsmarkedsviden", 3, None, 3, None, None)
SAME = Moved("helbredsmestring", 2, 2, 3, 3, False, 0.0)


def finished(**more) -> Finished:
    fields = {
        "citizen": WHO,
        "name": "Karsten Bøgh Mikkelsen",
        "scale": BIP,
        "day": TODAY,
        "before": BEFORE,
        "answered": {"caseworker": (10, 11), "citizen": (9, 9)},
        "moved": (WHOLE, NETWORK, SAME, MISSING),
        "apart": (("hverdagsmestring", 2, 4),),
        "trajectory": TRAJECTORY,
        "flags": (FLAG,),
        "margin": 0.4,
        "assessments": {"caseworker": Assessment(WHO, "caseworker", "bip", TODAY, {"netvaerk": 4})},
        "estimates": ESTIMATES,
    } | more
    return Finished(**fields)


@pytest.fixture
def panel(room):
    made = FinishPanel(room.context)
    room.show(made)
    made.show_finished(finished())
    return made


def texts(widget) -> str:
    QApplication.processEvents()  # what was just added to a layout is shown by an event
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


# verdicts


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (NETWORK, ("progression", "Kan måles, +2", "")),
        (replace(NETWORK, change=-2.0), ("regression", "Kan måles, −2", "")),
        (replace(NETWORK, change=2.5), ("progression", "Kan måles, +2,5", "")),
        (replace(NETWORK, measurable=False, change=1.5), ("", "Inden for usikkerheden", "")),
        (SAME, ("", "Uændret", "")),
        (MISSING, ("", "Ikke vurderet i dag", "")),
        (Moved("netvaerk", None, 3, None, None, None), ("", "Første svar", "")),
        (Moved("netvaerk", 2, 3, 3, 2, False, 0.0), ("", "Inden for usikkerheden", "")),
        (WHOLE, ("", "2,8 til 2,9", "Inden for usikkerheden, ±0,4")),
        (
            replace(WHOLE, measurable=True, change=-0.7),
            ("regression", "2,8 til 2,9", "Kan måles, margin 0,4"),
        ),
        (
            replace(WHOLE, caseworker_before=2.86, caseworker_now=2.94),
            ("", "2,9 som sidst", "Inden for usikkerheden, ±0,4"),
        ),
        (Moved(None, None, 2.9, None, None, None), ("", "2,9", "Første måling")),
        (Moved(None, None, None, None, None, None), ("", "For få målinger endnu", "")),
    ],
)
def test_a_change_never_stands_without_what_the_measurement_can_say(row, expected):
    assert verdict(DA, row, 1) == expected


def test_on_a_scale_where_lower_is_better_a_fall_is_progression():
    assert verdict(DA, replace(NETWORK, change=-2.0), -1)[0] == "progression"


# the table


@pytest.fixture
def table(qtbot, qapp):
    theme.load_fonts()
    theme.apply(qapp, theme.Theme())
    made = MovedTable()
    qtbot.addWidget(made)
    made.show_finished(finished(), DA)
    made.resize(677, made.sizeHint().height())
    made.show()
    return made


def test_a_row_is_read_in_words(table):
    assert table.read(NETWORK) == "Netværk og støtte: sagsbehandler 2 til 4, borger 2 til 4. Kan måles, +2."
    assert table.read(WHOLE) == "Hele skalaen: 2,8 til 2,9, Inden for usikkerheden, ±0,4."
    assert "sagsbehandler ikke vurderet" in table.read(MISSING)
    assert "sagsbehandler 2, borger 3" in table.read(SAME)
    assert table.read(NETWORK) in table.accessibleDescription()


def test_arrows_read_the_table_row_by_row(table):
    said = []
    table.said.connect(said.append)
    table.setFocus()
    for _ in range(9):
        QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert said[0] == table.read(NETWORK) and said[7] == table.read(MISSING) and said[-1] == table.read(SAME)


def colour_at(table, value, row, offset) -> str:
    look = theme.current()
    y = look.px(44) + row * look.px(42) + look.px(42) // 2 + offset
    point = QPointF(table._x(value), y).toPoint()
    return table.grab().toImage().pixelColor(point).name()


def test_the_caseworker_is_drawn_above_and_the_citizen_below(table):
    look = theme.current()
    assert colour_at(table, 4, 1, -look.px(6)) == look.hex("cw")
    assert colour_at(table, 4, 1, look.px(6)) == look.hex("ci")
    assert colour_at(table, 2, 1, -look.px(6)) == look.hex("bg")  # the earlier answer is hollow


def test_measured_is_thick_and_the_rest_dotted(table):
    look = theme.current()
    assert colour_at(table, 3.31, 1, -look.px(7)) == look.hex("cw")
    table.show_finished(finished(moved=(WHOLE, replace(NETWORK, measurable=False))), DA)
    drawn = {colour_at(table, 2.5 + n / 60, 1, -look.px(7)) for n in range(30)}
    assert look.hex("bg") in drawn


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("percent", [100, 200])
def test_the_table_paints_in_every_theme_and_size(table, qapp, name, percent):
    theme.apply(qapp, theme.Theme(name, percent))
    table.resize(1200, table.sizeHint().height())
    assert table.grab().toImage().pixelColor(2, 2).name() == theme.current().hex("bg")
    theme.apply(qapp, theme.Theme())


# the panel


def test_who_when_and_how_much(panel):
    assert panel.title.text() == "Samtalen er afsluttet"
    assert panel.about.text() == (
        "Karsten Bøgh Mikkelsen, 19. november 2026. Du har vurderet 10 af 11. Karsten har svaret på 9 af 9."
    )
    assert panel.moved_title.text() == "Hvad har flyttet sig siden 25. august 2026?"
    assert not panel.rate_button.isVisible() and panel.correct_button.isVisible()


def test_where_it_is_seen_differently(panel):
    shown = texts(panel.differences)
    assert "Hverdagsmestring" in shown and "Du: 2 i ringe grad" in shown and "Karsten: 4 godt" in shown
    assert BIP.indicator("hverdagsmestring").step_text(2)["da"] in shown


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"apart": ()}, "Der er højst ét trin imellem jer på alle 2 indikatorer"),
        ({"answered": {"caseworker": (10, 11)}, "apart": ()}, "Kun den ene af jer har svaret"),
        ({"moved": (WHOLE, MISSING), "apart": ()}, "I har ikke vurderet de samme indikatorer."),
        ({}, "På den 1 anden, I begge har vurderet"),
    ],
)
def test_how_far_apart_the_others_are(panel, more, says):
    panel.show_finished(finished(**more))
    assert says in texts(panel.differences)


def test_without_an_earlier_conversation_nothing_has_moved(panel):
    panel.show_finished(finished(before=None, moved=(Moved(None, None, 2.9, None, None, None),), flags=(), apart=()))
    assert panel.moved_title.text() == "Svarene"
    assert not panel.flags.isVisible() and "tyk streg" not in texts(panel)


def test_the_missing_rater_is_one_button_away(panel):
    asked = []
    panel.rate_asked.connect(lambda rater, day: asked.append((rater, day)))
    panel.show_finished(finished(answered={"caseworker": (10, 11)}, apart=()))
    assert panel.rate_button.text() == "Indtast borgerens svar"
    panel.rate_button.click()
    panel.show_finished(finished(answered={"citizen": (9, 9)}, apart=()))
    assert panel.rate_button.text() == "Vurdér nu"
    panel.rate_button.click()
    assert asked == [("citizen", TODAY), ("caseworker", TODAY)]


def test_ways_on(room, panel):
    asked = []
    panel.correct_asked.connect(asked.append)
    panel.correct_button.click()
    panel.citizen_button.click()
    assert asked == [finished().assessments["caseworker"]] and room.went == [("citizen", WHO)]
    panel.copy_button.click()
    assert QGuiApplication.clipboard().text() == panel.journal.text.text()


def test_a_flag_is_decided_where_it_is_seen(room, panel):
    (card,) = panel.flags.cards
    card.decided.emit("start", "Småjob i caféen", dt.date(2027, 2, 1))
    room.settle()
    (decision,) = room.on(lambda s: queries.decisions(s.vault))
    assert (decision.about, decision.choice, decision.follow_up) == (
        "flag:flag-1",
        "start",
        dt.date(2027, 2, 1),
    )


def test_a_decision_that_is_refused_stays_in_its_card(room, panel, monkeypatch):
    def refuse(*_args):
        raise KnownError("disk.full", folder="somewhere")

    monkeypatch.setattr(decisions, "decide", refuse)
    (card,) = panel.flags.cards
    said = []
    monkeypatch.setattr(card, "refused", said.append)
    card.decided.emit("start", "Småjob", None)
    room.settle()
    assert len(said) == 1 and not room.errors


def test_the_panel_speaks_english_too(room, panel):
    room.context.words = EN
    panel.retranslate()
    assert panel.title.text() == "The conversation is finished"
    assert "Where we see it differently" in texts(panel.differences)
    assert panel.journal.text.text().startswith("Conversation 19 November 2026.")


def test_columns_stand_below_each_other_where_it_is_narrow(room, panel):
    wide = panel._columns.direction()
    panel.resize(800, 800)
    assert panel._columns.direction() != wide


def test_every_button_of_the_panel_has_a_name(panel):
    for button in panel.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName()


# the sentence below the table


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        ("waiting", "Siden ventetiden begyndte 1. april 2026, er niveauet gået fra 3,6 til 2,9."),
        ("exempt", "Siden fritagelsen begyndte 1. april 2026, er niveauet gået fra 3,6 til 2,9."),
        ("active", "Siden indsatsen begyndte 1. april 2026, er niveauet gået fra 3,6 til 2,9."),
        ("passive", "I tiden uden aktiv indsats siden 1. april 2026 er niveauet gået fra 3,6 til 2,9."),
    ],
)
def test_what_the_course_says_since_the_phase_began(state, begins):
    course = replace(TRAJECTORY, phases=(replace(PHASE, state=state),))
    said = level_text(finished(trajectory=course), DA)
    assert said == begins + " Det kan måles (margin 0,4)."


def test_a_change_within_the_margin_is_said_to_be_so():
    assert level_text(finished(margin=0.8), DA).endswith("Det er inden for usikkerheden (±0,8).")


def test_too_few_measurements_is_a_correct_answer():
    course = replace(TRAJECTORY, standing="too_few", rounds=2)
    assert "for få målinger endnu" in level_text(finished(trajectory=course), DA)
    assert level_text(finished(trajectory=replace(TRAJECTORY, change=None)), DA) == ""


def test_the_rules_judge_no_level():
    assert level_text(finished(margin=None), DA).endswith("fra 3,6 til 2,9.")


def test_a_level_that_went_nowhere_is_not_said_to_have_gone_from_itself_to_itself():
    said = level_text(finished(trajectory=replace(TRAJECTORY, change=0.02)), DA)
    assert said.startswith("Niveauet er 2,9 som da ventetiden begyndte 1. april 2026.")
    assert said.endswith("Det er inden for usikkerheden (±0,4).")
    row = Moved(None, 3.6, 2.9, None, None, None, change=-0.7)
    assert verdict(EN, row, 1) == ("", "3.6 to 2.9", "")


APART = (
    ("hverdagsmestring", 2, 4), ("netvaerk", 4, 1), ("koncentration", 4, 2), ("maalrettethed", 3, 5),
    ("jobsoegning", 4, 1),
)  # fmt: skip
ASK = "Spørg: Hvad ser du her, som jeg ikke ser?"


def test_many_topics_are_folded_and_the_question_is_asked_once(panel):
    panel.show_finished(finished(apart=APART))
    said = texts(panel.differences)
    assert said.count(ASK) == 1 and "Koncentration" in said and "Målrettethed" not in said
    more = next(b for b in panel.differences.findChildren(QAbstractButton) if b.isVisible())
    assert more.text() == "Vis 2 flere"
    more.click()
    said = texts(panel.differences)
    assert "Målrettethed" in said and "Jobsøgningsadfærd" in said and said.count(ASK) == 1
    panel.show_finished(finished(apart=APART))  # unfolded stays unfolded
    assert "Målrettethed" in texts(panel.differences)


def test_one_topic_more_is_not_worth_a_fold(panel):
    panel.show_finished(finished(apart=APART[:4]))
    assert "Målrettethed" in texts(panel.differences)
    assert not [b for b in panel.differences.findChildren(QAbstractButton) if b.isVisible()]


def test_what_was_skipped_is_told_beside_what_was_answered(panel):
    given = Assessment(WHO, "citizen", "bip", TODAY, {"netvaerk": 4, "koncentration": DECLINED})
    panel.show_finished(finished(answered={"caseworker": (10, 11), "citizen": (8, 9)}, assessments={"citizen": given}))
    assert panel.about.text().endswith("Karsten har svaret på 8 af 9 og sprunget 1 over.")
