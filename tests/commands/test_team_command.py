"""progression team: the figures, the pictures as rows, and the citizens behind a figure."""

from __future__ import annotations

import csv
import io

import pytest


def figures(run, vault, *more):
    found = run("team", *more, "--format", "json", db=vault).json
    return found, {row["figure"]: row["value"] for row in found["team"]}


def test_the_figures_of_everybody_and_of_each_team_add_up(run, vault):
    found, every = figures(run, vault)
    assert found["for_team"] is None and len(found["teams"]) == 2
    each = [figures(run, vault, "--team", team)[1] for team in found["teams"]]
    for what in (
        "citizens",
        "flags_open",
        "decisions_30_days",
        "without_active",
        "duties_overdue",
        "changes_this_year",
    ):
        assert every[what] == sum(one[what] for one in each), what
    assert every["without_active_share"] == pytest.approx(every["without_active"] / every["citizens"], abs=0.001)
    table = run("team", db=vault).out
    assert "Citizens without active intervention" in table and "%" in table


@pytest.mark.parametrize("listed", ["flags", "decisions", "without", "overdue", "changes"])
def test_a_list_is_as_long_as_its_figure(run, vault, listed):
    rows = run("team", "--list", listed, "--format", "json", db=vault).json["team"]
    _found, every = figures(run, vault)
    figure = {"flags": "flags_open", "decisions": "decisions_30_days", "without": "without_active",
              "overdue": "duties_overdue"}.get(listed)  # fmt: skip
    assert figure is None or len(rows) == every[figure]
    assert all(row["citizen_id"] and row["told"] for row in rows)


def test_pictures_as_rows(run, vault):
    months = list(csv.DictReader(io.StringIO(run("team", "--picture", "months", "--months", "6", "--format", "csv",
                                                 db=vault).out)))  # fmt: skip
    _found, every = figures(run, vault)
    assert len(months) == 6 and int(months[-1]["without"]) == every["without_active"]
    duties = run("team", "--picture", "duties", "--format", "json", db=vault).json
    assert duties["month"].endswith("-01") and all(row["met"] is not None for row in duties["team"])
    loads = run("team", "--picture", "caseloads", "--format", "json", db=vault).json["team"]
    assert [row["name"] for row in loads] == sorted((row["name"] for row in loads), key=str.casefold)
    assert "In the order of names." in run("team", "--picture", "caseloads", db=vault).out


def test_what_leaves_the_team_says_nothing_about_a_few(run, vault):
    for picture, names in (("months", ("passive", "waiting", "exempt")), ("caseloads", ("citizens",))):
        rows = run("team", "--picture", picture, "--withhold", "--format", "json", db=vault).json["team"]
        values = [row[name] for row in rows for name in names]
        assert all(value is None or value == 0 or value >= 5 for value in values)
    open_ = run("team", "--picture", "months", "--format", "json", db=vault).json["team"]
    assert all(row["passive"] is not None for row in open_)


def test_an_unknown_team_is_refused_in_one_sentence(run, vault):
    found = run("team", "--team", "Nord", db=vault)
    assert found.code == 1
    assert "Nord" in found.err and "Known:" in found.err
