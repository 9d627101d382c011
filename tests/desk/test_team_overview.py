"""The front of *Team*: every figure against a slow count over each citizen's course, one by one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest
from desk_cases import PEOPLE, TODAY, course, fill, months_before

from progression.casework import caseworkers, passive, timeline
from progression.casework.duties.timeliness import SORT_OF, month_before
from progression.casework.passive_days import month_days
from progression.casework.values import Assignment, Citizen, Decision, Intervention, Person
from progression.desk import duties, flags, people, team_overview
from progression.desk.team_facts import RECENT_DAYS
from progression.store import queries

D = dt.timedelta
CHOICES = ("start", "continue", "adjust", "stop")


def slow_team(session, one):
    who = caseworkers.caseworker_on(one, TODAY)
    return people.team_of(people.teams(session), who, one.citizen.team)


def open_ones(session, team):
    return [
        one for one in queries.courses(session.vault).values()
        if (one.citizen.case_closed is None or one.citizen.case_closed > TODAY)
        and timeline.span(one, None, TODAY) is not None
        and team in (None, slow_team(session, one))
    ]  # fmt: skip


@pytest.mark.parametrize("place", [None, 0, 1])
def test_every_figure_is_what_each_course_says(many, place):
    teams = team_overview.page(many).teams
    team = None if place is None else teams[place]
    found = team_overview.page(many, team)
    held = open_ones(many, team)
    types = queries.intervention_types(many.vault)
    assert found.citizens == len(held) > 5
    mine = {one.citizen.citizen for one in held}
    # attention points
    current = [flag for flag in flags.current(many) if flag.status == "open" and flag.citizen in mine]
    assert {one.flag.id for one in found.flags} == {flag.id for flag in current}
    assert found.long_waiting == sum((TODAY - flag.raised_on).days > 30 for flag in current)
    # decisions
    everybody = [c for c in queries.courses(many.vault).values() if team in (None, slow_team(many, c))]
    made = [d for c in everybody for d in c.decisions if TODAY - D(RECENT_DAYS) < d.date <= TODAY]
    assert found.choices == Counter(d.choice for d in made)
    # without an active intervention
    states = {}
    for one in held:
        states[one.citizen.citizen] = timeline.course_phases(one, types, TODAY)[-1]
    without = {who: phase for who, phase in states.items() if phase.state != "active"}
    assert {one.who.citizen: (one.state, one.since) for one in found.without} == {
        who: (phase.state, phase.start) for who, phase in without.items()
    }
    long = [passive.without(one, types, TODAY) for one in held]
    assert found.long_without == sum(one is not None and one.months >= 12 for one in long)
    # caseworker changes
    changes = {one.citizen.citizen: caseworkers.changes(one.assignments, one.assessments, TODAY) for one in held}
    assert found.changes_this_year == sum(c.day.year == TODAY.year for rows in changes.values() for c in rows)
    assert {one.who.citizen for one in found.changed_often} == {who for who, rows in changes.items() if len(rows) >= 2}
    # caseloads
    loads = Counter(caseworkers.caseworker_on(one, TODAY) for one in held)
    assert found.alone == loads.pop("", 0) == found.citizens - loads.total()
    assert {one.key: len(one.citizens) for one in found.held} == loads
    assert found.mean_load == pytest.approx(sum(loads.values()) / len(loads))


def test_duties_are_those_of_each_citizen(many):
    found = team_overview.page(many)
    first, last = month_before(TODAY)
    overdue, then = Counter(), Counter()
    for one in queries.courses(many.vault).values():
        for duty in duties.of(many, one, history=True):
            running = one.citizen.case_closed is None or one.citizen.case_closed > TODAY
            overdue[one.citizen.citizen] += duty.state == "overdue" and running
            if duty.state in ("met", "met_late", "overdue") and duty.due and first <= duty.due <= last:
                then[SORT_OF[duty.kind], duty.state] += 1
    assert Counter(line.who.citizen for line in found.overdue) == +overdue
    listed = [one for one in duties.everybody(many, states=("overdue",)) if overdue[one.citizen]]
    assert sorted(key(line.duty) for line in found.overdue) == sorted(key(one.duty) for one in listed)
    told = {(row.sort, s): n for row in found.timeliness
            for s, n in (("met", row.met), ("met_late", row.late), ("overdue", row.missing)) if n}  # fmt: skip
    assert told == dict(then)
    assert found.share_met == sum(n for (_, s), n in then.items() if s == "met") / sum(then.values())


def key(duty):
    return duty.citizen, duty.rule, duty.since, duty.due, duty.about


@pytest.mark.parametrize("months", [3, 6, 12])
def test_shares_by_month_are_those_of_each_course(many, months):
    found = team_overview.page(many, months=months)
    types = queries.intervention_types(many.vault)
    assert [one.day for one in found.shares] == list(month_days(TODAY, months))
    for share in found.shares:
        states = Counter()
        for one in queries.courses(many.vault).values():
            days = timeline.span(one, None, TODAY)
            if days is not None and days.start <= share.day <= days.end:
                states[timeline.phase_on(timeline.course_phases(one, types, TODAY), share.day, causal=False).state] += 1
        assert (share.there, share.passive, share.waiting, share.exempt) == (
            sum(states.values()), states["passive"], states["waiting"], states["exempt"]
        )  # fmt: skip
    assert found.shares[-1].without == len(found.without)


def test_lists_are_in_the_order_of_dates(many):
    found = team_overview.page(many)
    for keys in (
        [one.flag.raised_on for one in found.flags],
        [(-one.months, one.since) for one in found.without],  # the longest first, as the list says of itself
        [one.duty.due for one in found.overdue],
        [TODAY - one.day for one in found.decisions],
        [TODAY - one.changes[-1].day for one in found.changed],
        [one.name.casefold() for one in found.loads],
    ):
        assert keys == sorted(keys)


# what changes is counted again, what does not is not


def test_it_is_kept_while_nothing_changes_and_made_again_when_something_does(opened, monkeypatch):
    session = opened([*PEOPLE, *course("H1", [3.5, 3.4, 2.3, 2.2]), *course("H2", [3.0, 3.0, 3.0])])
    calls = []
    monkeypatch.setattr("progression.desk.team_facts.gather", counted(calls, "progression.desk.duty_facts"))
    first = team_overview.page(session)
    assert team_overview.page(session, months=3).flags == first.flags and calls == [1]
    open_ = {one.flag.id for one in first.flags}
    assert open_
    flag = first.flags[0].flag
    fill(session, [Decision(flag.citizen, TODAY, f"flag:{flag.id}", "start", "Ny praktik")])
    second = team_overview.page(session)
    assert calls == [1] and flag.id not in {one.flag.id for one in second.flags}
    assert second.choices == {"start": 1}
    assert {one.flag.id for one in second.flags} == {f.id for f in flags.current(session) if f.status == "open"}


def test_one_citizen_made_again_is_the_same_as_everybody_made_anew(many):
    team_overview.page(many)
    whom = [one.citizen.citizen for one in open_ones(many, None)][:9]
    for who, kind in zip(whom, ("mentor", "venter", "fritaget") * 3, strict=True):
        fill(many, [Intervention(who, f"new-{kind}", kind, TODAY - D(9)),
                    Decision(who, TODAY, "citizen", "adjust", "x", TODAY + D(9))])  # fmt: skip
    fill(many, [Assignment(whom[0], people.listing(many)[-1].person, TODAY - D(1))])
    kept = team_overview.page(many)
    many.vault.memory.kept.clear()
    assert team_overview.page(many) == kept


def test_an_erased_citizen_is_gone(opened):
    from progression.store import kinds
    from progression.store.access import Act

    session = opened([Citizen("a", "N1", "A", benefit_start=TODAY), Citizen("b", "N2", "B", benefit_start=TODAY)])
    assert team_overview.page(session).citizens == 2
    gone = next(one for one in queries.citizens(session.vault) if one.number == "N2")
    session.vault.append([kinds.withdraw(gone)], Act("delete"))
    found = team_overview.page(session)
    assert [one.who.number for one in found.without] == ["N1"]


def counted(calls, module):
    from importlib import import_module

    real = import_module(module).gather

    def gather(*args):
        calls.append(1)
        return real(*args)

    return gather


def test_a_list_that_is_opened_is_logged_and_its_attention_points_count_as_shown(opened):
    session = opened([*PEOPLE, *course("H1", [3.5, 3.4, 2.3, 2.2])])
    found = team_overview.page(session)
    assert queries.shown_flags(session.vault) == []  # a count shows nobody's
    team_overview.looked(session, "flags", found.flags)
    assert {body["id"] for body in queries.shown_flags(session.vault)} == {one.flag.id for one in found.flags}
    lines = [(line.act, line.purpose, line.detail) for line in queries.access_log(session.vault)]
    assert ("view", "team", "") in lines and ("view", "team", "flags") in lines


# the odd ones


def test_an_empty_team(opened):
    found = team_overview.page(opened())
    assert (found.citizens, found.caseworkers, found.teams, found.team) == (0, 0, (), None)
    assert found.share_without is None and found.share_met is None and found.mean_load is None and found.norm is None
    assert all(share.there == 0 for share in found.shares) and found.timeliness == ()


def test_one_citizen_without_anything(opened):
    found = team_overview.page(opened([Citizen("a", "N1", "", benefit_start=TODAY)]))
    assert (found.citizens, found.caseworkers) == (1, 0)
    assert [(one.who.number, one.state, one.since, one.months) for one in found.without] == [
        ("N1", "passive", TODAY, 0)
    ]
    assert found.share_without == 1.0 and found.long_without == 0


def test_a_mentor_that_does_not_count_as_active_is_no_year_without(opened):
    from dataclasses import replace

    from progression.desk import interventions
    from progression.store import kinds
    from progression.store.access import Act

    session = opened([Citizen("a", "N1", "A", benefit_start=months_before(30)),
                      Citizen("b", "N2", "B", benefit_start=months_before(30)),
                      Intervention("a", "i", "mentor", months_before(20))])  # fmt: skip
    types = dict(interventions.types(session))
    types["mentor"] = replace(types["mentor"], active=False)
    session.vault.append([kinds.types(session.vault, types)], Act("change"))
    found = team_overview.page(session)
    assert {one.who.number: one.months for one in found.without} == {"N1": 0, "N2": 30}
    assert found.long_without == 1


def test_one_s_own_team_comes_first_and_an_unknown_one_is_everybody(opened):
    from progression.desk import settings

    session = opened([
        Person("v", "Vera", team="Vest"), Person("o", "Ole", team="Øst"),
        Citizen("a", "N1", "A", benefit_start=TODAY), Citizen("b", "N2", "B", benefit_start=TODAY, team="Vest"),
        Citizen("c", "N3", "C", benefit_start=TODAY), Assignment("a", "v", TODAY), Assignment("b", "o", TODAY),
    ])  # fmt: skip
    assert team_overview.page(session, own=True).team is None  # nobody has said who is logged in
    settings.put(session, "account_person", {session.vault.account.id: "o"})
    own = team_overview.page(session, own=True)
    assert (own.team, own.citizens, own.teams) == ("Øst", 1, ("", "Vest", "Øst"))
    assert [one.name for one in own.loads] == ["Ole"]
    assert team_overview.page(session, "Nord").citizens == 3
    assert [one.who.number for one in team_overview.page(session, "").without] == ["N3"]


def test_a_closed_case_counts_in_the_months_it_was_open(opened):
    closed = Citizen("a", "N1", "A", benefit_start=months_before(10), case_closed=months_before(2))
    found = team_overview.page(opened([closed, Citizen("b", "N2", "B", benefit_start=months_before(10))]))
    there = [share.there for share in found.shares]
    assert there[-1] == 1 and 2 in there
    assert all(later - earlier in (-1, 0, 1, 2) for earlier, later in pairwise(there))
    assert [one.who.number for one in found.without] == ["N2"]


def test_the_day_asked_for_is_the_day_answered(many):
    from dataclasses import replace

    earlier = replace(many, day=months_before(6))
    found = team_overview.page(earlier)
    assert found.today == months_before(6) == found.shares[-1].day
    assert all(one.flag.raised_on <= found.today for one in found.flags)
    assert team_overview.page(many).today == TODAY
