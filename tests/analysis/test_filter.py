"""The filter and the smoother against plain conditioning of one big Gaussian vector."""

from __future__ import annotations

import numpy as np
import pytest
from dense_reference import Dense

from progression.analysis import filter as trajectory_filter
from progression.analysis.filter import Start
from progression.analysis.moves import known_phases, moves
from progression.analysis.phasing import PhaseColumns, keys
from progression.analysis.smoother import smooth
from progression.analysis.steps import Steps

START = Start(3.0, 0.6, 0.25, 0.1, 0.08, 0.06)
BIRTH = 738_000


def _person(rng: np.random.Generator, visits: int, phases: int) -> dict:
    days = BIRTH + 20 + np.sort(rng.choice(900, visits, replace=False))
    inner = np.sort(rng.choice(np.arange(1, 950), phases - 1, replace=False))
    starts = [BIRTH, *(BIRTH + inner).tolist()]
    value = 3 + 0.7 * rng.normal(size=(visits, 2))
    noise = 0.03 + 0.1 * rng.random((visits, 2))
    absent = rng.random((visits, 2)) < 0.25
    absent[absent.all(axis=1)] = False
    redraw = rng.random((visits, 2)) < 0.2
    return {
        "days": days,
        "starts": starts,
        "value": value,
        "noise": noise,
        "absent": absent,
        "redraw": redraw,
    }


def _columns(people: list[dict]) -> tuple[Steps, PhaseColumns]:
    who = np.repeat(np.arange(len(people)), [len(p["days"]) for p in people])
    noise = np.concatenate([np.where(p["absent"], np.inf, p["noise"]) for p in people])
    value = np.concatenate([np.where(p["absent"], 0.0, p["value"]) for p in people])
    bounds = np.searchsorted(who, np.arange(len(people) + 1))
    step = Steps(
        who,
        np.concatenate([p["days"] for p in people]),
        value,
        noise,
        np.concatenate([p["redraw"] for p in people]),
        bounds,
        np.ones(len(who), dtype=bool),
        np.zeros(len(who), dtype=np.int64),
    )
    owner = np.repeat(np.arange(len(people)), [len(p["starts"]) for p in people])
    begin = np.concatenate([p["starts"] for p in people])
    end = np.append(begin[1:] - 1, 4_000_000)
    end[np.append(owner[1:] != owner[:-1], True)] = 4_000_000
    # states alternate passive, waiting: nothing active, so that nothing is judged late
    state = np.where(np.arange(len(begin)) % 2, 1, 2)
    return step, PhaseColumns(owner, begin, end, state, keys(owner, begin))


def _dense(person: dict) -> Dense:
    observed = []
    for rater in (0, 1):
        regime = 0
        for k, day in enumerate(person["days"].tolist()):
            regime += bool(person["redraw"][k, rater]) and k > 0
            if not person["absent"][k, rater]:
                observed.append((day, rater, regime, person["value"][k, rater], person["noise"][k, rater]))
    return Dense(START, person["starts"], observed)


@pytest.fixture(scope="module")
def people() -> list[dict]:
    rng = np.random.default_rng(7)
    return [_person(rng, visits, phases) for visits, phases in ((6, 3), (1, 1), (9, 5), (4, 4), (12, 1), (2, 6))]


def test_the_filter_is_conditioning_on_the_answers_so_far(people) -> None:
    step, phases = _columns(people)
    got = trajectory_filter.run(step, moves(step, phases), START)
    for i, person in enumerate(people):
        dense = _dense(person)
        for k, day in enumerate(person["days"].tolist()):
            phase = max(s for s in person["starts"] if s <= day)
            want = dense.at(day, phase, until=day)
            at = step.bounds[i] + k
            found = (got.level[at], got.level_var[at], got.change[at], got.change_var[at])
            np.testing.assert_allclose(found, want, atol=1e-9)


def test_the_smoother_is_conditioning_on_all_answers(people) -> None:
    step, phases = _columns(people)
    move = moves(step, phases)
    got = smooth(step, move, trajectory_filter.run(step, move, START, keep=True))
    for i, person in enumerate(people):
        dense = _dense(person)
        for k, day in enumerate(person["days"].tolist()):
            phase = max(s for s in person["starts"] if s <= day)
            want = dense.at(day, phase, until=10**8)
            at = step.bounds[i] + k
            found = (got.level[at], got.level_var[at], got.change[at], got.change_var[at])
            np.testing.assert_allclose(found, want, atol=1e-9)


def test_smoothing_needs_a_trace(people) -> None:
    step, phases = _columns(people)
    move = moves(step, phases)
    with pytest.raises(ValueError, match="trace"):
        smooth(step, move, trajectory_filter.run(step, move, START))


def test_a_phase_nobody_knew_of_is_left_out_of_that_days_look(people) -> None:
    """Within 14 days of an end the look goes by the old phase; the next look knows the new one began earlier."""
    rng = np.random.default_rng(3)
    person = _person(rng, 7, 1)
    person["days"] = BIRTH + np.array([30, 120, 210, 300, 306, 400, 490])
    person["starts"] = [BIRTH, BIRTH + 298]  # the active phase ended on day 297
    person["absent"][:] = False
    step, phases = _columns([person])
    phases = PhaseColumns(phases.who, phases.start, np.array([BIRTH + 297, 4_000_000]), np.array([0, 1]), phases.key)
    known = known_phases(step.who, step.day, phases)
    assert known.late.tolist() == [False, False, False, True, True, False, False]
    assert known.phase.tolist() == [0, 0, 0, 0, 0, 1, 1]
    move = moves(step, phases)
    got = trajectory_filter.run(step, move, START, late=known.late, late_move=moves(step, phases, known.phase))
    later = _dense(person)
    then = _dense({**person, "starts": [BIRTH]})
    for k, day in enumerate(person["days"].tolist()):
        dense, phase = (then, BIRTH) if k < 5 else (later, BIRTH + 298)
        want = dense.at(day, phase, until=day)
        found = (got.level[k], got.level_var[k], got.change[k], got.change_var[k])
        np.testing.assert_allclose(found, want, atol=1e-9)
