"""The days a timeline shows, chosen by keys: closer, further, earlier, later, and all of them again."""

from __future__ import annotations

from datetime import date, timedelta

import cases
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from progression.ui.timeline.view import Timeline
from progression.ui.timeline.window import SHORTEST, cut, moved, zoomed
from progression.words import Words

WHOLE = (date(2024, 1, 1), date(2026, 1, 1))


def test_closer_keeps_the_day_one_looks_at_where_it_stood():
    first, last = zoomed(WHOLE, WHOLE, date(2025, 1, 1), 0.5)
    assert abs((date(2025, 1, 1) - first).days - (last - first).days / 2) <= 1
    assert (last - first).days == (WHOLE[1] - WHOLE[0]).days // 2 + (WHOLE[1] - WHOLE[0]).days % 2


def test_never_closer_than_eight_weeks_nor_further_than_the_course():
    shown = WHOLE
    for _ in range(30):
        shown = zoomed(WHOLE, shown, shown[1], 0.5)
    assert (shown[1] - shown[0]).days == SHORTEST and shown[1] == WHOLE[1]
    for _ in range(30):
        shown = zoomed(WHOLE, shown, shown[1], 2)
    assert shown == WHOLE


def test_a_course_of_a_week_stays_a_week():
    week = (date(2026, 1, 1), date(2026, 1, 8))
    assert zoomed(week, week, week[1], 0.1) == week == moved(week, week, -3)


def test_moving_stops_at_both_ends():
    part = (date(2025, 1, 1), date(2025, 6, 1))
    assert moved(WHOLE, part, -1)[0] < part[0]
    assert moved(WHOLE, part, 99)[1] == WHOLE[1]
    assert moved(WHOLE, part, -99)[0] == WHOLE[0]
    assert moved(WHOLE, part, 99)[1] - moved(WHOLE, part, 99)[0] == part[1] - part[0]


def test_a_line_that_is_cut_ends_at_its_last_point_in_view_and_says_which():
    words = Words("da")
    chart = cases.karsten(words).chart
    line = next(one for one in chart.series if len(one.samples) > 3)
    end = line.samples[-2].day + timedelta(days=2)
    made = cut(chart, chart.start, end, words)
    shown = next(one for one in made.series if one.key == line.key)
    assert shown.samples[-1] == line.samples[-2]
    assert words.short_day_month(line.samples[-2].day) in shown.end_text
    assert all(day <= end for day, _text in made.readouts)
    assert made.band is not None and made.band.days[-1] <= end


def test_where_nobody_answered_yet_there_is_no_line_and_no_end_of_one():
    words = Words("da")
    chart = cases.karsten(words).chart
    first = min(sample.day for line in chart.series for sample in line.samples)
    made = cut(chart, first - timedelta(days=90), first - timedelta(days=1), words)
    assert not any(line.samples or line.end_text for line in made.series)
    assert made.band is None and made.readouts == ()


@pytest.fixture
def shown(qtbot, look):
    words = Words("da")
    made = Timeline(words)
    qtbot.addWidget(made)
    made.show_chart(cases.karsten(words).chart)
    made.resize(888, made.sizeHint().height())
    made.show()
    QApplication.processEvents()
    return made


def days(made):
    chart = made.chart()
    return (chart.end - chart.start).days


def test_plus_minus_and_nought_by_key_and_said_aloud(shown, qtbot):
    said, which, whole = [], [], days(shown)
    shown.spoken.connect(said.append)
    shown.days_shown.connect(which.append)
    qtbot.keyClicks(shown, "+")
    near = days(shown)
    assert near < whole and which == ["part"]
    assert said[-1] == f"{Words('da').date(shown.chart().start)} til {Words('da').date(shown.chart().end)}"
    qtbot.keyClicks(shown, "-")
    assert days(shown) > near
    qtbot.keyClicks(shown, "++")
    qtbot.keyClicks(shown, "0")
    assert days(shown) == whole and which[-1] == "all" and said[-1] == "Hele forløbet"


def test_shift_with_an_arrow_moves_the_days_and_an_arrow_alone_the_cursor(shown, qtbot):
    qtbot.keyClicks(shown, "++")
    before = shown.chart().start
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert shown.chart().start < before
    moved_to = shown.chart().start
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert shown.chart().start == moved_to
    qtbot.keyClick(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert shown.chart().start == before


def test_a_point_before_the_days_shown_is_no_half_marker_at_the_edge(shown, qtbot):
    timeline = shown
    for _ in range(3):
        timeline.zoom(1)
    canvas, at = timeline._canvas, timeline.layout_frame()
    drawn = [day for items in canvas._lines for day in items._dots.getData()[0] if items._dots.isVisible()]
    assert drawn and all(at.first <= day <= at.last for day in drawn)
    assert any(sample.day.toordinal() < at.first for one in timeline.chart().series for sample in one.samples)


def test_ctrl_plus_is_left_to_the_window(shown, qtbot):
    whole = days(shown)
    qtbot.keyClick(shown, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert days(shown) == whole


def test_chosen_days_stay_when_the_course_is_shown_anew(shown, qtbot):
    qtbot.keyClicks(shown, "+")
    chosen = shown.chart().start, shown.chart().end
    shown.show_chart(cases.karsten(Words("da")).chart)
    assert (shown.chart().start, shown.chart().end) == chosen
    shown.show_last_year(True)
    shown.show_last_year(False)
    assert shown.chart() is shown.whole()
