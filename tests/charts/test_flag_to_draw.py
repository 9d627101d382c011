"""Which attention point a chart draws: what is drawn first, then anything; never one that does not stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from progression.analysis.values import Flag
from progression.casework.values import Phase
from progression.charts.builder import flag_to_draw

DAY = date(2026, 3, 1)
WHOLE = Flag(
    "a", "c", "H1", "bip", "regression", None, "both", Phase("passive", DAY, None), DAY,
    3.4, 2.7, -0.7, 0.2, 0.4, 3.5, "start",
)  # fmt: skip
ITEM = replace(WHOLE, id="b", indicator="hverdagsmestring")


def test_the_point_about_what_is_drawn_comes_first() -> None:
    assert flag_to_draw([ITEM, WHOLE]) == WHOLE
    assert flag_to_draw([WHOLE, ITEM], "hverdagsmestring") == ITEM
    assert flag_to_draw([ITEM]) == ITEM


def test_what_does_not_stand_or_moved_nothing_is_not_drawn() -> None:
    settled = [replace(WHOLE, status="decided"), replace(WHOLE, status="withdrawn")]
    unmoved = [replace(WHOLE, kind="stagnation"), replace(WHOLE, kind="disagreement"), replace(WHOLE, kind="missing")]
    assert flag_to_draw([*settled, *unmoved]) is None
