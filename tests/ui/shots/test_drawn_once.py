"""What makes a page switch slow is counted, not timed: a chart is drawn once, and nobody else's before it."""

from __future__ import annotations

import pytest


@pytest.fixture
def drawn(monkeypatch):
    from progression.ui.timeline.plot import Canvas

    charts = []
    real = Canvas.lay

    def lay(canvas, chart, *more):
        charts.append(chart)
        return real(canvas, chart, *more)

    monkeypatch.setattr(Canvas, "lay", lay)
    return charts


def test_opening_a_citizen_draws_one_chart_once(unlocked, settled, drawn):
    window = unlocked()
    first, second = [row.citizen for row in window.shell.page("today").value.rows][:2]
    window.context.go("citizen", first)
    settled(window)
    page = window.shell.current()
    for citizen in (second, first):
        window.context.go("today")
        settled(window)
        drawn.clear()
        window.context.go("citizen", citizen)
        assert not page.updatesEnabled()  # the one before is not painted again
        settled(window)
        assert page.updatesEnabled()
        assert len(drawn) == 1 and drawn[0] is page.views.timeline.chart()


def test_a_slow_answer_does_not_leave_the_page_blank(unlocked, settled, qtbot, monkeypatch):
    window = unlocked()
    first = window.shell.page("today").value.rows[0].citizen
    window.context.go("citizen", first)
    settled(window)
    page = window.shell.current()
    monkeypatch.setattr(page, "refresh", lambda: None)  # the answer never comes
    page.show_for("somebody else")
    assert not page.updatesEnabled()
    qtbot.waitUntil(page.updatesEnabled)


def test_the_names_opened_last_are_not_made_again(unlocked, settled):
    window = unlocked()
    rows = window.shell.page("today").value.rows[:2]
    for row in rows:
        window.context.opened.emit(row.citizen, row.name)
    rail = window.shell.rail
    before = [rail._recent_box.itemAt(n).widget() for n in range(rail._recent_box.count())]
    window.context.opened.emit(rows[0].citizen, rows[0].name)
    after = [rail._recent_box.itemAt(n).widget() for n in range(rail._recent_box.count())]
    assert before == after and after[0].name == rows[0].name
