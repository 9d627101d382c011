"""*Team*: the picture of combinations by key, mouse, screen reader and table; whom it rests on; the report's door."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_team_front import make_room, names, shown, told

from progression.analysis.combinations import Progress
from progression.charts import combinations
from progression.desk.duty_facts import Whose
from progression.desk.team_progress import Behind, TeamProgress
from progression.store import queries
from progression.ui import theme
from progression.ui.reports import link as report_link
from progression.ui.team import ink as team_ink
from progression.ui.team.charts import ChartView
from progression.ui.team.lists import PROGRESS
from progression.ui.timeline.ink import Ink
from progression.words import Words

NAMES = ("Anna Holm", "Bo Lund", "Carl Lund", "Dorte Hald", "Else Friis")


def row(combination, mean=None, citizens=31, caseworkers=6, near=False):
    ends = (None, None, None) if mean is None else (mean, mean - 0.02, mean + 0.02)
    return Progress(combination, near, citizens, 214.4, caseworkers, *ends)


ROWS = (
    row("job+social", 0.062, citizens=5), row("job", 0.006), row("health", citizens=3), row("social", caseworkers=3),
    row("passive", -0.044), row("job", 0.3, near=True),
)  # fmt: skip
BEHIND = tuple(Behind(Whose(f"id-{n}", f"S-{n}", one, "", "", "mette"), n + 0.4) for n, one in enumerate(NAMES, 2))
MOVED = TeamProgress(None, 12, ROWS, {"job+social": BEHIND, "job": BEHIND, "passive": BEHIND}, {"da": "BIP"}, 1)


@pytest.fixture
def room(qtbot, look, tmp_path):
    made = make_room(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def team(room):
    page = shown(room)
    page.front.team.setCurrentIndex(0)
    for _ in range(3):
        room.settle()
    page.front.show_progress(MOVED)
    room.settle()
    return page


def test_it_stands_first_and_explains_itself(team):
    panel = team.front.progress
    assert "Ændring pr. måned, mens indsatserne kører" in told(team)
    caption = panel.caption.text()
    for words in ("rummer ikke 0", "hvad der hænger sammen, ikke hvad der virker",
                  "Mindst 5 borgere og 4 sagsbehandlere", "De sidste tre måneder før et stop"):  # fmt: skip
        assert words in caption
    assert panel.caption.isVisible() and panel.view.y() < panel.caption.y() < panel.as_table.parentWidget().y()
    assert combinations.LIST == PROGRESS


def test_keys_walk_the_rows_in_the_order_of_the_kinds(team, room):
    panel = team.front.progress
    panel.view.setFocus()
    assert panel.readout.text().startswith("Job + social: +0,062 (+0,042 til +0,082), 5 borgere")
    room.press(Qt.Key.Key_Down)
    assert panel.readout.text().startswith("Job alene: +0,006")
    room.press(Qt.Key.Key_Down)
    assert panel.readout.text() == "Helbred alene: ikke vist, under 5 borgere."
    assert panel.view.accessibleDescription().startswith("Helbred alene: ikke vist, under 5 borgere.")
    room.press(Qt.Key.Key_End)
    assert panel.readout.text().startswith("Passiv uden ventetid")
    room.press(Qt.Key.Key_Home)
    assert panel.readout.text().startswith("Job + social")
    assert panel.view.accessibleName() == "Ændring pr. måned, mens indsatserne kører"
    assert QAccessible.queryAccessibleInterface(panel.view).role() == QAccessible.Role.Graphic


def test_a_row_opens_whom_it_rests_on_by_name_and_says_nothing_of_one_of_them(team, room):
    panel = team.front.progress
    panel.view.setFocus()
    room.press(Qt.Key.Key_Return)
    room.settle()
    assert names(team) == list(NAMES)
    entry = team.side.panel.entries[0]
    assert QApplication.focusWidget() is entry and entry.below == "fulgt i 2 måneder · Mette Holm Andersen"
    said = " ".join(told(team.side.panel))
    assert "0,0" not in said and "siger intet om den enkelte" in said
    lines = room.on(lambda s: [(line.purpose, line.detail) for line in queries.access_log(s.vault)])
    assert ("team", "progress:job+social") in lines
    room.press(Qt.Key.Key_Escape)
    assert team.side.panel is None and QApplication.focusWidget() is panel.view


def test_a_withheld_row_opens_nobody(team, room):
    view = team.front.progress.view
    view.setFocus()
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert team.side.panel is None
    place = view._laid().areas[3, 0].center().toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert team.side.panel is None and team.front.progress.readout.text().endswith("under 4 sagsbehandlere.")
    with pytest.raises(KeyError):
        team.front.open_list("progress:health")


def test_the_mouse_opens_a_row(team, room):
    view = team.front.progress.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view._laid().areas[0, 0].center().toPoint())
    room.settle()
    assert names(team) == list(NAMES)


def test_it_is_a_table_too(team, room):
    panel = team.front.progress
    panel.as_table.click()
    room.settle()
    assert panel.table.isVisible() and not panel.view.isVisible() and panel.caption.isVisible()
    table = panel.table.table
    cells = [[table.data(table.index(n, k)) for k in range(table.columnCount())] for n in range(table.rowCount())]
    assert any("+0,062" in map(str, line) for line in cells) and any(
        "Ikke vist, under 5 borgere" in map(str, line) for line in cells
    )
    assert panel.table.accessibleName() == "Ændring pr. måned, mens indsatserne kører"


def test_another_team_meanwhile_is_not_shown_as_this_one(team):
    other = TeamProgress("Team Øst", 12, (), {}, {}, 1)
    team.front.show_progress(other)
    assert team.front.moved is MOVED


def test_the_months_chosen_are_asked_for(team, room, monkeypatch):
    from progression.desk import team_progress

    asked = []
    real = team_progress.page
    monkeypatch.setattr(
        team_progress, "page", lambda s, team, months: asked.append((team, months)) or real(s, team, months)
    )
    team.front.period.setCurrentIndex(team.front.period.findData(3))
    for _ in range(3):
        room.settle()
    assert asked[-1] == (None, 3) and team.front.moved.months == 3


def test_nobody_assessed_twice_is_said(team, room):
    team.front.show_progress(TeamProgress(None, 12, (), {}, {}, 1))
    room.settle()
    panel = team.front.progress
    assert panel.caption.text() == "Ingen er vurderet to gange, mens de samme indsatser kørte."
    assert not panel.view.isVisible() and not panel.as_table.isVisible()


@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("width", [300, 420, 620, 1100])
@pytest.mark.parametrize("language", ["da", "en"])
def test_words_stand_apart_and_inside_at_every_width(look, percent, width, language):
    look("light", percent)
    laid = team_ink.drawing(combinations.intervals(ROWS, Words(language)), Ink(theme.current()), width)
    for n, (box, text) in enumerate(laid.texts):
        assert box.right() <= width + 1 and box.left() >= -1 and box.bottom() <= laid.height + 1, text
        for other, another in laid.texts[n + 1 :]:
            assert not box.adjusted(1, 1, -1, -1).intersects(other.adjusted(1, 1, -1, -1)), (text, another)
    assert set(laid.boxes) == set(laid.areas) == {(n, 0) for n in range(5)}
    assert all(laid.areas[key].contains(laid.boxes[key].center()) for key in laid.boxes)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_it_is_painted_in_every_theme(look, qtbot, name):
    look(name)
    view = ChartView()
    qtbot.addWidget(view)
    view.show_chart(combinations.intervals(ROWS, Words("da")))
    view.resize(600, view.heightForWidth(600))
    image = view.grab().toImage()
    spot = view._laid().boxes[0, 0].center().toPoint()
    assert image.pixelColor(spot).name() == theme.current().hex("cw")  # filled: the interval does not hold 0
    open_ = view._laid().boxes[1, 0].center().toPoint()
    assert image.pixelColor(open_).name() == theme.current().hex("bg")
    assert QRectF(0, 0, 600, view.height()).contains(view._laid().areas[4, 0])


def test_the_report_is_of_the_same_team_and_months(team, room):
    front = team.front
    front.team.setCurrentIndex(3)
    for _ in range(3):
        room.settle()
    front.period.setCurrentIndex(front.period.findData(6))
    for _ in range(3):
        room.settle()
    front.report.click()
    page, about = room.went[-1]
    assert page == "reports" and report_link.read(about) == ("Team Øst", "6")
    assert front.report.accessibleName() == "Rapport til teamet"
    assert report_link.read("id-2") is None
