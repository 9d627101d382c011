"""Which counts are withheld where a table or a picture leaves the team: figures that speak of a few citizens."""

from __future__ import annotations

from collections.abc import Sequence

from progression.casework.passive import LEAST


def small(counts: Sequence[int]) -> tuple[bool, ...]:
    """Return which counts of citizens, parts of one whole, are withheld.

    Those under LEAST; and where they are fewer than LEAST together, the smallest of the others too, or they could be
    reckoned from the whole. All of them where the whole is under LEAST. That there is nobody is no secret and stays.
    """
    if 0 < sum(counts) < LEAST:
        return (True,) * len(counts)
    few = [0 < count < LEAST for count in counts]
    while 0 < sum(count for count, one in zip(counts, few, strict=True) if one) < LEAST:
        few[min((count, place) for place, count in enumerate(counts) if count and not few[place])[1]] = True
    return tuple(few)
