"""I dag: whose caseload, and in which order. Dates order people, never a score or a change."""

from __future__ import annotations

import datetime as dt
import inspect
from dataclasses import replace

from desk_cases import (
    PEOPLE,
    TODAY,
    course,
    falls,
    fill,
    months_before,
    not_seen,
    reopen,
    rises,
    steady,
    team,
)

from progression.casework.values import Assignment, Citizen, Conversation, Intervention, PlanItem
from progression.desk import decisions, flags, people, settings, today
from progression.store import drafts, queries


def numbers(page):
    return [row.number for row in page.rows]


def test_overdue_first_then_flags_then_the_next_duty(opened):
    session = opened(
        [
            *PEOPLE,
            *steady("S2"),
            *steady("S1", last=2),
            *rises("R1"),
            *falls("F1"),
            *not_seen("N2"),
            *course("N1", [3.0, 3.0], last=10, active=(24, None)),
        ]
    )
    page = today.page(session, "")
    assert {"N1", "N2"} <= set(numbers(page)[:4])
    overdue = [row for row in page.rows if row.duty.overdue]
    assert [row.duty.due for row in overdue] == sorted(row.duty.due for row in overdue)
    flagged = [row for row in page.rows if not row.duty.overdue and row.flag]
    assert [row.flag.raised_on for row in flagged] == sorted(row.flag.raised_on for row in flagged)
    rest = page.rows[len(overdue) + len(flagged) :]
    assert [row.duty.due for row in rest] == sorted(row.duty.due for row in rest)


def test_no_score_and_no_change_decides_where_anybody_stands(session):
    page = today.page(session, "")
    for row in page.rows:
        for changed in (None, -9.0, 9.0):
            turned = replace(
                row,
                trajectory=replace(row.trajectory, level=changed, change=changed, standing="unclear"),
                flag=row.flag and replace(row.flag, level=changed, change=changed, evidence=changed, kind="missing"),
                spark=(),
            )
            assert today.order(turned) == today.order(row)
    source = inspect.getsource(today.order)
    assert not any(word in source for word in ("level", "change", "evidence", "trajectory", "kind"))


def test_a_worse_score_on_the_same_days_changes_no_place(opened):
    """Everybody's order stays when one citizen's answers get worse without a flag coming or going."""
    one = opened([*PEOPLE, *falls("A"), *falls("B")])
    other = opened([*PEOPLE, *course("A", [3.5, 3.5, 3.6, 3.5, 2.9, 2.2, 1.4], active=(24, 10)), *falls("B")], name="o")
    assert numbers(today.page(one, "")) == numbers(today.page(other, "")) == ["A", "B"]


def test_the_caseload_is_mine_or_another_s_or_everybody_s(opened):
    session = opened([*PEOPLE, *falls("H1"), *steady("H2", caseworker="bb")])
    assert sorted(numbers(today.page(session))) == [
        "H1",
        "H2",
    ]  # an account that is tied to nobody sees everybody
    assert sorted(numbers(today.page(session, ""))) == ["H1", "H2"]
    assert numbers(today.page(session, "bb")) == ["H2"]
    settings.put(session, "account_person", {session.vault.account.id: "kk"})
    assert people.me(session) == "kk"
    assert numbers(today.page(session)) == ["H1"]
    assert today.page(session).caseworkers == {"kk": "Karen Kjær", "bb": "Bo Bech"}


def test_who_is_responsible_is_a_matter_of_the_day(opened):
    changed = [
        *PEOPLE,
        *[replace(v, end=TODAY - dt.timedelta(days=1)) if isinstance(v, Assignment) else v for v in steady("H1")],
        Assignment("id-H1", "bb", TODAY),
        Assignment("id-H1", "kk", TODAY, role="mentor"),
    ]
    session = opened(changed)
    assert numbers(today.page(session, "bb")) == ["H1"]
    assert numbers(today.page(session, "kk")) == []
    assert numbers(today.page(replace(session, day=TODAY - dt.timedelta(days=1)), "kk")) == ["H1"]


def test_closed_cases_are_left_out_from_the_day_after(opened):
    session = opened([*PEOPLE, *falls("H1", case_closed=TODAY), *falls("H2", case_closed=TODAY - dt.timedelta(1))])
    assert numbers(today.page(session, "")) == ["H1"]


def test_a_row_holds_what_the_page_shows(session):
    rows = {row.number: row for row in today.page(session, "").rows}
    fell = rows["H1"]
    assert fell.name == "Prøve H1"
    assert fell.running == ()
    assert fell.phase.state == "passive"
    assert fell.flag.kind == "regression"
    assert fell.last_assessed == max(day for day, _ in fell.spark if day <= months_before(1))
    assert min(day for day, _ in fell.spark) >= TODAY - dt.timedelta(days=731)
    assert [i.title for i in rows["H3"].running] == ["Mentor"]
    assert rows["H4"].trajectory.standing == "unknown_since"
    assert {row.scale.id for row in rows.values()} == {"bip"}


def test_several_open_flags_show_the_oldest(opened):
    session = opened([*PEOPLE, *falls("H1", last=4)])
    page = today.page(session, "")
    own = [f for f in flags.current(session) if f.status == "open"]
    assert len(own) > 1
    assert page.rows[0].flag.id == min(own, key=lambda f: f.raised_on).id


def test_a_decided_flag_gives_way_to_its_decision_until_the_follow_up(session):
    flag = next(row.flag for row in today.page(session, "").rows if row.number == "H1")
    follow_up = TODAY + dt.timedelta(days=14)
    decisions.decide(session, flag, "start", "Praktik", follow_up)
    row = next(row for row in today.page(session, "").rows if row.number == "H1")
    assert row.flag is None
    assert (row.decision.choice, row.decision.follow_up) == ("start", follow_up)
    assert (row.duty.kind, row.duty.due) == ("decision_follow_up", follow_up)
    later = reopen(session, follow_up)
    row = next(row for row in today.page(later, "").rows if row.number == "H1")
    assert row.flag.id == flag.id
    assert row.decision is None
    later.vault.close(backup=False)


def test_a_draft_is_counted(session):
    drafts.save(session.vault, "id-H2", "caseworker", "bip", {"answers": {"helbredsmestring": 3}})
    rows = {row.number: row.draft for row in today.page(session, "").rows}
    assert rows == {"H1": None, "H2": 1, "H3": None, "H4": None}


def test_todays_conversations_and_what_was_agreed_last(session):
    fill(
        session,
        [
            Conversation("id-H1", TODAY, "2", "planned", "phone"),
            Conversation("id-H2", TODAY, "1", "held"),
            Conversation("id-H3", TODAY, "3", "cancelled"),
            Conversation("id-H3", TODAY + dt.timedelta(days=1), "4", "planned"),
            PlanItem("id-H1", months_before(3), agreement="Ringe til lægen"),
            PlanItem("id-H1", months_before(1), agreement="Prøve tre timer"),
        ],
    )
    found = today.page(session, "").meetings
    assert [(m.name, m.done, m.agreed) for m in found] == [
        ("Prøve H2", True, ""),
        ("Prøve H1", False, "Prøve tre timer"),
    ]


def test_an_exemption_and_a_waiting_time_show_as_the_phase(opened):
    session = opened(
        [
            *PEOPLE,
            *course("H1", [3.0], active=None),
            Intervention("id-H1", "1", "fritaget", months_before(2)),
            *course("H2", [3.0], active=None),
            Intervention("id-H2", "1", "venter", months_before(2)),
        ]
    )
    assert {row.number: row.phase.state for row in today.page(session, "").rows} == {
        "H1": "exempt",
        "H2": "waiting",
    }


def test_looking_at_the_page_is_one_line_in_the_log(session):
    before = len(queries.access_log(session.vault))
    today.page(session, "")  # shows flags for the first time, which is a line of its own
    assert [line.purpose for line in queries.access_log(session.vault)][: -before or None] == [
        "flags first shown",
        "today",
    ]
    today.page(session, "")
    assert len(queries.access_log(session.vault)) == before + 3


def test_an_empty_vault_has_an_empty_page(opened):
    page = today.page(opened(), "")
    assert (page.rows, page.meetings, page.caseworkers) == ((), (), {})
    assert page.today == TODAY


def test_a_citizen_about_whom_nothing_is_known_yet(opened):
    page = today.page(opened([Citizen("id", "H1", "Prøve")]), "")
    (row,) = page.rows
    assert (row.phase, row.duty, row.last_assessed, row.spark, row.flag) == (None, None, None, (), None)


def test_everybody_in_the_team_is_on_somebody_s_page(opened):
    session = opened(team())
    assert sorted(numbers(today.page(session, ""))) == ["H1", "H2", "H3", "H4"]


# what is kept, and what is shown before anything is computed


def test_what_is_kept_is_what_would_be_made_again(session):
    before = today.page(session, "")
    assert all(one is other for one, other in zip(today.page(session, "").rows, before.rows, strict=True))
    session.vault.memory.kept.clear()
    assert today.page(session, "") == before


def test_a_change_makes_that_citizens_row_again_and_no_other(session):
    before = {row.citizen: row for row in today.page(session, "").rows}
    fallen = next(row for row in before.values() if row.flag is not None)
    decisions.decide(session, fallen.flag, "start", "Praktik", TODAY + dt.timedelta(days=14))
    after = today.page(session, "")
    assert [row.citizen for row in after.rows if row is not before[row.citizen]] == [fallen.citizen]
    session.vault.memory.kept.clear()
    assert today.page(session, "") == after


def test_a_setting_and_another_day_make_everything_again(session):
    before = today.page(session, "")
    settings.put(session, "flags_off", ["regression"])
    assert {row.flag.kind for row in today.page(session, "").rows if row.flag} - {"regression"} != set()
    assert all(row.flag is None or row.flag.kind != "regression" for row in today.page(session, "").rows)
    later = today.page(replace(session, day=TODAY + dt.timedelta(days=400)), "")
    assert later.today != before.today
    assert any(row.duty.overdue for row in later.rows)


def test_first_says_who_and_what_is_due_in_the_same_order(session):
    page = today.page(session, "")
    session.vault.memory.kept.clear()
    early = today.first(session, "")
    assert not early.complete
    assert numbers(early) == numbers(page)
    for one, other in zip(early.rows, page.rows, strict=True):
        bare = replace(other, trajectory=None, flag=None, decision=None, spark=())
        assert one == bare
    assert (early.meetings, early.types, early.caseworkers) == (page.meetings, page.types, page.caseworkers)


def test_first_has_nothing_to_say_where_everything_is_at_hand(session):
    today.page(session, "")
    assert today.first(session, "") is None
    assert today.page(session, "").complete


def test_a_case_that_closed_leaves_the_list_and_comes_back(session):
    from progression.desk import citizens

    who = next(one for one in citizens.listing(session) if one.number == "H1")
    citizens.change(session, replace(who, case_closed=TODAY - dt.timedelta(days=1), closed_reason="Job"))
    assert "H1" not in numbers(today.page(session, ""))
    closed = next(one for one in citizens.listing(session) if one.number == "H1")
    citizens.change(session, replace(closed, case_closed=None, closed_reason=""))
    assert "H1" in numbers(today.page(session, ""))


def test_parts_make_the_page_that_is_made_at_one_go(session, monkeypatch):
    whole = today.page(session, "")
    session.vault.memory.kept.clear()
    lines = len(queries.access_log(session.vault))
    monkeypatch.setattr(today, "PART", 1)
    left = 0
    while today.prepare(session, ""):
        left += 1
    assert left == len(whole.rows) - 1
    assert not today.prepare(session, "")
    assert len(queries.access_log(session.vault)) == lines  # the page that follows is the look
    assert today.page(session, "") == whole


def uncomputed(page):
    """What the first rows and the complete ones must have in common."""
    bare = {"trajectory": None, "flag": None, "decision": None, "spark": ()}
    return [replace(row, **bare) for row in page.rows]


def test_first_is_the_page_without_what_is_computed_on_many_days(opened):
    """Columns against courses: exempt, waiting, planned, closed, in conflict, and assessed on another day."""
    session = opened(
        [
            *team(),
            *steady("H5", last=2),
            Intervention("id-H1", "w", "venter", months_before(3), end=months_before(2)),
            Intervention("id-H2", "f", "fritaget", months_before(4), review_date=months_before(1)),
            Intervention("id-H2", "m", "mentor", TODAY + dt.timedelta(days=9)),
            Intervention("id-H3", "p", "virksomhedspraktik", months_before(6), planned_end=TODAY + dt.timedelta(5)),
            Conversation("id-H3", TODAY, "t1", "planned", time="10:00"),
            Conversation("id-H3", TODAY, "t0", "planned"),
            Conversation("id-H4", TODAY + dt.timedelta(days=3), "t2", "planned"),
            PlanItem("id-H3", months_before(1), agreement="Ringe til lægen"),
            Citizen("id-H9", "H9", "Prøve H9"),
            *course("H8", [3.0, 3.1], case_closed=TODAY),
        ]
    )
    for days in (0, 1, 30, 100, 400, -100):
        there = replace(session, day=TODAY + dt.timedelta(days=days))
        session.vault.memory.kept.clear()
        early = today.first(there, "")
        page = today.page(there, "")
        early_rows = {row.citizen: row for row in uncomputed(early)}
        assert early_rows == {row.citizen: row for row in uncomputed(page)}, days
        assert early.meetings == page.meetings
        session.vault.memory.kept.clear()
        if days >= 0:  # what was shown by now stands in the same order
            assert numbers(today.first(there, "")) == numbers(page), days
