"""Text in a painted row: how it breaks into lines in the room it has, and how high that is.

A label does this by itself; what is painted is measured first, since the row has to be as high as its longest cell.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from progression.ui import theme

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
WRAP_RIGHT = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
_BREAK = "\u200b"  # a place where a line may break
_TOGETHER = "\u2060"  # a place where it may not
_FIXED = "\u00a0"
_NUMBER = re.compile(r"(^|\W)\d+\.?$")
_ENDLESS = 100_000  # px


def laid(text: str, kind: str, room: int) -> tuple[str, int]:
    """Return the text as it is painted with WRAP in `room` px, and the height it takes there; 0 for no text.

    A word wider than the room breaks anywhere; a number and what it counts ("12 t./uge", "4. dec.") stay together.
    """
    if not text:
        return "", 0
    look = theme.current()
    metrics = QFontMetrics(look.font(kind))
    if "\n" not in text and metrics.horizontalAdvance(text) <= room:
        return text, max(look.line(kind), metrics.height())
    told = "\n".join(_line(line, metrics, room) for line in text.split("\n"))
    return told, max(look.line(kind), metrics.boundingRect(QRect(0, 0, room, _ENDLESS), WRAP, told).height())


def _line(line: str, metrics: QFontMetrics, room: int) -> str:
    words: list[str] = []
    for word in line.split(" "):
        joined = f"{words[-1]}{_FIXED}{word}" if words and _NUMBER.search(words[-1]) else ""
        if joined and metrics.horizontalAdvance(joined) <= room:
            words[-1] = joined
        else:
            words.append(word)
    return " ".join(_word(word, metrics, room) for word in words)


def _word(word: str, metrics: QFontMetrics, room: int) -> str:
    if metrics.horizontalAdvance(word) > room:
        return _BREAK.join(word)
    return word.replace("/", f"/{_TOGETHER}")
