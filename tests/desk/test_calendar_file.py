"""The calendar file: what an outside parser reads from it, and what nobody can."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import icalendar
import pytest
from desk_cases import TODAY, fill
from hypothesis import given
from hypothesis import strategies as st

from progression.casework.values import Citizen, Conversation
from progression.desk import calendar, talks
from progression.desk.talks import Booked
from progression.errors import KnownError
from progression.store import queries
from progression.words import Words

MADE = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def booked(day=dt.date(2026, 7, 6), time="09:30", minutes=60.0, name="Karsten Bøgh Mikkelsen", **more):
    talk = Conversation("c" * 32, day, more.pop("id", "t1"), "planned", time=time, minutes=minutes, **more)
    return Booked(talk, "S0001", name, "20 10 30 40")


def text(*found, language="da"):
    return calendar.ics(found, Words(language), MADE, "vault")


def events(written):
    return icalendar.Calendar.from_ical(written).walk("VEVENT")


def test_summer_and_winter_are_copenhagens():
    found = events(text(booked(), booked(dt.date(2026, 12, 7), "23:30", id="t2")))
    starts = [one["DTSTART"].dt for one in found]
    assert [start.astimezone(dt.UTC).hour for start in starts] == [7, 22]
    assert [start.replace(tzinfo=None) for start in starts] == [
        dt.datetime(2026, 7, 6, 9, 30),
        dt.datetime(2026, 12, 7, 23, 30),
    ]
    assert found[0]["DURATION"].dt == dt.timedelta(hours=1)


@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_files_own_rules_are_copenhagens_on_every_day(year):
    (zone,) = icalendar.Calendar.from_ical(text(booked())).walk("VTIMEZONE")
    made = zone.to_tz()
    for n in range(366):
        moment = dt.datetime(year, 1, 1, 9) + dt.timedelta(days=n)
        assert moment.replace(tzinfo=made).utcoffset() == moment.replace(tzinfo=COPENHAGEN).utcoffset()


def test_a_day_without_a_time_blocks_nothing():
    (one,) = events(text(booked(time="")))
    assert one["DTSTART"].dt == dt.date(2026, 7, 6)
    assert one["TRANSP"] == "TRANSPARENT"


def test_a_length_nobody_gave_is_the_usual_one():
    (one,) = events(text(booked(minutes=None)))
    assert one["DURATION"].dt == dt.timedelta(minutes=45)


def test_nothing_about_the_citizen_but_initials():
    written = text(booked(topic="Misbrug", participants="Læge Holm", outcome="Aftalt", caseworker="mha"))
    (one,) = events(written)
    assert str(one["SUMMARY"]) == "Samtale KBM"
    for secret in ("Karsten", "Mikkelsen", "S0001", "20 10", "Misbrug", "Holm", "Aftalt", "mha", "cccc", "t1"):
        assert secret not in written
    assert str(events(text(booked(), language="en"))[0]["SUMMARY"]) == "Conversation KBM"


@pytest.mark.parametrize(
    ("name", "expected"), [("", ""), ("anna-lise ærø", "ALÆ"), ("Peter 2 Holm", "PH"), ("X Æ A-12", "XÆA")]
)
def test_initials(name, expected):
    assert calendar.initials(name) == expected


def test_without_a_name_it_is_a_conversation():
    assert str(events(text(booked(name="")))[0]["SUMMARY"]) == "Samtale"


def test_the_name_of_an_entry_is_the_same_every_time_and_another_for_another():
    assert events(text(booked()))[0]["UID"] == events(text(booked(time="14:00")))[0]["UID"]
    assert events(text(booked()))[0]["UID"] != events(text(booked(id="t2")))[0]["UID"]
    assert calendar.uid("v", "c", "t") != calendar.uid("w", "c", "t")


# the grammar of RFC 5545


def test_every_line_is_short_and_ends_as_the_grammar_says():
    written = text(booked(name="Ærø " * 60), booked(id="t2"))
    assert written.endswith("END:VCALENDAR\r\n")
    assert "\n" not in written.replace("\r\n", "")
    lines = written.split("\r\n")[:-1]
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = written.replace("\r\n ", "").split("\r\n")[:-1]
    assert all(re.match(r"[A-Z-]+(;[A-Z]+=[^:;]+)*:", line) for line in unfolded)
    begun = [line[6:] for line in unfolded if line.startswith("BEGIN:")]
    assert sorted(begun) == sorted(line[4:] for line in unfolded if line.startswith("END:"))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_folding_loses_nothing_and_splits_no_letter(line):
    folded = calendar.fold(line)
    pieces = folded.split("\r\n ")
    assert "".join(pieces) == line or "\r\n " in line
    assert all(len(piece.encode()) <= (75 if not place else 74) for place, piece in enumerate(pieces))


@given(st.text(max_size=80))
def test_what_is_escaped_is_read_again(given_text):
    printable = "".join(c for c in given_text.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    line = calendar.fold(f"SUMMARY:{calendar.escape(given_text)}")
    read = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n")
    assert str(read["SUMMARY"]) == printable


def test_no_conversations_is_a_calendar_too():
    assert icalendar.Calendar.from_ical(text()).walk("VEVENT") == []


# written from a vault


def test_planned_ones_from_today_are_written_and_logged(opened, tmp_path):
    session = opened([Citizen("k", "S1", "Karsten Bøgh")])
    days = {"a": TODAY, "b": TODAY + dt.timedelta(days=9), "c": TODAY - dt.timedelta(days=2)}
    fill(session, [Conversation("k", day, key, "planned", time="10:00") for key, day in days.items()])
    fill(session, [Conversation("k", TODAY, "h", "held")])
    file = tmp_path / "calendar.ics"
    assert calendar.export(session, file, "") == 2
    assert len(events(file.read_text("utf-8"))) == 2
    (line,) = [line for line in queries.access_log(session.vault) if line.act == "export"]
    assert (line.purpose, line.citizen) == ("calendar", None)
    talks.mark(session, queries.conversations(session.vault)[1], "cancelled")
    assert calendar.export(session, file, "") == 1


def test_where_nothing_can_be_written_it_says_so(opened, tmp_path):
    with pytest.raises(KnownError, match=r"file\.unwritable"):
        calendar.export(opened(), tmp_path / "no" / "calendar.ics")
