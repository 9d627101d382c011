"""A careless exporter's files: all or nothing, every fault with its place, and nothing read wrongly."""

from __future__ import annotations

import json
import re

import outside
import pytest
from outside import CITIZENS, INTERVENTIONS, PASSPHRASE, assessments, copy_of, facts, make_vault, refused, run, write

from progression.desk import vaults

LANGUAGES = ("da", "en")
LINE = re.compile(r"^([\w.!]+):(\d+):([^:]+): (.+), [“”](.*?)[“”], (?:expected|forventet): (.+)$")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_vault(
        tmp_path_factory.mktemp("template") / "vault",
        citizens=CITIZENS,
        people=outside.PEOPLE,
        interventions=INTERVENTIONS,
        assessments=assessments(),
    )


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def vault(template, tmp_path):
    return copy_of(template, tmp_path / "vault")


def faults(vault, given, language, *options):
    """Where, value: of every line of a refused import. Nothing may have come in, and no name goes out."""
    before = facts(vault)
    said = refused(run("import", given, *options, db=vault, language=language)).splitlines()
    assert facts(vault) == before
    lines = [LINE.match(line) for line in said[1:]]
    assert all(lines), said
    assert f": {len(lines)}." in said[0]
    assert all(found[4] and found[6] for found in lines)
    return [(found[1], int(found[2]), found[3], found[5]) for found in lines]


BAD = {  # what a file holds, and the place and value of each fault
    "unknown citizen": (
        "assessments", "citizen_id;date;rater;indicator;score\nB9;2025-03-01;caseworker;netvaerk;3\n",
        [(2, "citizen_id", "B9")],
    ),
    "unknown indicator": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;2025-03-01;caseworker;netværk;3\n",
        [(2, "indicator", "netværk")],
    ),
    "unknown type": (
        "interventions", "citizen_id;type;start\nB4711-77;praktik;2025-03-01\n", [(2, "type", "praktik")],
    ),
    "31 February": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;31-02-2025;caseworker;netvaerk;3\n",
        [(2, "date", "31-02-2025")],
    ),
    "score 6": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;2025-03-01;caseworker;netvaerk;6\n",
        [(2, "score", "6")],
    ),
    "score 0": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;2025-03-01;caseworker;netvaerk;0\n",
        [(2, "score", "0")],
    ),
    "score 2.5": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;2025-03-01;caseworker;netvaerk;2.5\n",
        [(2, "score", "2.5")],
    ),
    "score 2,5": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;2025-03-01;caseworker;netvaerk;2,5\n",
        [(2, "score", "2,5")],
    ),
    "end before start": (
        "interventions", "citizen_id;type;start;end\nB4711-77;mentor;02-03-2025;01-03-2025\n",
        [(2, "end", "2025-03-01")],
    ),
    "a key twice": (
        "assessments", "citizen_id;date;rater;indicator;score\n" + 2 * "B4711-77;2025-03-01;caseworker;netvaerk;3\n",
        [(3, "citizen_id+date+rater+indicator", "B4711-77 / 2025-03-01 / caseworker / netvaerk")],
    ),
    "an empty file": ("notes", "", [(1, "-", "")]),
    "a caseworker's question to the citizen": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;2025-03-01;citizen;sagsbehandlers_tro;3\n",
        [(2, "indicator", "sagsbehandlers_tro")],
    ),
    "an answer of tomorrow": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;2999-03-01;caseworker;netvaerk;3\n",
        [(2, "date", "2999-03-01")],
    ),
    "unknown rater": (
        "assessments", "citizen_id;date;rater;indicator;score\nB4711-77;2025-03-01;borger;netvaerk;3\n",
        [(2, "rater", "borger")],
    ),
    "unknown column": (
        "people", "person;navn\nYP;x\n", [(1, "navn", "navn")],
    ),
    "missing column": ("categories", "citizen_id;start\nB4711-77;2025-03-01\n", [(1, "category", "category")]),
    "empty cell": ("decisions", "citizen_id;date;about;choice\nB4711-77;;citizen;start\n", [(2, "date", "")]),
    "hours in words": (
        "interventions", "citizen_id;type;start;hours_per_week\nB4711-77;mentor;02-03-2025;tolv\n",
        [(2, "hours_per_week", "tolv")],
    ),
    "closed before it began": (
        "citizens", "citizen_id;benefit_start;case_closed\nNY;02-03-2025;01-03-2025\n",
        [(2, "case_closed", "2025-03-01")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", BAD)
def test_each_fault_alone(vault, tmp_path, what, language):
    name, text, expected = BAD[what]
    given = write(tmp_path / "given", **{name: text})
    for options in ((), ("--update",), ("--dry-run",)):
        assert faults(vault, given, language, *options) == [(f"{name}.csv", *one) for one in expected]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_faults_together_among_good_rows(vault, tmp_path, language):
    """Every fault of every file in one list, by file and row; what is right comes in with none of it."""
    files = {
        "citizens": CITIZENS + "NY1;Ny Borger;;31-02-1980;01-02-2025;;\nNY1;Samme igen;;;01-02-2025;;\n",
        "interventions": "citizen_id;type;start;end;hours_per_week\nB4711-77;mentor;02-09-2025;;2,5\n"
        "B9;praktik;02-03-2025;01-03-2025;tolv\nB4711-77;mentor;02-09-2025;;-1\n;mentor;02-09-2025;;\n",
        "assessments": "citizen_id;date;rater;indicator;score\n"
        "B4711-77;2025-03-01;caseworker;netvaerk;3\n"
        "B9;31-02-2025;citizen;sagsbehandlers_tro;6\n"
        "B4711-77;2025-03-01;caseworker;netvaerk;2.5\n"
        "B4711-78;2025-03-01;caseworker;ukendt;4\n",
        "notes": "",
    }
    assert faults(vault, write(tmp_path / "given", **files), language) == [
        ("citizens.csv", 4, "born", "31-02-1980"),
        ("citizens.csv", 5, "citizen_id", "NY1"),
        ("interventions.csv", 3, "hours_per_week", "tolv"),
        ("interventions.csv", 3, "citizen_id", "B9"),
        ("interventions.csv", 3, "type", "praktik"),
        ("interventions.csv", 3, "end", "2025-03-01"),
        ("interventions.csv", 4, "hours_per_week", "-1"),
        ("interventions.csv", 4, "citizen_id+type+start", "B4711-77 / mentor / 2025-09-02"),
        ("interventions.csv", 5, "citizen_id", ""),
        ("assessments.csv", 3, "date", "31-02-2025"),
        ("assessments.csv", 3, "citizen_id", "B9"),
        ("assessments.csv", 3, "indicator", "sagsbehandlers_tro"),
        ("assessments.csv", 4, "score", "2.5"),
        ("assessments.csv", 4, "citizen_id+date+rater+indicator", "B4711-77 / 2025-03-01 / caseworker / netvaerk"),
        ("assessments.csv", 5, "indicator", "ukendt"),
        ("notes.csv", 1, "-", ""),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_that_differs_repeats_no_name_and_no_note(vault, tmp_path, language):
    files = {
        "citizens": CITIZENS.replace("Xanthippe", "Xenia").replace("140680-1236", "140680-1252"),
        "assessments": assessments(score=4).replace("Zebranote", "Okapinote"),
    }
    found = faults(vault, write(tmp_path / "given", **files), language)
    said = run("import", tmp_path / "given", db=vault, language=language).err
    assert ("citizens.csv", 2, "name", "••••") in found
    assert ("citizens.csv", 2, "cpr", "140680-••••") in found
    assert ("assessments.csv", 2, "score", "4") in found
    assert sum(column == "note" for _, _, column, _ in found) == len(outside.DAYS)
    for secret in ("Xenia", "Okapi", "1252", "Zebra"):
        assert secret not in said


def test_columns_that_slipped_give_no_cpr_number_away(vault, tmp_path):
    rows = "NY2;Pjaltenborg; Yrsa;140680-1236;14-06-1980\n1406801236;x;;;\nNY3;a;b;c;d;e Zebranote\n"
    given = write(
        tmp_path / "given",
        citizens="citizen_id;name;cpr;born;benefit_start\n" + rows,
        notes="citizen_id;date;kind\n140680-1236;2025-01-01;contact\n",
    )
    found = faults(vault, given, "en")
    assert ("citizens.csv", 2, "born", "140680-••••") in found
    assert ("citizens.csv", 4, "6", "••••") in found
    assert "1236" not in repr(found)


# what is read correctly


def test_semicolons_danish_dates_and_windows_1252_are_the_same_as_commas_and_utf8(vault, tmp_path):
    plain = copy_of(vault, tmp_path / "plain")
    semicolons = {
        "citizens": "citizen_id;name;benefit_start\nÅ1;Søren Åkjær;01-02-2025\n",
        "interventions": "citizen_id;type;provider;start;hours_per_week\nÅ1;mentor;Ærø Træ;1/3/2025;12,5\n",
        "assessments": "citizen_id;date;rater;indicator;score\nÅ1;1.4.2025;citizen;netvaerk;4\n"
        "Å1;01-04-2025;caseworker;netvaerk;\n",
    }
    commas = {
        "citizens": "citizen_id,name,benefit_start\nÅ1,Søren Åkjær,2025-02-01\n",
        "interventions": 'citizen_id,type,provider,start,hours_per_week\nÅ1,mentor,Ærø Træ,2025-03-01,"12.5"\n',
        "assessments": "citizen_id,date,rater,indicator,score\nÅ1,2025-04-01,citizen,netvaerk,4\n"
        "Å1,2025-04-01,caseworker,netvaerk,\n",
    }
    result = run("import", write(tmp_path / "dk", encoding="cp1252", **semicolons), db=vault)
    assert result.code == 0, result.err
    assert result.err.count("Windows-1252") == 3
    result = run("import", write(tmp_path / "iso", encoding="utf-8-sig", **commas), db=plain)
    assert (result.code, result.err) == (0, "")
    told, plainly = facts(vault), facts(plain)
    for name in ("citizens", "people", "trajectories"):
        assert told[name] == plainly[name]
    assert "Søren Åkjær" in told["citizens"]
    again = run("import", tmp_path / "iso", "--format", "json", db=vault).json["import"]
    assert all(one["new"] == one["corrected"] == 0 for one in again)  # and each finds the other's rows


def test_a_second_overlapping_extract_brings_only_what_is_new(vault, tmp_path):
    given = write(
        tmp_path / "given", assessments=assessments(days=(*outside.DAYS[2:], "09-02-2026")), citizens=CITIZENS
    )
    result = run("import", given, "--format", "json", db=vault)
    counts = {one["file"]: one for one in result.json["import"]}
    assert counts["assessments.csv"] == {"file": "assessments.csv", "new": 11, "unchanged": 22, "corrected": 0}
    assert counts["citizens.csv"] == {"file": "citizens.csv", "new": 0, "unchanged": 2, "corrected": 0}
    again = run("import", given, "--format", "json", db=vault).json["import"]
    assert all(one["new"] == one["corrected"] == 0 for one in again)
    outside.whole(vault)


def events(vault):
    session = vaults.unlock(vault, PASSPHRASE).session
    try:
        return session.vault.rows("SELECT id, kind, replaces FROM event ORDER BY id")
    finally:
        vaults.close(session, backup=False)


def test_a_dry_run_changes_nothing(vault, tmp_path):
    before, written = facts(vault), events(vault)
    given = write(
        tmp_path / "given",
        citizens=CITIZENS.replace("Xanthippe", "Xenia") + "NY1;;;;;;\n",
        assessments=assessments(score=2),
    )
    result = run("import", given, "--dry-run", "--update", "--format", "json", db=vault)
    assert result.json["dry_run"] is True
    assert {one["file"]: (one["new"], one["corrected"]) for one in result.json["import"]} == {
        "citizens.csv": (1, 1), "assessments.csv": (0, 44),
    }  # fmt: skip
    assert facts(vault) == before
    assert events(vault) == written


def test_an_update_records_corrections_and_keeps_what_was(vault, tmp_path):
    written = events(vault)
    given = write(tmp_path / "given", citizens=CITIZENS.replace("Xanthippe", "Xenia"), assessments=assessments(score=2))
    refused(run("import", given, db=vault))
    result = run("import", given, "--update", "--format", "json", db=vault)
    assert result.code == 0, result.err
    shown = run("citizens", "--format", "json", db=vault).json["citizens"]
    assert [one["name"] for one in shown] == ["Xenia Qvistgård", "Bødil Ærøskøbing"]
    after = events(vault)
    assert after[: len(written)] == written  # nothing is overwritten
    new = after[len(written) :]
    assert sorted(kind for _, kind, _ in new) == ["assessment.set"] * 4 + ["citizen.set"]
    older = {event for event, _, _ in written}
    assert all(set(json.loads(replaces)) <= older and json.loads(replaces) for _, _, replaces in new)
    outside.whole(vault)


def test_what_is_no_import_at_all(vault, tmp_path):
    (tmp_path / "tom").mkdir()
    (tmp_path / "bog.xlsx").write_text("hej")
    (tmp_path / "map.toml").write_text("version = ")
    for source in ("ingen", "tom", "bog.xlsx"):
        for language in LANGUAGES:
            assert source in refused(run("import", tmp_path / source, db=vault, language=language))
    given = write(tmp_path / "given", citizens=CITIZENS)
    for mapping in ("map.toml", "ingen.toml"):
        for language in LANGUAGES:
            said = refused(run("import", given, "--mapping", tmp_path / mapping, db=vault, language=language))
            assert mapping in said
            assert language == "en" or not re.search(r"No such|Error", said)
    binary = tmp_path / "binary"
    binary.mkdir()
    (binary / "citizens.csv").write_bytes(bytes(range(256)))
    assert faults(vault, binary, "en") == [("citizens.csv", 1, "-", "")]
    (binary / "citizens.csv").write_bytes("citizen_id;name\nB1;x\n".encode("utf-16"))
    assert faults(vault, binary, "da") == [("citizens.csv", 1, "-", "")]
