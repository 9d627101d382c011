"""A vault per test, closed afterwards."""

from __future__ import annotations

import shutil

import pytest
from desk_cases import CHEAP, PASSPHRASE, again, clock, make, team

from progression.desk import demo, vaults


@pytest.fixture
def opened(tmp_path):
    """Make vaults: opened(values, name="other", day=...) -> Session. All are closed when the test ends."""
    sessions = []

    def open_(values=(), name="vault", **options):
        session = make(tmp_path / name, values, **options)
        sessions.append(session)
        return session

    yield open_
    for session in sessions:
        session.vault.close(backup=False)


@pytest.fixture
def session(opened):
    """A vault with four citizens: one who fell, one steady, one who rose, one nobody has seen for long."""
    return opened(team())


@pytest.fixture(scope="session")
def crowd(tmp_path_factory):
    """The folder of a vault with eighty invented citizens in two teams, some closed, made once."""
    where = tmp_path_factory.mktemp("crowd") / "vault"
    made = demo.build(
        where, PASSPHRASE, citizens=80, seed=5, kdf=CHEAP, clock=clock(), state=tmp_path_factory.mktemp("state")
    )
    vaults.close(made.opened.session, backup=False)
    return where


@pytest.fixture
def many(crowd, tmp_path):
    """A session of its own with them."""
    shutil.copytree(crowd, tmp_path / "crowd")
    session = again(tmp_path / "crowd")
    yield session
    session.vault.close(backup=False)
