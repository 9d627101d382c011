"""The one family every report is set in, embedded; and texts made safe for it.

A letter the family lacks is printed as a visible replacement sign, so that a reader sees that something stood there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from progression.reports import tagged
from progression.reports.tagged.letters import REPLACEMENT
from progression.resources import asset

REGULAR = "IBMPlexSans-Regular"
MEDIUM = "IBMPlexSans-Medium"
BOLD = "IBMPlexSans-SemiBold"
_TIGHT = re.compile(
    r"(?<=\d\.) (?=[a-zæøå]{3})|(?<=\d) (?=%|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    r"|(?<=\d) (?=t\./uge|h/week)|(?<=\bca\.) (?=\d)|(?<=\bkl\.) (?=\d)|(?<=\bat) (?=\d\d:)"
)


@lru_cache(maxsize=1)
def register() -> None:
    """Make the family known to reportlab, once per process; <b> in a paragraph is the semi-bold.

    Raises FileNotFoundError when the installation lacks its fonts.
    """
    for name in (REGULAR, MEDIUM, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(asset("fonts", f"{name}.ttf"))))
    for name in (REGULAR, MEDIUM):
        pdfmetrics.registerFontFamily(name, normal=name, bold=BOLD, italic=name, boldItalic=BOLD)


def plain(text: str) -> str:
    """Return the text as it can be drawn: composed letters, no control characters, missing letters replaced."""
    if text.isascii() and text.isprintable():  # the family has all of these
        return text
    register()
    return tagged.drawable(text, REGULAR)


def spoken(text: str) -> str:
    """Return the text to read aloud where the drawn one lacks letters, "" where it has them all."""
    return unicodedata.normalize("NFC", text) if REPLACEMENT in plain(text) and REPLACEMENT not in text else ""


def markup(text: str) -> str:
    """Return the text for a paragraph: drawable, <, > and & escaped, no line break within a date or a time."""
    return escape(_TIGHT.sub("\u00a0", plain(text)))


def width(text: str, font: str, size: float) -> float:
    """Return the width of a drawable text in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))
