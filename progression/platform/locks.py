"""One writer at a time: an exclusive lock that the operating system releases when its process dies, however it dies.

The file also says who holds it (pid, program, time), for the one who has to wait. That text outlives a crash; the lock
does not, so only the lock decides.
"""

from __future__ import annotations

import importlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from progression.platform.files import PRIVATE_FILE, WINDOWS

_FAR = 1 << 30  # Windows locks bytes against reading: lock one far behind the text, so that others can read the text
_POLL = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the lock. `since` is an ISO time in UTC; 0 and "" where the file does not tell."""

    pid: int = 0
    program: str = ""
    since: str = ""


class Busy(Exception):  # noqa: N818 - says what it is
    """Somebody else holds the lock."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder)
        self.holder = holder


class Locking(Protocol):
    """What an operating system offers."""

    def take(self, descriptor: int) -> bool:
        """Take the exclusive lock without waiting; False when somebody has it."""

    def release(self, descriptor: int) -> None:
        """Give it back."""


class PosixLocking:
    """flock: belongs to the open file, so a second opening in the same process is refused as well."""

    def __init__(self, fcntl: Any) -> None:
        self._fcntl = fcntl

    def take(self, descriptor: int) -> bool:
        try:
            self._fcntl.flock(descriptor, self._fcntl.LOCK_EX | self._fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self, descriptor: int) -> None:
        self._fcntl.flock(descriptor, self._fcntl.LOCK_UN)


class WindowsLocking:
    """msvcrt.locking on one byte far behind the text."""

    def __init__(self, msvcrt: Any) -> None:
        self._msvcrt = msvcrt

    def take(self, descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            self._msvcrt.locking(descriptor, self._msvcrt.LK_NBLCK, 1)
        except PermissionError:  # EACCES is how Windows says that it is locked
            return False
        return True

    def release(self, descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        self._msvcrt.locking(descriptor, self._msvcrt.LK_UNLCK, 1)


def locking(*, windows: bool = WINDOWS, load: Callable[[str], Any] = importlib.import_module) -> Locking:
    """Return this system's way of locking."""
    return WindowsLocking(load("msvcrt")) if windows else PosixLocking(load("fcntl"))


class Lock:
    """A held lock; `release` gives it back. Context manager."""

    def __init__(self, descriptor: int, system: Locking) -> None:
        self._descriptor = descriptor
        self._system = system
        self._held = True

    def release(self) -> None:
        """Give the lock back and forget the holder; a second call does nothing."""
        if self._held:
            self._held = False
            try:
                os.ftruncate(self._descriptor, 0)
                self._system.release(self._descriptor)
            finally:
                os.close(self._descriptor)

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def acquire(
    path: Path,
    holder: Holder,
    *,
    wait: float = 0.0,
    system: Locking | None = None,
    now: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> Lock:
    """Take the lock of a file, creating it, waiting up to `wait` seconds.

    Raises Busy(holder) when time is up, OSError when the file cannot be made or written.
    """
    system = system or locking()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
    try:
        deadline = now() + wait
        while not system.take(descriptor):
            if now() >= deadline:
                raise Busy(_read_holder(descriptor))
            pause(_POLL)
        _write_holder(descriptor, holder)
    except BaseException:
        os.close(descriptor)
        raise
    return Lock(descriptor, system)


def _write_holder(descriptor: int, holder: Holder) -> None:
    text = json.dumps({"pid": holder.pid, "program": holder.program, "since": holder.since})
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, text.encode())


def _read_holder(descriptor: int) -> Holder:
    """What the file says; the holder may be writing it at this moment, and then nothing is known."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        data = json.loads(os.read(descriptor, 4096))
        return Holder(int(data["pid"]), str(data["program"]), str(data["since"]))
    except (ValueError, KeyError, TypeError):
        return Holder()
