"""Which device this is, so that (stream, seq) is never used twice.

A vault's database knows its incarnation; a small file *outside* the vault's folder, named after the folder's path,
knows it too, and how far it had come. A copied, restored or rolled-back vault does not agree with that file: it goes
on as a new incarnation, with a new stream.

The file is written in place after every commit without waiting for the disk: a killed process loses nothing of it, and
after a power cut it may be older than the vault, which is harmless, or torn, which starts a new incarnation.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from progression.platform import files
from progression.store.journal import canonical

_SIZE = 512  # one sector: written at once


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a device had come: the last event of its stream (seq 0 and "" before the first)."""

    vault: str
    incarnation: str
    seq: int
    hash: str


def state_file(state: Path, folder: Path) -> Path:
    """Where the mark of a vault in this folder is kept."""
    path = os.path.normcase(str(folder.resolve()))
    return state / "incarnations" / hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def read(path: Path) -> Mark | None:
    """The mark, or None where there is none or it is torn."""
    try:
        data = json.loads(path.read_bytes())
        mark = Mark(**data["mark"])
        return mark if data["check"] == _check(mark) else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _check(mark: Mark) -> str:
    return hashlib.sha256(canonical(asdict(mark)).encode()).hexdigest()[:16]


def _bytes(mark: Mark) -> bytes:
    return canonical({"mark": asdict(mark), "check": _check(mark)}).encode().ljust(_SIZE)


def forget(path: Path) -> None:
    """Remove the mark: the vault at this path goes on as a new incarnation."""
    path.unlink(missing_ok=True)


class Marker:
    """Keeps the mark of an open vault."""

    def __init__(self, path: Path, mark: Mark) -> None:
        files.make_private_folder(path.parent)
        files.write_atomic(path, _bytes(mark))
        self._descriptor: int | None = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))

    def move(self, mark: Mark) -> None:
        """Write how far the device has come now. OSError where it cannot."""
        if self._descriptor is not None:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, _bytes(mark))

    def close(self) -> None:
        """Make the last mark durable."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
