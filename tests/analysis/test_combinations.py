"""Change per month with a combination: against other people's computations, by hand, and on citizens whose truth is
known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, answers, assessed, course, day
from hypothesis import given, settings
from hypothesis import strategies as st

from progression.analysis.cohort import Cohort
from progression.analysis.combinations import DAYS_A_MONTH, END_DAYS, Step, interval, progress, steps
from progression.analysis.simulate import simulate
from progression.analysis.worlds import worlds
from progression.casework import combination
from progression.casework.types import intervention_types
from progression.casework.values import DECLINED, Intervention

TYPES = intervention_types()
# statsmodels 0.15: WLS(change / months, 1, weights=months).fit(cov_type="cluster", groups=citizen, use_t=True)
CITIZEN = [0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 6, 6, 6, 7, 8, 8, 8, 8, 8, 8]
MONTHS = [
    3.5, 4.59, 4.1, 1.9, 2.2, 4.49, 1.02, 4.28, 4.19, 2.87, 2.21, 2.11, 2.02, 2.78, 3.02, 3.21, 4.98, 4.17, 3.49, 4.96,
    1.86, 1.64, 3.45, 1.18, 1.14, 3.06, 2.86,
]  # fmt: skip
CHANGE = [
    -0.32, -0.07, -0.0, -0.61, -0.19, -0.39, -0.27, 0.47, -0.27, 0.04, 0.45, -0.13, 0.06, 0.14, 0.13, -0.34, 0.18, 0.74,
    -0.42, 0.54, 0.3, 0.04, 1.1, 0.6, -0.18, 0.33, 0.53,
]  # fmt: skip


def test_statsmodels_finds_the_same():
    found = interval(np.array(CITIZEN), np.array(CHANGE), np.array(MONTHS))
    assert found == pytest.approx((0.03026574803149606, -0.03465993, 0.09519143), abs=1e-8)


def test_drawing_citizens_again_finds_the_same_width():
    """A bootstrap of citizens: a tenth either way, for it draws and there are but 60 of them."""
    rng = np.random.default_rng(11)
    who = rng.integers(0, 60, 300)
    months = rng.uniform(1, 4, 300)
    change = 0.05 * months + rng.normal(0, 0.3, 60)[who] * months / 3 + rng.normal(0, 0.4, 300)
    mean, low, high = interval(who, change, months)
    rows = [np.flatnonzero(who == one) for one in np.unique(who)]
    drawn = []
    for _ in range(3000):
        at = np.concatenate([rows[one] for one in rng.integers(0, len(rows), len(rows))])
        drawn.append(change[at].sum() / months[at].sum())
    assert (high - low) / 2 == pytest.approx(1.671 * np.std(drawn), rel=0.1)  # Student's t, 59 degrees of freedom
    assert mean == pytest.approx(np.mean(drawn), abs=0.01)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.floats(-2, 2), st.floats(0.5, 6)), min_size=4, max_size=30
    ).filter(lambda rows: len({who for who, *_ in rows}) > 1)
)  # fmt: skip
def test_an_interval_holds_its_mean_whoever_comes_first(rows):
    who, change, months = (np.array(column) for column in zip(*rows, strict=True))
    mean, low, high = interval(who, change, months)
    assert low <= mean <= high
    back = interval(9 - who[::-1], change[::-1], months[::-1])
    assert back == pytest.approx((mean, low, high), abs=1e-9)


def test_one_citizen_has_no_interval():
    with pytest.raises(ValueError, match="1 citizens"):
        interval(np.array([3, 3]), np.array([0.1, 0.2]), np.array([1.0, 2.0]))


# which steps there are


def seen(*courses, as_of=24.0, since=0.0, scale=BIP):
    made = Cohort.from_courses(list(courses), scale, TYPES)
    bits = [combination.bit(TYPES.get(row.type)) for one in courses for row in one.interventions]
    return steps(made, bits, day(as_of).toordinal(), day(since).toordinal())


def ran(kind, first, last=None, name="i"):
    return Intervention("c", name, kind, day(first), end=None if last is None else day(last))


def test_the_change_is_that_of_the_items_answered_both_times():
    first = answers(2, helbredsmestring=DECLINED)
    second = answers(2, netvaerk=4, koncentration=DECLINED, sagsbehandlers_tro=5)  # the belief is no part of the whole
    rows = [assessed(1, first, assessor="anna"), assessed(4, second, assessor="anna")]
    (one,) = seen(course(rows, [ran("virksomhedspraktik", 0)]))
    assert (one.combination, one.near_end, one.first, one.last) == (
        "job", False, day(1).toordinal(), day(4).toordinal(),
    )  # fmt: skip
    assert one.change == pytest.approx(2 / 8)
    assert one.months == pytest.approx((day(4) - day(1)).days / DAYS_A_MONTH)


def test_too_few_items_in_common_are_no_step():
    few = dict.fromkeys(list(answers(3))[:4], 3)
    assert seen(course([assessed(1, few), assessed(4, 4)], [ran("mentor", 0)])) == []


def test_another_caseworker_or_way_of_asking_begins_anew_and_the_citizen_does_not():
    rows = [assessed(1, 2, assessor="a"), assessed(4, 4, assessor="b"), assessed(7, 4, assessor="b")]
    own = [assessed(1, 2, "citizen"), assessed(4, 3, "citizen"), assessed(7, 3, "citizen", mode="phone")]
    asked = [replace(one, mode=one.mode or "self") for one in own]
    found = seen(course([*rows, *asked], [ran("mentor", 0)]))
    assert sorted(one.change for one in found) == [0, 1]  # b to b, and the citizen's own first two
    assert {one.combination for one in found} == {"social"}


def test_a_step_over_a_change_of_combination_belongs_to_none():
    rows = [assessed(n, 3) for n in (1, 4, 7, 10)]
    found = seen(course(rows, [ran("virksomhedspraktik", 0), ran("mentor", 5, name="j")]))
    assert [one.combination for one in found] == ["job", "job+social"]


def test_passive_waiting_and_exempt_time_have_rows_of_their_own():
    idle = [ran("venter", 6, 12), ran("fritaget", 12.1, 18, name="j")]
    rows = [assessed(n, 3) for n in (1, 4, 7, 10, 13, 16)]
    assert [one.combination for one in seen(course(rows, idle))] == ["passive", "waiting", "exempt"]


def test_months_before_a_stop_stand_apart_but_not_before_something_is_added():
    rows = [assessed(n, 3) for n in (1, 4, 7)]
    stopped = seen(course(rows, [ran("virksomhedspraktik", 0, 8)]))
    assert [one.near_end for one in stopped] == [False, True]
    assert day(8).toordinal() - stopped[1].last < END_DAYS <= day(8).toordinal() - stopped[0].last
    added = seen(course(rows, [ran("virksomhedspraktik", 0), ran("mentor", 8, name="j")]))
    assert [one.near_end for one in added] == [False, False]
    one_of_two = seen(course(rows, [ran("virksomhedspraktik", 0), ran("mentor", 0, 8, name="j")]))
    assert [one.near_end for one in one_of_two] == [False, True]
    assert [one.near_end for one in seen(course(rows, [ran("virksomhedspraktik", 0)]), as_of=8)] == [False, False]


def test_a_period_counts_by_the_second_assessment_and_nothing_later_is_known():
    rows = [assessed(n, 3) for n in (1, 4, 7, 10)]
    mine = course(rows, [ran("mentor", 0)])
    assert [one.last for one in seen(mine, since=3.5, as_of=8)] == [day(4).toordinal(), day(7).toordinal()]
    assert seen(course([], [])) == []


def test_a_sum_score_is_a_scale_like_others():
    code = HAMILTON.indicators[0].code
    rows = [assessed(n, {code: value}, scale=HAMILTON.id) for n, value in ((1, 20), (4, 14))]
    assert [one.change for one in seen(course(rows, [ran("mestring", 0)]), scale=HAMILTON)] == [-6]


# what is told


def many(citizens, caseworkers, name="job", near=False, first=0):
    return [Step(n, name, near, first, first + 91, 0.1 * (n % 3), (n % caseworkers, -1)) for n in range(citizens)]


@pytest.mark.parametrize(
    ("citizens", "caseworkers", "told"), [(5, 4, True), (4, 4, False), (9, 3, False), (60, 3, False), (60, 4, True)]
)
def test_few_citizens_or_caseworkers_make_no_figure(citizens, caseworkers, told):
    (row,) = progress(many(citizens, caseworkers))
    assert row.withheld is not told
    assert (row.mean is None) is (row.low is None) is (row.high is None) is not told


def test_months_that_both_raters_saw_count_once_and_ends_are_apart():
    both = [*many(6, 5), *many(6, 5), *many(6, 5, first=45), *many(6, 5, near=True)]
    away, near = progress(both)
    assert (away.near_end, near.near_end) == (False, True)
    assert away.months == pytest.approx(6 * (91 + 45) / DAYS_A_MONTH)
    assert (away.citizens, away.caseworkers, near.citizens) == (6, 5, 6)


def test_clear_is_an_interval_that_does_not_hold_nothing():
    risen = [replace(one, change=0.3 + 0.01 * one.citizen) for one in many(8, 4)]
    assert progress(risen)[0].clear
    assert not progress([replace(one, change=(-1) ** one.citizen) for one in many(8, 4)])[0].clear


# where the truth is known


def drawn(world, citizens, seed):
    made = simulate(BIP, world, citizens, seed)
    kinds = np.random.default_rng(seed).choice([1, 8, 9], len(made.cohort.interventions.who)).tolist()
    return made, steps(made.cohort, kinds, made.as_of)


@pytest.mark.slow
def test_nine_intervals_of_ten_hold_the_true_change():
    """Two hundred cohorts of 60 citizens whose true level is known; the truth is that of 12,000 others."""
    world = worlds(BIP)["base"]
    made, found = drawn(world, 12_000, 1)
    sums = defaultdict(lambda: [0.0, 0.0])
    for one in found:
        moved = made.truth(one.citizen, one.last) - made.truth(one.citizen, one.first)
        sums[one.near_end, one.combination][0] += float(moved)
        sums[one.near_end, one.combination][1] += one.months
    truth = {name: moved / months for name, (moved, months) in sums.items()}
    assert truth[False, "passive"] < -0.01 < 0.01 < truth[False, "job"]
    held = []
    for seed in range(2, 202):
        for row in progress(drawn(world, 60, seed)[1]):
            if row.low is not None and row.high is not None:
                held.append(row.low <= truth[row.near_end, row.combination] <= row.high)
    assert len(held) > 1000
    assert 0.87 <= np.mean(held) <= 0.93
