"""Closing a case and opening it again; decisions with what they stop and what came of them; notes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import PEOPLE, TODAY, falls, not_seen, steady

from progression.casework import timeline
from progression.casework.values import Conversation, Decision, Intervention, Note
from progression.desk import citizens, closing, decisions, flags, notes, today, undo
from progression.errors import KnownError
from progression.store import kinds, queries
from progression.store.access import Act

DAY = dt.timedelta(days=1)


@pytest.fixture
def session(opened):
    planned = Conversation("id-H2", TODAY + 9 * DAY, "næste", "planned")
    soon = Intervention("id-H2", "snart", "cv_vaerksted", TODAY + 5 * DAY)
    return opened([*PEOPLE, *steady(), *falls(), *not_seen(), planned, soon])


def course(session, citizen="id-H2"):
    return queries.course(session.vault, citizen)


def keys(refused):
    return [(f.key, f.what) for f in refused.value.fields["faults"]]


# closing


def test_a_case_closes_with_what_runs_and_what_is_planned_as_one_act(session):
    asked = closing.waiting(course(session), TODAY)
    assert ([one.id for one in asked.running], [one.id for one in asked.planned]) == (["H2-1", "snart"], ["næste"])
    before = len(queries.access_log(session.vault, "id-H2"))
    done = closing.close(
        session, "id-H2", TODAY, "job", " Butik, 25 timer ",
        ending=["H2-1", "snart"], cancelling=[asked.planned[0].event],
    )  # fmt: skip
    now = course(session)
    assert (now.citizen.case_closed, now.citizen.outcome, now.citizen.closed_reason) == (
        TODAY,
        "job",
        "Butik, 25 timer",
    )
    (ran,) = now.interventions  # what had not begun is taken back
    assert (ran.id, ran.end, ran.ended_because) == ("H2-1", TODAY, "Sagen blev lukket: job")
    assert [one.status for one in now.conversations if one.id == "næste"] == ["cancelled"]
    assert len(queries.access_log(session.vault, "id-H2")) == before + 1
    undo.take_back(session, done.events)
    back = course(session)
    assert (back.citizen.case_closed, back.citizen.outcome) == (None, "")
    assert {one.id: one.end for one in back.interventions} == {"H2-1": None, "snart": None}
    assert [one.status for one in back.conversations if one.id == "næste"] == ["planned"]


def test_what_is_not_named_runs_on(session):
    closing.close(session, "id-H2", TODAY, "flexjob")
    assert [one.end for one in course(session).interventions] == [None, None]


def test_from_the_day_it_closes_there_are_no_flags_and_nothing_is_due(session):
    open_ = [f.number for f in flags.current(session) if f.status == "open"]
    assert {"H1", "H4"} <= set(open_)
    for citizen in ("id-H1", "id-H4"):
        assert citizens.page(session, citizen).duty is not None
        closing.close(session, citizen, TODAY, "recovered")
        page = citizens.page(session, citizen)
        assert page.duty is None
        assert [f.status for f in page.flags if f.status == "open"] == []
        assert {f.withdrawn_because for f in page.flags if f.status == "withdrawn"} == {"case_closed"}
        yesterday = replace(session, day=TODAY - DAY)
        assert [f.number for f in flags.current(yesterday) if f.citizen == citizen and f.status == "open"]
    assert not {f.number for f in flags.current(session) if f.status == "open"} & {"H1", "H4"}


@pytest.mark.parametrize(
    ("day", "outcome", "wrong"),
    [
        (TODAY, "", ("outcome", "fault.empty")),
        (TODAY, "lotteri", ("outcome", "fault.choice")),
        (dt.date(2020, 1, 1), "job", ("case_closed", "fault.before")),
        (TODAY + 400 * DAY, "job", ("case_closed", "fault.too_late")),
    ],
)
def test_an_impossible_closing_is_refused_and_nothing_changes(session, day, outcome, wrong):
    before = course(session)
    with pytest.raises(KnownError) as refused:
        closing.close(session, "id-H2", day, outcome, ending=["H2-1"])
    assert (refused.value.code, keys(refused)) == ("closing.invalid", [wrong])
    assert course(session) == before


def test_a_case_without_a_first_day_of_benefit_cannot_close_before_its_first_fact(opened):
    person, *rest = steady()
    session = opened([*PEOPLE, replace(person, benefit_start=None), *rest])
    first = timeline.first_fact(course(session))
    with pytest.raises(KnownError) as refused:
        closing.close(session, "id-H2", first - DAY, "moved")
    assert refused.value.fields["faults"][0].expected == {"field": "first_fact", "date": first}
    closing.close(session, "id-H2", first, "moved")


def test_a_closed_case_cannot_close_again(session):
    closing.close(session, "id-H2", TODAY, "job")
    with pytest.raises(KnownError) as refused:
        closing.close(session, "id-H2", TODAY, "died")
    assert refused.value.code == "case.closed"


def test_a_conversation_of_the_last_day_is_asked_about_and_stands_until_somebody_says_otherwise(session):
    now = Conversation("id-H2", TODAY, "idag", "planned", time="10:00")
    session.vault.append([kinds.to_event(now)], Act("add", "id-H2"))
    asked = closing.waiting(course(session), TODAY)
    assert ([one.id for one in asked.last_day], [one.id for one in asked.planned]) == (["idag"], ["næste"])
    done = closing.close(session, "id-H2", TODAY, "job")
    assert [one.status for one in course(session).conversations if one.id == "idag"] == ["planned"]
    assert [one.conversation.id for one in today.page(session, "").meetings] == ["idag"]  # it may still be held
    undo.take_back(session, done.events)
    closing.close(session, "id-H2", TODAY, "job", cancelling=[asked.last_day[0].event])
    assert [one.status for one in course(session).conversations if one.id == "idag"] == ["cancelled"]
    assert [one for one in today.page(session, "").meetings if not one.done] == []


# opening again


def closed(session, day):
    left = closing.waiting(course(session), day)
    closing.close(session, "id-H2", day, "job", ending=["H2-1"], cancelling=[one.event for one in left.planned])
    return closing.ended_with(course(session), TODAY)


def test_what_ended_with_a_case_is_offered_and_begins_again_by_the_same_act(session):
    left = closed(session, TODAY - 40 * DAY)
    assert ([one.id for one in left.interventions], [one.id for one in left.talks]) == (["H2-1"], ["næste"])
    done = closing.reopen(
        session, "id-H2", TODAY - 3 * DAY, beginning=["H2-1"], planning=[one.event for one in left.talks]
    )
    rows = [one for one in course(session).interventions if one.type == left.interventions[0].type]
    old, new = sorted(rows, key=lambda one: one.start)
    assert (old.id, old.end) == ("H2-1", TODAY - 40 * DAY)  # the days between are nobody's
    assert (new.start, new.end, new.ended_because) == (TODAY - 3 * DAY, None, "")
    assert new.id != old.id
    assert [one.status for one in course(session).conversations if one.id == "næste"] == ["planned"]
    undo.take_back(session, done.events)
    assert course(session).citizen.case_closed == TODAY - 40 * DAY
    assert new.id not in {one.id for one in course(session).interventions}


def test_after_a_closing_by_mistake_the_same_intervention_runs_on(session):
    before = [(one.id, one.start, one.end) for one in course(session).interventions]
    closed(session, TODAY)
    closing.reopen(session, "id-H2", TODAY, beginning=["H2-1"])
    assert [(one.id, one.start, one.end) for one in course(session).interventions] == before


def test_nothing_begins_again_that_nobody_asked_for(session):
    closed(session, TODAY)
    closing.reopen(session, "id-H2", TODAY)
    assert [one.end for one in course(session).interventions if one.id == "H2-1"] == [TODAY]
    assert [one.status for one in course(session).conversations if one.id == "næste"] == ["cancelled"]


def test_what_had_ended_before_the_case_and_talks_that_have_passed_are_not_offered(session):
    passed = Conversation("id-H2", TODAY - 2 * DAY, "forbi", "planned")
    ended = Intervention("id-H2", "forlængst", "mentor", TODAY - 90 * DAY, end=TODAY - 60 * DAY)
    session.vault.append([kinds.to_event(passed), kinds.to_event(ended)], Act("add", "id-H2"))
    left = closed(session, TODAY - 10 * DAY)
    assert ([one.id for one in left.interventions], [one.id for one in left.talks]) == (["H2-1"], ["næste"])
    assert closing.ended_with(course(session, "id-H1"), TODAY) == closing.Ended((), ())


def test_the_days_a_case_was_closed_are_no_passive_period_once_it_is_open_again(session):
    closing.close(session, "id-H2", TODAY - 100 * DAY, "job", "Lager", ending=["H2-1"])
    done = closing.reopen(session, "id-H2", TODAY - 20 * DAY, "Fyret")
    now = course(session)
    assert (now.citizen.case_closed, now.citizen.outcome, now.citizen.closed_reason) == (None, "", "")
    (gap,) = closing.earlier(now)
    assert (gap.start, gap.end, gap.title) == (TODAY - 99 * DAY, TODAY - 21 * DAY, "Sagen var lukket")
    assert (gap.reason, gap.ended_because) == ("Sagen blev lukket: job. Lager", "Fyret")
    states = [(p.state, p.start) for p in citizens.phases(session, "id-H2") if p.start > TODAY - 100 * DAY]
    assert states == [("exempt", gap.start), ("passive", TODAY - 20 * DAY)]
    undo.take_back(session, done.events)
    assert (course(session).citizen.case_closed, closing.earlier(course(session))) == (TODAY - 100 * DAY, ())


def test_a_closing_by_mistake_leaves_nothing_but_the_journal(session):
    closing.close(session, "id-H2", TODAY - DAY, "job")
    closing.reopen(session, "id-H2", TODAY)
    assert (course(session).citizen.case_closed, closing.earlier(course(session))) == (None, ())


def test_a_closing_that_has_not_come_is_called_off(session):
    closing.close(session, "id-H2", TODAY + 30 * DAY, "job")
    assert citizens.page(session, "id-H2").duty is not None  # it is open until then
    closing.reopen(session, "id-H2", TODAY)
    assert course(session).citizen.case_closed is None


@pytest.mark.parametrize(("days", "what"), [(-30, "fault.before"), (1, "fault.future")])
def test_a_case_is_not_opened_before_it_closed_nor_in_the_future(session, days, what):
    closing.close(session, "id-H2", TODAY - 20 * DAY, "job")
    with pytest.raises(KnownError) as refused:
        closing.reopen(session, "id-H2", TODAY + days * DAY)
    assert keys(refused) == [("reopened", what)]
    with pytest.raises(KnownError) as refused:
        closing.reopen(session, "id-H1", TODAY)
    assert refused.value.code == "case.open"


# decisions


def test_a_stopped_intervention_ends_by_the_same_act_and_comes_back_with_it(session):
    log = len(queries.access_log(session.vault, "id-H2"))
    done = decisions.record(session, "id-H2", "intervention:H2-1", "stop", "Kemien passer ikke", TODAY + 30 * DAY)
    (ran,) = [one for one in course(session).interventions if one.id == "H2-1"]
    assert (ran.end, ran.ended_because) == (TODAY, "Kemien passer ikke")
    assert len(queries.access_log(session.vault, "id-H2")) == log + 1
    assert done.kinds == {"decision", "flag", "intervention"}
    undo.take_back(session, done.events)
    (ran,) = [one for one in course(session).interventions if one.id == "H2-1"]
    assert (ran.end, course(session).decisions) == (None, ())


def test_stopping_about_an_attention_point_ends_what_is_named(session):
    flag = next(f for f in flags.current(session) if f.number == "H4")
    decisions.decide(session, flag, "continue", stops=["H4-1"])
    assert [one.end for one in course(session, "id-H4").interventions] == [None]  # only stopping stops
    decisions.decide(session, flag, "stop", "Giver ikke mening", stops=["H4-1"])
    assert [one.end for one in course(session, "id-H4").interventions] == [TODAY]


def test_an_intervention_that_had_ended_keeps_its_end(session):
    decisions.record(session, "id-H1", "intervention:H1-1", "stop", "Set i bakspejlet")
    (ran,) = course(session, "id-H1").interventions
    assert ran.end < TODAY
    assert ran.ended_because == ""


@pytest.mark.parametrize(
    ("about", "choice", "more", "wrong"),
    [
        ("intervention:findes-ikke", "continue", {}, ("about", "fault.gone")),
        ("intervention:snart", "stop", {}, ("end", "fault.before")),
        ("citizen", "start", {"day": TODAY + DAY}, ("date", "fault.future")),
        ("ingenting", "start", {}, ("about", "fault.about")),
    ],
)
def test_an_impossible_decision_is_refused(session, about, choice, more, wrong):
    with pytest.raises(KnownError) as refused:
        decisions.record(session, "id-H2", about, choice, **more)
    assert refused.value.code == "decision.invalid"
    assert wrong in keys(refused)
    assert course(session).decisions == ()


def test_a_decision_can_be_dated_back_but_not_past_the_closing(session):
    decisions.record(session, "id-H2", "citizen", "start", "Praktik", day=TODAY - 5 * DAY)
    closing.close(session, "id-H2", TODAY - DAY, "job")
    with pytest.raises(KnownError) as refused:
        decisions.record(session, "id-H2", "citizen", "adjust")
    assert (refused.value.code, keys(refused)) == ("case.closed_then", [("date", "fault.after_closing")])
    (kept,) = course(session).decisions
    # what came of it can be told all the same
    decisions.came_of(session, kept, "Han fik jobbet")
    assert [d.outcome for d in course(session).decisions] == ["Han fik jobbet"]


def test_two_decisions_of_one_day_about_the_course_are_two(session):
    decisions.record(session, "id-H2", "citizen", "start", "Mentor")
    decisions.record(session, "id-H2", "citizen", "start", "Praktik")
    assert [d.reason for d in course(session).decisions] == ["Mentor", "Praktik"]


def test_what_came_of_it_is_said_with_the_next_decision_or_alone(session):
    decisions.record(session, "id-H2", "intervention:H2-1", "continue", "Mere tid", TODAY, day=TODAY - 90 * DAY)
    (first,) = course(session).decisions
    done = decisions.follow_up(session, first, "stop", "Nok nu", None, "Kom tre gange")
    then, now = course(session).decisions
    assert (then.outcome, then.outcome_date, then.choice) == ("Kom tre gange", TODAY, "continue")
    assert (now.choice, now.outcome) == ("stop", "")
    assert next(i for i in course(session).interventions if i.id == "H2-1").end == TODAY
    undo.take_back(session, done.events)
    (again,) = course(session).decisions
    assert again.outcome == ""
    decisions.came_of(session, again, "Kom fire gange", TODAY - 3 * DAY)
    (again,) = course(session).decisions
    assert (again.outcome, again.outcome_date) == ("Kom fire gange", TODAY - 3 * DAY)


@pytest.mark.parametrize(
    ("text", "day", "wrong"),
    [
        (" ", TODAY, ("outcome", "fault.empty")),
        ("Godt", TODAY + DAY, ("outcome_date", "fault.future")),
        ("Godt", TODAY - 100 * DAY, ("outcome_date", "fault.before")),
    ],
)
def test_what_came_of_it_has_a_text_and_a_day_after_the_decision(session, text, day, wrong):
    decisions.record(session, "id-H2", "citizen", "start", day=TODAY - 90 * DAY)
    (one,) = course(session).decisions
    with pytest.raises(KnownError) as refused:
        decisions.came_of(session, one, text, day)
    assert keys(refused) == [wrong]
    assert course(session).decisions == (one,)


# notes


def test_a_screening_is_dated_and_signed_and_a_small_step_stands_on_the_timeline(session):
    screening = Note("id-H2", TODAY - DAY, "screening", "physiotherapist", "", " Kan sidde 20 min. ", "Fysioterapi")
    notes.add(session, screening)
    done = notes.add(session, Note("id-H2", TODAY, "small_step", text="Tog bussen alene"))
    step, found = (notes.of(course(session).notes, kind, TODAY) for kind in ("small_step", "screening"))
    assert [(n.limitation, n.suggestion, n.signed) for n in found] == [
        ("Kan sidde 20 min.", "Fysioterapi", "Kim Testesen")
    ]
    assert [n.text for n in step] == ["Tog bussen alene"]
    notes.change(session, replace(step[0], text="Tog bussen alene, to gange"))
    assert [n.text for n in notes.of(course(session).notes, "small_step", TODAY)] == ["Tog bussen alene, to gange"]
    with pytest.raises(KnownError):
        undo.take_back(session, done.events)
    notes.withdraw(session, found[0])
    assert notes.of(course(session).notes, "screening", TODAY) == []


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        (Note("id-H2", TODAY + DAY, "small_step", text="I morgen"), ("date", "fault.future")),
        (Note("id-H2", TODAY, "screening", "nurse"), ("text", "fault.empty")),
    ],
)
def test_an_impossible_note_is_refused(session, note, wrong):
    with pytest.raises(KnownError) as refused:
        notes.add(session, note)
    assert (refused.value.code, keys(refused)) == ("note.invalid", [wrong])
    assert course(session).notes == ()


def test_a_note_may_be_dated_within_a_closed_case_but_not_after(session):
    closing.close(session, "id-H2", TODAY - DAY, "job")
    notes.add(session, Note("id-H2", TODAY - DAY, "small_step", text="Første løn"))
    with pytest.raises(KnownError) as refused:
        notes.add(session, Note("id-H2", TODAY, "small_step", text="For sent"))
    assert refused.value.code == "case.closed_then"


def test_a_decision_of_old_has_no_outcome():
    assert Decision("c", TODAY, "citizen", "start").outcome == ""
