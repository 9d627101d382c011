"""The vault's header: who may open it. JSON, written twice, holding the wrapped data key and nothing personal.

Each user's passphrase, and a printed recovery key, wraps the same random 32-byte data key: Argon2id makes a key from
it, AES-GCM encrypts the data key with the header's version, the vault and the user as associated data. A checksum
over the header comes first, so that a damaged header is never mistaken for a wrong passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from progression.errors import KnownError
from progression.platform import files
from progression.store.journal import canonical
from progression.store.notices import Notice

FORMAT = "progression-vault"
VERSION = 1
NAMES = ("header.json", "header-2.json")
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
_MOST = 1 << 20  # bytes of a header; anything larger is none


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What a guess costs (Argon2id). The default is the product's; tests hand in a smaller one, nothing else may."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Wrap:
    """The data key, encrypted for one user by a passphrase or by the recovery key."""

    user: str
    kind: Literal["passphrase", "recovery"]
    cost: KdfCost
    salt: bytes
    nonce: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """`revision` grows with every change, so that of two good copies the newer one is known."""

    vault: str
    team: str
    created: str
    revision: int
    wraps: tuple[Wrap, ...]
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Found:
    """The header of a folder, and what was repaired to get it."""

    header: Header
    notices: tuple[Notice, ...] = ()


class Unreadable(Exception):  # noqa: N818 - says what it is
    """This copy does not verify."""


def _associated(version: int, vault: str, user: str, kind: str) -> bytes:
    return canonical(["progression-wrap-1", version, vault, user, kind]).encode()


def _derive(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    # the same letters typed on a Mac and on Windows may be composed differently
    text = unicodedata.normalize("NFC", secret).encode()
    return hash_secret_raw(text, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID, ARGON2_VERSION)


def wrap(
    key: bytes, secret: str, *, vault: str, user: str, kind: Literal["passphrase", "recovery"], cost: KdfCost
) -> Wrap:
    """Encrypt the data key for one user. Raises KnownError("vault.passphrase_empty")."""
    if not secret:
        raise KnownError("vault.passphrase_empty")
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    sealed = AESGCM(_derive(secret, salt, cost)).encrypt(nonce, key, _associated(VERSION, vault, user, kind))
    return Wrap(user, kind, cost, salt, nonce, sealed)


def unwrap(header: Header, secret: str, kind: Literal["passphrase", "recovery"] = "passphrase") -> tuple[bytes, str]:
    """Return the data key and whose wrap it was. Raises KnownError "vault.wrong_passphrase",
    "vault.wrong_recovery_key".
    """
    for one in header.wraps:
        if one.kind != kind or not secret:
            continue
        associated = _associated(header.version, header.vault, one.user, kind)
        try:
            return AESGCM(_derive(secret, one.salt, one.cost)).decrypt(one.nonce, one.key, associated), one.user
        except InvalidTag:
            continue
    raise KnownError("vault.wrong_passphrase" if kind == "passphrase" else "vault.wrong_recovery_key")


def with_wrap(header: Header, new: Wrap) -> Header:
    """The header with this wrap in place of the same user's of the same kind."""
    others = tuple(w for w in header.wraps if (w.user, w.kind) != (new.user, new.kind))
    return replace(header, revision=header.revision + 1, wraps=(*others, new))


def to_bytes(header: Header) -> bytes:
    """Write a header; the checksum is over everything else."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "version": header.version,
        "vault": header.vault,
        "team": header.team,
        "created": header.created,
        "revision": header.revision,
        "wraps": [
            {
                "user": w.user,
                "kind": w.kind,
                "kdf": {
                    "name": "argon2id",
                    "memory_kib": w.cost.memory_kib,
                    "passes": w.cost.passes,
                    "lanes": w.cost.lanes,
                },
                "salt": _text(w.salt),
                "nonce": _text(w.nonce),
                "key": _text(w.key),
            }
            for w in header.wraps
        ],
    }
    data["checksum"] = _checksum(data)
    return (json.dumps(data, indent=1, sort_keys=True) + "\n").encode()


def _checksum(data: dict[str, Any]) -> str:
    rest = {key: value for key, value in data.items() if key != "checksum"}
    return hashlib.sha256(canonical(rest).encode()).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def from_bytes(data: bytes) -> Header:
    """Read a header. Raises Unreadable where it does not verify, KnownError("vault.newer") for a later version."""
    try:
        read = json.loads(data)
        if not isinstance(read, dict) or read.get("format") != FORMAT:
            raise Unreadable("format")
        if type(read.get("version")) is int and read["version"] > VERSION:
            raise KnownError("vault.newer", version=read["version"], known=VERSION)
        if _checksum(read) != read.get("checksum"):
            raise Unreadable("checksum")
        wraps = tuple(_wrap_of(one) for one in read["wraps"])
        return Header(read["vault"], read["team"], read["created"], read["revision"], wraps, read["version"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from error


def _wrap_of(one: dict[str, Any]) -> Wrap:
    kdf = one["kdf"]
    if kdf["name"] != "argon2id":
        raise Unreadable("kdf")
    cost = KdfCost(kdf["memory_kib"], kdf["passes"], kdf["lanes"])
    salt, nonce, key = (base64.b64decode(one[name], validate=True) for name in ("salt", "nonce", "key"))
    return Wrap(one["user"], one["kind"], cost, salt, nonce, key)


def write(folder: Path, header: Header) -> None:
    """Write both copies, one after the other: a power cut leaves at least one whole. OSError where it cannot."""
    data = to_bytes(header)
    for name in NAMES:
        files.write_atomic(folder / name, data)


def read(folder: Path, *, repair: bool = True) -> Found:
    """Read the header; where one copy is damaged, missing or older, use the other, say so, and repair it.

    Raises KnownError "vault.newer" (version, known), "vault.not_a_vault" (folder); Unreadable where no copy verifies.
    """
    found: dict[str, Header] = {}
    newer: KnownError | None = None
    for name in NAMES:
        try:
            found[name] = from_bytes(_bytes(folder / name))
        except Unreadable:
            continue
        except KnownError as error:
            newer = error
    if not found:
        if newer:
            raise newer
        ours = (folder / "journal.db").exists() or (folder / NAMES[1]).exists()
        raise KnownError("vault.not_a_vault", folder=str(folder)) if not ours else Unreadable(str(folder))
    best = max(found.values(), key=lambda header: header.revision)
    notices = []
    for name in NAMES:
        if found.get(name) != best:
            notices.append(Notice("notice.header_repaired", {"file": name}))
            if repair:
                files.write_atomic(folder / name, to_bytes(best))
    return Found(best, tuple(notices))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Unreadable("missing") from error
