"""The pictures of a team as descriptions: figures, words, tables, and what a document withholds."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from progression.casework.duties.timeliness import Timeliness
from progression.casework.passive_days import DayShare
from progression.charts.bars import spread, stops
from progression.charts.team import Held, caseloads, met, unused
from progression.charts.tokens import THEMES
from progression.words import Words

DA, EN = Words("da"), Words("en")
OCT, NOV = dt.date(2026, 10, 31), dt.date(2026, 11, 19)


def texts(chart):
    """Everything a picture says."""
    table = [cell for _head, cells in chart.table.rows for cell in cells]
    told = [stop.text for row in stops(chart) for stop in row]
    rows = getattr(chart, "bars", None) or getattr(chart, "rows", ())
    labels = [getattr(row, "figure", "") for row in rows] + [n for row in rows for n in getattr(row, "numbers", ())]
    ends = [layer.end for layer in getattr(chart, "layers", ())]
    return [chart.alt, *table, *told, *labels, *ends]


# without an active intervention


def test_shares_by_month_with_labels_at_the_last_one():
    chart = unused((DayShare(OCT, 100, 20, 10, 9), DayShare(NOV, 100, 17, 11, 6)), DA)
    assert [bar.figure for bar in chart.bars] == ["39", "34"]
    assert [layer.end for layer in chart.layers] == ["Passiv 17 %", "Ventetid 11 %", "Fritaget 6 %"]
    assert chart.top == pytest.approx(0.4) and chart.ticks[-1] == (pytest.approx(0.4), "40 %")
    assert chart.bars[1].length == pytest.approx(0.34)
    assert "39 % i oktober 2026, 34 % i november 2026" in chart.alt
    assert chart.table.rows[1] == (
        "november 2026", ("100", "34 %", "17 %, 17 borgere", "11 %, 11 borgere", "6 %, 6 borgere")
    )  # fmt: skip
    assert [[stop.opens for stop in bar] for bar in stops(chart)] == [["", "", ""], ["passive", "waiting", "exempt"]]
    assert stops(chart)[0][1].text == "oktober 2026, ventetid: 10 %, 10 borgere"


def test_nobody_at_all():
    for days in ((), (DayShare(NOV, 0, 0, 0, 0),)):
        for w in (DA, EN):
            chart = unused(days, w)
            assert chart.alt.endswith((": intet at vise.", ": nothing to show."))
            assert all(bar.length == 0 for bar in chart.bars)
    assert unused((DayShare(NOV, 0, 0, 0, 0),), DA).bars[0].parts[0].text == "november 2026, passiv: ingen borgere"


def test_everybody_without_is_a_full_bar():
    chart = unused((DayShare(NOV, 7, 7, 0, 0),), EN)
    assert chart.top == pytest.approx(1.0)
    assert chart.bars[0].figure == "100"


def test_a_document_tells_nothing_about_a_few():
    days = (DayShare(OCT, 4, 2, 1, 1), DayShare(NOV, 97, 30, 3, 24))
    window, document = unused(days, DA), unused(days, DA, document=True)
    assert [part.value for part in window.bars[0].parts] == [0.5, 0.25, 0.25]
    assert [part.withheld for part in window.bars[1].parts] == [False, True, True]
    assert [part.value for part in document.bars[0].parts] == [None, None, None]
    assert document.bars[1].parts[0].value == pytest.approx(30 / 97)
    assert document.bars[0].figure == ""
    told = " ".join(texts(document))
    assert not re.search(r"\b3 borgere|24 borgere|\b25 %|\b3 %", told)
    assert "Ikke vist, under 5 borgere" in told and document.layers[1].end == "Ventetid"


# duties


def rows():
    return (
        Timeliness("conversations", 214, 9, 6, (150, 9, 6)),
        Timeliness("interventions", 17, 1, 1, (17, 1, 1)),
    )  # fmt: skip


def test_duties_lie_in_rows_with_their_numbers():
    chart = met(rows(), dt.date(2026, 10, 1), DA)
    assert chart.title == "Frister i oktober 2026" and chart.note == "kontrollér gældende lov"
    assert [bar.label for bar in chart.bars] == ["Samtaler", "Første indsats"]
    assert chart.bars[0].figure == "93 %" and chart.bars[0].numbers == ("214", "9", "6")
    assert stops(chart)[0][2].text == "Samtaler, mangler: 6 af 229"
    assert stops(chart)[0][2].opens == "conversations:overdue"
    assert chart.bars[0].length == pytest.approx(1.0)


def test_a_document_withholds_a_few_duties_and_what_would_tell_them():
    chart = met(rows(), dt.date(2026, 10, 1), EN, document=True)
    assert chart.bars[1].numbers == ("–", "–", "–") and chart.bars[1].figure == ""
    assert stops(chart)[1][1].text == "First intervention, late: Not shown, under 5 citizens"
    assert stops(chart)[1][0].text == "First intervention, in time: Not shown"
    assert chart.bars[0].numbers == ("214", "9", "6")


def test_nothing_was_due():
    chart = met((), dt.date(2026, 10, 1), DA)
    assert chart.caption == "Ingen frister." and chart.table.rows == () and stops(chart) == ()


# caseloads


def test_over_and_under_the_norm_in_words_and_shape():
    held = [Held("a", "Anders", 47, 40, 55), Held("b", "Bo", 58, 40, 55), Held("c", "Carl", 30, 40, 55)]
    chart = caseloads(held, DA)
    assert [dot.figure for dot in chart.rows] == ["47", "58, over normen", "30, under normen"]
    assert [(dot.marker, dot.filled) for dot in chart.rows] == [("circle", True), ("diamond", False), ("circle", False)]
    assert [dot.label for dot in chart.rows] == ["Anders", "Bo", "Carl"]  # as given, never by size
    assert chart.low <= 30 < 58 <= chart.high
    assert {40.0, 55.0} <= {value for value, _label in chart.ticks}
    assert stops(chart)[1][0].text == "Bo: 58 borgere, norm 40–55, over normen"


def test_norms_of_their_own_and_none():
    chart = caseloads([Held("a", "A", 10, 12, 12), Held("b", "B", 20, 40, 55), Held("c", "C", 3, None, None)], EN)
    assert chart.table.rows[0][1] == ("10", "12", "under the norm")
    assert chart.table.rows[2][1] == ("3", "–", "–")
    assert [label for _value, label in chart.ticks] == sorted((t[1] for t in chart.ticks), key=float)
    document = caseloads([Held("c", "C", 3, 40, 55)], EN, document=True)
    assert document.rows[0].value is None and not re.search(r"\b3\b", " ".join(texts(document)))


def test_no_colleagues():
    chart = caseloads([], DA)
    assert chart.rows == () and chart.caption and chart.share(30) == pytest.approx(0.5)


def test_every_colour_is_a_token_of_every_theme():
    charts = [unused((DayShare(NOV, 9, 3, 3, 3),), DA), met(rows(), OCT, DA)]
    used = {token for chart in charts for layer in chart.layers for token in (layer.token, layer.edge)}
    used |= {dot.token for dot in caseloads([Held("a", "A", 99, 40, 55), Held("b", "B", 45, 40, 55)], DA).rows}
    for theme in THEMES.values():
        assert used <= set(theme)


# places


def test_labels_stand_apart_and_within():
    assert spread([], 10, 0, 100) == []
    assert spread([90, 88, 20], 10, 0, 100) == [90, 80, 20]
    assert spread([5, 4, 3], 10, 0, 100) == [20, 10, 0]
    crowded = spread([50, 50, 50], 80, 0, 100)
    assert max(crowded) <= 100 and min(crowded) >= 0 and len(set(crowded)) == 3
