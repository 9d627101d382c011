"""Reference figures for the classical measures (tests/data/classical.json names their sources)."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
REFERENCE = json.loads((DATA / "classical.json").read_text("utf-8"))
PATIENTS = list(csv.DictReader((DATA / "rci_claus2020_hamd_per_person.csv").read_text("utf-8").splitlines()))


def exact(values) -> list[Fraction]:
    """Numbers as they are written: 0.1 is a tenth."""
    return [Fraction(str(v)) for v in values]


def in_time(values, start=1) -> list[tuple[int, Fraction]]:
    """Values at days 1, 2, 3 ..."""
    return [(start + i, value) for i, value in enumerate(exact(values))]
