"""Flags for a hundred thousand citizens, twelve rounds by two raters each: from the encrypted database, in one process.

Wall time of `desk.flags.current` on a vault just unlocked, and the most memory its process ever held (Linux and Macs
tell). Simulated in parts and written through the vault's own `append`; that takes some minutes and counts for nothing.
Measured with the starting values in force, and again with estimates made from the vault itself and adopted.

    python3 run.py bench hundred_thousand
    python bench/bench_hundred_thousand.py FOLDER       makes the vault there, or measures the one that is there
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

CITIZENS, ROUNDS = 100_000, 12
PART = 2_000  # citizens simulated and written at a time
CASEWORKERS = 2_000
SECONDS, GIBIBYTES = 20.0, 4.0
DISK = 12 << 30  # bytes: the vault and the log it is written through
PASSPHRASE = "a hundred thousand invented citizens"
Line = tuple[str, float, float | None, str]


def run() -> list[Line]:
    """Make a vault in a temporary folder and measure."""
    with tempfile.TemporaryDirectory() as scratch:
        free = shutil.disk_usage(scratch).free
        if free < DISK:
            return [("not measured: gigabytes of disk free", free / (1 << 30), None, f"{DISK >> 30} are needed")]
        return measure(Path(scratch))


def measure(folder: Path) -> list[Line]:
    """Fill a vault in this folder unless there is one, and measure in processes of their own."""
    rows, seconds = fill(folder) if not (folder / "vault").exists() else (0, 0.0)
    print(f"    {rows:,} rows written in {seconds:.0f} s", flush=True)
    lines = []
    for estimates in ("starting values", "fitted"):
        if estimates == "fitted":
            asked(folder, "refit")
        found = asked(folder, "flags")
        details = f"{found['flags']:,.0f} flags stand; {found['cpu']:.1f} s computing"
        lines += [
            (f"flags for {CITIZENS:,}, {estimates}, seconds", found["seconds"], SECONDS, details),
            (f"flags for {CITIZENS:,}, {estimates}, GiB at most", found["gibibytes"], GIBIBYTES, ""),
        ]
    return lines


# in a process of its own


def asked(folder: Path, what: str) -> dict[str, float]:
    """Run one question in a fresh process and return what it says."""
    done = subprocess.run(
        [sys.executable, __file__, str(folder), what], check=True, stdout=subprocess.PIPE, text=True, timeout=3600
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def answer(folder: Path, what: str) -> dict[str, float]:
    """Unlock, then time the flags of everybody ("flags"), or estimate anew and adopt ("refit")."""
    from progression.desk import estimates, flags
    from progression.desk.session import Session
    from progression.store import vault

    v = vault.unlock(folder / "vault", PASSPHRASE, state=folder / "state")
    try:
        session = Session(v, day=as_of())
        began, used = time.perf_counter(), time.process_time()
        if what == "refit":
            estimates.refit(session)
            return {"seconds": time.perf_counter() - began}
        found = flags.current(session)
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
    finally:
        v.close(backup=False)
    return {"seconds": seconds, "cpu": cpu, "flags": len(found), "gibibytes": peak()}


def peak() -> float:
    """The most memory this process ever held, in GiB; NaN where the system does not say."""
    try:
        import resource
    except ImportError:
        return float("nan")
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1 << 30 if sys.platform == "darwin" else 1 << 20)


# the vault


def as_of() -> dt.date:
    """The last day of everybody's course."""
    from progression.analysis.simulate import FIRST_DAY

    return dt.date.fromordinal(FIRST_DAY + days() - 1)


def days() -> int:
    """So many that every citizen has all rounds and no more."""
    world = _world()
    return round(30 + (ROUNDS - 1) * world.rhythm + world.jitter) + 1


def _world() -> Any:
    from progression.analysis.worlds import worlds
    from progression.scales.library import builtin

    return replace(worlds(builtin()["bip"])["base"], skip=0.0, silent=0.0)


def fill(folder: Path) -> tuple[int, float]:
    """Make the vault; return how many facts were written, and in how many seconds."""
    from progression.store import vault
    from progression.store.access import Act
    from progression.store.header import KdfCost

    began, rows = time.perf_counter(), 0
    cost = KdfCost(64, 1, 1)  # no key stretching is measured here
    made = vault.create(folder / "vault", PASSPHRASE, account_name="", kdf=cost, state=folder / "state")
    try:
        for first in range(0, CITIZENS, PART):
            events = list(part(first, min(PART, CITIZENS - first)))
            made.vault.append(events, Act("import", purpose="bench"))
            rows += len(events)
    finally:
        made.vault.close(backup=False)
    return rows, time.perf_counter() - began


def part(first: int, count: int) -> Iterator[Any]:
    """The events of some citizens, each part with a seed of its own."""
    from progression.analysis.moves import YEAR
    from progression.analysis.simulate import simulate
    from progression.casework.values import Assignment, Citizen
    from progression.scales.library import builtin
    from progression.store import kinds

    simulated = simulate(builtin()["bip"], replace(_world(), years=days() / YEAR), count, 100 + first // PART)
    cohort = simulated.cohort
    opened = dt.date.fromordinal(int(cohort.opened[0]))
    for i in range(count):
        yield kinds.to_event(Citizen(name(first + i), f"H{first + i:06d}", benefit_start=opened))
        yield kinds.to_event(Assignment(name(first + i), f"k{(first + i) % CASEWORKERS}", opened))
    yield from _assessments(cohort, first)
    yield from _interventions(cohort, first)


def name(i: int) -> str:
    """The internal id of the i-th citizen, spread as random ids are."""
    return f"{i * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128):032x}"


def _assessments(cohort: Any, first: int) -> Iterator[Any]:
    import numpy as np

    from progression.scales.model import NOT_RATED, RATERS
    from progression.store.journal import NewEvent

    codes = [[(k, i.code) for k, i in enumerate(cohort.scale.indicators) if r in i.raters] for r in RATERS]
    scores = np.where(np.isnan(cohort.scores), 0, cohort.scores).astype(np.int64).tolist()
    columns = (cohort.who.tolist(), cohort.day.tolist(), cohort.rater.tolist(), cohort.assessor.tolist())
    for who, day, side, assessor, score in zip(*columns, scores, strict=True):
        yield NewEvent(
            "assessment.set",
            {
                "rater": RATERS[side],
                "scale": cohort.scale.id,
                "date": dt.date.fromordinal(day).isoformat(),
                "assessor": f"k{assessor}" if assessor >= 0 else "",
                "answers": {code: score[place] or NOT_RATED for place, code in codes[side]},
            },
            name(first + who),
        )


def _interventions(cohort: Any, first: int) -> Iterator[Any]:
    from progression.analysis.cohort import NEVER
    from progression.casework.values import Intervention
    from progression.store import kinds

    rows = cohort.interventions
    for i, (who, start, end) in enumerate(zip(rows.who.tolist(), rows.start.tolist(), rows.end.tolist(), strict=True)):
        until = None if end == NEVER else dt.date.fromordinal(end)
        start_day = dt.date.fromordinal(start)
        yield kinds.to_event(Intervention(name(first + who), f"{first + who}-{i}", "mentor", start_day, end=until))


def main(arguments: list[str]) -> int:
    """Answer one question about the vault in a folder, or measure there."""
    folder = Path(arguments[0]) if arguments else None
    if folder is not None and len(arguments) > 1:
        print(json.dumps(answer(folder, arguments[1])))
        return 0
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    for what, figure, limit, details in run() if folder is None else measure(folder):
        print(f"{what}: {figure:.2f} (at most {limit}) {details}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
