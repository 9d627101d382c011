"""Flags from a vault: looking back, the same from columns and courses, independent of decisions, stable ids."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest
from desk_cases import (
    PEOPLE,
    TODAY,
    course,
    falls,
    fill,
    goal,
    known_on,
    not_seen,
    reopen,
    rises,
    round_of,
    steady,
    team,
)

from progression.casework.values import Assessment, Citizen, Decision, Intervention, PlanItem
from progression.desk import citizens, cohorts, decisions, flags, today
from progression.desk.session import Session
from progression.errors import KnownError
from progression.scales import library
from progression.store import kinds, queries
from progression.store.access import Act


def named(found, *names):
    """What identifies a flag to a person, for comparing lists."""
    return [tuple(getattr(f, name) for name in names or ("number", "kind", "status")) for f in found]


def on(session: Session, day: dt.date) -> Session:
    return replace(session, day=day)


def test_who_fell_rose_and_was_not_seen_is_found_and_who_is_steady_is_not(session):
    found = flags.current(session)
    assert sorted(named(found, "number", "kind")) == [
        ("H1", "regression"), ("H3", "progression"), ("H4", "missing"),
    ]  # fmt: skip
    assert {f.status for f in found} == {"open"}
    fall = next(f for f in found if f.number == "H1")
    assert fall.phase.state == "passive"
    assert fall.suggestion == "start"
    assert fall.change == pytest.approx(fall.level - fall.baseline)
    assert abs(fall.change) >= fall.margin
    assert fall.evidence == pytest.approx(abs(fall.change) / fall.change_sd)


def test_columns_and_courses_give_the_same_flags_and_rows(opened):
    """What the list says of a citizen is what the citizen's own page says."""
    values = team()
    values += falls("H5", caseworker="bb")
    # a new caseworker half way, no first day of benefit, an assessment nobody signed
    values = [
        replace(v, benefit_start=None) if isinstance(v, Citizen) and v.number in ("H1", "H5") else v for v in values
    ]
    values = [
        replace(v, assessor="bb") if isinstance(v, Assessment) and v.date > dt.date(2025, 10, 1) else v for v in values
    ]
    values = [replace(v, assessor="") if isinstance(v, Assessment) and v.citizen == "id-H3" else v for v in values]
    values += [goal("H2", "Fastholde det, der er nået", dt.date(2025, 9, 1))]
    session = opened(values)
    scale = queries.scales(session.vault)["bip"]
    everybody = list(queries.courses(session.vault).values())
    by_columns, by_courses = (
        cohorts.of_everybody(session, scale),
        cohorts.of_courses(session, everybody, scale),
    )

    def plain(found):
        return sorted(found, key=lambda f: f.id)

    assert plain(by_columns.flags) == plain(by_courses.flags)
    assert plain(by_columns.history(True)) == plain(by_courses.history(True))
    for causal in (True, False):
        one, other = (sorted(a.rows(causal), key=lambda r: (r.number, r.day)) for a in (by_columns, by_courses))
        assert one == other
    for citizen in queries.citizens(session.vault):
        own = citizens.page(session, citizen.citizen).flags
        assert plain(own) == plain(f for f in by_columns.flags if f.citizen == citizen.citizen)


BACK = [
    dt.date(2025, 2, 1),
    dt.date(2025, 7, 15),
    dt.date(2025, 10, 5),
    dt.date(2025, 12, 20),
    dt.date(2026, 3, 1),
]


@pytest.mark.parametrize("day", BACK, ids=str)
def test_looking_back_equals_a_vault_that_holds_only_what_was_known_then(opened, day):
    values = team() + falls("H6", case_closed=dt.date(2026, 2, 1), closed_reason="job")
    values += [
        goal("H3", "Holde fast i arbejdet", dt.date(2026, 1, 15)),
        goal("H1", "Fastholde", dt.date(2026, 1, 15)),
    ]
    session = opened(values)
    for flag in flags.history(session)[:4]:
        later = min(flag.raised_on + dt.timedelta(days=5), TODAY)
        fill(
            session,
            [Decision(flag.citizen, later, f"flag:{flag.id}", "adjust", follow_up=later + dt.timedelta(90))],
        )
    today.page(session, "")  # everything is shown now, which was not shown then
    kept = [d for d in queries.decisions(session.vault) if d.date <= day]
    then = opened([*known_on(values, day), *(replace(d, event="") for d in kept)], name="then", day=day)
    assert flags.current(on(session, day)) == flags.current(then)
    assert flags.history(on(session, day)) == flags.history(then)
    assert list(flags.trajectories(on(session, day), causal=True)) == list(flags.trajectories(then, causal=True))


def test_looking_back_shows_something_else_than_today(session):
    assert named(flags.current(on(session, dt.date(2025, 3, 1)))) != named(flags.current(session))


def test_entered_by_leaves_out_what_was_typed_in_later(opened):
    values = [*PEOPLE, *falls()]
    late = dt.datetime(2026, 4, 20, 12, tzinfo=dt.UTC)
    values = [
        replace(v, entered=late) if isinstance(v, Assessment) and v.date >= dt.date(2025, 8, 1) else v for v in values
    ]
    session = opened(values)
    assert "regression" in [f.kind for f in flags.current(session)]
    before = replace(session, entered_by=dt.date(2026, 4, 19))
    assert "regression" not in [f.kind for f in flags.current(before)]
    assert flags.current(replace(session, entered_by=dt.date(2026, 4, 20))) == flags.current(session)
    page = citizens.page(before, "id-H1")
    assert max(a.date for a in page.course.assessments) < dt.date(2025, 8, 1)


def test_the_day_something_was_entered_is_the_user_s_not_that_of_utc(opened, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    try:
        half_past_midnight = dt.datetime(2026, 4, 19, 22, 30, tzinfo=dt.UTC)  # 00:30 on the 20th in Denmark
        values = [replace(v, entered=half_past_midnight) if isinstance(v, Assessment) else v for v in falls()]
        session = opened([*PEOPLE, *values])
        for day, seen in ((19, False), (20, True)):
            page = citizens.page(replace(session, entered_by=dt.date(2026, 4, day)), "id-H1")
            assert bool(page.course.assessments) is seen
    finally:
        monkeypatch.undo()
        time.tzset()


def test_identical_answers_give_identical_flags(opened):
    """Two citizens with the same answers on the same days are said the same of, whatever they are called."""
    session = opened([*PEOPLE, *falls("A1"), *falls("Z9")])
    one, other = flags.current(session)
    assert (one.number, other.number) == ("A1", "Z9")
    alike = {"id": "", "citizen": "", "number": "", "phase": one.phase}
    assert replace(one, **alike) == replace(other, **alike)
    assert one.phase == other.phase
    assert one.id != other.id


def test_history_knows_nothing_of_decisions(session):
    before = flags.history(session, all=True), flags.history(session)
    for flag in flags.current(session):
        decisions.decide(session, flag, "adjust", "Prøves", TODAY + dt.timedelta(days=30))
    assert (flags.history(session, all=True), flags.history(session)) == before
    assert {f.status for f in before[1]} == {"open"}


def test_history_of_all_holds_what_was_shown(session):
    shown, raised = flags.history(session), flags.history(session, all=True)
    assert {f.id for f in shown} <= {f.id for f in raised}
    assert [f.raised_on for f in shown] == sorted(f.raised_on for f in shown)


def test_a_decision_silences_until_its_follow_up_and_then_the_flag_is_open_again(session):
    flag = next(f for f in flags.current(session) if f.number == "H1")
    follow_up = TODAY + dt.timedelta(days=30)
    changes = decisions.decide(session, flag, "start", " Praktik fra mandag ", follow_up)
    assert changes.kinds == {"decision", "flag"}
    assert changes.citizens == {flag.citizen}

    def status(day):
        return next(f for f in flags.current(on(session, day)) if f.id == flag.id).status

    assert status(TODAY) == "silenced"
    assert status(follow_up - dt.timedelta(days=1)) == "silenced"
    assert status(follow_up) == "open"
    assert status(TODAY - dt.timedelta(days=1)) == "open"  # nobody had decided yet
    assert queries.decisions(session.vault)[0].reason == "Praktik fra mandag"


def test_a_decision_without_follow_up_settles_the_flag(session):
    flag = next(f for f in flags.current(session) if f.number == "H1")
    decisions.decide(session, flag, "continue")
    for later in (0, 400):
        found = {f.id: f.status for f in flags.current(on(session, TODAY + dt.timedelta(days=later)))}
        assert found[flag.id] == "decided"


def test_ids_stay_over_a_restart_and_on_another_vault_with_the_same_facts(opened):
    session = opened(team())
    before = named(flags.current(session), "id", "number", "kind")
    again = reopen(session)
    assert named(flags.current(again), "id", "number", "kind") == before
    again.vault.close(backup=False)
    # another device gives everyone other internal ids
    other = [replace(v, citizen=f"other-{v.citizen}") if hasattr(v, "citizen") else v for v in team()]
    assert named(flags.current(opened(other, name="other")), "id", "number", "kind") == before


def test_ids_and_decisions_survive_export_and_import(opened, tmp_path):
    from progression.desk import files

    session = opened(team())
    flag = next(f for f in flags.current(session) if f.number == "H1")
    decisions.decide(session, flag, "start", "Praktik", TODAY + dt.timedelta(days=30))
    files.export_files(session, tmp_path / "out")
    other = opened(name="other")
    files.import_files(other, tmp_path / "out")

    def alike(found):
        return [replace(f, citizen="") for f in found]

    assert alike(flags.current(other)) == alike(flags.current(session))
    assert "silenced" in [f.status for f in flags.current(other)]
    assert alike(flags.history(other, all=True)) == alike(flags.history(session, all=True))


# what was shown


def shown(session):
    return {body["flag"]: body for body in queries.shown_flags(session.vault)}


def events_shown(session):
    return session.vault.rows("SELECT count(*) FROM event WHERE kind = 'flag.shown'")[0][0]


def test_the_first_showing_is_recorded_once_with_its_numbers(session):
    first = today.page(session, "")
    assert set(shown(session)) == {row.flag.id for row in first.rows if row.flag}
    assert events_shown(session) == 3
    body = shown(session)[next(r.flag.id for r in first.rows if r.number == "H1")]
    assert body["change"] < 0
    assert body["shown_on"] == TODAY.isoformat()
    today.page(session, "")
    citizens.page(session, "id-H1")
    again = reopen(session, TODAY + dt.timedelta(days=3))
    today.page(again, "")
    assert events_shown(again) == 3
    assert shown(again)[body["flag"]] == body
    again.vault.close(backup=False)


def test_looking_back_records_no_showing(session):
    today.page(on(session, dt.date(2026, 3, 1)), "")
    citizens.page(replace(session, entered_by=TODAY), "id-H1")
    assert events_shown(session) == 0


def test_a_flag_read_from_its_event_is_the_flag_that_was_shown(session):
    page = today.page(session, "")
    kept = {f.id: f for f in cohorts.recorded(session)}
    for row in page.rows:
        if row.flag:
            assert kept[row.flag.id] == row.flag


def answer_again(session, citizen, day, level):
    fill(session, round_of(citizen, day, level))


@pytest.mark.parametrize(
    ("what", "number", "because"),
    [
        ("answered", "H4", "answered"),
        ("better again", "H1", "later_answers"),
        ("started", "H1", "phase_ended"),
        ("closed", "H1", "case_closed"),
        ("put right", "H1", "corrected"),
    ],
)
def test_a_flag_that_was_shown_and_does_not_stand_any_more_stays_listed_with_its_reason(session, what, number, because):
    flag = next(r.flag for r in today.page(session, "").rows if r.number == number)
    citizen = f"id-{number}"
    if what == "answered":
        answer_again(session, citizen, TODAY, 3.1)
    elif what == "better again":
        for days in (0, 40, 80, 120):
            answer_again(session, citizen, TODAY + dt.timedelta(days=days), 3.8)
    elif what == "started":
        fill(session, [Intervention(citizen, "H1-2", "virksomhedspraktik", TODAY)])
        answer_again(session, citizen, TODAY + dt.timedelta(days=20), 2.2)
    elif what == "closed":
        citizens.change(session, replace(queries.citizen(session.vault, citizen), case_closed=TODAY))
    else:
        course_ = queries.course(session.vault, citizen)
        right = [replace(a, answers=dict.fromkeys(a.answers, 4)) for a in course_.assessments]
        session.vault.append([kinds.to_event(a) for a in right], Act("change"))
    later = reopen(session, TODAY + dt.timedelta(days=125 if what == "better again" else 21))
    found = {f.id: f for f in flags.current(later)}
    assert found[flag.id].status == "withdrawn"
    assert found[flag.id].withdrawn_because == because
    assert (found[flag.id].change, found[flag.id].raised_on) == (flag.change, flag.raised_on)
    assert flag.id in [f.id for f in citizens.page(later, citizen).flags]
    assert flag.id not in [r.flag.id for r in today.page(later, "").rows if r.flag]
    later.vault.close(backup=False)


def test_a_flag_that_was_decided_stays_decided_when_it_does_not_hold_any_more(session):
    flag = next(r.flag for r in today.page(session, "").rows if r.number == "H1")
    decisions.decide(session, flag, "start", "", TODAY + dt.timedelta(days=10))
    fill(session, [Intervention("id-H1", "H1-2", "virksomhedspraktik", TODAY)])
    later = reopen(session, TODAY + dt.timedelta(days=40))
    assert {f.id: f.status for f in flags.current(later)}[flag.id] == "decided"
    later.vault.close(backup=False)


# rows


def test_trajectories_have_a_row_for_each_citizen_and_date(session):
    rows = list(flags.trajectories(session, causal=True))
    dates = {(c.number, a.date) for c in queries.citizens(session.vault)
             for a in queries.course(session.vault, c.citizen).assessments}  # fmt: skip
    assert {(r.number, r.day) for r in rows} == dates
    assert len(rows) == len(dates)
    assert all(r.evidence >= 0 for r in rows)


@pytest.mark.parametrize("options", [{"indicator": "hverdagsmestring"}, {"rater": "citizen"}])
def test_a_part_of_the_scale_raises_no_flags(session, options):
    rows = list(flags.trajectories(session, causal=True, **options))
    assert rows
    assert {r.flag for r in rows} == {None}


def test_unknown_scales_and_indicators_are_known_errors(session):
    with pytest.raises(KnownError, match=r"scale\.unknown"):
        flags.trajectories(session, "nope")
    with pytest.raises(KnownError, match=r"scale\.no_indicator"):
        flags.trajectories(session, "bip", indicator="nope")


def test_a_scale_nobody_uses_costs_nothing_and_says_nothing(opened):
    session = opened([*PEOPLE, Citizen("id", "H1", "Prøve")])
    assert flags.current(session) == []
    assert flags.history(session, all=True) == []
    assert list(flags.trajectories(session, "hamd")) == []


def test_two_scales_are_both_judged(opened):
    hamd = library.builtin()["hamd"].indicators[0].code
    days = [TODAY - dt.timedelta(days=d) for d in (400, 320, 240, 160, 80, 20)]
    measured = [
        Assessment("id-H1", "caseworker", "hamd", day, {hamd: score}, "kk")
        for day, score in zip(days, (12, 12, 13, 22, 30, 38), strict=True)
    ]
    found = flags.current(opened([*team(), *measured]))
    fall = [f for f in found if f.scale == "hamd"]
    assert [f.kind for f in fall] == ["regression"]
    assert fall[0].change > 0  # worse is up
    assert {f.scale for f in found} == {"bip", "hamd"}


def test_kinds_nobody_wants_are_off(session):
    from progression.desk import settings

    settings.put(session, "flags_off", ["progression"])
    assert "progression" not in [f.kind for f in flags.current(session)]


def test_a_goal_to_hold_the_level_raises_no_standstill(opened):
    flat = [3.0, 3.0, 3.0, 3.0, 3.0, 3.0]
    values = [*PEOPLE, *course("H7", flat, active=(17, None)), *course("H8", flat, active=(17, None))]
    values.append(goal("H8", "Fastholde det opnåede", dt.date(2025, 3, 1)))
    found = flags.current(opened(values))
    assert named(found, "number", "kind") == [("H7", "stagnation")]


def test_a_goal_to_hold_counts_from_its_date_on(opened):
    flat = course("H8", [3.0] * 6, active=(17, None))
    session = opened([*PEOPLE, *flat])
    (raised,) = flags.current(session)
    citizens.page(session, "id-H8")
    kept = PlanItem("id-H8", TODAY, goal="Ro om det, der går godt", kind="goal", aim="hold", id="m")
    fill(session, [kept])
    # as columns and as a course: silenced from today, with the reason; what was so before stays so
    for found in (flags.current(session), citizens.page(session, "id-H8").flags):
        assert named(found, "kind", "status", "withdrawn_because") == [("stagnation", "withdrawn", "goal_hold")]
    assert named(flags.history(session), "id") == [(raised.id,)]
    assert named(flags.current(on(session, TODAY - dt.timedelta(1))), "id", "status") == [(raised.id, "open")]
    # and a later goal to move on brings it back
    fill(session, [replace(kept, date=TODAY + dt.timedelta(10), aim="move", goal="10 timer om ugen")])
    assert named(flags.current(on(session, TODAY + dt.timedelta(9))), "status") == [("withdrawn",)]
    assert [f.kind for f in flags.current(on(session, TODAY + dt.timedelta(10))) if f.status == "open"]


def test_the_same_people_in_another_order_make_no_difference(opened):
    one = opened([*PEOPLE, *falls(), *steady(), *rises(), *not_seen()])
    other = opened([*not_seen(), *rises(), *steady(), *falls(), *PEOPLE], name="other")
    assert flags.current(one) == flags.current(other)


def test_the_first_showing_of_a_flag_is_on_the_citizens_page_with_its_numbers(session):
    fall = next(f for f in flags.current(session) if f.number == "H1")
    page = citizens.page(session, fall.citizen)  # shows it, and remembers that it did
    shown = page.first[fall.id]
    assert shown.day == session.today()
    assert (shown.flag.change, shown.flag.margin) == (fall.change, fall.margin)
    assert page.informed is False
    later = citizens.page(replace(session, day=session.today() + dt.timedelta(30)), fall.citizen)
    assert later.first[fall.id].day == session.today()
    assert citizens.page(replace(session, day=session.today() - dt.timedelta(1)), fall.citizen).first == {}
