"""Not today, on a citizen's page; and what happened, as a table beside the answers."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QAbstractButton, QLabel

from progression.store import queries
from progression.ui.panels.talk import PutOff

DAY = timedelta(days=1)


def conversations(citizen_page):
    found = []
    citizen_page.room.context.run(lambda session: queries.course(session.vault, "k").conversations, done=found.append)
    citizen_page.room.settle()
    return found[0]


def open_panel(citizen_page) -> PutOff:
    buttons = citizen_page.side.overview().findChildren(QAbstractButton)
    next(one for one in buttons if one.text() == "Ikke i dag").click()
    citizen_page.room.settle()
    assert isinstance(citizen_page.side.panel, PutOff)
    return citizen_page.side.panel


def test_a_conversation_is_put_off_with_a_reason(citizen_page):
    panel, to = open_panel(citizen_page), citizen_page.value.today + 12 * DAY
    panel.because.setText("Har fået influenza")
    panel.to.put(to)
    panel.save.click()
    citizen_page.room.settle()
    citizen_page.room.settle()
    off = [one for one in conversations(citizen_page) if one.put_off_to]
    assert [(one.status, one.put_off_to, one.outcome) for one in off] == [("cancelled", to, "Har fået influenza")]
    assert [one.date for one in conversations(citizen_page) if one.status == "planned" and one.date == to] == [to]


def test_without_a_reason_the_field_says_so_and_what_was_typed_is_kept(citizen_page):
    panel, to = open_panel(citizen_page), citizen_page.value.today + 12 * DAY
    before = conversations(citizen_page)
    panel.to.put(to)
    panel.save.click()
    citizen_page.room.settle()
    assert citizen_page.side.panel is panel and panel.fields["outcome"].findChildren(QLabel)[-1].isVisible()
    assert panel.to.read()[0] == to and conversations(citizen_page) == before


def test_the_table_view_has_what_the_picture_has_besides_its_curve(citizen_page):
    citizen_page.views.show_view("table")
    model = citizen_page.views.answers.happened.table
    told = [str(model.index(row, 2).data()) for row in range(model.rowCount())]
    chart = citizen_page.views.timeline.chart()
    drawn = [mark.text for strip in chart.strips for mark in strip.marks]
    drawn += [bar.text or bar.label for strip in chart.strips for bar in strip.bars]
    assert drawn and set(drawn) <= set(told) and citizen_page.views.answers.happened.isVisible()
