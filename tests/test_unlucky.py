"""A laptop that dies, a disk that fills up, a hand on Ctrl-C: what was acknowledged is there, the rest never was."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time

import outside
import pytest
from outside import CASEWORKER, CITIZENS, PASSPHRASE, copy_of, facts, make_vault, mounted, refused, run, start, whole

from progression.desk import citizens, conversations, vaults
from progression.errors import KnownError
from progression.store import backup, queries

SCORING = """
import pathlib, sys
from datetime import date, timedelta
from progression.desk import citizens, conversations, vaults
from progression.errors import KnownError

session = vaults.unlock(pathlib.Path(sys.argv[1]), sys.argv[2]).session
citizen = citizens.by_number(session, "B4711-77").citizen
codes, serial, note = sys.argv[4].split(","), int(sys.argv[3]), sys.argv[5]
try:
    while True:
        serial += 1
        day, answers = date(2025, 2, 1) + timedelta(days=serial), {}
        for place, code in enumerate(codes):
            answers[code] = 1 + (serial + place) % 5
            conversations.keep(session, citizen, "caseworker", "bip", day, "", answers, {}, note)
            print("key", serial, len(answers), flush=True)
        conversations.finish(session, citizen, "caseworker", "bip", day, "", answers, {}, note)
        print("saved", serial, len(answers), flush=True)
except KnownError as error:
    print("error", error.code, 0, flush=True)
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_vault(tmp_path_factory.mktemp("template") / "vault", citizens=CITIZENS, people=outside.PEOPLE)


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def vault(template, tmp_path):
    return copy_of(template, tmp_path / "vault")


def score(vault, serial=0, codes=CASEWORKER, note="", **options):
    """Start a conversation after another in a process of its own; its stdout tells what is acknowledged."""
    command = [sys.executable, "-c", SCORING, str(vault), PASSPHRASE, str(serial), ",".join(codes), note]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=outside.ROOT, **options)


def acknowledged(lines):
    """From what a child printed: the last key (serial, answers) and the serials that were saved."""
    told = [line.split() for line in lines if line.endswith("\n")]
    keys = [(int(serial), int(count)) for word, serial, count in told if word == "key"]
    return keys[-1] if keys else (0, 0), [int(serial) for word, serial, _ in told if word == "saved"]


def is_there(vault, saved, last):
    """Every saved assessment is there with each of its answers, and the last key is in its draft or its assessment."""
    session = vaults.unlock(vault, PASSPHRASE).session
    try:
        citizen = citizens.by_number(session, "B4711-77").citizen
        there = {(one.date.toordinal() - FIRST): dict(one.answers) for one in queries.assessments(session.vault)}
        for serial in saved:
            assert there[serial] == {code: 1 + (serial + place) % 5 for place, code in enumerate(CASEWORKER)}
        serial, count = last
        if serial and serial not in there:
            sheet = conversations.open(session, citizen, "caseworker")
            assert sheet.resumed and len(sheet.answers) >= count
            assert sheet.day.toordinal() - FIRST == serial
    finally:
        vaults.close(session, backup=False)


FIRST = 739283  # date(2025, 2, 1)


@pytest.mark.slow
def test_killed_at_fifty_random_points_while_scoring(vault):
    chance, serial, saved = random.Random(7), 0, []
    for _ in range(50):
        with score(vault, serial) as child:
            lines = [child.stdout.readline() for _ in range(chance.randrange(1, 30))]
            child.kill()
            lines += child.stdout.read().splitlines(keepends=True)
        last, now = acknowledged(lines)
        saved += now
        is_there(vault, saved, last)
        result = run("check", db=vault)
        assert (result.code, result.err) == (0, "")  # the same device goes on
        serial = max(serial, last[0])
    assert len(saved) > 20
    whole(vault)


def many(folder, count=2000):
    """Files of so many citizens, large enough to be killed in."""
    people = "\n".join(["citizen_id;name", *(f"K{i:05d};Navn {i}" for i in range(count))])
    rows = [f"K{i:05d};2025-03-01;caseworker;{code};{1 + i % 5}" for i in range(count) for code in CASEWORKER]
    return outside.write(
        folder, citizens=people, assessments="\n".join(["citizen_id;date;rater;indicator;score", *rows])
    )


def rows(vault):
    return len(run("citizens", "--format", "csv", db=vault).out.splitlines())


@pytest.mark.slow
def test_killed_at_any_moment_of_an_import(vault, tmp_path):
    given = many(tmp_path / "given")
    began = time.monotonic()
    assert run("import", given, db=copy_of(vault, tmp_path / "measured")).code == 0
    took = time.monotonic() - began + 0.5  # and the start of a process
    chance, kills = random.Random(3), 0
    for number in range(10):
        place = copy_of(vault, tmp_path / f"killed-{number}")
        with start("import", given, db=place) as child:
            try:
                child.wait(chance.uniform(0.2, took))
            except subprocess.TimeoutExpired:
                child.kill()
                kills += 1
        result = run("check", db=place)
        assert (result.code, result.err) == (0, "")
        assert rows(place) in (3, 2003)
    assert kills > 3
    result = run("import", given, "--format", "json", db=place)  # and it can simply be done again
    assert result.code == 0, result.err
    assert rows(place) == 2003
    whole(place)


@pytest.fixture
def heard():
    """Ctrl-C is heard by what is started, also where the tests were started in the background, which is deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_stopped_leaves_nothing_half_done(vault, tmp_path, sent):
    given, before = many(tmp_path / "given", 6000), facts(vault)
    with start("import", given, "--no-refit", db=vault, env={"PROGRESSION_LANGUAGE": "da"}) as child:
        while not (vault / "lock").stat().st_size:  # it has the vault
            assert child.poll() is None
        child.send_signal(sent)
        said = child.stderr.read().decode()
    if sent == signal.SIGINT:
        assert child.returncode == 130, said
        assert "Traceback" not in said and "halvfærdigt" in said
    assert child.returncode != 0
    assert facts(vault) == before
    whole(vault)


# a full disk


@pytest.fixture
def small_disk(template, tmp_path):
    """A vault on a disk of 2 MB that can be made larger; where none can be mounted, files that may not grow."""
    disk = tmp_path / "disk"
    disk.mkdir()
    real = mounted(disk, "-t", "tmpfs", "-o", "size=2m", "tmpfs")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (template / "journal.db").stat().st_size + 800_000

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))

    def enlarge():
        if real:
            subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)

    try:
        yield copy_of(template, disk / "vault"), enlarge, {} if real else {"preexec_fn": limit}
    finally:
        if real:
            outside.unmount(disk)


@pytest.mark.slow
def test_a_disk_that_fills_up_in_the_middle_of_an_assessment(small_disk):
    vault, enlarge, limit = small_disk
    with score(vault, note="lang " * 1500, **limit) as child:
        lines = child.stdout.readlines()
    assert lines[-1].split()[1] in ("disk.full", "disk.failed"), lines[-1]
    last, saved = acknowledged(lines)
    assert last[0] > 3 and saved
    if not limit:  # the disk is really full: no command can even log that it looked
        for language in ("da", "en"):
            assert str(vault) in refused(run("citizens", db=vault, language=language))
    enlarge()
    is_there(vault, saved, last)
    whole(vault)
    assert run("backup", db=vault).code == 0


@pytest.mark.slow
def test_a_disk_that_fills_up_during_an_import(small_disk, tmp_path):
    vault, enlarge, limit = small_disk
    given, before = many(tmp_path / "given"), facts(vault)
    for language in ("da", "en"):
        with start("import", given, db=vault, env={"PROGRESSION_LANGUAGE": language}, **limit) as child:
            out, said = child.communicate()
        assert (child.returncode, out) == (1, b"")
        assert b"Traceback" not in said and str(vault).encode() in said
    enlarge()
    assert facts(vault) == before
    whole(vault)
    assert run("import", given, db=vault).code == 0
    assert not list(vault.rglob("*.part"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_import_whose_backup_finds_no_room_is_saved_and_says_so(vault, tmp_path, monkeypatch, language):
    def full(*_):
        raise KnownError("disk.full", folder=str(vault))

    given = outside.write(tmp_path / "given", citizens="citizen_id\nNY1\n")
    kept = len(list((vault / "backups").iterdir()))
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_snapshot", full)
        result = run("import", given, "--format", "json", db=vault, language=language)
    assert (result.code, result.json["import"][0]["new"]) == (0, 1)
    assert ("Everything is saved" if language == "en" else "Alt er gemt") in result.err
    assert "NY1" in run("citizens", db=vault).out
    assert len(list((vault / "backups").iterdir())) == kept + 1  # the next close has made up for it


def test_a_clock_that_was_wrong(vault, tmp_path):
    """A laptop whose battery died believes it is 1970: nothing of what is there is lost or refused for ever."""
    env = {**os.environ, "PYTHONPATH": str(outside.ROOT)}
    code = (
        "import sys; from datetime import UTC, datetime; from progression.store import clock\n"
        "clock.SystemClock.now = lambda self: datetime(1970, 1, 1, tzinfo=UTC)\n"
        "from progression import cli; sys.exit(cli.main(sys.argv[1:]))"
    )
    given = outside.write(tmp_path / "given", citizens="citizen_id\nNY1\n")
    for command in (["import", str(given)], ["citizens"], ["flags"], ["check", "--deep"]):
        done = subprocess.run([sys.executable, "-c", code, *command, "--db", str(vault)], env=env, capture_output=True)
        assert done.returncode == 0, done.stderr
    assert "NY1" in run("citizens", db=vault).out
    whole(vault)
