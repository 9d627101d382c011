"""citizen: one citizen's own details as the shell shows and corrects them."""

from __future__ import annotations


def fields(result):
    return {row["field"]: row["value"] for row in result.json["citizen"]}


def first(run, vault):
    return run("citizens", "--format", "json", db=vault).json["citizens"][0]["citizen_id"]


def test_what_is_known_is_one_list_with_the_number_masked(run, vault):
    number = first(run, vault)
    run("citizen", number, "--cpr", "140680-1233", db=vault)
    found = run("citizen", number, "--format", "json", db=vault)
    assert found.json["citizen_id"] == number
    assert fields(found)["cpr"] == "140680-••••" and "1233" not in found.out
    assert "Name" in run("citizen", number, db=vault).out


def test_what_is_given_is_corrected_and_the_rest_stays(run, vault):
    number = first(run, vault)
    before = fields(run("citizen", number, "--format", "json", db=vault))
    given = ("--name", "Ida Bro", "--benefit-start", "2024-05-01", "--phone", "12 34 56 78")
    after = fields(run("citizen", number, *given, "--format", "json", db=vault))
    changed = {"name": "Ida Bro", "benefit_start": "2024-05-01", "phone": "12 34 56 78"}
    assert after == before | changed
    assert fields(run("citizen", number, "--empty", "phone", "--format", "json", db=vault))["phone"] is None
    log = run("log", "--format", "json", db=vault).json["log"]
    assert any(line["act"] == "view" and line["purpose"] == "details" for line in log)
    assert any(line["act"] == "change" for line in log)


def test_a_failing_check_digit_is_said_and_stops_nothing(run, vault):
    number = first(run, vault)
    said = run("citizen", number, "--cpr", "140680-1234", db=vault)
    assert said.code == 0 and "modulus 11" in said.err


def test_what_cannot_be_is_refused_with_its_sentence(run, vault):
    number = first(run, vault)
    said = run("citizen", number, "--cpr", "12", db=vault)
    assert said.code == 1 and "ten digits" in said.err
    other = run("citizens", "--format", "json", db=vault).json["citizens"][1]["citizen_id"]
    assert run("citizen", number, "--number", other, db=vault).code == 1
    assert run("citizen", "nobody", db=vault).code == 1


def test_both_a_value_and_nothing_is_wrong_usage(run, vault):
    assert run("citizen", "S0001", "--phone", "1", "--empty", "phone", db=vault).code == 2
