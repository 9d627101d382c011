"""Flags for 10,000 citizens from the encrypted database, beside reading the same rows bare.

Bare: the rows and columns that flags are made of, on the same connection, `fetchall` and nothing more. Both are timed
in turn on one open vault, so unlock and the operating system's cache count for neither. Decisions and shown flags, few
in life, are left out of the vault.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from progression.desk.session import Session

CITIZENS = 10_000
RUNS = 5
LIMIT = 5.0
TODAY = dt.date(2026, 5, 1)
PASSPHRASE = "ten thousand invented citizens"
TYPES = ("mentor", "virksomhedspraktik", "sundhedsindsats", "venter", "bostoette")
# What flags are made of: every row of these, and the columns that are read.
BARE = (
    "SELECT citizen, date, rater, assessor, mode, cells FROM assessment",
    'SELECT citizen, type, start, "end", planned_end, id FROM intervention',
    'SELECT citizen, caseworker, start, "end" FROM assignment',
    "SELECT citizen, number, benefit_start, case_closed FROM citizen",
)


def run() -> list[tuple[str, float, float | None, str]]:
    """Median times over several runs in turn."""
    from progression.desk import flags, vaults
    from progression.store.clock import FixedClock

    with tempfile.TemporaryDirectory() as scratch:
        clock = FixedClock(dt.datetime.combine(TODAY, dt.time(12), dt.UTC))
        state = Path(scratch) / "state"
        opened = vaults.create(Path(scratch) / "vault", PASSPHRASE, account_name="", clock=clock, state=state)
        session = opened.session
        try:
            fill(session)
            bare, ours, rows, found = [], [], 0, []
            flags.current(session)  # unmeasured: what is imported once
            for _ in range(RUNS):
                began = time.perf_counter()
                rows = sum(len(session.vault.rows(sql)) for sql in BARE)
                bare.append(time.perf_counter() - began)
                began = time.perf_counter()
                found = flags.current(session)
                ours.append(time.perf_counter() - began)
            pages = opened_pages(session)
        finally:
            vaults.close(session, backup=False)
    details = (
        f"{median(ours) * 1000:.0f} ms against {median(bare) * 1000:.0f} ms for {rows:,} rows; "
        f"{len(found):,} flags stand (median of {RUNS})"
    )
    return [("flags for 10,000 citizens, encrypted", median(ours) / median(bare), LIMIT, details), *pages]


def opened_pages(session: Session) -> list[tuple[str, float, float | None, str]]:
    """What a caseworker waits for in a vault of that size, in milliseconds and without a floor: told, not judged."""
    from progression.desk import citizens, today

    one = citizens.listing(session)[0].citizen
    asked = {
        "one caseload (I dag)": lambda: today.page(session, "k7"),
        "one citizen": lambda: citizens.page(session, one),
    }
    rows: list[tuple[str, float, float | None, str]] = []
    for name, ask in asked.items():
        ask()
        taken = []
        for _ in range(RUNS):
            began = time.perf_counter()
            ask()
            taken.append((time.perf_counter() - began) * 1000)
        rows.append((f"values of {name} among 10,000, ms", median(taken), None, f"median of {RUNS}"))
    return rows


def fill(session: Session) -> None:
    """Citizens with about eight rounds by two raters and three or four interventions each, in one act."""
    from progression.store import kinds
    from progression.store.access import Act

    rng = np.random.default_rng(10)
    events = [kinds.to_event(value) for i in range(CITIZENS) for value in citizen(rng, i)]
    session.vault.append(events, Act("import", purpose="bench"))


def citizen(rng: np.random.Generator, i: int) -> Iterator[object]:
    """One citizen: level and drift as people have them, whole steps as they are given."""
    from progression.casework.values import Assessment, Assignment, Citizen, Intervention
    from progression.scales import library

    scale = library.builtin()["bip"]
    who, caseworker = f"{i:032x}", f"k{i % 200}"
    first = TODAY - dt.timedelta(days=int(rng.integers(600, 900)))
    yield Citizen(who, f"H{i:05d}", benefit_start=first)
    yield Assignment(who, caseworker, first)
    start = first
    for n in range(int(rng.integers(3, 5))):
        start += dt.timedelta(days=int(rng.integers(10, 150)))
        end = start + dt.timedelta(days=int(rng.integers(60, 250)))
        running = end if end < TODAY else None
        if start < TODAY:
            yield Intervention(who, f"H{i:05d}-{n}", TYPES[int(rng.integers(len(TYPES)))], start, end=running)
    level, drift = rng.normal(3.0, 0.6), rng.normal(0, 0.4)
    day = first + dt.timedelta(days=int(rng.integers(3, 30)))
    while day <= TODAY:
        now = level + drift * (day - first).days / 365.25
        for rater in ("caseworker", "citizen"):
            rows = scale.rated_by(rater)
            steps = np.clip(np.rint(now + rng.normal(0, 0.5, len(rows))), 1, 5).astype(int).tolist()
            answers = {row.code: step for row, step in zip(rows, steps, strict=True)}
            yield Assessment(who, rater, "bip", day, answers, caseworker)
        day += dt.timedelta(days=int(rng.integers(75, 105)))
