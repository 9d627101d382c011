"""Files that survive a power cut and that nobody else can read.

What differs between Windows and the others is handed in (`windows`, `os_replace` ...) so that both branches run in
tests.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

WINDOWS = os.name == "nt"
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}\.part")
_REPLACE_TRIES = 20  # a virus scanner on Windows holds a new file open for a moment
_REPLACE_PAUSE = 0.05


def make_private_folder(folder: Path, *, windows: bool = WINDOWS) -> None:
    """Create a folder (and its parents) that only this user may enter; an existing one is closed to others.

    On Windows the user's profile folder carries the access list, and a mode means nothing: nothing is changed there.
    """
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    if not windows:
        folder.chmod(PRIVATE_FOLDER)


def open_private(path: Path) -> int:
    """Create a new file with mode 600 before the first byte is in it; return its descriptor. FileExistsError if
    there.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, PRIVATE_FILE)


def sync_file(path: Path) -> None:
    """Have the system write a file's bytes to the disk."""
    # Windows flushes only through a descriptor that may write
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path, *, windows: bool = WINDOWS) -> None:
    """Have the system write a folder's entries (a new name, a rename) to the disk. Windows cannot and need not."""
    if windows:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(
    source: Path,
    target: Path,
    *,
    windows: bool = WINDOWS,
    os_replace: Callable[[Path, Path], None] = os.replace,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Rename over an existing file, and make the new name durable. Windows refuses while someone reads: try for a
    second.
    """
    for attempt in range(_REPLACE_TRIES):
        try:
            os_replace(source, target)
            break
        except PermissionError:
            if not windows or attempt == _REPLACE_TRIES - 1:
                raise
            pause(_REPLACE_PAUSE)
    sync_folder(target.parent, windows=windows)


def temporary_beside(target: Path) -> Path:
    """A name in the same folder (a rename never crosses disks) that `sweep` knows as left over."""
    return target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")


def is_temporary(name: str) -> bool:
    """True for a name that `temporary_beside` made."""
    return _TEMPORARY.fullmatch(name) is not None


def sweep(folder: Path) -> None:
    """Remove what an interrupted write left, and nothing of other programs. The caller holds the lock of the folder."""
    for leftover in folder.glob(".*.part"):
        if is_temporary(leftover.name):
            leftover.unlink(missing_ok=True)


def write_atomic(path: Path, data: bytes, *, windows: bool = WINDOWS) -> None:
    """Write a file so that a reader, and a power cut, sees either the old bytes or the new, with mode 600."""
    temporary = temporary_beside(path)
    descriptor = open_private(temporary)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        replace(temporary, path, windows=windows)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
