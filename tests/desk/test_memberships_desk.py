"""A citizen's category with its history: entering, correcting, leaving; what is refused; what undoing leaves."""

from __future__ import annotations

import datetime as dt

import pytest
from desk_cases import TODAY

from progression.casework.values import CategoryMembership, Citizen
from progression.desk import duties, memberships, undo
from progression.errors import KnownError
from progression.store import kinds, queries
from progression.store.access import Act

D = dt.timedelta
WHO = "id-H1"


@pytest.fixture
def session(opened):
    made = opened([Citizen(WHO, "H1", benefit_start=TODAY - D(400)), Citizen("id-H2", "H2", case_closed=TODAY - D(30))])
    from progression.casework import categories

    made.vault.append([kinds.categories(made.vault, categories.source("horsens"))], Act("change"))
    return made


def codes(session):
    return [one.code for one in memberships.choices(session, TODAY)]


def stays(session):
    return [(one.written, one.start, one.end) for one in memberships.history(session, WHO)]


def test_who_enters_a_category_has_left_the_one_before_and_it_is_one_act(session):
    before = stays(session)
    first, second = _two(session)
    memberships.enter(session, WHO, first, TODAY - D(100))
    changes = memberships.enter(session, WHO, second, TODAY - D(10))
    assert stays(session) == [(first, TODAY - D(100), TODAY - D(11)), (second, TODAY - D(10), None)]
    assert changes.citizens == {WHO}
    memberships.leave(session, WHO, TODAY - D(1))
    assert stays(session)[-1] == (second, TODAY - D(10), TODAY - D(1))
    with pytest.raises(KnownError, match=r"membership\.none"):
        memberships.leave(session, WHO, TODAY)
    assert before == []


def test_the_same_day_again_is_a_correction(session):
    first, second = _two(session)
    memberships.enter(session, WHO, first, TODAY)
    memberships.enter(session, WHO, second, TODAY)
    assert stays(session) == [(second, TODAY, None)]


def test_undoing_brings_the_one_before_back(session):
    first, second = _two(session)
    memberships.enter(session, WHO, first, TODAY - D(100))
    changes = memberships.enter(session, WHO, second, TODAY)
    undo.take_back(session, changes.events)
    assert stays(session) == [(first, TODAY - D(100), None)]


def test_what_cannot_be_is_refused_at_its_field_and_nothing_changes(session):
    first, _ = _two(session)
    memberships.enter(session, WHO, first, TODAY - D(100))
    kept = stays(session)
    tries = [
        (("", TODAY), "category", "fault.empty"), (("hest", TODAY), "category", "fault.choice"),
        ((first, TODAY), "category", "fault.category_now"),
        ((first, TODAY + D(9000)), "start", "fault.too_late"),
        ((first, dt.date(1800, 1, 1)), "start", "fault.too_early"),
    ]  # fmt: skip
    for given, key, what in tries:
        with pytest.raises(KnownError, match=r"membership\.invalid") as told:
            memberships.enter(session, WHO, *given)
        assert [(f.key, f.what) for f in told.value.fields["faults"]] == [(key, what)]
    with pytest.raises(KnownError, match=r"case\.closed_then"):
        memberships.enter(session, "id-H2", first, TODAY)
    with pytest.raises(KnownError, match=r"membership\.invalid"):
        memberships.leave(session, WHO, TODAY - D(101))
    assert stays(session) == kept


def test_free_text_of_a_file_stays_readable_and_may_be_left(session):
    session.vault.append([kinds.to_event(CategoryMembership(WHO, "Projekt", TODAY - D(50)))], Act("add"))
    assert [one.category for one in memberships.history(session, WHO)] == [None]
    memberships.enter(session, WHO, _two(session)[0], TODAY)
    assert stays(session)[0] == ("Projekt", TODAY - D(50), TODAY - D(1))
    assert queries.course(session.vault, WHO).categories


def test_what_follows_from_a_category_follows_at_once(opened):
    from progression.casework import categories

    made = opened([Citizen(WHO, "H1", benefit_start=TODAY - D(400))])
    made.vault.append([kinds.categories(made.vault, categories.source("halsnaes"))], Act("change"))
    rhythm = lambda: [r.duty.state for r in duties.citizen(made, WHO) if r.duty.kind == "category_rhythm"]  # noqa: E731
    assert rhythm() == ["not_applicable"]
    memberships.enter(made, WHO, memberships.choices(made, TODAY)[0].code, TODAY)
    assert rhythm() == ["open"]


def _two(session):
    return codes(session)[:2]
