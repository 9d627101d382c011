"""new, demo, backup, restore, check, rebuild, import, export, report, scales, self-test from the shell."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from progression.commands import window
from progression.scales import library

DATA = Path(__file__).parent.parent / "data"
PASSPHRASE = "fire ord uden sammenhæng"


@pytest.fixture(autouse=True)
def no_screen(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PROGRESSION_LANGUAGE", "en")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def new(run, tmp_path, monkeypatch):
    """A new, empty vault."""
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
    folder = tmp_path / "new"
    assert run("new", "--name", "Kim", db=folder).code == 0
    return folder


# the demo


def test_the_demo_says_whom_to_look_at_and_writes_reports(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
    result = run("demo", "--citizens", 20, "--out", tmp_path / "out", db=tmp_path / "v")
    assert result.code == 0
    assert "An invented municipality with 20 citizens" in result.out
    assert PASSPHRASE not in result.out  # whoever gave it knows it
    assert "There is no screen here" in result.lines[-1]
    named = re.findall(r"^  (S\d{4})  (.+): (.+)\.$", result.out, re.MULTILINE)
    assert 2 <= len(named) <= 5
    reports = sorted((tmp_path / "out").iterdir())
    assert len(reports) in (3, 6, 9)  # of each of one to three citizens: the case, the page to take home, the hand-over
    assert all(path.read_bytes().startswith(b"%PDF") for path in reports)
    assert {path.stem.partition("-")[0] for path in reports} <= {number for number, *_ in named}
    assert len(run("citizens", "--format", "json", db=tmp_path / "v").json["citizens"]) == 20


def test_the_demo_has_a_folder_of_its_own_and_prints_its_passphrase(run, monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", "the passphrase of my real vault")
    first, second = run("demo", "--citizens", 3), run("demo", "--citizens", 3)
    folders = []
    for result in (first, second):
        assert result.code == 0
        assert "my real vault" not in result.out
        folders.append(Path(re.search(r"lies in (.+)\.$", result.lines[0])[1]))
        passphrase = re.search(r"^Passphrase: (\S+)$", result.out, re.MULTILINE)[1]
        monkeypatch.setenv("PROGRESSION_PASSPHRASE", passphrase)
        assert run("citizens", db=folders[-1]).code == 0
    assert folders[0] != folders[1]
    assert folders[0].parent == folders[1].parent


def test_the_demo_touches_no_vault_that_is_there(run, vault):
    before = run("citizens", "--format", "csv", db=vault).out
    result = run("demo", "--citizens", 3, db=vault)
    assert result.code == 1
    assert run("citizens", "--format", "csv", db=vault).out == before


def test_the_same_seed_gives_the_same_people(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
    for name, seed in (("a", 4), ("b", 4), ("c", 9)):
        assert run("demo", "--citizens", 6, "--seed", seed, db=tmp_path / name).code == 0
    shown = [run("trajectories", db=tmp_path / name).out for name in "abc"]
    assert shown[0] == shown[1] != shown[2]
    people = [run("people", db=tmp_path / name).out for name in "abc"]
    assert people[0] == people[1] != people[2]


def test_progress_is_shown_on_a_terminal_only(capsys, monkeypatch):
    from progression.words import Words

    show = window._progress(Words("en"))
    show(0.5)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    show = window._progress(Words("en"))
    show(0.5)
    show(1.0)
    assert capsys.readouterr().err == "\rInventing a municipality: 50%\rInventing a municipality: 100%\n"


@pytest.mark.parametrize(
    ("platform", "variables", "there"),
    [("linux", {}, False), ("linux", {"DISPLAY": ":0"}, True), ("linux", {"WAYLAND_DISPLAY": "w"}, True),
     ("win32", {}, True), ("darwin", {}, True)],
)  # fmt: skip
def test_whether_there_is_a_screen(monkeypatch, platform, variables, there):
    monkeypatch.setattr(window.sys, "platform", platform)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert window._screen() is there


# the vault


def test_a_new_vault_prints_its_key_alone(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
    result = run("new", "--name", "Kim", db=tmp_path / "v")
    assert re.fullmatch(r"([0-9A-Z]{5}-){7}[0-9A-Z]{5}\n", result.out)
    assert str(tmp_path / "v") in result.err
    assert run("new", db=tmp_path / "v").code == 1
    assert run("log", "--format", "json", db=tmp_path / "v").json["log"][-1]["account"] == "Kim"


def test_backup_and_restore(run, vault, tmp_path):
    before = run("flags", "--format", "json", db=vault).json
    result = run("backup", "--out", tmp_path / "kept.backup", db=vault)
    assert result.out == f"{tmp_path / 'kept.backup'}\n"
    restored = run("restore", tmp_path / "kept.backup", db=tmp_path / "again")
    assert restored.code == 0
    assert "is restored" in restored.out
    assert run("flags", "--format", "json", db=tmp_path / "again").json == before
    assert run("check", "--deep", db=tmp_path / "again").code == 0
    assert Path(run("backup", db=vault).out.strip()).parent.parent == vault
    (tmp_path / "no.backup").write_bytes(b"nothing of the kind")
    assert run("restore", tmp_path / "no.backup", db=tmp_path / "third").code == 1


@pytest.mark.parametrize("options", [(), ("--deep",)], ids=["check", "deep"])
def test_a_whole_vault_is_said_to_be_whole(run, vault, options):
    result = run("check", *options, db=vault)
    assert (result.code, result.out, result.err) == (0, "No damage was found.\n", "")


def test_a_flipped_byte_is_found_named_and_ends_with_three(run, vault):
    run("backup", db=vault)
    path = vault / "journal.db"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    result = run("check", db=vault)
    assert result.code == 3
    assert "damaged" in result.err
    assert ".backup" in result.err  # which one to restore
    assert "Traceback" not in result.err
    assert run("citizens", db=vault).code == 1  # known as well, but no check


def test_one_damaged_header_is_repaired_and_said_and_two_end_with_three(run, vault):
    (vault / "header.json").write_text("{}", "utf-8")
    result = run("check", db=vault)
    assert result.code == 0
    assert "header.json" in result.err
    for name in ("header.json", "header-2.json"):
        data = (vault / name).read_text("utf-8")
        (vault / name).write_text(data.replace('"revision"', '"reversion"'), "utf-8")
    result = run("check", db=vault)
    assert result.code == 3
    assert "Traceback" not in result.err


def test_damage_found_by_a_check_is_listed(run, vault, monkeypatch):
    from progression.store.check import Damage

    found = [Damage("damage.projection", "citizen"), Damage("damage.body", "abc/7", "kept.backup")]
    monkeypatch.setattr("progression.desk.vaults.check", lambda _session, deep: found)
    result = run("check", db=vault)
    assert result.code == 3
    assert result.out == ""
    assert len(result.err.splitlines()) == 2
    assert "progression rebuild" in result.err
    assert "kept.backup" in result.err


def test_rebuild_counts_the_rows(run, vault):
    counts = {r["table"]: int(r["rows"]) for r in rows(run("rebuild", "--format", "csv", db=vault).out)}
    assert counts["citizen"] == 16
    assert counts["assessment"] > 100
    assert run("check", "--deep", db=vault).code == 0


def test_the_self_test(run):
    result = run("self-test")
    assert result.code == 0
    assert len(result.lines) == 5
    assert all(line.startswith("✓ ") for line in result.lines)


def test_the_self_test_ends_with_one_when_a_part_fails(run, monkeypatch):
    monkeypatch.setattr("progression.desk.selftest.FONTS", ("nowhere.ttf",))
    result = run("self-test")
    assert result.code == 1
    assert [line[0] for line in result.lines].count("✗") == 1


# files


def test_export_then_import_gives_the_same_flags_and_rows(run, vault, new, tmp_path):
    exported = run("export", tmp_path / "out", db=vault)
    assert exported.code == 0
    assert "not encrypted" in exported.err
    assert {Path(line).name for line in exported.lines} >= {
        "citizens.csv",
        "assessments.csv",
        "decisions.csv",
    }
    imported = run("import", tmp_path / "out", "--format", "json", db=new)
    assert imported.code == 0
    assert imported.json["dry_run"] is False
    assert all(c["unchanged"] == c["corrected"] == 0 for c in imported.json["import"])
    for arguments in (["flags", "--format", "json"], ["flags", "--history", "--all", "--format", "csv"],
                      ["trajectories"], ["trajectories", "--causal"], ["citizens"], ["people"]):  # fmt: skip
        assert run(*arguments, db=new).out == run(*arguments, db=vault).out
    again = run("import", tmp_path / "out", "--format", "json", db=new).json["import"]
    assert all(c["new"] == c["corrected"] == 0 for c in again)


def test_a_dry_run_saves_nothing(run, vault, new, tmp_path):
    run("export", tmp_path / "out", db=vault)
    result = run("import", tmp_path / "out", "--dry-run", db=new)
    assert result.code == 0
    assert "nothing was saved" in result.err
    assert run("citizens", "--format", "json", db=new).json["citizens"] == []


def test_faults_are_told_line_by_line_and_nothing_is_saved(run, new, tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "citizens.csv").write_text("citizen_id;name\nH1;Xanthippe\n", "utf-8")
    (folder / "assessments.csv").write_text(
        "citizen_id;date;rater;indicator;score\nH1;31-02-2026;caseworker;helbredsmestring;3\n"
        "H1;01-03-2026;caseworker;helbredsmestring;6\nH9;01-03-2026;caseworker;helbredsmestring;3\n",
        "utf-8",
    )
    result = run("import", folder, db=new)
    assert result.code == 1
    lines = result.err.splitlines()
    assert [line.split(":")[:3] for line in lines if line.startswith("assessments.csv")] == [
        ["assessments.csv", "2", "date"], ["assessments.csv", "3", "score"], ["assessments.csv", "4", "citizen_id"],
    ]  # fmt: skip
    assert "Xanthippe" not in result.err
    assert run("citizens", "--format", "json", db=new).json["citizens"] == []


def test_the_real_input_goes_in_and_comes_out_as_curves_flags_and_a_report(run, new, tmp_path):
    """40 patients, four measurements each, on the Hamilton scale."""
    source = DATA / "claus2020_hamd_long.csv"
    result = run("import", source, "--mapping", DATA / "claus2020_hamd.toml", "--format", "json", db=new)
    assert result.code == 0, result.err
    assert result.json["import"][-1]["new"] > 150
    found = rows(run("trajectories", "--scale", "hamd", "--causal", db=new).out)
    assert len({r["citizen_id"] for r in found}) == 40
    flags = run("flags", "--history", "--all", "--format", "json", db=new).json["flags"]
    assert {f["scale"] for f in flags} == {"hamd"}
    better = [f for f in flags if f["kind"] == "progression"]
    assert better
    assert all(f["change"] < 0 for f in better)  # a lower score is better
    report = run("report", "case", found[0]["citizen_id"], "--out", tmp_path / "r.pdf", db=new)
    assert report.code == 0, report.err
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_a_report(run, vault, tmp_path):
    result = run("report", "case", "S0001", "--out", tmp_path / "r.pdf", db=vault)
    assert (result.code, result.out, result.err) == (0, f"{tmp_path / 'r.pdf'}\n", "")
    assert run("report", "case", "S0001", "--out", tmp_path / "no" / "r.pdf", db=vault).code == 1


# scales


def test_scales_are_listed_and_shown(run, vault):
    listed = run("scales", "list", "--format", "json", db=vault).json["scales"]
    assert [(s["scale"], s["minimum"], s["maximum"], s["direction"]) for s in listed] == [
        ("bip", 1, 5, "higher"), ("hamd", 0, 52, "lower"),
    ]  # fmt: skip
    shown = run("scales", "show", "bip", "--format", "json", db=vault).json
    assert len(shown["scales"]) == 11
    assert shown["minimal_important_change"] == 0.3
    assert sum(i["in_whole"] for i in shown["scales"]) == 10
    assert "0.30" in run("scales", "show", db=vault).out


def test_a_scale_is_validated_without_a_vault_and_installed_with_one(run, vault, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(library.source("hamd").replace('id = "hamd"', 'id = "own"', 1), "utf-8")
    assert run("scales", "validate", path, db=tmp_path / "none").lines == ["own, version 1: no faults."]
    assert run("scales", "install", path, db=vault).code == 0
    assert "own" in run("scales", "list", db=vault).out
    assert run("trajectories", "--scale", "own", db=vault).code == 0


def test_a_scale_with_faults_is_refused_by_file_key_and_fault(run, vault, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(library.source("hamd").replace("maximum = 52", "maximum = -1", 1), "utf-8")
    for verb in ("validate", "install"):
        result = run("scales", verb, path, db=vault)
        assert result.code == 1
        assert "bad.toml" in result.err
        assert "maximum" in result.err


def test_the_old_vault_s_copy_is_untouched_by_reading(run, vault, tmp_path):
    """Reading writes only the access log."""
    shutil.copytree(vault, tmp_path / "copy")
    for name in ("citizens", "flags", "trajectories"):
        run(name, db=vault)
    counts = [run("rebuild", "--format", "csv", db=folder).out for folder in (vault, tmp_path / "copy")]
    assert counts[0] == counts[1]
