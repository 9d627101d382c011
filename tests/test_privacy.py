"""Nothing personal outside the vault: not in its folder, not beside it, not in what an error says, not in temp."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import outside
import pytest
from outside import CITIZENS, INTERVENTIONS, PASSPHRASE, PEOPLE, SECRETS, assessments, copy_of, make_vault, run, start

from progression.desk import citizens, conversations, vaults

FOUND_NOWHERE = (
    *SECRETS,
    "B4711-77",
    "Bødil",
    "virksomhedspraktik",
    "Ærø Trælast",
    "netvaerk",
    "33333333333",
    PASSPHRASE,
)
COMMANDS = (
    ["citizens"], ["people"], ["interventions"], ["flags"], ["flags", "--history", "--all", "--format", "json"],
    ["trajectories", "--causal"], ["timeline", "B4711-77"], ["estimates"], ["log"], ["check", "--deep"], ["rebuild"],
    ["backup"],
)  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_vault(
        tmp_path_factory.mktemp("template") / "vault",
        citizens=CITIZENS,
        people=PEOPLE,
        interventions=INTERVENTIONS,
        assessments=assessments(),
    )


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def vault(template, tmp_path):
    return copy_of(template, tmp_path / "vault")


@pytest.fixture
def temp(tmp_path, monkeypatch):
    """A folder for temporary files of our own, for this process and its children."""
    folder = tmp_path / "temp"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    tempfile.tempdir = None


def shapes(word: str) -> set[bytes]:
    """How a word may lie in a file: UTF-8, UTF-16 both ways, Windows-1252, and as JSON escapes it."""
    escaped = word.encode("ascii", "backslashreplace").replace(b"\\xe6", b"\\u00e6").replace(b"\\xe5", b"\\u00e5")
    return {word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode("cp1252"), escaped}


def leaks(*folders: Path, words=FOUND_NOWHERE) -> list[tuple[str, str]]:
    """Files below the folders (their names too) in which a word can be read; upper and lower case are the same."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            content = path.read_bytes().lower() if path.is_file() else b""
            content += str(path.relative_to(folder)).encode().lower()
            found += [(str(path), word) for word in words if any(one.lower() in content for one in shapes(word))]
    return found


def everywhere(vault: Path) -> list[Path]:
    """The vault's folder and whatever the platform gave the program to keep things in."""
    return [vault, *(Path(os.environ[f"PROGRESSION_{name}"]) for name in ("DATA", "STATE", "CONFIG"))]


def test_the_search_finds_what_is_there(tmp_path):
    (tmp_path / "a.txt").write_bytes("… Xanthippe".encode("utf-16-le"))
    (tmp_path / "b.json").write_text('"Qvistg\\u00e5rd"')
    (tmp_path / "zebranote").touch()
    assert {word for _, word in leaks(tmp_path)} == {"Xanthippe", "Qvistgård", "Zebranote"}


def test_nothing_is_readable_while_the_vault_is_open(vault):
    """A draft and a finished conversation in the write-ahead log, the lock held, backups beside it."""
    session = vaults.unlock(vault, PASSPHRASE).session
    try:
        citizen = citizens.by_number(session, "B4711-77").citizen
        day, answers = session.today(), dict.fromkeys(outside.CASEWORKER, 3)
        conversations.finish(
            session, citizen, "caseworker", "bip", day, "", answers, {"netvaerk": "Zebranote"}, "Kvartsnote"
        )
        conversations.keep(session, citizen, "citizen", "bip", day, "", {"netvaerk": 3}, {}, "Kvartsnote")
        assert (vault / "journal.db-wal").stat().st_size > 4096
        vaults.back_up(session)
        assert leaks(*everywhere(vault)) == []
    finally:
        vaults.close(session)
    assert leaks(*everywhere(vault)) == []


def test_nothing_is_readable_after_every_command(vault, temp, tmp_path):
    for command in COMMANDS:
        result = run(*command, db=vault)
        assert result.code == 0, result.err
        assert not any(secret in result.err for secret in SECRETS)
    assert run("restore", next((vault / "backups").iterdir()), db=vault).code == 0
    assert leaks(*everywhere(vault), temp) == []
    assert list(temp.iterdir()) == []


def test_files_are_for_the_user_alone(vault, tmp_path):
    assert run("backup", db=vault).code == 0
    assert run("backup", "--out", tmp_path / "b.backup", db=vault).code == 0
    assert run("export", tmp_path / "ud", db=vault).code == 0
    inside = [path for path in vault.rglob("*") if path.is_file()]
    assert vault.stat().st_mode & 0o077 == 0
    for path in (*inside, tmp_path / "b.backup", *(tmp_path / "ud").iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.slow
def test_nothing_is_left_in_the_folder_for_temporary_files(vault, temp, tmp_path):
    """Import, export in every form, report, backup, restore, demo, self-test: in processes of their own."""
    given = outside.write(tmp_path / "given", citizens=CITIZENS, assessments=assessments(days=("09-02-2026",)))
    assert run("export", tmp_path / "bog", "--format", "xlsx", db=vault).code == 0
    commands = [
        ["import", given],
        ["import", tmp_path / "bog" / "progression.xlsx"],
        *(["export", tmp_path / f"ud-{form}", "--format", form] for form in ("csv", "xlsx", "sqlite")),
        ["report", "case", "B4711-77", "--out", tmp_path / "r.pdf"],
        ["backup", "--out", tmp_path / "b.backup"],
        ["check", "--deep"],
    ]
    for command in commands:
        with start(*command, db=vault) as child:
            said = child.communicate()[1].decode()
        assert child.returncode == 0, said
        assert not any(secret in said for secret in SECRETS)
        assert list(temp.iterdir()) == [], command
    for command, place in ((["restore", tmp_path / "b.backup"], "igen"), (["demo", "--citizens", "4"], "demo"),
                           (["self-test"], "intet")):  # fmt: skip
        env = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
        with start(*command, db=tmp_path / place, env=env) as child:
            said = child.communicate()[1].decode()
        assert child.returncode == 0, said
        assert list(temp.iterdir()) == [], command
    assert leaks(*everywhere(vault), tmp_path / "igen") == []
    for place in tmp_path.glob("ud-*"):
        assert not list(place.glob(".*"))  # nor half a file beside what was asked for


PROVOKED = (  # each ends with an error about somebody
    ["timeline", "140680-1236"], ["report", "case", "Xanthippe Qvistgård", "--out", "r.pdf"], ["import", "given"],
    ["import", "given", "--update"], ["trajectories", "--indicator", "nope"], ["restore", "given/citizens.csv"],
    ["scales", "validate", "given/notes.csv"], ["import", "given", "--mapping", "given/citizens.csv"],
)  # fmt: skip


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_error_repeats_what_was_written_about_a_person(vault, tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    outside.write(
        tmp_path / "given",
        citizens=CITIZENS.replace("B4711-77;Xanthippe", "B4711-77;Xanthippe Mona")
        + "X;Yrsa;140680-1236;x;x;29481516;\n",
        people=PEOPLE + "YP;Yrsa Pjaltenborg;Vest\n",
        assessments=assessments(score=4).replace("Zebranote", "Zebranote igen"),
        notes="citizen_id;date;kind;text\nB4711-77;2025-03-01;contact;Kvartsnote; og mere Zebranote\n"
        "140680-1236;2025-03-01;contact;Zebranote\nB4711-77;2025-03-01;Zebra;Zebranote\n",
        decisions='citizen_id;date;about;choice;reason\nB4711-77;2025-03-01;citizen;"start;Zebranote\n',
    )
    for command in PROVOKED:
        result = run(*command, db=vault, language=language)
        assert result.code == 1, result.err
        # what was typed on the command line is repeated, except where it looks like a CPR number
        typed = " ".join(map(str, command))
        told = [secret for secret in SECRETS if secret in result.err and (secret not in typed or secret[:6].isdigit())]
        assert told == [], result.err


BUGS = {
    "desk": ("progression.desk.citizens", "listing", ["citizens"]),
    "analysis": ("progression.analysis.analyse", "analyse", ["flags"]),
    "store": ("progression.store.queries", "courses", ["timeline", "B4711-77"]),
    "import": ("progression.exchange.taking_in", "_compare", ["import", "given"]),
    "report": ("progression.reports.case", "case_pdf", ["report", "case", "B4711-77", "--out", "r.pdf"]),
}


@pytest.mark.parametrize("where", BUGS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_bug_tells_where_and_never_with_what(vault, tmp_path, monkeypatch, where, language):
    module, name, command = BUGS[where]
    monkeypatch.chdir(tmp_path)
    outside.write(tmp_path / "given", citizens=CITIZENS)

    def broken(*arguments, **options):
        Xanthippe = "140680-1236 Zebranote"  # noqa: N806
        raise ValueError(f"cannot read {Xanthippe}", arguments, options)

    monkeypatch.setattr(f"{module}.{name}", broken)
    result = run(*command, db=vault, language=language)
    assert result.code == 70
    assert result.out == ""
    assert not any(secret in result.err for secret in (*SECRETS, "B4711-77", str(tmp_path), "cannot read"))
    assert re.search(r"ValueError\n( +[\w/]+\.py:\d+ \w+\n)+ +test_privacy\.py:\d+ broken", result.err)
    assert not (tmp_path / "r.pdf").exists()
    assert run("check", db=vault).code == 0  # and the vault was given free


def test_the_access_log_tells_who_was_looked_at_and_no_text(vault):
    run("timeline", "B4711-77", db=vault)
    told = run("log", "--format", "json", db=vault)
    assert "B4711-77" in told.out
    assert not any(secret in told.out for secret in SECRETS)
