"""The recovery key as people print and type it: eight groups of four letters and one check character.

160 random bits in Crockford's base 32 (no I, L, O, U); the check character tells which group was mistyped.
"""

from __future__ import annotations

import secrets

from progression.errors import KnownError

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_GROUPS, _DATA = 8, 4


def new_key() -> str:
    """A fresh key, e.g. "7XK2D-…": 8 groups of 5 characters with hyphens."""
    return "-".join(
        group + _check(place, group)
        for place in range(_GROUPS)
        for group in ["".join(secrets.choice(_LETTERS) for _ in range(_DATA))]
    )


def _check(place: int, group: str) -> str:
    # odd weights modulo 32: any one wrong character changes the sum, and most swaps do
    total = 11 * place + sum((2 * i + 1) * _VALUES[letter] for i, letter in enumerate(group))
    return _LETTERS[total % 32]


def normalise(typed: str) -> str:
    """Return a typed key as it was printed; case, spaces and hyphens do not matter, O is 0, I and L are 1.

    Raises KnownError("vault.recovery_key_mistyped", group=1..8, or 0 where the length is wrong).
    """
    text = "".join(c for c in typed.upper() if not c.isspace() and c not in "-–—.")
    size = _DATA + 1
    if len(text) != _GROUPS * size:
        raise KnownError("vault.recovery_key_mistyped", group=0)
    groups = []
    for place in range(_GROUPS):
        part = text[place * size : (place + 1) * size]
        if any(letter not in _VALUES for letter in part):
            raise KnownError("vault.recovery_key_mistyped", group=place + 1)
        part = "".join(_LETTERS[_VALUES[letter]] for letter in part)
        if _check(place, part[:_DATA]) != part[_DATA]:
            raise KnownError("vault.recovery_key_mistyped", group=place + 1)
        groups.append(part)
    return "-".join(groups)
