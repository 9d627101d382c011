"""How hard a passphrase is to guess, in plain words. A rough guide, on the careful side."""

from __future__ import annotations

import math

from progression.words import Words

FEWEST = 12  # characters; below this nothing else helps


def bits(passphrase: str) -> float:
    """A careful estimate of the guesses it takes, as a power of two.

    Words count 11 bits each (one of about 2,000 common words); a single string counts by its kinds of characters and
    by how many different ones it has. The lower of the two.
    """
    if not passphrase:
        return 0.0
    kinds = sum(
        size
        for size, test in ((29, str.islower), (29, str.isupper), (10, str.isdigit))
        if any(test(character) for character in passphrase)
    )
    if any(not character.isalnum() for character in passphrase):
        kinds += 20
    different = len(set(passphrase.casefold()))
    spelled = min(len(passphrase), 2 * different) * math.log2(max(kinds, 2))
    words = {part.casefold() for part in passphrase.split() if len(part) > 1}
    return min(spelled, 11.0 * len(words) + 6) if len(words) > 1 else spelled * 0.6


def judge(w: Words, passphrase: str) -> tuple[int, str]:
    """Return 0-4 and what to say about it."""
    if not passphrase:
        return 0, w.t("At least {n} characters.", n=FEWEST)
    if len(passphrase) < FEWEST:
        return 1, w.t("Too short: at least {n} characters.", n=FEWEST)
    strength = bits(passphrase)
    if strength < 36:
        return 2, w.t("Can be guessed. One more word helps.")
    if strength < 48:
        return 3, w.t("Good.")
    return 4, w.t("Very good.")
