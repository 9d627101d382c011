"""A disk that fills up in the middle of an assessment loses nothing."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from dataclasses import replace
from datetime import date, timedelta

import pytest
from vault_cases import ADD, Bench, sample_assessment, sample_citizen

from progression.errors import KnownError
from progression.store import backup, check, drafts, kinds, queries


def assessment(serial: int):
    note = f"{serial} " + "lang " * 400
    return kinds.to_event(sample_assessment(day=date(2020, 1, 1) + timedelta(days=serial), note=note))


def fill(v) -> tuple[int, KnownError]:
    """Save assessments, each with its draft before, until there is no room; return how many were acknowledged."""
    for serial in range(5000):
        try:
            drafts.save(v, "c9", "caseworker", "bip", {"serial": serial, "note": "x" * 1000})
            v.append([assessment(serial)], ADD)
        except KnownError as error:
            return serial, error
    raise AssertionError("the disk never filled up")


def test_a_full_database_says_so_rolls_back_and_goes_on(bench, filled):
    ((pages,),) = filled.rows("PRAGMA page_count")
    filled.db.conn.execute(f"PRAGMA max_page_count = {pages + 20}")
    saved, error = fill(filled)
    assert error.code == "disk.full"
    assert error.fields == {"folder": str(bench.folder)}
    assert saved > 3
    assert len(queries.assessments(filled)) == saved + 1
    assert drafts.load(filled, "c9", "caseworker", "bip").payload["serial"] in (saved - 1, saved)
    assert check.check(filled, deep=True) == []
    filled.db.conn.execute("PRAGMA max_page_count = 1000000")
    filled.append([assessment(saved)], ADD)
    assert len(queries.assessments(filled)) == saved + 2
    assert check.check(filled, deep=True) == []
    filled.close()
    assert bench.unlock().notices == []


def test_a_bulk_that_does_not_fit_leaves_nothing_of_itself(bench, filled):
    before = filled.rows("SELECT count(*), max(seq) FROM event")
    ((pages,),) = filled.rows("PRAGMA page_count")
    filled.db.conn.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(KnownError) as raised:
        filled.append([assessment(i) for i in range(2000)], ADD)
    assert raised.value.code == "disk.full"
    assert filled.rows("SELECT count(*), max(seq) FROM event") == before
    filled.db.conn.execute("PRAGMA max_page_count = 1000000")
    filled.append([assessment(0)], ADD)
    assert check.check(filled, deep=True) == []


def small_disk(folder) -> bool:
    """A disk of 1.5 MB, where this user may mount one."""
    if os.geteuid() != 0:
        return False
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)], capture_output=True)
    return done.returncode == 0


def test_a_real_disk_fills_up(tmp_path):
    """On a small disk of its own; where none can be mounted, files that may not grow stand in for it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = small_disk(disk)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    bench = Bench(disk)
    try:
        v = bench.vault()
        v.append([kinds.to_event(sample_citizen())], ADD)
        if not mounted:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, limits[1]))
        saved, error = fill(v)
        assert error.code in (("disk.full",) if mounted else ("disk.full", "disk.failed"))
        assert len(queries.assessments(v)) == saved
        assert check.check(v) == [] if not mounted else True  # a check writes a line in the access log
        if not mounted:  # a backup is a smaller file: on a full disk there is no room for that one either
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
        with pytest.raises(KnownError) as raised:
            v.close()  # no room for its backup either: said, and closed
        assert raised.value.code == "backup.not_kept"
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        assert not list(disk.rglob("*.part"))
        v = bench.unlock()
        assert v.notices == []
        assert len(queries.assessments(v)) == saved
        assert check.check(v, deep=True) == []
        v.append([assessment(saved)], ADD)
        v.close()
        assert len(backup.backups(bench.folder)) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        for one in bench.open:
            one.close(backup=False)
        if mounted:
            subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("written", [0, 1, 2])
def test_no_room_for_a_new_vault(tmp_path, monkeypatch, written):
    from progression.store import opening

    bench, real, calls = Bench(tmp_path), opening.files.write_atomic, []

    def full(path, data):
        if path.name.startswith("header"):
            calls.append(path)
            if len(calls) > written:
                raise OSError(28, "No space left on device")
        real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(opening.files, "write_atomic", full)
        if written < 2:
            with pytest.raises(KnownError) as raised:
                bench.create()
            assert raised.value.code == "disk.full"
            assert not opening.exists(bench.folder)
    bench.vault().close()


def test_a_correction_that_does_not_fit_leaves_the_old_value(bench, filled):
    before = queries.assessments(filled)[0]
    ((pages,),) = filled.rows("PRAGMA page_count")
    filled.db.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(KnownError):
        filled.append([kinds.to_event(replace(before, note="x" * 100_000))], ADD)
    assert queries.assessments(filled) == (before,)
