"""The one plan: what is written into it, what it was, what it became, and what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import PEOPLE, TODAY, goal, steady

from progression.casework.plan import changes, hold_changes, items, overdue, parts, standing, text_of
from progression.casework.values import Conversation, PlanItem
from progression.desk import plan, undo
from progression.errors import KnownError
from progression.store import queries

DAY = dt.timedelta(days=1)


@pytest.fixture
def session(opened):
    return opened([*PEOPLE, *steady()])


def rows(session, citizen="id-H2"):
    return queries.course(session.vault, citizen).plan


def later(session, days):
    return replace(session, day=TODAY + dt.timedelta(days))


def said(item):
    return text_of(item.now) if item else None


def agreement(text="Ringer til lægen", **more):
    return PlanItem("id-H2", TODAY, agreement=text, kind="agreement", who="Borger", status="open", **more)


def test_what_it_said_before_stays_and_a_second_writing_on_one_day_corrects(session):
    plan.put(session, PlanItem("id-H2", TODAY, "10 timer om ugen", kind="goal", aim="move"))
    (first,) = rows(session)
    plan.put(session, replace(first, goal="12 timer om ugen"))
    (corrected,) = rows(session)
    assert (corrected.goal, corrected.id) == ("12 timer om ugen", first.id)
    plan.put(later(session, 30), replace(corrected, goal="Holde de 12 timer", aim="hold", date=TODAY + 30 * DAY))
    (item,) = items(rows(session), TODAY + 30 * DAY)
    assert (item.now.goal, [row.goal for row in item.earlier]) == ("Holde de 12 timer", ["12 timer om ugen"])
    assert said(standing(rows(session), TODAY + 29 * DAY).goal) == "12 timer om ugen"
    assert hold_changes(rows(session)) == ((TODAY + 30 * DAY, True),)
    (change,) = changes(rows(session), TODAY, TODAY + 40 * DAY)
    assert (change.what, change.before.goal) == ("changed", "12 timer om ugen")


def test_an_old_row_with_goal_and_agreement_is_read_as_both_and_gets_ids_when_it_changes(opened):
    old = replace(goal("H2", "Fastholde det opnåede", TODAY - 90 * DAY), agreement="Mentor", who="Borger", by=TODAY)
    session = opened([*PEOPLE, *steady(), old])
    now = standing(rows(session), TODAY)
    assert (said(now.goal), [said(one) for one in now.agreements]) == ("Fastholde det opnåede", ["Mentor"])
    assert now.agreements[0].now.by == TODAY
    changed = plan.settle(session, now.agreements[0].now, "done")
    then = standing(rows(session), TODAY)
    assert (said(then.goal), then.agreements, [said(one) for one in then.over]) == (
        "Fastholde det opnåede", (), ["Mentor"],
    )  # fmt: skip
    assert all(row.id for row in rows(session))
    assert hold_changes(rows(session)) == ((TODAY - 90 * DAY, True),)
    assert standing(rows(session), TODAY - DAY).agreements
    undo.take_back(session, changed.events)
    assert [replace(row, event="") for row in rows(session)] == [old]


def test_an_old_row_written_today_is_corrected_and_loses_nothing(opened):
    old = replace(goal("H2", "Job i køkken", TODAY), agreement="CV skrives")
    session = opened([*PEOPLE, *steady(), old])
    (agreed,) = standing(rows(session), TODAY).agreements
    plan.put(session, replace(agreed.now, agreement="CV skrives sammen"))
    now = standing(rows(session), TODAY)
    assert (said(now.goal), [said(one) for one in now.agreements]) == ("Job i køkken", ["CV skrives sammen"])
    assert changes(rows(session), TODAY, TODAY) == ()


def test_both_sides_expected_outcomes_stand_side_by_side(session):
    plan.put(session, PlanItem("id-H2", TODAY, "20 timer i et køkken", kind="outcome", side="citizen", words="Grønt!"))
    plan.put(session, PlanItem("id-H2", TODAY, "Småjob, 8 timer", kind="outcome", side="caseworker"))
    now = standing(rows(session), TODAY)
    assert (said(now.citizen), said(now.caseworker), now.goal) == ("20 timer i et køkken", "Småjob, 8 timer", None)
    assert now.outcome("citizen") is now.citizen
    assert hold_changes(rows(session)) == ()


def test_agreements_stand_by_deadline_and_those_past_theirs_are_told(session):
    plan.put(session, agreement("Uden frist"))
    plan.put(session, agreement("Om lidt", by=TODAY + 5 * DAY))
    plan.put(session, agreement("I dag", by=TODAY))
    now = standing(rows(session), TODAY)
    assert [said(one) for one in now.agreements] == ["I dag", "Om lidt", "Uden frist"]
    assert overdue(now, TODAY) == ()
    assert [said(one) for one in overdue(now, TODAY + DAY)] == ["I dag"]
    # one whose day has passed can still be settled
    plan.settle(later(session, 3), now.agreements[0].now, "dropped")
    assert [said(one) for one in standing(rows(session), TODAY + 3 * DAY).agreements] == ["Om lidt", "Uden frist"]


def test_sub_goals_are_tied_to_indicators_of_the_scale(session):
    plan.put(session, PlanItem("id-H2", TODAY, "Op om morgenen", "hverdagsmestring", kind="subgoal"))
    (one,) = standing(rows(session), TODAY).subgoals
    assert one.now.indicator == "hverdagsmestring"
    with pytest.raises(KnownError) as refused:
        plan.put(session, replace(one.now, indicator="humør"))
    assert [f.key for f in refused.value.fields["faults"]] == ["indicator"]


def test_an_earlier_goal_about_an_indicator_is_a_sub_goal(opened):
    about = replace(goal("H2", "Sove igennem", TODAY - 50 * DAY), indicator="hverdagsmestring")
    session = opened([*PEOPLE, *steady(), about, goal("H2", "Et job", TODAY - 40 * DAY)])
    now = standing(rows(session), TODAY)
    assert (said(now.goal), [said(one) for one in now.subgoals]) == ("Et job", ["Sove igennem"])


@pytest.mark.parametrize(
    ("made", "keys"),
    [
        (PlanItem("id-H2", TODAY + DAY, "I morgen", kind="goal"), ["date"]),
        (PlanItem("id-H2", TODAY, " ", kind="goal"), ["goal"]),
        (PlanItem("id-H2", TODAY, agreement="x", kind="agreement", by=TODAY - DAY), ["by"]),
    ],
)
def test_what_is_impossible_is_refused_and_nothing_is_written(session, made, keys):
    with pytest.raises(KnownError) as refused:
        plan.put(session, made)
    assert refused.value.code == "plan.invalid"
    assert [f.key for f in refused.value.fields["faults"]] == keys
    assert rows(session) == ()


def test_a_goal_dated_in_the_future_by_a_file_counts_from_its_day(opened):
    session = opened([*PEOPLE, *steady(), goal("H2", "Fastholde", TODAY + 9 * DAY)])
    assert standing(rows(session), TODAY).goal is None
    assert said(standing(rows(session), TODAY + 9 * DAY).goal) == "Fastholde"


def test_nothing_is_agreed_after_the_case_closed(opened):
    session = opened([*PEOPLE, *steady(case_closed=TODAY - DAY)])
    with pytest.raises(KnownError) as refused:
        plan.put(session, agreement())
    assert refused.value.code == "case.closed_then"
    assert [f.what for f in refused.value.fields["faults"]] == ["fault.after_closing"]


def test_since_last_time_is_since_the_last_conversation(opened):
    talk = Conversation("id-H2", TODAY - 10 * DAY, "sidst")
    old = goal("H2", "Et job", TODAY - 40 * DAY)
    session = opened([*PEOPLE, *steady(), talk, old])
    plan.put(session, agreement())
    course = queries.course(session.vault, "id-H2")
    assert plan.last_time(course, TODAY) == talk.date
    assert [(c.what, text_of(c.item)) for c in plan.since_last(course, TODAY)] == [("new", "Ringer til lægen")]
    before = [line.purpose for line in queries.access_log(session.vault, "id-H2")]
    assert plan.of(session, "id-H2").agreements
    assert [line.purpose for line in queries.access_log(session.vault, "id-H2")] == ["plan", *before]


def test_undo_brings_the_plan_back_and_refuses_once_somebody_changed_it(session):
    written = plan.put(session, agreement())
    (row,) = rows(session)
    plan.put(session, replace(row, who="Sagsbehandler"))
    with pytest.raises(KnownError) as refused:
        undo.take_back(session, written.events)
    assert refused.value.code == "undo.changed_since"
    (row,) = rows(session)
    settled = plan.settle(session, row, "done")
    back = undo.take_back(session, settled.events)
    assert [one.status for one in rows(session)] == ["open"]
    undo.take_back(session, back.events)  # an undo can be undone
    assert [one.status for one in rows(session)] == ["done"]


def test_a_row_of_words_alone_is_a_goal_in_the_citizens_words():
    (part,) = parts(PlanItem("c", TODAY, words="Jeg vil have ro"))
    assert (part.kind, text_of(part)) == ("goal", "Jeg vil have ro")
