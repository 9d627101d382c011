"""people, caseload, handover and reviews from the shell."""

from __future__ import annotations

import csv
import io

import pytest


def people(run, vault, *more):
    return run("people", *more, "--format", "json", db=vault).json["people"]


def of(run, vault, number):
    rows = run("caseload", "--by", "citizen", "--format", "json", db=vault).json["caseload"]
    return next(row for row in rows if row["citizen_id"] == number)


def test_people_have_their_citizens_beside_them(run, vault):
    rows = people(run, vault)
    assert sum(row["citizens"] for row in rows) > 10
    assert {"person", "name", "role", "team", "norm", "job", "mentor", "external"} <= set(rows[0])
    assert any(row["job"] for row in rows) and any(row["mentor"] for row in rows)


def test_caseloads_are_listed_by_name_against_the_norm(run, vault):
    found = run("caseload", "--format", "json", db=vault).json
    assert list(found) == ["as_of", "without_caseworker", "norms", "caseload"]
    names = [row["name"] for row in found["caseload"]]
    assert names == sorted(names, key=str.casefold)
    for row in found["caseload"]:
        assert row["over_norm"] == max(0, row["citizens"] - (row["norm_high"] or row["citizens"]))
        assert row["planned"] + row["unplanned"] <= row["changes"]
    assert {row["code"] for row in found["norms"]} == {"under_30", "adults"}
    table = run("caseload", db=vault).out
    assert "45 (own)" in table and "Norm per caseworker: Under 30 years: 35–50" in table


def test_caseloads_by_team_and_by_citizen_add_up(run, vault):
    by_person = run("caseload", "--format", "json", db=vault).json["caseload"]
    by_team = run("caseload", "--by", "team", "--format", "json", db=vault).json["caseload"]
    each = list(csv.DictReader(io.StringIO(run("caseload", "--by", "citizen", "--format", "csv", db=vault).out)))
    for what in ("citizens", "changes", "days_without"):
        assert sum(row[what] for row in by_person) == sum(row[what] for row in by_team)
    assert sum(row["citizens"] for row in by_person) == len(each)
    assert sum(row["changes"] for row in by_person) == sum(int(row["changes"]) for row in each)


def test_looking_back_has_fewer_citizens(run, vault):
    then = run("caseload", "--as-of", "2024-01-01", "--format", "json", db=vault).json
    assert then["as_of"] == "2024-01-01"
    assert sum(row["citizens"] for row in then["caseload"]) == 0


def test_a_municipality_s_norm_is_set_from_the_shell(run, vault):
    found = run("caseload", "--set-norm", "adults=20-30", "--format", "json", db=vault).json
    assert [(row["low"], row["high"]) for row in found["norms"]] == [(35, 50), (20, 30)]
    assert run("caseload", "--set-norm", "adults", db=vault).code == 2
    wrong = run("caseload", "--set-norm", "adults=30-20", db=vault)
    assert (wrong.code, "should be between 30 and" in wrong.err) == (1, True)


def test_one_citizen_is_handed_over_and_taken_back(run, vault):
    before = of(run, vault, "S0001")
    to = next(p for p in people(run, vault) if p["role"] == "sagsbehandler" and p["name"] != before["caseworker"])
    done = run(
        "handover", "S0001", "--to", to["person"], "--unplanned", "--reason", "Sygdom", "--done", "sheet",
        "--note", "Ring sent", db=vault,
    )  # fmt: skip
    assert done.code == 0 and "1 citizen is handed over." in done.out
    after = of(run, vault, "S0001")
    assert (after["caseworker"], after["changes"], after["unplanned"]) == (
        to["name"], before["changes"] + 1, before["unplanned"] + 1,
    )  # fmt: skip
    (row,) = (
        r for r in run("handover", "S0001", "--format", "json", db=vault).json["handover"] if r["to"] == to["name"]
    )
    assert (row["planned"], row["reason"], row["done"]) == ("unplanned", "Sygdom", ["sheet"])
    assert run("handover", "--take-back", row["id"], db=vault).code == 0
    assert of(run, vault, "S0001") == before
    again = run("handover", "--take-back", row["id"], db=vault)
    assert (again.code, "taken back already" in again.err) == (1, True)


def test_a_whole_caseload_is_handed_over(run, vault):
    leaving, taking = [p for p in people(run, vault) if p["role"] == "sagsbehandler"][:2]
    done = run("handover", "--all-of", leaving["person"], "--to", taking["person"], db=vault)
    assert f"{leaving['citizens']} citizens are handed over." in done.out
    after = {p["person"]: p["citizens"] for p in people(run, vault)}
    assert after[leaving["person"]] == 0
    assert after[taking["person"]] == leaving["citizens"] + taking["citizens"]
    nobody = run("handover", "--all-of", leaving["person"], "--to", taking["person"], db=vault)
    assert (nobody.code, "is responsible for nobody" in nobody.err) == (1, True)


@pytest.mark.parametrize(
    "options",
    [
        ("S0001", "--all-of", "an", "--to", "by"),
        ("--to", "by"),
        ("S0001", "--reason", "x"),
        ("S0001", "--take-back", "id"),
        ("S0001", "--to", "by", "--date", "i morgen"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_wrong_usage(run, vault, options):
    assert run("handover", *options, db=vault).code == 2


def test_two_the_same_day_and_a_stranger_are_known_errors(run, vault):
    a, b = [p["person"] for p in people(run, vault) if p["role"] == "sagsbehandler"][1:3]
    first = of(run, vault, "S0001")
    assert run("handover", "S0001", "--to", a, "--date", first["since"], db=vault).code == 1
    assert run("handover", "S0001", "--to", a, "--date", "2030-01-01", db=vault).code == 0
    refused = run("handover", "S0001", "--to", b, "--date", "2029-01-01", db=vault)
    assert refused.code == 1 and "Then two would be responsible on the same day." in refused.err
    assert "There is no colleague zz" in run("handover", "S0001", "--to", "zz", db=vault).err


def test_the_year_s_cases_to_look_through(run, vault):
    found = run("reviews", "--format", "json", db=vault).json
    assert found["per_caseworker"] == 3
    assert found == run("reviews", "--format", "json", db=vault).json
    per = {}
    for row in found["reviews"]:
        per[row["caseworker"]] = per.get(row["caseworker"], 0) + (row["date"] is None)
    assert max(per.values()) <= 3


def test_every_list_is_in_the_access_log(run, vault):
    for command in ("people", "caseload", "reviews", "handover"):
        run(command, db=vault)
    purposes = [row["purpose"] for row in run("log", "--format", "json", db=vault).json["log"]]
    assert purposes.count("caseload") == 2 and "reviews" in purposes and "handover" in purposes


def test_a_citizen_enters_another_category_and_its_history_is_told(run, vault):
    def history():
        return run("category", "S0001", "--format", "json", db=vault).json["category"]

    first = history()
    done = run("category", "S0001", "--enter", "rehabiliteringsteam", db=vault)
    assert done.code == 0, done.err
    now = history()
    assert len(now) == len(first) + 1
    assert now[-1]["category"] == "rehabiliteringsteam" and now[-1]["end"] is None
    assert now[-2]["end"] is not None
    again = run("category", "S0001", "--enter", "rehabiliteringsteam", "--language", "da", db=vault)
    assert (again.code, "Borgeren er allerede i Skal forelægges" in again.err) == (1, True)
    assert run("category", "S0001", "--enter", "hest", db=vault).code == 1
    assert run("category", "S0001", "--from", "2026-01-01", db=vault).code == 2
