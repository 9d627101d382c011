"""What was known on a day does not change when more becomes known: rows, flags and their first dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from analysis_cases import START, assessed, course, look
from hypothesis import given, settings
from hypothesis import strategies as st

from progression.casework.values import Course, Intervention

_visit = st.tuples(
    st.integers(0, 900),
    st.integers(1, 5),
    st.sampled_from(["caseworker", "citizen"]),
    st.sampled_from(["", "anna", "bo"]),
    st.sampled_from(["", "self", "phone"]),
)
_spell = st.tuples(
    st.integers(-40, 850), st.integers(0, 250), st.sampled_from(["mentor", "mentor", "venter", "fritaget"])
)


def _course(visits, spells) -> Course:
    rows = [
        replace(assessed(0, step, rater, assessor=who, mode=mode), date=START + timedelta(days=when))
        for when, step, rater, who, mode in visits
    ]
    plans = [
        Intervention("c", f"i{k}", code, START + timedelta(days=a), end=START + timedelta(days=a + length))
        for k, (a, length, code) in enumerate(spells)
    ]
    return course(rows, plans)


@given(
    st.lists(_visit, min_size=1, max_size=14, unique_by=lambda v: (v[0], v[2])),
    st.lists(_spell, max_size=4),
    st.integers(0, 920),
)
@settings(deadline=None, max_examples=120)
def test_later_facts_change_no_earlier_row_and_no_earlier_flag(visits, spells, until: int) -> None:
    whole = _course(visits, spells)
    day = START + timedelta(days=until)
    then, later = look(whole, as_of=day, rate=20.0), look(whole, as_of=START + timedelta(days=950), rate=20.0)
    assert list(then.rows()) == [r for r in later.rows() if r.day <= day]
    for everything in (False, True):
        known = [_plain(f) for f in then.history(everything=everything)]
        assert known == [_plain(f) for f in later.history(everything=everything) if f.raised_on <= day]


@given(st.lists(_visit, min_size=1, max_size=14), st.lists(_spell, max_size=4))
@settings(deadline=None, max_examples=60)
def test_whatever_comes_every_figure_is_a_number(visits, spells) -> None:
    found = look(_course(visits, spells), as_of=START + timedelta(days=950), rate=20.0)
    for causal in (True, False):
        for row in found.rows(causal):
            assert row.level_sd > 0
            assert row.change_sd >= 0
            assert row.evidence >= 0
            assert 0 <= row.level <= 6
    got = found.trajectory("c")
    assert all(p.sd > 0 for p in got.curve)
    assert {f.id for f in found.history()} <= {f.id for f in found.history(everything=True)}
    assert {f.id for f in found.flags} <= {f.id for f in found.history(everything=True)}


def _plain(flag):
    """A flag without what could only be known later: when its phase ended, and which rows came to make it."""
    return replace(flag, phase=replace(flag.phase, end=None, interventions=()))
