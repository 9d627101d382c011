"""The picture of change per month beside combinations: order, words, what is withheld, the axis."""

from __future__ import annotations

import pytest

from progression.analysis.combinations import Progress
from progression.charts.combinations import intervals, name, ordered, stops
from progression.words import Words

DA, EN = Words("da"), Words("en")


def row(combination, mean=None, reach=0.02, near=False, citizens=31, months=214.4, caseworkers=6):
    ends = (None, None, None) if mean is None else (mean, mean - reach, mean + reach)
    return Progress(combination, near, citizens, months, caseworkers, *ends)


ROWS = (
    row("passive", -0.044), row("job+social", 0.062), row("exempt", 0.0), row("job", 0.024), row("waiting", -0.031),
    row("job+upskilling+health", 0.055), row("social", citizens=4), row("other", 0.01), row("none", 0.5),
    row("health", caseworkers=3), row("job", 0.3, near=True),
)  # fmt: skip


def test_rows_stand_in_the_order_of_the_kinds_whatever_their_figures():
    chart = intervals(ROWS, DA)
    assert [one.label for one in chart.rows] == [
        "Job + opkvalificering + helbred", "Job + social", "Job alene", "Helbred alene", "Social alene", "Andet alene",
        "Ventetid", "Fritaget", "Passiv uden ventetid",
    ]  # fmt: skip
    worse = [row(one.combination, -(one.mean or 0.1)) for one in reversed(ROWS) if not one.near_end]
    assert [one.label for one in intervals(worse, DA).rows] == [one.label for one in chart.rows]


def test_a_row_says_its_figures_and_what_stands_behind_them():
    chart = intervals(ROWS, DA)
    told = chart.rows[1]
    assert told.text == "Job + social: +0,062 (+0,042 til +0,082), 31 borgere, 214 måneder, 6 sagsbehandlere."
    assert (told.figure, told.numbers, told.filled) == ("+0,062 (+0,042 til +0,082)", ("31", "214"), True)
    assert not chart.rows[7].filled
    assert chart.table.rows[1] == ("Job + social", ("+0,062", "+0,042 til +0,082", "31", "214"))
    assert intervals(ROWS, EN).rows[1].text == (
        "Job + social: +0.062 (+0.042 to +0.082), 31 citizens, 214 months, 6 caseworkers."
    )


def test_what_is_withheld_is_nowhere_in_the_picture():
    chart = intervals((row("social", citizens=4, months=77.0), row("health", caseworkers=3, citizens=88)), DA)
    health, social = chart.rows
    assert social.text == "Social alene: ikke vist, under 5 borgere."
    assert health.text == "Helbred alene: ikke vist, under 4 sagsbehandlere."
    assert chart.table.rows[0] == ("Helbred alene", ("Ikke vist, under 4 sagsbehandlere", "–", "–", "–"))
    everything = repr(chart)
    assert "77" not in everything and "88" not in everything


@pytest.mark.parametrize("w", [DA, EN])
def test_the_words_say_what_goes_together_and_never_what_works(w):
    chart = intervals(ROWS, w)
    assert all(one.text in chart.alt for one in chart.rows) and chart.caption in chart.alt
    text = chart.alt.lower()
    assert ("hænger sammen, ikke hvad der virker" if w is DA else "goes together, not what works") in text
    for word in ("effekt", "effect", "skyldes", "because", "cause"):
        assert word not in text
    lower = intervals(ROWS, w, better=-1)
    assert lower.caption.startswith(("På denne skala", "On this scale"))


@pytest.mark.parametrize("reach", [0.001, 0.02, 0.3, 2.5])
def test_the_axis_holds_everything_and_nothing_at_its_place(reach):
    chart = intervals((row("job", 0.03, reach), row("passive", -0.04, reach)), DA)
    for one in chart.rows:
        assert chart.low <= one.low <= one.value <= one.high <= chart.high
    values = [value for value, _ in chart.ticks]
    assert 0 in values and dict(chart.ticks)[0] == "0"
    assert 3 <= len(values) <= 8 and chart.share(chart.low) == 0 and chart.share(chart.high) == 1


def test_months_before_a_stop_are_a_picture_of_their_own():
    chart = intervals(ROWS, DA, near_end=True)
    assert [one.label for one in chart.rows] == ["Job alene"] and "stoppede" in chart.title
    assert stops(chart)[0][0].text == chart.rows[0].text


def test_nobody_at_all():
    chart = intervals((), DA)
    assert chart.rows == () and chart.table.rows == () and "Ingen er vurderet to gange" in chart.alt
    assert ordered(()) == [] and stops(chart) == ()
    assert name(EN, "other") == "Other alone"
