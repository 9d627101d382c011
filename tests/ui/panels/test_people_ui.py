"""People in the window: *Team*, handing over, professionals and consents on *Borger*."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from sitting import TODAY, WHO, Room

from progression.casework.caseworkers import caseworker_on
from progression.casework.values import Assignment, Citizen, Consent, Person, Professional
from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui import theme
from progression.ui.citizen.page import CitizenPage
from progression.ui.panels.handover import STAYS
from progression.ui.team.page import COLLEAGUES, OVERVIEW, TeamPage

D = dt.timedelta
MORE = [
    Person("jk", "Jonas Krogh", "jobkonsulent", "Team Vest"),
    Person("pd", "Pernille Dahl", "sagsbehandler", "Team Øst", norm=1.0),
    Citizen("id-2", "S-2", "Anna Holm", benefit_start=TODAY - D(300)),
    Citizen("id-3", "S-3", "Bo Lund", benefit_start=TODAY - D(300)),
    Assignment("id-2", "mette", TODAY - D(300)),
    Assignment("id-3", "pd", TODAY - D(300), TODAY - D(10)),
    Professional(WHO, "p1", "Ida Ibsen", "psykolog", phone="00 00 11 22"),
    Consent(WHO, "k1", TODAY - D(300), "Ida Ibsen", "Fremmøde", TODAY + D(20)),
    Professional(WHO, "p2", "", "læge", "Lægehuset"),
]


@pytest.fixture
def room(qtbot, look, tmp_path):
    made = Room(qtbot, tmp_path)
    made.on(lambda s: s.vault.append([kinds.to_event(value) for value in MORE], Act("add")))
    yield made
    made.close()


def shown(room, page, citizen=""):
    page.retranslate()
    page.restyle()
    room.show(page)
    page.show_for(citizen)
    room.settle()
    room.settle()
    if isinstance(page, TeamPage) and page.tabs.value() == OVERVIEW:
        page.show_tab(COLLEAGUES)
        room.settle()
    return page


@pytest.fixture
def team(room):
    return shown(room, TeamPage(room.context))


@pytest.fixture
def citizen(room):
    return shown(room, CitizenPage(room.context), WHO)


def click(room, button):
    button.click()
    room.settle()
    room.settle()


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.text() and not one.isHidden()]


def now(room, who=WHO):
    return caseworker_on(room.on(lambda s: queries.course(s.vault, who)), TODAY)


def choose(box, key):
    box.setCurrentIndex(box.findData(key))


# Team


def test_colleagues_stand_by_team_and_name_with_their_caseload(team):
    assert team.entries["mette"].below.startswith("2 borgere, norm 40–55, under normen")
    assert team.entries["jk"].below == "Jobkonsulent"
    assert "0 borgere, norm 1 (egen)" in team.entries["pd"].below
    assert team.entries["case:id-3"].below == "ingen skift, 10 dage uden sagsbehandler"
    assert "1 borger har ingen sagsbehandler." in texts(team)
    assert [key for key in team.entries if not key.startswith("case:")] == ["mette", "jk", "pd"]


def test_a_whole_caseload_is_handed_over_and_undone_as_one(team, room):
    click(room, team.entries["mette"])
    click(room, team.side.panel.hand_button)
    panel = team.side.panel
    assert QApplication.focusWidget() is panel.to
    click(room, panel.save)
    assert panel.fields["to_person"].fault() == "Vælg, hvem der tager over."
    choose(panel.to, "pd")
    choose(panel.planned, "unplanned")
    panel.reason.setText("Sygdom")
    panel.list.boxes["told"].box.setChecked(True)
    assert "hver af de 2 borgere" in " ".join(texts(panel.fields["note"]))
    click(room, panel.save)
    assert team.side.panel is None
    assert QApplication.focusWidget() is team.entries["mette"]  # the row one stood in
    assert (now(room), now(room, "id-2")) == ("pd", "pd")
    assert room.said[-1] == "2 borgere er overdraget til Pernille Dahl fra 19. november 2026"
    (kept, _other) = room.on(lambda s: queries.handovers(s.vault))
    assert (kept.reason, kept.checklist, kept.planned) == ("Sygdom", "told", "unplanned")
    assert "1 over normen" in team.entries["pd"].below
    assert team.undo_link.text() == "Fortryd: overdragelse"
    click(room, team.undo_link)
    assert (now(room), now(room, "id-2")) == ("mette", "mette")
    assert room.on(lambda s: queries.handovers(s.vault)) == ()
    assert not team.undo_link.isVisible()


def test_a_caseload_is_shared_among_several_in_one_act(team, room):
    room.on(lambda s: s.vault.append([kinds.to_event(Person("lb", "Lone Birk", "sagsbehandler"))], Act("add")))
    room.settle()
    team.refresh()
    room.settle()
    click(room, team.entries["mette"])
    click(room, team.side.panel.hand_button)
    panel = team.side.panel
    click(room, panel.sharing.fold)
    anna, karsten = panel.sharing.boxes.values()
    assert QApplication.focusWidget() is anna and anna.accessibleName().startswith("Hvem overtager Anna Holm")
    assert anna.findData("mette") == -1
    choose(anna, STAYS)
    choose(karsten, STAYS)
    click(room, panel.save)
    assert panel.fields["to_person"].fault() == "Alle bliver, hvor de er. Vælg, hvem der tager over."
    choose(anna, "lb")
    choose(karsten, "")
    click(room, panel.save)
    assert panel.fields["to_person"].fault() == "Vælg, hvem der tager over."
    choose(panel.to, "pd")
    click(room, panel.save)
    assert (now(room), now(room, "id-2")) == ("pd", "lb")
    assert room.said[-1] == ("2 borgere er overdraget fra 19. november 2026: Pernille Dahl 1, Lone Birk 1")
    click(room, team.undo_link)
    assert (now(room), now(room, "id-2")) == ("mette", "mette")


def test_what_the_colleagues_tab_says_of_a_hand_over_to_come(team, room):
    click(room, team.entries["mette"])
    click(room, team.side.panel.hand_button)
    panel = team.side.panel
    choose(panel.to, "pd")
    panel.date.setText("20.11.2026")
    click(room, panel.save)
    told = "Fra 20. november 2026 går 2 borgere fra Mette Holm Andersen til Pernille Dahl."
    assert told in texts(team) and now(room) == "mette"
    click(room, team.entries["pd"])
    assert told in texts(team.side.panel)
    click(room, team.entries["jk"])
    assert told not in texts(team.side.panel)


def test_what_is_refused_says_so_and_keeps_what_was_typed(team, room):
    room.on(lambda s: s.vault.append([kinds.to_event(Assignment("id-2", "jk", TODAY + D(60)))], Act("add")))
    click(room, team.entries["mette"])
    click(room, team.side.panel.hand_button)
    panel = team.side.panel
    choose(panel.to, "pd")
    panel.reason.setText("Orlov")
    click(room, panel.save)
    assert team.side.panel is panel and panel.reason.text() == "Orlov" and panel.save.isEnabled()
    assert "Jonas Krogh skal have ansvaret for S-2" in panel.message.text()
    panel.date.setText("i morgen")
    click(room, panel.save)
    assert "ikke en dato" in panel.fields["date"].fault()
    assert now(room) == "mette"


def test_a_colleague_is_added_changed_and_kept_while_named(team, room):
    click(room, team.new)
    panel = team.side.panel
    assert QApplication.focusWidget() is panel.texts["person"]
    click(room, panel.save)
    assert panel.fields["person"].fault() == "Nøglen mangler."
    panel.texts["person"].setText("nn")
    panel.texts["name"].setText("Nanna Nygaard")
    panel.norm.setText("mange")
    click(room, panel.save)
    assert "som et tal" in panel.fields["norm"].fault()
    panel.norm.setText("40")
    click(room, panel.save)
    assert "0 borgere, norm 40 (egen)" in team.entries["nn"].below
    click(room, team.entries["mette"])
    click(room, team.side.panel.change_button)
    assert team.side.panel.texts["person"].isReadOnly()
    click(room, team.side.panel.remove)
    assert "bliver på listen" in team.side.panel.message.text()
    team.side.close_panel()
    click(room, team.entries["nn"])
    click(room, team.side.panel.change_button)
    click(room, team.side.panel.remove)
    assert "nn" not in team.entries


def test_a_case_is_looked_through(team, room):
    team.show_tab("reviews")
    assert set(team.entries) == {WHO, "id-2"}
    assert team.entries["id-2"].below.endswith("Ikke gennemgået endnu")
    click(room, team.entries["id-2"])
    panel = team.side.panel
    click(room, panel.save)
    assert panel.fields["feedback"].fault() == "Tilbagemeldingen mangler."
    panel.feedback.setPlainText("Klart mål.")
    panel.list.boxes["plan"].box.setChecked(True)
    choose(panel.reviewer, "pd")
    click(room, panel.save)
    assert "Gennemgået 19. november 2026 af Pernille Dahl: Klart mål." in team.entries["id-2"].below
    assert "1 af 2 sager er gennemgået" in " ".join(texts(team))


def test_from_a_colleague_one_opens_a_citizen(team, room):
    click(room, team.entries["mette"])
    entry = team.side.panel.entries[0]
    assert entry.title == "Anna Holm"
    click(room, entry)
    assert room.went[-1] == ("citizen", "id-2")


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("width", [1256, 520])
def test_team_fits_at_twice_the_text_in_a_narrow_window(room, look, name, width):
    look(name, 200)
    page = shown(room, TeamPage(room.context))
    page.resize(width, 872)
    for _ in range(3):
        room.settle()
    for entry in page.entries.values():
        assert entry.height() >= entry.heightForWidth(entry.width())
    click(room, page.entries["mette"])
    click(room, page.side.panel.hand_button)
    room.settle()
    assert page.side.panel.width() <= page.width()
    theme.apply(QApplication.instance(), theme.Theme())


def test_team_speaks_english(room):
    room.context.words = room.context.words.__class__("en")
    page = shown(room, TeamPage(room.context))
    assert page.entries["mette"].below.startswith("2 citizens, norm 40–55, under the norm")


# Borger


def test_the_side_shows_caseworkers_professionals_and_consents(citizen):
    told = texts(citizen.side)
    assert "siden 1. jun. 2025" in told
    assert "ingen skift" in told
    assert "Samtykket udløber 9. december 2026: Fremmøde" in told
    assert "Intet samtykke. Udveksl intet." in told


def test_one_citizen_is_handed_over_and_it_is_undone_by_name(citizen, room):
    click(room, citizen.side.hand_over)
    panel = citizen.side.panel
    assert "Karsten Bøgh Mikkelsen, nu hos Mette Holm Andersen." in texts(panel)
    assert panel.to.findData("mette") == -1
    choose(panel.to, "pd")
    panel.note.setPlainText("Ring sent på dagen.")
    click(room, panel.save)
    assert now(room) == "pd" and citizen.side.panel is None
    told = texts(citizen.side)
    assert "1 skift (1 planlagt)" in told and "siden 19. nov. 2026, planlagt" in told
    assert citizen.header._blocks[0].first.text() == "Pernille Dahl"
    citizen.side.take_back()
    room.settle()
    room.settle()
    assert now(room) == "mette"
    assert "ingen skift" in texts(citizen.side)


def test_a_consent_is_noted_withdrawn_and_checked(citizen, room):
    from progression.ui.panels.people_doors import PeopleDoors

    side = citizen.side
    doors = PeopleDoors(citizen.value, citizen.words, side.open_panel, lambda: None)
    doors.open_consent("Lægehuset")
    panel = side.panel
    assert QApplication.focusWidget() is panel.what
    click(room, panel.save)
    assert panel.fields["what"].fault()
    panel.what.setText("Helbred")
    panel.until.setText("1.1.2020")
    click(room, panel.save)
    assert "sidste dag" in panel.fields["until"].fault().lower()
    panel.until.setText("1.6.2027")
    click(room, panel.save)
    assert "Samtykke til 1. juni 2027: Helbred" in texts(side)
    given = next(c for c in room.on(lambda s: queries.consents(s.vault)) if c.whom == "Lægehuset")
    PeopleDoors(citizen.value, citizen.words, side.open_panel, lambda: None).open_end_consent(given)
    click(room, side.panel.save)
    assert "Samtykket er trukket tilbage 18. november 2026. Udveksl intet." in texts(side)


def test_professionals_and_roles_come_and_go(citizen, room):
    from progression.ui.panels.people_doors import PeopleDoors

    side = citizen.side
    click(room, side.professional)
    click(room, side.panel.save)
    assert side.panel.fields["name"].fault() == "Navnet mangler."
    side.panel.texts["name"].setText("Gry Gade")
    click(room, side.panel.save)
    assert any("Gry Gade" in p.name for p in room.on(lambda s: queries.professionals(s.vault)))
    doors = PeopleDoors(citizen.value, citizen.words, side.open_panel, lambda: None)
    doors.open_role()
    click(room, side.panel.save)
    assert side.panel.fields["caseworker"].fault()
    choose(side.panel.who, "jk")
    click(room, side.panel.save)
    assert "Jobkonsulent, siden 19. nov. 2026" in texts(side)
    row = next(a for a in room.on(lambda s: queries.assignments(s.vault)) if a.role == "job")
    PeopleDoors(citizen.value, citizen.words, side.open_panel, lambda: None).open_end_role(row)
    click(room, side.panel.save)
    row = next(a for a in room.on(lambda s: queries.assignments(s.vault)) if a.role == "job")
    assert row.end == TODAY


def test_the_hand_over_sheet_is_saved_where_one_asks(citizen, room, tmp_path, monkeypatch):
    file = tmp_path / "ark.pdf"
    monkeypatch.setattr(citizen, "ask_file", lambda _suggested="": file)
    citizen.make_sheet()
    room.settle()
    assert file.read_bytes().startswith(b"%PDF")
    assert room.said[-1] == "Rapporten er gemt som ark.pdf"


def test_the_head_says_plainly_that_nobody_is_responsible(room):
    page = shown(room, CitizenPage(room.context), "id-3")
    assert page.header._blocks[0].first.text() == "Ingen lige nu"
    assert page.header._blocks[0].second.text() == "før: Pernille Dahl, 0 skift"
    assert "Ingen har ansvaret lige nu." in texts(page.side)
