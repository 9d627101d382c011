"""Vaults for tests: real ones, on disk, with a cheap key derivation handed in openly."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import progression
from progression.casework.values import Assessment, Citizen
from progression.store import vault
from progression.store.access import Act
from progression.store.clock import FixedClock

CHEAP = vault.KdfCost(64, 1, 1)
PASSPHRASE = "blåbærgrød på søen"
NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
ADD = Act("add")
ROOT = Path(progression.__file__).resolve().parents[1]  # where a child process finds the program


class Bench:
    """A place to make and open vaults in, with a clock that the test moves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "vault"
        self.clock = FixedClock(NOON)
        self.open: list[vault.Vault] = []

    def create(self, folder: Path | None = None, **options) -> vault.Created:
        options = {"account_name": "Anna Lund", "seed_events": (), "clock": self.clock, "kdf": CHEAP} | options
        made = vault.create(folder or self.folder, PASSPHRASE, **options)
        self.open.append(made.vault)
        return made

    def vault(self, folder: Path | None = None, **options) -> vault.Vault:
        return self.create(folder, **options).vault

    def unlock(self, folder: Path | None = None, passphrase: str = PASSPHRASE, **options) -> vault.Vault:
        options = {"clock": self.clock, "wait": 0.0} | options
        opened = vault.unlock(folder or self.folder, passphrase, **options)
        self.open.append(opened)
        return opened

    def pass_time(self, **much) -> None:
        self.clock.at += timedelta(**much)


def sample_citizen(identity: str = "c1", number: str = "H00001", **changes) -> Citizen:
    values = {"name": "Birthe Mogensen", "cpr": "0101801234", "born": date(1980, 1, 1), "note": "Bange for hunde"}
    return Citizen(identity, number, **(values | changes))


def sample_assessment(citizen: str = "c1", day: date = date(2026, 4, 1), **changes) -> Assessment:
    values = {
        "rater": "caseworker",
        "scale": "bip",
        "answers": {"helbredsmestring": 3, "netvaerk": "not_rated", "koncentration": "declined"},
        "note": "Græd undervejs",
    } | changes
    return Assessment(citizen=citizen, date=day, **values)


@contextlib.contextmanager
def as_ordinary_user():
    """Nothing is forbidden to root: where the tests run as root, do this part as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
