"""Run a command as the shell does, on a demo vault that is made once and copied for each test that changes it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass

import pytest

from progression import cli
from progression.desk import demo, vaults
from progression.store.header import KdfCost

PASSPHRASE = "fire ord uden sammenhæng"
CITIZENS = 16
SEED = 5


@dataclass(frozen=True)
class Result:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return self.out.splitlines()


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A small demo vault and the truth behind it. Never opened again: tests work on a copy."""
    folder = tmp_path_factory.mktemp("template")
    cheap = KdfCost(memory_kib=8, passes=1, lanes=1)
    result = demo.build(folder / "vault", PASSPHRASE, citizens=CITIZENS, seed=SEED, kdf=cheap, state=folder / "state")
    vaults.close(result.opened.session, backup=False)
    return folder / "vault", result.truths


@pytest.fixture
def truths(template):
    return template[1]


@pytest.fixture
def vault(template, tmp_path, monkeypatch):
    """A copy of the demo vault that `run` uses unless told otherwise."""
    folder = tmp_path / "vault"
    shutil.copytree(template[0], folder)
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("PROGRESSION_LANGUAGE", "en")
    vaults.close(
        vaults.unlock(folder, PASSPHRASE).session, backup=False
    )  # a copy becomes a device of its own, and says so
    return folder


@pytest.fixture
def run(capsys):
    """run("flags", "--format", "json", db=folder) -> Result, in this process."""

    def command(*arguments, db=None):
        given = [str(a) for a in arguments] + (["--db", str(db)] if db else [])
        capsys.readouterr()
        try:
            code = cli.main(given)
        except SystemExit as stopped:  # argparse: help and wrong usage
            code = stopped.code
        printed = capsys.readouterr()
        return Result(code or 0, printed.out, printed.err)

    return command
