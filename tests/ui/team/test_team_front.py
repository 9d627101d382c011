"""The front of *Team* in the window: figures and pictures open their lists; keys, spoken values, room, words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from sitting import TODAY, WHO, Room

from progression.casework.passive_days import DayShare
from progression.casework.values import Assignment, Citizen, Decision, Intervention, Person
from progression.charts import team as pictures
from progression.charts.bars import stops
from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui import theme
from progression.ui.team.charts import ChartView
from progression.ui.team.lists import AT_ONCE, listed
from progression.ui.team.page import COLLEAGUES, OVERVIEW, TeamPage
from progression.words import Words

D = dt.timedelta
MORE = [
    Person("pd", "Pernille Dahl", "sagsbehandler", "Team Øst", norm=1.0),
    Person("mha", "Mads Hald", "sagsbehandler", "Team Vest"),
    Citizen("id-2", "S-2", "Anna Holm", benefit_start=TODAY - D(500)),
    Citizen("id-3", "S-3", "Bo Lund", benefit_start=TODAY - D(300), team="Team Øst"),
    Citizen("id-4", "S-4", "Carl Lund", benefit_start=TODAY - D(300)),
    Assignment("id-2", "pd", TODAY - D(500)),
    Assignment("id-3", "pd", TODAY - D(300)),
    Assignment("id-4", "mette", TODAY - D(300), TODAY - D(60)),
    Assignment("id-4", "mha", TODAY - D(59)),
    Intervention("id-2", "a", "venter", TODAY - D(100), waiting_for="mentor"),
    Intervention("id-3", "b", "mentor", TODAY - D(100)),
    Intervention("id-4", "c", "fritaget", TODAY - D(40)),
    Decision("id-4", TODAY - D(3), "citizen", "adjust", "Nyt mål"),
]
THEMES = ("light", "dark", "contrast")


def make_room(qtbot, folder, language="da", values=MORE):
    made = Room(qtbot, folder, language)
    if values:
        made.on(lambda s: s.vault.append([kinds.to_event(value) for value in values], Act("add")))
    return made


@pytest.fixture
def room(qtbot, look, tmp_path):
    made = make_room(qtbot, tmp_path)
    yield made
    made.close()


def shown(room, width=1256):
    page = TeamPage(room.context)
    page.retranslate()
    page.restyle()
    room.show(page, width)
    page.show_for("")
    for _ in range(3):
        room.settle()
    return page


@pytest.fixture
def team(room):
    return shown(room)


def click(room, button):
    button.click()
    for _ in range(2):
        room.settle()


def told(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.text() and one.isVisible()]


def names(page):
    return [entry.title for entry in page.side.panel.entries]


# figures and lists


def test_the_front_says_whom_it_is_about_and_six_figures(team):
    front = team.front
    assert front.facts.text() == "4 borgere, 3 sagsbehandlere, 19. november 2026"
    assert list(front.figures.parts) == ["flags", "decisions", "without", "overdue", "changes", "loads"]
    figures = {key: part.link.text() for key, part in front.figures.parts.items()}
    assert (figures["decisions"], figures["without"], figures["changes"], figures["loads"]) == ("1", "3", "1", "1,3")
    below = [one.text() for one in front.figures.findChildren(QLabel)]
    assert "1 Justér" in below and "75 %" in below and "1 borger har haft to eller flere" not in below
    assert front.figures.parts["without"].link.accessibleName() == "Borgere uden aktiv indsats: 3 75 %"


@pytest.mark.parametrize(
    ("key", "people"),
    [("without", {"Karsten Bøgh Mikkelsen", "Anna Holm", "Carl Lund"}), ("decisions", {"Carl Lund"}),
     ("changes", {"Carl Lund"}), ("waiting", {"Anna Holm"}), ("exempt", {"Carl Lund"})],
)  # fmt: skip
def test_every_figure_opens_the_citizens_behind_it(team, room, key, people):
    team.front.open_list(key)
    room.settle()
    assert set(names(team)) == people
    entry = team.side.panel.entries[0]
    assert QApplication.focusWidget() is entry
    click(room, entry)
    assert room.went[-1][0] == "citizen"


def test_overdue_duties_and_attention_points_stand_by_date(team, room):
    for key in ("overdue", "flags"):
        value = listed(team.words, team.front.value, key)
        assert len(value.lines) == int(team.front.figures.parts[key].link.text())
    assert any("frist" in line.below for line in listed(team.words, team.front.value, "overdue").lines)


def test_a_list_goes_and_the_figure_has_the_focus_again(team, room):
    link = team.front.figures.parts["without"].link
    link.setFocus()
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert len(names(team)) == 3
    room.press(Qt.Key.Key_Escape)
    assert team.side.panel is None and QApplication.focusWidget() is link


def test_who_looked_is_in_the_log(team, room):
    team.front.open_list("without")
    room.settle()
    lines = room.on(lambda s: [(line.purpose, line.detail) for line in queries.access_log(s.vault)])
    assert ("team", "") in lines and ("team", "without") in lines


def test_a_thousand_citizens_are_a_hundred_entries_at_a_time(team, room):
    value = team.front.value
    one = value.without[0]
    crowd = tuple(replace(one, who=replace(one.who, citizen=f"c{n}", name=f"Borger {n}")) for n in range(1000))
    team.front.value = replace(value, without=crowd)
    team.front.open_list("without")
    panel = team.side.panel
    assert len(panel.entries) == AT_ONCE and panel.more.text() == "Vis 100 flere"
    click(room, panel.more)
    assert len(panel.entries) == 2 * AT_ONCE and QApplication.focusWidget() is panel.entries[AT_ONCE]


def test_per_caseworker_leads_to_a_colleague(team, room):
    team.front.open_list("loads")
    room.settle()
    assert names(team) == ["Mads Hald", "Mette Holm Andersen", "Pernille Dahl"]
    click(room, team.side.panel.entries[2])
    assert "2 borgere, norm 1 (egen), 1 over normen" in told(team.side.panel)
    assert {entry.title for entry in team.side.panel.entries} == {"Anna Holm", "Bo Lund"}


# choosing


def test_a_team_is_chosen_and_the_title_says_which(team, room):
    front = team.front
    assert [front.team.itemText(n) for n in range(front.team.count())] == [
        "Alle teams", "(intet team)", "Team Vest", "Team Øst",
    ]  # fmt: skip
    front.team.setCurrentIndex(3)
    room.settle()
    assert front.facts.text().startswith("2 borgere, 1 sagsbehandler,")
    assert front.value.team == "Team Øst" and "Team Øst" in told(team)
    front.team.setCurrentIndex(0)
    room.settle()
    assert front.value.team is None and front.value.citizens == 4


def test_the_months_are_chosen(team, room):
    front = team.front
    assert len(front.unused.view.chart.bars) == 12
    front.period.setCurrentIndex(front.period.findData(3))
    room.settle()
    assert [bar.label for bar in front.unused.view.chart.bars] == ["sep.", "okt.", "nov."]
    assert front.period.currentText() == "Seneste 3 måneder"


def test_what_changes_is_counted_again(team, room):
    room.context.run(save, Intervention("id-2", "n", "virksomhedspraktik", TODAY - D(1)))
    for _ in range(3):
        room.settle()
    assert team.front.figures.parts["without"].link.text() == "2"


def save(session, value):
    from progression.desk.session import Changes

    session.vault.append([kinds.to_event(value)], Act("add"))
    return Changes(frozenset({"intervention"}), frozenset({value.citizen}))


# pictures


def test_keys_walk_a_picture_and_it_is_spoken(team, room):
    panel = team.front.unused
    panel.view.setFocus()
    assert panel.readout.text() == "november 2026, passiv: 25 %, 1 borger"
    room.press(Qt.Key.Key_Up)
    assert panel.readout.text() == "november 2026, ventetid: 25 %, 1 borger"
    assert panel.view.accessibleDescription().startswith("november 2026, ventetid: 25 %, 1 borger. Uden aktiv indsats")
    room.press(Qt.Key.Key_Left, Qt.Key.Key_Down)
    assert panel.readout.text().startswith("oktober 2026, passiv")
    room.press(Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert panel.readout.text().startswith("december 2025, passiv")
    room.press(Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert names(team) == ["Carl Lund"]  # the exempt
    role = QAccessible.queryAccessibleInterface(panel.view).role()
    assert role == QAccessible.Role.Graphic
    panel.as_table.setFocus()
    assert panel.readout.text() == ""


def test_the_mouse_reads_and_opens_too(team, room):
    view = team.front.loads.view
    laid = view._laid()
    row = next(n for n, dot in enumerate(view.chart.rows) if dot.label == "Pernille Dahl")
    place = laid.areas[row, 0].center()
    assert laid.under(place) == (row, 0) and laid.under(QPointF(-5, -5)) is None
    QTest.mouseMove(view, place.toPoint())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    room.settle()
    assert "Pernille Dahl" in told(team.side.panel)


def test_a_late_duty_opens_those_it_is_about(team, room):
    panel = team.front.duties
    rows = [stop for bar in stops(panel.view.chart) for stop in bar if stop.opens]
    for stop in rows:
        found = listed(team.words, team.front.value, stop.opens)
        assert len(found.lines) == int(stop.text.split(": ")[1].split(" ")[0])
    with pytest.raises(KeyError):
        listed(team.words, team.front.value, "nothing:met")


def test_each_picture_is_a_table_too(team, room):
    for panel in (team.front.unused, team.front.loads):
        click(room, panel.as_table)
        assert panel.table.isVisible() and not panel.view.isVisible()
        assert panel.table.table.rowCount() == len(panel.view.chart.table.rows)
        assert panel.as_table.text() == "Vis som billede"
        click(room, panel.as_table)
        assert panel.view.isVisible() and not panel.table.isVisible()


@pytest.mark.parametrize("name", THEMES)
def test_pictures_are_painted_with_the_colours_of_each_theme(look, qtbot, name):
    look(name)
    w = Words("da")
    view = ChartView()
    qtbot.addWidget(view)
    view.show_chart(pictures.unused((DayShare(TODAY, 10, 4, 3, 3),), w))
    view.resize(400, 320)
    image = view.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 1)}
    for token in ("passive-solid", "wait-solid", "exempt-solid", "wait", "exempt"):
        assert theme.current().hex(token) in seen


# odd teams, languages, room


def test_a_vault_without_citizens_says_what_to_do(qtbot, look, tmp_path, monkeypatch):
    monkeypatch.setattr("sitting.course", lambda: [])
    room = make_room(qtbot, tmp_path, values=())
    team = shown(room)
    assert "Ingen borgere endnu" in told(team) and any(text.startswith("Tilføj den første") for text in told(team))
    assert [one.text() for one in team.front.empty.findChildren(QAbstractButton)] == ["Ny borger", "Indlæs"]
    assert not team.front.figures.isVisible() and not team.front.period.isVisible()
    room.close()


def test_one_citizen_alone(qtbot, look, tmp_path):
    room = make_room(qtbot, tmp_path, "en", values=())
    room.context.words = Words("en")
    team = shown(room)
    assert team.front.facts.text() == "1 citizen, 1 caseworker, 19 November 2026"
    assert not team.front.team.isVisible()
    team.front.open_list("without")
    assert names(team) == ["Karsten Bøgh Mikkelsen"]
    assert team.front.value.without[0].who.citizen == WHO
    room.close()


def test_the_language_changes_while_it_is_open(team, room):
    room.context.words = Words("en")
    team.retranslate()
    room.settle()
    assert team.front.facts.text() == "4 citizens, 3 caseworkers, 19 November 2026"
    assert team.front.unused.view.accessibleName() == "Without active intervention"
    assert team.front.period.currentText() == "Last 12 months"


class Doubled(Words):
    """Every text twice as long."""

    def t(self, message, **fields):
        text = super().t(message, **fields)
        return text if "{" in message or len(text) < 3 else f"{text} {text}"


def test_a_picture_with_more_rows_gets_more_room(team, room):
    from progression.casework.duties.timeliness import SORTS, Timeliness

    for n in (2, 5, 11, 3):
        rows = tuple(Timeliness(sort, 5, 1, 1, (5, 1, 1)) for sort in list(SORTS)[:n])
        team.front.show_value(replace(team.front.value, timeliness=rows))
        for _ in range(3):
            room.settle()
        view = team.front.duties.view
        assert view.height() >= view.heightForWidth(view.width()), n
        lowest = max(box.bottom() for box, _text in view._laid().texts)
        assert lowest <= view.height()


def test_pictures_beside_each_other_begin_on_one_line(team, room):
    front = team.front
    front.progress.head.say("Ændring pr. måned, mens indsatserne kører", "")
    front.progress.caption.setText("Et ord til. " * 90)  # the one is higher than the other
    room.settle()
    for one, other in ((front.progress, front.unused), (front.duties, front.loads)):
        assert one.mapTo(front, one.head.pos()).y() == other.mapTo(front, other.head.pos()).y()
        assert one.x() < other.x()
    assert front.progress.height() > front.unused.as_table.geometry().bottom() + 40


def test_whom_the_mean_leaves_out_is_said(team, room):
    assert "uden sagsbehandler" not in team.front.figures.parts["loads"]._below.text()
    alone = Citizen("id-9", "S-9", "Ingen Ved", benefit_start=TODAY - D(40), team="Team Vest")
    room.on(lambda s: s.vault.append([kinds.to_event(alone)], Act("add")))
    team.refresh()
    for _ in range(3):
        room.settle()
    assert team.front.figures.parts["loads"]._below.text().endswith(", 1 uden sagsbehandler")


def test_figures_beside_each_other_stand_on_one_line(team, room):
    for width in (1256, 700, 1256, 500, 900):
        team.resize(width, 872)
        for _ in range(3):
            room.settle()
        lines = {}
        for part in team.front.figures.parts.values():
            lines.setdefault(part.y(), []).append(part.link.mapTo(team.front.figures, part.link.rect().topLeft()).y())
        assert all(len(set(tops)) == 1 for tops in lines.values())
        parts = team.front.figures.parts.values()
        assert max(one._label.height() for one in parts) <= max(one.label_height(one.width()) for one in parts) + 2


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [1056, 1256, 560])
@pytest.mark.parametrize("words", [Words("da"), Words("en"), Doubled("da")])
def test_nothing_is_cut(room, look, words, width, percent):
    look("light", percent)
    room.context.words = words
    team = shown(room, width)
    for _ in range(3):
        room.settle()
    for panel in (team.front.unused, team.front.duties, team.front.loads):
        view = panel.view
        for box, text in view._laid().texts if view.isVisible() else ():
            assert box.left() >= -1 and box.right() <= view.width() + 1.5, (text, box, view.width())
            assert box.bottom() <= view.height() + 1, text
        assert view.height() >= view.heightForWidth(view.width()) or not view.isVisible()
    for one in team.front.findChildren(QLabel):
        if one.isVisible() and one.wordWrap() and one.text():
            assert one.height() >= one.heightForWidth(one.width()) - 1, one.text()
            assert one.width() >= max(one.fontMetrics().horizontalAdvance(word) for word in one.text().split()) - 1
    area = team.front.findChild(QWidget, "qt_scrollarea_viewport")
    assert team.front._inside.width() <= area.width()


def test_tab_reaches_every_control_and_every_control_has_a_name(team):
    wanted = {
        one for one in team.front.findChildren(QWidget)
        if one.isVisible() and isinstance(one, (QAbstractButton, QComboBox, ChartView)) and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }  # fmt: skip
    assert all(one.accessibleName() for one in wanted) and len(wanted) >= 13
    seen, at = [], team.front.team
    at.setFocus()
    for _ in range(60):
        seen.append(at)
        team.focusNextPrevChild(True)
        at = QApplication.focusWidget()
        if at in seen:
            break
    assert wanted <= set(seen)


def test_the_other_views_are_still_there(team, room):
    team.show_tab(COLLEAGUES)
    assert not team.front.isVisible() and {"mette", "pd", "mha"} <= set(team.entries)
    team.show_tab(OVERVIEW)
    assert team.front.isVisible()


def test_a_change_of_caseworker_names_whoever_has_the_case_once(room):
    page = shown(room)
    found = listed(room.context.words, page.front.value, "changes")
    (line,) = found.lines
    assert line.below.count("Mads Hald") == 1 and "·" not in line.below
