"""A fall or a rise in one indicator alone: found, named, counted once, and recomputed by hand."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, START, active, answers, assessed, course, day, rounds
from hypothesis import given, settings
from hypothesis import strategies as st
from indicator_cases import EVERY, ITEM, RATERS, after, alone, estimates, judged, one_moves

from progression.analysis import deviations, indicators
from progression.analysis import filter as trajectory_filter
from progression.analysis.filter import Start
from progression.analysis.looks import judge, prepare
from progression.analysis.moves import moves
from progression.analysis.settings import Settings
from progression.analysis.simulate import base_world, simulate
from progression.casework.values import DECLINED, NOT_RATED, Decision

FALLING = [4, 4, 4, 4, 2, 2, 2]


def _single(analysis):
    return [f for f in analysis.history(everything=True) if f.indicator]


def test_a_fall_in_one_indicator_alone_is_found_and_named() -> None:
    analysis = alone(FALLING, other=4)
    (flag,) = [f for f in analysis.flags if f.kind == "regression"]
    assert (flag.indicator, flag.status, flag.rater, flag.suggestion) == (ITEM, "open", "both", "start")
    assert flag.raised_on in {a.date for a in one_moves(FALLING)[8:]}
    assert flag.change < 0
    assert flag.level < 3 < flag.baseline
    text = "\n".join(["H1", "bip", "regression", ITEM, flag.phase.start.isoformat()])
    assert flag.id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_a_rise_in_one_indicator_alone_is_the_mirror() -> None:
    quiet = estimates(1.0, c_regression=9.0, c_progression=9.0)
    (fall,), (rise,) = (_single(alone(steps, thresholds=quiet)) for steps in (FALLING, [2, 2, 2, 2, 4, 4, 4]))
    assert (fall.kind, rise.kind) == ("regression", "progression")
    assert fall.indicator == rise.indicator == ITEM
    assert rise.change == pytest.approx(-fall.change, abs=1e-6)
    assert rise.change_sd == pytest.approx(fall.change_sd, abs=1e-6)


def test_its_numbers_let_anyone_recompute_it() -> None:
    (flag,) = _single(alone(FALLING, other=4))
    n = dict(flag.numbers)
    assert n["change"] == pytest.approx(n["whole_change"] + n["deviation_change"], abs=1e-12)
    assert n["change_sd"] ** 2 == pytest.approx(n["whole_change_sd"] ** 2 + n["deviation_change_sd"] ** 2)
    assert flag.change == pytest.approx(flag.level - flag.baseline)
    assert flag.evidence == pytest.approx(abs(flag.change) / flag.change_sd)
    assert flag.margin == pytest.approx(max(n["mic"] / 3, n["c"] * flag.change_sd))
    assert n["c"] == 1.3
    assert abs(flag.change) >= flag.margin
    assert abs(n["deviation_change"]) > 3 * abs(n["whole_change"])


def test_where_the_whole_scale_falls_it_speaks_and_no_indicator_does() -> None:
    found = judged(course(rounds([4, 4, 4, 4, 2, 2, 2], EVERY)), as_of=after(7))
    assert [(f.kind, f.indicator) for f in found.flags] == [("regression", None)]


def test_an_indicator_gives_way_when_the_whole_scale_takes_over() -> None:
    rows = one_moves([4, 4, 4, 4, 2, 2], other=4)
    then = judged(course(rows), as_of=after(6))
    (shown,) = [f for f in then.flags if f.kind == "regression"]
    assert shown.indicator == ITEM
    worse = [assessed(0.5 + EVERY * k, 2, rater) for k in (6, 7) for rater in RATERS]
    now = judged(course([*rows, *worse]), as_of=after(8), shown=[shown]).flags
    assert [(f.indicator, f.status, f.withdrawn_because) for f in now if f.kind == "regression"] == [
        (ITEM, "withdrawn", "whole"),
        (None, "open", ""),
    ]


def test_one_indicator_holds_at_a_time_the_strongest_when_it_was_raised() -> None:
    """Another that falls further later does not add a second flag while the first holds."""
    rows = [
        assessed(0.5 + EVERY * i, answers(4, rater, **{ITEM: a, "netvaerk": b}), rater)
        for i, (a, b) in enumerate([(4, 4), (4, 4), (4, 4), (2, 4), (2, 3), (2, 1), (2, 1)])
        for rater in RATERS
    ]
    high = estimates(c_regression=9.0)  # the whole scale stays out of it
    found = judged(course(rows), as_of=after(7), thresholds=high)
    assert {f.indicator for f in _single(found)} == {ITEM}
    both = [(4, 4), (4, 4), (4, 4), (3, 1), (3, 1), (3, 1)]
    rows = [
        assessed(0.5 + EVERY * i, answers(4, rater, **{ITEM: a, "netvaerk": b}), rater)
        for i, (a, b) in enumerate(both)
        for rater in RATERS
    ]
    assert {f.indicator for f in _single(judged(course(rows), as_of=after(6), thresholds=high))} == {"netvaerk"}


def test_another_may_follow_once_the_first_no_longer_holds() -> None:
    steps = [(4, 4), (4, 4), (4, 4), (1, 4), (1, 4), (5, 4), (5, 2), (5, 1), (5, 1)]
    rows = [
        assessed(0.5 + EVERY * i, answers(4, rater, **{ITEM: a, "netvaerk": b}), rater)
        for i, (a, b) in enumerate(steps)
        for rater in RATERS
    ]
    found = judged(course(rows), as_of=after(9), thresholds=estimates(c_regression=9.0, c_progression=9.0))
    falls = [f.indicator for f in _single(found) if f.kind == "regression"]
    assert falls == [ITEM, "netvaerk"]
    standing = [f.indicator for f in found.flags if f.kind == "regression" and f.status == "open"]
    assert standing == ["netvaerk"]


def test_the_first_two_rounds_raise_nothing() -> None:
    assert _single(alone([5, 1], other=3)) == []
    early = _single(alone([5, 5, 1], other=3, thresholds=estimates(0.5)))
    assert all(f.raised_on > (START + timedelta(days=120)) for f in early)


def test_what_is_not_of_the_whole_scale_is_followed_but_never_raised() -> None:
    own = "sagsbehandlers_tro"
    found = alone([5, 5, 5, 5, 1, 1, 1], other=3, item=own, raters=("caseworker",), thresholds=estimates(0.3))
    assert own not in {f.indicator for f in _single(found)}
    levels = [row.level for row in found.rows(indicator=own)]
    assert levels[3] > 3.3 > 2.9 > levels[-1]


def test_a_scale_of_one_item_has_no_indicators_to_raise() -> None:
    rows = [assessed(0.5 + EVERY * i, {"total": s}, scale="hamd") for i, s in enumerate([10, 10, 10, 30, 30, 30])]
    found = judged(course(rows), as_of=after(6), scale=HAMILTON)
    assert _single(found) == []
    plain = [(r.level, r.change) for r in found.rows()]
    assert [(r.level, r.change) for r in found.rows(indicator="total")] == plain


def test_the_rules_know_no_indicators() -> None:
    rows = one_moves(FALLING, other=4)
    found = judged(course(rows), as_of=after(7), settings=Settings(method="rules"))
    assert _single(found) == []


def test_an_indicator_at_the_floor_while_the_whole_falls_is_no_rise() -> None:
    """It could not fall further: its deviation rose by what the whole fell, and the indicator stood."""
    rows = [
        assessed(0.5 + EVERY * i, answers(level, rater, **{ITEM: 1}), rater)
        for i, level in enumerate([4, 4, 4, 4, 2, 2, 2])
        for rater in RATERS
    ]
    found = judged(course(rows), as_of=after(7), thresholds=estimates(0.8))
    assert ITEM not in {f.indicator for f in _single(found)}
    assert "regression" in {f.kind for f in found.history() if f.indicator is None}


@pytest.mark.parametrize(("other", "item"), [(4, 1), (4, 2), (2, 5), (3, 2)])
def test_somebody_who_always_answered_so_has_not_changed_however_far_from_the_rest(other: int, item: int) -> None:
    rows = list(alone([item] * 8, other).rows(indicator=ITEM))
    assert all(r.evidence < 0.5 for r in rows)
    assert abs(rows[-1].level - item) < 0.7


@pytest.mark.parametrize("levels", [[2, 2, 2, 2, 1, 1, 1, 1], [5, 5, 5, 5, 4, 4, 4, 4]])
def test_a_fall_to_the_floor_or_from_the_ceiling_is_found_like_any_other(levels: list[int]) -> None:
    flags = _single(alone(levels, other=levels[0], thresholds=estimates(1.0)))
    assert [(f.kind, f.indicator) for f in flags] == [("regression", ITEM)]
    assert BIP.minimum <= flags[0].level <= flags[0].baseline <= BIP.maximum


@pytest.mark.parametrize("skipped", [NOT_RATED, DECLINED])
def test_a_skipped_answer_says_nothing_about_its_indicator(skipped: str) -> None:
    """The indicator is followed from its own answers; what others skip does not move it."""
    full = one_moves(FALLING, other=4)
    gone = [
        replace(a, answers={**a.answers, "netvaerk": skipped, "koncentration": skipped}) if i % 3 else a
        for i, a in enumerate(full)
    ]
    (one,), (other,) = _single(judged(course(full), as_of=after(7))), _single(judged(course(gone), as_of=after(7)))
    assert (one.indicator, one.kind) == (other.indicator, other.kind)
    assert other.change == pytest.approx(one.change, abs=0.06)
    unsaid = [replace(a, answers={**a.answers, ITEM: skipped}) if i >= 8 else a for i, a in enumerate(full)]
    assert _single(judged(course(unsaid), as_of=after(7))) == []


def test_an_assessment_of_nothing_but_the_one_indicator_has_nothing_to_compare_it_with() -> None:
    rows = one_moves([4, 4, 4, 4], other=4) + [
        assessed(0.5 + EVERY * i, {ITEM: 1}, rater) for i in (4, 5, 6) for rater in RATERS
    ]
    found = judged(course(rows), as_of=after(7), thresholds=estimates(c_regression=9.0))
    assert _single(found) == []


def test_one_rater_alone_is_enough_with_more_to_show() -> None:
    both = alone([5, 5, 5, 5, 2, 2, 2], other=4)
    one = alone([5, 5, 5, 5, 2, 2, 2], other=4, raters=("citizen",))
    (sure,), (less,) = ([f for f in _single(x) if f.kind == "regression"] for x in (both, one))
    assert sure.indicator == less.indicator == ITEM
    assert less.change_sd > sure.change_sd


def test_a_new_caseworker_who_sees_one_indicator_lower_explains_part_of_it() -> None:
    same = one_moves(FALLING, other=4, raters=("caseworker",), assessor="anna")
    changed = [replace(a, assessor="bo") if i >= 4 else a for i, a in enumerate(same)]
    a, b = (list(judged(course(rows), as_of=after(7)).rows(indicator=ITEM))[-1] for rows in (same, changed))
    assert abs(b.change) < abs(a.change)
    assert b.change_sd > a.change_sd


def test_identical_answers_give_identical_flags_whoever_they_are() -> None:
    one = course(one_moves(FALLING, other=4))
    other = replace(
        one, citizen=replace(one.citizen, citizen="d", number="H2", born=date(1960, 1, 1), target_group="x")
    )
    found = [f for f in judged(one, other, as_of=after(7)).flags if f.indicator]
    plain = [replace(f, id="", citizen="", number="") for f in found]
    assert len(plain) == 2
    assert plain[0] == plain[1]


def test_a_decision_silences_it_until_its_follow_up_and_then_it_stands_again() -> None:
    person = course(one_moves(FALLING, other=4))
    (flag,) = [f for f in judged(person, as_of=after(7)).flags if f.indicator]
    decided = Decision("c", day(18.2), f"flag:{flag.id}", "adjust", follow_up=day(19))
    (silent,) = [f for f in judged(person, as_of=18.5, decisions=[decided]).flags if f.indicator]
    (again,) = [f for f in judged(person, as_of=19.1, decisions=[decided]).flags if f.indicator]
    assert (silent.status, again.status) == ("silenced", "open")


def test_once_shown_it_stays_listed_with_the_reason_when_later_answers_take_it_away() -> None:
    rows = one_moves(FALLING, other=4)
    (shown,) = [f for f in judged(course(rows), as_of=after(7)).flags if f.indicator]
    better = [assessed(0.5 + EVERY * k, answers(4, r, **{ITEM: 5}), r) for k in (7, 8, 9) for r in RATERS]
    now = [f for f in judged(course([*rows, *better]), as_of=after(10), shown=[shown]).flags if f.id == shown.id]
    assert [(f.status, f.withdrawn_because) for f in now] == [("withdrawn", "later_answers")]
    gone = replace(shown, indicator="no_longer_asked", id="0" * 16)
    left = [f for f in judged(course(rows), as_of=after(7), shown=[gone]).flags if f.id == gone.id]
    assert [(f.status, f.withdrawn_because) for f in left] == [("withdrawn", "corrected")]


def test_a_flag_that_holds_shows_the_numbers_of_the_last_look() -> None:
    rows, quiet = one_moves([4, 4, 4, 4, 2, 2, 1], other=4), estimates(c_regression=2.0)
    (flag,) = [f for f in judged(course(rows), as_of=after(7), thresholds=quiet).flags if f.indicator]
    last = list(judged(course(rows), as_of=after(7), thresholds=quiet).rows(indicator=ITEM))[-1]
    assert flag.raised_on < flag.measured_on == last.day
    assert (flag.level, flag.change, flag.change_sd) == (last.level, last.change, last.change_sd)


def test_rows_of_an_indicator_name_its_own_flags_only() -> None:
    found = alone(FALLING, other=4)
    (flag,) = [f for f in found.history() if f.indicator]
    assert [(r.day, r.flag) for r in found.rows(indicator=ITEM) if r.flag] == [(flag.raised_on, "regression")]
    assert all(r.flag is None for r in found.rows(indicator="netvaerk"))
    assert all(r.flag != "regression" for r in found.rows())
    assert {r.flag for r in found.rows(indicator=ITEM, rater="caseworker")} == {None}


def test_the_smoothed_indicator_ends_where_the_causal_one_does() -> None:
    found = alone(FALLING, other=4)
    causal, smoothed = list(found.rows(indicator=ITEM)), list(found.rows(False, indicator=ITEM))
    assert [r.day for r in causal] == [r.day for r in smoothed]
    for name in ("level", "level_sd", "change", "change_sd"):
        assert getattr(smoothed[-1], name) == pytest.approx(getattr(causal[-1], name), abs=1e-9)
    assert all(a.level_sd <= b.level_sd + 1e-12 for a, b in zip(smoothed, causal, strict=True))


def test_a_level_is_told_in_the_indicators_own_steps() -> None:
    """With item means known, someone who usually gets 2 where all get 2 stands at 2 there, not at the whole's 3."""
    plain = estimates()
    means = {f"mean.{r}.{i.code}": 2.0 if i.code == ITEM else 3.0 for i in BIP.indicators for r in i.raters}
    fitted = replace(plain, parameters=plain.parameters | means)
    rows = list(alone([2, 2, 2, 2], other=3, thresholds=fitted).rows(indicator=ITEM))
    assert rows[-1].level == pytest.approx(2.0, abs=0.1)
    assert rows[-1].change == pytest.approx(0.0, abs=0.05)


# the walk


def _cohort(citizens: int = 60, seed: int = 4):
    world = replace(base_world(BIP), unanswered=0.2, silent=0.3, apart=9, changes=1.5, phase_days=90.0)
    made = simulate(BIP, world, citizens, seed)
    return prepare(made.cohort, estimates(), made.as_of)


def test_the_walk_is_the_filter_without_a_drift() -> None:
    """Written out as plain arrays it gives what the general filter gives, looks into a phase's last days included."""
    basis = _cohort()
    assert basis.known.late.any()
    assert basis.step.redraw.any()
    sizes = deviations.ItemSizes.of(basis.estimates.parameters, BIP)
    start = Start(0.0, sizes.first, 0.0, sizes.bias, sizes.bias, sizes.walk)
    for place in (1, 9, 10):
        shared = deviations.Answers.of(basis, [place])
        seen = [shared.observations(basis, side, slice(0, len(basis.step.who))) for side in (0, 1)]
        value, noise = (np.stack([s[k][0] for s in seen], axis=1) for k in (0, 1))
        own = replace(basis.step, value=value, noise=noise)
        late = moves(basis.step, basis.phases, basis.known.phase)
        whole = trajectory_filter.run(own, basis.move, start, late=basis.known.late, late_move=late)
        level, level_var, change, change_var = deviations.deviation(basis, place)
        for mine, theirs in (
            (level, whole.level),
            (level_var, whole.level_var),
            (change, whole.change),
            (change_var, whole.change_var),
        ):
            np.testing.assert_allclose(mine, theirs, atol=1e-9)


def test_figures_are_the_same_to_the_bit_however_many_are_computed_together(monkeypatch) -> None:
    basis = _cohort(150)
    whole = [deviations.deviation(basis, place) for place in (0, 5)]
    together = [(p.level, p.change_var) for p in deviations.deviations(basis)]
    monkeypatch.setattr(deviations, "CHUNK", 7)
    for place, before in zip((0, 5), whole, strict=True):
        for a, b in zip(deviations.deviation(basis, place), before, strict=True):
            assert np.array_equal(a, b)
    parts = list(deviations.deviations(basis))
    assert np.array_equal(np.concatenate([p.level for p in parts], axis=1), np.concatenate([t[0] for t in together], 1))


def test_what_another_answers_leaves_a_persons_figures_alone_to_the_bit() -> None:
    one = course(one_moves([3, 4, 2, 5, 1, 2], other=4))
    many = [
        replace(
            course(one_moves([5, 1, 3][: k % 3 + 1], other=k % 5 + 1)),
            citizen=replace(one.citizen, citizen=f"x{k}"),
        )
        for k in range(40)
    ]
    single = list(judged(one, as_of=18).rows(indicator=ITEM))
    crowd = [r for r in judged(*many, one, as_of=18).rows(indicator=ITEM) if r.citizen == "c"]
    assert single == crowd


def test_looking_for_a_row_that_is_not_there_gives_none() -> None:
    basis = _cohort(10)
    found = indicators.judge(basis, judge(basis))
    missing = found.at(np.array([10**6]), np.array([0]), np.array([-1]))
    assert missing.tolist() == [-1]


# what later facts may not change

_visit = st.tuples(
    st.integers(0, 900),
    st.integers(1, 5),
    st.integers(1, 5),
    st.sampled_from(RATERS),
    st.sampled_from(["", "anna", "bo"]),
    st.sampled_from([None, NOT_RATED, DECLINED]),
)
_spell = st.tuples(st.integers(-40, 850), st.integers(0, 250), st.sampled_from(["mentor", "venter", "fritaget"]))


def _person(visits, spells):
    rows = []
    for when, step, own, rater, who, skipped in visits:
        given_ = answers(step, rater, **{ITEM: own})
        if skipped:
            given_["netvaerk"] = skipped
        rows.append(replace(assessed(0, given_, rater, assessor=who), date=START + timedelta(days=when)))
    plans = [
        replace(active(0, name=f"i{k}"), type=code, start=START + timedelta(days=a), end=START + timedelta(days=a + b))
        for k, (a, b, code) in enumerate(spells)
    ]
    return course(rows, plans)


def _plain(flag):
    return replace(flag, phase=replace(flag.phase, end=None, interventions=()))


@given(
    st.lists(_visit, min_size=3, max_size=14, unique_by=lambda v: (v[0], v[3])),
    st.lists(_spell, max_size=4),
    st.integers(0, 920),
)
@settings(deadline=None, max_examples=120)
def test_later_facts_change_no_earlier_row_and_no_earlier_flag_of_an_indicator(visits, spells, until: int) -> None:
    whole, low = _person(visits, spells), estimates(0.4, 0.3)
    moment = START + timedelta(days=until)
    then = judged(whole, as_of=moment, thresholds=low)
    later = judged(whole, as_of=START + timedelta(days=950), thresholds=low)
    assert list(then.rows(indicator=ITEM)) == [r for r in later.rows(indicator=ITEM) if r.day <= moment]
    for everything in (False, True):
        known = [_plain(f) for f in then.history(everything=everything)]
        assert known == [_plain(f) for f in later.history(everything=everything) if f.raised_on <= moment]


@given(st.lists(_visit, min_size=1, max_size=14), st.lists(_spell, max_size=4))
@settings(deadline=None, max_examples=60)
def test_whatever_comes_flags_are_told_in_numbers_and_reach_their_margin(visits, spells) -> None:
    found = judged(_person(visits, spells), as_of=START + timedelta(days=950), thresholds=estimates(0.4, 0.3))
    for flag in (*found.history(everything=True), *found.flags):
        if flag.indicator is not None or flag.kind == "disagreement":
            assert abs(flag.change) >= flag.margin > 0
            assert flag.change == pytest.approx(flag.level - flag.baseline)
            assert all(np.isfinite(v) for _, v in flag.numbers if not isinstance(v, str))
    ids = [f.id for f in found.history(everything=True) if f.kind != "missing"]
    assert len(ids) == len(set(ids))
    held = [(f.kind, f.phase.start) for f in found.flags if f.indicator and f.status == "open"]
    assert len(held) == len(set(held))
    spoken = {(f.kind, f.phase.start) for f in found.flags if f.indicator is None and f.status == "open"}
    assert not spoken & set(held)
    for row in found.rows(False, indicator=ITEM):
        assert np.isfinite([row.level, row.level_sd, row.change, row.change_sd]).all()
