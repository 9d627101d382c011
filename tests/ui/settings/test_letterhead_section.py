"""The letterhead among the settings: seen, typed, loaded from a file, refused, shown on a page, undone and removed."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from progression.desk import letterhead
from progression.reports.letterhead import PLAIN
from progression.ui.settings.letterhead import LetterheadSection, gather


@pytest.fixture
def section(room):
    made = LetterheadSection(room.context)
    room.show(made)
    room.context.changed.connect(lambda _changes: room.context.run(gather, done=made.show_facts))
    room.context.run(gather, done=made.show_facts)
    room.settle()
    return made


@pytest.fixture
def file(tmp_path):
    Image.new("RGB", (400, 100), (0, 60, 120)).save(tmp_path / "logo.png")
    found = tmp_path / "sundvig.toml"
    found.write_text('format = 1\nname = "Sundvig Kommune"\ncontact = ["Torvet 1"]\nlogo = "logo.png"\n', "utf-8")
    return found


def click(room, button):
    button.click()
    room.settle()
    room.settle()


def test_a_file_is_loaded_undone_by_name_and_taken_away(section, room, file, monkeypatch):
    assert "Intet brevhoved" in section.state.text() and section.remove.isHidden()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    click(room, section.load)
    assert section.state.text().splitlines() == ["Sundvig Kommune", "Torvet 1", "Med logo"]
    assert room.context.acts.last.said(room.context.words) == "brevhovedet"
    room.context.acts.undo()
    room.settle()
    room.settle()
    assert room.on(letterhead.in_force) == PLAIN and "Intet brevhoved" in section.state.text()
    click(room, section.load)
    assert not section.remove.isHidden()
    click(room, section.remove)
    assert room.on(letterhead.in_force) == PLAIN and section.remove.isHidden()
    assert section.change.hasFocus()


def test_every_fault_of_a_file_is_told_and_nothing_changes(section, room, file):
    file.write_text('format = 1\nname = ""\n[colours]\ntext = "#cccccc"\n', "utf-8")
    section.load_file(file)
    room.settle()
    assert "sundvig.toml" in section.message.text() and "#cccccc" in section.message.text()
    assert room.on(letterhead.in_force) == PLAIN


def test_it_is_typed_and_faults_stand_at_their_fields(section, room, qtbot, file):
    click(room, section.change)
    panel = section.panel
    assert panel.name.hasFocus()
    read = section.children()
    assert read.index(section._card) < read.index(section.sheet)  # a screen reader reads as the eye does
    panel.text.edit.setText("#bbbbbb")
    assert "mindst 4,5:1" in panel.text.told.text()
    click(room, panel.save)
    assert panel.fields["letterhead.name"].fault() and "4,5:1" in panel.fields["letterhead.colours.text"].fault()
    assert "colours" not in panel.fields["letterhead.colours.text"].fault()
    panel.name.setText("Sundvig Kommune")
    panel.text.edit.setText("#1a3c5e")
    assert "Det kan læses" in panel.text.told.text()
    panel.contact.setPlainText("Torvet 1\n\nTelefon 58 00 00 00\na\nb\nc")
    click(room, panel.save)
    assert "5 linjer" in panel.fields["letterhead.contact"].fault()
    panel.contact.setPlainText("Torvet 1\n\nTelefon 58 00 00 00")
    panel.put_logo(file.with_name("logo.png"))
    click(room, panel.save)
    kept = room.on(letterhead.in_force)
    assert section.panel is None and section.change.hasFocus()
    assert (kept.name, kept.contact, kept.text) == ("Sundvig Kommune", ("Torvet 1", "Telefon 58 00 00 00"), "#1a3c5e")
    assert kept.logo
    click(room, section.change)
    section.panel.footer.setText("Vi svarer mandag til torsdag")
    click(room, section.panel.save)
    assert room.on(letterhead.in_force).logo == kept.logo  # what is not touched stays
    click(room, section.change)
    click(room, section.panel.no_logo)
    click(room, section.panel.save)
    assert not room.on(letterhead.in_force).logo and "Uden logo" in section.state.text()


def test_a_logo_that_is_no_picture_is_told_in_the_panel(section, room, file, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    click(room, section.change)
    section.panel.name.setText("Sundvig Kommune")
    click(room, section.panel.choose_logo)
    assert "sundvig.toml" in section.panel.logo_told.text()
    click(room, section.panel.save)
    assert "sundvig.toml" in section.panel.message.text() and room.on(letterhead.in_force) == PLAIN


def test_a_page_shows_what_is_in_force_and_what_is_typed(section, room, qtbot, file):
    section.load_file(file)
    room.settle()
    room.settle()
    click(room, section.look)
    assert section.sheet.isVisible() and "Sundvig Kommune" in section.sheet.accessibleDescription()
    click(room, section.look)
    assert section.pages is None and section.sheet.isHidden()
    click(room, section.change)
    section.panel.name.setText("Nordby Kommune")
    click(room, section.panel.look)
    assert "Nordby Kommune" in section.sheet.accessibleDescription()
    assert room.on(letterhead.in_force).name == "Sundvig Kommune"
    section.panel.name.setText("")
    click(room, section.panel.look)
    assert section.panel.fields["letterhead.name"].fault()
    qtbot.keyClick(section.panel, Qt.Key.Key_Escape)
    assert section.panel is None and section.sheet.isHidden()
