"""Which counts are withheld where a table or a picture leaves the team: figures that speak of a few citizens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from progression.casework.passive import LEAST


def small(counts: Sequence[int], also: Sequence[bool] = ()) -> tuple[bool, ...]:
    """Return which counts of citizens, parts of one whole, are withheld.

    Those under LEAST; and where they are fewer than LEAST together, the smallest of the others too, or they could be
    reckoned from the whole. All of them where the whole is under LEAST. That there is nobody is no secret and stays.
    `also`: those withheld for another reason (`alone`): never one of them by itself.
    """
    if 0 < sum(counts) < LEAST:
        return (True,) * len(counts)
    forced = tuple(also) or (False,) * len(counts)
    few = [0 < count < LEAST or (one and count > 0) for count, one in zip(counts, forced, strict=True)]
    while True:
        hidden = [count for count, one in zip(counts, few, strict=True) if one]
        left = [(count, place) for place, count in enumerate(counts) if count and not few[place]]
        if not hidden or not left or (sum(hidden) >= LEAST and len(hidden) > 1):
            return tuple(few)
        few[min(left)[1]] = True


def alone(cells: Iterable[tuple[int, bool]]) -> bool:
    """Say whether one figure of everybody would tell what a part of everybody withholds, so that it is withheld too.

    `cells`: the same figure of each part: how many citizens, and whether it is withheld there. Less those that are told
    the figure of everybody leaves what is withheld: none, one part's figure, or several parts' together. It must not
    leave one part's, nor fewer than LEAST citizens.
    """
    hidden = [count for count, one in cells if one and count]
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) < LEAST)
