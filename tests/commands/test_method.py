"""`method` and `flags --method`: the rule in full beside the flags, in both languages; a look changes nothing."""

from __future__ import annotations

import csv
import io

import pytest

from progression.analysis.settings import COUNTED

THRESHOLDS = {"p_limit": 0.005, "gain_share": 0.5, "rounds": 4, "months": 9, "least_moved": 8}


@pytest.fixture
def ask(run, vault):
    """Run a command on the demo vault."""

    def command(*arguments):
        return run(*arguments, db=vault)

    return command


def test_the_rules_are_printed_in_full_with_what_they_do(ask):
    found = ask("method")
    assert found.code == 0
    text = " ".join(found.out.split())
    assert text.startswith("Method: course model The rules below are not in force.")
    assert "It takes at least 8 indicators" in text
    assert "after at least 4 rounds and 9 months" in text
    assert "In simulation" in text and "real setbacks are found" in text
    assert "cannot judge either" in text  # the sum score


def test_as_json_and_csv_it_is_rows_of_figures(ask):
    found = ask("method", "--format", "json").json
    assert found["in_force"] == "trajectory"
    rows = {row["scale"]: row for row in found["method"]}
    assert set(rows) == {"bip", "hamd"}
    assert {name: rows["bip"][name] for name in THRESHOLDS} == THRESHOLDS
    assert all(rows["bip"][name] is not None for name in COUNTED)
    assert rows["hamd"]["found"] is None
    table = list(csv.DictReader(io.StringIO(ask("method", "--format", "csv").out)))
    assert [row["scale"] for row in table] == ["bip", "hamd"]
    assert table[1]["found"] == ""


def test_another_method_for_one_listing_says_its_rule_and_changes_nothing(ask):
    plain = ask("flags", "--format", "json").json
    tried = ask("flags", "--method", "rules", "--format", "json").json
    assert (plain["method"], tried["method"]) == ("trajectory", "rules")
    assert tried["rules"] == THRESHOLDS
    assert tried["estimates"] == ""
    assert 0 < tried["false_alarms_per_100_years"] < 2
    assert {flag["method"] for flag in tried["flags"]} == {"rules"}
    for flag in tried["flags"]:
        if flag["kind"] in ("regression", "progression"):
            assert abs(flag["change"]) >= flag["margin"]
            assert (flag["evidence"], flag["change_sd"], flag["estimates"]) == (None, None, "")
    assert {f["kind"] for f in tried["flags"]} <= {"regression", "stagnation", "progression", "missing"}
    assert ask("flags", "--format", "json").json == plain
    assert ask("method", "--format", "json").json["in_force"] == "trajectory"


def test_history_by_the_rules_is_causal(ask):
    whole = ask("flags", "--method", "rules", "--history", "--format", "json").json["flags"]
    assert whole
    day = sorted(flag["raised_on"] for flag in whole)[len(whole) // 2]
    early = ask("flags", "--method", "rules", "--history", "--as-of", day, "--format", "json").json["flags"]
    assert [f["id"] for f in early] == [f["id"] for f in whole if f["raised_on"] <= day]


def test_the_rule_stands_below_the_table_in_both_languages(ask, monkeypatch):
    english = " ".join(ask("flags", "--method", "rules").out.split())
    assert "sign test" in english and "In simulation" in english
    monkeypatch.setenv("PROGRESSION_LANGUAGE", "da")
    danish = " ".join(ask("flags", "--method", "rules").out.split())
    assert "fortegnstest" in danish and "I simulation" in danish
    assert "{" not in danish


def test_a_method_and_thresholds_are_chosen_here(ask):
    assert ask("method", "rules", "--p-limit", "0,05", "--months", "12").code == 0
    found = ask("method", "--format", "json").json
    row = found["method"][0]
    assert found["in_force"] == "rules"
    assert (row["p_limit"], row["months"], row["least_moved"], row["found"]) == (0.05, 12, 5, None)
    assert "has not been measured" in row["rule"]
    listed = ask("flags", "--format", "json").json
    assert listed["method"] == "rules" and listed["false_alarms_per_100_years"] is None
    assert ask("method", "trajectory").code == 0
    assert ask("flags", "--format", "json").json["method"] == "trajectory"


def test_what_cannot_be_is_refused_and_nothing_changes(ask):
    for given in (("--p-limit", "0.5"), ("--rounds", "1"), ("rules", "--gain-share", "nan")):
        found = ask("method", *given)
        assert found.code == 1, given
        assert found.err and "Traceback" not in found.err
    assert ask("method", "--p-limit", "little").code == 2
    assert ask("method", "astrology", "--p-limit", "0.01").code == 2
    assert ask("flags", "--method", "astrology").code == 2
    found = ask("method", "--format", "json").json
    assert found["in_force"] == "trajectory" and found["method"][0]["p_limit"] == 0.005
