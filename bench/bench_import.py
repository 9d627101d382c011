"""Import of 200,000 answers against a bare `executemany` of as many rows, both into an encrypted database.

    python3 run.py bench import

The floor writes the same rows, already parsed, through sqlcipher3 with synchronous=FULL in one transaction. The import
reads the CSV files, compares them with the vault and records one event per assessment with its projections. Start,
making the vault and unlocking are not counted.
"""

from __future__ import annotations

import csv
import gc
import random
import secrets
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

LIMIT = 10.0
ANSWERS = 200_000


def rows(answers: int = ANSWERS, seed: int = 1) -> list[tuple[str, str, str, str, str, str, str]]:
    """Rows as a municipality's extract has them: 11 and 9 indicators, a round every third month."""
    from progression.scales import library

    scale = library.builtin()["bip"]
    rng = random.Random(seed)
    found: list[tuple[str, str, str, str, str, str, str]] = []
    citizen = 0
    while len(found) < answers:
        citizen += 1
        day = date(2023, 1, 1) + timedelta(days=rng.randrange(90))
        for _round in range(8):
            for rater in ("caseworker", "citizen"):
                for indicator in scale.rated_by(rater):
                    score = "" if rng.random() < 0.05 else str(rng.randint(1, 5))
                    found.append(
                        (
                            f"H{citizen:05}",
                            day.isoformat(),
                            rater,
                            f"k{citizen % 40}",
                            "bip",
                            indicator.code,
                            score,
                        )
                    )
            day += timedelta(days=90 + rng.randrange(-10, 10))
    return found[:answers]


def write_files(folder: Path, answers: list[tuple[str, ...]]) -> None:
    """The extract on disk: citizens.csv and assessments.csv."""
    with (folder / "citizens.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["citizen_id", "name", "benefit_start"])
        writer.writerows([number, f"Borger {number}", "2022-12-01"] for number in sorted({row[0] for row in answers}))
    with (folder / "assessments.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["citizen_id", "date", "rater", "assessor", "scale", "indicator", "score"])
        writer.writerows(answers)


def floor(folder: Path, answers: list[tuple[str, ...]]) -> float:
    """Seconds for the same rows through one bare executemany."""
    from progression.store import engine

    db = engine.connect(folder / f"bare-{secrets.token_hex(4)}.db", secrets.token_bytes(engine.KEY_BYTES))
    engine.use_write_ahead_log(db)
    try:
        db.conn.execute(
            "CREATE TABLE answer "
            "(citizen TEXT, date TEXT, rater TEXT, assessor TEXT, scale TEXT, indicator TEXT, score TEXT)"
        )
        gc.collect()
        start = time.perf_counter()
        db.conn.execute("BEGIN")
        db.conn.executemany("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", answers)
        db.conn.execute("COMMIT")
        return time.perf_counter() - start
    finally:
        db.conn.close()


def imported(folder: Path, source: Path) -> tuple[float, float]:
    """Seconds for the import into a new vault, and for a second import of the same files (all unchanged)."""
    from progression.desk import files, vaults
    from progression.store.header import KdfCost

    name = secrets.token_hex(4)
    opened = vaults.create(
        folder / name, "bench", account_name="bench", kdf=KdfCost(64, 1, 1), state=folder / f"state-{name}"
    )
    try:
        seconds = []
        for _ in range(2):
            gc.collect()
            start = time.perf_counter()
            files.import_files(opened.session, source)
            seconds.append(time.perf_counter() - start)
        return seconds[0], seconds[1]
    finally:
        opened.session.vault.close(backup=False)


def measure(answers: int = ANSWERS, repeat: int = 3) -> dict[str, float]:
    """Medians in seconds (`floor`, `import`, `again`) and `ratio` = import / floor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        listed = rows(answers)
        source = folder / "extract"
        source.mkdir()
        write_files(source, listed)
        imported(folder, source)  # imports of modules are part of the start
        bare = [floor(folder, listed) for _ in range(repeat)]
        whole = [imported(folder, source) for _ in range(repeat)]
    medians = {
        "floor": statistics.median(bare),
        "import": statistics.median(first for first, _ in whole),
        "again": statistics.median(second for _, second in whole),
    }
    return {**medians, "ratio": medians["import"] / medians["floor"]}


def run() -> list[tuple[str, float, float | None, str]]:
    """Return (what, ratio, at most, details) for each figure."""
    found = measure()
    details = f"{found['import']:.2f} s against {found['floor']:.2f} s"
    again = found["again"] / found["floor"]
    return [
        ("import of 200,000 answers from CSV files", found["ratio"], LIMIT, details),
        ("the same files once more, all unchanged", again, None, f"{found['again']:.2f} s"),
    ]


if __name__ == "__main__":
    for what, ratio, limit, details in run():
        print(f"{what}: {ratio:.2f}x (at most {limit}x) {details}")
