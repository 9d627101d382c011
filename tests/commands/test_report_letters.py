"""`report` says which letters the report's font has no sign for; the file is written all the same."""

from __future__ import annotations

from dataclasses import replace

import pikepdf

from progression.desk import citizens, vaults

PASSPHRASE = "fire ord uden sammenhæng"


def test_letters_without_a_sign_are_told_on_stderr(run, vault, tmp_path):
    session = vaults.unlock(vault, PASSPHRASE).session
    one = citizens.listing(session)[0]
    found = citizens.page(session, one.citizen).course.citizen
    citizens.change(session, replace(found, name="漢 Hansen"))
    vaults.close(session, backup=False)
    told = run("report", "case", found.number, "--out", tmp_path / "case.pdf", db=vault)
    assert (told.code, told.lines) == (0, [str(tmp_path / "case.pdf")])
    assert told.err.strip() == "The report's font has no sign for 漢. They stand as � in the file."
    with pikepdf.open(tmp_path / "case.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == "To the case: 漢 Hansen"


def test_nothing_is_said_where_the_font_has_them_all(run, vault, tmp_path):
    one = run("citizens", "--format", "json", db=vault).json["citizens"][0]
    told = run("report", "handover", one["citizen_id"], "--out", tmp_path / "sheet.pdf", db=vault)
    assert (told.code, told.err) == (0, "")


def test_a_batch_says_which_files_lack_a_letter(run, vault, tmp_path):
    session = vaults.unlock(vault, PASSPHRASE).session
    one = citizens.listing(session)[0]
    found = citizens.page(session, one.citizen).course.citizen
    citizens.change(session, replace(found, name="漢 Hansen"))
    vaults.close(session, backup=False)
    for state in ("written", "unchanged"):
        told = run("report", "batch", "callin", "--out", tmp_path / "ud", "--format", "json", db=vault)
        lacking = [row for row in told.json["files"] if row["missing_letters"]]
        assert [(row["citizen_id"], row["state"]) for row in lacking] == [(found.number, state)]
        assert "1 file lacks a letter that the font has no sign for" in told.err and told.code == 0
