"""Searching as Danes type: "soer", "sor" and "sør" find Sørensen; "aage" and "age" find Åge."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ø": "o", "æ": "a", "å": "a", "ß": "s", "ð": "d", "þ": "t", "ł": "l", "đ": "d", "ı": "i"})


def fold(text: str) -> str:
    """The text in a form in which every spelling of a Danish letter is the same."""
    lowered = text.casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    for pair, letter in (("aa", "a"), ("ae", "a"), ("oe", "o")):
        plain = plain.replace(pair, letter)
    return plain


def matches(needle: str, *texts: str) -> bool:
    """True when every word of the needle is found in one of the texts. An empty needle matches everything."""
    where = [fold(text) for text in texts]
    return all(any(word in text for text in where) for word in fold(needle).split())
