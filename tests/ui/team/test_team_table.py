"""Columns beside each other where there is room for them, two lines each where there is not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from progression.ui.kit import scrolled
from progression.ui.team.table import GAP, Column, TableHead, TableRow, places

COLUMNS = (Column("Kollega", 150), Column("Borgere", 70, figures=True), Column("Norm", 100))


def test_what_is_left_over_is_shared(look):
    found = places(COLUMNS, 2 * (150 + 70 + 100) + 2 * GAP)
    assert [wide for _left, wide in found] == [300, 140, 200]
    assert [left for left, _wide in found] == [0, 300 + GAP, 440 + 2 * GAP]


@pytest.mark.parametrize(("width", "percent"), [(320, 100), (500, 200)])
def test_where_they_do_not_fit_a_row_is_two_lines_and_the_head_goes(look, qtbot, width, percent):
    look(percent=percent)
    head, row = TableHead(COLUMNS), TableRow(COLUMNS, ("Mette", "15", "45"), "Mette", "15 borgere, norm 45")
    for one in (head, row):
        qtbot.addWidget(one)
    assert places(COLUMNS, width) == ()
    assert head.heightForWidth(width) == 1
    assert row.heightForWidth(width) > 0
    row.resize(width, row.heightForWidth(width))
    assert not row.grab().isNull()


def test_rows_that_fit_beside_each_other_leave_nothing_to_scroll_through(look, qtbot):
    wide = (*COLUMNS, Column("Hvad der blev set", 400))  # wider than a widget is before it is laid out
    inside = QWidget()
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(TableHead(wide))
    rows = [TableRow(wide, ("Mette", "15", "45", "Godt"), "Mette", "15 borgere, norm 45. " * 9) for _n in range(14)]
    for row in rows:
        box.addWidget(row)
    box.addStretch(1)
    area = scrolled(inside)
    qtbot.addWidget(area)
    area.resize(1000, 15 * rows[0].heightForWidth(1000) + 40)
    area.show()
    qtbot.waitUntil(lambda: rows[-1].width() == 1000)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)


def test_a_long_cell_makes_the_row_higher(look, qtbot):
    short = TableRow(COLUMNS, ("Mette", "15", "45"), "Mette", "15 borgere")
    long = TableRow(COLUMNS, ("Mette", "15", "en norm, der er skrevet med mange ord og fylder"), "Mette", "15 borgere")
    for one in (short, long):
        qtbot.addWidget(one)
    assert long.heightForWidth(600) > short.heightForWidth(600)
    assert short.accessibleName() == "Mette, 15 borgere"
