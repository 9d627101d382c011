"""`report team` from the shell."""

from __future__ import annotations

import pikepdf
import pytest


@pytest.mark.parametrize("more", [(), ("--period", "3"), ("--as-of", "2026-01-01", "--period", "2025-H2")])
def test_a_team_s_report_is_written(run, vault, tmp_path, more):
    result = run("report", "team", "--out", tmp_path / "t.pdf", *more, db=vault)
    assert (result.code, result.out) == (0, f"{tmp_path / 't.pdf'}\n"), result.err
    with pikepdf.open(tmp_path / "t.pdf") as pdf:
        assert str(pdf.docinfo.Title) == "To the team: All teams"


def test_an_unknown_team_or_period_writes_nothing(run, vault, tmp_path):
    unknown = run("report", "team", "--team", "Nord", "--out", tmp_path / "t.pdf", db=vault)
    assert unknown.code == 1 and "called Nord" in unknown.err
    period = run("report", "team", "--period", "next year", "--out", tmp_path / "t.pdf", db=vault)
    assert period.code == 2 and "next year is no period" in period.err
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("team", "S0001"), "after team comes no number"),
        (("case",), "say which citizen"),
        (("case", "S0001", "--period", "12"), "--period goes with team"),
        (("case", "S0001", "--team", "Nord"), "--team goes with batch and team"),
        (("team", "--caseworker", "mha"), "--caseworker goes with batch"),
        (("batch", "team"), "after batch comes one of"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(run, vault, tmp_path, arguments, said):
    result = run("report", *arguments, "--out", tmp_path / "t.pdf", db=vault)
    assert result.code == 2 and said in result.err and not (tmp_path / "t.pdf").exists()
