"""*I dag*: what stands in a row, the filters, the keys, and what happens when there is little room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import caseload
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton

from progression.errors import KnownError
from progression.ui import theme
from progression.ui.kit.items import Entry
from progression.ui.page import Context
from progression.ui.preferences import Preferences
from progression.ui.shapes import sparkline, standing
from progression.ui.today import rows as today_rows
from progression.ui.today.page import ALL, TodayPage
from progression.ui.today.side import follow_ups, meetings, overdue, summary
from progression.ui.today.table import COLUMNS
from progression.ui.worker import Worker
from progression.words import Words

DA, EN = Words("da"), Words("en")


@pytest.fixture
def today(look, qtbot, dressed):
    """A page fed with values: today(value, language="da")."""
    made = []

    def open_(value=None, language="da", size=(1240, 860)):
        page = TodayPage(Context(Worker(), Preferences(language=language)))
        qtbot.addWidget(page)
        made.append(page)
        page.retranslate()
        page.restyle()
        page.resize(*size)
        page.show()
        qtbot.waitExposed(page)
        page.show_value(value or caseload.page())
        dressed.processEvents()
        return page

    yield open_
    for page in made:
        page.context.worker.end(lambda _session, _jobs: None)


def names(page):
    return [row.name for row in page.table.rows.rows]


def line(citizen):
    return next(row for row in caseload.rows() if row.citizen == citizen)


# a row in words


@pytest.mark.parametrize(
    ("citizen", "language", "expected"),
    [
        ("k2", "da", "Passiv i 11 mdr."),
        ("k2", "en", "Passive for 11 mos."),
        ("k3", "da", "Fritaget fra praktik, i 6 mdr."),
        ("k4", "da", "Venter på smerteklinik, i 4 mdr., mentor"),
        ("k5", "da", "Mentor, småjob"),
        ("k6", "da", "Passiv i 3 uger"),
        ("k7", "da", "Intet registreret"),
    ],
)
def test_what_is_going_on(citizen, language, expected):
    assert today_rows.running(Words(language), line(citizen), caseload.page()) == expected


def test_a_citizen_without_a_name_is_shown_by_number():
    assert today_rows.who(DA, line("k7"), caseload.page()).first == "Borger K7"


def test_overdue_is_said_in_words_and_colour():
    cell = today_rows.duty(DA, line("k1"), caseload.TODAY)
    assert (cell.first, cell.second, cell.tone_below) == ("Vurdering", "7. nov., 12 dage over", "error")


def test_due_today_is_not_overdue():
    cell = today_rows.duty(DA, line("k2"), caseload.TODAY)
    assert (cell.first, cell.second, cell.tone_below) == ("Opfølgning", "i dag", "text")


def test_one_day_over_is_singular():
    from progression.desk.pages import Duty

    row = replace(line("k1"), duty=Duty("assessment", caseload.day("2026-11-18"), True))
    assert today_rows.duty(EN, row, caseload.TODAY).second == "18 Nov, 1 day over"


def test_a_flag_says_what_it_suggests_and_a_decision_when_it_is_followed_up():
    flag = today_rows.flag(DA, line("k2"), caseload.TODAY)
    assert (flag.first, flag.second, flag.mark) == ("Tilbagegang uden indsats", "Forslag: Start", "flag")
    decided = today_rows.flag(DA, line("k4"), caseload.TODAY)
    assert (decided.first, decided.second, decided.mark) == ("Besluttet: Start", "Følges op 23. november", "check")
    assert today_rows.flag(DA, line("k6"), caseload.TODAY).mark == ""


def test_a_missing_assessment_says_since_when():
    assert today_rows.flag(DA, line("k1"), caseload.TODAY).second == "Siden 7. november"


def test_where_things_stand_has_a_word_a_shape_and_a_figure():
    cell = today_rows.standing(DA, line("k2"))
    assert (cell.first, cell.second, cell.mark) == ("Tilbagegang", "−0,8 siden dec.", "regression")


def test_a_date_of_another_year_says_so():
    assert today_rows.day_text(DA, caseload.day("2025-03-01"), caseload.TODAY) == "1. marts 2025"
    assert today_rows.day_text(DA, caseload.day("2027-01-20"), caseload.TODAY) == "20. januar"
    assert today_rows.day_text(DA, caseload.day("2026-05-04"), caseload.TODAY, short=True) == "4. maj"


def test_the_sparkline_is_read_aloud():
    assert "2,8" in today_rows.spark_text(DA, line("k2"))
    assert today_rows.spark_text(EN, line("k7")) == "Not assessed yet"


@pytest.mark.parametrize("kind", ["progression", "stagnation", "regression", "unclear", "too_few", "unknown_since"])
def test_every_standing_has_a_shape_of_its_own(look, kind):
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    def drawn(what):
        image = QImage(20, 20, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        standing(painter, look(), what, QRectF(2, 2, 14, 14))
        painter.end()
        return image

    others = {"progression", "stagnation", "regression", "unclear", "too_few"} - {kind}
    if kind == "unknown_since":
        others -= {"too_few"}  # neither says anything about a direction
    assert all(drawn(kind) != drawn(other) for other in others)


@pytest.mark.parametrize("citizen", ["k1", "k2", "k3", "k4", "k6", "k7"])
def test_a_sparkline_is_drawn_for_every_course(look, citizen):
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    image = QImage(160, 48, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    before = image.copy()
    painter = QPainter(image)
    sparkline(painter, look(), line(citizen), caseload.TODAY, QRectF(4, 4, 120, 40))
    painter.end()
    assert image != before


# the page


@pytest.mark.parametrize("language", ["da", "en"])
def test_rows_stand_as_given(today, language):
    page = today(language=language)
    assert [row.citizen for row in page.table.rows.rows] == [row.citizen for row in caseload.rows()]


def test_chips_count_and_filter(today, qtbot):
    page = today()
    chips = {key: chip.accessibleName() for key, chip in page.chips.items()}
    assert chips[ALL] == "Alle, 7"
    assert chips["flag"] == "Opmærksomhedspunkt, 3"
    assert chips["passive"] == "Passiv, 2"
    qtbot.mouseClick(page.chips["flag"], Qt.MouseButton.LeftButton)
    assert names(page) == ["Gitte Aagaard Madsen", "Karsten Bøgh Mikkelsen", "Nadja Petrović"]
    assert not page.chips[ALL].isChecked()
    page.toggle("passive")
    assert names(page) == ["Karsten Bøgh Mikkelsen"]


def test_kinds_of_passive_time_widen_each_other(today):
    page = today()
    for key in ("passive", "waiting", "exempt"):
        page.toggle(key)
    assert names(page) == [
        "Karsten Bøgh Mikkelsen",
        "Hanne Bloch Iversen",
        "Dennis Vestergaard",
        "Peter Sørensen Skovgaard",
    ]
    page.toggle(ALL)
    assert len(names(page)) == 7
    assert page.reason.text()


def test_the_day_stands_in_the_panel_where_the_head_has_no_room(today, qtbot):
    page = today(size=(1000, 860))
    page._unfolded = True
    page._place_side()
    day = page.side._day_label
    qtbot.waitUntil(page._date.isHidden)
    assert day.text() == page._date.text() and day.isVisible()
    page.resize(1600, 860)
    qtbot.waitUntil(page._date.isVisible)
    assert not day.isVisible()


def test_search_as_one_types(today, qtbot):
    page = today()
    qtbot.keyClicks(page.search, "soer")
    assert names(page) == ["Peter Sørensen Skovgaard"]
    page.search.clear()
    qtbot.keyClicks(page.search, "aag")
    assert names(page) == ["Gitte Aagaard Madsen"]


def test_down_leads_from_the_search_into_the_list(today, qtbot, dressed):
    page = today()
    page.activateWindow()
    page.search.setFocus()
    qtbot.keyClicks(page.search, "zzz")
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert dressed.focusWidget() is page.search  # nobody matches: there is nothing to go to
    page.search.clear()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert dressed.focusWidget() is page.table
    assert page.table.currentIndex().isValid()


def test_rows_that_come_late_leave_the_keys_to_who_searches_for_a_citizen(unlocked, qtbot, dressed):
    window = unlocked()
    page, finder = window.shell.current(), window.shell.rail.finder
    window.do("find")
    qtbot.keyClicks(finder, "a")
    page.show_value(page.value)  # the rest of the rows, or what somebody else changed
    assert dressed.focusWidget() is finder
    qtbot.keyClicks(dressed.focusWidget(), "b")
    assert finder.text() == "ab"
    finder.clear()
    page.show_value(page.value)
    assert dressed.focusWidget() is page.table


def test_nobody_matches_says_so_and_offers_everybody(today, qtbot):
    page = today(language="en")
    qtbot.keyClicks(page.search, "zzz")
    shown = [b for b in page.stack.currentWidget().findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in shown] == ["Clear search and filters"]
    told = [label.text() for label in page.stack.currentWidget().findChildren(QLabel)]
    assert "Nobody in this list matches “zzz”. Ctrl+K finds any citizen." in told
    assert not page.reason.text()  # it was about a row that is not in view
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    assert len(names(page)) == 7


@pytest.mark.parametrize(("language", "expected"), [("da", "Ingen borgere endnu"), ("en", "No citizens yet")])
def test_an_empty_list_says_what_to_do_next(today, language, expected):
    page = today(replace(caseload.page(), rows=(), meetings=()), language=language)
    empty = page.stack.currentWidget()
    assert expected in [label.text() for label in empty.findChildren(QLabel)]
    assert len([b for b in empty.findChildren(QPushButton) if b.isVisible()]) == 2


def test_enter_and_a_double_click_open_the_citizen(today, qtbot):
    page = today()
    went = []
    page.context.went.connect(lambda name, citizen: went.append((name, citizen)))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    page.table.doubleClicked.emit(page.table.rows.index(2, 0))
    assert went == [("citizen", "k2"), ("citizen", "k3")]


def test_the_selected_citizen_stays_selected(today):
    page = today()
    page.table.selectRow(3)
    page.show_value(caseload.page(many=5))
    assert page.table.selected() == "k4"


def test_tab_leaves_the_table(today, qtbot):
    page = today()
    assert not page.table.tabKeyNavigation()


def test_every_cell_is_readable_without_eyes(today):
    page = today()
    model = page.table.rows
    for row in range(model.rowCount()):
        for column, (name, _title) in enumerate(COLUMNS):
            told = model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
            assert told or (name == "who"), (row, name)


def shown_columns(page):
    return [name for place, (name, _t) in enumerate(COLUMNS) if not page.table.isColumnHidden(place)]


def test_with_room_every_column_stands(today):
    assert shown_columns(today(size=(1300, 860))) == [name for name, _title in COLUMNS]


def test_with_little_room_columns_move_into_the_second_line(today, look):
    page = today(size=(760, 860))
    assert "assessed" not in shown_columns(page)
    first = page.table.rows.index(1, 0).data()
    assert "Vurderet 25.\u00a0aug.\u00a0· 20\u00a010\u00a030\u00a040" in first  # broken between them only


def test_at_200_percent_nothing_is_wider_than_the_table(today, look):
    look("light", 200)
    page = today(size=(1000, 860))
    table = page.table
    total = sum(table.columnWidth(c) for c in range(len(COLUMNS)) if not table.isColumnHidden(c))
    assert total <= table.viewport().width()
    told = table.rows.index(1, 0).data()
    assert "Opfølgning" in told and "Niveau\u00a02,8" in told
    assert page._legend.isHidden()  # no curve is there to be explained
    assert table.rowHeight(1) >= 96


def test_the_shadings_are_explained_where_there_are_curves(today, qtbot):
    page = today(size=(1300, 860))
    line = page._count.mapTo(page, page._count.rect().topLeft()).y()
    assert page._legend.isVisible()
    qtbot.keyClicks(page.search, "zzz")
    assert page._legend.isHidden()
    assert page._count.mapTo(page, page._count.rect().topLeft()).y() == line  # the line below the rows stays


def test_the_day_stays_in_the_head_that_has_room_for_it(today, qtbot):
    page = today(size=(1700, 860))
    assert page._date.isVisible()
    qtbot.keyClicks(page.search, "zzz")
    assert page._date.isVisible()
    assert not page.side._day_label.text()


@pytest.mark.parametrize(("whose", "own"), [("", False), ("jho", False), ("mha", True)])
def test_me_and_you_are_said_of_ones_own_caseload_alone(today, whose, own):
    page = today(replace(caseload.page(), caseworkers={"mha": "Mette Holm", "jho": "Jens Holt"}, me="mha"))

    def told():
        return (
            page.side.accessibleName(), page.chips["waits"].text().split("  ")[0], page.search.placeholderText(),
            [label.text() for label in page.side.findChildren(QLabel) if "Følg op" in label.text()],
        )  # fmt: skip

    mine = told()
    assert mine[0] == "Det venter på dig" and mine[2] == "Søg i min sagsstamme"
    assert mine[3] == ["Følg op på din beslutning"]
    page.whose.setCurrentIndex(page.whose.findData(whose))
    page.show_value(page.value)
    others = told()
    assert others == mine if own else all(one != other for one, other in zip(mine, others, strict=True))
    if not own:
        assert others[0] == "Det venter" and others[3] == ["Følg op på beslutninger"]
        assert page.search.accessibleName() == others[2] == "Søg på denne liste"


def test_the_side_panel_folds_when_there_is_little_room(today):
    assert today(size=(1300, 860)).side.isVisible()
    narrow = today(size=(1000, 860))
    assert narrow.side.isHidden()
    narrow.do("panel")
    assert narrow.side.isVisible()
    narrow.do("panel")
    assert narrow.side.isHidden()


# the side panel


def test_the_day_in_one_sentence():
    assert summary(DA, caseload.page()) == (
        "1 samtale tilbage i dag. 1 er afholdt. 1 frist er overskredet. 3 opmærksomhedspunkter mangler en beslutning."
    )
    assert summary(EN, caseload.page()).startswith("1 conversation left today. 1 is held.")


def test_meetings_stand_in_calendar_order_with_what_was_agreed():
    found = meetings(DA, caseload.page())
    assert [(one.name, one.below) for one in found] == [
        ("Karsten Bøgh Mikkelsen", "Personligt møde. Aftalt sidst: Ring til smerteklinikken"),
        ("Nadja Petrović", "Afholdt"),
    ]


def test_overdue_and_follow_ups():
    assert [one.below for one in overdue(DA, caseload.page())] == ["Vurdering, frist 7. november"]
    assert [one.below for one in follow_ups(DA, caseload.page())] == ["Start: opfølgning 23. november"]


def test_an_entry_of_the_panel_opens_its_citizen(today, qtbot):
    page = today(size=(1300, 860))
    went = []
    page.context.went.connect(lambda name, citizen: went.append(citizen))
    entry = next(e for e in page.side.findChildren(Entry) if e.title == "Nadja Petrović")
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Space)
    assert went == ["k5"]


def test_a_long_panel_shows_more_on_request(today, dressed):
    page = caseload.page(many=0)
    late = tuple(replace(page.rows[0], citizen=f"x{i}", name=f"Borger {i}") for i in range(9))
    shown = today(replace(page, rows=late), size=(1300, 860))
    more = next(b for b in shown.side.findChildren(QPushButton) if b.text() == "Vis 9")
    assert sum(e.below.startswith("Vurdering") for e in shown.side.findChildren(Entry)) == 6
    more.click()
    dressed.processEvents()
    told = [e for e in shown.side.findChildren(Entry) if e.isVisible() and e.below.startswith("Vurdering")]
    assert len(told) == 9


# adding


def test_a_citizen_is_added_and_opened(unlocked, settled, qtbot):
    window = unlocked(language="da")
    window.do("new")
    page = window.shell.current()
    panel = page.adding
    assert panel.isVisible() and panel.fields["name"].hasFocus()
    qtbot.keyClicks(panel.fields["name"], "Åse Ny")
    qtbot.keyClick(panel.fields["name"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell.where[0] == "citizen")
    settled(window)
    assert window.shell.rail.recent[0][1] == "Åse Ny"
    window.do("page.today")
    settled(window)
    page.whose.setCurrentIndex(page.whose.findData(""))
    page.refresh()
    settled(window)
    assert "Åse Ny" in names(page)


def test_what_is_wrong_is_said_and_what_was_typed_stays(unlocked, settled, qtbot):
    window = unlocked(language="da")
    page = window.shell.current()
    number = page.value.rows[0].number
    page.add_citizen()
    panel = page.adding
    panel.fields["name"].setText("Åse Ny")
    panel.fields["number"].setText(number)
    panel.save()
    settled(window)
    from progression.ui import saying

    expected = saying.sentence(DA, KnownError("citizen.number_taken", number=number))
    assert expected in [label.text() for label in panel.findChildren(QLabel)]
    assert panel.isVisible() and panel.fields["name"].text() == "Åse Ny"
    assert panel.save_button.isEnabled()


def test_an_empty_form_is_not_sent(unlocked, settled):
    window = unlocked(language="en")
    page = window.shell.current()
    page.add_citizen()
    page.adding.save()
    assert not window.context.worker.busy
    assert "A name or a number is needed." in [label.text() for label in page.adding.findChildren(QLabel)]


def test_the_first_day_of_benefit_is_typed_as_every_date_is(unlocked, settled, qtbot):
    window = unlocked(language="en")
    page = window.shell.current()
    page.add_citizen()
    panel = page.adding
    panel.fields["name"].setText("Åse Ny")
    panel.start.setText("31.2.2025")
    panel.save()
    assert not window.context.worker.busy
    assert "This is not a date. Write it as 25.11.2026." in [label.text() for label in panel.findChildren(QLabel)]
    panel.start.clear()
    qtbot.keyClicks(panel.start, "1.9.2025")
    assert panel.citizen().benefit_start == date(2025, 9, 1)
    qtbot.keyClick(panel.start, Qt.Key.Key_Return)
    settled(window)
    assert window.shell.where[0] == "citizen"


def test_escape_puts_the_form_away(unlocked, qtbot):
    window = unlocked()
    page = window.shell.current()
    page.add_citizen()
    qtbot.keyClick(page.adding, Qt.Key.Key_Escape)
    assert page.adding.isHidden() and page.side.isVisible()


def test_another_caseload_can_be_shown(unlocked, settled):
    window = unlocked()
    page = window.shell.current()
    mine = len(page.value.rows)
    page.whose.setCurrentIndex(1)
    page.whose.activated.emit(1)
    settled(window)
    assert len(page.value.rows) > mine
    assert page.whose.currentData() == ""


def test_rows_out_of_view_are_measured_after_the_first_picture(today, qtbot):
    page = today()
    table = page.table
    qtbot.waitUntil(lambda: table._next == table.rows.rowCount())
    table.setUpdatesEnabled(False)
    page.show_value(caseload.page(many=150))
    assert table._in_view() <= table._next < table.rows.rowCount()
    assert not table._rest.isActive()  # else it would take its time from the picture
    table.setUpdatesEnabled(True)
    qtbot.waitUntil(lambda: table._next == table.rows.rowCount())


@pytest.mark.parametrize("percent", [80, 90, 100, 125, 150])
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_head_is_cut_at_any_size(today, look, language, percent):
    look("light", percent)
    page = today(language=language, size=(1700, 860))
    page.restyle()
    table, font = page.table, QFont(theme.current().font("small"))
    font.setWeight(QFont.Weight.Medium)
    shown = [c for c in range(len(COLUMNS)) if not table.isColumnHidden(c)]
    assert len(shown) >= 4
    for column in shown:
        head = table.rows.headerData(column, Qt.Orientation.Horizontal)
        beside = 15 if column == shown[-1] else 16 if not column else 3
        assert QFontMetrics(font).horizontalAdvance(head) + beside <= table.columnWidth(column), head
    assert sum(table.columnWidth(c) for c in shown) <= table.viewport().width()
