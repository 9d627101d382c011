"""Not today: a conversation that is put off moves what the municipality asks for, and says why; the law's stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import PEOPLE, TODAY, not_seen, steady

from progression.casework.values import Conversation, Intervention, PlanItem
from progression.desk import citizens, closing, conversations, duties, periods, reports, talks, today, undo
from progression.errors import KnownError
from progression.store import queries
from progression.words import Words
from progression.words import duties as say

DAY = dt.timedelta(days=1)
TO = TODAY + 20 * DAY


@pytest.fixture
def session(opened):
    return opened([*PEOPLE, *steady(), *not_seen()])


def course(session, citizen="id-H2"):
    return queries.course(session.vault, citizen)


def of_kind(session, kind, citizen="id-H2"):
    return [one for one in duties.of(session, course(session, citizen)) if one.kind == kind]


def test_the_local_rhythm_moves_and_says_why_and_undo_takes_it_back(session):
    everybody = [who.citizen for who in queries.citizens(session.vault)]
    overdue = next(who for who in everybody if of_kind(session, "assessment_every", who)[0].overdue)
    (before,) = of_kind(session, "assessment_every", overdue)
    done = talks.put_off(session, overdue, TO, "  Er syg, \n ringer selv ")
    (now,) = of_kind(session, "assessment_every", overdue)
    assert (now.state, now.due, now.was_due, now.because) == ("open", TO, before.due, "Er syg, ringer selv")
    said = say.reason(Words("da"), now, TODAY)
    assert "udsat til" in said and said.endswith("fordi: Er syg, ringer selv")
    off, again = sorted(
        (one for one in course(session, overdue).conversations if one.date >= TODAY), key=lambda one: one.date
    )
    assert (off.status, off.put_off_to, again.status, again.date) == ("cancelled", TO, "planned", TO)
    page = citizens.page(session, overdue)
    assert page.duty is not None
    undo.take_back(session, done.events)
    assert of_kind(session, "assessment_every", overdue)[0].due == before.due


def test_a_deadline_of_the_law_stays_and_the_duty_says_so(opened):
    person, *_ = steady()
    fresh = replace(person, citizen="id-N", number="N1", benefit_start=TODAY - 10 * DAY)
    session = opened([*PEOPLE, fresh])
    (before,) = of_kind(session, "first_conversation", "id-N")
    talks.put_off(session, "id-N", TO, "Ville ikke i dag")
    (now,) = of_kind(session, "first_conversation", "id-N")
    assert (now.state, now.due, now.was_due, now.put_off) == ("overdue", before.due, None, TO)
    assert "fristen er den samme" in say.reason(Words("da"), now, TODAY)


def test_everybody_and_one_course_say_the_same_of_what_was_put_off(session):
    talks.put_off(session, "id-H2", TO, "Rejst bort")
    columns = [one.duty for one in duties.everybody(session) if one.citizen == "id-H2"]
    own = [one for one in duties.of(session, course(session)) if one.standing]
    assert own and sorted(columns, key=lambda one: one.rule) == sorted(own, key=lambda one: one.rule)
    assert any(one.put_off == TO for one in own)


def test_the_planned_one_of_the_day_is_the_one_put_off(session):
    talks.plan(session, Conversation("id-H2", TODAY, status="planned", time="09:00", topic="Praktik"))
    talks.put_off(session, "id-H2", TO, "Udeblev")
    rows = [(one.date, one.status, one.topic) for one in course(session).conversations if one.date >= TODAY]
    assert rows == [(TODAY, "cancelled", "Praktik"), (TO, "planned", "Praktik")]


@pytest.mark.parametrize(
    ("to", "because", "wrong"), [(TO, "  ", ("outcome", "fault.empty")), (TODAY, "x", ("put_off_to", "fault.before"))]
)
def test_without_a_reason_or_a_later_day_nothing_is_put_off(session, to, because, wrong):
    before = course(session)
    with pytest.raises(KnownError) as refused:
        talks.put_off(session, "id-H2", to, because)
    assert [(f.key, f.what) for f in refused.value.fields["faults"]] == [wrong]
    assert course(session) == before


def test_an_intervention_without_a_planned_end_is_followed_up_every_third_month(opened):
    person, *_ = steady()
    ran = Intervention("id-N", "i", "mentor", TODAY - 100 * DAY)
    session = opened([*PEOPLE, replace(person, citizen="id-N", number="N1"), ran])
    (found,) = of_kind(session, "intervention_follow_up", "id-N")
    assert (found.state, found.since, found.about) == ("overdue", ran.start, "intervention:i")
    talks.mark(session, talks.plan(session, Conversation("id-N", TODAY, status="planned")).now, "held")
    (found,) = of_kind(session, "intervention_follow_up", "id-N")
    assert (found.state, found.since) == ("open", TODAY)


def test_a_passive_limit_is_met_by_starting_something(opened):
    person, *_ = steady()
    session = opened([*PEOPLE, replace(person, citizen="id-N", number="N1", benefit_start=TODAY - 500 * DAY)])
    (found,) = of_kind(session, "passive_limit", "id-N")
    assert found.overdue and "begynder" in say.met_by(Words("da"), found.kind)
    from progression.desk import interventions

    interventions.add(session, Intervention("id-N", "", "mentor", TODAY))
    (found,) = of_kind(session, "passive_limit", "id-N")
    assert (found.state, found.met_on) == ("met_late", TODAY)


def test_days_on_which_a_case_was_closed_are_no_exemption_in_any_count(opened):
    people = [
        replace(steady()[0], citizen=f"id-{n}", number=f"R{n}", benefit_start=TODAY - 900 * DAY) for n in range(6)
    ]
    session = opened([*PEOPLE, *people])
    for one in people:
        closing.close(session, one.citizen, TODAY - 500 * DAY, "job")
        closing.reopen(session, one.citizen, TODAY - 40 * DAY)
    assert {one.kind for one in periods.passive_periods(session)} == {"passive"}
    assert periods.without(session, 12) == [] and len(periods.without(session, 1)) == 6
    shares = periods.passive_share(session, 36)
    assert sum(one.exempt for one in shares) == 0
    assert [one.citizens for one in shares if one.month == dt.date(2025, 8, 1)] == [0]
    for one in people:
        found = duties.of(session, course(session, one.citizen))
        assert {d.since for d in found if d.since} == {TODAY - 40 * DAY}  # the case begins anew
        assert not [d for d in found if d.kind == "after_exemption" and d.standing]
    assert {one.kind for one in periods.entries(session, "id-0") if one.what == "passive"} == {"passive"}


def test_a_closed_case_takes_no_new_assessment_and_the_draft_stays(session):
    closing.close(session, "id-H2", TODAY - DAY, "died")
    answers = {"netvaerk": 3}
    conversations.keep(session, "id-H2", "caseworker", "bip", TODAY, "", answers, {}, "")
    with pytest.raises(KnownError) as refused:
        conversations.finish(session, "id-H2", "caseworker", "bip", TODAY, "", answers)
    assert refused.value.code == "case.closed_then"
    assert conversations.open(session, "id-H2", "caseworker").answers == answers


def test_what_is_done_is_not_told_as_agreed_last(session):
    told = [
        PlanItem("id-H2", TODAY - 30 * DAY, agreement="Søge praktik", kind="agreement", id="a"),
        PlanItem("id-H2", TODAY - 20 * DAY, agreement="Ringe til lægen", kind="agreement", id="b"),
        PlanItem("id-H2", TODAY - 5 * DAY, agreement="Ringe til lægen", kind="agreement", id="b", status="done"),
        Conversation("id-H2", TODAY, "t", "planned"),
    ]
    from desk_cases import fill

    fill(session, told)
    (early,) = today.first(session, "").meetings
    (met,) = today.page(session, "").meetings
    assert (early.agreed, met.agreed) == ("Søge praktik", "Søge praktik")


def test_a_note_needs_no_assessment(opened):
    person = replace(steady()[0], citizen="id-N", number="N1")
    session = opened([*PEOPLE, person])
    with pytest.raises(KnownError, match=r"journal\.nothing"):
        reports.note(session, "id-N")
    from desk_cases import fill

    fill(session, [
        Conversation("id-N", TODAY - DAY, "t", "held", "phone", topic="Om praktik", outcome="Vil gerne"),
        PlanItem("id-N", TODAY - DAY, agreement="Besøge butikken", who="borger", kind="agreement", id="a"),
    ])  # fmt: skip
    assert reports.note(session, "id-N", "da") == (
        "Samtale 30. april 2026 (telefonsamtale). Om praktik. Vil gerne. Min Plan er ændret. Aftalt: Besøge "
        "butikken (borger)."
    )
