"""*Ret oplysninger*: a citizen's own details are corrected from the head of *Borger*, by mouse, key and palette."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import cases
import pytest
from caseload import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from progression.casework.values import Citizen
from progression.desk import citizens, details, vaults
from progression.store import queries
from progression.ui.panels.details import DetailsPanel

KEY = Qt.Key


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text()]


@pytest.fixture
def page(citizen_page):
    citizen_page.room.context.changed.connect(lambda _changes: None)
    return citizen_page


@pytest.fixture
def panel(page):
    page.header.correct.click()
    page.room.settle()
    assert isinstance(page.side.panel, DetailsPanel)
    return page.side.panel


def stands(page):
    return page.room.on(lambda session: queries.citizen(session.vault, "k"))


def save(page):
    page.side.panel.save.click()
    page.room.settle()
    page.room.settle()


def elsewhere(page, **fields):
    """A colleague corrects the same citizen, by another way than this page."""
    page.room.on(lambda s: details.correct(s, "k", fields, details.read(s, "k").seen))


def test_the_key_opens_it_once_and_the_name_has_the_focus(page):
    for _ in range(2):
        page.room.press(KEY.Key_F2)
    page.room.settle()
    panel = page.side.panel
    assert isinstance(panel, DetailsPanel)
    assert QApplication.focusWidget() is panel.fields["name"].control
    assert panel.fields["name"].control.text() == "Karsten Bøgh Mikkelsen"
    page.room.press(KEY.Key_Escape)
    assert page.side.panel is None


def test_what_is_typed_is_saved_shown_and_undone_by_name(page, panel):
    panel.fields["name"].control.setText("Karsten Bøgh-Mikkelsen")
    panel.fields["benefit_start"].control.setText("1.9.25")
    panel.fields["note"].control.setPlainText("Ring efter kl. 10")
    save(page)
    assert page.side.panel is None
    found = stands(page)
    assert (found.name, found.benefit_start) == ("Karsten Bøgh-Mikkelsen", dt.date(2025, 9, 1))
    assert found.note == "Ring efter kl. 10"
    assert "Karsten Bøgh-Mikkelsen" in texts(page.header)
    assert page.room.said[-1] == "Oplysningerne er gemt"
    assert page.side.undo.text() == "Fortryd: rettelse af oplysninger"
    page.room.context.acts.undo()
    page.room.settle()
    page.room.settle()
    assert stands(page).name == "Karsten Bøgh Mikkelsen"
    assert "Karsten Bøgh Mikkelsen" in texts(page.header)


def test_a_failing_check_digit_is_said_while_typing_and_saved_all_the_same(page, panel):
    field = panel.fields["cpr"].control
    field.setText("140680-12")
    assert not any("modulus" in text for text in texts(panel))
    field.setText("140680-1234")
    assert sum("modulus 11" in text for text in texts(panel)) == 1
    assert "modulus 11" in field.accessibleDescription()
    save(page)
    assert page.side.panel is None
    assert stands(page).cpr == "1406801234"
    assert not any("1234" in text for text in texts(page))


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(page, panel):
    panel.fields["cpr"].control.setText("12345")
    panel.fields["benefit_start"].control.setText("32.1.2026")
    save(page)
    assert "dato" in panel.fields["benefit_start"].fault()
    panel.fields["benefit_start"].control.setText("1.1.2026")
    save(page)
    assert "ti cifre" in panel.fields["cpr"].fault()
    assert QApplication.focusWidget() is panel.fields["cpr"].control
    panel.fields["cpr"].control.setText("")
    panel.fields["number"].control.setText("")
    save(page)
    assert panel.fields["number"].fault() == "Sagsnummeret mangler."
    assert panel.save.isEnabled()


def test_a_number_in_use_is_said_at_the_number(page, panel):
    page.room.on(lambda s: citizens.add(s, Citizen("", "B-7", "Ida")))
    panel.fields["number"].control.setText("B-7")
    save(page)
    assert "B-7" in panel.fields["number"].fault()
    assert QApplication.focusWidget() is panel.fields["number"].control


def test_what_a_colleague_changed_meanwhile_is_shown_and_only_then_written_over(page, panel):
    panel.fields["phone"].control.setText("11 11 11 11")
    elsewhere(page, phone="22 22 22 22", contact="Søsteren Anne")
    save(page)
    assert page.side.panel is panel and panel.save.isEnabled()
    assert any("Mette Holm Andersen har rettet borgerens oplysninger" in text for text in texts(panel))
    assert panel.fields["contact"].control.text() == "Søsteren Anne", "what was left alone follows"
    assert panel.fields["phone"].control.text() == "11 11 11 11"
    assert sum("22 22 22 22" in text for text in texts(panel)) == 1
    save(page)
    found = stands(page)
    assert (found.phone, found.contact) == ("11 11 11 11", "Søsteren Anne")


def test_a_change_that_is_seen_while_the_panel_is_open_is_taken_in_at_once(page, panel):
    panel.fields["name"].control.setText("Karsten B. Mikkelsen")
    elsewhere(page, team="Nord")
    page.refresh()
    page.room.settle()
    page.room.settle()
    assert page.side.panel is panel
    assert panel.fields["team"].control.text() == "Nord"
    assert panel.fields["name"].control.text() == "Karsten B. Mikkelsen"
    save(page)
    assert (stands(page).name, stands(page).team) == ("Karsten B. Mikkelsen", "Nord")


def test_two_versions_written_apart_are_both_told_of(page):
    now = stands(page)
    other = details.Version(
        replace(now, phone="22 22 22 22"), "Jonas Krogh", dt.datetime(2026, 11, 18, 9, tzinfo=dt.UTC)
    )
    mine = details.Version(now, "Mette Holm Andersen", dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC))
    made = DetailsPanel(page.words, details.Details(now, (other, mine)), cases.TODAY)
    page.side.open_panel(made)
    assert [text for text in texts(made) if "Jonas Krogh" in text and "22 22 22 22" in text]


def test_nothing_changed_is_nothing_done(page, panel):
    before = stands(page)
    save(page)
    assert page.side.panel is None and stands(page) == before


def test_esc_leaves_everything_as_it_was(page, panel):
    before = stands(page)
    panel.fields["name"].control.setText("Noget andet")
    page.room.press(KEY.Key_Escape)
    assert page.side.panel is None and stands(page) == before


def test_another_citizen_takes_the_panel_away(page, panel):
    one = page.room.on(lambda s: citizens.add(s, Citizen("", "B-7", "Ida")))[0]
    page.show_for(one)
    page.room.settle()
    assert page.side.panel is None


# the screen turned to the citizen, and where categories come from


def test_the_head_turns_the_screen_and_leaving_takes_it_back(page):
    page.header.turn.click()
    page.room.settle()
    assert page.turner.screen is not None and page.turner.screen.citizen == "k"
    page.leave()
    assert page.turner.screen is None


def test_nobody_is_shown_a_curve_there_is_not(page):
    one = page.room.on(lambda s: citizens.add(s, Citizen("", "B-7", "Ida")))[0]
    page.show_for(one)
    page.room.settle()
    assert not page.header.turn.isVisible()
    page.turn()
    assert page.turner.screen is None


def test_the_palette_and_the_menu_reach_both(unlocked, settled):
    window = unlocked(language="da")
    who = window.shell.pages["today"].value.rows[0].citizen
    window.context.go("citizen", who)
    settled(window)
    offered = {command.key for command in window.shell.offered()}
    assert {"citizen.correct", "citizen.show"} <= offered
    window.do("citizen.correct")
    settled(window)
    shown = window.shell.current()
    assert isinstance(shown.side.panel, DetailsPanel) and shown.side.panel.citizen == who
    window.do("citizen.show")
    settled(window)
    assert shown.turner.screen is not None
    window.lock()
    settled(window)
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window and one.parent()]


def test_where_no_categories_are_chosen_the_side_leads_to_where_they_are(open_window, settled, tmp_path):
    folder = tmp_path / "vault"
    session = vaults.create(folder, PASSPHRASE, account_name="Mette", kdf=CHEAP).session
    who = citizens.add(session, Citizen("", "", "Ida"))[0]
    vaults.close(session, backup=False)
    window = open_window(folder, language="da")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    window.context.go("citizen", who)
    settled(window)
    side = window.shell.current().side
    assert side.category.text() == "Vælg kategorier i Indstillinger"
    assert any("Kommunens kategorier" in text for text in texts(side))
    side.category.click()
    settled(window)
    assert window.shell.where[0] == "settings"
    assert window.shell.current().section("categories").isVisible()
