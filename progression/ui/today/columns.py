"""How wide the columns of the caseload are, and which are told in the second line where there is little room."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QFont, QFontMetrics

from progression.ui.theme import Theme

PADDING, PADDING_LAST = 4, 15  # px beside a head, as the style sheet says, whatever the size of the text
# px at 100 %: what a column needs for one line of each, and what it can do with, wrapping
WIDTHS = {"who": 226, "phone": 92, "spark": 180, "standing": 160, "flag": 208, "duty": 150, "assessed": 66}
LEAST = {"who": 207, "phone": 80, "spark": 117, "standing": 146, "flag": 172, "duty": 134, "assessed": 64}
GROW = {"who": 3, "phone": 0, "spark": 2, "standing": 1, "flag": 2, "duty": 1, "assessed": 0}
DROPPED_FIRST = ("assessed", "phone", "spark", "duty", "flag", "standing")
# what gives way, in this order, until the rest has room: to so many px, or (0) into the second line of the first column
GIVING: tuple[tuple[str, int], ...] = (
    *(("assessed", 0), ("phone", 0), ("standing", 136), ("flag", 150), ("who", 190), ("spark", 0)),
    *(("duty", 0), ("flag", 0), ("standing", 0)),
)


def widths(room: int, look: Theme) -> tuple[dict[str, int], frozenset[str]]:
    """Return the width of every column (px) in so much room, and those there is no room for."""
    need = {name: look.px(width) for name, width in LEAST.items()}
    dropped: set[str] = set()
    for name, least in GIVING:
        if sum(width for key, width in need.items() if key not in dropped) <= room:
            break
        need[name] = look.px(least)
        if not least:
            dropped.add(name)
    spare = max(0, room - sum(width for key, width in need.items() if key not in dropped))
    wanted = {key: look.px(WIDTHS[key]) - need[key] for key in need if key not in dropped}
    part = min(1.0, spare / max(1, sum(wanted.values())))
    for key, more in wanted.items():
        need[key] += int(more * part)
        spare -= int(more * part)
    shares = sum(share for key, share in GROW.items() if key not in dropped)
    made = {key: width + spare * GROW[key] // shares for key, width in need.items()}
    return made, frozenset(dropped)


def heads_whole(heads: Mapping[str, str], need: dict[str, int], look: Theme) -> None:
    """Give a column whose head is wider than it the room, from the first: small letters do not shrink all the way.

    `heads`: what stands above each column that is shown; `need` is changed.
    """
    font = QFont(look.font("small"))
    font.setWeight(QFont.Weight.Medium)
    metrics = QFontMetrics(font)
    for name, text in heads.items():
        lacks = metrics.horizontalAdvance(text) + (PADDING_LAST if name == "assessed" else PADDING) - need[name]
        if lacks > 0 and name != "who":
            need[name] += lacks
            need["who"] -= lacks
