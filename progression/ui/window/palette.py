"""Finding commands as people type: any word of the command or of its other names, with a slip of the finger.

Each word typed must be found: as the beginning of a word, inside one, or nearly so (one slip from four letters on, two
from seven). Hits come by how well the worst word was found, then in the order of the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from progression.ui.commands import Command
from progression.words.folding import fold

WHOLE, BEGINS, ALSO, HOLDS, NEARLY = range(5)  # how well a word was found, best first
_MISSED = 99
SLIP, TWO_SLIPS = 4, 7  # letters from which one, and two, may be wrong


class Sayer(Protocol):
    """Says a command: (what it is called now, other words for it)."""

    def __call__(self, command: Command) -> tuple[str, str]: ...


def find(text: str, commands: Iterable[Command], say: Sayer) -> list[tuple[Command, int]]:
    """Return the commands that have every word of the text, best first, with how well (WHOLE ... NEARLY)."""
    typed = tuple(fold(text).split())
    if not typed:
        return []
    found = []
    for place, command in enumerate(commands):
        title, also = say(command)
        how = rank(typed, fold(title), fold(also))
        if how < _MISSED:
            found.append((how, place, command))
    return [(command, how) for how, _place, command in sorted(found, key=lambda one: one[:2])]


def rank(typed: Sequence[str], title: str, also: str) -> int:
    """How well folded words are found in a folded title and its folded other words; the worst of them counts."""
    if title == " ".join(typed):
        return WHOLE
    own, other = _split(title), _split(also)
    return max(_word(one, own, other) for one in typed)


def _split(text: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isalnum() else " " for c in text).split())


def _word(word: str, own: Sequence[str], other: Sequence[str]) -> int:
    if own[:1] and own[0].startswith(word):
        return BEGINS
    if any(one.startswith(word) for one in own):
        return BEGINS if len(word) > 2 else HOLDS  # two letters begin an "and" too
    if len(word) > 2 and any(one.startswith(word) for one in other):
        return ALSO
    if len(word) > 2 and any(word in one for one in (*own, *other)):
        return HOLDS
    slips = 0 if len(word) < SLIP or not word.isalpha() else 1 if len(word) < TWO_SLIPS else 2
    if slips and any(near(word, one, slips) for one in (*own, *other)):
        return NEARLY
    return _MISSED


@lru_cache(maxsize=8192)
def near(word: str, whole: str, slips: int) -> bool:
    """True when the word, or what has been typed of it, is at most so many slips from `whole` or from its beginning.

    A slip is a letter too many, too few, another one, or two that changed places; the first of them or the second must
    be right, since hardly anybody misses both.
    """
    if word[:1] != whole[:1] and word[1:2] != whole[1:2] and word[:1] != whole[1:2]:
        return False
    before: list[int] = []
    now = list(range(len(whole) + 1))
    for i, letter in enumerate(word, 1):
        older, before, now = before, now, [i]
        for j, other in enumerate(whole, 1):
            cost = min(before[j] + 1, now[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == whole[j - 2] and word[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            now.append(cost)
    # what is typed may be the beginning of the word: as long as what was typed, a letter more or less
    return min(now[max(1, len(word) - slips) :], default=now[-1]) <= slips
