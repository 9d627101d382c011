"""The command line as a whole: exit codes, help in both languages, passphrases, and nothing personal on stderr."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from progression import __version__, cli
from progression.commands import base
from progression.errors import KnownError
from progression.words import Words

PASSPHRASE = "fire ord uden sammenhæng"
NAMES = [command.name for command in cli.every_command()]


def test_the_commands_of_this_version_are_there():
    assert set(NAMES) == {
        "app", "demo", "new", "import", "export", "citizens", "citizen", "flags", "timeline", "interventions", "people",
        "trajectories", "estimates", "report", "backup", "restore", "check", "rebuild", "scales", "self-test", "log",
        "measures", "method", "duties", "caseload", "conversations", "handover", "reviews",
        "types", "providers", "offers", "categories", "category", "team", "languages", "letterhead",
    }  # fmt: skip
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_examples(run, name, language):
    result = run(name, "--help", "--language", language)
    assert result.code == 0
    assert ("eksempler:" if language == "da" else "examples:") in result.out
    command = next(c for c in cli.every_command() if c.name == name)
    assert command.examples
    for line in command.examples:
        assert f"  progression {line}" in result.out
        assert line.split()[0] == name
    assert Words(language).t(command.summary)[1:] in " ".join(result.out.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_understood(name):
    parser = cli.make_parser(Words("en"), cli.every_command())
    command = next(c for c in cli.every_command() if c.name == name)
    for line in command.examples:
        assert parser.parse_args(shlex.split(line)).command == name


@pytest.mark.parametrize(("language", "word"), [("da", "kommandoer"), ("en", "commands")])
def test_help_lists_every_command_with_what_it_does(run, language, word):
    result = run("--help", "--language", language)
    assert result.code == 0
    assert word in result.out
    for command in cli.every_command():
        assert re.search(rf"^ +{command.name}\s", result.out, re.MULTILINE)


def test_what_prints_rows_takes_every_format():
    parser = cli.make_parser(Words("en"), cli.every_command())
    for command in cli.every_command():
        if command.rows:
            given = {
                "import": ["x"], "timeline": ["S1"], "scales": ["list"], "category": ["S1"], "citizen": ["S1"],
                "report": ["case", "S1", "--out", "x"],
            }.get(command.name, [])  # fmt: skip
            for form in ("table", "json", "csv"):
                assert parser.parse_args([command.name, *given, "--format", form]).format == form
    assert {c.name for c in cli.every_command() if c.rows} >= {
        "citizens", "flags", "timeline", "interventions", "people", "trajectories", "estimates", "import", "scales",
    }  # fmt: skip


def test_version(run):
    assert run("--version").out == f"progression {__version__}\n"


# 2: wrong usage


@pytest.mark.parametrize(
    "wrong",
    [
        ("nope",),
        ("flags", "--as-of", "31-02-2026"),
        ("flags", "--format", "xml"),
        ("flags", "--all"),
        ("demo", "--citizens", "0"),
        ("demo", "--citizens", "-3"),
        ("report", "nope", "S1", "--out", "x"),
        ("report", "case", "S1"),
        ("timeline",),
        ("scales",),
        ("trajectories", "--rater", "nobody"),
        ("export", "--format", "pdf", "out"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(("language", "said"), [("da", "Ikke forstået: "), ("en", "Not understood: ")])
def test_wrong_usage_ends_with_two(run, wrong, language, said):
    result = run(*wrong, "--language", language)
    assert result.code == 2
    assert result.out == ""
    assert said in result.err
    assert "Traceback" not in result.err


def test_a_wrong_date_is_said_in_danish(run):
    result = run("flags", "--as-of", "31-02-2026", "--language", "da")
    assert "31-02-2026 er ikke en dato som 2026-05-01" in result.err


# 1: known errors


def one_sentence(result):
    assert result.code == 1
    assert result.out == ""
    assert "Traceback" not in result.err
    assert "known went wrong" not in result.err  # a code without a sentence of its own
    assert "{" not in result.err
    return result.err


def test_no_vault(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PROGRESSION_LANGUAGE", "en")
    assert "There is no database in" in one_sentence(run("flags", db=tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_the_default_vault_is_the_user_s_own(run, monkeypatch):
    monkeypatch.setenv("PROGRESSION_LANGUAGE", "en")
    assert os.environ["PROGRESSION_DATA"] in one_sentence(run("flags"))


def test_wrong_passphrase(run, vault, monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", "noget andet")
    one_sentence(run("citizens", db=vault))


def test_no_passphrase_and_nobody_to_ask(run, vault, monkeypatch):
    monkeypatch.delenv("PROGRESSION_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert "PROGRESSION_PASSPHRASE" in one_sentence(run("citizens", db=vault))


def test_the_passphrase_comes_from_the_first_line_of_a_file(run, vault, monkeypatch, tmp_path):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", "noget andet")
    path = tmp_path / "secret"
    path.write_text(PASSPHRASE + "\nanother line\n", "utf-8")
    assert run("citizens", "--passphrase-file", path, db=vault).code == 0
    assert run("--passphrase-file", path, "citizens", db=vault).code == 0  # options stand before or after
    for bad in (b"", b"\xff\xfe"):
        path.write_bytes(bad)
        one_sentence(run("citizens", "--passphrase-file", path, db=vault))
    one_sentence(run("citizens", "--passphrase-file", tmp_path / "none", db=vault))


class Asked:
    """Answers typed at the prompt, one after the other."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.prompts = []

    def __call__(self, prompt):
        self.prompts.append(prompt)
        return self.answers.pop(0)


@pytest.fixture
def prompt(monkeypatch):
    monkeypatch.delenv("PROGRESSION_PASSPHRASE", raising=False)
    monkeypatch.setenv("PROGRESSION_LANGUAGE", "en")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    def answer(*answers):
        asked = Asked(*answers)
        monkeypatch.setattr(base.getpass, "getpass", asked)
        return asked

    return answer


def test_a_new_vault_asks_twice_and_an_old_one_once(run, prompt, tmp_path):
    asked = prompt(PASSPHRASE, PASSPHRASE, PASSPHRASE)
    result = run("new", "--name", "Kim", db=tmp_path / "v")
    assert result.code == 0
    assert re.fullmatch(r"([0-9A-Z]{5}-){7}[0-9A-Z]{5}\n", result.out)  # the key alone, to be piped
    assert len(asked.prompts) == 2
    assert run("citizens", db=tmp_path / "v").code == 0
    assert len(asked.prompts) == 3


def test_two_different_passphrases_make_nothing(run, prompt, tmp_path):
    prompt("a b c d", "e f g h")
    one_sentence(run("new", db=tmp_path / "v"))
    assert not (tmp_path / "v").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("timeline", "S9999"),
        ("report", "case", "S9999", "--out", "x.pdf"),
        ("trajectories", "--scale", "nope"),
        ("trajectories", "--indicator", "nope"),
        ("scales", "show", "nope"),
        ("scales", "install", "nowhere.toml"),
        ("scales", "validate", "nowhere.toml"),
        ("import", "nowhere"),
        ("restore", "nowhere.backup"),
        ("new",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_known_errors_end_with_one_and_a_sentence(run, vault, arguments, language):
    one_sentence(run(*arguments, "--language", language, db=vault))


def test_a_vault_in_use_is_said(run, vault, monkeypatch):
    from progression.desk import vaults

    opened = vaults.unlock(vault, PASSPHRASE)
    monkeypatch.setattr("progression.commands.base.WAIT_FOR_VAULT", 0.0)
    try:
        one_sentence(run("citizens", db=vault))
    finally:
        vaults.close(opened.session, backup=False)


# 70: a bug says where, never with which data


def test_a_bug_is_told_without_any_data(run, vault, monkeypatch):
    def broken(_session):
        name = "Xanthippe Qvistgaard"
        raise RuntimeError(f"cannot read {name} 010180-1234")

    monkeypatch.setattr("progression.desk.people.listing", broken)
    result = run("people", db=vault)
    assert result.code == 70
    assert "RuntimeError" in result.err
    assert "test_cli.py" in result.err
    for secret in ("Xanthippe", "010180", "Traceback", str(vault), "cannot read", str(Path(__file__).parent)):
        assert secret not in result.err


def test_an_error_behind_an_error_is_not_told_either():
    try:
        try:
            raise ValueError("Xanthippe")
        except ValueError as inner:
            raise TypeError("Qvistgaard") from inner
    except TypeError as error:
        text = cli.redacted(error)
    assert "Xanthippe" not in text
    assert "Qvistgaard" not in text
    assert text.startswith(f"progression {__version__}, TypeError")


def test_stopping_with_the_keyboard(run, vault, monkeypatch):
    def stopped(_session):
        raise KeyboardInterrupt

    monkeypatch.setattr("progression.desk.people.listing", stopped)
    result = run("people", db=vault)
    assert result.code == 130
    assert "Traceback" not in result.err
    assert run("check", db=vault).code == 0  # the vault was given free


def test_no_known_error_prints_what_it_was_about(run, vault, monkeypatch):
    def broken(_session):
        raise KnownError("nobody.wrote_this", exit_code=1, name="Xanthippe")

    monkeypatch.setattr("progression.desk.people.listing", broken)
    result = run("people", db=vault)
    assert result.code == 1
    assert "Xanthippe" not in result.err


def test_reading_commands_say_nothing_of_anybody_on_stderr(run, vault):
    shown = run("citizens", "--format", "json", db=vault).json["citizens"]
    secrets = {c["name"] for c in shown} | {c["citizen_id"] for c in shown}
    for arguments in (
        ["citizens"],
        ["flags"],
        ["trajectories", "--causal"],
        ["interventions"],
        ["log"],
        ["check"],
    ):
        result = run(*arguments, db=vault)
        assert result.code == 0
        assert not any(secret in result.err for secret in secrets)


# language


@pytest.mark.parametrize(
    ("arguments", "variable", "language"),
    [
        ((), "", "da"),
        ((), "en", "en"),
        ((), "xx", "da"),
        (("--language", "en"), "da", "en"),
        (("--language=en",), "", "en"),
        (("--language",), "en", "en"),
    ],
)
def test_the_language_asked_for(monkeypatch, arguments, variable, language):
    monkeypatch.setenv("PROGRESSION_LANGUAGE", variable)
    assert cli._language(["flags", *arguments]) == language


# a real process


def progression(*arguments, cwd, **env):
    given = {**os.environ, "PROGRESSION_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen", **env}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        given.pop(name, None)
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "progression.cli", *map(str, arguments)],
        cwd=cwd, env=given, capture_output=True, timeout=120,
    )  # fmt: skip


def test_a_real_process_prints_danish_letters_in_any_locale(vault, tmp_path):
    result = progression("people", "--format", "csv", "--db", vault, cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert result.stderr == b""
    assert result.stdout.decode("utf-8").startswith("person,name,role")


def test_a_real_process_ends_with_the_codes(vault, tmp_path):
    assert progression("flags", "--as-of", "x", cwd=tmp_path).returncode == 2
    result = progression("timeline", "nope", "--db", vault, cwd=tmp_path)
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr


def test_a_pipe_that_is_closed_early_is_no_error(vault, tmp_path):
    reading = (
        "import subprocess, sys\n"
        f"command = [sys.executable, '-m', 'progression.cli', 'trajectories', '--db', {str(vault)!r}]\n"
        "p = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "p.stdout.read(10); p.stdout.close(); said = p.stderr.read(); sys.exit(p.wait() or len(said))"
    )
    env = {**os.environ, "PROGRESSION_PASSPHRASE": PASSPHRASE}
    result = subprocess.run([sys.executable, "-c", reading], cwd=tmp_path, env=env, capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr


def test_a_command_loads_nothing_of_the_window(vault, tmp_path):
    code = (
        "import sys; from progression import cli; code = cli.main(sys.argv[1:]); "
        "loaded = {'PySide6', 'pyqtgraph', 'reportlab', 'pandas'} & set(sys.modules); "
        "sys.exit(code or (str(loaded) if loaded else 0))"
    )
    env = {**os.environ, "PROGRESSION_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-c", code, "flags", "--db", str(vault)]
    result = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr


def test_help_loads_nothing_heavy(tmp_path):
    code = (
        "import sys; from progression import cli\n"
        "try: cli.main(['--help'])\nexcept SystemExit: pass\n"
        "sys.exit(str({'PySide6', 'numpy', 'sqlcipher3', 'reportlab', 'scipy'} & set(sys.modules) or ''))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=120)
    assert result.stderr.strip() in (b"", b"set()"), result.stderr


def test_the_log_names_the_account_and_what_was_looked_at(run, vault):
    run("flags", db=vault)
    run("timeline", "S0001", db=vault)
    lines = run("log", "--format", "json", db=vault).json["log"]
    seen = [(line["act"], line["purpose"], line["citizen_id"]) for line in lines]
    assert ("view", "flags", None) in seen
    assert ("view", "timeline", "S0001") in seen
    assert all(re.fullmatch(r"[A-ZÆØÅ].+ .+", line["account"]) for line in lines)


def test_commands_tell_the_log_before_they_print(run, vault):
    """Whoever reads a list is in the log, whatever the list is of."""
    for arguments, purpose in ((["citizens"], "citizens"), (["interventions"], "interventions"),
                               (["trajectories"], "trajectories"), (["flags", "--history"], "flags")):  # fmt: skip
        run(*arguments, db=vault)
        line = run("log", "--format", "json", db=vault).json["log"][1]  # after this log's own unlock
        assert (line["act"], line["purpose"]) == ("view", purpose)


@pytest.mark.parametrize("given", [[], ["app"], ["app", "--db", "x"]])
def test_opening_the_window_waits_for_no_other_command(given):
    assert [c.name for c in cli.commands_for(given)] == ["app", "demo"]


@pytest.mark.parametrize("given", [["--db", "app", "flags"], ["--help"], ["flags"], ["nonsense"]])
def test_anything_else_knows_every_command(given):
    assert cli.commands_for(given) == cli.every_command()


def test_a_scale_to_check_has_to_be_named(run):
    result = run("scales", "validate")
    assert (result.code, result.out) == (2, "")
    assert "Der er ikke nævnt en fil." in result.err
