"""`duties` in the shell: what stands, whose, called in, counted, and the rules."""

from __future__ import annotations

import os
from dataclasses import replace

from progression.casework import rulesets
from progression.desk import vaults
from progression.store import kinds, queries
from progression.store.access import Act


def cancel_everything(folder):
    """Everybody's planned conversation falls through."""
    session = vaults.unlock(folder, os.environ["PROGRESSION_PASSPHRASE"]).session
    planned = [one for one in queries.conversations(session.vault) if one.status == "planned"]
    session.vault.append([kinds.to_event(replace(one, status="cancelled")) for one in planned], Act("change"))
    vaults.close(session, backup=False)


def test_json_is_one_object_with_the_list(run, vault):
    found = run("duties", "--overdue", "--format", "json", db=vault).json
    assert found["duties"]
    assert {one["state"] for one in found["duties"]} == {"overdue"}
    assert [one["due"] for one in found["duties"]] == sorted(one["due"] for one in found["duties"])


def test_one_citizen_has_every_rule_and_why(run, vault):
    found = run("duties", "--citizen", "S0001", "--format", "json", db=vault).json["duties"]
    assert {one["rule"] for one in found} >= {"samtaler", "indsats_efter_6_maaneder", "maaling", "passiv_12"}
    assert all(one["why"] for one in found)


def test_counted_by_team_and_by_caseworker(run, vault):
    overdue = len(run("duties", "--overdue", "--format", "json", db=vault).json["duties"])
    for by in ("team", "caseworker"):
        rows = run("duties", "--by", by, "--format", "json", db=vault).json["duties"]
        assert sum(row["overdue"] for row in rows) == overdue
    person = rows[0]["key"]
    mine = run("duties", "--overdue", "--caseworker", person, "--format", "json", db=vault).json["duties"]
    assert len(mine) == rows[0]["overdue"]


def test_as_of_looks_back(run, vault):
    found = run("duties", "--as-of", "2026-01-01", "--all", "--format", "json", db=vault).json
    assert found["as_of"] == "2026-01-01"
    assert all(one["met_on"] is None or one["met_on"] <= "2026-01-01" for one in found["duties"])


def test_rules_of_a_municipality_bring_a_call_in_list_and_letters(run, vault, tmp_path):
    path = tmp_path / "monthly.toml"
    path.write_text(
        'format = 1\nid = "monthly"\nname = { da = "Hver måned", en = "Monthly" }\n'
        '[[rules]]\nid = "maanedlig"\nkind = "conversations"\ntext = { da = "Hver måned", en = "Every month" }\n'
        "parameters = { count = 30, months = 1, repeat = true }\ncheck_law = true\n",
        "utf-8",
    )
    before = run("duties", "--call-in", "--format", "json", db=vault).json["duties"]
    cancel_everything(vault)
    installed = run("duties", "--install", str(path), "--format", "json", db=vault).json["duties"]
    assert "maanedlig" in {one["rule"] for one in installed}
    called = run("duties", "--call-in", "--letters", str(tmp_path / "out"), "--format", "json", db=vault).json["duties"]
    assert len(called) > len(before)  # who has a date is not called in
    assert {p.stem for p in (tmp_path / "out").glob("*.pdf")} == {one["citizen_id"] for one in called}
    back = run("duties", "--standard", "--format", "json", db=vault).json["duties"]
    assert {one["rule"] for one in back} == {one.id for one in rulesets.shipped()["standard"].rules}


def test_a_set_with_an_overlap_says_so(run, vault, tmp_path):
    path = tmp_path / "overlap.toml"
    path.write_text(rulesets.source("standard").replace("valid_from = 2019-07-01", "valid_from = 2019-06-01"), "utf-8")
    result = run("duties", "--install", str(path), db=vault)
    assert result.code == 1
    assert "overlap.toml" in result.err
    assert "valid_from" in result.err


def test_what_does_not_go_together_is_said(run, vault):
    for given in (("--letters", "x"), ("--citizen", "S0001", "--by", "team"), ("--by", "team", "--overdue")):
        assert run("duties", *given).code == 2
    assert run("duties", "--caseworker", "nobody", db=vault).code == 1
