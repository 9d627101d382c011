"""How easy a text is to read: LIX (Björnsson, C. H. 1968: Läsbarhet. Stockholm: Liber).

Words per sentence plus the share of long words (more than six letters) in percent. Below 25 is very easy, below 35
easy, 45 like a newspaper, above 55 like a law. It counts; whether a text is clear is for a reader to say.
"""

from __future__ import annotations

import re

LONG = 6  # letters; a long word has more
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?:…]+(?=\s|$)|\n+")


def figure(words: int, sentences: int, long_words: int) -> float:
    """Return LIX from its three counts. ValueError without a word or a sentence."""
    if words < 1 or sentences < 1:
        raise ValueError("LIX needs a word and a sentence")
    return words / sentences + 100 * long_words / words


def lix(text: str) -> float:
    """Return the LIX of a text, 0 where it has no words.

    A sentence ends in `.`, `!`, `?`, `…`, `:` or with its line; a word is letters alone, with a hyphen or an apostrophe
    within it, so figures are not counted.
    """
    words = [len(re.sub(r"[-’']", "", word)) for word in _WORD.findall(text)]
    sentences = sum(1 for part in _ENDS.split(text) if _WORD.search(part))
    return figure(len(words), sentences, sum(letters > LONG for letters in words)) if words else 0.0
