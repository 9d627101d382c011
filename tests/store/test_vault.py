"""A vault is made, opened, shared and refused as promised."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from vault_cases import ADD, CHEAP, PASSPHRASE, ROOT, as_ordinary_user, sample_assessment, sample_citizen

from progression.errors import KnownError
from progression.platform import folders, network
from progression.store import check, header, kinds, opening, queries, recovery, vault
from progression.store.access import Act


def code(raised) -> str:
    return raised.value.code


def test_importing_the_store_loads_nothing_heavy():
    heavy = "[m for m in ('numpy', 'pandas', 'scipy', 'PySide6', 'pyqtgraph') if m in sys.modules]"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, progression.store.vault, progression.store.queries; print({heavy})"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_the_first_account_is_the_author_of_everything_from_the_first_event(bench):
    v = bench.vault(seed_events=None, role="teamleder")
    rows = v.rows("SELECT seq, kind, author, citizen FROM event ORDER BY seq")
    assert rows[0][:2] == (1, "account.added")
    assert {row[2] for row in rows} == {v.account.id}
    assert (v.account.name, v.account.role) == ("Anna Lund", "teamleder")
    assert v.stream == f"{v.incarnation}.{v.team}"


def test_a_new_vault_has_scales_types_and_settings(bench):
    v = bench.vault(seed_events=None, language="en")
    assert list(queries.scales(v)) == ["bip", "hamd"]
    assert queries.intervention_types(v)["fritaget"].state == "exempt"
    assert queries.setting(v, "bridge_days") == 14
    assert queries.setting(v, "assessment_interval_months") == 3
    assert queries.setting(v, "false_alarms_per_100_years") == 10
    assert queries.setting(v, "method") == "trajectory"
    assert queries.setting(v, "language") == "en"
    assert queries.setting(v, "nothing", "default") == "default"


def test_what_was_written_is_there_after_reopening(bench, filled):
    filled.close()
    v = bench.unlock()
    assert v.notices == []
    assert v.account.name == "Anna Lund"
    assert queries.citizen(v, "c1").name == "Birthe Mogensen"
    assert queries.course(v, "c1").assessments[0].answers["netvaerk"] == "not_rated"
    assert v.append([kinds.to_event(sample_assessment(day=date(2026, 5, 1)))], ADD)[0].stream == v.stream
    assert check.check(v, deep=True) == []


def test_nothing_readable_lies_in_the_folder(bench, filled):
    from progression.store import drafts

    drafts.save(filled, "c1", "citizen", "bip", {"note": "Græd undervejs"})
    filled.log(Act("search", detail=""))
    words = [
        word.encode() for word in ("Birthe", "Mogensen", "0101801234", "Bange", "undervejs", "Anna Lund", "netvaerk")
    ]
    for closed in (False, True):
        if closed:
            filled.close()
        paths = [path for path in bench.folder.rglob("*") if path.is_file()]
        assert any(path.name == "journal.db-wal" for path in paths) is not closed
        for path in paths:
            content = path.read_bytes()
            assert not [word for word in words if word in content], path.name
    state = [path.read_bytes() for path in folders.state_folder().rglob("*") if path.is_file()]
    assert state
    assert not [word for word in words for content in state if word in content]


def test_files_belong_to_the_user_alone(bench, filled):
    filled.close()
    for path in [bench.folder, *bench.folder.rglob("*")]:
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_wrong_passphrase(bench, filled):
    filled.close()
    with pytest.raises(KnownError) as raised:
        bench.unlock(passphrase="forkert")
    assert code(raised) == "vault.wrong_passphrase"
    bench.unlock()  # and the lock was given back


def test_an_empty_passphrase_is_none(bench):
    with pytest.raises(KnownError) as raised:
        vault.create(bench.folder, "", account_name="A", kdf=CHEAP)
    assert code(raised) == "vault.passphrase_empty"
    assert not bench.folder.exists()


def test_a_passphrase_may_be_typed_composed_or_decomposed(bench, filled):
    import unicodedata

    filled.close()
    bench.unlock(passphrase=unicodedata.normalize("NFD", PASSPHRASE))


def test_the_product_stretches_keys_at_its_own_cost(tmp_path):
    cost = vault.KdfCost()
    assert (cost.memory_kib, cost.passes) == (64 * 1024, 3)
    made = vault.create(tmp_path / "v", PASSPHRASE, account_name="A", seed_events=())
    made.vault.close(backup=False)
    wraps = json.loads((tmp_path / "v" / "header.json").read_text())["wraps"]
    assert {(w["kdf"]["memory_kib"], w["kdf"]["passes"]) for w in wraps} == {(64 * 1024, 3)}
    assert sorted(w["kind"] for w in wraps) == ["passphrase", "recovery"]


def test_the_recovery_key_opens_and_gives_a_new_passphrase(bench):
    made = bench.create()
    made.vault.close()
    typed = made.recovery_key.lower().replace("-", " ").replace("0", "o")
    opened = vault.unlock_with_recovery(bench.folder, typed, clock=bench.clock)
    assert opened.account == made.vault.account
    opened.set_passphrase("nyt og bedre", kdf=CHEAP)
    opened.close()
    with pytest.raises(KnownError) as raised:
        bench.unlock()
    assert code(raised) == "vault.wrong_passphrase"
    bench.unlock(passphrase="nyt og bedre").close()
    vault.unlock_with_recovery(bench.folder, made.recovery_key).close()


def test_a_mistyped_recovery_key_says_which_group(bench):
    made = bench.create()
    made.vault.close()
    groups = made.recovery_key.split("-")
    groups[4] = ("A" if groups[4][0] != "A" else "B") + groups[4][1:]
    for typed, group in (("-".join(groups), 5), (made.recovery_key[:-1], 0), ("U" * 40, 1)):
        with pytest.raises(KnownError) as raised:
            vault.unlock_with_recovery(bench.folder, typed)
        assert (code(raised), raised.value.fields) == ("vault.recovery_key_mistyped", {"group": group})
    with pytest.raises(KnownError) as raised:
        vault.unlock_with_recovery(bench.folder, recovery.new_key())
    assert code(raised) == "vault.wrong_recovery_key"


@pytest.mark.parametrize("what", ["missing", "empty", "file", "other"])
def test_what_is_no_vault_is_left_alone(tmp_path, what):
    place = tmp_path / "place"
    if what == "file":
        place.write_text("hej")
    elif what != "missing":
        place.mkdir()
    if what == "other":
        (place / "header.json").write_text('{"name": "something else"}')
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(KnownError) as raised:
        vault.unlock(place, PASSPHRASE)
    assert code(raised) == "vault.not_a_vault"
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_vault_is_never_made_over_another(bench, filled):
    filled.close()
    with pytest.raises(KnownError) as raised:
        bench.create()
    assert code(raised) == "vault.exists"
    (bench.folder / "header.json").unlink()
    (bench.folder / "header-2.json").unlink()
    with pytest.raises(KnownError) as raised:
        bench.create()
    assert code(raised) == "vault.exists"  # its header may still be in a backup
    with pytest.raises(KnownError) as raised:
        bench.create(bench.folder / "journal.db")
    assert code(raised) == "vault.exists"


def test_an_interrupted_making_leaves_room_for_the_next(bench, monkeypatch):
    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(header, "write", cut)
        with pytest.raises(KeyboardInterrupt):
            bench.create()
    assert not opening.exists(bench.folder)
    (bench.folder / ".creating.part").touch()  # as after a power cut
    (bench.folder / "journal.db").write_bytes(b"half")
    bench.create()


def test_a_newer_header_is_named_as_newer(bench, filled):
    filled.close()
    for name in header.NAMES:
        data = json.loads((bench.folder / name).read_text())
        (bench.folder / name).write_text(json.dumps(data | {"version": 2, "checksum": "made otherwise"}))
    with pytest.raises(KnownError) as raised:
        bench.unlock()
    assert (code(raised), raised.value.fields) == ("vault.newer", {"version": 2, "known": 1})


def test_a_newer_database_is_named_as_newer_and_left_alone(bench, filled):
    with filled.writing():
        filled.db["_sqlite_migrations"].insert(
            {"migration_set": "progression", "name": "m099_from_the_future", "applied_at": "2030"}
        )
    filled.close()
    with pytest.raises(KnownError) as raised:
        bench.unlock()
    assert code(raised) == "vault.newer"


def test_a_second_opening_waits_and_then_says_who_has_it(bench, filled):
    started = bench.clock.now()
    with pytest.raises(KnownError) as raised:
        bench.unlock(holder="command", wait=0.2)
    assert code(raised) == "vault.in_use"
    assert raised.value.fields == {"holder": "window", "pid": os.getpid(), "since": "2026-05-01T12:00:00.000000Z"}
    assert started == bench.clock.now()
    filled.close()
    bench.unlock()


def test_another_process_is_refused_and_a_dead_one_is_not(bench, filled):
    filled.close()
    script = (
        "import sys, pathlib\n"
        "from progression.store import vault\n"
        "v = vault.unlock(pathlib.Path(sys.argv[1]), sys.argv[2], holder='child')\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(bench.folder), PASSPHRASE],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert child.stdout.readline() == "open\n"
        with pytest.raises(KnownError) as raised:
            bench.unlock()
        assert code(raised) == "vault.in_use"
        assert (raised.value.fields["holder"], raised.value.fields["pid"]) == ("child", child.pid)
    finally:
        child.kill()
        child.communicate()
    assert bench.unlock().notices == []


def test_a_network_folder_is_refused(bench, filled, monkeypatch):
    filled.close()
    monkeypatch.setattr(network, "is_network_path", lambda _: True)
    for attempt in (bench.unlock, bench.create):
        with pytest.raises(KnownError) as raised:
            attempt()
        assert code(raised) == "vault.network"


def test_a_read_only_folder_is_said_so(bench, public_tmp, monkeypatch):
    monkeypatch.setenv("PROGRESSION_STATE", str(public_tmp / "state"))
    folder = public_tmp / "vault"
    with as_ordinary_user():
        made = bench.create(folder)
        made.vault.append([kinds.to_event(sample_citizen())], ADD)
        made.vault.close()
        for path in folder.rglob("*"):
            path.chmod(0o500 if path.is_dir() else 0o400)
        folder.chmod(0o500)
        with pytest.raises(KnownError) as raised:
            bench.unlock(folder)
        assert code(raised) == "folder.read_only"
        with pytest.raises(KnownError) as raised:
            bench.create(folder / "inner")
        assert code(raised) == "folder.read_only"
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o700)
        assert queries.citizen(bench.unlock(folder), "c1").number == "H00001"


def test_a_folder_that_becomes_read_only_refuses_the_answer_and_keeps_the_rest(bench, filled, monkeypatch):
    filled.db.conn.execute("PRAGMA query_only = ON")
    with pytest.raises(KnownError) as raised:
        filled.append([kinds.to_event(sample_assessment(day=date(2026, 5, 1)))], ADD)
    assert code(raised) == "folder.read_only"
    filled.db.conn.execute("PRAGMA query_only = OFF")
    assert len(filled.append([kinds.to_event(sample_assessment(day=date(2026, 5, 1)))], ADD)) == 1
    assert check.check(filled, deep=True) == []


def test_append_is_all_or_nothing(bench, filled):
    before = filled.rows("SELECT count(*) FROM event"), filled.rows("SELECT count(*) FROM access")
    good = kinds.to_event(sample_citizen("c2", "H00002"))
    for bad in (
        replace(good, body={"number": 7}),
        replace(good, kind="nonsense"),
        replace(good, replaces=("00000000-0000-7000-8000-000000000000",)),
        replace(good, citizen=None),
        replace(good, body={"number": "7", "born": "31-02-1980"}),
        replace(kinds.to_event(sample_assessment()), body={"rater": "dog"}),
    ):
        with pytest.raises((ValueError, KeyError)):
            filled.append([good, bad], ADD)
    assert before == (filled.rows("SELECT count(*) FROM event"), filled.rows("SELECT count(*) FROM access"))
    assert queries.citizen(filled, "c2") is None
    filled.append([good], ADD)
    assert check.check(filled, deep=True) == []


def test_a_vault_closes_when_the_block_is_left_and_only_once(bench):
    with bench.vault() as v:
        v.append([kinds.to_event(sample_citizen())], ADD)
    v.close()
    with pytest.raises(ZeroDivisionError), bench.unlock():
        raise ZeroDivisionError
    bench.unlock()


# which device this is


def events_of(v):
    return v.rows("SELECT stream, seq FROM event ORDER BY stream, seq")


def test_the_same_device_goes_on_in_its_stream(bench, filled):
    stream = filled.stream
    filled.close()
    v = bench.unlock()
    assert (v.stream, v.notices) == (stream, [])
    v.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    assert {stream} == {row[0] for row in events_of(v)}


def reasons(v):
    return [n.fields["reason"] for n in v.notices if n.code == "notice.new_incarnation"]


def test_a_copied_vault_starts_a_new_incarnation(bench, filled, tmp_path):
    stream = filled.stream
    filled.close()
    shutil.copytree(bench.folder, tmp_path / "copy")
    copy, original = bench.unlock(tmp_path / "copy"), bench.unlock()
    assert (reasons(copy), reasons(original)) == (["missing"], [])
    assert (copy.stream != stream, original.stream) == (True, stream)
    (event,) = copy.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    assert (event.seq, event.prev_hash) == (1, "0" * 64)
    assert check.check(copy, deep=True) == []


def test_an_older_copy_put_back_starts_a_new_incarnation(bench, filled, tmp_path):
    filled.close()
    shutil.copytree(bench.folder, tmp_path / "old")
    v = bench.unlock()
    v.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    v.close()
    shutil.rmtree(bench.folder)
    shutil.copytree(tmp_path / "old", bench.folder)
    v = bench.unlock()
    assert reasons(v) == ["behind"]
    v.close()
    assert reasons(bench.unlock()) == []


def test_a_vault_that_worked_elsewhere_and_came_back_starts_a_new_incarnation(bench, filled, tmp_path):
    filled.close()
    shutil.copytree(bench.folder, tmp_path / "elsewhere")
    v = bench.unlock(tmp_path / "elsewhere")
    v.close()
    shutil.rmtree(bench.folder)
    shutil.copytree(tmp_path / "elsewhere", bench.folder)
    assert reasons(bench.unlock()) == ["different"]


def test_a_torn_mark_starts_a_new_incarnation(bench, filled):
    filled.close()
    (mark,) = (folders.state_folder() / "incarnations").iterdir()
    whole = mark.read_bytes()
    for torn in (whole.replace(b" 1", b" 2", 1), whole[:100], b"", b"\xff" * 512):
        assert torn != whole
        mark.write_bytes(torn)
        v = bench.unlock()
        assert reasons(v) == ["missing"]
        v.close()


def test_the_mark_may_be_older_than_the_vault(bench, filled):
    (mark,) = (folders.state_folder() / "incarnations").iterdir()
    before = mark.read_bytes()
    filled.append([kinds.to_event(sample_citizen("c2", "2"))], ADD)
    filled.close()
    mark.write_bytes(before)  # a power cut after the commit
    assert reasons(bench.unlock()) == []
