"""What an impatient user, a wrong path and an unlucky disk do: one clear sentence, and nothing is lost."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import outside
import pytest
from outside import (
    PASSPHRASE,
    copy_of,
    facts,
    flip,
    make_vault,
    mounted,
    powerless,
    refused,
    run,
    start,
    tree,
    unmount,
    whole,
)

from progression.desk import vaults

LANGUAGES = ("da", "en")
READING = (["citizens"], ["flags"], ["check"], ["timeline", "B4711-77"], ["export", "out"], ["import", "given"])


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_vault(
        tmp_path_factory.mktemp("template") / "vault",
        citizens=outside.CITIZENS,
        people=outside.PEOPLE,
        interventions=outside.INTERVENTIONS,
        assessments=outside.assessments(),
    )


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def vault(template, tmp_path):
    return copy_of(template, tmp_path / "vault")


# passphrases


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_passphrase(vault, monkeypatch, language):
    before = tree(vault)
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE + "!")
    for command in READING:
        said = refused(run(*command, db=vault, language=language))
        assert ("Adgangssætningen passer ikke" if language == "da" else "passphrase does not match") in said
    assert tree(vault) == before


@pytest.mark.parametrize(
    ("content", "fits"),
    [
        (PASSPHRASE.encode(), True),
        (PASSPHRASE.encode() + b"\n", True),
        (PASSPHRASE.encode() + b"\r\n", True),
        (b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\nsecond line\r\n", True),
        (b"", False),
        (b"\r\n", False),
        (b"  \n" + PASSPHRASE.encode(), False),
        (PASSPHRASE.encode("utf-16"), False),
        (PASSPHRASE.encode("cp1252"), False),
        (None, False),
    ],
    ids=["bare", "lf", "crlf", "notepad", "empty", "empty line", "blank line", "utf-16", "cp1252", "missing"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passphrase_file(vault, tmp_path, monkeypatch, content, fits, language):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", "noget andet")
    path = tmp_path / "kode ord.txt"
    if content is not None:
        path.write_bytes(content)
    result = run("citizens", "--passphrase-file", path, db=vault, language=language)
    if fits:
        assert result.code == 0, result.err
    else:
        assert str(path) in refused(result)  # the file is named, not the passphrase blamed


def test_an_empty_variable_is_no_passphrase(vault, monkeypatch, tmp_path):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", "")
    for command in (["citizens"], ["new"], ["restore", "x"]):
        assert "PROGRESSION_PASSPHRASE" in refused(run(*command, db=vault))
    with_none = start("citizens", db=vault, stdin=subprocess.DEVNULL)
    assert (with_none.communicate()[0], with_none.returncode) == (b"", 1)


# what is no vault


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["missing", "empty", "other files", "text file", "inside a file", "another's header"])
def test_what_is_no_vault_is_said_and_left_alone(tmp_path, what, language):
    place = tmp_path / "Mine papirer æøå"
    if what == "text file":
        place.write_text("hej")
    elif what == "inside a file":
        place.write_text("hej")
        place = place / "vault"
    elif what != "missing":
        place.mkdir()
        if what == "other files":
            (place / "brev.txt").write_text("Kære borger")
        elif what == "another's header":
            (place / "header.json").write_text('{"name": "something else"}')
    before = tree(tmp_path)
    for command in READING:
        assert place.name in refused(run(*command, db=place, language=language))
    assert tree(tmp_path) == before


@pytest.mark.parametrize("command", [["new"], ["demo", "--citizens", "3"], ["restore"]], ids=lambda c: c[0])
def test_no_vault_is_made_among_somebody_s_files(vault, tmp_path, command):
    kept = tmp_path / "kept.backup"
    run("backup", "--out", kept, db=vault)
    if command == ["restore"]:
        command = ["restore", kept]
    full = tmp_path / "Dokumenter"
    full.mkdir(mode=0o755)
    (full / "brev.txt").write_text("Kære borger")
    (full / ".brev.part").write_text("another program's half a download")
    named = tmp_path / "brev.txt"
    named.write_text("hej")
    before = tree(full)
    for place in (full, named, named / "inside"):
        assert str(place) in refused(run(*command, db=place))
    assert tree(full) == before
    assert named.read_text() == "hej"
    assert full.stat().st_mode & 0o777 == 0o755  # not even closed to others


def test_other_programs_files_in_the_vault_are_left_alone(vault):
    for name in (".film.mkv.part", ".part", "notes.part", ".DS_Store"):
        (vault / name).write_text("x")
    assert run("citizens", db=vault).code == 0
    assert {".film.mkv.part", ".part", "notes.part", ".DS_Store"} <= {path.name for path in vault.iterdir()}


def test_a_vault_in_a_folder_of_any_name(tmp_path):
    place = tmp_path / "Sager (ny) – æøå ÆØÅ  2026" / "bip's vault"
    assert run("new", "--name", "Kim", db=place).code == 0
    given = outside.write(tmp_path / "ud træk", citizens=outside.CITIZENS, assessments=outside.assessments())
    assert run("import", given, db=place).code == 0
    assert run("report", "case", "B4711-77", "--out", tmp_path / "til sagen å.pdf", db=place).code == 0
    assert run("export", tmp_path / "ud æ", db=place).code == 0
    kept = Path(run("backup", db=place).out.strip())
    assert kept.is_file()
    assert run("restore", kept, db=tmp_path / "igen ø").code == 0
    assert facts(tmp_path / "igen ø") == facts(place)
    whole(place)
    real = start("citizens", db=place)
    assert (real.communicate()[1], real.returncode) == (b"", 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vault_of_a_newer_version(vault, language):
    for name in ("header.json", "header-2.json"):
        data = json.loads((vault / name).read_text())
        (vault / name).write_text(json.dumps({**data, "version": 7}))
    before = tree(vault)
    for command in READING:
        assert "7" in refused(run(*command, db=vault, language=language))
    assert tree(vault) == before


# somebody else has it

HOLDER = """
import pathlib, sys, time
from progression.desk import vaults
opened = vaults.unlock(pathlib.Path(sys.argv[1]), sys.argv[2], holder="window")
print("open", flush=True)
sys.stdin.readline()
vaults.close(opened.session, backup=False)
"""


@pytest.fixture
def held(vault):
    """The vault open in a window of another process; a line on its stdin closes it."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(vault), PASSPHRASE], cwd=outside.ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "open\n"
    yield holder
    holder.communicate("\n")


@pytest.mark.slow
def test_a_vault_in_use_is_waited_for_and_then_said_who_has_it(vault, held, template, tmp_path):
    kept = next((template / "backups").iterdir())
    given = outside.write(tmp_path / "given", citizens=outside.CITIZENS)
    before = {path: data for path, data in tree(vault).items() if path != "lock"}
    began = time.monotonic()
    wanted = (("en", ["citizens"]), ("da", ["import", given]), ("en", ["restore", kept]), ("da", ["check"]))
    commands = [start(*command, db=vault, env={"PROGRESSION_LANGUAGE": language}) for language, command in wanted]
    said = [(one.communicate()[1].decode(), one.returncode) for one in commands]
    assert 5 <= time.monotonic() - began < 60  # four programs start on a machine that may be busy
    for text, code in said:
        assert code == 1
        assert f"({'process' if 'Nothing' in text else 'proces'} {held.pid})" in text
        assert ("the window" in text) or ("vinduet" in text)
    assert {path: data for path, data in tree(vault).items() if path != "lock"} == before


@pytest.mark.slow
def test_a_command_gets_the_vault_when_it_comes_free_in_time(vault, held):
    with start("citizens", db=vault) as waiting:
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=1.5)
        held.stdin.write("\n")
        held.stdin.flush()
        out, said = waiting.communicate(timeout=20)
    assert (waiting.returncode, said) == (0, b"")
    assert b"B4711-77" in out


# places that cannot be written


@pytest.fixture
def read_only(vault, tmp_path):
    """The vault where nothing can be written: on a read-only mount where one can be made, else by its permissions."""
    place = tmp_path / "skrivebeskyttet"
    place.mkdir()
    if mounted(place, "--bind", str(vault)):
        try:
            subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
            yield place
        finally:
            unmount(place)
        return
    vault.chmod(0o500)
    for path in vault.iterdir():
        path.chmod(0o400 if path.is_file() else 0o500)
    with powerless() if os.geteuid() == 0 else contextlib.nullcontext():
        yield vault
    vault.chmod(0o700)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_read_only_folder(vault, read_only, tmp_path, language):
    kept = next((vault / "backups").iterdir())
    before = tree(vault)
    for command in (["new"], ["restore", kept]):
        assert str(read_only / "ny") in refused(run(*command, db=read_only / "ny", language=language))
    for command in (*READING, ["restore", kept]):
        if command[0] == "import":
            command = ["import", outside.write(tmp_path / "given", citizens=outside.CITIZENS)]
        assert str(read_only) in refused(run(*command, db=read_only, language=language))
    assert tree(vault) == before


def test_files_out_to_a_read_only_folder(vault, read_only, tmp_path, template):
    other = copy_of(template, tmp_path / "other")
    for command in (["export", read_only / "ud"], ["report", "case", "B4711-77", "--out", read_only / "r.pdf"],
                    ["backup", "--out", read_only / "b.backup"]):  # fmt: skip
        refused(run(*command, db=other))
    whole(other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_out_to_places_that_are_none(vault, tmp_path, language):
    (tmp_path / "fil.txt").write_text("hej")
    (tmp_path / "mappe").mkdir()
    before = tree(tmp_path / "mappe"), (tmp_path / "fil.txt").read_text()
    for target in ("mappe", "ingen/r.pdf", "fil.txt/r.pdf"):
        named = refused(run("report", "case", "B4711-77", "--out", tmp_path / target, db=vault, language=language))
        assert Path(target).name in named
        named = refused(run("backup", "--out", tmp_path / target, db=vault, language=language))
        assert str(tmp_path / target) in named
    for target in ("fil.txt", "fil.txt/ud", "x" * 300):
        assert target in refused(run("export", tmp_path / target, db=vault, language=language))
    assert "fil.txt" in refused(run("demo", "--out", tmp_path / "fil.txt", db=tmp_path / "demo", language=language))
    assert before == (tree(tmp_path / "mappe"), (tmp_path / "fil.txt").read_text())
    assert not (tmp_path / "ingen").exists() and not (tmp_path / "demo").exists()


def test_an_export_makes_its_folder_and_touches_no_file(vault, tmp_path):
    place = tmp_path / "dybt" / "nede"
    assert run("export", place, db=vault).code == 0
    written = tree(place)
    assert {"citizens.csv", "assessments.csv", "people.csv", "interventions.csv"} == set(written)
    assert str(place) in refused(run("export", place, db=vault))
    assert tree(place) == written
    (tmp_path / "andet").mkdir()
    (tmp_path / "andet" / "brev.txt").write_text("hej")
    assert run("export", tmp_path / "andet", "--format", "xlsx", db=vault).code == 0
    assert (tmp_path / "andet" / "brev.txt").read_text() == "hej"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_citizen(vault, tmp_path, language):
    for command in (["timeline", "B9"], ["report", "case", "B9", "--out", tmp_path / "r.pdf"]):
        assert "B9" in refused(run(*command, db=vault, language=language))
    assert not (tmp_path / "r.pdf").exists()
    said = refused(run("timeline", "140680-1236", db=vault, language=language))  # typed where the number goes
    assert "1236" not in said


# damage


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["header.json", "header-2.json"])
@pytest.mark.parametrize("how", ["text", "missing", "flipped", "empty"])
def test_one_damaged_header_is_repaired_and_said(vault, name, how, language):
    good = (vault / name).read_bytes()
    if how == "flipped":
        flip(vault / name, good.index(b'"salt"') + 12, 0)
    elif how == "missing":
        (vault / name).unlink()
    else:
        (vault / name).write_bytes(b"hej" if how == "text" else b"")
    result = run("citizens", db=vault, language=language)
    assert result.code == 0
    assert name in result.err
    assert (vault / name).read_bytes() == good
    assert run("citizens", db=vault, language=language).err == ""
    whole(vault)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_damaged_headers_name_a_backup_that_brings_everything_back(vault, language):
    before = facts(vault)
    for name in ("header.json", "header-2.json"):
        flip(vault / name, (vault / name).read_bytes().index(b'"salt"') + 12, 0)
    kept = tree(vault)
    said = refused(run("citizens", db=vault, language=language))
    assert run("check", db=vault, language=language).code == 3
    assert {p: d for p, d in tree(vault).items() if p != "lock"} == {p: d for p, d in kept.items() if p != "lock"}
    assert run("restore", named_backup(said), db=vault, language=language).code == 0
    assert facts(vault) == before
    whole(vault)


def named_backup(said: str) -> Path:
    """The backup that a sentence offers."""
    return Path(re.search(r": (\S+\.backup)$", said.strip())[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_flipped_byte_is_named_and_the_newest_good_backup_brings_everything_back(vault, language):
    before = facts(vault)
    older = Path(run("backup", db=vault).out.strip())
    newer = Path(run("backup", db=vault).out.strip())
    flip(newer, newer.stat().st_size // 2)  # the newest backup is damaged as well
    database = vault / "journal.db"
    flip(database, database.stat().st_size * 3 // 4)  # a page that opening the vault does not need
    found = run("check", db=vault, language=language)
    assert re.search(r"(page|side) \d+", refused(found, 3))
    said = refused(run("citizens", db=vault, language=language))
    assert named_backup(said) == named_backup(found.err) == older
    assert run("restore", older, db=vault, language=language).code == 0
    assert facts(vault) == before
    whole(vault)


@pytest.mark.parametrize("how", ["missing", "empty", "cut", "text"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_database_is_damage_and_no_new_vault(vault, how, language):
    database = vault / "journal.db"
    data = database.read_bytes()
    if how == "missing":
        database.unlink()
    else:
        database.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "text": b"hej"}[how])
    said = refused(run("check", db=vault, language=language), 3)
    if language == "da":
        assert not re.search(r"missing|malformed|no tables|not a database", said)
    assert str(vault) in refused(run("new", db=vault, language=language))
    assert run("restore", named_backup(said), db=vault).code == 0
    whole(vault)


# backups and copies


def streams(vault: Path) -> dict[str, int]:
    """How many events each stream of a vault has."""
    session = vaults.unlock(vault, PASSPHRASE).session
    try:
        return dict(session.vault.rows("SELECT stream, count(*) FROM event GROUP BY stream"))
    finally:
        vaults.close(session, backup=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clone_is_said_to_be_another_device_and_shares_no_stream(vault, tmp_path, language):
    clone = tmp_path / "klon"
    shutil.copytree(vault, clone)
    told = run("citizens", db=clone, language=language)
    assert told.code == 0
    assert ("new device" if language == "en" else "ny enhed") in told.err
    assert run("citizens", db=clone).err == run("citizens", db=vault).err == ""  # once, and only the copy
    before = streams(vault)
    for place, number in ((vault, "A1"), (clone, "A2")):
        given = outside.write(tmp_path / number, citizens=f"citizen_id\n{number}\n")
        assert run("import", given, db=place).code == 0
    new = [{name for name, count in streams(place).items() if before.get(name) != count} for place in (vault, clone)]
    assert len(new[0]) == len(new[1]) == 1
    assert not new[0] & new[1]


def test_restore_onto_a_vault_sets_it_aside(vault, tmp_path):
    kept = tmp_path / "kept.backup"
    run("backup", "--out", kept, db=vault)
    before = facts(vault)
    assert run("import", outside.write(tmp_path / "more", citizens="citizen_id\nNY1\n"), db=vault).code == 0
    after = facts(vault)
    result = run("restore", kept, db=vault)
    assert result.code == 0
    aside = Path(re.search(r"set aside in (.+)\.$", result.err, re.MULTILINE)[1])
    assert "new device" in result.err
    assert facts(vault) == before
    assert facts(aside) == after  # nothing is lost
    whole(vault)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_restore_that_cannot_be_done_changes_nothing(vault, tmp_path, monkeypatch, language):
    kept = tmp_path / "kept.backup"
    run("backup", "--out", kept, db=vault)
    before = tree(vault)
    half = tmp_path / "half.backup"
    half.write_bytes(kept.read_bytes()[:-2000])
    flipped = tmp_path / "flipped.backup"
    flipped.write_bytes(kept.read_bytes())
    flip(flipped, flipped.stat().st_size // 2)
    text = tmp_path / "text.backup"
    text.write_text("hej")
    for bad in (half, flipped, text, tmp_path, tmp_path / "none.backup", vault / "journal.db"):
        for place in (vault, tmp_path / "ny"):
            said = refused(run("restore", bad, db=place, language=language))
            assert str(bad) in said
            assert not re.search(r"Error|Zip|sha256|No such|Is a dir", said), said
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", "forkert")
    for place in (vault, tmp_path / "ny"):
        refused(run("restore", kept, db=place, language=language))
    assert {p: d for p, d in tree(vault).items() if p != "lock"} == {p: d for p, d in before.items() if p != "lock"}
    assert not list((tmp_path / "ny").glob("*.db"))


# pipes, signals, disks that take no more


@pytest.mark.parametrize("command", [["citizens"], ["trajectories"], ["flags", "--history", "--format", "json"]])
def test_a_pipe_nobody_reads(vault, command):
    with start(*command, db=vault) as child:
        child.stdout.close()
        said = child.stderr.read()
    assert (child.returncode, said) == (0, b"")


@pytest.mark.parametrize("command", [["citizens"], ["trajectories"], ["timeline", "B4711-77", "--format", "json"]])
def test_output_to_a_full_disk(vault, command):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "progression.cli", "--language", "en", *command, "--db", str(vault)],
            cwd=outside.ROOT, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert done.returncode == 1
    assert "no room" in done.stderr and "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_streams_that_were_closed_before_the_start(vault):
    line = f"exec {sys.executable} -m progression.cli citizens --format csv --db '{vault}'"
    for closed in (">&-", "<&-", "2>&-", ">&- 2>&- <&-"):
        done = subprocess.run(["sh", "-c", f"{line} {closed}"], cwd=outside.ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    whole(vault)
