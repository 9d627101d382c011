"""What goes wrong on a disk is found, named, and the way back offered."""

from __future__ import annotations

import random
import shutil
import sqlite3

import pytest
from vault_cases import ADD, CHEAP, PASSPHRASE, Bench, sample_assessment, sample_citizen

from progression.errors import KnownError
from progression.store import backup, check, kinds, opening, queries, vault


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """A closed vault with one backup; tests work on copies."""
    base = tmp_path_factory.mktemp("damage")
    bench = Bench(base)
    made = vault.create(bench.folder, PASSPHRASE, account_name="A", kdf=CHEAP, state=base / "state", clock=bench.clock)
    made.vault.append([kinds.to_event(sample_citizen()), kinds.to_event(sample_assessment())], ADD)
    made.vault.close()
    return bench.folder


@pytest.fixture
def copy(closed, tmp_path):
    shutil.copytree(closed, tmp_path / "vault")
    return tmp_path / "vault"


def flip(path, place: int, bit: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ (1 << bit)]))


def refused(folder) -> KnownError:
    with pytest.raises(KnownError) as raised:
        vault.unlock(folder, PASSPHRASE, wait=0)
    assert raised.value.code == "vault.damaged"
    return raised.value


def test_one_flipped_byte_anywhere_is_found_and_the_newest_good_backup_named(copy):
    database = copy / opening.DATABASE
    size = database.stat().st_size
    chance = random.Random(1)
    edges = [0, 15, 16, 17, 100, 4095, 4096, size - 1, size - 80, size - 4096]
    (kept,) = backup.backups(copy)
    for place in edges + [chance.randrange(size) for _ in range(40)]:
        bit = chance.randrange(8)
        flip(database, place, bit)
        assert refused(copy).fields["newest_backup"] == str(kept.path), place
        flip(database, place, bit)
    vault.unlock(copy, PASSPHRASE).close()


@pytest.mark.parametrize("how", ["cut", "half a page", "longer", "empty", "text", "missing", "plain"])
def test_a_database_that_is_none_is_damage_and_no_wrong_passphrase(copy, how):
    database = copy / opening.DATABASE
    data = database.read_bytes()
    if how == "missing":
        database.unlink()
    elif how == "plain":
        database.unlink()
        with sqlite3.connect(database) as plain:
            plain.execute("CREATE TABLE event (id)")
        plain.close()
    else:
        changed = {
            "cut": data[:-8192],
            "half a page": data[:-1000],
            "longer": data + b"\0" * 4096,
            "empty": b"",
            "text": b"hej",
        }
        database.write_bytes(changed[how])
    error = refused(copy)
    assert error.fields["newest_backup"]
    vault_again = backup.restore(backup.newest_good(copy), copy, PASSPHRASE)
    assert queries.citizen(vault_again, "c1").number == "H00001"
    assert check.check(vault_again, deep=True) == []
    vault_again.close()


def test_without_a_backup_it_says_that_there_is_none(copy):
    shutil.rmtree(copy / backup.FOLDER)
    flip(copy / opening.DATABASE, 5000)
    assert refused(copy).fields["newest_backup"] == ""


def test_damage_that_comes_while_the_vault_is_open(copy):
    v = vault.unlock(copy, PASSPHRASE)
    for place in range(4096 + 50, (copy / opening.DATABASE).stat().st_size, 4096):
        flip(copy / opening.DATABASE, place)
    found = check.check(v)
    assert {one.code for one in found} == {"damage.page"}
    assert all(one.newest_backup == str(backup.backups(copy)[0].path) for one in found)
    v.db.conn.execute("PRAGMA cache_size = 1")
    v.db.conn.execute("PRAGMA shrink_memory")
    with pytest.raises(KnownError) as raised:
        queries.courses(v)
    assert raised.value.code == "vault.damaged"
    v.close(backup=False)


def tamper(v, sql, *parameters):
    """Change the journal as no program of ours would: guards off, then on again."""
    from progression.store import migrations

    for name in migrations.GUARDS:
        v.db.conn.execute(f"DROP TRIGGER {name}")
    with v.writing():
        v.db.conn.execute(sql, parameters)
        migrations.make_guards(v.db)


LAST = "(SELECT max(seq) FROM event)"
TAMPERINGS = {
    "damage.body": "UPDATE event SET body = replace(body, 'H00001', 'H00002')",
    "damage.hash": f"UPDATE event SET time = '2020-01-01T00:00:00.000000Z' WHERE seq = {LAST}",
    "damage.chain": f"UPDATE event SET hash = ?, prev_hash = ? WHERE seq = {LAST}",
    "damage.gap": f"DELETE FROM event WHERE seq = {LAST} - 1",
    "damage.projection": "UPDATE citizen SET name = 'X'",
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_changed_behind_the_program_is_named(bench, filled, what):
    from progression.store import journal

    parameters = ()
    if what == "damage.chain":  # somebody who knows how to hash
        row = list(filled.rows(f"{journal.SELECT} WHERE seq = {LAST}")[0])
        row[12] = "1" * 64
        parameters = (journal.event_hash(row), row[12])
    tamper(filled, TAMPERINGS[what], *parameters)
    found = check.check(filled, deep=True)
    assert what in {one.code for one in found}
    if what == "damage.projection":
        assert [(one.code, one.where) for one in found] == [(what, "citizen")]
        assert check.check(filled) == []
        check.rebuild(filled)
        assert check.check(filled, deep=True) == []
    else:
        assert all(one.where.startswith(filled.stream) for one in found if one.code != "damage.projection")


def test_missing_guards_and_a_damaged_copy_of_the_header_are_named(bench, filled):
    filled.db.conn.execute("DROP TRIGGER event_never_deleted")
    (bench.folder / "header-2.json").write_text("{}")
    found = [(one.code, one.where) for one in check.check(filled)]
    assert found == [("damage.header", "header-2.json"), ("damage.guard", "event_never_deleted")]


def test_a_check_changes_nothing(bench, filled):
    before = {t: filled.rows(f"SELECT * FROM {t}") for t in ("event", "citizen", "assessment", "scale", "local")}
    assert check.check(filled, deep=True) == []
    assert before == {t: filled.rows(f"SELECT * FROM {t}") for t in before}


def test_a_lost_log_of_the_last_answers_is_noticed(bench, filled, tmp_path):
    """Killed, and a byte of the write-ahead log left beside it flips: SQLite ends the log there without a word."""
    filled.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    shutil.copytree(bench.folder, tmp_path / "killed")
    filled.close(backup=False)
    shutil.rmtree(bench.folder)
    shutil.copytree(tmp_path / "killed", bench.folder)
    flip(bench.folder / "journal.db-wal", 40)
    v = bench.unlock()
    assert [n.fields.get("reason") for n in v.notices] == ["behind"]


def test_pages_torn_while_the_log_was_being_moved_are_whole_again(bench, filled, tmp_path):
    """A power cut in the middle of a checkpoint: the log still holds every page that is half written."""
    filled.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    shutil.copytree(bench.folder, tmp_path / "cut")
    filled.close(backup=False)
    shutil.rmtree(bench.folder)
    shutil.copytree(tmp_path / "cut", bench.folder)
    log = (bench.folder / "journal.db-wal").read_bytes()
    pages = {int.from_bytes(log[at : at + 4], "big") for at in range(32, len(log), 24 + 4096)}
    database = bench.folder / opening.DATABASE
    there = [page for page in pages if page > 1 and page * 4096 <= database.stat().st_size]
    assert there
    for page in there:
        flip(database, (page - 1) * 4096 + 2048)
    v = bench.unlock()
    assert (v.notices, queries.citizen(v, "c2").number) == ([], "2")
    assert check.check(v, deep=True) == []
