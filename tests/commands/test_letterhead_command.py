"""letterhead, and the password of a document, as the shell has them."""

from __future__ import annotations

import pikepdf
import pytest
from PIL import Image


@pytest.fixture
def file(tmp_path):
    Image.new("RGB", (200, 80), (0, 60, 120)).save(tmp_path / "arms.png")
    path = tmp_path / "sundvig.toml"
    path.write_text('format = 1\nname = "Sundvig"\ncontact = ["Torvet 1"]\nlogo = "arms.png"\n', "utf-8")
    return path


@pytest.fixture
def run(run, vault):
    return lambda *arguments: run(*arguments, db=vault)


def test_it_is_checked_installed_shown_and_taken_away(run, file, tmp_path):
    assert "no faults" in run("letterhead", "--validate", str(file)).out
    assert "Nothing to show" in run("letterhead").out
    page = tmp_path / "page.pdf"
    shown = run("letterhead", "--install", str(file), "--preview", str(page), "--format", "json")
    assert shown.json["letterhead"] == [
        {"name": "Sundvig", "department": "", "contact": ["Torvet 1"], "footer": "", "text": "#434c55",
         "line": "#7a858f", "logo": True}
    ]  # fmt: skip
    assert page.read_bytes().startswith(b"%PDF")
    assert "Torvet 1" in run("letterhead").out
    assert run("letterhead", "--remove", "--format", "json").json["letterhead"] == []


def test_a_weak_colour_is_refused_with_a_sentence(run, file):
    file.write_text(file.read_text("utf-8") + '[colours]\ntext = "#999999"\n', "utf-8")
    refused = run("letterhead", "--install", str(file))
    assert refused.code == 1
    assert "Nothing was changed." in refused.err and "2.8:1" in refused.err
    assert "Nothing to show" in run("letterhead").out


def test_the_page_to_the_citizen_is_written_and_locked(run, tmp_path):
    plain, locked, word = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "word.txt"
    assert run("report", "citizen", "S0001", "--out", str(plain)).code == 0
    with pikepdf.open(plain) as pdf:
        assert len(pdf.pages) == 1
    word.write_text("four words of no sense\nnot this\n", "utf-8")
    done = run("report", "citizen", "S0001", "--out", str(locked), "--document-password-file", str(word))
    assert done.code == 0, done.err
    with pikepdf.open(locked, password="four words of no sense") as pdf:
        assert pdf.encryption.R == 6


@pytest.mark.parametrize(
    ("written", "kind", "said"),
    [("short", "case", "too short"), ("", "case", "empty"), ("four words of no sense", "note", "Only a PDF")],
)
def test_a_password_that_cannot_be_used_writes_nothing(run, tmp_path, written, kind, said):
    word, out = tmp_path / "word.txt", tmp_path / "out"
    word.write_text(written, "utf-8")
    refused = run("report", kind, "S0001", "--out", str(out), "--document-password-file", str(word))
    assert refused.code == 1 and said in refused.err
    assert not out.exists()
