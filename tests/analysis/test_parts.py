"""A cohort computed in parts says what it says at once, to the last bit: whoever is computed beside whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from progression.analysis import analyse as entry
from progression.analysis.analyse import Analysis, analyse
from progression.analysis.cohort import AssignmentColumns, Cohort
from progression.analysis.estimates import prior_estimates
from progression.analysis.part import part_of, parts_of
from progression.analysis.settings import Settings
from progression.analysis.simulate import Simulated, simulate
from progression.analysis.worlds import worlds
from progression.casework.values import Decision
from progression.scales.library import builtin

BIP = builtin()["bip"]
PEOPLE = 60


@pytest.fixture(scope="module", params=["careless raters", "late ends"])
def simulated(request) -> Simulated:
    """Short phases, so that several begin between two rounds."""
    known = worlds(BIP)
    world = known.get(request.param, known["base"])
    return simulate(BIP, replace(world, phase_days=60.0, years=2.0, unanswered=0.1), PEOPLE, 5)


@pytest.fixture(scope="module")
def cohort(simulated) -> Cohort:
    """With somebody responsible, and named interventions."""
    whole, rows = simulated.cohort, simulated.cohort.interventions
    everybody = np.arange(PEOPLE)
    staff = AssignmentColumns(everybody, whole.opened, np.full(PEOPLE, 4_000_000), everybody % 7)
    ids = tuple(f"i{k}" for k in range(len(rows.who)))
    return replace(whole, interventions=replace(rows, ids=ids), assignments=staff)


def analysed(cohort: Cohort, simulated: Simulated, method: str) -> Analysis:
    as_of = dt.date.fromordinal(simulated.as_of)
    plain = analyse(cohort, prior_estimates(BIP, 20.0), as_of, settings=Settings(method=method))
    shown = plain.history()
    assert len(shown) > 10
    decided = [
        Decision(f.citizen, f.raised_on, f"flag:{f.id}", "adjust", follow_up=as_of + dt.timedelta(k - 3), event=str(k))
        for k, f in enumerate(shown[::3])
    ]
    return replace(plain, decisions=tuple(decided), recorded=shown[1::3])


@pytest.mark.parametrize("method", ["trajectory", "rules"])
@pytest.mark.parametrize("size", [1, 7, PEOPLE - 1])
def test_parts_of_any_size_give_the_same_bits(monkeypatch, simulated, cohort, method, size):
    whole = analysed(cohort, simulated, method)
    expected = (whole.flags, whole.history(everything=True), list(whole.rows()), list(whole.rows(rater="citizen")))
    monkeypatch.setattr(entry, "PART", size)
    parted = analysed(cohort, simulated, method)
    got = (parted.flags, parted.history(everything=True), list(parted.rows()), list(parted.rows(rater="citizen")))
    assert got == expected
    assert len({f.status for f in got[0]}) >= 3


@pytest.mark.parametrize("size", [1, 7, PEOPLE, PEOPLE + 5])
@pytest.mark.parametrize("shuffled", [False, True])
def test_parts_hold_what_their_citizens_have(cohort, size, shuffled):
    if shuffled:
        rows = np.random.default_rng(1).permutation(len(cohort.who))
        columns = {name: getattr(cohort, name)[rows] for name in ("who", "day", "rater", "assessor", "mode", "scores")}
        cohort = replace(cohort, **columns)
    parts = list(parts_of(cohort, size))
    assert [name for part in parts for name in part.citizens] == list(cohort.citizens)
    for part in parts:
        first = cohort.index[part.citizens[0]]
        wanted = part_of(cohort, np.arange(first, first + len(part.citizens)))
        for name in ("numbers", "index"):
            assert getattr(part, name) == getattr(wanted, name)
        for name in ("opened", "closed", "who", "day", "rater", "assessor", "mode", "scores"):
            np.testing.assert_array_equal(getattr(part, name), getattr(wanted, name))
        for name in ("who", "day", "held"):
            np.testing.assert_array_equal(getattr(part.holds, name), getattr(wanted.holds, name))
        for name in ("who", "start", "end", "kind"):
            got, own = getattr(part.interventions, name), getattr(wanted.interventions, name)
            np.testing.assert_array_equal(got, own)
        assert tuple(part.interventions.ids) == tuple(wanted.interventions.ids)
        np.testing.assert_array_equal(part.assignments.person, wanted.assignments.person)


def test_one_of_many_has_the_curve_they_have_alone(monkeypatch, simulated, cohort):
    whole = analysed(cohort, simulated, "trajectory")
    alone = replace(whole, cohort=part_of(cohort, np.array([3])))
    monkeypatch.setattr(entry, "CASELOAD", 10)
    who = cohort.citizens[3]
    assert whole.trajectory(who) == alone.trajectory(who)
    with pytest.raises(KeyError):
        whole.trajectory("nobody")
