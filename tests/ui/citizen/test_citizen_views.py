"""Timeline, spider and table: the three ways to see the same course."""

from __future__ import annotations

from dataclasses import replace

import cases
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from progression.charts.multiples import indicator_charts
from progression.scales.library import builtin
from progression.ui import theme
from progression.ui.citizen.multiples import HEAD, PLOT, WIDE, Multiples, paint_multiple
from progression.ui.citizen.radar import occasions, rows_of
from progression.ui.citizen.table import TableOfText, answer_rows
from progression.ui.citizen.views import Views
from progression.ui.kit.texts import Text
from progression.ui.timeline.ink import Ink
from progression.words import Words

MAKERS = {
    "karsten": cases.karsten,
    "nobody": cases.newcomer,
    "once": lambda w: cases.newcomer(w, 1),
    "patient": cases.patient,
    "forty": cases.forty,
}


@pytest.fixture
def views(qtbot, look):
    """Show a case: views("karsten")."""

    def show(case="karsten", language="da", width=928, height=740):
        words = Words(language)
        made = Views(words)
        qtbot.addWidget(made)
        made.retranslate(words)
        made.restyle()
        made.resize(width, height)
        made.show_page(MAKERS[case](words))
        made.show()
        QApplication.processEvents()
        return made

    return show


# the timeline and what is chosen on it


def test_the_readout_above_the_plot_follows_the_cursor_and_is_said(views, qtbot):
    made = views()
    said = []
    made.spoken.connect(said.append)
    assert made.read_day.text() == "25. august 2026"
    qtbot.keyClick(made.timeline, Qt.Key.Key_Left)
    assert made.read_day.text() == "26. maj 2026"
    assert made.readout.text().startswith("Sagsbehandler 2,7   Borger 3,0   bånd 2,5–3,2   ◆ Fortsæt")
    assert said == [made.readout.accessibleName()] and "fventer smerteklinik" in said[0]


def test_the_last_year_and_back(views, qtbot):
    made = views()
    whole = made.timeline.chart().start
    year, everything = made.days.findChildren(QPushButton)
    qtbot.mouseClick(year, Qt.MouseButton.LeftButton)
    assert made.timeline.chart().start > whole
    qtbot.mouseClick(everything, Qt.MouseButton.LeftButton)
    assert made.timeline.chart().start == whole


def test_choosing_days_by_key_moves_nothing_down(views):
    """At 1280 px there is room for the three choices only if the field that says what is shown gives way."""
    made = views(width=766)
    made.set_width(766)
    QApplication.processEvents()
    wide, at = made.subject.width(), made.timeline.y()
    made.timeline.zoom(2)
    QApplication.processEvents()
    assert made.days.value() == "part"
    assert theme.current().px(120) <= made.subject.width() < wide
    assert made.timeline.y() == at
    made.timeline.show_all()
    QApplication.processEvents()
    assert (made.subject.width(), made.timeline.y()) == (wide, at)


def test_a_page_too_narrow_for_that_takes_two_lines_and_the_field_its_whole_width(views):
    made = views(width=600)
    made.set_width(600)
    assert made.subject.width() == theme.current().px(240)


def test_what_is_chosen_is_shown_whole_where_there_is_room_and_never_cut_in_a_word(views):
    made = views(language="en", width=1300)
    made.set_width(1300)
    made.choose_subject("hverdagsmestring")
    assert made.subject.shown == made.subject.currentText() == "Coping with everyday life"
    made.subject.setFixedWidth(theme.current().px(120))
    assert made.subject.shown.endswith("…") and made.subject.toolTip() == "Coping with everyday life"


def test_an_indicator_is_drawn_as_steps_without_a_band(views):
    made = views()
    assert made.timeline.chart().band is not None
    made.subject.setCurrentIndex(made.subject.findData("hverdagsmestring"))
    made.subject.activated.emit(made.subject.currentIndex())
    chart = made.timeline.chart()
    assert chart.title == "Hverdagsmestring"
    assert chart.band is None
    assert all(series.steps for series in chart.series)


def test_a_small_chart_chooses_its_indicator_and_again_the_whole_scale(views):
    made = views()
    view = made.multiples._views[1]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    assert made.subject.currentData() == "hverdagsmestring"
    assert made.timeline.chart().title == "Hverdagsmestring"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    assert made.subject.currentData() == ""


def test_what_is_chosen_survives_a_refresh_but_not_another_scale(views):
    made = views()
    made.choose_subject("netvaerk")
    made.show_page(cases.karsten(Words("da")))
    assert made.subject.currentData() == "netvaerk"
    made.show_page(cases.patient(Words("da")))
    assert made.subject.currentData() == ""


def test_a_scale_with_one_indicator_offers_no_choice_and_no_small_charts(views):
    made = views("patient")
    assert not made.subject.isVisible()
    assert not made.indicators.isVisible()


def test_too_little_is_said_in_words(views):
    nobody = views("nobody")
    assert nobody.nothing.head.text() == "Her begynder forløbet" and not nobody.timeline.isVisible()
    assert not nobody.empty.text() and not nobody.view.isVisible()
    assert views("once").empty.text().startswith("Der er for få målinger endnu")
    assert views("karsten").empty.text() == ""


def test_the_plot_gives_way_so_that_the_whole_course_fits(views):
    made = views()
    made.set_room(740)
    QApplication.processEvents()
    tight = made.timeline.height()
    made.resize(928, 1000)
    made.set_room(1000)
    QApplication.processEvents()
    assert made.timeline.height() > tight
    made.resize(928, 300)
    made.set_room(300)
    QApplication.processEvents()
    assert made.timeline.height() == made.timeline.minimumSizeHint().height()


# small charts


def test_every_indicator_has_a_chart_with_name_description_pair_mark_and_lock(views):
    made = views()
    shown = {view.accessibleName(): view for view in made.multiples._views}
    assert len(shown) == 11
    apart = shown["Hverdag"].accessibleDescription()
    assert "Sagsbehandler 2, Borger 4" in apart
    locked = shown["Sagsbehandlers tro"].accessibleDescription()
    assert "Vises ikke for borgeren" in locked
    assert QAccessible.queryAccessibleInterface(shown["Hverdag"]).role() == QAccessible.Role.Graphic
    assert {theme.current().hex("cw"), theme.current().hex("ci")} <= cases.colours(shown["Hverdag"])
    assert theme.current().hex("ci") not in cases.colours(shown["Arbejdsidentitet"])


@pytest.mark.parametrize(("width", "columns"), [(1360, 6), (880, 6), (740, 4), (300, 2), (100, 1)])
def test_small_charts_stand_in_as_few_rows_as_fit_equally_full(qtbot, look, width, columns):
    """Nine would fit beside each other in 1360 px; six and six stand better than nine and three."""
    made = Multiples()
    qtbot.addWidget(made)
    from progression.charts.multiples import indicator_charts

    page = cases.karsten(Words("da"))
    made.show_multiples(indicator_charts(page.course, page.scale, page.trajectory, page.today, Words("da")))
    made.resize(width, made.heightForWidth(width))
    made.show()
    rows = -(-12 // columns)  # eleven indicators and the legend
    assert made.heightForWidth(width) == rows * (HEAD + PLOT + 8) - 8
    places = {(view.x(), view.y()) for view in made._views}
    assert len(places) == 11
    assert len({x for x, _y in places}) == columns
    assert max(x for x, _y in places) + WIDE <= max(width, WIDE)
    right = max(view.x() + view.width() for view in made._views)
    assert width - columns < right <= width or width == 100  # the row is as wide as the page


@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("step", [1, 5])
def test_neither_marker_nor_figure_of_a_small_chart_is_cut(qtbot, look, percent, step):
    """The lowest and the highest step, where both raters say the same and are drawn apart."""
    words, ink = Words("da"), Ink(theme.choose("light", percent))
    value = cases.karsten(words)
    made = indicator_charts(value.course, value.scale, value.trajectory, value.today, words)
    one = next(multiple for multiple in made if len(multiple.series) == 2)
    same = [replace(s, samples=(*s.samples[:-1], replace(s.samples[-1], value=step)), end_text=str(step))
            for s in one.series]  # fmt: skip
    px = theme.choose("light", percent).px
    wide, high, spare = px(WIDE), px(HEAD) + px(PLOT), 12
    picture = QPixmap(wide, high + spare)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_multiple(painter, replace(one, series=tuple(same)), ink)
    painter.end()
    below = picture.toImage().copy(0, high + 1, wide, spare - 1)  # a foot line on half a pixel is no matter
    assert {below.pixelColor(x, y).name() for x in range(wide) for y in range(spare - 1)} == {"#ffffff"}


def test_fewer_indicators_leave_no_chart_of_the_citizen_before(qtbot, look):
    from progression.charts.multiples import indicator_charts

    made = Multiples()
    qtbot.addWidget(made)
    made.resize(880, 200)
    for case, shown in (("karsten", 11), ("patient", 1), ("karsten", 11)):
        page = MAKERS[case](Words("da"))
        made.show_multiples(indicator_charts(page.course, page.scale, page.trajectory, page.today, Words("da")))
        made.show()
        assert sum(view.isVisible() for view in made._views) == shown


# the spider


def test_the_spider_has_first_previous_and_latest_and_a_table_of_the_same(views):
    made = views()
    made.show_view("radar")
    assert made.spider.radar.isVisible()
    model = made.spider.table.table
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["Første\n27. aug. 2024", "Forrige\n26. maj 2026", "Seneste\n25. aug. 2026"]
    said = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Første, 27. aug. 2024"
    assert model.rowCount() == 11
    assert QAccessible.queryAccessibleInterface(made.spider.radar).role() == QAccessible.Role.Graphic
    assert "Seneste, 25. aug. 2026" in made.spider.radar.accessibleDescription()
    assert theme.current().hex("cw") in cases.colours(made.spider.radar)


@pytest.mark.parametrize("width", [340, 500, 700, 1200])
def test_the_spider_is_as_high_as_it_is_wide_with_names_and_legend(views, width):
    made = views()
    made.show_view("radar")
    radar, px = made.spider.radar, theme.current().px
    high = radar.heightForWidth(width)
    assert px(320) <= high <= px(460)
    assert radar.heightForWidth(2000) == px(460)
    radar.resize(width, high)
    assert not radar.grab().isNull()


def test_the_citizens_spider_has_the_citizens_colour_and_rows(views):
    made = views()
    made.show_view("radar")
    made.spider.rater.choose("citizen")
    made.spider.rater.chosen.emit("citizen")
    assert made.spider.table.table.rowCount() == 9
    found = cases.colours(made.spider.radar)
    assert theme.current().hex("ci") in found
    assert theme.current().hex("cw") not in found


@pytest.mark.parametrize(("rounds", "looks"), [(0, []), (1, [2]), (2, [0, 2]), (3, [0, 1, 2])])
def test_fewer_assessments_are_fewer_shapes(rounds, looks):
    page = cases.newcomer(Words("da"), rounds)
    found = occasions(page.course, page.scale, "caseworker", Words("da"))
    assert [look for look, _occasion in found] == looks
    rows = rows_of(found, page.scale, "caseworker", Words("da"))
    assert {len(row) for row in rows} == {1 + len(looks)}


def test_a_scale_without_three_indicators_shows_the_table_and_says_why(views):
    made = views("patient")
    made.show_view("radar")
    assert not made.spider.radar.isVisible()
    assert made.spider.table.isVisible()
    assert made.spider.note.text() == "Spindelvævet kræver mindst tre indikatorer."


def test_an_answer_that_was_not_given_is_a_gap_and_never_low(views):
    page = cases.karsten(Words("da"))
    one = page.course.assessments[-1]
    gaps = dict.fromkeys(list(one.answers)[:4], "not_rated")
    changed = replace(one, answers={**one.answers, **gaps})
    course = replace(page.course, assessments=(*page.course.assessments[:-1], changed))
    made = views()
    made.show_page(replace(page, course=course))
    made.show_view("radar")
    for rater in ("caseworker", "citizen"):
        made.spider.rater.choose(rater)
        made.spider.rater.chosen.emit(rater)
        made.spider.radar.grab()
    found = occasions(course, page.scale, one.rater, Words("da"))
    rows = rows_of(found, page.scale, one.rater, Words("da"))
    assert [row[-1] for row in rows[1:5]] == ["–"] * 4


# the table


def test_the_table_holds_every_answer_of_both_raters_the_latest_first(views):
    made = views()
    made.show_view("table")
    model = made.answers.table.table
    assert model.rowCount() == 20  # eleven of the caseworker, nine of the citizen
    assert model.columnCount() == 9
    assert model.headerData(0, Qt.Orientation.Horizontal) == "25. aug. 2026"
    assert model.headerData(2, Qt.Orientation.Vertical) == "Hverdagsmestring, sagsbehandler"
    assert model.index(2, 0).data() == "2"
    assert model.index(3, 0).data() == "4"
    said = model.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Hverdagsmestring, borger, 25. august 2026: 4"
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex(model.index(0, 0)), Qt.ItemDataRole.DecorationRole) is None


def test_not_rated_declined_and_not_asked_are_told_apart_aloud():
    words, page = Words("da"), cases.karsten(Words("da"))
    _columns, heads, cells, said = answer_rows(page.course, page.scale, words)
    everything = " ".join(text for row in said for text in row)
    assert "ikke vurderet" in everything
    assert "ønsker ikke" in everything
    assert "ikke spurgt" in everything
    assert {len(row) for row in cells} == {9}
    assert len(heads) == len(cells) == len(said) == 20


@pytest.mark.parametrize("width", [300, 500, 640, 720, 1100])
def test_no_cell_is_cut_where_the_last_column_is_to_stay_whole(qtbot, look, width):
    table = TableOfText()
    qtbot.addWidget(table)
    table.resize(200, 200)  # before anything says how wide it is
    table.show()
    row = ["2", "4", "Amalie Nguyen", "23. nov. 2026 04.46"]
    heads = ["Det var", "Det blev", "Rettet af", "Hvornår"]
    table.table.show(heads, ["5. nov. 2026, sagsbehandler: Helbredsmestring"], [row])
    table.fit_texts()
    table.keep_last_whole()
    table.resize(width, 200)
    QApplication.processEvents()
    metrics = QFontMetrics(theme.current().font("body"))
    widths = [table.horizontalHeader().sectionSize(n) for n in range(4)]
    assert all(wide >= metrics.horizontalAdvance(text) + 16 for wide, text in zip(widths, row, strict=True))
    if width > 700:
        assert not table.horizontalScrollBar().isVisible()
        assert sum(widths) == table.viewport().width()


def test_the_table_is_walked_by_arrows_and_left_by_tab(views, qtbot):
    made = views()
    made.show_view("table")
    made.answers.table.setCurrentIndex(made.answers.table.table.index(0, 0))
    made.answers.table.setFocus()
    qtbot.keyClick(made.answers.table, Qt.Key.Key_Down)
    qtbot.keyClick(made.answers.table, Qt.Key.Key_Right)
    index = made.answers.table.currentIndex()
    assert (index.row(), index.column()) == (1, 1)
    qtbot.keyClick(made.answers.table, Qt.Key.Key_Tab)
    assert made.answers.table.currentIndex() == index


# all of them


@pytest.mark.parametrize("case", MAKERS)
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_view_of_every_course_is_drawn(look, views, case, name):
    look(name, 150)
    made = views(case, language="en")
    for view in ("timeline", "radar", "table", "timeline"):
        made.show_view(view)
        QApplication.processEvents()
        assert theme.current().hex("bg") in cases.colours(made)
        assert made.view.value() == view
    assert made.timeline.isVisible() == (case != "nobody")  # where nothing has happened there is nothing to draw
    assert made.nothing.isVisible() == (case == "nobody")
    assert not made.answers.table.isVisible()


def test_views_are_changed_by_key_alone(views, qtbot):
    made = views()
    parts = made.view.findChildren(QPushButton)
    parts[0].setFocus()
    qtbot.keyClick(parts[0], Qt.Key.Key_Right)
    assert made.spider.radar.isVisible()
    qtbot.keyClick(parts[1], Qt.Key.Key_Right)
    assert made.answers.table.isVisible()


def test_a_change_of_language_says_every_view_again(views):
    made = views()
    made.show_view("table")
    made.retranslate(Words("en"))
    assert made.view.value() == "table"
    assert made.answers.table.table.headerData(2, Qt.Orientation.Vertical) == "Coping with everyday life, caseworker"
    assert made.timeline.chart().lane_label == "Caseworker"


def test_a_low_hamilton_is_marked_as_better(views):
    chart = views("patient").timeline.chart()
    assert chart.axis_note
    assert builtin()["hamd"].direction == "lower"


def test_what_happened_has_a_name_above_its_days(views):
    made = views()
    made.show_view("table")
    QApplication.processEvents()
    corner = made.answers.happened.findChild(Text)
    assert corner is not None and corner.text() == "Fra" and corner.isVisible()
    assert corner.parent() is made.answers.happened and corner.height() > 0
    assert not made.answers.table.findChild(Text).isVisible()
