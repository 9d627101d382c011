"""Duties of ten thousand citizens: from the encrypted database to a list, all rules in force, local ones included.

Wall time of `desk.duties`, in the process that wrote the vault; the vault is invented and written through `append`.
"""

from __future__ import annotations

import datetime as dt
import gc
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from progression.casework import categories, rulesets
from progression.casework.duties import STATES
from progression.casework.values import (
    Assessment,
    Assignment,
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Decision,
    Intervention,
)
from progression.desk import duties
from progression.desk.session import Session
from progression.store import kinds, vault
from progression.store.access import Act

CITIZENS, CASEWORKERS, TEAMS = 10_000, 180, 9
SECONDS = 2.0
TODAY = dt.date(2026, 11, 20)
KDF = vault.KdfCost(64, 1, 1)  # the bench measures no key stretching
GROUPS = ("taet_paa_jobparat", "behov_for_stoette", "rehabiliteringsteam")
KINDS = ("mentor", "cv_vaerksted", "virksomhedspraktik", "sundhedsindsats", "fritaget", "venter", "bostoette")
Line = tuple[str, float, float | None, str]


def run() -> list[Line]:
    """Make a vault in a temporary folder and measure."""
    with tempfile.TemporaryDirectory() as scratch:
        made = vault.create(Path(scratch) / "v", "duties", account_name="b", kdf=KDF, state=Path(scratch) / "state")
        with made.vault as v:
            facts = fill(v)
            return measure(Session(v, day=TODAY), facts)


def measure(session: Session, facts: int) -> list[Line]:
    """Time the lists a page and the shell ask for."""
    found = duties.everybody(session)  # once for the caches that a running program has warm
    lines: list[Line] = []
    asked: tuple[tuple[str, Callable[[], object], str], ...] = (
        ("what stands, everybody", lambda: duties.everybody(session), f"{len(found):,} duties stand, {facts:,} facts"),
        ("every state, everybody", lambda: duties.everybody(session, states=STATES), ""),
        ("every link of every chain", lambda: duties.everybody(session, states=STATES, history=True), ""),
        ("by caseworker", lambda: duties.counts(session, "caseworker"), ""),
        ("call-in list", lambda: duties.call_in(session), ""),
    )
    for name, ask, detail in asked:
        seconds = []
        for _ in range(3):
            gc.collect()
            began, used = time.perf_counter(), time.process_time()
            ask()
            seconds.append((time.perf_counter() - began, time.process_time() - used))
        wall, cpu = sorted(seconds)[1]
        lines.append((f"{name}, seconds", wall, SECONDS, f"{cpu:.1f} s computing; {detail}".rstrip("; ")))
    return lines


def fill(v: vault.Vault) -> int:
    """Write everybody; return how many facts."""
    chance = random.Random(4)
    v.append(
        [
            kinds.rules(v, rulesets.source("standard")),
            kinds.rules(v, rulesets.source("halsnaes")),
            kinds.rules(v, rulesets.source("horsens")),
            kinds.categories(v, categories.source("halsnaes")),
        ],
        Act("change"),
    )
    written = 0
    for part in range(0, CITIZENS, 500):
        events = [kinds.to_event(value) for i in range(part, part + 500) for value in invented(i, chance)]
        v.append(events, Act("import"))
        written += len(events)
    return written


def invented(i: int, chance: random.Random) -> Iterator[object]:
    """One citizen of one to four years."""
    who, days = f"{i:032x}", chance.randint(30, 1400)
    start = TODAY - dt.timedelta(days=days)

    def day(latest: int = days) -> dt.date:
        return start + dt.timedelta(days=chance.randint(0, max(latest, 0)))

    closed = TODAY - dt.timedelta(days=chance.randint(0, 20)) if chance.random() < 0.05 else None
    yield Citizen(who, f"H{i:05d}", f"Borger {i}", benefit_start=start, case_closed=closed, team=f"Team {i % TEAMS}")
    yield Assignment(who, f"s{i % CASEWORKERS:03d}", start)
    yield CategoryMembership(who, chance.choice(GROUPS), day(days // 3))
    for n in range(days // 60):
        status = "held" if chance.random() < 0.9 else "missed"
        yield Conversation(who, start + dt.timedelta(days=60 * n + chance.randint(0, 20)), f"{i}-{n}", status)
    for n in range(days // 95):
        for rater in ("caseworker", "citizen"):
            asked = start + dt.timedelta(days=95 * n)
            yield Assessment(who, rater, "bip", asked, {"netvaerk": 3}, entered=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for n in range(chance.randint(0, 5)):
        first = day()
        last = first + dt.timedelta(days=chance.randint(20, 300))
        kind = chance.choice(KINDS)
        review = last if kind == "fritaget" else None
        yield Intervention(
            who, f"{i}-i{n}", kind, first, planned_end=last, end=last if last < TODAY else None, review_date=review
        )
    for n in range(chance.randint(0, 3)):
        decided = day()
        yield Decision(who, decided, f"flag:{n}", "adjust", "", decided + dt.timedelta(days=90))
    if chance.random() < 0.4:
        given = day()
        yield Consent(who, f"{i}-c", given, "Egen læge", "helbred", given + dt.timedelta(days=365))
