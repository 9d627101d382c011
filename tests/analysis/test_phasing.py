"""Phases of a cohort at once are those of `casework.timeline`, citizen by citizen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from progression.analysis.cohort import NEVER, Cohort, InterventionColumns
from progression.analysis.phasing import phases
from progression.casework.timeline import ACTIVE, EXEMPT, PASSIVE, WAITING, phases_ordinal
from progression.scales.library import builtin
from progression.scales.model import Scale

BIP: Scale = builtin()["bip"]
AS_OF = 1_200
KINDS = (ACTIVE, ACTIVE, ACTIVE, PASSIVE, WAITING, EXEMPT)

spell = st.tuples(
    st.integers(900, 1_260),
    st.one_of(st.integers(-10, 120), st.none()),  # length less one; None = running
    st.sampled_from(KINDS),
)
# `plain`: nothing but active ones, the road that most people take
person = st.tuples(
    st.integers(950, 1_210),
    st.one_of(st.none(), st.integers(940, 1_300)),
    st.lists(spell, max_size=8),
    st.booleans(),
)


def cohort(people: list) -> Cohort:
    rows = sorted(
        (who, start, NEVER if length is None else start + length, ACTIVE if plain else kind)
        for who, (_, _, spells, plain) in enumerate(people)
        for start, length, kind in spells
    )
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Cohort.from_columns(
        BIP,
        citizens=[str(i) for i in range(len(people))],
        numbers=[str(i) for i in range(len(people))],
        who=[],
        day=[],
        rater=[],
        assessor=[],
        mode=[],
        cells=b"",
        opened=[opened for opened, _, _, _ in people],
        closed=[closed or 0 for _, closed, _, _ in people],
        interventions=InterventionColumns(*columns),
    )


@given(st.lists(person, min_size=1, max_size=6), st.sampled_from([0, 1, 14, 40]))
def test_everybody_at_once_is_everybody_in_turn(people: list, bridge: int) -> None:
    made = cohort(people)
    got = phases(made, AS_OF, bridge)
    expected = []
    for who, (opened, _, _, _) in enumerate(people):
        closed = int(made.closed[who])
        last, running = min(closed, AS_OF), closed > AS_OF
        if opened > last:
            continue
        mine = made.interventions.who == who
        table = made.interventions
        rows = list(zip(table.start[mine].tolist(), table.end[mine].tolist(), table.kind[mine].tolist(), strict=True))
        for state, start, end in phases_ordinal(rows, opened, last, bridge, running):
            expected.append((who, start, NEVER if running and end == last else end, state))
    columns = (got.who.tolist(), got.start.tolist(), got.end.tolist(), got.state.tolist())
    assert list(zip(*columns, strict=True)) == expected
    assert (np.diff(got.key) > 0).all()


def test_nobody_has_no_phases() -> None:
    assert len(phases(cohort([(1_300, None, [], True)]), AS_OF).who) == 0
