"""How fast the store is, as ratios against a bare script on the same encrypted database, measured in the same run."""

from __future__ import annotations

import datetime as dt
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from progression.casework.values import Assessment, Citizen, Intervention
from progression.store import drafts, engine, kinds, queries, vault
from progression.store.access import Act

ANSWERS_PER_ASSESSMENT = 10
KDF = vault.KdfCost(64, 1, 1)  # the bench measures no key stretching
PASSPHRASE = "bench"


@contextmanager
def _bare(folder: Path) -> Iterator[engine.Database]:
    """A database opened like the vault's own: same encryption, same durability."""
    db = engine.connect(folder / "bare.db", bytes(32))
    engine.use_write_ahead_log(db)
    try:
        yield db
    finally:
        db.close()


def _scores(seed: int) -> dict[str, int]:
    chance = random.Random(seed)
    scale = _BIP_CODES
    return {code: chance.randint(1, 5) for code in scale[:ANSWERS_PER_ASSESSMENT]}


_BIP_CODES = (
    "helbredsmestring", "hverdagsmestring", "tro_paa_job", "samarbejdsevne", "jobsoegning", "arbejdsmarkedsviden",
    "maalrettethed", "netvaerk", "koncentration", "arbejdsidentitet", "sagsbehandlers_tro",
)  # fmt: skip


def _assessment(citizen: int, serial: int) -> Assessment:
    day = dt.date(2018, 1, 1) + dt.timedelta(days=30 * serial)
    return Assessment(f"{citizen:032x}", "caseworker", "bip", day, _scores(citizen * 1000 + serial), assessor="a")


def _times(work: Callable[[int], object], rounds: int) -> list[float]:
    found = []
    for serial in range(rounds):
        start = time.perf_counter()
        work(serial)
        found.append(time.perf_counter() - start)
    return found


def durable_answer(rounds: int = 400) -> tuple[str, float, float, str]:
    """One assessment saved (event, projection, log) against one bare row; interleaved, medians."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = vault.create(folder / "v", PASSPHRASE, account_name="b", kdf=KDF, state=folder / "state")
        with _bare(folder) as db, made.vault as v:
            db.conn.execute("CREATE TABLE answer (citizen TEXT, day TEXT, scores TEXT)")
            row = ("c" * 32, "2026-01-01", "3" * 11)

            def floor(_: int) -> None:
                db.conn.execute("INSERT INTO answer VALUES (?, ?, ?)", row)

            def ours(serial: int) -> None:
                v.append([kinds.to_event(_assessment(1, serial))], Act("add", "c"))

            def draft(serial: int) -> None:
                drafts.save(v, "c", "citizen", "bip", {"answers": {"netvaerk": serial % 5}})

            _times(floor, 20), _times(ours, 20)
            bare, full, key = [], [], []
            for serial in range(100, 100 + rounds):
                bare += _times(floor, 1)
                full += _times(lambda _, serial=serial: ours(serial), 1)
                key += _times(draft, 1)
    low, high, keyed = statistics.median(bare), statistics.median(full), statistics.median(key)
    details = f"{high * 1e3:.2f} ms against {low * 1e3:.2f} ms; a draft at a keystroke {keyed * 1e3:.2f} ms"
    return "one answer saved durably", high / low, 2.5, details


def bulk(answers: int = 200_000) -> list[tuple[str, float, float, str]]:
    """An import of many answers against `executemany` of as many rows; then reading them as columns against bare."""
    per_citizen = 20
    count = answers // ANSWERS_PER_ASSESSMENT
    values = [_assessment(i // per_citizen, i % per_citizen) for i in range(count)]
    people = [Citizen(f"{i:032x}", f"H{i:05d}", "x") for i in range(count // per_citizen)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = vault.create(folder / "v", PASSPHRASE, account_name="b", kdf=KDF, state=folder / "state")
        with _bare(folder) as db, made.vault as v:
            rows = [
                (one.citizen, one.date.isoformat(), one.rater, code, step)
                for one in values
                for code, step in one.answers.items()
            ]
            db.conn.execute("CREATE TABLE answer (citizen TEXT, day TEXT, rater TEXT, indicator TEXT, score INTEGER)")
            gc.collect()
            start = time.perf_counter()
            with engine.transaction(db):
                db.conn.executemany("INSERT INTO answer VALUES (?, ?, ?, ?, ?)", rows)
            low = time.perf_counter() - start
            start = time.perf_counter()
            v.append([kinds.to_event(one) for one in (*people, *values)], Act("import"))
            high = time.perf_counter() - start
            found = [("import of 200,000 answers", high / low, 10.0, f"{high:.2f} s against {low:.2f} s")]
            return found + _reading(v, db, values)


def _reading(v: vault.Vault, db: engine.Database, values: list[Assessment]) -> list[tuple[str, float, float, str]]:
    db.conn.execute("CREATE TABLE bare (citizen TEXT, day TEXT, rater TEXT, assessor TEXT, mode TEXT, cells TEXT)")
    db.conn.execute("CREATE TABLE span (citizen TEXT, type TEXT, start TEXT, finish TEXT, planned TEXT, id TEXT)")
    spans = [Intervention(one.citizen, str(i), "mentor", one.date) for i, one in enumerate(values)]
    v.append([kinds.to_event(one) for one in spans], Act("import"))
    with engine.transaction(db):
        sql = "SELECT citizen, date, rater, assessor, mode, cells FROM assessment"
        db.conn.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?)", v.rows(sql))
        sql = 'SELECT citizen, type, start, "end", planned_end, id FROM intervention'
        db.conn.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)", v.rows(sql))
    bare = {"bare": "SELECT * FROM bare", "span": "SELECT * FROM span"}
    found = []
    for name, table, ours in (
        ("assessments as columns", "bare", lambda _: queries.columns(v, "bip")),
        ("interventions as columns", "span", lambda _: queries.intervention_columns(v)),
    ):
        low = min(_times(lambda _, table=table: db.conn.execute(bare[table]).fetchall(), 5))
        high = min(_times(ours, 5))
        found.append((name, high / low, 4.0, f"{high * 1e3:.0f} ms against {low * 1e3:.0f} ms, {len(values)} rows"))
    return found


def run() -> list[tuple[str, float, float, str]]:
    """Return (what, ratio, at most, details) for each figure."""
    return [durable_answer(), *bulk()]


if __name__ == "__main__":
    for what, ratio, limit, details in run():
        print(f"{what}: {ratio:.2f}x (at most {limit}x) {details}")
