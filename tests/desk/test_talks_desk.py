"""Conversations planned, moved, held, cancelled, missed and taken back; the week; other contacts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import TODAY, fill

from progression.casework import talks as calendar
from progression.casework.values import Assignment, Citizen, Conversation, Person
from progression.desk import conversations, talks, undo
from progression.desk.session import Changes
from progression.errors import KnownError
from progression.store import kinds, queries
from progression.store.access import Act

AHEAD = TODAY + dt.timedelta(days=3)  # a Monday
PEOPLE = [Person("kt", "Kim Testesen"), Person("ab", "Anna Bo")]
CASES = [
    Citizen("k", "S1", "Karsten Bøgh", phone="20 10 30 40"),
    Citizen("m", "S2", "Mia Holm"),
    Citizen("o", "S3", "Otto Ude", case_closed=TODAY - dt.timedelta(days=1)),
]
MINE = [Assignment("k", "kt", dt.date(2026, 1, 1)), Assignment("m", "ab", dt.date(2026, 1, 1))]


@pytest.fixture
def session(opened):
    made = opened([*PEOPLE, *CASES, *MINE])
    made.vault.append([kinds.setting(made.vault, "account_person", {made.vault.account.id: "kt"})], Act("settings"))
    return made


def talk(citizen="k", day=AHEAD, time="09:00", **more):
    return Conversation(citizen, day, status="planned", time=time, **more)


def stored(session, citizen="k"):
    return queries.course(session.vault, citizen).conversations


def faults(raised):
    assert raised.value.code == "talk.invalid"
    return [(fault.key, fault.what) for fault in raised.value.fields["faults"]]


def test_a_conversation_is_planned(session):
    done = talks.plan(session, talk(time="9.30", participants=" Mentor, læge ", topic=" Praktik "))
    assert done.changes == Changes(frozenset({"conversation"}), frozenset({"k"}))
    (kept,) = stored(session)
    assert kept == done.now
    assert (kept.time, kept.caseworker, kept.participants, kept.topic) == ("09:30", "kt", "Mentor, læge", "Praktik")
    (line,) = [line for line in queries.access_log(session.vault, "k") if line.detail == "conversation"]
    assert (line.act, line.purpose) == ("add", "")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9", "09:00"), ("9.30", "09:30"), ("09:30", "09:30"), ("0930", "09:30"), ("930", "09:30"),
        ("kl. 14.15", "14:15"), ("", ""), ("24.00", "24.00"), ("9.3", "9.3"), ("halv ni", "halv ni"), ("²", "²"),
    ],
)  # fmt: skip
def test_times_as_people_write_them(typed, read):
    assert talks.clock_time(typed) == read


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"time": "halv ni"}, [("time", "fault.time")]),
        ({"day": TODAY - dt.timedelta(days=1)}, [("date", "fault.planned_past")]),
        ({"citizen": "o"}, [("date", "fault.after_closing")]),
        ({"form": "brev"}, [("form", "fault.choice")]),
        ({"minutes": 2000.0}, [("minutes", "fault.range")]),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field_and_nothing_is_saved(session, wrong, expected):
    with pytest.raises(KnownError) as raised:
        talks.plan(session, talk(**wrong))
    assert faults(raised) == expected
    assert not queries.conversations(session.vault)


def test_nobody_plans_with_who_is_not_there(session):
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        talks.plan(session, talk("x"))


def test_a_double_booking_is_said_and_can_be_meant(session):
    talks.plan(session, talk())
    with pytest.raises(KnownError, match=r"talk\.double_booked") as raised:
        talks.plan(session, talk("m", time="09:30", caseworker="kt"))
    assert raised.value.fields == {"time": "09:00", "day": AHEAD}
    assert not stored(session, "m")
    talks.plan(session, talk("m", time="09:30", caseworker="ab"))  # a colleague has time
    talks.plan(session, talk("m", time="09:30", caseworker="kt"), anyway=True)
    clashing = [one for one in talks.listing(session) if one.clash]
    assert [(one.name, one.talk.time) for one in clashing] == [("Karsten Bøgh", "09:00"), ("Mia Holm", "09:30")]


def test_a_planned_one_is_moved_and_does_not_clash_with_itself(session):
    first = talks.plan(session, talk()).now
    moved = talks.plan(session, replace(first, time="09:15"))
    assert moved.before == first
    assert [one.time for one in stored(session)] == ["09:15"]


@pytest.mark.parametrize("status", ["held", "cancelled", "missed"])
def test_one_key_says_what_became_of_it_and_one_takes_it_back(session, status):
    planned = talks.plan(session, talk(day=TODAY)).now
    done = talks.mark(session, planned, status, "Aftalte praktik")
    assert [(one.status, one.outcome) for one in stored(session)] == [(status, "Aftalte praktik")]
    undo.take_back(session, done.changes.events)
    assert [(one.status, one.outcome) for one in stored(session)] == [("planned", "")]


def test_what_was_planned_is_taken_back_altogether(session):
    done = talks.plan(session, talk())
    undo.take_back(session, done.changes.events)
    assert not stored(session)


def test_what_lies_ahead_cannot_be_held_but_can_be_cancelled(session):
    planned = talks.plan(session, talk()).now
    with pytest.raises(KnownError) as raised:
        talks.mark(session, planned, "held")
    assert faults(raised) == [("date", "fault.future")]
    assert talks.mark(session, planned, "cancelled").now.status == "cancelled"


def test_what_somebody_has_changed_since_is_left_alone(session):
    planned = talks.plan(session, talk(day=TODAY))
    held = talks.mark(session, planned.now, "held")
    for attempt in (
        lambda: talks.mark(session, planned.now, "missed"),
        lambda: talks.plan(session, replace(planned.now, time="10:00")),
    ):
        with pytest.raises(KnownError, match=r"talk\.replaced"):
            attempt()
    assert stored(session) == (held.now,)


def test_a_contact_is_one_line_and_counts_as_contact(session):
    done = talks.contact(session, "k", TODAY, "sms", " Husk\nmødet i morgen ")
    assert done.changes == Changes(frozenset({"note"}), frozenset({"k"}))
    (note,) = queries.course(session.vault, "k").notes
    assert (note.kind, note.profession, note.text, note.signed) == ("contact", "sms", "Husk mødet i morgen", "kt")
    assert calendar.days_since_contact(queries.course(session.vault, "k"), TODAY) == 0
    undo.take_back(session, done.changes.events)
    assert not queries.course(session.vault, "k").notes


def test_a_contact_says_what_and_how(session):
    with pytest.raises(KnownError) as raised:
        talks.contact(session, "k", TODAY + dt.timedelta(days=1), "due", " ")
    assert faults(raised) == [("date", "fault.future"), ("text", "fault.empty"), ("profession", "fault.choice")]


# the week


def test_the_week_is_mine_from_monday_in_the_order_of_the_clock(session):
    monday = AHEAD
    for planned in (
        talk(time="13:00"),
        talk(time="09:00"),
        talk(time="", topic="Uden tid"),
        talk("m", time="10:00", caseworker="kt"),  # another's citizen, held by me
        talk("m", time="11:00", caseworker="ab"),
        talk(day=monday + dt.timedelta(days=6)),
        talk(day=monday + dt.timedelta(days=7)),
    ):
        talks.plan(session, planned)
    week = talks.week(session, monday + dt.timedelta(days=2))
    assert (week.monday, len(week.days), week.empty) == (monday, 7, False)
    assert [one.talk.time for one in week.days[0]] == ["", "09:00", "10:00", "13:00"]
    assert [len(day) for day in week.days] == [4, 0, 0, 0, 0, 0, 1]
    assert len(talks.week(session, monday, "").days[0]) == 5
    assert talks.week(session, monday - dt.timedelta(days=1)).empty
    assert [line.purpose for line in queries.access_log(session.vault) if line.act == "view"] == ["week"] * 3


def test_days_since_contact_of_every_running_case_agree_with_each_course(session):
    fill(session, [Conversation("k", TODAY - dt.timedelta(days=9), "h1")])
    talks.contact(session, "k", TODAY - dt.timedelta(days=4), "phone", "Ringede")
    talks.plan(session, talk())
    found = talks.contacts(session)
    assert [(one.citizen.citizen, one.days) for one in found] == [("m", None), ("k", 4)]
    for one in found:
        course = queries.course(session.vault, one.citizen.citizen)
        assert one.days == calendar.days_since_contact(course, TODAY)
        assert one.next == calendar.next_planned(course, TODAY)
    assert [one.citizen.citizen for one in talks.contacts(session, "kt")] == ["k"]


# an assessment hangs on one


def test_finishing_holds_the_planned_conversation_of_the_day(session):
    later = talks.plan(session, talk(day=TODAY, time="15:00")).now
    first = talks.plan(session, talk(day=TODAY, time="09:00")).now
    conversations.finish(session, "k", "caseworker", "bip", TODAY, answers={"helbredsmestring": 3})
    kept = {one.id: one.status for one in stored(session)}
    assert kept == {first.id: "held", later.id: "planned"}
    (assessment,) = queries.course(session.vault, "k").assessments
    assert assessment.conversation == first.id


def test_finishing_without_a_planned_one_makes_one(session):
    conversations.finish(session, "k", "caseworker", "bip", TODAY, answers={"helbredsmestring": 3})
    (made,) = stored(session)
    assert (made.status, made.date, made.caseworker) == ("held", TODAY, "kt")
    assert queries.course(session.vault, "k").assessments[0].conversation == made.id
