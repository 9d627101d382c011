"""Deciding to start something leads on to what is started, wherever it is decided; it may be left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from progression.casework.values import Decision
from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui.panels.intervention import AddIntervention

DAY = timedelta(days=1)


@pytest.fixture
def room(citizen_room):
    return citizen_room


@pytest.fixture
def page(citizen_page):
    return citizen_page


def click(room, button):
    button.click()
    room.settle()
    room.settle()


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text()]


def overdue(room, page):
    """A decision about the course whose day to look again has come."""
    today = page.value.today
    made = Decision("k", today - 40 * DAY, "citizen", "continue", "", today - DAY, "u1")
    room.on(lambda session: session.vault.append([kinds.to_event(made)], Act("add", "k")))
    page.refresh()
    room.settle()
    return next(one for one in page.value.course.decisions if one.follow_up == today - DAY)


def by_card(room, page, choice):
    card = next(iter(page.side.cards.values()))
    card.choices[choice].click()
    click(room, card.form.save)
    return "Tilbagegang i ventetid"


def by_panel(room, page, choice):
    click(room, page.side.new_decision)
    page.side.panel.choices[choice].click()
    click(room, page.side.panel.save)
    return "Forløbet som helhed"


def by_follow_up(room, page, choice):
    page.side.open_follow_up(overdue(room, page))
    page.side.panel.choose(choice)
    click(room, page.side.panel.form.save)
    return ""


WAYS = {"card": by_card, "panel": by_panel, "follow-up": by_follow_up}


@pytest.mark.parametrize("way", WAYS)
def test_deciding_to_start_asks_what_starts(page, room, way):
    about = WAYS[way](room, page, "start")
    panel = page.side.panel
    assert isinstance(panel, AddIntervention)
    assert panel.citizen == "k"
    assert "Beslutningen er gemt. Hvad skal startes?" in texts(panel)
    assert not about or any(about in text for text in texts(panel))
    panel.type.setCurrentIndex(panel.type.findData("mentor"))
    click(room, panel.save)
    assert page.side.panel is None
    rows = room.on(lambda session: queries.interventions(session.vault))
    assert [(one.citizen, one.start) for one in rows if one.type == "mentor" and one.start == page.value.today] == [
        ("k", page.value.today)
    ]


@pytest.mark.parametrize("way", WAYS)
def test_it_may_wait_and_the_decision_stands(page, room, way):
    before = len(room.on(lambda session: queries.interventions(session.vault)))
    WAYS[way](room, page, "start")
    assert page.side.panel.cancel.text() == "Ikke nu"
    click(room, page.side.panel.cancel)
    assert page.side.panel is None
    assert len(room.on(lambda session: queries.interventions(session.vault))) == before
    made = room.on(lambda session: queries.decisions(session.vault))
    assert [one.choice for one in made if one.date == page.value.today] == ["start"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("choice", ["continue", "adjust"])
def test_another_decision_leads_nowhere(page, room, way, choice):
    WAYS[way](room, page, choice)
    assert page.side.panel is None


def test_adding_by_the_link_speaks_of_no_decision(page, room):
    click(room, page.side.add)
    assert page.side.panel.cancel.text() == "Annuller"
    assert not any("Beslutningen er gemt" in text for text in texts(page.side.panel))
