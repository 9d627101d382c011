"""The six digits that lead back from the citizen's side, chosen once while the vault is open.

The code is never written anywhere. What is kept, in memory and until the vault is closed, is a salted slow hash of it
and how many tries are left. Five wrong ones and it is gone: the vault is locked, and only the passphrase opens it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from progression.desk.session import Session
from progression.errors import KnownError

if TYPE_CHECKING:
    from progression.casework.values import Citizen

DIGITS, TRIES = 6, 5
_PLACE = "pin"  # in the vault's memory
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20}  # scrypt, RFC 7914: 32 MiB, about a tenth of a second


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a code is chosen, and how many wrong tries it still bears (0-5)."""

    chosen: bool
    left: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether it was the code, and how many tries are left (0: the code is gone)."""

    right: bool
    left: int


class _Kept:
    """The hash of a code in bytes that can be wiped."""

    __slots__ = ("digest", "left", "salt")

    def __init__(self, code: str) -> None:
        self.salt = bytearray(os.urandom(16))
        self.digest = bytearray(_hashed(code, self.salt))
        self.left = TRIES

    def wipe(self) -> None:
        for part in (self.salt, self.digest):
            part[:] = bytes(len(part))


def _hashed(code: str, salt: bytearray) -> bytes:
    return hashlib.scrypt(code.encode("utf-8"), salt=bytes(salt), **_COST)


def standing(session: Session) -> Standing:
    """Return whether a code is chosen, and how many tries are left."""
    kept = _kept(session)
    return Standing(kept is not None, kept.left if kept is not None else 0)


def choose(session: Session, code: str, citizen: str = "") -> Standing:
    """Take a code for as long as the vault is open; an earlier one is forgotten.

    Raises KnownError("pin.weak") for what is no six digits, is easily guessed, or is the birthday of the citizen whose
    side is about to be opened.
    """
    if weak(code, _person(session, citizen)):
        raise KnownError("pin.weak")
    forget(session)
    session.vault.memory.kept[_PLACE] = _Kept(code)
    return standing(session)


def tried(session: Session, code: str) -> Tried:
    """Say whether this is the code. Every try is counted before it is looked at; a right one gives all tries back.

    It takes as long whatever is tried, and after the last wrong try the code is forgotten.
    """
    kept = _kept(session)
    if kept is None:
        return Tried(False, 0)
    kept.left -= 1
    right = hmac.compare_digest(_hashed(code, kept.salt), bytes(kept.digest))
    if right:
        kept.left = TRIES
    elif kept.left <= 0:
        forget(session)
    return Tried(right, kept.left)


def forget(session: Session) -> None:
    """Wipe the code: the vault is being closed, or its owner has forgotten it."""
    kept = _kept(session)
    if kept is not None:
        kept.wipe()
        del session.vault.memory.kept[_PLACE]


def weak(code: str, person: Citizen | None = None) -> bool:
    """Whether nobody should use it: no six digits, a row (123456, 654321), a repetition (000000, 121212, 123123,
    111222, 112233), or the citizen's birthday."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return True
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(code)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        return True
    if code == code[:2] * 3 or code == code[:3] * 2 or code == code[0] * 3 + code[3] * 3:
        return True
    pairs = {code[place : place + 2] for place in (0, 2, 4)}
    return all(pair[0] == pair[1] for pair in pairs) or code in _birthdays(person)


def _birthdays(person: Citizen | None) -> frozenset[str]:
    if person is None:
        return frozenset()
    days = {person.born.strftime(form) for form in ("%d%m%y", "%y%m%d", "%m%d%y")} if person.born else set()
    return frozenset(days | {person.cpr[:DIGITS]})


def _person(session: Session, citizen: str) -> Citizen | None:
    from progression.store import queries

    return queries.citizen(session.vault, citizen) if citizen else None


def _kept(session: Session) -> _Kept | None:
    found = session.vault.memory.kept.get(_PLACE)
    return found if isinstance(found, _Kept) else None
