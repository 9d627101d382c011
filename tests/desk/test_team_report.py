"""*Til teamet*: every figure against a slow count over each course; periods that are over; the log."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from desk_cases import TODAY

from progression.casework import caseworkers, timeline
from progression.casework.duties.timeliness import SORT_OF
from progression.casework.passive_days import month_days
from progression.casework.values import Person
from progression.desk import documents, duties, flags, people, team_overview, team_report
from progression.errors import KnownError
from progression.reports.team_figures import Count, told, whole_of
from progression.store import queries

DECIDED = ("met", "met_late", "overdue")


def the_team(session, day, team):
    """Courses of a team on a day, one by one; and those with an open case."""
    teams = people.teams(session)
    courses = [
        one for one in queries.courses(session.vault).values()
        if team is None or people.team_of(teams, caseworkers.caseworker_on(one, day), one.citizen.team) == team
    ]  # fmt: skip
    open_ = [
        one for one in courses
        if (one.citizen.case_closed is None or one.citizen.case_closed > day)
        and timeline.span(one, None, day) is not None
    ]  # fmt: skip
    return courses, open_


def counted(counts):
    return {one.key: (one.n, one.citizens) for one in counts}


def slow(rows):
    """{key: (how many, citizens)} of rows of (key, citizen)."""
    rows = list(rows)
    return {key: (n, len({who for k, who in rows if k == key})) for key, n in Counter(key for key, _ in rows).items()}


@pytest.mark.parametrize("team", [None, "Team Vest", "Team Øst"])
@pytest.mark.parametrize("period", ["12", "2025-Q4", "24"])
def test_every_figure_is_what_each_course_says(many, team, period):
    found = team_report.figures(many, team, period)
    last = found.period.last
    at = replace(many, day=last) if last != TODAY else many
    courses, held = the_team(at, last, team)
    mine = {one.citizen.citizen for one in courses}
    assert found.citizens == len(held) > 5
    current = [
        f for f in flags.current(at) if f.status == "open" and f.citizen in {one.citizen.citizen for one in held}
    ]
    assert counted(found.open_flags) == slow((f.kind, f.citizen) for f in current)
    assert found.long_waiting.n == sum((last - f.raised_on).days > 30 for f in current)
    made = [d for one in courses for d in one.decisions if found.period.holds(d.date)]
    assert counted(found.decided) == slow((d.choice, d.citizen) for d in made)
    assert found.decided_flags.n == sum(d.about.startswith("flag:") for d in made)
    types = queries.intervention_types(many.vault)
    assert [one.day for one in found.shares] == list(month_days(last, found.period.months))
    for share in found.shares:
        spans = [timeline.course_phases(one, types, last) for one in courses]
        there = [p.state for phases in spans for p in phases if p.start <= share.day and (p.end or last) >= share.day]
        assert (share.there, share.passive) == (len(there), there.count("passive"))
    due = [d for one in courses for d in duties.of(at, one, history=True)]
    then = slow((SORT_OF[d.kind], d.citizen) for d in due if d.state in DECIDED and found.period.holds(d.due))
    assert {row.sort: row.total for row in found.timeliness} == {sort: n for sort, (n, _) in then.items()}
    late = [d for d in due if d.state == "overdue" and d.citizen in {one.citizen.citizen for one in held}]
    assert counted(found.overdue) == slow((SORT_OF[d.kind], d.citizen) for d in late)
    changes = {one.citizen.citizen: caseworkers.changes(one.assignments, one.assessments, last) for one in held}
    then_changed = [(c.planned, who) for who, rows in changes.items() for c in rows if found.period.holds(c.day)]
    assert counted(found.changes) == slow(then_changed)
    assert found.changed_often.n == sum(len(rows) >= 2 for rows in changes.values())
    assert replace(found.changed, hidden=False) == Count("", len(then_changed), len({who for _, who in then_changed}))
    assert all(one.citizens <= len(mine) for one in found.progress)


def test_combinations_are_those_of_the_team_s_citizens(many):
    everybody = team_report.figures(many, None, "24")
    vest, east = (team_report.figures(many, team, "24") for team in ("Team Vest", "Team Øst"))
    assert everybody.progress

    def behind(found):
        return {(one.near_end, one.combination): one.citizens for one in found.progress}

    together = Counter(behind(vest)) + Counter(behind(east))
    assert dict(together) == behind(everybody)
    limited = team_report.figures(replace(many, entered_by=TODAY), None, "24")
    assert limited.progress == everybody.progress  # by values and by columns


def test_looking_back_leaves_the_page_of_today_as_it_was(many):
    before = team_overview.page(many)
    team_report.figures(many, None, "2025-Q3")
    assert team_overview.page(many) == before
    assert team_report.figures(many).citizens == before.citizens


def test_what_cannot_be_told_is_a_clear_error(many):
    with pytest.raises(KnownError) as caught:
        team_report.figures(many, "Nord")
    assert (caught.value.code, caught.value.fields["choices"]) == ("report.unknown_team", "Team Vest, Team Øst")
    with pytest.raises(KnownError) as caught:
        team_report.figures(many, None, "2099")
    assert caught.value.code == "report.period"


def test_it_is_among_the_documents_and_logged_without_anybody_s_name(many, tmp_path):
    subject = team_report.subject("Team Vest", "6")
    assert (team_report.team_of(subject), team_report.team_of("Team Vest")) == ("Team Vest", "Team Vest")
    shown = documents.preview(many, "team", "Team Vest", "en")
    assert shown.name == "Team Vest" and shown.suggested() == f"To the team - Team Vest {TODAY.isoformat()}.pdf"
    odd = replace(shown, name="Øst/Vest: unge?")  # what is in no file's name
    assert odd.suggested() == f"To the team - Øst Vest unge {TODAY.isoformat()}.pdf"
    assert replace(shown, name="", language="da").suggested() == f"Til teamet - Alle teams {TODAY.isoformat()}.pdf"
    made = documents.read(many, "team", subject).made()
    path = documents.save(many, made, tmp_path / "team.pdf")
    log = [(one.act, one.citizen, one.purpose, one.detail) for one in queries.access_log(many.vault)[:2]]
    assert sorted(log) == [("export", None, "report team", "save"), ("view", None, "report team", "preview")]
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title) == "Til teamet: Team Vest"
        assert pdf.pages


def test_nobody_is_named_in_it(many):
    names = [one.name for one in people.listing(many)]
    names += [one.name for one in queries.citizens(many.vault)] + [one.number for one in queries.citizens(many.vault)]
    found = repr(team_report.figures(many))
    assert len(names) > 80 and not [one for one in names if one and one in found]


def test_a_vault_with_nobody_in_it(opened):
    session = opened([Person("kt", "Kim Testesen", team="Vest")])
    found = team_report.figures(session)
    assert (found.citizens, found.progress, found.open_flags) == (0, (), ())
    made = documents.read(session, "team", "").made()
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert len(pdf.pages) == 1
    assert team_report.figures(session, None, "3").period.first == dt.date(2026, 2, 1)


def test_everybody_s_report_beside_the_teams_leaves_no_team_s_withheld_figure(many):
    """On invented people: every figure of everybody's, less what the teams' reports tell, is several teams' or none."""
    teams = [team_report.figures(many, team) for team in ("Team Vest", "Team Øst")]
    whole = team_report.figures(many)
    assert sum(one.citizens for one in teams) == whole.citizens  # nobody is without a team
    groups = [[(one, one.flags_total, one.open_flags) for one in (*teams, whole)],
              [(one, one.decided_total, one.decided) for one in (*teams, whole)],
              [(one, one.overdue_total, one.overdue) for one in (*teams, whole)],
              [(one, one.changed, one.changes) for one in (*teams, whole)]]  # fmt: skip
    for *parts, (_, total, all_) in groups:
        for place, one in enumerate(all_):
            shown = told(all_)[place] is not None
            left = []
            for _team, _sum, mine in parts:
                mine_told = dict(zip((c.key for c in mine), zip(mine, told(mine), strict=True), strict=True))
                count, n = mine_told.get(one.key, (None, 0))
                left += [count.citizens] if count is not None and n is None else []
            assert not shown or not left or len(left) > 1
        sums = [whole_of(sum_) for _team, sum_, _mine in parts]
        assert whole_of(total) is None or sums.count(None) != 1
    figures = {(one.combination, one.near_end): one for one in whole.progress}
    for key, one in figures.items():
        mine = [p for team in teams for p in team.progress if (p.combination, p.near_end) == key]
        assert one.withheld or sum(p.withheld for p in mine) != 1


def test_tomorrow_it_is_the_same_report(many):
    later = replace(many, day=TODAY + dt.timedelta(1))
    assert team_report.figures(many, "Team Vest") == team_report.figures(later, "Team Vest")
