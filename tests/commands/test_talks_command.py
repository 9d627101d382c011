"""conversations and citizens --find, as the shell runs them."""

from __future__ import annotations

import datetime as dt

import icalendar

KEYS = [
    "citizen_id", "name", "conversation_id", "date", "time", "minutes", "status", "form", "caseworker", "participants",
    "topic", "outcome", "double_booked",
]  # fmt: skip


def test_conversations_are_one_list(run, vault):
    found = run("conversations", "--format", "json", db=vault).json
    assert list(found) == ["conversations"]
    assert all(list(row) == KEYS for row in found["conversations"])
    days = [(row["date"], row["time"]) for row in found["conversations"]]
    assert days == sorted(days)


def test_planned_ones_and_this_week(run, vault):
    today = dt.date.today()
    planned = run("conversations", "--planned", "--format", "json", db=vault).json["conversations"]
    assert planned
    assert all(row["status"] == "planned" and row["date"] >= today.isoformat() for row in planned)
    monday = today - dt.timedelta(days=today.weekday())
    week = run("conversations", "--week", "--mine", "--format", "json", db=vault).json["conversations"]
    assert [row for row in week if row["date"] == today.isoformat()]
    assert all(monday.isoformat() <= row["date"] <= (monday + dt.timedelta(days=6)).isoformat() for row in week)


def test_a_table_and_csv_for_people(run, vault):
    table = run("conversations", "--week", db=vault)
    assert "Planned" in table.out
    assert run("conversations", "--format", "csv", db=vault).lines[0].startswith("date,time,minutes,citizen_id")


def test_days_since_the_last_contact(run, vault):
    found = run("conversations", "--since-contact", "--format", "json", db=vault).json
    assert list(found) == ["as_of", "conversations"]
    for row in found["conversations"]:
        assert (row["days"] is None) == (row["last_contact"] is None)
    dated = [row["last_contact"] or "" for row in found["conversations"]]
    assert dated == sorted(dated)


def test_a_calendar_file_with_initials_only(run, vault, tmp_path):
    file = tmp_path / "calendar.ics"
    said = run("conversations", "--ics", str(file), db=vault)
    events = icalendar.Calendar.from_ical(file.read_text("utf-8")).walk("VEVENT")
    assert said.out == f"{len(events)} conversations are in {file}.\n"
    names = [row["name"] for row in run("citizens", "--format", "json", db=vault).json["citizens"]]
    written = file.read_text("utf-8")
    assert not [part for name in names for part in name.split() if part in written]
    log = run("log", "--format", "json", db=vault).json["log"]
    assert any(line["act"] == "export" and line["purpose"] == "calendar" for line in log)


def test_two_lists_at_once_are_not_understood(run, vault):
    assert run("conversations", "--week", "--ics", "x.ics", db=vault).code == 2


def test_find_says_who_is_meant(run, vault):
    everybody = run("citizens", "--format", "json", db=vault).json["citizens"]
    one = everybody[0]
    last = one["name"].split()[-1]
    found = run("citizens", "--find", last.lower(), "--format", "json", db=vault).json["citizens"]
    assert one["citizen_id"] in [row["citizen_id"] for row in found]
    assert len(found) < len(everybody)
    assert run("citizens", "--find", one["citizen_id"], "--format", "json", db=vault).json["citizens"] == [one]
