"""Letters beyond the shipped Latin, Greek and Cyrillic: Arabic ones are shipped, the rest are the system's.

Loaded when the citizen's side is opened, since few need them and the window should not wait for them.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontDatabase, QTextLayout

from progression.resources import asset
from progression.ui import theme

ARABIC = "IBM Plex Sans Arabic"


def load() -> None:
    """Make the shipped Arabic letters known to Qt, as what stands in where IBM Plex Sans has none."""
    if ARABIC in QFontDatabase.families():
        return
    for weight in ("Regular", "SemiBold"):
        QFontDatabase.addApplicationFont(str(asset("fonts", f"IBMPlexSansArabic-{weight}.ttf")))
    QFont.insertSubstitution(theme.FAMILY, ARABIC)


def missing(texts: Iterable[str]) -> frozenset[str]:
    """Return the letters of the texts that no font on this computer has and that would stand as empty boxes."""
    letters = sorted({letter for text in texts for letter in text if not letter.isspace()})
    font = theme.current().font()
    return frozenset(letter for letter in letters if _is_box(letter, font))


def _is_box(letter: str, font: QFont) -> bool:
    layout = QTextLayout(letter, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return any(glyph == 0 for run in layout.glyphRuns() for glyph in run.glyphIndexes())
