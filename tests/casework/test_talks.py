"""When conversations clash, and how long ago somebody was in contact."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework import talks
from progression.casework.values import Citizen, Conversation, Course, Note

DAY = dt.date(2026, 5, 4)


def talk(time="", minutes=None, id="a", citizen="k", day=DAY, status="planned"):
    return Conversation(citizen, day, id, status, time=time, minutes=minutes)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (("09:00", 30), ("09:30", 30), False),
        (("09:00", 31), ("09:30", 30), True),
        (("09:00", None), ("09:44", None), True),
        (("09:00", None), ("09:45", None), False),
        (("09:00", 30), ("", None), False),
        (("", None), ("", None), False),
        (("09:00", 0), ("09:30", 5), True),  # no length given: as long as usual
    ],
)
def test_two_at_one_time(one, other, clash):
    assert talks.clash(talk(*one), talk(*other)) is talks.clash(talk(*other), talk(*one)) is clash


def test_another_day_is_no_clash():
    assert not talks.clash(talk("09:00"), talk("09:00", day=DAY + dt.timedelta(days=1)))


def test_only_what_stands_in_the_calendar_clashes_and_never_itself():
    mine = talk("09:00")
    others = [
        mine,
        talk("09:10", id="b"),
        talk("08:50", id="c", status="held"),
        talk("09:00", id="d", status="cancelled"),
    ]
    assert [other.id for other in talks.clashing(mine, others)] == ["c", "b"]


@given(st.integers(0, 1439), st.integers(1, 300), st.integers(0, 1439), st.integers(1, 300))
def test_a_clash_is_a_shared_minute(start, length, other, other_length):
    one = talk(f"{start // 60:02d}:{start % 60:02d}", length)
    two = talk(f"{other // 60:02d}:{other % 60:02d}", other_length, "b")
    shared = set(range(start, start + length)) & set(range(other, other + other_length))
    assert talks.clash(one, two) is bool(shared)


def course(*facts):
    return Course(
        Citizen("k", "1"),
        conversations=tuple(f for f in facts if isinstance(f, Conversation)),
        notes=tuple(f for f in facts if isinstance(f, Note)),
    )


def ago(days):
    return DAY - dt.timedelta(days=days)


def test_contact_is_a_held_conversation_or_another_contact():
    held, missed = talk(day=ago(40), status="held"), talk(day=ago(3), status="missed")
    assert talks.days_since_contact(course(held, missed), DAY) == 40
    text, step = Note("k", ago(12), "contact", "sms", "Husk i morgen"), Note("k", ago(1), "small_step", text="Cyklede")
    assert talks.days_since_contact(course(held, missed, text, step), DAY) == 12
    assert talks.days_since_contact(course(talk(status="held")), DAY) == 0


def test_nobody_was_in_contact_yet():
    assert talks.days_since_contact(course(talk(status="held", day=DAY + dt.timedelta(days=1))), DAY) is None


def test_the_next_planned_one_is_the_earliest_from_today():
    facts = [talk(day=ago(1)), talk("14:00", id="b"), talk("09:00", id="c"), talk(id="d", day=DAY, status="cancelled")]
    assert talks.next_planned(course(*facts), DAY).id == "c"
    assert talks.next_planned(course(), DAY) is None


def test_the_week_begins_on_monday():
    assert {talks.monday(DAY + dt.timedelta(days=n)) for n in range(7)} == {DAY}
