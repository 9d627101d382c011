"""Courses that should not be and are, through the command line on an encrypted vault: an answer or a clear sentence."""

from __future__ import annotations

import csv
import io
import math
from datetime import date, timedelta

import numpy as np
import pytest
from outside import CASEWORKER, PASSPHRASE, ROOT, make_vault, refused, run

FIRST = date(2024, 1, 15)
RATERS = {"caseworker": CASEWORKER, "citizen": CASEWORKER[:9]}
BIP = ROOT / "progression" / "scales" / "bip.toml"


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)


def quarterly(levels, first=FIRST):
    return [(first + timedelta(days=90 * k), level) for k, level in enumerate(levels)]


def sheet(who, visits, raters=("caseworker",), assessor="", scale="bip", codes=None) -> list[str]:
    """Rows of assessments.csv: `visits` are days with a step for everything, or a step per code ("" not rated)."""
    rows = []
    for day, given in visits:
        for rater in raters:
            for code in codes or CASEWORKER:
                score = given.get(code, "") if isinstance(given, dict) else given
                rows.append(f"{who},{day},{rater},{assessor},{scale},{code},{score}")
    return rows


def vault_of(folder, rows, citizens="B1"):
    head = "citizen_id,date,rater,assessor,scale,indicator,score"
    names = "\n".join(["citizen_id,name,benefit_start,case_closed", *citizens.splitlines()])
    return make_vault(folder / "vault", citizens=names + "\n", assessments="\n".join([head, *rows]) + "\n")


def finite(value) -> bool:
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def sound(vault, scale="bip", refit=True):
    """Every command answers with finite numbers, before and after estimates are made anew; the last flags."""
    for again in range(2 if refit else 1):
        flags = run("flags", "--format", "json", db=vault)
        everything = run("flags", "--history", "--all", "--format", "json", db=vault)
        rows = run("trajectories", "--causal", "--scale", scale, "--format", "csv", db=vault)
        drawn = run("trajectories", "--scale", scale, "--format", "csv", db=vault)
        for result in (flags, everything, rows, drawn):
            assert result.code == 0, result.err
            assert "nan" not in result.out.casefold().replace("finans", "")
        assert finite(flags.json)
        assert finite(everything.json)
        table = list(csv.DictReader(io.StringIO(rows.out)))
        assert all(float(r["level_sd"]) >= 0 and math.isfinite(float(r["change"])) for r in table)
        if refit and not again:
            made = run("estimates", "--refit", "--scale", scale, "--format", "json", db=vault)
            if made.code:
                refused(made)
                return everything.json["flags"], table
            assert finite(made.json)
    return everything.json["flags"], table


def kinds(flags) -> list[str]:
    return [f["kind"] for f in flags]


def test_the_same_for_five_years(tmp_path) -> None:
    rows = [r for k in (1, 3, 5) for r in sheet(f"B{k}", quarterly([k] * 20, FIRST - timedelta(days=1200)))]
    flags, table = sound(vault_of(tmp_path, rows, "B1\nB3\nB5"))
    assert {f["citizen_id"] for f in flags if f["kind"] == "stagnation"} == {"B1", "B3"}
    assert not [f for f in flags if f["kind"] in ("regression", "progression")]
    assert all(abs(float(r["change"])) < 0.1 for r in table)


def test_two_raters_on_one_day_are_one_row_and_one_rater_twice_is_a_fault(tmp_path) -> None:
    vault = vault_of(tmp_path, sheet("B1", quarterly([3, 3]), ("caseworker",)))
    assert len(sound(vault)[1]) == 2
    twice = sheet("B1", [(FIRST, 2)]) + sheet("B1", [(FIRST, 4)])
    given = tmp_path / "twice"
    given.mkdir()
    head = "citizen_id,date,rater,assessor,scale,indicator,score"
    (given / "assessments.csv").write_text("\n".join([head, *twice]) + "\n", "utf-8")
    assert "assessments.csv" in refused(run("import", given, db=vault))


def test_before_the_case_and_after_it(tmp_path) -> None:
    rows = sheet("B1", quarterly([4, 4, 4, 2, 1], FIRST)) + sheet("B2", quarterly([4, 4, 4, 4]))
    flags, table = sound(vault_of(tmp_path, rows, "B1,,2024-03-01,2024-08-01\nB2,,2030-01-01,"))
    assert {r["date"] for r in table} == {"2024-04-14", "2024-07-13"}
    assert not [f for f in flags if f["kind"] == "regression"]


def test_the_future(tmp_path) -> None:
    later = date.today() + timedelta(days=400)
    rows = sheet("B1", [*quarterly([4, 4, 4, 4]), (later, 1)])
    folder = tmp_path / "given"
    folder.mkdir()
    head = "citizen_id,date,rater,assessor,scale,indicator,score"
    vault = vault_of(tmp_path / "other", sheet("B1", quarterly([4, 4])))
    (folder / "assessments.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    result = run("import", folder, db=vault)
    if result.code:  # refused, with the row
        assert "assessments.csv" in refused(result)
    flags, table = sound(vault)
    assert all(r["date"] <= date.today().isoformat() for r in table)
    assert "regression" not in kinds(flags)


def test_nothing_rated_and_one_rated(tmp_path) -> None:
    rows = sheet("B1", quarterly([""] * 5)) + sheet("B2", quarterly([3]))
    flags, table = sound(vault_of(tmp_path, rows, "B1\nB2"))
    assert len(table) == 1
    assert set(kinds(flags)) <= {"missing"}


def test_two_citizens_are_a_cohort(tmp_path) -> None:
    rows = sheet("B1", quarterly([4, 4, 4, 4, 1, 1])) + sheet("B2", quarterly([2, 2, 2, 2, 5, 5]))
    flags, _ = sound(vault_of(tmp_path, rows, "B1\nB2"))
    assert ("B1", "regression") in {(f["citizen_id"], f["kind"]) for f in flags}
    assert ("B2", "progression") in {(f["citizen_id"], f["kind"]) for f in flags}


def test_everybody_always_ticks_three(tmp_path) -> None:
    names = [f"B{k}" for k in range(33)]
    rows = [r for name in names for r in sheet(name, quarterly([3] * 5))]
    flags, table = sound(vault_of(tmp_path, rows, "\n".join(names)))
    assert set(kinds(flags)) <= {"stagnation", "missing"}
    assert all(abs(float(r["change"])) < 0.02 for r in table)


def test_a_caseworker_who_changes_every_round(tmp_path) -> None:
    rows = [r for k, visit in enumerate(quarterly([3, 4, 3, 2, 3, 4])) for r in sheet("B1", [visit], assessor=f"p{k}")]
    flags, _ = sound(vault_of(tmp_path, rows))
    assert not [f for f in flags if f["kind"] == "regression"]


def test_two_hundred_assessments_and_gaps_of_twenty_years(tmp_path) -> None:
    rng = np.random.default_rng(2)
    often = [(date(2019, 1, 1) + timedelta(days=12 * k), int(s)) for k, s in enumerate(rng.integers(2, 5, 200))]
    rare = [(date(1984, 1, 1), 4), (date(2004, 1, 1), 4), (date(2024, 1, 1), 1)]
    _, table = sound(vault_of(tmp_path, sheet("B1", often) + sheet("B2", rare), "B1\nB2"))
    assert len(table) == 203


def new_version(folder, change) -> str:
    """BIP's own file as version 2, changed."""
    text = change(BIP.read_text("utf-8").replace("\nversion = 1\n", "\nversion = 2\n", 1))
    path = folder / "bip2.toml"
    path.write_text(text, "utf-8")
    return str(path)


CHANGES = {
    "renamed": lambda t: t.replace('code = "netvaerk"', 'code = "netvaerket"'),
    "removed": lambda t: _without(t, "netvaerk"),
    "added": lambda t: t + _block(t, "netvaerk").replace('code = "netvaerk"', 'code = "nyt_punkt"'),
    "no longer in the whole": lambda t: t.replace("in_whole = true", "in_whole = false", 3),
    "lower maximum": lambda t: t.replace("\nmaximum = 5\n", "\nmaximum = 4\n"),
}


def _block(text: str, code: str) -> str:
    parts = text.split("[[indicators]]")
    return "[[indicators]]" + next(p for p in parts if f'code = "{code}"' in p)


def _without(text: str, code: str) -> str:
    return text.replace(_block(text, code), "")


@pytest.mark.parametrize("name", CHANGES)
def test_a_scale_whose_version_changes_in_the_middle(tmp_path, name) -> None:
    spread = [{c: 2 + (i + k) % 3 for i, c in enumerate(CASEWORKER)} for k in range(4)]
    visits = [(FIRST + timedelta(days=90 * k), given) for k, given in enumerate(spread)]
    vault = vault_of(tmp_path, sheet("B1", visits) + sheet("B2", quarterly([5, 5, 5])), "B1\nB2")
    before, _ = sound(vault)
    result = run("scales", "install", new_version(tmp_path, CHANGES[name]), db=vault)
    if result.code:
        refused(result)
        assert sound(vault)[0] == before
        return
    _, table = sound(vault)
    assert len([r for r in table if r["citizen_id"] == "B1"]) == 4
    assert run("check", "--deep", db=vault).code == 0


ODD = """format = 1
id = "odd"
version = 1
minimum = {low}
maximum = {high}
direction = "{direction}"
minimal_important_change = {change}
name = {{ da = "Prøve", en = "Trial" }}
description = {{ da = "Prøve.", en = "Trial." }}
mic_source = {{ da = "Prøve.", en = "Trial." }}

[[indicators]]
code = "one"
raters = ["caseworker"]
in_whole = true
shown_to_citizen = true
predicts_job = false
working_name = false
name = {{ da = "Et", en = "One" }}
short_name = {{ da = "Et", en = "One" }}
prompt = {{ da = "Hvor meget?", en = "How much?" }}
"""


@pytest.mark.parametrize(
    ("low", "high", "direction", "change", "levels", "kind"),
    [
        (1, 3, "higher", 0.5, [3, 3, 3, 3, 1, 1], "regression"),
        (0, 2, "lower", 0.5, [0, 0, 0, 0, 2, 2], "regression"),
        (0, 100, "higher", 0.4, [90, 90, 90, 90, 10, 10], "regression"),
        (0, 10, "lower", 1.0, [9, 9, 9, 9, 1, 1], "progression"),
    ],
)
def test_odd_scales(tmp_path, low, high, direction, change, levels, kind) -> None:
    vault = vault_of(tmp_path, sheet("B1", quarterly([3])))
    path = tmp_path / "odd.toml"
    path.write_text(ODD.format(low=low, high=high, direction=direction, change=change), "utf-8")
    result = run("scales", "install", path, db=vault)
    assert result.code == 0, result.err
    given = tmp_path / "odd"
    given.mkdir()
    head = "citizen_id,date,rater,assessor,scale,indicator,score"
    rows = sheet("B1", quarterly(levels), scale="odd", codes=["one"])
    (given / "assessments.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    result = run("import", given, db=vault)
    assert result.code == 0, result.err
    flags, table = sound(vault, "odd")
    assert len(table) == len(levels)
    assert kind in [f["kind"] for f in flags if f["scale"] == "odd"]
