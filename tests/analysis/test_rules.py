"""The method "rules": exact p, what is compared with what, what never fires, and what a flag of it says."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON, START, active, answers, assessed, course, day, look, rounds
from hypothesis import given, settings, strategies

from progression.analysis.looks import judge as judge_plain
from progression.analysis.rules import account_of, compare, judgeable, shipped, sign_test
from progression.analysis.settings import RULE_BOUNDS, Rules, RulesAccount, Settings
from progression.casework.values import Assessment, Decision, PlanItem

BY_RULES = Settings(method="rules")
WHOLE = [i.code for i in BIP.indicators if i.in_whole]
BOTH = [i.code for i in BIP.rated_by("citizen") if i.in_whole]
SIGN_TABLE = Path(__file__).parent.parent / "data" / "sign_test_items.csv"


def sheet(step: int, moved: int, to: int, rater: str = "caseworker") -> dict:
    """The same step everywhere, apart from the first so many indicators."""
    return answers(step, rater, **dict.fromkeys(WHOLE[:moved], to))


def after_start(moved: int, to: int, rater: str = "caseworker", step: int = 3):
    """One rater: three equal rounds, the third at the start of the passive phase, and one that moved."""
    before = [assessed(0.5 + 2.9 * i, answers(step, rater), rater) for i in range(3)]
    last = assessed(9.2, sheet(step, moved, to, rater), rater)
    return course([*before, last], [active(0, 6.3)])


def kinds(whole, as_of: float = 10.0, **more) -> list[str]:
    return [f.kind for f in look(whole, as_of=as_of, settings=BY_RULES, **more).history(everything=True)]


# the arithmetic


def test_the_sign_test_is_the_exact_binomial_of_the_reference_table() -> None:
    """`sign_test_items.csv` of the shared vectors: fractions for up to eleven indicators, compared exactly."""
    with SIGN_TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 77
    for row in rows:
        found = sign_test(int(row["n_items_changed"]), int(row["k_items_down"]))
        assert Fraction(found) == Fraction(row["one_sided_p_exact_fraction"])


def test_the_sign_test_is_what_textbooks_print() -> None:
    """Siegel 1956, the worked sign test (3 of 14 the other way, p = .029) and table D for 0 of 8, 2 of 14, 3 of 17."""
    assert round(sign_test(14, 11), 3) == 0.029
    assert [round(sign_test(n, n - x), 3) for n, x in ((8, 0), (14, 2), (17, 3))] == [0.004, 0.006, 0.006]
    assert sign_test(0, 0) == 1.0
    with pytest.raises(ValueError, match="3 of 2"):
        sign_test(2, 3)


def test_at_the_standard_limit_it_takes_eight_indicators_all_one_way() -> None:
    """The least that reaches 0.005 by enumeration, for as many indicators as the scale has."""
    reached = [(n, k) for n in range(len(WHOLE) + 1) for k in range(n + 1) if sign_test(n, k) <= Rules().p_limit]
    assert reached == [(8, 8), (9, 9), (10, 10)]
    assert Rules().least_moved == 8
    assert [Rules(p_limit=p).least_moved for p in (2**-5, 0.05, 0.01, 0.1)] == [5, 5, 7, 4]


@given(
    moves=strategies.lists(strategies.integers(-2, 2), min_size=10, max_size=10),
    other=strategies.lists(strategies.integers(-2, 2), min_size=10, max_size=10),
)
@settings(max_examples=150, deadline=None)
def test_it_never_fires_with_fewer_than_eight_moved_or_any_the_other_way(moves: list[int], other: list[int]) -> None:
    """Both raters' moves at random; counted here in plain Python."""
    raters = {"caseworker": dict(zip(WHOLE, moves, strict=True)), "citizen": dict(zip(WHOLE, other, strict=True))}
    rows = [assessed(0.5 + 2.9 * i, 3, rater) for i in range(3) for rater in raters]
    for rater, steps in raters.items():
        now = {code: 3 + steps.get(code, 0) for code in answers(3, rater)}
        rows.append(assessed(9.2, now, rater))
    net = [
        sum((raters[r][c] > 0) - (raters[r][c] < 0) for r in raters if r == "caseworker" or c in BOTH) for c in WHOLE
    ]
    down, up = sum(n < 0 for n in net), sum(n > 0 for n in net)
    found = kinds(course(rows, [active(0, 6.3)]))
    assert not ("regression" in found and (down < 8 or up))
    assert not ("progression" in found and (up < 8 or down))
    total = sum(moves) + sum(m for c, m in zip(WHOLE, other, strict=True) if c in BOTH)
    assert ("regression" in found) == (down >= 8 and not up and total / (len(WHOLE) + len(BOTH)) <= -0.1)


# what is compared


def test_eight_of_ten_down_is_regression_and_seven_is_not_and_up_is_the_mirror() -> None:
    assert kinds(after_start(8, 2)) == ["regression"]
    assert kinds(after_start(7, 2)) == []
    assert kinds(after_start(8, 4)) == ["progression"]
    assert kinds(after_start(7, 4)) == []


def test_the_popular_rule_is_not_an_alarm() -> None:
    """One step down on two indicators, or two steps on one: at most a topic for talk (measurement.md)."""
    assert kinds(after_start(2, 2)) == []
    assert kinds(after_start(1, 1)) == []


def test_raters_who_say_opposite_things_about_an_indicator_have_not_moved_it() -> None:
    rows = [assessed(0.5 + 2.9 * i, 3, rater) for i in range(3) for rater in ("caseworker", "citizen")]
    down, up = sheet(3, 8, 2), sheet(3, 1, 4, "citizen")
    agree = [*rows, assessed(9.2, down), assessed(9.2, 3, "citizen")]
    differ = [*rows, assessed(9.2, down), assessed(9.2, up, "citizen")]
    assert kinds(course(agree, [active(0, 6.3)])) == ["regression"]
    assert kinds(course(differ, [active(0, 6.3)])) == []


def test_one_rater_alone_is_enough_when_the_other_never_answers() -> None:
    assert kinds(after_start(9, 2, "citizen")) == ["regression"]


def test_each_rater_is_compared_with_the_round_nearest_the_start_of_the_phase() -> None:
    """The round before it is nearer, though others came earlier and later; two answers of one round: the nearer."""

    def idle(rows: list[Assessment], as_of: float) -> list[str]:
        """What is raised in the passive phase."""
        found = look(course(rows, [active(0, 6.3)]), as_of=as_of, settings=BY_RULES).history(everything=True)
        return [f.kind for f in found if f.phase.state == "passive" and f.kind != "missing"]

    early = [assessed(0.5, 5), assessed(3.4, 5), assessed(5.4, 5), assessed(6.2, 2), assessed(9.2, 2)]
    assert idle(early, 9.3) == []
    later = [assessed(0.5, 2), assessed(3.4, 2), assessed(6.9, 4), assessed(9.8, 2)]
    assert idle(later, 9.9) == ["regression"]


def test_an_answer_left_out_is_not_compared() -> None:
    whole = after_start(8, 2)
    *before, last = whole.assessments
    some = replace(last, answers=last.answers | {WHOLE[0]: "not_rated"})
    gone = replace(last, answers=dict.fromkeys(last.answers, "declined"))
    assert kinds(replace(whole, assessments=(*before, some))) == []
    assert kinds(replace(whole, assessments=(*before, gone))) == []
    base = replace(before[2], answers=before[2].answers | {WHOLE[9]: "not_rated"})
    (flag,) = look(
        replace(whole, assessments=(*before[:2], base, last)), as_of=10, settings=BY_RULES
    ).flags  # one that did not move
    assert dict(flag.numbers)["answers_caseworker"] == 9
    assert (flag.baseline, flag.level) == (3.0, round(19 / 9, 9))


def test_a_belief_outside_the_whole_scale_counts_nowhere() -> None:
    whole = after_start(7, 2)
    *before, last = whole.assessments
    lost = replace(last, answers=last.answers | {"sagsbehandlers_tro": 1})
    assert kinds(replace(whole, assessments=(*before, lost))) == []


def changing(after: str, citizen: int | None = None, mode: str = ""):
    """A caseworker's sheets that fall by a step when `after` takes over; the citizen's stay, fall or are not there."""
    rows = [assessed(0.5 + 2.9 * i, 3, assessor="anna") for i in range(3)]
    rows.append(assessed(9.2, 2, assessor=after, mode=mode))
    if citizen is not None:
        rows += [assessed(0.5 + 2.9 * i, 3, "citizen") for i in range(3)]
        rows.append(assessed(9.2, citizen, "citizen"))
    return course(rows, [active(0, 6.3)])


def test_across_a_change_of_caseworker_only_the_citizen_is_compared() -> None:
    assert kinds(changing("anna")) == ["regression"]
    assert kinds(changing("bo")) == []
    assert kinds(changing("bo", citizen=3)) == []
    (flag,) = look(changing("bo", citizen=2), as_of=10, settings=BY_RULES).flags
    assert (flag.kind, flag.rater, flag.caseworker_changed) == ("regression", "citizen", day(9.2))
    numbers = dict(flag.numbers)
    assert (numbers["answers_caseworker"], numbers["answers_citizen"]) == (0, len(BOTH))


def test_another_way_of_asking_is_like_another_rater() -> None:
    whole = changing("anna", mode="phone")
    asked = tuple(replace(a, mode=a.mode or "interview") for a in whole.assessments)
    assert kinds(replace(whole, assessments=asked)) == []


def test_who_comes_back_is_compared_with_their_own_answers() -> None:
    """The caseworker of the first round of the phase, and the way of asking then, though others came in between."""
    rows = [assessed(0.5 + 2.9 * i, 3, assessor="anna") for i in range(3)]
    away = assessed(9.2, 2, assessor="bo")
    whole = course([*rows, away, assessed(12.1, 2, assessor="anna")], [active(0, 6.3)])
    (flag,) = look(whole, as_of=12.5, settings=BY_RULES).history()
    assert (flag.kind, flag.raised_on) == ("regression", day(12.1))
    asked = [assessed(0.5 + 2.9 * i, 3, "citizen", mode="self") for i in range(3)]
    asked += [assessed(9.2, 2, "citizen", mode="phone"), assessed(12.1, 2, "citizen", mode="self")]
    (flag,) = look(course(asked, [active(0, 6.3)]), as_of=12.5, settings=BY_RULES).history()
    assert (flag.kind, flag.raised_on) == ("regression", day(12.1))


def test_somebody_nobody_named_is_the_last_one_named() -> None:
    rows = [assessed(0.5 + 2.9 * i, 3, assessor=name) for i, name in enumerate(("", "anna", "anna"))]
    assert kinds(course([*rows, assessed(9.2, 2)], [active(0, 6.3)])) == ["regression"]
    between = [*rows, assessed(9.2, 3, assessor="bo"), assessed(12.1, 2)]
    assert kinds(course(between, [active(0, 6.3)]), 12.5) == []


def test_the_next_phase_begins_the_comparison_anew() -> None:
    """The new caseworker's own first answers are what theirs are compared with once another phase has begun."""
    rows = [assessed(0.5 + 2.9 * i, 3, assessor="anna") for i in range(3)]
    rows += [assessed(9.2 + 2.9 * i, step, assessor="bo") for i, step in enumerate((4, 4, 2))]
    assert kinds(course(rows, [active(0, 6.3)]), 16) == []
    assert kinds(course(rows, [active(0, 6.3), active(12, name="i2")]), 16) == ["regression"]


def test_raters_on_different_days_of_a_round_are_counted_together_on_the_later_one() -> None:
    rows = [assessed(0.5 + 2.9 * i + 0.3 * n, 3, r) for i in range(3) for n, r in enumerate(("caseworker", "citizen"))]
    last = [
        assessed(9.2, sheet(3, 5, 2)),
        assessed(9.5, answers(3, "citizen", **dict.fromkeys(BOTH[5:], 2)), "citizen"),
    ]
    found = look(course([*rows, *last], [active(0, 6.2)]), as_of=10, settings=BY_RULES).history()
    assert [(f.kind, f.raised_on) for f in found] == [("regression", day(9.5))]
    assert dict(found[0].numbers)["moved_down"] == 9


# floors, ceilings, standstill


def test_at_the_floor_nothing_can_fall_and_at_the_ceiling_nothing_stands_still() -> None:
    assert kinds(course(rounds([1] * 9, 2.9), [active(0)]), 24) == ["stagnation"]
    bottom = look(course(rounds([1] * 9, 2.9), [active(0)]), as_of=24, settings=BY_RULES).trajectory("c")
    assert bottom.floor and not bottom.ceiling
    assert kinds(course(rounds([5] * 9, 2.9), [active(0)]), 24) == []
    assert kinds(course(rounds([3] * 9, 2.9), [active(0)], plan=(PlanItem("c", day(1), goal="Fastholde"),)), 24) == []


def test_identical_answers_for_years_stand_still_after_four_rounds_and_nine_months() -> None:
    flat = course(rounds([3] * 16, 2.9), [active(0)])
    (flag,) = look(flat, as_of=46, settings=BY_RULES).history()
    months = (flag.raised_on.year - START.year) * 12 + flag.raised_on.month - START.month
    assert (flag.kind, flag.suggestion, flag.assessments_in_phase) == ("stagnation", "adjust", 4)
    assert months == 9
    assert (flag.change, flag.margin, flag.evidence, flag.change_sd) == (0.0, 0.15, None, None)


def test_a_gain_of_half_the_smallest_change_is_no_standstill() -> None:
    """19 answers: three of them a step higher is 0.158 on average, two is 0.105; the limit is 0.15."""

    def rising(moved: int):
        rows = rounds([3] * 3, 2.9)
        for i in range(3, 6):
            rows.append(assessed(0.5 + 2.9 * i, sheet(3, moved, 4)))
            rows.append(assessed(0.5 + 2.9 * i, 3, "citizen"))
        return kinds(course(rows, [active(0)]), 16)

    assert rising(3) == []
    assert rising(2) == ["stagnation"]


def test_a_gain_of_exactly_the_limit_counts_as_a_gain() -> None:
    """Three of twenty answers is 0.15 exactly, which binary fractions do not hold: no rounding may undo it."""
    scale = replace(
        BIP, indicators=tuple(replace(i, raters=frozenset({"caseworker", "citizen"})) for i in BIP.indicators)
    )

    def every(step, **other):
        return {i.code: other.get(i.code, step) for i in scale.indicators}

    rows = [assessed(0.5 + 2.9 * i, every(3), rater) for i in range(3) for rater in ("caseworker", "citizen")]
    for i in range(3, 6):
        rows.append(assessed(0.5 + 2.9 * i, every(3, **dict.fromkeys(WHOLE[:3], 4))))
        rows.append(assessed(0.5 + 2.9 * i, every(3), "citizen"))
    assert kinds(course(rows, [active(0)]), 16, scale=scale) == []


def test_too_few_comparable_indicators_are_no_standstill() -> None:
    few = dict.fromkeys(answers(3), "not_rated") | dict.fromkeys(WHOLE[:4], 3)
    half = few | {WHOLE[4]: 3}
    assert kinds(course([assessed(0.5 + 2.9 * i, few) for i in range(8)], [active(0)]), 22) == []
    assert kinds(course([assessed(0.5 + 2.9 * i, half) for i in range(8)], [active(0)]), 22) == ["stagnation"]


# bookkeeping


def test_a_flag_of_the_rules_can_be_recomputed_from_the_sheets() -> None:
    (flag,) = look(after_start(9, 2), as_of=10, settings=BY_RULES).flags
    numbers = dict(flag.numbers)
    assert (flag.method, flag.estimates, flag.evidence, flag.change_sd) == ("rules", "", None, None)
    assert (numbers["moved_down"], numbers["moved_up"], numbers["p"]) == (9, 0, 2**-9)
    assert numbers["p"] == sign_test(9, 9) <= numbers["p_limit"]
    assert (flag.baseline, flag.level, flag.change) == (3.0, 2.1, -0.9)
    assert flag.margin == pytest.approx(BIP.minimal_important_change / 3)
    assert abs(flag.change) >= flag.margin


def test_a_flag_keeps_its_id_whichever_method_raised_it() -> None:
    whole = course(rounds([3, 3, 3, 3, 2, 2, 2], 2.9), [active(0, 8)])
    (one,), (other,) = look(whole, as_of=18.5).flags, look(whole, as_of=18.5, settings=BY_RULES).flags
    assert (one.id, one.method, other.method) == (other.id, "trajectory", "rules")


def test_the_first_two_rounds_raise_nothing_and_a_round_one_flag() -> None:
    assert kinds(course([assessed(0.5, 4), assessed(3.4, 2)]), 4) == []
    history = look(course(rounds([4, 4, 2, 2, 4, 4], 2.9)), as_of=16, settings=BY_RULES).history()
    assert len({f.raised_on for f in history}) == len(history)


def test_a_decision_silences_and_missing_is_as_ever() -> None:
    whole = after_start(9, 2)
    (flag,) = look(whole, as_of=10, settings=BY_RULES).flags
    decided = Decision("c", day(9.5), f"flag:{flag.id}", "start", follow_up=day(11))
    found = look(whole, as_of=10, settings=BY_RULES, decisions=[decided]).flags
    assert [(f.status, f.method) for f in found] == [("silenced", "rules")]
    short = course(rounds([3, 3], 2.9))
    plain, by_rules = look(short, as_of=10).flags, look(short, as_of=10, settings=BY_RULES).flags
    assert [replace(f, method="rules", estimates="") for f in plain] == list(by_rules)


def test_what_the_other_method_showed_is_taken_back_with_that_reason() -> None:
    rows = rounds([3] * 3, 2.9)
    for i in (3, 4):
        rows += [assessed(0.5 + 2.9 * i, sheet(3, 6, 1, rater), rater) for rater in ("caseworker", "citizen")]
    whole = course(rows, [active(0, 6.3)])
    flag = next(f for f in look(whole, as_of=12.5).flags if f.kind == "regression" and f.indicator is None)
    found = look(whole, as_of=12.5, settings=BY_RULES, shown=[flag]).flags
    assert [(f.status, f.withdrawn_because, f.method) for f in found] == [("withdrawn", "other_method", "trajectory")]


def test_a_later_fact_changes_no_earlier_flag() -> None:
    rng = random.Random(7)
    for _ in range(12):
        rows = [
            assessed(0.4 + 2.9 * i + (rater == "citizen") * rng.random(), {
                c: rng.choice((1, 2, 3, 3, 4, "not_rated")) if i < 4 else rng.choice((1, 1, 2))
                for c in answers(3, rater)
            }, rater)
            for i in range(8) for rater in ("caseworker", "citizen") if rng.random() < 0.85
        ]  # fmt: skip
        whole = course(rows, [active(0, 6), active(13, 15, name="i2")])
        early, late = (look(whole, as_of=a, settings=BY_RULES).history(True) for a in (15.5, 26))
        assert [f.id for f in early] == [f.id for f in late if f.raised_on <= day(15.5)]


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    from progression.analysis import rules

    analysis = look(*[replace(after_start(k, 2), citizen=replace(after_start(k, 2).citizen, citizen=str(k)))
                      for k in range(10)], as_of=10)  # fmt: skip
    plain = judge_plain(analysis._basis)
    whole = compare(analysis._basis, plain.in_phase)
    monkeypatch.setattr(rules, "BLOCK", 7)
    parts = compare(analysis._basis, plain.in_phase)
    for name in ("down", "up", "answers", "items", "before", "now", "latest"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))
    assert whole.down.max() == 9


# one number, other scales, other thresholds


def test_a_sum_score_cannot_be_judged_by_a_sign_test_but_can_stand_still() -> None:
    code = HAMILTON.indicators[0].code
    fell = [
        Assessment("c", "caseworker", HAMILTON.id, day(0.5 + 2.9 * i), {code: s}) for i, s in enumerate((20, 20, 40))
    ]
    flat = [Assessment("c", "caseworker", HAMILTON.id, day(0.5 + 2.9 * i), {code: 20}) for i in range(6)]
    assert not judgeable(HAMILTON, Rules()) and not judgeable(HAMILTON, Rules(p_limit=0.1))
    assert judgeable(BIP, Rules())
    assert kinds(course(fell), 7, scale=HAMILTON) == []
    assert kinds(course(flat), 15.5, scale=HAMILTON) == ["stagnation"]


def test_where_lower_is_better_a_rise_is_worse() -> None:
    turned = replace(BIP, direction="lower")
    assert kinds(after_start(8, 4), scale=turned) == ["regression"]
    assert kinds(after_start(8, 2), scale=turned) == ["progression"]


def test_thresholds_are_what_the_municipality_set() -> None:
    loose = Settings(method="rules", rules=Rules(p_limit=0.05, gain_share=1.0, rounds=3, months=3))
    assert [f.kind for f in look(after_start(5, 2), as_of=10, settings=loose).flags] == ["regression"]
    assert [f.kind for f in look(course(rounds([3] * 4, 2.9), [active(0)]), as_of=10, settings=loose).flags] == [
        "stagnation"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("p_limit", 0.0), ("p_limit", 0.5), ("p_limit", float("nan")), ("p_limit", "0.01"), ("rounds", 2),
     ("rounds", 4.5), ("rounds", True), ("months", 0), ("gain_share", -1.0)],
)  # fmt: skip
def test_a_threshold_out_of_bounds_is_named_and_never_used(name: str, value: object) -> None:
    assert replace(Rules(), **{name: value}).fault() == name
    assert Rules.of({**Rules().as_body(), name: value}) == Rules()


def test_settings_that_are_no_thresholds_give_the_standard_ones() -> None:
    assert Rules().fault() is None
    assert all(Rules(**{name: high if name in ("p_limit", "gain_share") else int(high)}).fault() is None
               for name, (_, high) in RULE_BOUNDS.items())  # fmt: skip
    for body in (None, "rules", 3, {}, {"unheard_of": 1}, {"p_limit": None}, []):
        assert Rules.of(body) == Rules()
    assert Rules.of({"p_limit": 0.01}) == Rules(p_limit=0.01)


def test_an_account_holds_for_its_own_thresholds_scale_and_smallest_change_only() -> None:
    standard = shipped(BIP)
    assert standard is not None
    assert account_of(BIP, BY_RULES) == standard
    edited = Settings(method="rules", rules=Rules(p_limit=0.01))
    assert account_of(BIP, edited) is None
    own = replace(standard, rules=edited.rules, found=0.2)
    assert account_of(BIP, replace(edited, accounts=(own,))) == own
    assert account_of(replace(BIP, minimal_important_change=0.5), BY_RULES) is None
    assert account_of(replace(BIP, id="another"), BY_RULES) is None
    assert RulesAccount.of(own.as_body()) == own
    (flag,) = look(after_start(9, 2), as_of=10, settings=edited).flags
    assert "false_regression" not in dict(flag.numbers)
