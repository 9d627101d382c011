"""Files in a temporary folder, and facts as a vault would hold them, for the half of exchange that is pure."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest

from progression.casework.types import intervention_types
from progression.exchange.given import given
from progression.exchange.judging import Held
from progression.exchange.plan import Numbers
from progression.exchange.reading import read_source
from progression.exchange.tables import BY_NAME
from progression.scales import library

TODAY = date(2026, 6, 1)


@pytest.fixture
def write(tmp_path: Path):
    """Write files into one folder: write("citizens.csv", "citizen_id\\nH1\\n") -> the folder."""
    folder = tmp_path / "given"
    folder.mkdir()

    def put(name: str, content: str | bytes) -> Path:
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
        return folder

    return put


@pytest.fixture
def table(write):
    """Read the text of one table: table("notes", "...") -> (Given, faults)."""

    def read(name: str, content: str | bytes):
        folder = write(f"{name}.csv", content)
        raw = next(raw for raw in read_source(folder) if raw.stem == name)
        return given(BY_NAME[name], [(raw, None)], "")

    return read


@pytest.fixture
def held():
    """What a vault with these facts holds: held(citizens=[...], notes=[...])."""

    def make(**facts) -> Held:
        return Held(facts, library.builtin(), intervention_types(), TODAY)

    return make


@pytest.fixture
def numbers():
    """Known citizens by number, with ids that can be foretold: numbers("H1", "H2")."""

    def make(*known: str) -> Numbers:
        counter = itertools.count(1)
        return Numbers({number: f"id-{number}" for number in known}, lambda: f"new-{next(counter)}")

    return make
