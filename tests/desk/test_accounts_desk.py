"""Accounts and whom they are tied to, what is kept how long, and the newest lines of the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from progression.casework.duties import add_months
from progression.casework.values import Person
from progression.desk import accounts, citizens, log, people, retention, undo
from progression.errors import KnownError
from progression.store import queries


def test_the_account_in_use_is_first_and_opens(session):
    own = accounts.page(session).own
    assert own.id == session.vault.account.id and own.own and own.opens
    assert own.name == session.vault.account.name


def test_tying_says_whose_caseload_is_mine_and_is_undone(session):
    people.save(session, Person("k1", "Karen Holm", role="job", team="Øst"))
    before = people.me(session)
    changes = accounts.tie(session, session.vault.account.id, "k1")
    assert {"setting", "person"} <= changes.kinds
    assert people.me(session) == "k1" and accounts.page(session).own.person == "k1"
    undo.take_back(session, changes.events)
    assert people.me(session) == before
    accounts.tie(session, session.vault.account.id, "")
    assert people.me(session) == ""


def test_nobody_is_tied_to_a_stranger(session):
    with pytest.raises(KnownError, match=r"person\.unknown"):
        accounts.tie(session, session.vault.account.id, "nobody")


def test_cases_closed_for_long_are_counted_to_the_day(session):
    assert retention.page(session).long_closed == 0
    edge = add_months(session.today(), -12 * retention.YEARS)
    first, second = queries.citizens(session.vault)[:2]
    citizens.change(session, replace(first, benefit_start=None, case_closed=edge))
    assert retention.page(session).long_closed == 0
    citizens.change(session, replace(second, benefit_start=None, case_closed=edge.replace(year=edge.year - 1)))
    assert retention.page(session).long_closed == 1


def test_the_log_is_newest_first_with_names_of_those_it_is_about(session):
    who = queries.citizens(session.vault)[0]
    citizens.page(session, who.citizen)
    found = log.page(session, most=3)
    assert len(found.lines) <= 3
    assert found.lines[0].time >= found.lines[-1].time
    assert set(found.names) == {line.citizen for line in found.lines if line.citizen}
    assert found.accounts[session.vault.account.id] == session.vault.account.name
