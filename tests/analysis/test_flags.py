"""When a flag is raised, shown, decided, silenced and taken back, and that it can be recomputed by hand."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from analysis_cases import BIP, HAMILTON, START, active, answers, assessed, course, day, look, rounds, uneven

from progression.analysis.settings import Settings
from progression.analysis.values import Flag
from progression.casework.values import Assessment, Assignment, Decision, PlanItem

FALLING = [3, 3, 3, 3, 2, 2, 2]
ACTIVE_FIRST = [active(0, 8)]  # passive from month 8; the rounds at 9.5 and later lie in the passive phase


def _falling(**more):
    return course(rounds(FALLING, 2.9), ACTIVE_FIRST, **more)


def _kinds(flags) -> list[str]:
    return [f.kind for f in flags]


def test_a_fall_in_a_passive_phase_is_raised_with_what_it_takes_to_recompute_it() -> None:
    (flag,) = look(_falling(), as_of=18.5).flags
    assert (flag.kind, flag.suggestion, flag.status, flag.rater) == ("regression", "start", "open", "both")
    assert flag.phase.state == "passive"
    assert flag.phase.start == day(8) + timedelta(days=1)
    assert flag.raised_on in {a.date for a in _falling().assessments}
    numbers = dict(flag.numbers)
    assert flag.change == pytest.approx(flag.level - flag.baseline)
    assert flag.change < 0 < flag.evidence
    assert flag.evidence == pytest.approx(abs(flag.change) / flag.change_sd)
    assert flag.margin == pytest.approx(max(numbers["mic"] / 3, numbers["c"] * flag.change_sd))
    assert abs(flag.change) >= flag.margin
    assert flag.estimates == "prior/0"


def test_its_id_is_a_hash_of_what_it_is_about() -> None:
    (flag,) = look(_falling(), as_of=18.5).flags
    text = "\n".join(["H1", "bip", "regression", "", flag.phase.start.isoformat()])
    assert flag.id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_identical_answers_raise_identical_flags_whoever_they_are() -> None:
    one = _falling()
    other = replace(
        one,
        citizen=replace(
            one.citizen, citizen="d", number="H2", target_group="Horsens 3", born=date(1960, 1, 1), team="B"
        ),
    )
    found = look(one, other, as_of=18.5).flags
    plain = [replace(f, id="", citizen="", number="") for f in found]
    assert len(found) == 2
    assert plain[0] == plain[1]


def test_the_kind_of_phase_does_not_change_the_numbers() -> None:
    """The drift prior is centred on 0 and equally wide in every kind of phase."""
    passive = course(rounds(FALLING, 2.9), [active(0, 8)])
    # the same boundary, the states exchanged
    active_then = course(rounds(FALLING, 2.9), [replace(active(8), start=day(8) + timedelta(days=1))])
    (one,), (two,) = look(passive, as_of=18.5).flags, look(active_then, as_of=18.5).flags
    assert (one.level, one.change, one.change_sd) == (two.level, two.change, two.change_sd)
    assert (one.suggestion, two.suggestion) == ("start", "adjust")


def test_waiting_and_exempt_have_their_own_suggestion() -> None:
    for code, state, suggestion in (("venter", "waiting", "start"), ("fritaget", "exempt", "review")):
        rows = [active(0, 8), replace(active(8, code=code, name="w"), start=day(8) + timedelta(days=1))]
        (flag,) = look(course(rounds(FALLING, 2.9), rows), as_of=18.5).flags
        assert (flag.phase.state, flag.suggestion) == (state, suggestion)
        assert flag.phase.interventions == ("w",)


def test_a_rise_is_progression_and_while_active_suggests_to_continue() -> None:
    (flag,) = look(course(rounds([2, 2, 3, 3, 4], 2.9), [active(0)]), as_of=13).flags
    assert (flag.kind, flag.suggestion) == ("progression", "continue")
    assert flag.change > 0
    (idle,) = look(course(rounds([2, 2, 3, 3, 4], 2.9)), as_of=13).flags
    assert (idle.kind, idle.suggestion) == ("progression", None)


def test_on_a_scale_where_lower_is_better_a_rise_is_the_regression() -> None:
    code = HAMILTON.indicators[0].code
    rows = [
        Assessment("c", "caseworker", HAMILTON.id, day(0.5 + 2.9 * i), {code: score})
        for i, score in enumerate((12, 13, 12, 20, 26, 27))
    ]
    (flag,) = look(course(rows), as_of=15.5, scale=HAMILTON).flags
    assert flag.kind == "regression"
    assert flag.change > 0


def test_the_first_two_rounds_raise_nothing() -> None:
    plunge = course(rounds([5, 1, 1], 2.9))
    first = {a.date for a in plunge.assessments if a.date < day(4)}
    history = look(plunge, as_of=6.5).history(everything=True)
    assert _kinds(history) == ["regression"]
    assert history[0].raised_on not in first


def test_a_jump_when_the_caseworker_changes_is_mostly_taken_for_the_rater() -> None:
    def change(after: str):
        rows = [*rounds([3, 3, 3, 3], 2.9, given=uneven, assessor="anna")]
        for i in range(3):
            rows.append(assessed(12.1 + 2.9 * i, uneven(2), "caseworker", assessor=after))
            rows.append(assessed(12.1 + 2.9 * i, uneven(3, "citizen"), "citizen", assessor=after))
        return look(course(rows, ACTIVE_FIRST), as_of=18.5)

    same, other = change("anna"), change("bo")
    assert same.trajectory("c").standing == "regression"
    assert "regression" not in _kinds(other.history(everything=True))
    assert abs(other.trajectory("c").change) < abs(same.trajectory("c").change) / 3


def test_a_flag_says_when_the_caseworker_changed() -> None:
    rows = rounds(FALLING[:4], 2.9, assessor="anna") + rounds(FALLING[4:], 2.9, first=12.1, assessor="bo")
    who = (Assignment("c", "anna", START, day(10)), Assignment("c", "bo", day(11)))
    flags = look(course(rows, ACTIVE_FIRST), as_of=18.5).flags
    assert [(f.kind, f.caseworker_changed) for f in flags] == [("regression", day(12.1))]
    flags = look(course(rows, ACTIVE_FIRST, assignments=who), as_of=18.5).flags
    assert [f.caseworker_changed for f in flags] == [day(11)]


def test_a_flat_course_stands_still_only_after_long_enough() -> None:
    flat = course(rounds([3] * 9, 2.9), [active(0)])
    (flag,) = look(flat, as_of=24).history()
    assert (flag.kind, flag.suggestion) == ("stagnation", "adjust")
    assert (flag.raised_on - flag.phase.start).days > 152
    numbers = dict(flag.numbers)
    assert flag.rate_limit == pytest.approx(
        numbers["years"] * (numbers["drift_per_year"] + numbers["z"] * numbers["drift_sd"])
    )
    assert flag.rate_limit < numbers["mic"]
    assert flag.assessments_in_phase >= 3


def test_a_course_that_rises_enough_never_stands_still() -> None:
    steps = [{**answers(2), **dict.fromkeys(list(answers(2))[:k], 3)} for k in (0, 2, 4, 6, 8, 10)]
    rows = [assessed(0.5 + 2.9 * i, step) for i, step in enumerate(steps)]
    assert "stagnation" not in _kinds(look(course(rows, [active(0)]), as_of=16).history(everything=True))


def test_holding_the_level_is_no_stagnation_at_the_ceiling_or_by_plan() -> None:
    best = look(course(rounds([5] * 9, 2.9), [active(0)]), as_of=24)
    assert best.history(everything=True) == ()
    assert (best.trajectory("c").standing, best.trajectory("c").ceiling) == ("stagnation", True)
    kept = course(rounds([3] * 9, 2.9), [active(0)], plan=(PlanItem("c", day(1), goal="Fastholde niveauet"),))
    assert look(kept, as_of=24).history(everything=True) == ()


def test_missing_is_dated_the_day_after_the_duty_lapsed() -> None:
    whole = course(rounds([3, 3], 2.9))
    last = day(0.5 + 2.9)
    (flag,) = look(whole, as_of=10).flags
    assert (flag.kind, flag.suggestion, flag.phase.state) == ("missing", None, "passive")
    assert flag.due == date(last.year, last.month + 3, last.day)
    assert flag.raised_on == flag.due + timedelta(days=1)
    nothing = (flag.baseline, flag.level, flag.change, flag.margin, flag.evidence)
    assert nothing == (None,) * 5
    assert look(whole, as_of=flag.due).flags == ()
    assert _kinds(look(whole, as_of=flag.raised_on).flags) == ["missing"]
    assert look(whole, as_of=10, settings=Settings(months=12)).flags == ()
    assert look(whole, as_of=10, settings=Settings(off=frozenset({"missing"}))).flags == ()


def test_an_assessment_with_nothing_rated_still_meets_the_duty() -> None:
    blank = assessed(6.2, dict.fromkeys(answers(1), "not_rated"))
    flags = look(course([*rounds([3, 3], 2.9), blank]), as_of=8).history()
    assert flags == ()
    (flag,) = look(course([*rounds([3, 3], 2.9), blank]), as_of=12).flags
    assert flag.due == day(6.2).replace(month=day(6.2).month + 3)


def test_missing_only_when_its_round_showed_nothing_else() -> None:
    fall = look(_falling(), as_of=24)
    assert _kinds(fall.history()) == ["regression", "missing"]
    short = course(rounds(FALLING[:5], 2.9), ACTIVE_FIRST)  # the round that raises the regression is the last
    assert _kinds(look(short, as_of=24).history()) == ["regression"]
    assert sorted(_kinds(look(short, as_of=24).history(everything=True))) == ["missing", "regression"]


def test_at_most_one_new_flag_per_round() -> None:
    rows = [
        *rounds([3] * 5, 2.9),
        assessed(14.9, 2),
        assessed(15.2, 2, "citizen"),
        *rounds([2, 2], 2.9, first=18),
    ]
    shown = look(course(rows), as_of=21.5).history()
    everything = look(course(rows), as_of=21.5).history(everything=True)
    assert {f.id for f in shown} <= {f.id for f in everything}
    earliest = {f.id: f.raised_on for f in everything}
    assert all(f.raised_on >= earliest[f.id] for f in shown)
    per_round = [round((f.raised_on - START).days / 88.3) for f in shown]
    assert len(per_round) == len(set(per_round))


def test_history_stands_whatever_was_decided_and_whatever_came_after() -> None:
    """Causal: a later fact changes no earlier line, and a decision none at all."""
    whole = _falling()
    (flag,) = look(whole, as_of=18.5).flags
    decided = Decision("c", day(14), f"flag:{flag.id}", "start")
    assert look(whole, as_of=18.5, decisions=[decided]).history() == look(whole, as_of=18.5).history()
    until = look(whole, as_of=flag.raised_on).history()
    assert [f for f in look(whole, as_of=18.5).history() if f.raised_on <= flag.raised_on] == list(until)


def _decide(flag: Flag, months: float, follow_up: float | None = None) -> Decision:
    until = None if follow_up is None else day(follow_up)
    return Decision("c", day(months), f"flag:{flag.id}", "start", follow_up=until)


def test_a_decision_silences_until_its_follow_up_date() -> None:
    whole = _falling()
    (flag,) = look(whole, as_of=18.5).flags
    silent = look(whole, as_of=18.5, decisions=[_decide(flag, 15, 20)]).flags
    assert [(f.id, f.status, f.follow_up) for f in silent] == [(flag.id, "silenced", day(20))]
    again = look(whole, as_of=18.5, decisions=[_decide(flag, 15, 18)]).flags
    assert [(f.id, f.status) for f in again] == [(flag.id, "open")]
    settled = look(whole, as_of=18.5, decisions=[_decide(flag, 15, 18), _decide(flag, 18.2)]).flags
    assert [(f.id, f.status) for f in settled] == [(flag.id, "decided")]
    later = look(whole, as_of=16, decisions=[_decide(flag, 17)]).flags
    assert [f.status for f in later] == ["open"]


def test_a_missing_flag_decided_once_opens_again_for_the_next_lapse() -> None:
    whole = course([*rounds([3, 3], 2.9), *rounds([3], first=9)])
    lapses = look(whole, as_of=14)
    (flag,) = lapses.flags
    old = Decision("c", day(7), f"flag:{flag.id}", "continue")
    assert [f.status for f in look(whole, as_of=14, decisions=[old]).flags] == ["open"]
    new = Decision("c", day(13), f"flag:{flag.id}", "continue")
    assert [f.status for f in look(whole, as_of=14, decisions=[new]).flags] == ["decided"]


def test_what_was_shown_and_holds_no_more_is_kept_with_the_reason() -> None:
    whole = _falling()
    (flag,) = look(whole, as_of=18.5).flags

    def gone(other, as_of=24.0, **more):
        found = {f.id: f for f in look(other, as_of=as_of, shown=[flag], **more).flags}
        return found[flag.id].status, found[flag.id].withdrawn_because

    up = course([*whole.assessments, *rounds([4, 4], 2.9, first=20)], ACTIVE_FIRST)
    assert gone(up) == ("withdrawn", "later_answers")
    begun = course(whole.assessments, [*ACTIVE_FIRST, active(19, name="new")])
    assert gone(begun, 21) == ("withdrawn", "phase_ended")
    assert gone(_falling(closed=day(19))) == ("withdrawn", "case_closed")
    assert gone(course(rounds([3] * 7, 2.9), ACTIVE_FIRST)) == ("withdrawn", "corrected")
    assert gone(course([])) == ("withdrawn", "corrected")
    assert gone(begun, 21, decisions=[_decide(flag, 18)]) == ("decided", "")
    # a decision about it is enough to keep it in the list
    assert [f.status for f in look(begun, as_of=20, decisions=[_decide(flag, 18)]).flags] == ["decided"]


def test_what_was_shown_and_still_holds_stays_though_its_round_now_shows_something_else() -> None:
    short = course(rounds(FALLING[:5], 2.9), ACTIVE_FIRST)  # its last round raises the regression, then comes overdue
    (missing,) = [f for f in look(short, as_of=24).history(everything=True) if f.kind == "missing"]
    assert _kinds(look(short, as_of=24).flags) == ["regression"]
    assert sorted(_kinds(look(short, as_of=24, shown=[missing]).flags)) == ["missing", "regression"]
    assert {f.status for f in look(short, as_of=24, shown=[missing]).flags} == {"open"}


def test_a_missing_assessment_that_came_is_answered() -> None:
    (flag,) = look(course(rounds([3, 3], 2.9)), as_of=10).flags
    after = look(course([*rounds([3, 3], 2.9), *rounds([3], first=10)]), as_of=11, shown=[flag])
    assert [(f.status, f.withdrawn_because) for f in after.flags if f.id == flag.id] == [("withdrawn", "answered")]


def test_a_closed_case_has_no_open_flag() -> None:
    assert look(_falling(closed=day(19)), as_of=30).flags == ()
    assert _kinds(look(_falling(closed=day(19)), as_of=30).history()) == ["regression"]


def test_kinds_that_are_switched_off_are_not_raised() -> None:
    off = Settings(off=frozenset({"regression", "missing"}))
    assert "regression" not in _kinds(look(_falling(), as_of=18.5, settings=off).history(everything=True))


def test_a_lower_rate_raises_later_or_never() -> None:
    strict = look(_falling(), as_of=18.5, rate=2.0).flags
    usual = look(_falling(), as_of=18.5, rate=20.0).flags
    assert strict[0].raised_on >= usual[0].raised_on
    assert dict(strict[0].numbers)["c"] > dict(usual[0].numbers)["c"]


def test_flags_are_about_the_scale_asked_for() -> None:
    assert look(_falling(), as_of=18.5, scale=HAMILTON).flags == ()
    assert BIP.id == look(_falling(), as_of=18.5).flags[0].scale


def test_a_flag_that_still_holds_tells_where_things_stand_now() -> None:
    """A person decides on the last look; the day it was raised and the history keep the first one."""
    falling_on = course(rounds([3, 3, 3, 3, 2, 2, 1], 2.9), ACTIVE_FIRST)
    analysis = look(falling_on, as_of=18.5)
    (first,) = (f for f in analysis.history() if f.kind == "regression")
    (now,) = (f for f in analysis.flags if f.kind == "regression")
    assert now.id == first.id and now.raised_on == first.raised_on == first.measured_on
    assert now.measured_on == max(a.date for a in falling_on.assessments) > now.raised_on
    assert now.level < first.level and now.change < first.change < 0
    last = list(analysis.rows(causal=True))[-1]
    assert (now.level, now.change, now.change_sd) == (last.level, last.change, last.change_sd)
    assert abs(now.change) >= now.margin
