"""Pages get casework values, sorted, as they were written."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from make_fixture import FACTS, MORE
from vault_cases import ADD, NOON, ROOT, sample_assessment, sample_citizen

from progression.casework.values import (
    Assessment,
    Assignment,
    Citizen,
    Decision,
    Intervention,
    InterventionType,
    Note,
    Person,
)
from progression.errors import KnownError
from progression.scales import library
from progression.store import access, adoptions, drafts, engine, kinds, queries
from progression.store.access import Act

EVERY = (*FACTS, *MORE)


def test_every_kind_of_value_reads_back_as_it_was(bench):
    v = bench.vault(seed_events=None)
    events = v.append([kinds.to_event(fact) for fact in EVERY], ADD)
    ids = [event.id for event in events]
    found = {
        one.event: one
        for ask in (
            queries.citizens, queries.people, queries.assignments, queries.assessments, queries.interventions,
            queries.conversations, queries.categories, queries.plan, queries.notes, queries.decisions, queries.offers,
            queries.providers, queries.professionals, queries.consents, queries.handovers, queries.reviews,
        )
        for one in ask(v)
    }  # fmt: skip
    assert len(found) == len(EVERY)
    for fact, identity in zip(EVERY, ids, strict=True):
        expected = replace(fact, event=identity)
        if isinstance(fact, Assessment):
            expected = replace(expected, entered=NOON)
        if isinstance(fact, Decision):
            expected = replace(expected, author=v.account.id)
        assert found[identity] == expected
    assert set(kinds.VALUES.values()) == {type(fact) for fact in EVERY}


def test_citizens_by_id_by_number_and_sorted(bench):
    v = bench.vault()
    v.append([kinds.to_event(sample_citizen(i, n)) for i, n in (("x", "10"), ("y", "02"), ("z", "03"))], ADD)
    assert [one.citizen for one in queries.citizens(v)] == ["y", "z", "x"]
    assert queries.citizen_by_number(v, "03").citizen == "z"
    assert queries.citizen_by_number(v, "04") is None
    assert queries.citizen(v, "nobody") is None
    with pytest.raises(KeyError):
        queries.course(v, "nobody")


def test_a_number_that_was_corrected_no_longer_finds(bench, filled):
    filled.append([kinds.to_event(replace(queries.citizen(filled, "c1"), number="H9"))], ADD)
    assert queries.citizen_by_number(filled, "H00001") is None
    assert queries.citizen_by_number(filled, "H9").citizen == "c1"


def test_courses_of_some_of_many_and_of_all(bench):
    v = bench.vault()
    people = [Citizen(f"c{i:04}", f"{i:04}") for i in range(600)]
    notes = [Note(one.citizen, date(2026, 1, 2), "contact") for one in people]
    v.append([kinds.to_event(one) for one in people + notes], ADD)
    everyone = queries.courses(v)
    assert list(everyone) == [one.citizen for one in people]
    some = [one.citizen for one in people[:3]]
    assert queries.courses(v, [*some, "nobody"]) == {one: everyone[one] for one in some}
    many = [one.citizen for one in people[:550]]
    assert queries.courses(v, many) == {one: everyone[one] for one in many}
    assert queries.courses(v, []) == {}


def test_an_imported_time_of_entry_is_kept_and_a_correction_gets_its_own(bench):
    v = bench.vault(seed_events=None)
    entered = datetime(2020, 1, 5, 8, tzinfo=UTC)
    v.append([kinds.to_event(sample_assessment(entered=entered))], ADD)
    (one,) = queries.assessments(v)
    assert one.entered == entered
    v.append([kinds.to_event(replace(one, note="rettet"))], ADD)
    assert queries.assessments(v)[0].entered == NOON


def test_columns_hold_the_same_as_the_values(bench):
    v = bench.vault(seed_events=None)
    day = date(2026, 1, 1)
    made = [
        Assessment(f"c{c}", rater, "bip", day + timedelta(30 * i), {"netvaerk": 1 + (c + i) % 5}, f"a{c % 2}", "phone")
        for c in (2, 0, 1) for i in range(3) for rater in ("citizen", "caseworker")
    ]  # fmt: skip
    spans = [Intervention("c1", "i", "mentor", day), Intervention("c0", "j", "ips", day, end=day, planned_end=day)]
    people = [Citizen(f"c{c}", str(c)) for c in (1, 0, 2)]
    stranger = [Assessment("nobody", "citizen", "bip", day, {"netvaerk": 1})]
    v.append([kinds.to_event(one) for one in (*made, *spans, *people, *stranger)], ADD)
    found = queries.columns(v, "bip")
    size = found.width * len(found.indicators)
    assert (found.citizens, size, len(found.scores)) == (("c0", "c1", "c2"), 11, 11 * 18)
    places = found.citizen, found.day, found.rater, found.assessor, found.mode
    rows = [
        (found.citizens[c], date.fromordinal(d), ("caseworker", "citizen")[r], found.assessors[a], found.modes[m],
         found.scores[i * size : (i + 1) * size].decode())
        for i, (c, d, r, a, m) in enumerate(zip(*places, strict=True))
    ]  # fmt: skip
    from progression.scales import cells

    bip = library.builtin()["bip"]
    wanted = [
        (o.citizen, o.date, o.rater, o.assessor, o.mode, cells.encode(bip, o.answers))
        for o in queries.assessments(v)
        if o.citizen != "nobody"
    ]
    assert rows == wanted
    spans_found = queries.intervention_columns(v)
    assert spans_found.citizens == found.citizens
    assert list(spans_found.citizen) == [0, 1]
    assert [spans_found.types[t] for t in spans_found.type] == ["ips", "mentor"]
    assert (list(spans_found.end), spans_found.id) == ([day.toordinal(), 0], ("j", "i"))
    assert list(spans_found.planned_end) == [day.toordinal(), 0]


@pytest.mark.parametrize("odd", ["", "\x1f", "Ane\x1fBo", "æ, ø"])
def test_columns_come_by_date_rater_and_event_whatever_the_order_of_writing(bench, odd):
    v = bench.vault(seed_events=None)
    chance = random.Random(3)
    made = [
        Assessment(f"c{c}", rater, "bip", date(2026, 1, 1) + timedelta(i), {"netvaerk": step}, name)
        for c in range(30) for i in range(6) for rater in ("citizen", "caseworker")
        for step, name in ((1, "k"), (5, odd))
    ]  # fmt: skip
    chance.shuffle(made)
    people = [Citizen(f"c{c}", str(c)) for c in range(29)]  # the thirtieth is nobody
    v.append([kinds.to_event(one) for one in (*made, *people)], ADD)
    found = queries.columns(v, "bip")
    size = found.width * len(found.indicators)
    got = [
        (found.citizens[c], d, r, found.assessors[a], found.scores[i * size : (i + 1) * size].decode())
        for i, (c, d, r, a) in enumerate(zip(found.citizen, found.day, found.rater, found.assessor, strict=True))
    ]
    rows = v.rows(
        "SELECT citizen, date, rater, assessor, cells FROM assessment WHERE citizen <> 'c29' "
        "ORDER BY citizen, date, rater, event"
    )
    assert got == [(c, date.fromisoformat(d).toordinal(), int(r == "citizen"), a, s) for c, d, r, a, s in rows]
    assert found.assessors == tuple(sorted({"k", odd}))
    assert len(found.mode) == len(got)


def test_columns_of_an_empty_vault(bench):
    v = bench.vault(seed_events=None)
    assert queries.columns(v, "bip").scores == b""
    assert queries.intervention_columns(v).id == ()


def test_a_part_of_the_catalogue_stands_over_the_shipped_one(bench):
    v = bench.vault(seed_events=None)
    shipped = queries.intervention_types(v)
    mine = InterventionType("mentor", {"da": "Mentor (hos os)"}, "job", True)
    v.append([kinds.types_installed({"mentor": mine})], ADD)
    now = queries.intervention_types(v)
    assert now["mentor"] == mine
    assert {code: one for code, one in now.items() if code != "mentor"} == {
        code: one for code, one in shipped.items() if code != "mentor"
    }


def test_settings_and_scales_take_the_place_of_earlier_ones(bench):
    v = bench.vault(seed_events=None)
    for value in (21, {"a": [1, None]}, 14.5):
        v.append([kinds.setting(v, "bridge_days", value)], ADD)
        assert queries.setting(v, "bridge_days") == value == queries.settings(v)["bridge_days"]
    v.append([kinds.scale(v, "bip", library.source("bip"))], ADD)
    assert len(v.rows("SELECT * FROM scale")) == 2
    assert queries.conflicts(v) == ()
    with pytest.raises(KnownError) as raised:
        kinds.scale(v, "bip", "nonsense")
    assert raised.value.code == "scale.invalid"


def test_the_newest_estimates_and_the_first_showing_of_a_flag(bench):
    v = bench.vault()
    v.append([kinds.estimates_adopted("bip", {"adopted": f"2026-0{m}-01", "n": m}) for m in (3, 5, 4)], ADD)
    v.append([kinds.flag_shown("f", "c1", {"n": n}) for n in (1, 2)], ADD)
    assert [one.body["n"] for one in adoptions.newest_first(v, "bip")] == [5, 4, 3]
    assert list(adoptions.newest_first(v, "hamd")) == []
    assert queries.shown_flags(v) == [{"n": 1, "flag": "f", "citizen": "c1"}]


def test_people_and_who_was_responsible(bench):
    v = bench.vault()
    people = [Person("b", "B", norm=40), Person("a", "A")]
    spans = [Assignment("c1", "a", date(2026, 2, 1)), Assignment("c1", "b", date(2026, 1, 1))]
    v.append([kinds.to_event(one) for one in (*people, *spans)], ADD)
    assert [(p.person, p.norm) for p in queries.people(v)] == [("a", None), ("b", 40.0)]
    assert [a.caseworker for a in queries.assignments(v)] == ["b", "a"]
    assert queries.accounts(v) == {v.account.id: ("Anna Lund", "")}


# drafts and the access log


def test_a_draft_is_kept_replaced_and_finished_with_its_event(bench, filled):
    drafts.save(filled, "c1", "citizen", "bip", {"answers": {"netvaerk": 1}})
    bench.pass_time(minutes=1)
    drafts.save(filled, "c1", "citizen", "bip", {"answers": {"netvaerk": 2}})
    drafts.save(filled, "c1", "caseworker", "bip", {})
    found = drafts.load(filled, "c1", "citizen", "bip")
    assert (found.payload, found.saved) == ({"answers": {"netvaerk": 2}}, bench.clock.now())
    filled.append([kinds.to_event(sample_assessment(rater="citizen"))], ADD, finished=[("c1", "citizen", "bip")])
    assert [d.rater for d in drafts.all(filled)] == ["caseworker"]
    assert drafts.load(filled, "c1", "citizen", "bip") is None
    assert drafts.discard(filled, "c1", "caseworker", "bip") is True
    assert drafts.discard(filled, "c1", "caseworker", "bip") is False


def test_a_refused_event_leaves_the_draft(bench, filled):
    drafts.save(filled, "c1", "citizen", "bip", {"answers": {"netvaerk": 1}})
    with pytest.raises(ValueError):
        filled.append(
            [replace(kinds.to_event(sample_assessment()), citizen=None)], ADD, finished=[("c1", "citizen", "bip")]
        )
    assert drafts.load(filled, "c1", "citizen", "bip").payload == {"answers": {"netvaerk": 1}}


def test_a_draft_outlives_the_process_and_is_gone_after_thirty_days(bench, filled):
    drafts.save(filled, "c1", "citizen", "bip", {"answers": {}})
    filled.close()
    bench.pass_time(days=29, hours=23)
    v = bench.unlock()
    assert len(drafts.all(v)) == 1
    v.close()
    bench.pass_time(hours=2)
    v = bench.unlock()
    assert drafts.all(v) == ()
    assert [(n.code, n.fields) for n in v.notices] == [("notice.drafts_expired", {"count": 1})]


def test_one_line_per_act(bench, filled):
    filled.log(Act("view", "c1", purpose="conversation"))
    filled.append(
        [kinds.to_event(sample_assessment(rater="citizen")), kinds.to_event(sample_citizen("c2", "2"))], Act("import")
    )
    lines = queries.access_log(filled)
    assert [(line.act, line.citizen, line.purpose) for line in lines] == [
        ("import", None, ""), ("view", "c1", "conversation"), ("add", "c1", ""), ("create", None, ""),
    ]  # fmt: skip
    assert {line.account for line in lines} == {filled.account.id}
    assert lines[0].time == NOON
    assert [line.act for line in queries.access_log(filled, "c1")] == ["view", "add"]
    with pytest.raises(ValueError):
        Act("peek")
    assert "unlock" in access.ACTS


# the engine underneath


def test_sqlite_utils_speaks_sqlcipher_and_knows_no_pandas():
    import sqlcipher3
    import sqlite_utils.db

    assert sqlite_utils.db.sqlite3 is sqlcipher3
    assert sqlite_utils.db.pd is None and sqlite_utils.db.np is None
    import importlib

    import numpy

    assert importlib.import_module("numpy") is numpy


def test_the_import_hides_nothing_from_other_threads():
    script = (
        "import threading, importlib\n"
        "from progression.store import engine\n"
        "with engine._without('numpy'):\n"
        "    found = []\n"
        "    thread = threading.Thread(target=lambda: found.append(importlib.import_module('numpy')))\n"
        "    thread.start(); thread.join()\n"
        "print(found[0].__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "numpy\n"


def test_what_sqlite_utils_needs_sqlcipher_exceptions_for_works(bench, filled):
    filled.db["extra"].insert({"id": 1}, pk="id")
    filled.db["extra"].insert({"id": 2, "more": "x"}, pk="id", alter=True)
    assert filled.rows("SELECT more FROM extra") == [(None,), ("x",)]


def test_the_connection_is_set_for_safety(bench, filled):
    def pragma(name):
        return filled.rows(f"PRAGMA {name}")[0][0]

    names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store", "recursive_triggers")
    assert [pragma(name) for name in names] == ["wal", 2, 1, 1, 2, 1]
    with pytest.raises(ValueError):
        engine.connect(bench.folder / "other.db", b"short")


def test_a_wrong_key_writes_nothing_to_stderr(bench, filled, capfd):
    filled.close()
    with pytest.raises(engine.Damaged), engine.guarded(bench.folder):
        db = engine.connect(bench.folder / "journal.db", bytes(32))
        try:
            db.conn.execute("SELECT * FROM event")
        finally:
            db.close()
    assert capfd.readouterr() == ("", "")
