"""Where the parts of a picture of *Team* go."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from progression.casework.duties.timeliness import Timeliness
from progression.charts import team as pictures
from progression.ui import theme
from progression.ui.team.ink import drawing
from progression.ui.timeline.ink import Ink
from progression.words import Words
from progression.words import team as said

DAY = dt.date(2026, 10, 1)


@pytest.mark.parametrize("left_out", range(8))
def test_the_longest_name_of_a_bar_is_on_one_line(look, qtbot, left_out):
    chart = pictures.met([Timeliness(next(iter(said.SORTS)), 4, 1, 1, (4, 1, 1))], DAY, Words("da"))

    def high(name):
        bars = (replace(chart.bars[0], label=name),)
        return drawing(replace(chart, bars=bars), Ink(theme.current()), 900.0).height

    name = "Opfølgning på beslutninger"
    assert high(name[: len(name) - left_out]) == high("Et")
