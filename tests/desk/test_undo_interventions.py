"""Undo and redo of everything done to interventions and offers: the state before comes back, act by act."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from desk_cases import TODAY, make, months_before
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progression.casework.values import Citizen, Intervention, Offer, Provider
from progression.desk import decisions, interventions, offers, undo
from progression.errors import KnownError
from progression.store import queries

DAY = dt.timedelta(days=1)
WHO = ("c1", "c2")
_number = itertools.count()


def values():
    found = [Citizen(who, who.upper(), f"Borger {who}", benefit_start=months_before(12)) for who in WHO]
    return [*found, Intervention("c1", "a", "mentor", months_before(3), provider="Gården"), Provider("p", "Gården")]


@pytest.fixture
def held(opened):
    return opened(values())


def bare(one):
    return replace(one, event="", conflict=False) if hasattr(one, "conflict") else replace(one, event="")


def state(session):
    """Everything undo has to bring back, without which event says it."""
    v = session.vault
    found = [*queries.interventions(v), *queries.offers(v), *queries.providers(v)]
    return sorted(repr(bare(one)) for one in found)


def decided(session):
    return [(one.about, one.choice) for one in queries.decisions(session.vault)]


def first(session):
    return queries.interventions(session.vault)[0]


ACTS = {
    "add": lambda s: interventions.add(s, Intervention("c2", "", "ips", TODAY)),
    "wait": lambda s: interventions.add(s, Intervention("c2", "", "venter", TODAY, waiting_for="Mentor")),
    "exempt": lambda s: interventions.add(
        s, Intervention("c2", "", "fritaget", TODAY, exempt_from="both", review_date=TODAY + 30 * DAY)
    ),
    "change": lambda s: interventions.change(s, replace(first(s), hours_per_week=7.5, contact="Ida")),
    "end": lambda s: interventions.end(s, first(s), TODAY, "Slut"),
    "withdraw": lambda s: interventions.withdraw(s, first(s)),
    "stop": lambda s: decisions.record(s, "c1", "intervention:a", "stop", "Det virkede ikke", None, last=TODAY),
    "offer": lambda s: offers.save_offer(s, Offer("", "Hold", "mestring", places=3.0)),
    "provider": lambda s: offers.save_provider(s, Provider("", "Butikken")),
    "rename": lambda s: offers.save_provider(s, replace(queries.providers(s.vault)[0], name="Åen")),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_undone_and_done_again(held, name):
    before = state(held), decided(held)
    done = ACTS[name](held)
    after = state(held), decided(held)
    assert after != before
    assert done.events
    back = undo.take_back(held, done.events)
    assert (state(held), decided(held)) == before
    again = undo.take_back(held, back.events)
    assert (state(held), decided(held)) == after
    undo.take_back(held, again.events)
    assert (state(held), decided(held)) == before


def test_acts_on_one_fact_are_undone_one_after_the_other(held):
    states, acts = [state(held)], []
    for name in ("change", "end"):
        acts.append(ACTS[name](held))
        states.append(state(held))
    acts.append(interventions.change(held, replace(first(held), end=None, ended_because="")))
    for act, expected in zip(reversed(acts), reversed(states), strict=True):
        undo.take_back(held, act.events)
        assert state(held) == expected


def test_what_somebody_changed_in_between_is_left_alone(held):
    done = ACTS["change"](held)
    interventions.change(held, replace(first(held), contact="En anden"))
    before = state(held)
    with pytest.raises(KnownError) as caught:
        undo.take_back(held, done.events)
    assert caught.value.code == "undo.changed_since"
    assert state(held) == before


def test_withdrawing_for_a_citizen_who_is_gone_is_refused(held):
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        interventions.withdraw(held, replace(first(held), citizen="ingen"))


STEPS = st.lists(st.sampled_from([*ACTS, "undo", "undo", "redo"]), max_size=14)


@pytest.mark.slow
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_row_of_acts_undo_and_redo_agrees_with_a_list_of_states(tmp_path, steps):
    session = make(tmp_path / f"v{next(_number)}", values())
    past, future = [], []  # (events, the state to come to)
    try:
        for step in steps:
            before = state(session), decided(session)
            if step in ACTS:
                try:
                    done = ACTS[step](session)
                except (KnownError, IndexError):  # refused, or nothing there to change: nothing may have happened
                    assert (state(session), decided(session)) == before
                    continue
                past.append((done.events, before))
                future.clear()
            elif step == "undo" and past:
                events, expected = past.pop()
                back = undo.take_back(session, events)
                assert (state(session), decided(session)) == expected
                future.append((back.events, before))
            elif step == "redo" and future:
                events, expected = future.pop()
                again = undo.take_back(session, events)
                assert (state(session), decided(session)) == expected
                past.append((again.events, before))
    finally:
        session.vault.close(backup=False)
