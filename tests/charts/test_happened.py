"""What a picture shows besides its curve, as a table; where things stand by the rules; names in the plural."""

from __future__ import annotations

import re
from dataclasses import replace

import karsten
import pytest

from progression.charts.builder import citizen_chart
from progression.charts.happened import rows
from progression.charts.why import why_standing
from progression.scales.library import builtin
from progression.words import Words, flags

EN, DA = Words("en"), Words("da")


def test_the_table_holds_every_bar_and_mark_of_the_picture():
    chart = citizen_chart(
        karsten.COURSE, karsten.BIP, karsten.trajectory(), karsten.TYPES, karsten.NAMES, karsten.TODAY, DA,
        flag=karsten.FLAG, phases=karsten.PHASES,
    )  # fmt: skip
    head, *found = rows(chart, DA)
    assert head == ("Fra", "Til", "Slags", "Hvad")
    told = [(row[2], row[3]) for row in found]
    drawn = [(strip.label, bar.text or bar.label) for strip in chart.strips for bar in strip.bars]
    drawn += [(strip.label, mark.text) for strip in chart.strips for mark in strip.marks]
    drawn += [(chart.lane_label, span.label) for span in chart.lane]
    assert sorted(told) == sorted(drawn) and any("Beslutninger" in label for label, _ in told)


@pytest.mark.parametrize("w", [EN, DA])
def test_by_the_rules_there_is_no_margin(w):
    trajectory = replace(karsten.trajectory(), standing="unclear")
    why = why_standing(w, trajectory, karsten.BIP, karsten.ESTIMATES, "rules")
    assert why.gauge is None and not re.search(r"\d[.,]\d", why.reason)
    assert why_standing(w, trajectory, karsten.BIP, karsten.ESTIMATES).gauge is not None


@pytest.mark.parametrize("indicator", [one.code for one in builtin()["bip"].indicators])
@pytest.mark.parametrize("kind", ["regression", "progression"])
def test_no_verb_tells_whether_an_indicators_name_is_one_thing_or_several(indicator, kind):
    flag = replace(karsten.FLAG, indicator=indicator, kind=kind)
    for direction in ("higher", "lower"):
        scale = replace(builtin()["bip"], direction=direction)
        text, name = flags.headline(EN, flag, scale), EN.pick(scale.indicator(indicator).name)
        assert text.startswith(f"{name}: a ") and " has " not in text
        if direction == "higher":  # as the scale counts
            assert len(text.split()) <= 15 and len(flags.headline(DA, flag, scale).split()) <= 15
