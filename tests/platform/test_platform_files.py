"""Files that are whole or not there, and private from their first byte."""

from __future__ import annotations

import os
import stat

import pytest

from progression.platform import files


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("windows", [False, True])
def test_writing_replaces_whole_and_privately(tmp_path, windows):
    path = tmp_path / "a"
    files.write_atomic(path, b"one", windows=windows)
    path.chmod(0o644)
    files.write_atomic(path, b"two" * 100_000, windows=windows)
    assert path.read_bytes() == b"two" * 100_000
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a"
    files.write_atomic(path, b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    for name in ("fsync", "write"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, full)
            with pytest.raises(OSError):
                files.write_atomic(path, b"new")
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]


def test_what_is_written_is_synced_before_it_is_named_and_the_folder_after(tmp_path, monkeypatch):
    seen = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda d: (seen.append(stat.S_ISDIR(os.fstat(d).st_mode)), real(d))[1])
    files.write_atomic(tmp_path / "a", b"x")
    assert seen == [False, True]
    seen.clear()
    files.write_atomic(tmp_path / "a", b"x", windows=True)
    assert seen == [False]
    files.sync_file(tmp_path / "a")
    assert seen == [False, False]


def test_windows_may_refuse_a_rename_for_a_moment(tmp_path):
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "old").write_bytes(b"old")
    tries: list[int] = []
    pauses: list[float] = []

    def busy(source, target):
        tries.append(1)
        if len(tries) < 4:
            raise PermissionError(13, "in use")
        source.replace(target)

    files.replace(tmp_path / "new", tmp_path / "old", windows=True, os_replace=busy, pause=pauses.append)
    assert (tmp_path / "old").read_bytes() == b"new"
    assert len(pauses) == 3


@pytest.mark.parametrize("windows", [False, True])
def test_a_rename_that_is_always_refused_is_an_error(tmp_path, windows):
    tries: list[int] = []

    def never(*_):
        tries.append(1)
        raise PermissionError(13, "no")

    with pytest.raises(PermissionError):
        files.replace(tmp_path / "a", tmp_path / "b", windows=windows, os_replace=never, pause=lambda _: None)
    assert len(tries) == (20 if windows else 1)


def test_a_private_folder_is_closed_to_others(tmp_path):
    folder = tmp_path / "a" / "b"
    files.make_private_folder(folder)
    assert mode(folder) == 0o700
    folder.chmod(0o755)
    files.make_private_folder(folder, windows=True)
    assert mode(folder) == 0o755
    files.make_private_folder(folder)
    assert mode(folder) == 0o700


def test_a_new_private_file_is_new(tmp_path):
    os.close(files.open_private(tmp_path / "a"))
    assert mode(tmp_path / "a") == 0o600
    with pytest.raises(FileExistsError):
        files.open_private(tmp_path / "a")


def test_leftovers_are_swept_and_nothing_else(tmp_path):
    left = files.temporary_beside(tmp_path / "header.json")
    kept = [tmp_path / name for name in ("header.json", "x.part", ".hidden", ".somebody.part", ".else.01234567.part2")]
    for path in (left, *kept):
        path.touch()
    files.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)
