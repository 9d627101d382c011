"""`estimates`, and the refit at the end of what brings many answers in."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import progression
from progression.analysis.estimates import prior_estimates
from progression.commands import working
from progression.desk import estimates
from progression.errors import KnownError

ROOT = Path(progression.__file__).resolve().parents[1]
ENOUGH = 5


@pytest.fixture
def fitted(monkeypatch):
    """A quick fit in place of the real one; `fitted.stop` makes it meet Ctrl-C."""

    class Fitted:
        stop = False
        error: KnownError | None = None
        runs = 0

        def __call__(self, cohort, *, rate, today, progress=None, cancelled=None):
            self.runs += 1
            progress(0.4)
            if self.stop:
                raise KeyboardInterrupt
            if self.error is not None:
                raise self.error
            prior = prior_estimates(cohort.scale, rate)
            citizens = len(set(cohort.who.tolist()))
            return replace(prior, adopted=today, citizens=citizens, source="fitted")

    made = Fitted()
    monkeypatch.setattr("progression.analysis.fit.fit", made)
    monkeypatch.setattr(estimates, "ENOUGH", ENOUGH)
    return made


@pytest.fixture
def empty(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", "fire ord her nu")
    monkeypatch.setenv("PROGRESSION_LANGUAGE", "en")
    assert run("new", db=tmp_path / "v").code == 0
    return tmp_path / "v"


@pytest.fixture
def extract(tmp_path):
    """A folder of files with so many citizens assessed twice."""

    def write(citizens, name="in"):
        folder = tmp_path / name
        folder.mkdir()
        people = "".join(f"N{i},Prøve {i}\n" for i in range(citizens))
        (folder / "citizens.csv").write_text("citizen_id,name\n" + people, "utf-8")
        rows = [f"N{i},2026-0{m}-01,caseworker,bip,netvaerk,3\n" for i in range(citizens) for m in (1, 4)]
        (folder / "assessments.csv").write_text(
            "citizen_id,date,rater,scale,indicator,score\n" + "".join(rows), "utf-8"
        )
        return folder

    return write


def in_force(run, db, scale="bip"):
    (found,) = run("estimates", "--scale", scale, "--format", "json", db=db).json["estimates"]
    return found


# estimates


def test_estimates_are_printed_in_plain_words(run, vault):
    printed = run("estimates", "--scale", "bip", db=vault).out
    assert "Starting values; nothing has been estimated from your own citizens yet." in printed
    assert "A caseworker's answers swing about ±0.3 steps from one day to another." in printed
    assert "A new caseworker may rate up to ±0.6 steps differently than others do." in printed
    assert "could be used" in printed
    (chosen,) = [line for line in printed.splitlines() if line.endswith("in force")]
    assert chosen.split()[0] == "10"
    assert "about 5 without a reason; of 10 attention points about" in chosen


def test_refit_adopts_and_says_so(run, vault, fitted):
    before = in_force(run, vault)
    assert (before["source"], before["adopted"], before["due"], before["history"]) == ("prior", None, True, [])
    result = run("estimates", "--refit", db=vault)
    n = before["usable_citizens"]
    assert result.code == 0
    assert result.err.startswith("Estimates adopted for The 11 BIP indicators (own wordings): they rest on ")
    assert "Adopted so far" in result.out
    after = in_force(run, vault)
    assert after["source"] == "fitted" and after["citizens"] >= n and not after["due"]
    assert [one["name"] for one in after["history"]] == [after["name"]]
    assert set(after["rates"]) == {"2", "5", "10", "20"}
    flags = run("flags", "--format", "json", db=vault).json
    assert flags["estimates"] == after["name"]
    assert any("estimates bip" in line for line in run("log", db=vault).lines)


def test_csv_and_json_have_the_same_columns(run, vault):
    text = run("estimates", "--format", "csv", db=vault).out
    rows = list(csv.DictReader(io.StringIO(text)))
    found = run("estimates", "--format", "json", db=vault).json["estimates"]
    assert [row["scale"] for row in rows] == ["bip", "hamd"]
    assert list(rows[0]) == list(found[0])
    assert json.loads(rows[0]["rates"]) == found[0]["rates"]


def test_ctrl_c_leaves_everything_as_it_was(run, vault, fitted):
    before = in_force(run, vault)
    fitted.stop = True
    result = run("estimates", "--refit", db=vault)
    assert result.code == 130
    assert result.err.strip() == "Stopped. Nothing was left half done."
    assert in_force(run, vault) == before
    assert run("check", db=vault).code == 0


def test_nobody_to_estimate_from_is_a_sentence(run, empty):
    result = run("estimates", "--refit", db=empty)
    assert result.code == 1
    assert result.err.startswith("Nobody has been assessed twice on the scale bip yet")


@pytest.mark.parametrize("more", [(), ("--refit",)])
def test_an_unknown_scale_is_a_sentence(run, vault, more):
    result = run("estimates", "--scale", "nope", *more, db=vault)
    assert result.code == 1 and "nope" in result.err and result.out == ""


def test_a_scale_is_shown_with_its_estimates(run, vault, fitted):
    assert "Starting values" in run("scales", "show", "bip", db=vault).out
    run("estimates", "--refit", db=vault)
    printed = run("scales", "show", "bip", db=vault).out
    assert "Minimal important change: 0.30" in printed
    assert "Estimated " in printed and "A caseworker's answers swing" in printed
    shown = run("scales", "show", "bip", "--format", "json", db=vault).json
    assert shown["estimates"]["name"] == in_force(run, vault)["name"]


# after an import


def test_an_import_that_makes_estimates_due_ends_with_them(run, empty, extract, fitted):
    result = run("import", extract(ENOUGH), db=empty)
    assert result.code == 0
    assert result.err.strip().endswith("they rest on 5 citizens.")
    assert "Estimates adopted" not in result.out
    assert in_force(run, empty)["citizens"] == 5
    again = run("import", extract(ENOUGH + 1, "more"), db=empty)  # not half as many again
    assert again.code == 0 and "adopted" not in again.err and fitted.runs == 1


@pytest.mark.parametrize(
    ("citizens", "option"), [(ENOUGH - 1, ()), (ENOUGH, ("--no-refit",)), (ENOUGH, ("--dry-run",))]
)
def test_nothing_is_estimated_where_it_is_not_due_or_not_wanted(run, empty, extract, fitted, citizens, option):
    assert run("import", extract(citizens), *option, db=empty).code == 0
    assert fitted.runs == 0
    assert in_force(run, empty)["citizens"] == 0


def test_json_stays_json(run, empty, extract, fitted):
    result = run("import", extract(ENOUGH), "--format", "json", db=empty)
    assert {row["file"] for row in result.json["import"]} == {"citizens.csv", "assessments.csv"}
    assert fitted.runs == 1


def test_an_import_stays_when_the_estimating_is_stopped(run, empty, extract, fitted):
    fitted.stop = True
    result = run("import", extract(ENOUGH), db=empty)
    assert result.code == 0
    assert "The estimating was stopped" in result.err
    assert len(run("citizens", "--format", "json", db=empty).json["citizens"]) == ENOUGH
    assert in_force(run, empty)["due"]
    fitted.stop = False
    assert "Estimates adopted" in run("import", extract(ENOUGH, "again"), db=empty).err


def test_estimates_that_cannot_be_made_do_not_undo_the_import(run, empty, extract, fitted):
    fitted.error = KnownError("estimates.not_finite", scale="bip")
    result = run("import", extract(ENOUGH), db=empty)
    assert result.code == 0
    assert "could not be computed" in result.err
    assert len(run("citizens", "--format", "json", db=empty).json["citizens"]) == ENOUGH


CHILD = """
import sys
from progression import cli
from progression.analysis import fit
from progression.desk import estimates

def stuck(cohort, **_):
    print("estimating", flush=True)
    sys.stdin.read()  # until somebody kills it

fit.fit = stuck
estimates.ENOUGH = 5
sys.exit(cli.main(sys.argv[1:]))
"""


def test_killed_between_import_and_refit_the_import_is_there(run, empty, extract, fitted):
    folder = extract(ENOUGH)
    command = [sys.executable, "-c", CHILD, "import", str(folder), "--db", str(empty)]
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, env=environment) as child:
        assert child.stdout.readline() == "estimating\n"
        child.kill()
    assert run("check", "--deep", db=empty).code == 0
    assert len(run("citizens", "--format", "json", db=empty).json["citizens"]) == ENOUGH
    found = in_force(run, empty)
    assert (found["citizens"], found["due"], found["history"]) == (0, True, [])
    assert "Estimates adopted" in run("import", folder, db=empty).err  # and the next one makes up for it


# the demo


@pytest.mark.parametrize(("option", "runs"), [((), 1), (("--no-refit",), 0)])
def test_a_demo_large_enough_ends_with_estimates(run, tmp_path, monkeypatch, fitted, option, runs):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    result = run("demo", "--citizens", "8", *option, "--language", "en", db=tmp_path / "demo")
    assert result.code == 0
    assert fitted.runs == runs
    assert ("Estimates adopted" in result.err) == bool(runs)


# what the terminal says meanwhile


def test_the_line_says_what_is_being_done(monkeypatch):
    out = io.StringIO()
    out.isatty = lambda: True
    from progression.words import Words

    with working.working(Words("en"), out, quiet=0.001):
        with working.telling() as say:
            say("Estimating: 40%")
            while "Estimating: 40%" not in out.getvalue():
                pass
        seen = out.getvalue().count("Estimating")
        while "Working" not in out.getvalue().rpartition("Estimating")[2]:
            pass
    assert seen and out.getvalue().endswith("\r")


def test_outside_a_terminal_nothing_is_said():
    with working.telling() as say:
        say("Estimating: 40%")
