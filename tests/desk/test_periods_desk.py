"""Combinations, passive periods, shares and waiting asked of a vault, and what the page of interventions holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import PEOPLE, TODAY, course, months_before

from progression.casework import combination, passive, timeline
from progression.casework.values import Assignment, Citizen, Intervention, Offer, Provider
from progression.desk import categories, flags, interventions, interventions_page, offers, periods
from progression.desk import types as catalogue
from progression.errors import KnownError
from progression.store import queries

DAY = dt.timedelta(days=1)


def row(citizen, key, kind, start, end=None, **more):
    return Intervention(citizen, key, kind, start, end=end, **more)


def caseload():
    """Six citizens of one caseworker: job and social, only social, waiting (with a median), exempt, nothing, closed."""
    values = [*PEOPLE]
    for n in range(1, 8):
        who = f"c{n}"
        closed = months_before(2) if n == 7 else None
        values.append(Citizen(who, f"N{n}", f"Borger {n}", benefit_start=months_before(20), case_closed=closed))
        values.append(Assignment(who, "kk" if n != 6 else "bb", months_before(20)))
    values += [
        row("c1", "a", "mentor", months_before(10), title="Mentor", provider="Mentorkorpset", offer="o1"),
        row("c1", "b", "virksomhedspraktik", months_before(3), planned_end=TODAY + 20 * DAY, provider="Genbrug"),
        row("c1", "old", "virksomhedspraktik", months_before(9), months_before(8)),
        row("c2", "a", "mentor", months_before(5), planned_end=TODAY + 10 * DAY, provider="mentorkorpset"),
        row("c3", "a", "venter", months_before(4), waiting_for="Mentor", expected_start=TODAY - 5 * DAY),
        row("c3", "b", "bostoette", months_before(9)),
        row("c4", "a", "fritaget", months_before(2), exempt_from="both", review_date=TODAY + 9 * DAY),
        row("c6", "later", "ips", TODAY + 12 * DAY),
        row("c7", "a", "mentor", months_before(9)),
        Offer("o1", "Mentor", "mentor", "p1", 1.0),
        Provider("p1", "Mentorkorpset", "Ole Brink"),
    ]
    for n in range(5):
        who = f"w{n}"
        values.append(Citizen(who, f"W{n}", benefit_start=months_before(12)))
        values.append(row(who, "v", "venter", months_before(6), months_before(6 - n / 2), waiting_for=" mentor"))
    return values


@pytest.fixture
def held(opened):
    return opened(caseload())


def test_the_combination_in_force_of_everybody_and_of_one_kind(held):
    found = {one.citizen: (one.run.key, one.run.state) for one in periods.combinations(held)}
    assert found["c1"] == ("job+social", "active")
    assert found["c2"] == ("social", "active")
    assert [found[who] for who in ("c3", "c4", "c5")] == [("none", "waiting"), ("none", "exempt"), ("none", "passive")]
    assert "c7" not in found  # closed
    assert [one.citizen for one in periods.combinations(held, "job+social")] == ["c1"]


def test_periods_and_shares_agree_with_each_citizen_s_own(held):
    courses = queries.courses(held.vault)
    types = interventions.types(held)
    found = periods.passive_periods(held)
    assert found == [one for c in courses.values() for one in passive.course_periods(c, types, TODAY)]
    months = periods.passive_share(held, 5)
    assert [m.month for m in months][-1] == TODAY.replace(day=1)
    for month in months:
        days = without = 0
        for c in courses.values():
            for phase in timeline.course_phases(c, types, TODAY):
                last = min(phase.end or TODAY, month.last_day)
                n = max(0, (last - max(phase.start, month.month)).days + 1)
                days, without = days + n, without + (n if phase.state != "active" else 0)
        assert (month.days, month.passive + month.waiting + month.exempt) == (days, without)


def test_who_has_been_without_for_so_many_months(held):
    assert {"c3", "c4", "c5", "c6"} <= {one.citizen for one in periods.without(held, 12)}
    since = [one.since for one in periods.without(held, 3)]
    assert since == sorted(since)
    assert "c1" not in {one.citizen for one in periods.without(held, 1)}
    assert all(one.months >= 12 for one in periods.without(held, 12))


def test_waiting_is_held_against_others_only(held):
    (queue,) = periods.waiting_times(held)
    assert (queue.waiting, queue.waited, queue.longest) == (1, 5, None)
    assert queue.median_waited is not None
    (one,) = periods.queued(held)
    assert (one.wait.citizen, one.wait.late, one.others.citizens) == ("c3", 5, 5)
    assert one.others.median_days == queue.median_waited


def test_everything_about_one_citizen_is_logged_once(held):
    before = len(queries.access_log(held.vault, "c1"))
    found = periods.entries(held, "c1")
    assert len(queries.access_log(held.vault, "c1")) == before + 1
    assert [e.start for e in found] == sorted(e.start for e in found)
    assert {e.what for e in found} >= {"phase", "combination", "passive", "intervention"}
    assert [e.kind for e in found if e.what == "combination"][-1] == "job+social"


# the page


def test_the_page_of_the_whole_team(held):
    page = interventions_page.page(held, mine=False)
    running = {(r.intervention.citizen, r.intervention.id): r for r in page.running}
    assert set(running) == {("c1", "a"), ("c1", "b"), ("c2", "a"), ("c3", "b"), ("c6", "later")}
    assert running["c1", "b"].earlier == 1
    assert running["c1", "b"].beside == 1
    assert not running["c6", "later"].begun
    assert [(r.wait.citizen, [m.id for m in r.meanwhile]) for r in page.waiting] == [("c3", ["b"])]
    assert [r.intervention.citizen for r in page.exempt] == ["c4"]
    assert [(r.citizen, r.last) for r in page.ahead] == [("c2", TODAY + 10 * DAY)]
    assert queries.access_log(held.vault)[0].act == "view"


def test_nobody_is_analysed_again_until_something_is_new(held, monkeypatch):
    asked = []
    current = flags.current
    monkeypatch.setattr(flags, "current", lambda session: asked.append(session.today()) or current(session))
    first = interventions_page.page(held, mine=False)
    assert interventions_page.page(held, mine=False) == first
    assert len(asked) == 1
    interventions.add(held, row("c5", "new", "mentor", TODAY))
    assert ("c5", "new") in {
        (r.intervention.citizen, r.intervention.id) for r in interventions_page.page(held, mine=False).running
    }
    assert len(asked) == 2
    interventions_page.page(replace(held, day=TODAY - DAY), mine=False)  # looking back is another question
    assert asked[2:] == [TODAY - DAY]


def test_places_and_providers(held):
    (places,) = offers.offers(held)
    assert (places.taken, places.free, places.over, places.waiting, places.open) == (1, 0, 0, 1, True)
    lines = {line.provider.name: line for line in offers.providers(held)}
    assert (lines["Mentorkorpset"].running, lines["Mentorkorpset"].citizens, lines["Mentorkorpset"].ending) == (2, 2, 1)
    assert lines["Mentorkorpset"].offers == 1
    assert lines["Genbrug"].provider.id == ""


# bad input


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (row("c5", "", "mentor", TODAY, TODAY - DAY), "fault.before"),
        (row("c5", "", "mentor", TODAY.replace(year=2046)), "fault.too_late"),
        (row("c1", "", "mentor", TODAY, title="Mentor", provider="Mentorkorpset"), "fault.overlaps_itself"),
        (row("c7", "", "mentor", TODAY), "fault.case_closed"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(held, made, what):
    before = len(interventions.listing(held))
    with pytest.raises(KnownError) as caught:
        interventions.add(held, made)
    assert what in [fault.what for fault in caught.value.fields["faults"]]
    assert len(interventions.listing(held)) == before


def test_the_new_fields_are_kept(held):
    made = row(
        "c5",
        "",
        "loentilskud",
        TODAY,
        contact="Pia",
        sector="private",
        ordinary_hours=3.0,
        external="Aktør A",
        offer="o1",
    )
    interventions.add(held, made)
    (saved,) = interventions.listing(held, "c5")
    assert replace(saved, id="", event="") == made


def test_nothing_in_use_is_deleted(held):
    (offer,), (provider,) = queries.offers(held.vault), queries.providers(held.vault)
    for attempt, code in (
        (lambda: offers.remove_offer(held, offer), "offer.in_use"),
        (lambda: offers.remove_provider(held, provider), "provider.in_use"),
        (lambda: catalogue.remove(held, "mentor"), "type.in_use"),
        (lambda: catalogue.remove(held, "findes_ikke"), "type.unknown"),
        (lambda: categories.remove(held, "findes_ikke"), "category.unknown"),
    ):
        with pytest.raises(KnownError) as caught:
            attempt()
        assert caught.value.code == code
    assert queries.offers(held.vault) == (offer,)


def test_what_nothing_stands_on_is_deleted(held):
    from progression.casework.values import CategoryMembership
    from progression.store import kinds
    from progression.store.access import Act

    offers.save_offer(held, Offer("", "Nyt hold", "mestring", places=4.0))
    new = next(one for one in queries.offers(held.vault) if one.name == "Nyt hold")
    offers.remove_offer(held, new)
    catalogue.remove(held, "nytteindsats")
    assert "nytteindsats" not in interventions.types(held)
    categories.install_shipped(held, "halsnaes")
    categories.remove(held, "rehabiliteringsteam")
    assert categories.in_force(held).codes == ("taet_paa_jobparat", "behov_for_stoette")
    held.vault.append([kinds.to_event(CategoryMembership("c1", "behov_for_stoette", TODAY))], Act("add"))
    with pytest.raises(KnownError) as caught:
        categories.remove(held, "behov_for_stoette")
    assert caught.value.fields["uses"] == "1 borger"


@pytest.mark.parametrize("offer", [Offer("", ""), Offer("", "x", "findes_ikke"), Offer("", "x", places=-1.0)])
def test_an_impossible_offer_is_refused(held, offer):
    with pytest.raises(KnownError, match=r"offer.invalid"):
        offers.save_offer(held, offer)
    with pytest.raises(KnownError, match=r"provider.invalid"):
        offers.save_provider(held, Provider(""))


def test_the_runs_of_a_demo_citizen_fill_the_span(opened):
    held = opened(course("H1", [3.0, 3.1], active=(12, 6)))
    types = interventions.types(held)
    (only,) = queries.courses(held.vault).values()
    runs = combination.course_runs(only, types, TODAY)
    assert runs[0].start == only.citizen.benefit_start
    assert runs[-1].end is None
