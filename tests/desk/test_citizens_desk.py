"""A citizen's page, the list, adding and changing; interventions and decisions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import PEOPLE, TODAY, falls, fill, months_before, steady

from progression.analysis.values import Flag
from progression.casework.values import Citizen, Intervention, Phase
from progression.desk import citizens, decisions, duties, flags, interventions, people, settings, undo
from progression.errors import KnownError
from progression.store import drafts, queries


def acts(session, citizen=None):
    return [(line.act, line.purpose) for line in queries.access_log(session.vault, citizen)]


def test_the_page_holds_the_whole_course(session):
    page = citizens.page(session, "id-H1")
    assert page.course == queries.course(session.vault, "id-H1")
    assert page.today == TODAY
    assert page.scale.id == "bip"
    assert set(page.scales) == {"bip"}
    assert page.names.items() >= {"kk": "Karen Kjær", "bb": "Bo Bech"}.items()
    assert "Kim Testesen" in page.names.values()  # an account that assessed is called by name too
    assert [p.state for p in page.phases] == ["passive", "active", "passive"]
    assert page.phases == page.trajectory.phases == citizens.phases(session, "id-H1")
    assert page.flags[0].kind == "regression"
    assert page.duty.kind == "assessment_every"
    assert page.draft is None
    assert page.estimates.name == "prior/0"


def test_open_flags_come_first_and_then_the_newest(session):
    page = citizens.page(session, "id-H1")
    decisions.decide(session, page.flags[0], "start")
    fill(session, [Intervention("id-H1", "H1-2", "mentor", TODAY)])
    statuses = [f.status for f in citizens.page(session, "id-H1").flags]
    assert statuses == sorted(statuses, key=lambda s: s != "open")


def test_looking_is_logged_once_and_with_whom(session):
    citizens.page(session, "id-H1")
    assert acts(session, "id-H1").count(("view", "")) == 1
    citizens.page(session, "id-H1", log=False)
    assert acts(session, "id-H1").count(("view", "")) == 1
    citizens.phases(session, "id-H2")
    assert ("view", "timeline") in acts(session, "id-H2")


def test_a_draft_shows_how_far_it_has_come(session):
    drafts.save(session.vault, "id-H1", "caseworker", "bip", {"answers": {"helbredsmestring": 2, "netvaerk": 3}})
    assert citizens.page(session, "id-H1").draft == 2


def test_a_citizen_who_is_not_there_is_a_known_error(session):
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        citizens.page(session, "nobody")


def test_a_citizen_without_anything_has_a_page(opened):
    session = opened([Citizen("id", "H1", "Prøve")])
    page = citizens.page(session, "id")
    assert (page.phases, page.flags, page.duty) == ((), (), None)
    assert page.trajectory.standing == "too_few"


def test_adding_gives_an_id_and_a_number(session):
    one, changes = citizens.add(session, Citizen("", "", "Ny Borger", cpr="0101801234"))
    found = queries.citizen(session.vault, one)
    assert found.name == "Ny Borger"
    assert found.number.startswith("P")
    assert citizens.by_number(session, found.number) == found
    assert changes.citizens == {one}
    assert acts(session, one)[0] == ("add", "")
    assert len({citizens.add(session, Citizen("", "", "x"))[0] for _ in range(5)}) == 5


def test_a_number_that_is_taken_is_refused_and_nothing_saved(session):
    before = citizens.listing(session)
    with pytest.raises(KnownError, match=r"citizen\.number_taken") as refused:
        citizens.add(session, Citizen("", " H1 ", "Ny"))
    assert refused.value.fields == {"number": "H1"}
    assert citizens.listing(session) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"cpr": "12"},
        {"born": TODAY + dt.timedelta(days=1)},
        {"case_closed": dt.date(2020, 1, 1), "benefit_start": TODAY},
    ],
)
def test_what_cannot_be_is_named_and_nothing_saved(session, wrong):
    before = citizens.listing(session)
    with pytest.raises(KnownError, match=r"citizen\.invalid") as refused:
        citizens.add(session, Citizen("", "H9", "Ny", **wrong))
    assert refused.value.fields["faults"]
    assert citizens.listing(session) == before


def test_an_error_about_a_citizen_holds_no_cpr_number(session):
    with pytest.raises(KnownError) as refused:
        citizens.add(session, Citizen("", "H9", "Navn Navnesen", cpr="3213801234"))
    assert "3213801234" not in str(refused.value)
    assert "Navnesen" not in repr(refused.value)


def test_a_change_replaces_and_the_earlier_version_stays_in_the_journal(session):
    old = queries.citizen(session.vault, "id-H1")
    citizens.change(session, replace(old, phone="12 34 56 78"))
    assert queries.citizen(session.vault, "id-H1").phone == "12 34 56 78"
    assert len(citizens.listing(session)) == 4
    assert session.vault.rows("SELECT count(*) FROM event WHERE kind = 'citizen.set'")[0][0] == 5


def test_a_change_to_somebody_else_s_number_is_refused(session):
    old = queries.citizen(session.vault, "id-H1")
    with pytest.raises(KnownError, match=r"citizen\.number_taken"):
        citizens.change(session, replace(old, number="H2"))
    citizens.change(session, replace(old, number="H1-ny"))
    assert [c.number for c in citizens.listing(session)] == ["H1-ny", "H2", "H3", "H4"]


def test_the_list_is_sorted_by_number(opened):
    session = opened([*PEOPLE, *falls("B2"), *steady("A1")])
    assert [c.number for c in citizens.listing(session)] == ["A1", "B2"]
    assert citizens.caseworkers(session) == {"id-B2": "kk", "id-A1": "kk"}
    assert citizens.by_number(session, "C3") is None


# interventions


def test_an_intervention_is_added_changed_and_ended(session):
    interventions.add(session, Intervention("id-H1", "", "mentor", TODAY, title="Mentor"))
    (new,) = [i for i in interventions.listing(session, "id-H1") if i.start == TODAY]
    assert new.id
    interventions.change(session, replace(new, hours_per_week=2.5))
    (changed,) = [i for i in interventions.listing(session, "id-H1") if i.id == new.id]
    assert changed.hours_per_week == 2.5
    interventions.end(session, changed, TODAY + dt.timedelta(days=10), "Aftalt")
    (ended,) = [i for i in interventions.listing(session, "id-H1") if i.id == new.id]
    assert (ended.end, ended.ended_because) == (TODAY + dt.timedelta(days=10), "Aftalt")
    assert acts(session, "id-H1")[:3] == [("change", ""), ("change", ""), ("add", "")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "nope"},
        {"end": dt.date(2020, 1, 1)},
        {"hours_per_week": 200.0},
        {"planned_end": dt.date(2020, 1, 1)},
    ],
)
def test_an_intervention_that_cannot_be_is_refused(session, wrong):
    before = interventions.listing(session)
    given = Intervention("id-H1", "x", "mentor", TODAY)
    with pytest.raises(KnownError, match=r"intervention\.invalid") as refused:
        interventions.add(session, replace(given, **wrong))
    assert refused.value.fields["faults"]
    assert interventions.listing(session) == before


def test_starting_something_ends_the_passive_period(session):
    assert citizens.phases(session, "id-H1")[-1].state == "passive"
    interventions.add(session, Intervention("id-H1", "", "virksomhedspraktik", months_before(1)))
    assert citizens.phases(session, "id-H1")[-1].state == "active"


def test_the_list_of_interventions_looks_back(session):
    then = replace(session, day=dt.date(2025, 1, 1))
    listed = interventions.listing(then)
    assert all(i.start <= then.day and i.end is None for i in listed)
    assert [i.citizen for i in listed] == ["id-H1", "id-H3", "id-H4"]
    assert len(interventions.listing(session)) == 4


# decisions


def test_a_follow_up_in_the_past_is_refused(session):
    flag = flags.current(session)[0]
    with pytest.raises(KnownError, match=r"decision\.follow_up_past"):
        decisions.decide(session, flag, "start", "", TODAY - dt.timedelta(days=1))
    assert queries.decisions(session.vault) == ()
    decisions.decide(session, flag, "start", "", TODAY)  # today is allowed


def test_the_same_decision_twice_on_a_day_is_a_correction(session):
    flag = flags.current(session)[0]
    decisions.decide(session, flag, "start", "Først")
    decisions.decide(session, flag, "start", "Rettet")
    decisions.decide(session, flag, "continue")
    assert [(d.choice, d.reason) for d in queries.decisions(session.vault)] == [
        ("start", "Rettet"),
        ("continue", ""),
    ]


def test_a_decision_knows_its_author_and_may_be_about_the_course(session):
    decisions.record(session, "id-H2", "citizen", "continue", "Det går fint", TODAY + dt.timedelta(days=20))
    (made,) = queries.decisions(session.vault)
    assert made.author == session.vault.account.id
    standing = [one.kind for one in duties.of(session, citizens.page(session, "id-H2").course) if one.standing]
    assert standing == ["conversations", "intervention_follow_up", "assessment_every", "decision_follow_up"]
    assert citizens.page(session, "id-H2").duty.kind == "conversations"  # overdue comes first


# colleagues


def test_colleagues_and_assignments(opened):
    session = opened(list(PEOPLE) + steady("H1"))
    people.save(session, replace(people.listing(session)[0], name="Bo Bech Olsen"))
    assert people.names(session) == {"kk": "Karen Kjær", "bb": "Bo Bech Olsen"}
    from progression.casework.values import Assignment

    (now,) = queries.assignments(session.vault)
    people.end(session, now, TODAY - dt.timedelta(days=1))
    assert "id-H1" not in citizens.caseworkers(session)
    changes = people.assign(session, Assignment("id-H1", "bb", TODAY))
    assert changes.citizens == {"id-H1"}
    assert citizens.caseworkers(session)["id-H1"] == "bb"


def test_a_colleague_without_a_name_is_called_by_key(opened):
    session = opened([replace(PEOPLE[0], name="")])
    assert people.names(session) == {"kk": "kk"}


def test_a_fall_is_read_before_a_standstill_that_came_later():
    fell, stood = open_flag("regression", dt.date(2026, 8, 1)), open_flag("stagnation", dt.date(2026, 11, 1))
    settled = replace(open_flag("regression", dt.date(2026, 11, 9)), status="decided")
    assert sorted([settled, stood, fell], key=citizens._first_to_read) == [fell, stood, settled]


def open_flag(kind, day):
    phase = Phase("active", dt.date(2026, 1, 1), None)
    return Flag("f", "c", "1", "bip", kind, None, "both", phase, day, 3.0, 2.0, -1.0, 0.5, 0.5, 2.0, None)


def test_whoever_adds_a_citizen_is_the_caseworker_where_the_account_is_a_colleague(session):
    before, _changes = citizens.add(session, Citizen("", "", "Før"))
    assert citizens.caseworkers(session).get(before, "") == ""  # tied to nobody: nobody is guessed
    settings.put(session, "account_person", {session.vault.account.id: "kk"})
    added, changes = citizens.add(session, Citizen("", "", "Efter"))
    assert citizens.caseworkers(session)[added] == "kk"
    (mine,) = queries.course(session.vault, added).assignments
    assert (mine.start, mine.end, mine.role) == (TODAY, None, "coordinating")
    undo.take_back(session, changes.events)
    assert added not in {one.citizen for one in citizens.listing(session)}
    assert added not in {one.citizen for one in queries.assignments(session.vault)}
