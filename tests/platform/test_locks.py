"""The lock, on this system for real and on Windows by simulation."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import progression
from progression.platform import locks
from progression.platform.locks import Busy, Holder, acquire

ME = Holder(os.getpid(), "window", "2026-05-01T12:00:00.000000Z")


class FakeMsvcrt:
    """What Windows does: one byte range per file, refused to every other opening; nobody may read locked bytes."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self) -> None:
        self.held: dict[int, tuple[int, int]] = {}  # descriptor -> file, offset

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        place = (os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        assert count == 1
        if mode == self.LK_UNLCK:
            assert self.held.pop(descriptor) == place
        elif place in self.held.values():
            raise PermissionError(13, "Permission denied")
        else:
            self.held[descriptor] = place


@pytest.fixture(params=["posix", "windows"])
def system(request):
    if request.param == "posix":
        return locks.locking(windows=False)
    fake = FakeMsvcrt()
    return locks.locking(windows=True, load=lambda name: {"msvcrt": fake}[name])


def test_one_holder_at_a_time_and_the_other_learns_who(tmp_path, system):
    with acquire(tmp_path / "lock", ME, system=system):
        with pytest.raises(Busy) as raised:
            acquire(tmp_path / "lock", Holder(1, "command", "x"), system=system)
        assert raised.value.holder == ME
    with acquire(tmp_path / "lock", Holder(1, "command", "x"), system=system) as second:
        pass
    second.release()
    assert (tmp_path / "lock").read_bytes() == b""


def test_waiting_ends_when_the_lock_is_given_back(tmp_path, system):
    first = acquire(tmp_path / "lock", ME, system=system)
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            first.release()

    acquire(tmp_path / "lock", ME, wait=5.0, system=system, now=lambda: 0.0, pause=pause).release()
    assert len(waits) == 3


def test_waiting_gives_up_when_time_is_up(tmp_path, system):
    time = iter([0.0, 1.0, 4.9, 5.0])
    with acquire(tmp_path / "lock", ME, system=system), pytest.raises(Busy):
        acquire(tmp_path / "lock", ME, wait=5.0, system=system, now=lambda: next(time), pause=lambda _: None)
    assert list(time) == []


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"pid": "x"}'])
def test_a_holder_that_left_no_text_is_unknown(tmp_path, system, text):
    with acquire(tmp_path / "lock", ME, system=system):
        (tmp_path / "lock").write_bytes(text)
        with pytest.raises(Busy) as raised:
            acquire(tmp_path / "lock", ME, system=system)
    assert raised.value.holder == Holder()


def test_text_left_by_a_dead_process_locks_nothing(tmp_path):
    script = (
        "import sys, pathlib\n"
        "from progression.platform.locks import Holder, acquire\n"
        "lock = acquire(pathlib.Path(sys.argv[1]), Holder(7, 'child', 'then'))\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(progression.__file__).resolve().parents[1],
    )
    try:
        assert child.stdout.readline() == "held\n"
        with pytest.raises(Busy) as raised:
            acquire(tmp_path / "lock", ME)
        assert raised.value.holder == Holder(7, "child", "then")
    finally:
        child.kill()
        child.communicate()
    assert b"child" in (tmp_path / "lock").read_bytes()
    acquire(tmp_path / "lock", ME).release()
