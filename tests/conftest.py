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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """In several processes the slow ones come first: none of them is alone at the end while the others have nothing
    to do."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)
