"""Duties of a vault: the same for one and for all, counted, called in, and by rules that are changed and taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from desk_cases import TODAY

from progression.casework import rulesets
from progression.casework.duties import STATES
from progression.casework.values import (
    Assessment,
    Assignment,
    CaseReview,
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Decision,
    Intervention,
    Person,
)
from progression.desk import callin, citizens, duties, duty_rules, vaults
from progression.errors import KnownError
from progression.store import kinds, queries
from progression.store.access import Act

JANUARY = dt.date(2026, 1, 5)


def talk(who: str, day: dt.date, status: str = "held") -> Conversation:
    return Conversation(who, day, f"{who}-{day}", status)


def values():
    yield Person("s1", "Anna Bach", phone="12 34 56 78", team="Nord")
    yield Person("s2", "Bo Dam")
    yield Citizen("a", "A1", "Åse Test", benefit_start=JANUARY, team="Nord", phone="11 11 11 11")
    yield Assignment("a", "s1", JANUARY)
    yield Citizen("b", "B1", "Benny Test", benefit_start=JANUARY, team="Syd")
    yield Assignment("b", "s2", JANUARY)
    yield talk("b", dt.date(2026, 1, 9))
    yield talk("b", dt.date(2026, 5, 20), "planned")
    yield Intervention("b", "i1", "mentor", dt.date(2026, 2, 1), planned_end=dt.date(2026, 4, 20))
    yield Intervention(
        "b", "i2", "fritaget", dt.date(2026, 2, 1), end=dt.date(2026, 3, 1), review_date=dt.date(2026, 2, 20)
    )
    yield Consent("b", "k", JANUARY, "Egen læge", "helbred", dt.date(2026, 4, 25))
    yield Decision("b", dt.date(2026, 2, 2), "citizen", "start", follow_up=dt.date(2026, 4, 1))
    yield CaseReview("b", "r", dt.date(2026, 3, 1))
    yield CategoryMembership("b", "behov_for_stoette", JANUARY)
    yield Assessment("b", "citizen", "bip", dt.date(2026, 2, 4), {"netvaerk": 3})
    yield Citizen("c", "C1", "Carl Test", benefit_start=JANUARY, case_closed=dt.date(2026, 4, 1))
    yield Citizen("d", "D1", "Dot Test", benefit_start=dt.date(2026, 6, 1))
    yield Citizen("e", "E1", "Eva Test")
    yield talk("e", dt.date(2026, 4, 28))


@pytest.fixture
def filled(opened):
    session = opened(values())
    events = [kinds.rules(session.vault, rulesets.source(name)) for name in rulesets.SHIPPED]
    session.vault.append(events, Act("change"))
    return session


def of(found, number):
    return {(one.duty.rule, one.duty.since): one.duty for one in found if one.number == number}


@pytest.mark.parametrize("history", [False, True])
def test_columns_give_what_the_courses_give(filled, history):
    found = duties.everybody(filled, states=STATES, history=history)
    for who, course in queries.courses(filled.vault).items():
        mine = sorted(repr(one.duty) for one in found if one.citizen == who)
        assert mine == sorted(repr(one) for one in duties.of(filled, course, history=history))


def test_overdue_oldest_first_and_only_whose_it_is(filled):
    found = duties.everybody(filled, states=("overdue",))
    assert [one.duty.due for one in found] == sorted(one.duty.due for one in found)
    assert {one.number for one in duties.everybody(filled, caseworker="s1")} == {"A1"}
    assert {one.number for one in duties.everybody(filled, team="Syd")} == {"B1"}
    first = of(found, "A1")[("foerste_samtale", JANUARY)]
    assert (first.due, first.state, first.why) == (dt.date(2026, 1, 12), "overdue", "missing")


def test_closed_and_not_begun_say_why(filled):
    found = duties.everybody(filled, states=STATES)
    assert {one.duty.state for one in found if one.number == "C1"} == {"not_applicable"}
    assert {one.duty.why for one in found if one.number == "D1"} == {"not_yet"}
    assert not duties.next_of([one.duty for one in found if one.number == "D1"])


def test_an_answered_scale_is_a_conversation(filled):
    found = of(duties.citizen(filled, queries.citizen_by_number(filled.vault, "B1").citizen, history=True), "B1")
    assert found[("samtaler", JANUARY)].done == 2


def test_counts_by_caseworker_are_sorted_by_name(filled):
    rows = duties.counts(filled, "caseworker")
    assert [one.name for one in rows] == ["Anna Bach", "Bo Dam", ""]
    assert rows[0].states["overdue"] == len(duties.everybody(filled, caseworker="s1", states=("overdue",)))


def test_called_in_is_who_has_no_date_yet(filled):
    assert [one.number for one in duties.call_in(filled)] == ["A1"]  # B1's conversation is planned


def test_a_letter_is_logged_and_names_nobody_else(filled, tmp_path):
    called = duties.call_in(filled)
    written = callin.write_letters(filled, called, tmp_path / "letters")
    assert sorted(path.name for path in written) == ["A1.pdf", "A1.txt"]
    text = (tmp_path / "letters" / "A1.txt").read_text("utf-8")
    assert "Kære Åse Test" in text
    assert "12 34 56 78" in text
    assert (tmp_path / "letters" / "A1.pdf").read_bytes().startswith(b"%PDF")
    newest = vaults.access_log(filled)[0]
    assert (newest.act, newest.citizen, newest.purpose) == ("export", "a", "call-in letter")


def test_a_letter_tells_the_day_that_is_planned(filled):
    found = callin.letter(filled, "b")
    assert found.when == dt.date(2026, 5, 20)
    assert "20. maj" in callin.text(filled, "b", "da")


def test_the_next_duty_of_a_page_comes_from_the_rules(filled):
    page = citizens.page(filled, "a")
    assert (page.duty.kind, page.duty.due, page.duty.overdue) == ("first_conversation", dt.date(2026, 1, 12), True)


def test_another_file_of_rules_and_back(opened, tmp_path):
    session = opened(values())
    assert not duty_rules.standing(session).edited
    before = duty_rules.standing(session).texts
    path = tmp_path / "ours.toml"
    path.write_text(rulesets.source("halsnaes"), "utf-8")
    duty_rules.install_file(session, path)
    now = duty_rules.standing(session)
    assert now.edited
    assert [one.id for one in now.sets] == ["standard", "halsnaes"]
    assert any(one.duty.rule == "cv_vaerksted" for one in duties.everybody(session, states=STATES))
    changed = duty_rules.standing(session).texts
    duty_rules.standard(session)
    assert not duty_rules.standing(session).edited
    duty_rules.put(session, changed)
    assert duty_rules.standing(session).texts == changed
    duty_rules.put(session, before)
    assert not duty_rules.standing(session).edited


def test_a_gap_in_dates_is_refused_and_nothing_changes(opened, tmp_path):
    session = opened(values())
    path = tmp_path / "gap.toml"
    path.write_text(rulesets.source("standard").replace("valid_from = 2019-07-01", "valid_from = 2019-08-01"), "utf-8")
    with pytest.raises(KnownError) as caught:
        duty_rules.install_file(session, path)
    assert caught.value.code == "rules.invalid"
    assert [fault.what for fault in caught.value.fields["faults"]] == ["fault.gap"]
    assert not duty_rules.standing(session).edited


def test_an_unknown_set_and_an_unknown_colleague(filled):
    for ask in (lambda: duty_rules.install_shipped(filled, "x"), lambda: duty_rules.remove(filled, "x")):
        with pytest.raises(KnownError) as caught:
            ask()
        assert caught.value.code == "rules.unknown"
    with pytest.raises(KnownError) as caught:
        duties.person_key(filled, "ukendt")
    assert caught.value.code == "person.unknown"
    assert duties.person_key(filled, "bo dam") == "s2"
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        duties.citizen(filled, "nobody")


def test_the_municipalitys_own_months_stand_in_place_of_the_rule(filled):
    from progression.desk import settings

    settings.put(filled, "assessment_interval_months", 6)
    rule = of(duties.everybody(filled, states=STATES), "B1")[("maaling", dt.date(2026, 2, 4))]
    assert rule.due == dt.date(2026, 8, 4)
    assert filled.today() == TODAY
