"""measures: one citizen, everybody, and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
COLUMNS = [
    "measure",
    "rater",
    "value",
    "low",
    "high",
    "p",
    "smallest_p",
    "sentence",
    "state",
    "have",
    "need",
    "counted",
]


@pytest.fixture
def hospital(run, vault):
    """The demo vault with forty patients more."""
    done = run("import", DATA / "claus2020_hamd_long.csv", "--mapping", DATA / "claus2020_hamd.toml", db=vault)
    assert done.code == 0, done.err
    return vault


def a_citizen(run, vault) -> str:
    return run("citizens", "--format", "json", db=vault).json["citizens"][0]["citizen_id"]


def test_the_hamilton_patients_are_29_10_1(run, hospital):
    done = run("measures", "--all", "--scale", "hamd", "--format", "json", db=hospital)
    assert done.code == 0, done.err
    by = {row["method"]: row for row in done.json["measures"]}
    assert [by["JT"][k] for k in ("improved", "unchanged", "deteriorated")] == [29, 10, 1]
    assert (by["JT"]["reliability"], by["JT"]["origin"], by["JT"]["citizens"]) == (0.8, "published", 40)
    assert by["HA"]["improved"] == 32 and by["HA"]["critical"] == 1.65
    assert "clinicalsignificance" in done.json["source"][0]
    table = run("measures", "--all", "--scale", "hamd", db=hospital)
    assert "29" in table.lines[1] and "Jacobson-Truax" in table.lines[1]
    assert "Reliability 0.80: The value from the example" in table.out


def test_a_reliability_of_ones_own(run, hospital):
    done = run("measures", "--all", "--scale", "hamd", "--reliability", "0,5", "--format", "csv", db=hospital)
    rows = {row["method"]: row for row in csv.DictReader(io.StringIO(done.out))}
    assert rows["JT"]["reliability"] == "0.5" and rows["JT"]["origin"] == "given"
    assert int(rows["JT"]["improved"]) < 29  # a change must be larger to count


@pytest.mark.parametrize("wrong", ["1", "-0.1", "high", "nan"])
def test_what_is_no_reliability_is_wrong_usage(run, vault, wrong):
    done = run("measures", "--all", f"--reliability={wrong}", db=vault)
    assert done.code == 2
    assert "is not a reliability" in done.err


def test_one_citizen_in_every_format(run, vault):
    citizen = a_citizen(run, vault)
    found = run("measures", citizen, "--format", "json", db=vault).json
    assert found["citizen_id"] == citizen and found["scale"] == "bip"
    assert {row["rater"] for row in found["measures"]} == {"caseworker", "citizen", "both"}
    assert set(found["reliability"]) == {"caseworker", "citizen"}
    assert list(found["measures"][0]) == [*COLUMNS[:7], *COLUMNS[8:], COLUMNS[7]]
    rows = list(csv.DictReader(io.StringIO(run("measures", citizen, "--format", "csv", db=vault).out)))
    assert list(rows[0]) == COLUMNS
    assert len(rows) == len(found["measures"])
    table = run("measures", citizen, db=vault)
    assert "Theil-Sen" in table.out and "A is the time before" in table.out
    assert "nan" not in table.out.casefold() and "inf" not in table.out.casefold().replace("information", "")


def test_sixteen_citizens_are_too_few_and_it_says_so(run, vault):
    done = run("measures", "--all", "--format", "json", db=vault)
    row = done.json["measures"][0]
    assert (row["state"], row["need"], row["improved"]) == ("too_few", 20, None)
    assert row["have"] < 20
    assert done.json["agreement"]["citizens"] > 5
    table = run("measures", "--all", db=vault)
    assert "Too few citizens to compare with" in table.out and "Between the raters, in" in table.out


def test_in_danish_too(run, vault):
    done = run("measures", a_citizen(run, vault), "--language", "da", db=vault)
    assert "Theil-Sen-linje" in done.out and "A er tiden før" in done.out


def test_wrong_usage_and_unknown_things(run, vault):
    assert run("measures", db=vault).code == 2
    assert run("measures", "S0001", "--all", db=vault).code == 2
    nobody = run("measures", "S9999", db=vault)
    assert nobody.code == 1 and "S9999" in nobody.err
    assert run("measures", "--all", "--scale", "nope", db=vault).code == 1


def test_a_look_at_everybody_is_logged(run, vault):
    from progression.desk import vaults
    from progression.store import queries

    assert run("measures", "--all", db=vault).code == 0
    opened = vaults.unlock(vault, "fire ord uden sammenhæng")
    try:
        lines = queries.access_log(opened.session.vault)
        assert any((line.act, line.purpose or line.detail) == ("view", "measures") for line in lines)
    finally:
        vaults.close(opened.session, backup=False)
