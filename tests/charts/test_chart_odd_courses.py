"""Whatever a course holds, its chart can be drawn: nothing outside the axis, nothing on top of another."""

from __future__ import annotations

from itertools import combinations

import karsten
import odd_courses
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progression.charts.builder import citizen_chart
from progression.charts.multiples import indicator_charts
from progression.words import Words

SLOW_TO_MAKE = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW_TO_MAKE)
@given(
    odd_courses.cases(),
    st.none() | odd_courses.flags,
    st.sampled_from(["da", "en"]),
    st.sampled_from([None, "netvaerk", "arbejdsidentitet"]),
    st.none() | odd_courses.days,
    st.none() | odd_courses.days,
)
def test_no_course_is_too_odd_to_draw(case, flag, language, indicator, start, end):
    course, trajectory = case
    w = Words(language)
    chart = citizen_chart(
        course, karsten.BIP, trajectory, karsten.TYPES, karsten.NAMES, karsten.TODAY, w,
        flag=flag, indicator=indicator, start=start, end=end,
    )  # fmt: skip
    assert chart.start < chart.end
    assert len({len(row) for row in chart.table}) == 1
    assert chart.title and chart.alt
    for strip in chart.strips:
        assert all(chart.start <= bar.start <= bar.end <= chart.end for bar in strip.bars)
        assert all(chart.start <= mark.day <= chart.end for mark in strip.marks)
        assert all(bar.lane < strip.lanes for bar in strip.bars)
        for one, other in combinations(strip.bars, 2):
            assert one.lane != other.lane or one.end < other.start or other.end < one.start
    for line in chart.series:
        assert [s.day for s in line.samples] == sorted({s.day for s in line.samples})
        assert all(chart.start <= s.day <= chart.end for s in line.samples)
    assert all(chart.start <= shade.start <= shade.end <= chart.end for shade in chart.shades)
    assert len(indicator_charts(course, karsten.BIP, trajectory, karsten.TODAY, w, start=start, end=end)) == 11
