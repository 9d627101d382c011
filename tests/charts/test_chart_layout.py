"""Geometry both renderers share: nothing overlaps, nothing leaves its room, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.charts import layout
from progression.charts.model import Bar, Mark, Sample, Series, Shade

DAY = date(2026, 1, 1)
spans = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 90)).map(
        lambda p: (DAY + timedelta(p[0]), DAY + timedelta(p[0] + p[1]))
    ),
    max_size=25,
)


def eight(text):
    """Every letter eight wide."""
    return 8.0 * len(text)


def line(*values, key="caseworker"):
    samples = tuple(Sample(DAY + timedelta(30 * n), v) for n, v in enumerate(values))
    return Series(key, "L", "e", samples, "cw", "cw-text", "circle")


@given(spans)
def test_lanes_hold_no_two_bars_of_one_day_and_are_as_few_as_can_be(rows):
    lanes = layout.pack(rows)
    for (one, lane), (other, next_lane) in combinations(zip(rows, lanes, strict=True), 2):
        if lane == next_lane:
            assert one[1] < other[0] or other[1] < one[0]
    deepest = max((sum(s <= day <= e for s, e in rows) for day, _ in rows), default=0)
    assert len(set(lanes)) == deepest


@given(st.lists(st.floats(-500, 500), max_size=8), st.floats(1, 60), st.floats(50, 400))
def test_labels_are_nudged_apart_in_order_and_stay_inside(wanted, gap, room):
    placed = layout.spread(wanted, gap, 0.0, room)
    step = min(gap, room / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    assert all(-1e-6 <= p <= room + 1e-6 for p in placed)
    assert all(placed[b] - placed[a] >= step - 1e-6 for a, b in pairwise(order))


def test_labels_that_have_room_stay_where_they_are():
    assert layout.spread([100.0, 10.0], 20.0, 0.0, 200.0) == [100.0, 10.0]
    assert layout.spread([50.0, 50.0], 20.0, 0.0, 200.0) == [40.0, 60.0]
    assert layout.spread([], 20.0, 0.0, 200.0) == []


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 80)), max_size=20))
def test_labels_kept_never_touch_and_the_most_important_stays(rows):
    boxes = [(left, left + width) for left, width in rows]
    importance = [n % 3 for n in range(len(boxes))]
    kept = layout.keep_apart(boxes, importance, 4.0)
    for one, other in combinations(kept, 2):
        assert boxes[one][1] + 4.0 <= boxes[other][0] or boxes[other][1] + 4.0 <= boxes[one][0]
    if boxes:
        assert importance.index(max(importance)) in kept


def test_a_text_is_cut_with_an_ellipsis_or_left_out():
    assert layout.shorten("Fysioterapi", 100.0, eight) == "Fysioterapi"
    assert layout.shorten("Fysioterapi", 60.0, eight) == "Fysiot…"
    assert layout.shorten("Fysioterapi", 20.0, eight) == ""


def test_a_bar_takes_its_short_name_before_it_is_cut():
    bar = Bar(DAY, DAY, "Fritaget fra aktivering", "", short="Fritaget")
    assert layout.bar_label(bar, 400.0, eight) == "Fritaget fra aktivering"
    assert layout.bar_label(bar, 70.0, eight) == "Fritaget"
    assert layout.bar_label(bar, 40.0, eight) == "Frit…"
    assert layout.bar_label(bar, 10.0, eight) == ""


def test_a_shading_names_itself_as_fully_as_it_can():
    shade = Shade(DAY, DAY, "passive", "hatch", "Passiv siden 1. jan. 2026", "Passiv", True)
    assert layout.shade_label(shade, 400.0, eight) == "Passiv siden 1. jan. 2026"
    assert layout.shade_label(shade, 60.0, eight) == "Passiv"
    assert layout.shade_label(shade, 20.0, eight) == ""


def test_a_word_beside_a_mark_gives_way_to_the_next_mark():
    marks = [Mark(DAY, "diamond", "Fortsæt", ""), Mark(DAY, "diamond", "Stop", "")]
    assert layout.mark_labels(marks, [0.0, 30.0], 100.0, eight) == ("", "Stop")
    assert layout.mark_labels(marks, [0.0, 60.0], 80.0, eight) == ("Fortsæt", "")
    assert layout.mark_labels([], [], 80.0, eight) == ()


@pytest.mark.parametrize("width", [90, 300, 700, 2000])
def test_today_always_stands_below_the_axis_and_no_label_on_another(chart, width):
    labels = layout.axis_labels(chart, width, eight)
    assert "i dag" in [label.text for label in labels]
    boxes = [(p.x - eight(p.text) / 2, p.x + eight(p.text) / 2) for p in labels]
    assert all(left[1] < right[0] for left, right in pairwise(boxes))


def test_today_is_not_named_outside_the_axis(chart):
    past = replace(chart, today=chart.end + timedelta(1))
    assert "i dag" not in [label.text for label in layout.axis_labels(past, 700, eight)]


def test_rows_of_strips_follow_one_another(chart):
    rows = layout.strip_rows(chart)
    assert [first for first, _ in rows] == [sum(n for _, n in rows[:k]) for k in range(len(rows))]


@pytest.mark.parametrize(("width", "height"), [(0.1, 0.2), (0.3, 0.3), (0.5, 0.5)])
def test_the_bands_own_label_touches_no_line(chart, width, height):
    place = layout.band_note(chart, width, height)
    assert place is not None
    days = (chart.end - chart.start).days
    first, last = (chart.start.toordinal() + (place.x + side * width / 2) * days for side in (-1, 1))
    assert layout.clear(chart.series, first, last, place.y - height / 2, place.y + height / 2)
    low, high = layout.value_range(chart)
    assert low <= place.y - height / 2 and place.y + height / 2 <= high


def test_the_bands_label_is_left_out_where_there_is_no_room(chart):
    assert layout.band_note(chart, 1.2, 0.3) is None
    assert layout.band_note(chart, 0.3, 4.5) is None
    assert layout.band_note(replace(chart, band=None), 0.3, 0.3) is None


def test_clear_sees_a_line_between_its_points():
    one = (line(1.0, 5.0),)
    first = DAY.toordinal()
    assert not layout.clear(one, first + 14, first + 16, 2.5, 3.5)
    assert layout.clear(one, first + 14, first + 16, 4.0, 5.0)
    assert layout.clear(one, first + 40, first + 50, 1.0, 5.0)  # after its last point
    assert layout.clear((), first, first + 9, 1.0, 5.0)


def test_equal_answers_are_nudged_apart_and_others_are_not():
    assert layout.nudge((line(3, 2), line(3, 4, key="citizen")), 0.3) == (-0.15, 0.15)
    assert layout.nudge((line(3, 2), line(4, 4, key="citizen")), 0.3) == (0.0, 0.0)
    assert layout.nudge((line(3, 2),), 0.3) == (0.0,)


def test_a_day_is_a_fraction_of_the_axis_even_when_it_has_no_length():
    assert layout.fraction(DAY, DAY, DAY) == 0.0
    assert layout.fraction(DAY + timedelta(5), DAY, DAY + timedelta(10)) == 0.5


def test_end_labels_follow_their_lines(chart):
    places = layout.end_labels(chart, 20.0, 0.0, 400.0, lambda value: value * 50)
    values = [one.samples[-1].value for one in chart.series]
    assert abs(places[0] - places[1]) >= 20.0
    assert (places[0] < places[1]) == (values[0] < values[1])
