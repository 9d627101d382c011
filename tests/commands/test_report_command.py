"""`report` with every kind of document, and `report batch` for whole caseloads."""

from __future__ import annotations

import pytest

from progression.desk import documents


@pytest.mark.parametrize("kind", [one.key for one in documents.KINDS if one.about == "citizen"])
def test_every_kind_is_written_by_the_shell(run, vault, tmp_path, kind):
    suffix = documents.kind(kind).suffix
    result = run("report", kind, "S0001", "--out", tmp_path / f"r.{suffix}", db=vault)
    assert (result.code, result.out) == (0, f"{tmp_path / f'r.{suffix}'}\n"), result.err
    assert (tmp_path / f"r.{suffix}").read_bytes().startswith(b"%PDF" if suffix == "pdf" else b"Conversation")


def test_a_batch_and_the_same_again(run, vault, tmp_path):
    first = run("report", "batch", "callin", "--out", tmp_path / "ud", "--format", "json", db=vault)
    assert first.code == 0 and first.json["left"] == 0
    assert {row["state"] for row in first.json["files"]} == {"written"}
    assert all((tmp_path / "ud" / row["file"]).exists() for row in first.json["files"])
    again = run("report", "batch", "callin", "--out", tmp_path / "ud", "--format", "json", db=vault)
    assert {row["state"] for row in again.json["files"]} == {"unchanged"}
    assert "not encrypted" in again.err


def test_a_batch_of_one_caseload_as_a_table(run, vault, tmp_path):
    loads = run("caseload", "--format", "json", db=vault).json["caseload"]
    key = next(row["person"] for row in loads if row["person"] and row["citizens"])
    result = run("report", "batch", "callin", "--out", tmp_path / "ud", "--caseworker", key, db=vault)
    assert result.code == 0 and result.out.startswith("Number")
    assert len(list((tmp_path / "ud").glob("*.pdf"))) == len(result.lines) - 1


def test_a_batch_into_a_file_is_told_and_nothing_is_read(run, vault, tmp_path):
    (tmp_path / "ud").write_text("a file")
    result = run("report", "batch", "case", "--out", tmp_path / "ud", db=vault)
    assert result.code == 1 and "Nothing more can be written" in result.err and result.out == ""


@pytest.mark.parametrize(
    "wrong",
    [
        ("batch", "S0001", "--out", "x"),
        ("batch", "batch", "--out", "x"),
        ("case", "S1", "--out", "x", "--team", "Nord"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_told(run, wrong):
    result = run("report", *wrong, "--language", "en")
    assert result.code == 2 and "Not understood: " in result.err


def test_an_unknown_colleague_is_told(run, vault, tmp_path):
    result = run("report", "batch", "case", "--out", tmp_path / "ud", "--caseworker", "nobody", db=vault)
    assert result.code == 1 and "nobody" in result.err
