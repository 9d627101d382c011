"""Searching as Danes type: "soer", "sor" and "sør" find Sørensen; "aage" and "age" find Åge."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ø": "o", "æ": "a", "å": "a", "ß": "s", "ð": "d", "þ": "t", "ł": "l", "đ": "d", "ı": "i"})


def fold(text: str) -> str:
    """The text in a form in which every spelling of a Danish letter is the same.

    A line stays a line, so that many texts can be folded in one go.
    """
    lowered = text.casefold()
    if not lowered.isascii():  # most of what is folded at a keystroke is
        decomposed = unicodedata.normalize("NFKD", lowered.translate(_LETTERS)).translate(_LETTERS)
        marks = {ord(c): None for c in set(decomposed) if not c.isascii() and unicodedata.combining(c)}
        lowered = decomposed.translate(marks) if marks else decomposed
    for pair, letter in (("aa", "a"), ("ae", "a"), ("oe", "o")):
        lowered = lowered.replace(pair, letter)
    return lowered


def matches(needle: str, *texts: str) -> bool:
    """True when every word of the needle is found in one of the texts. An empty needle matches everything."""
    where = [fold(text) for text in texts]
    return all(any(word in text for text in where) for word in fold(needle).split())
