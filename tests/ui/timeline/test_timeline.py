"""The timeline as it is used: read by keys, by mouse and aloud, drawn in every theme, on every kind of course."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import cases
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from progression.ui import theme
from progression.ui.timeline.layout import frame, last_year, least_height, row_height, wanted_height
from progression.ui.timeline.strips import bar_box
from progression.ui.timeline.view import Timeline
from progression.words import Words

CASES = {
    "karsten": cases.karsten,
    "three": lambda w: cases.karsten(w, cases.THREE_STATES),
    "nobody": cases.newcomer,
    "once": lambda w: cases.newcomer(w, 1),
    "patient": cases.patient,
    "forty": cases.forty,
}


def measure(text):
    return 6.5 * len(text)


@pytest.fixture
def shown(qtbot, look):
    """Show a case: shown("karsten", width=888) gives a painted Timeline."""

    def show(case="karsten", width=888, language="da"):
        words = Words(language)
        made = Timeline(words)
        qtbot.addWidget(made)
        made.show_chart(CASES[case](words).chart)
        made.resize(width, made.sizeHint().height())
        made.show()
        QApplication.processEvents()
        return made

    return show


# where things stand


def test_days_and_steps_stand_in_order_within_the_plot():
    chart = cases.karsten(Words("da")).chart
    at = frame(chart, 880, 470, 16, measure)
    days = [chart.start, *(d for d, _ in chart.readouts), chart.today, chart.end]
    xs = [at.x(day) for day in days]
    assert xs == sorted(xs)
    assert xs[0] == at.left + 8
    assert xs[-1] == pytest.approx(at.right)
    ys = [at.y(value) for value in (1, 2, 3, 4, 5)]
    assert ys == sorted(ys, reverse=True)
    assert at.top < ys[-1] < ys[0] < at.bottom


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("line", [13, 16, 32])
def test_nothing_overlaps_and_everything_lies_within_the_height(case, line):
    chart = CASES[case](Words("da")).chart
    for height in (least_height(chart, line), wanted_height(chart, line)):
        at = frame(chart, 900, height, line, measure)
        assert at.lane_line < at.top < at.bottom < at.axis_text
        edges = [at.axis_text] + [row.top for row in at.rows]
        assert edges == sorted(edges)
        for row, strip in zip(at.rows, chart.strips, strict=True):
            assert row.height == row_height(strip.lanes, line / 16)
        assert at.height <= height + 1


def test_the_gutters_leave_at_least_a_third_of_a_narrow_page():
    chart = cases.karsten(Words("da")).chart
    at = frame(chart, 360, 470, 32, lambda text: 13 * len(text))
    assert at.right - at.left >= 120


def test_the_last_year_begins_a_year_ago_and_names_its_months():
    words = Words("da")
    chart = cases.forty(words).chart
    year = last_year(chart, words)
    assert year.start == chart.today - timedelta(days=366)
    assert len(year.ticks) >= 4
    assert all(year.start <= tick.day <= year.end for tick in year.ticks)
    assert all(day >= year.start for day, _ in year.readouts)
    assert year.end == chart.end


def test_a_course_shorter_than_a_year_is_not_cut():
    words = Words("da")
    chart = cases.patient(words).chart
    assert last_year(chart, words) is chart


@pytest.mark.parametrize("case", ["karsten", "patient", "forty"])
def test_the_curves_meet_what_is_painted_over_them(shown, case):
    from progression.ui.timeline.plot import view_point

    made = shown(case)
    at, chart = made.layout_frame(), made.chart()
    for series in chart.series:
        for sample in series.samples:
            point = view_point(made._canvas, sample.day, sample.value)
            assert point.x() == pytest.approx(at.x(sample.day), abs=1.0)
            assert point.y() == pytest.approx(at.y(sample.value), abs=1.0)


# reading


def test_arrows_read_the_days_one_by_one_and_aloud(shown, qtbot):
    made = shown()
    read, spoken = [], []
    made.read.connect(read.append)
    made.spoken.connect(spoken.append)
    made.setFocus()
    assert made.cursor_day() == date(2026, 8, 25)
    qtbot.keyClick(made, Qt.Key.Key_Left)
    assert made.cursor_day() == date(2026, 5, 26)
    assert "26. maj 2026" in made.readout()
    assert read[-1] == spoken[-1] == made.readout()
    qtbot.keyClick(made, Qt.Key.Key_Home)
    assert made.cursor_day() == date(2024, 8, 27)
    qtbot.keyClick(made, Qt.Key.Key_Left)  # there is nothing before the first day, and the day is said again
    assert made.cursor_day() == date(2024, 8, 27)
    assert len(spoken) == 3
    qtbot.keyClick(made, Qt.Key.Key_End)
    assert made.cursor_day() == date(2026, 8, 25)


def test_other_keys_go_on_to_the_page(shown, qtbot):
    made = shown()
    spoken = []
    made.spoken.connect(spoken.append)
    qtbot.keyClick(made, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(made, Qt.Key.Key_A)
    assert spoken == []


def test_the_cursor_stays_on_its_day_when_the_days_shown_change(shown, qtbot):
    made = shown()
    qtbot.keyClick(made, Qt.Key.Key_Left)
    made.show_last_year(True)
    assert made.cursor_day() == date(2026, 5, 26)
    made.show_last_year(False)
    assert made.cursor_day() == date(2026, 5, 26)


def test_a_day_outside_the_last_year_gives_way_to_the_latest(shown, qtbot):
    made = shown()
    qtbot.keyClick(made, Qt.Key.Key_Home)
    made.show_last_year(True)
    assert made.cursor_day() == date(2026, 8, 25)


def test_a_screen_reader_finds_a_graphic_with_name_and_description(shown):
    made = shown()
    found = QAccessible.queryAccessibleInterface(made)
    assert found.role() == QAccessible.Role.Graphic
    assert found.text(QAccessible.Text.Name) == made.chart().title
    assert found.text(QAccessible.Text.Description) == made.chart().alt
    assert "Opmærksomhedspunkt" in made.chart().alt


def test_without_an_assessment_there_is_nothing_to_read_and_keys_do_nothing(shown, qtbot):
    made = shown("nobody")
    assert made.cursor_day() is None
    assert made.readout() == ""
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home):
        qtbot.keyClick(made, key)
    assert made.readout() == ""


# the mouse


def canvas_point(made, x, y):
    return QPoint(round(x), round(y))


def test_hovering_reads_the_nearest_day_without_speaking(shown):
    made = shown()
    spoken = []
    made.spoken.connect(spoken.append)
    at = made.layout_frame()
    QTest.mouseMove(made._canvas.viewport(), canvas_point(made, at.x(date(2025, 5, 27)) + 9, at.top + 60))
    QApplication.processEvents()
    assert made.cursor_day() == date(2025, 5, 27)
    assert spoken == []


def test_hovering_far_from_any_day_leaves_the_cursor(shown):
    made = shown("patient")
    at = made.layout_frame()
    QTest.mouseMove(made._canvas.viewport(), canvas_point(made, at.right - 10, at.top + 60))
    QApplication.processEvents()
    assert made.cursor_day() == made.chart().readouts[-1][0]


def bar_middle(made, label):
    chart, at = made.chart(), made.layout_frame()
    for strip, row in zip(chart.strips, at.rows, strict=True):
        for bar in strip.bars:
            if bar.label == label:
                return bar_box(bar, row, at).center().toPoint()
    raise AssertionError(label)


def test_a_click_on_a_bar_names_its_intervention(shown):
    made = shown()
    chosen = []
    made.bar_chosen.connect(chosen.append)
    QTest.mouseClick(made._canvas.viewport(), Qt.MouseButton.LeftButton, pos=bar_middle(made, "Mentor"))
    assert chosen == ["i1"]
    QTest.mouseClick(made._canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert chosen == ["i1"]


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_resting_on_a_bar_or_a_mark_says_all_of_it(shown):
    made = shown()
    view = made._canvas.viewport()
    place = bar_middle(made, "Mentor")
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert "4. november 2024" in QToolTip.text()
    at, chart = made.layout_frame(), made.chart()
    row, strip = at.rows[-2], chart.strips[-2]
    mark = QPoint(round(at.x(strip.marks[0].day)), round(row.top + row.height / 2))
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, mark, view.mapToGlobal(mark)))
    assert QToolTip.text() == strip.marks[0].text
    QToolTip.hideText()


def test_the_wheel_scrolls_the_page_and_nothing_zooms_or_opens_a_menu(shown):
    made = shown()
    view = made._canvas.viewport()
    before = made._canvas.plot.getViewBox().viewRange()
    middle = QPointF(400, 150)
    turn = QWheelEvent(
        middle,
        view.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, turn)
    assert not turn.isAccepted()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    QTest.mouseMove(view, QPoint(500, 200))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(500, 200))
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=QPoint(300, 150))
    assert made._canvas.plot.getViewBox().viewRange() == before
    assert made._canvas.plot.getViewBox().menu is None
    assert QApplication.activePopupWidget() is None


# drawing


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("case", CASES)
def test_every_course_is_drawn_in_every_theme_and_size(look, shown, name, percent, case):
    look(name, percent)
    made = shown(case, width=1100 if percent == 200 else 700)
    found = cases.colours(made)
    now = theme.current()
    assert now.hex("bg") in found
    assert now.hex("text") in found  # the line of today
    if case not in ("nobody",):
        assert now.hex("cw") in found
    if case == "karsten":
        assert {now.hex(t) for t in ("ci", "bar", "bar-edge", "down", "passive", "accent")} <= found


def test_waiting_and_exempt_have_their_own_fill_edge_and_pattern(shown):
    made = shown("three")
    found = cases.colours(made)
    for token in ("wait", "wait-solid", "exempt", "exempt-solid", "passive", "passive-solid"):
        assert theme.current().hex(token) in found, token


def test_a_change_of_theme_is_taken_over(look, shown):
    made = shown()
    look("dark", 150)
    made.restyle()
    made.resize(888, made.sizeHint().height())
    QApplication.processEvents()
    found = cases.colours(made)
    assert theme.current().hex("cw") in found
    assert QColor("#0072b2").name() not in found


@pytest.mark.parametrize("width", [320, 420, 2400])
def test_narrow_and_wide_pages_are_drawn_too(shown, width):
    made = shown("karsten", width=width)
    assert made.layout_frame().right > made.layout_frame().left
    assert theme.current().hex("cw") in cases.colours(made)


def test_two_hundred_repaints_with_a_moving_cursor(shown, qtbot):
    """PySide6 6.12 on Python 3.11 loses a reference to None at each void call: the process ends after about ninety."""
    made = shown("forty")
    for n in range(200):
        made._move(n % 40, aloud=False)
        made._canvas.viewport().repaint()
    assert sys.getrefcount(None) > 1000
    assert made.cursor_day() == made.chart().readouts[199 % 40][0]


def test_the_same_items_are_used_for_the_next_citizen(shown):
    made = shown("karsten")
    before = len(made._canvas.scene().items())
    for case in ("patient", "karsten", "nobody", "karsten"):
        made.show_chart(CASES[case](Words("da")).chart)
        QApplication.processEvents()
    assert len(made._canvas.scene().items()) == before


def test_pyqtgraph_is_not_imported_before_a_timeline_is_shown():
    script = (
        "import sys; sys.path.insert(0, 'tests/ui')\n"
        "import cases\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from progression.words import Words\n"
        "import progression.ui.citizen.page\n"
        "from progression.ui.timeline.view import Timeline\n"
        "app = QApplication([])\n"
        "made = Timeline(Words('da'))\n"
        "made.show_chart(cases.karsten(Words('da')).chart)\n"
        "assert 'pyqtgraph' not in sys.modules\n"
        "made.show()\n"
        "assert 'pyqtgraph' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_english_and_danish_months_and_words(shown):
    danish, english = shown(language="da"), shown(language="en")
    assert {"okt.", "2025"} <= {t.label for t in danish.chart().ticks}
    assert {"Oct", "2025"} <= {t.label for t in english.chart().ticks}
    assert danish.readout() != english.readout()


def test_the_cursor_stands_on_a_point_else_on_the_band_else_nowhere():
    from progression.ui.timeline.paint import between, value_at

    chart = cases.karsten(Words("da")).chart
    caseworker = chart.series[0].samples
    assert value_at(chart, caseworker[0].day) == caseworker[0].value
    middle = caseworker[0].day + timedelta(days=40)
    assert min(chart.band.lower) < value_at(chart, middle) < max(chart.band.upper)
    assert value_at(chart, chart.start - timedelta(days=900)) is None
    days, values = [date(2026, 1, 1), date(2026, 1, 11), date(2026, 1, 12)], [1.0, 3.0, 4.0]
    assert between(days, values, date(2026, 1, 6).toordinal()) == pytest.approx(2.0)
    assert between(days, values, date(2025, 1, 1).toordinal()) == 1.0
    assert between(days, values, date(2027, 1, 1).toordinal()) == 4.0
