"""How the answers of one assessment stand in a projection row: one cell per indicator of the scale, in its order.

A cell is as wide as the scale's maximum has digits (BIP 1, Hamilton 2). It holds the step with leading zeros, or one
mark repeated over the width: `.` not rated, `-` declined, space not asked. So a cell's first character tells its kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from progression.scales.model import DECLINED, NOT_RATED, Answer, Scale

NOT_RATED_MARK, DECLINED_MARK, NOT_ASKED_MARK = ".", "-", " "


def width(scale: Scale) -> int:
    """Return how many characters one cell takes."""
    return len(str(scale.maximum))


def encode(scale: Scale, answers: Mapping[str, Answer]) -> str:
    """Write the answers as one string of cells.

    Raises ValueError for a code that the scale does not have or an answer outside it: `casework.checks` comes before.
    """
    wide = width(scale)
    cells = [
        _cell(scale, answers[i.code], wide) if i.code in answers else NOT_ASKED_MARK * wide for i in scale.indicators
    ]
    if len(answers) != sum(i.code in answers for i in scale.indicators):
        raise ValueError("an answer to an indicator that the scale does not have")
    return "".join(cells)


def _cell(scale: Scale, answer: Answer, wide: int) -> str:
    if answer == NOT_RATED:
        return NOT_RATED_MARK * wide
    if answer == DECLINED:
        return DECLINED_MARK * wide
    if isinstance(answer, bool) or not isinstance(answer, int) or not scale.minimum <= answer <= scale.maximum:
        raise ValueError("an answer outside the scale")
    return str(answer).zfill(wide)


def decode(scale: Scale, text: str) -> dict[str, Answer]:
    """Read the cells back: what was asked, in the order of the scale. Raises ValueError for a text of another shape."""
    wide = width(scale)
    if len(text) != wide * len(scale.indicators):
        raise ValueError("cells of another scale")
    answers: dict[str, Answer] = {}
    for place, indicator in enumerate(scale.indicators):
        cell = text[place * wide : (place + 1) * wide]
        if cell[0] == NOT_RATED_MARK:
            answers[indicator.code] = NOT_RATED
        elif cell[0] == DECLINED_MARK:
            answers[indicator.code] = DECLINED
        elif cell[0] != NOT_ASKED_MARK:
            answers[indicator.code] = int(cell)
    return answers
