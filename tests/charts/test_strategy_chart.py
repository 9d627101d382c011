"""The offer strategy as a description: who gets what, when, what beside it, and how often somebody talks."""

from __future__ import annotations

from datetime import date

import pytest

from progression.casework import categories
from progression.casework.types import intervention_types
from progression.charts.strategy import LEAST_WEEKS, strategy
from progression.words import Words

TYPES = intervention_types()
DAY = date(2026, 11, 19)
FOUND = categories.shipped()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", categories.SHIPPED)
def test_every_set_is_told_whole(name, language):
    w = Words(language)
    value = strategy(FOUND[name], TYPES, DAY, w)
    assert [row.name for row in value.rows] == [w.pick(one.name) for one in FOUND[name].on(DAY)]
    for row, one in zip(value.rows, FOUND[name].on(DAY), strict=True):
        assert row.text in value.alt
        wanted = sum(1 + bool(step.parallel) for step in one.expected)
        assert len(row.steps) == wanted
        for step in one.expected:
            for code in (*step.types, *step.parallel):
                assert w.pick(TYPES[code].name) in row.text
        assert bool(row.talks) == bool(one.rhythm)
        assert list(row.talks) == sorted(set(row.talks))
        assert all(0 < week <= value.weeks for week in row.talks)


def test_conversations_follow_the_rhythm_and_its_change():
    value = strategy(FOUND["halsnaes"], TYPES, DAY, Words("da"))
    support = next(row for row in value.rows if row.name == "Behov for støtte")
    assert support.talks[:3] == (4, 8, 12)
    assert "fra uge 26" in support.rhythm
    assert value.weeks == LEAST_WEEKS
    assert [step.beside for step in support.steps] == [False, False, True]


def test_a_type_that_is_gone_is_named_by_its_code_and_old_categories_are_left_out():
    value = strategy(FOUND["horsens"], {}, DAY, Words("da"))
    assert "ips" in value.rows[0].text
    assert strategy(FOUND["match"], TYPES, DAY, Words("da")).rows == ()
    assert len(strategy(FOUND["match"], TYPES, date(2013, 1, 1), Words("da")).rows) == 3


def test_a_rhythm_that_begins_later_and_a_long_limit_fit_the_axis():
    toml = """
format = 1
id = "x"
name = { da = "X", en = "X" }
[[categories]]
code = "a"
name = { da = "A", en = "A" }
rhythm = [{ from_week = 10, weeks = 5 }]
expected = [{ types = ["mentor"], by_weeks = 300 }]
"""
    value = strategy(categories.parse(toml, "x.toml"), TYPES, DAY, Words("da"))
    assert value.weeks == 104
    assert value.rows[0].talks[:2] == (15, 20)
    assert value.rows[0].steps[0].until == 300
