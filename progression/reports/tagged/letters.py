"""Texts made safe for a font: a letter the font lacks becomes a visible sign, and somebody is told."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics

REPLACEMENT = "�"
_missing: ContextVar[set[str] | None] = ContextVar("missing", default=None)


@contextmanager
def missing() -> Iterator[set[str]]:
    """Collect the letters that are replaced inside; whoever collects round it gets them too."""
    found: set[str] = set()
    around = _missing.get()
    token = _missing.set(found)
    try:
        yield found
    finally:
        _missing.reset(token)
        if around is not None:
            around |= found


@lru_cache(maxsize=16)
def _printable(font: str) -> frozenset[str]:
    """The letters of a font that are drawn as they are."""
    return frozenset(chr(n) for n in pdfmetrics.getFont(font).face.charToGlyph if chr(n).isprintable())


def drawable(text: str, font: str) -> str:
    """Return a text as a registered TrueType font can draw it: composed letters, no control characters, a letter the
    font lacks replaced by `REPLACEMENT`, by a question mark where it lacks that too."""
    text = unicodedata.normalize("NFC", text)
    if _printable(font).issuperset(text):
        return text
    letters = pdfmetrics.getFont(font).face.charToGlyph
    sign = REPLACEMENT if ord(REPLACEMENT) in letters else "?"
    drawn = []
    for letter in text:
        if ord(letter) in letters and letter.isprintable():
            drawn.append(letter)
            continue
        kind = unicodedata.category(letter)
        if letter in "\n\t":
            drawn.append(" ")
        elif kind in ("Cc", "Cf"):
            continue
        elif ord(letter) in letters:
            drawn.append(letter)
        else:
            drawn.append(sign)
            if (found := _missing.get()) is not None:
                found.add(letter)
    return "".join(drawn)
