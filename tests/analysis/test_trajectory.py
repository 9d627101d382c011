"""Curves, standings and rows, and the awkward courses: nothing, one, the same for years, twice a day, out of span."""

from __future__ import annotations

import csv
import itertools
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, START, active, assessed, course, day, look, rounds, uneven

from progression.analysis.settings import Settings
from progression.casework.values import Assessment, Citizen, Course

DATA = Path(__file__).resolve().parents[1] / "data" / "claus2020_hamd_long.csv"


def _finite(trajectory) -> bool:
    figures = [(p.level, p.sd) for p in trajectory.curve]
    figures += [(k.level, k.level_sd, k.change, k.change_sd, k.evidence) for k in trajectory.looks]
    return all(np.isfinite(x) for row in figures for x in row)


def test_identical_answers_for_years_stand_still_without_a_division_by_zero() -> None:
    got = look(course(rounds([3] * 24, 2.9)), as_of=69).trajectory("c")
    assert got.standing == "stagnation"
    assert got.level == pytest.approx(3.0, abs=0.01)
    assert got.change == pytest.approx(0.0, abs=0.01)
    assert _finite(got)


def test_one_measurement_is_too_few() -> None:
    got = look(course(rounds([2])), as_of=2).trajectory("c")
    assert (got.standing, got.rounds, got.rounds_needed) == ("too_few", 1, 3)
    assert got.looks[0].change == pytest.approx(0.0, abs=1e-9)
    assert _finite(got)


def test_a_low_first_answer_is_no_fall_however_late_it_comes() -> None:
    """Five years of benefit before the first assessment: its level says nothing about the change since then."""
    late = course(rounds([1]), opened=START - timedelta(days=1826))
    got = look(late, as_of=1).trajectory("c")
    assert got.change == pytest.approx(0.0, abs=1e-6)
    assert got.change_sd > 1.0


def test_nobody_and_nothing() -> None:
    empty = look(course([]), as_of=5)
    assert (empty.flags, empty.history(), list(empty.rows())) == ((), (), [])
    got = empty.trajectory("c")
    assert (got.standing, got.level, got.curve, got.looks, got.rounds) == ("too_few", None, (), (), 0)
    nobody = look(as_of=5)
    assert (nobody.flags, list(nobody.rows()), list(nobody.rows(False))) == ((), [], [])
    with pytest.raises(KeyError):
        nobody.trajectory("c")


def test_a_citizen_without_any_fact_has_no_phase() -> None:
    got = look(Course(Citizen("c", "H1")), as_of=5).trajectory("c")
    assert (got.phases, got.since, got.standing) == ((), None, "too_few")


def test_all_items_missing_is_no_look() -> None:
    blank = assessed(6.3, {i.code: "declined" for i in BIP.rated_by("citizen")}, "citizen")
    with_it, without = (look(course(rounds([3, 3], 2.9) + extra), as_of=7).trajectory("c") for extra in ([blank], []))
    assert with_it.looks == without.looks
    assert with_it.curve == without.curve


def test_two_assessments_on_one_day_by_the_same_rater_both_count() -> None:
    base = rounds([3, 3], 2.9)
    again = replace(base[-2], answers={i.code: 5 for i in BIP.rated_by("caseworker")}, event="e2")
    got = look(course([*base, again]), as_of=5).trajectory("c")
    assert len(got.looks) == 2
    assert len(got.observations) == 5
    assert got.level > look(course(base), as_of=5).trajectory("c").level
    assert [p.day for p in got.curve] == sorted({p.day for p in got.curve})
    assert _finite(got)


def test_assessments_before_the_span_inform_but_are_not_judged() -> None:
    before = course(rounds([4, 4, 4, 3], 2.9, given=uneven), opened=day(5))
    got = look(before, as_of=10).trajectory("c")
    assert [k.day for k in got.looks] == sorted({a.date for a in before.assessments if a.date >= day(5)})
    assert got.rounds == 2
    assert len(got.observations) == 8
    assert got.phases[0].start == day(5)
    assert look(before, as_of=10).history(everything=True) == ()
    only_after = course([a for a in before.assessments if a.date >= day(5)], opened=day(5))
    alone = look(only_after, as_of=10).trajectory("c").looks[0]
    assert got.looks[0].level_sd < alone.level_sd


def test_assessments_after_closing_do_not_count() -> None:
    rows = rounds([3, 3, 3, 1, 1], 2.9)
    closed = look(course(rows, closed=day(8)), as_of=20)
    assert len(closed.trajectory("c").looks) == 3
    assert closed.trajectory("c").curve[-1].day == day(8)
    assert closed.trajectory("c").unknown_since is None
    assert "regression" not in [f.kind for f in closed.history(everything=True)]


def test_the_future_is_not_known() -> None:
    rows = rounds([3, 3, 3, 1, 1], 2.9)
    plans = [active(20)]
    then, now = look(course(rows, plans), as_of=7), look(course(rows[:6]), as_of=7)
    assert then.trajectory("c") == now.trajectory("c")
    assert then.history() == now.history()


def test_an_overdue_assessment_widens_the_band_and_is_not_known() -> None:
    got = look(course(rounds([3, 3, 3, 3], 2.9)), as_of=24).trajectory("c")
    last = day(0.5 + 3 * 2.9)
    assert (got.standing, got.unknown_since) == ("unknown_since", last)
    after = [p for p in got.curve if p.day >= last]
    assert all(b.sd > a.sd for a, b in itertools.pairwise(after))
    assert {round(p.level, 9) for p in after} == {round(after[0].level, 9)}  # held, not extrapolated
    assert after[-1].sd > 1.5 * after[0].sd
    assert after[-1].day == day(24)
    relaxed = look(course(rounds([3, 3, 3, 3], 2.9)), as_of=24, settings=Settings(months=24)).trajectory("c")
    assert relaxed.unknown_since is None


def test_where_nothing_lower_can_be_measured_it_says_so() -> None:
    low = look(course(rounds([1] * 5, 2.9)), as_of=13).trajectory("c")
    assert (low.floor, low.ceiling) == (True, False)
    code = HAMILTON.indicators[0].code
    rows = [Assessment("c", "caseworker", HAMILTON.id, day(0.5 + 2.9 * i), {code: 1}) for i in range(5)]
    well = look(course(rows), as_of=13, scale=HAMILTON).trajectory("c")
    assert (well.floor, well.ceiling) == (False, True)


def test_a_new_phase_has_no_change_before_its_first_look() -> None:
    rows = rounds([3, 3, 3, 2], 2.9)
    got = look(course(rows, [active(9.6)]), as_of=10).trajectory("c")
    assert got.phases[-1].state == "active"
    assert (got.since, got.change, got.change_sd) == (day(9.6), None, None)
    assert got.standing == "unclear"


def test_looks_are_causal_and_the_curve_is_not() -> None:
    rows = rounds([4, 4, 4, 2, 2, 2], 2.9)
    early, late = look(course(rows), as_of=7).trajectory("c"), look(course(rows), as_of=16).trajectory("c")
    assert late.looks[: len(early.looks)] == tuple(replace(k, phase=late.phases[0]) for k in early.looks)
    at = {p.day: p.level for p in late.curve}
    assert at[early.looks[-1].day] < early.looks[-1].level


def test_the_curve_meets_the_smoothed_rows() -> None:
    one = look(course(rounds([3, 4, 3, 2, 2], 2.9), [active(3, 8)]), as_of=13)
    at = {p.day: p for p in one.trajectory("c").curve}
    for row in one.rows(causal=False):
        assert at[row.day].level == pytest.approx(row.level, abs=1e-9)
        assert at[row.day].sd == pytest.approx(row.level_sd, abs=1e-9)


def test_a_caseload_and_one_alone_give_the_same() -> None:
    one = course(rounds([3, 4, 3, 2, 2], 2.9), [active(3, 8)])
    other = course(rounds([2, 2, 2], 3.0), number="H2", citizen="d")
    third = course([], number="H3", citizen="e")
    together = look(one, other, third, as_of=13)
    for name, alone in (("c", one), ("d", other)):
        here, there = together.trajectory(name), look(alone, as_of=13).trajectory(name)
        assert replace(here, curve=()) == replace(there, curve=())
        assert [p.day for p in here.curve] == [p.day for p in there.curve]
        np.testing.assert_allclose([p.level for p in here.curve], [p.level for p in there.curve], rtol=1e-12)
        np.testing.assert_allclose([p.sd for p in here.curve], [p.sd for p in there.curve], rtol=1e-9)
    assert together.trajectory("e").curve == ()


def test_rows_follow_one_indicator_or_one_rater() -> None:
    steps = {i.code: 3 for i in BIP.rated_by("caseworker")}
    rows = [assessed(0.5 + 2.9 * i, steps | {"hverdagsmestring": 5 - i}) for i in range(4)] + [
        assessed(0.5 + 2.9 * i, 4, "citizen") for i in range(4)
    ]
    seen = look(course(rows), as_of=10)
    fall = [r.level for r in seen.rows(indicator="hverdagsmestring", rater="caseworker")]
    assert fall[1:] == sorted(fall[1:], reverse=True)
    assert fall[0] - fall[-1] > 0.5  # of the three steps it fell: an indicator is drawn towards the whole
    raters = [[r.level for r in seen.rows(rater=r)][-1] for r in ("caseworker", "citizen")]
    assert raters[0] < raters[1]
    assert all(r.flag is None for r in seen.rows(indicator="netvaerk"))
    assert len(list(seen.rows(False, rater="citizen"))) == 4
    with pytest.raises(KeyError):
        seen.rows(indicator="humoer")


def test_rows_name_the_flag_that_was_shown() -> None:
    found = look(course(rounds([3, 3, 3, 3, 2, 2, 2], 2.9), [active(0, 8)]), as_of=18.5)
    (flag,) = [f for f in found.history() if f.kind != "missing"]
    named = [(r.day, r.flag) for r in found.rows() if r.flag]
    assert named == [(flag.raised_on, "regression")]
    row = next(r for r in found.rows() if r.flag)
    assert (row.change, row.evidence, row.phase_start) == (flag.change, flag.evidence, flag.phase.start)
    assert [k.flag for k in found.trajectory("c").looks if k.flag] == ["regression"]


def _hamilton() -> list[Course]:
    """40 real patients, four measurements (Claus et al. 2020), here a quarter apart: the file has no dates."""
    code, people = HAMILTON.indicators[0].code, {}
    with DATA.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["outcome"] not in ("", "NA"):
                people.setdefault(row["id"], []).append((int(row["time"]), round(float(row["outcome"]))))
    return [
        course(
            [
                Assessment(f"p{name}", "caseworker", HAMILTON.id, START + timedelta(days=91 * t), {code: score})
                for t, score in points
            ],
            number=name,
            citizen=f"p{name}",
        )
        for name, points in people.items()
    ]


def test_real_patients_get_better_on_a_scale_where_lower_is_better() -> None:
    """29 of the 40 improved reliably by Jacobson and Truax (vectors/README.md); our curves must fall for most."""
    courses = _hamilton()
    found = look(*courses, as_of=START + timedelta(days=370), scale=HAMILTON)
    curves = [found.trajectory(c.citizen.citizen).curve for c in courses]
    improved = sum(curve[-1].level < curve[0].level for curve in curves if curve)
    assert len(courses) == 40
    assert improved >= 33
    kinds = [f.kind for f in found.history()]
    assert kinds.count("progression") >= 20
    assert kinds.count("regression") <= 2
    assert all(0 <= p.level <= 52 for curve in curves for p in curve)


def test_an_as_of_before_everything_is_quiet() -> None:
    early = look(course(rounds([3, 3])), as_of=date(2020, 1, 1))
    assert (early.flags, early.trajectory("c").phases) == ((), ())
