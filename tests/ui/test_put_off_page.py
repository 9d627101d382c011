"""Not today, on a citizen's page; and what happened, as a table beside the answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from test_citizen_page import CitizenRoom

from progression.store import queries
from progression.ui.citizen import CitizenPage
from progression.ui.talk_panels import PutOff

DAY = timedelta(days=1)


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


def conversations(page):
    found = []
    page.room.context.run(lambda session: queries.course(session.vault, "k").conversations, done=found.append)
    page.room.settle()
    return found[0]


def open_panel(page) -> PutOff:
    buttons = page.side.overview().findChildren(QAbstractButton)
    next(one for one in buttons if one.text() == "Ikke i dag").click()
    page.room.settle()
    assert isinstance(page.side.panel, PutOff)
    return page.side.panel


def test_a_conversation_is_put_off_with_a_reason(page):
    panel, to = open_panel(page), page.value.today + 12 * DAY
    panel.because.setText("Har fået influenza")
    panel.to.put(to)
    panel.save.click()
    page.room.settle()
    page.room.settle()
    off = [one for one in conversations(page) if one.put_off_to]
    assert [(one.status, one.put_off_to, one.outcome) for one in off] == [("cancelled", to, "Har fået influenza")]
    assert [one.date for one in conversations(page) if one.status == "planned" and one.date == to] == [to]


def test_without_a_reason_the_field_says_so_and_what_was_typed_is_kept(page):
    panel, to = open_panel(page), page.value.today + 12 * DAY
    before = conversations(page)
    panel.to.put(to)
    panel.save.click()
    page.room.settle()
    assert page.side.panel is panel and panel.fields["outcome"].findChildren(QLabel)[-1].isVisible()
    assert panel.to.read()[0] == to and conversations(page) == before


def test_the_table_view_has_what_the_picture_has_besides_its_curve(page):
    page.views.show_view("table")
    model = page.views.answers.happened.table
    told = [str(model.index(row, 2).data()) for row in range(model.rowCount())]
    chart = page.views.timeline.chart()
    drawn = [mark.text for strip in chart.strips for mark in strip.marks]
    drawn += [bar.text or bar.label for strip in chart.strips for bar in strip.bars]
    assert drawn and set(drawn) <= set(told) and page.views.answers.happened.isVisible()
