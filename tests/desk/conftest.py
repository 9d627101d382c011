"""A vault per test, closed afterwards."""

from __future__ import annotations

import pytest
from desk_cases import make, team


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
