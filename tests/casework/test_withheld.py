"""Which counts are withheld: none that is small, none from which a small one could be reckoned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework.passive import LEAST
from progression.casework.withheld import alone, small

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("counts", "also", "hidden"),
    [
        ((20, 9, 0), (), (False, False, False)),
        ((20, 3, 9), (), (False, True, True)),  # 3 could be reckoned from the sum
        ((3, 4, 20), (), (True, True, False)),
        ((2, 1), (), (True, True)),
        ((20, 9, 8), (False, True, False), (False, True, True)),
        ((0, 9), (True, False), (False, False)),  # that there is nobody is no secret
        ((0, 9), (False, True), (False, True)),
    ],
)
def test_examples(counts, also, hidden):
    assert small(counts, also) == hidden


@given(COUNTS, st.data())
def test_nobody_reckons_a_small_one_from_the_sum(counts, data):
    also = data.draw(st.lists(st.booleans(), min_size=len(counts), max_size=len(counts)))
    found = small(counts, also)
    hidden = [count for count, one in zip(counts, found, strict=True) if one]
    assert all(found[n] for n, count in enumerate(counts) if 0 < count < LEAST or (also[n] and count))
    assert 0 < sum(counts) < LEAST or not any(one for count, one in zip(counts, found, strict=True) if not count)
    others = [count for count, one in zip(counts, found, strict=True) if count and not one]
    assert not hidden or not others or (len(hidden) > 1 and sum(hidden) >= LEAST)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (((20, False), (9, False)), False),
        (((20, False), (3, True)), True),
        (((20, False), (9, True)), True),  # one withheld figure, though large: another of its team hangs on it
        (((20, False), (3, True), (1, True)), True),
        (((20, False), (3, True), (9, True)), False),
        (((20, False), (0, True)), False),
    ],
)
def test_everybody_less_those_that_tell(cells, told):
    assert alone(cells) is told
