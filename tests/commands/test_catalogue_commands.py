"""types, providers, offers, categories in the shell: listed, edited, refused."""

from __future__ import annotations

import pytest

from progression.casework import categories


def listed(run, vault, name, *options):
    return run(name, *options, "--format", "json", db=vault).json[name]


def test_a_type_is_added_changed_retired_and_deleted(run, vault):
    run("types", "--add", "Hundeføring", "--english", "Dog walking", "--bip-type", "social", "--active", "no", db=vault)
    run("types", "--change", "hundefoering", "--name", "Hund", "--active", "yes", db=vault)
    row = next(one for one in listed(run, vault, "types") if one["code"] == "hundefoering")
    assert (row["name"], row["bip_type"], row["active"], row["retired"]) == ("Dog walking", "social", True, False)
    run("types", "--retire", "hundefoering", db=vault)
    assert next(one for one in listed(run, vault, "types") if one["code"] == "hundefoering")["retired"]
    run("types", "--use", "hundefoering", db=vault)
    run("types", "--delete", "hundefoering", db=vault)
    assert "hundefoering" not in {one["code"] for one in listed(run, vault, "types")}


def test_deleting_what_is_used_says_who_uses_it(run, vault):
    used = next(one for one in listed(run, vault, "types") if one["interventions"])
    told = run("types", "--delete", used["code"], db=vault)
    assert told.code == 1
    assert "since it is used: " in told.err and "intervention" in told.err
    provider = next(one for one in listed(run, vault, "providers") if one["running"])["provider"]
    assert "since it is used" in run("providers", "--delete", provider, db=vault).err


def test_types_come_from_a_file_and_go_back_to_standard(run, vault, tmp_path):
    from progression.casework.types import types_source

    path = tmp_path / "own.toml"
    path.write_text(types_source().replace("Work placement", "Placement"), "utf-8")
    run("types", "--install", path, db=vault)
    assert listed(run, vault, "types")[0]["name"] == "Placement"
    run("types", "--standard", db=vault)
    assert listed(run, vault, "types")[0]["name"] == "Work placement"
    path.write_text(types_source().replace("active = true", "active = 1", 2), "utf-8")
    told = run("types", "--install", path, db=vault)
    assert told.code == 1
    assert told.err.count("Line ") == 2


def test_a_provider_is_added_renamed_retired_and_deleted(run, vault):
    run("providers", "--add", "Gården", "--contact", "Ida", "--phone", "00000000", db=vault)
    run("providers", "--change", "gården", "--name", "Gården ved Åen", db=vault)
    row = next(one for one in listed(run, vault, "providers") if one["provider"] == "Gården ved Åen")
    assert (row["contact"], row["phone"]) == ("Ida", "00000000")
    assert run("providers", "--retire", "Gården ved Åen", "--until", "2026-12-31", db=vault).code == 0
    assert run("providers", "--delete", "Gården ved Åen", db=vault).code == 0
    assert "no provider called" in run("providers", "--delete", "Gården ved Åen", db=vault).err


def test_an_offer_is_added_changed_and_deleted(run, vault):
    run("offers", "--add", "Værkstedet", "--type", "mestring", "--places", "12", "--since", "2026-01-01", db=vault)
    run("offers", "--change", "værkstedet", "--places", "14", "--until", "2027-12-31", db=vault)
    row = next(one for one in listed(run, vault, "offers") if one["name"] == "Værkstedet")
    assert row["places"] == 14.0
    assert run("offers", "--delete", "Værkstedet", db=vault).code == 0
    assert "no offer called" in run("offers", "--delete", "Værkstedet", db=vault).err
    assert run("offers", "--add", "X", "--type", "findes_ikke", db=vault).code == 1


def test_a_set_of_categories_is_shown_chosen_edited_and_written(run, vault, tmp_path):
    found = run("categories", "--format", "json", db=vault).json
    assert found["set"] == "halsnaes"
    first = found["categories"][0]
    assert "CV workshop" in first["follows"] and "A conversation every 4 weeks" in first["follows"]
    used = next(one for one in found["categories"] if one["citizens"])
    told = run("categories", "--install", "horsens", db=vault)
    assert told.code == 1 and "since it is used" in told.err
    now = run("categories", "--install", "horsens", "--keep", "--format", "json", db=vault).json
    assert now["set"] == "horsens"
    assert next(one for one in now["categories"] if one["code"] == used["code"])["valid_to"]
    run("categories", "--rename", "gruppe_1", "Projekt", "Project", db=vault)
    run("categories", "--rhythm", "gruppe_1", "0:4", "26:9", db=vault)
    path = tmp_path / "ours.toml"
    rows = listed(run, vault, "categories", "--save", path)
    row = next(one for one in rows if one["code"] == "gruppe_1")
    assert row["name"] == "Project"
    assert row["rhythm"] == [{"from_week": 0, "weeks": 4}, {"from_week": 26, "weeks": 9}]
    assert run("categories", "--delete", "gruppe_3", db=vault).code == 0
    assert run("categories", "--install", path, db=vault).code == 0
    assert "gruppe_3" in {one["code"] for one in listed(run, vault, "categories")}


def test_a_faulty_file_changes_nothing_and_names_every_line(run, vault, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(categories.source("halsnaes").replace("weeks = 4", "weeks = 0"), "utf-8")
    told = run("categories", "--install", path, db=vault)
    assert told.code == 1
    assert told.err.count("Line ") == 2
    assert run("categories", "--format", "json", db=vault).json["set"] == "halsnaes"


@pytest.mark.parametrize(
    "given",
    [
        ("categories", "--keep"),
        ("categories", "--rhythm", "gruppe_1", "often"),
        ("types", "--name", "X"),
        ("types", "--add", "X", "--name", "Y"),
        ("providers", "--phone", "1"),
        ("offers", "--add", "X", "--delete", "Y"),
        ("offers", "--add", "X", "--name", "Y"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(run, vault, given):
    assert run(*given, db=vault).code == 2
