"""How everybody stood at the end of each month, against each citizen's own phases; and which counts are withheld."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from progression.casework import timeline
from progression.casework.passive import LEAST, Case
from progression.casework.passive_days import ABSENT, DayShare, month_days, shares, states
from progression.casework.values import Intervention, InterventionType
from progression.casework.withheld import small

TODAY = dt.date(2026, 11, 19)
TYPES = {
    "mentor": InterventionType("mentor", {"da": "Mentor"}, "social", True, ""),
    "venter": InterventionType("venter", {"da": "Venter"}, "none", False, "waiting"),
    "fritaget": InterventionType("fritaget", {"da": "Fritaget"}, "none", False, "exempt"),
    "andet": InterventionType("andet", {"da": "Andet"}, "none", False, ""),
}
DAYS = st.integers(0, 500)
ROWS = st.lists(st.tuples(DAYS, DAYS, st.sampled_from(sorted(TYPES)), st.booleans()), max_size=6)


def case(rows, start, closed=None):
    kinds = {code: timeline.kind_of(one) for code, one in TYPES.items()}
    made = [(i.start.toordinal(), (i.end or dt.date.max).toordinal(), kinds[i.type]) for i in rows]
    return Case(made, start.toordinal(), (closed or TODAY).toordinal(), closed is None)


def test_the_days_are_the_last_of_each_month_and_today():
    assert month_days(TODAY, 3) == (dt.date(2026, 9, 30), dt.date(2026, 10, 31), TODAY)
    assert month_days(dt.date(2026, 1, 31), 2) == (dt.date(2025, 12, 31), dt.date(2026, 1, 31))
    assert len(month_days(TODAY, 12)) == 12


@given(ROWS, DAYS, st.none() | DAYS)
def test_a_case_stands_as_its_own_phases_say(rows, since, closed):
    start = TODAY - dt.timedelta(days=since)
    end = TODAY - dt.timedelta(days=closed) if closed is not None and closed < since else None
    made = [
        Intervention("c", str(n), kind, TODAY - dt.timedelta(days=max(a, b)),
                     end=None if open_ else TODAY - dt.timedelta(days=min(a, b)))
        for n, (a, b, kind, open_) in enumerate(rows)
    ]  # fmt: skip
    days = month_days(TODAY, 12)
    found = states(case(made, start, end), [day.toordinal() for day in days])
    phases = timeline.phases(made, TYPES, start, end or TODAY, running=end is None)
    for day, state in zip(days, found, strict=True):
        slow = timeline.phase_on(phases, day, causal=False) if start <= day <= (end or TODAY) else None
        assert (timeline.STATES[state] if state != ABSENT else None) == (slow.state if slow else None)


def test_nobody_and_a_crowd_are_counted():
    days = month_days(TODAY, 2)
    assert shares([], days) == (DayShare(days[0], 0, 0, 0, 0), DayShare(days[1], 0, 0, 0, 0))
    rows = [bytes([0, 1])] * 7 + [bytes([ABSENT, 2])] * 3 + [bytes([3, ABSENT])]
    first, last = shares(rows, days)
    assert (first.there, first.passive, first.waiting, first.exempt, first.active) == (8, 0, 0, 1, 7)
    assert (last.there, last.without, last.active) == (10, 10, 0)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_what_is_withheld_cannot_be_reckoned_from_the_rest(counts):
    few = small(counts)
    hidden = sum(count for count, one in zip(counts, few, strict=True) if one)
    assert all(one for count, one in zip(counts, few, strict=True) if 0 < count < LEAST)
    if sum(counts) < LEAST:
        assert all(few) or not sum(counts)
    else:
        assert hidden == 0 or (hidden >= LEAST and sum(few) >= 2)


def test_that_there_is_nobody_is_no_secret():
    assert small((0, 0, 0)) == (False, False, False)
    assert small((20, 0, 3)) == (True, False, True)
    assert small((20, 4, 3)) == (False, True, True)
    assert small((20, 1, 1)) == (True, True, True)
