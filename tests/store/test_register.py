"""Offers, providers, who is around a citizen, catalogues, what is in use, and whole tables as columns."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from make_fixture import FACTS, MORE
from vault_cases import ADD, sample_citizen

from progression.casework import categories, rulesets
from progression.casework.values import (
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Intervention,
    InterventionType,
    Offer,
    Professional,
    Provider,
)
from progression.errors import KnownError
from progression.store import check, kinds, queries

DAY = date(2026, 4, 1)
LOCAL = """format = 1
id = "lokal"
name = { da = "Lokal", en = "Local" }
[[rules]]
id = "maaling"
kind = "assessment_every"
text = { da = "Hver anden måned", en = "Every second month" }
parameters = { months = 2 }
"""


@pytest.fixture
def register(bench):
    v = bench.vault(seed_events=None)
    v.append([kinds.to_event(fact) for fact in (*FACTS, *MORE)], ADD)
    return v


def test_a_body_leaves_out_what_older_events_do_not_have():
    older = Intervention("c", "i", "mentor", DAY, reason="r")
    assert kinds.to_event(older).body == {"id": "i", "type": "mentor", "start": "2026-04-01", "reason": "r"}
    assert kinds.to_event(Conversation("c", DAY)).body == {"date": "2026-04-01"}
    assert kinds.to_event(Citizen("c", "1", outcome="job")).body == {"number": "1", "outcome": "job"}


def test_a_course_holds_who_is_around_the_citizen(register):
    course = queries.course(register, "c1")
    assert [one.id for one in course.professionals] == ["p2", "p1"]  # the one without a date first
    assert [len(part) for part in (course.consents, course.handovers, course.reviews)] == [1, 1, 1]
    assert queries.professionals(register, "c1") == course.professionals
    assert queries.consents(register, "c4") == ()
    assert queries.reviews(register)[0].feedback == "Godt beskrevet"


def test_a_consent_that_was_withdrawn_is_still_a_fact_and_one_taken_back_is_none(register):
    (consent,) = queries.consents(register)
    assert consent.withdrawn == date(2026, 6, 1)
    assert [consent.holds(date(2026, m, 1)) for m in (3, 4, 5, 6, 11)] == [False, True, True, False, False]
    assert replace(consent, withdrawn=None).holds(date(2026, 10, 1))
    assert Consent("c", "s", DAY).holds(date(2099, 1, 1))
    register.append([kinds.withdraw(consent)], ADD)
    assert queries.consents(register) == ()
    assert check.check(register, deep=True) == []


def test_offers_and_providers_by_name_and_two_versions_are_a_conflict(register):
    register.append([kinds.to_event(one) for one in (Offer("o2", "Ålen"), Offer("o3", "bageri"))], ADD)
    assert [one.id for one in queries.offers(register)] == ["o3", "o1", "o2"]
    assert [one.name for one in queries.providers(register)] == ["Gården"]
    register.append([kinds.to_event(Provider("g", "Gården 2")), kinds.to_event(Professional("c1", "p1"))], ADD)
    assert [one.name for one in queries.providers(register)] == ["Gården 2"]
    assert [(c.kind, c.citizen) for c in queries.conflicts(register)] == [
        ("provider.set", None), ("professional.set", "c1"),
    ]  # fmt: skip


def test_the_register_is_rebuilt_to_the_same(register):
    assert check.check(register, deep=True) == []
    before = queries.courses(register), queries.offers(register), queries.ruleset(register)
    counts = check.rebuild(register)
    assert (counts["offer"], counts["professional"], counts["ruleset"]) == (1, 2, 1)
    assert (queries.courses(register), queries.offers(register), queries.ruleset(register)) == before


# catalogues


def test_a_new_vault_has_the_standard_rules_and_no_categories(register):
    assert list(queries.rule_sets(register)) == ["standard"]
    assert queries.ruleset(register) == rulesets.shipped()["standard"]
    assert queries.categories_catalogue(register).codes == ()


def test_a_vault_from_before_there_were_rules_has_the_shipped_ones(bench):
    v = bench.vault()
    assert v.rows("SELECT count(*) FROM ruleset") == [(0,)]
    assert queries.ruleset(v) == rulesets.shipped()["standard"]


def test_a_local_rule_stands_over_the_national_one_until_its_set_is_removed(register):
    register.append([kinds.rules(register, LOCAL)], ADD)
    register.append([kinds.rules(register, LOCAL.replace("months = 2", "months = 1"))], ADD)
    found = queries.ruleset(register)
    assert [rule.whole("months") for rule in found.of("assessment_every")] == [1]
    assert len(found.rules) == len(rulesets.shipped()["standard"].rules)
    # the national set installed again does not come on top
    register.append([kinds.rules(register, rulesets.source("standard"))], ADD)
    assert list(queries.rule_sets(register)) == ["standard", "lokal"]
    register.append([kinds.rules_removed(register, "lokal")], ADD)
    assert list(queries.rule_sets(register)) == ["standard"]
    with pytest.raises(ValueError):
        kinds.rules_removed(register, "lokal")
    assert check.check(register, deep=True) == []


def test_categories_take_the_place_of_those_before(register):
    for name in ("horsens", "halsnaes"):
        register.append([kinds.categories(register, categories.source(name))], ADD)
    assert queries.categories_catalogue(register) == categories.shipped()["halsnaes"]
    assert register.rows("SELECT count(*) FROM category_set") == [(1,)]
    with pytest.raises(KnownError) as raised:
        kinds.categories(register, "nonsense")
    assert raised.value.code == "categories.invalid"
    with pytest.raises(KnownError) as raised:
        kinds.rules(register, "nonsense")
    assert raised.value.code == "rules.invalid"


def test_a_catalogue_of_types_in_place_of_all_deletes_what_it_leaves_out(register):
    mine = {"mentor": InterventionType("mentor", {"da": "Mentor", "en": "Mentor"}, "social", True)}
    register.append([kinds.types_installed(mine)], ADD)
    register.append([kinds.types(register, mine)], ADD)
    assert queries.intervention_types(register) == mine
    assert check.check(register, deep=True) == []


# what is in use


def test_what_is_in_use_is_counted(register):
    said = [
        Intervention("c1", "x", "mentor", DAY, provider="Gården"),
        Intervention("c1", "y", "ips", DAY, provider="g"),
        CategoryMembership("c1", "gruppe_1", DAY),
    ]
    register.append([kinds.to_event(one) for one in said], ADD)
    asked = [
        ("type", "mentor"), ("type", "ips"), ("type", "nytteindsats"), ("provider", "g"), ("provider", "Gården"),
        ("provider", "Andre"), ("offer", "o1"), ("category", "gruppe_1"), ("category", "gruppe_2"), ("person", "anna"),
        ("person", "bo"), ("scale", "hamd"), ("scale", "bip"),
    ]  # fmt: skip
    counted = [queries.uses_of(register, kind, code) for kind, code in asked]
    assert counted == [3, 1, 0, 3, 2, 0, 1, 1, 0, 4, 2, 1, 0]
    with pytest.raises(ValueError):
        queries.uses_of(register, "dream", "x")
    (intervention,) = [one for one in queries.interventions(register) if one.id == "y"]
    register.append([kinds.withdraw(intervention)], ADD)
    assert queries.uses_of(register, "type", "ips") == 0


# whole tables


def test_columns_hold_the_same_as_the_values(register):
    register.append([kinds.to_event(Conversation("nobody", DAY, "z"))], ADD)
    found = queries.fact_columns(register, "conversation.set", "date", "status", "minutes", "caseworker")
    known = [one for one in queries.conversations(register) if one.citizen != "nobody"]
    rows = list(zip(found.citizen, found["date"], found["status"], found["minutes"], found["caseworker"], strict=True))
    assert len(found) == len(known) == 2
    for (who, day, status, minutes, caseworker), one in zip(rows, known, strict=True):
        assert (found.citizens[who], day, status, caseworker) == (
            one.citizen, one.date.toordinal(), one.status, one.caseworker,
        )  # fmt: skip
        assert math.isnan(minutes) if one.minutes is None else minutes == one.minutes
    assert found.citizens == queries.intervention_columns(register).citizens
    with pytest.raises(KeyError):
        queries.fact_columns(register, "conversation.set", "mood")


@pytest.mark.parametrize("kind", sorted(set(kinds.VALUES) - kinds.WITHOUT_CITIZEN - {"assessment.set"}))
def test_every_kind_can_be_read_as_columns(register, bench, kind):
    names = [field.name for field in kinds.FIELDS[kind]]
    found = queries.fact_columns(register, kind, *names)
    table = kind.removesuffix(".set")
    assert len(found) == register.rows(f"SELECT count(*) FROM {table}")[0][0]
    assert all(len(found[name]) == len(found) for name in names)
    register.append([kinds.withdraw(one) for one in queries.citizens(register)], ADD)
    assert len(queries.fact_columns(register, kind, *names)) == 0


def test_the_number_of_a_citizen_in_two_versions_counts_once(register):
    register.append([kinds.to_event(sample_citizen("c1", "H00001b"))], ADD)
    found = queries.fact_columns(register, "note.set", "kind")
    assert found.citizens == tuple(sorted({one.citizen for one in queries.citizens(register)}))
