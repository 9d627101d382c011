"""What goes with each combination, for the window: of team and months chosen, kept in memory, whom it rests on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest
from desk_cases import CHEAP, PASSPHRASE, TODAY, again, clock

from progression.analysis.combinations import months_seen, progress
from progression.casework.values import Intervention
from progression.desk import demo, interventions, people, team_progress, vaults
from progression.store import queries


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Invented citizens in two teams, made once."""
    where = tmp_path_factory.mktemp("moved") / "vault"
    made = demo.build(where, PASSPHRASE, citizens=120, seed=7, kdf=CHEAP, clock=clock())
    vaults.close(made.opened.session, backup=False)
    return where


@pytest.fixture
def many(folder):
    session = again(folder)
    yield session
    session.vault.close(backup=False)


def first_of(months):
    place = 12 * TODAY.year + TODAY.month - months
    return dt.date(place // 12, place % 12 + 1, 1).toordinal()


@pytest.mark.parametrize("months", [3, 6, 12])
def test_it_is_of_the_months_chosen(many, months):
    found = team_progress.page(many, None, months)
    (one,) = [one for one in team_progress.measured(many, first_of(months), TODAY.toordinal()) if one.scale.id == "bip"]
    assert found.progress == progress(one.steps) and found.months == months
    assert all(step.last >= first_of(months) for step in one.steps)
    longer = team_progress.page(many, None, 12)
    assert sum(p.months for p in found.progress) <= sum(p.months for p in longer.progress)


def test_teams_are_parts_of_everybody(many):
    parts = [team_progress.page(many, team).progress for team in ("Team Vest", "Team Øst")]
    behind = defaultdict(int)
    for part in parts:
        for one in part:
            behind[one.combination, one.near_end] += one.citizens
    assert dict(behind) == {(one.combination, one.near_end): one.citizens for one in team_progress.page(many).progress}


def test_whom_a_figure_rests_on_by_name_and_nobody_behind_a_withheld_one(many):
    found = team_progress.page(many)
    shown = {one.combination: one for one in found.progress if not one.withheld and not one.near_end}
    hidden = {one.combination for one in found.progress if one.withheld and not one.near_end}
    assert shown and hidden and set(found.behind) == set(shown)
    (one,) = [m for m in team_progress.measured(many, first_of(12), TODAY.toordinal()) if m.scale.id == "bip"]
    for combination, figure in shown.items():
        rows = found.behind[combination]
        assert len(rows) == figure.citizens
        assert [r.who.name.casefold() for r in rows] == sorted(r.who.name.casefold() for r in rows)
        mine = [s for s in one.steps if s.combination == combination and not s.near_end]
        for row in rows:
            own = [s for s in mine if one.citizens[s.citizen] == row.who.citizen]
            assert row.months == pytest.approx(months_seen(own)) and row.months > 0
        assert sum(row.months for row in rows) == pytest.approx(figure.months)
    assert not {"change", "mean"} & set(team_progress.Behind.__slots__)


def test_it_is_kept_until_something_changes(many, monkeypatch):
    team_progress.page(many)
    with monkeypatch.context() as stopped:
        stopped.setattr(team_progress, "measured", lambda *_args: pytest.fail("read again"))
        team_progress.page(many, "Team Vest", 3)
    before = team_progress.page(many)
    citizen = next(iter(before.behind["passive"] if "passive" in before.behind else next(iter(before.behind.values()))))
    interventions.add(many, Intervention(citizen.who.citizen, "new", "mentor", TODAY - dt.timedelta(400)))
    assert team_progress.page(many) != before


def test_looking_is_logged_by_the_page_and_not_twice(many):
    lines = len(queries.access_log(many.vault))
    team_progress.page(many)
    assert len(queries.access_log(many.vault)) == lines and people.me(many) is not None
