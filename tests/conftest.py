"""What every test shares: nothing of the person who runs the tests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Each test has its own folders for user data and state: it never meets a vault of the person running it."""
    base = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PROGRESSION_DATA", str(base / "data"))
    monkeypatch.setenv("PROGRESSION_STATE", str(base / "state"))
    monkeypatch.setenv("PROGRESSION_CONFIG", str(base / "config"))
    for name in ("PROGRESSION_PASSPHRASE", "PROGRESSION_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
