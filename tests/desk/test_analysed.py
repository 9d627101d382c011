"""What the analysis says about a citizen is worked out once, and again as soon as anything it rests on is another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import TODAY, falls, team

from progression.analysis.analyse import Analysis
from progression.desk import citizens, decisions, rules, settings, today
from progression.store import kinds, queries
from progression.store.access import Act


@pytest.fixture
def worked_out(monkeypatch):
    """How many analyses were made."""
    made = []
    before = Analysis.__init__

    def counted(self, *args, **named):
        made.append(self)
        before(self, *args, **named)

    monkeypatch.setattr(Analysis, "__init__", counted)
    return made


def everyone(session):
    return [one.citizen for one in citizens.listing(session)]


def test_a_page_opened_from_the_list_says_what_it_says_alone(opened, worked_out):
    session = opened([*team(), *falls("F1"), *falls("F2")])
    today.page(session, "")
    listed = len(worked_out)
    from_list = {who: citizens.page(session, who) for who in everyone(session)}
    assert len(worked_out) == listed
    for who, page in from_list.items():
        session.vault.memory.kept.clear()
        assert citizens.page(session, who) == page
    assert any(page.flags for page in from_list.values())
    assert len(worked_out) == listed + len(from_list)


def test_a_page_opened_again_works_nothing_out_and_is_logged_all_the_same(session, worked_out):
    who = everyone(session)[0]
    first = citizens.page(session, who)
    made, lines = len(worked_out), len(queries.access_log(session.vault, who))
    assert citizens.page(session, who) == first
    assert len(worked_out) == made
    assert len(queries.access_log(session.vault, who)) == lines + 1


def test_a_change_of_a_citizens_facts_is_seen_at_once_and_touches_nobody_else(session):
    pages = {who: citizens.page(session, who) for who in everyone(session)}
    who = next(who for who, page in pages.items() if any(flag.status == "open" for flag in page.flags))
    flag = next(flag for flag in pages[who].flags if flag.status == "open")
    decisions.decide(session, flag, "start", "Praktik", TODAY + dt.timedelta(days=14))
    after = {one: citizens.page(session, one) for one in pages}
    assert next(one for one in after[who].flags if one.id == flag.id).status != "open"
    untouched = [one for one in pages if after[one].trajectory is pages[one].trajectory]
    assert set(untouched) == set(pages) - {who}


def test_an_assessment_taken_back_is_out_of_the_curve_at_once(session):
    who = everyone(session)[0]
    before = citizens.page(session, who)
    last = max(before.course.assessments, key=lambda one: one.date)
    session.vault.append([kinds.withdraw(last)], Act("change", who))
    after = citizens.page(session, who)
    assert after.trajectory.rounds <= before.trajectory.rounds
    session.vault.memory.kept.clear()
    assert citizens.page(session, who) == after


@pytest.mark.parametrize("change", ["setting", "day", "method", "rules"])
def test_what_concerns_everybody_makes_it_again(session, worked_out, change):
    who = everyone(session)[0]
    citizens.page(session, who)
    made = len(worked_out)
    looked = session
    if change == "setting":
        settings.put(session, "bridge_days", 3)
    elif change == "rules":
        rules.choose(session, "rules")
    else:
        looked = (
            replace(session, day=TODAY - dt.timedelta(days=40)) if change == "day" else rules.trying(session, "rules")
        )
    found = citizens.page(looked, who)
    assert len(worked_out) == made + 1
    session.vault.memory.kept.clear()
    assert citizens.page(looked, who) == found


def test_a_day_looked_back_to_leaves_nothing_behind(session):
    who = everyone(session)[0]
    now = citizens.page(session, who)
    past = citizens.page(replace(session, day=TODAY - dt.timedelta(days=200)), who)
    assert past.trajectory != now.trajectory
    assert citizens.page(session, who) == now


def test_an_answer_just_given_is_in_the_page(session):
    who = everyone(session)[0]
    before = citizens.page(session, who)
    assessed = replace(max(before.course.assessments, key=lambda one: one.date), date=TODAY, event="")
    session.vault.append([kinds.to_event(assessed)], Act("add", who))
    assert citizens.page(session, who).trajectory != before.trajectory
