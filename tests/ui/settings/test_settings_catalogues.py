"""Types and categories among the settings: seen, edited, loaded, refused and undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sitting import TODAY, WHO

from progression.casework import categories as examples
from progression.casework.categories import Expected
from progression.casework.types import types_source
from progression.casework.values import CategoryMembership
from progression.desk import categories, interventions, types
from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui.settings.categories import CategoriesSection
from progression.ui.settings.types import TypesSection


def opened(room, section, page):
    """A section in view that asks again at every change, as the page of settings does."""
    made = section(room.context)
    room.show(made)
    room.context.changed.connect(lambda _changes: room.context.run(page, done=made.show_facts))
    room.context.run(page, done=made.show_facts)
    room.settle()
    return made


def click(room, button):
    button.click()
    room.settle()
    room.settle()


def undo(room):
    room.context.acts.undo()
    room.settle()
    room.settle()


@pytest.fixture
def kinds_section(room):
    return opened(room, TypesSection, types.page)


@pytest.fixture
def groups(room):
    room.on(categories.install_shipped, "halsnaes")
    member = CategoryMembership(WHO, "behov_for_stoette", TODAY)
    room.on(lambda s: s.vault.append([kinds.to_event(member)], Act("add")))
    return opened(room, CategoriesSection, categories.page)


# types


def test_each_type_says_its_kind_whether_it_counts_and_what_uses_it(kinds_section):
    entries = kinds_section.entries
    assert entries["mentor"].title == "Mentor"
    assert entries["mentor"].below == "Social · tæller som aktiv · 1 indsats for 1 borger"
    assert entries["venter"].below == "Tæller som ventetid · ikke brugt endnu"
    assert "tæller ikke som aktiv" in entries["bostoette"].below
    assert not kinds_section.standard.isEnabled()


def test_a_type_is_added_with_the_keyboard_and_undone_by_name(kinds_section, room, qtbot):
    click(room, kinds_section.new)
    panel = kinds_section.panel
    assert panel.names["da"].hasFocus()
    qtbot.keyClicks(panel.names["da"], "Hundeføring")
    qtbot.keyClick(panel.names["da"], Qt.Key.Key_Return)
    room.settle()
    assert "engelske navn" in panel.fields["name.en"].fault()
    assert panel.names["da"].text() == "Hundeføring"
    panel.names["en"].setText("Dog walking")
    panel.bip.setCurrentIndex(panel.bip.findData("social"))
    panel.active.box.setChecked(False)
    click(room, panel.save)
    assert kinds_section.panel is None
    made = room.on(interventions.types)["hundefoering"]
    assert (made.bip_type, made.active, made.name["en"]) == ("social", False, "Dog walking")
    assert "hundefoering" in kinds_section.entries
    assert room.context.acts.last.said(room.context.words) == "typen Hundeføring"
    undo(room)
    assert room.said[-1] == "Fortrudt: typen Hundeføring"
    assert "hundefoering" not in kinds_section.entries


def test_a_type_is_renamed_retired_and_taken_into_use_again(kinds_section, room):
    click(room, kinds_section.entries["smaajob"])
    panel = kinds_section.panel
    assert panel.code.isReadOnly()
    panel.names["da"].setText("Fritidsjob")
    click(room, panel.save)
    assert kinds_section.entries["smaajob"].title == "Fritidsjob"
    click(room, kinds_section.entries["smaajob"])
    click(room, kinds_section.panel.retire)
    assert kinds_section.entries["smaajob"].below.startswith("Ude af brug")
    click(room, kinds_section.entries["smaajob"])
    assert kinds_section.panel.retire.text() == "Tag i brug igen"
    click(room, kinds_section.panel.retire)
    assert not room.on(interventions.types)["smaajob"].retired


def test_a_type_in_use_stays_and_the_panel_says_who_uses_it(kinds_section, room, qtbot):
    click(room, kinds_section.entries["mentor"])
    panel = kinds_section.panel
    click(room, panel.remove)
    assert kinds_section.panel is panel
    assert "1 indsats for 1 borger" in panel.message.text()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert kinds_section.panel is None
    assert kinds_section.entries["mentor"].hasFocus()
    click(room, kinds_section.entries["hjaelpemidler"])
    click(room, kinds_section.panel.remove)
    assert "hjaelpemidler" not in kinds_section.entries
    undo(room)
    assert "hjaelpemidler" in kinds_section.entries


def test_a_waiting_type_has_no_kind_and_does_not_count(kinds_section, room):
    click(room, kinds_section.entries["venter"])
    panel = kinds_section.panel
    assert panel.fields["bip_type"].isHidden() and panel.active.isHidden()
    click(room, panel.save)
    assert room.on(interventions.types)["venter"].state == "waiting"


def test_a_file_of_types_is_loaded_every_fault_told_and_the_standard_comes_back(
    kinds_section, room, tmp_path, monkeypatch
):
    path = tmp_path / "egne.toml"
    path.write_text(types_source().replace("Virksomhedspraktik", "Praktik"), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(path), ""))
    click(room, kinds_section.load)
    assert kinds_section.entries["virksomhedspraktik"].title == "Praktik"
    click(room, kinds_section.standard)
    assert kinds_section.entries["virksomhedspraktik"].title == "Virksomhedspraktik"
    faulty = types_source().replace('bip_type = "job"', 'bip_type = "arbejde"').replace("active = true", "active = 1")
    path.write_text(faulty, "utf-8")
    kinds_section.load_file(path)
    room.settle()
    assert kinds_section.message.isVisible()
    assert kinds_section.message.text().count("Linje ") == faulty.count("arbejde") + faulty.count("active = 1")
    assert not room.errors


# categories


def test_the_set_in_force_and_what_follows_is_said_in_words(groups):
    assert groups.state.text() == "Gælder nu: Halsnæs (eksempel)"
    assert [entry.title for entry in groups.entries.values()] == [
        "Tæt på at være jobparat",
        "Behov for støtte",
        "Skal forelægges rehabiliteringsteamet",
    ]
    below = groups.entries["1"].below
    assert "CV-værksted" in below and "samtale hver 4. uge" in below
    assert below.endswith("fra 1. januar 2020 · 1 borger")


def test_an_example_that_leaves_out_who_is_there_is_refused_and_adopted_with_the_old_ones_ending(groups, room):
    groups.example.setCurrentIndex(groups.example.findData("horsens"))
    click(room, groups.take)
    assert "Behov for støtte kan ikke udelades, for den bruges: 1 borger" in groups.message.text()
    assert groups.state.text() == "Gælder nu: Halsnæs (eksempel)"
    click(room, groups.keep)
    assert groups.state.text() == "Gælder nu: Horsens (eksempel)"
    assert not groups.message.isVisible() and not groups.keep.isVisible()
    assert "til 18. november 2026" in groups.entries["3"].below or "18. november 2026" in groups.entries["3"].below
    undo(room)
    assert groups.state.text() == "Gælder nu: Halsnæs (eksempel)"
    assert room.said[-1] == "Fortrudt: kategorierne"


def test_a_file_is_saved_edited_and_loaded_and_every_fault_has_its_line(groups, room, tmp_path, monkeypatch):
    path = tmp_path / "vores.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(path), ""))
    click(room, groups.save)
    assert path.read_text("utf-8") == examples.source("halsnaes")
    path.write_text(path.read_text("utf-8").replace("Behov for støtte", "Støttet vej"), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(path), ""))
    click(room, groups.load)
    assert groups.entries["1"].title == "Støttet vej"
    faulty = path.read_text("utf-8").replace("weeks = 4", "weeks = 0").replace("valid_from", "valid_form")
    path.write_text(faulty, "utf-8")
    groups.load_file(path)
    room.settle()
    lines = groups.message.text().split("\n")
    assert sum(line.startswith("Linje ") for line in lines) == len(lines) - 1 == 5
    assert groups.entries["1"].title == "Støttet vej"


def test_a_label_and_a_rhythm_are_edited_with_faults_at_their_fields(groups, room):
    click(room, groups.entries["1"])
    panel = groups.panel
    assert panel.names["da"].hasFocus()
    panel.rhythm.steps[1][2].setText("tit")
    click(room, panel.save)
    assert "hele tal" in panel.fields["rhythm"].fault()
    panel.rhythm.steps[1][2].setText("8")
    panel.names["da"].setText("")
    click(room, panel.save)
    assert panel.fields["name.da"].fault()
    panel.names["da"].setText("Støttet vej")
    panel.rhythm.add(None).setText("52")
    panel.rhythm.steps[2][2].setText("12")
    panel.rhythm.remove(panel.rhythm.steps[0][0])
    click(room, panel.save)
    found = room.on(categories.in_force).get("behov_for_stoette")
    assert [(step.from_week, step.weeks) for step in found.rhythm] == [(26, 8), (52, 12)]
    assert groups.entries["1"].title == "Støttet vej"
    undo(room)
    assert groups.entries["1"].title == "Behov for støtte"


def pick(field, code):
    """Add a type as one does: open the list and choose."""
    field.add_from.setCurrentIndex(field.add_from.findData(code))
    field.add_from.activated.emit(field.add_from.currentIndex())


def test_what_is_expected_of_a_category_is_edited_and_undone(groups, room):
    before = room.on(categories.in_force).get("behov_for_stoette").expected
    click(room, groups.entries["1"])
    field = groups.panel.expected
    assert [tuple(step.types.codes) for step in field.steps] == [one.types for one in before]
    click(room, groups.panel.save)
    assert room.on(categories.in_force).get("behov_for_stoette").expected == before  # nothing is lost by saving
    click(room, groups.entries["1"])
    field = groups.panel.expected
    while field.steps:
        click(room, field.steps[0].gone)
    assert field.more.hasFocus()
    click(room, field.more)
    (step,) = field.steps
    assert step.types.add_from.hasFocus()
    step.week.setText("snart")
    pick(step.types, "mentor")
    assert step.types.add_from.findData("mentor") == -1
    click(room, groups.panel.save)
    assert "hele tal" in groups.panel.fields["expected"].fault()
    step.week.setText("900")
    click(room, groups.panel.save)
    assert "520" in groups.panel.fields["expected"].fault()
    step.week.setText("13")
    pick(step.types, "virksomhedspraktik")
    pick(step.parallel, "mentor")
    click(room, step.types.codes["mentor"])
    assert list(step.types.codes) == ["virksomhedspraktik"] and step.types.add_from.findData("mentor") > 0
    click(room, groups.panel.save)
    now = room.on(categories.in_force).get("behov_for_stoette").expected
    assert now == (Expected(("virksomhedspraktik",), 13, ("mentor",)),)
    assert "senest uge 13" in groups.entries["1"].below
    undo(room)
    assert room.on(categories.in_force).get("behov_for_stoette").expected == before


def test_an_expected_intervention_without_a_type_is_said(groups, room):
    click(room, groups.entries["1"])
    field = groups.panel.expected
    click(room, field.more)
    field.steps[-1].week.setText("4")
    click(room, groups.panel.save)
    assert groups.panel.fields["expected"].fault().startswith("Tilføj mindst én indsatstype")
    click(room, field.steps[-1].gone)
    click(room, field.more)  # one that nothing is said of is none
    click(room, groups.panel.save)
    assert groups.panel is None


def test_a_category_is_added_and_deleted_and_one_in_use_stays(groups, room):
    click(room, groups.new)
    panel = groups.panel
    panel.names["da"].setText("Unge")
    panel.names["en"].setText("Young")
    panel.start.setText("31.02.2026")
    click(room, panel.save)
    assert "ikke en dato" in panel.fields["valid_from"].fault()
    panel.start.setText("1.1.2026")
    click(room, panel.save)
    assert groups.entries["3"].title == "Unge"
    click(room, groups.entries["3"])
    click(room, groups.panel.remove)
    assert "3" not in groups.entries
    click(room, groups.entries["1"])
    click(room, groups.panel.remove)
    assert "bruges: 1 borger" in groups.panel.message.text()


def test_what_the_set_does_not_have_is_told(groups, room):
    member = CategoryMembership(WHO, "Gruppe A", TODAY)
    before = room.on(lambda s: queries.categories(s.vault))[0]
    room.on(lambda s: s.vault.append([kinds.to_event(replace(member, event=before.event))], Act("change")))
    room.context.run(categories.page, done=groups.show_facts)
    room.settle()
    assert groups.below.text().endswith("Gruppe A.")


def on_the_page(window, settled, key):
    window.do("page.settings")
    settled(window)
    page = window.shell.current()
    page.open_section(key)
    settled(window)
    return page.section(key)


def test_both_stand_on_the_page_and_speak_the_language_in_force(unlocked, settled):
    window = unlocked(language="da")
    assert on_the_page(window, settled, "types").new.text() == "Ny type"
    assert on_the_page(window, settled, "categories").entries["0"].title == "Tæt på at være jobparat"
    window.set_language("en")
    settled(window)
    assert on_the_page(window, settled, "types").new.text() == "New type"
    assert on_the_page(window, settled, "categories").entries["0"].title == "Close to job-ready"


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize(("key", "entry"), [("types", "mentor"), ("categories", "1")])
def test_nothing_is_cut_with_a_panel_open(unlocked, settled, key, entry, percent):
    from test_ui_walk import check

    window = unlocked(language="da", percent=percent)
    section = on_the_page(window, settled, key)
    section.entries[entry].click()
    settled(window)
    check(section)
