"""Attention points as cards: what they say, why, and what a person decides."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import cases
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "words"))
import why_flags

from progression.charts.gauge_builder import flag_gauge
from progression.scales.library import builtin
from progression.ui import theme
from progression.ui.flags.card import FlagCard
from progression.ui.flags.gauge import GaugeView
from progression.ui.flags.margin import MarginBar, Shape
from progression.ui.kit import scrolled
from progression.words import Words

CHOICES = ("start", "continue", "adjust", "stop")


@pytest.fixture
def card(qtbot, look):
    """Make a shown card: card(flag, language="da")."""

    def make(flag=cases.REGRESSION, language="da"):
        made = FlagCard(Words(language), flag, builtin()["bip"], cases.ESTIMATES, cases.TODAY)
        made.resize(288, 400)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.saved = []
        made.decided.connect(lambda *what: made.saved.append(what))
        return made

    return make


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_card_says_what_happened_against_what_margin_and_what_is_suggested(card):
    made = card()
    said = " ".join(texts(made))
    assert "Tilbagegang uden indsats" in said
    assert "Niveauet er faldet siden 20. december 2025." in said
    assert "3,6 til 2,8" in said
    assert "Forslag: Start" in said
    assert "isiko" not in said
    bar = made.findChild(MarginBar)
    assert bar.accessibleName() == "Ændring −0,8, plejer at svinge ±0,4"
    assert QAccessible.queryAccessibleInterface(bar).role() == QAccessible.Role.Graphic


def test_the_suggested_choice_is_tinted_never_filled_and_said_aloud(card):
    made = card()
    assert [made.choices[c].property("role") for c in CHOICES] == ["suggested", "normal", "normal", "normal"]
    assert made.choices["start"].accessibleName() == "Start, foreslået"
    assert len({made.choices[c].height() for c in CHOICES}) == 1


def test_why_unfolds_every_number_the_method_and_the_rate(card, qtbot):
    made = card()
    assert made.fold.shown is None
    qtbot.mouseClick(made.why, Qt.MouseButton.LeftButton)
    said = " ".join(texts(made.fold.shown))
    for figure in ("3,6", "2,8", "−0,8", "0,20", "±0,4", "2026-04-01/412", "forløbsmodel", "2,8 − 3,6"):
        assert figure in said, figure
    assert "0,8 er mere end 0,4. Derfor vises det." in said
    assert "50" in said and "uden grund" in said
    qtbot.mouseClick(made.why, Qt.MouseButton.LeftButton)
    assert not made.fold.shown.isVisible()


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_is_saved_with_reason_and_follow_up_in_three_months(card, qtbot, choice):
    made = card()
    qtbot.mouseClick(made.choices[choice], Qt.MouseButton.LeftButton)
    assert made.choices[choice].property("role") == "chosen"
    assert made.choices[choice].accessibleDescription() == "valgt"
    assert made.form.reason.hasFocus()
    qtbot.keyClicks(made.form.reason, "Praktik i genbrugsbutik")
    assert made.form.follow_up.text() == "19.2.2027"
    qtbot.mouseClick(made.form.save, Qt.MouseButton.LeftButton)
    assert made.saved == [(choice, "Praktik i genbrugsbutik", date(2027, 2, 19))]


def test_saved_once_even_when_pressed_twice(card, qtbot):
    made = card()
    made.choose("stop")
    for _ in range(2):
        qtbot.mouseClick(made.form.save, Qt.MouseButton.LeftButton)
    assert len(made.saved) == 1


def test_by_keyboard_alone(card, qtbot):
    made = card()
    made.choices["adjust"].setFocus()
    qtbot.keyClick(made.choices["adjust"], Qt.Key.Key_Space)
    qtbot.keyClicks(made.form.reason, "Flere timer")
    qtbot.keyClick(made.form.reason, Qt.Key.Key_Tab)
    assert made.form.follow_up.hasFocus()
    qtbot.keyClick(made.form.follow_up, Qt.Key.Key_PageUp)
    qtbot.keyClick(made.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert made.saved == [("adjust", "Flere timer", date(2027, 2, 26))]


def test_changing_ones_mind_keeps_what_was_typed(card, qtbot):
    made = card()
    made.choose("start")
    made.form.reason.setPlainText("Mentor")
    made.choose("continue")
    assert made.form.reason.toPlainText() == "Mentor"
    assert [made.choices[c].property("role") for c in CHOICES] == ["suggested", "chosen", "normal", "normal"]


def test_escape_leaves_it_undecided(card, qtbot):
    made = card()
    made.choose("stop")
    qtbot.keyClick(made.form, Qt.Key.Key_Escape)
    assert not made.form.isVisible()
    assert made.choices["stop"].property("role") == "normal"
    assert made.saved == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [("31.02.2027", "ikke en dato"), ("i morgen", "ikke en dato"), ("1.1.2026", "passeret")],
)
def test_a_wrong_follow_up_is_said_at_the_field_and_kept(card, qtbot, typed, said):
    made = card()
    made.choose("start")
    made.form.reason.setPlainText("Mentor")
    made.form.follow_up.setText(typed)
    qtbot.mouseClick(made.form.save, Qt.MouseButton.LeftButton)
    assert made.saved == []
    assert said in made.form._day.fault()
    assert made.form.follow_up.text() == typed
    assert made.form.follow_up.hasFocus()
    assert said in made.form.follow_up.accessibleDescription()
    assert made.form.reason.toPlainText() == "Mentor"


def test_no_follow_up_at_all_is_allowed(card, qtbot):
    made = card()
    made.choose("stop")
    made.form.follow_up.clear()
    qtbot.mouseClick(made.form.save, Qt.MouseButton.LeftButton)
    assert made.saved == [("stop", "", None)]


def test_a_refusal_is_said_and_can_be_tried_again(card, qtbot):
    made = card()
    made.choose("start")
    qtbot.mouseClick(made.form.save, Qt.MouseButton.LeftButton)
    made.refused("Disken er fuld.")
    assert "Disken er fuld." in texts(made)
    qtbot.mouseClick(made.form.save, Qt.MouseButton.LeftButton)
    assert len(made.saved) == 2


@pytest.mark.parametrize("flag", [cases.DISAGREEMENT, replace(cases.REGRESSION, kind="missing", due=cases.TODAY)])
def test_what_asks_for_no_decision_has_no_choices(card, flag):
    made = card(flag)
    assert made.choices == {}
    assert made.findChild(MarginBar) is None


def test_a_method_is_named_beside_what_it_measured_only(card):
    assert "Metode: forløbsmodel" in texts(card())
    missing = card(replace(cases.REGRESSION, kind="missing", due=cases.TODAY))  # counted from dates alone
    assert missing.why.isVisible() and not [text for text in texts(missing) if text.startswith("Metode")]


def test_a_disagreement_names_its_indicator(card):
    assert any("Hverdagsmestring" in text for text in texts(card(cases.DISAGREEMENT)))


def test_the_picture_has_a_name_and_says_in_words_what_it_shows(card):
    made = card()
    made.why.click()
    view = made.findChild(GaugeView)
    assert view.accessibleName() == "Hvad målingen kan sige"
    assert view.accessibleDescription().startswith("Niveau 3,6 da perioden begyndte, 20. dec. 2025; 2,8 den ")
    assert QAccessible.queryAccessibleInterface(view).role() == QAccessible.Role.Graphic


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("percent", [100, 200])
def test_the_picture_shows_zone_marks_and_interval_in_every_theme(look, qtbot, name, percent):
    look(name, percent)
    gauge = flag_gauge(Words("da"), why_flags.flag_of(), builtin()["bip"], why_flags.grounds_for(why_flags.flag_of()))
    view = GaugeView(gauge)
    qtbot.addWidget(view)
    view.resize(theme.current().px(260), view.sizeHint().height())
    view.show()
    QApplication.processEvents()
    image = view.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    for token in ("band", "band-edge", "down", "text-2", "line-2"):
        assert theme.current().hex(token) in found, token


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", ["regression", "stagnation", "progression", "disagreement", "missing"])
def test_the_fold_out_cuts_no_text(look, qtbot, kind, language, percent):
    look("light", percent)
    flag = why_flags.flag_of(kind)
    made = FlagCard(
        Words(language), flag, builtin()["bip"], why_flags.ESTIMATES, cases.TODAY, why_flags.grounds_for(flag)
    )
    area = scrolled(made)
    qtbot.addWidget(area)
    area.resize(theme.current().px(288), 600)
    area.show()
    made.why.click()
    QApplication.processEvents()
    QApplication.processEvents()
    for label in made.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
            assert label.width() >= label.minimumSizeHint().width() - 1, label.text()
    view = made.findChild(GaugeView)
    assert view.height() >= view.sizeHint().height()


def test_numbers_of_every_kind_and_language(card):
    for kind in ("regression", "stagnation", "progression", "disagreement", "missing"):
        for language in ("da", "en"):
            flag = replace(cases.REGRESSION, kind=kind, rate_limit=0.2, due=cases.TODAY)
            made = card(flag, language)
            made.why.click()
            assert made.accessibleName()
            for button in made.findChildren(QPushButton):
                assert button.accessibleName(), (kind, language)


@pytest.mark.parametrize("kind", ["regression", "stagnation", "progression", "disagreement", "missing"])
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_each_kind_has_a_shape_of_its_own(look, qtbot, kind, name):
    look(name)
    drawn = {}
    for one in ("regression", "stagnation", "progression", "disagreement", "missing"):
        shape = Shape(one)
        qtbot.addWidget(shape)
        image = shape.grab().toImage().scaled(20, 20)
        drawn[one] = tuple(image.pixelColor(x, y).lightness() // 64 for x in range(20) for y in range(20))
    assert all(drawn[kind] != other for one, other in drawn.items() if one != kind)


@pytest.mark.parametrize(("change", "margin"), [(-0.8, 0.4), (0.05, 0.4), (3.2, 0.1), (0.0, 0.5), (-16.0, 6.0)])
def test_figure_and_uncertainty_stand_beside_each_other(look, qtbot, change, margin):
    bar = MarginBar(Words("da"), change, margin, "regression")
    bar.resize(240, bar.sizeHint().height())
    qtbot.addWidget(bar)
    bar.show()
    QApplication.processEvents()
    image = bar.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.current().hex("down") in found
    assert theme.current().hex("band") in found


def test_a_point_that_is_open_again_says_since_when(card):
    made = card(replace(cases.REGRESSION, status="open", follow_up=date(2026, 11, 16)))
    assert "åbent igen siden 16. november 2026" in texts(made)
    assert not any("åbent igen" in text for text in texts(card()))
