"""Backups hold everything, nothing readable, and come back as another device."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from vault_cases import ADD, CHEAP, PASSPHRASE, Bench, sample_assessment, sample_citizen

from progression.errors import KnownError
from progression.store import backup, check, drafts, kinds, queries


def test_closing_keeps_a_backup_when_something_was_written(bench, filled):
    filled.close()
    assert len(backup.backups(bench.folder)) == 1
    bench.pass_time(hours=1)
    bench.unlock().close()
    assert len(backup.backups(bench.folder)) == 1  # looking changes nothing worth keeping
    bench.pass_time(hours=1)
    v = bench.unlock()
    drafts.save(v, "c1", "citizen", "bip", {})
    v.close()
    assert [one.made for one in backup.backups(bench.folder)] == [
        datetime(2026, 5, 1, 14, tzinfo=UTC),
        datetime(2026, 5, 1, 12, tzinfo=UTC),
    ]


def test_what_was_written_before_a_crash_is_kept_at_the_next_close(bench, filled):
    filled.close()
    v = bench.unlock()
    v.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    v.close(backup=False)
    bench.unlock().close()
    assert len(backup.backups(bench.folder)) == 2


def test_a_backup_that_failed_is_made_up_for_at_the_next_close(bench, filled, monkeypatch):
    filled.close()
    v = bench.unlock()
    v.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    bench.pass_time(hours=1)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup, "_pack", full)
        with pytest.raises(KnownError, match=r"backup\.not_kept"):
            v.close()
    assert len(backup.backups(bench.folder)) == 1
    bench.unlock().close()
    assert len(backup.backups(bench.folder)) == 2


@pytest.mark.parametrize("there", [True, False])
def test_a_restore_that_fails_half_way_leaves_what_was_there(bench, filled, tmp_path, monkeypatch, there):
    kept = backup.backup(filled, tmp_path / "kept.backup")
    filled.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    filled.close()
    folder = bench.folder if there else tmp_path / "empty"
    real = backup.header.write

    def half(where, head):
        real(where, head)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup.header, "write", half)
        with pytest.raises(KnownError, match=r"disk\.full"):
            backup.restore(kept, folder, PASSPHRASE, clock=bench.clock)
    assert not list(folder.glob(f"{backup.ASIDE}*"))
    if there:
        assert queries.citizen(bench.unlock(), "c2").number == "2"
    backup_again = tmp_path / "empty"
    bench.open.append(backup.restore(kept, backup_again, PASSPHRASE, clock=bench.clock))


def test_two_backups_in_one_microsecond_are_two(bench, filled):
    assert backup.backup(filled) != backup.backup(filled)


def test_a_backup_restores_as_another_device(bench, filled, tmp_path):
    drafts.save(filled, "c1", "citizen", "bip", {"answers": {"netvaerk": 2}})
    made = backup.backup(filled, tmp_path / "kept.backup")
    assert made == tmp_path / "kept.backup"
    assert made.stat().st_mode & 0o777 == 0o600
    for word in ("Birthe", "0101801234", "undervejs", "netvaerk", "Anna Lund"):
        assert word.encode() not in made.read_bytes()
    stream = filled.stream
    other = backup.restore(made, tmp_path / "other", PASSPHRASE, clock=bench.clock)
    bench.open.append(other)
    assert other.stream != stream
    assert [n.code for n in other.notices] == ["notice.restored", "notice.new_incarnation"]
    assert queries.courses(other) == queries.courses(filled)
    assert [d.payload for d in drafts.all(other)] == [{"answers": {"netvaerk": 2}}]
    other.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    assert check.check(other, deep=True) == []


def test_restoring_over_a_vault_sets_it_aside(bench, filled):
    kept = backup.backup(filled)
    before = filled.stream
    filled.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    filled.close()
    v = backup.restore(kept, bench.folder, PASSPHRASE, clock=bench.clock)
    bench.open.append(v)
    assert v.stream != before
    assert queries.citizen(v, "c2") is None
    aside = [n.fields["folder"] for n in v.notices if n.code == "notice.set_aside"]
    v.close()
    shutil.copytree(aside[0], bench.folder.parent / "aside")
    assert queries.citizen(bench.unlock(bench.folder.parent / "aside"), "c2").number == "2"


def test_restore_into_a_vault_in_use_changes_nothing(bench, filled):
    kept = backup.backup(filled)
    with pytest.raises(KnownError) as raised:
        backup.restore(kept, bench.folder, PASSPHRASE)
    assert raised.value.code == "vault.in_use"
    assert check.check(filled, deep=True) == []


def test_a_backup_wants_the_passphrase_of_its_day(bench, filled, tmp_path):
    old = backup.backup(filled, tmp_path / "old.backup")
    filled.set_passphrase("nyt", kdf=CHEAP)
    with pytest.raises(KnownError) as raised:
        backup.restore(old, tmp_path / "other", "nyt")
    assert raised.value.code == "vault.wrong_passphrase"
    assert not (tmp_path / "other").exists()
    backup.restore(old, tmp_path / "other", PASSPHRASE).close()


@pytest.mark.parametrize("how", ["missing", "empty", "text", "cut", "flipped", "part"])
def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_touched(bench, filled, tmp_path, how):
    kept = backup.backup(filled, tmp_path / "kept.backup")
    data = kept.read_bytes()
    kept.unlink()
    if how == "part":
        with zipfile.ZipFile(kept, "w") as archive:
            archive.writestr("manifest.json", "{}")
    elif how != "missing":
        middle = len(data) // 2
        flipped = data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :]
        kept.write_bytes({"empty": b"", "text": b"hej", "cut": data[:-400], "flipped": flipped}[how])
    filled.close()
    with pytest.raises(KnownError) as raised:
        backup.restore(kept, bench.folder, PASSPHRASE)
    assert raised.value.code == "backup.unreadable"
    assert not list(bench.folder.rglob("*.part"))
    assert check.check(bench.unlock(), deep=True) == []


def test_rotation_keeps_the_last_ten_and_one_a_month(tmp_path):
    folder = tmp_path / backup.FOLDER
    folder.mkdir()
    start = datetime(2024, 1, 10, 8, tzinfo=UTC)
    days = [start + timedelta(days=3 * i) for i in range(280)]
    for day in days:
        (folder / f"progression-{day:%Y%m%dT%H%M%S%f}Z.backup").touch()
    (folder / "mine.backup").touch()
    backup.rotate(tmp_path)
    kept = [one.made for one in backup.backups(tmp_path)]
    assert kept[:10] == days[:-11:-1]
    months = [(day.year, day.month) for day in kept]
    assert sorted(set(months)) == sorted({(d.year, d.month) for d in days})[-12:]
    last = {(d.year, d.month): d for d in days}
    assert set(kept[10:]) <= set(last.values())
    assert (folder / "mine.backup").exists()


def test_the_newest_good_backup_is_found_behind_bad_ones(bench, filled):
    good = backup.backup(filled)
    for damage in ("flip", "cut", "text"):
        bench.pass_time(minutes=1)
        bad = backup.backup(filled)
        data = bytearray(bad.read_bytes())
        data[len(data) // 3] ^= 1
        bad.write_bytes({"flip": bytes(data), "cut": bytes(data[: len(data) // 2]), "text": b"hej"}[damage])
    assert backup.newest_good(bench.folder, filled.key) == good
    assert backup.newest_good(bench.folder) == good
    assert backup.newest_good(bench.folder, os.urandom(32)) is None
    assert not list(bench.folder.rglob("*.part"))


def test_leftovers_of_an_interrupted_backup_are_swept(bench, filled):
    backup.backup(filled)
    (bench.folder / backup.FOLDER / ".x.01234567.part").touch()
    (bench.folder / ".x.89abcdef.part").touch()
    filled.close()
    bench.unlock()
    assert not list(bench.folder.rglob("*.part"))


def test_a_backup_that_cannot_be_written_still_closes_the_vault(bench, filled, monkeypatch):
    def full(*_):
        raise KnownError("disk.full", folder="f")

    with monkeypatch.context() as patch:
        patch.setattr(backup, "_snapshot", full)
        with pytest.raises(KnownError) as raised:
            filled.close()
    assert raised.value.code == "backup.not_kept"  # not "the last thing was not saved": it was
    assert queries.citizen(bench.unlock(), "c1").number == "H00001"


def test_a_backup_is_consistent_with_assessments_of_another_vault(tmp_path):
    """Two vaults, two keys: the backup of one never opens the other's."""
    one, two = Bench(tmp_path / "1"), Bench(tmp_path / "2")
    first, second = one.vault(), two.vault()
    first.append([kinds.to_event(sample_assessment())], ADD)
    made = backup.backup(first)
    assert backup.newest_good(one.folder, second.key) is None
    assert backup.newest_good(one.folder, first.key) == made
    first.close(backup=False)
    second.close(backup=False)


# what a copy lacks


def test_weighing_a_copy_says_what_it_lacks_and_changes_nothing(bench, filled):
    kept = backup.backup(filled)
    filled.append([kinds.to_event(sample_citizen("c2", "2")), kinds.to_event(sample_citizen("c3", "3"))], ADD)
    before = filled.folder / "journal.db"
    filled.close(backup=False)
    content = before.read_bytes()
    found = backup.weigh(kept, bench.folder, PASSPHRASE, clock=bench.clock)
    assert (found.present, found.same) == (True, True)
    assert (found.lacking.facts, found.lacking.citizens) == (2, 2)
    assert found.lacking.latest is not None
    assert before.read_bytes() == content
    assert not list(bench.folder.rglob("*.part"))


def test_a_copy_of_everything_lacks_nothing(bench, filled):
    filled.close()
    newest = backup.backups(bench.folder)[0]
    found = backup.weigh(newest.path, bench.folder, PASSPHRASE, clock=bench.clock)
    assert (found.lacking.facts, found.lacking.citizens, found.lacking.latest) == (0, 0, None)
    assert found.made == newest.made and found.facts > 0
    v = backup.restore(newest.path, bench.folder, PASSPHRASE, clock=bench.clock)
    bench.open.append(v)
    assert "notice.restored" in [n.code for n in v.notices]


def test_what_a_restore_leaves_behind_is_told(bench, filled):
    kept = backup.backup(filled)
    filled.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    filled.close(backup=False)
    v = backup.restore(kept, bench.folder, PASSPHRASE, clock=bench.clock)
    bench.open.append(v)
    told = next(n for n in v.notices if n.code == "notice.restored_without")
    assert told.fields["facts"] == 1 and told.fields["latest"] is not None


def test_a_damaged_database_cannot_be_compared_and_that_is_said(bench, filled):
    kept = backup.backup(filled)
    filled.close(backup=False)
    (bench.folder / "journal.db").write_bytes(b"nothing of a database" * 400)
    found = backup.weigh(kept, bench.folder, PASSPHRASE, clock=bench.clock)
    assert found.present and found.same and found.lacking is None
    v = backup.restore(kept, bench.folder, PASSPHRASE, clock=bench.clock)
    bench.open.append(v)
    assert "notice.restored_unknown" in [n.code for n in v.notices]


def test_a_copy_of_another_database_is_known_for_one(bench, filled, tmp_path):
    kept = backup.backup(filled, tmp_path / "kept.backup")
    filled.close(backup=False)
    other = tmp_path / "other"
    shutil.copytree(bench.folder, other)
    for name in ("header.json", "header-2.json"):
        (other / name).unlink()
    found = backup.weigh(kept, tmp_path / "nowhere", PASSPHRASE, clock=bench.clock)
    assert not found.present and found.lacking is None
    with pytest.raises(KnownError, match=r"vault\.wrong_passphrase"):
        backup.weigh(kept, other, "noget andet", clock=bench.clock)
    (tmp_path / "bad.backup").write_bytes(b"no zip")
    with pytest.raises(KnownError, match=r"backup\.unreadable"):
        backup.weigh(tmp_path / "bad.backup", bench.folder, PASSPHRASE, clock=bench.clock)
