"""The history of corrections unfolded on a citizen's page, and the days of the timeline from the list of commands."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QAction

from progression.store import kinds, queries
from progression.store.access import Act


def command(citizen_page, name):
    action = citizen_page.findChild(QAction, f"citizen.{name}")
    action.trigger()
    citizen_page.room.settle()


def correct(citizen_page):
    """Change one answer of the latest assessment, in the vault."""

    def change(session):
        latest = max(queries.course(session.vault, "k").assessments, key=lambda a: (a.date, a.rater))
        code, before = next((c, a) for c, a in latest.answers.items() if isinstance(a, int) and a > 1)
        made = replace(latest, answers={**latest.answers, code: before - 1}, entered=None)
        session.vault.append([kinds.to_event(made)], Act("change", "k"))
        return before

    found = []
    citizen_page.room.context.run(change, done=found.append)
    citizen_page.room.settle()
    return found[0]


def looks(citizen_page):
    found = []
    citizen_page.room.context.run(lambda session: queries.access_log(session.vault, "k"), done=found.append)
    citizen_page.room.settle()
    return [line.purpose for line in found[0]]


def test_nothing_corrected_is_said(citizen_page):
    command(citizen_page, "corrections")
    answers = citizen_page.views.answers
    assert citizen_page.views.view.value() == "table" and answers.history.isChecked()
    assert answers.history_note.text() == "Intet er rettet." and not answers.corrected.isVisible()


def test_a_correction_stands_with_before_after_who_and_when(citizen_page):
    before = correct(citizen_page)
    command(citizen_page, "corrections")
    table = citizen_page.views.answers.corrected.table
    assert citizen_page.views.answers.corrected.isVisible() and table.rowCount() == 1
    cells = [table.index(0, column).data() for column in range(table.columnCount())]
    assert cells[:3] == [str(before), str(before - 1), "Mette Holm Andersen"]
    assert "." in cells[3] and "corrections" in looks(citizen_page)


def test_it_is_read_only_when_somebody_looks_and_folds_away(citizen_page):
    citizen_page.views.show_view("table")
    citizen_page.room.settle()
    assert "corrections" not in looks(citizen_page)
    command(citizen_page, "corrections")
    citizen_page.views.answers.history.click()
    assert not citizen_page.views.answers.history_note.isVisible()


def test_what_is_corrected_meanwhile_is_there_when_the_page_comes_anew(citizen_page):
    command(citizen_page, "corrections")
    correct(citizen_page)
    citizen_page.refresh()
    citizen_page.room.settle()
    citizen_page.room.settle()
    assert citizen_page.views.answers.corrected.table.rowCount() == 1


def test_days_are_chosen_from_the_list_of_commands_and_shown_in_the_choice(citizen_page):
    whole = citizen_page.views.timeline.chart()
    command(citizen_page, "closer")
    command(citizen_page, "closer")
    near = citizen_page.views.timeline.chart()
    assert near.start > whole.start and citizen_page.views.days.value() == "part"
    command(citizen_page, "earlier")
    assert citizen_page.views.timeline.chart().start < near.start
    command(citizen_page, "later")
    command(citizen_page, "further")
    command(citizen_page, "whole")
    assert citizen_page.views.timeline.chart().start == whole.start and citizen_page.views.days.value() == "all"
    assert citizen_page.views.days.count() == 2
