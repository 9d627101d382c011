"""A gap between caseworker and citizen that opens: against the pair's own usual gap, two rounds running."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from analysis_cases import BIP, HAMILTON, active, answers, assessed, course, day
from indicator_cases import EVERY, after, apart, estimates, judged

from progression.analysis import disagreement
from progression.analysis.settings import Settings
from progression.analysis.trials import trial
from progression.analysis.worlds import base_world
from progression.casework.values import NOT_RATED, Decision

OPENING = [0, 0, 0, 2, 2]


def _found(rows, as_of: float, **more):
    analysis = judged(course(rows), as_of=as_of, **more)
    return [f for f in analysis.history(everything=True) if f.kind == "disagreement"]


def test_a_gap_that_opens_for_two_rounds_is_told_with_both_levels() -> None:
    (flag,) = _found(apart(OPENING), after(5))
    assert (flag.indicator, flag.rater, flag.evidence, flag.suggestion) == (None, "both", None, None)
    assert (flag.baseline, flag.level) == (3.0, 5.0)
    assert flag.raised_on == apart(OPENING)[-1].date
    text = "\n".join(["H1", "bip", "disagreement", "", flag.phase.start.isoformat()])
    assert flag.id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_its_numbers_let_anyone_recompute_it() -> None:
    (flag,) = _found(apart([1, 1, 1, 2, 2], citizen=2), after(5), thresholds=estimates(c_gap=0.8))
    n = dict(flag.numbers)
    assert flag.change == n["gap"] == pytest.approx(flag.level - flag.baseline)
    assert n["opened_by"] == pytest.approx(n["gap"] - n["usual_gap"])
    assert 0 < n["usual_gap"] < 1
    assert flag.margin == pytest.approx(max(n["mic_share"], n["c"] * flag.change_sd))
    assert flag.change_sd > n["usual_gap_sd"]
    assert abs(n["opened_by"]) >= flag.margin
    assert abs(flag.change) >= flag.margin
    assert (n["usual_rounds"], n["rounds_running"], n["gap_before"]) == (3, 2, pytest.approx(2.0))


@pytest.mark.parametrize(
    "gaps",
    [
        [0, 0, 0, 2],  # one round only
        [0, 0, 0, 2, 0, 2, 0],  # never two running
        [0, 0, 0, 2, -2],  # running, but not in the same direction
        [2, 2, 2, 2, 2, 2],  # far apart as ever: that is how this pair is
        [2, 2, 2, 0, 0, 0],  # closer than before
        [2, 2],  # nothing usual yet
        [0, 2, 2],
    ],
)
def test_no_gap_has_opened(gaps: list[int]) -> None:
    assert _found(apart(gaps), after(len(gaps))) == []


def test_the_citizen_may_be_the_one_who_sees_it_brighter() -> None:
    (flag,) = _found(apart([0, 0, 0, -2, -2]), after(5))
    assert (flag.baseline, flag.level) == (3.0, 1.0)
    assert flag.change < 0


def test_a_new_caseworker_or_another_way_of_asking_makes_a_new_pair() -> None:
    for change in ({"assessor": "bo"}, {"mode": "phone"}):
        before = {"assessor": "anna", "mode": "self"}
        rows = [replace(a, **(before | (change if i >= 6 else {}))) for i, a in enumerate(apart(OPENING))]
        assert _found(rows, after(5)) == []
        # the new pair has a usual gap of its own
        more = apart([0, 0, 0, 0, 0, 0, 2, 2])
        later = [replace(a, **(before | (change if i >= 6 else {}))) for i, a in enumerate(more)]
        assert len(_found(later, after(8))) == 1


def test_a_round_in_which_one_of_them_said_nothing_is_no_round_of_the_pair() -> None:
    rows = [a for a in apart([0, 0, 0, 2, 2, 2]) if not (a.rater == "citizen" and a.date == day(0.5 + 4 * EVERY))]
    assert _found(rows, after(5)) == []
    (flag,) = _found(rows, after(6))
    assert flag.raised_on == day(0.5 + 5 * EVERY)
    silent = [
        replace(a, answers=dict.fromkeys(a.answers, NOT_RATED)) if a.rater == "citizen" else a for a in apart(OPENING)
    ]
    assert _found(silent, after(5)) == []


def test_answers_of_one_round_count_together_though_they_lie_weeks_apart() -> None:
    rows = [replace(a, date=a.date.replace(day=min(a.date.day, 28))) for a in apart(OPENING)]
    late = [replace(a, date=day(0.5 + EVERY * (i // 2) + 0.6)) if i % 2 else a for i, a in enumerate(rows)]
    (flag,) = _found(late, after(5) + 1)
    assert flag.raised_on == late[-1].date
    assert flag.measured_on == late[-1].date


def test_it_comes_after_everything_that_asks_for_more() -> None:
    """A round that shows a regression shows no disagreement as well; it may come with the next."""
    rows = [
        assessed(0.5 + EVERY * i, answers(level, rater), rater)
        for i, (one, two) in enumerate([(4, 4), (4, 4), (4, 4), (3, 1), (3, 1), (3, 1)])
        for rater, level in (("caseworker", one), ("citizen", two))
    ]
    shown = [(f.kind, f.raised_on) for f in judged(course(rows), as_of=after(6)).history()]
    kinds = [kind for kind, _ in shown]
    assert kinds.index("regression") < kinds.index("disagreement")
    assert len({on for _, on in shown}) == len(shown)


def test_it_stands_while_it_is_open_and_is_taken_back_when_it_closes() -> None:
    then = judged(course(apart([*OPENING, 2])), as_of=after(6))
    (shown,) = [f for f in then.flags if f.kind == "disagreement"]
    assert (shown.status, shown.measured_on) == ("open", day(0.5 + 5 * EVERY))
    now = judged(course(apart([*OPENING, 2, 0])), as_of=after(7), shown=[shown])
    closed = [f for f in now.flags if f.id == shown.id]
    assert [(f.status, f.withdrawn_because) for f in closed] == [("withdrawn", "later_answers")]


def test_a_decision_silences_it() -> None:
    person = course(apart(OPENING))
    (flag,) = [f for f in judged(person, as_of=after(5)).flags if f.kind == "disagreement"]
    talk = Decision("c", day(12.3), f"flag:{flag.id}", "continue", follow_up=day(14))
    (silent,) = [f for f in judged(person, as_of=12.5, decisions=[talk]).flags if f.id == flag.id]
    assert silent.status == "silenced"


def test_it_belongs_to_the_phase_in_which_it_opened() -> None:
    rows = apart([*OPENING, 2, 2])
    analysis = judged(course(rows, [active(12.5)]), as_of=after(7))
    assert len([f for f in analysis.history(everything=True) if f.kind == "disagreement"]) == 1
    assert [f for f in analysis.flags if f.kind == "disagreement"] == []


def test_nobody_is_told_who_does_not_want_it() -> None:
    settings = Settings(off=frozenset({"disagreement"}))
    assert _found(apart(OPENING), after(5), settings=settings) == []
    assert _found(apart(OPENING), after(5), settings=Settings(method="rules")) == []


def test_without_a_calibrated_rate_the_cautious_threshold_serves() -> None:
    plain = replace(estimates(), rates={})
    assert disagreement.threshold(plain) == disagreement.DEFAULT_C
    assert len(_found(apart(OPENING), after(5), thresholds=plain)) == 1


def test_a_scale_only_one_of_them_answers_has_no_gap_to_calibrate() -> None:
    assert disagreement.gap_threshold(trial(HAMILTON, base_world(HAMILTON), 50, 1)) == disagreement.DEFAULT_C


def test_where_nothing_opens_at_most_two_in_a_hundred_citizen_years_are_told() -> None:
    first, second = (trial(BIP, base_world(BIP), 1500, seed) for seed in (1, 2))
    c = disagreement.gap_threshold(first)
    assert 1.0 < c < 2.0
    assert disagreement.gap_threshold(first, 5.0) < c
    told = replace(second.basis, estimates=estimates(c_gap=c))
    step = disagreement.judge(told, second.looks).step
    often = len(set(told.known.phase[step].tolist())) * 100 / second.simulated.years.sum()
    assert 1.0 < often < 3.0
