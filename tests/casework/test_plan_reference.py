"""The plan as of a day against a slow, obvious reading of its rows."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from progression.casework.plan import OVER, changes, hold_changes, is_hold, items, standing
from progression.casework.values import PlanItem

START = dt.date(2026, 1, 1)
DAYS = 30


@st.composite
def plans(draw):
    rows = []
    for n in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(["", "goal", "goal", "agreement"]))
        rows.append(
            PlanItem(
                "c",
                START + dt.timedelta(draw(st.integers(0, DAYS))),
                goal=draw(st.sampled_from(["Fastholde", "Et job"])) if kind != "agreement" else "",
                agreement="Ringe" if kind == "agreement" else "",
                status=draw(st.sampled_from(["", "open", "done", "dropped"])),
                kind=kind,
                id=draw(st.sampled_from(["", "a", "b"])) if kind else "",
                aim=draw(st.sampled_from(["", "hold", "move"])) if kind == "goal" else "",
                event=f"e{n}",
            )
        )
    return rows


def held(rows, day):
    """Row by row, as a person would read it: the last word of every goal, then the latest that still stands."""
    last = {}
    for row in sorted(rows, key=lambda r: (r.date, r.event)):
        if row.date <= day and row.kind != "agreement":
            last[row.kind == "", row.id or row.event] = row
    stands = [row for row in last.values() if row.status not in OVER]
    if not stands:
        return False
    goal = max(stands, key=lambda r: (r.date, r.event))
    return goal.aim == "hold" if goal.aim else "fasthold" in goal.goal.casefold()


@given(plans())
def test_when_the_level_is_held_agrees_with_reading_every_day(rows):
    found = hold_changes(rows)
    assert list(found) == sorted(found) and all(a[1] != b[1] for a, b in pairwise(found))
    for n in range(-1, DAYS + 2):
        day = START + dt.timedelta(n)
        state = next((hold for moment, hold in reversed(found) if moment <= day), False)
        assert state == held(rows, day)
        goal = standing(rows, day).goal
        assert state == (goal is not None and is_hold(goal.now))


@given(plans(), st.integers(0, DAYS), st.integers(0, DAYS))
def test_changes_between_two_days_are_those_of_the_whole_in_between(rows, one, other):
    first, last = (START + dt.timedelta(n) for n in sorted((one, other)))
    whole = changes(rows, None, last)
    assert changes(rows, first, last) == tuple(c for c in whole if c.day > first)
    assert len(whole) == sum(1 + len(item.earlier) for item in items(rows, last))
