"""Which device this is, so that (stream, seq) is never used twice.

A vault's database knows its incarnation; a small file *outside* the vault's folder, named after the folder's path,
knows it too, and how far it had come. A copied, restored or rolled-back vault does not agree with that file: it goes
on as a new incarnation, with a new stream.

The file is written in place after every commit without waiting for the disk: a killed process loses nothing of it, and
after a power cut it may be older than the vault, which is harmless, or torn, which starts a new incarnation.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from progression.platform import files

_SIZE = 512  # one sector: written at once
_FORMAT, _NONE = "progression-device-1", "-"


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
        words = path.read_bytes().decode("ascii").split()
        mark = Mark(words[1], words[2], int(words[3]), "" if words[4] == _NONE else words[4])
        return mark if _bytes(mark).split() == path.read_bytes().split() else None
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _bytes(mark: Mark) -> bytes:
    text = f"{_FORMAT} {mark.vault} {mark.incarnation} {mark.seq} {mark.hash or _NONE}".encode()
    return (text + b" " + hashlib.sha256(text).hexdigest().encode() + b"\n").ljust(_SIZE)


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
