"""Vaults written by every earlier schema open in this program, with what was in them and with their guards."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3
from make_fixture import FACTS
from vault_cases import ADD, NOON, PASSPHRASE, sample_citizen

from progression.store import adoptions, backup, check, drafts, kinds, migrations, queries, vault

FIXTURES = sorted((Path(__file__).parent / "fixtures").iterdir())


def test_there_is_a_fixture_for_each_schema():
    assert [json.loads((one / "expected.json").read_text())["migrations"] for one in FIXTURES] == [
        migrations.names()[: i + 1] for i in range(len(migrations.names()))
    ]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_an_old_vault_opens_with_everything_and_its_guards(bench, fixture):
    expected = json.loads((fixture / "expected.json").read_text())
    v = backup.restore(fixture / "vault.backup", bench.folder, PASSPHRASE, clock=bench.clock)
    bench.open.append(v)
    assert v.account.name == "Anna Lund"
    assert v.stream != expected["stream"]
    assert migrations.missing_guards(v.db) == []
    assert check.check(v, deep=True) == []
    course = queries.course(v, "c1")
    found = [
        course.citizen, *queries.people(v), *course.assignments, *course.assessments, *course.interventions,
        *course.conversations, *course.categories, *course.plan, *course.notes, *course.decisions,
    ]  # fmt: skip
    plain = [replace(one, event="") for one in found]
    plain = [replace(one, entered=None) if hasattr(one, "entered") else one for one in plain]
    plain = [replace(one, author="") if hasattr(one, "author") else one for one in plain]
    wanted = [fact for fact in FACTS if getattr(fact, "citizen", "c1") == "c1"]
    wanted = [replace(fact, end=date(2026, 4, 20)) if getattr(fact, "id", "") == "i1" else fact for fact in wanted]
    assert plain == wanted
    assert course.assessments[0].entered == NOON
    assert [one.number for one in queries.citizens(v)] == ["H00001"]
    assert queries.setting(v, "bridge_days") == 14
    assert list(queries.scales(v)) == ["hamd"] and list(queries.intervention_types(v)) == ["mentor"]
    assert [one.body["citizens"] for one in adoptions.newest_first(v, "hamd")] == [40]
    assert [flag["flag"] for flag in queries.shown_flags(v)] == ["f1"]
    assert [draft.payload for draft in drafts.all(v)] == [{"answers": {"total": 3}}]
    with pytest.raises(sqlcipher3.IntegrityError):
        v.db.conn.execute("DELETE FROM event")
    v.append([kinds.to_event(sample_citizen("c3", "3"))], ADD)
    v.close()
    vault.unlock_with_recovery(bench.folder, expected["recovery_key"], clock=bench.clock).close()


def test_projections_of_another_shape_are_made_again(bench, filled):
    with filled.writing():
        filled.db["citizen"].drop()
        filled.db.conn.execute("UPDATE local SET value = 'older' WHERE key = 'projections'")
    filled.close()
    v = bench.unlock()
    assert queries.citizen(v, "c1").number == "H00001"
    assert check.check(v, deep=True) == []
