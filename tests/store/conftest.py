"""Vaults for tests: real ones, on disk, with a cheap key derivation handed in openly."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from vault_cases import Bench, sample_assessment, sample_citizen

from progression.store import kinds
from progression.store.access import Act


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    for one in made.open:
        one.close(backup=False)


@pytest.fixture
def filled(bench):
    """A vault with the shipped scales, one citizen and one assessment."""
    v = bench.vault(seed_events=None)
    v.append([kinds.to_event(sample_citizen()), kinds.to_event(sample_assessment())], Act("add", "c1"))
    return v


@pytest.fixture
def public_tmp():
    """A folder that an ordinary user reaches too (pytest's own is closed to them)."""
    folder = Path(tempfile.mkdtemp(prefix="progression-test-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)
