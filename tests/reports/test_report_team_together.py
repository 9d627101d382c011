"""A report about everybody beside those of its teams: nothing a team withholds can be reckoned by subtraction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from team_cases import NOBODY, row

from progression.casework.duties.timeliness import Timeliness
from progression.casework.passive import LEAST
from progression.casework.passive_days import DayShare
from progression.casework.withheld import small
from progression.reports import team_words
from progression.reports.team_figures import Count, part_of, told, whole_of
from progression.reports.team_together import beside
from progression.words import Words

KINDS = ("regression", "stagnation", "missing")
DAY = date(2026, 10, 31)


def counts(values, keys=KINDS):
    return tuple(Count(key, n, n) for key, n in zip(keys, values, strict=True) if n)


def team(name, flags, states=(20, 10, 5, 30), due=(9, 9, 9), size=65):
    return replace(
        NOBODY, team=name, citizens=size, open_flags=counts(flags), flags_total=Count("", sum(flags), sum(flags)),
        shares=(DayShare(DAY, sum(states), *states[:3]),),
        timeliness=(Timeliness("conversations", *due, tuple(due)),) if any(due) else (),
    )  # fmt: skip


def everybody(*teams):
    """The sum of some teams."""
    flags = [sum(one.n for t in teams for one in t.open_flags if one.key == key) for key in KINDS]
    states = [sum(column) for column in zip(*(t.shares[0].counts for t in teams), strict=True)]
    due = [sum(column) for column in zip(*(t.timeliness[0].citizens for t in teams if t.timeliness), strict=True)]
    return team(None, flags, states, due or (0, 0, 0), sum(t.citizens for t in teams))


def test_a_figure_of_one_team_is_not_reckoned_from_everybody_s():
    west, east = team("Vest", (9, 8, 7)), team("Øst", (9, 8, 3))
    assert told(east.open_flags) == [9, None, None]
    whole = beside(everybody(west, east), (west, east))
    assert told(whole.open_flags) == [18, None, None]  # 16 - 8 would be Øst's 8, and then its 3
    assert whole_of(whole.flags_total) == 44 and whole_of(west.flags_total) == 24
    assert told(everybody(west, east).open_flags) == [18, 16, 10]  # it alone could have told them


def test_two_teams_that_withhold_hide_each_other():
    west, east = team("Vest", (9, 4, 3)), team("Øst", (9, 3, 4))
    whole = beside(everybody(west, east), (west, east))
    assert told(whole.open_flags) == [18, 7, 7]


def test_a_sum_that_is_withheld_is_not_told_by_its_parts():
    west, east = team("Vest", (9, 0, 8)), team("Øst", (3, 0, 0))
    whole = beside(everybody(west, east), (west, east))
    assert whole_of(whole.flags_total) is None and told(whole.open_flags) == [None, None]


def test_a_sum_alone_takes_a_part_with_it():
    west, east, south = team("Vest", (9, 9, 0)), team("Øst", (2, 0, 0)), team("Syd", (3, 2, 0))
    whole = beside(everybody(west, east, south), (west, east, south))
    assert whole_of(whole.flags_total) is not None or None in told(whole.open_flags)


def test_those_without_a_team_have_no_report_but_are_few_all_the_same():
    west, east, none = team("Vest", (9, 9, 9)), team("Øst", (9, 9, 9)), team("", (2, 9, 0))
    whole = beside(everybody(west, east, none), (west, east, none))
    shown = dict(zip((one.key for one in whole.open_flags), told(whole.open_flags), strict=True))
    # their 2 would be left of 20; their 9 are left of 27, which is no secret, for nothing of theirs hangs on it
    assert shown == {"regression": None, "stagnation": 27, "missing": None}


def test_shares_and_duties_and_means_follow_the_same_rule():
    west = replace(team("Vest", (9, 9, 9), (20, 10, 9, 30), (30, 9, 9)), progress=(row("job", 0.02, citizens=12),))
    east = replace(team("Øst", (9, 9, 9), (20, 10, 2, 30), (30, 9, 2)), progress=(row("job", citizens=3),))
    whole = replace(everybody(west, east), progress=(row("job", 0.03, citizens=15),))
    found = beside(whole, (west, east))
    assert found.shares[0].hidden == (False, True, True, False)
    assert found.timeliness[0].hidden == (False, True, True)
    assert found.progress[0].withheld
    assert beside(replace(whole, progress=(row("job", 0.03, citizens=15),)), (west, west)).progress[0].mean == 0.03


def test_one_team_is_everybody():
    west = team("Vest", (9, 8, 3))
    assert beside(everybody(west), (west,)) == everybody(west)


FLAGS = st.tuples(*[st.integers(0, 12)] * 3)
STATES = st.tuples(*[st.integers(0, 12)] * 4)


@settings(max_examples=200)
@given(st.lists(st.tuples(FLAGS, STATES, st.tuples(*[st.integers(0, 12)] * 3)), min_size=2, max_size=4))
def test_no_figure_of_a_team_is_left_alone(drawn):
    teams = [team(f"Team {n}", *one) for n, one in enumerate(drawn)]
    whole = beside(everybody(*teams), teams)
    columns = []
    for key in KINDS:
        cells = []
        for one in teams:
            mine = dict(zip((c.key for c in one.open_flags), told(one.open_flags), strict=True))
            cells.append((next((c.citizens for c in one.open_flags if c.key == key), 0), mine.get(key, 0) is None))
        shown = dict(zip((c.key for c in whole.open_flags), told(whole.open_flags), strict=True))
        columns.append((shown.get(key, 0) is not None, cells))
    for place in range(4):
        cells = [(t.shares[0].counts[place], small(t.shares[0].counts)[place]) for t in teams]
        columns.append((not small(whole.shares[0].counts, whole.shares[0].hidden)[place], cells))
    sums = [(t.flags_total.citizens, whole_of(t.flags_total) is None) for t in teams]
    columns.append((whole_of(whole.flags_total) is not None, sums))
    for is_told, cells in columns:
        left = [count for count, hidden in cells if hidden and count]
        assert not is_told or not left or (len(left) > 1 and sum(left) >= LEAST)
    if whole_of(whole.flags_total) is None and any(one.n for one in whole.open_flags):
        assert None in told(whole.open_flags)


@pytest.mark.parametrize(("language", "hidden"), [("da", "Ikke vist"), ("en", "Not shown")])
def test_the_report_says_that_it_is_not_shown(language, hidden):
    west, east = team("Vest", (9, 8, 37)), team("Øst", (9, 8, 3))
    w = Words(language)
    found = beside(everybody(west, east), (west, east))
    cells = [cells for _name, cells in team_words.open_flags(found, w).rows]
    assert cells == [("18",), (hidden,), (hidden,)]
    assert part_of(replace(found.long_waiting, hidden=True), 9) is None
    asked = [" ".join(team_words.method(replace(found, team=one), w)) for one in (None, "Vest")]
    told_ = w.t("A figure is not shown either where one team's could be reckoned from it and the other teams'.")
    assert told_ in asked[0] and told_ not in asked[1]
