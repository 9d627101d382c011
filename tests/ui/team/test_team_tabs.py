"""*Team*: the norms, hand-over checklists ticked later, whom to call in and the letter."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from sitting import TODAY, WHO, Room

from progression.casework.checklists import HANDOVER
from progression.casework.values import Assignment, Citizen, Conversation, Handover, Person
from progression.desk import caseload, settings
from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui.team.callin import ALL, LetterPanel
from progression.ui.team.page import CALL_IN, COLLEAGUES, HANDOVERS, TeamPage
from progression.ui.team.tabs import NormsPanel, TickPanel

D = dt.timedelta
MORE = [
    Person("pd", "Pernille Dahl", "sagsbehandler", "Team Øst", phone="00 00 11 22"),
    Citizen("id-2", "S-2", "Anna Holm", benefit_start=TODAY - D(300), phone="00 00 22 33"),
    Citizen("id-3", "S-3", "Bo Lund", benefit_start=TODAY - D(300)),
    Citizen("id-4", "S-4", "Lukket Sag", benefit_start=TODAY - D(300), case_closed=TODAY - D(3)),
    Assignment("id-2", "mette", TODAY - D(300)),
    Assignment("id-3", "pd", TODAY - D(300)),
    Conversation("id-2", TODAY - D(280), "t1", "held"),
    Handover(WHO, "h1", TODAY - D(500), "pd", "mette"),
    Handover(WHO, "h2", TODAY - D(20), "pd", "mette", checklist="told,sheet", note="Ring om morgenen"),
    Handover("id-2", "h3", TODAY - D(9), "", "mette", checklist=",".join(HANDOVER)),
    Handover("id-4", "h4", TODAY - D(9), "pd", "mette"),
]


@pytest.fixture
def room(qtbot, look, tmp_path):
    made = Room(qtbot, tmp_path)
    made.on(lambda s: s.vault.append([kinds.to_event(value) for value in MORE], Act("add")))
    made.on(lambda s: settings.put(s, "account_person", {s.vault.account.id: "mette"}))
    yield made
    made.close()


@pytest.fixture
def team(room):
    page = TeamPage(room.context)
    page.retranslate()
    page.restyle()
    room.show(page)
    page.show_for("")
    room.settle()
    room.settle()
    return page


def click(room, button):
    button.click()
    room.settle()
    room.settle()


def tab(room, team, name):
    team.show_tab(name)
    room.settle()
    room.settle()


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.text() and not one.isHidden()]


def log(room):
    return [(one.act, one.citizen, one.purpose) for one in room.on(lambda s: queries.access_log(s.vault))]


# norms


def test_norms_are_changed_in_the_window_and_undone(team, room):
    tab(room, team, COLLEAGUES)
    team.open_norms()
    panel = team.side.panel
    assert isinstance(panel, NormsPanel)
    low, high = panel.figures["adults"]
    low.setText("mange")
    click(room, panel.save)
    assert "som et tal" in panel.fields["norms[2].low"].fault()
    low.setText("30")
    high.setText("20")
    click(room, panel.save)
    assert panel.fields["norms[2].high"].fault()
    assert (low.text(), high.text()) == ("30", "20")
    high.setText("33")
    click(room, panel.save)
    assert team.side.panel is None
    assert any("30 år og derover: 30–33" in text for text in texts(team))
    assert room.context.acts.last.said(room.context.words) == "normerne"
    room.context.acts.undo()
    room.settle()
    assert room.on(caseload.norms_in_force)[1].high == 55


def test_norms_go_back_to_standard(team, room):
    room.on(caseload.set_norm, "adults", 1, 2)
    team.refresh()
    room.settle()
    team.open_norms()
    click(room, team.side.panel.standard)
    assert room.on(caseload.norms_in_force)[1].low == 40


# hand-overs


def test_a_checklist_is_ticked_later_and_undone(team, room):
    tab(room, team, HANDOVERS)
    assert list(team.entries) == [f"handover:{WHO}", "handover:id-2"]  # open cases, the latest of each
    assert "1 overdragelse mangler noget på tjeklisten." in texts(team)
    entry = team.entries[f"handover:{WHO}"]
    assert entry.below == "30. oktober 2026: fra Pernille Dahl til Mette Holm Andersen. 2 af 8 er gjort"
    assert team.entries["handover:id-2"].below.endswith(
        "fra ingen til Mette Holm Andersen. alt er gjort"
    ) or team.entries["handover:id-2"].below.endswith("alt er gjort")
    click(room, entry)
    panel = team.side.panel
    assert isinstance(panel, TickPanel)
    assert "Ring om morgenen" in texts(panel)
    assert panel.list.boxes["told"].box.isChecked()
    assert panel.list.boxes["met"].box.hasFocus()
    for code in HANDOVER:
        panel.list.boxes[code].box.setChecked(True)
    click(room, panel.save)
    assert "Alle overdragelser inden for et år er gjort færdige." in texts(team)
    assert room.said[-1] == "Tjeklisten er gemt"
    room.context.acts.undo()
    room.settle()
    room.settle()
    assert "2 af 8" in team.entries[f"handover:{WHO}"].below


def test_without_hand_overs_the_tab_says_so(team, room):
    rows = room.on(lambda s: queries.handovers(s.vault))
    room.on(lambda s: s.vault.append([kinds.withdraw(row) for row in rows], Act("change")))
    team.refresh()
    tab(room, team, HANDOVERS)
    assert "Ingen åben sag har skiftet sagsbehandler inden for et år." in texts(team)


# calling in


@pytest.fixture
def calling(team, room):
    tab(room, team, CALL_IN)
    return team


def test_my_citizens_with_an_overdue_conversation_are_listed_and_the_look_is_logged(calling, room):
    assert "callin:id-2" in calling.entries
    assert "callin:id-3" not in calling.entries
    entry = calling.entries["callin:id-2"]
    assert entry.title == "Anna Holm"
    assert "00 00 22 33" in entry.below
    assert ("view", None, "call-in list") in log(room) or ("view", "", "call-in list") in log(room)
    calling.calling.whose.choose(ALL)
    calling.calling.whose.chosen.emit(ALL)
    assert "callin:id-3" in calling.entries
    assert "Pernille Dahl" in calling.entries["callin:id-3"].below


def test_the_page_opens_at_the_list_from_i_dag(team, room):
    team.show_for(CALL_IN)
    room.settle()
    room.settle()
    assert team.tabs.value() == CALL_IN
    assert "callin:id-2" in team.entries


def test_a_letter_is_seen_follows_what_is_typed_and_is_saved_and_logged(calling, room, tmp_path, monkeypatch):
    click(room, calling.entries["callin:id-2"])
    panel = calling.side.panel
    assert isinstance(panel, LetterPanel)
    assert ("view", "id-2", "call-in letter") in log(room)
    assert "Kære Anna Holm" in panel.text.text()
    assert "ring" in panel.text.text()
    panel.day.setText("1.12.2026")
    panel.time.setText("9.30")
    panel.place.setText("Rådhuset, lokale 2")
    assert "tirsdag 1. december 2026 kl. 9.30" in panel.text.text()
    assert "Rådhuset, lokale 2" in panel.text.text()
    panel.spoken.choose("en")
    panel.spoken.chosen.emit("en")
    assert "Dear Anna Holm" in panel.text.text()
    assert "We will meet on Tuesday 1 December 2026 at 9:30." in panel.text.text()
    asked = []

    def choose(_parent, title, name, _kinds):
        asked.append((title, name))
        return str(tmp_path / "brev"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    shown = panel.text.text()
    panel.ask("txt")
    room.settle()
    assert "forlader den krypterede database" in asked[0][0]
    assert "Anna" not in asked[0][1]
    assert (tmp_path / "brev.txt").read_text("utf-8").strip() == shown
    assert ("export", "id-2", "call-in letter") in log(room)
    assert calling.side.panel is None
    click(room, calling.entries["callin:id-2"])
    calling.side.panel.ask("pdf")
    room.settle()
    assert (tmp_path / "brev.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [("day", "31.02.2026", "ikke en dato"), ("day", "1.1.2026", "passeret"), ("time", "kl. ni", "10.30")],
)
def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_written(calling, room, monkeypatch, field, text, told):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: pytest.fail("nothing to ask"))
    click(room, calling.entries["callin:id-2"])
    panel = calling.side.panel
    getattr(panel, field).setText(text)
    panel.ask("pdf")
    assert told in panel.fields[field].fault()
    assert ("export", "id-2", "call-in letter") not in log(room)


def test_a_place_that_cannot_be_written_is_said_in_the_panel(calling, room, tmp_path, monkeypatch, qtbot):
    missing = tmp_path / "ingen" / "brev.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(missing), ""))
    click(room, calling.entries["callin:id-2"])
    panel = calling.side.panel
    panel.ask("pdf")
    room.settle()
    assert panel.message.isVisible() and "brev.pdf" in panel.message.text()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert calling.side.panel is None


def test_all_letters_are_written_into_a_folder(calling, room, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(tmp_path / "breve"))
    n = len(calling.calling.rows())
    click(room, calling.calling.letters)
    assert len(list((tmp_path / "breve").glob("*.pdf"))) == n
    assert ("export", "id-2", "call-in letter") in log(room)
    assert calling.calling.letters.isEnabled()
    assert any("gemt" in text for text in room.said)


def test_a_citizen_whose_talk_is_planned_is_not_called_in(calling, room):
    planned = Conversation("id-2", TODAY + D(3), "t9", "planned")
    room.on(lambda s: s.vault.append([kinds.to_event(planned)], Act("add")))
    calling.refresh()
    room.settle()
    assert "callin:id-2" not in calling.entries
