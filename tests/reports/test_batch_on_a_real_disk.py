"""A batch against a disk that really is full, a file that really cannot grow, a folder that really is closed.

`tests/desk/test_report_batch.py` has every error a disk may answer with; here the system itself answers.
"""

from __future__ import annotations

import errno
import os
import resource
import sys
from pathlib import Path

import pytest
from desk_cases import make, team

from progression.desk import report_batch
from progression.desk.report_batch import LIST, Folder, Order

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from outside import mounted, powerless, unmount


@pytest.fixture
def session(tmp_path):
    session = make(tmp_path / "vault", list(team()))
    yield session
    session.vault.close(backup=False)


@pytest.fixture
def order(session, tmp_path):
    return Order("case", "da", tmp_path / "ud", report_batch.cases(session))


def whole(order):
    """The reports in the folder; each is a whole PDF."""
    found = [path for path in order.folder.iterdir() if path.name != LIST]
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in found)
    return sorted(path.name for path in found)


def test_a_file_that_may_not_grow_is_a_failed_line_and_nothing_of_it_is_left(session, order):
    folder = Folder(order)
    folder.open()
    first, second = (report_batch.take(session, order, case, folder) for case in order.cases[:2])
    assert folder.put(first).state == "written"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))  # less than a report, more than the list
    try:
        line = folder.put(second)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (line.state, line.why.code) == ("failed", "file.unwritable")
    assert whole(order) == [first.file]
    assert folder.put(second).state == "written"
    assert whole(order) == sorted([first.file, second.file])


def test_a_disk_that_is_full_half_way_keeps_what_is_written(session, order, monkeypatch):
    """A small disk where this user may mount one; else one whose system calls answer so."""
    order.folder.mkdir()
    small = mounted(order.folder, "-t", "tmpfs", "-o", "size=140k", "tmpfs")
    try:
        if not small:
            _narrow(monkeypatch, order.folder, 140_000)
        outcome = report_batch.run(session, order)
        assert outcome.stopped is not None and outcome.stopped.code == "batch.disk_full"
        kept = whole(order)
        assert 0 < len(kept) < len(order.cases)
        assert outcome.count("written") == len(kept) and outcome.left == len(order.cases) - len(kept)
    finally:
        if small:
            unmount(order.folder)


def _narrow(monkeypatch, folder, room):
    """Writing in a folder answers as a full disk once so many bytes lie there."""
    real = os.write

    def write(descriptor, data):
        there = Path(f"/proc/self/fd/{descriptor}").readlink()
        held = sum(path.stat().st_size for path in folder.iterdir())
        if there.parent == folder and held + len(data) > room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", write)


def test_a_small_disk_is_one_where_nothing_may_be_mounted_too(session, order, monkeypatch):
    _narrow(monkeypatch, order.folder, 140_000)
    outcome = report_batch.run(session, order)
    assert outcome.stopped is not None and outcome.stopped.code == "batch.disk_full"
    assert 0 < len(whole(order)) == outcome.count("written") < len(order.cases)


def test_a_folder_that_is_closed_half_way_stops_it(session, order):
    count = iter(range(100))

    def closed():
        if next(count) == 2:
            order.folder.chmod(0o500)
        return False

    try:
        with powerless():
            outcome = report_batch.run(session, order, cancelled=closed)
    finally:
        order.folder.chmod(0o700)
    assert outcome.stopped is not None and outcome.stopped.code == "batch.folder"
    assert outcome.count("written") == 2 == len(whole(order))
    assert outcome.left == len(order.cases) - 2
    rest = report_batch.run(session, order)
    assert rest.stopped is None and len(whole(order)) == len(order.cases)  # its list was closed too: all made anew
