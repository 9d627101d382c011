"""The method in a vault: chosen, tried once, edited, simulated; what was shown by the other one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import TODAY, course, reopen, team

from progression.analysis.settings import Rules, RulesAccount
from progression.casework.values import Assessment
from progression.desk import citizens, cohorts, flags, rules, settings, today
from progression.errors import KnownError
from progression.scales import library
from progression.store import queries

BIP = library.builtin()["bip"]


def plunge(number: str = "H9"):
    """A year at 4 everywhere, then 2: nothing but a fall, seen by both raters alike."""
    values = [v for v in course(number, [4.0] * 5 + [2.0]) if not isinstance(v, Assessment)]
    rows = [v for v in course(number, [4.0] * 5 + [2.0]) if isinstance(v, Assessment)]
    last = max(row.date for row in rows)
    return values + [replace(row, answers=dict.fromkeys(row.answers, 2 if row.date == last else 4)) for row in rows]


def slight(number: str = "H8"):
    """Half of the indicators a step lower in two rounds: enough for the model of a course, too few for the rules."""
    return list(course(number, [3.0, 3.0, 3.0, 2.5, 2.5]))


def kinds(found):
    return sorted((f.number, f.kind) for f in found if f.status == "open")


def test_the_trajectory_method_is_in_force_until_another_is_chosen(opened):
    session = opened([*team(), *plunge()])
    assert rules.standing(session).method == "trajectory"
    changes = rules.choose(session, "rules")
    assert changes.kinds == {"setting", "flag"}
    assert rules.choose(session, "rules").kinds == frozenset()
    assert rules.standing(session).method == "rules"
    found = flags.current(session)
    assert ("H9", "regression") in kinds(found)
    assert {f.method for f in found if f.status == "open"} == {"rules"}
    again = reopen(session)
    assert rules.standing(again).method == "rules"
    again.vault.close(backup=False)


def test_a_method_nobody_knows_is_refused(session):
    with pytest.raises(KnownError) as error:
        rules.choose(session, "gut feeling")
    assert (error.value.code, error.value.fields["value"]) == ("rules.method", "gut feeling")
    assert rules.standing(session).method == "trajectory"


def test_trying_a_method_once_changes_and_shows_nothing(opened):
    session = opened([*slight(), *plunge()])
    before = flags.current(session)
    today.page(session)  # which shows, and remembers
    shown = queries.shown_flags(session.vault)
    tried = rules.trying(session, "rules")
    by_rules = flags.current(tried)
    assert {f.method for f in by_rules} == {"rules"}
    assert "withdrawn" not in {f.status for f in by_rules}  # what the method in force has shown is not taken back
    assert kinds(by_rules) != kinds(before)
    flags.remember(tried, by_rules)
    assert queries.shown_flags(session.vault) == shown
    assert kinds(flags.current(session)) == kinds(before)
    assert rules.trying(session, "trajectory") is session and rules.trying(session, None) is session


def test_what_the_other_method_showed_stays_listed_with_the_reason(opened):
    session = opened(slight())
    assert ("H8", "regression") in kinds(today_flags(session))
    rules.choose(session, "rules")
    gone = [f for f in flags.current(session) if f.status == "withdrawn"]
    assert [(f.number, f.kind, f.withdrawn_because, f.method) for f in gone] == [
        ("H8", "regression", "other_method", "trajectory")
    ]


def test_columns_and_courses_give_the_same_flags(opened):
    session = opened([*team(), *plunge()])
    rules.choose(session, "rules")
    everybody = list(queries.courses(session.vault).values())
    one, other = cohorts.of_everybody(session, BIP), cohorts.of_courses(session, everybody, BIP)
    assert sorted(one.flags, key=lambda f: f.id) == sorted(other.flags, key=lambda f: f.id)
    assert sorted(one.history(True), key=str) == sorted(other.history(True), key=str)


def test_a_flag_of_the_rules_is_kept_as_it_was_shown(opened):
    session = opened(plunge())
    rules.choose(session, "rules")
    page = citizens.page(session, "id-H9")
    (flag,) = (f for f in page.flags if f.kind == "regression")
    (body,) = (b for b in queries.shown_flags(session.vault) if b["kind"] == "regression")
    kept = cohorts.from_body({**body, "citizen": "id-H9"})
    assert kept == flag
    assert dict(kept.numbers)["p"] <= 0.005


def today_flags(session):
    """What is shown today, remembered as shown."""
    today.page(session)
    return flags.current(session)


def test_thresholds_are_kept_and_bounds_are_held(session):
    edited = Rules(p_limit=0.05, gain_share=0.75, rounds=5, months=12)
    assert rules.edit(session, edited).kinds == {"setting", "flag"}
    assert rules.edit(session, edited).kinds == frozenset()
    now = rules.standing(session)
    assert now.rules == edited and now.edited
    for name, value in (("p_limit", 0.3), ("rounds", 1), ("months", 100), ("gain_share", 0.0)):
        with pytest.raises(KnownError) as error:
            rules.edit(session, replace(edited, **{name: value}))
        assert error.value.code == "rules.threshold"
        assert error.value.fields["name"] == name
    assert rules.standing(session).rules == edited


def test_a_setting_from_elsewhere_that_is_no_threshold_gives_the_standard_ones(session):
    settings.put(session, rules.RULES, {"p_limit": 7})
    settings.put(session, rules.ACCOUNTS, [{"scale": "bip"}, 3])
    settings.put(session, rules.METHOD, "astrology")
    now = rules.standing(session)
    assert (now.method, now.rules) == ("trajectory", Rules())
    assert now.accounts["bip"] is not None


def test_edited_thresholds_are_unmeasured_until_somebody_asks(session, monkeypatch):
    assert all(rules.standing(session).accounts.values())
    assert rules.measure(session).kinds == frozenset()  # the standard ones are known
    rules.edit(session, Rules(p_limit=0.05))
    assert set(rules.standing(session).accounts.values()) == {None}
    asked = []

    def quickly(scale, given, *, progress=None, **_):
        asked.append(scale.id)
        progress(1.0)
        return RulesAccount(scale.id, scale.minimal_important_change, given, 1, 5, 4.0, 4.1, 6.0, 0.4, 0.7, 0.08, 0.4)

    monkeypatch.setattr("progression.analysis.rules_account.measure", quickly)
    told = []
    assert rules.measure(session, told.append).kinds == {"setting", "flag"}
    assert asked == sorted(library.builtin()) and told[-1] == 1.0
    assert rules.standing(session).accounts["bip"].found == 0.4
    rules.edit(session, Rules())
    assert rules.standing(session).accounts["bip"].found != 0.4
    rules.edit(session, Rules(p_limit=0.05))
    assert rules.standing(session).accounts["bip"].found == 0.4


def test_looking_back_uses_the_method_in_force_now(opened):
    session = opened(plunge())
    rules.choose(session, "rules")
    early = replace(session, day=TODAY - dt.timedelta(days=200))
    found = flags.current(early)
    assert {f.method for f in found} == {"rules"}
    assert "regression" not in {f.kind for f in found}
