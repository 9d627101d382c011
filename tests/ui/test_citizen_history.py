"""The history of corrections unfolded on a citizen's page, and the days of the timeline from the list of commands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from test_citizen_page import CitizenRoom

from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui.citizen import CitizenPage


@pytest.fixture
def page(qtbot, look, tmp_path):
    room = CitizenRoom(qtbot, tmp_path)
    made = CitizenPage(room.context)
    made.retranslate()
    made.restyle()
    room.show(made, 1256, 872)
    made.show_for("k")
    room.settle()
    room.settle()
    made.room = room
    yield made
    room.close()


def command(page, name):
    action = page.findChild(QAction, f"citizen.{name}")
    action.trigger()
    page.room.settle()


def correct(page):
    """Change one answer of the latest assessment, in the vault."""

    def change(session):
        latest = max(queries.course(session.vault, "k").assessments, key=lambda a: (a.date, a.rater))
        code, before = next((c, a) for c, a in latest.answers.items() if isinstance(a, int) and a > 1)
        made = replace(latest, answers={**latest.answers, code: before - 1}, entered=None)
        session.vault.append([kinds.to_event(made)], Act("change", "k"))
        return before

    found = []
    page.room.context.run(change, done=found.append)
    page.room.settle()
    return found[0]


def looks(page):
    found = []
    page.room.context.run(lambda session: queries.access_log(session.vault, "k"), done=found.append)
    page.room.settle()
    return [line.purpose for line in found[0]]


def test_nothing_corrected_is_said(page):
    command(page, "corrections")
    answers = page.views.answers
    assert page.views.view.value() == "table" and answers.history.isChecked()
    assert answers.history_note.text() == "Intet er rettet." and not answers.corrected.isVisible()


def test_a_correction_stands_with_before_after_who_and_when(page):
    before = correct(page)
    command(page, "corrections")
    table = page.views.answers.corrected.table
    assert page.views.answers.corrected.isVisible() and table.rowCount() == 1
    cells = [table.index(0, column).data() for column in range(table.columnCount())]
    assert cells[:3] == [str(before), str(before - 1), "Mette Holm Andersen"]
    assert "." in cells[3] and "corrections" in looks(page)


def test_it_is_read_only_when_somebody_looks_and_folds_away(page):
    page.views.show_view("table")
    page.room.settle()
    assert "corrections" not in looks(page)
    command(page, "corrections")
    page.views.answers.history.click()
    assert not page.views.answers.history_note.isVisible()


def test_what_is_corrected_meanwhile_is_there_when_the_page_comes_anew(page):
    command(page, "corrections")
    correct(page)
    page.refresh()
    page.room.settle()
    page.room.settle()
    assert page.views.answers.corrected.table.rowCount() == 1


def test_days_are_chosen_from_the_list_of_commands_and_shown_in_the_choice(page):
    whole = page.views.timeline.chart()
    command(page, "closer")
    command(page, "closer")
    near = page.views.timeline.chart()
    assert near.start > whole.start and page.views.days.value() == "part"
    command(page, "earlier")
    assert page.views.timeline.chart().start < near.start
    command(page, "later")
    command(page, "further")
    command(page, "whole")
    assert page.views.timeline.chart().start == whole.start and page.views.days.value() == "all"
    assert page.views.days.count() == 2
