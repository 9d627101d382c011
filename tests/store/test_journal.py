"""The journal's form can never change: these vectors were written once and must hold for ever."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st
from vault_cases import ADD, NOON, sample_assessment, sample_citizen

from progression.store import check, clock, journal, kinds, migrations, queries

VECTOR = (
    "01890a5d-ac96-774b-bcce-b302099a8057", "aa.bb", 2, "2026-05-01T12:00:00.000000Z", "author", "note.set", 1,
    "citizen", '["01890a5d-ac96-774b-bcce-b302099a8056"]', '{"date":"2026-05-01","text":"blåbær"}', bytes(range(16)),
    "25be1f20d3ba1d5ed6d88b8ac9e8b46f0a1f67c0bc01f8d37a9e8ac92de5c5a3", "11" * 32, "",
)  # fmt: skip


def test_the_hashes_are_what_they_were():
    body = hashlib.sha256(bytes(range(16)) + '{"date":"2026-05-01","text":"blåbær"}'.encode()).hexdigest()
    assert journal.body_hash(VECTOR[9], VECTOR[10]) == body
    head = (
        '["progression-event-1","01890a5d-ac96-774b-bcce-b302099a8057","aa.bb",2,"2026-05-01T12:00:00.000000Z","author",'
        '"note.set",1,"citizen",["01890a5d-ac96-774b-bcce-b302099a8056"],'
        f'"{VECTOR[11]}","{"11" * 32}"]'
    )
    assert journal.event_hash(VECTOR) == hashlib.sha256(head.encode()).hexdigest()


def test_the_columns_are_what_they_were(bench):
    v = bench.vault()
    assert [row[1] for row in v.rows("PRAGMA table_info(event)")] == [
        "id", "stream", "seq", "time", "author", "kind", "version", "citizen", "replaces", "body", "salt",
        "body_hash", "prev_hash", "hash",
    ]  # fmt: skip
    ((keys,),) = [
        [tuple(row[2] for row in v.rows(f"PRAGMA index_info({name[1]})"))]
        for name in v.rows("PRAGMA index_list(event)")
        if name[3] == "c"
    ]
    assert keys == ("stream", "seq")


def test_a_body_is_canonical_and_reads_back(bench):
    v = bench.vault()
    (event,) = v.append([kinds.to_event(sample_citizen(note='Ø "anførsel"\n☃'))], ADD)
    ((text,),) = v.rows("SELECT body FROM event WHERE id = ?", (event.id,))
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "c1" not in text and "cpr" in text
    row = v.rows(f"{journal.SELECT} WHERE id = ?", (event.id,))[0]
    assert journal.from_row(row) == event
    assert journal.to_row(event) == row


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, NOON])
def test_what_is_not_json_is_refused(bench, value):
    v = bench.vault()
    with pytest.raises((ValueError, TypeError)):
        v.append([journal.NewEvent("setting.set", {"key": "a", "value": value})], ADD)


def test_the_journal_only_grows(bench, filled):
    refused = [
        "DELETE FROM event",
        "UPDATE event SET author = 'somebody'",
        "UPDATE event SET body = NULL",
        "UPDATE event SET body = NULL, salt = NULL, hash = ''",
        "UPDATE event SET body = '{}', salt = NULL",
        "INSERT OR REPLACE INTO event SELECT * FROM event LIMIT 1",
        "INSERT INTO event SELECT 'x', stream, seq, time, author, kind, version, citizen, replaces, body, salt, "
        "body_hash, prev_hash, hash FROM event LIMIT 1",
        "UPDATE access SET act = 'view'",
    ]
    for sql in refused:
        with pytest.raises(sqlcipher3.IntegrityError):
            filled.db.conn.execute(sql)
    assert check.check(filled, deep=True) == []


def test_an_erased_body_leaves_a_chain_that_verifies(bench, filled):
    with filled.writing():
        filled.db.conn.execute("UPDATE event SET body = NULL, salt = NULL WHERE citizen = 'c1'")
    check.rebuild(filled)
    assert check.check(filled, deep=True) == []
    assert queries.citizens(filled) == ()
    assert queries.assessments(filled) == ()
    read = [journal.from_row(row) for row in filled.rows(journal.SELECT)]
    assert [one.kind for one in read if one.body is None] == ["citizen.set", "assessment.set"]


def test_ids_grow_within_a_millisecond_and_when_the_clock_goes_back():
    ids = journal.Ids()
    times = [NOON] * 3000 + [NOON - timedelta(hours=1)] * 10 + [NOON + timedelta(milliseconds=1)]
    made = [ids.new(at) for at in times]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(one[14], one[19] in "89ab") for one in made} == {("7", True)}
    assert int(made[-1][:8] + made[-1][9:13], 16) == int(NOON.timestamp() * 1000) + 1


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)))
def test_times_are_written_so_that_text_order_is_time_order(time):
    assert clock.unstamp(clock.stamp(time)) == time
    assert clock.stamp(time) < clock.stamp(time + timedelta(microseconds=1))
    assert len(clock.stamp(time)) == 27


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError):
        clock.stamp(datetime(2026, 1, 1))
    with pytest.raises(ValueError):
        clock.unstamp("2026-01-01")


def test_guards_survive_a_step_that_rebuilds_the_table(bench, filled):
    def rebuilding(db):
        db["event"].transform(rename={}, column_order=["id"], not_null={"kind": True})

    with filled.writing():
        rebuilding(filled.db)
        assert "event_never_deleted" in migrations.missing_guards(filled.db)
    migrations.with_guards(rebuilding)(filled.db)
    assert migrations.missing_guards(filled.db) == []
    with pytest.raises(sqlcipher3.IntegrityError):
        filled.db.conn.execute("DELETE FROM event")
    filled.append([kinds.to_event(sample_assessment(rater="citizen"))], ADD)
    assert check.check(filled, deep=True) == []
