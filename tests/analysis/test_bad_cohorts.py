"""What should not happen and does: odd dates, odd raters, odd scales. Each has an answer, and it is stated here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, START, active, answers, assessed, course, day, look, rounds, uneven

from progression.analysis.analyse import analyse
from progression.analysis.cohort import Cohort
from progression.analysis.estimates import prior_estimates
from progression.casework.types import intervention_types
from progression.casework.values import DECLINED, NOT_RATED, Course
from progression.scales.model import Scale

SUM = HAMILTON.indicators[0].code


def kinds(analysis) -> list[str]:
    return [f.kind for f in analysis.history()]


def figures_are_sound(analysis, scale=BIP) -> None:
    """Every row a number, on the scale, never certain; every flag's numbers finite."""
    for causal in (True, False):
        for row in analysis.rows(causal):
            assert np.isfinite([row.level, row.level_sd, row.change, row.change_sd, row.evidence]).all()
            assert scale.minimum <= row.level <= scale.maximum
            assert row.level_sd > 0
            assert row.evidence >= 0
    for flag in (*analysis.history(everything=True), *analysis.flags):
        told = [flag.baseline, flag.level, flag.change, flag.change_sd, flag.margin, flag.evidence, flag.rate_limit]
        assert np.isfinite([value for value in told if value is not None]).all()
    for citizen in analysis.cohort.citizens:
        curve = analysis.trajectory(citizen).curve
        assert all(np.isfinite([p.level, p.sd]).all() and p.sd > 0 for p in curve)


# two assessments on one day


def test_two_raters_on_one_day_are_one_look() -> None:
    found = look(course(rounds([3, 3, 3], given=uneven)), as_of=9)
    assert len(list(found.rows())) == 3
    figures_are_sound(found)


def test_one_rater_twice_on_a_day_counts_twice_and_is_one_look() -> None:
    once = look(course([assessed(1, uneven(3)), assessed(4, uneven(2))]), as_of=6)
    twice = look(course([assessed(1, uneven(3)), assessed(4, uneven(2)), assessed(4, uneven(2))]), as_of=6)
    assert len(list(twice.rows())) == len(list(once.rows())) == 2
    assert list(twice.rows())[-1].level < list(once.rows())[-1].level
    figures_are_sound(twice)


def test_ten_assessments_on_one_day_are_one_round() -> None:
    found = look(course([assessed(1, uneven(2 + k % 3)) for k in range(10)]), as_of=3)
    assert found.trajectory("c").rounds == 1
    assert found.trajectory("c").standing == "too_few"
    figures_are_sound(found)


# before and after the case


def test_what_was_assessed_before_the_case_opened_has_no_look_and_is_on_the_curve() -> None:
    rows = [assessed(-8, uneven(4)), assessed(-4, uneven(4)), *rounds([3, 3, 3], given=uneven)]
    found = look(course(rows), as_of=9)
    assert [r.day >= START for r in found.rows()] == [True] * 3
    assert len(found.trajectory("c").observations) == 8
    figures_are_sound(found)


def test_the_case_may_open_after_everything_was_assessed() -> None:
    found = look(course(rounds([3, 3, 2, 2], given=uneven), opened=day(30)), as_of=36)
    assert list(found.rows()) == []
    assert kinds(found) in ([], ["missing"])
    figures_are_sound(found)


def test_what_was_assessed_after_the_case_closed_does_not_count() -> None:
    before = rounds([4, 4, 4, 4], given=uneven)
    late = [assessed(14, answers(1, "citizen"), "citizen"), assessed(17, answers(1))]
    plain, more = (look(course(rows, closed=day(12)), as_of=20) for rows in (before, before + late))
    assert list(plain.rows()) == list(more.rows())
    assert plain.history(everything=True) == more.history(everything=True)
    assert plain.flags == more.flags


def test_a_case_closed_before_it_opened_has_no_day() -> None:
    found = look(course(rounds([3, 3, 3], given=uneven), closed=day(-20)), as_of=12)
    assert list(found.rows()) == []
    assert found.flags == ()


# the future


def test_what_is_dated_later_is_not_known_yet() -> None:
    rows = rounds([4, 4, 4, 4], given=uneven)
    later = [replace(assessed(1, answers(1)), date=date(2099, 1, 1)), assessed(20, answers(1))]
    spell = active(30, 40)
    plain, more = look(course(rows), as_of=12), look(course(rows + later, [spell]), as_of=12)
    assert list(plain.rows()) == list(more.rows())
    assert plain.flags == more.flags
    assert plain.trajectory("c") == more.trajectory("c")


# nothing, and one


@pytest.mark.parametrize("nothing", [NOT_RATED, DECLINED])
def test_all_items_missing_tells_nothing_of_the_level_and_was_held(nothing) -> None:
    blank = dict.fromkeys(answers(3), nothing)
    found = look(course([assessed(1 + 3 * k, blank) for k in range(5)]), as_of=14)
    assert list(found.rows()) == []
    assert found.flags == ()
    # a level that was known stays known
    both = look(course([*rounds([3, 3, 3], given=uneven), assessed(9, blank)]), as_of=11)
    assert len(list(both.rows())) == 3
    assert "missing" not in kinds(both)


def test_nobody_assessed_and_nobody_at_all() -> None:
    assert look(course([]), as_of=12).flags == ()
    assert look(as_of=12).flags == ()
    assert list(look(as_of=12).rows()) == []


@pytest.mark.parametrize("step", [1, 3, 5])
def test_one_measurement_is_too_few(step) -> None:
    found = look(course([assessed(1, step)]), as_of=3)
    (row,) = found.rows()
    assert row.change == 0.0
    assert found.flags == ()
    assert found.trajectory("c").standing == "too_few"
    figures_are_sound(found)


# the same for years


@pytest.mark.parametrize("state", [(), (active(0),)], ids=["passive", "active"])
def test_always_at_the_floor_is_a_standstill_that_cannot_be_measured_lower(state) -> None:
    found = look(course(rounds([1] * 20), state), as_of=59)
    figures_are_sound(found)
    assert kinds(found) == ["stagnation"]
    seen = found.trajectory("c")
    assert (seen.standing, seen.floor, seen.ceiling) == ("stagnation", True, False)
    assert all(abs(r.change) < 0.05 for r in found.rows())


def test_always_at_the_ceiling_holds_the_level() -> None:
    found = look(course(rounds([5] * 20, every=2.9)), as_of=56)
    figures_are_sound(found)
    assert kinds(found) == []
    seen = found.trajectory("c")
    assert (seen.standing, seen.floor, seen.ceiling) == ("stagnation", False, True)
    assert all(abs(r.change) < 0.05 for r in found.rows())


@pytest.mark.parametrize("step", [2, 3, 4])
def test_always_the_same_is_a_standstill_and_no_certainty(step) -> None:
    found = look(course(rounds([step] * 20, every=2.9)), as_of=56)
    figures_are_sound(found)
    assert kinds(found) == ["stagnation"]
    last = list(found.rows())[-1]
    assert abs(last.change) < 0.1
    assert last.level_sd > 0.2  # both raters may see it wrongly, in the same way, for years
    assert abs(last.level - step) < 0.2


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("every", [1, 3])
def test_twenty_years_at_an_end_are_no_change(step, every) -> None:
    found = look(course(rounds([step] * round(240 / every), every=every)), as_of=239)
    figures_are_sound(found)
    assert all(abs(r.change) < 0.1 for r in found.rows(True))
    assert all(abs(r.change) < 0.1 for r in found.rows(False))


@pytest.mark.parametrize("score", [0, 52])
def test_a_sum_score_at_an_end_for_years_is_known_to_lie_there(score) -> None:
    found = look(
        course([assessed(0.5 + 2.9 * k, {SUM: score}, scale="hamd") for k in range(40)]), as_of=116, scale=HAMILTON
    )
    figures_are_sound(found, HAMILTON)
    rows = list(found.rows())
    assert all(abs(r.level - score) < 1.5 for r in rows)
    assert all(abs(r.change) < 0.5 for r in rows)
    assert kinds(found) == ([] if score == 0 else ["stagnation"])  # less is better: 0 is the ceiling
    assert found.trajectory("c").ceiling == (score == 0)


@pytest.mark.parametrize(
    ("before", "after", "kind"), [(5, 1, "regression"), (1, 5, "progression"), (3, 1, "regression")]
)
def test_a_leap_after_years_of_the_same_is_found_at_once(before, after, kind) -> None:
    found = look(course(rounds([before] * 12 + [after], every=2.9)), as_of=36)
    assert kinds(found)[-1] == kind
    assert abs(list(found.rows())[-1].change - (after - before)) < abs(after - before) / 2


# raters


@pytest.mark.parametrize("rater", ["caseworker", "citizen"])
def test_only_one_rater_ever_is_enough(rater) -> None:
    levels = [4, 4, 4, 4, 2, 2]
    found = look(course([assessed(0.5 + 2.9 * k, uneven(s, rater), rater) for k, s in enumerate(levels)]), as_of=17)
    assert "regression" in kinds(found)
    figures_are_sound(found)
    assert list(found.rows(rater=rater)) != []
    assert list(found.rows(rater="citizen" if rater == "caseworker" else "caseworker")) == []


def test_a_caseworker_who_changes_every_round_explains_jumps() -> None:
    levels = [3, 4, 3, 2, 3, 4]
    given = [uneven(s) for s in levels]
    same = look(course([assessed(0.5 + 2.9 * k, g, assessor="p") for k, g in enumerate(given)]), as_of=17)
    others = look(course([assessed(0.5 + 2.9 * k, g, assessor=f"p{k}") for k, g in enumerate(given)]), as_of=17)
    figures_are_sound(others)
    assert max(r.evidence for r in others.rows()) < 0.75 * max(r.evidence for r in same.rows())


def test_identical_people_get_identical_flags_whatever_else_is_strange() -> None:
    twin = [course(rounds([4, 4, 4, 2, 2], given=uneven), number=f"T{k}", citizen=f"t{k}") for k in range(2)]
    strange = [
        course([], number="A", citizen="a"),
        course([assessed(1, 3)] * 2, number="B", citizen="b"),
        course(rounds([1] * 9), number="D", citizen="d", closed=day(1)),
    ]
    found = look(twin[0], *strange, twin[1], as_of=15)
    mine = [[replace(f, id="", citizen="", number="") for f in found.history() if f.citizen == f"t{k}"] for k in (0, 1)]
    assert mine[0] == mine[1] != []


# lengths


def test_two_hundred_assessments_and_gaps_of_twenty_years() -> None:
    rng = np.random.default_rng(1)
    rows = [assessed(k * 0.9, uneven(int(rng.integers(2, 5)))) for k in range(200)]
    figures_are_sound(look(course(rows), as_of=200))
    sparse = [assessed(m, uneven(s)) for m, s in ((1, 4), (241, 4), (481, 2), (484, 2), (487, 2))]
    found = look(course(sparse), as_of=490)
    figures_are_sound(found)
    assert all(r.level_sd < 2 for r in found.rows())
    assert len(found.trajectory("c").curve) < 40_000


# scales


def odd_scale(**more) -> Scale:
    """BIP with other ends, another direction or fewer items."""
    return replace(BIP, id="odd", version=1, **more)


def at_scale(scale: Scale, levels, raters=("caseworker", "citizen")) -> Course:
    rows = [
        assessed(0.5 + 2.9 * k, {i.code: level for i in scale.rated_by(r)}, r, scale=scale.id)
        for k, level in enumerate(levels)
        for r in raters
    ]
    return course(rows)


ONE = replace(BIP.indicators[0], in_whole=True, raters=frozenset({"caseworker", "citizen"}))
SCALES = {
    "from 0": odd_scale(minimum=0, maximum=4),
    "less is better": odd_scale(direction="lower"),
    "two steps": odd_scale(minimum=0, maximum=1, minimal_important_change=0.2),
    "one item, three steps": odd_scale(minimum=1, maximum=3, indicators=(ONE,), minimal_important_change=0.5),
    "0 to 100": odd_scale(minimum=0, maximum=100, minimal_important_change=8.0),
    "0 to 100, tiny change": odd_scale(minimum=0, maximum=100, minimal_important_change=0.3),
    "one item, 0 to 100": odd_scale(minimum=0, maximum=100, indicators=(ONE,), minimal_important_change=5.0),
    "one item, 0 to 100, tiny change": odd_scale(
        minimum=0, maximum=100, indicators=(ONE,), minimal_important_change=0.3
    ),
    "four items": odd_scale(indicators=BIP.indicators[:4]),
}


@pytest.mark.parametrize("name", SCALES)
def test_any_scale_gives_sound_figures(name) -> None:
    scale = SCALES[name]
    low, high = scale.minimum, scale.maximum
    courses = [[low] * 8, [high] * 8, [low, high] * 4, [high] * 4 + [low] * 4, [(low + high) // 2] * 8]
    for levels in courses:
        figures_are_sound(look(at_scale(scale, levels), as_of=24, scale=scale), scale)


@pytest.mark.parametrize("name", [n for n in SCALES if n != "two steps"])
def test_on_any_scale_a_fall_across_it_is_a_regression(name) -> None:
    scale = SCALES[name]
    best, worst = (scale.maximum, scale.minimum) if scale.better > 0 else (scale.minimum, scale.maximum)
    assert "regression" in kinds(look(at_scale(scale, [best] * 4 + [worst] * 4), as_of=24, scale=scale))
    assert "progression" in kinds(look(at_scale(scale, [worst] * 4 + [best] * 4), as_of=24, scale=scale))


def test_direction_turns_everything() -> None:
    lower = SCALES["less is better"]
    found = look(at_scale(lower, [1] * 20), as_of=59, scale=lower)
    assert found.trajectory("c").ceiling
    assert not found.trajectory("c").floor
    worst = look(at_scale(lower, [5] * 20), as_of=59, scale=lower)
    assert "stagnation" in kinds(worst)
    assert worst.trajectory("c").floor


def test_estimates_with_means_of_items_that_are_gone_or_renamed_serve() -> None:
    scale = SCALES["four items"]
    prior = prior_estimates(scale)
    told = replace(prior, parameters=prior.parameters | {"mean.caseworker.gone": 4.5, "mean.citizen.gone": 1.0})
    cohort = Cohort.from_courses([at_scale(scale, [3, 3, 2, 2])], scale, intervention_types())
    first, second = (analyse(cohort, e, START + timedelta(days=400)) for e in (prior, told))
    assert list(first.rows()) == list(second.rows())


def test_items_added_later_were_skipped_before() -> None:
    # a new version with more items: earlier assessments answered some of them
    early = [assessed(0.5 + 2.9 * k, {i.code: 3 for i in BIP.indicators[:4]}) for k in range(4)]
    late = [assessed(12.1 + 2.9 * k, uneven(3)) for k in range(3)]
    found = look(course(early + late), as_of=20)
    figures_are_sound(found)
    assert kinds(found) == ["stagnation"]
    assert all(abs(r.change) < 0.3 for r in found.rows())
